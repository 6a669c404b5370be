// SPDX-License-Identifier: GPL-3.0-or-later
/* The pointers that a report of the log is about, looked up in memory. */
#include <inttypes.h>
#include <stdio.h>

#include "vmcore/file.h"
#include "vmcore/where.h"

enum { POINTER_LIMIT = 64, REGISTER_LIMIT = 6, ROWS_SHOWN = 24, FIRST_PAGE = 4096, TYPE_SIZE = 160 };

static struct od_vmcore_pointer *find(struct od_vmcore *model, size_t from, uint64_t address)
{
	for (size_t i = from; i < model->pointers.count; i++)
		if (model->pointers.items[i].address == address)
			return &model->pointers.items[i];
	return NULL;
}

static void take_object(const struct od_slab_object *object, struct od_vmcore_pointer *pointer)
{
	static const char *const states[] = {
		[OD_SLAB_UNKNOWN] = "", [OD_SLAB_ALLOCATED] = "allocated", [OD_SLAB_FREE] = "free", [OD_SLAB_WAITS] = "waits for RCU",
	};

	pointer->cache = object->cache;
	pointer->object = od_num(object->start);
	pointer->size = od_num(object->size);
	pointer->state = od_str_from(states[object->state]);
}

static void add(struct od_vmcore *model, struct od_str name, uint64_t address, const struct od_where *where)
{
	struct od_vmcore_pointer *pointer = model->pointers.count < POINTER_LIMIT
		? od_list_push(model->arena, &model->pointers) : NULL;

	if (!pointer)
		return;
	*pointer = (struct od_vmcore_pointer){.name = od_arena_copy(model->arena, name), .address = address, .where = where->text};
	if (where->kind == OD_WHERE_SLAB && where->object.index < where->object.count)
		take_object(&where->object, pointer);
}

static void look_up(struct od_vmcore_file *file, size_t first, struct od_str name, uint64_t address)
{
	if (address < FIRST_PAGE || find(&file->model, first, address))
		return;
	struct od_where where = od_where_find(&file->kernel, address);
	add(&file->model, name, address, &where);
}

/* Variables of the faulting frame: the pointer of the cause is often one of them, or was read from where one points to. */
static void look_up_variables(struct od_vmcore_file *file, size_t first, const struct od_vmcore_stack *fault)
{
	for (size_t i = 0; i < fault->variables.count; i++) {
		const struct od_frame_variable *variable = &fault->variables.items[i];
		if (!variable->target.known)
			continue;
		look_up(file, first, variable->name, variable->target.value);
		struct od_vmcore_pointer *pointer = find(&file->model, first, variable->target.value);
		if (pointer && variable->object.len && !pointer->value.len) {
			pointer->type = variable->type;
			pointer->value = variable->object;
		}
	}
}

/* Registers that hold an object of the slab allocator: often the one that the fault is about, or its neighbour. */
static void look_up_registers(struct od_vmcore_file *file, size_t first, const struct od_event *event)
{
	unsigned shown = 0;

	for (size_t i = 0; i < event->registers.count && shown < REGISTER_LIMIT; i++) {
		uint64_t value = event->registers.items[i].value;
		if (value < FIRST_PAGE || find(&file->model, first, value))
			continue;
		struct od_where where = od_where_find(&file->kernel, value);
		if (where.kind != OD_WHERE_SLAB && where.kind != OD_WHERE_GUARD)
			continue;
		add(&file->model, event->registers.items[i].name, value, &where);
		shown++;
	}
}

/* "struct sensor *" is the type of what it points to, where that is a struct. */
static bool pointed_type(struct od_str type, char text[TYPE_SIZE])
{
	od_scan_text(&type, OD_STR("const "));
	ptrdiff_t star = od_str_find_char(type, '*');

	if (star < 1 || (!od_str_starts(type, OD_STR("struct ")) && !od_str_starts(type, OD_STR("union "))))
		return false;
	snprintf(text, TYPE_SIZE, "%.*s", (int)(star < TYPE_SIZE ? star - (type.ptr[star - 1] == ' ') : 0), type.ptr);
	return text[0];
}

/* The bytes there as the struct that the source takes them for, unless the list of pointers says so already. */
static void show_object(struct od_vmcore_file *file, size_t first, const struct od_cause *cause)
{
	const struct od_vmcore_pointer *pointer = find(&file->model, first, cause->value.value);
	struct od_trail ignored = {{0}};
	char type[TYPE_SIZE], address[24];
	uint64_t word;

	if ((pointer && pointer->value.len) || !cause->value.known || cause->value.value < FIRST_PAGE || !pointed_type(cause->type, type) || !file->kernel.btf ||
	    !od_memory_word(&file->dump->memory, cause->value.value, &word))
		return;
	snprintf(address, sizeof(address), "0x%" PRIx64, cause->value.value);
	const struct od_vmcore_query query = {.question = OD_ASK_TYPE, .type = od_str_from(type),
					      .text = od_str_from(address), .number = ROWS_SHOWN};
	od_ask_type(&ignored, &file->kernel, &query); /* a type that nobody knows is not shown */
}

void od_vmcore_look_up(struct od_vmcore_file *file, const struct od_event *event, const struct od_vmcore_stack *fault)
{
	const struct od_cause *cause = &event->cause;
	size_t first = file->model.pointers.count;

	if (!file->kernel.btf)
		return;
	if (cause->confidence != OD_CONFIDENCE_NONE && cause->value.known && cause->pointer.len)
		look_up(file, first, cause->pointer, cause->value.value);
	if (event->object.address.known)
		look_up(file, first, OD_STR("the object of the report"), event->object.address.value);
	if (event->fault.address.known)
		look_up(file, first, OD_STR("the address of the fault"), event->fault.address.value);
	look_up_variables(file, first, fault);
	look_up_registers(file, first, event);
	show_object(file, first, cause);
}
