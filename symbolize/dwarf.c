// SPDX-License-Identifier: GPL-3.0-or-later
#include "symbolize/dwarf.h"

#include <dwarf.h>
#include <elfutils/libdw.h>
#include <stdlib.h>

#include "symbolize/ranges.h"
#include "symbolize/relocate.h"

/*
 * Limits on hostile debug info: nesting of DIEs, siblings looked at per lookup, steps from a DIE to the
 * one that has its name, units, inlined calls at one place.
 */
enum { DEPTH = 64, SIBLING_LIMIT = 1 << 22, ORIGIN_LIMIT = 16, UNIT_LIMIT = 1 << 20, CHAIN_LIMIT = 64 };

struct od_dwarf {
	struct od_image *image;
	Dwarf *dw;
	struct od_relocator info, line;
	struct od_ranges *ranges;	/* from .debug_aranges: address to unit */
	bool units_scanned;		/* ranges of units without .debug_aranges were added */
};

/* A unit: where it is in .debug_info, and its DIE. */
struct unit {
	Dwarf_Off offset, next;
	Dwarf_Die die;
};

void od_dwarf_close(struct od_dwarf *dwarf)
{
	if (!dwarf)
		return;
	od_ranges_destroy(dwarf->ranges);
	dwarf_end(dwarf->dw);
	free(dwarf);
}

/*
 * A module's unit headers name their abbreviations by relocation, and libdw reads all headers up
 * to the unit that it is asked for.
 */
static void relocate_headers(struct od_dwarf *dwarf)
{
	enum { HEADER = 40 };
	const struct od_image *image = dwarf->image;
	uint64_t offset = 0;

	for (unsigned i = 0; i < UNIT_LIMIT && offset + HEADER <= dwarf->info.size; i++) {
		od_relocator_apply(&dwarf->info, offset, offset + HEADER);
		uint64_t length = od_image_number(image, dwarf->info.bytes + offset, 4);
		unsigned field = 4;
		if (length == 0xffffffff) {
			length = od_image_number(image, dwarf->info.bytes + offset + 4, 8);
			field = 12;
		}
		if (length > dwarf->info.size - offset - field)
			return;
		offset += field + length;
	}
}

/* Small sections, or such as are needed wherever a unit points. */
static void relocate_shared(struct od_image *image)
{
	static const char *const names[] = {
		".debug_aranges", ".debug_ranges", ".debug_rnglists", ".debug_addr", ".debug_str_offsets",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct od_relocator relocator;
		od_relocator_init(&relocator, image, names[i]);
		od_relocator_apply(&relocator, 0, UINT64_MAX);
	}
}

static struct od_dwarf *dwarf_open(struct od_image *image)
{
	struct od_dwarf *dwarf = calloc(1, sizeof(*dwarf));

	if (!dwarf)
		return NULL;
	dwarf->image = image;
	od_relocator_init(&dwarf->info, image, ".debug_info");
	od_relocator_init(&dwarf->line, image, ".debug_line");
	if (image->relocatable) {
		relocate_shared(image);
		relocate_headers(dwarf);
	}
	dwarf->dw = dwarf_begin_elf(image->elf, DWARF_C_READ, NULL);
	dwarf->ranges = od_ranges_create(image);
	if (!dwarf->dw || !dwarf->ranges) {
		od_dwarf_close(dwarf);
		return NULL;
	}
	return dwarf;
}

static struct od_dwarf *get_dwarf(struct od_image *image)
{
	if (!image->dwarf_tried && od_image_has_dwarf(image))
		image->dwarf = dwarf_open(image);
	image->dwarf_tried = true;
	return image->dwarf;
}

static bool get_unit(struct od_dwarf *dwarf, Dwarf_Off offset, struct unit *ret)
{
	size_t header;

	ret->offset = offset;
	if (dwarf_nextcu(dwarf->dw, offset, &ret->next, &header, NULL, NULL, NULL) != 0 || ret->next <= offset)
		return false;
	od_relocator_apply(&dwarf->info, offset, ret->next);
	return dwarf_offdie(dwarf->dw, offset + header, &ret->die);
}

/* Relocates the lines of the unit. */
static void prepare_lines(struct od_dwarf *dwarf, Dwarf_Die *unit)
{
	enum { HEADER = 12 };
	Dwarf_Attribute attr;
	Dwarf_Word at;

	if (!dwarf->line.relocations || dwarf_formudata(dwarf_attr(unit, DW_AT_stmt_list, &attr), &at) ||
	    at >= dwarf->line.size || dwarf->line.size - at < HEADER)
		return;
	od_relocator_apply(&dwarf->line, at, at + HEADER);
	uint64_t length = od_image_number(dwarf->image, dwarf->line.bytes + at, 4);
	if (length == 0xffffffff)
		length = od_image_number(dwarf->image, dwarf->line.bytes + at + 4, 8);
	uint64_t room = dwarf->line.size - at;
	od_relocator_apply(&dwarf->line, at, at + (length < room ? length + HEADER : room));
}

/*
 * Compilers may leave .debug_aranges out (clang does): every unit is asked for its ranges, once.
 * Only the first bytes of a unit are relocated for that; its DIE is there.
 */
