// SPDX-License-Identifier: GPL-3.0-or-later
#include "symbolize/units.h"

#include <stdlib.h>

#include "symbolize/dwarf.h"
#include "symbolize/ranges.h"
#include "symbolize/split.h"
#include "symbolize/unit_map.h"

/* Units that are scanned for their ranges. */
enum { UNIT_LIMIT = 1 << 20 };

void od_unit_close(struct od_unit *unit)
{
	if (!unit->elf)
		return;
	dwarf_end(unit->dw);
	elf_end(unit->elf);
	od_split_destroy(unit->split);
}

static void forget_units(struct od_dwarf *dwarf)
{
	while (dwarf->unit_count)
		od_unit_close(&dwarf->units[--dwarf->unit_count]);
}

void od_dwarf_close(struct od_dwarf *dwarf)
{
	if (!dwarf)
		return;
	forget_units(dwarf);
	od_ranges_destroy(dwarf->ranges);
	od_unit_maps_destroy(dwarf->maps);
	free(dwarf->frames);
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
	dwarf->compressed = !info || (info->header.sh_flags & SHF_COMPRESSED);
	dwarf->only_whole = dwarf->compressed;
	od_relocator_init(&dwarf->info, image, ".debug_info");
	od_relocator_init(&dwarf->line, image, ".debug_line");
	if (image->shared)
		dwarf->shared = dwarf_begin_elf(image->shared->elf, DWARF_C_READ, NULL);
	if (image->relocatable)
		relocate_shared(image);
	return dwarf;
}

struct od_dwarf *od_dwarf_get(struct od_image *image)
{
	if (!image->dwarf_tried && od_image_has_dwarf(image))
		image->dwarf = dwarf_open(image);
	image->dwarf_tried = true;
	return image->dwarf;
}

/* Makes a data descriptor of .debug_info end and begin with the unit. */
static void narrow(Elf_Data *data, const struct od_dwarf *dwarf, const struct od_unit *unit)
{
	if (!data)
		return;
	data->d_buf = dwarf->info.bytes + unit->offset;
	data->d_size = unit->next - unit->offset;
}

static bool open_alone(const struct od_dwarf *dwarf, struct od_unit *unit)
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

/* Finds the unit's end and relocates it. */
static bool prepare_unit(struct od_dwarf *dwarf, uint64_t offset, struct od_unit *unit)
{
	od_relocator_apply(&dwarf->info, offset, offset + 1);
	*unit = (struct od_unit){.offset = offset};
	if (!unit_end(dwarf, offset, &unit->next))
		return false;
	unit->size = unit->next - unit->offset;
	od_relocator_apply(&dwarf->info, offset, unit->next);
	return true;
}

/* The unit's DIE, which is behind its header at `at`. */
static bool read_unit_die(struct od_unit *unit, uint64_t at)
{
	size_t header;
	Dwarf_Off next;

	return unit->dw && !dwarf_nextcu(unit->dw, at, &next, &header, NULL, NULL, NULL) &&
	       dwarf_offdie(unit->dw, at + header, &unit->die);
}

bool od_unit_open_alone(struct od_dwarf *dwarf, uint64_t offset, struct od_unit *unit)
{
	if (dwarf->compressed || !prepare_unit(dwarf, offset, unit))
		return false;
	if (open_alone(dwarf, unit) && read_unit_die(unit, 0)) {
		od_split_join(dwarf, unit);
		return true;
	}
	od_unit_close(unit);
	return false;
}

static bool open_unit(struct od_dwarf *dwarf, uint64_t offset, struct od_unit *unit)
{
	if (!dwarf->only_whole)
		return od_unit_open_alone(dwarf, offset, unit);
	if (!prepare_unit(dwarf, offset, unit))
		return false;
	unit->dw = whole_dwarf(dwarf);
	if (!read_unit_die(unit, offset))
		return false;
	od_split_join(dwarf, unit);
	return true;
}

struct od_unit *od_unit_get(struct od_dwarf *dwarf, uint64_t offset)
{
	struct od_unit unit;
	size_t at = 0;

