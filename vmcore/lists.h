// SPDX-License-Identifier: GPL-3.0-or-later
/* The kernel's doubly linked lists (struct list_head), which in a crash may be damaged. One thread at a time. */
#ifndef OD_VMCORE_LISTS_H
#define OD_VMCORE_LISTS_H

#include "core/memory.h"

enum od_list_end {
	OD_LIST_GOES_ON,
	OD_LIST_COMPLETE,	/* it came back to its head */
	OD_LIST_HOLE,		/* the next pointer is not in the dump */
	OD_LIST_LOOP,		/* it came back to another element */
	OD_LIST_LONG,		/* it has more elements than any */
};

struct od_list_walk {
	const struct od_memory *memory;
	uint64_t head;
	unsigned limit;
	/* od_list_next()'s */
	uint64_t at;		/* the list_head of the element */
	unsigned count;		/* of elements so far */
	enum od_list_end end;
	uint64_t mark;		/* Brent's: an element to come back to, and how many steps it stays */
	unsigned steps, power;
};

/* Set `memory`, `head` and `limit`, the rest to 0. True: walk->at is the next element; false: walk->end says why not. */
bool od_list_next(struct od_list_walk *walk);

/* "ends at a hole", "leads back into itself", "is endless"; NULL: it is complete. */
const char *od_list_trouble(const struct od_list_walk *walk);

#endif
