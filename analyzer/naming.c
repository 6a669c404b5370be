// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzer/naming.h"

#include <inttypes.h>

#include "analyzer/member.h"

/* Steps from a value to the variable that it was reached from; bindings. */
enum { DEPTH = 8, BINDING_LIMIT = 8192 };

/* A variable that has the value, or lies in memory at it. */
struct binding {
	struct od_value value;
	const struct od_variable *variable;
	bool memory;
	bool now;		/* at the pc, not only before it */
};

struct od_naming {
	struct od_arena *arena;
	const struct od_facts *facts;
	const struct od_facts *const *outer; /* of the callers, the nearest first */
	size_t outer_count;
	struct od_naming *caller;	/* of outer[0], when it was asked for */
	struct od_flow *flow;
	size_t insn;
	OD_LIST(struct binding) bindings;
};

static bool same(struct od_value a, struct od_value b)
{
	return a.node == b.node && a.offset == b.offset;
}

static void bind(struct od_naming *naming, const struct od_variable *variable, const struct od_location *location,
		 size_t insn, bool now)
{
	struct od_value value;
	bool memory;

	if (naming->bindings.count >= BINDING_LIMIT || !od_flow_locate(naming->flow, insn, location, &value, &memory))
		return;
	for (size_t i = naming->bindings.count; i-- > 0 && naming->bindings.items[i].variable == variable;)
		if (same(naming->bindings.items[i].value, value) && naming->bindings.items[i].memory == memory)
			return;
	struct binding *binding = od_list_push(naming->arena, &naming->bindings);
	if (binding)
		*binding = (struct binding){value, variable, memory, now};
}

/* What the variable holds at the pc; where it is not known to hold anything there, what it held before. */
static void bind_variable(struct od_naming *naming, const struct od_variable *variable)
{
	const struct od_facts *facts = naming->facts;
	bool now = false;

	for (size_t i = 0; i < variable->locations.count; i++) {
		const struct od_location *location = &variable->locations.items[i];
		if (location->kind != OD_LOCATION_NONE && facts->pc >= location->from && facts->pc < location->to) {
			bind(naming, variable, location, naming->insn, true);
			now = true;
		}
	}
	for (size_t i = 0; !now && i < variable->locations.count; i++) {
		const struct od_location *location = &variable->locations.items[i];
		ptrdiff_t first = od_flow_find(facts, location->from);
		if (first >= 0 && location->from < facts->pc)
			bind(naming, variable, location, (size_t)first, false);
	}
}

/* A fault in a delay slot is reported at its branch. */
static bool is_in_slot(const struct od_facts *facts, ptrdiff_t insn)
{
	return insn >= 0 && facts->registers->delayed && facts->frame && !facts->frame->is_return_address &&
	       facts->insns.items[insn].kind >= OD_INSN_CALL && (size_t)insn + 1 < facts->insns.count &&
	       facts->insns.items[insn + 1].memory_count;
}

struct od_naming *od_naming_create(struct od_arena *arena, const struct od_facts *const *chain, size_t count)
{
	const struct od_facts *facts = chain[0];
	ptrdiff_t insn = od_flow_find(facts, facts->pc);
	insn += is_in_slot(facts, insn);
	struct od_naming *naming = insn < 0 ? NULL : calloc(1, sizeof(*naming));

	if (!naming)
		return NULL;
	*naming = (struct od_naming){
		.arena = arena, .facts = facts, .outer = chain + 1, .outer_count = count - 1, .insn = (size_t)insn};
	naming->flow = od_flow_create(facts);
	if (!naming->flow) {
		free(naming);
		return NULL;
	}
	for (size_t i = 0; i < facts->variables.count; i++)
		bind_variable(naming, &facts->variables.items[i]);
	return naming;
}

void od_naming_destroy(struct od_naming *naming)
{
	for (struct od_naming *caller; naming; naming = caller) {
		caller = naming->caller;
		od_flow_destroy(naming->flow);
		free(naming);
	}
}

