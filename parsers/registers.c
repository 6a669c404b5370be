// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/dump.h"

/*
 * Rows of registers: "NAME: value" pairs. A value may have a segment before it
 * ("RSP: 0018:ffff…") or a selector behind it ("FS:  00007f…(0000)").
 */
struct pair {
	struct od_str name;
	uint64_t value;
	bool has_base; /* a selector in parentheses follows: the value is the segment's base */
};

static bool scan_pair(struct od_str *s, struct pair *ret)
{
	struct od_str rest = *s, name;
	uint64_t value, segment, selector;

	od_scan_blanks(&rest);
	if (!od_scan_until(&rest, ':', &name) || !name.len || name.len > 12 || od_str_find_char(name, ' ') >= 0)
		return false;
	od_scan_char(&rest, ':');
	od_scan_blanks(&rest);
	struct od_str with_segment = rest;
	if (od_scan_hex_width(&with_segment, 4, &segment) && od_scan_char(&with_segment, ':'))
		rest = with_segment;
	if (!od_scan_hex(&rest, &value))
		return false;
	ret->has_base = od_scan_char(&rest, '(') && od_scan_hex(&rest, &selector) && od_scan_char(&rest, ')');
	ret->name = name;
	ret->value = value;
	*s = rest;
	return true;
}

/* The name under which a printed register is kept: "FS" with a base is fs_base, "knlGS" kernel_gs_base. */
static struct od_str register_name(struct od_builder *builder, const struct pair *pair)
{
	char name[16];
	size_t n = 0;
	for (; n < pair->name.len && n < sizeof(name); n++) {
		char c = pair->name.ptr[n];
		name[n] = c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
	}
	struct od_str lower = {name, n};
	if (od_str_equal(lower, OD_STR("knlgs")))
		return OD_STR("kernel_gs_base");
	if (pair->has_base)
		return od_arena_printf(builder->event->arena, "%.*s_base", OD_FMT(lower));
	return od_builder_keep(builder, lower);
}

static bool arch_has_register(const struct od_arch *arch, struct od_str name)
{
	for (size_t i = 0; arch->registers[i]; i++)
		if (od_str_equal(name, od_str_from(arch->registers[i])))
			return true;
	return false;
}

void od_push_register(struct od_builder *builder, struct od_str name, uint64_t value)
{
	struct od_event *event = builder->event;
	struct od_register *entry = NULL;
	if (builder->block == OD_BLOCK_FAULT && !od_event_register(event, name.ptr).known)
		entry = od_list_push(event->arena, &event->registers);
	else if (builder->block == OD_BLOCK_USER)
		entry = od_list_push(event->arena, &event->user_registers);
	if (entry)
		*entry = (struct od_register){name, value};
}

bool od_take_registers(struct od_builder *builder, struct od_str text)
{
	const struct od_arch *arch = builder->event->arch ? builder->event->arch : &od_arch_x86_64;
	struct pair pair;
	bool any = false;

	while (scan_pair(&text, &pair)) {
		struct od_str name = register_name(builder, &pair);
		if (!arch_has_register(arch, name))
			return any;
		od_push_register(builder, name, pair.value);
		any = true;
	}
	if (any)
		builder->expects_message = false;
	return any;
}
