// SPDX-License-Identifier: GPL-3.0-or-later
/* The function around an address, for those who read variables and types. One thread at a time per image. */
#ifndef OD_SYMBOLIZE_DWARF_SCOPE_H
#define OD_SYMBOLIZE_DWARF_SCOPE_H

#include <dwarf.h>
#include <elfutils/libdw.h>

#include "symbolize/elf.h"

struct od_unit_map;

struct od_dwarf_scope {
	Dwarf_Die unit, function;
	const struct od_unit_map *map; /* of the unit, with its functions; NULL: it was not made */
};

/*
 * The function whose code holds the address, with its unit and location lists relocated. False: the debug
 * info does not know one. Valid until the next question about places of the image.
 */
bool od_dwarf_scope(struct od_image *image, uint64_t address, struct od_dwarf_scope *ret);

#endif
