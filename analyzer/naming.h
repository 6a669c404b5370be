// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Values in the words of the source: which variable, or member of what it points to, holds a value. Pure; a naming
 * belongs to one thread.
 */
#ifndef OD_ANALYZER_NAMING_H
#define OD_ANALYZER_NAMING_H

#include "analyzer/flow.h"

struct od_naming;

/* How a name was found; the better the lower. */
enum od_name_quality {
	OD_NAME_EXACT,		/* debug info and instructions leave no other reading */
	OD_NAME_LIKELY,		/* another reading is possible: a union, a bit-field, an older value of a variable */
	OD_NAME_GUESS,
};

struct od_name {
	struct od_str text;	/* a C expression */
	int type;		/* of the expression, an index in facts->types, or OD_TYPE_NONE */
	enum od_name_quality quality;
	const struct od_variable *variable; /* at its root; NULL: none */
};

/* An access through a pointer. */
struct od_access_name {
	struct od_name pointer;
	struct od_str member;	/* empty: what the pointer points to itself */
	struct od_str expression;
	int64_t offset;		/* from the pointer to what is accessed, without the indices */
	uint64_t size;		/* of what is accessed; 0: not known */
	struct od_str type;	/* of what the pointer points to */
	enum od_name_quality quality;
	const struct od_facts *facts; /* whose variables are named: of a caller, when no longer of the function */
	struct od_value value;	/* the pointer's, in the flow of these facts */
	struct od_value here;	/* the same in the flow of the function that faulted */
	bool is_here;		/* whether that is known */
	bool loaded;		/* the pointer itself was read from memory, not a plain variable */
	bool returned;		/* a call returned the pointer */
	bool indexed;		/* an index that the instructions computed is part of the address */
};

/*
 * A naming at the pc of chain[0]. The others of the chain are its callers, the nearest first; one is only looked at
 * where those before it have no name. The chain is borrowed; strings go to the arena. NULL: out of memory, or the pc
 * is not among the instructions.
 */
struct od_naming *od_naming_create(struct od_arena *arena, const struct od_facts *const *chain, size_t count);
void od_naming_destroy(struct od_naming *naming);

/* False: a flow that was looked at ended before all was settled; names may then be wrong. */
bool od_naming_is_settled(const struct od_naming *naming);

/* The instruction at the pc. */
const struct od_insn *od_naming_insn(const struct od_naming *naming);
const struct od_facts *od_naming_facts(const struct od_naming *naming);
struct od_flow *od_naming_flow(const struct od_naming *naming);

/* The address that a memory operand of the instruction at the pc accesses; false: it was never reached. */
bool od_naming_address(struct od_naming *naming, const struct od_memory_operand *memory, struct od_value *ret);

/* The value of a register before the instruction at the pc. */
bool od_naming_register(const struct od_naming *naming, unsigned reg, struct od_value *ret);

/*
 * An access of `width` bytes (0: not known) at the address. Where several pointers on the way have names, the one from
 * which the access lies at the offset `wanted` (-1: none) goes before the others. False: no pointer has a name.
 */
bool od_name_access(struct od_naming *naming, struct od_value address, unsigned width, int64_t wanted,
		    struct od_access_name *ret);

/*
 * A parameter or variable of a function that was inlined from a header, which holds the address; NULL: none. Names of such
 * functions are given only where there are no others.
 */
const struct od_variable *od_naming_helper(const struct od_naming *naming, struct od_value address);

/* A value. False: it has no name. */
bool od_name_value(struct od_naming *naming, struct od_value value, struct od_name *ret);

#endif
