// SPDX-License-Identifier: GPL-3.0-or-later
/* Lines of SuperH reports: arch/sh/kernel/process_32.c (show_regs), disassemble.c, 2.6.32 to 6.12. */
#include "parsers/bodies.h"
#include "parsers/dump.h"

static enum od_take take_pr(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	return od_take_lr(builder, record, rest) ? OD_TAKE_YES : OD_TAKE_NO;
}

/* "->8c012346:  mov.l     @r1, r2": a disassembly without bytes */
static enum od_take take_listing(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	uint64_t address;
	rest = record->text;
	(void)od_scan_literal(&rest, "->");
	if (!builder->in_code || !od_scan_hex_width(&rest, 8, &address) || !od_scan_char(&rest, ':'))
		return OD_TAKE_NO;
	return OD_TAKE_YES;
}

const struct od_rule od_rules_sh[] = {
	{"PR is at ", take_pr},
	{"Code:", od_take_code},
	{"Process: ", od_take_known},
	{"", take_listing},
	{NULL, NULL},
};
