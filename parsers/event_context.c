// SPDX-License-Identifier: GPL-3.0-or-later
/* Code in the wrong context: kernel/sched/core.c, lib/smp_processor_id.c, kernel/workqueue.c, spinlock_debug.c. */
#include "parsers/dump.h"
#include "parsers/headers.h"

/* "comm/123": the last slash separates. */
static void take_comm_slash_pid(struct od_builder *builder, struct od_str text)
{
	struct od_event *event = builder->event;
	ptrdiff_t slash = od_str_find_last_char(text, '/');
	uint64_t pid;
	if (slash < 1)
		return;
	struct od_str digits = od_str_from_index(text, (size_t)slash + 1);
	event->comm = od_builder_keep(builder, od_str_first(text, (size_t)slash));
	if (od_scan_u64(&digits, &pid))
		event->pid = od_num(pid);
}

void od_take_sleeping(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	(void)record;
	builder->expects_message = false;
	(void)od_take_file_and_line(builder, rest);
}

/* "comm/123/0x00000002", to 2.6.18 "comm/0x00000002/123" */
void od_take_scheduling(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	(void)record;
	builder->expects_message = false;
	ptrdiff_t count = od_str_find(rest, OD_STR("/0x"));
	ptrdiff_t glued = count < 0 ? -1 : od_str_find_char(od_str_from_index(rest, (size_t)count), ' ');
	if (glued > 0) /* the next line lost its beginning */
		rest = od_str_first(rest, (size_t)(count + glued));
	ptrdiff_t slash = od_str_find_last_char(rest, '/');
	if (count > 0 && count < slash) {
		take_comm_slash_pid(builder, rest);
		builder->event->comm = od_builder_keep(builder, od_str_first(rest, (size_t)count));
	} else if (slash > 0) {
		take_comm_slash_pid(builder, od_str_first(rest, (size_t)slash));
	}
}

/* "smp_processor_id() in preemptible [00000000] code: comm/123" */
void od_take_preemptible(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	const struct od_str words = OD_STR("code: ");
	(void)record;
	builder->expects_message = false;
	ptrdiff_t at = od_str_find(rest, words);
	if (at >= 0)
		take_comm_slash_pid(builder, od_str_from_index(rest, (size_t)at + words.len));
}

/* "lock or atomic: kworker/0:1/0x00000000/123", "atomic, lock or RCU: kworker/0:1[123]" (from 6.9) */
void od_take_leaked(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct od_str who;
	uint64_t pid;
	(void)record;
	builder->expects_message = false;
	if (!od_scan_until_text(&rest, OD_STR(": "), &who))
		return;
	rest = od_str_from_index(rest, 2);
	ptrdiff_t bracket = od_str_find_last_char(rest, '[');
	ptrdiff_t mask = od_str_find(rest, OD_STR("/0x"));
	if (bracket > 0) {
		struct od_str digits = od_str_from_index(rest, (size_t)bracket + 1);
		builder->event->comm = od_builder_keep(builder, od_str_first(rest, (size_t)bracket));
		if (od_scan_u64(&digits, &pid))
			builder->event->pid = od_num(pid);
	} else if (mask > 0) {
		take_comm_slash_pid(builder, rest);
		builder->event->comm = od_builder_keep(builder, od_str_first(rest, (size_t)mask));
	}
}

/* "bad magic on CPU#0, comm/123" */
void od_take_spinlock(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct od_str what;
	uint64_t cpu;
	(void)record;
	builder->expects_message = false;
	if (!od_scan_until_text(&rest, OD_STR(" on CPU#"), &what))
		return;
	builder->event->message = od_builder_keep(builder, what);
	rest = od_str_from_index(rest, 8);
	if (od_scan_u64(&rest, &cpu))
		builder->event->cpu = od_num(cpu);
	if (!od_scan_literal(&rest, ", "))
		return;
	(void)od_scan_literal(&rest, "current: "); /* SUSE's 3.4 */
	take_comm_slash_pid(builder, rest);
}

