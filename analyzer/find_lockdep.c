// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Reports of the lock validator, drawn. Sources: kernel/locking/lockdep.c (print_circular_bug(),
 * print_usage_bug(), print_deadlock_bug(), print_bad_irq_dependency(), print_lock_invalid_wait_context()), Documentation/locking/lockdep-design.rst, 6.12.
 */
#include <inttypes.h>

#include "analyzer/blame.h"
#include "analyzer/finding.h"
#include "analyzer/names.h"

enum { LINKS_LIMIT = 24 };

/*
 * "-> #2 (name){+.+.}-{3:3}:": the lock, and who took it while the one with the next lower number was
 * held.
 */
struct link {
	struct od_str name;
	uint64_t number, line;
	const struct od_frame *taker; /* NULL: unknown */
};

static bool scan_link(const struct od_log_line *line, struct link *ret)
{
	struct od_str rest = line->text;

	if (!od_scan_literal(&rest, "-> #") || !od_scan_u64(&rest, &ret->number))
		return false;
	od_scan_blanks(&rest);
	ret->line = line->line;
	ret->taker = NULL;
	return od_scan_char(&rest, '(') && od_scan_until_text(&rest, OD_STR("){"), &ret->name);
}

/* rtnl_lock(), cpus_read_lock(), pipe_lock(), …: whoever called them says more. */
static bool is_locker(struct od_str function)
{
	static const char *const patterns[] = {"*_lock", "*_lock_nested", "*_trylock",	 "*_acquire",
					       "lock_*", "*_down_read",	  "*_down_write"};
	const struct od_str name = od_base_name(function);

	for (size_t i = 0; i < sizeof(patterns) / sizeof(patterns[0]); i++)
		if (od_str_matches(name, patterns[i]))
			return true;
	return od_is_machinery(function);
}

/* The innermost frame that is no machinery of locks; NULL: there is none. */
static const struct od_frame *user_in(const struct od_trace *trace)
{
	for (size_t i = 0; i < trace->frames.count; i++)
		if (trace->frames.items[i].function.len && !trace->frames.items[i].unreliable &&
		    !is_locker(trace->frames.items[i].function))
			return &trace->frames.items[i];
	return NULL;
}

/* That of the chain that begins at `line`. */
static const struct od_frame *taker_of(const struct od_event *event, uint64_t line, uint64_t next)
{
	for (size_t i = 0; i < event->traces.count; i++) {
		const struct od_trace *trace = &event->traces.items[i];
		if (!trace->frames.count || trace->frames.items[0].span.first < line ||
		    (next && trace->frames.items[0].span.first >= next))
			continue;
		return user_in(trace);
	}
	return NULL;
}

/* The links in the log's order: the highest number first, 0 last. */
static size_t collect_links(const struct od_event *event, struct link links[static LINKS_LIMIT])
{
	size_t count = 0;

	for (size_t i = 0; i < event->said.count && count < LINKS_LIMIT; i++)
		count += scan_link(&event->said.items[i], &links[count]);
	for (size_t i = 0; i < count; i++)
		links[i].taker = taker_of(event, links[i].line, i + 1 < count ? links[i + 1].line : 0);
	return count;
}

static void draw_cycle(struct od_finder *finder, const struct link *links, size_t count)
{
	const struct link *wanted = &links[count - 1];

	od_finder_draw(finder, "┌─▶ %.*s", OD_FMT(wanted->name));
	for (size_t i = count - 1; i-- > 0;) {
		od_finder_draw(finder, "│     ↓ held while %.*s took",
			       OD_FMT(od_finder_place(finder, links[i].taker)));
		od_finder_draw(finder, "│   %.*s", OD_FMT(links[i].name));
	}
	od_finder_draw(finder, "│     ↓ held now, while %.*s takes",
		       OD_FMT(od_finder_place(finder, wanted->taker)));
	od_finder_draw(finder, "└── %.*s", OD_FMT(wanted->name));
}

