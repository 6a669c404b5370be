// SPDX-License-Identifier: GPL-3.0-or-later
/* Strings kept once each, with small numbers. One thread at a time. */
#ifndef OD_TRIAGE_INTERN_H
#define OD_TRIAGE_INTERN_H

#include "core/arena.h"

struct od_interned {
	struct od_arena *arena;	/* borrowed */
	struct od_str *strings;	/* by number */
	size_t count, capacity;
	uint32_t *slots;	/* number + 1; 0: free */
	size_t slot_count;
};

/* The number of the string, from 0 in the order in which they first came; UINT32_MAX: out of memory. */
uint32_t od_intern(struct od_interned *table, struct od_str text);

/* Frees the table; the strings live in the arena. */
void od_intern_deinit(struct od_interned *table);

#endif
