// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmcore/walk.h"

bool od_walk_end(const struct od_walk *walk, bool complete, const char *reason)
{
	struct od_vmcore_stack *stack = walk->sink->stack;

	stack->complete = complete && !walk->has_gap;
	stack->end = od_str_from(reason);
	if (walk->has_gap)
		stack->end = od_arena_printf(walk->kernel->model->arena, "%s; the CPU stopped where an exception begins, and the "
					     "function that it interrupted is missing", reason);
	return false;
}

struct od_frame *od_walk_put(const struct od_walk *walk, uint64_t pc, bool exact, struct od_vmcore_spot spot, const char *context)
{
	struct od_frame *frame = od_list_push(walk->kernel->model->stacks->arena, &walk->sink->trace->frames);
	struct od_vmcore_spot *kept = frame ? od_list_push(walk->kernel->model->arena, &walk->sink->stack->spots) : NULL;

	if (!kept)
		return NULL;
	*kept = spot;
	od_kernel_name(walk->kernel, pc, !exact, frame);
	frame->context = od_str_from(context);
	return frame;
}

bool od_walk_goes_up(struct od_walk *walk, uint64_t from, uint64_t to, uint64_t size)
{
	if ((from ^ to) / size == 0)
		return to > from;
	return walk->switches++ < OD_WALK_SWITCH_LIMIT;
}

void od_walk_run(struct od_walk *walk, bool (*step)(struct od_walk *walk))
{
	for (unsigned i = 0; i < OD_WALK_FRAME_LIMIT; i++)
		if (!step(walk))
			return;
	od_walk_end(walk, false, "more frames than any stack has");
}

struct od_vmcore_exception *od_walk_exception(const struct od_walk *walk)
{
	struct od_vmcore_exception *exception = od_list_push(walk->kernel->model->arena, &walk->sink->stack->exceptions);

	if (exception)
		exception->frame = walk->sink->trace->frames.count;
	return exception;
}

void od_walk_keep(const struct od_walk *walk, struct od_vmcore_exception *exception, struct od_str name, uint64_t value)
{
	struct od_register *item = od_list_push(walk->kernel->model->arena, &exception->registers);

	if (item)
		*item = (struct od_register){name, value};
}

void od_walk_keep_words(const struct od_walk *walk, struct od_vmcore_exception *exception, uint64_t at,
			const char *const *names, size_t count)
{
	uint64_t value;

	for (size_t i = 0; i < count; i++)
		if (od_memory_word(walk->kernel->memory, at + i * walk->kernel->memory->word, &value))
			od_walk_keep(walk, exception, od_str_from(names[i]), value);
}
