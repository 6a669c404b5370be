// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Lines of 32-bit arm reports: arch/arm/kernel/process.c (__show_regs), arch/arm/kernel/traps.c and
 * arch/arm/mm/fault.c, 2.6.32 to 6.12.
 */
#include "parsers/bodies.h"
#include "parsers/dump.h"

/* The dump is complete: what comes is no register of the fault. */
static enum od_take take_stack(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	builder->in_trace = true;
	builder->block = OD_BLOCK_NONE;
	return od_take_known(builder, record, rest);
}

const struct od_rule od_rules_arm[] = {
	{"Code:", od_take_code},
	{"Backtrace:", od_take_trace_header},
	{"Stack: (0x", take_stack},
	{"Flags: ", od_take_known},
	{"Control: ", od_take_known},
	{"Register r", od_take_known},
	{"no frame pointer", od_take_known},
	{"invalid frame pointer ", od_take_known},
	{"Task stack: ", od_take_known},
	{"IRQ stack: ", od_take_known},
	{"Overflow stack: ", od_take_known},
	{NULL, NULL},
};
