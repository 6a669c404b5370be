// SPDX-License-Identifier: GPL-3.0-or-later
#include "triage/read.h"

#include <stdlib.h>

#include "io/input.h"
#include "triage/archive.h"
#include "triage/layout.h"
#include "triage/node.h"
#include "triage/pack.h"
#include "triage/sha256.h"

enum { MOST_BYTES = 512 << 20 }; /* of one log */

struct od_reader {
	struct od_decoder *decoder;
	const char *host;
	bool keep_logs;
	struct od_arena *nodes;	/* of the document at hand */
	struct od_buf document;
};

od_status od_reader_create(struct od_trail *trail, const struct od_options *decode, const char *host, bool keep_logs,
			   struct od_reader **ret)
{
	struct od_options options = {0};
	struct od_reader *reader = calloc(1, sizeof(*reader));

	if (!reader)
		return od_fail(trail, OD_ERR_NOMEM, "out of memory");
	if (decode)
		memcpy(&options, decode, decode->size < sizeof(options) ? decode->size : sizeof(options));
	options.size = sizeof(options);
	options.format = "json";
	*reader = (struct od_reader){.host = host, .keep_logs = keep_logs, .nodes = od_arena_create(0)};
	if (!reader->nodes || od_decoder_create(&options, &reader->decoder, trail->text, sizeof(trail->text)) != OD_RESULT_OK) {
		od_reader_destroy(reader);
		return OD_ERR_USAGE;
	}
	*ret = reader;
	return OD_OK;
}

void od_reader_destroy(struct od_reader *reader)
{
	if (!reader)
		return;
	od_decoder_destroy(reader->decoder);
	od_arena_destroy(reader->nodes);
	od_buf_deinit(&reader->document);
	free(reader);
}

static struct od_reading *reading_create(void)
{
	struct od_arena *arena = od_arena_create(0);
	struct od_reading *reading = arena ? od_arena_alloc(arena, sizeof(*reading)) : NULL;

	if (reading)
		reading->arena = arena;
	else
		od_arena_destroy(arena);
	return reading;
}

void od_reading_destroy(struct od_reading *reading)
{
	if (reading)
		od_arena_destroy(reading->arena);
}

static bool collect(void *user, const char *bytes, size_t length)
{
	struct od_buf *document = user;

	od_buf_put(document, (struct od_str){bytes, length});
	return !document->failed;
}

static void set_trouble(struct od_reading *reading, struct od_str path, const char *what)
{
	if (!reading->trouble.len)
		reading->trouble = od_arena_printf(reading->arena, "%.*s: %s", OD_FMT(path), what);
}

static void take_events(struct od_reading *reading, struct od_crash *crash, const struct od_node *list)
{
	struct od_str *events = od_arena_alloc(reading->arena, (list->children + 1) * sizeof(*events));
	const struct od_node *node = od_node_first(list);

	for (size_t i = 0; events && i < list->children; i++, node = od_node_behind(node))
		events[crash->event_count++] = od_arena_copy(reading->arena, node->raw);
	crash->events = events;
	reading->events += crash->event_count;
}

static void decode(struct od_reader *reader, struct od_reading *reading, struct od_crash *crash, struct od_str log)
{
	const struct od_node *root = NULL, *events;

	od_buf_clear(&reader->document);
	od_arena_reset(reader->nodes);
	od_result result = od_decode_memory(reader->decoder, crash->path.ptr, log.ptr, log.len, collect, &reader->document);
	if (result != OD_RESULT_OK && result != OD_RESULT_NO_EVENT)
		set_trouble(reading, crash->path, od_decoder_error(reader->decoder));
	if (od_node_parse(NULL, reader->nodes, od_buf_str(&reader->document), &root) != OD_OK)
		return;
	events = od_node_get(root, "events");
	if (!events || !events->children) {
		reading->empty++;
		return;
	}
	take_events(reading, crash, events);
}

static void name_crash(struct od_reader *reader, struct od_reading *reading, struct od_crash *crash, size_t root, int64_t mtime)
{
	struct od_buf host = {0};
	int64_t when;

	if (reader->host)
		od_buf_put_string(&host, reader->host);
	else
		od_layout_host(&host, crash->path, root);
	crash->host = od_arena_copy(reading->arena, od_buf_str(&host));
	od_buf_deinit(&host);
	crash->time = od_db_number(od_layout_time(crash->path, &when) ? when : mtime / 1000000000);
}

/* Adds a log to the reading; a log without a report is counted and not kept. */
static void take_log(struct od_reader *reader, struct od_reading *reading, const struct od_job *job, struct od_str path,
		     struct od_str log)
{
	struct od_crash crash = {.path = od_arena_copy(reading->arena, path)};
	char hash[OD_SHA256_TEXT];

	reading->bytes += log.len;
	decode(reader, reading, &crash, log);
	if (!crash.event_count)
		return;
	name_crash(reader, reading, &crash, job->root, job->id.mtime);
	od_sha256(log, hash);
	crash.hash = od_arena_copy(reading->arena, od_str_from(hash));
	if (reader->keep_logs)
		crash.log = od_pack(reading->arena, log);
	struct od_crash *kept = od_list_push(reading->arena, &reading->crashes);
	if (kept)
		*kept = crash;
}

struct unpacking {
	struct od_reader *reader;
	struct od_reading *reading;
	const struct od_job *job;
};

static void take_entry(void *user, struct od_str name, struct od_str bytes)
{
	struct unpacking *unpacking = user;
	struct od_buf path = {0};

	od_buf_printf(&path, "%s/%.*s", unpacking->job->path, OD_FMT(name));
	take_log(unpacking->reader, unpacking->reading, unpacking->job, od_buf_str(&path), bytes);
	od_buf_deinit(&path);
}

static void read_archive(struct od_reader *reader, struct od_reading *reading, const struct od_job *job)
{
	struct unpacking unpacking = {reader, reading, job};
	struct od_trail trail = {0};

	if (od_archive_read(&trail, job->path, take_entry, &unpacking) != OD_OK)
		set_trouble(reading, od_str_from(job->path), trail.text);
}

static void read_log(struct od_reader *reader, struct od_reading *reading, const struct od_job *job)
{
	struct od_trail trail = {0};
	struct od_file file = {0};

	if (od_file_load(&trail, job->path, MOST_BYTES, &file) != OD_OK) {
		set_trouble(reading, od_str_from(job->path), trail.text);
		return;
	}
	take_log(reader, reading, job, od_str_from(job->path), (struct od_str){(const char *)file.data, file.size});
	od_file_deinit(&file);
}

struct od_reading *od_reader_read(struct od_reader *reader, const struct od_job *job)
{
	struct od_reading *reading = reading_create();

	if (!reading)
		return NULL;
	if (job->is_archive)
		read_archive(reader, reading, job);
	else
		read_log(reader, reading, job);
	return reading;
}

struct od_reading *od_reader_again(struct od_reader *reader, struct od_str path, struct od_str packed)
{
	struct od_reading *reading = reading_create();
	struct od_trail trail = {0};
	struct od_buf log = {0};

	if (!reading)
		return NULL;
	struct od_crash *crash = od_list_push(reading->arena, &reading->crashes);
	if (crash)
		crash->path = od_arena_copy(reading->arena, path);
	if (crash && od_unpack(&trail, packed, MOST_BYTES, &log) == OD_OK)
		decode(reader, reading, crash, od_buf_str(&log));
	else
		set_trouble(reading, path, trail.text);
	od_buf_deinit(&log);
	return reading;
}
