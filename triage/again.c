// SPDX-License-Identifier: GPL-3.0-or-later
/* Decoding kept logs again, after an upgrade. */
#include <pthread.h>
#include <stdlib.h>

#include "triage/keep.h"
#include "triage/work.h"

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

/*
 * The logs are read by the threads that decode them, one at a time, over a connection of their own; what comes out is
 * stored by the thread that called.
 */
struct again {
	struct od_triage *triage;
	struct od_store *logs;
	pthread_mutex_t mutex;	/* of logs */
	struct od_keeper keeper;
	od_status status;
};

struct fetched {
	struct od_buf path, log;
	bool found;
};

static bool take_log(void *user, const struct od_db_value *columns, size_t count)
{
	struct fetched *fetched = user;

	(void)count;
	od_buf_put(&fetched->path, columns[0].text);
	od_buf_put(&fetched->log, columns[1].text);
	fetched->found = !fetched->path.failed && !fetched->log.failed;
	return false;
}

static struct od_reading *read_key(void *user, struct od_reader *reader, const void *job)
{
	struct again *again = user;
	const struct log_key *key = job;
	struct od_reading *reading = NULL;
	struct od_trail trail = {0};
	struct fetched fetched = {0};

	pthread_mutex_lock(&again->mutex);
	od_status status = od_store_log(again->logs, &trail, key->host, key->hash, take_log, &fetched);
	if (status != OD_OK && od_store_is_lost(again->logs) && od_store_reconnect(again->logs, &trail) == OD_OK)
		status = od_store_log(again->logs, &trail, key->host, key->hash, take_log, &fetched);
	pthread_mutex_unlock(&again->mutex);
	if (status != OD_OK)
		reading = od_reading_of_trouble(key->hash, trail.text);
	else if (fetched.found)
		reading = od_reader_again(reader, od_buf_str(&fetched.path), od_buf_str(&fetched.log));
	else
		reading = od_reading_of_trouble(key->hash, "its log is no longer there");
	od_buf_deinit(&fetched.path);
	od_buf_deinit(&fetched.log);
	return reading;
}

static od_status replace(struct od_triage *triage, const void *job, const struct od_reading *reading)
{
	const struct log_key *key = job;
	struct od_crash crash = reading->crashes.items[0];

	crash.host = key->host;
	crash.hash = key->hash;
	return od_store_replace(triage->store, &triage->trail, &crash);
}

static const char *name_of(const void *job)
{
	return ((const struct log_key *)job)->hash.ptr;
}

static bool take_reading(void *user, const void *job, struct od_reading *reading)
{
	struct again *again = user;
	struct od_triage *triage = again->triage;

	if (!reading) {
		again->status = od_fail(&triage->trail, OD_ERR_NOMEM, "out of memory");
		return false;
	}
	triage->progress.done++;
	if (reading->trouble.len)
		od_triage_note_trouble(triage, reading->trouble.ptr, "");
	if (reading->trouble.len || !reading->crashes.count) {
		od_reading_destroy(reading);
	} else {
		triage->progress.events += reading->crashes.items[0].event_count;
		again->status = od_keep(&again->keeper, job, reading);
	}
	return again->status == OD_OK && od_triage_report_progress(triage);
}

static od_status decode_all(struct again *again, const struct log_keys *keys)
{
	struct od_triage *triage = again->triage;
	const void **jobs = calloc(keys->items.count + 1, sizeof(*jobs));
	const struct od_work work = {
		.jobs = jobs,
		.count = keys->items.count,
		.threads = triage->options.threads,
		.decode = &triage->decode,
		.read = read_key,
		.take = take_reading,
		.user = again,
	};

	if (!jobs)
		return od_fail(&triage->trail, OD_ERR_NOMEM, "out of memory");
	for (size_t i = 0; i < work.count; i++)
		jobs[i] = &keys->items.items[i];
	od_status status = od_work(&triage->trail, &work);
	if (status == OD_OK)
		status = again->status;
	if (status == OD_OK)
		status = od_keep_all(&again->keeper);
	od_keeper_deinit(&again->keeper);
	free(jobs);
	return status;
}

od_result od_triage_redecode(struct od_triage *triage)
{
	struct log_keys keys = {.arena = od_arena_create(0)};
	struct again again = {.triage = triage, .keeper = {.triage = triage, .store = replace, .name = name_of}};

	od_trail_clear(&triage->trail);
	if (!keys.arena)
		return OD_RESULT_NOMEM;
	pthread_mutex_init(&again.mutex, NULL);
	od_status status = od_store_log_keys(triage->store, &triage->trail, take_log_key, &keys);
	triage->progress.files = keys.items.count;
	if (status == OD_OK && keys.items.count)
		status = od_store_open(&triage->trail, triage->options.database, &again.logs);
	if (status == OD_OK && keys.items.count)
		status = decode_all(&again, &keys);
	od_store_close(again.logs);
	pthread_mutex_destroy(&again.mutex);
	od_arena_destroy(keys.arena);
	return od_triage_result(status);
}
