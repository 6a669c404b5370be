// SPDX-License-Identifier: GPL-3.0-or-later
/* What an address of the kernel belongs to. One thread at a time. */
#ifndef OD_VMCORE_WHERE_H
#define OD_VMCORE_WHERE_H

#include "vmcore/slab.h"

enum od_where_kind {
	OD_WHERE_NOWHERE,	/* nothing is mapped there, or it is no address of the kernel's */
	OD_WHERE_OTHER,		/* mapped, and nobody's that is known */
	OD_WHERE_SLAB, OD_WHERE_STACK, OD_WHERE_GUARD, OD_WHERE_MODULE, OD_WHERE_KERNEL, OD_WHERE_PERCPU, OD_WHERE_VMALLOC,
};

struct od_where {
	enum od_where_kind kind;
	struct od_str text;	/* "in an object of kmalloc-64, …": the model's */
	struct od_slab_object object; /* of OD_WHERE_SLAB */
};

/* Never fails: what is not known says so. */
struct od_where od_where_find(const struct od_kernel *kernel, uint64_t address);

#endif
