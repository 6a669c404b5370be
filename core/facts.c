// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/facts.h"

#include "core/model.h"

const od_insns *od_facts_insns(const struct od_facts *facts)
{
	static const od_insns none = {0};
	struct od_instructions *instructions = facts->instructions;
	void (*read)(struct od_instructions *) = instructions ? instructions->read : NULL;

	if (!instructions)
		return &none;
	instructions->read = NULL;
	if (read)
		read(instructions);
	return &instructions->list;
}

const struct od_type *od_facts_type(const struct od_facts *facts, int type)
{
	struct od_types *types = facts->types;

	if (!types || type < 0 || (size_t)type >= types->items.count)
		return NULL;
	if (!types->items.items[type] && (!types->read || !types->read(types, type)))
		return NULL;
	return types->items.items[type];
}

uint64_t od_insn_changes(const struct od_insn *insn)
{
	const uint8_t registers[] = {insn->to, insn->to2, insn->adjusted};
	uint64_t changes = insn->writes;

	for (size_t i = 0; i < sizeof(registers); i++)
		if (registers[i] < OD_REGISTER_COUNT)
			changes |= (uint64_t)1 << registers[i];
	return changes;
}

/* Where the symbol of the frame's function is, by the offset that the log prints. */
static uint64_t symbol_of(const struct od_facts *facts)
{
	const struct od_insn *here = &facts->here;
	const unsigned slot = facts->registers->delayed ? here->size : 0;

	if (facts->site || !facts->frame->offset.known || (facts->frame->is_return_address && !here->size))
		return facts->start;
	if (facts->frame->is_return_address)
		return here->address + here->size + slot - facts->frame->offset.value;
	return facts->pc - facts->frame->offset.value;
}

bool od_facts_calls(const struct od_facts *caller, const struct od_facts *callee)
{
	enum { MOST_IN_FRONT = 64 };
	const struct od_insn *insn = &caller->here;
	const uint64_t symbol = symbol_of(callee);

	if (!insn->size || insn->kind != OD_INSN_CALL)
		return false;
	if (insn->target_name.len && od_str_equal(insn->target_name, callee->frame->function))
		return true;
	return insn->has_target && caller->types == callee->types &&
	       (insn->target == callee->start || (insn->target == symbol && callee->start - symbol <= MOST_IN_FRONT));
}

bool od_location_is_known(const struct od_location *location)
{
	return location->kind != OD_LOCATION_NONE && location->kind != OD_LOCATION_OTHER;
}

bool od_variable_has_place(const struct od_variable *variable)
{
	for (size_t i = 0; i < variable->locations.count; i++)
		if (od_location_is_known(&variable->locations.items[i]))
			return true;
	return false;
}

const struct od_call *od_facts_call(const struct od_facts *facts, const struct od_insn *insn)
{
	const uint64_t behind = insn->address + insn->size + (facts->registers->delayed ? insn->size : 0);

	for (size_t i = 0; i < facts->calls.count; i++)
		if (facts->calls.items[i].returns == behind)
			return &facts->calls.items[i];
	return NULL;
}
