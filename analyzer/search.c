// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzer/search.h"

#include <stdarg.h>
#include <stdio.h>

struct od_str od_search_function(const struct od_facts *facts)
{
	return facts->site ? facts->function : facts->frame->function;
}

uint64_t od_search_mask(const struct od_event *event)
{
	return event->arch && event->arch->bits == 32 ? UINT32_MAX : UINT64_MAX;
}

struct od_num od_search_register(const struct od_event *event, const struct od_facts *facts, unsigned reg)
{
	const struct od_register_set *set = facts->registers;

	if (reg == set->zero)
		return od_num(0);
	if (reg >= OD_REGISTER_COUNT || !set->names[reg])
		return (struct od_num){0};
	return od_event_register(event, set->names[reg]);
}

struct od_num od_search_concrete(const struct od_search *search, struct od_naming *naming, const struct od_facts *facts,
			      struct od_value value)
{
	struct od_value held;

	for (unsigned i = 0; i < OD_REGISTER_COUNT; i++) {
		if (!od_naming_register(naming, i, &held) || held.node != value.node)
			continue;
		struct od_num number = od_search_register(search->event, facts, i);
		if (number.known)
			return od_num((number.value + (uint64_t)value.offset - (uint64_t)held.offset) & od_search_mask(search->event));
	}
	return (struct od_num){0};
}

void od_search_say(struct od_search *search, const char *format, ...)
{
	char text[512];
	va_list args;
	struct od_str *line = od_list_push(search->event->arena, &search->cause->evidence);

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	if (line)
		*line = od_arena_copy(search->event->arena, od_str_from(text));
}
