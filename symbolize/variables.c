// SPDX-License-Identifier: GPL-3.0-or-later
/* Source: DWARF 5, sections 2.5 (expressions), 2.6 (location lists), 3.3, 4.1. */
#include "symbolize/variables.h"

#include "symbolize/unit_map.h"

enum { DEPTH = 64, VARIABLE_LIMIT = 512, LOCATION_LIMIT = 256, CHILD_LIMIT = 1 << 16, GLOBAL_LIMIT = 1 << 20 };

/* The frame base of a function, as far as it is a register or the CFA. */
struct frame_base {
	bool is_cfa, known;
	uint8_t reg;
	int64_t offset;
};

struct reading {
	struct od_arena *arena;
	const struct od_dwarf_scope *scope;
	const struct od_dwarf *dwarf;
	struct od_facts *facts;
	struct frame_base base;
};

/* What describes the variable or the inlined call is in a unit that libdw was not shown. */
static bool is_foreign(const struct reading *reading, Dwarf_Die *die)
{
	static const unsigned links[] = {DW_AT_abstract_origin, DW_AT_type};
	Dwarf_Attribute attr;

	for (size_t i = 0; i < sizeof(links) / sizeof(links[0]); i++)
		if (dwarf_attr(die, links[i], &attr) && od_die_is_foreign(reading->dwarf, die, &attr))
			return true;
	return false;
}

static bool is_register(unsigned atom, const Dwarf_Op *op, uint8_t *ret)
{
	uint64_t reg = atom == DW_OP_regx ? op->number : atom - DW_OP_reg0;

	if (reg >= OD_REGISTER_COUNT)
		return false;
	*ret = (uint8_t)reg;
	return true;
}

static bool is_constant(const Dwarf_Op *op, int64_t *ret)
{
	if (op->atom >= DW_OP_lit0 && op->atom <= DW_OP_lit31) {
		*ret = op->atom - DW_OP_lit0;
		return true;
	}
	if (op->atom < DW_OP_const1u || op->atom > DW_OP_consts)
		return false;
	*ret = (int64_t)op->number;
	return true;
}

/* register + offset, as the first one or two operations compute it. */
static size_t read_sum(const struct reading *reading, Dwarf_Attribute *attr, const Dwarf_Op *ops, size_t count,
		       struct od_location *ret)
{
	const Dwarf_Op *op = &ops[0];
	uint64_t address;

	if (op->atom >= DW_OP_breg0 && op->atom <= DW_OP_breg31) {
		ret->reg = (uint8_t)(op->atom - DW_OP_breg0);
		ret->offset = (int64_t)op->number;
		ret->kind = OD_LOCATION_MEMORY;
	} else if (op->atom == DW_OP_fbreg && reading->base.known) {
		ret->kind = reading->base.is_cfa ? OD_LOCATION_FRAME : OD_LOCATION_MEMORY;
		ret->reg = reading->base.reg;
		ret->offset = (int64_t)op->number + reading->base.offset;
	} else if (od_op_address(attr, op, &address)) {
		ret->kind = OD_LOCATION_ADDRESS;
		ret->offset = (int64_t)address;
	} else if (is_constant(op, &ret->offset)) {
		ret->kind = OD_LOCATION_CONSTANT;
	} else {
		return 0;
	}
	if (count > 1 && ops[1].atom == DW_OP_plus_uconst) {
		ret->offset += (int64_t)ops[1].number;
		return 2;
	}
	return 1;
}

static enum od_location_kind value_of(uint8_t place)
{
	switch (place) {
	case OD_LOCATION_MEMORY:
		return OD_LOCATION_VALUE;
	case OD_LOCATION_FRAME:
		return OD_LOCATION_FRAME_VALUE;
	case OD_LOCATION_ADDRESS:
		return OD_LOCATION_CONSTANT_ADDRESS;
	default:
		return OD_LOCATION_CONSTANT;
	}
}

