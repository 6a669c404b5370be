// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * What stands before every line of a log and no format is known for: ": text" of a mail program, "[uart0] text" of an emulator, "guest> text".
 * It is learned where a line would name a report without it and the next line begins alike, and then taken off.
 */
#ifndef OD_PARSERS_MARGIN_H
#define OD_PARSERS_MARGIN_H

#include "core/buf.h"
#include "parsers/record.h"

enum { OD_MARGIN_LONGEST = 24 };

/* Zeroes initialize it. Not thread safe. */
struct od_margin {
	char mark[OD_MARGIN_LONGEST + 1]; /* what is taken off… */
	size_t len;			/* …0: nothing */
	char candidate[OD_MARGIN_LONGEST + 1]; /* what a line had that names a report behind it… */
	size_t candidate_len;		/* …0: no line had */
	struct od_record record;	/* that line, behind the mark; its text and raw are in: */
	struct od_buf text, raw;
};

/* Releases the buffers. */
void od_margin_deinit(struct od_margin *margin);

/* How much of the text is such a mark, with the blank behind it; 0: none. Pure; thread safe. */
size_t od_margin_of(struct od_str text);

/* The line would name a report behind a mark of `len` bytes: whether it is one tells the next line. Copies what it needs. */
void od_margin_suspect(struct od_margin *margin, const struct od_record *record, size_t len);

/*
 * Takes the mark off the record's text. Where this record shows that the line before had one, returns that line without it, to be read before
 * this; it is valid until the next od_margin_suspect(). Else NULL.
 */
struct od_record *od_margin_take(struct od_margin *margin, struct od_record *record);

#endif
