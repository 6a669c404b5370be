// SPDX-License-Identifier: GPL-3.0-or-later
#include "symbolize/patches.h"

#include <elf.h>
#include <stdlib.h>

#include "symbolize/code_tables.h"
#include "symbolize/index.h"
#include "symbolize/relocate.h"

/* Bytes of a section from an address on: those that may differ have their bit set. */
struct marks {
	uint64_t address, size;
	unsigned char *bits;
};

/* The marks of whole sections, for images that are asked about again and again. */
struct od_patch_map {
	struct od_patch_map *next;
	const struct od_section *section;
	struct marks marks;
	unsigned char bits[];
};

/* Bytes [from, from + size) may differ. */
static void mark(struct marks *mask, uint64_t from, uint64_t size)
{
	uint64_t end = from + size;

	if (end < from || end <= mask->address || from >= mask->address + mask->size)
		return;
	uint64_t begin = from > mask->address ? from : mask->address;
	for (uint64_t at = begin; at < end && at < mask->address + mask->size; at++)
		mask->bits[(at - mask->address) / 8] |= (unsigned char)(1u << (at - mask->address) % 8);
}

/* Relocations of the code itself; in a linked image (--emit-relocs) their places are addresses. */
static void mark_relocations(const struct od_image *image, const struct od_section *section,
			     struct marks *mask)
{
	const struct od_machine *machine = image->machine;
	unsigned unit = machine ? machine->unit : 1, reach = machine ? machine->reach : 8;
	uint64_t bias = image->relocatable ? section->address : 0;
	struct od_relocator relocator;
	struct od_reloc reloc;

	od_relocator_init_section(&relocator, image, section);
	if (!relocator.relocations)
		return;
	uint64_t from = mask->address - bias, end = from + mask->size;
	from = from > 16 ? from - 16 : 0;
	for (size_t i = od_relocator_lower_bound(&relocator, from); i < relocator.count; i++) {
		if (!od_relocator_get(&relocator, i, &reloc))
			continue;
		if (relocator.sorted && reloc.offset > end + 16)
			break;
		uint64_t place = bias + (reloc.offset - reloc.offset % unit);
		const struct od_relocation *row = od_relocation_find(image->machine_number, reloc.type);
		mark(mask, place, row && row->bytes > reach ? row->bytes : reach);
		if (machine && machine->call && reloc.type == machine->call)
			mark(mask, place - 1, 1);
	}
}

/* A row for any machine stands for those that have none of their own. */
static bool row_applies(const struct od_image *image, const struct od_patch_table *table)
{
	if (table->machine != EM_NONE)
		return table->machine == image->machine_number;
	for (const struct od_patch_table *row = od_patch_tables; row->section; row++)
		if (row->machine == image->machine_number && !strcmp(row->section, table->section))
			return false;
	return true;
}

/* How many bytes change at the instruction that the element names. */
static uint64_t element_length(const struct od_image *image, const struct od_patch_table *table,
			       struct od_str bytes, uint64_t element)
{
	if (!table->length_bytes)
		return table->after;
	uint64_t at = element + table->length_at;
	if (at >= bytes.len || bytes.len - at < table->length_bytes)
		return table->after;
	return od_image_number(image, bytes.ptr + at, table->length_bytes);
}

static void mark_element(const struct od_image *image, const struct od_patch_table *table, struct od_str bytes,
			 uint64_t element, uint64_t target, struct marks *mask)
{
	uint64_t length = element_length(image, table, bytes, element);
	mark(mask, target - table->before, table->before + length);
}

/*
 * A table of a module: the first field of an element is a relocation to the instruction. Both
 * forms of the field (an address, a distance from itself) are relocations to the same target.
 */
static void mark_module_table(const struct od_image *image, const struct od_patch_table *table,
			      const struct od_section *section, struct marks *mask)
{
	struct od_str bytes = od_section_bytes(section);
	struct od_relocator relocator;
	struct od_reloc reloc;
	uint64_t target;

	if (bytes.len % table->stride != 0)
		return;
	od_relocator_init_section(&relocator, image, section);
	for (size_t i = 0; relocator.relocations && i < relocator.count; i++) {
		if (!od_relocator_get(&relocator, i, &reloc) || reloc.offset % table->stride ||
		    reloc.offset >= bytes.len)
			continue;
		if (!relocator.addends && bytes.len - reloc.offset >= 4)
			reloc.addend = (int32_t)od_image_number(image, bytes.ptr + reloc.offset, 4);
		if (od_relocator_target(&relocator, &reloc, &target))
			mark_element(image, table, bytes, reloc.offset, target, mask);
	}
}

/* The distance or address that an element of a linked table begins with, as an address. */
static uint64_t linked_target(const struct od_image *image, const struct od_patch_table *table,
			      const char *element, uint64_t address)
{
	if (table->absolute)
		return od_image_number(image, element, image->bits / 8);
	return address + (uint64_t)(int64_t)(int32_t)od_image_number(image, element, 4);
}

