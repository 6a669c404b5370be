// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * From chunks to lines, in bounded memory: a line that is longer than OD_LINE_LIMIT comes in
 * several parts, divided where lines were in it: behind a carriage return or "\n", before a time of the kernel. One thread at a time.
 */
#ifndef OD_PARSERS_LINES_H
#define OD_PARSERS_LINES_H

#include "core/buf.h"

enum { OD_LINE_LIMIT = 64 * 1024 };

struct od_lines {
	struct od_buf carry;	/* the beginning of a line whose end is still to come */
	bool open;		/* a line has begun */
	bool rest;		/* and a part of it was handed on */
	uint64_t lines, bytes;	/* so far */
};

/* A line, or a part of one. */
struct od_line {
	struct od_str text;	/* without the line end */
	uint64_t number;	/* 1-based; the same for all parts of a line */
	bool rest;		/* the line began in an earlier call */
	bool more;		/* the line goes on in the next call */
	bool cut;		/* and the text ends where it just had to: nothing divides it there */
};

/* Called for each line; `line` and its text are borrowed for the call. */
typedef void (*od_line_fn)(void *user, const struct od_line *line);

/* Initialise struct od_lines with {0}. */
void od_lines_deinit(struct od_lines *lines);

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
