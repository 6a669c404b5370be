// SPDX-License-Identifier: GPL-3.0-or-later
/* From an address to its places in the source, looked up once and then remembered. */
#ifndef OD_SYMBOLIZE_PLACES_H
#define OD_SYMBOLIZE_PLACES_H

#include "core/model.h"
#include "symbolize/elf.h"

/*
 * As od_dwarf_places(), from the image's index where that knows the address; a function without a name in the debug
 * info gets `function`, which is borrowed. One thread at a time per image.
 */
bool od_places_find(struct od_image *image, uint64_t address, struct od_str function, struct od_arena *arena,
		    od_places *places);

/* The same place of the same section in image->debug, the file with the debug info; false: it has none of it. */
bool od_places_translate(const struct od_image *image, uint64_t *address);

#endif
