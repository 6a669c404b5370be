// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmcore/lists.h"

/* Brent's way to notice a loop: a mark that moves on at distances that double. */
static bool is_loop(struct od_list_walk *walk)
{
	if (walk->count && walk->at == walk->mark)
		return true;
	if (walk->steps++ == walk->power) {
		walk->mark = walk->at;
		walk->power = walk->power ? 2 * walk->power : 1;
		walk->steps = 0;
	}
	return false;
}

bool od_list_next(struct od_list_walk *walk)
{
	uint64_t at = walk->count ? walk->at : walk->head;

	if (walk->end != OD_LIST_GOES_ON)
		return false;
	if (!od_memory_word(walk->memory, at, &walk->at))
		walk->end = OD_LIST_HOLE;
	else if (walk->at == walk->head)
		walk->end = OD_LIST_COMPLETE;
	else if (is_loop(walk))
		walk->end = OD_LIST_LOOP;
	else if (walk->count == walk->limit)
		walk->end = OD_LIST_LONG;
	else
		walk->count++;
	return walk->end == OD_LIST_GOES_ON;
}

const char *od_list_trouble(const struct od_list_walk *walk)
{
	static const char *const texts[] = {
		[OD_LIST_HOLE] = "ends at a hole", [OD_LIST_LOOP] = "leads back into itself", [OD_LIST_LONG] = "is endless",
	};
	return walk->end == OD_LIST_GOES_ON || walk->end == OD_LIST_COMPLETE ? NULL : texts[walk->end];
}
