// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Counts the formats in which a log's lines came, to name the commonest. The caller owns the structure, which zeroes initialize; nothing is
 * to be released. Not thread safe.
 */
#ifndef OD_PARSERS_FORMATS_H
#define OD_PARSERS_FORMATS_H

#include <stdint.h>

enum { OD_FORMATS = 16 };

struct od_formats {
	struct {
		const char *name; /* static storage */
		uint64_t lines;
	} items[OD_FORMATS];
};

/* Counts a line; format NULL: it had none. More formats than there is room for are not counted. */
void od_formats_count(struct od_formats *formats, const char *format);

/* The commonest one, "text" where no line had one. Static storage. */
const char *od_formats_commonest(const struct od_formats *formats);

#endif
