// SPDX-License-Identifier: GPL-3.0-or-later
#include "triage/read.h"

#include <stdlib.h>

#include "io/input.h"
#include "triage/archive.h"
#include "triage/brief.h"
#include "triage/layout.h"
#include "triage/node.h"
#include "triage/pack.h"
#include "triage/sha256.h"

enum {
	MOST_BYTES = 512 << 20,	/* of one log */
	MOST_KEPT = 16 << 20,	/* of the buffer, from one log to the next */
};

struct od_reader {
	struct od_decoder *decoder;
	const char *host;
	bool keep_logs;
	struct od_arena *nodes;	/* of the document at hand */
	struct od_buf document, log;
	struct od_packer *packer;
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
	*reader = (struct od_reader){.host = host, .keep_logs = keep_logs, .nodes = od_arena_create(0), .packer = od_packer_create()};
	if (!reader->nodes || !reader->packer || od_decoder_create(&options, &reader->decoder, trail->text, sizeof(trail->text)) != OD_RESULT_OK) {
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
	od_packer_destroy(reader->packer);
	od_buf_deinit(&reader->document);
	od_buf_deinit(&reader->log);
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

static void take_events(struct od_reader *reader, struct od_reading *reading, struct od_crash *crash,
			const struct od_node *list)
{
	struct od_str *events = od_arena_alloc(reading->arena, 2 * (list->children + 1) * sizeof(*events));
	struct od_str *briefs = events ? events + list->children + 1 : NULL;
	const struct od_node *node = od_node_first(list);

	for (size_t i = 0; events && i < list->children; i++, node = od_node_behind(node)) {
		briefs[i] = od_arena_copy(reading->arena, od_brief(reader->nodes, node));
		events[crash->event_count++] = od_arena_copy(reading->arena, node->raw);
	}
	crash->events = events;
	crash->briefs = briefs;
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
	take_events(reader, reading, crash, events);
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
		crash.log = od_pack(reader->packer, reading->arena, log);
	struct od_crash *kept = od_list_push(reading->arena, &reading->crashes);
	if (kept)
		*kept = crash;
}

static bool begins_as_before(const struct od_job *job, struct od_str log)
{
	char hash[OD_SHA256_TEXT];

	if (!job->hash_before.len || job->length_before <= 0 || (size_t)job->length_before >= log.len)
		return false;
	od_sha256(od_str_first(log, (size_t)job->length_before), hash);
	return od_str_equal(job->hash_before, od_str_from(hash));
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

/* What could be read of a damaged log is decoded all the same. */
static void read_log(struct od_reader *reader, struct od_reading *reading, const struct od_job *job)
{
	struct od_trail trail = {0};
	struct od_file_identity identity;

	if (od_file_read(&trail, job->path, MOST_BYTES, &reader->log, &identity) != OD_OK)
		set_trouble(reading, od_str_from(job->path), trail.text);
	struct od_str log = od_buf_str(&reader->log);
	if (!log.len && reading->trouble.len)
		return;
	take_log(reader, reading, job, od_str_from(job->path), log);
	reading->length = (int64_t)log.len;
	reading->grew = begins_as_before(job, log);
	if (reader->log.capacity > MOST_KEPT)
		od_buf_deinit(&reader->log);
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

struct od_reading *od_reading_of_trouble(struct od_str path, const char *what)
{
	struct od_reading *reading = reading_create();

	if (reading)
		set_trouble(reading, path, what);
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
