// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>

enum { BLOCK_SIZE = 16 * 1024 };

struct block {
	struct block *next;
	size_t size, used;
	size_t dirty; /* bytes from the start that were handed out before a reset; the others are zero */
	alignas(max_align_t) char data[];
};

struct od_arena {
	struct block *blocks; /* the newest first; the oldest is kept by reset */
	size_t limit, total;
	bool exhausted;
};

static struct block *block_create(struct block *next, size_t size)
{
	/* Large blocks come as pages that the kernel zeroes when they are touched, and most never are. */
	bool large = size > BLOCK_SIZE;
	struct block *block = large ? calloc(1, sizeof(*block) + size) : malloc(sizeof(*block) + size);
	if (!block)
		return NULL;
	block->next = next;
	block->size = size;
	block->used = 0;
	block->dirty = large ? 0 : size; /* zeroed as it is handed out */
	return block;
}

struct od_arena *od_arena_create(size_t limit)
{
	struct od_arena *arena = malloc(sizeof(*arena));
	if (!arena)
		return NULL;
	*arena = (struct od_arena){.limit = limit};
	return arena;
}

void od_arena_destroy(struct od_arena *arena)
{
	if (!arena)
		return;
	while (arena->blocks) {
		struct block *next = arena->blocks->next;
		free(arena->blocks);
		arena->blocks = next;
	}
	free(arena);
}

void od_arena_reset(struct od_arena *arena)
{
	while (arena->blocks && arena->blocks->next) {
		struct block *next = arena->blocks->next;
		free(arena->blocks);
		arena->blocks = next;
	}
	if (arena->blocks) {
		if (arena->blocks->dirty < arena->blocks->used)
			arena->blocks->dirty = arena->blocks->used;
		arena->blocks->used = 0;
	}
	arena->total = 0;
	arena->exhausted = false;
}

static bool add_block(struct od_arena *arena, size_t size)
{
	struct block *block = block_create(arena->blocks, size > BLOCK_SIZE ? size : BLOCK_SIZE);
	if (!block)
		return false;
	arena->blocks = block;
	return true;
}

/* As od_arena_alloc(), of what the caller will write as a whole: nothing is zeroed. */
static void *alloc_raw(struct od_arena *arena, size_t size)
{
	const size_t align = alignof(max_align_t);
	bool fits = size <= SIZE_MAX / 2 && (!arena->limit || size <= arena->limit - arena->total);
	size_t rounded = (size + align - 1) & ~(align - 1);

	if (arena->limit && arena->total >= arena->limit)
		fits = false;
	if (fits && (!arena->blocks || rounded > arena->blocks->size - arena->blocks->used))
		fits = add_block(arena, rounded);
	if (!fits) {
		arena->exhausted = true;
		return NULL;
	}
	struct block *block = arena->blocks;
	void *memory = block->data + block->used;
	block->used += rounded;
	arena->total += rounded;
	return memory;
}

void *od_arena_alloc(struct od_arena *arena, size_t size)
{
	char *memory = alloc_raw(arena, size);
	if (!memory)
		return NULL;
	const size_t at = (size_t)(memory - arena->blocks->data);
	if (at < arena->blocks->dirty)
		memset(memory, 0, size < arena->blocks->dirty - at ? size : arena->blocks->dirty - at);
	return memory;
}

bool od_arena_exhausted(const struct od_arena *arena)
{
	return arena->exhausted;
}

struct od_str od_arena_copy(struct od_arena *arena, struct od_str text)
{
	char *copy = alloc_raw(arena, text.len + 1);
	if (!copy)
		return (struct od_str){"", 0};
	if (text.len)
		memcpy(copy, text.ptr, text.len);
	copy[text.len] = '\0';
	return (struct od_str){copy, text.len};
}

struct od_str od_arena_vprintf(struct od_arena *arena, const char *format, va_list args)
{
	va_list again;

	va_copy(again, args);
	int len = vsnprintf(NULL, 0, format, again);
	va_end(again);
	char *text = len < 0 ? NULL : od_arena_alloc(arena, (size_t)len + 1);
	if (!text)
		return (struct od_str){"", 0};
	vsnprintf(text, (size_t)len + 1, format, args);
	return (struct od_str){text, (size_t)len};
}

struct od_str od_arena_printf(struct od_arena *arena, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	struct od_str text = od_arena_vprintf(arena, format, args);
	va_end(args);
	return text;
}

static bool set_capacity(struct od_arena *arena, void **items, size_t count, size_t *capacity, size_t wanted, size_t size)
{
	void *grown = wanted <= SIZE_MAX / size ? od_arena_alloc(arena, wanted * size) : NULL;

	if (!grown)
		return false;
	if (count)
		memcpy(grown, *items, count * size);
	*items = grown;
	*capacity = wanted;
	return true;
}

void od_list_make_room(struct od_arena *arena, void **items, size_t count, size_t *capacity, size_t more, size_t size)
{
	if (more > *capacity - count)
		set_capacity(arena, items, count, capacity, count + more, size);
}

void *od_list_grow(struct od_arena *arena, void **items, size_t *count, size_t *capacity, size_t size)
{
	if (*count == *capacity && !set_capacity(arena, items, *count, capacity, *capacity ? *capacity * 2 : 8, size))
		return NULL;
	return (char *)*items + (*count)++ * size;
}
