// SPDX-License-Identifier: GPL-3.0-or-later
/* Reports of the lock validator: kernel/locking/lockdep.c, kernel/locking/rtmutex.c. */
#include "parsers/dump.h"
#include "parsers/headers.h"

static const struct {
	const char *words;	/* stand somewhere in the header */
	enum od_kind kind;
} splats[] = {
	{"possible circular locking dependency detected", OD_KIND_LOCKDEP_CIRCULAR},
	{"possible recursive locking detected", OD_KIND_LOCKDEP_RECURSIVE},
	{"possible irq lock inversion dependency detected", OD_KIND_LOCKDEP_IRQ_INVERSION},
	{"unsafe lock order detected", OD_KIND_LOCKDEP_IRQ_UNSAFE},
	{"inconsistent lock state", OD_KIND_LOCKDEP_INCONSISTENT},
	{"suspicious RCU usage", OD_KIND_LOCKDEP_SUSPICIOUS_RCU},
	{"suspicious rcu_dereference_check() usage", OD_KIND_LOCKDEP_SUSPICIOUS_RCU},
	{"bad unlock balance detected", OD_KIND_LOCKDEP_BAD_UNLOCK},
	{"bad contention detected", OD_KIND_LOCKDEP_BAD_UNLOCK},
	{"held lock freed", OD_KIND_LOCKDEP_HELD_FREED},
	{"lock held when returning to user space", OD_KIND_LOCKDEP_HELD_ON_EXIT},
	{"still has locks held", OD_KIND_LOCKDEP_HELD_ON_EXIT},
	{"lock held at task exit time", OD_KIND_LOCKDEP_HELD_ON_EXIT}, /* to 3.x */
	{"Nested lock was not taken", OD_KIND_LOCKDEP_NESTED},
	{"Invalid wait context", OD_KIND_LOCKDEP_INVALID_WAIT_CONTEXT},
	{"chain_key collision", OD_KIND_LOCKDEP_INTERNAL},
	{"circular locking deadlock detected", OD_KIND_LOCKDEP_CIRCULAR},
};

static bool find_splat(struct od_str words, enum od_kind *ret)
{
	for (size_t i = 0; i < sizeof(splats) / sizeof(splats[0]); i++) {
		if (od_str_find(words, od_str_from(splats[i].words)) >= 0) {
			*ret = splats[i].kind;
			return true;
		}
	}
	return false;
}

bool od_fits_lockdep(struct od_str rest)
{
	enum od_kind kind;
	return find_splat(rest, &kind);
}

bool od_name_by_lockdep(struct od_builder *builder, struct od_str words)
{
	enum od_kind kind;
	if (!find_splat(words, &kind))
		return false;
	od_builder_name(builder, kind);
	if (od_str_ends(words, OD_STR(" ]"))) /* "[ BUG: Invalid wait context ]" */
		words.len -= 2;
	builder->event->message = od_builder_keep(builder, words);
	builder->expects_message = false;
	/* The chains come first; the stack of the task that was caught is announced. */
	od_builder_begin_trace(builder, "chain");
	return true;
}

void od_take_lockdep(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	(void)record;
	(void)od_name_by_lockdep(builder, rest);
}

static bool is_lockdep(enum od_kind kind)
{
	return kind >= OD_KIND_LOCKDEP_CIRCULAR && kind <= OD_KIND_LOCKDEP_INTERNAL;
}

/* "2.6.20-rc1-git5 #26": all of the line, to 2.6.34 (print_kernel_version()) */
static bool take_bare_release(struct od_builder *builder, struct od_str text)
{
	struct od_str rest = text, release;
	uint64_t number;

	if (!text.len || !od_is_digit(text.ptr[0]) || !od_scan_word(&rest, &release) || od_str_find_char(release, '.') < 1 ||
	    !od_scan_literal(&rest, " #") || !od_scan_u64(&rest, &number) || (rest.len && !od_is_blank(rest.ptr[0]) && rest.ptr[0] != '-'))
		return false;
	builder->event->kernel_release = od_builder_keep(builder, release);
	builder->event->kernel_version = od_builder_keep(builder, od_str_trim(od_str_from_index(text, release.len)));
	return true;
}

