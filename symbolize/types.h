// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Types of an image as od_types (core/facts.h): numbered when they are named, read when they are asked for, from the
 * image's index or else from its debug info. One thread at a time per image.
 */
#ifndef OD_SYMBOLIZE_TYPES_H
#define OD_SYMBOLIZE_TYPES_H

#include "core/facts.h"
#include "symbolize/units.h"

/*
 * The types of an image for one event, in whose arena they live; they can be read as long as the image is open.
 * NULL: out of memory.
 */
struct od_types *od_types_create(struct od_image *image, struct od_arena *arena);

/* True when they were created for this image. */
bool od_types_are_of(const struct od_types *types, const struct od_image *image);

/* The number of the type that DW_AT_type of the DIE names; OD_TYPE_NONE: void, or there is no more room. */
int od_type_of(struct od_types *types, Dwarf_Die *die);

/* A type's DIE as od_die_key() numbers it, 0 for OD_TYPE_NONE; and back. */
uint64_t od_type_key(const struct od_types *types, int type);
int od_type_at(struct od_types *types, uint64_t key);

/* The size of the type that DW_AT_type of the DIE names, without reading that; 0: not known. */
uint64_t od_type_size(const struct od_types *types, Dwarf_Die *die);

#endif
