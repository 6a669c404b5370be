// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * What was read, kept. The same tables in every database; a version and migrations. All changes of
 * one file are in one transaction, with those of some others: after kill -9 a file is in the store with all its
 * events, or not at all, and is then read again. A crash is known by its host and the SHA-256 of its log; the same
 * crash twice is one crash, in whatever order it comes. One thread at a time.
 */
#ifndef OD_TRIAGE_STORE_H
#define OD_TRIAGE_STORE_H

#include "triage/db.h"

struct od_store;

/* What tells whether a file changed. */
struct od_file_id {
	struct od_str path;
	int64_t inode, size, mtime;	/* mtime in nanoseconds since 1970 */
};

/* A file that was read: what it was then. */
struct od_file_row {
	struct od_file_id id;
	int64_t length;		/* of its text; with `hash`, which is empty for files without a report and archives */
	struct od_str hash;
};

struct od_crash {
	struct od_str host, hash;	/* host may be empty; NUL-terminated */
	struct od_str path;
	struct od_db_value time;	/* seconds since 1970, or NULL */
	struct od_str log;		/* compressed; may be empty */
	const struct od_str *events;	/* JSON of each */
	const struct od_str *briefs;	/* as many; triage/brief.h */
	size_t event_count;
};

/* One event of the store. */
struct od_stored {
	struct od_str host, hash, path;
	struct od_db_value time;
	int64_t index;
	struct od_str json, brief;	/* brief may be empty; then json tells */
	int64_t length;			/* of the json, also where it was not read; 0: unknown */
	int64_t run;			/* that brought the crash; 0: unknown. Read only */
};

/* `url`: "sqlite:FILE", "postgresql://…", or a file name. A file that is no store is left alone: OD_ERR_FORMAT. */
od_status od_store_open(struct od_trail *trail, const char *url, struct od_store **ret);
void od_store_close(struct od_store *store);

/* The files that were read, of those whose paths lie between two (inclusive), in the order of their bytes. */
od_status od_store_files(struct od_store *store, struct od_trail *trail, struct od_str first, struct od_str last,
			 void (*take)(void *user, const struct od_file_row *row), void *user);

/* What came of one file. */
struct od_put {
	const struct od_file_row *file;	/* NULL: not to be remembered as read */
	const struct od_crash *crashes;
	size_t count;
	/* The file has only grown since it had this hash: the crash of then is this one's beginning, and goes. Else empty. */
	struct od_str host, outgrown;
};

/* Keeps it, inside a transaction of the caller. An event that is there already is kept when it says more. */
od_status od_store_put(struct od_store *store, struct od_trail *trail, const struct od_put *put);

/* Keeps one event that comes from elsewhere, inside a transaction of the caller. */
od_status od_store_put_event(struct od_store *store, struct od_trail *trail, const struct od_stored *event);
od_status od_store_begin(struct od_store *store, struct od_trail *trail);

/* Whether the server has gone away since the store was opened; od_store_reconnect() asks it once whether it is back. */
bool od_store_is_lost(const struct od_store *store);
od_status od_store_reconnect(struct od_store *store, struct od_trail *trail);
od_status od_store_end(struct od_store *store, struct od_trail *trail, od_status status);

/* All events, sorted by host, hash and index; od_store_briefs() without their json where they have a brief. */
od_status od_store_briefs(struct od_store *store, struct od_trail *trail, bool (*take)(void *user, const struct od_stored *event),
			  void *user);
od_status od_store_events(struct od_store *store, struct od_trail *trail, bool (*take)(void *user, const struct od_stored *event),
			  void *user);

/* One event by its crash and number; `take` is not called when there is none. */
od_status od_store_event(struct od_store *store, struct od_trail *trail, const struct od_stored *key,
			 bool (*take)(void *user, const struct od_stored *event), void *user);

/* All logs that are kept: each row is host, hash, path, log. */
od_status od_store_log_keys(struct od_store *store, struct od_trail *trail, od_db_row_fn row, void *user);
od_status od_store_log(struct od_store *store, struct od_trail *trail, struct od_str host, struct od_str hash,
		       od_db_row_fn row, void *user);

/* Replaces all events of a crash, inside a transaction of the caller. */
od_status od_store_replace(struct od_store *store, struct od_trail *trail, const struct od_crash *crash);

/*
 * Runs are counted from 1. A crash remembers the one that brought it; a run that was killed and the one that goes on
 * with its work are one, as the number goes up when a run has finished.
 */
od_status od_store_finish_run(struct od_store *store, struct od_trail *trail);

/* The last one that finished; 0: none. */
od_status od_store_last_run(struct od_store *store, struct od_trail *trail, int64_t *ret);

/* What people know of a signature. A NULL note or link keeps the old one. Rows are signature, status, note, link. */
struct od_note {
	struct od_str signature, status;
	const struct od_str *note, *link;
};
od_status od_store_annotate(struct od_store *store, struct od_trail *trail, const struct od_note *note);
od_status od_store_notes(struct od_store *store, struct od_trail *trail, od_db_row_fn row, void *user);

#endif
