// SPDX-License-Identifier: GPL-3.0-or-later
/* Reports of no progress: kernel/watchdog.c, kernel/hung_task.c, kernel/rcu/tree_stall.h, lib/nmi_backtrace.c. */
#include "parsers/dump.h"
#include "parsers/frame.h"
#include "parsers/headers.h"

/* "1 stuck for 134s! [comm:123]" */
void od_take_lockup(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	uint64_t cpu;
	(void)record;
	builder->expects_message = false;
	if (od_scan_u64(&rest, &cpu))
		builder->event->cpu = od_num(cpu);
	ptrdiff_t open = od_str_find_last_char(rest, '[');
	ptrdiff_t close = od_str_find_last_char(rest, ']');
	if (open >= 0 && close > open)
		od_take_comm_and_pid(builder, od_str_first(od_str_from_index(rest, (size_t)open + 1), (size_t)(close - open - 1)));
}

/* "BUG: workqueue lockup - pool cpus=2 node=0 …" (kernel/workqueue.c): a pool of one CPU tells which one does not come to its works. */
void od_take_workqueue_lockup(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	uint64_t cpu;
	(void)record;
	if (od_scan_literal(&rest, " cpus=") && od_scan_u64(&rest, &cpu) && rest.len && rest.ptr[0] == ' ')
		builder->event->cpu = od_num(cpu);
}

/* Behind the words stands a number; a format ("on cpu %d") is the kernel's source. */
bool od_fits_number(struct od_str rest)
{
	uint64_t number;
	return od_scan_u64(&rest, &number);
}

/* "Watchdog detected hard LOCKUP on cpu 3": without a line end up to 5.0, so the module list may follow. */
void od_take_hard_lockup(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct od_str tail = od_str_behind(record->text, OD_STR("Watchdog detected hard LOCKUP on cpu "));
	uint64_t cpu;
	(void)rest;
	builder->expects_message = false;
	if (od_scan_u64(&tail, &cpu))
		builder->event->cpu = od_num(cpu);
}

/* "BUG: NMI Watchdog detected LOCKUP on CPU1, ip c0123456, registers:", "… on CPU 1" */
void od_take_nmi_lockup(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct od_str tail = od_str_behind(record->text, OD_STR("LOCKUP on CPU"));
	uint64_t cpu;
	(void)rest;
	builder->expects_message = false;
	od_scan_blanks(&tail);
	if (od_scan_u64(&tail, &cpu))
		builder->event->cpu = od_num(cpu);
}

/*
 * "1) on CPU#4, waiting 5000000050 ns for CPU#03 do_nothing+0x0/0x8(0x0).": the CPU of the event is the one that waits, since
 * the report's own trace is its. The other one's stack is a trace of its own.
 */
void od_take_csd_lock(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct od_str tail = od_str_behind(record->text, OD_STR(" on CPU#"));
	uint64_t number;
	builder->expects_message = false;
	builder->expects_nmi = true;
	if (od_scan_u64(&tail, &number))
		builder->event->cpu = od_num(number);
	if (od_scan_u64(&rest, &number) && od_scan_literal(&rest, ") on "))
		od_builder_add_message(builder, rest);
}

/* "CPU 5 self-detected hard LOCKUP @ fn+0x1/0x2", "CPU 5 detected hard LOCKUP on other CPUs 3,7"; "CPU:5" of 4.13..4.17 */
void od_take_ppc_lockup(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	static const struct od_str words[] = {OD_STR("other CPUs "), OD_STR("other CPUS:"), OD_STR("CPU "), OD_STR("CPU:")};
	uint64_t cpu;
	(void)rest;
	builder->expects_message = false;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		ptrdiff_t at = od_str_find(record->text, words[i]);
		struct od_str who = od_str_from_index(record->text, at < 0 ? 0 : (size_t)at + words[i].len);
		if (at < 0 || !od_scan_u64(&who, &cpu))
			continue;
		builder->event->cpu = od_num(cpu);
		return;
	}
}

static const char *const waits[] = {" blocked for more than ", " blocked in I/O wait for more than ",
				    " can't die for more than ", NULL};

/* Where the task's name ends, or -1. */
static ptrdiff_t find_wait(struct od_str rest)
{
	for (size_t i = 0; waits[i]; i++) {
		ptrdiff_t at = od_str_find(rest, od_str_from(waits[i]));
		if (at > 0)
			return at;
	}
	return -1;
}