bool od_find_lock_cycle(const struct od_find_row *row, struct od_finder *finder)
{
	struct link links[LINKS_LIMIT];
	size_t count = collect_links(finder->event, links);

	(void)row;
	if (count < 2 || links[count - 1].number != 0)
		return false;
	const struct link *wanted = &links[count - 1], *held = &links[0];
	od_finder_claim(finder, OD_CONFIDENCE_CERTAIN,
			"%.*s takes %.*s while %.*s is held; elsewhere they were taken the other way "
			"round%s.",
			OD_FMT(od_finder_function(finder, wanted->taker ? wanted->taker
									: finder->event->responsible)),
			OD_FMT(wanted->name), OD_FMT(held->name),
			count > 2 ? ", through the locks between them" : "");
	for (size_t i = count - 1; i-- > 0;)
		od_finder_evidence(finder, "%.*s took %.*s while %.*s was held.",
				   OD_FMT(od_finder_place(finder, links[i].taker)), OD_FMT(links[i].name),
				   OD_FMT(links[i + 1].name));
	draw_cycle(finder, links, count);
	return true;
}

/* The wanted lock comes first, then the one that is held: print_deadlock_bug(). */
bool od_find_lock_recursion(const struct od_find_row *row, struct od_finder *finder)
{
	const struct od_event *event = finder->event;

	(void)row;
	if (event->locks.count < 2)
		return false;
	const struct od_lock *wanted = &event->locks.items[0], *held = &event->locks.items[1];
	const bool same =
		wanted->address.known && held->address.known && wanted->address.value == held->address.value;
	const struct od_frame *actor =
		is_locker(wanted->frame.function) && event->responsible ? event->responsible : &wanted->frame;
	if (!wanted->frame.function.len || !held->frame.function.len)
		return false;
	od_finder_claim(finder, same ? OD_CONFIDENCE_CERTAIN : OD_CONFIDENCE_LIKELY,
			"%.*s takes %.*s, %s in %.*s.", OD_FMT(od_finder_function(finder, actor)),
			OD_FMT(wanted->name),
			same ? "which the same task holds since it took it"
			     : "while the same task holds a lock of that class, taken",
			OD_FMT(od_finder_function(finder, &held->frame)));
	if (wanted->address.known && held->address.known)
		od_finder_evidence(finder,
				   "The lock that is wanted lies at 0x%" PRIx64 ", the one that is held at "
										"0x%" PRIx64 ".",
				   wanted->address.value, held->address.value);
	od_finder_draw(finder, "┌─▶ %.*s", OD_FMT(held->name));
	od_finder_draw(finder, "│     ↓ held since %.*s, while %.*s takes",
		       OD_FMT(od_finder_place(finder, &held->frame)), OD_FMT(od_finder_place(finder, actor)));
	od_finder_draw(finder, "└── %.*s", OD_FMT(wanted->name));
	return true;
}

/* "HARDIRQ-ON-W", "IN-SOFTIRQ-R": how a lock was taken. */
static void put_usage(struct od_buf *out, struct od_str usage)
{
	const bool hard = od_str_find(usage, OD_STR("HARDIRQ")) >= 0,
		   reclaim = od_str_find(usage, OD_STR("RECLAIM")) >= 0;

	if (od_str_starts(usage, OD_STR("IN-")) || od_str_starts(usage, OD_STR("in-")))
		od_buf_put_string(out, reclaim ? "inside memory reclaim"
				       : hard  ? "inside an interrupt handler"
					       : "inside a softirq");
	else if (reclaim)
		od_buf_put_string(out, "around allocations that may reclaim memory");
	else
		od_buf_put_string(out, hard ? "with interrupts enabled" : "with softirqs enabled");
}

