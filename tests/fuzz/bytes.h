// SPDX-License-Identifier: GPL-3.0-or-later
/* A fuzz target's input, taken apart from the front; behind its end there are zeros. */
#ifndef OD_TESTS_FUZZ_BYTES_H
#define OD_TESTS_FUZZ_BYTES_H

#include <string.h>

#include "tests/fuzz/fuzz.h"

struct fuzz_bytes {
	const uint8_t *data;
	size_t size;
};

/* A little-endian number of `count` bytes. */
static inline uint64_t fuzz_uint(struct fuzz_bytes *bytes, unsigned count)
{
	uint64_t value = 0;

	for (unsigned i = 0; i < count && bytes->size; i++, bytes->data++, bytes->size--)
		value |= (uint64_t)*bytes->data << 8 * i;
	return value;
}

static inline struct fuzz_bytes fuzz_slice(struct fuzz_bytes *bytes, size_t size)
{
	struct fuzz_bytes slice = {bytes->data, size < bytes->size ? size : bytes->size};

	if (slice.size)
		bytes->data += slice.size;
	bytes->size -= slice.size;
	return slice;
}

/* What stands before the next NUL, which is removed too. */
static inline struct od_str fuzz_string(struct fuzz_bytes *bytes)
{
	const uint8_t *end = bytes->size ? memchr(bytes->data, 0, bytes->size) : NULL;
	struct fuzz_bytes slice = fuzz_slice(bytes, end ? (size_t)(end - bytes->data) : bytes->size);

	fuzz_uint(bytes, 1);
	return fuzz_text(slice.data, slice.size);
}

#endif
