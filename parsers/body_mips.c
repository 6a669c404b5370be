// SPDX-License-Identifier: GPL-3.0-or-later
/* Lines of MIPS reports: arch/mips/kernel/traps.c (__show_regs, show_code, show_backtrace), 2.6.24 to 6.12. */
#include "parsers/bodies.h"
#include "parsers/dump.h"

/* "$ 4   : v v v v": four registers; $26 and $27 stay blank. The first row begins the dump. */
static enum od_take take_row(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	uint64_t first;
	(void)record;
	od_scan_blanks(&rest);
	if (!od_scan_u64(&rest, &first) || first > 31)
		return OD_TAKE_NO;
	od_scan_blanks(&rest);
	if (!od_scan_char(&rest, ':'))
		return OD_TAKE_NO;
	if (first == 0)
		(void)od_open_block(builder);
	builder->expects_message = false;
	(void)od_take_register_values(builder, "r", (unsigned)first, rest);
	return OD_TAKE_YES;
}

static enum od_take take_epc(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	const ptrdiff_t taint = od_str_find(rest, OD_STR("    Tainted: "));
	if (taint > 0 && !builder->event->has_taint)
		(void)od_take_taint_alone(builder, od_str_trim(od_str_from_index(rest, (size_t)taint)));
	od_open_missing_block(builder);
	return od_take_ip_value(builder, record, OD_STR("epc"), taint > 0 ? od_str_first(rest, (size_t)taint) : rest);
}

static enum od_take take_ra(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	return od_take_lr_value(builder, record, OD_STR("ra"), rest);
}

static enum od_take take_more_code(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	(void)rest;
	return od_store_more_code(builder, record) ? OD_TAKE_YES : OD_TAKE_NO;
}

const struct od_rule od_rules_mips[] = {
	{"$", take_row},
	{"epc   :", take_epc},
	{"ra    :", take_ra},
	{"epc :", take_epc}, /* whose blanks a mail program took */
	{"ra :", take_ra},
	{"*HwTLS: ", od_take_known},
	{"Code:", od_take_code},
	{"", take_more_code},
	{NULL, NULL},
};
