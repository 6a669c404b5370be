// SPDX-License-Identifier: GPL-3.0-or-later
/* Variables in scope at an address, with where they live. One thread at a time per image. */
#ifndef OD_SYMBOLIZE_VARIABLES_H
#define OD_SYMBOLIZE_VARIABLES_H

#include "symbolize/dwarf_scope.h"
#include "symbolize/types.h"

/*
 * Appends to facts->variables the parameters and variables of the function around facts->pc and of the calls
 * inlined there, innermost first, then those of the unit's global variables whose memory holds one of `addresses`
 * (sorted). False: something is in a unit that libdw was not shown; od_units_join() and another try cure that.
 */
bool od_variables_read(struct od_arena *arena, const struct od_dwarf *dwarf, const struct od_dwarf_scope *scope,
		       const uint64_t *addresses, size_t count, struct od_facts *facts);

#endif
