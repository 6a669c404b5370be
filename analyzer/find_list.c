// SPDX-License-Identifier: GPL-3.0-or-later
/* Lists whose links contradict each other: the messages of lib/list_debug.c, 4.10 to 6.12. */
#include <inttypes.h>

#include "analyzer/finding.h"
#include "analyzer/poison.h"

static void say_message(struct od_finder *finder)
{
	od_finder_evidence(finder, "The kernel printed: \"%.*s\".",
			   OD_FMT(od_str_trim(finder->event->message)));
}

/* "list_del corruption, ffff…->next is LIST_POISON1 (dead…)" */
bool od_find_list_poison(const struct od_find_row *row, struct od_finder *finder)
{
	const struct od_str message = finder->event->message;
	struct od_str which =
		od_str_find(message, OD_STR("->prev is ")) >= 0 ? OD_STR("prev") : OD_STR("next");
	uint64_t entry;

	if (od_str_find(message, od_str_from(row->words)) < 0)
		return false;
	if (!od_finder_hex(message, "corruption, ", &entry))
		return false;
	od_finder_claim(finder, OD_CONFIDENCE_CERTAIN,
			"%.*s removed the list entry at 0x%" PRIx64 " a second time: its %.*s pointer holds "
								    "the mark that "
			"list_del() leaves in an entry.",
			OD_FMT(od_finder_function(finder, finder->event->responsible)), entry, OD_FMT(which));
	say_message(finder);
	return true;
}

/* "list_add double add: new=…, prev=…, next=…." */
bool od_find_list_twice(const struct od_find_row *row, struct od_finder *finder)
{
	const struct od_str message = finder->event->message;
	uint64_t added, prev, next;

	if (!od_finder_hex(message, row->words, &added) || !od_finder_hex(message, "prev=", &prev) ||
	    !od_finder_hex(message, "next=", &next))
		return false;
	od_finder_claim(finder, OD_CONFIDENCE_CERTAIN,
			"%.*s added the entry at 0x%" PRIx64 " to a list on which it is already: it would "
							     "become its own %s.",
			OD_FMT(od_finder_function(finder, finder->event->responsible)), added,
			added == prev	? "predecessor"
			: added == next ? "successor"
					: "neighbour");
	say_message(finder);
	return true;
}

/* What a link that is wrong points to, as far as its value tells. */
static void put_value(struct od_buf *out, uint64_t value, uint64_t neighbour)
{
	struct od_poison poison;

	if (value == 0)
		od_buf_put_string(out, "NULL: the neighbour was zeroed, or never was on a list");
	else if (od_poison_find(value, &poison))
		od_buf_printf(out, "%s (0x%" PRIx64 "), which marks %s", poison.name, value, poison.meaning);
	else if (neighbour && value == neighbour)
		od_buf_put_string(out, "the neighbour itself, as in an entry that was removed with "
				       "list_del_init(), or in a "
				       "list's head that was initialised again");
	else
		od_buf_printf(out, "0x%" PRIx64, value);
}

/* "prev->next should be X, but was Y. (prev=Z)", "next->prev should be prev (X), but was Y. (next=Z)." */
bool od_find_list_link(const struct od_find_row *row, struct od_finder *finder)
{
	const struct od_str message = finder->event->message;
	const bool forward = od_str_find(message, OD_STR("prev->next")) >= 0,
		   adding = od_str_starts(message, OD_STR("list_add"));
	uint64_t wanted = 0, found, neighbour = 0;
	struct od_buf value = {0};

	if (od_str_find(message, od_str_from(row->words)) < 0 || !od_finder_hex(message, "but was ", &found))
		return false;
	if (!od_finder_hex(message, "should be prev (", &wanted) &&
	    !od_finder_hex(message, "should be next (", &wanted) &&
	    !od_finder_hex(message, "should be ", &wanted))
		return false;
	(void)(od_finder_hex(message, forward ? "(prev=" : "(next=", &neighbour));
	put_value(&value, found, neighbour);
	od_finder_claim(finder, OD_CONFIDENCE_CERTAIN,
			"%.*s was to %s 0x%" PRIx64 ", but the %s of its %s is %.*s.",
			OD_FMT(od_finder_function(finder, finder->event->responsible)),
			adding ? "insert an entry beside" : "remove the entry at", wanted,
			forward ? "next pointer" : "prev pointer", forward ? "predecessor" : "successor",
			OD_FMT(od_buf_str(&value)));
	od_buf_deinit(&value);
	say_message(finder);
	return true;
}

/* "list_add corruption. prev is NULL.", "list_del corruption, ffff…->next is NULL" (from 5.18) */
bool od_find_list_null(const struct od_find_row *row, struct od_finder *finder)
{
	const struct od_str message = finder->event->message;
	const bool adding = od_str_starts(message, OD_STR("list_add"));

	if (od_str_find(message, od_str_from(row->words)) < 0)
		return false;
	od_finder_claim(finder, OD_CONFIDENCE_CERTAIN,
			"%.*s %s: a pointer of it is NULL, as in memory that was zeroed and that "
			"INIT_LIST_HEAD() or list_add() never saw.",
			OD_FMT(od_finder_function(finder, finder->event->responsible)),
			adding ? "added to a list that was never initialised"
			       : "removed an entry that never was on a list");
	say_message(finder);
	return true;
}