bool od_naming_is_settled(const struct od_naming *naming)
{
	bool settled = true;

	for (; naming; naming = naming->caller)
		settled &= od_flow_is_settled(naming->flow);
	return settled;
}

/* The naming at the call; NULL: it is not known. */
static struct od_naming *caller_of(struct od_naming *naming)
{
	if (!naming->caller && naming->outer_count) {
		naming->caller = od_naming_create(naming->arena, naming->outer, naming->outer_count);
		naming->outer_count = 0;
	}
	return naming->caller;
}

const struct od_insn *od_naming_insn(const struct od_naming *naming)
{
	return &naming->facts->insns.items[naming->insn];
}

struct od_flow *od_naming_flow(const struct od_naming *naming)
{
	return naming->flow;
}

bool od_naming_address(struct od_naming *naming, const struct od_memory_operand *memory, struct od_value *ret)
{
	return od_flow_address(naming->flow, naming->insn, memory, ret);
}

bool od_naming_register(const struct od_naming *naming, unsigned reg, struct od_value *ret)
{
	return od_flow_register(naming->flow, naming->insn, reg, ret);
}

static enum od_name_quality worse(enum od_name_quality a, enum od_name_quality b)
{
	return a > b ? a : b;
}

static bool name_value(struct od_naming *naming, struct od_value value, unsigned depth, struct od_name *ret);

/* The member without the index of an element at its end: the expression tells that one. */
static struct od_str without_index(struct od_str path)
{
	while (path.len && path.ptr[path.len - 1] == ']')
		path.len = (size_t)od_str_find_last_char(path, '[');
	return path;
}

/* The access at `offset` from a pointer with a name. */
static bool through(struct od_naming *naming, const struct od_name *pointer, uint64_t offset, unsigned width,
		    struct od_access_name *ret, int *type)
{
	const struct od_facts *facts = naming->facts;
	const struct od_type *at = od_facts_type(facts, pointer->type);
	struct od_buf path = {0};
	struct od_member_path found = {0};
	const struct od_type *to = at && at->kind == OD_TYPE_POINTER ? od_facts_type(facts, at->target) : NULL;
	bool known = to && to->kind != OD_TYPE_FUNCTION &&
		     od_member_find(facts, at->target, offset, width, &path, &found) && !path.failed;

	if (known) {
		*type = found.type;
		ret->pointer = *pointer;
		ret->offset = offset;
		ret->type = to->text;
		ret->facts = facts;
		struct od_str whole = od_buf_str(&path), member = without_index(whole);
		ret->member = member.len ? od_arena_copy(naming->arena, member) : (struct od_str){NULL, 0};
		ret->quality = found.ambiguous || found.inside ? worse(pointer->quality, OD_NAME_LIKELY) : pointer->quality;
		ret->expression = path.len ? od_arena_printf(naming->arena, "%.*s->%.*s", OD_FMT(pointer->text), OD_FMT(whole))
					   : od_arena_printf(naming->arena, "*%.*s", OD_FMT(pointer->text));
	}
	od_buf_deinit(&path);
	return known;
}

/* A variable in whose memory the address lies, with the member there. */
static bool in_variable(struct od_naming *naming, struct od_value address, unsigned width, struct od_name *ret)
{
	for (size_t i = 0; i < naming->bindings.count; i++) {
		const struct binding *binding = &naming->bindings.items[i];
		struct od_buf path = {0};
		struct od_member_path found;
		if (!binding->memory || binding->value.node != address.node || address.offset < binding->value.offset)
			continue;
		bool known = od_member_find(naming->facts, binding->variable->type,
					    (uint64_t)(address.offset - binding->value.offset), width, &path, &found);
		if (known)
			*ret = (struct od_name){
				.text = od_arena_printf(naming->arena, "%.*s%s%.*s", OD_FMT(binding->variable->name),
							path.len && path.data[0] != '[' ? "." : "",
							OD_FMT(od_buf_str(&path))),
				.type = found.type,
				.quality = found.ambiguous || found.inside ? OD_NAME_LIKELY : OD_NAME_EXACT,
				.variable = binding->variable,
			};
		od_buf_deinit(&path);
		if (known)
			return true;
	}
	return false;
}

