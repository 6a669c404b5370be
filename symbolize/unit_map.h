// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * What a unit says of addresses, read once and kept in little room: its functions, its lines, its files. libdw finds
 * a function by asking every DIE of the unit, and keeps lines in eight times the room. Kept for a bounded number of
 * bytes; the longest unused go first. One thread at a time per image.
 */
#ifndef OD_SYMBOLIZE_UNIT_MAP_H
#define OD_SYMBOLIZE_UNIT_MAP_H

#include "symbolize/units.h"

struct od_unit_map;
struct od_unit_maps;

/* A row of the line table. */
struct od_unit_line {
	const char *path;	/* NULL: none is told. Valid as long as the maps */
	unsigned line, column;
};

/* A variable of the unit with an address of its own; die: offset in the unit. */
struct od_unit_global {
	uint64_t address, die;
};

/* NULL: out of memory. */
struct od_unit_maps *od_unit_maps_create(void);
void od_unit_maps_destroy(struct od_unit_maps *maps);

/*
 * The map of a unit, made when it is first asked for; NULL: out of memory, or the unit has no lines that can be read.
 * Valid until the next map is asked for.
 */
const struct od_unit_map *od_unit_maps_get(struct od_dwarf *dwarf, struct od_unit *unit);

/* The row that holds the address; false: none does. */
bool od_unit_map_line(const struct od_unit_map *map, uint64_t address, struct od_unit_line *ret);

/* The path of a file by DW_AT_call_file; NULL: there is none of this number. */
const char *od_unit_map_file(const struct od_unit_map *map, uint64_t number);

/* True when the map knows all functions of the unit; else its DIEs must be asked. */
bool od_unit_map_has_functions(const struct od_unit_map *map);

/* The offset in its unit of the DW_TAG_subprogram that holds the address; false: none does. */
bool od_unit_map_function(const struct od_unit_map *map, uint64_t address, uint64_t *ret);

/* The unit's variables in the order of the debug info. Only when od_unit_map_has_functions(). */
const struct od_unit_global *od_unit_map_globals(const struct od_unit_map *map, size_t *count);

#endif
