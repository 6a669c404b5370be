// SPDX-License-Identifier: GPL-3.0-or-later
/* A struct of the kernel by the kernel's own description of it: its layout, or one that is in memory. */
#include "vmcore/kernel.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum {
	DEPTH_LIMIT = 6, ROW_LIMIT = 4000, ELEMENT_LIMIT = 16, TEXT_LIMIT = 128, NAME_SIZE = 128,
	POINTER_CHAIN = 8, FIRST_PRINTABLE = 0x20, LAST_PRINTABLE = 0x7e, UTF8_LIMIT = 8,
};

struct show {
	struct od_kernel *kernel;
	const struct od_btf *btf;	/* the kernel's types, or a module's */
	struct od_str module;
	size_t most;			/* rows */
	struct od_vmcore_answer *answer;
	bool has_memory;
};

/* A value to be shown. */
struct place {
	const char *name;
	uint64_t address;
	uint32_t type;
	unsigned bit_offset, bits, depth;
};

static const char *keyword(enum od_btf_kind kind, const struct od_btf_type *type)
{
	if (type->is_typedef)
		return "";
	return kind == OD_BTF_STRUCT || kind == OD_BTF_DECLARED ? "struct " : kind == OD_BTF_UNION ? "union "
		: kind == OD_BTF_ENUM ? "enum " : "";
}

/* "struct list_head *", "char [16]", … */
static struct od_str type_text(const struct show *show, uint32_t id)
{
	struct od_arena *arena = show->kernel->model->arena;
	struct od_btf_type type = {.name = ""};
	char stars[POINTER_CHAIN + 2] = "", length[24] = "";
	unsigned pointers = 0;

	if (od_btf_type(show->btf, id, &type) && type.kind == OD_BTF_ARRAY && !type.is_typedef) {
		snprintf(length, sizeof(length), " [%" PRIu32 "]", type.count);
		id = type.target;
	}
	while (od_btf_type(show->btf, id, &type) && type.kind == OD_BTF_POINTER && !type.is_typedef &&
	       pointers < POINTER_CHAIN) {
		stars[++pointers] = '*';
		id = type.target;
	}
	if (pointers)
		stars[0] = ' ';
	if (type.kind == OD_BTF_FUNCTION && !type.is_typedef)
		return od_arena_printf(arena, "function%s%s", stars, length);
	if (type.kind == OD_BTF_VOID)
		type.name = "void";
	if (type.kind == OD_BTF_ARRAY && !type.is_typedef)
		type.name = "array";
	return od_arena_printf(arena, "%s%s%s%s", keyword(type.kind, &type), type.name[0] ? type.name : "{…}", stars, length);
}

static struct od_vmcore_row *put(struct show *show, const struct place *place)
{
	struct od_arena *arena = show->kernel->model->arena;

	if (show->answer->rows.count >= show->most) {
		show->answer->note = OD_STR("there is more of it");
		return NULL;
	}
	struct od_vmcore_row *row = od_list_push(arena, &show->answer->rows);
	if (!row)
		return NULL;
	row->depth = place->depth;
	row->address = od_num(place->address);
	row->name = od_arena_copy(arena, od_str_from(place->name));
	row->type = type_text(show, place->type);
	if (place->bits)
		row->type = od_arena_printf(arena, "%.*s : %u", OD_FMT(row->type), place->bits);
	return row;
}

static void put_number(struct show *show, struct od_vmcore_row *row, const struct place *place,
		       const struct od_btf_type *type, uint64_t value)
{
	struct od_arena *arena = show->kernel->model->arena;
	const char *name = type->kind == OD_BTF_ENUM ? od_btf_enumerator(show->btf, place->type, value) : NULL;
	unsigned bits = place->bits ? place->bits : (unsigned)type->size * 8;
	struct od_frame frame = {0};

	row->number = od_num(value);
	if (type->kind == OD_BTF_POINTER)
		od_kernel_name(show->kernel, value, false, &frame);
	if (name)
		row->value = od_arena_copy(arena, od_str_from(name));
	else if (frame.function.len)
		row->value = od_arena_printf(arena, "0x%" PRIx64 " <%.*s>", value, OD_FMT(frame.raw));
	else if (type->is_bool)
		row->value = value ? OD_STR("true") : OD_STR("false");
	else if (type->kind == OD_BTF_INT && type->is_signed && bits && bits <= 64)
		row->value = od_arena_printf(arena, "%" PRId64, (int64_t)(value << (64 - bits)) >> (64 - bits));
	else if (type->kind == OD_BTF_INT && value < 1 << 16)
		row->value = od_arena_printf(arena, "%" PRIu64, value);
	else
		row->value = od_arena_printf(arena, "0x%" PRIx64, value);
}

