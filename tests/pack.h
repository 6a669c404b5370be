// SPDX-License-Identifier: GPL-3.0-or-later
/* Compressed inputs for tests, made with the libraries themselves. */
#ifndef OD_TESTS_PACK_H
#define OD_TESTS_PACK_H

#include <lzma.h>
#include <zlib.h>
#include <zstd.h>

#include "tests/test.h"

/* How each format is made; `ret` has room for `capacity` bytes. */
static inline size_t pack_gzip(const char *text, size_t size, char *ret, size_t capacity)
{
	z_stream z = {.next_in = (Bytef *)text, .avail_in = (uInt)size, .next_out = (Bytef *)ret,
		      .avail_out = (uInt)capacity};

	assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY), Z_OK);
	assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
	size_t written = capacity - z.avail_out;
	deflateEnd(&z);
	return written;
}

static inline size_t pack_xz(const char *text, size_t size, char *ret, size_t capacity)
{
	size_t written = 0;

	lzma_ret result = lzma_easy_buffer_encode(1, LZMA_CHECK_CRC64, NULL, (const uint8_t *)text, size,
						  (uint8_t *)ret, &written, capacity);
	assert_int_equal(result, LZMA_OK);
	return written;
}

static inline size_t pack_zstd(const char *text, size_t size, char *ret, size_t capacity)
{
	ZSTD_CCtx *context = ZSTD_createCCtx();

	ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);
	size_t written = ZSTD_compress2(context, ret, capacity, text, size);
	ZSTD_freeCCtx(context);
	assert_false(ZSTD_isError(written));
	return written;
}

static const struct format {
	const char *name;
	size_t (*pack)(const char *text, size_t size, char *ret, size_t capacity);
	size_t magic_size;
} formats[] = {
	{"gzip", pack_gzip, 3},
	{"xz", pack_xz, 6},
	{"zstd", pack_zstd, 4},
};

/* Bytes that do not compress, always the same. The caller frees them. */
static inline char *long_text(size_t size)
{
	char *text = malloc(size);
	uint32_t random = 1;

	for (size_t i = 0; i < size; i++) {
		random = random * 1664525 + 1013904223;
		text[i] = (char)(random >> 24);
	}
	return text;
}

#endif
