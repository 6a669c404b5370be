// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzer/flow_state.h"

enum { NODE_LIMIT = 60000, FIRST_TABLE = 1 << 10 };

/* What a join has learned of its ways is no part of what it is. */
static bool same_node(const struct od_node *a, const struct od_node *b)
{
	if (a->origin == OD_ORIGIN_JOIN && b->origin == OD_ORIGIN_JOIN)
		return a->reg == b->reg && a->at == b->at;
	return a->origin == b->origin && a->reg == b->reg && a->scale == b->scale && a->segment == b->segment &&
	       a->at == b->at && od_value_equal(a->base, b->base) && od_value_equal(a->index, b->index);
}

static uint32_t hash(const struct od_node *node)
{
	uint64_t h = node->origin * 31u + node->reg;

	h = (h ^ node->at) * 0x9e3779b97f4a7c15u;
	h = (h ^ node->base.node ^ (uint64_t)node->base.offset << 17) * 0x9e3779b97f4a7c15u;
	h = (h ^ node->index.node ^ (uint64_t)node->index.offset << 9) * 0x9e3779b97f4a7c15u;
	return (uint32_t)(h >> 40);
}

/* The slot of a node, or the free one where it belongs. */
static uint32_t *find_slot(const struct od_flow *flow, const struct od_node *node)
{
	uint32_t mask = flow->table_size - 1, at = hash(node) & mask;

	while (flow->table[at] && !same_node(&flow->nodes.items[flow->table[at] - 1], node))
		at = (at + 1) & mask;
	return &flow->table[at];
}

/* Twice the table, where it is half full; false: out of memory. */
bool od_flow_grow(struct od_flow *flow)
{
	if (flow->table && flow->nodes.count < flow->table_size / 2)
		return true;
	uint32_t size = flow->table ? 2 * flow->table_size : FIRST_TABLE;
	uint32_t *table = od_arena_alloc(flow->arena, size * sizeof(*table));
	if (!table)
		return false;
	flow->table = table;
	flow->table_size = size;
	for (size_t i = 0; i < flow->nodes.count; i++)
		*find_slot(flow, &flow->nodes.items[i]) = (uint32_t)i + 1;
	return true;
}

/* The value that is exactly this node; nodes that are equal are one. */
static struct od_value value_of(struct od_flow *flow, const struct od_node *node)
{
	uint32_t *slot = find_slot(flow, node);

	if (*slot)
		return (struct od_value){*slot - 1, 0};
	struct od_node *added = NULL;
	if (flow->nodes.count < NODE_LIMIT && od_flow_grow(flow))
		added = od_list_push(flow->arena, &flow->nodes);
	if (!added) {
		flow->settled = false;
		return (struct od_value){(uint32_t)flow->nodes.count - 1, (int64_t)node->at};
	}
	*added = *node;
	*find_slot(flow, node) = (uint32_t)flow->nodes.count;
	return (struct od_value){(uint32_t)flow->nodes.count - 1, 0};
}

struct od_value od_value_plus(struct od_value value, int64_t offset)
{
	value.offset = (int64_t)((uint64_t)value.offset + (uint64_t)offset);
	return value;
}

struct od_value od_flow_constant(struct od_flow *flow, int64_t number, bool is_address)
{
	const struct od_node node = {.origin = is_address ? OD_ORIGIN_ADDRESS : OD_ORIGIN_CONSTANT};

	return od_value_plus(value_of(flow, &node), number);
}

struct od_value od_flow_opaque(struct od_flow *flow, enum od_origin origin, uint64_t at, unsigned reg)
{
	const struct od_node node = {.origin = origin, .at = at, .reg = (uint8_t)reg};

	return value_of(flow, &node);
}

const struct od_node *od_flow_node(const struct od_flow *flow, struct od_value value)
{
	return &flow->nodes.items[value.node];
}

/* Whether the value is a place on this function's stack. */
static bool on_stack(const struct od_flow *flow, struct od_value value)
{
	const struct od_node *node = od_flow_node(flow, value);

	return node->origin == OD_ORIGIN_ENTRY && node->reg == flow->facts->registers->stack_pointer;
}

static struct od_value load(struct od_flow *flow, const struct od_state *state, struct od_value address, bool segment)
{
	const struct od_node node = {.origin = OD_ORIGIN_LOAD, .base = address, .segment = segment};

