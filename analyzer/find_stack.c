// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Stacks that are full or lost. Sources: arch/x86/kernel/traps.c (handle_stack_overflow(),
 * exc_double_fault()), arch/arm64/kernel/traps.c (panic_bad_stack()),
 * Documentation/mm/vmalloced-kernel-stacks.rst, 6.12.
 */
#include <inttypes.h>

#include "analyzer/address.h"
#include "analyzer/finding.h"
#include "analyzer/names.h"

enum {
	PERIOD_LIMIT = 8, /* functions in a circle of calls */
	LEAST_FRAMES = 12, /* that make a repetition a recursion */
	STACK_LIMIT = 64 * 1024,
	REACH = 256, /* how far from the end of the stack an access through the stack pointer may lie */
};

/* The reliable frames' names, in the log's order. */
static size_t collect_frames(const struct od_event *event, const struct od_frame *frames[], size_t limit)
{
	size_t count = 0;

	for (size_t i = 0; i < event->trace.count && count < limit; i++)
		if (!event->trace.items[i].unreliable && event->trace.items[i].function.len)
			frames[count++] = &event->trace.items[i];
	return count;
}

/* The longest run of frames in which each is the one `period` frames before; *start is where it begins. */
static size_t longest_run(const struct od_frame *const frames[], size_t count, size_t period, size_t *start)
{
	size_t best = 0, run = 0;

	for (size_t i = period; i < count; i++) {
		run = od_str_equal(od_base_name(frames[i]->function),
				   od_base_name(frames[i - period]->function))
			      ? run + 1
			      : 0;
		if (run > best) {
			best = run;
			*start = i + 1 - run - period;
		}
	}
	return best ? best + period : 0;
}

static struct od_str name_circle(const struct od_finder *finder, const struct od_frame *const frames[],
				 size_t period)
{
	struct od_buf text = {0};

	for (size_t i = period; i-- > 0;) { /* callers first */
		od_phrase_function(&text, frames[i]);
		od_buf_put_string(&text, i ? " → " : "");
	}
	struct od_str kept = od_arena_copy(finder->event->arena, od_buf_str(&text));
	od_buf_deinit(&text);
	return kept;
}

bool od_find_recursion(const struct od_find_row *row, struct od_finder *finder)
{
	enum { FRAMES = 512 };
	const struct od_frame *frames[FRAMES];
	size_t count = collect_frames(finder->event, frames, FRAMES), start = 0, run = 0, period = 0;

	(void)row;
	while (run < LEAST_FRAMES && ++period <= PERIOD_LIMIT)
		run = longest_run(frames, count, period, &start);
	if (run < LEAST_FRAMES || run < 3 * period)
		return false;
	struct od_str circle = name_circle(finder, frames + start, period);
	if (period == 1)
		od_finder_claim(finder, OD_CONFIDENCE_CERTAIN,
				"%.*s calls itself: %zu of the %zu frames of the trace are this one "
				"function.",
				OD_FMT(circle), run, count);
	else
		od_finder_claim(finder, OD_CONFIDENCE_CERTAIN,
				"Functions call each other in a circle, %zu times in the trace: %.*s.",
				run / period, OD_FMT(circle));
	if (start + run < count)
		od_finder_evidence(finder, "The circle was entered from %.*s.",
				   OD_FMT(od_finder_place(finder, frames[start + run])));
	return true;
}

/*
 * "BUG: TASK stack guard page was hit at X (stack is A..B)": some versions print the last byte, some the
 * end.
 */
static bool scan_bounds(struct od_str header, uint64_t *hit, uint64_t *low, uint64_t *high)
{
	struct od_str rest;
	ptrdiff_t at = od_str_find(header, OD_STR(".."));

	if (at < 0 || !od_finder_hex(header, "guard page was hit at ", hit) ||
	    !od_finder_hex(header, "(stack is ", low))
		return false;
	rest = od_str_from_index(header, (size_t)at + 2);
	if (!od_scan_0x(&rest, high) && !od_scan_hex(&rest, high))
		return false;
	*high += *high & 1;
	return *low < *high && *high - *low <= STACK_LIMIT && !((*high - *low) & 0xfff);
}

static void say_stack_pointer(struct od_finder *finder, struct od_num sp, uint64_t low)
{
	if (!sp.known)
		return;
	if (sp.value >= low)
		od_finder_evidence(finder,
				   "The stack pointer, 0x%" PRIx64 ", is %" PRIu64 " bytes above the stack's "
										   "end.",
				   sp.value, sp.value - low);
	else
		od_finder_evidence(finder,
				   "The stack pointer, 0x%" PRIx64 ", is %" PRIu64 " bytes below the stack's "
										   "end.",
				   sp.value, low - sp.value);
}

