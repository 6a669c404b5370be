// SPDX-License-Identifier: GPL-3.0-or-later
#include "triage/alike.h"

#include <math.h>

enum { FEWEST_FRAMES = 3 }; /* that say something together */

static void weigh(const struct od_shape *shape, const float *rarity, double ret[OD_MOST_FRAMES])
{
	for (unsigned i = 0; i < shape->frame_count; i++)
		ret[i] = rarity[shape->frames[i]] / sqrt(1.0 + i);
}

double od_stack_similarity(const struct od_shape *a, const struct od_shape *b, const float *rarity)
{
	double wa[OD_MOST_FRAMES], wb[OD_MOST_FRAMES], row[OD_MOST_FRAMES + 1] = {0}, total = 0;

	if (a->frame_count < FEWEST_FRAMES || b->frame_count < FEWEST_FRAMES)
		return 0;
	weigh(a, rarity, wa);
	weigh(b, rarity, wb);
	for (unsigned j = 0; j < b->frame_count; j++)
		row[j + 1] = row[j] + wb[j];
	total = row[b->frame_count];
	for (unsigned i = 0; i < a->frame_count; i++) {
		double diagonal = row[0];
		row[0] += wa[i];
		total += wa[i];
		for (unsigned j = 0; j < b->frame_count; j++) {
			const bool same = a->frames[i] == b->frames[j];
			double best = diagonal + (same ? fabs(wa[i] - wb[j]) : wa[i] + wb[j]);
			diagonal = row[j + 1];
			best = fmin(best, fmin(row[j + 1] + wa[i], row[j] + wb[j]));
			row[j + 1] = best;
		}
	}
	return total > 0 ? 1 - row[b->frame_count] / total : 0;
}

static bool differ(uint32_t a, uint32_t b)
{
	return a != UINT32_MAX && b != UINT32_MAX && a != b;
}

struct od_comparison od_compare(const struct od_shape *a, const struct od_shape *b, const float *rarity, double threshold)
{
	struct od_comparison result = {.verdict = OD_APART_STACK, .key = UINT32_MAX, .similarity = -1};

	for (unsigned i = 0; i < a->key_count; i++)
		for (unsigned k = 0; k < b->key_count; k++)
			if (a->keys[i] == b->keys[k]) {
				result.verdict = OD_ALIKE_KEY;
				result.key = a->keys[i];
				return result;
			}
	if (a->class != b->class)
		result.verdict = OD_APART_CLASS;
	else if (differ(a->module, b->module))
		result.verdict = OD_APART_MODULE;
	else if (differ(a->cause, b->cause))
		result.verdict = OD_APART_CAUSE;
	if (result.verdict != OD_APART_STACK)
		return result;
	result.similarity = od_stack_similarity(a, b, rarity);
	if (result.similarity >= threshold)
		result.verdict = OD_ALIKE_STACK;
	return result;
}
