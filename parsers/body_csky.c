// SPDX-License-Identifier: GPL-3.0-or-later
/* Lines of C-SKY reports: arch/csky/kernel/ptrace.c (show_regs), arch/csky/kernel/traps.c (die), 4.20 to 6.12. */
#include "parsers/bodies.h"
#include "parsers/dump.h"

/* "0x80123456 (fn+0x1/0x2)" */
static bool scan_value(struct od_builder *builder, struct od_str name, struct od_str *rest)
{
	uint64_t value;
	od_scan_blanks(rest);
	if (!od_scan_0x(rest, &value) || !od_scan_literal(rest, " ("))
		return false;
	od_push_register(builder, name, value);
	return true;
}

static enum od_take take_pc(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	(void)od_open_block(builder);
	if (!scan_value(builder, OD_STR("pc"), &rest))
		return OD_TAKE_NO;
	(void)od_take_ip(builder, record, rest);
	return OD_TAKE_YES;
}

static enum od_take take_lr(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	if (!scan_value(builder, OD_STR("lr"), &rest))
		return OD_TAKE_NO;
	(void)od_take_lr(builder, record, rest);
	return OD_TAKE_YES;
}

/* "COMM=insmod PID=12": the task, where no CPU line is printed */
static enum od_take take_comm(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct od_event *event = builder->event;
	struct od_str comm;
	uint64_t pid;
	(void)record;
	builder->expects_message = false;
	if (!od_scan_until_text(&rest, OD_STR(" PID="), &comm) || !od_scan_literal(&rest, " PID=") ||
	    !od_scan_u64(&rest, &pid))
		return OD_TAKE_NO;
	if (!event->comm.len)
		event->comm = od_builder_keep(builder, comm);
	if (!event->pid.known)
		event->pid = od_num(pid);
	return OD_TAKE_YES;
}

const struct od_rule od_rules_csky[] = {
	{"PC: ", take_pc},
	{"LR: ", take_lr},
	{"CODE:", od_take_code},
	{"Code:", od_take_code},
	{"COMM=", take_comm},
	{"TEXT=", od_take_known},
	{"CURRENT PROCESS:", od_take_known},
	{"USER-STACK=", od_take_known},
	{"orig_a0: ", od_take_known},
	{"PT_REGS: ", od_take_known},
	{NULL, NULL},
};
