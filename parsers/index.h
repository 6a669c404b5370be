// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * The tables of headers and rules, sorted by the first bytes of their literals: a line is held only
 * against the rows that may fit. Built once per parser, const from then on; threads may share it.
 */
#ifndef OD_PARSERS_INDEX_H
#define OD_PARSERS_INDEX_H

#include "parsers/grams.h"

struct od_header;
struct od_rule;

enum {
	OD_INDEX_HEADERS = 512,	/* rows; a test holds the tables against it */
	OD_INDEX_RULES = 512,
	OD_INDEX_PAIRS = 1024,	/* hashes of two bytes */
};

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
	uint16_t headers[OD_INDEX_PAIRS]; /* headers that begin a line, by their first two bytes */
	uint16_t inside[OD_INDEX_PAIRS]; /* those that may stand anywhere in it */
	uint16_t rules[OD_INDEX_PAIRS];
	uint16_t short_rules[256]; /* those of one byte */
	struct od_grams grams;		/* of the headers that may stand anywhere */
	struct od_index_header header[OD_INDEX_HEADERS];
	struct od_index_rule rule[OD_INDEX_RULES];
};

/*
 * Fills the index with od_headers[] and these tables (each ends with prefix == NULL, the list with NULL).
 * Rows keep their order. False: there are more rows than it can hold, or a literal is too short.
 */
bool od_index_init(struct od_index *index, const struct od_rule *const *tables);

/* Where chains of what begins with these two bytes start. */
static inline size_t od_index_pair(const char *at)
{
	return ((size_t)(unsigned char)at[0] << 5 ^ (unsigned char)at[1]) % OD_INDEX_PAIRS;
}

/* Whether the text begins with the literal of `len` bytes: those of one chain begin alike, and differ at their ends. */
static inline bool od_index_fits(struct od_str text, const char *literal, size_t len)
{
	return text.len >= len && text.ptr[0] == literal[0] && text.ptr[len - 1] == literal[len - 1] &&
	       (len == 1 || (text.ptr[1] == literal[1] && memcmp(text.ptr + 1, literal + 1, len - 1) == 0));
}

/* The rules that may fit the text (not empty), in the order of their tables. */
struct od_index_walk {
	uint16_t pair, single; /* what comes next of either chain */
};

static inline struct od_index_walk od_index_rules(const struct od_index *index, struct od_str text)
{
	return (struct od_index_walk){
		text.len > 1 ? index->rules[od_index_pair(text.ptr)] : 0,
		index->short_rules[(unsigned char)text.ptr[0]],
	};
}

/* NULL: there is none any more. */
static inline const struct od_index_rule *od_index_next(const struct od_index *index, struct od_index_walk *walk)
{
	bool single = walk->single && (!walk->pair || walk->single < walk->pair);
	uint16_t *number = single ? &walk->single : &walk->pair;
	const struct od_index_rule *row = *number ? &index->rule[*number - 1] : NULL;
	if (row)
		*number = row->next;
	return row;
}

#endif
