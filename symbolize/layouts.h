// SPDX-License-Identifier: GPL-3.0-or-later
/* Structs, unions and enumerations by name, from an image's debug info. One thread at a time per image. */
#ifndef OD_SYMBOLIZE_LAYOUTS_H
#define OD_SYMBOLIZE_LAYOUTS_H

#include "core/layouts.h"
#include "symbolize/elf.h"

/*
 * Looks for the types in the units that hold the functions (not in all of them, for that takes long), and adds those that are
 * found with all that they consist of, in the arena. Also the types of variables of these names. And the addresses
 * of symbols. False: the image has none of all that.
 */
bool od_layouts_read(struct od_image *image, const struct od_layout_wish *wish, struct od_arena *arena, struct od_layouts *ret);

#endif
