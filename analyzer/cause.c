// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzer/cause.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

#include "analyzer/cause_class.h"
#include "analyzer/member.h"
#include "analyzer/naming.h"

enum { FRAME_LIMIT = 5 };

/* The frames whose facts are known, each able to ask the next. */
struct search {
	struct od_event *event;
	struct od_naming *naming;	/* of the frame where it happened */
	struct od_cause *cause;
};

static uint64_t mask_of(const struct od_event *event)
{
	return event->arch && event->arch->bits == 32 ? UINT32_MAX : UINT64_MAX;
}

static struct od_num register_value(const struct od_event *event, const struct od_facts *facts, unsigned reg)
{
	const struct od_register_set *set = facts->registers;

	if (reg == set->zero)
		return od_num(0);
	if (reg >= OD_REGISTER_COUNT || !set->names[reg])
		return (struct od_num){0};
	return od_event_register(event, set->names[reg]);
}

/* The address that the operand meant, from the registers of the log; unknown when one of them is. */
static struct od_num effective_address(const struct od_event *event, const struct od_facts *facts,
				       const struct od_memory_operand *memory)
{
	uint64_t address = (uint64_t)memory->displacement;
	struct od_num part;

	if (memory->absolute || memory->segment)
		return (struct od_num){0};
	if (memory->base != OD_REGISTER_NONE) {
		part = register_value(event, facts, memory->base);
		if (!part.known)
			return part;
		address += part.value;
	}
	if (memory->index != OD_REGISTER_NONE) {
		part = register_value(event, facts, memory->index);
		if (!part.known)
			return part;
		address += part.value * memory->scale;
	}
	return od_num(address & mask_of(event));
}

__attribute__((format(printf, 2, 3)))
static void say(struct search *search, const char *format, ...)
{
	char text[512];
	va_list args;
	struct od_str *line = od_list_push(search->event->arena, &search->cause->evidence);

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	if (line)
		*line = od_arena_copy(search->event->arena, od_str_from(text));
}

/* Whether the address is inside the access: CR2 may point behind the start of a wide one. */
static bool agrees(const struct od_facts *facts, uint64_t effective, unsigned width, uint64_t fault)
{
	enum { PAGE = 4096 };
	const unsigned ignored = facts->registers->ignored_bits;

	if (facts->registers->page_only)
		return fault / PAGE == effective / PAGE || fault / PAGE == (effective + width) / PAGE;
	return (fault << ignored) - (effective << ignored) < (uint64_t)(width ? width : 1) << ignored;
}

/* A fault whose address the CPU does not tell: one that cannot exist is the only one that it refuses. */
static bool is_refused(const struct od_event *event, uint64_t address)
{
	return event->kind == OD_KIND_GPF && !event->fault.address.known && event->arch && event->arch->classify &&
	       event->arch->classify(address) == OD_REGION_NON_CANONICAL;
}

/* The memory operand that faulted, by the address; the only one where there is no choice. */
static const struct od_memory_operand *faulting_operand(struct search *search, const struct od_facts *facts,
							const struct od_insn *insn, bool *agree)
{
	const struct od_num fault = search->event->fault.address;

	for (unsigned i = 0; i < insn->memory_count; i++) {
		struct od_num address = effective_address(search->event, facts, &insn->memory[i]);
		if (address.known && (is_refused(search->event, address.value) ||
				      (fault.known && agrees(facts, address.value, insn->memory[i].width, fault.value)))) {
			*agree = true;
			return &insn->memory[i];
		}
	}
	*agree = false;
	return insn->memory_count == 1 ? &insn->memory[0] : NULL;
}

static void say_registers(struct search *search, const struct od_facts *facts, const struct od_memory_operand *memory)
{
	const uint8_t regs[] = {memory->base, memory->index};

	for (size_t i = 0; i < sizeof(regs); i++) {
		struct od_num value = register_value(search->event, facts, regs[i]);
		if (value.known && regs[i] < OD_REGISTER_COUNT)
			say(search, "Register %s held 0x%" PRIx64 ".", facts->registers->names[regs[i]], value.value);
	}
}

static void say_access(struct search *search, const struct od_facts *facts, const struct od_memory_operand *memory,
		       struct od_num address, bool agree)
{
	const struct od_num fault = search->event->fault.address;

