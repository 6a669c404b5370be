// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzer/cause.h"

#include <inttypes.h>

#include "analyzer/address.h"
#include "analyzer/cause_class.h"
#include "analyzer/member.h"
#include "analyzer/poison.h"
#include "analyzer/search.h"

/* The address that the operand meant, from the registers of the log; unknown when one of them is. */
static struct od_num effective_address(const struct od_event *event, const struct od_facts *facts,
				       const struct od_memory_operand *memory)
{
	uint64_t address = (uint64_t)memory->displacement;
	struct od_num part;

	if (memory->absolute || memory->segment)
		return (struct od_num){0};
	if (memory->base != OD_REGISTER_NONE) {
		part = od_search_register(event, facts, memory->base);
		if (!part.known)
			return part;
		address += part.value;
	}
	if (memory->index != OD_REGISTER_NONE) {
		part = od_search_register(event, facts, memory->index);
		if (!part.known)
			return part;
		address += part.value * memory->scale;
	}
	return od_num(address & od_search_mask(event));
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
	       od_address_region(event, address) == OD_REGION_NON_CANONICAL;
}

/* The memory operand that faulted, by the address; the only one where there is no choice. */
static const struct od_memory_operand *faulting_operand(struct od_search *search, const struct od_facts *facts,
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

static void say_registers(struct od_search *search, const struct od_facts *facts, const struct od_memory_operand *memory)
{
	const uint8_t regs[] = {memory->base, memory->index};

	for (size_t i = 0; i < sizeof(regs); i++) {
		struct od_num value = od_search_register(search->event, facts, regs[i]);
		if (value.known && regs[i] < OD_REGISTER_COUNT)
			od_search_say(search, "Register %s held 0x%" PRIx64 ".", facts->registers->names[regs[i]], value.value);
	}
}

static void say_access(struct od_search *search, const struct od_facts *facts, const struct od_memory_operand *memory,
		       struct od_num address, bool agree)
{
	const struct od_num fault = search->event->fault.address;

	say_registers(search, facts, memory);
	if (!address.known)
		od_search_say(search, "The log does not show the registers that the address was made of.");
	else if (agree)
		od_search_say(search, "The instruction at +0x%" PRIx64 " of %.*s() accesses address 0x%" PRIx64 "%s.",
		    facts->frame->offset.value, OD_FMT(facts->frame->function), address.value,
		    fault.known ? ", the address of the fault" : ", which the CPU refuses");
	else if (fault.known)
		od_search_say(search, "The instruction at +0x%" PRIx64 " of %.*s() accesses address 0x%" PRIx64
		    " by the registers, but the fault was at 0x%" PRIx64 ".", facts->frame->offset.value,
		    OD_FMT(facts->frame->function), address.value, fault.value);
}

static bool is_of(const struct od_facts *facts, const struct od_variable *variable)
{
	return variable && variable >= facts->variables.items && variable < facts->variables.items + facts->variables.count;
}

static void say_names(struct od_search *search, const struct od_access_name *name, const struct od_facts *facts)
{
	if (name->facts != facts && is_of(facts, name->pointer.variable))
		od_search_say(search, "The compiler took a parameter apart: %.*s() was given %.*s instead of %.*s.",
			      OD_FMT(facts->frame->function), OD_FMT(name->pointer.text), OD_FMT(name->pointer.variable->name));
	else if (name->facts != facts && name->facts->site)
		od_search_say(search, "%.*s() was called by %.*s(), where the value is %.*s.", OD_FMT(facts->frame->function),
			      OD_FMT(name->facts->function), OD_FMT(name->pointer.text));
	else if (name->facts != facts)
		od_search_say(search, "The value came from the caller %.*s(), where it is %.*s.", OD_FMT(name->facts->frame->function),
		    OD_FMT(name->pointer.text));
	if (name->pointer.variable)
		od_search_say(search, name->loaded ? "The pointer was read from memory through %s %.*s." :
					   "By the debug info the pointer is the %s %.*s.",
		    name->pointer.variable->global ? "global variable" :
		    name->pointer.variable->parameter ? "parameter" : "variable", OD_FMT(name->pointer.variable->name));
	if (name->member.len)
		od_search_say(search, "%.*s lies at offset 0x%" PRIx64 " of %.*s.", OD_FMT(name->member), name->offset,
		    OD_FMT(name->type));
}

/* What the address is called where the access is written: in a function of a header. */
static void say_helper(struct od_search *search, const struct od_variable *helper, const struct od_access_name *name)
{
	if (helper && helper != name->pointer.variable)
		od_search_say(search, "In %.*s(), which was inlined from a header, the address is %.*s.", OD_FMT(helper->function),
			      OD_FMT(helper->name));
}

static enum od_confidence confidence_of(const struct od_search *search, const struct od_access_name *name, bool agree,
					bool wide, struct od_num value)
{
	bool proven = true;

	proven &= od_naming_is_settled(search->naming);
	proven &= name->facts->proven;
	if (!agree || name->quality == OD_NAME_GUESS)
		return OD_CONFIDENCE_POSSIBLE;
	/* A small number is no pointer that the source would call bad, and several members may lie under a wide access. */
	bool derived = value.known && value.value && value.value < 4096;
	if (!proven || name->quality != OD_NAME_EXACT || !value.known || derived || wide)
		return OD_CONFIDENCE_LIKELY;
	return OD_CONFIDENCE_CERTAIN;
}

static void put_text(struct od_search *search, const struct od_access_name *name, struct od_str claim)
{
	static const char *const verbs[] = {"used", "read", "wrote", "called"};
	struct od_event *event = search->event;
	struct od_cause *cause = search->cause;
	const char *verb = verbs[search->stepped_back ? OD_ACCESS_READ : event->fault.access];

	if (name->member.len)
		cause->text = od_arena_printf(event->arena, "%.*s %.*s; the code %s %.*s at offset 0x%" PRIx64 " of %.*s.",
					      OD_FMT(cause->pointer), OD_FMT(claim), verb,
					      OD_FMT(cause->expression), name->offset, OD_FMT(cause->type));
	else
		cause->text = od_arena_printf(event->arena, "%.*s %.*s; the code %s %.*s.", OD_FMT(cause->pointer),
					      OD_FMT(claim), verb, OD_FMT(cause->expression));
}

/* The bad pointer's value: the address without the offset, or, where there was an index, what a register held. */
static struct od_num pointer_value(const struct od_search *search, const struct od_access_name *name, struct od_num address)
{
	if (!name->indexed)
		return address.known ? od_num((address.value - (uint64_t)name->offset) & od_search_mask(search->event)) : address;
	if (od_naming_facts(search->naming) == name->facts)
		return od_search_concrete(search, search->naming, name->facts, name->value);
	return name->is_here ? od_search_concrete(search, search->naming, od_naming_facts(search->naming), name->here)
			     : (struct od_num){0};
}

/* The names of an access, as a cause. */
static void conclude(struct od_search *search, const struct od_access_name *name, struct od_num address, bool agree,
		     const struct od_memory_operand *memory)
{
	struct od_cause *cause = search->cause;
	struct od_event *event = search->event;
	struct od_buf claim = {0};
	struct od_num value = pointer_value(search, name, address);

	cause->pointer = name->pointer.text;
	cause->member = name->member;
	cause->expression = name->expression;
	cause->type = name->type;
	cause->offset = od_num((uint64_t)name->offset);
	cause->value = value;
	cause->confidence = confidence_of(search, name, agree, name->size && memory->width > name->size, value);
	if (value.known && name->value.offset < 0 && (int64_t)value.value == name->value.offset) {
		cause->class_name = "null-pointer-member";
		od_buf_put_string(&claim, "was computed from NULL: a container_of() of a NULL pointer");
	} else if (value.known) {
		cause->class_name = od_cause_classify(event, value.value, name->member.len, &claim)->name;
	} else {
		cause->class_name = "bad-pointer";
		od_buf_put_string(&claim, "is bad");
	}
	put_text(search, name, od_buf_str(&claim));
	od_buf_deinit(&claim);
}

/*
 * How far behind the bad pointer the access must lie if that pointer is NULL or a mark of the kernel: a pointer at another
 * distance was computed from the bad one.
 */
static int64_t wanted_offset(const struct od_event *event)
{
	enum { REACH = 4096 };
	const struct od_num fault = event->fault.address;
	struct od_poison poison;

	if (!fault.known || (event->arch && event->arch->bits == 32 && fault.value >= REACH))
		return -1;
	if (fault.value < REACH)
		return (int64_t)fault.value;
	return od_poison_find(fault.value, &poison) ? (int64_t)(fault.value - poison.value) : -1;
}

/*
 * The pointer through which the bad one was read, when that was NULL before: where the kernel can read the first page, as
 * the lowcore of s390, it faults one step later.
 */
static void step_back(struct od_search *search, struct od_naming *naming, const struct od_facts *facts,
		      struct od_access_name *name, struct od_num *address)
{
	enum { PAGE = 4096 };
	const struct od_node *node = od_flow_node(od_naming_flow(naming), name->value);
	struct od_access_name before;

	if (name->facts != facts || !name->loaded || node->origin != OD_ORIGIN_LOAD || node->segment)
		return;
	const struct od_value origin = node->base;
	struct od_num held = od_search_concrete(search, naming, facts, origin);
	if (!held.known || held.value >= PAGE || !od_name_access(naming, origin, 0, (int64_t)held.value, &before) ||
	    before.facts != facts || before.offset != (int64_t)held.value)
		return;
	od_search_say(search, "%.*s was read from address 0x%" PRIx64 ", which this kernel can read.", OD_FMT(name->pointer.text),
		      held.value);
	search->stepped_back = true;
	*name = before;
	*address = held;
}

/* A fault of a memory operand. */
static void explain_access(struct od_search *search, struct od_naming *naming, const struct od_facts *facts)
{
	const struct od_insn *insn = od_naming_insn(naming);
	struct od_access_name name;
	struct od_value value;
	bool agree;
	const struct od_memory_operand *memory = faulting_operand(search, facts, insn, &agree);

	if (!memory || memory->segment)
		return;
	struct od_num address = effective_address(search->event, facts, memory);
	if (!od_naming_address(naming, memory, &value) || !od_name_access(naming, value, memory->width, wanted_offset(search->event), &name)) {
		say_access(search, facts, memory, address, agree);
		search->cause->text = OD_STR("The compiler kept no location for the pointer that was used here, and it "
					     "could not be followed to a variable.");
		return;
	}
	if (insn->repeats && name.quality == OD_NAME_EXACT)
		name.quality = OD_NAME_LIKELY;
	say_access(search, facts, memory, address, agree);
	step_back(search, naming, facts, &name, &address);
	say_names(search, &name, facts);
	say_helper(search, od_naming_helper(naming, value), &name);
	conclude(search, &name, address, agree, memory);
}

/* A number, also one that was multiplied by a constant. */
static bool name_number(struct od_search *search, struct od_naming *naming, struct od_value value, struct od_name *ret)
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

static void explain_divide(struct od_search *search, struct od_naming *naming, const struct od_facts *facts)
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
	od_search_say(search, "The divisor of the instruction at +0x%" PRIx64 " of %.*s() is %.*s.", facts->frame->offset.value,
	    OD_FMT(facts->frame->function), OD_FMT(name.text));
	cause->text = od_arena_printf(search->event->arena, "%.*s is 0; the code divided by it.", OD_FMT(name.text));
}

