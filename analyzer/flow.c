// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzer/flow_state.h"

/* Passes over the function; those from which on a join keeps what came to it; bytes of states. */
enum { PASS_LIMIT = 12, PATIENCE = 6, MEMORY_LIMIT = 256 << 20 };

/* Whether a value was reached from the join: what a cursor becomes on its way through a list. */
static bool derives(const struct od_flow *flow, struct od_value value, uint32_t join)
{
	enum { DEPTH = 8 };

	for (unsigned i = 0; i < DEPTH; i++) {
		const struct od_node *node = &flow->nodes.items[value.node];
		if (node->origin != OD_ORIGIN_LOAD && node->origin != OD_ORIGIN_INDEX)
			return false;
		value = node->base;
		if (value.node == join)
			return true;
	}
	return false;
}

/*
 * What comes to a join, in this pass: the first value, values that are the join's own and a step (a loop's
 * pointer that moves on), and whether there is any other.
 */
static void learn(struct od_flow *flow, struct od_value join, struct od_value from, bool back)
{
	struct od_node *node = &flow->nodes.items[join.node];
	const bool chased = derives(flow, from, join.node);

	node->looped |= back || chased;
	node->chased |= chased;
	if (chased)
		return;
	if (from.node == join.node) {
		node->step = !node->step || node->step == from.offset ? from.offset : 1;
	} else if (node->learned != flow->pass) {
		node->learned = flow->pass;
		node->base = from;
		node->step = 0;
		node->mixed = false;
	} else if (!od_value_equal(node->base, from)) {
		node->mixed = true;
	}
}

/* Merges a way into the state before an instruction: registers that differ become values of the join's own. */
static void merge(struct od_flow *flow, struct od_state *into, const struct od_state *from, uint64_t at, bool back)
{
	if (!from->reached)
		return;
	if (!into->reached) {
		*into = *from;
		return;
	}
	for (unsigned i = 0; i < flow->registers; i++) {
		if (od_value_equal(into->registers[i], from->registers[i]))
			continue;
		struct od_value join = od_flow_opaque(flow, OD_ORIGIN_JOIN, at, i);
		if (!od_value_equal(into->registers[i], join))
			learn(flow, join, into->registers[i], false);
		learn(flow, join, from->registers[i], back);
		into->registers[i] = join;
	}
	for (unsigned i = 0; i < into->slot_count;) {
		unsigned j = 0;
		while (j < from->slot_count && from->slots[j].offset != into->slots[i].offset)
			j++;
		if (j < from->slot_count && od_value_equal(from->slots[j].value, into->slots[i].value))
			i++;
		else
			into->slots[i] = into->slots[--into->slot_count];
	}
}

