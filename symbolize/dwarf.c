// SPDX-License-Identifier: GPL-3.0-or-later
#include "symbolize/dwarf.h"

#include <dwarf.h>
#include <elfutils/libdw.h>
#include <stdlib.h>

#include "symbolize/dwarf_scope.h"
#include "symbolize/index.h"
#include "symbolize/ranges.h"
#include "symbolize/relocate.h"

/*
 * Limits on hostile debug info: nesting of DIEs, siblings looked at per lookup, steps from a DIE to the
 * one that has its name, units, inlined calls at one place.
 */
enum { DEPTH = 64, SIBLING_LIMIT = 1 << 22, ORIGIN_LIMIT = 16, UNIT_LIMIT = 1 << 20, CHAIN_LIMIT = 64 };

/* Units that stay open, and bytes that a DIE may have. */
enum { UNIT_CACHE = 128, DIE_REACH = 4096 };

/*
 * A unit of .debug_info with its DIE. libdw reads the headers of all units before the one that it is asked for,
 * which touches most of a kernel's debug info; so a unit is shown to libdw as if it were the only one.
 */
struct unit {
	uint64_t offset, next;	/* in .debug_info */
	Elf *elf;		/* a handle of its own; NULL: it is in od_dwarf.whole */
	Dwarf *dw;
	Dwarf_Die die;
};

struct od_dwarf {
	struct od_image *image;
	Dwarf *whole;			/* all units; NULL: not opened yet */
	Dwarf *shared;			/* what units of several files refer to; NULL: nothing */
	bool only_whole;		/* compressed sections, references between units */
	struct od_relocator info, line;
	struct od_ranges *ranges;	/* from .debug_aranges: address to unit; NULL: not read yet */
	bool locations_ready;		/* the location lists are relocated */
	bool units_scanned;		/* ranges of units without .debug_aranges were added */
	struct unit units[UNIT_CACHE];	/* the last used first */
	size_t unit_count;
};

static void unit_close(struct unit *unit)
{
	if (!unit->elf)
		return;
	dwarf_end(unit->dw);
	elf_end(unit->elf);
}

static void forget_units(struct od_dwarf *dwarf)
{
	while (dwarf->unit_count)
		unit_close(&dwarf->units[--dwarf->unit_count]);
}

void od_dwarf_close(struct od_dwarf *dwarf)
{
	if (!dwarf)
		return;
	forget_units(dwarf);
	od_ranges_destroy(dwarf->ranges);
	dwarf_end(dwarf->whole);
	dwarf_end(dwarf->shared);
	free(dwarf);
}

/* Where the unit at `offset` ends, from its header; false: it is damaged. */
static bool unit_end(const struct od_dwarf *dwarf, uint64_t offset, uint64_t *ret)
{
	enum { HEADER = 24 };

	if (offset >= dwarf->info.size || dwarf->info.size - offset < HEADER)
		return false;
	uint64_t length = od_image_number(dwarf->image, dwarf->info.bytes + offset, 4), field = 4;
	if (length == 0xffffffff) {
		length = od_image_number(dwarf->image, dwarf->info.bytes + offset + 4, 8);
		field = 12;
	}
	if (length > dwarf->info.size - offset - field)
		return false;
	*ret = offset + field + length;
	return true;
}

/* A module's unit headers name their abbreviations by relocation. */
static void relocate_headers(struct od_dwarf *dwarf)
{
	enum { HEADER = 40 };
	uint64_t offset = 0;

	for (unsigned i = 0; i < UNIT_LIMIT; i++) {
		od_relocator_apply(&dwarf->info, offset, offset + HEADER);
		if (!unit_end(dwarf, offset, &offset))
			return;
	}
}

/* libdw on an ELF handle, knowing the shared file. */
static Dwarf *begin(const struct od_dwarf *dwarf, Elf *elf)
{
	Dwarf *dw = dwarf_begin_elf(elf, DWARF_C_READ, NULL);

	if (dw)
		dwarf_setalt(dw, dwarf->shared);
	return dw;
}

