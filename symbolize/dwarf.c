// SPDX-License-Identifier: GPL-3.0-or-later
#include "symbolize/dwarf.h"

#include <stdlib.h>

#include "symbolize/dwarf_scope.h"
#include "symbolize/index.h"
#include "symbolize/unit_map.h"
#include "symbolize/units.h"

/*
 * Limits on hostile debug info: nesting of DIEs, siblings looked at per lookup, steps from a DIE to the
 * one that has its name, inlined calls at one place.
 */
enum { DEPTH = 64, SIBLING_LIMIT = 1 << 22, ORIGIN_LIMIT = 16, CHAIN_LIMIT = 64 };

/* Bytes that a DIE may have; lookups after which it is worth to read units as a whole (unit_map.h). */
enum { DIE_REACH = 4096, PATIENCE = 64 };

/* The first of `die` and its siblings that is a block of code around the address. */
static bool find_block(Dwarf_Die *die, uint64_t address, Dwarf_Die *ret)
{
	int left = 0;

	for (unsigned i = 0; left == 0 && i < SIBLING_LIMIT; i++) {
		int tag = dwarf_tag(die);
		if ((tag == DW_TAG_inlined_subroutine || tag == DW_TAG_lexical_block ||
		     tag == DW_TAG_subprogram || tag == DW_TAG_try_block || tag == DW_TAG_catch_block) &&
		    dwarf_haspc(die, address) == 1) {
			*ret = *die;
			return true;
		}
		left = dwarf_siblingof(die, die);
	}
	return false;
}

static bool holds_functions(int tag)
{
	return tag == DW_TAG_namespace || tag == DW_TAG_module || tag == DW_TAG_structure_type ||
	       tag == DW_TAG_class_type || tag == DW_TAG_enumeration_type || tag == DW_TAG_union_type;
}

/* Functions stand directly in the unit in C, in namespaces and types in Rust. */
static bool find_function(Dwarf_Die *unit, uint64_t address, Dwarf_Die *ret)
{
	Dwarf_Attribute attr;
	Dwarf_Word language = 0;
	Dwarf_Die path[DEPTH];
	unsigned depth = 0;

	dwarf_formudata(dwarf_attr(unit, DW_AT_language, &attr), &language);
	bool nested = language != DW_LANG_C89 && language != DW_LANG_C99 && language != DW_LANG_C11 &&
		      language != DW_LANG_Mips_Assembler;
	if (dwarf_child(unit, &path[0]))
		return false;
	for (unsigned i = 0; i < SIBLING_LIMIT; i++) {
		int tag = dwarf_tag(&path[depth]);
		if (tag == DW_TAG_subprogram && dwarf_haspc(&path[depth], address) == 1) {
			*ret = path[depth];
			return true;
		}
		if (nested && depth + 1 < DEPTH && holds_functions(tag) &&
		    dwarf_child(&path[depth], &path[depth + 1]) == 0) {
			depth++;
			continue;
		}
		while (dwarf_siblingof(&path[depth], &path[depth]) != 0)
			if (depth-- == 0)
				return false;
	}
	return false;
}

/* Where a function is: the unit in .debug_info, and the DIE in the unit. */
struct whereabouts {
	uint64_t unit, die;
};

/* What was read of the whole unit; NULL: the DIEs and libdw's lines must do. */
static const struct od_unit_map *map_of(struct od_dwarf *dwarf, struct od_unit *unit)
{
	return dwarf->lookups > PATIENCE ? od_unit_maps_get(dwarf, unit) : NULL;
}

static bool find_in_unit(struct od_dwarf *dwarf, struct od_unit *unit, uint64_t address, Dwarf_Die *ret)
{
	const struct od_unit_map *map = map_of(dwarf, unit);
	uint64_t die;

	if (!map || !od_unit_map_has_functions(map))
		return find_function(&unit->die, address, ret);
	return od_unit_map_function(map, address, &die) && dwarf_offdie(unit->dw, od_unit_base(unit) + die, ret);
}

/* The function around the address; found once, it is remembered. */
static bool find_and_learn(struct od_dwarf *dwarf, struct od_unit *unit, uint64_t address, Dwarf_Die *ret)
{
	if (!find_in_unit(dwarf, unit, address, ret))
		return false;
	const struct whereabouts where = {unit->offset, dwarf_dieoffset(ret) - od_unit_base(unit)};
	if (dwarf->image->index)
		od_index_learn(dwarf->image->index, OD_FACT_FUNCTION, address,
			       (struct od_str){(const char *)&where, sizeof(where)});
	return true;
}

