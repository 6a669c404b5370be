// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Whether one of several literals may stand anywhere in a line, asked at every eighth byte of it: of each literal the
 * four bytes from each of its first eight positions on are known, and one of those is met wherever the literal stands.
 * Built once, const from then on; threads may share it.
 */
#ifndef OD_PARSERS_GRAMS_H
#define OD_PARSERS_GRAMS_H

#include "core/str.h"

enum {
	OD_GRAM_STEP = 8,
	OD_GRAM_SHORTEST = OD_GRAM_STEP + 3,	/* bytes that a literal must have */
	OD_GRAM_BITS = 1 << 14,
};

/* Initialise with {0}. */
struct od_grams {
	uint64_t bits[OD_GRAM_BITS / 64];
};

static inline uint32_t od_gram_at(const char *at)
{
	uint32_t gram;
	memcpy(&gram, at, sizeof(gram));
	return gram;
}

/* Each gram has two bits: the second is asked for only where the first is set, as it is by chance now and then. */
static inline uint32_t od_gram_hash(uint32_t gram)
{
	return (gram * 0x9e3779b1u) >> 18;
}

static inline uint32_t od_gram_second_hash(uint32_t gram)
{
	return (gram * 0x85ebca6bu) >> 18;
}

static inline bool od_grams_has(const struct od_grams *grams, uint32_t hash)
{
	return grams->bits[hash / 64] >> hash % 64 & 1;
}

static inline void od_grams_set(struct od_grams *grams, uint32_t hash)
{
	grams->bits[hash / 64] |= (uint64_t)1 << hash % 64;
}

/* Adds a literal, or a telling part of one; false: it is too short. */
static inline bool od_grams_add(struct od_grams *grams, struct od_str literal)
{
	for (size_t i = 0; literal.len >= OD_GRAM_SHORTEST && i < OD_GRAM_STEP; i++) {
		const uint32_t gram = od_gram_at(literal.ptr + i);
		od_grams_set(grams, od_gram_hash(gram));
		od_grams_set(grams, od_gram_second_hash(gram));
	}
	return literal.len >= OD_GRAM_SHORTEST;
}

/* False: none of the literals occurs in the text. True: one may. */
static inline bool od_grams_may_hold(const struct od_grams *grams, struct od_str text)
{
	for (size_t i = 0; i + 4 <= text.len; i += OD_GRAM_STEP) {
		const uint32_t gram = od_gram_at(text.ptr + i);
		if (od_grams_has(grams, od_gram_hash(gram)) && od_grams_has(grams, od_gram_second_hash(gram)))
			return true;
	}
	return false;
}

#endif