/* Variables that hold a pointer into what the address lies in: those of the pc first, innermost first. */
static bool by_variable(struct od_naming *naming, struct od_value address, unsigned width, struct od_access_name *ret,
			int *type)
{
	for (int now = 1; now >= 0; now--) {
		for (size_t i = 0; i < naming->bindings.count; i++) {
			const struct binding *binding = &naming->bindings.items[i];
			int64_t offset = address.offset - binding->value.offset;
			struct od_name pointer = {binding->variable->name, binding->variable->type,
						  now ? OD_NAME_EXACT : OD_NAME_LIKELY, binding->variable};
			if (!binding->memory && binding->now == now && binding->value.node == address.node &&
			    offset >= 0 && through(naming, &pointer, (uint64_t)offset, width, ret, type))
				return true;
		}
	}
	return false;
}

static bool by_access(struct od_naming *naming, struct od_value address, unsigned width, unsigned depth,
		      struct od_access_name *ret, int *type);

/* A local variable that is kept in exactly this memory: its name is nearer than the way to the memory. */
static bool local_at(const struct od_naming *naming, struct od_value address, struct od_name *ret)
{
	for (size_t i = 0; i < naming->bindings.count; i++) {
		const struct binding *binding = &naming->bindings.items[i];
		if (!binding->memory || !binding->now || binding->variable->global || !same(binding->value, address))
			continue;
		const struct od_type *type = od_facts_type(naming->facts, binding->variable->type);
		if (!type || type->kind == OD_TYPE_STRUCT || type->kind == OD_TYPE_UNION || type->kind == OD_TYPE_ARRAY)
			continue;
		*ret = (struct od_name){binding->variable->name, binding->variable->type, OD_NAME_EXACT,
					binding->variable};
		return true;
	}
	return false;
}

/* What was read from memory: "a variable", "p->member". */
static bool name_load(struct od_naming *naming, const struct od_node *node, unsigned depth, struct od_name *ret)
{
	const unsigned width = 0;
	struct od_access_name access;
	int type;

	if (node->segment)
		return false;
	if (local_at(naming, node->base, ret))
		return true;
	if (by_access(naming, node->base, width, depth + 1, &access, &type)) {
		*ret = (struct od_name){access.expression, type, access.quality, access.pointer.variable};
		return true;
	}
	return in_variable(naming, node->base, width, ret);
}

/* base[index] of an array or a pointer to its elements. */
static bool by_index(struct od_naming *naming, const struct od_node *node, int64_t offset, unsigned width,
		     unsigned depth, struct od_access_name *ret, int *type)
{
	struct od_name base, index = {.text = OD_STR("…")};
	struct od_value from = node->base;

	for (unsigned i = 0; i < DEPTH && od_flow_node(naming->flow, from)->origin == OD_ORIGIN_INDEX; i++)
		from = od_flow_node(naming->flow, from)->base;
	bool known = name_value(naming, from, depth + 1, &base);
	if (!known) {
		from.offset = offset;
		offset = 0;
		known = in_variable(naming, from, width, &base);
		base.text = known ? without_index(base.text) : base.text;
	}
	if (!known)
		return false;
	name_value(naming, node->index, depth + 1, &index);
	struct od_str pointer = base.text;
	if (!through(naming, &base, offset < 0 ? 0 : (uint64_t)offset, width, ret, type)) {
		*ret = (struct od_access_name){.pointer = base, .facts = naming->facts, .quality = OD_NAME_LIKELY};
		*type = base.type;
	}
	ret->quality = OD_NAME_LIKELY;
	ret->expression = ret->member.len ? od_arena_printf(naming->arena, "%.*s[%.*s].%.*s", OD_FMT(pointer),
							    OD_FMT(index.text), OD_FMT(ret->member))
					  : od_arena_printf(naming->arena, "%.*s[%.*s]", OD_FMT(pointer),
							    OD_FMT(index.text));
	return true;
}

