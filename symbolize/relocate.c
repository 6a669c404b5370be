// SPDX-License-Identifier: GPL-3.0-or-later
#include "symbolize/relocate.h"

enum { SAMPLES = 16 };	/* each of a large table is a page that nobody else needs */

bool od_relocator_get(const struct od_relocator *relocator, size_t index, struct od_reloc *ret)
{
	GElf_Rela rela = {0};
	GElf_Rel rel;

	if (relocator->addends) {
		if (!gelf_getrela(relocator->relocations, (int)index, &rela))
			return false;
	} else {
		if (!gelf_getrel(relocator->relocations, (int)index, &rel))
			return false;
		rela.r_offset = rel.r_offset;
		rela.r_info = rel.r_info;
	}
	ret->offset = rela.r_offset;
	ret->addend = rela.r_addend;
	ret->symbol = (uint32_t)GELF_R_SYM(rela.r_info);
	ret->type = (uint32_t)GELF_R_TYPE(rela.r_info);
	const struct od_machine *machine = relocator->image->machine;
	if (machine && machine->mips64_info) {
		/* r_sym is a 32-bit field of its own, before four bytes of types, whatever the byte order. */
		bool big = relocator->image->big_endian;
		ret->symbol = (uint32_t)(big ? rela.r_info >> 32 : rela.r_info);
		ret->type = (uint32_t)(big ? rela.r_info & 0xff : rela.r_info >> 56);
	}
	return true;
}

/* Looks at places spread over the table: linkers write it sorted, but nothing says that they must. */
static bool seems_sorted(const struct od_relocator *relocator)
{
	size_t step = relocator->count / SAMPLES + 1;
	uint64_t last = 0;
	struct od_reloc reloc;

	for (size_t i = 0; i < relocator->count; i += step) {
		if (!od_relocator_get(relocator, i, &reloc) || reloc.offset < last)
			return false;
		last = reloc.offset;
	}
	return true;
}

void od_relocator_init_section(struct od_relocator *relocator, const struct od_image *image,
			       const struct od_section *section)
{
	struct od_str bytes = section ? od_section_bytes(section) : (struct od_str){NULL, 0};

	*relocator = (struct od_relocator){
		.image = image, .bytes = (unsigned char *)(uintptr_t)bytes.ptr, .size = bytes.len};
	if (!section || !section->relocations)
		return;
	const struct od_section *table = &image->sections[section->relocations];
	relocator->addends = table->header.sh_type == SHT_RELA;
	relocator->relocations = elf_getdata(table->scn, NULL);
	if (!relocator->relocations || !relocator->relocations->d_buf || !table->header.sh_entsize) {
		relocator->relocations = NULL;
		return;
	}
	size_t entry = gelf_fsize(image->elf, relocator->addends ? ELF_T_RELA : ELF_T_REL, 1, EV_CURRENT);
	relocator->count = entry ? relocator->relocations->d_size / entry : 0;
	relocator->sorted = seems_sorted(relocator);
}

void od_relocator_init(struct od_relocator *relocator, struct od_image *image, const char *name)
{
	const struct od_section *section = od_image_section(image, name);

	if (image->relocatable) {
		od_relocator_init_section(relocator, image, section);
		return;
	}
	/* --emit-relocs: the linker has applied them, and they are not looked at */
	struct od_str bytes = section ? od_section_bytes(section) : (struct od_str){NULL, 0};
	*relocator = (struct od_relocator){
		.image = image, .bytes = (unsigned char *)(uintptr_t)bytes.ptr, .size = bytes.len};
}

