// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzer/frame_view.h"

enum { BYTES = 256, WORD_BYTES = 8, VARIABLE_LIMIT = 64, NAME_LIMIT = 128 };

/* A variable's bytes, as far as they are there. */
struct content {
	unsigned char bytes[BYTES];
	bool known[BYTES];
	size_t size;
	const char *reason;	/* why some are not */
};

void od_frame_registers_set(struct od_frame_registers *registers, unsigned reg, uint64_t value)
{
	registers->known |= (uint64_t)1 << reg;
	registers->values[reg] = value;
}

bool od_frame_registers_get(const struct od_frame_registers *registers, unsigned reg, uint64_t *ret)
{
	if (reg >= OD_REGISTER_COUNT || !(registers->known >> reg & 1))
		return false;
	*ret = registers->values[reg];
	return true;
}

bool od_frame_registers_find(const struct od_register_set *set, struct od_str name, unsigned *ret)
{
	for (unsigned i = 0; i < OD_REGISTER_COUNT; i++)
		if (set->names[i] && od_str_equal(name, od_str_from(set->names[i]))) {
			*ret = i;
			return true;
		}
	return false;
}

struct od_frame_registers od_frame_registers_of(const struct od_register_set *set, const struct od_register *items, size_t count)
{
	struct od_frame_registers registers = {0};
	unsigned number;

	for (size_t i = 0; i < count; i++) {
		/* arm64's link register is x30 to the compiler */
		struct od_str name = od_str_equal(items[i].name, OD_STR("lr")) ? OD_STR("x30") : items[i].name;
		if (od_frame_registers_find(set, name, &number))
			od_frame_registers_set(&registers, number, items[i].value);
	}
	if (set->zero < OD_REGISTER_COUNT)
		od_frame_registers_set(&registers, set->zero, 0);
	return registers;
}

static void put_bytes(const struct od_memory *memory, struct content *content, const struct od_location *location,
		      uint64_t value)
{
	size_t size = location->piece_size ? location->piece_size : content->size;

	if (size > WORD_BYTES)
		size = WORD_BYTES;
	for (size_t i = 0; i < size && location->piece_at + i < BYTES; i++) {
		content->bytes[location->piece_at + i] =
			(unsigned char)(value >> 8 * (memory->big_endian ? size - 1 - i : i));
		content->known[location->piece_at + i] = true;
	}
}

static void put_memory(const struct od_memory *memory, struct content *content, const struct od_location *location,
		       uint64_t address)
{
	size_t size = location->piece_size ? location->piece_size : content->size, at = location->piece_at;

	if (at >= BYTES)
		return;
	if (size > BYTES - at)
		size = BYTES - at;
	size_t got = memory->read(memory->user, address, content->bytes + at, size);
	for (size_t i = 0; i < got; i++)
		content->known[at + i] = true;
	if (got < size)
		content->reason = "not in the dump";
}

/* The number that a location begins with: a register's, the CFA, an address; false: it is not known. */
static bool base_of(const struct od_frame_view *view, const struct od_location *location, uint64_t *ret)
{
	uint64_t second;

	switch (location->kind) {
	case OD_LOCATION_REGISTER: case OD_LOCATION_MEMORY: case OD_LOCATION_VALUE:
		return od_frame_registers_get(view->registers, location->reg, ret);
	case OD_LOCATION_SUM: case OD_LOCATION_SUM_VALUE:
		if (!od_frame_registers_get(view->registers, location->reg2, &second) || !od_frame_registers_get(view->registers, location->reg, ret))
			return false;
		*ret += second * location->scale;
		return true;
	case OD_LOCATION_FRAME: case OD_LOCATION_FRAME_VALUE:
		*ret = view->cfa.value;
		return view->cfa.known;
	case OD_LOCATION_ADDRESS: case OD_LOCATION_CONSTANT_ADDRESS:
		*ret = view->moved.value;
		return view->moved.known;
	case OD_LOCATION_CONSTANT:
		*ret = 0;
		return true;
	default:
		return false;
	}
}

static const char *why_not(const struct od_location *location)
{
	switch (location->kind) {
	case OD_LOCATION_OTHER:
		return "where it is kept is not understood";
	case OD_LOCATION_ADDRESS: case OD_LOCATION_CONSTANT_ADDRESS:
		return "an address in a module's data";
	default:
		return "the register that tells is not known in this frame";
	}
}

static bool is_in_memory(const struct od_location *location)
{
	return location->kind == OD_LOCATION_MEMORY || location->kind == OD_LOCATION_FRAME || location->kind == OD_LOCATION_ADDRESS ||
	       location->kind == OD_LOCATION_SUM;
}

