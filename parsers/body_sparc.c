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

/* "TASK[comm:pid]" of the line about a CPU */
static void take_task_of_cpu(struct od_builder *builder, struct od_str text)
{
	struct od_str task = od_str_behind(text, OD_STR(" TASK[")), inside;
	if (task.ptr && od_scan_until(&task, ']', &inside) && !builder->trace && !builder->event->pid.known)
		od_take_comm_and_pid(builder, inside);
}

/* "TPC[fn+0x1/0x2] O7[…] I7[…] RPC[…]": where it is, and who called; O7 is left from the last call. */
static void take_places_of_cpu(struct od_builder *builder, const struct od_record *record)
{
	static const struct od_str names[] = {OD_STR("TPC["), OD_STR("I7["), OD_STR("RPC[")};
	struct od_event *event = builder->event;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct od_str rest = od_str_behind(record->text, names[i]);
		struct od_frame_text place;
		if (!rest.ptr || !od_scan_place(&rest, &place) || !place.function.len)
			continue;
		if (i == 0 && !builder->trace && !event->has_ip) {
			od_builder_set_ip(builder, record, &place);
		} else {
			od_builder_push_place(builder, record, &place, i > 0);
		}
	}
}

/*
 * "* CPU[  8]: TSTATE[…] TPC[…] TNPC[…] TASK[comm:739]", with "*" the CPU that asks, and the line below it with names: what each CPU does
 * (arch/sparc/kernel/process_64.c, arch_trigger_cpumask_backtrace(), 2.6.29 to 6.12). Mail programs break them.
 */
enum od_take od_take_sparc_cpu(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	const bool other = od_str_starts(record->text, OD_STR("CPU[")), begins = other || record->text.ptr[0] == '*';
	uint64_t cpu;

	(void)rest;
	builder->expects_message = false;
	if (begins)
		od_builder_begin_trace(builder, other ? "other-cpu" : NULL);
	struct od_str number = od_str_behind(record->text, OD_STR("CPU["));
	od_scan_blanks(&number);
	if (begins && od_scan_u64(&number, &cpu) && builder->trace)
		builder->event->traces.items[builder->trace - 1].cpu = od_num(cpu);
	take_task_of_cpu(builder, record->text);
	take_places_of_cpu(builder, record);
	return OD_TAKE_YES;
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
