// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * The formats of dumps behind one face: pages of physical memory, ELF notes, VMCOREINFO.
 *
 * An opener answers OD_ERR_UNSUPPORTED for a file that is not of its format, and OD_ERR_FORMAT for one that
 * is and is broken. One thread at a time.
 */
#ifndef OD_VMCORE_CONTAINER_H
#define OD_VMCORE_CONTAINER_H

#include <stdbool.h>

#include "core/arena.h"
#include "core/status.h"
#include "core/str.h"
#include "vmcore/dumpfile.h"

enum { OD_PAGE_SIZE = 4096 };	/* the unit in which memory is read, whatever the machine's pages are */

struct od_container;

struct od_container_ops {
	/* One unit at a physical address that is a multiple of OD_PAGE_SIZE; false: a hole, or damaged. */
	bool (*read_page)(struct od_container *container, uint64_t physical, void *page);
	/* The first unit at or behind the address that may be there; false: there is none. NULL: any may be. */
	bool (*next_page)(struct od_container *container, uint64_t *physical);
	/* Copies at a kernel virtual address; NULL: only physical memory can be read. */
	size_t (*read_virtual)(struct od_container *container, uint64_t address, void *buffer, size_t len);
	void (*destroy)(struct od_container *container);
};

struct od_container {
	const struct od_container_ops *ops;
	struct od_arena *arena;		/* of the strings below */
	const char *format;		/* "ELF", "kdump-compressed", … : static */
	struct od_str arch;		/* "x86_64"; empty: unknown */
	unsigned word;			/* bytes of a pointer */
	bool big_endian;
	struct od_str notes;		/* ELF notes, raw; may be empty */
	struct od_str vmcoreinfo;	/* text; may be empty */
	struct od_str incomplete;	/* the dump says that it was not written to its end; empty: it does not */
	bool is_packed_otherwise;	/* its pages are packed with a method that is not built in */
	uint64_t first, last;		/* of a part of a split dump: what it holds of physical memory; last 0: it is whole */
	uint64_t limit;			/* the physical address at which memory ends, as far as known */
};

/* ELF64 cores of either byte order, also flattened. The file stays the caller's and must outlive the container. */
od_status od_elfcore_open(struct od_trail *trail, struct od_dumpfile *file, struct od_container **ret);

/* kdump-compressed files of 64-bit machines of either byte order (zlib, zstd, stored pages), also flattened. */
od_status od_kdump_open(struct od_trail *trail, struct od_dumpfile *file, struct od_container **ret);

/* Whatever libkdumpfile reads; not flattened streams. */
od_status od_libkdumpfile_open(struct od_trail *trail, struct od_dumpfile *file, struct od_container **ret);

/* NULL is fine. */
void od_container_close(struct od_container *container);

/* Integers of headers: in a byte order, little endian, and in the order of the machine that the container is of. */
uint64_t od_uint(const unsigned char *bytes, unsigned size, bool big_endian);
uint64_t od_le(const unsigned char *bytes, unsigned size);
uint64_t od_container_uint(const struct od_container *container, const unsigned char *bytes, unsigned size);

/* `size` bytes (at most `limit`) of the file, in the arena; what is missing at its end is cut. */
struct od_str od_container_bytes(struct od_container *container, struct od_dumpfile *file, uint64_t position,
				 uint64_t size, uint64_t limit);

#endif