/* "5.10.0 #1 Not tainted": the line below the header. */
static bool take_release(struct od_builder *builder, struct od_str text)
{
	struct od_event *event = builder->event;
	struct od_str release;
	ptrdiff_t at = od_str_find(text, OD_STR("Not tainted"));

	if (event->kernel_release.len)
		return false;
	if (at < 0 && (at = od_str_find(text, OD_STR("Tainted: "))) < 0)
		return take_bare_release(builder, text);
	struct od_str taint = od_str_from_index(text, (size_t)at);
	struct od_str head = od_str_first(text, (size_t)at);
	if (!od_scan_word(&head, &release))
		return false;
	event->kernel_release = od_builder_keep(builder, release);
	event->kernel_version = od_builder_keep(builder, od_str_trim(head));
	event->has_taint = true;
	if (od_scan_literal(&taint, "Tainted: "))
		event->taint_raw = od_builder_keep(builder, od_str_trim(taint));
	return true;
}

/* "comm/123 is trying to acquire lock:" and its like. */
static bool take_actor(struct od_builder *builder, struct od_str text)
{
	static const char *const deeds[] = {
		" is trying to acquire lock:", " is trying to release lock ", " just changed the state of lock:",
		" is trying to lock:", " is freeing memory ", " [HC", " is trying to contend lock ", " is leaving the kernel with locks still held!", NULL,
	};
	uint64_t pid;
	for (size_t i = 0; deeds[i]; i++) {
		ptrdiff_t at = od_str_find(text, od_str_from(deeds[i]));
		if (at < 3)
			continue;
		struct od_str actor = od_str_first(text, (size_t)at);
		ptrdiff_t slash = od_str_find_last_char(actor, '/');
		struct od_str digits = od_str_from_index(actor, (size_t)slash + 1);
		if (slash < 1 || !od_scan_u64(&digits, &pid))
			continue;
		if (!builder->event->comm.len)
			builder->event->comm = od_builder_keep(builder, od_str_first(actor, (size_t)slash));
		if (!builder->event->pid.known)
			builder->event->pid = od_num(pid);
		return true;
	}
	return false;
}

/* "ffff888012345678 (&mm->mmap_lock){++++}-{3:3}, at: fn+0x12/0x34", also after "#0: " */
static bool take_lock(struct od_builder *builder, const struct od_record *record, struct od_str text)
{
	struct od_event *event = builder->event;
	struct od_frame_text frame;
	struct od_str rest = text, name;
	uint64_t number;
	struct od_num address = {0};

	if (od_scan_char(&rest, '#') && (!od_scan_u64(&rest, &number) || !od_scan_literal(&rest, ": ")))
		return false;
	od_scan_blanks(&rest);
	if (od_scan_hex(&rest, &number)) {
		address = od_num(number);
		od_scan_blanks(&rest);
	}
	if (!od_scan_char(&rest, '(') || !od_scan_until_text(&rest, OD_STR("){"), &name))
		return false;
	ptrdiff_t at = od_str_find(rest, OD_STR(", at: "));
	if (at < 0) /* a class in a chain of dependencies: nobody is said to hold it */
		return true;
	struct od_lock *lock = od_list_push(event->arena, &event->locks);
	if (!lock)
		return true;
	lock->name = od_builder_keep(builder, name);
	lock->address = address;
	lock->comm = builder->holder;
	lock->pid = builder->holder_pid;
	rest = od_str_from_index(rest, (size_t)at + 6);
	if (od_scan_place(&rest, &frame) || od_frame_name(rest, &frame)) {
		od_frame_store(event->arena, &frame, record->line, &lock->frame);
		lock->frame.is_return_address = true;
	}
	return true;
}

/* "2 locks held by comm/123:", then their lines; "no locks held by comm/123." */
static bool take_holder(struct od_builder *builder, struct od_str text)
{
	struct od_str rest = text;
	uint64_t count, pid;

	if (!od_scan_u64(&rest, &count) || (!od_scan_literal(&rest, " locks held by ") && !od_scan_literal(&rest, " lock held by ")))
		return false;
	ptrdiff_t slash = od_str_find_last_char(rest, '/');
	struct od_str digits = od_str_from_index(rest, (size_t)slash + 1);
	if (slash < 1 || !od_scan_u64(&digits, &pid))
		return true;
	builder->holder = od_builder_keep(builder, od_str_first(rest, (size_t)slash));
	builder->holder_pid = od_num(pid);
	if (builder->event->kind == OD_KIND_LOCKDEP_SUSPICIOUS_RCU && !builder->event->pid.known) { /* lockdep_rcu_suspicious(): who printed it */
		builder->event->comm = builder->holder;
		builder->event->pid = builder->holder_pid;
	}
	return true;
}

