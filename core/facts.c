// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/facts.h"

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
