// SPDX-License-Identifier: GPL-3.0-or-later
/* What the parts of a naming share: naming_bind.c finds what variables hold, naming.c names values by them. */
#ifndef OD_ANALYZER_NAMING_STATE_H
#define OD_ANALYZER_NAMING_STATE_H

#include "analyzer/naming.h"

/* A variable, or a member of it, that has the value, or lies in memory at it. */
struct od_binding {
	struct od_value value;
	const struct od_variable *variable;
	struct od_str text;	/* "v", "v.member" */
	int type;
	bool memory;
	bool now;		/* at the pc, not only before it */
};

struct od_naming {
	struct od_arena *arena;
	const struct od_facts *facts;
	const struct od_facts *const *outer; /* of the callers, the nearest first */
	size_t outer_count;
	struct od_naming *caller;	/* of outer[0], when it was asked for */
	struct od_flow *flow;
	size_t insn;
	int64_t wanted;		/* offset that an access is to have from its pointer; -1: any */
	OD_LIST(struct od_binding) bindings;
};

/*
 * Adds what the variable holds at the pc; where it is not known to hold anything there, what it held before, or will hold
 * when its location begins: compilers let it begin late.
 */
void od_naming_bind(struct od_naming *naming, const struct od_variable *variable);

#endif
