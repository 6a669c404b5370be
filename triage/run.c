// SPDX-License-Identifier: GPL-3.0-or-later
/* Reading what was added: which files are new, and where what they held goes. */
#include <stdlib.h>

#include "triage/keep.h"
#include "triage/work.h"

struct run {
	struct od_triage *triage;
	struct od_out *emit;	/* NULL: to the store */
	struct od_keeper keeper;
	od_status status;
};

bool od_triage_report_progress(struct od_triage *triage)
{
	return !triage->options.progress || triage->options.progress(triage->options.user, &triage->progress);
}

static void emit_crash(struct od_out *out, const struct od_crash *crash)
{
	for (size_t i = 0; i < crash->event_count; i++) {
		const struct od_stored event = {
			.host = crash->host,
			.hash = crash->hash,
			.path = crash->path,
			.time = crash->time,
			.index = (int64_t)i,
			.json = crash->events[i],
		};
		od_out_event(&out->text, &event);
	}
}

/* What was read in part is kept, but not as read: another run tries again. */
static od_status store_one(struct od_triage *triage, const void *user, const struct od_reading *reading)
{
	const struct od_job *job = user;
	struct od_file_row file = {.id = job->id};
	struct od_put put = {
		.file = reading->trouble.len ? NULL : &file,
		.crashes = reading->crashes.items,
		.count = reading->crashes.count,
	};

	if (!job->is_archive && put.count == 1) {
		file.length = reading->length;
		file.hash = put.crashes[0].hash;
		put.host = put.crashes[0].host;
	}
	if (reading->grew)
		put.outgrown = job->hash_before;
	return od_store_put(triage->store, &triage->trail, &put);
}

static const char *name_of(const void *job)
{
	return ((const struct od_job *)job)->path;
}

static struct od_reading *read_job(void *user, struct od_reader *reader, const void *job)
{
	(void)user;
	return od_reader_read(reader, job);
}

static void count_reading(struct od_triage *triage, const struct od_reading *reading)
{
	triage->progress.done++;
	triage->progress.bytes += reading->bytes;
	triage->progress.events += reading->events;
	triage->progress.no_event += reading->empty;
	if (reading->trouble.len)
		od_triage_note_trouble(triage, reading->trouble.ptr, "");
}

static bool emit_reading(struct run *run, struct od_reading *reading)
{
	for (size_t i = 0; i < reading->crashes.count; i++)
		emit_crash(run->emit, &reading->crashes.items[i]);
	od_reading_destroy(reading);
	return od_out_flush(run->emit, false) && od_triage_report_progress(run->triage);
}

static bool take_reading(void *user, const void *job, struct od_reading *reading)
{
	struct run *run = user;
	struct od_triage *triage = run->triage;

	if (!reading) {
		run->status = od_fail(&triage->trail, OD_ERR_NOMEM, "out of memory");
		return false;
	}
	count_reading(triage, reading);
	if (run->emit)
		return emit_reading(run, reading);
	run->status = od_keep(&run->keeper, job, reading);
	return run->status == OD_OK && od_triage_report_progress(triage);
}

static int by_path(const void *a, const void *b)
{
	return strcmp((*(struct od_job *const *)a)->path, (*(struct od_job *const *)b)->path);
}

/* Jobs and rows of the store, both in the order of paths. */
struct choice {
	struct od_triage *triage;
	struct od_job **jobs;
	size_t count, at;
	bool *known;
};

static void take_row(void *user, const struct od_file_row *row)
{
	struct choice *choice = user;

	while (choice->at < choice->count && od_str_compare(choice->jobs[choice->at]->id.path, row->id.path) < 0)
		choice->at++;
	if (choice->at == choice->count || !od_str_equal(choice->jobs[choice->at]->id.path, row->id.path))
		return;
	struct od_job *job = choice->jobs[choice->at];
	choice->known[choice->at] = job->id.inode == row->id.inode && job->id.size == row->id.size &&
				    job->id.mtime == row->id.mtime;
	job->length_before = row->length;
	job->hash_before = od_arena_copy(choice->triage->arena, row->hash);
}

/* Takes the jobs out that an earlier run did. */
static od_status drop_known(struct od_triage *triage, struct od_job **jobs, size_t *count)
{
	struct choice choice = {triage, jobs, *count, 0, calloc(*count + 1, sizeof(bool))};

	if (!choice.known)
		return od_fail(&triage->trail, OD_ERR_NOMEM, "out of memory");
	od_status status = od_store_files(triage->store, &triage->trail, jobs[0]->id.path, jobs[*count - 1]->id.path, take_row,
					  &choice);
	size_t left = 0;
	for (size_t i = 0; i < *count; i++) {
		triage->progress.known += choice.known[i];
		triage->progress.done += choice.known[i];
		if (!choice.known[i])
			jobs[left++] = jobs[i];
	}
	*count = left;
	free(choice.known);
	return status;
}

/* Which part of a divided run a path belongs to: FNV-1a (RFC draft-eastlake-fnv), the same everywhere. */
static bool is_mine(const struct od_triage *triage, const char *path)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);

	if (!triage->options.shards)
		return true;
	for (; *path; path++)
		hash = (hash ^ (unsigned char)*path) * UINT64_C(0x100000001b3);
	return (hash >> 32) % triage->options.shards == triage->options.shard - 1;
}

/* The jobs that are to be done, sorted, each once. */
static od_status choose_jobs(struct od_triage *triage, bool all, struct od_job **jobs, size_t *count)
{
	size_t different = 0;

	for (size_t i = 0; i < triage->jobs.count; i++)
		jobs[i] = &triage->jobs.items[i];
	qsort(jobs, triage->jobs.count, sizeof(*jobs), by_path);
	for (size_t i = 0; i < triage->jobs.count; i++)
		if ((!i || strcmp(jobs[i]->path, jobs[i - 1]->path) != 0) && is_mine(triage, jobs[i]->path))
			jobs[different++] = jobs[i];
	triage->progress.files = different;
	*count = different;
	return all || !different ? OD_OK : drop_known(triage, jobs, count);
}

od_result od_triage_read(struct od_triage *triage, od_write_fn emit, void *user)
{
	struct od_out out = {.write = emit, .user = user};
	struct run run = {
		.triage = triage,
		.emit = emit ? &out : NULL,
		.keeper = {.triage = triage, .store = store_one, .name = name_of},
	};
	struct od_job **jobs = calloc(triage->jobs.count + 1, sizeof(*jobs));
	struct od_work work = {
		.threads = triage->options.threads,
		.decode = &triage->decode,
		.host = triage->options.host,
		.keep_logs = !emit && triage->options.database,
		.read = read_job,
		.take = take_reading,
		.user = &run,
	};

	od_trail_clear(&triage->trail);
	if (!jobs)
		return OD_RESULT_NOMEM;
	work.jobs = (const void *const *)jobs;
	od_status status = choose_jobs(triage, emit || !triage->options.database, jobs, &work.count);
	if (status == OD_OK)
		status = od_work(&triage->trail, &work);
	if (status == OD_OK)
		status = run.status;
	if (status == OD_OK)
		status = od_keep_all(&run.keeper);
	od_keeper_deinit(&run.keeper);
	const bool whole = triage->progress.done == triage->progress.files && !run.keeper.dropped;
	if (status == OD_OK && !emit && triage->jobs.count && whole)
		status = od_store_finish_run(triage->store, &triage->trail);
	if (emit)
		od_out_flush(&out, true);
	od_buf_deinit(&out.text);
	free(jobs);
	return od_triage_result(status);
}
