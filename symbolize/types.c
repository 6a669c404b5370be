// SPDX-License-Identifier: GPL-3.0-or-later
#include "symbolize/types.h"

#include "symbolize/index.h"
#include "symbolize/pack.h"

/* Types that an event may name, members of all that were read, links between qualifiers. */
enum { TYPE_LIMIT = 4096, MEMBER_LIMIT = 1 << 15, LINK_LIMIT = 32, SLOTS = 8192 };

/* In a packed member. */
enum { IS_BITS = 1, IS_FLEXIBLE = 2 };

/* In a packed type. */
enum { IS_KNOWN = 1, IS_SIGNED = 2, IS_CHAR = 4, IS_BOOL = 8 };

struct table {
	struct od_types types;	/* the first: it is what others know */
	struct od_image *image;
	struct od_arena *arena;
	OD_LIST(uint64_t) keys;	/* of the DIEs, by number */
	size_t members;
	bool foreign;		/* a reference led to a unit that libdw was not shown */
	uint16_t slots[SLOTS];	/* hash of a key to number + 1 */
};

/* What DW_AT_type of the DIE names. */
static bool target_die(const struct od_dwarf *dwarf, Dwarf_Die *die, Dwarf_Die *ret, bool *foreign)
{
	Dwarf_Attribute attr;

	if (!dwarf_attr_integrate(die, DW_AT_type, &attr) || dwarf_whatform(&attr) == DW_FORM_ref_sig8)
		return false;
	if (od_die_is_foreign(dwarf, die, &attr)) {
		*foreign = true;
		return false;
	}
	return dwarf_formref_die(&attr, ret);
}

