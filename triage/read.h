// SPDX-License-Identifier: GPL-3.0-or-later
/* One file, read and decoded: a log, or an archive of logs. A reader belongs to one thread at a time. */
#ifndef OD_TRIAGE_READ_H
#define OD_TRIAGE_READ_H

#include "core/arena.h"
#include "core/buf.h"
#include "oopsdecode/oopsdecode.h"
#include "triage/store.h"

struct od_reader;

/* A file that waits to be read. */
struct od_job {
	char *path;
	size_t root;		/* bytes of path that the user named */
	bool is_archive;
	struct od_file_id id;	/* id.path borrows path */
	int64_t length_before;	/* when it was read before: of its text then, and its hash; empty: it was not */
	struct od_str hash_before;
};

/* What came of it; all lives in the arena. */
struct od_reading {
	struct od_arena *arena;
	OD_LIST(struct od_crash) crashes;
	uint64_t bytes, events, empty; /* empty: logs without a report */
	struct od_str trouble;	/* why it could not be read to its end; empty: it could */
	int64_t length;		/* of the text of a log; 0 for archives */
	bool grew;		/* it begins with all that it was before */
};

/* `host`: whose crashes these are, or NULL; `keep_logs`: fill od_crash.log. Borrowed. */
od_status od_reader_create(struct od_trail *trail, const struct od_options *decode, const char *host, bool keep_logs,
			   struct od_reader **ret);
void od_reader_destroy(struct od_reader *reader);

/* Never fails: what goes wrong is the reading's trouble. NULL: out of memory. */
struct od_reading *od_reader_read(struct od_reader *reader, const struct od_job *job);
void od_reading_destroy(struct od_reading *reading);

/* One that says only what went wrong. NULL: out of memory. */
struct od_reading *od_reading_of_trouble(struct od_str path, const char *what);

/* Decodes a log that was kept, as od_crash.log. Events go to reading->crashes[0]. NULL: out of memory. */
struct od_reading *od_reader_again(struct od_reader *reader, struct od_str path, struct od_str packed);

#endif
