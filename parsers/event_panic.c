// SPDX-License-Identifier: GPL-3.0-or-later
/* "Kernel panic - not syncing": the end of another report, or a report of its own. */
#include "parsers/headers.h"

/* Reasons that name a kind of their own (kernel/panic.c, kernel/sched/core.c). */
struct panic_row {
	const char *text;
	enum od_kind kind;
};

static const struct panic_row panic_rows[] = {
	{"stack-protector: ", OD_KIND_STACK_CORRUPTION},
	{"corrupted stack end detected inside scheduler", OD_KIND_STACK_CORRUPTION},
	{"kernel stack overflow", OD_KIND_STACK_OVERFLOW},
};

static enum od_kind panic_kind(struct od_str reason)
{
	for (size_t i = 0; i < sizeof(panic_rows) / sizeof(panic_rows[0]); i++)
		if (od_str_starts(reason, od_str_from(panic_rows[i].text)))
			return panic_rows[i].kind;
	return OD_KIND_PANIC;
}

void od_take_panic(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
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
	od_builder_name(builder, panic_kind(rest));
	builder->event->header = od_builder_keep(builder, record->text);
	od_builder_add_message(builder, rest);
}