static void scan_units(struct od_dwarf *dwarf)
{
	enum { UNIT_DIE = 256 };
	Dwarf_Off offset = 0, next;
	size_t header;

	dwarf->units_scanned = true;
	for (unsigned i = 0; i < UNIT_LIMIT; i++, offset = next) {
		Dwarf_Die die;
		Dwarf_Addr base, start, end;
		ptrdiff_t at = 0;
		if (dwarf_nextcu(dwarf->dw, offset, &next, &header, NULL, NULL, NULL) != 0 || next <= offset)
			break;
		if (od_ranges_has_unit(dwarf->ranges, offset))
			continue;
		od_relocator_apply(&dwarf->info, offset, next - offset < UNIT_DIE ? next : offset + UNIT_DIE);
		if (!dwarf_offdie(dwarf->dw, offset + header, &die))
			continue;
		while ((at = dwarf_ranges(&die, at, &base, &start, &end)) > 0)
			if (!od_ranges_add(dwarf->ranges, start, end, offset))
				return;
	}
	od_ranges_sort(dwarf->ranges);
}

static bool find_unit(struct od_dwarf *dwarf, uint64_t address, struct unit *ret)
{
	uint64_t offset;

	if (od_ranges_find(dwarf->ranges, address, &offset))
		return get_unit(dwarf, offset, ret);
	if (dwarf->units_scanned)
		return false;
	scan_units(dwarf);
	return od_ranges_find(dwarf->ranges, address, &offset) && get_unit(dwarf, offset, ret);
}

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

/* The function and the calls inlined at the address, outermost first; 0: none is known. */
static unsigned find_chain(Dwarf_Die *unit, uint64_t address, Dwarf_Die chain[static CHAIN_LIMIT])
{
	Dwarf_Die die, child;
	unsigned count = 0;

	if (!find_function(unit, address, &die))
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
static void prepare_die(struct od_dwarf *dwarf, Dwarf_Die *die, struct unit *current)
{
	Dwarf_Off offset = dwarf_dieoffset(die);
	Dwarf_Die unit_die;
	uint8_t address_size, offset_size;

	if (!dwarf->info.relocations || dwarf->info.whole ||
	    (offset >= current->offset && offset < current->next))
		return;
	if (!dwarf_diecu(die, &unit_die, &address_size, &offset_size))
		return;
	od_relocator_apply(&dwarf->info, dwarf_dieoffset(&unit_die), offset + 4096);
}

/* The author's name; "" when the debug info has none. */
static const char *die_name(struct od_dwarf *dwarf, struct unit *unit, Dwarf_Die die)
{
	static const unsigned links[] = {DW_AT_abstract_origin, DW_AT_specification};
	Dwarf_Attribute attr;

	for (unsigned step = 0; step < ORIGIN_LIMIT; step++) {
		prepare_die(dwarf, &die, unit);
		const char *name = dwarf_formstring(dwarf_attr(&die, DW_AT_name, &attr));
		if (name)
			return name;
		Dwarf_Die origin;
		unsigned i = 0;
		while (i < 2 && !(dwarf_attr(&die, links[i], &attr) && dwarf_formref_die(&attr, &origin)))
			i++;
		if (i == 2)
			break;
		die = origin;
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
	if (path[0] == '/' || !dir)
		place->path = od_arena_copy(arena, od_str_from(path));
	else
		place->path = od_arena_printf(arena, "%s/%s", dir, path);
	place->file = last_component(place->path);
}

/* The row of the line table: where the innermost function is. */
static bool set_line(struct od_dwarf *dwarf, struct unit *unit, uint64_t address, struct od_arena *arena,
		     struct od_place *place)
{
	int line = 0, column = 0;

	prepare_lines(dwarf, &unit->die);
	Dwarf_Line *row = dwarf_getsrc_die(&unit->die, address);
	if (!row || dwarf_lineno(row, &line) || dwarf_linecol(row, &column))
		return false;
	place->line = line > 0 ? (unsigned)line : 0;
	place->column = column > 0 ? (unsigned)column : 0;
	set_file(arena, place, &unit->die, dwarf_linesrc(row, NULL, NULL));
	return true;
}

/* Where an inlined function was called: that is the place of the function around it. */
static void set_call_site(struct unit *unit, Dwarf_Die *inlined, struct od_arena *arena,
			  struct od_place *place)
{
	Dwarf_Files *files;
	size_t count;
	unsigned file = die_number(inlined, DW_AT_call_file);

	place->line = die_number(inlined, DW_AT_call_line);
	place->column = die_number(inlined, DW_AT_call_column);
	if (dwarf_getsrcfiles(&unit->die, &files, &count) == 0 && file < count)
		set_file(arena, place, &unit->die, dwarf_filesrc(files, file, NULL, NULL));
}

bool od_dwarf_places(struct od_image *image, uint64_t address, struct od_arena *arena, struct od_frame *frame)
{
	struct od_dwarf *dwarf = get_dwarf(image);
	Dwarf_Die chain[CHAIN_LIMIT];
	struct unit unit;
	struct od_place innermost = {0};

	if (!dwarf || !find_unit(dwarf, address, &unit))
		return false;
	if (!set_line(dwarf, &unit, address, arena, &innermost))
		return false;
	unsigned count = find_chain(&unit.die, address, chain);
	struct od_place *place = od_list_push(arena, &frame->places);
	if (!place)
		return false;
	*place = innermost;
	place->function = frame->function;
	for (unsigned i = count; i-- > 0;) {
		const char *name = die_name(dwarf, &unit, chain[i]);
		if (name[0])
			place->function = od_arena_copy(arena, od_str_from(name));
		if (i == 0)
			break;
		place->inlined = true;
		place = od_list_push(arena, &frame->places);
		if (!place)
			return true;
		place->function = frame->function;
		set_call_site(&unit, &chain[i], arena, place);
	}
	return true;
}
