// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/decompress.h"

#include <limits.h>
#include <lzma.h>
#include <stdlib.h>
#include <zlib.h>
#include <zstd.h>

/* xz and zstd files may ask for dictionaries of gigabytes; `xz -9` needs 65 MiB, `zstd --ultra -22` 128 MiB. */
enum { MEMORY_LIMIT = 256 << 20, WINDOW_LOG_LIMIT = 27 };

enum step { STEP_MORE, STEP_MEMBER_END, STEP_DAMAGED, STEP_NOMEM };

/* What one step of a library reads, writes, and says when it fails. */
struct window {
	struct od_str in;
	char *out;
	size_t out_left;
	const char *reason; /* static */
};

union state {
	z_stream gzip;
	lzma_stream xz;
	ZSTD_DCtx *zstd;
};

struct magic {
	unsigned char mask; /* of the first byte */
	struct od_str bytes;
};

struct od_codec {
	const char *name;
	struct magic magics[2];
	bool (*init)(union state *state);
	bool (*restart)(union state *state); /* at the second and later members */
	enum step (*step)(union state *state, struct window *window);
	void (*deinit)(union state *state);
};

struct od_decompressor {
	const struct od_codec *codec;
	bool in_member, restart;
	union state state;
};

static unsigned clamp(size_t size)
{
	return size < INT_MAX ? (unsigned)size : INT_MAX;
}

/* Takes note of what a library left over of its `in` and `out` bytes. */
static void advance(struct window *window, size_t in, size_t out)
{
	window->in = od_str_from_index(window->in, in);
	window->out += out;
	window->out_left -= out;
}

static bool gzip_init(union state *state)
{
	enum { GZIP_ONLY = 16 };

	state->gzip = (z_stream){0};
	return inflateInit2(&state->gzip, GZIP_ONLY + MAX_WBITS) == Z_OK;
}

static bool gzip_restart(union state *state)
{
	return inflateReset(&state->gzip) == Z_OK;
}

static enum step gzip_step(union state *state, struct window *window)
{
	z_stream *z = &state->gzip;
	unsigned in = clamp(window->in.len), out = clamp(window->out_left);

	z->next_in = (z_const Bytef *)window->in.ptr;
	z->avail_in = in;
	z->next_out = (Bytef *)window->out;
	z->avail_out = out;
	int result = inflate(z, Z_NO_FLUSH);
	advance(window, in - z->avail_in, out - z->avail_out);
	switch (result) {
	case Z_OK:
	case Z_BUF_ERROR:
		return STEP_MORE;
	case Z_STREAM_END:
		return STEP_MEMBER_END;
	case Z_MEM_ERROR:
		return STEP_NOMEM;
	}
	window->reason = z->msg ? z->msg : "invalid data";
	return STEP_DAMAGED;
}

static void gzip_deinit(union state *state)
{
	inflateEnd(&state->gzip);
}

static bool xz_restart(union state *state)
{
	return lzma_stream_decoder(&state->xz, MEMORY_LIMIT, 0) == LZMA_OK;
}

static bool xz_init(union state *state)
{
	state->xz = (lzma_stream)LZMA_STREAM_INIT;
	return xz_restart(state);
}

static const char *xz_reason(lzma_ret result)
{
	switch (result) {
	case LZMA_DATA_ERROR:
		return "corrupt data";
	case LZMA_FORMAT_ERROR:
		return "not an xz header";
	case LZMA_OPTIONS_ERROR:
		return "unsupported options";
	case LZMA_MEMLIMIT_ERROR:
		return "its dictionary needs too much memory";
	default:
		return "invalid data";
	}
}

static enum step xz_step(union state *state, struct window *window)
{
	lzma_stream *xz = &state->xz;
	size_t in = window->in.len, out = window->out_left;

	xz->next_in = (const uint8_t *)window->in.ptr;
	xz->avail_in = in;
	xz->next_out = (uint8_t *)window->out;
	xz->avail_out = out;
	lzma_ret result = lzma_code(xz, LZMA_RUN);
	advance(window, in - xz->avail_in, out - xz->avail_out);
	switch (result) {
	case LZMA_OK:
	case LZMA_BUF_ERROR:
		return STEP_MORE;
	case LZMA_STREAM_END:
		return STEP_MEMBER_END;
	case LZMA_MEM_ERROR:
		return STEP_NOMEM;
	default:
		window->reason = xz_reason(result);
		return STEP_DAMAGED;
	}
}

static void xz_deinit(union state *state)
{
	lzma_end(&state->xz);
}

static bool zstd_init(union state *state)
{
	state->zstd = ZSTD_createDCtx();
	if (!state->zstd)
		return false;
	ZSTD_DCtx_setParameter(state->zstd, ZSTD_d_windowLogMax, WINDOW_LOG_LIMIT);
	return true;
}

static bool zstd_restart(union state *state)
{
	return !ZSTD_isError(ZSTD_DCtx_reset(state->zstd, ZSTD_reset_session_only));
}

static enum step zstd_step(union state *state, struct window *window)
{
	ZSTD_inBuffer in = {window->in.ptr, window->in.len, 0};
	ZSTD_outBuffer out = {window->out, window->out_left, 0};

	size_t result = ZSTD_decompressStream(state->zstd, &out, &in);
	advance(window, in.pos, out.pos);
	if (!ZSTD_isError(result))
		return result ? STEP_MORE : STEP_MEMBER_END;
	window->reason = ZSTD_getErrorName(result);
	return STEP_DAMAGED;
}

