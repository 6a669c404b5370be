// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzer/frame_view.h"

/* What the unwinder found on its own way; where both disagree nothing is known but that. */
static void add_spot(struct od_frame_registers *state, const struct od_register_set *registers, const struct od_vmcore_spot *spot)
{
	uint64_t sp;
	unsigned fp;

	if (spot->lost)
		state->known = 0;
	if (spot->sp.known) {
		if (od_frame_registers_get(state, registers->stack_pointer, &sp) && sp != spot->sp.value)
			state->known = 0;
		od_frame_registers_set(state, registers->stack_pointer, spot->sp.value);
	}
	bool has_fp = od_frame_registers_find(registers, OD_STR("rbp"), &fp) ||
		      od_frame_registers_find(registers, OD_STR("x29"), &fp) ||
		      od_frame_registers_find(registers, OD_STR("s0"), &fp);
	if (has_fp && spot->fp.known && !(state->known >> fp & 1))
		od_frame_registers_set(state, fp, spot->fp.value);
}

static struct od_num find_cfa(const struct od_frame_scope *scope, const struct od_frame_registers *state)
{
	const struct od_frame_rules *rules = &scope->rules;
	uint64_t base;

	if (!rules->known || !od_frame_registers_get(state, rules->cfa_register, &base))
		return (struct od_num){0};
	return od_num(base + (uint64_t)rules->cfa_offset);
}

/* The registers of the caller: what a call preserves, where it was saved or still is. */
static struct od_frame_registers step(const struct od_frame_view *view, const struct od_frame_rules *rules)
{
	const struct od_register_set *registers = view->facts->registers;
	struct od_frame_registers next = {0};
	uint64_t value;

	if (!view->cfa.known)
		return next;
	for (unsigned i = 0; i < OD_REGISTER_COUNT; i++) {
		if (!(registers->preserved >> i & 1) || rules->lost >> i & 1)
			continue;
		if (rules->saved >> i & 1) {
			if (od_memory_word(view->tools->memory, view->cfa.value + (uint64_t)rules->offsets[i], &value))
				od_frame_registers_set(&next, i, value);
		} else if (od_frame_registers_get(view->registers, i, &value)) {
			od_frame_registers_set(&next, i, value);
		}
	}
	od_frame_registers_set(&next, registers->stack_pointer, view->cfa.value + (uint64_t)(int64_t)(registers->pushed - registers->cfa));
	return next;
}

static const struct od_frame_scope *scope_of(const od_frame_scopes *scopes, const struct od_frame *frame)
{
	for (size_t i = scopes->count; i-- > 0;) /* this stack's are the last */
		if (scopes->items[i].facts.frame == frame)
			return &scopes->items[i];
	return NULL;
}

/* The registers that were saved at the frame's exception; false: it is not where one struck. */
static bool find_saved(const struct od_vmcore_stack *stack, size_t frame, const struct od_register_set *registers,
		       struct od_frame_registers *ret)
{
	for (size_t i = 0; i < stack->exceptions.count; i++)
		if (stack->exceptions.items[i].frame == frame) {
			*ret = od_frame_registers_of(registers, stack->exceptions.items[i].registers.items,
					stack->exceptions.items[i].registers.count);
			return true;
		}
	return false;
}

void od_frame_values(const struct od_value_tools *tools, const struct od_trace *trace, const od_frame_scopes *scopes,
		     const struct od_register *registers, size_t count, struct od_vmcore_stack *stack)
{
	const struct od_register_set *set = scopes->count ? scopes->items[0].facts.registers : NULL;
	struct od_frame_registers state;

	if (!set)
		return;
	state = od_frame_registers_of(set, registers, count);
	for (size_t i = 0; i < trace->frames.count; i++) {
		const struct od_frame *frame = &trace->frames.items[i];
		const struct od_frame_scope *scope = scope_of(scopes, frame);
		struct od_frame_registers next = {0};
		find_saved(stack, i, set, &state);
		if (i < stack->spots.count)
			add_spot(&state, set, &stack->spots.items[i]);
		if (scope) {
			struct od_frame_view view = {.tools = tools, .facts = &scope->facts, .registers = &state, .cfa = find_cfa(scope, &state)};
			if (scope->linked && frame->address.known)
				view.moved = od_num(frame->address.value - frame->is_return_address - scope->facts.pc);
			od_frame_view_read(&view, &stack->variables);
			next = step(&view, &scope->rules);
		}
		state = next;
	}
}