/*
 * An access, by the pointer that was read from memory where that has a name (`sdev->cfg` tells more than
 * the local that it was read into), else by a variable.
 */
static bool by_access(struct od_naming *naming, struct od_value address, unsigned width, unsigned depth,
		      struct od_access_name *ret, int *type)
{
	const struct od_node *node = od_flow_node(naming->flow, address);
	struct od_name pointer;

	if (depth > DEPTH)
		return false;
	if (depth == 0 && node->origin == OD_ORIGIN_LOAD && address.offset >= 0 &&
	    name_load(naming, node, depth, &pointer) &&
	    through(naming, &pointer, (uint64_t)address.offset, width, ret, type)) {
		ret->loaded = true;
		return true;
	}
	if (by_variable(naming, address, width, ret, type))
		return true;
	if (depth != 0 && node->origin == OD_ORIGIN_LOAD && address.offset >= 0 &&
	    name_load(naming, node, depth, &pointer) &&
	    through(naming, &pointer, (uint64_t)address.offset, width, ret, type))
		return true;
	return node->origin == OD_ORIGIN_INDEX && by_index(naming, node, address.offset, width, depth, ret, type);
}

static bool name_value(struct od_naming *naming, struct od_value value, unsigned depth, struct od_name *ret)
{
	const struct od_node *node = od_flow_node(naming->flow, value);

	if (depth > DEPTH)
		return false;
	for (int now = 1; now >= 0; now--) {
		for (size_t i = 0; i < naming->bindings.count; i++) {
			const struct binding *binding = &naming->bindings.items[i];
			if (binding->memory || binding->now != now || !same(binding->value, value) ||
			    node->origin == OD_ORIGIN_CONSTANT)
				continue;
			*ret = (struct od_name){binding->variable->name, binding->variable->type,
						now ? OD_NAME_EXACT : OD_NAME_LIKELY, binding->variable};
			return true;
		}
	}
	return node->origin == OD_ORIGIN_LOAD && value.offset == 0 && name_load(naming, node, depth, ret);
}

/* The value in terms of what the caller had in its registers at the call; false: it is not made of these. */
static bool at_caller(struct od_naming *naming, struct od_value value, unsigned depth, struct od_value *ret)
{
	const struct od_node *node = od_flow_node(naming->flow, value);
	struct od_naming *caller;
	struct od_value base;

	if ((node->origin != OD_ORIGIN_ENTRY && node->origin != OD_ORIGIN_LOAD) || depth > DEPTH ||
	    !(caller = caller_of(naming)))
		return false;
	switch (node->origin) {
	case OD_ORIGIN_ENTRY:
		if (node->reg == naming->facts->registers->stack_pointer ||
		    !od_naming_register(caller, node->reg, &base))
			return false;
		break;
	case OD_ORIGIN_LOAD:
		if (node->segment || !at_caller(naming, node->base, depth + 1, &base))
			return false;
		base = od_flow_load(caller->flow, base, false);
		break;
	default:
		return false;
	}
	base.offset += value.offset;
	*ret = base;
	return true;
}

bool od_name_access(struct od_naming *naming, struct od_value address, unsigned width, struct od_access_name *ret)
{
	struct od_value outer;
	struct od_access_name access = {.pointer = {.type = OD_TYPE_NONE}};
	int type;

	if (by_access(naming, address, width, 0, &access, &type)) {
		*ret = access;
		return true;
	}
	return at_caller(naming, address, 0, &outer) && od_name_access(naming->caller, outer, width, ret);
}

bool od_name_value(struct od_naming *naming, struct od_value value, struct od_name *ret)
{
	struct od_value outer;
	const struct od_node *node = od_flow_node(naming->flow, value);

	if (node->origin == OD_ORIGIN_LOAD && value.offset == 0 && name_load(naming, node, 0, ret))
		return true;
	if (name_value(naming, value, 0, ret))
		return true;
	return at_caller(naming, value, 0, &outer) && od_name_value(naming->caller, outer, ret);
}
