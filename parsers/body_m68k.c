// SPDX-License-Identifier: GPL-3.0-or-later
/* Lines of m68k reports: arch/m68k/kernel/traps.c (show_registers, bad_super_trap), 2.6.32 to 6.12. */
#include "parsers/bodies.h"
#include "parsers/dump.h"

/* "PC: [<0002f3a4>] fn+0x1/0x2" */
static enum od_take take_pc(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	(void)od_open_block(builder);
	if (!od_take_ip(builder, record, rest))
		return OD_TAKE_NO;
	if (builder->block == OD_BLOCK_FAULT && builder->event->ip.address.known)
		od_push_register(builder, OD_STR("pc"), builder->event->ip.address.value);
	return OD_TAKE_YES;
}

/* "Call Trace: [<0002f3a4>] fn+0x1/0x2": the first frame may stand on the same line. */
static enum od_take take_trace(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	(void)od_take_trace_header(builder, record, rest);
	od_builder_push_places(builder, record, rest);
	return OD_TAKE_YES;
}

static enum od_take take_more_code(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	(void)rest;
	return od_store_more_code(builder, record) ? OD_TAKE_YES : OD_TAKE_NO;
}

/* "Current process id is 612" */
static enum od_take take_process_id(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	uint64_t pid;
	(void)record;
	if (!od_scan_u64(&rest, &pid))
		return OD_TAKE_NO;
	if (!builder->event->pid.known)
		builder->event->pid = od_num(pid);
	return OD_TAKE_YES;
}

const struct od_rule od_rules_m68k[] = {
	{"PC: ", take_pc},
	{"Call Trace:", take_trace},
	{"Code:", od_take_code},
	{"Frame format=", od_take_known},
	{"eff addr=", od_take_known},
	{"*** ", od_take_known},
	{"Current process id is ", take_process_id},
	{"wb ", od_take_known},
	{"", take_more_code},
	{NULL, NULL},
};