static bool is_same_place(const struct od_frame *a, const struct od_frame *b)
{
	return a->offset.known && b->offset.known && a->offset.value == b->offset.value &&
	       od_str_equal(a->function, b->function);
}

static bool is_ip(const struct od_event *event, const struct od_frame *frame)
{
	return frame == &event->ip || is_same_place(frame, &event->ip);
}

/* A function that calls this one, which is in no trace; NULL: none is known. */
static const struct od_facts *site_of(const struct od_event *event, const struct od_facts *callee)
{
	for (size_t i = 0; i < event->facts.count; i++) {
		const struct od_facts *facts = &event->facts.items[i];
		if (facts->frame == callee->frame && facts->site && facts->here.size && facts->here.has_target &&
		    facts->here.target == callee->start)
			return facts;
	}
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
	if (!facts || !facts->here.size || facts->here.kind != OD_INSN_CALL || !event->ip.address.known)
		return false;
	struct od_num held = od_search_register(event, facts, facts->here.indirect);
	return held.known && held.value == event->ip.address.value;
}

/* The frame that called through a bad pointer; NULL: none is known. */
static const struct od_facts *wild_caller(const struct od_event *event)
{
	const struct od_facts *found = event->has_lr ? od_event_facts(event, &event->lr) : NULL;

	for (size_t i = 0; !found && i < event->trace.count && i < OD_SEARCH_FRAMES; i++)
		if (event->trace.items[i].unreliable && is_wild_caller(event, od_event_facts(event, &event->trace.items[i])))
			found = od_event_facts(event, &event->trace.items[i]);
	return found;
}

