// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * The memory of a crashed machine out of a fuzz target's input: pairs of places, of which the first becomes a pointer to
 * the second, then bytes at one address. Everything else is a hole.
 */
#ifndef OD_TESTS_FUZZ_MEMORY_H
#define OD_TESTS_FUZZ_MEMORY_H

#include "core/memory.h"
#include "tests/fuzz/bytes.h"

enum { FUZZ_MEMORY_SIZE = 1 << 16, FUZZ_POINTERS = 64, FUZZ_READS = 20000000 };

static const uint64_t FUZZ_MEMORY_BASE = 0xffffffff81000000;

struct fuzz_memory {
	unsigned char bytes[FUZZ_MEMORY_SIZE + 8];
	size_t end;
	uint64_t reads;
};

static inline size_t fuzz_memory_read(void *user, uint64_t address, void *buffer, size_t len)
{
	struct fuzz_memory *memory = user;
	uint64_t at = address - FUZZ_MEMORY_BASE;

	OD_LAW(memory->reads++ < FUZZ_READS); /* a bound that does not depend on what memory says */
	if (at >= memory->end)
		return 0;
	if (len > memory->end - at)
		len = memory->end - (size_t)at;
	memcpy(buffer, memory->bytes + at, len);
	return len;
}

/* Takes the rest of the input. */
static inline struct od_memory fuzz_memory_fill(struct fuzz_memory *memory, struct fuzz_bytes *bytes)
{
	struct { uint16_t at, to; } pointers[FUZZ_POINTERS];
	size_t count = fuzz_uint(bytes, 1) % (FUZZ_POINTERS + 1);

	for (size_t i = 0; i < count; i++) {
		pointers[i].at = (uint16_t)fuzz_uint(bytes, 2);
		pointers[i].to = (uint16_t)fuzz_uint(bytes, 2);
	}
	memset(memory, 0, sizeof(*memory));
	memory->end = bytes->size < FUZZ_MEMORY_SIZE ? bytes->size : FUZZ_MEMORY_SIZE;
	if (memory->end)
		memcpy(memory->bytes, bytes->data, memory->end);
	for (size_t i = 0; i < count; i++) {
		uint64_t pointer = FUZZ_MEMORY_BASE + pointers[i].to;
		memcpy(memory->bytes + pointers[i].at, &pointer, sizeof(pointer));
	}
	return (struct od_memory){.read = fuzz_memory_read, .user = memory, .word = 8};
}

#endif
