// SPDX-License-Identifier: GPL-3.0-or-later
#include "triage/intern.h"

static uint64_t hash_of(struct od_str text)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325); /* FNV-1a */

	for (size_t i = 0; i < text.len; i++)
		hash = (hash ^ (unsigned char)text.ptr[i]) * UINT64_C(0x100000001b3);
	return hash ^ hash >> 29;
}

static void insert(struct od_interned *table, uint32_t number)
{
	size_t at = hash_of(table->strings[number]) & (table->slot_count - 1);

	while (table->slots[at])
		at = (at + 1) & (table->slot_count - 1);
	table->slots[at] = number + 1;
}

static bool grow(struct od_interned *table)
{
	size_t count = table->slot_count ? table->slot_count * 2 : 256;
	uint32_t *slots = calloc(count, sizeof(*slots));
	struct od_str *strings = realloc(table->strings, count / 2 * sizeof(*strings));

	if (strings)
		table->strings = strings;
	if (!slots || !strings) {
		free(slots);
		return false;
	}
	free(table->slots);
	table->slots = slots;
	table->slot_count = count;
	table->capacity = count / 2;
	for (uint32_t i = 0; i < table->count; i++)
		insert(table, i);
	return true;
}

uint32_t od_intern(struct od_interned *table, struct od_str text)
{
	if (table->count == table->capacity && !grow(table))
		return UINT32_MAX;
	size_t at = hash_of(text) & (table->slot_count - 1);
	for (; table->slots[at]; at = (at + 1) & (table->slot_count - 1))
		if (od_str_equal(table->strings[table->slots[at] - 1], text))
			return table->slots[at] - 1;
	table->strings[table->count] = od_arena_copy(table->arena, text);
	table->slots[at] = (uint32_t)++table->count;
	return (uint32_t)table->count - 1;
}

void od_intern_deinit(struct od_interned *table)
{
	free(table->strings);
	free(table->slots);
	table->strings = NULL;
	table->slots = NULL;
	table->count = table->capacity = table->slot_count = 0;
}