/* The function around the address as it was learned; NULL: it was not, or is not there. */
static struct od_unit *recall(struct od_dwarf *dwarf, uint64_t address, Dwarf_Die *ret)
{
	struct whereabouts where;
	struct od_str known;

	if (!dwarf->image->index || !od_index_get(dwarf->image->index, OD_FACT_FUNCTION, address, &known) ||
	    known.len != sizeof(where))
		return NULL;
	memcpy(&where, known.ptr, sizeof(where));
	struct od_unit *unit = od_unit_get(dwarf, where.unit);
	if (!unit || where.die >= unit->size ||
	    !dwarf_offdie(unit->dw, od_unit_base(unit) + where.die, ret) || dwarf_tag(ret) != DW_TAG_subprogram ||
	    dwarf_haspc(ret, address) != 1)
		return NULL;
	return unit;
}

/* The function and the calls inlined at the address, outermost first; 0: none is known. */
static unsigned find_chain(struct od_dwarf *dwarf, struct od_unit *unit, uint64_t address,
			   Dwarf_Die chain[static CHAIN_LIMIT])
{
	Dwarf_Die die, child;
	unsigned count = 0;

	if (!find_and_learn(dwarf, unit, address, &die))
		return 0;
	chain[count++] = die;
	for (unsigned depth = 0; depth < DEPTH && count < CHAIN_LIMIT; depth++) {
		if (dwarf_child(&die, &child) || !find_block(&child, address, &die))
			break;
		if (dwarf_tag(&die) == DW_TAG_inlined_subroutine)
			chain[count++] = die;
	}
	return count;
}

/* Relocates the unit that the DIE is in: references may lead to another one. */
static void prepare_die(struct od_dwarf *dwarf, Dwarf_Die *die)
{
	Dwarf_Die unit;
	uint8_t address_size, offset_size;
	uint64_t end;

	if (!dwarf->info.relocations || dwarf->info.whole ||
	    !dwarf_diecu(die, &unit, &address_size, &offset_size))
		return;
	/* From the unit's own DIE, which follows its header. */
	uint64_t first = dwarf_dieoffset(&unit);
	end = dwarf_dieoffset(die) + DIE_REACH;
	od_relocator_apply(&dwarf->info, first, end);
}

/* The DIE that `die` is an instance of; false: none. *foreign: it is in another unit, which libdw must see. */
static bool follow(const struct od_unit *unit, Dwarf_Die *die, bool *foreign)
{
	static const unsigned links[] = {DW_AT_abstract_origin, DW_AT_specification};
	Dwarf_Attribute attr;

	for (size_t i = 0; i < sizeof(links) / sizeof(links[0]); i++) {
		if (!dwarf_attr(die, links[i], &attr))
			continue;
		if (unit->elf && dwarf_whatform(&attr) == DW_FORM_ref_addr) {
			*foreign = true;
			return false;
		}
		return dwarf_formref_die(&attr, die);
	}
	return false;
}

/* The author's name; "" when the debug info has none. */
static const char *die_name(struct od_dwarf *dwarf, const struct od_unit *unit, Dwarf_Die die, bool *foreign)
{
	Dwarf_Attribute attr;

	for (unsigned step = 0; step < ORIGIN_LIMIT; step++) {
		const char *name = dwarf_formstring(dwarf_attr(&die, DW_AT_name, &attr));
		if (name)
			return name;
		if (!follow(unit, &die, foreign))
			break;
		if (!unit->elf)
			prepare_die(dwarf, &die);
	}
	return "";
}

static unsigned die_number(Dwarf_Die *die, unsigned name)
{
	Dwarf_Attribute attr;
	Dwarf_Word value;

	return dwarf_attr(die, name, &attr) && !dwarf_formudata(&attr, &value) && value <= UINT32_MAX
		       ? (unsigned)value
		       : 0;
}

static struct od_str last_component(struct od_str path)
{
	ptrdiff_t slash = od_str_find_last_char(path, '/');
	return slash < 0 ? path : od_str_from_index(path, (size_t)slash + 1);
}

static void set_file(struct od_arena *arena, struct od_place *place, Dwarf_Die *unit, const char *path)
{
	Dwarf_Attribute attr;
	const char *dir = dwarf_formstring(dwarf_attr(unit, DW_AT_comp_dir, &attr));

	if (!path || !strcmp(path, "???"))
		return;
	if (path[0] == '/' || !dir || dir[0] != '/')
		place->path = od_arena_copy(arena, od_str_from(path));
	else
		place->path = od_arena_printf(arena, "%s/%s", dir, path);
	place->file = last_component(place->path);
}

static void set_path(struct od_arena *arena, struct od_place *place, const char *path)
{
	if (!path)
		return;
	place->path = od_arena_copy(arena, od_str_from(path));
	place->file = last_component(place->path);
}