	say_registers(search, facts, memory);
	if (!address.known)
		say(search, "The log does not show the registers that the address was made of.");
	else if (agree)
		say(search, "The instruction at +0x%" PRIx64 " of %.*s() accesses address 0x%" PRIx64 "%s.",
		    facts->frame->offset.value, OD_FMT(facts->frame->function), address.value,
		    fault.known ? ", the address of the fault" : ", which the CPU refuses");
	else if (fault.known)
		say(search, "The instruction at +0x%" PRIx64 " of %.*s() accesses address 0x%" PRIx64
		    " by the registers, but the fault was at 0x%" PRIx64 ".", facts->frame->offset.value,
		    OD_FMT(facts->frame->function), address.value, fault.value);
}

static void say_names(struct search *search, const struct od_access_name *name, const struct od_facts *facts)
{
	if (name->facts != facts)
		say(search, "The value came from the caller %.*s(), where it is %.*s.", OD_FMT(name->facts->frame->function),
		    OD_FMT(name->pointer.text));
	if (name->pointer.variable)
		say(search, name->loaded ? "The pointer was read from memory through %s %.*s." :
					   "By the debug info the pointer is the %s %.*s.",
		    name->pointer.variable->global ? "global variable" :
		    name->pointer.variable->parameter ? "parameter" : "variable", OD_FMT(name->pointer.variable->name));
	if (name->member.len)
		say(search, "%.*s lies at offset 0x%" PRIx64 " of %.*s.", OD_FMT(name->member), name->offset,
		    OD_FMT(name->type));
}

static enum od_confidence confidence_of(const struct search *search, const struct od_access_name *name, bool agree,
					struct od_num value)
{
	bool proven = true;

	proven &= od_naming_is_settled(search->naming);
	proven &= name->facts->proven;
	if (!agree || name->quality == OD_NAME_GUESS)
		return OD_CONFIDENCE_POSSIBLE;
	if (!proven || name->quality != OD_NAME_EXACT || !value.known)
		return OD_CONFIDENCE_LIKELY;
	return OD_CONFIDENCE_CERTAIN;
}

static void put_text(struct search *search, const struct od_access_name *name, struct od_str claim)
{
	static const char *const verbs[] = {"used", "read", "wrote", "called"};
	struct od_event *event = search->event;
	struct od_cause *cause = search->cause;

	if (name->member.len)
		cause->text = od_arena_printf(event->arena, "%.*s %.*s; the code %s %.*s at offset 0x%" PRIx64 " of %.*s.",
					      OD_FMT(cause->pointer), OD_FMT(claim), verbs[event->fault.access],
					      OD_FMT(cause->expression), name->offset, OD_FMT(cause->type));
	else
		cause->text = od_arena_printf(event->arena, "%.*s %.*s; the code %s %.*s.", OD_FMT(cause->pointer),
					      OD_FMT(claim), verbs[event->fault.access], OD_FMT(cause->expression));
}

/* The names of an access, as a cause. */
static void conclude(struct search *search, const struct od_access_name *name, struct od_num address, bool agree)
{
	struct od_cause *cause = search->cause;
	struct od_event *event = search->event;
	struct od_buf claim = {0};
	struct od_num value = {0};

	if (address.known)
		value = od_num((address.value - name->offset) & mask_of(event));
	cause->pointer = name->pointer.text;
	cause->member = name->member;
	cause->expression = name->expression;
	cause->type = name->type;
	cause->offset = od_num(name->offset);
	cause->value = value;
	cause->confidence = confidence_of(search, name, agree, value);
	if (value.known) {
		cause->class_name = od_cause_classify(event, value.value, name->member.len, &claim)->name;
	} else {
		cause->class_name = "bad-pointer";
		od_buf_put_string(&claim, "is bad");
	}
	put_text(search, name, od_buf_str(&claim));
	od_buf_deinit(&claim);
}

