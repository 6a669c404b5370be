// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmcore/container.h"

#include <stdlib.h>

void od_container_close(struct od_container *container)
{
	if (!container)
		return;
	od_arena_destroy(container->arena);
	container->ops->destroy(container);
}

uint64_t od_uint(const unsigned char *bytes, unsigned size, bool big_endian)
{
	uint64_t value = 0;

	for (unsigned i = 0; i < size; i++)
		value = value << 8 | bytes[big_endian ? i : size - 1 - i];
	return value;
}

uint64_t od_le(const unsigned char *bytes, unsigned size)
{
	return od_uint(bytes, size, false);
}

uint64_t od_container_uint(const struct od_container *container, const unsigned char *bytes, unsigned size)
{
	return od_uint(bytes, size, container->big_endian);
}

struct od_str od_container_bytes(struct od_container *container, struct od_dumpfile *file, uint64_t position,
				 uint64_t size, uint64_t limit)
{
	if (size > limit)
		size = limit;
	char *bytes = size ? od_arena_alloc(container->arena, (size_t)size) : NULL;
	if (!bytes)
		return (struct od_str){NULL, 0};
	return (struct od_str){bytes, od_dumpfile_read(file, position, bytes, (size_t)size)};
}
