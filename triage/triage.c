// SPDX-License-Identifier: GPL-3.0-or-later
#include "triage/triage.h"

#include <stdio.h>
#include <stdlib.h>

#include "triage/walk.h"
#include "triage/work.h"

static od_result result_of(od_status status)
{
	return status == OD_OK ? OD_RESULT_OK : status == OD_ERR_NOMEM ? OD_RESULT_NOMEM :
	       status == OD_ERR_USAGE ? OD_RESULT_USAGE : OD_RESULT_INPUT;
}

static od_status set_up(struct od_triage *triage, const struct od_triage_options *options)
{
	memcpy(&triage->options, options, options->size < sizeof(triage->options) ? options->size : sizeof(triage->options));
	if (options->decode)
		memcpy(&triage->decode, options->decode,
		       options->decode->size < sizeof(triage->decode) ? options->decode->size : sizeof(triage->decode));
	triage->decode.size = sizeof(triage->decode);
	triage->arena = od_arena_create(0);
	if (!triage->arena)
		return od_fail(&triage->trail, OD_ERR_NOMEM, "out of memory");
	const char *url = triage->options.database;
	return od_store_open(&triage->trail, url ? url : "sqlite::memory:", &triage->store);
}

od_result od_triage_create(const struct od_triage_options *options, struct od_triage **ret, char *error, size_t error_size)
{
	struct od_triage *triage = calloc(1, sizeof(*triage));
	od_status status = triage ? set_up(triage, options) : OD_ERR_NOMEM;

	*ret = NULL;
	if (status == OD_OK) {
		*ret = triage;
		return OD_RESULT_OK;
	}
	if (error && error_size)
		snprintf(error, error_size, "%s", triage ? triage->trail.text : "out of memory");
	od_triage_destroy(triage);
	return result_of(status);
}

void od_triage_destroy(struct od_triage *triage)
{
	if (!triage)
		return;
	for (size_t i = 0; i < triage->jobs.count; i++)
		free(triage->jobs.items[i].path);
	od_store_close(triage->store);
	od_arena_destroy(triage->arena);
	free(triage);
}

const char *od_triage_error(const struct od_triage *triage)
{
	return triage->trail.text;
}

struct od_triage_progress od_triage_progress(const struct od_triage *triage)
{
	return triage->progress;
}

const char *od_triage_trouble(const struct od_triage *triage, size_t n)
{
	return n < triage->troubles.count ? triage->troubles.items[n].ptr : NULL;
}

void od_triage_note_trouble(struct od_triage *triage, const char *path, const char *what)
{
	triage->progress.troubles++;
	if (triage->troubles.count == OD_MOST_TROUBLES)
		return;
	struct od_str *kept = od_list_push(triage->arena, &triage->troubles);
	if (kept)
		*kept = *what ? od_arena_printf(triage->arena, "%s: %s", path, what) :
				od_arena_copy(triage->arena, od_str_from(path));
}

static void found(void *user, struct od_job job)
{
	struct od_triage *triage = user;
	struct od_job *kept = od_list_push(triage->arena, &triage->jobs);

	if (!kept) {
		free(job.path);
		return;
	}
	*kept = job;
	triage->progress.files++;
}

static void walk_trouble(void *user, const char *path, const char *what)
{
	od_triage_note_trouble(user, path, what);
}

static void walk_dump(void *user, const char *path)
{
	struct od_triage *triage = user;

	(void)path;
	triage->progress.dumps++;
}

od_result od_triage_add(struct od_triage *triage, const char *path)
{
	const struct od_walk walk = {found, walk_trouble, walk_dump, triage};

	od_trail_clear(&triage->trail);
	return result_of(od_walk(&triage->trail, path, &walk));
}

bool od_out_flush(struct od_out *out, bool all)
{
	enum { PIECE = 65536 };

	if (out->text.len && !out->stopped && (all || out->text.len >= PIECE)) {
		out->stopped = !out->write(out->user, out->text.data, out->text.len);
		od_buf_clear(&out->text);
	}
	return !out->stopped;
}

struct run {
	struct od_triage *triage;
	struct od_out *emit;	/* NULL: to the store */
	od_status status;
};

static bool report_progress(struct od_triage *triage)
{
	return !triage->options.progress || triage->options.progress(triage->options.user, &triage->progress);
}

static void emit_crash(struct od_out *out, const struct od_crash *crash)
{
	for (size_t i = 0; i < crash->event_count; i++) {
		const struct od_stored event = {crash->host, crash->hash, crash->path, crash->time, (int64_t)i, crash->events[i]};
		od_out_event(&out->text, &event);
	}
}

static bool take_reading(void *user, const struct od_job *job, struct od_reading *reading)
{
	struct run *run = user;
	struct od_triage *triage = run->triage;

	if (!reading) {
		run->status = od_fail(&triage->trail, OD_ERR_NOMEM, "out of memory");
		return false;
	}
	triage->progress.done++;
	triage->progress.bytes += reading->bytes;
	triage->progress.events += reading->events;
	triage->progress.no_event += reading->empty;
	if (reading->trouble.len)
		od_triage_note_trouble(triage, reading->trouble.ptr, "");
	if (run->emit) {
		for (size_t i = 0; i < reading->crashes.count; i++)
			emit_crash(run->emit, &reading->crashes.items[i]);
		return od_out_flush(run->emit, false) && report_progress(triage);
	}
	/* What was read in part is kept, but not as read: another run tries again. */
	run->status = od_store_put(triage->store, &triage->trail, reading->trouble.len ? NULL : &job->id,
				   reading->crashes.items, reading->crashes.count);
	return run->status == OD_OK && report_progress(triage);
}