/* A fault of a memory operand. */
static void explain_access(struct search *search, struct od_naming *naming, const struct od_facts *facts)
{
	const struct od_insn *insn = od_naming_insn(naming);
	struct od_access_name name;
	struct od_value value;
	bool agree;
	const struct od_memory_operand *memory = faulting_operand(search, facts, insn, &agree);

	if (!memory || memory->segment)
		return;
	struct od_num address = effective_address(search->event, facts, memory);
	if (!od_naming_address(naming, memory, &value) || !od_name_access(naming, value, memory->width, &name)) {
		say_access(search, facts, memory, address, agree);
		search->cause->text = OD_STR("The compiler kept no location for the pointer that was used here, and it "
					     "could not be followed to a variable.");
		return;
	}
	say_access(search, facts, memory, address, agree);
	say_names(search, &name, facts);
	conclude(search, &name, address, agree);
}

static bool called_value(struct od_naming *naming, const struct od_insn *insn, struct od_value *ret)
{
	if (insn->kind != OD_INSN_CALL && insn->kind != OD_INSN_JUMP)
		return false;
	if (insn->indirect != OD_REGISTER_NONE)
		return od_naming_register(naming, insn->indirect, ret);
	if (!insn->memory_count || !od_naming_address(naming, &insn->memory[0], ret))
		return false;
	*ret = od_flow_load(od_naming_flow(naming), *ret, false);
	return true;
}

/* A call through a bad pointer: the caller names it. */
static void explain_call(struct search *search, struct od_naming *naming, const struct od_facts *facts)
{
	struct od_cause *cause = search->cause;
	struct od_event *event = search->event;
	struct od_num to = event->fault.address.known ? event->fault.address : event->ip.address;
	struct od_value value;
	struct od_name name;

	if (!called_value(naming, od_naming_insn(naming), &value) || !od_name_value(naming, value, &name))
		return;
	bool null = to.known && !to.value;
	cause->pointer = name.text;
	cause->expression = od_arena_printf(event->arena, "%.*s()", OD_FMT(name.text));
	cause->value = to;
	const struct od_type *type = od_facts_type(facts, name.type);
	if (type)
		cause->type = type->text;
	cause->class_name = null ? od_cause_null_call.name : od_cause_bad_call.name;
	cause->confidence = facts->proven && name.quality == OD_NAME_EXACT && to.known ? OD_CONFIDENCE_CERTAIN
										      : OD_CONFIDENCE_LIKELY;
	say(search, "%.*s() called through %.*s, and the CPU then executed at address 0x%" PRIx64 ".",
	    OD_FMT(facts->frame->function), OD_FMT(name.text), to.value);
	cause->text = od_arena_printf(event->arena, "%.*s %s; %.*s() called it.", OD_FMT(name.text),
				      null ? od_cause_null_call.claim : od_cause_bad_call.claim, OD_FMT(facts->frame->function));
}

/* A number, also one that was multiplied by a constant. */
static bool name_number(struct search *search, struct od_naming *naming, struct od_value value, struct od_name *ret)
{
	const struct od_node *node = od_flow_node(od_naming_flow(naming), value);

	if (od_name_value(naming, value, ret))
		return true;
	if (node->origin != OD_ORIGIN_INDEX || value.offset ||
	    od_flow_node(od_naming_flow(naming), node->base)->origin != OD_ORIGIN_CONSTANT ||
	    !od_name_value(naming, node->index, ret))
		return false;
	ret->text = od_arena_printf(search->event->arena, "%.*s * %u", OD_FMT(ret->text), node->scale);
	ret->quality = OD_NAME_LIKELY;
	return true;
}

static void explain_divide(struct search *search, struct od_naming *naming, const struct od_facts *facts)
{
	const struct od_insn *insn = od_naming_insn(naming);
	struct od_cause *cause = search->cause;
	struct od_value value;
	struct od_name name;
	bool known = false;

	if (!insn->divides)
		return;
	if (insn->divisor != OD_REGISTER_NONE)
		known = od_naming_register(naming, insn->divisor, &value);
	else if (insn->memory_count && od_naming_address(naming, &insn->memory[0], &value)) {
		value = od_flow_load(od_naming_flow(naming), value, false);
		known = true;
	}
	if (!known || !name_number(search, naming, value, &name))
		return;
	cause->expression = name.text;
	cause->value = od_num(0);
	cause->class_name = od_cause_divide.name;
	cause->confidence = facts->proven && name.quality == OD_NAME_EXACT ? OD_CONFIDENCE_CERTAIN : OD_CONFIDENCE_LIKELY;
	say(search, "The divisor of the instruction at +0x%" PRIx64 " of %.*s() is %.*s.", facts->frame->offset.value,
	    OD_FMT(facts->frame->function), OD_FMT(name.text));
	cause->text = od_arena_printf(search->event->arena, "%.*s is 0; the code divided by it.", OD_FMT(name.text));
}

