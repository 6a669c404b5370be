// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * When two crashes are one bug. What is compared are shapes: all that signatures say, each kept once.
 * Thread safe for shapes that do not change.
 */
#ifndef OD_TRIAGE_ALIKE_H
#define OD_TRIAGE_ALIKE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/str.h"

enum { OD_MOST_FRAMES = 24, OD_MOST_KEYS = 4 };

/*
 * The default of the similarity from which on stacks are one bug: fitted by bench/grouping (docs/grouping-accuracy.md).
 */
#define OD_SIMILARITY 0.95

/* Numbers are those of an od_interned table; UINT32_MAX: none. */
struct od_shape {
	uint32_t id, class, place, module, caller, cause;
	uint32_t keys[OD_MOST_KEYS];	/* class and function: one in common is enough */
	unsigned key_count, frame_count;
	uint32_t frames[OD_MOST_FRAMES];
	struct od_str signature;	/* the id's 16 digits */
};

enum od_verdict_of_two {
	OD_ALIKE_KEY,		/* a key in common */
	OD_ALIKE_STACK,
	OD_APART_CLASS,		/* another class of report */
	OD_APART_MODULE,
	OD_APART_CAUSE,		/* assertions at two places, or with two messages */
	OD_APART_STACK,
};

struct od_comparison {
	enum od_verdict_of_two verdict;
	uint32_t key;		/* for OD_ALIKE_KEY */
	double similarity;	/* of the stacks, 0 to 1; negative: not looked at */
};

/*
 * How alike two stacks are, 0 to 1: a weighted edit distance as in TraceSim (Vasiliev et al., 2020); a frame weighs more
 * the rarer it is (`rarity`, by frame) and the nearer to the fault.
 */
double od_stack_similarity(const struct od_shape *a, const struct od_shape *b, const float *rarity);

struct od_comparison od_compare(const struct od_shape *a, const struct od_shape *b, const float *rarity, double threshold);

static inline bool od_is_alike(struct od_comparison comparison)
{
	return comparison.verdict <= OD_ALIKE_STACK;
}

#endif
