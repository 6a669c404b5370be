// SPDX-License-Identifier: GPL-3.0-or-later
/* What lies at an offset of a type. Pure. */
#ifndef OD_ANALYZER_MEMBER_H
#define OD_ANALYZER_MEMBER_H

#include "core/buf.h"
#include "core/model.h"

enum { OD_STRIDE_LIMIT = 6 };

/* What an address moves on by besides its offset: numbers times a stride, which index arrays on the way. */
struct od_strides {
	struct od_stride {
		uint64_t bytes;		/* 1: not known */
		struct od_str index;	/* in C; empty: not known */
	} items[OD_STRIDE_LIMIT];
	unsigned count;
};

struct od_member_path {
	int type;		/* of what was found */
	bool ambiguous;		/* several members lie there */
	bool inside;		/* the offset lies inside what was found, not at its start */
};

/*
 * Writes the path to the member at `offset` of the type ("limits.high", "map[3]", nothing for the type itself),
 * as deep as a thing of `width` bytes (0: not known: the deepest). Arrays whose elements a stride (may be NULL: none)
 * steps over take that one's index and remove it. False: nothing lies there, or the type's members are not known;
 * `path` may then hold something.
 */
enum { OD_WIDTH_OUTERMOST = ~0u }; /* as width: stop at the outermost member that begins at the offset */

bool od_member_find(const struct od_facts *facts, int type, uint64_t offset, unsigned width, struct od_strides *strides,
		    struct od_buf *path, struct od_member_path *ret);

/*
 * Takes out the strides that step over whole elements of `size` bytes, `any`: all that are left. *ret is the index that
 * they make, "…" when it has no name; false: there are none.
 */
bool od_strides_take(struct od_strides *strides, uint64_t size, bool any, struct od_str *ret);

/*
 * What lies at an offset from a pointer to elements of the type; the path begins with "[" where that is not in the first
 * one. The strides (may be NULL: none) stay as they are. False: as for od_member_find().
 */
bool od_member_behind(const struct od_facts *facts, int type, int64_t offset, unsigned width,
		      const struct od_strides *strides, struct od_buf *path, struct od_member_path *found);

#endif
