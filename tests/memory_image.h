// SPDX-License-Identifier: GPL-3.0-or-later
/* Memory for tests: one piece of bytes at an address; everything else is a hole. */
#ifndef OD_TESTS_MEMORY_IMAGE_H
#define OD_TESTS_MEMORY_IMAGE_H

#include "core/memory.h"
#include "tests/test.h"

enum { IMAGE_SIZE = 1 << 16 };

static const uint64_t IMAGE_BASE = 0xffffffff81000000;

struct image {
	unsigned char bytes[IMAGE_SIZE];
	size_t end;	/* bytes behind are a hole */
};

static inline size_t image_read(void *user, uint64_t address, void *buffer, size_t len)
{
	const struct image *image = user;
	uint64_t at = address - IMAGE_BASE;

	if (at >= image->end)
		return 0;
	if (len > image->end - at)
		len = image->end - (size_t)at;
	memcpy(buffer, image->bytes + at, len);
	return len;
}

static inline struct od_memory image_memory(struct image *image)
{
	return (struct od_memory){.read = image_read, .user = image, .word = 8};
}

static inline void image_put(struct image *image, size_t at, uint64_t value, unsigned size)
{
	for (unsigned i = 0; i < size; i++)
		image->bytes[at + i] = (unsigned char)(value >> 8 * i);
}

#endif