	if (state && on_stack(flow, address))
		for (unsigned i = 0; i < state->slot_count; i++)
			if (state->slots[i].offset == address.offset)
				return state->slots[i].value;
	return value_of(flow, &node);
}

struct od_value od_flow_load(struct od_flow *flow, struct od_value address, bool segment)
{
	return load(flow, NULL, address, segment);
}

static void store(struct od_flow *flow, struct od_state *state, struct od_value address, struct od_value value)
{
	unsigned i = 0;

	if (!on_stack(flow, address))
		return;
	while (i < state->slot_count && state->slots[i].offset != address.offset)
		i++;
	if (i == OD_SLOT_LIMIT)
		return;
	state->slots[i] = (struct od_slot){address.offset, value};
	if (i == state->slot_count)
		state->slot_count++;
}

static struct od_value get(struct od_flow *flow, const struct od_value *registers, unsigned reg)
{
	if (reg == flow->facts->registers->zero)
		return od_flow_constant(flow, 0, false);
	if (reg < flow->registers)
		return registers[reg];
	return reg < OD_REGISTER_COUNT ? od_flow_opaque(flow, OD_ORIGIN_OPAQUE, 0, reg) : od_flow_constant(flow, 0, false);
}

static void set(struct od_state *state, unsigned reg, struct od_value value)
{
	if (reg < OD_REGISTER_COUNT)
		state->registers[reg] = value;
}

/* base + index * scale; small constants times a scale are plain distances. */
static struct od_value add_index(struct od_flow *flow, struct od_value base, struct od_value index, unsigned scale)
{
	if (od_flow_node(flow, base)->origin == OD_ORIGIN_CONSTANT && scale == 1)
		return od_value_plus(index, base.offset);
	if (od_flow_node(flow, index)->origin == OD_ORIGIN_CONSTANT)
		return od_value_plus(base, (int64_t)((uint64_t)index.offset * scale));
	const struct od_node node = {
		.origin = OD_ORIGIN_INDEX, .base = {base.node, 0}, .index = index, .scale = (uint16_t)scale};
	return od_value_plus(value_of(flow, &node), base.offset);
}

struct od_value od_flow_operand(struct od_flow *flow, const struct od_value *registers,
				  const struct od_memory_operand *memory)
{
	struct od_value base = memory->absolute ? od_flow_constant(flow, 0, true) :
			       memory->base == OD_REGISTER_NONE ? od_flow_constant(flow, 0, false) :
								  get(flow, registers, memory->base);

	if (memory->absolute && memory->base != OD_REGISTER_NONE)
		base = add_index(flow, base, get(flow, registers, memory->base), 1);
	if (memory->index != OD_REGISTER_NONE)
		base = add_index(flow, base, get(flow, registers, memory->index), memory->scale);
	return od_value_plus(base, memory->displacement);
}

static void clobber(struct od_flow *flow, struct od_state *state, uint64_t mask, uint64_t at)
{
	for (unsigned i = 0; i < flow->registers; i++)
		if (mask >> i & 1)
			state->registers[i] = od_flow_opaque(flow, OD_ORIGIN_OPAQUE, at, i);
}

/* The tracer's hook at the start of a function, which saves all registers (Documentation/trace/ftrace-design.rst). */
static bool is_hook(const struct od_facts *facts, const struct od_insn *insn)
{
	const od_insns *insns = od_facts_insns(facts);
	ptrdiff_t at = od_flow_find(facts, facts->start);

	for (; at >= 0 && insns->items[at].address < insn->address; at++)
		if (insns->items[at].kind != OD_INSN_OTHER || insns->items[at].writes)
			return false;
	return insn->address >= facts->start;
}

static void run_call(struct od_flow *flow, struct od_state *state, const struct od_insn *insn)
{
	const struct od_register_set *set_of = flow->facts->registers;

	if (insn->preserves || is_hook(flow->facts, insn))
		return;
	clobber(flow, state, ~set_of->preserved, insn->address);
	set(state, set_of->result, od_flow_opaque(flow, OD_ORIGIN_CALL, insn->address, set_of->result));
}

static struct od_value source(struct od_flow *flow, const struct od_state *state, const struct od_insn *insn, uint8_t reg)
{
	if (insn->has_immediate)
		return od_flow_constant(flow, insn->immediate, insn->immediate_is_address);
	return reg == OD_REGISTER_NONE ? od_flow_opaque(flow, OD_ORIGIN_OPAQUE, insn->address, OD_REGISTER_NONE)
				       : get(flow, state->registers, reg);
}

