// SPDX-License-Identifier: GPL-3.0-or-later
/* "Kernel panic - not syncing": the end of another report, or a report of its own. */
#include "parsers/headers.h"
#include "parsers/headless.h"

/* Reasons that name a kind of their own (kernel/panic.c, kernel/sched/core.c). */
struct panic_row {
	const char *text;
	enum od_kind kind;
};

static const struct panic_row panic_rows[] = {
	{"stack-protector: ", OD_KIND_STACK_CORRUPTION},
	{"corrupted stack end detected inside scheduler", OD_KIND_STACK_CORRUPTION},
	{"kernel stack overflow", OD_KIND_STACK_OVERFLOW},
	{"Kernel stack overflow", OD_KIND_STACK_OVERFLOW}, /* arch/riscv, arch/powerpc */
};

/* Reasons that follow a report, which the log may have lost (kernel/watchdog.c, watchdog_hld.c; kernel/rcu/tree_stall.h). */
static const struct panic_row lone_rows[] = {
	{"Hard LOCKUP", OD_KIND_HARD_LOCKUP},
	{"softlockup: hung tasks", OD_KIND_SOFT_LOCKUP},
	{"RCU Stall", OD_KIND_RCU_STALL},
};

static enum od_kind panic_kind(const struct od_builder *builder, struct od_str reason)
{
	for (size_t i = 0; !builder->delivered && i < sizeof(lone_rows) / sizeof(lone_rows[0]); i++)
		if (od_str_starts(reason, od_str_from(lone_rows[i].text)))
			return lone_rows[i].kind;
	for (size_t i = 0; i < sizeof(panic_rows) / sizeof(panic_rows[0]); i++)
		if (od_str_starts(reason, od_str_from(panic_rows[i].text)))
			return panic_rows[i].kind;
	return OD_KIND_PANIC;
}

/* "stack-protector: Kernel stack is corrupted in: fn+0x1/0x2": the function that was about to return */
static void take_corrupted_in(struct od_builder *builder, const struct od_record *record, struct od_str reason)
{
	const struct od_str words = OD_STR("stack is corrupted in: ");
	struct od_event *event = builder->event;
	struct od_frame_text place;
	ptrdiff_t at = od_str_find(reason, words);
	if (at < 0)
		return;
	reason = od_str_from_index(reason, (size_t)at + words.len);
	if (!od_scan_place(&reason, &place)) { /* printed with %p: to 4.18 */
		uint64_t address;
		if (!od_scan_hex(&reason, &address))
			return;
		place = (struct od_frame_text){.address = od_num(address)};
	}
	od_builder_set_ip(builder, record, &place);
	event->ip.is_return_address = true;
}

void od_take_panic(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	if (builder->event && !builder->named)
		od_headless_name_fault(builder);
	/* The kernel panics because of the report that is still open: one event, which was fatal. */
	if (builder->event && builder->named) {
		builder->event->severity = OD_SEVERITY_PANIC;
		builder->expects_message = false;
		/* panic_on_warn strikes before the report's own trace is printed */
		if (builder->event->trace.count)
			od_builder_begin_trace(builder, "panic");
		return;
	}
	if (!builder->event && !od_builder_open(builder, record))
		return;
	od_builder_name(builder, panic_kind(builder, rest));
	builder->event->severity = OD_SEVERITY_PANIC;
	builder->event->header = od_builder_keep(builder, record->text);
	od_builder_add_message(builder, rest);
	take_corrupted_in(builder, record, rest);
}
