// SPDX-License-Identifier: GPL-3.0-or-later
#include "triage/triage.h"

#include <stdio.h>
#include <stdlib.h>

#include "triage/walk.h"

od_result od_triage_result(od_status status)
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
	od_status status = od_filter_read(&triage->trail, triage->options.since, triage->options.new_since, &triage->filter);
	if (status != OD_OK)
		return status;
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
	return od_triage_result(status);
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
	return od_triage_result(od_walk(&triage->trail, path, &walk));
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

od_result od_triage_annotate(struct od_triage *triage, const struct od_triage_note *note)
{
	static const char *const words[] = {"open", "known", "fixed", "hardware", "ignore"};
	const struct od_str text = od_str_from(note->text), link = od_str_from(note->link);
	bool known = false;

	od_trail_clear(&triage->trail);
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		known = known || strncmp(note->status, words[i], strlen(words[i])) == 0;
	if (!known || strlen(note->signature) != 16) {
		od_fail(&triage->trail, OD_ERR_USAGE,
			known ? "a signature has 16 digits" : "the status is open, known, fixed, hardware or ignore");
		return OD_RESULT_USAGE;
	}
	const struct od_note kept = {
		.signature = od_str_from(note->signature),
		.status = od_str_from(note->status),
		.note = note->text ? &text : NULL,
		.link = note->link ? &link : NULL,
	};
	return od_triage_result(od_store_annotate(triage->store, &triage->trail, &kept));
}
