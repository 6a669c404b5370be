// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzer/naming_state.h"

#include <inttypes.h>

#include "analyzer/member.h"
#include "analyzer/terms.h"

/* Steps from a value to the variable that it was reached from. */
enum { DEPTH = 8 };

/* A fault in a delay slot is reported at its branch. */
static bool is_in_slot(const struct od_facts *facts, ptrdiff_t insn)
{
	const od_insns *insns = od_facts_insns(facts);

	return insn >= 0 && !facts->site && facts->registers->delayed && facts->frame && !facts->frame->is_return_address &&
	       insns->items[insn].kind >= OD_INSN_CALL && (size_t)insn + 1 < insns->count &&
	       insns->items[insn + 1].memory_count;
}

struct od_naming *od_naming_create(struct od_arena *arena, const struct od_facts *const *chain, size_t count)
{
	const struct od_facts *facts = chain[0];
	ptrdiff_t insn = od_flow_find(facts, facts->pc);
	insn += is_in_slot(facts, insn);
	struct od_naming *naming = insn < 0 ? NULL : calloc(1, sizeof(*naming));

	if (!naming)
		return NULL;
	*naming = (struct od_naming){.arena = arena, .facts = facts, .outer = chain + 1, .outer_count = count - 1,
				     .insn = (size_t)insn, .wanted = -1};
	naming->flow = od_flow_create(facts);
	if (!naming->flow) {
		free(naming);
		return NULL;
	}
	for (size_t i = 0; i < facts->variables.count; i++)
		od_naming_bind(naming, &facts->variables.items[i]);
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

const struct od_insn *od_naming_insn(const struct od_naming *naming)
{
	return &od_facts_insns(naming->facts)->items[naming->insn];
}

const struct od_facts *od_naming_facts(const struct od_naming *naming)
{
	return naming->facts;
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

/* One of several functions that may have called: what it calls things says nothing, but what it hands on is the same in all. */
static bool is_stranger(const struct od_naming *naming)
{
	return naming->facts->site && !naming->facts->only_site;
}

/* Names of helpers count when there are no others. */
static bool is_hidden(const struct od_naming *naming, const struct od_binding *binding)
{
	return (binding->helper && !naming->helpers) ||
	       (is_stranger(naming) && binding->rank != OD_BOUND_GIVEN && !binding->variable->global);
}

static struct od_name name_of(const struct od_binding *binding)
{
	return (struct od_name){binding->text, binding->type, binding->rank == OD_BOUND_BEFORE ? OD_NAME_LIKELY : OD_NAME_EXACT,
				binding->variable};
}

static bool name_value(struct od_naming *naming, struct od_value value, unsigned depth, struct od_name *ret);

/* The member without the index of an element at its end: the expression tells that one. */
static struct od_str without_index(struct od_str path)
{
	while (path.len && path.ptr[path.len - 1] == ']') {
		size_t at = path.len - 1;
		for (unsigned depth = 1; at && depth;) {
			at--;
			depth = depth + (path.ptr[at] == ']') - (path.ptr[at] == '[');
		}
		path.len = at;
	}
	return path;
}

/* An operand of -> or [], in parentheses where it needs them. */
static struct od_str operand(struct od_naming *naming, struct od_str text)
{
	bool simple = text.len && text.ptr[0] != '*' && od_str_find_char(text, ' ') < 0;

	return simple ? text : od_arena_printf(naming->arena, "(%.*s)", OD_FMT(text));
}

static uint64_t size_of_type(const struct od_facts *facts, int type)
{
	const struct od_type *at = od_facts_type(facts, type);

	return at ? at->size : 0;
}

/* The access at `offset` from a pointer with a name. */
static bool through(struct od_naming *naming, const struct od_name *pointer, int64_t offset, unsigned width,
		    const struct od_strides *strides, struct od_access_name *ret, int *type)
{
	const struct od_facts *facts = naming->facts;
	const struct od_type *at = od_facts_type(facts, pointer->type);
	struct od_buf path = {0};
	struct od_member_path found = {0};
	const struct od_type *to = at && at->kind == OD_TYPE_POINTER ? od_facts_type(facts, at->target) : NULL;
	bool known = to && to->kind != OD_TYPE_FUNCTION && od_member_behind(facts, at->target, offset, width, strides, &path, &found);

	if (known) {
		*type = found.type;
		*ret = (struct od_access_name){.pointer = *pointer, .offset = offset, .type = to->text, .facts = facts,
					       .indexed = strides && strides->count, .size = size_of_type(facts, found.type)};
		struct od_str whole = od_buf_str(&path), member = without_index(whole), base = operand(naming, pointer->text);
		bool element = whole.len && whole.ptr[0] == '[';
		if (element)
			member = od_str_from_index(member, member.len ? (size_t)od_str_find_char(member, ']') + 1 : 0);
		if (member.len && member.ptr[0] == '.')
			member = od_str_from_index(member, 1);
		ret->member = member.len ? od_arena_copy(naming->arena, member) : (struct od_str){NULL, 0};
		ret->quality = found.ambiguous || found.inside || ret->indexed ? worse(pointer->quality, OD_NAME_LIKELY)
									       : pointer->quality;
		ret->expression = !path.len ? od_arena_printf(naming->arena, "*%.*s", OD_FMT(base))
					    : od_arena_printf(naming->arena, "%.*s%s%.*s", OD_FMT(base), element ? "" : "->",
							      OD_FMT(whole));
	}
	od_buf_deinit(&path);
	return known;
}

/* A variable in whose memory the address lies, with the member there. */
static bool in_variable(struct od_naming *naming, struct od_value address, unsigned width,
			const struct od_strides *strides, struct od_name *ret)
{
	for (size_t i = 0; i < naming->bindings.count; i++) {
		const struct od_binding *binding = &naming->bindings.items[i];
		struct od_strides left = strides ? *strides : (struct od_strides){.count = 0};
		struct od_buf path = {0};
		struct od_member_path found;
		if (!binding->memory || is_hidden(naming, binding) || binding->value.node != address.node ||
		    address.offset < binding->value.offset)
			continue;
		bool known = od_member_find(naming->facts, binding->type, (uint64_t)(address.offset - binding->value.offset),
					    width, &left, &path, &found) && !left.count;
		if (known)
			*ret = (struct od_name){
				.text = od_arena_printf(naming->arena, "%.*s%s%.*s", OD_FMT(binding->text),
							path.len && path.data[0] != '[' ? "." : "",
							OD_FMT(od_buf_str(&path))),
				.type = found.type,
				.quality = found.ambiguous || found.inside || strides ? OD_NAME_LIKELY : OD_NAME_EXACT,
				.variable = binding->variable,
			};
		od_buf_deinit(&path);
		if (known)
			return true;
	}
	return false;
}

static bool is_unwanted(const struct od_naming *naming, unsigned depth, int64_t offset)
{
	return !depth && naming->wanted >= 0 && offset != naming->wanted;
}

/* Variables that hold a pointer into what the address lies in: those of the pc first, innermost first. */
static bool by_variable(struct od_naming *naming, struct od_value address, unsigned width,
			const struct od_strides *strides, unsigned depth, struct od_access_name *ret, int *type)
{
	for (unsigned rank = 0; rank < OD_BOUND_RANKS; rank++) {
		for (size_t i = 0; i < naming->bindings.count; i++) {
			const struct od_binding *binding = &naming->bindings.items[i];
			struct od_name pointer = name_of(binding);
			if (binding->memory || is_hidden(naming, binding) || binding->rank != rank ||
			    binding->value.node != address.node ||
			    is_unwanted(naming, depth, address.offset - binding->value.offset) ||
			    !through(naming, &pointer, address.offset - binding->value.offset, width, strides, ret, type))
				continue;
			ret->value = binding->value;
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
		const struct od_binding *binding = &naming->bindings.items[i];
		if (!binding->memory || is_hidden(naming, binding) || binding->rank != OD_BOUND_NOW || binding->variable->global ||
		    !od_value_equal(binding->value, address))
			continue;
		const struct od_type *type = od_facts_type(naming->facts, binding->type);
		if (!type || type->kind == OD_TYPE_STRUCT || type->kind == OD_TYPE_UNION || type->kind == OD_TYPE_ARRAY)
			continue;
		*ret = (struct od_name){binding->text, binding->type, OD_NAME_EXACT, binding->variable};
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

	if (node->segment) {
		if (!depth || !in_variable(naming, node->base, width, NULL, ret))
			return false;
		ret->text = od_arena_printf(naming->arena, "this_cpu_read(%.*s)", OD_FMT(ret->text));
		return true;
	}
	if (local_at(naming, node->base, ret))
		return true;
	if (by_access(naming, node->base, width, depth + 1, &access, &type)) {
		*ret = (struct od_name){access.expression, type, access.quality, access.pointer.variable};
		return true;
	}
	return in_variable(naming, node->base, width, NULL, ret);
}

/* What a call returned: "port_find()". */
static bool name_call(const struct od_naming *naming, const struct od_node *node, struct od_name *ret)
{
	const struct od_facts *facts = naming->facts;
	const ptrdiff_t at = od_flow_find(facts, node->at);

	if (at < 0 || is_stranger(naming))
		return false;
	const struct od_insn *insn = &od_facts_insns(facts)->items[at];
	const struct od_call *call = od_facts_call(facts, insn);
	struct od_str function = call ? call->function : insn->target_name;
	*ret = (struct od_name){.type = call ? call->type : OD_TYPE_NONE, .quality = OD_NAME_LIKELY};
	ret->text = function.len ? od_arena_printf(naming->arena, "%.*s()", OD_FMT(function)) : function;
	return function.len;
}

/* The other terms of a sum as strides, with the names that they have. */
static void strides_of(struct od_naming *naming, const struct od_terms *terms, unsigned but, unsigned depth,
		       struct od_strides *ret)
{
	*ret = (struct od_strides){.count = 0};
	for (unsigned i = 0; i < terms->count; i++) {
		const struct od_term *term = &terms->items[i];
		struct od_name name = {.text = {NULL, 0}};
		const struct od_node *node = od_flow_node(naming->flow, term->value);
		if (i == but || (node->origin == OD_ORIGIN_LOAD && node->segment)) /* where this CPU's area begins */
			continue;
		if (!term->counter)
			name_value(naming, term->value, depth + 1, &name);
		ret->items[ret->count++] = (struct od_stride){term->factor, name.text};
	}
}

/* An access from a pointer or the place of a variable, with indices. */
static bool by_base(struct od_naming *naming, struct od_value value, unsigned width, const struct od_strides *strides,
		    unsigned depth, struct od_access_name *ret, int *type)
{
	const struct od_node *node = od_flow_node(naming->flow, value);
	struct od_name base;

	if (node->origin == OD_ORIGIN_LOAD && name_load(naming, node, depth + 1, &base) &&
	    through(naming, &base, value.offset, width, strides, ret, type)) {
		ret->value = (struct od_value){value.node, 0};
		ret->loaded = true;
		return true;
	}
	if (by_variable(naming, value, width, strides, depth + 1, ret, type))
		return true;
	if (!in_variable(naming, value, width, strides, &base))
		return false;
	*type = base.type;
	*ret = (struct od_access_name){.expression = base.text, .facts = naming->facts, .quality = OD_NAME_LIKELY,
				       .indexed = true, .pointer = base, .value = value};
	ret->pointer.text = without_index(base.text);
	return true;
}

static bool is_base(const struct od_terms *terms, unsigned which)
{
	return !terms->items[which].counter && terms->items[which].factor == 1;
}

/* An access to an element: of an array, or of those that a pointer points to. */
static bool by_terms(struct od_naming *naming, struct od_value address, unsigned width, unsigned depth,
		     struct od_access_name *ret, int *type)
{
	struct od_terms terms;

	if (!od_terms_of(naming->flow, address, &terms) || terms.count < 2)
		return false;
	for (unsigned i = 0; i < terms.count; i++) {
		struct od_strides strides;
		if (!is_base(&terms, i))
			continue;
		strides_of(naming, &terms, i, depth, &strides);
		if (by_base(naming, (struct od_value){terms.items[i].value.node, terms.offset}, width, &strides, depth, ret, type))
			return true;
	}
	return false;
}

/*
 * A variable that had, in the same register, the first of the values that come together here: most likely a loop goes on
 * with it.
 */
static bool by_cursor(struct od_naming *naming, struct od_value address, unsigned width, unsigned depth,
		      struct od_access_name *ret, int *type)
{
	struct od_value first;

	if (!od_flow_first(naming->flow, address, &first) || !by_variable(naming, first, width, NULL, depth, ret, type))
		return false;
	ret->quality = OD_NAME_GUESS;
	ret->value = (struct od_value){address.node, address.offset - ret->offset};
	return true;
}

/* An access through a pointer that was read from memory. */
static bool by_load(struct od_naming *naming, struct od_value address, unsigned width, unsigned depth,
		    struct od_access_name *ret, int *type)
{
	const struct od_node *node = od_flow_node(naming->flow, address);
	const int64_t offset = address.offset;
	struct od_name pointer;

	if (node->origin != OD_ORIGIN_LOAD || is_unwanted(naming, depth, offset) || !name_load(naming, node, depth, &pointer) ||
	    !through(naming, &pointer, offset, width, NULL, ret, type))
		return false;
	ret->value = (struct od_value){address.node, 0};
	ret->loaded = true;
	return true;
}

/* An access through a pointer that a call returned. */
static bool by_call(struct od_naming *naming, struct od_value address, unsigned width, unsigned depth,
		    struct od_access_name *ret, int *type)
{
	const struct od_node *node = od_flow_node(naming->flow, address);
	struct od_name pointer;

	if (node->origin != OD_ORIGIN_CALL || is_unwanted(naming, depth, address.offset) || !name_call(naming, node, &pointer) ||
	    !through(naming, &pointer, address.offset, width, NULL, ret, type))
		return false;
	ret->value = (struct od_value){address.node, 0};
	ret->returned = true;
	return true;
}

/*
 * An access, by the pointer that was read from memory where that has a name (`sdev->cfg` tells more than
 * the local that it was read into), else by a variable.
 */
static bool by_access(struct od_naming *naming, struct od_value address, unsigned width, unsigned depth,
		      struct od_access_name *ret, int *type)
{
	if (depth > DEPTH)
		return false;
	if (depth == 0 && by_load(naming, address, width, depth, ret, type))
		return true;
	if (by_variable(naming, address, width, NULL, depth, ret, type))
		return true;
	return by_load(naming, address, width, depth ? depth : 1, ret, type) ||
	       by_terms(naming, address, width, depth, ret, type) || by_cursor(naming, address, width, depth, ret, type) ||
	       by_call(naming, address, width, depth, ret, type);
}

static bool name_value(struct od_naming *naming, struct od_value value, unsigned depth, struct od_name *ret)
{
	const struct od_node *node = od_flow_node(naming->flow, value);

	if (depth > DEPTH)
		return false;
	for (unsigned rank = 0; rank < OD_BOUND_RANKS; rank++) {
		for (size_t i = 0; i < naming->bindings.count; i++) {
			const struct od_binding *binding = &naming->bindings.items[i];
			if (binding->memory || is_hidden(naming, binding) || binding->rank != rank ||
			    !od_value_equal(binding->value, value) || node->origin == OD_ORIGIN_CONSTANT)
				continue;
			*ret = name_of(binding);
			return true;
		}
	}
	if (value.offset)
		return false;
	return node->origin == OD_ORIGIN_LOAD ? name_load(naming, node, depth, ret) :
	       node->origin == OD_ORIGIN_CALL && name_call(naming, node, ret);
}

/* The value in terms of what the caller had in its registers at the call; false: it is not made of these. */
static bool at_caller(struct od_naming *naming, struct od_value value, unsigned depth, struct od_value *ret)
{
	const struct od_node *node = od_flow_node(naming->flow, value);
	struct od_naming *caller;
	struct od_value base;

	if ((node->origin != OD_ORIGIN_ENTRY && node->origin != OD_ORIGIN_LOAD) || depth > DEPTH ||
	    !(caller = od_naming_caller(naming)))
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

static bool name_access(struct od_naming *naming, struct od_value address, unsigned width, struct od_access_name *ret);

/* An access through a pointer that only the caller has a name for; indices are computed here. */
static bool access_at_caller(struct od_naming *naming, struct od_value address, unsigned width, struct od_access_name *ret)
{
	struct od_value outer;
	struct od_terms terms;
	int type;

	if (at_caller(naming, address, 0, &outer))
		return name_access(naming->caller, outer, width, ret);
	if (!od_naming_caller(naming) || !od_terms_of(naming->flow, address, &terms) || terms.count < 2)
		return false;
	for (unsigned i = 0; i < terms.count; i++) {
		struct od_strides strides;
		if (!is_base(&terms, i) ||
		    !at_caller(naming, (struct od_value){terms.items[i].value.node, terms.offset}, 0, &outer))
			continue;
		strides_of(naming, &terms, i, 0, &strides);
		if (!by_base(naming->caller, outer, width, &strides, 0, ret, &type))
			continue;
		ret->is_here = ret->value.node == outer.node;
		ret->here = (struct od_value){terms.items[i].value.node, terms.offset + ret->value.offset - outer.offset};
		return true;
	}
	return false;
}

static bool name_access(struct od_naming *naming, struct od_value address, unsigned width, struct od_access_name *ret)
{
	struct od_access_name access = {.pointer = {.type = OD_TYPE_NONE}};
	int type;

	if (!by_access(naming, address, width, 0, &access, &type))
		return access_at_caller(naming, address, width, ret);
	*ret = access;
	return true;
}

const struct od_variable *od_naming_helper(const struct od_naming *naming, struct od_value address)
{
	for (size_t i = 0; i < naming->bindings.count; i++) {
		const struct od_binding *binding = &naming->bindings.items[i];
		if (binding->helper && !binding->memory && od_value_equal(binding->value, address))
			return binding->variable;
	}
	return NULL;
}

/* What counts as a name from now on. */
static void set_terms(struct od_naming *naming, int64_t wanted, bool helpers)
{
	for (; naming; naming = naming->caller) {
		naming->wanted = wanted;
		naming->helpers = helpers;
	}
}

/* A guess is kept only where the words of helpers have nothing better. */
bool od_name_access(struct od_naming *naming, struct od_value address, unsigned width, int64_t wanted,
		    struct od_access_name *ret)
{
	struct od_access_name name;
	bool found = false;

	for (int way = wanted >= 0 ? 0 : 2; way < 4; way++) {
		set_terms(naming, way < 2 ? wanted : -1, way % 2);
		if (!name_access(naming, address, width, &name) || (found && name.quality >= ret->quality))
			continue;
		*ret = name;
		found = true;
		if (name.quality != OD_NAME_GUESS)
			break;
	}
	return found;
}

static bool name_anywhere(struct od_naming *naming, struct od_value value, struct od_name *ret)
{
	struct od_value outer;
	const struct od_node *node = od_flow_node(naming->flow, value);

	if (node->origin == OD_ORIGIN_LOAD && value.offset == 0 && name_load(naming, node, 0, ret))
		return true;
	if (name_value(naming, value, 0, ret))
		return true;
	return at_caller(naming, value, 0, &outer) && name_anywhere(naming->caller, outer, ret);
}

bool od_name_value(struct od_naming *naming, struct od_value value, struct od_name *ret)
{
	for (int helpers = 0; helpers < 2; helpers++) {
		set_terms(naming, -1, helpers);
		if (name_anywhere(naming, value, ret))
			return true;
	}
	return false;
}