/* The row of the line table: where the innermost function is. */
static bool set_line(struct od_dwarf *dwarf, struct od_unit *unit, uint64_t address, struct od_arena *arena,
		     struct od_place *place)
{
	const struct od_unit_map *map = map_of(dwarf, unit);
	struct od_unit_line known;
	int line = 0, column = 0;

	if (map) {
		if (!od_unit_map_line(map, address, &known))
			return false;
		place->line = known.line;
		place->column = known.column;
		set_path(arena, place, known.path);
		return true;
	}
	od_unit_prepare_lines(dwarf, &unit->die);
	Dwarf_Line *row = dwarf_getsrc_die(&unit->die, address);
	if (!row || dwarf_lineno(row, &line) || dwarf_linecol(row, &column))
		return false;
	place->line = line > 0 ? (unsigned)line : 0;
	place->column = column > 0 ? (unsigned)column : 0;
	set_file(arena, place, &unit->die, dwarf_linesrc(row, NULL, NULL));
	return true;
}

/* Where an inlined function was called: that is the place of the function around it. */
static void set_call_site(struct od_dwarf *dwarf, struct od_unit *unit, Dwarf_Die *inlined, struct od_arena *arena,
			  struct od_place *place)
{
	const struct od_unit_map *map = map_of(dwarf, unit);
	Dwarf_Files *files;
	size_t count;
	unsigned file = die_number(inlined, DW_AT_call_file);

	place->line = die_number(inlined, DW_AT_call_line);
	place->column = die_number(inlined, DW_AT_call_column);
	if (map)
		set_path(arena, place, od_unit_map_file(map, file));
	else if (dwarf_getsrcfiles(&unit->die, &files, &count) == 0 && file < count)
		set_file(arena, place, &unit->die, dwarf_filesrc(files, file, NULL, NULL));
}

/* Appends the places of a unit's address; *foreign: names are in units that libdw was not shown. */
static bool add_places(struct od_dwarf *dwarf, struct od_unit *unit, uint64_t address, struct od_arena *arena,
		       od_places *places, bool *foreign)
{
	Dwarf_Die chain[CHAIN_LIMIT];
	struct od_place innermost = {0};

	if (!set_line(dwarf, unit, address, arena, &innermost))
		return false;
	unsigned count = find_chain(dwarf, unit, address, chain);
	struct od_place *place = od_list_push(arena, places);
	if (!place)
		return false;
	*place = innermost;
	for (unsigned i = count; i-- > 0;) {
		place->function = od_arena_copy(arena, od_str_from(die_name(dwarf, unit, chain[i], foreign)));
		place->inlined = i > 0;
		if (i == 0 || !(place = od_list_push(arena, places)))
			break;
		set_call_site(dwarf, unit, &chain[i], arena, place);
	}
	return true;
}

bool od_dwarf_places(struct od_image *image, uint64_t address, struct od_arena *arena, od_places *places)
{
	struct od_dwarf *dwarf = od_dwarf_get(image);
	bool foreign = false;

	if (dwarf && ++dwarf->lookups == PATIENCE)
		od_units_join(dwarf);
	struct od_unit *unit = dwarf ? od_unit_find(dwarf, address) : NULL;

	if (!unit)
		return false;
	bool known = add_places(dwarf, unit, address, arena, places, &foreign);
	if (!foreign)
		return known;
	places->count = 0;
	od_units_join(dwarf);
	unit = od_unit_find(dwarf, address);
	return unit && add_places(dwarf, unit, address, arena, places, &foreign);
}

bool od_dwarf_scope(struct od_image *image, uint64_t address, struct od_dwarf_scope *ret)
{
	static const char *const sections[] = {".debug_loc", ".debug_loclists"};
	struct od_dwarf *dwarf = od_dwarf_get(image);
	struct od_unit *unit = dwarf ? recall(dwarf, address, &ret->function) : NULL;

	if (dwarf && !unit) {
		unit = od_unit_find(dwarf, address);
		if (unit && !find_and_learn(dwarf, unit, address, &ret->function))
			unit = NULL;
	}
	if (!unit)
		return false;
	for (size_t i = 0; !dwarf->locations_ready && i < sizeof(sections) / sizeof(sections[0]); i++) {
		struct od_relocator relocator;
		od_relocator_init(&relocator, image, sections[i]);
		od_relocator_apply(&relocator, 0, UINT64_MAX);
	}
	dwarf->locations_ready = true;
	ret->unit = unit->die;
	ret->map = map_of(dwarf, unit);
	if (ret->map && !od_unit_map_has_functions(ret->map))
		ret->map = NULL;
	return true;
}
