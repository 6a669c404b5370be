// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * What the parts of a naming share: naming_bind.c finds what variables hold, naming_caller.c what a function was given,
 * naming.c names values by them.
 */
#ifndef OD_ANALYZER_NAMING_STATE_H
#define OD_ANALYZER_NAMING_STATE_H

#include "analyzer/naming.h"

/* What goes before what. */
enum od_binding_rank {
	OD_BOUND_GIVEN,		/* a parameter of the called function, which the compiler took apart */
	OD_BOUND_NOW,		/* what the variable holds at the pc */
	OD_BOUND_BEFORE,	/* only before it, or behind it */
	OD_BOUND_RANKS,
};

/* A variable, or a member of it, that has the value, or lies in memory at it. */
struct od_binding {
	struct od_value value;
	const struct od_variable *variable;
	struct od_str text;	/* "v", "v.member" */
	int type;
	bool memory;
	bool helper;		/* of a function that was inlined from a header: there are nearer words for it */
	uint8_t rank;		/* enum od_binding_rank */
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
	bool helpers;		/* whether names of functions that were inlined from a header count */
	OD_LIST(struct od_binding) bindings;
};

/*
 * Adds what the variable holds at the pc; where it is not known to hold anything there, what it held before, or will hold
 * when its location begins: compilers let it begin late.
 */
void od_naming_bind(struct od_naming *naming, const struct od_variable *variable);

/* The naming at the call, made when it is first asked for; NULL: it is not known. */
struct od_naming *od_naming_caller(struct od_naming *naming);

#endif
