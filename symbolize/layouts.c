// SPDX-License-Identifier: GPL-3.0-or-later
#include "symbolize/layouts.h"

#include <stdlib.h>

#include "symbolize/symbols.h"
#include "symbolize/units.h"

enum { TYPE_LIMIT = 1 << 16, MEMBER_LIMIT = 1 << 18, DIE_LIMIT = 1 << 22, LINK_LIMIT = 32, DIMENSION_LIMIT = 8, SLOTS = 1 << 17 };

/* In a key of the table: only the name of the type is wanted. No DIE's key is that large. */
static const uint64_t ONLY_NAME = (uint64_t)1 << 63;

struct reading {
	struct od_dwarf *dwarf;
	struct od_arena *arena;
	struct od_layouts *ret;
	OD_LIST(uint64_t) keys;	/* of the types' DIEs, by number - 1; 0: it has none, and is complete */
	uint32_t *slots;	/* hash of a key to its number */
	size_t members, dies;
	bool big_endian;
};

static struct od_str name_of(const struct reading *reading, Dwarf_Die *die)
{
	const char *name = dwarf_diename(die);

	return name ? od_arena_copy(reading->arena, od_str_from(name)) : (struct od_str){NULL, 0};
}

static uint32_t add(struct reading *reading, uint64_t key)
{
	if (reading->keys.count >= TYPE_LIMIT)
		return 0;
	uint64_t *item = od_list_push(reading->arena, &reading->keys);
	if (!item || !od_list_push(reading->arena, &reading->ret->types))
		return 0;
	*item = key;
	return (uint32_t)reading->ret->types.count;
}

static uint32_t number_of_key(struct reading *reading, uint64_t key)
{
	size_t slot = key * 0x9e3779b97f4a7c15u >> 47;

	for (; reading->slots[slot]; slot = (slot + 1) % SLOTS)
		if (reading->keys.items[reading->slots[slot] - 1] == key)
			return reading->slots[slot];
	uint32_t number = key ? add(reading, key) : 0;
	reading->slots[slot] = number;
	return number;
}

/* The DIE of DW_AT_type, without qualifiers; false: void, or in another unit. */
static bool target_of(const struct reading *reading, Dwarf_Die *die, Dwarf_Die *ret)
{
	Dwarf_Attribute attr;
	Dwarf_Die at = *die;

	for (unsigned i = 0; i < LINK_LIMIT; i++) {
		if (!dwarf_attr_integrate(&at, DW_AT_type, &attr) || dwarf_whatform(&attr) == DW_FORM_ref_sig8 ||
		    od_die_is_foreign(reading->dwarf, &at, &attr) || !dwarf_formref_die(&attr, &at))
			return false;
		int tag = dwarf_tag(&at);
		if (tag == DW_TAG_const_type || tag == DW_TAG_volatile_type || tag == DW_TAG_restrict_type || tag == DW_TAG_atomic_type)
			continue;
		*ret = at;
		return true;
	}
	return false;
}

static uint32_t number_of(struct reading *reading, Dwarf_Die *die)
{
	Dwarf_Die target;

	return target_of(reading, die, &target) ? number_of_key(reading, od_die_key(reading->dwarf, &target)) : 0;
}

/* What a pointer points to is not read, if it is a struct: its name is all that a pointer tells. */
static uint32_t pointed(struct reading *reading, Dwarf_Die *die)
{
	Dwarf_Die target;

	if (!target_of(reading, die, &target))
		return 0;
	int tag = dwarf_tag(&target);
	uint64_t key = od_die_key(reading->dwarf, &target);
	if (tag == DW_TAG_structure_type || tag == DW_TAG_union_type)
		return dwarf_diename(&target) ? number_of_key(reading, key | ONLY_NAME) : 0;
	return number_of_key(reading, key);
}

/* The next of a DIE's children may lead back to an earlier one. */
static bool may_go_on(struct reading *reading)
{
	return reading->members < MEMBER_LIMIT && reading->dies++ < DIE_LIMIT;
}

static uint64_t constant(Dwarf_Die *die, unsigned name, bool *there)
{
	Dwarf_Attribute attr;
	Dwarf_Word value;

	*there = dwarf_attr(die, name, &attr) && dwarf_formudata(&attr, &value) == 0;
	return *there ? value : 0;
}

/*
 * In bits. DWARF 2 counts a bit-field's from the most significant bit of what holds it (DW_AT_bit_offset): from its end on a
 * little-endian machine.
 */
static uint64_t offset_of(const struct reading *reading, Dwarf_Die *die, uint32_t bits)
{
	bool there;
	uint64_t offset = constant(die, DW_AT_data_bit_offset, &there);

	if (there)
		return offset;
	offset = 8 * constant(die, DW_AT_data_member_location, &there);
	uint64_t from_top = constant(die, DW_AT_bit_offset, &there);
	if (!there || reading->big_endian)
		return offset + from_top;
	return offset + 8 * constant(die, DW_AT_byte_size, &there) - from_top - bits;
}

