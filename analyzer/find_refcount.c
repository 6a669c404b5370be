// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Which rule of refcount_t was broken: lib/refcount.c and enum refcount_saturation_type of
 * include/linux/refcount.h.
 */
#include "analyzer/finding.h"

bool od_find_refcount(const struct od_find_row *row, struct od_finder *finder)
{
	const struct od_event *event = finder->event;

	if (od_str_find(event->message, od_str_from(row->words)) < 0)
		return false;
	od_finder_claim(finder, OD_CONFIDENCE_CERTAIN, "%.*s %s.",
			OD_FMT(od_finder_function(finder, event->responsible)), row->claim);
	od_finder_evidence(finder, "The kernel printed: \"%.*s\".", OD_FMT(od_str_trim(event->message)));
	if (event->has_ip && event->ip.function.len)
		od_finder_evidence(finder, "The check failed in %.*s.",
				   OD_FMT(od_finder_function(finder, &event->ip)));
	return true;
}
