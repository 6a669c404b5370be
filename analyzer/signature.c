// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzer/signature.h"

#include <inttypes.h>

#include "analyzer/address.h"
#include "analyzer/blame.h"
#include "analyzer/names.h"
#include "analyzer/poison.h"

enum {
	MOST_FRAMES = 24,	/* of a stack; deeper ones are shared by everything */
	LONGEST_CAUSE = 160,	/* bytes of a message that tell bugs apart */
};

/* Kinds that one bug shows in turn: which exception a bad pointer raises depends on the CPU and the value. */
static const struct {
	enum od_kind kind;
	const char *class;
} classes[] = {
	{OD_KIND_NULL_DEREF, "memory-fault"},	     {OD_KIND_PAGING_REQUEST, "memory-fault"},
	{OD_KIND_USER_ACCESS, "memory-fault"},	     {OD_KIND_NX_EXEC, "memory-fault"},
	{OD_KIND_USER_EXEC, "memory-fault"},	     {OD_KIND_GPF, "memory-fault"},
	{OD_KIND_STACK_SEGMENT, "memory-fault"},     {OD_KIND_UNHANDLED_FAULT, "memory-fault"},
	{OD_KIND_INTERNAL_ERROR, "memory-fault"},    {OD_KIND_ALIGNMENT, "memory-fault"},
	{OD_KIND_KASAN_NULL, "memory-fault"},	     {OD_KIND_KASAN_WILD, "memory-fault"},
	{OD_KIND_KASAN_USER_ACCESS, "memory-fault"}, {OD_KIND_SOFT_LOCKUP, "no-progress"},
	{OD_KIND_HARD_LOCKUP, "no-progress"},	     {OD_KIND_RCU_STALL, "no-progress"},
	{OD_KIND_WORKQUEUE_LOCKUP, "no-progress"},   {OD_KIND_SLEEPING_IN_ATOMIC, "wrong-context"},
	{OD_KIND_SCHEDULING_WHILE_ATOMIC, "wrong-context"}, {OD_KIND_CSD_LOCK, "no-progress"},
};

static struct od_str class_of(enum od_kind kind)
{
	for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++)
		if (classes[i].kind == kind)
			return od_str_from(classes[i].class);
	return od_str_from(od_kinds[kind].name);
}

static void put_function(struct od_buf *out, struct od_str name, struct od_str module)
{
	struct od_str call;

	if (od_is_syscall_name(name, &call)) {
		od_buf_put_string(out, "sys_");
		od_buf_put(out, call);
	} else {
		od_buf_put(out, od_base_name(name));
	}
	if (module.len)
		od_buf_printf(out, " [%.*s]", OD_FMT(module));
}

static bool same_function(const struct od_frame *a, const struct od_frame *b)
{
	struct od_str call_a = od_base_name(a->function), call_b = od_base_name(b->function);

	if (!od_str_equal(a->module, b->module))
		return false;
	if (od_is_syscall_name(a->function, &call_a) != od_is_syscall_name(b->function, &call_b))
		return false;
	return od_str_equal(call_a, call_b);
}

/* Where in the trace the callers of the responsible function begin. */
static size_t callers_begin(const struct od_event *event)
{
	size_t begin = 0;

	for (size_t i = 0; i < event->trace.count; i++)
		if (same_function(&event->trace.items[i], event->responsible))
			begin = i + 1;
	return begin;
}

/* The frame that called the responsible one: the next that is reliable. */
static const struct od_frame *caller_of(const struct od_event *event)
{
	for (size_t i = callers_begin(event); i < event->trace.count; i++)
		if (!event->trace.items[i].unreliable && event->trace.items[i].function.len)
			return &event->trace.items[i];
	return NULL;
}

/* The part of a module's life that is run by this function of the kernel; empty: none. */
static struct od_str role_by_caller(const struct od_frame *caller)
{
	struct od_str call = {0};

	if (caller->module.len)
		return (struct od_str){0};
	od_is_syscall_name(caller->function, &call);
	if (od_str_equal(call, OD_STR("delete_module")))
		return OD_STR("(exit)");
	if (od_str_equal(od_base_name(caller->function), OD_STR("do_one_initcall")))
		return OD_STR("(init)");
	return (struct od_str){0};
}

/*
 * A module has one exit and one init function, and which of its two names (the author's, or the alias
 * that the loader looks for) the symbol table gives depends on the compiler. Empty: neither. Its caller is
 * the next reliable frame, or an unreliable one before: not every unwinder trusts the frame of a function
 * that faulted in its first instructions.
 */
static struct od_str role_of(const struct od_event *event)
{
	const struct od_str name = od_base_name(event->responsible->function);
	struct od_str role = {0};

	if (!event->responsible->module.len)
		return role;
	if (od_str_equal(name, OD_STR("cleanup_module")))
		return OD_STR("(exit)");
	if (od_str_equal(name, OD_STR("init_module")))
		return OD_STR("(init)");
	for (size_t i = callers_begin(event); i < event->trace.count && !role.len; i++) {
		role = role_by_caller(&event->trace.items[i]);
		if (!event->trace.items[i].unreliable)
			break;
	}
	return role;
}

static void add_basis(struct od_event *event, struct od_buf *text)
{
	struct od_str *kept = text->len && !text->failed ? od_list_push(event->arena, &event->signature.basis) : NULL;

	if (kept)
		*kept = od_arena_copy(event->arena, od_buf_str(text));
	od_buf_clear(text);
}

