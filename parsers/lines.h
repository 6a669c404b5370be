// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * From chunks to lines, in bounded memory: a line that is longer than OD_LINE_LIMIT is cut
 * there, and its rest is read past. One thread at a time.
 */
#ifndef OD_PARSERS_LINES_H
#define OD_PARSERS_LINES_H

#include "core/buf.h"

enum { OD_LINE_LIMIT = 64 * 1024 };

struct od_lines {
	struct od_buf carry;	/* the beginning of a line whose end is still to come */
	bool open;		/* a line has begun */
	bool overlong;		/* and is beyond the limit */
	uint64_t lines, bytes, cut;	/* lines so far, bytes so far, lines that were too long */
};

/* Called for each line, without its line end; `line` is borrowed for the call. */
typedef void (*od_line_fn)(void *user, struct od_str line, uint64_t number);

/* Initialise struct od_lines with {0}. */
void od_lines_deinit(struct od_lines *lines);

void od_lines_feed(struct od_lines *lines, struct od_str chunk, od_line_fn line, void *user);

/* Feeds no more than one line; returns what is behind it. */
struct od_str od_lines_feed_one(struct od_lines *lines, struct od_str chunk, od_line_fn line, void *user);

/*
 * Counts the first `len` bytes of the chunk, which are whole lines, without handing them on; returns
 * what is behind them. Only while no line is carried.
 */
struct od_str od_lines_skip(struct od_lines *lines, struct od_str chunk, size_t len);

/* The last line, when it had no line end. */
void od_lines_finish(struct od_lines *lines, od_line_fn line, void *user);

#endif
