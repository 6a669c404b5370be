// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Sources: struct jump_entry (include/linux/jump_label.h), struct exception_table_entry (asm-generic/extable.h and
 * arch/<arch>/include/asm/extable.h), struct alt_instr (arch/<arch>/include/asm/alternative.h), struct bug_entry and
 * BUGFLAG_WARNING (include/asm-generic/bug.h: a trap with that flag goes on behind itself).
 */
#include "symbolize/edges.h"

#include <stdlib.h>

#include "symbolize/code_tables.h"
#include "symbolize/machine.h"
#include "symbolize/relocate.h"

enum { EDGE_LIMIT = 256, ELEMENT_LIMIT = 1 << 20 };

/* Tables whose elements begin with an instruction. */
struct table {
	const char *section;
	uint8_t strides[3];		/* bytes per element: what they were in one kernel or another */
	bool pair;			/* behind the instruction stands where it goes on */
	uint8_t flags_at;		/* of two bytes whose lowest bit tells that it goes on behind itself; 0: none */
};

static const struct table tables[] = {
	{"__jump_table", {16, 12}, true, 0},
	{"__ex_table", {12, 8, 16}, true, 0},
	{".altinstructions", {12, 14, 13}, false, 0},
	{"__bug_table", {12}, false, 10},
};

enum { TABLES = sizeof(tables) / sizeof(tables[0]) };

/* The elements of a linked image's table, by the instructions with which they begin. */
struct element {
	uint64_t place;
	uint32_t at;	/* in the bytes */
};

struct linked {
	struct od_str bytes;
	uint64_t address;
	unsigned stride;	/* 0: there is no such table */
	struct element *items;	/* NULL: they are not sorted, or there is no memory */
	size_t count;
};

struct od_edge_map {
	struct linked tables[TABLES];
};

struct search {
	struct od_image *image;
	struct od_arena *arena;
	const struct od_scope_pieces *pieces;
	const od_insns *insns;
	struct od_facts *facts;
	bool absolute;	/* elements hold addresses, not distances from themselves */
};

static bool is_inside(const struct od_scope_pieces *pieces, uint64_t address)
{
	for (size_t i = 0; i < pieces->count; i++)
		if (address >= pieces->items[i].from && address < pieces->items[i].to)
			return true;
	return false;
}

static void add_edge(const struct search *search, uint64_t from, uint64_t to)
{
	struct od_edge *edge = search->facts->edges.count < EDGE_LIMIT ? od_list_push(search->arena, &search->facts->edges) : NULL;

	if (edge)
		*edge = (struct od_edge){from, to};
}

static const struct od_insn *insn_at(const od_insns *insns, uint64_t address)
{
	size_t low = 0, high = insns->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (insns->items[middle].address < address)
			low = middle + 1;
		else
			high = middle;
	}
	return low < insns->count && insns->items[low].address == address ? &insns->items[low] : NULL;
}

static bool goes_on(const struct search *search, const struct table *table, struct od_str element)
{
	return table->flags_at && element.len >= table->flags_at + 2u &&
	       od_image_number(search->image, element.ptr + table->flags_at, 2) & 1;
}

/*
 * An instruction that is changed, may fault, or traps; a jump that is changed no longer jumps. `to`: where it goes on,
 * of a pair; 0: that is not told.
 */
static void add_place(const struct search *search, const struct table *table, struct od_str element, uint64_t place, uint64_t to)
{
	const struct od_insn *insn = is_inside(search->pieces, place) ? insn_at(search->insns, place) : NULL;

	if (!insn)
		return;
	if (is_inside(search->pieces, to))
		add_edge(search, place, to);
	bool jumps = !table->flags_at && insn->kind == OD_INSN_JUMP && insn->has_target;
	if (jumps || goes_on(search, table, element))
		add_edge(search, place, place + insn->size);
}

static bool is_code(const struct od_image *image, uint64_t address)
{
	const struct od_section *section = od_image_section_at(image, address);

	return section && section->header.sh_flags & SHF_EXECINSTR;
}

/* In a module both fields are relocations, the second right behind the first, whatever the size of an element is. */
static void read_module_table(const struct search *search, const struct table *table, const struct od_section *section)
{
	struct od_str bytes = od_section_bytes(section);
	struct od_relocator relocator;
	struct od_reloc reloc;
	uint64_t target, place = 0, offset = 0;
	bool open = false;

	od_relocator_init_section(&relocator, search->image, section);
	for (size_t i = 0; relocator.relocations && i < relocator.count; i++) {
		if (!od_relocator_get(&relocator, i, &reloc) || reloc.offset >= bytes.len)
			continue;
		if (!relocator.addends && bytes.len - reloc.offset >= 4)
			reloc.addend = (int32_t)od_image_number(search->image, bytes.ptr + reloc.offset, 4);
		bool known = od_relocator_target(&relocator, &reloc, &target) && is_code(search->image, target);
		if (known && open && reloc.offset > offset && reloc.offset - offset <= 8) {
			add_place(search, table, bytes, place, target);
			open = false;
			continue;
		}
		if (known && !table->pair)
			add_place(search, table, od_str_from_index(bytes, reloc.offset), target, 0);
		open = known && table->pair;
		place = target;
		offset = reloc.offset;
	}
}

static uint64_t field_of(const struct search *search, const char *at, uint64_t address)
{
	if (search->absolute)
		return od_image_number(search->image, at, search->image->bits / 8);
	return address + (uint64_t)(int64_t)(int32_t)od_image_number(search->image, at, 4);
}

