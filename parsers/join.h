// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Lines that a mail program or a terminal broke in two. A long line of those kinds that get so long is held
 * until the next one is seen: when that has no prefix of its own, means nothing by itself, and would not have
 * fitted behind the first one, the two are one record. Bounded. One thread at a time.
 */
#ifndef OD_PARSERS_JOIN_H
#define OD_PARSERS_JOIN_H

#include "core/buf.h"
#include "parsers/record.h"

struct od_index;

struct od_join {
	bool held;
	bool borrowed;			/* slices of the record point to where they came from, else into the buffers below */
	unsigned parts;			/* lines of the record that is held */
	size_t width, blanks;		/* columns of its last line; of the one before, how many at its end are blank */
	size_t widest;			/* columns of the widest line with a time so far… */
	unsigned as_wide;		/* …and how many lines were as wide */
	struct od_record record;
	struct od_buf text, raw;
	char caller[16], wall_time[40];
};

/* Initialise struct od_join with {0}. */
void od_join_deinit(struct od_join *join);

/* Whether this record may go on in the next line. To be asked once of each record, whose width it remembers. */
bool od_join_may_go_on(struct od_join *join, const struct od_record *record);

/* Holds the record, which borrows its slices until od_join_keep(); none is held. */
void od_join_hold(struct od_join *join, const struct od_record *record);

/* Copies what the record that is held still borrows. */
void od_join_keep(struct od_join *join);

/*
 * Adds the record to the one that is held, if it continues that; false: it is one of its own. `whole_line`: no other
 * record stands in its line.
 */
bool od_join_add(struct od_join *join, const struct od_index *index, const struct od_record *record, bool whole_line);

/* The record that is held, which it is no more. Valid until the next call, and what it borrows as before. */
struct od_record *od_join_release(struct od_join *join);

#endif
