// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzer/flow.h"

/* Passes over the function, nodes, stack slots that are followed, bytes of states. */
enum { PASS_LIMIT = 12, NODE_LIMIT = 60000, SLOT_LIMIT = 48, FIRST_TABLE = 1 << 10, MEMORY_LIMIT = 256 << 20 };

struct slot {
	int64_t offset;		/* from the stack pointer at entry */
	struct od_value value;
};

struct state {
	struct od_value registers[OD_REGISTER_COUNT];
	struct slot slots[SLOT_LIMIT];
	unsigned slot_count;
	bool reached;
};

struct od_flow {
	const struct od_facts *facts;
	struct od_arena *arena;
	struct state **joins;	/* by instruction: the state before it, where branches lead; NULL elsewhere */
	struct od_value (*values)[OD_REGISTER_COUNT]; /* by instruction: before it */
	bool *reached;
	OD_LIST(struct od_node) nodes;
	uint32_t *table;	/* hash of a node to its index + 1 */
	uint32_t table_size;	/* a power of two, at least twice the nodes */
	bool changed, settled;
	uint8_t pass;
};

static bool same(struct od_value a, struct od_value b)
{
	return a.node == b.node && a.offset == b.offset;
}

/* What a join has learned of its ways is no part of what it is. */
static bool same_node(const struct od_node *a, const struct od_node *b)
{
	if (a->origin == OD_ORIGIN_JOIN && b->origin == OD_ORIGIN_JOIN)
		return a->reg == b->reg && a->at == b->at;
	return a->origin == b->origin && a->reg == b->reg && a->scale == b->scale && a->segment == b->segment &&
	       a->at == b->at && same(a->base, b->base) && same(a->index, b->index);
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
static bool grow_table(struct od_flow *flow)
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
	if (flow->nodes.count < NODE_LIMIT && grow_table(flow))
		added = od_list_push(flow->arena, &flow->nodes);
	if (!added) {
		flow->settled = false;
		return (struct od_value){(uint32_t)flow->nodes.count - 1, (int64_t)node->at};
	}
	*added = *node;
	*find_slot(flow, node) = (uint32_t)flow->nodes.count;
	return (struct od_value){(uint32_t)flow->nodes.count - 1, 0};
}

static struct od_value plus(struct od_value value, int64_t offset)
{
	value.offset = (int64_t)((uint64_t)value.offset + (uint64_t)offset);
	return value;
}

static struct od_value constant(struct od_flow *flow, int64_t number, bool is_address)
{
	const struct od_node node = {.origin = is_address ? OD_ORIGIN_ADDRESS : OD_ORIGIN_CONSTANT};

	return plus(value_of(flow, &node), number);
}

static struct od_value opaque(struct od_flow *flow, enum od_origin origin, uint64_t at, unsigned reg)
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

static struct od_value load(struct od_flow *flow, const struct state *state, struct od_value address, bool segment)
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

static void store(struct od_flow *flow, struct state *state, struct od_value address, struct od_value value)
{
	unsigned i = 0;

	if (!on_stack(flow, address))
		return;
	while (i < state->slot_count && state->slots[i].offset != address.offset)
		i++;
	if (i == SLOT_LIMIT)
		return;
	state->slots[i] = (struct slot){address.offset, value};
	if (i == state->slot_count)
		state->slot_count++;
}

static struct od_value get(struct od_flow *flow, const struct od_value *registers, unsigned reg)
{
	if (reg == flow->facts->registers->zero)
		return constant(flow, 0, false);
	return reg < OD_REGISTER_COUNT ? registers[reg] : constant(flow, 0, false);
}

static void set(struct state *state, unsigned reg, struct od_value value)
{
	if (reg < OD_REGISTER_COUNT)
		state->registers[reg] = value;
}

/* base + index * scale; small constants times a scale are plain distances. */
static struct od_value add_index(struct od_flow *flow, struct od_value base, struct od_value index, unsigned scale)
{
	if (od_flow_node(flow, base)->origin == OD_ORIGIN_CONSTANT && scale == 1)
		return plus(index, base.offset);
	if (od_flow_node(flow, index)->origin == OD_ORIGIN_CONSTANT)
		return plus(base, index.offset * (int64_t)scale);
	const struct od_node node = {
		.origin = OD_ORIGIN_INDEX, .base = {base.node, 0}, .index = index, .scale = (uint16_t)scale};
	return plus(value_of(flow, &node), base.offset);
}