/* "in_atomic(): 1, irqs_disabled(): 0, non_block: 0, pid: 4512, name: comm" */
static enum od_take take_atomic(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct od_event *event = builder->event;
	struct od_str skipped;
	uint64_t pid;
	(void)record;
	if (!od_scan_until_text(&rest, OD_STR("pid: "), &skipped))
		return OD_TAKE_YES;
	rest = od_str_from_index(rest, 5);
	if (!od_scan_u64(&rest, &pid))
		return OD_TAKE_YES;
	event->pid = od_num(pid);
	if (od_scan_literal(&rest, ", name: "))
		event->comm = od_builder_keep(builder, od_str_trim(rest));
	return OD_TAKE_YES;
}

/* "name: comm": the line above was wrapped before it. */
static enum od_take take_wrapped_name(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct od_event *event = builder->event;
	if (event->kind != OD_KIND_SLEEPING_IN_ATOMIC || event->comm.len || !event->pid.known || record->line != builder->last_known + 1)
		return OD_TAKE_NO;
	event->comm = od_builder_keep(builder, od_str_trim(rest));
	return OD_TAKE_YES;
}

/* "caller is fn+0x12/0x34" */
static enum od_take take_caller(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct od_event *event = builder->event;
	struct od_frame_text frame;
	if (!od_scan_place(&rest, &frame) || event->has_ip)
		return OD_TAKE_YES;
	od_builder_set_ip(builder, record, &frame);
	event->ip.is_return_address = true;
	return OD_TAKE_YES;
}

static enum od_take take_preempt_place(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	(void)record;
	if (od_str_find(rest, OD_STR("(null)")) >= 0) /* "[<  (null)>]   (null)" (to 4.14): it was never disabled */
		return OD_TAKE_YES;
	od_builder_begin_trace(builder, "preemption-disabled");
	builder->in_trace = true;
	builder->single_frame = true;
	return OD_TAKE_YES;
}

static void push_last_work(struct od_builder *builder, const struct od_record *record, const struct od_frame_text *text)
{
	struct od_event *event = builder->event;

	od_builder_begin_trace(builder, "last-work");
	if (!builder->trace)
		return;
	struct od_frame *frame = od_list_push(event->arena, &event->traces.items[builder->trace - 1].frames);
	if (frame)
		od_frame_store(event->arena, text, record->line, frame);
	od_builder_begin_trace(builder, NULL);
}

/* "last function: fn": what the worker did (kernel/workqueue.c, process_one_work()) */
static enum od_take take_last_work(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct od_str start = rest, name;
	if (!od_scan_symbol(&rest, &name))
		return OD_TAKE_NO;
	push_last_work(builder, record, &(struct od_frame_text){.raw = start, .function = name});
	return OD_TAKE_YES;
}

/* "preempt=0x00000000 lock=0->1 RCU=0->0 workfn=fn": the same since 6.10 */
static enum od_take take_leak(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	return take_last_work(builder, record, od_str_behind(rest, OD_STR(" workfn=")));
}

void od_take_culprit(struct od_builder *builder, const struct od_record *record)
{
	/* What a caller of handlers says of one that has returned: init/main.c, kernel/time/timer.c, kernel/irq/handle.c */
	static const struct {
		struct od_str before, after;
	} rows[] = {
		{OD_STR("initcall "), OD_STR(" returned with ")},
		{OD_STR("timer: "), OD_STR(" preempt leak: ")},
		{OD_STR("handler "), OD_STR(" enabled interrupts")},
	};
	struct od_frame_text frame;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct od_str rest = record->text;
		ptrdiff_t at = od_str_find(rest, rows[i].before);
		if (at < 0)
			continue;
		rest = od_str_from_index(rest, (size_t)at + rows[i].before.len);
		if (od_scan_place(&rest, &frame) && od_str_starts(rest, rows[i].after)) {
			push_last_work(builder, record, &frame);
			return;
		}
	}
}

const struct od_rule od_rules_context[] = {
	{"in_atomic(): ", take_atomic},
	{"name: ", take_wrapped_name},
	{"caller is ", take_caller},
	{"Preemption disabled at:", take_preempt_place},
	{"preempt_count: ", od_take_known},
	{"RCU nest depth: ", od_take_known},
	{"lock: ", od_take_known},
	{"last function: ", take_last_work},
	{"preempt=0x", take_leak},
	{NULL, NULL},
};
