// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Opening inputs: plain files, pipes and terminals, decompressed on the way
 * (gzip, xz, zstd, recognised by their magic bytes, concatenated members included).
 *
 * An input is a stream of chunks; memory does not depend on its length. One thread at a time.
 */
#ifndef OD_IO_INPUT_H
#define OD_IO_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/buf.h"
#include "core/status.h"
#include "core/str.h"
#include "io/opener.h"

struct od_input;

/*
 * Opens `path` ("-": standard input) for reading. On failure (it does not exist, is a
 * directory, may not be read) the trail says why and *ret is unchanged.
 */
od_status od_input_open(struct od_trail *trail, const char *path, struct od_input **ret);

/* Reads from memory that the caller keeps valid until the input is closed. */
od_status od_input_open_memory(struct od_trail *trail, struct od_str bytes, struct od_input **ret);

void od_input_close(struct od_input *input);

/*
 * The next chunk, decompressed; valid until the next call. An empty chunk: the end.
 * A damaged or truncated compressed stream fails with OD_ERR_FORMAT after all that
 * could be decompressed was delivered.
 */
od_status od_input_read(struct od_input *input, struct od_trail *trail, struct od_str *ret);

/* "gzip", "xz", "zstd", or NULL for plain bytes; known after the first read. Static. */
const char *od_input_compression(const struct od_input *input);

/* True when the input is an interactive terminal. */
bool od_input_is_terminal(const struct od_input *input);

/*
 * A whole file in memory, decompressed, at most `limit` bytes; the buffer is released with
 * od_file_deinit(). A plain file is mapped (private), so that only pages that are touched cost.
 */
struct od_file {
	unsigned char *data;
	size_t size;
	bool mapped;
	/* What tells this file from others, and from itself after a change: as stat() has it. */
	struct od_file_identity {
		uint64_t device, inode, size, changed; /* st_mtim in nanoseconds */
	} identity;
};

/*
 * What fs/pstore/platform.c compressed (raw deflate since 4.9, with a zlib header before), at most `limit` bytes of it,
 * and what follows the stream as it is. False: it is no such stream, or damaged from its first byte on.
 */
bool od_inflate_pstore(struct od_str bytes, size_t limit, struct od_buf *ret);

od_status od_file_load(struct od_trail *trail, const char *path, size_t limit, struct od_file *ret);

/* The same with a descriptor that is open, and stays the caller's. */
od_status od_file_load_descriptor(struct od_trail *trail, int fd, size_t limit, struct od_file *ret);

/* The same with a file that the opener opens. */
od_status od_file_load_with(const struct od_opener *opener, struct od_trail *trail, const char *path, size_t limit,
			    struct od_file *ret);

void od_file_deinit(struct od_file *file);

/*
 * The same, read into a buffer (which is cleared first) that serves the next file again: cheaper for many small files,
 * and one that is cut short meanwhile does no harm. *identity is that of before, so that a later change shows. When a
 * compressed file is damaged or not complete, the buffer has what could be had.
 */
od_status od_file_read(struct od_trail *trail, const char *path, size_t limit, struct od_buf *ret,
		       struct od_file_identity *identity);

#endif
