// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * The tables of headers and rules, sorted by the first byte of their literals: a line is held only
 * against the rows that may fit. Built once per parser, const from then on; threads may share it.
 */
#ifndef OD_PARSERS_INDEX_H
#define OD_PARSERS_INDEX_H

#include "core/str.h"

struct od_header;
struct od_rule;

enum { OD_INDEX_HEADERS = 512, OD_INDEX_RULES = 512 }; /* rows; a test holds the tables against it */

/* A row, and how to go on: numbers are one more than an index, 0 ends a chain. */
struct od_index_header {
	const struct od_header *header;
	uint16_t len;		/* of the literal */
	uint16_t next;
};

struct od_index_rule {
	const struct od_rule *rule;
	uint16_t len;		/* of the prefix */
	uint16_t next;
};

struct od_index {
	uint16_t headers[256];	/* by the first byte of headers that begin a line */
	uint16_t inside[256];	/* and of those that may stand anywhere in it */
	bool inside_second[256]; /* the bytes that are the second one of any of those */
	uint16_t rules[256];
	struct od_index_header header[OD_INDEX_HEADERS];
	struct od_index_rule rule[OD_INDEX_RULES];
};

/*
 * Fills the index with od_headers[] and these tables (each ends with prefix == NULL, the list with NULL).
 * Within a chain rows keep their order. False: there are more rows than it can hold.
 */
bool od_index_init(struct od_index *index, const struct od_rule *const *tables);

/* Whether the text begins with the literal of `len` bytes, the first of which is known to fit. */
static inline bool od_index_fits(struct od_str text, const char *literal, size_t len)
{
	return text.len >= len && (len == 1 || (text.ptr[1] == literal[1] && memcmp(text.ptr + 1, literal + 1, len - 1) == 0));
}

#endif
