// SPDX-License-Identifier: GPL-3.0-or-later
#include "symbolize/scope.h"

#include "symbolize/pack.h"

/* Flags of a variable. */
enum { IS_PARAMETER = 1, IS_GLOBAL = 2, IS_SAME_FUNCTION = 4 };

void od_scope_read_pieces(Dwarf_Die *function, struct od_scope_pieces *ret, uint64_t *start)
{
	Dwarf_Addr base, from, to, entry;
	ptrdiff_t at = 0;

	ret->count = 0;
	while (ret->count < OD_SCOPE_PIECES && (at = dwarf_ranges(function, at, &base, &from, &to)) > 0) {
		if (!ret->count)
			*start = from;
		ret->items[ret->count].from = from;
		ret->items[ret->count++].to = to;
	}
	if (dwarf_entrypc(function, &entry) == 0)
		*start = entry;
}

/* Addresses are near the pc, and so their distances take few bytes. */
static void pack_location(struct od_buf *out, const struct od_location *location, uint64_t pc)
{
	od_pack_signed(out, (int64_t)(location->from - pc));
	od_pack_signed(out, (int64_t)(location->to - pc));
	od_pack_number(out, location->kind);
	od_pack_number(out, location->reg);
	od_pack_number(out, location->reg2);
	od_pack_number(out, location->scale);
	od_pack_signed(out, location->offset);
	od_pack_number(out, location->piece_at);
	od_pack_number(out, location->piece_size);
}

static void unpack_location(struct od_str *from, uint64_t pc, struct od_location *location)
{
	location->from = pc + (uint64_t)od_unpack_signed(from);
	location->to = pc + (uint64_t)od_unpack_signed(from);
	location->kind = (uint8_t)od_unpack_number(from);
	location->reg = (uint8_t)od_unpack_number(from);
	location->reg2 = (uint8_t)od_unpack_number(from);
	location->scale = (uint16_t)od_unpack_number(from);
	location->offset = od_unpack_signed(from);
	location->piece_at = (uint32_t)od_unpack_number(from);
	location->piece_size = (uint32_t)od_unpack_number(from);
}

static void pack_variable(struct od_buf *out, const struct od_facts *facts, size_t index)
{
	const struct od_variable *variable = &facts->variables.items[index];
	bool same = index && od_str_equal(facts->variables.items[index - 1].function, variable->function);

	od_pack_number(out, (variable->parameter ? IS_PARAMETER : 0) | (variable->global ? IS_GLOBAL : 0) |
				    (same ? IS_SAME_FUNCTION : 0));
	od_pack_text(out, variable->name);
	if (!same)
		od_pack_text(out, variable->function);
	od_pack_number(out, od_type_key(facts->types, variable->type));
	od_pack_number(out, variable->locations.count);
	for (size_t i = 0; i < variable->locations.count; i++)
		pack_location(out, &variable->locations.items[i], facts->pc);
}

/* False: out of memory. */
static bool unpack_variable(struct od_str *from, struct od_arena *arena, struct od_facts *facts)
{
	struct od_variable *variable = od_list_push(arena, &facts->variables);

	if (!variable)
		return false;
	uint64_t flags = od_unpack_number(from);
	variable->parameter = flags & IS_PARAMETER;
	variable->global = flags & IS_GLOBAL;
	variable->name = od_arena_copy(arena, od_unpack_text(from));
	if (!(flags & IS_SAME_FUNCTION))
		variable->function = od_arena_copy(arena, od_unpack_text(from));
	else if (facts->variables.count > 1)
		variable->function = facts->variables.items[facts->variables.count - 2].function;
	variable->type = od_type_at(facts->types, od_unpack_number(from));
	for (uint64_t left = od_unpack_number(from); left && from->len; left--) {
		struct od_location *location = od_list_push(arena, &variable->locations);
		if (!location)
			return false;
		unpack_location(from, facts->pc, location);
	}
	return true;
}