static void read_location(const struct od_frame_view *view, const struct od_location *location, struct content *content)
{
	uint64_t base;

	if (location->kind == OD_LOCATION_NONE || location->kind == OD_LOCATION_ENTRY ||
	    location->kind == OD_LOCATION_ENTRY_MEMORY)
		return;
	if (is_in_memory(location) && view->tools->registers_only) {
		content->reason = "in memory, which the log does not show";
		return;
	}
	if (!base_of(view, location, &base)) {
		content->reason = why_not(location);
		return;
	}
	if (location->kind == OD_LOCATION_REGISTER)
		put_bytes(view->tools->memory, content, location, base);
	else if (is_in_memory(location))
		put_memory(view->tools->memory, content, location, base + (uint64_t)location->offset);
	else
		put_bytes(view->tools->memory, content, location, base + (uint64_t)location->offset);
}

/* A static variable is in no frame. */
static bool is_static(const struct od_variable *variable)
{
	return variable->global ||
	       (variable->locations.count == 1 && variable->locations.items[0].kind == OD_LOCATION_ADDRESS);
}

/* What a pointer to a struct points to, as far as the first BYTES show it. */
static void describe_target(const struct od_frame_view *view, const struct od_type *pointer, const unsigned char *bytes,
			    struct od_frame_variable *ret)
{
	const struct od_facts *facts = view->facts;
	const struct od_memory *memory = view->tools->memory;
	const struct od_type *type = od_facts_type(facts, pointer->target);
	struct content content = {.size = type && type->known ? (size_t)type->size : 0};

	if (!type || (type->kind != OD_TYPE_STRUCT && type->kind != OD_TYPE_UNION) || pointer->size > WORD_BYTES)
		return;
	ret->target = od_num(od_memory_decode(memory, bytes, (unsigned)pointer->size));
	if (!view->tools->objects || !content.size)
		return;
	content.size = content.size < BYTES ? content.size : BYTES;
	put_memory(memory, &content, &(struct od_location){0}, ret->target.value);
	if (!content.reason)
		ret->object = od_value_text(view->tools, facts, pointer->target, content.bytes, content.known, content.size);
}

static bool all_known(const struct content *content, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if (!content->known[i])
			return false;
	return true;
}

static void describe(const struct od_frame_view *view, const struct od_variable *variable, struct od_frame_variable *ret)
{
	const struct od_facts *facts = view->facts;
	const struct od_type *type = od_facts_type(facts, variable->type);
	struct content content = {.size = type && type->size ? (size_t)type->size : 0, .reason = "optimised out"};
	bool any = false;

	ret->type = type ? od_arena_copy(view->tools->arena, type->text) : (struct od_str){NULL, 0};
	if (!content.size) {
		ret->reason = OD_STR("its type is not known");
		return;
	}
	for (size_t i = 0; i < variable->locations.count; i++) {
		const struct od_location *location = &variable->locations.items[i];
		if (facts->pc >= location->from && facts->pc < location->to)
			read_location(view, location, &content);
	}
	size_t size = content.size < BYTES ? content.size : BYTES;
	for (size_t i = 0; i < size; i++)
		any |= content.known[i];
	if (any)
		ret->value = od_value_text(view->tools, facts, variable->type, content.bytes, content.known, size);
	else
		ret->reason = od_str_from(content.reason);
	if (type->kind == OD_TYPE_POINTER && !view->tools->registers_only && all_known(&content, size))
		describe_target(view, type, content.bytes, ret);
}

/* Of two variables of a name in one function the inner one is meant. */
static bool is_hidden(const struct od_facts *facts, size_t index)
{
	const struct od_variable *variable = &facts->variables.items[index];

	for (size_t i = 0; i < index; i++)
		if (od_str_equal(facts->variables.items[i].name, variable->name) &&
		    od_str_equal(facts->variables.items[i].function, variable->function))
			return true;
	return false;
}

void od_frame_view_read(const struct od_frame_view *view, od_frame_variables *ret)
{
	const struct od_facts *facts = view->facts;

	for (size_t i = 0; i < facts->variables.count && i < VARIABLE_LIMIT; i++) {
		const struct od_variable *variable = &facts->variables.items[i];
		if (is_static(variable) || is_hidden(facts, i))
			continue;
		struct od_frame_variable *item = od_list_push(view->tools->arena, ret);
		if (!item)
			return;
		item->frame = facts->frame;
		item->name = od_arena_copy(view->tools->arena, od_str_first(variable->name, NAME_LIMIT));
		item->function = od_arena_copy(view->tools->arena, variable->function);
		item->parameter = variable->parameter;
		describe(view, variable, item);
	}
}

