// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * liboopsdecode-triage: many crashes, grouped into bugs.
 *
 * A triage collects crashes: from trees of crash directories, from NDJSON lines of other triages,
 * from a database. It decodes in parallel, remembers in a database (when given one) what it has
 * read, and reports groups of crashes that are one bug.
 *
 * Like liboopsdecode it never prints, exits, or reads the clock, the locale or the environment; it
 * reads the files, and talks to the database, that it is given.
 *
 * Threads: a triage belongs to one thread at a time; it starts threads of its own while it reads.
 */
#ifndef OOPSDECODE_TRIAGE_H
#define OOPSDECODE_TRIAGE_H

#include <oopsdecode/oopsdecode.h>

#ifdef __cplusplus
extern "C" {
#endif

struct od_triage;

/* How far reading has come. */
struct od_triage_progress {
	uint64_t files;		/* found so far */
	uint64_t done;		/* of them, read or known */
	uint64_t known;		/* read by an earlier run, and unchanged since */
	uint64_t no_event;	/* logs without a report */
	uint64_t dumps;		/* memory images without a log beside them: not read */
	uint64_t troubles;	/* what could not be read; see od_triage_trouble() */
	uint64_t events;
	uint64_t bytes;		/* of logs */
};

/* Set size to sizeof(struct od_triage_options) and zero the rest. Borrowed until od_triage_destroy(). */
struct od_triage_options {
	size_t size;
	const struct od_options *decode;/* modules, sources and the like; its format is not used. NULL: none */
	unsigned threads;		/* 0: 1 */
	const char *host;		/* whose crashes these are; NULL: what their paths say */
	const char *database;		/* "sqlite:FILE", "postgresql://…", or a file name; NULL: none */
	double similarity;		/* stacks alike this much are one bug, 0 to 1; 0: the measured default */
	/* Called between files; false stops reading. May be NULL. */
	bool (*progress)(void *user, const struct od_triage_progress *progress);
	void *user;
	unsigned shard, shards;		/* of the files, read the shard-th of so many parts (from 1); 0: all. By their paths */
	/* Which groups are reported; NULL: all. */
	const char *since;		/* those seen since a date: 2026-11-21, 2026-11-21T03:05 */
	const char *new_since;		/* those not seen before a date, or on no kernel before a version, or before the */
					/* last run that read something: "last" */
};

/* Creates a triage, and opens (or creates) its database. On failure *ret is NULL and `error` says why. */
OD_API od_result od_triage_create(const struct od_triage_options *options, struct od_triage **ret, char *error,
				  size_t error_size);
OD_API void od_triage_destroy(struct od_triage *triage);

/* Why the last call did not end with OD_RESULT_OK. Valid until the next call. */
OD_API const char *od_triage_error(const struct od_triage *triage);

/* Names a log, an archive or a tree to read. OD_RESULT_INPUT: it is not there. */
OD_API od_result od_triage_add(struct od_triage *triage, const char *path);

/*
 * Reads what was added. With `emit`, each event is written as one line of NDJSON (the contract's
 * `triage --emit`), in the order of paths, and none is kept. Without, events go to the database, or to
 * memory when there is none. OD_RESULT_INPUT: the database or a thread failed; a file that cannot be
 * read is a trouble and no failure.
 */
OD_API od_result od_triage_read(struct od_triage *triage, od_write_fn emit, void *user);

/* Decodes all logs of the database again, and replaces their events. */
OD_API od_result od_triage_redecode(struct od_triage *triage);

OD_API struct od_triage_progress od_triage_progress(const struct od_triage *triage);

/* The n-th of progress.troubles that are kept (1000 at most), as a sentence; NULL: no more. */
OD_API const char *od_triage_trouble(const struct od_triage *triage, size_t n);

/*
 * Takes events from a file of NDJSON lines ("-": standard input) or from another database. Order does
 * not matter, nor whether a line comes twice. OD_RESULT_INPUT: it cannot be read, or a line is no
 * event; what stood before that line was taken.
 */
OD_API od_result od_triage_merge(struct od_triage *triage, const char *input);

/*
 * Writes what is known as `format`: "text" (ranked groups), "groups" (NDJSON, one group per line),
 * "events" (the contract's NDJSON, sorted), "csv", "prometheus", "hosts" (NDJSON, one host per line, suspects first).
 */
OD_API od_result od_triage_write(struct od_triage *triage, const char *format, od_write_fn write, void *user);

/*
 * Writes what is known as pages for a browser into a directory, which is made when it is not there: index.html, and a page
 * per group. Pages of groups that are no more are removed; other files are left alone. Each page is complete in itself, and
 * loads nothing. OD_RESULT_INPUT: a page cannot be written.
 */
OD_API od_result od_triage_write_html(struct od_triage *triage, const char *directory);

/*
 * Says why two crashes (paths, or the beginning of their hashes) are or are not one bug.
 * OD_RESULT_OK: they are; OD_RESULT_NO_EVENT: they are not; OD_RESULT_USAGE: there is no such crash.
 */
OD_API od_result od_triage_why(struct od_triage *triage, const char *a, const char *b, od_write_fn write, void *user);

/* What people know of the group that a signature is in. */
struct od_triage_note {
	const char *signature;	/* 16 digits: the group's, or of any crash in it */
	const char *status;	/* open, known, fixed, hardware or ignore; more text may follow: "fixed in 6.1.90" */
	const char *text;	/* anything; NULL keeps the old one */
	const char *link;	/* where it is tracked; NULL keeps the old one */
};

/* Remembers a note. Needs a database. OD_RESULT_USAGE: no such status, or no signature. */
OD_API od_result od_triage_annotate(struct od_triage *triage, const struct od_triage_note *note);

#ifdef __cplusplus
}
#endif

#endif