/* libdw on the image with all its units. */
static Dwarf *whole_dwarf(struct od_dwarf *dwarf)
{
	if (dwarf->whole)
		return dwarf->whole;
	relocate_headers(dwarf);
	dwarf->whole = begin(dwarf, dwarf->image->elf);
	return dwarf->whole;
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
	const struct od_section *info = od_image_section(image, ".debug_info");
	struct od_dwarf *dwarf = calloc(1, sizeof(*dwarf));

	if (!dwarf)
		return NULL;
	dwarf->image = image;
	dwarf->only_whole = !info || (info->header.sh_flags & SHF_COMPRESSED);
	od_relocator_init(&dwarf->info, image, ".debug_info");
	od_relocator_init(&dwarf->line, image, ".debug_line");
	if (image->shared)
		dwarf->shared = dwarf_begin_elf(image->shared->elf, DWARF_C_READ, NULL);
	if (image->relocatable)
		relocate_shared(image);
	return dwarf;
}

static struct od_dwarf *get_dwarf(struct od_image *image)
{
	if (!image->dwarf_tried && od_image_has_dwarf(image))
		image->dwarf = dwarf_open(image);
	image->dwarf_tried = true;
	return image->dwarf;
}

/* Makes a data descriptor of .debug_info end and begin with the unit. */
static void narrow(Elf_Data *data, const struct od_dwarf *dwarf, const struct unit *unit)
{
	if (!data)
		return;
	data->d_buf = dwarf->info.bytes + unit->offset;
	data->d_size = unit->next - unit->offset;
}

static bool open_alone(const struct od_dwarf *dwarf, struct unit *unit)
{
	const struct od_image *image = dwarf->image;
	size_t index = (size_t)(od_image_section(image, ".debug_info") - image->sections);

	unit->elf = elf_memory((char *)image->file.data, image->file.size);
	Elf_Scn *scn = unit->elf ? elf_getscn(unit->elf, index) : NULL;
	if (scn) {
		/* libdw looks at one of them; which one depends on its version. */
		narrow(elf_rawdata(scn, NULL), dwarf, unit);
		narrow(elf_getdata(scn, NULL), dwarf, unit);
		unit->dw = begin(dwarf, unit->elf);
	}
	return unit->dw;
}

static bool open_unit(struct od_dwarf *dwarf, uint64_t offset, struct unit *unit)
{
	size_t header;
	Dwarf_Off next;

	od_relocator_apply(&dwarf->info, offset, offset + 1);
	*unit = (struct unit){.offset = offset};
	if (!unit_end(dwarf, offset, &unit->next))
		return false;
	od_relocator_apply(&dwarf->info, offset, unit->next);
	if (dwarf->only_whole)
		unit->dw = whole_dwarf(dwarf);
	else if (!open_alone(dwarf, unit))
		return false;
	uint64_t at = dwarf->only_whole ? offset : 0;
	return unit->dw && !dwarf_nextcu(unit->dw, at, &next, &header, NULL, NULL, NULL) &&
	       dwarf_offdie(unit->dw, at + header, &unit->die);
}

/* The unit at the offset; NULL: it is damaged. Valid until UNIT_CACHE others were asked for. */
static struct unit *get_unit(struct od_dwarf *dwarf, uint64_t offset)
{
	struct unit unit;
	size_t at = 0;

	while (at < dwarf->unit_count && dwarf->units[at].offset != offset)
		at++;
	if (at < dwarf->unit_count) {
		unit = dwarf->units[at];
	} else {
		if (!open_unit(dwarf, offset, &unit)) {
			unit_close(&unit);
			return NULL;
		}
		if (dwarf->unit_count == UNIT_CACHE)
			unit_close(&dwarf->units[--dwarf->unit_count]);
		at = dwarf->unit_count++;
	}
	memmove(dwarf->units + 1, dwarf->units, at * sizeof(unit));
	dwarf->units[0] = unit;
	return &dwarf->units[0];
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
	Dwarf *dw = whole_dwarf(dwarf);

	dwarf->units_scanned = true;
	for (unsigned i = 0; dw && i < UNIT_LIMIT; i++, offset = next) {
		Dwarf_Die die;
		Dwarf_Addr base, start, end;
		ptrdiff_t at = 0;
		if (dwarf_nextcu(dw, offset, &next, &header, NULL, NULL, NULL) != 0 || next <= offset)
			break;
		if (od_ranges_has_unit(dwarf->ranges, offset))
			continue;
		od_relocator_apply(&dwarf->info, offset, next - offset < UNIT_DIE ? next : offset + UNIT_DIE);
		if (!dwarf_offdie(dw, offset + header, &die))
			continue;
		while ((at = dwarf_ranges(&die, at, &base, &start, &end)) > 0)
			if (!od_ranges_add(dwarf->ranges, start, end, offset))
				return;
	}
	od_ranges_sort(dwarf->ranges);
}