/*
 * The caller that only the link register names. Of a function that is known, its call must lead there; of another, the
 * register may be left over from the function's own last call, and then leads into that itself.
 */
static const struct od_facts *linked_caller(const struct od_event *event, const struct od_facts *callee)
{
	const struct od_facts *facts = event->has_lr ? od_event_facts(event, &event->lr) : NULL;

	if (!facts || jumped(event) || (callee && callee->frame == &event->lr))
		return NULL;
	if (callee)
		return od_facts_calls(facts, callee) ? facts : NULL;
	return event->has_ip && !od_str_equal(event->lr.function, event->ip.function) ? facts : NULL;
}

/* The function that this frame called, and that ended in the call of the frame before; NULL: none is known. */
static const struct od_facts *between(const struct od_event *event, const struct od_frame *callee, const struct od_facts *caller)
{
	for (size_t i = 0; i < event->facts.count; i++) {
		const struct od_facts *facts = &event->facts.items[i];
		if (facts->frame == callee && facts->site && caller->here.has_target && caller->here.target == facts->start)
			return facts;
	}
	return NULL;
}

/*
 * The chain of frames from the ip outwards as long as each is known to have called the one before. Where the kernel's
 * own image is not at hand, it begins at the first frame behind its functions, which is checked by the name of its call.
 */