/* DW_OP_entry_value of a register, DW_OP_plus_uconst or not, DW_OP_stack_value or else it is an address. */
static bool read_entry(Dwarf_Attribute *attr, const Dwarf_Op *ops, size_t count, struct od_location *ret)
{
	Dwarf_Attribute inner;
	Dwarf_Op *expression;
	size_t length;
	const bool plus = count > 1 && ops[1].atom == DW_OP_plus_uconst, value = ops[count - 1].atom == DW_OP_stack_value;

	if (count != 1u + plus + value || dwarf_getlocation_attr(attr, &ops[0], &inner) ||
	    dwarf_getlocation(&inner, &expression, &length) || length != 1 ||
	    !is_register(expression[0].atom, expression, &ret->reg))
		return false;
	ret->kind = value ? OD_LOCATION_ENTRY : OD_LOCATION_ENTRY_MEMORY;
	ret->offset = plus ? (int64_t)ops[1].number : 0;
	return true;
}

/* A number that an expression computes: of registers, each times a number, and an offset. */
struct sum {
	struct { uint8_t reg; int64_t factor; } terms[2];
	unsigned count;
	int64_t offset;
};

static bool add_sums(struct sum *to, const struct sum *from)
{
	to->offset = (int64_t)((uint64_t)to->offset + (uint64_t)from->offset);
	for (unsigned i = 0; i < from->count; i++) {
		if (to->count == sizeof(to->terms) / sizeof(to->terms[0]))
			return false;
		to->terms[to->count++] = from->terms[i];
	}
	return true;
}

static bool multiply(struct sum *sum, const struct sum *by, bool shift)
{
	if (by->count || by->offset < 0 || by->offset > (shift ? 15 : UINT16_MAX))
		return false;
	const int64_t factor = shift ? (int64_t)1 << by->offset : by->offset;
	for (unsigned i = 0; i < sum->count; i++)
		if (__builtin_mul_overflow(sum->terms[i].factor, factor, &sum->terms[i].factor))
			return false;
	return !__builtin_mul_overflow(sum->offset, factor, &sum->offset);
}

/* One operation on the two numbers at the top; an index that was a 32-bit number is no other one. */
static bool combine(struct sum *below, const struct sum *top, unsigned atom)
{
	switch (atom) {
	case DW_OP_plus:
		return add_sums(below, top);
	case DW_OP_minus:
		below->offset = (int64_t)((uint64_t)below->offset - (uint64_t)top->offset);
		return !top->count;
	case DW_OP_shl: case DW_OP_mul:
		return multiply(below, top, atom == DW_OP_shl);
	case DW_OP_and:
		return !top->count && top->offset == UINT32_MAX && !below->offset;
	default:
		return false;
	}
}

/* The sum that the operations but a DW_OP_stack_value at their end compute; false: it is none. */
static bool compute_sum(const Dwarf_Op *ops, size_t count, struct sum *ret)
{
	enum { STACK = 4 };
	struct sum stack[STACK];
	unsigned depth = 0;

	for (size_t i = 0; i < count; i++) {
		struct sum number = {.count = 0};
		const unsigned atom = ops[i].atom;
		if (atom == DW_OP_plus_uconst && depth) {
			stack[depth - 1].offset = (int64_t)((uint64_t)stack[depth - 1].offset + ops[i].number);
			continue;
		}
		if (atom >= DW_OP_breg0 && atom <= DW_OP_breg31) {
			number = (struct sum){{{(uint8_t)(atom - DW_OP_breg0), 1}}, 1, (int64_t)ops[i].number};
		} else if (!is_constant(&ops[i], &number.offset)) {
			if (depth < 2 || !combine(&stack[depth - 2], &stack[depth - 1], atom))
				return false;
			depth--;
			continue;
		}
		if (depth == STACK)
			return false;
		stack[depth++] = number;
	}
	if (depth == 1)
		*ret = stack[0];
	return depth == 1;
}

