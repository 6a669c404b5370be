// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Compressed inputs: as they are, or as members that the target packs itself and may damage, so that checksums
 * do not keep everything out. Read in pieces and at once: the same bytes come out.
 */
#include <lzma.h>
#include <zlib.h>
#include <zstd.h>

#include "core/buf.h"
#include "io/decompress.h"
#include "io/input.h"
#include "tests/fuzz/bytes.h"

enum { OUTPUT_LIMIT = 4 << 20, MEMBERS = 4 };

struct result {
	struct od_buf out;
	od_status status;
};

static size_t pack_gzip(struct fuzz_bytes from, unsigned char *to, size_t room)
{
	z_stream stream = {.next_in = (Bytef *)from.data, .avail_in = (uInt)from.size, .next_out = to, .avail_out = (uInt)room};

	OD_LAW(deflateInit2(&stream, 1, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
	OD_LAW(deflate(&stream, Z_FINISH) == Z_STREAM_END);
	deflateEnd(&stream);
	return room - stream.avail_out;
}

static size_t pack_xz(struct fuzz_bytes from, unsigned char *to, size_t room)
{
	size_t size = 0;
	OD_LAW(lzma_easy_buffer_encode(0, LZMA_CHECK_CRC32, NULL, from.data, from.size, to, &size, room) == LZMA_OK);
	return size;
}

static size_t pack_zstd(struct fuzz_bytes from, unsigned char *to, size_t room)
{
	size_t size = ZSTD_compress(to, room, from.data, from.size, 1);
	OD_LAW(!ZSTD_isError(size));
	return size;
}

static size_t (*const packers[])(struct fuzz_bytes, unsigned char *, size_t) = {pack_gzip, pack_xz, pack_zstd};

/* Members of sizes that the input gives, with zeros between them as padding. */
static void pack(struct fuzz_bytes *bytes, unsigned packer, struct od_buf *packed, struct od_buf *plain)
{
	static unsigned char member[(1 << 17) + 4096];

	for (unsigned i = 0; i < MEMBERS && (bytes->size || !i); i++) {
		size_t padding = fuzz_uint(bytes, 1) & 12;
		struct fuzz_bytes from = fuzz_slice(bytes, i == MEMBERS - 1 ? bytes->size : fuzz_uint(bytes, 2));
		od_buf_put(packed, (struct od_str){(char *)member, packers[packer](from, member, sizeof(member))});
		od_buf_put(plain, fuzz_text(from.data, from.size));
		while (packer == 1 && padding--)
			od_buf_put_char(packed, '\0');
	}
}

static struct result read_all(struct od_str bytes)
{
	struct result result = {0};
	struct od_input *input;
	struct od_str chunk = {0};

	OD_LAW(od_input_open_memory(NULL, bytes, &input) == OD_OK);
	do {
		result.status = od_input_read(input, NULL, &chunk);
		if (result.status == OD_OK)
			od_buf_put(&result.out, chunk);
	} while (result.status == OD_OK && chunk.len && result.out.len < OUTPUT_LIMIT);
	od_input_close(input);
	return result;
}

/* Through the decompressor itself, `step` bytes of input and of output at a time. */
static struct result read_pieces(struct od_str bytes, const struct od_codec *codec, size_t step)
{
	struct result result = {0};
	struct od_decompressor *decompressor = od_decompressor_create(codec);
	char out[512];
	size_t got = 0, have = 0, idle = 0;

	OD_LAW(decompressor);
	while (result.status == OD_OK && result.out.len < OUTPUT_LIMIT) {
		struct od_str in = od_str_first(bytes, have);
		bool last = have >= bytes.len;
		result.status = od_decompress(decompressor, NULL, &in, last, out, step, &got);
		OD_LAW(got <= step && fuzz_within(in, bytes));
		od_buf_put(&result.out, (struct od_str){out, got});
		size_t used = (have < bytes.len ? have : bytes.len) - in.len;
		bytes = od_str_from_index(bytes, used);
		have -= used < have ? used : have;
		if (!got && last && result.status == OD_OK)
			break;
		if (!got)
			have += step;
		idle = got || used ? 0 : idle + 1;
		OD_LAW(idle <= bytes.len / step + 2);
	}
	od_decompressor_destroy(decompressor);
	return result;
}

static void compare(struct od_str packed, size_t step)
{
	bool more;
	const struct od_codec *codec = od_codec_find(packed, &more);

	if (!codec || more)
		return;
	struct result whole = read_all(packed), pieces = read_pieces(packed, codec, step);
	if (whole.out.len < OUTPUT_LIMIT && pieces.out.len < OUTPUT_LIMIT && whole.status == OD_OK) {
		OD_LAW(pieces.status == OD_OK);
		OD_LAW(od_str_equal(od_buf_str(&whole.out), od_buf_str(&pieces.out)));
	}
	od_buf_deinit(&whole.out);
	od_buf_deinit(&pieces.out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_bytes bytes = {data, size};
	struct od_buf packed = {0}, plain = {0};
	unsigned mode = (unsigned)fuzz_uint(&bytes, 1), step = (unsigned)fuzz_uint(&bytes, 1) + 1;

	if (mode % 4 == 3) {
		od_buf_put(&packed, fuzz_text(bytes.data, bytes.size));
	} else {
		uint64_t place = fuzz_uint(&bytes, 2), wrong = fuzz_uint(&bytes, 1);
		pack(&bytes, mode % 4, &packed, &plain);
		if (mode & 8)
			packed.data[place % packed.len] ^= (char)wrong;
		if (mode & 16)
			packed.len = place % packed.len;
		struct result result = read_all(od_buf_str(&packed));
		if (!(mode & 24)) {
			OD_LAW(result.status == OD_OK);
			OD_LAW(od_str_equal(od_buf_str(&result.out), od_buf_str(&plain)));
		}
		od_buf_deinit(&result.out);
	}
	compare(od_buf_str(&packed), step);
	od_buf_deinit(&packed);
	od_buf_deinit(&plain);
	return 0;
}
