// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Code that sleeps where it must not, and why it must not. Sources: kernel/sched/core.c (__might_resched(),
 * __schedule_bug()), include/linux/preempt.h (the fields of preempt_count), 6.12.
 */
#include <inttypes.h>

#include "analyzer/finding.h"

/* The fields of preempt_count as they are since 4.2; the upper half holds flags. */
enum {
	SOFTIRQ_SHIFT = 8,
	HARDIRQ_SHIFT = 16,
	NMI_SHIFT = 20,
	PREEMPT_MASK = 0xff,
	SOFTIRQ_MASK = 0xff,
	HARDIRQ_MASK = 0xf,
	NMI_MASK = 0xf,
};

static void put_part(struct od_buf *out, bool *any, const char *format, uint64_t number)
{
	od_buf_put_string(out, *any ? ", and " : "");
	od_buf_printf(out, format, number);
	*any = true;
}

/*
 * What a preempt_count says, where `own` levels of preemption are the scheduler's. False: nothing forbids
 * sleeping.
 */
static bool put_count(struct od_buf *out, uint64_t count, uint64_t own)
{
	const uint64_t preempt = count & PREEMPT_MASK, softirq = count >> SOFTIRQ_SHIFT & SOFTIRQ_MASK;
	bool any = false;

	if (count >> NMI_SHIFT & NMI_MASK)
		put_part(out, &any, "it is inside a non-maskable interrupt", 0);
	if (count >> HARDIRQ_SHIFT & HARDIRQ_MASK)
		put_part(out, &any, "it is inside an interrupt handler", 0);
	if (softirq & 1)
		put_part(out, &any, "it is inside a softirq (a timer, a tasklet, the network's receive path)",
			 0);
	if (softirq >> 1)
		put_part(out, &any,
			 "softirqs are disabled %" PRIu64 " deep (spin_lock_bh(), local_bh_disable())",
			 softirq >> 1);
	if (preempt > own)
		put_part(out, &any, "preemption is disabled %" PRIu64 " deep (a spinlock, preempt_disable())",
			 preempt - own);
	return any;
}

/* Who holds what, and where preemption was disabled: the likely places of the mistake. */
static void say_suspects(struct od_finder *finder, bool preempt)
{
	const struct od_event *event = finder->event;

	for (size_t i = 0; preempt && i < event->traces.count; i++) {
		const struct od_trace *trace = &event->traces.items[i];
		if (od_str_equal(trace->role, OD_STR("preemption-disabled")) && trace->frames.count)
			od_finder_evidence(finder, "Preemption was disabled in %.*s.",
					   OD_FMT(od_finder_place(finder, &trace->frames.items[0])));
	}
	for (size_t i = 0; i < event->locks.count && i < 8; i++)
		od_finder_evidence(finder, "The lock %.*s is held, taken in %.*s.",
				   OD_FMT(event->locks.items[i].name),
				   OD_FMT(od_finder_place(finder, event->locks.items[i].frame.function.len
									  ? &event->locks.items[i].frame
									  : NULL)));
}

struct context {
	uint64_t atomic, irqs_off, non_block, count, rcu;
	bool has_count;
};

static bool read_context(const struct od_finder *finder, struct context *ret)
{
	struct od_str line;

	*ret = (struct context){0};
	if (!od_finder_said(finder, "in_atomic(): ", &line) || !od_scan_u64(&line, &ret->atomic) ||
	    !od_finder_number(line, "irqs_disabled(): ", &ret->irqs_off))
		return false;
	(void)od_finder_number(line, "non_block: ", &ret->non_block);
	ret->has_count = od_finder_said(finder, "preempt_count: ", &line) && od_scan_hex(&line, &ret->count);
	(void)(od_finder_said(finder, "RCU nest depth: ", &line) && od_scan_u64(&line, &ret->rcu));
	return true;
}