size_t od_relocator_lower_bound(const struct od_relocator *relocator, uint64_t offset)
{
	size_t low = 0, high = relocator->sorted ? relocator->count : 0;
	struct od_reloc reloc;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (od_relocator_get(relocator, middle, &reloc) && reloc.offset < offset)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* S of one relocation; a section that is not loaded (debug sections) begins at 0. */
static bool symbol_value(const struct od_image *image, uint32_t index, uint64_t *ret)
{
	GElf_Sym symbol;

	if (!image->symbols || !gelf_getsym(image->symbols, (int)index, &symbol) ||
	    symbol.st_shndx == SHN_UNDEF || symbol.st_shndx == SHN_COMMON)
		return false;
	*ret = symbol.st_value;
	if (symbol.st_shndx < image->section_count)
		*ret += image->sections[symbol.st_shndx].address;
	return true;
}

bool od_relocator_target(const struct od_relocator *relocator, const struct od_reloc *reloc, uint64_t *ret)
{
	uint64_t value;

	if (!symbol_value(relocator->image, reloc->symbol, &value))
		return false;
	*ret = value + (uint64_t)reloc->addend;
	return true;
}

const struct od_section *od_relocator_section(const struct od_relocator *relocator, const struct od_reloc *reloc)
{
	const struct od_image *image = relocator->image;
	GElf_Sym symbol;

	if (!image->symbols || !gelf_getsym(image->symbols, (int)reloc->symbol, &symbol) ||
	    symbol.st_shndx == SHN_UNDEF || symbol.st_shndx >= image->section_count)
		return NULL;
	return &image->sections[symbol.st_shndx];
}

/* Rewrites a ULEB128 number in the bytes that it has. */
static void store_uleb(unsigned char *place, size_t room, uint64_t value, bool subtract)
{
	uint64_t old = 0;
	size_t length = 0;

	while (length < room && length < 9) {
		old |= (uint64_t)(place[length] & 0x7f) << (7 * length);
		if (!(place[length++] & 0x80))
			break;
	}
	value = subtract ? old - value : value;
	for (size_t i = 0; i < length; i++)
		place[i] = (unsigned char)((value >> (7 * i)) & 0x7f) | (i + 1 < length ? 0x80 : 0);
}

static void apply_op(const struct od_relocator *relocator, const struct od_relocation *row, uint64_t offset,
		     uint64_t value)
{
	const struct od_image *image = relocator->image;
	unsigned char *place = relocator->bytes + offset;

	switch (row->op) {
	case OD_RELOCATION_SET:
		od_image_put_number(image, place, row->bytes, value);
		break;
	case OD_RELOCATION_ADD:
		od_image_put_number(image, place, row->bytes, od_image_number(image, place, row->bytes) + value);
		break;
	case OD_RELOCATION_SUB:
		od_image_put_number(image, place, row->bytes, od_image_number(image, place, row->bytes) - value);
		break;
	case OD_RELOCATION_SET6:
		*place = (unsigned char)((*place & 0xc0) | (value & 0x3f));
		break;
	case OD_RELOCATION_SUB6:
		*place = (unsigned char)((*place & 0xc0) | ((*place - value) & 0x3f));
		break;
	case OD_RELOCATION_SET_ULEB:
	case OD_RELOCATION_SUB_ULEB:
		store_uleb(place, relocator->size - offset, value, row->op == OD_RELOCATION_SUB_ULEB);
		break;
	}
}

static void apply_one(const struct od_relocator *relocator, const struct od_reloc *reloc,
		      const struct od_relocation *row)
{
	uint64_t value;
	size_t bytes = row->bytes ? row->bytes : 1;

	if (reloc->offset >= relocator->size || relocator->size - reloc->offset < bytes ||
	    !symbol_value(relocator->image, reloc->symbol, &value))
		return;
	if (relocator->addends)
		value += (uint64_t)reloc->addend;
	else
		value += od_image_number(relocator->image, relocator->bytes + reloc->offset, row->bytes);
	apply_op(relocator, row, reloc->offset, value);
}

static void apply_from(const struct od_relocator *relocator, size_t index, uint64_t from, uint64_t to)
{
	const struct od_relocation *row = NULL;
	uint32_t last_type = UINT32_MAX;
	struct od_reloc reloc;

	for (size_t i = index; i < relocator->count; i++) {
		if (!od_relocator_get(relocator, i, &reloc))
			continue;
		if (reloc.offset >= to && relocator->sorted)
			return;
		if (reloc.offset < from || reloc.offset >= to)
			continue;
		if (reloc.type != last_type) {
			row = od_relocation_find(relocator->image->machine_number, reloc.type);
			last_type = reloc.type;
		}
		if (row)
			apply_one(relocator, &reloc, row);
	}
}

void od_relocator_apply(struct od_relocator *relocator, uint64_t from, uint64_t to)
{
	const struct od_machine *machine = relocator->image->machine;

	if (!relocator->relocations || relocator->whole || !relocator->bytes || from >= to)
		return;
	if (!machine || !machine->repeatable || !relocator->addends || !relocator->sorted) {
		from = 0;
		to = UINT64_MAX;
		relocator->whole = true;
		relocator->sorted = false; /* all of them, in the order of the table */
	}
	apply_from(relocator, od_relocator_lower_bound(relocator, from), from, to);
}
