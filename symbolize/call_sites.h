// SPDX-License-Identifier: GPL-3.0-or-later
/* The calls that debug info tells of, with what they return. One thread at a time per image. */
#ifndef OD_SYMBOLIZE_CALL_SITES_H
#define OD_SYMBOLIZE_CALL_SITES_H

#include "symbolize/types.h"

/*
 * Appends to facts->calls the direct calls of the function and of what is inlined there: a bounded number of them, those of
 * units that libdw was not shown left out.
 */
void od_call_sites_read(struct od_arena *arena, const struct od_dwarf *dwarf, Dwarf_Die *function, struct od_facts *facts);

#endif
