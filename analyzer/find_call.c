// SPDX-License-Identifier: GPL-3.0-or-later
/* Calls through pointers that clang's control-flow integrity refused: kernel/cfi.c, report_cfi_failure(), 6.1 to 6.12. */
#include "analyzer/finding.h"

/* "do_op+0x0/0x10 [ops]": whether that is the start of a function; its name. */
static bool scan_target(struct od_str message, struct od_str *name, bool *start)
{
	uint64_t offset;
	ptrdiff_t at = od_str_find(message, OD_STR("(target: "));
	struct od_str rest = at >= 0 ? od_str_from_index(message, (size_t)at + sizeof("(target: ") - 1) : (struct od_str){NULL, 0};

	if (!od_scan_symbol(&rest, name) || !od_scan_literal(&rest, "+0x") || !od_scan_hex(&rest, &offset))
		return false;
	*start = !offset;
	return true;
}

bool od_find_wrong_type(const struct od_find_row *row, struct od_finder *finder)
{
	const struct od_event *event = finder->event;
	struct od_str name, expected = {0};
	bool start;

	if (!scan_target(event->message, &name, &start))
		return false;
	const struct od_str caller = od_finder_function(finder, event->responsible);
	if (start)
		od_finder_claim(finder, OD_CONFIDENCE_CERTAIN, "%.*s called %.*s() through a pointer for functions with other parameters or another "
				"result: the pointer was cast, or holds another function than was meant.", OD_FMT(caller), OD_FMT(name));
	else
		od_finder_claim(finder, OD_CONFIDENCE_CERTAIN, "%.*s called through a pointer that leads into %.*s(), not to the start of a function: "
				"it was overwritten, or never set.", OD_FMT(caller), OD_FMT(name));
	ptrdiff_t at = od_str_find(event->message, od_str_from(row->words));
	if (at >= 0)
		expected = od_str_from_index(event->message, (size_t)at + strlen(row->words));
	ptrdiff_t end = od_str_find_char(expected, ')');
	if (end > 0)
		od_finder_evidence(finder, "The call expects functions whose type has the hash %.*s.", OD_FMT(od_str_first(expected, (size_t)end)));
	else
		od_finder_evidence(finder, "The kernel checked the type of the function before it called it.");
	return true;
}