bool od_fits_hung_task(struct od_str rest)
{
	return find_wait(rest) > 0;
}

/* "preempt self-detected stall on CPU", "sched detected stalls on CPUs/tasks: …" */
bool od_fits_rcu_stall(struct od_str rest)
{
	ptrdiff_t detected = od_str_find(rest, OD_STR("detected "));
	return detected > 0 && od_str_find(od_str_from_index(rest, (size_t)detected), OD_STR("stall")) > 0;
}

/* "sched_state detected stall on CPU 0 (t=15000 jiffies)" (2.6.33..3.1), "sched self-detected stall on CPU { 1}" (to 3.18) */
void od_take_rcu_stall(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	const struct od_str words = OD_STR("stall on CPU ");
	uint64_t cpu;
	(void)record;
	builder->expects_message = false;
	ptrdiff_t at = od_str_find(rest, words);
	if (at < 0)
		return;
	rest = od_str_from_index(rest, (size_t)at + words.len);
	if (od_scan_char(&rest, '{'))
		od_scan_blanks(&rest);
	if (od_scan_u64(&rest, &cpu))
		builder->event->cpu = od_num(cpu);
}

/*
 * "52-....: (20999 ticks this GP) idle=7be/1/0x4000000000000000 …" (kernel/rcu/tree_stall.h, print_cpu_stall_info(); "1: (" to 3.18):
 * the CPU that detects its own stall has one such line.
 */
static enum od_take take_ticks(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct od_event *event = builder->event;
	struct od_str flags;
	uint64_t cpu;

	rest = record->text;
	if (od_scan_literal(&rest, "rcu: "))
		od_scan_blanks(&rest);
	if (event->kind != OD_KIND_RCU_STALL || !od_scan_u64(&rest, &cpu) || !od_scan_until(&rest, ':', &flags) || flags.len > 8 ||
	    !od_scan_literal(&rest, ": ("))
		return OD_TAKE_NO;
	if (!event->cpu.known && od_str_find(event->header, OD_STR("self-detected")) >= 0)
		event->cpu = od_num(cpu);
	return OD_TAKE_YES;
}

/* "comm:123 blocked for more than 120 seconds." */
void od_take_hung_task(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	(void)record;
	builder->expects_message = false;
	od_take_comm_and_pid(builder, od_str_first(rest, (size_t)find_wait(rest)));
	(void)od_take_taint_and_release(builder, od_str_trim(od_str_behind(rest, OD_STR(" seconds.")))); /* the next line, glued to it */
}

/* "NMI backtrace for cpu 0": the first is the report's own stack, the others are of other CPUs. */
static enum od_take take_nmi_backtrace(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct od_event *event = builder->event;
	uint64_t cpu;
	(void)record;
	if (!od_scan_u64(&rest, &cpu))
		return OD_TAKE_NO;
	if (!event->trace.count && event->kind == OD_KIND_RCU_STALL) {
		if (!event->cpu.known)
			event->cpu = od_num(cpu);
		od_builder_begin_trace(builder, NULL);
		return OD_TAKE_YES;
	}
	od_builder_begin_trace(builder, "other-cpu");
	if (builder->trace)
		event->traces.items[builder->trace - 1].cpu = od_num(cpu);
	return OD_TAKE_YES;
}

/* "Sending NMI from CPU 1 to CPUs 0:" (lib/nmi_backtrace.c) */
static enum od_take take_nmi_request(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	(void)record;
	(void)rest;
	builder->expects_nmi = true;
	return OD_TAKE_YES;
}

static enum od_take take_task_dump(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	(void)record;
	(void)rest;
	if (builder->event->trace.count)
		od_builder_begin_trace(builder, "other-cpu");
	return OD_TAKE_YES;
}

/* The stalled CPU's own task, which no NMI asked: the first is the report's. */
static enum od_take take_cpu_dump(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct od_event *event = builder->event;
	uint64_t cpu;
	if (event->trace.count)
		return take_task_dump(builder, record, rest);
	od_builder_begin_trace(builder, NULL);
	if (!event->cpu.known && od_scan_u64(&rest, &cpu))
		event->cpu = od_num(cpu);
	return OD_TAKE_YES;
}

