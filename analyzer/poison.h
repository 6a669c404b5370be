// SPDX-License-Identifier: GPL-3.0-or-later
/* What a value says about itself: poison, error pointers, the shadow of an address. Thread safe. */
#ifndef OD_ANALYZER_POISON_H
#define OD_ANALYZER_POISON_H

#include <stdbool.h>
#include <stdint.h>

struct od_poison {
	const char *name;    /* "LIST_POISON1" */
	const char *meaning; /* what holds such a value, as a noun */
	uint64_t value;	     /* the mark itself; the value looked at is this plus at most a page */
};

/* Whether a 64-bit value is a mark of facts_poison.def, or such a mark plus less than a page. */
bool od_poison_find(uint64_t value, struct od_poison *ret);

struct od_errno {
	unsigned number;
	const char *name, *words; /* "ENOMEM", "out of memory" */
};

/*
 * Whether a value of `bits` bits is a negated error number as ERR_PTR() makes it (the last 4095 values of
 * the address space, include/linux/err.h), with a name in facts_errno.def.
 */
bool od_errno_find(uint64_t value, unsigned bits, struct od_errno *ret);

/*
 * Whether an address lies where generic KASAN, with this shadow offset, keeps the shadow of 48-bit
 * canonical addresses, and of which address it is the shadow (Documentation/dev-tools/kasan.rst: address /
 * 8 + offset). Only meaningful for a kernel with KASAN: without it, other things lie there.
 */
bool od_kasan_shadow_of(uint64_t shadow, uint64_t offset, uint64_t *ret);

#endif
