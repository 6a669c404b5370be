// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmcore/page.h"

#include <string.h>
#include <zlib.h>
#include <zstd.h>

enum { FLAG_ZLIB = 0x1, FLAG_LZO = 0x2, FLAG_SNAPPY = 0x4, FLAG_ZSTD = 0x20 };

bool od_page_unpack(unsigned flags, const unsigned char *packed, size_t packed_size, unsigned char *page,
		    size_t page_size)
{
	uLongf size = page_size;

	switch (flags & (FLAG_ZLIB | FLAG_LZO | FLAG_SNAPPY | FLAG_ZSTD)) {
	case 0:
		if (packed_size != page_size)
			return false;
		memcpy(page, packed, page_size);
		return true;
	case FLAG_ZLIB:
		return uncompress(page, &size, packed, packed_size) == Z_OK && size == page_size;
	case FLAG_ZSTD:
		return ZSTD_decompress(page, page_size, packed, packed_size) == page_size;
	default:
		return false;
	}
}

bool od_page_is_foreign(unsigned flags)
{
	return (flags & (FLAG_LZO | FLAG_SNAPPY)) != 0;
}