/* Elements of the right size all name code; those of a wrong guess do not. */
static bool looks_right(const struct od_image *image, const struct od_patch_table *table, struct od_str bytes,
			uint64_t address)
{
	enum { SAMPLES = 8 };

	if (bytes.len < table->stride)
		return false;
	for (unsigned i = 0; i < SAMPLES && bytes.len - (size_t)i * table->stride >= table->stride; i++) {
		size_t at = (size_t)i * table->stride;
		uint64_t target = linked_target(image, table, bytes.ptr + at, address + at);
		const struct od_section *section = od_image_section_at(image, target);
		if (!section || !(section->header.sh_flags & SHF_EXECINSTR))
			return false;
		if ((size_t)(i + 2) * table->stride > bytes.len)
			break;
	}
	return true;
}

static void mark_linked_table(const struct od_image *image, const struct od_patch_table *table,
			      struct od_str bytes, uint64_t address, struct marks *mask)
{
	enum { FAR = 512 };

	if (!looks_right(image, table, bytes, address))
		return;
	for (size_t at = 0; bytes.len - at >= table->stride; at += table->stride) {
		uint64_t target = linked_target(image, table, bytes.ptr + at, address + at);
		if (target + FAR < mask->address || target > mask->address + mask->size + FAR)
			continue;
		mark_element(image, table, bytes, at, target, mask);
	}
}

static void mark_table(struct od_image *image, const struct od_patch_table *table, struct marks *mask)
{
	uint64_t address;

	if (image->relocatable) {
		const struct od_section *section = od_image_section(image, table->section);
		if (section)
			mark_module_table(image, table, section, mask);
		return;
	}
	struct od_str bytes = od_code_table_find(image, table->section, &address);
	if (bytes.len)
		mark_linked_table(image, table, bytes, address, mask);
}

static void fill(struct od_image *image, const struct od_section *section, struct marks *mask)
{
	mark_relocations(image, section, mask);
	for (const struct od_patch_table *table = od_patch_tables; table->section; table++)
		if (row_applies(image, table))
			mark_table(image, table, mask);
}

static struct od_patch_map *make_map(struct od_image *image, const struct od_section *section)
{
	struct od_str bytes = od_section_bytes(section);
	struct od_patch_map *map = bytes.len ? calloc(1, sizeof(*map) + bytes.len / 8 + 1) : NULL;

	if (!map)
		return NULL;
	map->section = section;
	map->marks = (struct marks){section->address, bytes.len, map->bits};
	fill(image, section, &map->marks);
	map->next = image->patches;
	image->patches = map;
	return map;
}

/* The marks of the whole section, when they are worth it; NULL: they are not, or there is no memory. */
static const struct od_patch_map *find_map(struct od_image *image, const struct od_section *section)
{
	enum { PATIENCE = 3 };
	struct od_patch_map *map = image->patches;

	while (map && map->section != section)
		map = map->next;
	return map || ++image->patch_lookups <= PATIENCE ? map : make_map(image, section);
}

void od_patch_maps_destroy(struct od_patch_map *map)
{
	for (struct od_patch_map *next; map; map = next) {
		next = map->next;
		free(map);
	}
}

/* The bits from the mask's address on, as its bytes. */
static void take_bits(struct od_mask *mask, const struct marks *marks)
{
	uint64_t skip = mask->address - marks->address;

	for (uint64_t i = 0; i < mask->size && skip + i < marks->size; i++)
		mask->may_differ[i] = marks->bits[(skip + i) / 8] >> (skip + i) % 8 & 1;
}

static void fill_mask(struct od_image *image, const struct od_section *section, struct od_mask *mask)
{
	const struct od_patch_map *map = find_map(image, section);
	unsigned char bits[OD_MASK_LIMIT / 8 + 1] = {0};
	struct marks few = {mask->address, mask->size, bits};

	if (!map)
		fill(image, section, &few);
	take_bits(mask, map ? &map->marks : &few);
}

void od_mask_fill(struct od_image *image, struct od_mask *mask)
{
	const struct od_section *section = od_image_section_at(image, mask->address);
	struct od_str known;

	memset(mask->may_differ, 0, sizeof(mask->may_differ));
	if (!section)
		return;
	if (image->index && od_index_get(image->index, OD_FACT_MASK, mask->address, &known) &&
	    known.len == mask->size) {
		for (size_t i = 0; i < mask->size; i++)
			mask->may_differ[i] = known.ptr[i];
		return;
	}
	fill_mask(image, section, mask);
	if (image->index)
		od_index_learn(image->index, OD_FACT_MASK, mask->address,
			       (struct od_str){(const char *)mask->may_differ, mask->size});
}
