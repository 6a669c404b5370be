// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * A whole log through parsers, blame, analysis and both renderers, in chunks of a size that the first byte gives, each of which is
 * gone before the next one comes.
 */
#include "analyzer/analyzer.h"
#include "parsers/parser.h"
#include "render/render.h"
#include "tests/feed.h"
#include "tests/fuzz/fuzz.h"

struct run {
	struct od_buf out;
	uint64_t events;
};

static void take_event(void *user, struct od_event *event)
{
	struct run *run = user;
	const struct od_render_options options = {.tool_version = "fuzz"};

	OD_LAW(event->kind < OD_KIND_COUNT);
	OD_LAW(event->span.first && event->span.first <= event->span.last);
	OD_LAW(event->index == run->events);
	OD_LAW(event->repeat_of < (int64_t)event->index && event->consequence_of < (int64_t)event->index);
	for (size_t i = 0; i < event->unknown_lines.count; i++)
		OD_LAW(event->unknown_lines.items[i].line >= event->span.first &&
		       event->unknown_lines.items[i].line <= event->span.last);
	/* without bytes it tells where the fault will be in those of an image */
	OD_LAW(!event->code.has_fault_index || !event->code.bytes.len ||
	       event->code.fault_index < event->code.bytes.len);
	od_blame(event);
	od_analyze(event, NULL, 0);
	for (size_t i = 0; od_renderers[i]; i++) {
		od_renderers[i]->event(&run->out, &options, event, run->events);
		od_buf_clear(&run->out);
	}
	run->events++;
	od_event_destroy(event);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct run run = {0};
	const struct od_parser_sink sink = {.user = &run, .event = take_event};
	struct od_parser *parser;
	size_t chunk = size ? (size_t)data[0] * 16 + 1 : 1;

	if (od_parser_create(NULL, &sink, &parser) != OD_OK)
		return 0;
	for (struct od_str text = fuzz_text(data, size); text.len; text = od_str_from_index(text, chunk))
		feed_and_free(parser, od_str_first(text, chunk));
	od_parser_finish(parser);
	OD_LAW(od_parser_source(parser).bytes == size);
	od_parser_destroy(parser);
	od_buf_deinit(&run.out);
	return 0;
}
