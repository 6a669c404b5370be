// SPDX-License-Identifier: GPL-3.0-or-later
/* For tests of the parsers: runs a log through them and keeps what comes out. */
#ifndef OD_TESTS_PARSE_H
#define OD_TESTS_PARSE_H

#include "core/buf.h"
#include "parsers/parser.h"
#include "tests/feed.h"
#include "tests/test.h"

enum { PARSED_LIMIT = 64 };

struct parsed {
	struct od_event *events[PARSED_LIMIT];
	size_t count, module_lines, diagnostics;
	struct od_source source;
};

static inline void parsed_event(void *user, struct od_event *event)
{
	struct parsed *parsed = user;
	assert_true(parsed->count < PARSED_LIMIT);
	parsed->events[parsed->count++] = event;
}

static inline void parsed_module_line(void *user, const struct od_module_line *line)
{
	(void)line;
	((struct parsed *)user)->module_lines++;
}

static inline void parsed_diagnostic(void *user, const struct od_diagnostic *diagnostic)
{
	(void)diagnostic;
	((struct parsed *)user)->diagnostics++;
}

/* Feeds the text in chunks of `chunk` bytes (0: at once), with a lent scanner or NULL. Release with parsed_free(). */
static inline struct parsed parse_lent(struct od_str text, size_t chunk, struct od_scanner *scanner)
{
	struct parsed parsed = {0};
	struct od_parser *parser;
	const struct od_parser_sink sink = {&parsed, parsed_event, parsed_module_line, parsed_diagnostic};

	assert_int_equal(od_parser_create(NULL, &sink, &parser), OD_OK);
	od_parser_lend_scanner(parser, scanner);
	while (text.len) {
		struct od_str part = od_str_first(text, chunk ? chunk : text.len);
		feed_and_free(parser, part);
		text = od_str_from_index(text, part.len);
	}
	od_parser_finish(parser);
	parsed.source = od_parser_source(parser);
	od_parser_destroy(parser);
	return parsed;
}

static inline struct parsed parse_chunks(struct od_str text, size_t chunk)
{
	return parse_lent(text, chunk, NULL);
}

static inline struct parsed parse_text(const char *text)
{
	return parse_chunks(od_str_from(text), 0);
}

static inline void parsed_free(struct parsed *parsed)
{
	for (size_t i = 0; i < parsed->count; i++)
		od_event_destroy(parsed->events[i]);
	*parsed = (struct parsed){0};
}

/* None of the texts holds a report. */
static inline void assert_no_reports(const char *const *texts, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		print_message("%s", texts[i]);
		struct parsed parsed = parse_text(texts[i]);
		assert_int_equal(parsed.count, 0);
		parsed_free(&parsed);
	}
}

#define assert_kind(event, expected) assert_string_equal(od_kinds[(event)->kind].name, expected)

/* "fn gn": the functions of the event's own trace. */
static inline void assert_trace(const struct od_event *event, const char *expected)
{
	char text[256] = "";
	for (size_t i = 0; i < event->trace.count; i++) {
		size_t len = strlen(text);
		snprintf(text + len, sizeof(text) - len, "%s%.*s", len ? " " : "", OD_FMT(event->trace.items[i].function));
	}
	assert_string_equal(text, expected);
}

#endif