/* "inconsistent {HARDIRQ-ON-W} -> {IN-HARDIRQ-W} usage." */
bool od_find_lock_usage(const struct od_find_row *row, struct od_finder *finder)
{
	const struct od_event *event = finder->event;
	struct od_str rest, before, now;
	struct od_buf was = {0}, is = {0};

	if (!od_finder_said(finder, row->words, &rest) || !od_scan_until(&rest, '}', &before) ||
	    !od_scan_literal(&rest, "} -> {") || !od_scan_until(&rest, '}', &now) || !event->locks.count)
		return false;
	put_usage(&was, before);
	put_usage(&is, now);
	od_finder_claim(finder, OD_CONFIDENCE_CERTAIN,
			"%.*s was taken %.*s before, and is now taken %.*s: the one may interrupt the "
			"other on the same CPU and wait for ever.",
			OD_FMT(event->locks.items[0].name), OD_FMT(od_buf_str(&was)),
			OD_FMT(od_buf_str(&is)));
	od_finder_evidence(finder, "The kernel printed {%.*s} -> {%.*s}.", OD_FMT(before), OD_FMT(now));
	od_buf_deinit(&was);
	od_buf_deinit(&is);
	return true;
}

/* That of a trace with this role. */
static const struct od_frame *user_of(const struct od_event *event, const char *role)
{
	const struct od_frame *found = NULL;

	for (size_t i = 0; i < event->traces.count && !found; i++)
		if (od_str_equal(event->traces.items[i].role, od_str_from(role)))
			found = user_in(&event->traces.items[i]);
	return found;
}

/* The class that the line behind the one with these words names: "(&a->lock){+.-.}-{2:2}". */
static bool class_below(const struct od_event *event, const char *words, struct od_str *ret)
{
	for (size_t i = 0; i + 1 < event->said.count; i++) {
		struct od_str next = event->said.items[i + 1].text;
		if (od_str_find(event->said.items[i].text, od_str_from(words)) < 0)
			continue;
		od_scan_blanks(&next);
		return od_scan_char(&next, '(') && od_scan_until_text(&next, OD_STR("){"), ret);
	}
	return false;
}

/* "SOFTIRQ-safe -> SOFTIRQ-unsafe lock order detected": the words of the row are the kind of interrupt. */
bool od_find_lock_order(const struct od_find_row *row, struct od_finder *finder)
{
	const struct od_event *event = finder->event;
	const bool soft = row->words[0] == 'S';
	const char *handler = soft ? "a softirq" : "an interrupt handler";
	const struct od_frame *inside = user_of(event, "irq-safe"), *outside = user_of(event, "irq-unsafe");
	struct od_str safe, unsafe;

	if (od_str_find(event->message, od_str_from(row->words)) < 0 || event->locks.count < 2 || !inside || !outside ||
	    !class_below(event, "irq-safe lock:", &safe) || !class_below(event, "irq-unsafe lock:", &unsafe))
		return false;
	const struct od_lock *wanted = &event->locks.items[0], *held = &event->locks.items[1];
	od_finder_claim(finder, OD_CONFIDENCE_CERTAIN,
			"%.*s takes %.*s while %.*s is held. %s takes %.*s, too, and may interrupt who has %.*s: then each waits "
			"for the other's lock for ever.",
			OD_FMT(od_finder_function(finder, &wanted->frame)), OD_FMT(wanted->name), OD_FMT(held->name),
			soft ? "A softirq" : "An interrupt handler", OD_FMT(safe), OD_FMT(unsafe));
	od_finder_evidence(finder, "%.*s was taken inside %s, in %.*s.", OD_FMT(safe), handler, OD_FMT(od_finder_place(finder, inside)));
	od_finder_evidence(finder, "%.*s was taken with %s enabled, in %.*s.", OD_FMT(unsafe), soft ? "softirqs" : "interrupts",
			   OD_FMT(od_finder_place(finder, outside)));
	od_finder_evidence(finder, "%.*s was taken in %.*s, and is held.", OD_FMT(held->name),
			   OD_FMT(od_finder_place(finder, &held->frame)));
	return true;
}

