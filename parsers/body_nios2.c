// SPDX-License-Identifier: GPL-3.0-or-later
/* Lines of Nios II reports: arch/nios2/kernel/process.c (show_regs), arch/nios2/mm/fault.c, 3.19 to 6.12. */
#include "parsers/bodies.h"
#include "parsers/dump.h"

/* "ea = 00123456, ra = 00123456, cause = 14" */
static enum od_take take_ea(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	uint64_t ea, ra;
	(void)record;
	if (!od_scan_hex(&rest, &ea) || !od_scan_literal(&rest, ", ra = ") || !od_scan_hex(&rest, &ra))
		return OD_TAKE_NO;
	(void)od_open_block(builder);
	od_push_register(builder, OD_STR("ea"), ea);
	od_push_register(builder, OD_STR("ra"), ra);
	return OD_TAKE_YES;
}

/* "Call Trace: [<00123456>] fn+0x1/0x2" */
static enum od_take take_trace(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	(void)od_take_trace_header(builder, record, rest);
	od_builder_push_places(builder, record, rest);
	return OD_TAKE_YES;
}

const struct od_rule od_rules_nios2[] = {
	{"ea = ", take_ea},
	{"Call Trace:", take_trace},
	{"Call trace:", take_trace},
	{"CODE:", od_take_code},
	{NULL, NULL},
};
