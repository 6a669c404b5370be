// SPDX-License-Identifier: GPL-3.0-or-later
#include "symbolize/types.h"

/* Types of one frame, members of all of them, members of one, links between qualifiers. */
enum { TYPE_LIMIT = 400, MEMBER_LIMIT = 3000, LINK_LIMIT = 32, SLOTS = 4096 };

/* What the types' DIEs are; the index is that of facts->types. */
struct od_type_reader {
	struct od_arena *arena;
	struct od_facts *facts;
	Dwarf_Die dies[TYPE_LIMIT];
	size_t done, members;
	int slots[SLOTS];	/* hash of a DIE's address to index + 1 */
};

struct od_type_reader *od_type_reader_create(struct od_arena *arena, struct od_facts *facts)
{
	struct od_type_reader *reader = calloc(1, sizeof(*reader));

	if (reader) {
		reader->arena = arena;
		reader->facts = facts;
	}
	return reader;
}

void od_type_reader_destroy(struct od_type_reader *reader)
{
	free(reader);
}

static bool target_die(Dwarf_Die *die, Dwarf_Die *ret)
{
	Dwarf_Attribute attr;

	return dwarf_attr_integrate(die, DW_AT_type, &attr) && dwarf_formref_die(&attr, ret);
}

/* Without typedefs and qualifiers; false: void. */
static bool strip(Dwarf_Die *die, bool *is_const)
{
	for (unsigned i = 0; i < LINK_LIMIT; i++) {
		switch (dwarf_tag(die)) {
		case DW_TAG_const_type:
			*is_const = true;
			break;
		case DW_TAG_typedef: case DW_TAG_volatile_type: case DW_TAG_restrict_type: case DW_TAG_atomic_type:
			break;
		default:
			return true;
		}
		if (!target_die(die, die))
			return false;
	}
	return false;
}

static enum od_type_kind kind_of(int tag)
{
	switch (tag) {
	case DW_TAG_base_type: case DW_TAG_enumeration_type:
		return OD_TYPE_SCALAR;
	case DW_TAG_pointer_type: case DW_TAG_reference_type:
		return OD_TYPE_POINTER;
	case DW_TAG_structure_type: case DW_TAG_class_type:
		return OD_TYPE_STRUCT;
	case DW_TAG_union_type:
		return OD_TYPE_UNION;
	case DW_TAG_array_type:
		return OD_TYPE_ARRAY;
	case DW_TAG_subroutine_type: case DW_TAG_subprogram:
		return OD_TYPE_FUNCTION;
	default:
		return OD_TYPE_OTHER;
	}
}

static const char *word_of(int tag)
{
	return tag == DW_TAG_structure_type ? "struct " : tag == DW_TAG_union_type ? "union " :
	       tag == DW_TAG_enumeration_type ? "enum " : "";
}

/* The name as the source has it: of the typedef where the type itself has none. */
static struct od_str text_of(struct od_arena *arena, Dwarf_Die die)
{
	Dwarf_Die named = die;
	const char *prefix = "", *stars = "";

	for (unsigned i = 0; i < LINK_LIMIT; i++) {
		int tag = dwarf_tag(&named);
		const char *name = dwarf_diename(&named);
		if (tag == DW_TAG_const_type)
			prefix = "const ";
		else if (tag == DW_TAG_pointer_type)
			stars = stars[0] ? " **" : " *";
		else if (tag == DW_TAG_subroutine_type)
			return OD_STR("a function");
		else if (tag != DW_TAG_volatile_type && tag != DW_TAG_array_type && tag != DW_TAG_restrict_type)
			return name ? od_arena_printf(arena, "%s%s%s%s", prefix, word_of(tag), name, stars)
				    : od_arena_printf(arena, "an unnamed %s%s", word_of(tag)[0] ? word_of(tag) : "type", stars);
		if (!target_die(&named, &named))
			return od_arena_printf(arena, "%svoid%s", prefix, stars);
	}
	return OD_STR("?");
}

static uint64_t array_size(Dwarf_Die *array)
{
	Dwarf_Word size;

	return dwarf_aggregate_size(array, &size) == 0 ? size : 0;
}

