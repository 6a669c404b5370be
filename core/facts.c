// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/facts.h"

const struct od_type *od_facts_type(const struct od_facts *facts, int type)
{
	struct od_types *types = facts->types;

	if (!types || type < 0 || (size_t)type >= types->items.count)
		return NULL;
	if (!types->items.items[type] && (!types->read || !types->read(types, type)))
		return NULL;
	return types->items.items[type];
}