/* A char array as text, where it is text up to a NUL. */
static bool put_text(struct show *show, struct od_vmcore_row *row, const struct place *place,
		     const struct od_btf_type *array)
{
	struct od_btf_type element;
	char text[TEXT_LIMIT + 1];

	if (!od_btf_type(show->btf, array->target, &element) || !element.is_char || element.size != 1)
		return false;
	size_t size = array->count < TEXT_LIMIT ? array->count : TEXT_LIMIT;
	struct od_str got = od_memory_string(show->kernel->memory, place->address, text, size + 1);
	for (size_t i = 0; i < got.len; i++)
		if (got.ptr[i] < FIRST_PRINTABLE || got.ptr[i] > LAST_PRINTABLE)
			return false;
	row->value = od_arena_printf(show->kernel->model->arena, "\"%.*s\"", OD_FMT(got));
	return true;
}

static void put_scalar(struct show *show, const struct place *place, const struct od_btf_type *type)
{
	struct od_vmcore_row *row = put(show, place);
	unsigned size = (unsigned)type->size;
	uint64_t value;

	if (!row || !show->has_memory || !size || size > 8)
		return;
	if (!od_memory_uint(show->kernel->memory, place->address, size, &value)) {
		row->value = OD_STR("not in the dump");
		return;
	}
	if (place->bits && place->bits < 64)
		value = od_btf_bits(value, size, place->bit_offset, place->bits, show->kernel->memory->big_endian);
	put_number(show, row, place, type, value);
}

/* What is still to be shown, the next at the end: members are pushed in reverse. */
struct stack {
	struct place items[ROW_LIMIT];
	size_t count;
};

static void push(struct stack *stack, const struct place *place)
{
	if (stack->count < ROW_LIMIT)
		stack->items[stack->count++] = *place;
}

static void push_members(const struct show *show, struct stack *stack, const struct place *place, uint32_t count)
{
	for (uint32_t i = count; i-- > 0;) {
		struct od_btf_member member;
		const char *name;
		if (!od_btf_nth(show->btf, place->type, i, &member, &name))
			continue;
		struct place next = {.name = name, .address = place->address + member.offset, .type = member.type,
				     .bit_offset = member.bit_offset, .bits = member.bits, .depth = place->depth + 1};
		push(stack, &next);
	}
}

static void show_array(struct show *show, struct stack *stack, const struct place *place, const struct od_btf_type *type)
{
	struct od_vmcore_row *row = put(show, place);
	struct od_btf_type element;

	if (!row || !show->has_memory || put_text(show, row, place, type) || place->depth >= DEPTH_LIMIT ||
	    !od_btf_type(show->btf, type->target, &element) || !element.size)
		return;
	if (type->count > ELEMENT_LIMIT)
		row->value = od_arena_printf(show->kernel->model->arena, "the first %d of them:", ELEMENT_LIMIT);
	uint32_t count = type->count < ELEMENT_LIMIT ? type->count : ELEMENT_LIMIT;
	for (uint32_t i = count; i-- > 0;) {
		struct place next = {.name = od_arena_printf(show->kernel->model->arena, "[%" PRIu32 "]", i).ptr,
				     .address = place->address + i * element.size, .type = type->target,
				     .depth = place->depth + 1};
		if (next.name)
			push(stack, &next);
	}
}

