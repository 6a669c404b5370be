// SPDX-License-Identifier: GPL-3.0-or-later
/* Lines of Xtensa reports: arch/xtensa/kernel/traps.c (show_regs), arch/xtensa/mm/fault.c, 2.6.32 to 6.12. */
#include "parsers/bodies.h"
#include "parsers/dump.h"

/* "a00: v v v v v v v v": eight registers */
static enum od_take take_row(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	uint64_t first;
	(void)record;
	if (!od_scan_u64(&rest, &first) || first > 15 || !od_scan_char(&rest, ':'))
		return OD_TAKE_NO;
	(void)od_open_block(builder);
	(void)od_take_register_values(builder, "a", (unsigned)first, rest);
	return OD_TAKE_YES;
}

const struct od_rule od_rules_xtensa[] = {
	{"a", take_row},
	{"pc = ", od_take_known},
	{"Code:", od_take_code},
	{"Stack:", od_take_known},
	{NULL, NULL},
};