static void read_members(struct reading *reading, Dwarf_Die *die, struct od_layout *layout)
{
	Dwarf_Die child;
	bool there;

	for (int end = dwarf_child(die, &child); !end && may_go_on(reading); end = dwarf_siblingof(&child, &child)) {
		if (dwarf_tag(&child) != DW_TAG_member)
			continue;
		struct od_layout_member *member = od_list_push(reading->arena, &layout->members);
		if (!member)
			return;
		uint32_t bits = (uint32_t)constant(&child, DW_AT_bit_size, &there);
		*member = (struct od_layout_member){.name = name_of(reading, &child), .bits = bits,
						    .offset = offset_of(reading, &child, bits), .type = number_of(reading, &child)};
		reading->members++;
	}
}

static void read_enumerators(struct reading *reading, Dwarf_Die *die, struct od_layout *layout)
{
	Dwarf_Attribute attr;
	Dwarf_Sword value;
	Dwarf_Die child;

	for (int end = dwarf_child(die, &child); !end && may_go_on(reading); end = dwarf_siblingof(&child, &child)) {
		if (dwarf_tag(&child) != DW_TAG_enumerator || !dwarf_attr(&child, DW_AT_const_value, &attr) ||
		    dwarf_formsdata(&attr, &value))
			continue;
		struct od_layout_member *member = od_list_push(reading->arena, &layout->members);
		if (!member)
			return;
		*member = (struct od_layout_member){.name = name_of(reading, &child), .offset = (uint64_t)value};
		reading->members++;
	}
}

/* An array of arrays has one DIE: the inner ones become types of their own. */
static void read_array(struct reading *reading, Dwarf_Die *die, struct od_layout *layout)
{
	uint32_t counts[DIMENSION_LIMIT], inner = number_of(reading, die);
	size_t dimensions = 0;
	Dwarf_Die child;
	bool there;

	for (int end = dwarf_child(die, &child); !end && dimensions < DIMENSION_LIMIT && may_go_on(reading);
	     end = dwarf_siblingof(&child, &child)) {
		uint64_t count = constant(&child, DW_AT_count, &there);
		if (!there) {
			count = constant(&child, DW_AT_upper_bound, &there);
			count = there && count < UINT32_MAX ? count + 1 : 0;
		}
		counts[dimensions++] = (uint32_t)count;
	}
	for (size_t i = dimensions; i > 1; i--) {
		uint32_t number = add(reading, 0);
		if (!number)
			break;
		reading->ret->types.items[number - 1] = (struct od_layout){.kind = OD_LAYOUT_ARRAY, .target = inner, .count = counts[i - 1]};
		inner = number;
	}
	layout->kind = OD_LAYOUT_ARRAY;
	layout->target = inner;
	layout->count = dimensions ? counts[0] : 0;
}

static void read_int(Dwarf_Die *die, struct od_layout *layout)
{
	bool there;
	uint64_t encoding = constant(die, DW_AT_encoding, &there);

	layout->kind = OD_LAYOUT_INT;
	layout->is_signed = encoding == DW_ATE_signed || encoding == DW_ATE_signed_char;
	layout->is_char = od_str_equal(layout->name, OD_STR("char"));
	layout->is_bool = encoding == DW_ATE_boolean;
}

static void read_compound(struct reading *reading, Dwarf_Die *die, struct od_layout *layout)
{
	bool declared;

	constant(die, DW_AT_declaration, &declared);
	if (declared || dwarf_hasattr(die, DW_AT_declaration))
		return;
	layout->kind = dwarf_tag(die) == DW_TAG_union_type ? OD_LAYOUT_UNION : OD_LAYOUT_STRUCT;
	read_members(reading, die, layout);
}

static void read_die(struct reading *reading, Dwarf_Die *die, struct od_layout *layout)
{
	int size = dwarf_bytesize(die);

	layout->name = name_of(reading, die);
	layout->size = size > 0 ? (uint64_t)size : 0;
	switch (dwarf_tag(die)) {
	case DW_TAG_base_type:
		read_int(die, layout);
		break;
	case DW_TAG_pointer_type:
		layout->kind = OD_LAYOUT_POINTER;
		layout->target = pointed(reading, die);
		break;
	case DW_TAG_structure_type: case DW_TAG_union_type:
		read_compound(reading, die, layout);
		break;
	case DW_TAG_enumeration_type:
		layout->kind = OD_LAYOUT_ENUM;
		read_enumerators(reading, die, layout);
		break;
	case DW_TAG_array_type:
		read_array(reading, die, layout);
		break;
	case DW_TAG_typedef:
		layout->kind = OD_LAYOUT_TYPEDEF;
		layout->target = number_of(reading, die);
		break;
	case DW_TAG_subroutine_type:
		layout->kind = OD_LAYOUT_FUNCTION;
		break;
	default: /* what has no layout stays declared */
		break;
	}
}

