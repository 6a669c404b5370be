// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * The memory of the machine that crashed, as bytes at addresses: what a dump offers to everyone else.
 *
 * A hole (a page that was left out of the dump, or an address that nothing is mapped at) is no error: a
 * read ends before it. Nothing is ever filled in. One thread at a time.
 */
#ifndef OD_CORE_MEMORY_H
#define OD_CORE_MEMORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/str.h"

struct od_memory {
	/* Copies up to `len` bytes at the kernel virtual address; returns how many there are before the first hole. */
	size_t (*read)(void *user, uint64_t address, void *buffer, size_t len);
	void *user;
	bool big_endian;
	unsigned word;	/* bytes of a pointer: 4 or 8 */
};

/* All `len` bytes, or false; the buffer's contents are undefined then. */
bool od_memory_read(const struct od_memory *memory, uint64_t address, void *buffer, size_t len);

/* An unsigned integer of 1, 2, 4 or 8 bytes in the byte order of the dump. *ret is written on success only. */
bool od_memory_uint(const struct od_memory *memory, uint64_t address, unsigned size, uint64_t *ret);

/* A pointer or an unsigned long. */
bool od_memory_word(const struct od_memory *memory, uint64_t address, uint64_t *ret);

/*
 * A NUL-terminated string of at most size - 1 bytes into `buffer`, which is terminated always. Returns its
 * slice; empty when nothing could be read. Text without a NUL is cut.
 */
struct od_str od_memory_string(const struct od_memory *memory, uint64_t address, char *buffer, size_t size);

/* The same integer from bytes in hand. */
uint64_t od_memory_decode(const struct od_memory *memory, const void *bytes, unsigned size);

#endif
