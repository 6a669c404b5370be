// SPDX-License-Identifier: GPL-3.0-or-later
/* Types from debug info as trees of od_type. One thread at a time per image. */
#ifndef OD_SYMBOLIZE_TYPES_H
#define OD_SYMBOLIZE_TYPES_H

#include "core/facts.h"
#include "symbolize/dwarf_scope.h"

struct od_type_reader;

/* A reader that appends to facts->types; NULL: out of memory. */
struct od_type_reader *od_type_reader_create(struct od_arena *arena, struct od_facts *facts);
void od_type_reader_destroy(struct od_type_reader *reader);

/* The index of the type that DW_AT_type of the DIE names; OD_TYPE_NONE: void, or there is no more room. */
int od_type_of(struct od_type_reader *reader, Dwarf_Die *die);

/*
 * Reads the members of what was named so far and of what these point to, nearest first, within a budget;
 * what stays outside has known == false.
 */
void od_types_complete(struct od_type_reader *reader);

#endif
