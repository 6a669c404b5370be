// SPDX-License-Identifier: GPL-3.0-or-later
/* Records of pstore that the kernel left compressed (*.enc.z): fs/pstore/platform.c, 4.4 to 6.12. */
#include <zlib.h>

#include "io/input.h"

/* True when the stream came to its end; what was read of it is in `out` in any case. */
static bool inflate_as(int window_bits, struct od_str *in, size_t limit, struct od_buf *out)
{
	unsigned char block[16384];
	z_stream z = {.next_in = (unsigned char *)(uintptr_t)in->ptr, .avail_in = (uInt)in->len};
	int result = Z_OK;

	if (inflateInit2(&z, window_bits) != Z_OK)
		return false;
	while (result == Z_OK && out->len < limit) {
		z.next_out = block;
		z.avail_out = sizeof(block);
		result = inflate(&z, Z_NO_FLUSH);
		od_buf_put(out, (struct od_str){(const char *)block, sizeof(block) - z.avail_out});
		if (result == Z_BUF_ERROR || (result == Z_OK && !z.avail_in && z.avail_out))
			break;
	}
	*in = od_str_from_index(*in, in->len - z.avail_in);
	inflateEnd(&z);
	return result == Z_STREAM_END;
}

/* Any bytes can be taken for raw deflate; a record begins with "Oops#1 Part1" or another reason. */
static bool begins_like_a_record(struct od_str text)
{
	struct od_str line;
	return od_scan_until(&text, '\n', &line) && line.len < 40 && od_str_find_char(line, '#') > 0 &&
	       od_str_find(line, OD_STR(" Part")) > 0;
}

bool od_inflate_pstore(struct od_str bytes, size_t limit, struct od_buf *ret)
{
	static const int windows[] = {-MAX_WBITS, MAX_WBITS};

	for (size_t i = 0; i < sizeof(windows) / sizeof(windows[0]); i++) {
		struct od_str rest = bytes;
		od_buf_clear(ret);
		bool ended = inflate_as(windows[i], &rest, limit, ret);
		if (!begins_like_a_record(od_buf_str(ret)))
			continue;
		if (ended)
			od_buf_put(ret, rest); /* the note about ECC */
		return !ret->failed;
	}
	od_buf_clear(ret);
	return false;
}
