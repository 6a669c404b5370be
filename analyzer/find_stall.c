// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * CPUs that make no progress: where they are. Sources: kernel/rcu/tree_stall.h, kernel/watchdog.c,
 * kernel/smp.c, kernel/locking/qspinlock.c, Documentation/RCU/stallwarn.rst, 6.12.
 */
#include <inttypes.h>

#include "analyzer/finding.h"
#include "analyzer/names.h"

/* Functions in which a CPU waits for another one. */
static const struct {
	const char *function, *claim, *advice;
} places[] = {
	{"*queued_spin_lock_slowpath", "spins for a spinlock that another CPU, or this one, does not release",
	 "Look for the holder: the other CPUs' stacks, or a path of this one that did not unlock."},
	{"queued_*_lock_slowpath", "spins for an rwlock that is not released",
	 "Look for the holder among the other CPUs' stacks."},
	{"do_raw_spin_lock*", "spins for a spinlock that another CPU, or this one, does not release",
	 "Look for the holder: the other CPUs' stacks, or a path of this one that did not unlock."},
	{"csd_lock_wait*", "waits for another CPU to run a function, and that CPU does not answer",
	 "Look at the CPU that does not answer: it has interrupts disabled."},
	{"smp_call_function_*", "waits for other CPUs to run a function, and one of them does not answer",
	 "Look at the CPU that does not answer: it has interrupts disabled."},
	{"generic_exec_single", "waits for another CPU to run a function, and that CPU does not answer",
	 "Look at the CPU that does not answer: it has interrupts disabled."},
	{"flush_tlb_*", "waits for other CPUs to flush their TLB, and one of them does not answer",
	 "Look at the CPU that does not answer: it has interrupts disabled."},
	{"multi_cpu_stop", "waits in stop_machine() for a CPU that does not come",
	 "Look at the CPU that has not stopped."},
	{"text_poke_bp_batch", "waits for other CPUs while it patches the kernel's code",
	 "Look at the CPU that does not answer."},
	{"console_*", "prints to a slow console",
	 "Raise the speed of the serial console, or lower the log level."},
	{"serial8250_console_write", "prints to a slow serial console",
	 "Raise the speed of the serial console, or lower the log level."},
	{"wait_for_xmitr", "prints to a slow serial console",
	 "Raise the speed of the serial console, or lower the log level."},
};

static bool is_waiting(const struct od_frame *frame, size_t *index)
{
	if (frame->unreliable || !frame->function.len)
		return false;
	for (*index = 0; *index < sizeof(places) / sizeof(places[0]); ++*index)
		if (od_str_matches(od_base_name(frame->function), places[*index].function))
			return true;
	return false;
}

bool od_find_stall_place(const struct od_find_row *row, struct od_finder *finder)
{
	enum { FRAMES = 4 };
	struct od_event *event = finder->event;
	const struct od_frame *frame = event->has_ip ? &event->ip : NULL;
	size_t place;

	(void)row;
	for (size_t i = 0; (!frame || !is_waiting(frame, &place)); i++) {
		if (i >= event->trace.count || i >= FRAMES)
			return false;
		frame = &event->trace.items[i];
	}
	od_finder_claim(finder, OD_CONFIDENCE_LIKELY, "%.*s %s.",
			OD_FMT(od_finder_function(finder, event->responsible)), places[place].claim);
	od_finder_evidence(finder, "The CPU was seen in %.*s.", OD_FMT(od_finder_place(finder, frame)));
	od_phrase_advise(event, od_str_from(places[place].advice));
	return true;
}

/*
 * "rcu: rcu_preempt kthread starved for 2000 jiffies!", "… kthread timer wakeup didn't happen for 2000
 * jiffies!"
 */
bool od_find_starved(const struct od_find_row *row, struct od_finder *finder)
{
	uint64_t jiffies;
	struct od_str rest;

	if (!od_finder_said(finder, row->words, &rest) || !od_scan_u64(&rest, &jiffies))
		return false;
	od_finder_claim(finder, OD_CONFIDENCE_LIKELY, "%s, for %" PRIu64 " jiffies.", row->claim, jiffies);
	od_finder_evidence(finder, "The kernel printed \"%s%" PRIu64 " jiffies\".", row->words, jiffies);
	return true;
}

/* "0-...!: (0 ticks this GP)": the CPU took no timer interrupt since the grace period began. */
bool od_find_no_ticks(const struct od_find_row *row, struct od_finder *finder)
{
	const struct od_event *event = finder->event;

	for (size_t i = 0; i < event->said.count; i++) {
		struct od_str text = event->said.items[i].text;
		uint64_t ticks, cpu;
		ptrdiff_t dash = od_str_find_char(text, '-');
		struct od_str digits = text;
		(void)od_scan_literal(&digits, "rcu:");
		od_scan_blanks(&digits);
		if (dash < 0 || od_str_find(text, od_str_from(row->words)) < 0 ||
		    !od_finder_number(text, ": (", &ticks) || ticks || !od_scan_u64(&digits, &cpu))
			continue;
		od_finder_claim(finder, OD_CONFIDENCE_LIKELY,
				"CPU %" PRIu64 " took no timer interrupt since the grace period began: "
				"it has interrupts disabled, or, in a virtual machine, was not run.",
				cpu);
		od_finder_evidence(finder, "The kernel printed \"(0%s\" of CPU %" PRIu64 ".", row->words,
				   cpu);
		return true;
	}
	return false;
}
