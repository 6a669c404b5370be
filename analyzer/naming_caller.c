// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * What a function was given instead of a parameter: gcc (-fipa-sra) and clang (argument promotion) hand on what callers
 * read through a pointer, and the pointer itself no longer. Its name is still the nearest one for what was read.
 */
#include "analyzer/naming_state.h"

#include "analyzer/member.h"

enum { PARAMETER_LIMIT = 16 };

/* Parameters that the function was not given, though its source says so. */
struct missing {
	const struct od_variable *items[PARAMETER_LIMIT];
	unsigned count;
};

/* Whether the frame's function, and none that was inlined into it, has the name; the compiler's copies end in ".isra.0". */
static bool is_own(const struct od_facts *facts, struct od_str function)
{
	const struct od_str whole = facts->site ? facts->function : facts->frame ? facts->frame->function : (struct od_str){NULL, 0};

	return function.len && od_str_starts(whole, function) && (whole.len == function.len || whole.ptr[function.len] == '.');
}

/* What a pointer to a struct points to; NULL: it is none. */
static const struct od_type *struct_behind(const struct od_facts *facts, int type)
{
	const struct od_type *pointer = od_facts_type(facts, type);
	const struct od_type *target = pointer && pointer->kind == OD_TYPE_POINTER ? od_facts_type(facts, pointer->target) : NULL;

	return target && (target->kind == OD_TYPE_STRUCT || target->kind == OD_TYPE_UNION) ? target : NULL;
}

static void find_missing(const struct od_facts *facts, struct missing *ret)
{
	ret->count = 0;
	for (size_t i = 0; i < facts->variables.count && ret->count < PARAMETER_LIMIT; i++) {
		const struct od_variable *variable = &facts->variables.items[i];
		if (variable->parameter && is_own(facts, variable->function) && !od_variable_has_place(variable) &&
		    struct_behind(facts, variable->type))
			ret->items[ret->count++] = variable;
	}
}

/* The same struct; const or not. */
static bool is_same(const struct od_type *a, const struct od_type *b)
{
	static const struct od_str constant = OD_STR("const ");
	const struct od_str left = od_str_starts(a->text, constant) ? od_str_from_index(a->text, constant.len) : a->text;
	const struct od_str right = od_str_starts(b->text, constant) ? od_str_from_index(b->text, constant.len) : b->text;

	return a->size == b->size && od_str_equal(left, right);
}

/* The only missing parameter that points to such a struct; NULL: none, or several. */
static const struct od_variable *only_one(const struct od_facts *facts, const struct missing *missing, const struct od_type *target)
{
	const struct od_variable *found = NULL;

	for (unsigned i = 0; i < missing->count; i++) {
		if (!is_same(struct_behind(facts, missing->items[i]->type), target))
			continue;
		if (found)
			return NULL;
		found = missing->items[i];
	}
	return found;
}

/* Whether a pointer lies at the offset of the struct. */
static bool holds_pointer(const struct od_facts *facts, int type, int64_t offset, unsigned width)
{
	const struct od_type *pointer = od_facts_type(facts, type);
	struct od_buf path = {0};
	struct od_member_path found;
	bool known = offset >= 0 && pointer && od_member_find(facts, pointer->target, (uint64_t)offset, width, NULL, &path, &found);

	if (known) {
		const struct od_type *member = od_facts_type(facts, found.type);
		known = !found.inside && member && member->kind == OD_TYPE_POINTER;
	}
	od_buf_deinit(&path);
	return known;
}

static void give(struct od_naming *caller, const struct od_variable *parameter, struct od_value value)
{
	for (size_t i = 0; i < caller->bindings.count; i++)
		if (caller->bindings.items[i].variable == parameter)
			return;
	struct od_binding *binding = od_list_push(caller->arena, &caller->bindings);
	if (binding)
		*binding = (struct od_binding){.value = value, .variable = parameter, .text = parameter->name,
					       .type = parameter->type, .rank = OD_BOUND_GIVEN};
}

/* By a variable of the caller that points to such a struct, and through which the value was read. *named: there is one. */
static bool give_by_type(struct od_naming *caller, const struct od_facts *callee, const struct missing *missing,
			 struct od_value address, bool *named)
{
	for (size_t i = 0; i < caller->bindings.count; i++) {
		const struct od_binding *binding = &caller->bindings.items[i];
		if (binding->memory || binding->rank == OD_BOUND_GIVEN || binding->value.node != address.node)
			continue;
		const struct od_type *target = struct_behind(caller->facts, binding->type);
		const struct od_variable *parameter = target ? only_one(callee, missing, target) : NULL;
		*named = true;
		if (!parameter || !holds_pointer(callee, parameter->type, address.offset - binding->value.offset, 0))
			continue;
		give(caller, parameter, binding->value);
		return true;
	}
	return false;
}

/* What the caller read through a pointer and handed on in a register. */
static void give_piece(struct od_naming *caller, const struct od_facts *callee, const struct missing *missing, struct od_value piece)
{
	const struct od_node *node = od_flow_node(caller->flow, piece);
	bool named = false;

	if (node->origin != OD_ORIGIN_LOAD || node->segment || piece.offset)
		return;
	const struct od_value address = node->base;
	if (od_flow_node(caller->flow, address)->origin == OD_ORIGIN_CONSTANT ||
	    od_flow_node(caller->flow, address)->origin == OD_ORIGIN_ADDRESS ||
	    give_by_type(caller, callee, missing, address, &named) || named || missing->count != 1)
		return;
	if (holds_pointer(callee, missing->items[0]->type, address.offset, 0))
		give(caller, missing->items[0], (struct od_value){address.node, 0});
}

/* Names in the caller for what the parameters of the function were. */
static void give_parameters(struct od_naming *naming)
{
	struct od_naming *caller = naming->caller;
	struct missing missing;
	struct od_value piece;

	if (caller->facts->types != naming->facts->types)
		return;
	find_missing(naming->facts, &missing);
	for (unsigned i = 0; missing.count && i < naming->facts->registers->argument_count; i++)
		if (od_naming_register(caller, naming->facts->registers->arguments[i], &piece))
			give_piece(caller, naming->facts, &missing, piece);
}

struct od_naming *od_naming_caller(struct od_naming *naming)
{
	if (naming->caller || !naming->outer_count)
		return naming->caller;
	naming->caller = od_naming_create(naming->arena, naming->outer, naming->outer_count);
	naming->outer_count = 0;
	if (!naming->caller)
		return NULL;
	naming->caller->wanted = naming->wanted;
	naming->caller->helpers = naming->helpers;
	give_parameters(naming);
	return naming->caller;
}
