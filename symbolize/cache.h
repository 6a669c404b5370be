// SPDX-License-Identifier: GPL-3.0-or-later
/* Images that were opened, by path: a bounded number, the longest unused goes first. One thread at a time. */
#ifndef OD_SYMBOLIZE_CACHE_H
#define OD_SYMBOLIZE_CACHE_H

#include "io/store.h"
#include "symbolize/elf.h"

enum { OD_CACHE_SIZE = 64 };

struct od_cache {
	struct od_image *images[OD_CACHE_SIZE]; /* the last used first */
	size_t count;
	struct od_store *store;	/* where their indexes are kept; NULL: nowhere */
	uint64_t smallest;	/* bytes of a file that is worth it */
	const struct od_opener *opener; /* of the images; NULL: this process */
};

/*
 * The image at the path, also one that has a fault; NULL: out of memory. Valid until OD_CACHE_SIZE other
 * images were asked for.
 */
struct od_image *od_cache_get(struct od_cache *cache, const char *path);

/* Closes the images, then the store. */
void od_cache_deinit(struct od_cache *cache);

#endif
