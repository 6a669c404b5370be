// SPDX-License-Identifier: GPL-3.0-or-later
#include "symbolize/pack.h"

void od_pack_number(struct od_buf *out, uint64_t value)
{
	char bytes[10];
	size_t count = 0;

	do {
		bytes[count++] = (char)((value & 0x7f) | (value > 0x7f ? 0x80 : 0));
		value >>= 7;
	} while (value);
	od_buf_put(out, (struct od_str){bytes, count});
}

void od_pack_signed(struct od_buf *out, int64_t value)
{
	od_pack_number(out, (uint64_t)value << 1 ^ (value < 0 ? UINT64_MAX : 0));
}

void od_pack_text(struct od_buf *out, struct od_str text)
{
	od_pack_number(out, text.len);
	od_buf_put(out, text);
}

uint64_t od_unpack_number(struct od_str *from)
{
	uint64_t value = 0;

	for (unsigned shift = 0; from->len && shift < 64; shift += 7) {
		unsigned char byte = (unsigned char)from->ptr[0];
		*from = od_str_from_index(*from, 1);
		value |= (uint64_t)(byte & 0x7f) << shift;
		if (!(byte & 0x80))
			return value;
	}
	*from = (struct od_str){NULL, 0};
	return 0;
}

int64_t od_unpack_signed(struct od_str *from)
{
	uint64_t value = od_unpack_number(from);

	return (int64_t)(value >> 1 ^ (value & 1 ? UINT64_MAX : 0));
}

struct od_str od_unpack_text(struct od_str *from)
{
	uint64_t len = od_unpack_number(from);

	if (len > from->len) {
		*from = (struct od_str){NULL, 0};
		return *from;
	}
	struct od_str text = od_str_first(*from, len);
	*from = od_str_from_index(*from, len);
	return text;
}
