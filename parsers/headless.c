// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/headless.h"

#include "parsers/arch_hints.h"
#include "parsers/frame.h"

enum {
	HEADLESS_LINES = 3,	/* lines before the first of a report without a head: remains of text that was copied */
	HEADLESS_REGISTERS = 4,	/* that make a dump */
	PASTED_LINES = 40,	/* a trace without anything else may be pasted below as many lines of a person's own */
	PASTED_FRAMES = 3,	/* that make a trace */
};

/* Nothing but a trace, which somebody pasted without what stood above it: it is a report when the text holds no other. */
static bool is_pasted_trace(const struct od_builder *builder, bool at_end)
{
	const struct od_event *event = builder->event;
	size_t places = 0;
	for (size_t i = 0; i < event->trace.count; i++)
		places += event->trace.items[i].offset.known;
	return at_end && !builder->delivered && !builder->lists_tasks && places >= PASTED_FRAMES;
}

void od_headless_name(struct od_builder *builder, bool at_end)
{
	struct od_event *event = builder->event;
	bool dump = event->has_ip || event->registers.count >= HEADLESS_REGISTERS;
	if (!builder->headless)
		return;
	if (dump && event->trace.count)
		od_builder_name(builder, OD_KIND_INTERNAL_ERROR);
	else if (is_pasted_trace(builder, at_end))
		od_builder_name(builder, OD_KIND_BUG_OTHER);
	else
		return;
	od_builder_flag(builder, OD_INTEGRITY_HEADER_MISSING);
}

/* "INFO: Slab 0xffffea0004a2b800 objects=21 used=21 fp=0x…" (mm/slub.c, print_slab_info(); without "INFO: " since 5.14) */
static bool is_slab_line(struct od_str text)
{
	uint64_t address;
	(void)od_scan_literal(&text, "INFO: ");
	return od_scan_literal(&text, "Slab ") && od_scan_0x(&text, &address) && od_scan_literal(&text, " objects=");
}

/* SysRq t, w and l, and show_state() (kernel/sched/core.c, 2.6.18 to 6.12) */
static bool lists_tasks(struct od_str text)
{
	static const struct od_str starts[] = {OD_STR("task:"), OD_STR("sysrq: "), OD_STR("SysRq : "), OD_STR("Showing ")};
	for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++)
		if (od_str_starts(text, starts[i]))
			return true;
	return od_str_starts(text, OD_STR("task ")) && od_str_find(text, OD_STR(" PC stack ")) > 0;
}

/* "Call Trace:" and a frame: what a trace begins with that was pasted without its head. */
static bool begins_trace(struct od_str text)
{
	struct od_frame_text frame;
	if (od_str_starts(text, OD_STR("Call ")) || od_str_starts(text, OD_STR("Backtrace")) || od_str_starts(text, OD_STR("Stack ")))
		return od_str_ends(text, OD_STR("race:"));
	return od_str_find(text, OD_STR("+0x")) > 0 && od_frame_line(text, &frame) && frame.offset.known;
}

/* Whether it is among the first lines of the input: more of them where none has what a log's lines have. */
static bool is_early(const struct od_record *record)
{
	bool bare = !record->time_usec.known && !record->format && record->level == OD_LEVEL_UNKNOWN;
	return record->line <= (bare ? PASTED_LINES : HEADLESS_LINES + 1);
}

static void open_pasted(struct od_builder *builder, const struct od_record *record)
{
	builder->lists_tasks |= lists_tasks(record->text);
	if (builder->delivered || builder->lists_tasks || !begins_trace(record->text) || !od_builder_open(builder, record))
		return;
	builder->headless = builder->in_trace = true;
}

void od_headless_open(struct od_builder *builder, const struct od_record *record)
{
	if (is_slab_line(record->text) && od_builder_open(builder, record)) {
		od_builder_name(builder, OD_KIND_SLAB_CORRUPTION);
		od_builder_flag(builder, OD_INTEGRITY_HEADER_MISSING);
		builder->event->header = od_builder_keep(builder, record->text);
		return;
	}
	if (!is_early(record))
		return;
	if (record->line <= HEADLESS_LINES + 1 && od_arch_of_line(record->text))
		builder->headless = od_builder_open(builder, record);
	else
		open_pasted(builder, record);
}