static bool is_same_state(const struct od_state *a, const struct od_state *b)
{
	bool equal = a->reached == b->reached && a->slot_count == b->slot_count;

	for (unsigned i = 0; i < OD_REGISTER_COUNT && equal; i++)
		equal = od_value_equal(a->registers[i], b->registers[i]);
	for (unsigned i = 0; i < a->slot_count && equal; i++)
		equal = a->slots[i].offset == b->slots[i].offset && od_value_equal(a->slots[i].value, b->slots[i].value);
	return equal;
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

/* The first hidden edge from the address on. */
static size_t first_edge(const struct od_facts *facts, uint64_t address)
{
	size_t low = 0, high = facts->edges.count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (facts->edges.items[middle].from < address)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
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
static bool has_slot(const struct od_flow *flow, size_t i)
{
	const struct od_insn *insn = &flow->insns->items[i];

	return flow->facts->registers->delayed && insn->kind >= OD_INSN_CALL && i + 1 < flow->insns->count &&
	       flow->insns->items[i + 1].address == insn->address + insn->size;
}

/* Takes the state from an instruction to one to which it leads. */
static void lead(struct od_flow *flow, const struct od_state *state, size_t from, ptrdiff_t to)
{
	struct od_join *join = to < 0 ? NULL : flow->joins[to];

	if (!join)
		return;
	if ((size_t)to > from) {
		merge(flow, &join->next, state, flow->insns->items[to].address, false);
		return;
	}
	for (struct od_way *way = join->back; way; way = way->next)
		if (way->from == from)
			way->state = *state;
}

/* Where a jump leads whose target is in a table: to all that nothing else leads to. */
static void lead_by_table(struct od_flow *flow, const struct od_state *state, size_t from)
{
	for (size_t i = 0; i < flow->lost.count; i++)
		lead(flow, state, from, (ptrdiff_t)flow->lost.items[i]);
}

static void leave(struct od_flow *flow, const struct od_state *state, size_t i)
{
	const struct od_facts *facts = flow->facts;
	const struct od_insn *insn = &flow->insns->items[i];

	if (branches(insn))
		lead(flow, state, i, od_flow_find(facts, insn->target));
	else if (insn->kind == OD_INSN_JUMP)
		lead_by_table(flow, state, i);
	for (size_t e = first_edge(facts, insn->address); e < facts->edges.count && facts->edges.items[e].from == insn->address; e++)
		lead(flow, state, i, od_flow_find(facts, facts->edges.items[e].to));
}

/*
 * The state before an instruction to which several lead. What came to it is forgotten then, so that values which only
 * differed at first do not stay apart; but after some passes it is kept, so that it comes to an end.
 */
static void enter(struct od_flow *flow, struct od_state *state, size_t i)
{
	struct od_join *join = flow->joins[i];
	const uint64_t at = flow->insns->items[i].address;

	if (at == flow->facts->start)
		merge(flow, &join->next, &flow->entry, at, false);
	merge(flow, &join->next, state, at, false);
	for (const struct od_way *way = join->back; way; way = way->next)
		merge(flow, &join->next, &way->state, at, true);
	*state = join->next;
	flow->changed |= !is_same_state(state, &join->seen);
	join->seen = *state;
	join->next.reached = flow->pass > PATIENCE && join->next.reached;
}

static struct od_value *values_at(const struct od_flow *flow, size_t insn)
{
	return flow->values + insn * flow->registers;
}

/* One run over all instructions in the order of their addresses. */
static void pass(struct od_flow *flow)
{
	struct od_state state = {.reached = false};

	for (size_t i = 0; i < flow->insns->count; i++) {
		if (flow->joins[i])
			enter(flow, &state, i);
		flow->reached[i] = state.reached;
		if (!state.reached)
			continue;
		memcpy(values_at(flow, i), state.registers, flow->registers * sizeof(state.registers[0]));
		bool slot = has_slot(flow, i);
		if (slot) {
			memcpy(values_at(flow, i + 1), state.registers, flow->registers * sizeof(state.registers[0]));
			flow->reached[i + 1] = true;
			od_flow_run(flow, &state, &flow->insns->items[i + 1]);
		}
		od_flow_run(flow, &state, &flow->insns->items[i]);
		leave(flow, &state, i);
		state.reached = falls_through(flow->insns, i);
		i += slot;
	}
}

/* A way from an instruction to another, for which that needs a state of its own; false: out of memory. */
static bool add_way(struct od_flow *flow, size_t from, ptrdiff_t to)
{
	if (to < 0)
		return true;
	if (!flow->joins[to])
		flow->joins[to] = od_arena_alloc(flow->arena, sizeof(struct od_join));
	if (!flow->joins[to] || (size_t)to > from)
		return flow->joins[to];
	struct od_way *way = od_arena_alloc(flow->arena, sizeof(*way));
	if (!way)
		return false;
	way->from = from;
	way->next = flow->joins[to]->back;
	flow->joins[to]->back = way;
	return true;
}

/* Whether an instruction does something and goes on: others fill up the room between pieces of code. */
static bool has_effect(const struct od_insn *insn)
{
	return insn->kind != OD_INSN_RETURN && (insn->kind || insn->writes || insn->memory_count);
}

/* Finds what nothing leads to. Where no table of jumps can, there are ways that are not known. */
static bool find_lost(struct od_flow *flow)
{
	ptrdiff_t table = -1;
	bool falls = false, fine = true;

	for (size_t i = 0; i < flow->insns->count && fine; i++) {
		const struct od_insn *insn = &flow->insns->items[i];
		const bool lost = !falls && !flow->joins[i] && has_effect(insn);
		size_t *item = lost ? od_list_push(flow->arena, &flow->lost) : NULL;
		if (item)
			*item = i;
		fine = !lost || (item && add_way(flow, table < 0 ? 0 : (size_t)table, (ptrdiff_t)i));
		flow->settled &= !lost || table >= 0;
		falls = falls_through(flow->insns, i) && (falls || flow->joins[i] || !i);
		if (insn->kind == OD_INSN_JUMP && !insn->has_target)
			table = (ptrdiff_t)i;
		i += has_slot(flow, i);
	}
	return fine;
}

static bool find_ways(struct od_flow *flow)
{
	const struct od_facts *facts = flow->facts;
	bool made = add_way(flow, 0, od_flow_find(facts, facts->start));

	for (size_t i = 0; i < flow->insns->count && made; i++)
		if (branches(&flow->insns->items[i]))
			made = add_way(flow, i, od_flow_find(facts, flow->insns->items[i].target));
	for (size_t i = 0; i < facts->edges.count && made; i++) {
		ptrdiff_t from = od_flow_find(facts, facts->edges.items[i].from);
		made = from < 0 || add_way(flow, (size_t)from, od_flow_find(facts, facts->edges.items[i].to));
	}
	return made && find_lost(flow);
}

static bool prepare(struct od_flow *flow)
{
	const struct od_facts *facts = flow->facts;
	size_t count = flow->insns->count;

	for (flow->registers = OD_REGISTER_COUNT; flow->registers && !facts->registers->names[flow->registers - 1];)
		flow->registers--;
	flow->joins = od_arena_alloc(flow->arena, count * sizeof(*flow->joins));
	flow->values = od_arena_alloc(flow->arena, count * flow->registers * sizeof(*flow->values));
	flow->reached = od_arena_alloc(flow->arena, count * sizeof(*flow->reached));
	if (!flow->joins || !flow->values || !flow->reached || !od_flow_grow(flow) ||
	    od_flow_find(facts, facts->start) < 0 || !find_ways(flow) || od_arena_exhausted(flow->arena))
		return false;
	flow->entry.reached = true;
	for (unsigned i = 0; i < flow->registers; i++)
		flow->entry.registers[i] = od_flow_opaque(flow, OD_ORIGIN_ENTRY, 0, i);
	return true;
}

struct od_flow *od_flow_create(const struct od_facts *facts)
{
	const od_insns *insns = od_facts_insns(facts);
	struct od_flow *flow = insns->count ? calloc(1, sizeof(*flow)) : NULL;

	if (!flow)
		return NULL;
	flow->facts = facts;
	flow->insns = insns;
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

	if (node->origin != OD_ORIGIN_JOIN || node->learned != flow->pass || node->mixed || node->chased || !node->step ||
	    node->base.node == value.node)
		return false;
	*first = od_value_plus(node->base, value.offset);
	*step = node->step;
	return true;
}

bool od_flow_first(const struct od_flow *flow, struct od_value value, struct od_value *first)
{
	const struct od_node *node = &flow->nodes.items[value.node];

	if (node->origin != OD_ORIGIN_JOIN || !node->looped || node->learned != flow->pass || node->base.node == value.node)
		return false;
	*first = od_value_plus(node->base, value.offset);
	return true;
}

bool od_flow_is_settled(const struct od_flow *flow)
{
	return flow->settled;
}

bool od_flow_register(const struct od_flow *flow, size_t insn, unsigned reg, struct od_value *ret)
{
	if (!flow->reached[insn] || reg >= flow->registers)
		return false;
	*ret = values_at(flow, insn)[reg];
	return true;
}

bool od_flow_address(struct od_flow *flow, size_t insn, const struct od_memory_operand *memory, struct od_value *ret)
{
	if (!flow->reached[insn] || memory->segment)
		return false;
	*ret = od_flow_operand(flow, values_at(flow, insn), memory);
	return true;
}

bool od_flow_locate(struct od_flow *flow, size_t insn, const struct od_location *location, struct od_value *ret,
		    bool *memory)
{
	const unsigned sp = flow->facts->registers->stack_pointer;

	*memory = location->kind == OD_LOCATION_MEMORY || location->kind == OD_LOCATION_FRAME ||
		  location->kind == OD_LOCATION_ADDRESS || location->kind == OD_LOCATION_ENTRY_MEMORY ||
		  location->kind == OD_LOCATION_SUM;
	switch (location->kind) {
	case OD_LOCATION_REGISTER:
		return od_flow_register(flow, insn, location->reg, ret);
	case OD_LOCATION_MEMORY: case OD_LOCATION_VALUE:
		if (!od_flow_register(flow, insn, location->reg, ret))
			return false;
		*ret = od_value_plus(*ret, location->offset);
		return true;
	case OD_LOCATION_SUM: case OD_LOCATION_SUM_VALUE:
		if (!flow->reached[insn])
			return false;
		*ret = od_flow_operand(flow, values_at(flow, insn), &(struct od_memory_operand){
			.base = location->reg, .index = location->reg2, .scale = location->scale, .displacement = location->offset});
		return true;
	case OD_LOCATION_FRAME: case OD_LOCATION_FRAME_VALUE:
		*ret = od_value_plus(od_flow_opaque(flow, OD_ORIGIN_ENTRY, 0, sp), flow->facts->registers->cfa + location->offset);
		return true;
	case OD_LOCATION_ENTRY: case OD_LOCATION_ENTRY_MEMORY:
		*ret = od_value_plus(od_flow_opaque(flow, OD_ORIGIN_ENTRY, 0, location->reg), location->offset);
		return true;
	case OD_LOCATION_CONSTANT: case OD_LOCATION_ADDRESS: case OD_LOCATION_CONSTANT_ADDRESS:
		*ret = od_flow_constant(flow, location->offset, location->kind != OD_LOCATION_CONSTANT);
		return true;
	default:
		return false;
	}
}