static void zstd_deinit(union state *state)
{
	ZSTD_freeDCtx(state->zstd);
}

#define MAGIC(literal) {0xff, {literal, sizeof(literal) - 1}}

static const struct od_codec codecs[] = {
	{"gzip", {MAGIC("\x1f\x8b\x08")}, gzip_init, gzip_restart, gzip_step, gzip_deinit},
	{"xz", {MAGIC("\xfd" "7zXZ\0")}, xz_init, xz_restart, xz_step, xz_deinit},
	{"zstd",
	 {MAGIC("\x28\xb5\x2f\xfd"), {0xf0, {"\x50\x2a\x4d\x18", 4}}}, /* the second: a skippable frame */
	 zstd_init, zstd_restart, zstd_step, zstd_deinit},
};

/* How many of the first bytes of `head` agree with the magic. */
static size_t agreeing(const struct magic *magic, struct od_str head)
{
	size_t i = 0;

	for (; i < head.len && i < magic->bytes.len; i++) {
		unsigned mask = i ? 0xff : magic->mask;
		if (((unsigned char)head.ptr[i] & mask) != (unsigned char)magic->bytes.ptr[i])
			break;
	}
	return i;
}

/* Whether `head` starts a member; *more: it may, once it is longer. */
static bool starts_member(const struct od_codec *codec, struct od_str head, bool *more)
{
	for (size_t i = 0; i < sizeof(codec->magics) / sizeof(codec->magics[0]); i++) {
		const struct magic *magic = &codec->magics[i];
		size_t count = agreeing(magic, head);
		if (magic->bytes.len && count == magic->bytes.len)
			return true;
		if (count < magic->bytes.len && count == head.len)
			*more = true;
	}
	return false;
}

const struct od_codec *od_codec_find(struct od_str head, bool *more)
{
	bool unsure = false;

	for (size_t i = 0; i < sizeof(codecs) / sizeof(codecs[0]); i++) {
		if (starts_member(&codecs[i], head, &unsure)) {
			*more = false;
			return &codecs[i];
		}
	}
	*more = unsure;
	return NULL;
}

const char *od_codec_name(const struct od_codec *codec)
{
	return codec->name;
}

struct od_decompressor *od_decompressor_create(const struct od_codec *codec)
{
	struct od_decompressor *decompressor = calloc(1, sizeof(*decompressor));

	if (decompressor && codec->init(&decompressor->state)) {
		decompressor->codec = codec;
		return decompressor;
	}
	free(decompressor);
	return NULL;
}

void od_decompressor_destroy(struct od_decompressor *decompressor)
{
	if (!decompressor)
		return;
	decompressor->codec->deinit(&decompressor->state);
	free(decompressor);
}

/* Between members: steps over padding to the next one, if there is one. */
static od_status find_member(struct od_decompressor *decompressor, struct od_trail *trail, struct od_str *in,
			     bool last)
{
	while (decompressor->restart && in->len && in->ptr[0] == '\0')
		*in = od_str_from_index(*in, 1);
	if (!in->len)
		return OD_OK;

	bool more = false;
	if (!starts_member(decompressor->codec, *in, &more)) {
		if (more && !last)
			return OD_OK;
		return od_fail(trail, OD_ERR_FORMAT, "other bytes follow the end of the %s data",
			       decompressor->codec->name);
	}
	if (decompressor->restart && !decompressor->codec->restart(&decompressor->state))
		return od_fail(trail, OD_ERR_NOMEM, "out of memory");
	decompressor->in_member = true;
	return OD_OK;
}

/* Inside a member: lets the library work until it has no input or no room. */
static od_status decompress_member(struct od_decompressor *decompressor, struct od_trail *trail,
				   struct window *window, bool last)
{
	const char *name = decompressor->codec->name;

	for (;;) {
		size_t in_before = window->in.len, out_before = window->out_left;
		enum step step = decompressor->codec->step(&decompressor->state, window);
		bool moved = window->in.len != in_before || window->out_left != out_before;

		if (step == STEP_NOMEM)
			return od_fail(trail, OD_ERR_NOMEM, "out of memory");
		if (step == STEP_DAMAGED)
			return od_fail(trail, OD_ERR_FORMAT, "the %s data is damaged: %s", name,
				       window->reason);
		if (step == STEP_MEMBER_END) {
			decompressor->in_member = false;
			decompressor->restart = true;
			return OD_OK;
		}
		if (!window->out_left)
			return OD_OK;
		if (!moved && window->in.len)
			return od_fail(trail, OD_ERR_FORMAT, "the %s data is damaged: it leads nowhere", name);
		if (!moved)
			return last ? od_fail(trail, OD_ERR_FORMAT, "the %s data ends too early", name) : OD_OK;
	}
}

od_status od_decompress(struct od_decompressor *decompressor, struct od_trail *trail, struct od_str *in,
			bool last, char *out, size_t size, size_t *ret)
{
	struct window window = {.in = *in, .out = out, .out_left = size};
	od_status status = OD_OK;

	while (status == OD_OK && window.out_left) {
		if (!decompressor->in_member) {
			status = find_member(decompressor, trail, &window.in, last);
			if (status != OD_OK || !decompressor->in_member)
				break;
		}
		status = decompress_member(decompressor, trail, &window, last);
		if (decompressor->in_member)
			break;
	}
	*in = window.in;
	*ret = size - window.out_left;
	return status;
}
