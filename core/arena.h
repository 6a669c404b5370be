// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * An arena: many small allocations, one owner, freed at once.
 *
 * Every event owns one (see model.h). An arena has a limit, so that no input can
 * make an event grow without bound. One thread at a time.
 */
#ifndef OD_CORE_ARENA_H
#define OD_CORE_ARENA_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "core/str.h"

struct od_arena;

/* Creates an arena that hands out at most `limit` bytes (0: no limit). NULL: out of memory. */
struct od_arena *od_arena_create(size_t limit);

/* Frees the arena and all that it handed out. NULL is fine. */
void od_arena_destroy(struct od_arena *arena);

/* Forgets all allocations but keeps the first block for reuse. */
void od_arena_reset(struct od_arena *arena);

/*
 * `size` zeroed bytes, aligned for any object, valid until reset or destroy.
 * NULL when memory or the limit is exhausted; od_arena_exhausted() is true from then on.
 */
void *od_arena_alloc(struct od_arena *arena, size_t size);

/* True once an allocation failed. */
bool od_arena_exhausted(const struct od_arena *arena);

/* A copy of the slice, NUL-terminated behind its end. The empty slice when memory is exhausted. */
struct od_str od_arena_copy(struct od_arena *arena, struct od_str text);

/* A formatted, NUL-terminated string. The empty slice when memory is exhausted. */
__attribute__((format(printf, 2, 3)))
struct od_str od_arena_printf(struct od_arena *arena, const char *format, ...);

/* The same with the arguments of a function that has them so; `args` is used up. */
__attribute__((format(printf, 2, 0)))
struct od_str od_arena_vprintf(struct od_arena *arena, const char *format, va_list args);

/*
 * A list that grows inside an arena:
 *
 *	OD_LIST(struct od_frame) trace = {0};
 *	struct od_frame *frame = od_list_push(arena, &trace);	// zeroed; NULL: exhausted
 *
 * Pointers into the list move when it grows: index it, or take pointers when it is complete.
 */
#define OD_LIST(type) struct { type *items; size_t count, capacity; }

#define od_list_push(arena, list)                                                                  \
	((__typeof__((list)->items))od_list_grow((arena), (void **)&(list)->items, &(list)->count, \
						 &(list)->capacity, sizeof(*(list)->items)))

/* Makes room for `more` items, if there is memory: a list that grows leaves its old places behind. */
#define od_list_reserve(arena, list, more)                                                         \
	od_list_make_room((arena), (void **)&(list)->items, (list)->count, &(list)->capacity, (more), \
			  sizeof(*(list)->items))
void od_list_make_room(struct od_arena *arena, void **items, size_t count, size_t *capacity, size_t more, size_t size);

/* For od_list_push() only. */
void *od_list_grow(struct od_arena *arena, void **items, size_t *count, size_t *capacity, size_t size);

#endif
