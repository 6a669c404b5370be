// SPDX-License-Identifier: GPL-3.0-or-later
/* A value as a sum: what was added up to an address, as far as the flow tells. Pure. */
#ifndef OD_ANALYZER_TERMS_H
#define OD_ANALYZER_TERMS_H

#include "analyzer/flow.h"

enum { OD_TERM_LIMIT = 6 };

struct od_terms {
	struct od_term {
		struct od_value value;	/* without its offset */
		uint64_t factor;	/* by which it is multiplied */
		bool counter;		/* not a value that has a name: steps of a loop, `factor` bytes each */
	} items[OD_TERM_LIMIT];
	unsigned count;
	int64_t offset;
};

/* False: it is a sum of too many terms. */
bool od_terms_of(const struct od_flow *flow, struct od_value value, struct od_terms *ret);

#endif
