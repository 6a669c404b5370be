// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/memory.h"

bool od_memory_read(const struct od_memory *memory, uint64_t address, void *buffer, size_t len)
{
	return memory->read(memory->user, address, buffer, len) == len;
}

uint64_t od_memory_decode(const struct od_memory *memory, const void *bytes, unsigned size)
{
	const unsigned char *in = bytes;
	uint64_t value = 0;

	for (unsigned i = 0; i < size; i++)
		value = value << 8 | in[memory->big_endian ? i : size - 1 - i];
	return value;
}

bool od_memory_uint(const struct od_memory *memory, uint64_t address, unsigned size, uint64_t *ret)
{
	unsigned char bytes[8];

	if (!size || size > sizeof(bytes) || !od_memory_read(memory, address, bytes, size))
		return false;
	*ret = od_memory_decode(memory, bytes, size);
	return true;
}

bool od_memory_word(const struct od_memory *memory, uint64_t address, uint64_t *ret)
{
	return od_memory_uint(memory, address, memory->word, ret);
}

struct od_str od_memory_string(const struct od_memory *memory, uint64_t address, char *buffer, size_t size)
{
	if (!size)
		return (struct od_str){NULL, 0};
	size_t len = memory->read(memory->user, address, buffer, size - 1);
	buffer[len] = '\0';
	return (struct od_str){buffer, strlen(buffer)};
}
