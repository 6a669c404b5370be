// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * What a line tells of whether it goes on in the next one, however wide it is: what is still to come, and whether a text
 * is that. Pure; thread safe.
 */
#ifndef OD_PARSERS_OPEN_LINE_H
#define OD_PARSERS_OPEN_LINE_H

#include "core/str.h"

/* A kind of lines that are not whole, since something always follows. */
struct od_open_line {
	char last; /* the line ends so; 0: it holds a bracket, a parenthesis or a comma */
	bool (*waits)(struct od_str held);
	bool (*completes)(struct od_str text);
	bool within_word; /* what follows belongs to the last word: no blank was there */
};

/* NULL: the text is a whole line, or nothing tells that it is not. Static storage. */
const struct od_open_line *od_open_line_find(struct od_str text);

/* What the held text waits for, where the text is that; else NULL. */
const struct od_open_line *od_open_line_completed(struct od_str held, struct od_str text);

/* Whether it begins as lines do that are often longer than a mail program allows. */
bool od_begins_long_line(struct od_str text);

/* "ffff888012345678 (&mm->mmap_lock){++++}-{3:3}, at: fn+0x12/0x34": one of lockdep's lines about locks. */
bool od_is_lock_line(struct od_str text);

#endif