static uint64_t size_of(Dwarf_Die *die, enum od_type_kind kind)
{
	if (kind == OD_TYPE_ARRAY)
		return array_size(die);
	int size = dwarf_bytesize(die);
	Dwarf_Word word;
	if (size < 0 && kind == OD_TYPE_POINTER && dwarf_aggregate_size(die, &word) == 0)
		return word;
	return size > 0 ? (uint64_t)size : 0;
}

/* The index of the type, added when it is new. `spelled` is the DIE with its qualifiers. */
static int intern(struct od_type_reader *reader, Dwarf_Die spelled)
{
	Dwarf_Die die = spelled;
	bool is_const = false;

	if (!strip(&die, &is_const))
		return OD_TYPE_NONE;
	/* const and plain are told apart only where the text differs: at what a pointer points to. */
	size_t slot = ((uintptr_t)die.addr >> 1) % SLOTS;
	for (; reader->slots[slot]; slot = (slot + 1) % SLOTS)
		if (reader->dies[reader->slots[slot] - 1].addr == die.addr)
			return reader->slots[slot] - 1;
	if (reader->facts->types.count == TYPE_LIMIT)
		return OD_TYPE_NONE;
	struct od_type *type = od_list_push(reader->arena, &reader->facts->types);
	if (!type)
		return OD_TYPE_NONE;
	int index = (int)reader->facts->types.count - 1;
	reader->slots[slot] = index + 1;
	reader->dies[index] = die;
	type->kind = kind_of(dwarf_tag(&die));
	type->size = size_of(&die, type->kind);
	type->target = OD_TYPE_NONE;
	type->text = text_of(reader->arena, spelled);
	return index;
}

int od_type_of(struct od_type_reader *reader, Dwarf_Die *die)
{
	Dwarf_Die type;

	return target_die(die, &type) ? intern(reader, type) : OD_TYPE_NONE;
}

static uint64_t unsigned_attribute(Dwarf_Die *die, unsigned name, bool *there)
{
	Dwarf_Attribute attr;
	Dwarf_Word value;

	*there = dwarf_attr(die, name, &attr) && dwarf_formudata(&attr, &value) == 0;
	return *there ? value : 0;
}

static void add_member(struct od_type_reader *reader, int owner, Dwarf_Die *die)
{
	bool there, bits;
	uint64_t bit = unsigned_attribute(die, DW_AT_data_bit_offset, &bits);
	uint64_t offset = unsigned_attribute(die, DW_AT_data_member_location, &there);
	int target = od_type_of(reader, die);
	struct od_member *member = od_list_push(reader->arena, &reader->facts->types.items[owner].members);

	if (!member)
		return;
	if (!there && bits)
		offset = bit / 8;
	unsigned_attribute(die, DW_AT_bit_size, &bits);
	*member = (struct od_member){
		.name = od_arena_copy(reader->arena, od_str_from(dwarf_diename(die))),
		.offset = offset,
		.type = target,
		.bits = bits,
	};
	reader->members++;
}

static void read_members(struct od_type_reader *reader, int index)
{
	Dwarf_Die child;

	if (dwarf_child(&reader->dies[index], &child))
		return;
	do {
		if (dwarf_tag(&child) == DW_TAG_member)
			add_member(reader, index, &child);
	} while (reader->members < MEMBER_LIMIT && dwarf_siblingof(&child, &child) == 0);
	reader->facts->types.items[index].known = true;
}

static void complete(struct od_type_reader *reader, int index)
{
	switch (reader->facts->types.items[index].kind) {
	case OD_TYPE_POINTER: case OD_TYPE_ARRAY: {
		int target = od_type_of(reader, &reader->dies[index]);
		reader->facts->types.items[index].target = target;
		break;
	}
	case OD_TYPE_STRUCT: case OD_TYPE_UNION:
		if (reader->members < MEMBER_LIMIT)
			read_members(reader, index);
		break;
	default:
		break;
	}
}

void od_types_complete(struct od_type_reader *reader)
{
	for (; reader->done < reader->facts->types.count; reader->done++)
		complete(reader, (int)reader->done);
}
