// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * A directory of derived files, which may be lost at any time: a cache. A file is believed only after its
 * magic, version, key, size and checksum were checked, of a large one each block when it is used; it is replaced by
 * rename, so that any number of processes may share the directory. Nothing here fails: what cannot be read is not
 * there, what cannot be written is not kept.
 *
 * A store may be used by many threads at a time; what it loaded belongs to the caller.
 */
#ifndef OD_IO_STORE_H
#define OD_IO_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/str.h"

struct od_store;

/* Contents of a file, mapped read-only. */
struct od_stored {
	struct od_str bytes;	/* aligned to 16 bytes */
	void *mapping;
	size_t size;
	const uint64_t *sums;	/* checksums of its blocks */
	unsigned char *sound;	/* bit per block: it was found to be as it was written */
};

/*
 * The store in `directory`, which is created, with its parents' last missing component, when something is
 * saved. Together its files have about `limit` bytes: the longest unused go first. NULL: out of memory.
 */
struct od_store *od_store_create(const char *directory, uint64_t limit);
void od_store_destroy(struct od_store *store);

/* Where the files of a store are, for a process that may not open them itself. */
struct od_store_files {
	int (*open)(void *user, const char *name);	/* a descriptor for reading; -1: none. As od_store_open_file() */
	int (*begin)(void *user, uint64_t size);	/* as od_store_begin_file(), of the only draft at a time */
	bool (*end)(void *user, const char *name);	/* as od_store_end_file() */
	void *user;
};

/* A store whose files are elsewhere; `files` must outlive it. NULL: out of memory. */
struct od_store *od_store_create_with(const struct od_store_files *files, uint64_t limit);

uint64_t od_store_limit(const struct od_store *store);

/*
 * Maps the file `name`, which must have been saved under the same key by this version of the program, on a
 * machine of the same byte order, by this user or root. False: there is none that can be believed. Of a file larger than
 * OD_STORE_SMALL only the table of checksums is believed then: what is looked at goes through od_stored_check() first.
 * The caller releases *ret with od_stored_deinit().
 */
bool od_store_load(const struct od_store *store, const char *name, struct od_str key, struct od_stored *ret);
void od_stored_deinit(struct od_stored *stored);

/*
 * Whether these `size` bytes of a file that was loaded are as they were written, which is found out once for each block
 * of 1 KB. False also for what is not within its bytes.
 */
bool od_stored_check(const struct od_stored *stored, const void *from, size_t size);

enum { OD_STORE_SMALL = 64 * 1024 };

/*
 * Saves the bytes under a name (without slash, at most 200 bytes) and a key (at most OD_STORE_KEY bytes).
 * False: it could not be done (read-only, full, too large for the limit), and an earlier file may still be there.
 */
bool od_store_save(const struct od_store *store, const char *name, struct od_str key, struct od_str bytes);

enum { OD_STORE_KEY = 256, OD_STORE_NAME = 200 };

/* The steps of loading and saving that touch the directory, for those who serve such a process. A name is checked. */

/* The file of the name, if it is this user's or root's, for reading; -1: there is none. The caller closes it. */
int od_store_open_file(const struct od_store *store, const char *name);

struct od_store_draft {
	char path[4096];
};

/* Makes room for a file of `size` bytes, and a draft of it, open for writing; -1: it cannot be done. */
int od_store_begin_file(const struct od_store *store, uint64_t size, struct od_store_draft *ret);

/* Makes the draft the file of this name (NULL: deletes it). False: it is not kept. */
bool od_store_end_file(const struct od_store *store, struct od_store_draft *draft, const char *name);

/* A hash of the bytes, fast rather than strong: it finds damage. */
uint64_t od_store_hash(struct od_str bytes, uint64_t seed);

#endif