static int by_path(const void *a, const void *b)
{
	return strcmp((*(const struct od_job *const *)a)->path, (*(const struct od_job *const *)b)->path);
}

/* The jobs that an earlier run did not do, sorted. */
static od_status choose_jobs(struct od_triage *triage, bool all, const struct od_job **ret, size_t *count)
{
	od_status status = OD_OK;

	*count = 0;
	for (size_t i = 0; i < triage->jobs.count && status == OD_OK; i++) {
		bool known = false;
		if (!all)
			status = od_store_is_known(triage->store, &triage->trail, &triage->jobs.items[i].id, &known);
		if (known) {
			triage->progress.known++;
			triage->progress.done++;
		} else {
			ret[(*count)++] = &triage->jobs.items[i];
		}
	}
	qsort(ret, *count, sizeof(*ret), by_path);
	return status;
}

od_result od_triage_read(struct od_triage *triage, od_write_fn emit, void *user)
{
	struct od_out out = {.write = emit, .user = user};
	struct run run = {.triage = triage, .emit = emit ? &out : NULL};
	const struct od_job **jobs = calloc(triage->jobs.count + 1, sizeof(struct od_job *));
	struct od_work work = {
		.jobs = jobs,
		.threads = triage->options.threads,
		.decode = &triage->decode,
		.host = triage->options.host,
		.keep_logs = !emit && triage->options.database,
		.take = take_reading,
		.user = &run,
	};

	od_trail_clear(&triage->trail);
	if (!jobs)
		return OD_RESULT_NOMEM;
	od_status status = choose_jobs(triage, emit || !triage->options.database, jobs, &work.count);
	if (status == OD_OK)
		status = od_work(&triage->trail, &work);
	if (status == OD_OK)
		status = run.status;
	if (emit)
		od_out_flush(&out, true);
	od_buf_deinit(&out.text);
	free(jobs);
	return result_of(status);
}

struct log_key {
	struct od_str host, hash;
};

struct log_keys {
	struct od_arena *arena;
	OD_LIST(struct log_key) items;
};

static bool take_log_key(void *user, const struct od_db_value *columns, size_t count)
{
	struct log_keys *keys = user;
	struct log_key *key = od_list_push(keys->arena, &keys->items);

	(void)count;
	if (key)
		*key = (struct log_key){od_arena_copy(keys->arena, columns[0].text), od_arena_copy(keys->arena, columns[1].text)};
	return key;
}

struct again {
	struct od_reader *reader;
	struct od_reading *reading;
};

static bool take_log(void *user, const struct od_db_value *columns, size_t count)
{
	struct again *again = user;

	(void)count;
	again->reading = od_reader_again(again->reader, columns[0].text, columns[1].text);
	return false;
}

static od_status redecode_one(struct od_triage *triage, struct od_reader *reader, const struct log_key *key)
{
	struct again again = {.reader = reader};
	od_status status = od_store_log(triage->store, &triage->trail, key->host, key->hash, take_log, &again);

	if (status == OD_OK && again.reading && again.reading->crashes.count && !again.reading->trouble.len) {
		struct od_crash *crash = &again.reading->crashes.items[0];
		crash->host = key->host;
		crash->hash = key->hash;
		triage->progress.events += crash->event_count;
		status = od_store_replace(triage->store, &triage->trail, crash);
	} else if (status == OD_OK && again.reading && again.reading->trouble.len) {
		od_triage_note_trouble(triage, again.reading->trouble.ptr, "");
	}
	triage->progress.done++;
	od_reading_destroy(again.reading);
	return status;
}

od_result od_triage_redecode(struct od_triage *triage)
{
	struct log_keys keys = {.arena = od_arena_create(0)};
	struct od_reader *reader = NULL;

	od_trail_clear(&triage->trail);
	if (!keys.arena)
		return OD_RESULT_NOMEM;
	od_status status = od_reader_create(&triage->trail, &triage->decode, NULL, false, &reader);
	if (status == OD_OK)
		status = od_store_log_keys(triage->store, &triage->trail, take_log_key, &keys);
	triage->progress.files = keys.items.count;
	for (size_t i = 0; i < keys.items.count && status == OD_OK && report_progress(triage); i++)
		status = redecode_one(triage, reader, &keys.items.items[i]);
	od_reader_destroy(reader);
	od_arena_destroy(keys.arena);
	return result_of(status);
}

od_result od_triage_annotate(struct od_triage *triage, const char *signature, const char *status, const char *note)
{
	static const char *const words[] = {"open", "known", "fixed", "hardware", "ignore"};
	const struct od_str text = od_str_from(note);
	bool known = false;

	od_trail_clear(&triage->trail);
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		known = known || strncmp(status, words[i], strlen(words[i])) == 0;
	if (!known || strlen(signature) != 16) {
		od_fail(&triage->trail, OD_ERR_USAGE,
			known ? "a signature has 16 digits" : "the status is open, known, fixed, hardware or ignore");
		return OD_RESULT_USAGE;
	}
	return result_of(od_store_annotate(triage->store, &triage->trail, od_str_from(signature), od_str_from(status),
					   note ? &text : NULL));
}
