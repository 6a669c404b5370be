// SPDX-License-Identifier: GPL-3.0-or-later
/* The types of a kernel without BTF, as debug info lays them out, put into BTF's form: all else reads that. */
#include <stdlib.h>

#include "core/buf.h"
#include "vmcore/btf.h"

enum { MAGIC_AND_VERSION = 0x0001eb9f, HEADER = 24, MEMBERS_LIMIT = 0xffff, BIT_OFFSET_LIMIT = 1 << 24, BITS_LIMIT = 64 };

/* Of the flags in struct btf_type's info, and of an integer's encoding: include/uapi/linux/btf.h */
enum { HAS_BITS = 1u << 31, INT_SIGNED = 1 << 24, INT_CHAR = 2 << 24, INT_BOOL = 4 << 24 };

static const unsigned char kinds[] = {
	[OD_LAYOUT_DECLARED] = 7, [OD_LAYOUT_INT] = 1, [OD_LAYOUT_POINTER] = 2, [OD_LAYOUT_ARRAY] = 3, [OD_LAYOUT_STRUCT] = 4,
	[OD_LAYOUT_UNION] = 5, [OD_LAYOUT_ENUM] = 6, [OD_LAYOUT_TYPEDEF] = 8, [OD_LAYOUT_FUNCTION] = 13,
};

struct making {
	struct od_buf types, strings;
};

static void put(struct od_buf *buf, uint32_t value)
{
	const char bytes[] = {(char)value, (char)(value >> 8), (char)(value >> 16), (char)(value >> 24)};

	od_buf_put(buf, (struct od_str){bytes, sizeof(bytes)});
}

static uint32_t put_name(struct making *making, struct od_str name)
{
	uint32_t at = (uint32_t)making->strings.len;

	if (!name.len)
		return 0;
	od_buf_put(&making->strings, name);
	od_buf_put(&making->strings, (struct od_str){"", 1});
	return at;
}

static bool has_bits(const struct od_layout *layout)
{
	for (size_t i = 0; i < layout->members.count; i++)
		if (layout->members.items[i].bits)
			return true;
	return false;
}

/* The third word of a type: a size, or another type. */
static uint32_t size_or_type(const struct od_layout *layout)
{
	switch (layout->kind) {
	case OD_LAYOUT_POINTER: case OD_LAYOUT_TYPEDEF: return layout->target;
	case OD_LAYOUT_ARRAY: case OD_LAYOUT_FUNCTION: case OD_LAYOUT_DECLARED: return 0;
	default: return layout->size < UINT32_MAX ? (uint32_t)layout->size : 0;
	}
}

static void put_int(struct making *making, const struct od_layout *layout)
{
	put(&making->types, (layout->is_signed ? INT_SIGNED : 0) | (layout->is_char ? INT_CHAR : 0) |
				    (layout->is_bool ? INT_BOOL : 0) | (uint32_t)(8 * (layout->size & 0x1f)));
}

/* What does not fit a struct with bit-fields (2 MB) gets no type, and so no size. */
static void put_members(struct making *making, const struct od_layout *layout, size_t count, bool bits)
{
	for (size_t i = 0; i < count; i++) {
		const struct od_layout_member *member = &layout->members.items[i];
		bool fits = !bits || (member->offset < BIT_OFFSET_LIMIT && member->bits <= BITS_LIMIT);
		put(&making->types, put_name(making, member->name));
		put(&making->types, fits ? member->type : 0);
		put(&making->types, !fits ? 0 : (uint32_t)member->offset | (bits ? member->bits << 24 : 0));
	}
}

static void put_type(struct making *making, const struct od_layout *layout)
{
	bool compound = layout->kind == OD_LAYOUT_STRUCT || layout->kind == OD_LAYOUT_UNION;
	bool bits = compound && has_bits(layout);
	size_t count = compound || layout->kind == OD_LAYOUT_ENUM ? layout->members.count : 0;

	count = count < MEMBERS_LIMIT ? count : MEMBERS_LIMIT;
	put(&making->types, put_name(making, layout->name));
	put(&making->types, (uint32_t)kinds[layout->kind] << 24 | (uint32_t)count | (bits ? HAS_BITS : 0));
	put(&making->types, size_or_type(layout));
	if (layout->kind == OD_LAYOUT_INT)
		put_int(making, layout);
	if (layout->kind == OD_LAYOUT_ARRAY) {
		put(&making->types, layout->target);
		put(&making->types, 0);
		put(&making->types, layout->count);
	}
	if (compound)
		put_members(making, layout, count, bits);
	for (size_t i = 0; i < count && layout->kind == OD_LAYOUT_ENUM; i++) {
		put(&making->types, put_name(making, layout->members.items[i].name));
		put(&making->types, (uint32_t)layout->members.items[i].offset);
	}
}

static unsigned char *join(const struct making *making, size_t *size)
{
	const uint32_t header[] = {MAGIC_AND_VERSION, HEADER, 0, (uint32_t)making->types.len, (uint32_t)making->types.len,
				   (uint32_t)making->strings.len};
	struct od_buf all = {0};

	for (size_t i = 0; i < sizeof(header) / sizeof(header[0]); i++)
		put(&all, header[i]);
	od_buf_put(&all, od_buf_str(&making->types));
	od_buf_put(&all, od_buf_str(&making->strings));
	*size = all.len;
	if (!all.failed && !making->types.failed && !making->strings.failed)
		return (unsigned char *)all.data;
	od_buf_deinit(&all);
	return NULL;
}

od_status od_btf_make(struct od_trail *trail, const struct od_layouts *layouts, struct od_btf **ret)
{
	struct making making = {0};
	size_t size;

	od_buf_put(&making.strings, (struct od_str){"", 1});
	for (size_t i = 0; i < layouts->types.count; i++)
		put_type(&making, &layouts->types.items[i]);
	unsigned char *bytes = join(&making, &size);
	od_buf_deinit(&making.types);
	od_buf_deinit(&making.strings);
	return bytes ? od_btf_create(trail, bytes, size, ret) : od_fail(trail, OD_ERR_NOMEM, "out of memory");
}