static enum od_take take_kthread(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	(void)record;
	(void)rest;
	od_builder_begin_trace(builder, "rcu-kthread");
	return OD_TAKE_YES;
}

/* "Not tainted 4.13.0-rc1+ #4", the second line of a hung task's report. */
static enum od_take take_taint_line(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	(void)rest;
	return od_take_taint_and_release(builder, record->text) ? OD_TAKE_YES : OD_TAKE_NO;
}

static struct od_trace *find_works(struct od_builder *builder)
{
	struct od_event *event = builder->event;
	for (size_t i = 0; i < event->traces.count; i++)
		if (od_str_equal(event->traces.items[i].role, OD_STR("in-flight")))
			return &event->traces.items[i];
	od_builder_begin_trace(builder, "in-flight");
	struct od_trace *works = builder->trace ? &event->traces.items[builder->trace - 1] : NULL;
	od_builder_begin_trace(builder, NULL);
	return works;
}

/* "1917:fill_page_cache_func, 12(RESCUER):fn [mod] ,13:gn": works that were begun (kernel/workqueue.c, show_pwq()) */
static enum od_take take_works(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct od_trace *works = builder->event->kind == OD_KIND_WORKQUEUE_LOCKUP ? find_works(builder) : NULL;
	struct od_str worker, work;

	while (works && od_scan_until(&rest, ':', &worker) && od_scan_char(&rest, ':')) {
		struct od_frame_text text = {0};
		if (!od_scan_until(&rest, ',', &work)) {
			work = rest;
			rest = (struct od_str){0};
		}
		text.raw = od_str_trim(work);
		if (!od_scan_symbol(&work, &text.function))
			break;
		if (od_scan_literal(&work, " [") && od_scan_until(&work, ']', &text.module) && !text.module.len)
			break;
		struct od_frame *frame = od_list_push(builder->event->arena, &works->frames);
		if (frame)
			od_frame_store(builder->event->arena, &text, record->line, frame);
	}
	return OD_TAKE_YES;
}

/* "smp: \tcsd: CSD lock (#1) unresponsive.", "smp: csd: Re-sending CSD lock (#1) IPI from CPU#01 to CPU#03" */
static enum od_take take_csd_line(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	(void)record;
	od_scan_blanks(&rest);
	return builder->event->kind == OD_KIND_CSD_LOCK && od_str_starts(rest, OD_STR("csd: ")) ? OD_TAKE_YES : OD_TAKE_NO;
}

const struct od_rule od_rules_stall[] = {
	{"smp: ", take_csd_line},
	{"NMI backtrace for cpu ", take_nmi_backtrace},
	{"Sending NMI ", take_nmi_request},
	{"sending NMI ", take_nmi_request},
	{"Task dump for CPU ", take_cpu_dump},
	{"task:", take_task_dump},
	{"rcu: rcu_preempt kthread ", take_kthread},
	{"rcu: rcu_sched kthread ", take_kthread},
	{"rcu_preempt kthread ", take_kthread},
	{"rcu_sched kthread ", take_kthread},
	{"rcu: RCU grace-period kthread stack dump:", take_kthread},
	{"rcu: Stack dump where RCU GP kthread last ran:", take_kthread},
	{"RCU grace-period kthread stack dump:", take_kthread},
	{"rcu: ", take_ticks},
	{"rcu: ", od_take_known},
	{"(detected by ", od_take_known},
	{"(t=", od_take_known},
	{"Not tainted ", take_taint_line},
	{"Tainted: ", take_taint_line},
	{"\"echo 0 > /proc/sys/kernel/hung_task_timeout_secs\"", od_take_known},
	{"INFO: task ", od_take_known},
	{"Showing busy workqueues and worker pools:", od_take_known},
	{"workqueue ", od_take_known},
	{"pwq ", od_take_known},
	{"in-flight: ", take_works},
	{"pending: ", od_take_known},
	{"0", take_ticks}, {"1", take_ticks}, {"2", take_ticks}, {"3", take_ticks}, {"4", take_ticks},
	{"5", take_ticks}, {"6", take_ticks}, {"7", take_ticks}, {"8", take_ticks}, {"9", take_ticks},
	{NULL, NULL},
};
