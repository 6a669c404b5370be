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

/* "Pid : 12, Comm: \t\tinsmod": to 3.9 */
static enum od_take take_pid(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	uint64_t pid;
	(void)record;
	if (!od_scan_u64(&rest, &pid) || !od_scan_literal(&rest, ", Comm:"))
		return OD_TAKE_NO;
	builder->event->pid = od_num(pid);
	builder->event->comm = od_builder_keep(builder, od_str_trim(rest));
	return OD_TAKE_YES;
}

/* "CPU : 0        \t\tNot tainted  (3.4.0 #1)": to 3.9 */
static enum od_take take_cpu(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	uint64_t cpu;
	(void)record;
	if (!od_scan_u64(&rest, &cpu))
		return OD_TAKE_NO;
	builder->event->cpu = od_num(cpu);
	(void)od_take_taint_and_release(builder, od_str_trim(rest));
	return OD_TAKE_YES;
}

const struct od_rule od_rules_sh[] = {
	{"PR is at ", take_pr},
	{"Code:", od_take_code},
	{"Pid : ", take_pid},
	{"CPU : ", take_cpu},
	{"Process: ", od_take_known},
	{"", take_listing},
	{NULL, NULL},
};