static struct unit *find_unit(struct od_dwarf *dwarf, uint64_t address)
{
	uint64_t offset;

	if (!dwarf->ranges && !(dwarf->ranges = od_ranges_create(dwarf->image)))
		return NULL;
	if (od_ranges_find(dwarf->ranges, address, &offset))
		return get_unit(dwarf, offset);
	if (dwarf->units_scanned)
		return NULL;
	scan_units(dwarf);
	return od_ranges_find(dwarf->ranges, address, &offset) ? get_unit(dwarf, offset) : NULL;
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

/* Where a function is: the unit in .debug_info, and the DIE in the unit. */
struct whereabouts {
	uint64_t unit, die;
};

/* libdw's offset of where a unit begins: it may think that the unit is the only one. */
static uint64_t base_of(const struct unit *unit)
{
	return unit->elf ? 0 : unit->offset;
}

/* The function around the address; found once, it is remembered. */
static bool find_and_learn(const struct od_dwarf *dwarf, struct unit *unit, uint64_t address, Dwarf_Die *ret)
{
	if (!find_function(&unit->die, address, ret))
		return false;
	const struct whereabouts where = {unit->offset, dwarf_dieoffset(ret) - base_of(unit)};
	if (dwarf->image->index)
		od_index_learn(dwarf->image->index, OD_FACT_FUNCTION, address,
			       (struct od_str){(const char *)&where, sizeof(where)});
	return true;
}

/* The function around the address as it was learned; NULL: it was not, or is not there. */
static struct unit *recall(struct od_dwarf *dwarf, uint64_t address, Dwarf_Die *ret)
{
	struct whereabouts where;
	struct od_str known;

	if (!dwarf->image->index || !od_index_get(dwarf->image->index, OD_FACT_FUNCTION, address, &known) ||
	    known.len != sizeof(where))
		return NULL;
	memcpy(&where, known.ptr, sizeof(where));
	struct unit *unit = get_unit(dwarf, where.unit);
	if (!unit || where.die >= unit->next - unit->offset ||
	    !dwarf_offdie(unit->dw, base_of(unit) + where.die, ret) || dwarf_tag(ret) != DW_TAG_subprogram ||
	    dwarf_haspc(ret, address) != 1)
		return NULL;
	return unit;
}

/* The function and the calls inlined at the address, outermost first; 0: none is known. */
static unsigned find_chain(const struct od_dwarf *dwarf, struct unit *unit, uint64_t address,
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
static bool follow(const struct unit *unit, Dwarf_Die *die, bool *foreign)
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
static const char *die_name(struct od_dwarf *dwarf, const struct unit *unit, Dwarf_Die die, bool *foreign)
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

/* Appends the places of a unit's address; *foreign: names are in units that libdw was not shown. */
static bool add_places(struct od_dwarf *dwarf, struct unit *unit, uint64_t address, struct od_arena *arena,
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
		set_call_site(unit, &chain[i], arena, place);
	}
	return true;
}

bool od_dwarf_places(struct od_image *image, uint64_t address, struct od_arena *arena, od_places *places)
{
	struct od_dwarf *dwarf = get_dwarf(image);
	struct unit *unit = dwarf ? find_unit(dwarf, address) : NULL;
	bool foreign = false;

	if (!unit)
		return false;
	bool known = add_places(dwarf, unit, address, arena, places, &foreign);
	if (!foreign)
		return known;
	places->count = 0;
	forget_units(dwarf);
	dwarf->only_whole = true;
	unit = find_unit(dwarf, address);
	return unit && add_places(dwarf, unit, address, arena, places, &foreign);
}

bool od_dwarf_scope(struct od_image *image, uint64_t address, struct od_dwarf_scope *ret)
{
	static const char *const sections[] = {".debug_loc", ".debug_loclists"};
	struct od_dwarf *dwarf = get_dwarf(image);
	struct unit *unit = dwarf ? recall(dwarf, address, &ret->function) : NULL;

	if (dwarf && !unit) {
		unit = find_unit(dwarf, address);
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
	return true;
}
