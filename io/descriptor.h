// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * File descriptors: opening and reading with the failures that a person meets put into words.
 * Internal to io/. Thread safe for different descriptors.
 */
#ifndef OD_IO_DESCRIPTOR_H
#define OD_IO_DESCRIPTOR_H

#include <sys/types.h>
#include <unistd.h>

#include "core/status.h"
#include "io/input.h"

/* Closes *fd unless it is negative: for __attribute__((cleanup)). */
static inline void od_descriptor_close(int *fd)
{
	if (*fd >= 0)
		close(*fd);
}

/*
 * Opens `path` for reading. A directory fails here, with EISDIR, not at the first read.
 * The caller closes *ret.
 */
od_status od_descriptor_open(struct od_trail *trail, const char *path, int *ret);

/*
 * Reads at least one byte, waiting for it when the descriptor does not block; starts again when a
 * signal interrupts. Returns the count, 0 at the end, or -1 with errno set.
 */
ssize_t od_descriptor_read(int fd, void *buffer, size_t size);

/*
 * Makes an input of an open descriptor, from its current position. On success the input owns the
 * descriptor if `owned` says so; on failure (out of memory) it stays with the caller.
 */
od_status od_input_open_descriptor(struct od_trail *trail, int fd, bool owned, struct od_input **ret);

#endif