static size_t collect(struct od_search *search, const struct od_facts *chain[static OD_SEARCH_FRAMES])
{
	enum { SKIPPED_LIMIT = 4 };
	const struct od_event *event = search->event;
	size_t count = 0, skipped = 0;
	const struct od_facts *first = event->has_ip ? od_event_facts(event, &event->ip) : NULL;

	if (!first && jumped(event))
		first = wild_caller(event);
	if (first)
		chain[count++] = first;
	else if (event->has_ip)
		search->callee = &event->ip;
	const struct od_facts *linked = linked_caller(event, first);
	if (linked)
		chain[count++] = linked;
	for (size_t i = 0; i < event->trace.count && count < OD_SEARCH_FRAMES; i++) {
		const struct od_frame *frame = &event->trace.items[i];
		if (frame->unreliable || is_ip(event, frame) || (!count && !frame->function.len) ||
		    (linked && is_same_place(frame, linked->frame)))
			continue;
		const struct od_facts *facts = od_event_facts(event, frame);
		if (!facts && !count && !jumped(event) && !frame->module.len && skipped++ < SKIPPED_LIMIT) {
			search->callee = frame;
			continue;
		}
		if (!facts)
			break;
		const struct od_frame *callee = count ? chain[count - 1]->frame : search->callee;
		const struct od_facts *ended = between(event, callee, facts);
		if (count && !ended && !od_facts_calls(facts, chain[count - 1]))
			break;
		if (ended && count + 1 < OD_SEARCH_FRAMES)
			chain[count++] = ended;
		chain[count++] = facts;
	}
	const struct od_facts *site = count && count < OD_SEARCH_FRAMES ? site_of(event, chain[count - 1]) : NULL;
	if (site)
		chain[count++] = site;
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
	struct od_search search = {.event = event, .cause = &event->cause};
	const struct od_facts *chain[OD_SEARCH_FRAMES];
	const bool memory = is_memory_fault(event->kind);

	if (!memory && event->kind != OD_KIND_DIVIDE_ERROR)
		return;
	size_t count = collect(&search, chain);
	search.naming = count ? od_naming_create(event->arena, chain, count) : NULL;
	if (search.naming) {
		if (!memory)
			explain_divide(&search, search.naming, chain[0]);
		else if (jumped(event))
			od_explain_call(&search, search.naming, chain[0]);
		else if (is_ip(event, chain[0]->frame) && !chain[0]->site)
			explain_access(&search, search.naming, chain[0]);
		else
			od_explain_argument(&search, search.naming, chain[0]);
	}
	od_naming_destroy(search.naming);
	if (!count)
		explain_absence(event);
}