/* The size of an element with which all that are looked at begin with code; 0: none. */
static unsigned stride_of(const struct search *search, const struct table *table, struct od_str bytes, uint64_t address)
{
	enum { SAMPLES = 16 };
	const unsigned second = search->absolute ? search->image->bits / 8 : 4;

	for (size_t i = 0; i < sizeof(table->strides); i++) {
		const unsigned stride = table->strides[i];
		bool right = stride && bytes.len >= stride && bytes.len % stride == 0;
		for (size_t at = 0; right && at < (size_t)SAMPLES * stride && at < bytes.len; at += stride)
			right = is_code(search->image, field_of(search, bytes.ptr + at, address + at)) &&
				(!table->pair || is_code(search->image, field_of(search, bytes.ptr + at + second, address + at + second)));
		if (right)
			return stride;
	}
	return 0;
}

static void read_element(const struct search *search, const struct table *table, const struct linked *linked, size_t at,
			 uint64_t place)
{
	const unsigned second = search->absolute ? search->image->bits / 8 : 4;
	const struct od_str element = od_str_from_index(linked->bytes, at);

	add_place(search, table, element, place,
		  table->pair ? field_of(search, element.ptr + second, linked->address + at + second) : 0);
}

static struct linked find_linked(const struct search *search, const struct table *table)
{
	struct linked linked = {.address = 0};

	linked.bytes = od_code_table_find(search->image, table->section, &linked.address);
	linked.stride = stride_of(search, table, linked.bytes, linked.address);
	return linked;
}

static int by_place(const void *left, const void *right)
{
	const struct element *a = left, *b = right;

	return a->place != b->place ? (a->place > b->place) - (a->place < b->place) : (a->at > b->at) - (a->at < b->at);
}

static void sort_elements(const struct search *search, struct linked *linked)
{
	const size_t count = linked->stride ? linked->bytes.len / linked->stride : 0;

	linked->items = count && count <= ELEMENT_LIMIT ? malloc(count * sizeof(*linked->items)) : NULL;
	if (!linked->items)
		return;
	linked->count = count;
	for (size_t i = 0; i < count; i++) {
		const size_t at = i * linked->stride;
		linked->items[i] = (struct element){field_of(search, linked->bytes.ptr + at, linked->address + at), (uint32_t)at};
	}
	qsort(linked->items, count, sizeof(*linked->items), by_place);
}

/* One that was asked often is asked again: then the tables are sorted. NULL: not yet, or there is no memory. */
static const struct od_edge_map *find_map(const struct search *search)
{
	enum { PATIENCE = 24 };
	struct od_image *image = search->image;

	if (image->edges || ++image->edge_lookups <= PATIENCE || !(image->edges = calloc(1, sizeof(*image->edges))))
		return image->edges;
	for (size_t i = 0; i < TABLES; i++) {
		image->edges->tables[i] = find_linked(search, &tables[i]);
		sort_elements(search, &image->edges->tables[i]);
	}
	return image->edges;
}

void od_edge_map_destroy(struct od_edge_map *map)
{
	for (size_t i = 0; map && i < TABLES; i++)
		free(map->tables[i].items);
	free(map);
}

static void read_sorted(const struct search *search, const struct table *table, const struct linked *linked)
{
	for (size_t i = 0; i < search->pieces->count; i++) {
		size_t low = 0, high = linked->count;
		while (low < high) {
			size_t middle = low + (high - low) / 2;
			if (linked->items[middle].place < search->pieces->items[i].from)
				low = middle + 1;
			else
				high = middle;
		}
		for (; low < linked->count && linked->items[low].place < search->pieces->items[i].to; low++)
			read_element(search, table, linked, linked->items[low].at, linked->items[low].place);
	}
}

static void read_linked_table(const struct search *search, const struct table *table, const struct linked *linked)
{
	if (linked->items) {
		read_sorted(search, table, linked);
		return;
	}
	for (size_t at = 0; linked->stride && linked->bytes.len - at >= linked->stride; at += linked->stride) {
		uint64_t place = field_of(search, linked->bytes.ptr + at, linked->address + at);
		if (is_inside(search->pieces, place))
			read_element(search, table, linked, at, place);
	}
}

static int by_from(const void *left, const void *right)
{
	const struct od_edge *a = left, *b = right;

	return a->from != b->from ? (a->from > b->from) - (a->from < b->from) : (a->to > b->to) - (a->to < b->to);
}

void od_edges_read(struct od_image *image, struct od_arena *arena, const struct od_scope_pieces *pieces,
		   const od_insns *insns, struct od_facts *facts)
{
	const unsigned machine = image->machine_number;
	const struct search search = {image, arena, pieces, insns, facts, machine == EM_ARM || machine == EM_MIPS};

	const struct od_edge_map *map = image->relocatable ? NULL : find_map(&search);

	for (size_t i = 0; i < TABLES; i++) {
		const struct od_section *section = image->relocatable ? od_image_section(image, tables[i].section) : NULL;
		if (section) {
			read_module_table(&search, &tables[i], section);
		} else if (!image->relocatable) {
			const struct linked linked = map ? map->tables[i] : find_linked(&search, &tables[i]);
			read_linked_table(&search, &tables[i], &linked);
		}
	}
	if (facts->edges.count)
		qsort(facts->edges.items, facts->edges.count, sizeof(*facts->edges.items), by_from);
}
