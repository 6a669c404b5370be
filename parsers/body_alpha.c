// SPDX-License-Identifier: GPL-3.0-or-later
/* Lines of Alpha reports: arch/alpha/kernel/traps.c (dik_show_regs, dik_show_code), 2.6.32 to 6.12. */
#include "parsers/bodies.h"
#include "parsers/dump.h"

/* "pc = [<…>]  ra = [<…>]  ps = 0000    Not tainted" begins the dump. */
static enum od_take take_pc_row(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	(void)od_open_block(builder);
	(void)od_take_registers(builder, record->text);
	ptrdiff_t at = od_str_find(rest, OD_STR("Not tainted"));
	if (at < 0)
		at = od_str_find(rest, OD_STR("Tainted: "));
	if (at >= 0 && !builder->event->has_taint)
		(void)od_take_taint_and_release(builder, od_str_from_index(rest, (size_t)at));
	return OD_TAKE_YES;
}

static enum od_take take_pc(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	return od_take_ip(builder, record, rest) ? OD_TAKE_YES : OD_TAKE_NO;
}

static enum od_take take_ra(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	return od_take_lr(builder, record, rest) ? OD_TAKE_YES : OD_TAKE_NO;
}

static enum od_take take_more_code(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	(void)rest;
	return od_store_more_code(builder, record) ? OD_TAKE_YES : OD_TAKE_NO;
}

const struct od_rule od_rules_alpha[] = {
	{"pc = [<", take_pc_row},
	{"pc is at ", take_pc},
	{"ra is at ", take_ra},
	{"Trace:", od_take_trace_header},
	{"Code:", od_take_code},
	{"", take_more_code},
	{NULL, NULL},
};
