// SPDX-License-Identifier: GPL-3.0-or-later
/* What the tests of unwinders share: memory of a piece of code and a stack, a symbol table, the frames that were found. */
#ifndef OD_TESTS_STACK_FIXTURE_H
#define OD_TESTS_STACK_FIXTURE_H

#include "tests/test.h"
#include "vmcore/kernel.h"

/* Pieces of memory, the last one without bytes. */
struct memory_part { uint64_t base; size_t size; const void *bytes; };

static inline size_t read_parts(const struct memory_part *parts, uint64_t address, void *buffer, size_t len)
{
	for (; parts->bytes; parts++)
		if (address >= parts->base && address - parts->base < parts->size) {
			size_t inside = (size_t)(address - parts->base);
			len = len < parts->size - inside ? len : parts->size - inside;
			memcpy(buffer, (const char *)parts->bytes + inside, len);
			return len;
		}
	return 0;
}

static inline size_t read_symbol_table(void *user, uint64_t address, void *buffer, size_t len)
{
	const struct memory_part *parts = user;

	return read_parts(parts, address, buffer, len);
}

static inline void put_ordered(unsigned char *at, uint64_t value, unsigned size, bool big_endian)
{
	for (unsigned i = 0; i < size; i++)
		at[i] = (unsigned char)(value >> 8 * (big_endian ? size - 1 - i : i));
}

/*
 * kallsyms in the layout of scripts/kallsyms.c, 6.0, one token for each name: functions of 0x100 bytes from `text` on. `tokens` are
 * their names, each behind its type's letter and with a NUL at its end; `size` is that of all.
 */
static inline struct od_kallsyms *make_kallsyms(const char *tokens, size_t size, uint64_t text, bool big_endian)
{
	enum { OFFSETS = 4, NAMES = 64, TOKENS = 96, INDEX = 256, BASE = INDEX + 512, TABLE_SIZE = BASE + 8 };
	const struct od_kallsyms_place place = {.offsets = OFFSETS, .names = NAMES, .tokens = TOKENS, .token_index = INDEX, .base = BASE};
	unsigned char table[TABLE_SIZE] = {0};
	const struct memory_part parts[] = {{0, sizeof(table), table}, {0, 0, NULL}};
	const struct od_memory memory = {.read = read_symbol_table, .user = (void *)parts, .word = 8, .big_endian = big_endian};
	struct od_kallsyms *symbols;
	unsigned count = 0;

	assert_true(size <= INDEX - TOKENS);
	memcpy(table + TOKENS, tokens, size);
	for (size_t at = 0; at < size; at += strlen(tokens + at) + 1, count++) {
		put_ordered(table + OFFSETS + 4 * count, count * 0x100, 4, big_endian);
		table[NAMES + 2 * count] = 1;
		table[NAMES + 2 * count + 1] = (unsigned char)count;
		put_ordered(table + INDEX + 2 * count, at, 2, big_endian);
	}
	put_ordered(table, count, 4, big_endian);
	put_ordered(table + BASE, text, 8, big_endian);
	assert_int_equal(od_kallsyms_read(NULL, &memory, &place, &symbols), OD_OK);
	return symbols;
}

/* The functions of the frames, a blank behind each; of a frame without one its address. */
static inline void name_frames(const struct od_trace *trace, char *got, size_t size)
{
	got[0] = '\0';
	for (size_t f = 0; f < trace->frames.count; f++) {
		const struct od_frame *frame = &trace->frames.items[f];
		struct od_str text = frame->function.len ? frame->function : frame->raw;
		snprintf(got + strlen(got), size - strlen(got), "%.*s ", OD_FMT(text));
	}
}

#endif