/* An argument of the call that the fault's address lies at or a little behind; -1: none, or several. */
static int guilty_argument(const struct search *search, const struct od_facts *facts, uint64_t near, struct od_num *ret)
{
	const struct od_num fault = search->event->fault.address;
	int found = -1;

	for (unsigned i = 0; fault.known && i < facts->registers->argument_count; i++) {
		struct od_num held = register_value(search->event, facts, facts->registers->arguments[i]);
		if (!held.known || fault.value - held.value >= near || (fault.value >= near && held.value < near && fault.value != held.value))
			continue;
		if (found >= 0 && ret->value != held.value)
			return -1;
		if (found >= 0)
			continue;
		found = (int)i;
		*ret = held;
	}
	return found;
}

/* What the pointer means where it was handed on: itself, or the member of something whose address it is. */
static bool name_argument(struct od_naming *naming, unsigned reg, struct od_access_name *ret)
{
	struct od_value value;

	if (!od_naming_register(naming, reg, &value))
		return false;
	*ret = (struct od_access_name){0};
	if (od_name_value(naming, value, &ret->pointer)) {
		ret->expression = ret->pointer.text;
		ret->quality = ret->pointer.quality;
		return true;
	}
	return od_name_access(naming, value, OD_WIDTH_OUTERMOST, ret);
}

/* A fault in a function whose code is not at hand: the caller handed the bad pointer on. */
static void explain_argument(struct search *search, struct od_naming *naming, const struct od_facts *facts)
{
	const struct od_insn *insn = od_naming_insn(naming);
	struct od_event *event = search->event;
	struct od_cause *cause = search->cause;
	struct od_access_name name;
	struct od_num held;
	struct od_buf claim = {0};
	int argument = guilty_argument(search, facts, 1, &held);

	if (argument < 0)
		argument = guilty_argument(search, facts, 4096, &held);
	if (insn->kind != OD_INSN_CALL || argument < 0 || !name_argument(naming, facts->registers->arguments[argument], &name))
		return;
	cause->pointer = name.pointer.text;
	cause->member = name.member;
	cause->expression = name.expression;
	cause->type = name.type;
	cause->value = od_num((held.value - name.offset) & mask_of(event));
	if (name.member.len)
		cause->offset = od_num(name.offset);
	cause->class_name = od_cause_classify(event, cause->value.value, name.member.len, &claim)->name;
	bool direct = od_str_equal(insn->target_name, event->ip.function);
	cause->confidence = direct ? OD_CONFIDENCE_LIKELY : OD_CONFIDENCE_POSSIBLE;
	say(search, "%.*s() called %.*s() with %.*s%.*s as argument %d, in register %s, which held 0x%" PRIx64 " at the fault.",
	    OD_FMT(facts->frame->function), OD_FMT(insn->target_name.len ? insn->target_name : event->ip.function),
	    name.member.len ? 1 : 0, "&", OD_FMT(name.expression), argument + 1,
	    facts->registers->names[facts->registers->arguments[argument]], held.value);
	cause->text = od_arena_printf(event->arena, "%.*s %.*s; %.*s() handed %s%.*s to %.*s().", OD_FMT(cause->pointer),
				      OD_FMT(od_buf_str(&claim)), OD_FMT(facts->frame->function), name.member.len ? "&" : "",
				      OD_FMT(name.expression), OD_FMT(event->ip.function));
	od_buf_deinit(&claim);
}

/* Whether the caller's call leads to the function: its return address may be that of another call in between. */
static bool calls(const struct od_facts *caller, const struct od_facts *callee)
{
	ptrdiff_t at = od_flow_find(caller, caller->pc);

	if (at < 0 || caller->insns.items[at].kind != OD_INSN_CALL)
		return false;
	const struct od_insn *insn = &caller->insns.items[at];
	return (insn->has_target && insn->target == callee->start) ||
	       od_str_equal(insn->target_name, callee->frame->function);
}

