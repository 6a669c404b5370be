// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Lines of RISC-V reports: arch/riscv/kernel/process.c (__show_regs), arch/riscv/kernel/traps.c,
 * arch/riscv/kernel/stacktrace.c and arch/riscv/mm/fault.c, 4.15 to 6.19.
 */
#include "parsers/bodies.h"
#include "parsers/dump.h"

static bool is_number(struct od_str text)
{
	uint64_t value;
	struct od_str wide = text;
	return od_scan_hex_width(&text, 8, &value) || od_scan_hex_width(&wide, 16, &value);
}

/* "epc : fn+0x1/0x2"; the line of the same name with numbers is a row of registers, and tells the width. */
static enum od_take take_epc(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	uint64_t value;
	struct od_str narrow = rest;
	(void)od_open_block(builder);
	if (od_scan_hex_width(&narrow, 8, &value))
		builder->event->arch = &od_arch_riscv32;
	if (is_number(rest))
		return OD_TAKE_NO;
	return od_take_ip(builder, record, rest) ? OD_TAKE_YES : OD_TAKE_NO;
}

static enum od_take take_ra(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	if (is_number(rest))
		return OD_TAKE_NO;
	return od_take_lr(builder, record, rest) ? OD_TAKE_YES : OD_TAKE_NO;
}

/* "status: … badaddr: … cause: …", the last row: the trace follows without a header. */
static enum od_take take_status(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	uint64_t value;
	struct od_str narrow = rest;
	if (od_scan_hex_width(&narrow, 8, &value)) /* where epc was printed as a name */
		builder->event->arch = &od_arch_riscv32;
	if (!od_take_registers(builder, record->text))
		return OD_TAKE_NO;
	return od_take_trace_header(builder, record, rest);
}

const struct od_rule od_rules_riscv[] = {
	{"epc : ", take_epc},
	{"epc: ", take_epc},
	{"ra : ", take_ra},
	{"status: ", take_status},
	{"sstatus: ", take_status},
	{"Code:", od_take_code},
	{"Current ", od_take_known},
	{"Task stack: ", od_take_known},
	{"Overflow stack: ", od_take_known},
	{NULL, NULL},
};
