// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * The condition of an assertion, in the words of the source: include/asm-generic/bug.h,
 * include/linux/lockdep.h, 6.12.
 */
#include <inttypes.h>

#include "analyzer/finding.h"

/* What it means that the macro spoke up. */
static const struct {
	const char *start, *meaning;
} macros[] = {
	{"lockdep_assert_not_held", "the lock that must not be held was held"},
	{"lockdep_assert_held_write", "the lock that must be held for writing was not"},
	{"lockdep_assert_held", "the lock that must be held was not"},
	{"lockdep_assert_irqs_disabled", "interrupts must be disabled there, and were enabled"},
	{"lockdep_assert_irqs_enabled", "interrupts must be enabled there, and were disabled"},
	{"lockdep_assert_preemption_disabled", "preemption must be disabled there, and was not"},
	{"lockdep_assert", "this must be true, and it was not"},
	{"ASSERT_RTNL", "rtnl_lock() must be held there, and was not"},
	{"RCU_LOCKDEP_WARN", "this must never be true, and it was"},
};

static const char *meaning_of(struct od_str condition)
{
	for (size_t i = 0; i < sizeof(macros) / sizeof(macros[0]); i++)
		if (od_str_starts(condition, od_str_from(macros[i].start)))
			return macros[i].meaning;
	if (od_str_starts(condition, OD_STR("if (")))
		return "the code reached a line that it must never reach, because the condition of the if "
		       "was true";
	if (od_str_find(condition, OD_STR("ASSERT")) >= 0 || od_str_find(condition, OD_STR("assert")) >= 0)
		return "this must be true, and it was not";
	return od_str_ends(condition, OD_STR("BUG()")) ? "the code reached a line that it must never reach"
						       : "this must never be true, and it was";
}

bool od_find_condition(const struct od_find_row *row, struct od_finder *finder)
{
	const struct od_event *event = finder->event;
	const struct od_place *place =
		event->has_ip && event->ip.places.count ? &event->ip.places.items[0] : NULL;
	bool proven = false;

	(void)row;
	if (!event->condition.len)
		return false;
	for (size_t i = 0; place && event->ip.image && i < event->images.count; i++)
		proven = event->images.items[event->ip.image - 1].verdict == OD_VERDICT_MATCH;
	od_finder_claim(finder, proven ? OD_CONFIDENCE_CERTAIN : OD_CONFIDENCE_LIKELY, "%.*s: %s.",
			OD_FMT(event->condition), meaning_of(event->condition));
	if (place)
		od_finder_evidence(finder, "Line %u of %.*s, in %.*s(), says so.", place->line,
				   OD_FMT(place->file), OD_FMT(place->function));
	else
		od_finder_evidence(finder,
				   "Line %" PRIu64 " of %.*s says so, if the source at hand is that of the "
						   "kernel that ran.",
				   event->source_line.value, OD_FMT(event->source_file));
	return true;
}