static void show_one(struct show *show, struct stack *stack, const struct place *place)
{
	struct od_btf_type type;

	if (!od_btf_type(show->btf, place->type, &type))
		return;
	if (type.kind == OD_BTF_STRUCT || type.kind == OD_BTF_UNION) {
		if (put(show, place) && place->depth < DEPTH_LIMIT && (show->has_memory || !place->name[0]))
			push_members(show, stack, &(struct place){.address = place->address, .type = type.target,
								  .depth = place->depth}, type.count);
	} else if (type.kind == OD_BTF_ARRAY) {
		show_array(show, stack, place, &type);
	} else {
		put_scalar(show, place, &type);
	}
}

static od_status show_type(struct od_trail *trail, struct show *show, const struct place *top)
{
	struct stack *stack = calloc(1, sizeof(*stack));
	struct od_btf_type type;

	if (!stack)
		return od_fail(trail, OD_ERR_NOMEM, "out of memory");
	od_btf_type(show->btf, top->type, &type);
	if (type.kind == OD_BTF_STRUCT || type.kind == OD_BTF_UNION) {
		struct place inside = *top;
		inside.type = type.target;
		push_members(show, stack, &inside, type.count);
	} else {
		push(stack, top);
	}
	while (stack->count) {
		struct place place = stack->items[--stack->count];
		show_one(show, stack, &place);
	}
	free(stack);
	return OD_OK;
}

/* "task_struct", "struct task_struct.comm": the type, and where in it. */
static bool find_type(struct od_trail *trail, struct show *show, struct od_str text, struct place *ret)
{
	char name[NAME_SIZE];
	struct od_btf_member member = {0};
	ptrdiff_t dot;

	if (!od_scan_text(&text, OD_STR("struct ")))
		od_scan_text(&text, OD_STR("union "));
	dot = od_str_find_char(text, '.');
	struct od_str base = dot < 0 ? text : od_str_first(text, (size_t)dot);
	snprintf(name, sizeof(name), "%.*s", OD_FMT(base));
	show->btf = od_kernel_find_type(show->kernel, name, &ret->type, &show->module);
	if (!show->btf) {
		od_fail(trail, OD_ERR_MISSING, "neither the kernel nor a module has a type '%s'", name);
		return false;
	}
	if (dot < 0)
		return true;
	snprintf(name, sizeof(name), "%.*s", OD_FMT(od_str_from_index(text, (size_t)dot + 1)));
	if (!od_btf_member_of(show->btf, ret->type, name, &member)) {
		od_fail(trail, OD_ERR_MISSING, "%.*s has no member '%s'", OD_FMT(base), name);
		return false;
	}
	*ret = (struct place){.name = name[0] ? od_arena_copy(show->kernel->model->arena, od_str_from(name)).ptr : "",
			      .address = member.offset, .type = member.type, .bit_offset = member.bit_offset,
			      .bits = member.bits};
	return true;
}

/* "shim_entry [netshim]": whose type it is, where it is a module's. */
static struct od_str title(const struct show *show, struct od_str type)
{
	struct od_arena *arena = show->kernel->model->arena;

	if (!show->module.len)
		return od_arena_copy(arena, type);
	return od_arena_printf(arena, "%.*s [%.*s]", OD_FMT(type), OD_FMT(show->module));
}

od_status od_ask_type(struct od_trail *trail, struct od_kernel *kernel, const struct od_vmcore_query *query)
{
	struct place top = {.name = ""};
	uint64_t address = 0;

	if (!kernel->btf)
		return od_fail(trail, OD_ERR_UNSUPPORTED, "the dump has no type information (BTF)");
	struct show show = {.kernel = kernel, .has_memory = query->text.len > 0,
			    .most = query->number && query->number < ROW_LIMIT ? (size_t)query->number : ROW_LIMIT};
	if (!find_type(trail, &show, query->type, &top) ||
	    (query->text.len && !od_kernel_resolve(trail, kernel, query->text, &address)))
		return OD_ERR_MISSING;
	show.answer = od_kernel_answer(trail, kernel, query->question);
	if (!show.answer)
		return OD_ERR_NOMEM;
	top.address += address;
	show.answer->title = title(&show, query->type);
	show.answer->size = od_num(od_btf_size(show.btf, top.type));
	if (show.has_memory)
		show.answer->address = od_num(top.address);
	return show_type(trail, &show, &top);
}
