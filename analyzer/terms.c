// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzer/terms.h"

enum { DEPTH = 8 };

static bool add(struct od_terms *terms, struct od_value value, uint64_t factor, bool counter)
{
	for (unsigned i = 0; i < terms->count; i++) {
		if (terms->items[i].value.node == value.node && terms->items[i].counter == counter) {
			terms->items[i].factor += factor;
			return true;
		}
	}
	if (terms->count == OD_TERM_LIMIT)
		return false;
	terms->items[terms->count++] = (struct od_term){{value.node, 0}, factor, counter};
	return true;
}

static bool collect(const struct od_flow *flow, struct od_value value, uint64_t factor, unsigned depth,
		    struct od_terms *terms)
{
	const struct od_node *node = od_flow_node(flow, value);
	struct od_value first;
	int64_t step;

	if (depth < DEPTH && od_flow_induction(flow, value, &first, &step) &&
	    od_flow_node(flow, first)->origin != OD_ORIGIN_CONSTANT) /* which counts, and has a name of its own */
		return add(terms, value, factor * (uint64_t)(step < 0 ? -step : step), true) &&
		       collect(flow, first, factor, depth + 1, terms);
	terms->offset = (int64_t)((uint64_t)terms->offset + (uint64_t)value.offset * factor);
	if (node->origin == OD_ORIGIN_CONSTANT)
		return true;
	if (node->origin != OD_ORIGIN_INDEX || depth == DEPTH)
		return add(terms, value, factor, false);
	return collect(flow, node->base, factor, depth + 1, terms) &&
	       collect(flow, node->index, factor * node->scale, depth + 1, terms);
}

bool od_terms_of(const struct od_flow *flow, struct od_value value, struct od_terms *ret)
{
	*ret = (struct od_terms){0};
	return collect(flow, value, 1, 0, ret);
}
