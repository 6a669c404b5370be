// SPDX-License-Identifier: GPL-3.0-or-later
/* Lines of SPARC reports: arch/sparc/kernel/process_64.c (show_regs), traps_64.c (show_stack, user_instruction_dump,
 * instruction_dump, die_if_kernel) and arch/sparc/mm/fault_64.c, 2.6.32 to 6.12. */
#include "parsers/bodies.h"
#include "parsers/dump.h"

/* "TSTATE: … TPC: … TNPC: … Y: …    Not tainted" */
static enum od_take take_tstate(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	(void)od_open_block(builder);
	(void)od_take_registers(builder, record->text);
	ptrdiff_t at = od_str_find(rest, OD_STR("ainted"));
	if (at > 0 && !builder->event->has_taint) {
		ptrdiff_t y = od_str_find(rest, OD_STR("Y: "));
		struct od_str taint = y < 0 ? (struct od_str){0} : od_str_from_index(rest, (size_t)y + 11);
		(void)od_take_taint_and_release(builder, od_str_trim(taint));
	}
	return OD_TAKE_YES;
}

/* "TPC: <fn+0x1/0x2>" */
static enum od_take take_tpc(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct od_str place;
	if (!od_scan_until(&rest, '>', &place) || !od_take_ip(builder, record, place))
		return OD_TAKE_NO;
	return OD_TAKE_YES;
}

/* "I7: <fn+0x1/0x2>" is the caller; it ends the dump. */
static enum od_take take_caller(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct od_str place;
	od_open_missing_block(builder);
	if (!od_scan_until(&rest, '>', &place) || !od_take_lr(builder, record, place))
		return OD_TAKE_NO;
	builder->in_trace = true;
	builder->block = OD_BLOCK_NONE;
	return OD_TAKE_YES;
}

/* "Caller[%016lx]: fn" of die_if_kernel() repeats the trace that show_regs() began. */
static enum od_take take_second_trace(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	if (!builder->event->trace.count || (!builder->died && !builder->headless))
		return OD_TAKE_NO;
	for (size_t i = 0; i < builder->event->trace.count; i++) {
		const struct od_frame *frame = &builder->event->trace.items[i];
		uint64_t address;
		struct od_str number = rest;
		if (frame->address.known && od_scan_hex(&number, &address) && address == frame->address.value)
			return od_take_known(builder, record, rest);
	}
	return OD_TAKE_NO;
}

static enum od_take take_more_code(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	(void)rest;
	return od_store_more_code(builder, record) ? OD_TAKE_YES : OD_TAKE_NO;
}

const struct od_rule od_rules_sparc[] = {
	{"TSTATE: ", take_tstate},
	{"TPC: <", take_tpc},
	{"RPC: <", od_take_known},
	{"I7: <", take_caller},
	{"Caller[", take_second_trace},
	{"Instruction DUMP:", od_take_code},
	{"tsk->{mm,active_mm}->", od_take_known},
	{"\\|/ ____ \\|/", od_take_known},
	{"\"@'/ ", od_take_known},
	{"/_| \\__/ |_\\", od_take_known},
	{"\\__U_/", od_take_known},
	{"", take_more_code},
	{NULL, NULL},
};