/* A register and another one times a number: an element of an array, what per_cpu_ptr() gives. */
static bool read_two(const Dwarf_Op *ops, size_t count, struct od_location *ret)
{
	struct sum sum;
	const bool value = ops[count - 1].atom == DW_OP_stack_value;

	if (!compute_sum(ops, count - value, &sum) || sum.count != 2)
		return false;
	const unsigned base = sum.terms[0].factor == 1 ? 0 : 1, index = !base;
	if (sum.terms[base].factor != 1 || sum.terms[index].factor < 1 || sum.terms[index].factor > UINT16_MAX ||
	    sum.terms[0].reg >= OD_REGISTER_COUNT || sum.terms[1].reg >= OD_REGISTER_COUNT)
		return false;
	ret->kind = value ? OD_LOCATION_SUM_VALUE : OD_LOCATION_SUM;
	ret->reg = sum.terms[base].reg;
	ret->reg2 = sum.terms[index].reg;
	ret->scale = (uint16_t)sum.terms[index].factor;
	ret->offset = sum.offset;
	return true;
}

static void read_expression(const struct reading *reading, Dwarf_Attribute *attr, const Dwarf_Op *ops, size_t count,
			    struct od_location *ret)
{
	struct od_location found = *ret;

	if (!count)
		return;
	ret->kind = OD_LOCATION_OTHER;
	if (ops[0].atom == DW_OP_entry_value || ops[0].atom == DW_OP_GNU_entry_value) {
		if (read_entry(attr, ops, count, &found))
			*ret = found;
		return;
	}
	if ((ops[0].atom >= DW_OP_reg0 && ops[0].atom <= DW_OP_reg31) || ops[0].atom == DW_OP_regx) {
		if (count == 1 && is_register(ops[0].atom, &ops[0], &ret->reg))
			ret->kind = OD_LOCATION_REGISTER;
		return;
	}
	if (read_two(ops, count, &found)) {
		*ret = found;
		return;
	}
	size_t used = read_sum(reading, attr, ops, count, &found);
	if (!used)
		return;
	bool is_value = used < count && ops[used].atom == DW_OP_stack_value;
	if (used + is_value != count || (!is_value && found.kind == OD_LOCATION_CONSTANT) ||
	    found.reg >= OD_REGISTER_COUNT)
		return;
	*ret = found;
	if (is_value)
		ret->kind = (uint8_t)value_of(found.kind);
}

/* A location that may be of several pieces, each in a place of its own (2.6.1.2). */
static void read_pieces(const struct reading *reading, Dwarf_Attribute *attr, const Dwarf_Op *ops, size_t count,
			struct od_location whole, struct od_variable *variable)
{
	uint64_t piece_at = 0;

	for (size_t first = 0, i = 0; i <= count && piece_at < UINT32_MAX; i++) {
		bool piece = i < count && ops[i].atom == DW_OP_piece;
		if (!piece && (i < count || (first && first == count)))
			continue;
		struct od_location *location = od_list_push(reading->arena, &variable->locations);
		if (!location)
			return;
		*location = whole;
		location->piece_at = (uint32_t)piece_at;
		location->piece_size = piece ? (uint32_t)ops[i].number : 0;
		read_expression(reading, attr, ops + first, i - first, location);
		piece_at += piece ? ops[i].number : 0;
		first = i + 1;
	}
}

static void read_locations(const struct reading *reading, Dwarf_Die *die, struct od_variable *variable)
{
	Dwarf_Attribute attr;
	Dwarf_Addr base, from, to;
	Dwarf_Op *ops;
	size_t count;
	ptrdiff_t at = 0;
	Dwarf_Sword constant;

	if (dwarf_attr_integrate(die, DW_AT_const_value, &attr) && dwarf_formsdata(&attr, &constant) == 0) {
		struct od_location *location = od_list_push(reading->arena, &variable->locations);
		if (location)
			*location = (struct od_location){.to = UINT64_MAX, .kind = OD_LOCATION_CONSTANT, .offset = constant};
		return;
	}
	if (!dwarf_attr_integrate(die, DW_AT_location, &attr))
		return;
	for (unsigned i = 0; i < LOCATION_LIMIT; i++) {
		at = dwarf_getlocations(&attr, at, &base, &from, &to, &ops, &count);
		if (at <= 0)
			return;
		read_pieces(reading, &attr, ops, count, (struct od_location){.from = from, .to = to}, variable);
	}
}