/* The innermost inlined function that is no helper: elsewhere the compiler may have left it out of line. */
static void sign_author(struct od_event *event, struct od_buf *text)
{
	const struct od_frame *frame = event->responsible;

	for (size_t i = 0; i < frame->places.count && frame->places.items[i].inlined; i++) {
		if (od_is_machinery(frame->places.items[i].function))
			continue;
		od_buf_put_string(text, "author ");
		put_function(text, frame->places.items[i].function, frame->module);
		add_basis(event, text);
		return;
	}
}

static void sign_site(struct od_event *event, struct od_buf *text)
{
	const struct od_frame *frame = event->responsible;

	od_buf_put(text, class_of(event->kind));
	add_basis(event, text);
	if (!frame)
		return;
	const struct od_frame *caller = caller_of(event);
	const struct od_str role = role_of(event);
	put_function(text, role.len ? role : frame->function, frame->module);
	add_basis(event, text);
	sign_author(event, text);
	if (caller && !od_is_passage(caller)) {
		od_buf_put_string(text, "caller ");
		put_function(text, caller->function, caller->module);
		add_basis(event, text);
	}
}

/* The text with every number, address and blank run replaced by one '#' or ' '. */
static void put_shape(struct od_buf *out, struct od_str text)
{
	const size_t limit = out->len + LONGEST_CAUSE;

	while (text.len && out->len < limit) {
		struct od_str word;
		bool numeric = false;
		if (od_scan_blanks(&text)) {
			od_buf_put_char(out, ' ');
			continue;
		}
		if (!od_scan_word(&text, &word)) {
			text = od_str_from_index(text, 1);
			continue;
		}
		for (size_t i = 0; i < word.len; i++)
			numeric = numeric || od_is_digit(word.ptr[i]);
		if (numeric)
			od_buf_put_char(out, '#');
		else
			od_buf_put(out, od_str_first(word, LONGEST_CAUSE));
	}
}

/* A path without what differs between build trees: its last two components. */
static struct od_str path_tail(struct od_str path)
{
	ptrdiff_t slash = od_str_find_last_char(path, '/');
	if (slash <= 0)
		return path;
	ptrdiff_t second = od_str_find_last_char(od_str_first(path, (size_t)slash), '/');
	return second < 0 ? path : od_str_from_index(path, (size_t)second + 1);
}

static void put_address_class(struct od_buf *out, const struct od_event *event)
{
	const uint64_t address = event->fault.address.value;
	struct od_poison poison;

	if (address < OD_NULL_PAGE)
		od_buf_put_string(out, "cause near NULL");
	else if (od_poison_find(address, &poison))
		od_buf_printf(out, "cause %s", poison.name);
	else
		od_buf_put_string(out, "cause wild address");
}

static void sign_cause(struct od_event *event, struct od_buf *text)
{
	/* a machine check's address is one of the hardware's, and says nothing of a pointer */
	if (event->fault.address.known && event->kind != OD_KIND_MACHINE_CHECK) {
		put_address_class(text, event);
	} else if (event->source_file.len) {
		od_buf_put_string(text, "cause at ");
		od_buf_put(text, path_tail(event->source_file));
	} else if (event->message.len) {
		od_buf_put_string(text, "cause ");
		put_shape(text, event->message);
	} else if (!event->responsible && event->header.len) {
		od_buf_put_string(text, "cause ");
		put_shape(text, event->header);
	}
	add_basis(event, text);
}

struct stack {
	struct od_buf *text;
	const struct od_frame *last;
	unsigned count;
};

static void stack_add(struct stack *stack, const struct od_frame *frame)
{
	if (!frame->function.len || frame->unreliable || stack->count == MOST_FRAMES || od_is_passage(frame) ||
	    od_str_starts(frame->function, OD_STR("__pfx_")) ||
	    (stack->last && same_function(stack->last, frame)))
		return;
	od_buf_put_string(stack->text, stack->count++ ? " < " : "stack ");
	put_function(stack->text, frame->function, frame->module);
	stack->last = frame;
}

static void sign_stack(struct od_event *event, struct od_buf *text)
{
	struct stack stack = {.text = text};

	if (event->has_ip)
		stack_add(&stack, &event->ip);
	for (size_t i = 0; i < event->trace.count; i++)
		stack_add(&stack, &event->trace.items[i]);
	for (size_t k = 0; k < event->traces.count && !stack.count; k++)
		for (size_t i = 0; i < event->traces.items[k].frames.count; i++)
			stack_add(&stack, &event->traces.items[k].frames.items[i]);
	add_basis(event, text);
}

/* FNV-1a, 64 bits (draft-eastlake-fnv-17, sections 2 and 5). */
static uint64_t mix(uint64_t hash, struct od_str text)
{
	for (size_t i = 0; i < text.len; i++)
		hash = (hash ^ (unsigned char)text.ptr[i]) * UINT64_C(0x100000001b3);
	return (hash ^ 0xff) * UINT64_C(0x100000001b3);
}

static void sign_id(struct od_event *event)
{
	struct od_signature *signature = &event->signature;
	uint64_t hash = UINT64_C(0xcbf29ce484222325) ^ OD_SIGNATURE_VERSION;
	const size_t count = signature->basis.count;

	if (!count)
		return;
	hash = mix(hash, signature->basis.items[0]);
	if (event->responsible && count > 1)
		hash = mix(hash, signature->basis.items[1]);
	else if (count > 1)
		hash = mix(hash, signature->basis.items[count - 1]);
	signature->id = od_arena_printf(event->arena, "%016" PRIx64, hash);
	signature->version = OD_SIGNATURE_VERSION;
}

void od_sign(struct od_event *event)
{
	struct od_buf text = {0};

	sign_site(event, &text);
	sign_cause(event, &text);
	sign_stack(event, &text);
	sign_id(event);
	od_buf_deinit(&text);
}