/* Without typedefs and qualifiers; false: void. */
static bool strip(const struct od_dwarf *dwarf, Dwarf_Die *die, bool *foreign)
{
	for (unsigned i = 0; i < LINK_LIMIT; i++) {
		switch (dwarf_tag(die)) {
		case DW_TAG_typedef: case DW_TAG_const_type: case DW_TAG_volatile_type: case DW_TAG_restrict_type:
		case DW_TAG_atomic_type:
			break;
		default:
			return true;
		}
		if (!target_die(dwarf, die, die, foreign))
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
static struct od_str text_of(struct table *table, Dwarf_Die die)
{
	struct od_arena *arena = table->arena;
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
		if (!target_die(table->image->dwarf, &named, &named, &table->foreign))
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

/* The slot of a key, or the free one where it belongs. */
static uint16_t *find_slot(struct table *table, uint64_t key)
{
	size_t slot = key * 0x9e3779b97f4a7c15u >> 51;

	for (; table->slots[slot]; slot = (slot + 1) % SLOTS)
		if (table->keys.items[table->slots[slot] - 1] == key)
			break;
	return &table->slots[slot];
}

int od_type_at(struct od_types *types, uint64_t key)
{
	struct table *table = (struct table *)types;
	uint16_t *slot = find_slot(table, key);

	if (!key || (!*slot && table->keys.count == TYPE_LIMIT))
		return OD_TYPE_NONE;
	if (*slot)
		return *slot - 1;
	uint64_t *item = od_list_push(table->arena, &table->keys);
	if (!item || !od_list_push(table->arena, &types->items))
		return OD_TYPE_NONE;
	*item = key;
	*slot = (uint16_t)table->keys.count;
	return *slot - 1;
}

uint64_t od_type_key(const struct od_types *types, int type)
{
	const struct table *table = (const struct table *)types;

	return type < 0 || (size_t)type >= table->keys.count ? 0 : table->keys.items[type];
}

int od_type_of(struct od_types *types, Dwarf_Die *die)
{
	struct table *table = (struct table *)types;
	struct od_dwarf *dwarf = od_dwarf_get(table->image);
	Dwarf_Die type;

	if (!dwarf || !target_die(dwarf, die, &type, &table->foreign))
		return OD_TYPE_NONE;
	return od_type_at(types, od_die_key(dwarf, &type));
}

/* The kind and the size of what DW_AT_type names. */
static uint64_t measure(const struct od_dwarf *dwarf, Dwarf_Die *die, enum od_type_kind *kind, bool *foreign)
{
	Dwarf_Die type;

	if (!target_die(dwarf, die, &type, foreign) || !strip(dwarf, &type, foreign))
		return 0;
	*kind = kind_of(dwarf_tag(&type));
	return size_of(&type, *kind);
}

uint64_t od_type_size(const struct od_types *types, Dwarf_Die *die)
{
	const struct table *table = (const struct table *)types;
	enum od_type_kind kind;
	bool foreign = false;

	return measure(table->image->dwarf, die, &kind, &foreign);
}

static uint64_t unsigned_attribute(Dwarf_Die *die, unsigned name, bool *there)
{
	Dwarf_Attribute attr;
	Dwarf_Word value;

	*there = dwarf_attr(die, name, &attr) && dwarf_formudata(&attr, &value) == 0;
	return *there ? value : 0;
}

static void add_member(struct table *table, struct od_type *owner, Dwarf_Die *die)
{
	bool there, bits;
	enum od_type_kind kind = OD_TYPE_OTHER;
	uint64_t bit = unsigned_attribute(die, DW_AT_data_bit_offset, &bits);
	uint64_t offset = unsigned_attribute(die, DW_AT_data_member_location, &there);
	struct od_member *member = od_list_push(table->arena, &owner->members);

	if (!member)
		return;
	bool placed = !there && bits;
	uint64_t wide = unsigned_attribute(die, DW_AT_bit_size, &bits);
	uint64_t size = measure(table->image->dwarf, die, &kind, &table->foreign);
	if (placed) { /* the bytes that hold its bits */
		offset = bit / 8;
		size = bits && wide ? (bit % 8 + wide + 7) / 8 : size;
	}
	*member = (struct od_member){
		.name = od_arena_copy(table->arena, od_str_from(dwarf_diename(die))),
		.offset = offset,
		.size = size,
		.type = od_type_of(&table->types, die),
		.bits = bits,
		.flexible = kind == OD_TYPE_ARRAY && !size,
	};
	table->members++;
}

static void read_members(struct table *table, struct od_type *type, Dwarf_Die *die)
{
	Dwarf_Die child;

	if (table->members >= MEMBER_LIMIT || dwarf_child(die, &child))
		return;
	do {
		if (dwarf_tag(&child) == DW_TAG_member)
			add_member(table, type, &child);
	} while (table->members < MEMBER_LIMIT && dwarf_siblingof(&child, &child) == 0);
	type->known = true;
}

/* The names of an enumeration. */
static void read_enumerators(struct table *table, struct od_type *type, Dwarf_Die *die)
{
	Dwarf_Attribute attr;
	Dwarf_Sword value;
	Dwarf_Die child;

	if (table->members >= MEMBER_LIMIT || dwarf_child(die, &child))
		return;
	do {
		if (dwarf_tag(&child) != DW_TAG_enumerator || !dwarf_attr(&child, DW_AT_const_value, &attr) ||
		    dwarf_formsdata(&attr, &value))
			continue;
		struct od_member *member = od_list_push(table->arena, &type->members);
		if (!member)
			return;
		member->name = od_arena_copy(table->arena, od_str_from(dwarf_diename(&child)));
		member->offset = (uint64_t)value;
		member->type = OD_TYPE_NONE;
		table->members++;
	} while (table->members < MEMBER_LIMIT && dwarf_siblingof(&child, &child) == 0);
}

static void read_scalar(struct table *table, struct od_type *type, Dwarf_Die *die)
{
	bool there;
	uint64_t encoding = unsigned_attribute(die, DW_AT_encoding, &there);

	if (dwarf_tag(die) == DW_TAG_enumeration_type)
		read_enumerators(table, type, die);
	type->is_char = od_str_equal(od_str_from(dwarf_diename(die)), OD_STR("char")); /* not u8 */
	type->is_signed = encoding == DW_ATE_signed || encoding == DW_ATE_signed_char;
	type->is_bool = encoding == DW_ATE_boolean;
}

/* The type of the DIE from the debug info; false: void, or out of memory. */
static bool read_die(struct table *table, uint64_t key, struct od_type *type)
{
	struct od_dwarf *dwarf = od_dwarf_get(table->image);
	Dwarf_Die die, spelled;

	*type = (struct od_type){.target = OD_TYPE_NONE};
	if (!dwarf || !od_die_at(dwarf, key, &die))
		return false;
	spelled = die;
	if (!strip(dwarf, &die, &table->foreign))
		return false;
	type->kind = kind_of(dwarf_tag(&die));
	type->size = size_of(&die, type->kind);
	type->text = text_of(table, spelled);
	if (type->kind == OD_TYPE_POINTER || type->kind == OD_TYPE_ARRAY)
		type->target = od_type_of(&table->types, &die);
	else if (type->kind == OD_TYPE_STRUCT || type->kind == OD_TYPE_UNION)
		read_members(table, type, &die);
	else if (type->kind == OD_TYPE_SCALAR)
		read_scalar(table, type, &die);
	return true;
}

static void learn(struct table *table, uint64_t key, const struct od_type *type)
{
	struct od_buf out = {0};

	if (type) {
		od_pack_number(&out, type->kind);
		od_pack_number(&out, (type->known ? IS_KNOWN : 0) | (type->is_signed ? IS_SIGNED : 0) |
					     (type->is_char ? IS_CHAR : 0) | (type->is_bool ? IS_BOOL : 0));
		od_pack_number(&out, type->size);
		od_pack_text(&out, type->text);
		od_pack_number(&out, od_type_key(&table->types, type->target));
	}
	for (size_t i = 0; type && i < type->members.count; i++) {
		const struct od_member *member = &type->members.items[i];
		od_pack_text(&out, member->name);
		od_pack_number(&out, member->offset);
		od_pack_number(&out, member->size);
		od_pack_number(&out, (member->bits ? IS_BITS : 0) | (member->flexible ? IS_FLEXIBLE : 0));
		od_pack_number(&out, od_type_key(&table->types, member->type));
	}
	if (!out.failed)
		od_index_learn(table->image->index, OD_FACT_TYPE, key, od_buf_str(&out));
	od_buf_deinit(&out);
}

/* What learn() packed; false: there is no such type. */
static bool unpack(struct table *table, struct od_str from, struct od_type *type)
{
	if (!from.len)
		return false;
	type->kind = (enum od_type_kind)od_unpack_number(&from);
	uint64_t bits = od_unpack_number(&from);
	type->known = bits & IS_KNOWN;
	type->is_signed = bits & IS_SIGNED;
	type->is_char = bits & IS_CHAR;
	type->is_bool = bits & IS_BOOL;
	type->size = od_unpack_number(&from);
	type->text = od_arena_copy(table->arena, od_unpack_text(&from));
	type->target = od_type_at(&table->types, od_unpack_number(&from));
	while (from.len && table->members < MEMBER_LIMIT) {
		struct od_member *member = od_list_push(table->arena, &type->members);
		if (!member)
			return false;
		member->name = od_arena_copy(table->arena, od_unpack_text(&from));
		member->offset = od_unpack_number(&from);
		member->size = od_unpack_number(&from);
		uint64_t flags = od_unpack_number(&from);
		member->bits = flags & IS_BITS;
		member->flexible = flags & IS_FLEXIBLE;
		member->type = od_type_at(&table->types, od_unpack_number(&from));
		table->members++;
	}
	return true;
}

/* From the debug info; a reference between units makes it be read again, with all of them. */
static bool read_and_learn(struct table *table, uint64_t key, struct od_type *type)
{
	struct od_image *image = table->image;
	bool found = read_die(table, key, type);

	if (table->foreign && image->dwarf) {
		od_units_join(image->dwarf);
		table->foreign = false;
		found = read_die(table, key, type);
	}
	/* What another file says depends on whether that is there. */
	if (image->index && !image->shared && table->members < MEMBER_LIMIT && !od_arena_exhausted(table->arena))
		learn(table, key, found ? type : NULL);
	return found;
}

static bool read_type(struct od_types *types, int number)
{
	struct table *table = (struct table *)types;
	const uint64_t key = table->keys.items[number];
	struct od_type *type = od_arena_alloc(table->arena, sizeof(*type));
	struct od_str known;

	if (!type)
		return false;
	bool found = table->image->index && od_index_get(table->image->index, OD_FACT_TYPE, key, &known)
			     ? unpack(table, known, type)
			     : read_and_learn(table, key, type);
	if (found)
		types->items.items[number] = type;
	return found;
}

struct od_types *od_types_create(struct od_image *image, struct od_arena *arena)
{
	struct table *table = od_arena_alloc(arena, sizeof(*table));

	if (!table)
		return NULL;
	table->types.read = read_type;
	table->image = image;
	table->arena = arena;
	return &table->types;
}

bool od_types_are_of(const struct od_types *types, const struct od_image *image)
{
	return ((const struct table *)types)->image == image;
}
