// SPDX-License-Identifier: GPL-3.0-or-later
/* What the parts of the flow share: flow_values.c follows one instruction, flow.c all of them. */
#ifndef OD_ANALYZER_FLOW_STATE_H
#define OD_ANALYZER_FLOW_STATE_H

#include "analyzer/flow.h"

enum { OD_SLOT_LIMIT = 48 }; /* stack slots that are followed */

struct od_slot {
	int64_t offset;		/* from the stack pointer at entry */
	struct od_value value;
};

/* What is known before an instruction. */
struct od_state {
	struct od_value registers[OD_REGISTER_COUNT];
	struct od_slot slots[OD_SLOT_LIMIT];
	unsigned slot_count;
	bool reached;
};

/* A way that leads back to an instruction before it, or to itself: what was known there in the pass before. */
struct od_way {
	struct od_way *next;	/* to the same instruction */
	size_t from;
	struct od_state state;
};

/* An instruction to which others lead. */
struct od_join {
	struct od_state next;	/* what came to it since it was looked at */
	struct od_state seen;	/* what was known when it was looked at */
	struct od_way *back;
};

struct od_flow {
	const struct od_facts *facts;
	const od_insns *insns;	/* of the facts */
	struct od_arena *arena;
	struct od_join **joins;	/* by instruction; NULL: only the one before leads there */
	struct od_value *values; /* by instruction, `registers` of each: before it */
	size_t registers;	/* that the architecture has: memory that is touched costs more than what is done with it */
	bool *reached;
	struct od_state entry;
	OD_LIST(size_t) lost;	/* instructions to which a table of jumps may lead: nothing else does */
	OD_LIST(struct od_node) nodes;
	uint32_t *table;	/* hash of a node to its index + 1 */
	uint32_t table_size;	/* a power of two, at least twice the nodes */
	bool changed, settled;
	uint8_t pass;
};

struct od_value od_value_plus(struct od_value value, int64_t offset);

/* Values that are made of nothing else. */
struct od_value od_flow_constant(struct od_flow *flow, int64_t number, bool is_address);
struct od_value od_flow_opaque(struct od_flow *flow, enum od_origin origin, uint64_t at, unsigned reg);

/* Makes room for nodes; false: out of memory. */
bool od_flow_grow(struct od_flow *flow);

/* The address that a memory operand accesses. */
struct od_value od_flow_operand(struct od_flow *flow, const struct od_value *registers, const struct od_memory_operand *memory);

/* What the instruction makes of the state. */
void od_flow_run(struct od_flow *flow, struct od_state *state, const struct od_insn *insn);

#endif