/* Types that reading one adds are read behind it. */
static void read_pending(struct reading *reading, size_t from)
{
	for (size_t i = from; i < reading->ret->types.count; i++) {
		uint64_t key = reading->keys.items[i];
		struct od_layout layout = {.kind = OD_LAYOUT_DECLARED};
		Dwarf_Die die;
		if (!key)
			continue;
		if (od_die_at(reading->dwarf, key & ~ONLY_NAME, &die)) {
			if (key & ONLY_NAME)
				layout.name = name_of(reading, &die);
			else
				read_die(reading, &die, &layout);
		}
		reading->ret->types.items[i] = layout;
	}
}

static bool is_type(int tag)
{
	return tag == DW_TAG_structure_type || tag == DW_TAG_union_type || tag == DW_TAG_enumeration_type;
}

/* The number of the name that the DIE defines; -1: none that is still wanted. */
static ptrdiff_t wanted(Dwarf_Die *die, const struct od_str *names, size_t count, const bool *found)
{
	int tag = dwarf_tag(die);
	const char *name = is_type(tag) || tag == DW_TAG_variable ? dwarf_diename(die) : NULL;

	if (!name || dwarf_hasattr(die, DW_AT_declaration))
		return -1;
	for (size_t i = 0; i < count; i++)
		if (!found[i] && name[0] == names[i].ptr[0] && od_str_equal(od_str_from(name), names[i]))
			return (ptrdiff_t)i;
	return -1;
}

static void read_unit(struct reading *reading, struct od_unit *unit, const struct od_str *names, size_t count, bool *found)
{
	size_t first = reading->ret->types.count;
	Dwarf_Die die;

	for (int end = dwarf_child(&unit->die, &die); !end && may_go_on(reading); end = dwarf_siblingof(&die, &die)) {
		ptrdiff_t name = wanted(&die, names, count, found);
		if (name >= 0)
			found[name] = is_type(dwarf_tag(&die)) ? number_of_key(reading, od_die_key(reading->dwarf, &die))
							       : number_of(reading, &die);
	}
	read_pending(reading, first);
}

/* Code of a function: where it begins may be what patches it, of which debug info does not tell (-fpatchable-function-entry, arm64). */
static struct od_unit *unit_of(struct reading *reading, const struct od_symbol *symbol)
{
	enum { INSIDE = 16 };
	struct od_unit *unit = od_unit_find(reading->dwarf, symbol->address);

	return unit || symbol->size <= INSIDE ? unit : od_unit_find(reading->dwarf, symbol->address + INSIDE);
}

static bool read_units(struct reading *reading, struct od_image *image, const struct od_layout_wish *wish)
{
	bool *found = calloc(wish->count, sizeof(*found));

	for (size_t i = 0; found && i < wish->function_count; i++) {
		struct od_symbols symbols = od_names_get(image, wish->functions[i]);
		struct od_unit *unit = symbols.count ? unit_of(reading, &symbols.items[0]) : NULL;
		if (unit)
			read_unit(reading, unit, wish->names, wish->count, found);
	}
	free(found);
	return reading->ret->types.count;
}

static bool read_addresses(struct od_image *image, const struct od_layout_wish *wish, struct od_arena *arena, struct od_layouts *ret)
{
	bool any = false;

	od_names_learn(image, wish->symbols, wish->symbol_count);
	for (size_t i = 0; i < wish->symbol_count; i++) {
		struct od_symbols symbols = od_names_get(image, wish->symbols[i]);
		uint64_t *item = od_list_push(arena, &ret->addresses);
		if (!item)
			return false;
		*item = symbols.count == 1 ? symbols.items[0].address : 0;
		any |= *item != 0;
	}
	return any;
}

bool od_layouts_read(struct od_image *image, const struct od_layout_wish *wish, struct od_arena *arena, struct od_layouts *ret)
{
	struct reading reading = {.dwarf = wish->count ? od_dwarf_get(image) : NULL, .arena = arena, .ret = ret,
				  .big_endian = image->big_endian};
	bool any = read_addresses(image, wish, arena, ret);

	if (!reading.dwarf)
		return any;
	od_names_learn(image, wish->functions, wish->function_count);
	reading.slots = calloc(SLOTS, sizeof(*reading.slots));
	if (reading.slots)
		any |= read_units(&reading, image, wish);
	free(reading.slots);
	return any;
}
