// SPDX-License-Identifier: GPL-3.0-or-later
/* Pages that could not be had (mm/page_alloc.c, warn_alloc(), 6.12), objects that nothing points to (mm/kmemleak.c). */
#include <inttypes.h>

#include "analyzer/finding.h"

/* Above PAGE_ALLOC_COSTLY_ORDER (include/linux/mmzone.h) the kernel gives up early. */
enum { COSTLY_ORDER = 3, MOST_ORDER = 20 };

/* "GFP_ATOMIC|__GFP_COMP": the flags of the allocation. */
static struct od_str flags_of(struct od_str header)
{
	struct od_str flags = {0};
	ptrdiff_t mode = od_str_find(header, OD_STR("mode:0x"));
	struct od_str rest = mode >= 0 ? od_str_from_index(header, (size_t)mode) : (struct od_str){NULL, 0};

	if (od_scan_until_text(&rest, OD_STR("("), &flags) && od_scan_char(&rest, '(') && od_scan_until_text(&rest, OD_STR(")"), &flags))
		return flags;
	return (struct od_str){NULL, 0};
}

/* What the flags forbid; NULL: nothing. */
static const char *restriction(struct od_str flags)
{
	static const struct {
		struct od_str flag;
		const char *words;
	} rows[] = {
		{OD_STR("GFP_ATOMIC"), "GFP_ATOMIC may not wait until memory is freed"},
		{OD_STR("GFP_NOWAIT"), "GFP_NOWAIT may not wait until memory is freed"},
		{OD_STR("GFP_NOIO"), "GFP_NOIO may not start input or output to free memory"},
		{OD_STR("GFP_NOFS"), "GFP_NOFS may not use file systems to free memory"},
		{OD_STR("__GFP_NORETRY"), "__GFP_NORETRY gives up where memory is tight"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (od_str_starts(flags, rows[i].flag) || (flags.len && od_str_find(flags, rows[i].flag) > 0))
			return rows[i].words;
	return NULL;
}

bool od_find_no_pages(const struct od_find_row *row, struct od_finder *finder)
{
	const struct od_event *event = finder->event;
	const struct od_str flags = flags_of(event->header);
	const char *words = restriction(flags);
	uint64_t order;

	if (!od_finder_number(event->header, row->words, &order) || order > MOST_ORDER)
		return false;
	if (order > COSTLY_ORDER)
		od_finder_claim(finder, OD_CONFIDENCE_LIKELY, "%.*s asked for %" PRIu64 " pages in one piece, and free memory lies in smaller "
				"pieces: above 8 pages the kernel soon gives up.", OD_FMT(od_finder_function(finder, event->responsible)),
				(uint64_t)1 << order);
	else if (words)
		od_finder_claim(finder, OD_CONFIDENCE_LIKELY, "%.*s asked for %" PRIu64 " page%s at a moment without free ones, and %s.",
				OD_FMT(od_finder_function(finder, event->responsible)), (uint64_t)1 << order, order ? "s" : "", words);
	else
		return false;
	od_finder_evidence(finder, "The allocation was of order %" PRIu64 "%s%.*s.", order, flags.len ? ", with " : "", OD_FMT(flags));
	if (order > COSTLY_ORDER && words)
		od_finder_evidence(finder, "%s.", words);
	return true;
}

bool od_find_leak(const struct od_find_row *row, struct od_finder *finder)
{
	const struct od_event *event = finder->event;

	(void)row;
	if (!event->responsible || !event->object.size.known)
		return false;
	od_finder_claim(finder, OD_CONFIDENCE_LIKELY, "%.*s allocated %" PRIu64 " bytes, and no memory that kmemleak searches holds a pointer to "
			"them any more: they were forgotten, not freed.", OD_FMT(od_finder_function(finder, event->responsible)),
			event->object.size.value);
	od_finder_evidence(finder, "The object at 0x%" PRIx64 " was allocated in %.*s.", event->object.address.value,
			   OD_FMT(od_finder_place(finder, event->responsible)));
	return true;
}