/* Two registers that are loaded or stored together; the second behind the first. */
static void run_memory(struct od_flow *flow, struct od_state *state, const struct od_insn *insn)
{
	const struct od_memory_operand *memory = &insn->memory[0];
	struct od_value address = od_flow_operand(flow, state->registers, memory);

	if (insn->kind == OD_INSN_STORE) {
		store(flow, state, address, source(flow, state, insn, insn->from));
		if (insn->from2 != OD_REGISTER_NONE)
			store(flow, state, od_value_plus(address, memory->width), get(flow, state->registers, insn->from2));
		return;
	}
	struct od_value first = load(flow, state, address, memory->segment);
	struct od_value second = load(flow, state, od_value_plus(address, memory->width), memory->segment);
	set(state, insn->to, first);
	set(state, insn->to2, second);
}

/* added + from * from2, where one factor is a number that is known. */
static struct od_value product(struct od_flow *flow, const struct od_state *state, const struct od_insn *insn)
{
	struct od_value a = get(flow, state->registers, insn->from);
	struct od_value b = insn->has_immediate ? od_flow_constant(flow, insn->immediate, false) : get(flow, state->registers, insn->from2);
	struct od_value added = insn->added == OD_REGISTER_NONE ? od_flow_constant(flow, 0, false) : get(flow, state->registers, insn->added);

	if (od_flow_node(flow, b)->origin != OD_ORIGIN_CONSTANT) {
		struct od_value swap = a;
		a = b;
		b = swap;
	}
	if (od_flow_node(flow, b)->origin != OD_ORIGIN_CONSTANT || b.offset <= 0 || b.offset > UINT16_MAX)
		return od_flow_opaque(flow, OD_ORIGIN_OPAQUE, insn->address, insn->to);
	return add_index(flow, added, a, (unsigned)b.offset);
}

/* A number of which 16 bits are replaced. */
static struct od_value insert(struct od_flow *flow, const struct od_state *state, const struct od_insn *insn)
{
	enum { BITS = 16, PARTS = 4 };
	struct od_value value = get(flow, state->registers, insn->from);
	const uint64_t part = (1ull << BITS) - 1;
	const unsigned shift = BITS * (insn->added % PARTS);

	if (od_flow_node(flow, value)->origin != OD_ORIGIN_CONSTANT || insn->added >= PARTS)
		return od_flow_opaque(flow, OD_ORIGIN_OPAQUE, insn->address, insn->to);
	value.offset = (int64_t)(((uint64_t)value.offset & ~(part << shift)) | ((uint64_t)insn->immediate & part) << shift);
	return value;
}

void od_flow_run(struct od_flow *flow, struct od_state *state, const struct od_insn *insn)
{
	struct od_value value;

	switch (insn->kind) {
	case OD_INSN_SUM:
		value = load(flow, state, od_flow_operand(flow, state->registers, &insn->memory[0]), insn->memory[0].segment);
		set(state, insn->to, add_index(flow, get(flow, state->registers, insn->from), value, 1));
		break;
	case OD_INSN_PRODUCT:
		set(state, insn->to, product(flow, state, insn));
		break;
	case OD_INSN_INSERT:
		set(state, insn->to, insert(flow, state, insn));
		break;
	case OD_INSN_MOVE:
		set(state, insn->to, source(flow, state, insn, insn->from));
		break;
	case OD_INSN_ADD:
		value = od_value_plus(get(flow, state->registers, insn->from), insn->immediate);
		if (insn->immediate_is_address)
			value = add_index(flow, od_flow_constant(flow, insn->immediate, true),
					  get(flow, state->registers, insn->from), 1);
		set(state, insn->to, value);
		break;
	case OD_INSN_ADDRESS:
		set(state, insn->to, od_flow_operand(flow, state->registers, &insn->memory[0]));
		break;
	case OD_INSN_LOAD: case OD_INSN_STORE:
		run_memory(flow, state, insn);
		break;
	case OD_INSN_CALL:
		run_call(flow, state, insn);
		break;
	default:
		clobber(flow, state, insn->writes, insn->address);
		break;
	}
	if (insn->adjusted != OD_REGISTER_NONE)
		set(state, insn->adjusted, od_value_plus(get(flow, state->registers, insn->adjusted), insn->adjustment));
}
