// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * The units of an image's .debug_info, opened one by one: for those who read DIEs. The only opener of libdw. One
 * thread at a time per image.
 */
#ifndef OD_SYMBOLIZE_UNITS_H
#define OD_SYMBOLIZE_UNITS_H

#include <dwarf.h>
#include <elfutils/libdw.h>

#include "symbolize/elf.h"
#include "symbolize/relocate.h"

struct od_split;

/*
 * A unit of .debug_info with its DIE. libdw reads the headers of all units before the one that it is asked for,
 * which touches most of a kernel's debug info; so a unit is shown to libdw as if it were the only one.
 */
struct od_unit {
	uint64_t offset, next;	/* in .debug_info */
	uint64_t size;		/* of what libdw is shown: next - offset, or that of the other half of a skeleton */
	struct od_split *split;	/* split.c; NULL: it is no skeleton, or its other half is missing */
	Elf *elf;		/* a handle of its own; NULL: it is in od_dwarf.whole */
	Dwarf *dw;
	Dwarf_Die die;
};

/* Units that stay open. */
enum { OD_UNIT_CACHE = 128 };

struct od_dwarf {
	struct od_image *image;
	Dwarf *whole;			/* all units; NULL: not opened yet */
	Dwarf *shared;			/* what units of several files refer to; NULL: nothing */
	bool compressed;		/* the units cannot be shown one by one */
	bool only_whole;		/* compressed, references between units, very many lookups */
	struct od_relocator info, line;
	struct od_ranges *ranges;	/* from .debug_aranges: address to unit; NULL: not read yet */
	bool locations_ready;		/* the location lists are relocated */
	bool frames_read;		/* of .debug_frame: cfi.c */
	struct od_frame_table *frames;	/* NULL: none */
	bool units_scanned;		/* ranges of units without .debug_aranges were added */
	struct od_unit units[OD_UNIT_CACHE]; /* the last used first */
	size_t unit_count;
	struct od_unit_maps *maps;	/* unit_map.c; NULL: none yet */
	size_t lookups;			/* of addresses */
	char split_missing[512];	/* "FILE: why" of the first skeleton whose other half cannot be had; "": none */
};

/* The image's debug info, opened when it is first needed; NULL: it has none. */
struct od_dwarf *od_dwarf_get(struct od_image *image);

/* The unit at the offset; NULL: it is damaged. Valid until OD_UNIT_CACHE others were asked for. */
struct od_unit *od_unit_get(struct od_dwarf *dwarf, uint64_t offset);

/* A unit with a handle of its own, to be closed by the caller; false: it is damaged, or compressed. */
bool od_unit_open_alone(struct od_dwarf *dwarf, uint64_t offset, struct od_unit *unit);
void od_unit_close(struct od_unit *unit);

/* The unit that holds the address; NULL: none does. */
struct od_unit *od_unit_find(struct od_dwarf *dwarf, uint64_t address);

/* libdw's offset of where a unit begins: it may think that the unit is the only one. */
static inline uint64_t od_unit_base(const struct od_unit *unit)
{
	return unit->elf ? 0 : unit->offset;
}

/*
 * A DIE as a number that is the same in every run: where its unit is and where it is in that, and whether in the
 * shared file; 0: it cannot be told.
 */
uint64_t od_die_key(const struct od_dwarf *dwarf, Dwarf_Die *die);

/* The DIE with this number; false: there is none. Valid as long as its unit. */
bool od_die_at(struct od_dwarf *dwarf, uint64_t key, Dwarf_Die *ret);

/* True for a reference into another unit from one that was shown to libdw alone: it must not be followed. */
bool od_die_is_foreign(const struct od_dwarf *dwarf, const Dwarf_Die *die, Dwarf_Attribute *attr);

/* The address of a variable that has one and nothing else as its location, in the expression or in .debug_addr (clang). */
bool od_die_address(Dwarf_Die *die, uint64_t *ret);

/* The same of an operation of a location. */
bool od_op_address(Dwarf_Attribute *attr, const Dwarf_Op *op, uint64_t *ret);

/* Forgets all units; from now on they see each other, as references between them demand. */
void od_units_join(struct od_dwarf *dwarf);

/* Relocates the lines of the unit. */
void od_unit_prepare_lines(struct od_dwarf *dwarf, Dwarf_Die *unit);

#endif