bool od_find_sleep_irqs(const struct od_find_row *row, struct od_finder *finder)
{
	struct od_buf more = {0};
	struct context context;

	(void)row;
	if (!read_context(finder, &context) || !context.irqs_off)
		return false;
	bool any = context.has_count && put_count(&more, context.count, 0);
	od_finder_claim(finder, OD_CONFIDENCE_CERTAIN,
			"Sleeping is forbidden here because interrupts are disabled "
			"(spin_lock_irqsave(), local_irq_disable())%s%.*s.",
			any ? "; also, " : "", OD_FMT(od_buf_str(&more)));
	od_buf_deinit(&more);
	od_finder_evidence(finder, "The kernel printed irqs_disabled(): %" PRIu64 ".", context.irqs_off);
	say_suspects(finder, true);
	return true;
}

bool od_find_sleep_preempt(const struct od_find_row *row, struct od_finder *finder)
{
	struct od_buf why = {0};
	struct context context;

	(void)row;
	if (!read_context(finder, &context) || context.irqs_off || !context.atomic)
		return false;
	if (!context.has_count || !put_count(&why, context.count, 0))
		od_buf_put_string(&why, "preemption is disabled, by a spinlock, preempt_disable() or an "
					"interrupt");
	od_finder_claim(finder, OD_CONFIDENCE_CERTAIN, "Sleeping is forbidden here because %.*s.",
			OD_FMT(od_buf_str(&why)));
	od_buf_deinit(&why);
	if (context.has_count)
		od_finder_evidence(finder, "The kernel printed preempt_count: %" PRIx64 ".", context.count);
	else
		od_finder_evidence(finder, "The kernel printed in_atomic(): %" PRIu64 ".", context.atomic);
	say_suspects(finder, true);
	return true;
}

/*
 * Neither atomic nor with interrupts off: what is left is a read-side section of RCU, or one that must
 * not block.
 */
bool od_find_sleep_rcu(const struct od_find_row *row, struct od_finder *finder)
{
	struct context context;
	bool held = false;

	(void)row;
	if (!read_context(finder, &context) || context.irqs_off || context.atomic)
		return false;
	for (size_t i = 0; i < finder->event->locks.count; i++)
		held |= od_str_starts(finder->event->locks.items[i].name, OD_STR("rcu_read_lock"));
	if (context.non_block)
		od_finder_claim(finder, OD_CONFIDENCE_CERTAIN,
				"Sleeping is forbidden here by non_block_start(): a notifier of the "
				"memory management must not wait.");
	else if (context.rcu || held)
		od_finder_claim(finder, OD_CONFIDENCE_CERTAIN,
				"Sleeping is forbidden here because rcu_read_lock() is held: a "
				"reader of RCU must not wait.");
	else
		return false;
	if (context.rcu)
		od_finder_evidence(finder, "The kernel printed RCU nest depth: %" PRIu64 ".", context.rcu);
	say_suspects(finder, false);
	return true;
}

/*
 * "scheduling while atomic: comm/123/0x00000002": one level of preemption, where there are any, is
 * schedule()'s own.
 */
bool od_find_schedule(const struct od_find_row *row, struct od_finder *finder)
{
	const struct od_str header = finder->event->header;
	struct od_buf why = {0};
	uint64_t count;

	if (od_str_find(header, od_str_from(row->words)) < 0 || !od_finder_hex(header, "/0x", &count))
		return false;
	if (!put_count(&why, count, 1)) {
		od_buf_deinit(&why);
		return false;
	}
	od_finder_claim(finder, OD_CONFIDENCE_CERTAIN, "The task may not give up the CPU because %.*s.",
			OD_FMT(od_buf_str(&why)));
	od_buf_deinit(&why);
	od_finder_evidence(finder, "The kernel printed the preemption counter 0x%" PRIx64 "%s.", count,
			   count & PREEMPT_MASK ? ", of which one level is the scheduler's own" : "");
	say_suspects(finder, true);
	return true;
}
