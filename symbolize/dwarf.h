// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * DWARF: from an address of an image to places in the source, with the whole chain of inlined calls.
 * The only user of libdw. Borrows the image; one thread at a time.
 */
#ifndef OD_SYMBOLIZE_DWARF_H
#define OD_SYMBOLIZE_DWARF_H

#include "core/model.h"
#include "symbolize/elf.h"

void od_dwarf_close(struct od_dwarf *dwarf);

/*
 * Appends the places of the address to the list, innermost inline first; the strings are
 * copied into the arena, and a function that has no name there is empty. False: the debug info, if there is any,
 * does not know the address, and nothing was appended. The image's debug info is opened when it is first needed.
 */
bool od_dwarf_places(struct od_image *image, uint64_t address, struct od_arena *arena, od_places *places);

#endif