static void add_variable(const struct reading *reading, Dwarf_Die *die, struct od_str function)
{
	Dwarf_Attribute attr;
	const char *name = dwarf_formstring(dwarf_attr_integrate(die, DW_AT_name, &attr));
	struct od_variable *variable;

	if (!name || reading->facts->variables.count >= VARIABLE_LIMIT)
		return;
	variable = od_list_push(reading->arena, &reading->facts->variables);
	if (!variable)
		return;
	variable->name = od_arena_copy(reading->arena, od_str_from(name));
	variable->function = function;
	variable->parameter = dwarf_tag(die) == DW_TAG_formal_parameter;
	variable->type = od_type_of(reading->facts->types, die);
	read_locations(reading, die, variable);
}

static struct frame_base read_frame_base(Dwarf_Die *function)
{
	struct frame_base base = {0};
	Dwarf_Attribute attr;
	Dwarf_Op *ops;
	size_t count;

	if (!dwarf_attr_integrate(function, DW_AT_frame_base, &attr) || dwarf_getlocation(&attr, &ops, &count) ||
	    count != 1)
		return base;
	if (ops[0].atom == DW_OP_call_frame_cfa)
		return (struct frame_base){.is_cfa = true, .known = true};
	if (ops[0].atom >= DW_OP_breg0 && ops[0].atom <= DW_OP_breg31)
		return (struct frame_base){.known = true, .reg = (uint8_t)(ops[0].atom - DW_OP_breg0),
					   .offset = (int64_t)ops[0].number};
	if (ops[0].atom >= DW_OP_reg0 && ops[0].atom <= DW_OP_reg31)
		return (struct frame_base){.known = true, .reg = (uint8_t)(ops[0].atom - DW_OP_reg0)};
	return base;
}

static void reverse(struct od_facts *facts, size_t from, size_t to)
{
	for (; from + 1 < to; from++, to--) {
		struct od_variable swap = facts->variables.items[from];
		facts->variables.items[from] = facts->variables.items[to - 1];
		facts->variables.items[to - 1] = swap;
	}
}

/* Where a parameter of an inlined function was declared. */
static Dwarf_Off declared_at(Dwarf_Die *die)
{
	Dwarf_Attribute attr;
	Dwarf_Die origin;
	bool known = dwarf_attr(die, DW_AT_abstract_origin, &attr) && dwarf_formref_die(&attr, &origin);

	return known ? dwarf_dieoffset(&origin) : dwarf_dieoffset(die);
}

/* gcc lists the parameters of inlined functions from the last to the first. */
static bool is_backwards(Dwarf_Die *block)
{
	Dwarf_Die first, second;

	return dwarf_child(block, &first) == 0 && dwarf_tag(&first) == DW_TAG_formal_parameter && dwarf_siblingof(&first, &second) == 0 &&
	       dwarf_tag(&second) == DW_TAG_formal_parameter && declared_at(&second) < declared_at(&first);
}

/* Puts the parameters of a block in order; its variables begin at `from`. */
static void order_parameters(const struct reading *reading, Dwarf_Die *block, size_t from)
{
	size_t to = from;

	while (to < reading->facts->variables.count && reading->facts->variables.items[to].parameter)
		to++;
	if (to - from > 1 && is_backwards(block))
		reverse(reading->facts, from, to);
}

/* The variables directly in a block, and the block inside it that holds the pc. */
static bool read_block(const struct reading *reading, Dwarf_Die *block, struct od_str function, Dwarf_Die *inner,
		       bool *foreign)
{
	const size_t before = reading->facts->variables.count;
	Dwarf_Die child;
	bool found = false;

	if (dwarf_child(block, &child))
		return false;
	for (unsigned i = 0; i < CHILD_LIMIT; i++) {
		int tag = dwarf_tag(&child);
		*foreign |= is_foreign(reading, &child);
		if (*foreign)
			return false;
		if (tag == DW_TAG_formal_parameter || tag == DW_TAG_variable)
			add_variable(reading, &child, function);
		else if (!found && (tag == DW_TAG_lexical_block || tag == DW_TAG_inlined_subroutine) &&
			 dwarf_haspc(&child, reading->facts->pc) == 1) {
			*inner = child;
			found = true;
		}
		if (dwarf_siblingof(&child, &child) != 0)
			break;
	}
	order_parameters(reading, block, before);
	return found;
}