	while (at < dwarf->unit_count && dwarf->units[at].offset != offset)
		at++;
	if (at < dwarf->unit_count) {
		unit = dwarf->units[at];
	} else {
		if (!open_unit(dwarf, offset, &unit))
			return NULL;
		if (dwarf->unit_count == OD_UNIT_CACHE)
			od_unit_close(&dwarf->units[--dwarf->unit_count]);
		at = dwarf->unit_count++;
	}
	memmove(dwarf->units + 1, dwarf->units, at * sizeof(unit));
	dwarf->units[0] = unit;
	return &dwarf->units[0];
}

void od_unit_prepare_lines(struct od_dwarf *dwarf, Dwarf_Die *unit)
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

struct od_unit *od_unit_find(struct od_dwarf *dwarf, uint64_t address)
{
	uint64_t offset;

	if (!dwarf->ranges && !(dwarf->ranges = od_ranges_create(dwarf->image)))
		return NULL;
	if (od_ranges_find(dwarf->ranges, address, &offset))
		return od_unit_get(dwarf, offset);
	if (dwarf->units_scanned)
		return NULL;
	scan_units(dwarf);
	return od_ranges_find(dwarf->ranges, address, &offset) ? od_unit_get(dwarf, offset) : NULL;
}

void od_units_join(struct od_dwarf *dwarf)
{
	forget_units(dwarf);
	dwarf->only_whole = true;
}

enum { SHARED_BIT = 63, UNIT_BITS = 31, DIE_BITS = 32 };

static uint64_t unit_of(const struct od_dwarf *dwarf, Dwarf_Die *die)
{
	Dwarf *dw = dwarf_cu_getdwarf(die->cu);

	for (size_t i = 0; i < dwarf->unit_count; i++)
		if (dwarf->units[i].elf && dwarf->units[i].dw == dw)
			return dwarf->units[i].offset;
	return dwarf_dieoffset(die) - dwarf_cuoffset(die);
}

uint64_t od_die_key(const struct od_dwarf *dwarf, Dwarf_Die *die)
{
	uint64_t unit = unit_of(dwarf, die), offset = dwarf_cuoffset(die);
	uint64_t shared = dwarf->shared && dwarf_cu_getdwarf(die->cu) == dwarf->shared;

	if (unit >> UNIT_BITS || offset >> DIE_BITS)
		return 0;
	return shared << SHARED_BIT | unit << DIE_BITS | offset;
}

bool od_die_at(struct od_dwarf *dwarf, uint64_t key, Dwarf_Die *ret)
{
	const uint64_t offset = key & UINT32_MAX, start = key >> DIE_BITS & ((1u << UNIT_BITS) - 1);

	if (key >> SHARED_BIT)
		return dwarf->shared && dwarf_offdie(dwarf->shared, start + offset, ret);
	struct od_unit *unit = od_unit_get(dwarf, start);
	return unit && offset < unit->size && dwarf_offdie(unit->dw, od_unit_base(unit) + offset, ret);
}

bool od_die_is_foreign(const struct od_dwarf *dwarf, const Dwarf_Die *die, Dwarf_Attribute *attr)
{
	const Dwarf *dw = dwarf_cu_getdwarf(die->cu);

	return dwarf_whatform(attr) == DW_FORM_ref_addr && dw != dwarf->whole && dw != dwarf->shared;
}

bool od_op_address(Dwarf_Attribute *attr, const Dwarf_Op *op, uint64_t *ret)
{
	Dwarf_Attribute indirect;

	if (op->atom == DW_OP_addr) {
		*ret = op->number;
		return true;
	}
	return (op->atom == DW_OP_addrx || op->atom == DW_OP_GNU_addr_index) &&
	       !dwarf_getlocation_attr(attr, op, &indirect) && !dwarf_formaddr(&indirect, ret);
}

bool od_die_address(Dwarf_Die *die, uint64_t *ret)
{
	Dwarf_Attribute attr;
	Dwarf_Op *ops;
	size_t length;

	return dwarf_attr(die, DW_AT_location, &attr) && !dwarf_getlocation(&attr, &ops, &length) && length == 1 &&
	       od_op_address(&attr, &ops[0], ret);
}
