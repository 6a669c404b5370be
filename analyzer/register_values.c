// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzer/register_values.h"

#include "analyzer/frame_view.h"
#include "core/arch.h"

static size_t read_nothing(void *user, uint64_t address, void *buffer, size_t len)
{
	(void)user;
	(void)address;
	(void)buffer;
	(void)len;
	return 0;
}

/* What is left of the registers in the function's caller. */
static void step_out(const struct od_facts *facts, struct od_frame_registers *registers)
{
	const struct od_register_set *set = facts->registers;
	uint64_t zero = set->zero < OD_REGISTER_COUNT ? (uint64_t)1 << set->zero : 0;

	registers->known &= (set->preserved & facts->kept & ~((uint64_t)1 << set->stack_pointer)) | zero;
}

/* The ip, where the trace repeats it. */
static bool is_again(const struct od_event *event, const struct od_frame *frame)
{
	return frame == event->trace.items && od_str_equal(frame->raw, event->ip.raw);
}

/* The first frame of the trace that the kernel is sure of, behind the ip; NULL: there is none. */
static const struct od_frame *first_caller(const struct od_event *event)
{
	for (size_t i = 0; i < event->trace.count; i++) {
		const struct od_frame *frame = &event->trace.items[i];
		if (!frame->unreliable && !is_again(event, frame))
			return frame;
	}
	return NULL;
}

/* The caller that the link register tells and the trace lacks, as of a leaf; NULL: there is none, or its code is not at hand. */
static const struct od_facts *caller_by_link(const struct od_event *event, const struct od_facts *callee)
{
	const struct od_facts *facts = event->has_lr ? od_event_facts(event, &event->lr) : NULL;
	const struct od_frame *first = first_caller(event);

	if (!facts || !od_facts_calls(facts, callee) || (first && od_str_equal(first->raw, event->lr.raw)))
		return NULL;
	return facts;
}

/* Goes to the caller and reads its variables. */
static void go_out(struct od_event *event, struct od_frame_view *view, struct od_frame_registers *registers,
		   const struct od_facts *caller)
{
	step_out(view->facts, registers);
	view->facts = caller;
	od_frame_view_read(view, &event->variables);
}

void od_read_registers(struct od_event *event)
{
	const struct od_facts *facts = event->has_ip ? od_event_facts(event, &event->ip) : NULL;
	const struct od_memory nothing = {.read = read_nothing, .big_endian = event->arch && event->arch->big_endian};
	const struct od_value_tools tools = {.memory = &nothing, .arena = event->arena, .registers_only = true};

	if (!facts)
		return;
	const struct od_facts *link = caller_by_link(event, facts);
	event->lr_is_caller = link;
	if (!event->registers.count)
		return;
	struct od_frame_registers registers = od_frame_registers_of(facts->registers, event->registers.items, event->registers.count);
	struct od_frame_view view = {.tools = &tools, .facts = facts, .registers = &registers};
	od_frame_view_read(&view, &event->variables);
	if (link)
		go_out(event, &view, &registers, link);
	for (size_t i = 0; i < event->trace.count; i++) {
		const struct od_frame *frame = &event->trace.items[i];
		if (frame->unreliable || is_again(event, frame))
			continue;
		/* a trace may lack frames: as arm64's that of a leaf's caller, and those of functions that ended in a call */
		const struct od_facts *caller = od_event_facts(event, frame);
		if (!caller || !od_facts_calls(caller, view.facts) || !od_str_equal(frame->context, event->trace.items[0].context))
			return;
		go_out(event, &view, &registers, caller);
	}
}