/* How long a lock may make its taker wait, "{3:3}": of the line about the lock that was taken there. */
static bool wait_type(const struct od_event *event, const struct od_lock *lock, uint64_t *outer, uint64_t *inner)
{
	for (size_t i = 0; i < event->said.count; i++) {
		struct od_str text = event->said.items[i].text;
		if (od_str_find(text, lock->name) < 1 || od_str_find(text, lock->frame.raw) < 0)
			continue;
		text = od_str_behind(od_str_behind(text, lock->name), OD_STR("}-{"));
		return od_scan_u64(&text, outer) && od_scan_char(&text, ':') && od_scan_u64(&text, inner);
	}
	return false;
}

/*
 * "[ BUG: Invalid wait context ]": a lock may wait longer than what is held, or the context, allows. The numbers are those of
 * enum lockdep_wait_type (include/linux/lockdep_types.h); what 3 and 4 are depends on CONFIG_PROVE_RAW_LOCK_NESTING, so
 * only their order is spoken of.
 */
bool od_find_wait_context(const struct od_find_row *row, struct od_finder *finder)
{
	const struct od_event *event = finder->event;
	const struct od_lock *strict = NULL;
	uint64_t outer, inner, context, least, other;
	struct od_str rest;

	if (event->locks.count < 1 || !od_finder_said(finder, row->words, &rest) || !od_scan_u64(&rest, &context) ||
	    !wait_type(event, &event->locks.items[0], &outer, &inner))
		return false;
	least = context;
	for (size_t i = 1; i < event->locks.count; i++)
		if (wait_type(event, &event->locks.items[i], &other, &inner) && inner < least) {
			strict = &event->locks.items[i];
			least = inner;
		}
	if (outer <= least)
		return false;
	const struct od_lock *wanted = &event->locks.items[0];
	const struct od_str actor = od_finder_function(finder, is_locker(wanted->frame.function) && event->responsible
									? event->responsible : &wanted->frame);
	if (strict)
		od_finder_claim(finder, OD_CONFIDENCE_CERTAIN,
				"%.*s takes %.*s, for which it may have to wait longer than %.*s allows, which is held since %.*s.",
				OD_FMT(actor), OD_FMT(wanted->name), OD_FMT(strict->name),
				OD_FMT(od_finder_function(finder, &strict->frame)));
	else
		od_finder_claim(finder, OD_CONFIDENCE_CERTAIN,
				"%.*s takes %.*s, for which it may have to wait longer than an interrupt handler or the like may.",
				OD_FMT(actor), OD_FMT(wanted->name));
	od_finder_evidence(finder, "The kernel printed the wait type %" PRIu64 " for %.*s, where at most %" PRIu64 " is allowed: "
			   "raw_spinlock_t waits least, then spinlock_t, which sleeps on PREEMPT_RT, then mutexes and semaphores.",
			   outer, OD_FMT(wanted->name), least);
	return true;
}

/* "insmod/900 is trying to release lock (&dev->lock) at:", "but there are no more locks to release!" */
bool od_find_unlock(const struct od_find_row *row, struct od_finder *finder)
{
	struct od_str rest, lock, ignored;

	if (!od_finder_said(finder, row->words, &rest) || !od_scan_until_text(&rest, OD_STR(") at:"), &lock) || !lock.len)
		return false;
	od_finder_claim(finder, OD_CONFIDENCE_CERTAIN, "%.*s released %.*s, which its task does not hold: it was released twice, taken by another "
			"task, or not taken on this way.", OD_FMT(od_finder_function(finder, finder->event->responsible)), OD_FMT(lock));
	if (od_finder_said(finder, "but there are no more locks to release!", &ignored))
		od_finder_evidence(finder, "The task holds no lock at all.");
	else
		od_finder_evidence(finder, "The locks that the task holds are others.");
	return true;
}
