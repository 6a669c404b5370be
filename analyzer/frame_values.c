// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzer/frame_values.h"

enum { BYTES = 256, WORD_BYTES = 8, VARIABLE_LIMIT = 64, NAME_LIMIT = 128 };

/* The registers of a frame that are known. */
struct state {
	uint64_t known;	/* bit per register */
	uint64_t values[OD_REGISTER_COUNT];
};

/* A frame that is looked at. */
struct view {
	const struct od_value_tools *tools;
	const struct od_frame_scope *scope;
	const struct state *state;
	bool has_cfa, has_moved;
	uint64_t cfa;
	uint64_t moved;		/* what the image's addresses lack to those in memory */
};

/* A variable's bytes, as far as they are there. */
struct content {
	unsigned char bytes[BYTES];
	bool known[BYTES];
	size_t size;
	const char *reason;	/* why some are not */
};

static void set(struct state *state, unsigned reg, uint64_t value)
{
	state->known |= (uint64_t)1 << reg;
	state->values[reg] = value;
}

static bool get(const struct state *state, unsigned reg, uint64_t *ret)
{
	if (reg >= OD_REGISTER_COUNT || !(state->known >> reg & 1))
		return false;
	*ret = state->values[reg];
	return true;
}

static bool find_number(const struct od_register_set *set, struct od_str name, unsigned *ret)
{
	for (unsigned i = 0; i < OD_REGISTER_COUNT; i++)
		if (set->names[i] && od_str_equal(name, od_str_from(set->names[i]))) {
			*ret = i;
			return true;
		}
	return false;
}

static struct state state_of(const struct od_register_set *registers, const struct od_register *items, size_t count)
{
	struct state state = {0};
	unsigned number;

	for (size_t i = 0; i < count; i++) {
		/* arm64's link register is x30 to the compiler */
		struct od_str name = od_str_equal(items[i].name, OD_STR("lr")) ? OD_STR("x30") : items[i].name;
		if (find_number(registers, name, &number))
			set(&state, number, items[i].value);
	}
	return state;
}

/* What the unwinder found on its own way; where both disagree nothing is known but that. */
static void add_spot(struct state *state, const struct od_register_set *registers, const struct od_vmcore_spot *spot)
{
	uint64_t sp;
	unsigned fp;

	if (spot->sp.known) {
		if (get(state, registers->stack_pointer, &sp) && sp != spot->sp.value)
			state->known = 0;
		set(state, registers->stack_pointer, spot->sp.value);
	}
	bool has_fp = find_number(registers, OD_STR("rbp"), &fp) || find_number(registers, OD_STR("x29"), &fp) ||
		      find_number(registers, OD_STR("s0"), &fp);
	if (has_fp && spot->fp.known && !(state->known >> fp & 1))
		set(state, fp, spot->fp.value);
}

static bool find_cfa(const struct od_frame_scope *scope, const struct state *state, uint64_t *ret)
{
	const struct od_frame_rules *rules = &scope->rules;

	if (!rules->known || !get(state, rules->cfa_register, ret))
		return false;
	*ret += (uint64_t)rules->cfa_offset;
	return true;
}

/* The registers of the caller: what a call preserves, where it was saved or still is. */
static struct state step(const struct view *view)
{
	const struct od_register_set *registers = view->scope->facts.registers;
	const struct od_frame_rules *rules = &view->scope->rules;
	struct state next = {0};
	uint64_t value;

