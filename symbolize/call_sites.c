// SPDX-License-Identifier: GPL-3.0-or-later
/* Source: DWARF 5, section 3.4 (call sites); in DWARF 4 as GNU extensions of the same meaning. */
#include "symbolize/call_sites.h"

enum { DEPTH = 32, DIE_LIMIT = 1 << 14, CALL_LIMIT = 128, UNIT_LIMIT = 1 << 18 };

/* Where the call returns to; false: a tail call, which does not, or no call. */
static bool returns_to(Dwarf_Die *die, uint64_t *ret)
{
	Dwarf_Attribute attr;
	Dwarf_Addr address;
	const int tag = dwarf_tag(die);

	if (tag == DW_TAG_GNU_call_site)
		return !dwarf_hasattr(die, DW_AT_GNU_tail_call) && dwarf_lowpc(die, &address) == 0 && (*ret = address);
	if (tag != DW_TAG_call_site || dwarf_hasattr(die, DW_AT_call_tail_call) || !dwarf_attr(die, DW_AT_call_return_pc, &attr) ||
	    dwarf_formaddr(&attr, &address) != 0)
		return false;
	*ret = address;
	return true;
}

/* The DIE of the called function; false: it is not known, or in a unit that libdw was not shown. */
static bool find_callee(const struct od_dwarf *dwarf, Dwarf_Die *site, Dwarf_Die *ret)
{
	Dwarf_Attribute attr;

	return (dwarf_attr(site, DW_AT_call_origin, &attr) || dwarf_attr(site, DW_AT_abstract_origin, &attr)) &&
	       !od_die_is_foreign(dwarf, site, &attr) && dwarf_formref_die(&attr, ret);
}

/* How many parameters a function takes; -1: one that takes any number, or none is told. */
static int parameters_of(Dwarf_Die *function)
{
	enum { LIMIT = 64 };
	Dwarf_Attribute attr;
	Dwarf_Die origin, child;
	int count = 0;

	if (dwarf_attr(function, DW_AT_abstract_origin, &attr) && dwarf_formref_die(&attr, &origin))
		function = &origin;
	if (!dwarf_hasattr(function, DW_AT_prototyped))
		return -1;
	if (dwarf_child(function, &child) != 0)
		return 0;
	for (unsigned i = 0; i < LIMIT; i++) {
		int tag = dwarf_tag(&child);
		if (tag == DW_TAG_unspecified_parameters)
			return -1;
		count += tag == DW_TAG_formal_parameter;
		if (dwarf_siblingof(&child, &child) != 0)
			break;
	}
	return count;
}

static void add_call(struct od_arena *arena, const struct od_dwarf *dwarf, Dwarf_Die *site, struct od_facts *facts)
{
	Dwarf_Die callee;
	Dwarf_Attribute attr;
	uint64_t returns;

	if (facts->calls.count >= CALL_LIMIT || !returns_to(site, &returns) || !find_callee(dwarf, site, &callee))
		return;
	const char *name = dwarf_formstring(dwarf_attr_integrate(&callee, DW_AT_name, &attr));
	struct od_call *call = name ? od_list_push(arena, &facts->calls) : NULL;
	if (call)
		*call = (struct od_call){returns, od_arena_copy(arena, od_str_from(name)), od_type_of(facts->types, &callee),
					 parameters_of(&callee)};
}

/* The DIE behind this one in the tree: its first child, else its own or its parents' next sibling; false: none. */
static bool next_die(Dwarf_Die *stack, unsigned *depth)
{
	if (*depth + 1 < DEPTH && dwarf_child(&stack[*depth], &stack[*depth + 1]) == 0) {
		++*depth;
		return true;
	}
	while (*depth && dwarf_siblingof(&stack[*depth], &stack[*depth]) != 0)
		--*depth;
	return *depth != 0;
}

void od_call_sites_read(struct od_arena *arena, const struct od_dwarf *dwarf, Dwarf_Die *function, struct od_facts *facts)
{
	Dwarf_Die stack[DEPTH];
	unsigned depth = 0;

	stack[0] = *function;
	for (unsigned i = 0; i < DIE_LIMIT && next_die(stack, &depth); i++) {
		int tag = dwarf_tag(&stack[depth]);
		if (tag == DW_TAG_call_site || tag == DW_TAG_GNU_call_site)
			add_call(arena, dwarf, &stack[depth], facts);
	}
}

bool od_call_sites_matter(Dwarf_Die *function, const struct od_facts *facts)
{
	const struct od_str own = od_str_from(dwarf_diename(function));

	if (dwarf_hasattr_integrate(function, DW_AT_external))
		return false;
	for (size_t i = 0; i < facts->variables.count; i++) {
		const struct od_variable *variable = &facts->variables.items[i];
		if (variable->parameter && od_str_equal(variable->function, own) && !od_variable_has_place(variable))
			return true;
	}
	return false;
}

/* An address in the call, also of one that does not return. */
static bool is_call_of(Dwarf_Die *site, const Dwarf_Off functions[static 2], unsigned bias, uint64_t *ret)
{
	static const unsigned places[] = {DW_AT_call_pc, DW_AT_call_return_pc, DW_AT_low_pc};
	Dwarf_Attribute attr;
	Dwarf_Die callee;
	Dwarf_Addr address;

	if ((!dwarf_attr(site, DW_AT_call_origin, &attr) && !dwarf_attr(site, DW_AT_abstract_origin, &attr)) ||
	    !dwarf_formref_die(&attr, &callee) ||
	    (dwarf_dieoffset(&callee) != functions[0] && dwarf_dieoffset(&callee) != functions[1]))
		return false;
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		if (!dwarf_attr(site, places[i], &attr) || dwarf_formaddr(&attr, &address) != 0)
			continue;
		*ret = address - (i ? bias : 0);
		return true;
	}
	return false;
}

/* The calls in one function. */
static void find_in(Dwarf_Die *caller, const Dwarf_Off functions[static 2], unsigned bias, struct od_facts *facts)
{
	Dwarf_Die stack[DEPTH];
	unsigned depth = 0;
	uint64_t at;

	stack[0] = *caller;
	for (unsigned i = 0; i < DIE_LIMIT && next_die(stack, &depth); i++) {
		int tag = dwarf_tag(&stack[depth]);
		if ((tag != DW_TAG_call_site && tag != DW_TAG_GNU_call_site) || !is_call_of(&stack[depth], functions, bias, &at))
			continue;
		facts->called_once = !facts->called_at;
		facts->called_at = facts->called_at ? facts->called_at : at;
	}
}

void od_call_sites_find(Dwarf_Die *unit, Dwarf_Die *function, unsigned bias, struct od_facts *facts)
{
	Dwarf_Die die, origin;
	Dwarf_Attribute attr;
	Dwarf_Off functions[2] = {dwarf_dieoffset(function), dwarf_dieoffset(function)};

	if (dwarf_attr(function, DW_AT_abstract_origin, &attr) && dwarf_formref_die(&attr, &origin))
		functions[1] = dwarf_dieoffset(&origin);
	facts->called_at = 0;
	facts->called_once = false;
	if (dwarf_child(unit, &die) != 0)
		return;
	for (unsigned i = 0; i < UNIT_LIMIT; i++) {
		if (dwarf_tag(&die) == DW_TAG_subprogram && dwarf_dieoffset(&die) != functions[0])
			find_in(&die, functions, bias, facts);
		if (dwarf_siblingof(&die, &die) != 0)
			return;
	}
}
