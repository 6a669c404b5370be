// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzer/naming_state.h"

#include "analyzer/member.h"

enum { BINDING_LIMIT = 8192 };

/* What a piece of a variable is called; false: it is no member. */
static bool name_piece(struct od_naming *naming, const struct od_variable *variable, const struct od_location *location,
		       struct od_binding *binding)
{
	struct od_buf path = {0};
	struct od_member_path found;
	bool known;

	binding->text = variable->name;
	binding->type = variable->type;
	if (!location->piece_size)
		return true;
	known = od_member_find(naming->facts, variable->type, location->piece_at, location->piece_size, NULL, &path,
			       &found) && !found.inside && path.len;
	if (known) {
		binding->text = od_arena_printf(naming->arena, "%.*s%s%.*s", OD_FMT(variable->name),
						path.data[0] == '[' ? "" : ".", OD_FMT(od_buf_str(&path)));
		binding->type = found.type;
	}
	od_buf_deinit(&path);
	return known;
}

/* Whether the variable is of a function that was inlined from a header; of those in no trace it is not known from where. */
static bool is_of_helper(const struct od_facts *facts, const struct od_variable *variable)
{
	if (facts->site)
		return !variable->global && !od_str_equal(variable->function, facts->function);
	for (size_t i = 0; facts->frame && i < facts->frame->places.count; i++) {
		const struct od_place *place = &facts->frame->places.items[i];
		if (place->inlined && od_str_equal(place->function, variable->function))
			return od_str_ends(place->file, OD_STR(".h"));
	}
	return false;
}

static void bind(struct od_naming *naming, const struct od_variable *variable, const struct od_location *location,
		 size_t insn, enum od_binding_rank rank)
{
	struct od_binding new = {.variable = variable, .rank = (uint8_t)rank, .helper = is_of_helper(naming->facts, variable)};

	if (naming->bindings.count >= BINDING_LIMIT ||
	    !od_flow_locate(naming->flow, insn, location, &new.value, &new.memory) ||
	    !name_piece(naming, variable, location, &new))
		return;
	for (size_t i = naming->bindings.count; i-- > 0 && naming->bindings.items[i].variable == variable;)
		if (od_value_equal(naming->bindings.items[i].value, new.value) && naming->bindings.items[i].memory == new.memory &&
		    od_str_equal(naming->bindings.items[i].text, new.text))
			return;
	struct od_binding *binding = od_list_push(naming->arena, &naming->bindings);
	if (binding)
		*binding = new;
}

void od_naming_bind(struct od_naming *naming, const struct od_variable *variable)
{
	const struct od_facts *facts = naming->facts;
	bool now = false;

	for (size_t i = 0; i < variable->locations.count; i++) {
		const struct od_location *location = &variable->locations.items[i];
		if (od_location_is_known(location) && facts->pc >= location->from && facts->pc < location->to) {
			bind(naming, variable, location, naming->insn, OD_BOUND_NOW);
			now = true;
		}
	}
	for (size_t i = 0; !now && i < variable->locations.count; i++) {
		const struct od_location *location = &variable->locations.items[i];
		ptrdiff_t first = od_flow_find(facts, location->from);
		if (first >= 0)
			bind(naming, variable, location, (size_t)first, OD_BOUND_BEFORE);
	}
}