static struct od_num stack_pointer(const struct od_event *event)
{
	static const char *const names[] = {"rsp", "sp", "esp", "r1", "r15"};
	struct od_num value = {0};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]) && !value.known; i++)
		value = od_event_register(event, names[i]);
	return value;
}

bool od_find_guard_page(const struct od_find_row *row, struct od_finder *finder)
{
	const struct od_event *event = finder->event;
	uint64_t hit, low, high;

	if (od_str_find(event->header, od_str_from(row->words)) < 0)
		return false;
	if (!scan_bounds(event->header, &hit, &low, &high)) {
		od_finder_claim(finder, OD_CONFIDENCE_CERTAIN,
				"The stack is used up: the access hit the guard page below it.");
		od_finder_evidence(finder, "The kernel printed: \"%.*s\".", OD_FMT(event->header));
		return true;
	}
	od_finder_claim(finder, OD_CONFIDENCE_CERTAIN,
			"The stack of %" PRIu64 " KiB is used up: the access at 0x%" PRIx64 " %s.",
			(high - low) / 1024, hit,
			hit < low ? "hit the guard page below it" : "hit the guard page beside it");
	od_finder_evidence(finder, "The stack lies at 0x%" PRIx64 " to 0x%" PRIx64 ".", low, high);
	say_stack_pointer(finder, stack_pointer(event), low);
	return true;
}

/* A double fault, or arm64's "Insufficient stack space": the stack pointer tells. */
bool od_find_stack_end(const struct od_find_row *row, struct od_finder *finder)
{
	const struct od_event *event = finder->event;
	struct od_num sp = stack_pointer(event), address = od_event_register(event, "cr2");
	struct od_str bounds;
	uint64_t low;

	(void)row;
	if (sp.known && od_finder_said(finder, "Task stack:", &bounds) && od_finder_hex(bounds, "[", &low) &&
	    low > sp.value && low - sp.value < STACK_LIMIT) {
		od_finder_claim(finder, OD_CONFIDENCE_CERTAIN,
				"The task's stack is used up: the stack pointer is below its end.");
		say_stack_pointer(finder, sp, low);
		return true;
	}
	if (od_str_find(event->header, OD_STR("guard page was hit")) >= 0)
		return false; /* od_find_guard_page() says more */
	if (!sp.known || !address.known || sp.value - address.value > REACH || (sp.value & 0xfff) >= REACH ||
	    (sp.value & ~0xfffull) == (address.value & ~0xfffull))
		return false;
	od_finder_claim(finder, OD_CONFIDENCE_LIKELY,
			"The stack is likely used up: the stack pointer has reached the border of a "
			"page, and the page below it could not be accessed.");
	od_finder_evidence(finder,
			   "The stack pointer is 0x%" PRIx64 ", the address of the last page fault (CR2) "
							     "0x%" PRIx64 ".",
			   sp.value, address.value);
	return true;
}

/* A stack pointer that points to no memory of the kernel: nothing can be delivered on such a stack. */
bool od_find_stack_lost(const struct od_find_row *row, struct od_finder *finder)
{
	const struct od_event *event = finder->event;
	struct od_num sp = stack_pointer(event);
	enum od_region region;

	(void)row;
	if (!sp.known || !event->arch || !event->arch->classify)
		return false;
	region = od_address_region(event, sp.value);
	if (region != OD_REGION_USER && region != OD_REGION_NON_CANONICAL && region != OD_REGION_NULL_PAGE)
		return false;
	od_finder_claim(finder, OD_CONFIDENCE_CERTAIN,
			"The stack pointer, 0x%" PRIx64 ", %s: it was overwritten, truncated or "
			"not switched, so the CPU could not even store the first exception.",
			sp.value,
			region == OD_REGION_NON_CANONICAL ? "is no address at all"
							  : "does not point to memory of the kernel");
	od_finder_evidence(finder, "The stack pointer at the fault is 0x%" PRIx64 ".", sp.value);
	for (size_t i = 0; i < event->registers.count; i++) {
		const struct od_register *reg = &event->registers.items[i];
		if (reg->value != sp.value && (uint32_t)reg->value == sp.value && reg->value >> 32)
			od_finder_evidence(finder,
					   "Register %.*s holds 0x%" PRIx64 ", whose lower half is the stack "
									    "pointer.",
					   OD_FMT(reg->name), reg->value);
	}
	return true;
}
