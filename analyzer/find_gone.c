// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Code that is gone, and callbacks that were left behind. Sources: kernel/module/main.c (init sections are
 * freed after loading, all of them at unloading), kernel/time/timer.c, kernel/workqueue.c,
 * kernel/rcu/tree.c, kernel/softirq.c, 6.12.
 */
#include <inttypes.h>

#include "analyzer/address.h"
#include "analyzer/finding.h"
#include "analyzer/names.h"
#include "analyzer/poison.h"

static const struct {
	const char *function, *what, *cure;
} callers[] = {
	{"call_timer_fn", "a timer", "timer_delete_sync() (del_timer_sync() before 6.2)"},
	{"expire_timers", "a timer", "timer_delete_sync() (del_timer_sync() before 6.2)"},
	{"__run_timer*", "a timer", "timer_delete_sync() (del_timer_sync() before 6.2)"},
	{"__hrtimer_run_queues", "a high-resolution timer", "hrtimer_cancel()"},
	{"__run_hrtimer", "a high-resolution timer", "hrtimer_cancel()"},
	{"process_one_work", "a work item", "cancel_work_sync() or cancel_delayed_work_sync()"},
	{"process_scheduled_works", "a work item", "cancel_work_sync() or cancel_delayed_work_sync()"},
	{"rcu_do_batch", "an RCU callback", "rcu_barrier()"},
	{"rcu_process_callbacks", "an RCU callback", "rcu_barrier()"},
	{"tasklet_action*", "a tasklet", "tasklet_kill()"},
	{"__handle_irq_event_percpu", "an interrupt handler", "free_irq()"},
	{"notifier_call_chain", "a notifier", "its unregister function"},
	{"*atomic_notifier_call_chain", "a notifier", "its unregister function"},
	{"kthread", "a kernel thread", "kthread_stop()"},
};

static const struct od_frame *find_caller(const struct od_event *event, size_t *index)
{
	enum { FRAMES = 12 };
	size_t seen = 0;

	for (size_t i = 0; i < event->trace.count && seen < FRAMES; i++) {
		const struct od_frame *frame = &event->trace.items[i];
		if (frame->unreliable || !frame->function.len)
			continue;
		seen++;
		for (*index = 0; *index < sizeof(callers) / sizeof(callers[0]); ++*index)
			if (od_str_matches(od_base_name(frame->function), callers[*index].function))
				return frame;
	}
	return NULL;
}

/* A jump to where modules are loaded and no module is: the IP has no name there. */
static bool ran_nowhere(const struct od_event *event)
{
	const bool jumped = event->fault.access == OD_ACCESS_EXECUTE ||
			    (event->has_ip && event->ip.address.known && event->fault.address.known &&
			     event->ip.address.value == event->fault.address.value);
	enum od_region region;

	if (!jumped || !event->fault.address.known || event->ip.function.len)
		return false;
	region = od_address_region(event, event->fault.address.value);
	return region == OD_REGION_MODULES || region == OD_REGION_IMAGE_OR_MODULES;
}

bool od_find_gone_code(const struct od_find_row *row, struct od_finder *finder)
{
	struct od_event *event = finder->event;
	size_t index;

	(void)row;
	if (!ran_nowhere(event))
		return false;
	const struct od_frame *caller = find_caller(event, &index);
	if (event->last_unloaded.len)
		od_finder_claim(finder, OD_CONFIDENCE_LIKELY,
				"The CPU was to run code at 0x%" PRIx64 ", where modules are loaded and no "
				"module is now: %.*s, which was unloaded last, may have left %s behind.",
				event->fault.address.value, OD_FMT(event->last_unloaded),
				caller ? callers[index].what : "a callback");
	else
		od_finder_claim(finder, OD_CONFIDENCE_LIKELY,
				"The CPU was to run code at 0x%" PRIx64 ", where modules are loaded and no "
				"module is now: a module was unloaded, or its init code, which is freed "
				"after loading, was called.",
				event->fault.address.value);
	if (caller)
		od_finder_evidence(finder, "%.*s called it: %s.", OD_FMT(od_finder_place(finder, caller)),
				   callers[index].what);
	if (event->last_unloaded.len)
		od_finder_evidence(finder, "The list of modules says that %.*s was unloaded last.",
				   OD_FMT(event->last_unloaded));
	if (caller)
		od_phrase_advise(event, od_arena_printf(event->arena,
							"Let the module's exit function call %s for it.",
							callers[index].cure));
	return true;
}

static bool used_freed(const struct od_event *event)
{
	struct od_poison poison;
	bool marked = event->fault.address.known && od_poison_find(event->fault.address.value, &poison);

	for (size_t i = 0; !marked && event->kind == OD_KIND_GPF && i < event->registers.count; i++)
		marked = od_poison_find(event->registers.items[i].value, &poison) &&
			 !strcmp(poison.name, "POISON_FREE");
	return event->kind == OD_KIND_KASAN_UAF || (marked && !strcmp(poison.name, "POISON_FREE"));
}

/*
 * Freed memory that a timer, work item or RCU callback uses: it was still pending when the memory was
 * freed.
 */
bool od_find_callback(const struct od_find_row *row, struct od_finder *finder)
{
	struct od_event *event = finder->event;
	const struct od_frame *caller;
	size_t index;

	(void)row;
	if (!used_freed(event) || !(caller = find_caller(event, &index)) ||
	    !strcmp(callers[index].what, "a kernel thread"))
		return false;
	od_finder_claim(finder, OD_CONFIDENCE_POSSIBLE,
			"Freed memory was used by %s: it may still have been pending, or running, when the "
			"memory was freed.",
			callers[index].what);
	od_finder_evidence(finder, "%.*s ran it.", OD_FMT(od_finder_place(finder, caller)));
	od_phrase_advise(event, od_arena_printf(event->arena, "Call %s before the memory is freed.",
						callers[index].cure));
	return true;
}