static bool is_ip(const struct od_event *event, const struct od_frame *frame)
{
	return frame == &event->ip || (frame->offset.known && event->ip.offset.known &&
				       frame->offset.value == event->ip.offset.value &&
				       od_str_equal(frame->function, event->ip.function));
}

/* The facts of a frame; NULL: none. */
static const struct od_facts *facts_of(const struct od_event *event, const struct od_frame *frame)
{
	for (size_t i = 0; i < event->facts.count; i++)
		if (event->facts.items[i].frame == frame)
			return &event->facts.items[i];
	return NULL;
}

static bool jumped(const struct od_event *event)
{
	return event->fault.access == OD_ACCESS_EXECUTE ||
	       (event->has_ip && event->fault.address.known && event->ip.address.known &&
		event->fault.address.value == event->ip.address.value);
}

/* A frame that the kernel does not trust, but whose call went through a register that holds the bad address. */
static bool is_wild_caller(const struct od_event *event, const struct od_facts *facts)
{
	ptrdiff_t at = facts ? od_flow_find(facts, facts->pc) : -1;

	if (at < 0 || facts->insns.items[at].kind != OD_INSN_CALL || !event->ip.address.known)
		return false;
	struct od_num held = register_value(event, facts, facts->insns.items[at].indirect);
	return held.known && held.value == event->ip.address.value;
}

/* The chain of frames from the ip outwards as long as each is known to have called the one before. */
static size_t collect(const struct od_event *event, const struct od_facts *chain[static FRAME_LIMIT])
{
	size_t count = 0;
	const struct od_facts *first = event->has_ip ? facts_of(event, &event->ip) : NULL;

	if (!first && jumped(event) && event->has_lr)
		first = facts_of(event, &event->lr);
	for (size_t i = 0; !first && jumped(event) && i < event->trace.count && i < FRAME_LIMIT; i++)
		if (event->trace.items[i].unreliable && is_wild_caller(event, facts_of(event, &event->trace.items[i])))
			first = facts_of(event, &event->trace.items[i]);
	if (first)
		chain[count++] = first;
	for (size_t i = 0; i < event->trace.count && count < FRAME_LIMIT; i++) {
		const struct od_frame *frame = &event->trace.items[i];
		if (frame->unreliable || is_ip(event, frame) || (!count && !frame->function.len))
			continue;
		const struct od_facts *facts = facts_of(event, frame);
		if (!facts || (count && !calls(facts, chain[count - 1])))
			break;
		chain[count++] = facts;
	}
	return count;
}

static bool is_memory_fault(enum od_kind kind)
{
	static const enum od_kind kinds[] = {
		OD_KIND_NULL_DEREF, OD_KIND_PAGING_REQUEST, OD_KIND_USER_ACCESS, OD_KIND_NX_EXEC, OD_KIND_USER_EXEC,
		OD_KIND_GPF, OD_KIND_STACK_SEGMENT, OD_KIND_UNHANDLED_FAULT, OD_KIND_INTERNAL_ERROR, OD_KIND_ALIGNMENT,
	};
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (kinds[i] == kind)
			return true;
	return false;
}

/* Another build's variables lie elsewhere: naming one would be a guess. */
static void explain_absence(struct od_event *event)
{
	const struct od_frame *frame = event->has_ip && event->ip.function.len ? &event->ip : event->responsible;

	if (frame && frame->status == OD_FRAME_MISMATCH)
		event->cause.text = OD_STR("None is named: the file at hand is not the one that crashed.");
}

void od_find_cause(struct od_event *event)
{
	struct search search = {.event = event, .cause = &event->cause};
	const struct od_facts *chain[FRAME_LIMIT];
	const bool memory = is_memory_fault(event->kind);

	if (!memory && event->kind != OD_KIND_DIVIDE_ERROR)
		return;
	size_t count = collect(event, chain);
	search.naming = count ? od_naming_create(event->arena, chain, count) : NULL;
	if (search.naming) {
		if (!memory)
			explain_divide(&search, search.naming, chain[0]);
		else if (jumped(event))
			explain_call(&search, search.naming, chain[0]);
		else if (is_ip(event, chain[0]->frame))
			explain_access(&search, search.naming, chain[0]);
		else
			explain_argument(&search, search.naming, chain[0]);
	}
	od_naming_destroy(search.naming);
	if (!count)
		explain_absence(event);
}
