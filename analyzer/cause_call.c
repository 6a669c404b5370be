// SPDX-License-Identifier: GPL-3.0-or-later
#include <inttypes.h>

#include "analyzer/cause_class.h"
#include "analyzer/member.h"
#include "analyzer/search.h"

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
void od_explain_call(struct od_search *search, struct od_naming *naming, const struct od_facts *facts)
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
	od_search_say(search, "%.*s() called through %.*s, and the CPU then executed at address 0x%" PRIx64 ".",
	    OD_FMT(od_search_function(facts)), OD_FMT(name.text), to.value);
	cause->text = od_arena_printf(event->arena, "%.*s %s; %.*s() called it.", OD_FMT(name.text),
				      null ? od_cause_null_call.claim : od_cause_bad_call.claim, OD_FMT(od_search_function(facts)));
}

/* How many of the argument registers the call uses; all, where it is not known. */
static unsigned argument_count(const struct od_facts *facts, const struct od_insn *insn)
{
	const struct od_call *call = od_facts_call(facts, insn);
	const unsigned most = facts->registers->argument_count;

	return call && call->parameters >= 0 && (unsigned)call->parameters < most ? (unsigned)call->parameters : most;
}

/* The name without what tells variants of one function of the library apart: arch/x86/lib, arch/arm64/lib. */
static struct od_str plain_name(struct od_str name)
{
	static const struct od_str prefixes[] = {OD_STR("__pi_"), OD_STR("__")}, suffixes[] = {OD_STR("_orig"), OD_STR("_erms")};

	for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++)
		if (od_str_starts(name, prefixes[i]))
			name = od_str_from_index(name, prefixes[i].len);
	for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++)
		if (od_str_ends(name, suffixes[i]))
			name.len -= suffixes[i].len;
	return name;
}