static struct od_str function_name(const struct reading *reading, Dwarf_Die *die)
{
	Dwarf_Attribute attr;

	return od_arena_copy(reading->arena, od_str_from(dwarf_formstring(dwarf_attr_integrate(die, DW_AT_name, &attr))));
}

/* Whether one of the addresses, which ascend, is in the variable's memory. */
static bool holds_any(uint64_t address, uint64_t size, const uint64_t *addresses, size_t count)
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (addresses[middle] < address)
			low = middle + 1;
		else
			high = middle;
	}
	return low < count && addresses[low] - address < (size ? size : 1);
}

/* Whether a global variable, or a piece of one that clang took apart (DW_OP_piece), holds an address. */
static bool is_wanted(const struct reading *reading, Dwarf_Die *die, const uint64_t *addresses, size_t count)
{
	Dwarf_Attribute attr;
	Dwarf_Op *ops;
	size_t length;
	uint64_t whole, address;

	if (od_die_address(die, &whole))
		return holds_any(whole, od_type_size(reading->facts->types, die), addresses, count);
	if (!dwarf_attr(die, DW_AT_location, &attr) || dwarf_getlocation(&attr, &ops, &length))
		return false;
	for (size_t i = 0; i + 1 < length; i++)
		if (ops[i + 1].atom == DW_OP_piece && od_op_address(&attr, &ops[i], &address) &&
		    holds_any(address, ops[i + 1].number, addresses, count))
			return true;
	return false;
}

static void read_global(const struct reading *reading, Dwarf_Die *die, const uint64_t *addresses, size_t count)
{
	if (!is_wanted(reading, die, addresses, count))
		return;
	size_t before = reading->facts->variables.count;
	add_variable(reading, die, (struct od_str){NULL, 0});
	if (reading->facts->variables.count > before)
		reading->facts->variables.items[before].global = true;
}

/* The variables that begin at or before one of the addresses: the others' sizes need not be asked for. */
static void read_known_globals(const struct reading *reading, const uint64_t *addresses, size_t count)
{
	Dwarf_Die unit = reading->scope->unit, die;
	size_t total;
	const struct od_unit_global *globals = od_unit_map_globals(reading->scope->map, &total);
	uint64_t base = dwarf_dieoffset(&unit) - dwarf_cuoffset(&unit);

	for (size_t i = 0; i < total; i++)
		if (holds_any(globals[i].address, UINT32_MAX, addresses, count) &&
		    dwarf_offdie(dwarf_cu_getdwarf(unit.cu), base + globals[i].die, &die))
			read_global(reading, &die, addresses, count);
}

static void read_globals(const struct reading *reading, const uint64_t *addresses, size_t count)
{
	Dwarf_Die unit = reading->scope->unit, child;

	if (!count)
		return;
	if (reading->scope->map) {
		read_known_globals(reading, addresses, count);
		return;
	}
	if (dwarf_child(&unit, &child))
		return;
	for (unsigned i = 0; i < GLOBAL_LIMIT; i++) {
		if (dwarf_tag(&child) == DW_TAG_variable)
			read_global(reading, &child, addresses, count);
		if (dwarf_siblingof(&child, &child) != 0)
			return;
	}
}

bool od_variables_read(struct od_arena *arena, const struct od_dwarf *dwarf, const struct od_dwarf_scope *scope,
		       const uint64_t *addresses, size_t count, struct od_facts *facts)
{
	struct reading reading = {arena, scope, dwarf, facts, {0}};
	Dwarf_Die block = scope->function, inner;
	bool foreign = is_foreign(&reading, &block);
	struct od_str function = foreign ? (struct od_str){NULL, 0} : function_name(&reading, &block);

	reading.base = read_frame_base(&block);
	for (unsigned depth = 0; depth < DEPTH && read_block(&reading, &block, function, &inner, &foreign); depth++) {
		block = inner;
		if (dwarf_tag(&block) == DW_TAG_inlined_subroutine)
			function = function_name(&reading, &block);
	}
	reverse(facts, 0, facts->variables.count); /* blocks were read from the outside in */
	read_globals(&reading, addresses, count);
	return !foreign;
}
