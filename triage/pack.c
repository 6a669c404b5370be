// SPDX-License-Identifier: GPL-3.0-or-later
#include "triage/pack.h"

#include <stdlib.h>
#include <zstd.h>

enum { LEVEL = 1 }; /* 256 KB of log in 0.2 ms, to a fifth; higher levels take longer than decoding it */

struct od_packer {
	ZSTD_CCtx *context;
	struct od_buf out;
};

struct od_packer *od_packer_create(void)
{
	struct od_packer *packer = calloc(1, sizeof(*packer));

	if (packer && !(packer->context = ZSTD_createCCtx())) {
		free(packer);
		return NULL;
	}
	return packer;
}

void od_packer_destroy(struct od_packer *packer)
{
	if (!packer)
		return;
	ZSTD_freeCCtx(packer->context);
	od_buf_deinit(&packer->out);
	free(packer);
}

struct od_str od_pack(struct od_packer *packer, struct od_arena *arena, struct od_str bytes)
{
	size_t bound = ZSTD_compressBound(bytes.len);

	od_buf_clear(&packer->out);
	char *out = od_buf_reserve(&packer->out, bound);
	if (!out) {
		od_buf_deinit(&packer->out);
		return (struct od_str){0};
	}
	size_t size = ZSTD_compressCCtx(packer->context, out, bound, bytes.ptr, bytes.len, LEVEL);
	return ZSTD_isError(size) ? (struct od_str){0} : od_arena_copy(arena, (struct od_str){out, size});
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
