// SPDX-License-Identifier: GPL-3.0-or-later
#include "triage/pack.h"

#include <stdlib.h>
#include <zstd.h>

struct od_str od_pack(struct od_arena *arena, struct od_str bytes)
{
	size_t bound = ZSTD_compressBound(bytes.len);
	char *out = malloc(bound ? bound : 1);
	struct od_str packed = {0};

	if (!out)
		return packed;
	size_t size = ZSTD_compress(out, bound, bytes.ptr, bytes.len, 1);
	if (!ZSTD_isError(size))
		packed = od_arena_copy(arena, (struct od_str){out, size});
	free(out);
	return packed;
}

od_status od_unpack(struct od_trail *trail, struct od_str packed, size_t limit, struct od_buf *ret)
{
	unsigned long long size = ZSTD_getFrameContentSize(packed.ptr, packed.len);

	if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > limit)
		return od_fail(trail, OD_ERR_FORMAT, "the kept log is damaged");
	char *out = malloc(size + 1);
	if (!out)
		return od_fail(trail, OD_ERR_NOMEM, "out of memory");
	size_t got = ZSTD_decompress(out, size, packed.ptr, packed.len);
	bool good = !ZSTD_isError(got) && got == size;
	if (good)
		od_buf_put(ret, (struct od_str){out, size});
	free(out);
	return good ? OD_OK : od_fail(trail, OD_ERR_FORMAT, "the kept log is damaged");
}
