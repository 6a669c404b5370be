// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmcore/notes.h"

#include "vmcore/container.h"

enum { HEADER_SIZE = 12 };

static size_t padded(size_t size)
{
	return (size + 3) & ~(size_t)3;
}

bool od_note_next(struct od_str *notes, bool big_endian, struct od_note *ret)
{
	struct od_str rest = *notes;

	if (rest.len < HEADER_SIZE)
		return false;
	const unsigned char *header = (const unsigned char *)rest.ptr;
	size_t name_size = (size_t)od_uint(header, 4, big_endian), size = (size_t)od_uint(header + 4, 4, big_endian);
	rest = od_str_from_index(rest, HEADER_SIZE);
	if (name_size > rest.len || padded(name_size) > rest.len || size > rest.len - padded(name_size))
		return false;
	struct od_note note = {
		.name = {rest.ptr, name_size ? strnlen(rest.ptr, name_size) : 0},
		.type = (uint32_t)od_uint(header + 8, 4, big_endian),
	};
	rest = od_str_from_index(rest, padded(name_size));
	note.content = od_str_first(rest, size);
	*notes = od_str_from_index(rest, padded(size));
	*ret = note;
	return name_size || size;
}
