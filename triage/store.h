// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * What was read, kept. The same tables in every database; a version and migrations. All changes of
 * one file are one transaction: after kill -9 a file is in the store with all its events, or not
 * at all, and is then read again. A crash is known by its host and the SHA-256 of its log; the same
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

struct od_crash {
	struct od_str host, hash;	/* host may be empty; NUL-terminated */
	struct od_str path;
	struct od_db_value time;	/* seconds since 1970, or NULL */
	struct od_str log;		/* compressed; may be empty */
	const struct od_str *events;	/* JSON of each */
	size_t event_count;
};

/* One event of the store. */
struct od_stored {
	struct od_str host, hash, path;
	struct od_db_value time;
	int64_t index;
	struct od_str json;
};

/* `url`: "sqlite:FILE", "postgresql://…", or a file name. A file that is no store is left alone: OD_ERR_FORMAT. */
od_status od_store_open(struct od_trail *trail, const char *url, struct od_store **ret);
void od_store_close(struct od_store *store);

/* Whether the file was read, and is unchanged since. */
od_status od_store_is_known(struct od_store *store, struct od_trail *trail, const struct od_file_id *file, bool *ret);

/* Keeps a file (NULL: none) and its crashes. An event that is there already is kept when it says more. */
od_status od_store_put(struct od_store *store, struct od_trail *trail, const struct od_file_id *file,
		       const struct od_crash *crashes, size_t count);

/* Keeps one event that comes from elsewhere, inside a transaction of the caller. */
od_status od_store_put_event(struct od_store *store, struct od_trail *trail, const struct od_stored *event);
od_status od_store_begin(struct od_store *store, struct od_trail *trail);
od_status od_store_end(struct od_store *store, struct od_trail *trail, od_status status);

/* All events, sorted by host, hash and index. */
od_status od_store_events(struct od_store *store, struct od_trail *trail, bool (*take)(void *user, const struct od_stored *event),
			  void *user);

/* One event by its crash and number; `take` is not called when there is none. */
od_status od_store_event(struct od_store *store, struct od_trail *trail, const struct od_stored *key,
			 bool (*take)(void *user, const struct od_stored *event), void *user);

/* All logs that are kept: each row is host, hash, path, log. */
od_status od_store_log_keys(struct od_store *store, struct od_trail *trail, od_db_row_fn row, void *user);
od_status od_store_log(struct od_store *store, struct od_trail *trail, struct od_str host, struct od_str hash,
		       od_db_row_fn row, void *user);

/* Replaces all events of a crash. */
od_status od_store_replace(struct od_store *store, struct od_trail *trail, const struct od_crash *crash);

/* Notes of people: rows are signature, status, note. A NULL note keeps the old one. */
od_status od_store_annotate(struct od_store *store, struct od_trail *trail, struct od_str signature, struct od_str status,
			    const struct od_str *note);
od_status od_store_notes(struct od_store *store, struct od_trail *trail, od_db_row_fn row, void *user);

#endif
