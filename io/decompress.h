// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Decompression: gzip, xz and zstd behind one table. Internal to io/.
 *
 * A compressed input is a row of members (gzip members, xz streams, zstd frames, also skippable
 * ones), with zero bytes as padding after any of them. One thread at a time.
 *
 * Sources: RFC 1952 (gzip), the .xz file format 1.2.1, RFC 8878 (zstd).
 */
#ifndef OD_IO_DECOMPRESS_H
#define OD_IO_DECOMPRESS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/status.h"
#include "core/str.h"

struct od_codec;
struct od_decompressor;

/* The longest magic: this many bytes always decide. */
enum { OD_MAGIC_SIZE = 6 };

/*
 * The format that the first bytes of an input name; NULL: none of them. *more is set when `head`
 * is too short to tell, otherwise cleared.
 */
const struct od_codec *od_codec_find(struct od_str head, bool *more);

/* "gzip", "xz", "zstd". Static. */
const char *od_codec_name(const struct od_codec *codec);

/* A decompressor that expects the start of a member. NULL: out of memory. */
struct od_decompressor *od_decompressor_create(const struct od_codec *codec);

/* NULL is fine. */
void od_decompressor_destroy(struct od_decompressor *decompressor);

/*
 * Decompresses from the front of *in, which it shortens, into `out` (at least one byte). `last` says
 * that nothing follows *in. *ret is the number of bytes written, also when the call fails:
 * they are good.
 *
 * On success with nothing written, either more input is needed (what is left in *in must then be
 * given again, with more behind it), or, if `last`, the end is reached. OD_ERR_FORMAT: the input is
 * damaged, ends early, or goes on with other bytes.
 */
od_status od_decompress(struct od_decompressor *decompressor, struct od_trail *trail, struct od_str *in,
			bool last, char *out, size_t size, size_t *ret);

#endif