	if (!view->has_cfa)
		return next;
	for (unsigned i = 0; i < OD_REGISTER_COUNT; i++) {
		if (!(registers->preserved >> i & 1) || rules->lost >> i & 1)
			continue;
		if (rules->saved >> i & 1) {
			if (od_memory_word(view->tools->memory, view->cfa + (uint64_t)rules->offsets[i], &value))
				set(&next, i, value);
		} else if (get(view->state, i, &value)) {
			set(&next, i, value);
		}
	}
	set(&next, registers->stack_pointer, view->cfa);
	return next;
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
static bool base_of(const struct view *view, const struct od_location *location, uint64_t *ret)
{
	uint64_t second;

	switch (location->kind) {
	case OD_LOCATION_REGISTER: case OD_LOCATION_MEMORY: case OD_LOCATION_VALUE:
		return get(view->state, location->reg, ret);
	case OD_LOCATION_SUM: case OD_LOCATION_SUM_VALUE:
		if (!get(view->state, location->reg2, &second) || !get(view->state, location->reg, ret))
			return false;
		*ret += second * location->scale;
		return true;
	case OD_LOCATION_FRAME: case OD_LOCATION_FRAME_VALUE:
		*ret = view->cfa;
		return view->has_cfa;
	case OD_LOCATION_ADDRESS: case OD_LOCATION_CONSTANT_ADDRESS:
		*ret = view->moved;
		return view->has_moved;
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

static void read_location(const struct view *view, const struct od_location *location, struct content *content)
{
	uint64_t base;

	if (location->kind == OD_LOCATION_NONE || location->kind == OD_LOCATION_ENTRY ||
	    location->kind == OD_LOCATION_ENTRY_MEMORY)
		return;
	if (!base_of(view, location, &base)) {
		content->reason = why_not(location);
		return;
	}
	if (location->kind == OD_LOCATION_REGISTER)
		put_bytes(view->tools->memory, content, location, base);
	else if (location->kind == OD_LOCATION_MEMORY || location->kind == OD_LOCATION_FRAME ||
		 location->kind == OD_LOCATION_ADDRESS || location->kind == OD_LOCATION_SUM)
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
static void describe_target(const struct view *view, const struct od_type *pointer, const unsigned char *bytes,
			    struct od_vmcore_variable *ret)
{
	const struct od_facts *facts = &view->scope->facts;
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

static void describe(const struct view *view, const struct od_variable *variable, struct od_vmcore_variable *ret)
{
	const struct od_facts *facts = &view->scope->facts;
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
	if (type->kind == OD_TYPE_POINTER && all_known(&content, size))
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

static void read_variables(const struct view *view, size_t frame, struct od_vmcore_stack *stack)
{
	const struct od_facts *facts = &view->scope->facts;

	for (size_t i = 0; i < facts->variables.count && i < VARIABLE_LIMIT; i++) {
		const struct od_variable *variable = &facts->variables.items[i];
		if (is_static(variable) || is_hidden(facts, i))
			continue;
		struct od_vmcore_variable *item = od_list_push(view->tools->arena, &stack->variables);
		if (!item)
			return;
		item->frame = frame;
		item->name = od_arena_copy(view->tools->arena, od_str_first(variable->name, NAME_LIMIT));
		item->function = od_arena_copy(view->tools->arena, variable->function);
		item->parameter = variable->parameter;
		describe(view, variable, item);
	}
}

static const struct od_frame_scope *scope_of(const od_frame_scopes *scopes, const struct od_frame *frame)
{
	for (size_t i = scopes->count; i-- > 0;) /* this stack's are the last */
		if (scopes->items[i].facts.frame == frame)
			return &scopes->items[i];
	return NULL;
}

/* The registers that were saved at the frame's exception; false: it is not where one struck. */
static bool find_saved(const struct od_vmcore_stack *stack, size_t frame, const struct od_register_set *registers,
		       struct state *ret)
{
	for (size_t i = 0; i < stack->exceptions.count; i++)
		if (stack->exceptions.items[i].frame == frame) {
			*ret = state_of(registers, stack->exceptions.items[i].registers.items,
					stack->exceptions.items[i].registers.count);
			return true;
		}
	return false;
}

void od_frame_values(const struct od_value_tools *tools, const struct od_trace *trace, const od_frame_scopes *scopes,
		     const struct od_register *registers, size_t count, struct od_vmcore_stack *stack)
{
	const struct od_register_set *set = scopes->count ? scopes->items[0].facts.registers : NULL;
	struct state state;

	if (!set)
		return;
	state = state_of(set, registers, count);
	for (size_t i = 0; i < trace->frames.count; i++) {
		const struct od_frame *frame = &trace->frames.items[i];
		const struct od_frame_scope *scope = scope_of(scopes, frame);
		struct state next = {0};
		find_saved(stack, i, set, &state);
		if (i < stack->spots.count)
			add_spot(&state, set, &stack->spots.items[i]);
		if (scope) {
			struct view view = {.tools = tools, .scope = scope, .state = &state,
					    .has_moved = scope->linked && frame->address.known};
			view.has_cfa = find_cfa(scope, &state, &view.cfa);
			view.moved = frame->address.value - frame->is_return_address - scope->facts.pc;
			read_variables(&view, i, stack);
			next = step(&view);
		}
		state = next;
	}
}
