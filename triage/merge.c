// SPDX-License-Identifier: GPL-3.0-or-later
/* Events from elsewhere: NDJSON lines, or another database. */
#include "io/input.h"
#include "triage/brief.h"
#include "triage/triage.h"

enum {
	LONGEST_LINE = 64 << 20,
	BATCH = 1000,		/* events per transaction */
};

struct merge {
	struct od_triage *triage;
	struct od_arena *scratch;
	uint64_t line, pending;
	od_status status;
};

static od_status take(struct merge *merge, const struct od_stored *event)
{
	struct od_triage *triage = merge->triage;
	od_status status = merge->pending ? OD_OK : od_store_begin(triage->store, &triage->trail);

	if (status == OD_OK)
		status = od_store_put_event(triage->store, &triage->trail, event);
	triage->progress.events++;
	if (++merge->pending < BATCH && status == OD_OK)
		return OD_OK;
	merge->pending = 0;
	return od_store_end(triage->store, &triage->trail, status);
}

static od_status finish(struct merge *merge, od_status status)
{
	struct od_triage *triage = merge->triage;

	if (!merge->pending)
		return status;
	/* What came before a broken line is good. */
	od_status end = od_store_end(triage->store, status == OD_OK ? &triage->trail : NULL, OD_OK);
	return status == OD_OK ? end : status;
}

static bool is_hex(struct od_str text)
{
	for (size_t i = 0; i < text.len; i++)
		if (!od_is_hex(text.ptr[i]))
			return false;
	return text.len;
}

/* A host stands in a column of text, which must be valid there. */
static bool is_plain(struct od_str text)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.ptr[i] < 0x20 || text.ptr[i] == 0x7f)
			return false;
	return true;
}

static od_status take_line(struct merge *merge, struct od_str line)
{
	struct od_trail *trail = &merge->triage->trail;
	struct od_stored stored = {0};
	const struct od_node *root;
	uint64_t number = 0;

	merge->line++;
	line = od_str_trim(line);
	if (!line.len)
		return OD_OK;
	od_arena_reset(merge->scratch);
	od_status status = od_node_parse(trail, merge->scratch, line, &root);
	if (status != OD_OK)
		return od_fail(trail, status, "line %llu", (unsigned long long)merge->line);
	const struct od_node *crash = od_node_get(root, "crash"), *event = od_node_get(root, "event");
	stored.hash = od_node_text(merge->scratch, od_node_get(crash, "hash"));
	stored.host = od_node_text(merge->scratch, od_node_get(crash, "host"));
	stored.path = od_node_text(merge->scratch, od_node_get(crash, "path"));
	if (!event || event->type != OD_NODE_OBJECT || !is_hex(stored.hash) || !is_plain(stored.host))
		return od_fail(trail, OD_ERR_FORMAT, "line %llu: no event of a crash", (unsigned long long)merge->line);
	stored.json = event->raw;
	stored.brief = od_brief(merge->scratch, event);
	if (od_node_number(od_node_get(crash, "time"), &number) && number < INT64_MAX)
		stored.time = od_db_number((int64_t)number);
	if (od_node_number(od_node_get(crash, "index"), &number) || od_node_number(od_node_get(event, "first_line"), &number))
		stored.index = (int64_t)(number & INT32_MAX);
	return take(merge, &stored);
}

/* Takes the whole lines off the front of `text`. */
static od_status take_lines(struct merge *merge, struct od_buf *text)
{
	struct od_str rest = od_buf_str(text), line;
	od_status status = OD_OK;

	while (status == OD_OK && od_scan_until(&rest, '\n', &line)) {
		rest = od_str_from_index(rest, 1);
		status = take_line(merge, line);
	}
	if (status == OD_OK && rest.len > LONGEST_LINE)
		return od_fail(&merge->triage->trail, OD_ERR_FORMAT, "a line is longer than 64 MiB");
	if (rest.len && rest.ptr != text->data)
		memmove(text->data, rest.ptr, rest.len);
	text->len = rest.len;
	return status;
}

static od_status merge_lines(struct merge *merge, const char *path)
{
	struct od_trail *trail = &merge->triage->trail;
	struct od_buf text = {0};
	struct od_input *input;
	od_status status = od_input_open(trail, path, &input);

	if (status != OD_OK)
		return status;
	while (status == OD_OK) {
		struct od_str chunk;
		status = od_input_read(input, trail, &chunk);
		if (status != OD_OK || !chunk.len)
			break;
		od_buf_put(&text, chunk);
		status = text.failed ? od_fail(trail, OD_ERR_NOMEM, "out of memory") : take_lines(merge, &text);
	}
	if (status == OD_OK && text.len)
		status = take_line(merge, od_buf_str(&text));
	od_buf_deinit(&text);
	od_input_close(input);
	return status;
}

/* A database of an earlier version has no briefs. */
static od_status take_with_brief(struct merge *merge, const struct od_stored *event)
{
	struct od_stored stored = *event;
	const struct od_node *root;

	od_arena_reset(merge->scratch);
	if (!stored.brief.len && od_node_parse(NULL, merge->scratch, stored.json, &root) == OD_OK)
		stored.brief = od_brief(merge->scratch, root);
	return take(merge, &stored);
}

static bool take_stored(void *user, const struct od_stored *event)
{
	struct merge *merge = user;

	merge->status = take_with_brief(merge, event);
	return merge->status == OD_OK;
}

static bool take_note(void *user, const struct od_db_value *columns, size_t count)
{
	struct od_triage *triage = user;
	const struct od_note note = {
		.signature = columns[0].text,
		.status = columns[1].text,
		.note = columns[2].type == OD_DB_NULL ? NULL : &columns[2].text,
		.link = columns[3].type == OD_DB_NULL ? NULL : &columns[3].text,
	};

	return count == 4 && od_store_annotate(triage->store, &triage->trail, &note) == OD_OK;
}

static od_status merge_store(struct merge *merge, const char *url)
{
	struct od_triage *triage = merge->triage;
	struct od_store *from;
	od_status status = od_store_open(&triage->trail, url, &from);

	if (status != OD_OK)
		return status;
	status = od_store_events(from, &triage->trail, take_stored, merge);
	status = finish(merge, status == OD_OK ? merge->status : status);
	merge->pending = 0;
	if (status == OD_OK)
		status = od_store_notes(from, &triage->trail, take_note, triage);
	od_store_close(from);
	return status;
}

static bool is_store(const char *input)
{
	return strncmp(input, "sqlite:", 7) == 0 || strncmp(input, "postgres", 8) == 0;
}

od_result od_triage_merge(struct od_triage *triage, const char *input)
{
	struct merge merge = {.triage = triage, .scratch = od_arena_create(0)};

	od_trail_clear(&triage->trail);
	if (!merge.scratch)
		return OD_RESULT_NOMEM;
	od_status status = is_store(input) ? merge_store(&merge, input) : finish(&merge, merge_lines(&merge, input));
	od_arena_destroy(merge.scratch);
	if (status == OD_OK)
		status = od_store_finish_run(triage->store, &triage->trail);
	if (status == OD_OK)
		return OD_RESULT_OK;
	od_fail(&triage->trail, status, "%s", input);
	return status == OD_ERR_NOMEM ? OD_RESULT_NOMEM : OD_RESULT_INPUT;
}
