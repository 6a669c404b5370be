// SPDX-License-Identifier: GPL-3.0-or-later
/* Objects of the slab allocator (SLUB). One thread at a time. */
#ifndef OD_VMCORE_SLAB_H
#define OD_VMCORE_SLAB_H

#include "vmcore/kernel.h"

enum od_slab_state {
	OD_SLAB_UNKNOWN,	/* a list of free objects is damaged or not in the dump, or it may be taken ahead of use */
	OD_SLAB_ALLOCATED,	/* also what kfree_rcu() was given, as long as readers may use it */
	OD_SLAB_FREE,
	OD_SLAB_WAITS,		/* kfree_rcu() was given it, and it is seen to wait */
};

struct od_slab_object {
	struct od_str cache;	/* "kmalloc-64"; the model's */
	uint64_t start, size;	/* of what its user was given */
	uint64_t index, count;	/* which of the objects of its slab */
	bool outside;		/* the address is in none: padding between them, or the end of the slab */
	enum od_slab_state state;
};

/*
 * The object at an address (struct page, then struct slab since 5.17; mm/slub.c, Linux 5.10 to 7.2). False: the address is
 * in no slab, or the dump does not hold what tells.
 */
bool od_slab_find(const struct od_kernel *kernel, uint64_t address, struct od_slab_object *ret);

#endif