/* An argument of the call that the fault's address lies at or a little behind; -1: none, or several. */
static int guilty_argument(const struct od_search *search, const struct od_naming *naming, uint64_t near, struct od_num *ret)
{
	const struct od_num fault = search->event->fault.address;
	const struct od_facts *facts = od_naming_facts(naming);
	const unsigned count = argument_count(facts, od_naming_insn(naming));
	int found = -1;

	for (unsigned i = 0; fault.known && i < count; i++) {
		struct od_num held = od_search_register(search->event, facts, facts->registers->arguments[i]);
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
static bool name_argument(struct od_naming *naming, unsigned reg, struct od_num held, struct od_access_name *ret)
{
	enum { REACH = 4096 };
	struct od_value value;
	const struct od_facts *facts = od_naming_facts(naming);

	if (!od_naming_register(naming, reg, &value))
		return false;
	if (held.known && held.value && held.value < REACH &&
	    od_name_access(naming, value, OD_WIDTH_OUTERMOST, (int64_t)held.value, ret) && ret->offset == (int64_t)held.value)
		return true;
	*ret = (struct od_access_name){.facts = facts};
	if (!od_name_value(naming, value, &ret->pointer))
		return od_name_access(naming, value, OD_WIDTH_OUTERMOST, -1, ret);
	ret->expression = ret->pointer.text;
	ret->quality = ret->pointer.quality;
	return true;
}

/* Whether the name is one of a pointer to data; *size: of what it points to. */
static bool is_pointer(struct od_access_name *name)
{
	const struct od_type *type = od_facts_type(name->facts, name->pointer.type);

	if (name->member.len)
		return true;
	if (!type || type->kind != OD_TYPE_POINTER)
		return false;
	const struct od_type *target = od_facts_type(name->facts, type->target);
	name->size = target ? target->size : 0;
	return !target || target->kind != OD_TYPE_FUNCTION;
}

/*
 * The only argument that would make the access hit the address if the pointer in it were NULL: the registers at the fault
 * are those of the callee, which may have used them otherwise. `exact`: only where the argument is the address itself, of a member.
 */
static int fitting_argument(struct od_naming *naming, const struct od_facts *facts, struct od_num fault, bool exact,
			    struct od_access_name *ret, unsigned *named)
{
	enum { REACH = 4096 };
	const unsigned count = argument_count(facts, od_naming_insn(naming));
	int found = -1;

	for (unsigned i = 0; i < count; i++) {
		struct od_access_name name;
		if (!name_argument(naming, facts->registers->arguments[i], fault, &name) || !is_pointer(&name))
			continue;
		++*named;
		uint64_t size = name.size && name.size < REACH ? name.size : REACH;
		if (!fault.known || fault.value >= REACH || fault.value - (uint64_t)name.offset >= size ||
		    (exact && (!fault.value || fault.value != (uint64_t)name.offset)))
			continue;
		if (found >= 0)
			return -1;
		found = (int)i;
		*ret = name;
	}
	return found;
}

/* The argument by the registers, where the fault is in the function that was called itself; else the one that fits. */
static int choose_argument(struct od_search *search, struct od_naming *naming, const struct od_facts *facts,
			   struct od_access_name *name, struct od_num *held, enum od_confidence *confidence)
{
	const struct od_event *event = search->event;
	const bool direct = search->callee == &event->ip;
	const bool told = od_str_equal(plain_name(od_naming_insn(naming)->target_name), plain_name(search->callee->function));
	unsigned named = 0;
	int argument = direct ? guilty_argument(search, naming, 1, held) : -1;

	if (direct && argument < 0)
		argument = guilty_argument(search, naming, 4096, held);
	*confidence = told ? OD_CONFIDENCE_LIKELY : OD_CONFIDENCE_POSSIBLE;
	if (argument >= 0)
		return name_argument(naming, facts->registers->arguments[argument], *held, name) ? argument : -1;
	argument = fitting_argument(naming, facts, event->fault.address, !told, name, &named);
	if (named > 1 || !direct)
		*confidence = OD_CONFIDENCE_POSSIBLE;
	if (argument >= 0)
		*held = od_num((uint64_t)name->offset);
	return argument;
}

static void say_argument(struct od_search *search, const struct od_facts *facts, const struct od_access_name *name,
			 unsigned argument, struct od_num held)
{
	const struct od_insn *insn = &facts->here;
	const char *reg = facts->registers->names[facts->registers->arguments[argument]];
	const char *address = name->member.len ? "&" : "";

	od_search_say(search, "%.*s() called %.*s() with %s%.*s as argument %u, in register %s.",
		      OD_FMT(od_search_function(facts)),
		      OD_FMT(insn->target_name.len ? insn->target_name : search->callee->function), address,
		      OD_FMT(name->expression), argument + 1, reg);
	struct od_num now = od_search_register(search->event, facts, facts->registers->arguments[argument]);
	if (now.known && now.value == held.value)
		od_search_say(search, "Register %s held 0x%" PRIx64 " at the fault.", reg, held.value);
	else
		od_search_say(search, "The fault at 0x%" PRIx64 " is where the callee would access it if %.*s were NULL; no other "
			      "argument fits.", search->event->fault.address.value, OD_FMT(name->pointer.text));
}

/* A fault in a function whose code is not at hand: the caller handed the bad pointer on. */
void od_explain_argument(struct od_search *search, struct od_naming *naming, const struct od_facts *facts)
{
	struct od_event *event = search->event;
	struct od_cause *cause = search->cause;
	struct od_access_name name;
	struct od_num held;
	struct od_buf claim = {0};
	enum od_confidence confidence;

	const enum od_insn_kind kind = od_naming_insn(naming)->kind;
	if (!search->callee || (kind != OD_INSN_CALL && !(facts->site && kind == OD_INSN_JUMP)))
		return;
	int argument = choose_argument(search, naming, facts, &name, &held, &confidence);
	if (argument < 0)
		return;
	cause->pointer = name.pointer.text;
	cause->member = name.member;
	cause->expression = name.expression;
	cause->type = name.type;
	cause->value = od_num((held.value - (uint64_t)name.offset) & od_search_mask(event));
	if (name.member.len)
		cause->offset = od_num((uint64_t)name.offset);
	cause->class_name = od_cause_classify(event, cause->value.value, name.member.len, &claim)->name;
	cause->confidence = confidence;
	say_argument(search, facts, &name, (unsigned)argument, held);
	cause->text = od_arena_printf(event->arena, "%.*s %.*s; %.*s() handed %s%.*s to %.*s().", OD_FMT(cause->pointer),
				      OD_FMT(od_buf_str(&claim)), OD_FMT(od_search_function(facts)), name.member.len ? "&" : "",
				      OD_FMT(name.expression), OD_FMT(search->callee->function));
	od_buf_deinit(&claim);
}
