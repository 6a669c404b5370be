// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * What registers and stack slots hold at an instruction, as values in terms of where they came from:
 * an abstract run over a function's instructions, joining where branches meet. Bounded; where it does
 * not know it says so with a value of its own. One flow belongs to one thread.
 */
#ifndef OD_ANALYZER_FLOW_H
#define OD_ANALYZER_FLOW_H

#include "core/model.h"

enum od_origin {
	OD_ORIGIN_CONSTANT,	/* a number */
	OD_ORIGIN_ADDRESS,	/* an address of the image */
	OD_ORIGIN_ENTRY,	/* what the register held when the function began */
	OD_ORIGIN_LOAD,		/* read from memory at another value */
	OD_ORIGIN_INDEX,	/* another value + a second one * scale */
	OD_ORIGIN_CALL,		/* returned by a call */
	OD_ORIGIN_JOIN,		/* different on different ways to an instruction */
	OD_ORIGIN_OPAQUE,	/* computed in a way that is not followed */
};

/* A node and a distance from it. Equal values are equal pairs; of constants and addresses only the distance counts. */
struct od_value {
	uint32_t node;
	int64_t offset;
};

static inline bool od_value_equal(struct od_value a, struct od_value b)
{
	return a.node == b.node && a.offset == b.offset;
}

struct od_node {
	enum od_origin origin;
	uint8_t reg;		/* of ENTRY, JOIN, OPAQUE */
	uint16_t scale;		/* of INDEX */
	bool segment;		/* a LOAD from this CPU's or task's area */
	bool looped;		/* of JOIN: one of the ways comes from behind it, or from itself */
	bool chased;		/* of JOIN: what it was leads to what it is next, as through a list */
	bool mixed;		/* of JOIN: more than a first value and that plus steps came there */
	uint8_t learned;	/* of JOIN: the pass in which base, step and mixed were found */
	uint64_t at;		/* address of the instruction: CALL, JOIN, OPAQUE */
	struct od_value base;	/* of LOAD: its address; of INDEX; of JOIN: the first value that came */
	struct od_value index;	/* of INDEX */
	int64_t step;		/* of JOIN: by which it moves on in a loop; 0: it does not */
};

struct od_flow;

/*
 * Runs over the facts' instructions. NULL: out of memory, or there are none. The flow borrows the facts.
 */
struct od_flow *od_flow_create(const struct od_facts *facts);
void od_flow_destroy(struct od_flow *flow);

/* The index of the instruction that holds the address; -1: none. */
ptrdiff_t od_flow_find(const struct od_facts *facts, uint64_t address);

/* The value of a register before the instruction with this index; false: the instruction was never reached. */
bool od_flow_register(const struct od_flow *flow, size_t insn, unsigned reg, struct od_value *ret);

/* The address that a memory operand of the instruction accesses. */
bool od_flow_address(struct od_flow *flow, size_t insn, const struct od_memory_operand *memory, struct od_value *ret);

/* The value that stands in memory at an address, as a value of its own; for the target of an indirect call. */
struct od_value od_flow_load(struct od_flow *flow, struct od_value address, bool segment);

const struct od_node *od_flow_node(const struct od_flow *flow, struct od_value value);

/*
 * Whether the value is one that a loop moves on: *first is what it was before the loop (with the value's own offset), *step
 * by how much it moves; 1: by more than one measure.
 */
bool od_flow_induction(const struct od_flow *flow, struct od_value value, struct od_value *first, int64_t *step);

/* The first of the values that come together at a loop's start, with the value's own offset; false: it is none of these. */
bool od_flow_first(const struct od_flow *flow, struct od_value value, struct od_value *first);

/* False: the run ended before all joins were settled; values may then be wrong. */
bool od_flow_is_settled(const struct od_flow *flow);

/* Where a location of a variable puts it at the instruction: the variable's value, or (*memory) its address. */
bool od_flow_locate(struct od_flow *flow, size_t insn, const struct od_location *location, struct od_value *ret,
		    bool *memory);

#endif
