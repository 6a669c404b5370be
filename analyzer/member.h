// SPDX-License-Identifier: GPL-3.0-or-later
/* What lies at an offset of a type. Pure. */
#ifndef OD_ANALYZER_MEMBER_H
#define OD_ANALYZER_MEMBER_H

#include "core/buf.h"
#include "core/model.h"

struct od_member_path {
	int type;		/* of what was found */
	bool ambiguous;		/* several members lie there */
	bool inside;		/* the offset lies inside what was found, not at its start */
};

/*
 * Writes the path to the member at `offset` of the type ("limits.high", "map[3]", nothing for the type itself),
 * as deep as a thing of `width` bytes (0: not known: the deepest). False: nothing lies there, or the type's
 * members are not known; `path` may then hold something.
 */
enum { OD_WIDTH_OUTERMOST = ~0u }; /* as width: stop at the outermost member that begins at the offset */

bool od_member_find(const struct od_facts *facts, int type, uint64_t offset, unsigned width, struct od_buf *path,
		    struct od_member_path *ret);

#endif
