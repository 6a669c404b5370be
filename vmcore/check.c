// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmcore/vmcore.h"

#include <stdarg.h>
#include <stdio.h>

enum { CODE_LIMIT = 256, CHECK_LIMIT = 200 };

__attribute__((format(printf, 3, 4)))
static void say(struct od_vmcore *model, bool agrees, const char *format, ...)
{
	char text[512];
	va_list args;

	if (model->checks.count >= CHECK_LIMIT)
		return;
	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	struct od_vmcore_check *check = od_list_push(model->arena, &model->checks);
	if (check)
		*check = (struct od_vmcore_check){agrees, od_arena_copy(model->arena, od_str_from(text))};
}

static bool same_place(const struct od_frame *a, const struct od_frame *b)
{
	return a->function.len && od_str_equal(a->function, b->function) && a->offset.known && b->offset.known &&
	       a->offset.value == b->offset.value && od_str_equal_module(a->module, b->module);
}

/* A frame of the dump, and the registers that the CPU had there. */
struct found {
	const struct od_vmcore_cpu *cpu;
	const struct od_frame *frame;
	const struct od_register *registers;
	size_t register_count;
};

static struct found find(const struct od_vmcore *model, const struct od_frame *ip)
{
	for (size_t c = 0; c < model->cpus.count; c++) {
		const struct od_vmcore_cpu *cpu = &model->cpus.items[c];
		const struct od_trace *trace = &model->stacks->traces.items[cpu->stack.trace];
		for (size_t i = 0; i < trace->frames.count; i++) {
			if (trace->frames.items[i].is_return_address || !same_place(ip, &trace->frames.items[i]))
				continue;
			struct found found = {cpu, &trace->frames.items[i], NULL, 0};
			if (!i) {
				found.registers = cpu->registers.items;
				found.register_count = cpu->registers.count;
			}
			for (size_t e = 0; e < cpu->stack.exceptions.count; e++)
				if (cpu->stack.exceptions.items[e].frame == i) {
					found.registers = cpu->stack.exceptions.items[e].registers.items;
					found.register_count = cpu->stack.exceptions.items[e].registers.count;
				}
			return found;
		}
	}
	return (struct found){0};
}

/* Segment and control registers are not saved alike everywhere: those of the program are compared. */
static bool is_compared(struct od_str name)
{
	static const char *const names[] = {"rax", "rbx", "rcx", "rdx", "rsi", "rdi", "rbp", "rsp", "r08", "r09", "r10",
					    "r11", "r12", "r13", "r14", "r15", NULL};
	for (size_t i = 0; names[i]; i++)
		if (od_str_equal(name, od_str_from(names[i])))
			return true;
	return false;
}

static void check_registers(struct od_vmcore *model, const struct od_event *event, const struct found *found)
{
	size_t same = 0, compared = 0;
	struct od_str differs = {NULL, 0};

	for (size_t i = 0; i < found->register_count; i++) {
		const struct od_register *saved = &found->registers[i];
		for (size_t k = 0; k < event->registers.count && is_compared(saved->name); k++) {
			if (!od_str_equal(event->registers.items[k].name, saved->name))
				continue;
			compared++;
			if (event->registers.items[k].value == saved->value)
				same++;
			else if (!differs.len)
				differs = saved->name;
			break;
		}
	}
	if (compared && same == compared)
		say(model, true, "%zu of %zu registers of the log are those that the dump saved.", same, compared);
	else if (compared)
		say(model, false, "%zu of %zu registers of the log are those that the dump saved; %.*s is not.", same, compared,
		    OD_FMT(differs));
}

static void check_code(struct od_vmcore_file *file, const struct od_event *event, const struct found *found)
{
	const struct od_memory *memory = od_vmcore_memory(file);
	struct od_vmcore *model = od_vmcore_model(file);
	const struct od_code *code = &event->code;
	unsigned char bytes[CODE_LIMIT];
	size_t len = code->bytes.len < sizeof(bytes) ? code->bytes.len : sizeof(bytes), same = 0;

	if (code->source != OD_CODE_LOG || !code->has_fault_index || !len)
		return;
	uint64_t start = found->frame->address.value - code->fault_index;
	if (!od_memory_read(memory, start, bytes, len)) {
		say(model, true, "The code at the fault is not in the dump: it could not be compared.");
		return;
	}
	while (same < len && bytes[same] == (unsigned char)code->bytes.ptr[same])
		same++;
	if (same == len)
		say(model, true, "%zu of %zu code bytes of the log stand in memory.", len, len);
	else
		say(model, false, "The code in memory differs from the log's at 0x%llx: %02x in memory, %02x in the log.",
		    (unsigned long long)(start + same), bytes[same], (unsigned char)code->bytes.ptr[same]);
}

void od_vmcore_check(struct od_vmcore_file *file, const struct od_event *event)
{
	struct od_vmcore *model = od_vmcore_model(file);

	if (!event->has_ip || !model->cpus.count)
		return;
	struct found found = find(model, &event->ip);
	if (!found.frame)
		return;
	say(model, true, "%.*s of the log's line %llu is in the stack of CPU %llu.", OD_FMT(event->ip.raw),
	    (unsigned long long)event->span.first, (unsigned long long)found.cpu->number);
	check_registers(model, event, &found);
	check_code(file, event, &found);
}
