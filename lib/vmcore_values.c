// SPDX-License-Identifier: GPL-3.0-or-later
#include "lib/vmcore_values.h"

#include "analyzer/frame_values.h"

/* Of all stacks together: what debug info says of their frames, and how many of those are looked at. */
enum { SCOPES_LIMIT = 256 << 20, FRAMES_LIMIT = 2000 };

struct reading {
	struct od_symbolizer *symbolizer;
	struct od_vmcore *model;
	struct od_value_tools tools;
	struct od_arena *arena;	/* of the scopes */
	od_frame_scopes scopes;
};

static struct od_str name_code(void *user, uint64_t address)
{
	return od_vmcore_name(user, address);
}

static void read_stack(struct reading *reading, const struct od_register *registers, size_t count,
		       struct od_vmcore_stack *stack)
{
	const struct od_event *event = reading->model->stacks;
	const struct od_trace *trace = &event->traces.items[stack->trace];

	for (size_t i = 0; i < trace->frames.count && reading->scopes.count < FRAMES_LIMIT; i++)
		od_symbolizer_scope(reading->symbolizer, event, &trace->frames.items[i], reading->arena, &reading->scopes);
	od_frame_values(&reading->tools, trace, &reading->scopes, registers, count, stack);
}

void od_vmcore_look_at_fault(struct od_symbolizer *symbolizer, struct od_vmcore_file *file, const struct od_event *event)
{
	const struct od_value_tools tools = {od_vmcore_memory(file), name_code, file, od_vmcore_model(file)->arena, .objects = true};
	struct od_frame ip = event->ip;
	const struct od_trace trace = {.frames = {.items = &ip, .count = event->has_ip}};
	struct od_arena *arena = od_arena_create(SCOPES_LIMIT);
	struct od_vmcore_stack stack = {0};
	od_frame_scopes scopes = {0};

	if (arena && event->has_ip)
		od_symbolizer_scope(symbolizer, event, &ip, arena, &scopes);
	od_frame_values(&tools, &trace, &scopes, event->registers.items, event->registers.count, &stack);
	od_vmcore_look_up(file, event, &stack);
	od_arena_destroy(arena);
}

void od_vmcore_values(struct od_symbolizer *symbolizer, struct od_vmcore_file *file)
{
	struct od_vmcore *model = od_vmcore_model(file);
	struct reading reading = {.symbolizer = symbolizer, .model = model, .arena = od_arena_create(SCOPES_LIMIT)};

	if (!reading.arena)
		return;
	reading.tools = (struct od_value_tools){od_vmcore_memory(file), name_code, file, model->arena, .objects = false};
	for (size_t i = 0; i < model->cpus.count; i++) {
		struct od_vmcore_cpu *cpu = &model->cpus.items[i];
		if (cpu->stack.wanted)
			read_stack(&reading, cpu->registers.items, cpu->registers.count, &cpu->stack);
	}
	for (size_t i = 0; i < model->tasks.count; i++) {
		struct od_vmcore_stack *stack = model->tasks.items[i].stack;
		if (stack && stack->wanted)
			read_stack(&reading, stack->registers.items, stack->registers.count, stack);
	}
	od_arena_destroy(reading.arena);
}
