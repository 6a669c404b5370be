// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * A dump's file as it was meant: positions of the ELF or kdump file, also where the file on disk is a
 * flattened stream (makedumpfile -F, QEMU), whose chunks are indexed once and never copied.
 *
 * The flattened format is makedumpfile's makedumpfile_header and makedumpfile_data_header
 * (makedumpfile.h 1.7.2): big endian, chunks in the order in which they were written, so that a later one
 * overrides an earlier one. One thread at a time.
 */
#ifndef OD_VMCORE_DUMPFILE_H
#define OD_VMCORE_DUMPFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/status.h"
#include "io/opener.h"

struct od_dumpfile;

/*
 * Opens a seekable file by the opener (NULL: this process). OD_ERR_IO when it cannot be opened, OD_ERR_UNSUPPORTED when it is a pipe, and
 * OD_ERR_FORMAT when it is a flattened stream of more chunks than the limit. A stream that ends early
 * is no error; od_dumpfile_cut() says so.
 */
od_status od_dumpfile_open(struct od_trail *trail, const struct od_opener *opener, const char *path, struct od_dumpfile **ret);

/* NULL is fine. */
void od_dumpfile_close(struct od_dumpfile *file);

/* The descriptor of the file on disk; stays with the file. */
int od_dumpfile_descriptor(const struct od_dumpfile *file);

/* True for a flattened stream. */
bool od_dumpfile_is_flat(const struct od_dumpfile *file);

/* Where the stream on disk ends in the middle of a chunk; 0: it does not. */
uint64_t od_dumpfile_cut(const struct od_dumpfile *file);

/* Copies bytes from a position; returns how many there are before the end or a gap. */
size_t od_dumpfile_read(struct od_dumpfile *file, uint64_t position, void *buffer, size_t len);

#endif
