// SPDX-License-Identifier: GPL-3.0-or-later
/* Packages of split debug info, .dwp files (DWARF 5, 7.3.5): the halves of many units in one file, found by their IDs. Pure. */
#ifndef OD_SYMBOLIZE_DWP_H
#define OD_SYMBOLIZE_DWP_H

#include "symbolize/elf.h"

/* What of a package's sections belongs to one unit; borrowed from the image. */
struct od_dwp_unit {
	struct od_str info, abbrev, str_offsets, loclists, rnglists;
};

/* False: the file is no package of DWARF 5, has no such unit, or is damaged. */
bool od_dwp_find(const struct od_image *file, uint64_t id, struct od_dwp_unit *ret);

#endif