static struct od_value address_of(struct od_flow *flow, const struct od_value *registers,
				  const struct od_memory_operand *memory)
{
	struct od_value base = memory->absolute ? constant(flow, 0, true) :
			       memory->base == OD_REGISTER_NONE ? constant(flow, 0, false) :
								  get(flow, registers, memory->base);

	if (memory->absolute && memory->base != OD_REGISTER_NONE)
		base = add_index(flow, base, get(flow, registers, memory->base), 1);
	if (memory->index != OD_REGISTER_NONE)
		base = add_index(flow, base, get(flow, registers, memory->index), memory->scale);
	return plus(base, memory->displacement);
}

static void clobber(struct od_flow *flow, struct state *state, uint64_t mask, uint64_t at)
{
	for (unsigned i = 0; i < OD_REGISTER_COUNT; i++)
		if (mask >> i & 1)
			state->registers[i] = opaque(flow, OD_ORIGIN_OPAQUE, at, i);
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

static void run_call(struct od_flow *flow, struct state *state, const struct od_insn *insn)
{
	const struct od_register_set *set_of = flow->facts->registers;

	if (insn->preserves || is_hook(flow->facts, insn))
		return;
	clobber(flow, state, ~set_of->preserved, insn->address);
	set(state, set_of->result, opaque(flow, OD_ORIGIN_CALL, insn->address, set_of->result));
}

static struct od_value source(struct od_flow *flow, const struct state *state, const struct od_insn *insn, uint8_t reg)
{
	if (insn->has_immediate)
		return constant(flow, insn->immediate, insn->immediate_is_address);
	return reg == OD_REGISTER_NONE ? opaque(flow, OD_ORIGIN_OPAQUE, insn->address, OD_REGISTER_NONE)
				       : get(flow, state->registers, reg);
}

/* Two registers that are loaded or stored together; the second behind the first. */
static void run_memory(struct od_flow *flow, struct state *state, const struct od_insn *insn)
{
	const struct od_memory_operand *memory = &insn->memory[0];
	struct od_value address = address_of(flow, state->registers, memory);

	if (insn->kind == OD_INSN_STORE) {
		store(flow, state, address, source(flow, state, insn, insn->from));
		if (insn->from2 != OD_REGISTER_NONE)
			store(flow, state, plus(address, memory->width), get(flow, state->registers, insn->from2));
		return;
	}
	struct od_value first = load(flow, state, address, memory->segment);
	struct od_value second = load(flow, state, plus(address, memory->width), memory->segment);
	set(state, insn->to, first);
	set(state, insn->to2, second);
}

/* added + from * from2, where one factor is a number that is known. */
static struct od_value product(struct od_flow *flow, const struct state *state, const struct od_insn *insn)
{
	struct od_value a = get(flow, state->registers, insn->from);
	struct od_value b = insn->has_immediate ? constant(flow, insn->immediate, false) : get(flow, state->registers, insn->from2);
	struct od_value added = insn->added == OD_REGISTER_NONE ? constant(flow, 0, false) : get(flow, state->registers, insn->added);

	if (od_flow_node(flow, b)->origin != OD_ORIGIN_CONSTANT) {
		struct od_value swap = a;
		a = b;
		b = swap;
	}
	if (od_flow_node(flow, b)->origin != OD_ORIGIN_CONSTANT || b.offset <= 0 || b.offset > UINT16_MAX)
		return opaque(flow, OD_ORIGIN_OPAQUE, insn->address, insn->to);
	return add_index(flow, added, a, (unsigned)b.offset);
}

static void run_insn(struct od_flow *flow, struct state *state, const struct od_insn *insn)
{
	struct od_value value;

	switch (insn->kind) {
	case OD_INSN_SUM:
		value = load(flow, state, address_of(flow, state->registers, &insn->memory[0]), insn->memory[0].segment);
		set(state, insn->to, add_index(flow, get(flow, state->registers, insn->from), value, 1));
		break;
	case OD_INSN_PRODUCT:
		set(state, insn->to, product(flow, state, insn));
		break;
	case OD_INSN_MOVE:
		set(state, insn->to, source(flow, state, insn, insn->from));
		break;
	case OD_INSN_ADD:
		value = plus(get(flow, state->registers, insn->from), insn->immediate);
		if (insn->immediate_is_address)
			value = add_index(flow, constant(flow, insn->immediate, true),
					  get(flow, state->registers, insn->from), 1);
		set(state, insn->to, value);
		break;
	case OD_INSN_ADDRESS:
		set(state, insn->to, address_of(flow, state->registers, &insn->memory[0]));
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
		set(state, insn->adjusted, plus(get(flow, state->registers, insn->adjusted), insn->adjustment));
}

/*
 * What comes to a join, in this pass: the first value, values that are the join's own and a step (a loop's
 * pointer that moves on), and whether there is any other.
 */
static void learn(struct od_flow *flow, struct od_value join, struct od_value from, bool back)
{
	struct od_node *node = &flow->nodes.items[join.node];

	node->looped |= back;
	if (from.node == join.node) {
		node->step = !node->step || node->step == from.offset ? from.offset : 1;
	} else if (node->learned != flow->pass) {
		node->learned = flow->pass;
		node->base = from;
		node->step = 0;
		node->mixed = false;
	} else if (!same(node->base, from)) {
		node->mixed = true;
	}
}

/* Merges a way into the state of a join: what differs becomes a value of the join's own, for good. */
static void merge(struct od_flow *flow, struct state *into, const struct state *from, uint64_t at, bool back)
{
	if (!into->reached) {
		*into = *from;
		into->reached = true;
		flow->changed = true;
		return;
	}
	for (unsigned i = 0; i < OD_REGISTER_COUNT; i++) {
		if (same(into->registers[i], from->registers[i]))
			continue;
		struct od_value join = opaque(flow, OD_ORIGIN_JOIN, at, i);
		if (!same(into->registers[i], join)) {
			flow->changed = true;
			learn(flow, join, into->registers[i], false);
		}
		learn(flow, join, from->registers[i], back);
		into->registers[i] = join;
	}
	for (unsigned i = 0; i < into->slot_count;) {
		unsigned j = 0;
		while (j < from->slot_count && from->slots[j].offset != into->slots[i].offset)
			j++;
		if (j < from->slot_count && same(from->slots[j].value, into->slots[i].value)) {
			i++;
			continue;
		}
		into->slots[i] = into->slots[--into->slot_count];
		flow->changed = true;
	}
}

ptrdiff_t od_flow_find(const struct od_facts *facts, uint64_t address)
{
	const od_insns *insns = od_facts_insns(facts);
	size_t low = 0, high = insns->count;

	while (low < high) {
		size_t middle = (low + high) / 2;
		const struct od_insn *insn = &insns->items[middle];
		if (address >= insn->address && address - insn->address < insn->size)
			return (ptrdiff_t)middle;
		if (address < insn->address)
			high = middle;
		else
			low = middle + 1;
	}
	return -1;
}

static bool branches(const struct od_insn *insn)
{
	return (insn->kind == OD_INSN_BRANCH || insn->kind == OD_INSN_JUMP) && insn->has_target;
}

/* Whether the instruction behind it in the list is where it goes on. */
static bool falls_through(const od_insns *insns, size_t i)
{
	const struct od_insn *insn = &insns->items[i];

	return insn->kind != OD_INSN_JUMP && insn->kind != OD_INSN_RETURN && i + 1 < insns->count &&
	       insns->items[i + 1].address == insn->address + insn->size;
}

/* Whether the next instruction is done before this one goes where it goes. */
static bool has_slot(const struct od_facts *facts, const od_insns *insns, size_t i)
{
	const struct od_insn *insn = &insns->items[i];

	return facts->registers->delayed && insn->kind >= OD_INSN_CALL && i + 1 < insns->count &&
	       insns->items[i + 1].address == insn->address + insn->size;
}

/* One run over all instructions in the order of their addresses. */
static void pass(struct od_flow *flow)
{
	const struct od_facts *facts = flow->facts;
	const od_insns *insns = od_facts_insns(facts);
	struct state state = {.reached = false};

	for (size_t i = 0; i < insns->count; i++) {
		const struct od_insn *insn = &insns->items[i];
		if (flow->joins[i]) {
			if (state.reached)
				merge(flow, flow->joins[i], &state, insn->address, false);
			state = *flow->joins[i];
		}
		flow->reached[i] = state.reached;
		if (!state.reached)
			continue;
		memcpy(flow->values[i], state.registers, sizeof(state.registers));
		bool slot = has_slot(facts, insns, i);
		if (slot) {
			memcpy(flow->values[i + 1], state.registers, sizeof(state.registers));
			flow->reached[i + 1] = true;
			run_insn(flow, &state, &insns->items[i + 1]);
		}
		run_insn(flow, &state, insn);
		ptrdiff_t to = branches(insn) ? od_flow_find(facts, insn->target) : -1;
		if (to >= 0)
			merge(flow, flow->joins[to], &state, insns->items[to].address,
			      insn->address >= insns->items[to].address);
		state.reached = falls_through(insns, i);
		i += slot;
	}
}

static bool prepare(struct od_flow *flow)
{
	const struct od_facts *facts = flow->facts;
	const od_insns *insns = od_facts_insns(facts);
	size_t count = insns->count;

	flow->joins = od_arena_alloc(flow->arena, count * sizeof(*flow->joins));
	flow->values = od_arena_alloc(flow->arena, count * sizeof(*flow->values));
	flow->reached = od_arena_alloc(flow->arena, count * sizeof(*flow->reached));
	if (!flow->joins || !flow->values || !flow->reached || !grow_table(flow))
		return false;
	for (size_t i = 0; i < count; i++) {
		ptrdiff_t to = branches(&insns->items[i]) ? od_flow_find(facts, insns->items[i].target) : -1;
		if (to >= 0 && !flow->joins[to])
			flow->joins[to] = od_arena_alloc(flow->arena, sizeof(struct state));
	}
	ptrdiff_t entry = od_flow_find(facts, facts->start);
	if (entry < 0)
		return false;
	struct state *state = flow->joins[entry];
	if (!state)
		state = flow->joins[entry] = od_arena_alloc(flow->arena, sizeof(struct state));
	if (!state || od_arena_exhausted(flow->arena))
		return false;
	state->reached = true;
	for (unsigned i = 0; i < OD_REGISTER_COUNT; i++)
		state->registers[i] = opaque(flow, OD_ORIGIN_ENTRY, 0, i);
	return true;
}

struct od_flow *od_flow_create(const struct od_facts *facts)
{
	struct od_flow *flow = od_facts_insns(facts)->count ? calloc(1, sizeof(*flow)) : NULL;

	if (!flow)
		return NULL;
	flow->facts = facts;
	flow->settled = true;
	flow->arena = od_arena_create(MEMORY_LIMIT);
	if (!flow->arena || !prepare(flow)) {
		od_flow_destroy(flow);
		return NULL;
	}
	flow->changed = true;
	for (unsigned i = 0; i < PASS_LIMIT && flow->changed; i++) {
		flow->changed = false;
		flow->pass++;
		pass(flow);
	}
	flow->settled &= !flow->changed;
	return flow;
}

void od_flow_destroy(struct od_flow *flow)
{
	if (!flow)
		return;
	od_arena_destroy(flow->arena);
	free(flow);
}

bool od_flow_induction(const struct od_flow *flow, struct od_value value, struct od_value *first, int64_t *step)
{
	const struct od_node *node = &flow->nodes.items[value.node];

	if (node->origin != OD_ORIGIN_JOIN || node->learned != flow->pass || node->mixed || !node->step ||
	    node->base.node == value.node)
		return false;
	*first = plus(node->base, value.offset);
	*step = node->step;
	return true;
}

bool od_flow_first(const struct od_flow *flow, struct od_value value, struct od_value *first)
{
	const struct od_node *node = &flow->nodes.items[value.node];

	if (node->origin != OD_ORIGIN_JOIN || !node->looped || node->learned != flow->pass || node->base.node == value.node)
		return false;
	*first = plus(node->base, value.offset);
	return true;
}

bool od_flow_is_settled(const struct od_flow *flow)
{
	return flow->settled;
}

bool od_flow_register(const struct od_flow *flow, size_t insn, unsigned reg, struct od_value *ret)
{
	if (!flow->reached[insn] || reg >= OD_REGISTER_COUNT)
		return false;
	*ret = flow->values[insn][reg];
	return true;
}

bool od_flow_address(struct od_flow *flow, size_t insn, const struct od_memory_operand *memory, struct od_value *ret)
{
	if (!flow->reached[insn] || memory->segment)
		return false;
	*ret = address_of(flow, flow->values[insn], memory);
	return true;
}

bool od_flow_locate(struct od_flow *flow, size_t insn, const struct od_location *location, struct od_value *ret,
		    bool *memory)
{
	const unsigned sp = flow->facts->registers->stack_pointer;

	*memory = location->kind == OD_LOCATION_MEMORY || location->kind == OD_LOCATION_FRAME ||
		  location->kind == OD_LOCATION_ADDRESS;
	switch (location->kind) {
	case OD_LOCATION_REGISTER:
		return od_flow_register(flow, insn, location->reg, ret);
	case OD_LOCATION_MEMORY: case OD_LOCATION_VALUE:
		if (!od_flow_register(flow, insn, location->reg, ret))
			return false;
		*ret = plus(*ret, location->offset);
		return true;
	case OD_LOCATION_FRAME: case OD_LOCATION_FRAME_VALUE:
		*ret = plus(opaque(flow, OD_ORIGIN_ENTRY, 0, sp), flow->facts->registers->cfa + location->offset);
		return true;
	case OD_LOCATION_ENTRY:
		*ret = plus(opaque(flow, OD_ORIGIN_ENTRY, 0, location->reg), location->offset);
		return true;
	case OD_LOCATION_CONSTANT: case OD_LOCATION_ADDRESS: case OD_LOCATION_CONSTANT_ADDRESS:
		*ret = constant(flow, location->offset, location->kind != OD_LOCATION_CONSTANT);
		return true;
	default:
		return false;
	}
}