/* Where the function is called, in its unit. */
enum { NOWHERE, ONCE, OFTEN };

static void pack_ways(struct od_buf *out, const struct od_facts *facts)
{
	od_pack_number(out, !facts->called_at ? NOWHERE : facts->called_once ? ONCE : OFTEN);
	od_pack_signed(out, (int64_t)(facts->called_at - facts->pc));
	od_pack_number(out, facts->calls.count);
	for (size_t i = 0; i < facts->calls.count; i++) {
		const struct od_call *call = &facts->calls.items[i];
		od_pack_signed(out, (int64_t)(call->returns - facts->pc));
		od_pack_text(out, call->function);
		od_pack_number(out, od_type_key(facts->types, call->type));
		od_pack_signed(out, call->parameters);
	}
	od_pack_number(out, facts->edges.count);
	for (size_t i = 0; i < facts->edges.count; i++) {
		od_pack_signed(out, (int64_t)(facts->edges.items[i].from - facts->pc));
		od_pack_signed(out, (int64_t)(facts->edges.items[i].to - facts->pc));
	}
}

static void unpack_ways(struct od_str *from, struct od_arena *arena, struct od_facts *facts)
{
	const uint64_t called = od_unpack_number(from), at = facts->pc + (uint64_t)od_unpack_signed(from);

	facts->called_once = called == ONCE;
	facts->called_at = called == NOWHERE ? 0 : at;
	for (uint64_t left = od_unpack_number(from); left && from->len; left--) {
		struct od_call *call = od_list_push(arena, &facts->calls);
		if (!call)
			return;
		call->returns = facts->pc + (uint64_t)od_unpack_signed(from);
		call->function = od_arena_copy(arena, od_unpack_text(from));
		call->type = od_type_at(facts->types, od_unpack_number(from));
		call->parameters = (int)od_unpack_signed(from);
	}
	for (uint64_t left = od_unpack_number(from); left && from->len; left--) {
		struct od_edge *edge = od_list_push(arena, &facts->edges);
		if (!edge)
			return;
		edge->from = facts->pc + (uint64_t)od_unpack_signed(from);
		edge->to = facts->pc + (uint64_t)od_unpack_signed(from);
	}
}

void od_scope_learn(struct od_index *index, const struct od_facts *facts, const struct od_scope_pieces *pieces)
{
	struct od_buf out = {0};

	od_pack_number(&out, pieces->count);
	od_pack_signed(&out, (int64_t)(facts->start - facts->pc));
	od_pack_number(&out, facts->kept);
	for (size_t i = 0; i < pieces->count; i++) {
		od_pack_signed(&out, (int64_t)(pieces->items[i].from - facts->pc));
		od_pack_number(&out, pieces->items[i].to - pieces->items[i].from);
	}
	pack_ways(&out, facts);
	for (size_t i = 0; i < facts->variables.count; i++)
		pack_variable(&out, facts, i);
	if (!out.failed)
		od_index_learn(index, OD_FACT_SCOPE, facts->pc, od_buf_str(&out));
	od_buf_deinit(&out);
}

bool od_scope_recall(const struct od_index *index, struct od_arena *arena, struct od_facts *facts,
		     struct od_scope_pieces *pieces)
{
	struct od_str from;

	if (!index || !od_index_get(index, OD_FACT_SCOPE, facts->pc, &from))
		return false;
	uint64_t count = od_unpack_number(&from);
	facts->start = facts->pc + (uint64_t)od_unpack_signed(&from);
	facts->kept = od_unpack_number(&from);
	for (pieces->count = 0; pieces->count < count && pieces->count < OD_SCOPE_PIECES; pieces->count++) {
		pieces->items[pieces->count].from = facts->pc + (uint64_t)od_unpack_signed(&from);
		pieces->items[pieces->count].to = pieces->items[pieces->count].from + od_unpack_number(&from);
	}
	unpack_ways(&from, arena, facts);
	while (from.len)
		if (!unpack_variable(&from, arena, facts))
			return true;
	return true;
}