bool od_take_lockdep_line(struct od_builder *builder, const struct od_record *record)
{
	if (is_lockdep(builder->event->kind) && builder->named &&
	    (take_release(builder, record->text) || take_actor(builder, record->text)))
		return true;
	return take_holder(builder, record->text) || take_lock(builder, record, record->text);
}

/* The log began within the report: the frames that were read are of a chain, not of the task that was caught. */
static void give_frames_to_chain(struct od_builder *builder)
{
	struct od_event *event = builder->event;
	struct od_trace *chain = event->trace.count ? od_list_push(event->arena, &event->traces) : NULL;

	if (!chain)
		return;
	*chain = (struct od_trace){.role = OD_STR("chain")};
	chain->frames.items = event->trace.items;
	chain->frames.count = event->trace.count;
	chain->frames.capacity = event->trace.capacity;
	event->trace.items = NULL;
	event->trace.count = event->trace.capacity = 0;
}

static enum od_take take_stack(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	(void)record;
	(void)rest;
	if (builder->headless)
		give_frames_to_chain(builder);
	od_builder_begin_trace(builder, NULL);
	builder->in_trace = true;
	return OD_TAKE_YES;
}

static enum od_take take_chain(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	(void)record;
	(void)rest;
	od_builder_begin_trace(builder, "chain");
	return OD_TAKE_YES;
}

/* "... which became HARDIRQ-irq-safe at:", "… HARDIRQ-irq-unsafe at:": where lockdep saw the lock first */
static enum od_take take_became(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	bool unsafe = od_str_find(rest, OD_STR("-unsafe at:")) >= 0;
	(void)record;
	od_builder_begin_trace(builder, unsafe ? "irq-unsafe" : "irq-safe");
	builder->in_trace = true;
	return OD_TAKE_YES;
}

bool od_take_releaser(struct od_builder *builder, const struct od_record *record)
{
	struct od_event *event = builder->event;
	struct od_frame_text place;
	struct od_str text = record->text;
	if (event->kind != OD_KIND_LOCKDEP_BAD_UNLOCK || event->has_ip || builder->in_trace || !od_scan_place(&text, &place))
		return false;
	od_builder_set_ip(builder, record, &place);
	event->ip.is_return_address = true;
	return true;
}

static enum od_take take_held(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	(void)rest;
	return take_holder(builder, record->text) ? od_take_known(builder, record, rest) : OD_TAKE_NO;
}

const struct od_rule od_rules_lockdep[] = {
	{"stack backtrace:", take_stack},
	{"-> #", take_chain},
	{"-> (", take_chain},
	{"... which became ", take_became},
	{"but task is already holding lock:", od_take_known},
	{"and this task is already holding:", od_take_known},
	{"which would create a new lock dependency:", od_take_known},
	{"but this new dependency connects a ", od_take_known},
	{"to a HARDIRQ-irq-", od_take_known},
	{"to a SOFTIRQ-irq-", od_take_known},
	{"local_irq_disable();", od_take_known},
	{"context-{", od_take_known},
	{"which lock already depends on the new lock.", od_take_known},
	{"the existing dependency chain (in reverse order) is:", od_take_known},
	{"other info that might help us debug this:", od_take_known},
	{"inconsistent {", od_take_known},
	{"Possible unsafe locking scenario:", od_take_known},
	{"Possible interrupt unsafe locking scenario:", od_take_known},
	{"Chain exists of:", od_take_known},
	{"CPU0", od_take_known},
	{"----", od_take_known},
	{"lock(", od_take_known},
	{"<Interrupt>", od_take_known},
	{"*** DEADLOCK ***", od_take_known},
	{"May be due to missing lock nesting notation", od_take_known},
	{"no locks held by ", od_take_known},
	{"1 lock held by ", take_held},
	{"2 locks held by ", take_held},
	{"3 locks held by ", take_held},
	{"rcu_scheduler_active = ", od_take_known},
	{"but there are no more locks to release!", od_take_known},
	{"INFO: lockdep is turned off.", od_take_known},
	{"turning off the locking correctness validator.", od_take_known},
	{"the code is fine but needs lockdep annotation", od_take_known},
	{"Showing all locks held in the system:", od_take_known},
	{NULL, NULL},
};
