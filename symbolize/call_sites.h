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

/*
 * Whether the debug info says of a parameter of the function nothing about where it is, at the facts' pc or elsewhere: the compiler hands on
 * something else. Of functions that other units cannot call.
 */
bool od_call_sites_matter(Dwarf_Die *function, const struct od_facts *facts);

/*
 * Looks in the unit for calls of the function, and notes in the facts where one is (called_at: an address in the call), and
 * whether it is the only one. `bias`: as far behind the call's own address its return address lies at least.
 */
void od_call_sites_find(Dwarf_Die *unit, Dwarf_Die *function, unsigned bias, struct od_facts *facts);

#endif
