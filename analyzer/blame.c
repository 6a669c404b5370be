// SPDX-License-Identifier: GPL-3.0-or-later
/* Who is to blame: the frame that a person would look at first. The knowledge is in blame.def. */
#include "analyzer/blame.h"

#include "analyzer/analyzer.h"
#include "analyzer/names.h"

enum group {
	NONE = 0,
	REPORT = 1 << 0,
	SANITIZER = 1 << 1,
	LOCK = 1 << 2,
	HELPER = 1 << 3,
	ALLOC = 1 << 4,
	WAIT = 1 << 5,
	DISPATCH = 1 << 6,
	ANSWER = 1 << 7,
	ENTRY = 1 << 8,
	TICK = 1 << 9,
	IRQ = 1 << 10,
	GATE = 1 << 11,
	ASSERT = 1 << 12,
	REPORTING = REPORT | TICK | GATE | ASSERT,
	USUAL = REPORTING | SANITIZER | LOCK | HELPER | ALLOC | ENTRY,
};

static const struct {
	enum group group;
	const char *const *patterns; /* NULL at the end */
} machinery[] = {
#define OD_MACHINERY(group, ...) {group, (const char *const[]){__VA_ARGS__, NULL}},
#include "analyzer/blame.def"
#undef OD_MACHINERY
};

/*
 * INNERMOST: the first frame of the trace that is none of the groups passed over.
 * HANDLER: a sample of a stall may catch the loop anywhere, so the name that every sample shares is taken:
 * the function that the generic code around it called.
 * NAMED: the INNERMOST where the report names its place, else the HANDLER: the whole depth of a stack is to
 * blame, not who happened to notice.
 */
enum search { INNERMOST, HANDLER, NAMED };

/*
 * What is better evidence than the stack of the task that was caught, because the report names it: the place
 * where its first lock was taken (the one that is waited for, or that is still held), the stack from which
 * the lock was first taken in an interrupt, the work that a worker had just done, or
 * the handler that had just returned.
 */
enum lead { TRACE, FIRST_LOCK, IRQ_SAFE, WORK, HANDLER_NAMED };

static const struct policy {
	enum od_kind kind;
	enum search search;
	unsigned pass;
	enum lead lead;
} policies[] = {
	{OD_KIND_SOFT_LOCKUP, HANDLER, USUAL | WAIT | IRQ, TRACE},
	{OD_KIND_HARD_LOCKUP, HANDLER, USUAL | WAIT | IRQ, TRACE},
	{OD_KIND_RCU_STALL, HANDLER, USUAL | WAIT | IRQ, TRACE},
	{OD_KIND_CSD_LOCK, INNERMOST, USUAL | WAIT, TRACE},
	{OD_KIND_PREEMPTIBLE_SMP, INNERMOST, REPORTING | SANITIZER | ENTRY, TRACE}, /* a helper itself used per-CPU data */
	{OD_KIND_HUNG_TASK, INNERMOST, USUAL | WAIT, TRACE},
	{OD_KIND_WORKQUEUE_LOCKUP, INNERMOST, USUAL | WAIT, TRACE},
	{OD_KIND_SCHEDULING_WHILE_ATOMIC, INNERMOST, USUAL | WAIT, TRACE},
	{OD_KIND_SLEEPING_IN_ATOMIC, INNERMOST, USUAL | WAIT, TRACE},
	{OD_KIND_LOCKDEP_CIRCULAR, INNERMOST, USUAL | WAIT, FIRST_LOCK},
	{OD_KIND_LOCKDEP_RECURSIVE, INNERMOST, USUAL | WAIT, TRACE},
	{OD_KIND_LOCKDEP_IRQ_UNSAFE, INNERMOST, USUAL | WAIT, IRQ_SAFE},
	{OD_KIND_LOCKDEP_HELD_FREED, INNERMOST, USUAL | WAIT, FIRST_LOCK},
	{OD_KIND_LOCKDEP_HELD_ON_EXIT, INNERMOST, USUAL | WAIT, FIRST_LOCK},
	{OD_KIND_WORKQUEUE_LEAKED_ATOMIC, INNERMOST, USUAL | WAIT, WORK},
	{OD_KIND_WARNING, INNERMOST, USUAL, HANDLER_NAMED},
	{OD_KIND_STACK_CORRUPTION, NAMED, USUAL | WAIT, TRACE},
};

static const struct policy usual = {.search = INNERMOST, .pass = USUAL};

static const struct policy *policy_of(enum od_kind kind)
{
	for (size_t i = 0; i < sizeof(policies) / sizeof(policies[0]); i++)
		if (policies[i].kind == kind)
			return &policies[i];
	return &usual;
}

static bool matches_any(struct od_str name, const char *const *patterns)
{
	for (size_t i = 0; patterns[i]; i++)
		if (od_str_may_match(name, patterns[i]) && od_str_matches(name, patterns[i]))
			return true;
	return false;
}

/* Modules may be dispatchers (nfnetlink), but their code is nobody's machinery. */
static enum group group_of(const struct od_frame *frame)
{
	const struct od_str name = od_base_name(frame->function);

	for (size_t i = 0; i < sizeof(machinery) / sizeof(machinery[0]); i++)
		if ((frame->module.len == 0 || machinery[i].group & (DISPATCH | ASSERT)) &&
		    matches_any(name, machinery[i].patterns))
			return machinery[i].group;
	return NONE;
}

bool od_is_passage(const struct od_frame *frame)
{
	return group_of(frame) & (REPORTING | ENTRY | DISPATCH | IRQ);
}

bool od_is_machinery(struct od_str function)
{
	const struct od_frame frame = {.function = function};

	return group_of(&frame) & USUAL;
}

/* The frames that are searched, innermost first: `first` (may be NULL), then `frames`. */
struct walk {
	const struct od_frame *first;
	const struct od_frame *frames;
	size_t count, next;
	const struct od_frame *own;	/* marked as unreliable, but sure (may be NULL) */
	bool reliable_only;
	size_t passed, passed_end;	/* unless reliable_only: the unwinder passed over what is unreliable among these frames */
};

/*
 * No function's name: the room before one, for calls that are patched in (arch/x86: CONFIG_CALL_PADDING, >= 6.2), where nothing
 * runs; a mapping symbol of arm ("$x.11": ELF for the Arm Architecture, 5.5.5); what GCC 4.4 and 4.5 put into a function of its own
 * ("T.859"); where a section begins or ends (include/asm-generic/sections.h).
 */
static bool is_no_function(const struct od_frame *frame)
{
	static const char *const names[] = {"__pfx_*", "$*", "T.*", "_stext", "_text", "_sinittext", "_etext", "_end", NULL};
	return matches_any(frame->function, names);
}

/*
 * A return address at a function's first byte is behind the last call of the function before it, which does not return
 * (panic()): the name is of whoever stands there by chance.
 */
static bool is_chance(const struct od_frame *frame)
{
	return frame->is_return_address && frame->offset.known && !frame->offset.value && frame->size.known;
}

static bool is_doubtful(const struct walk *walk, const struct od_frame *frame, size_t at)
{
	if (!frame->unreliable || frame == walk->own)
		return false;
	return walk->reliable_only || (at >= walk->passed && at < walk->passed_end);
}

static const struct od_frame *walk_next(struct walk *walk)
{
	const struct od_frame *frame = walk->first;
	size_t at = SIZE_MAX;

	walk->first = NULL;
	while (!frame || frame->function.len == 0 || is_no_function(frame) || is_chance(frame) || is_doubtful(walk, frame, at)) {
		if (walk->next == walk->count)
			return NULL;
		at = walk->next++;
		frame = &walk->frames[at];
	}
	return frame;
}

static const struct od_frame *find_innermost(struct walk walk, unsigned pass)
{
	const struct od_frame *frame;

	while ((frame = walk_next(&walk)))
		if (!(group_of(frame) & pass))
			return frame;
	return NULL;
}

static const struct od_frame *find_handler(struct walk walk, unsigned pass)
{
	const struct walk whole = walk;
	const struct od_frame *frame, *candidate = NULL;

	while ((frame = walk_next(&walk))) {
		enum group group = group_of(frame);
		if (group == ANSWER)
			return frame;
		if (group & (DISPATCH | ENTRY | IRQ) && candidate)
			return candidate;
		if (!(group & (pass | DISPATCH)))
			candidate = frame;
	}
	return find_innermost(whole, pass | DISPATCH);
}

/* Whether the sample of a stall caught the loop in which a lock is waited for (kernel/locking/qspinlock.c, qrwlock.c). */
static bool is_spinning(const struct walk *walk)
{
	static const char *const loops[] = {"*queued_spin_lock_slowpath", "queued_read_lock_slowpath", "queued_write_lock_slowpath",
					    "text.lock.*", "_spin_lock*", "_read_lock*", "_write_lock*"}; /* these to 2.6.32, whose loops are their own */
	const struct od_frame *first = walk->first ? walk->first : walk->next < walk->count ? &walk->frames[walk->next] : NULL;

	for (size_t i = 0; first && i < sizeof(loops) / sizeof(loops[0]); i++)
		if (od_str_matches(od_base_name(first->function), loops[i]))
			return true;
	return false;
}

static const struct od_frame *search(const struct policy *policy, struct walk walk)
{
	if (policy->search == HANDLER && is_spinning(&walk)) /* who spins is who takes the lock */
		return find_innermost(walk, policy->pass);
	if (policy->search == NAMED && walk.first) /* a helper whose own frame was overwritten is no helper here */
		return find_innermost(walk, policy->pass & ~(unsigned)(HELPER | ALLOC));
	return policy->search == INNERMOST ? find_innermost(walk, policy->pass) : find_handler(walk, policy->pass);
}

/* All is machinery: rather a helper than nothing, and rather what took a lock than the lock. Who sleeps says nothing of a wait. */
static const struct od_frame *find_helper(const struct policy *policy, struct walk walk)
{
	const unsigned pass = REPORTING | SANITIZER | ENTRY | (policy->pass & (WAIT | IRQ));
	const struct od_frame *found = find_innermost(walk, pass | LOCK);

	return found ? found : find_innermost(walk, pass);
}

/* The first `count` places at which locks were taken. */
static const struct od_frame *search_locks(const struct policy *policy, const struct od_event *event, size_t count)
{
	for (size_t i = 0; i < event->locks.count && i < count; i++) {
		const struct od_frame *frame = &event->locks.items[i].frame;
		if (frame->function.len && !(group_of(frame) & policy->pass))
			return frame;
	}
	return NULL;
}

static const struct od_frame *search_role(const struct policy *policy, const struct od_event *event, const char *role)
{
	const struct od_frame *found = NULL;

	for (size_t i = 0; !found && i < event->traces.count; i++) {
		const struct od_trace *trace = &event->traces.items[i];
		if (od_str_equal(trace->role, od_str_from(role)))
			found = find_innermost((struct walk){.frames = trace->frames.items, .count = trace->frames.count},
					       policy->pass);
	}
	return found;
}

static const struct od_frame *follow_lead(const struct policy *policy, const struct od_event *event)
{
	static const char *const roles[] = {
		[TRACE] = NULL, [IRQ_SAFE] = "irq-safe", [WORK] = "last-work", [HANDLER_NAMED] = "last-work",
	};
	const bool locks = policy->lead != TRACE && policy->lead != HANDLER_NAMED;
	const struct od_frame *found = NULL;

	if (roles[policy->lead])
		found = search_role(policy, event, roles[policy->lead]);
	return found || !locks ? found : search_locks(policy, event, 1);
}

/* The tick may be caught as it sends the NMI to all CPUs, and waits for its controller: what it called by then is above this frame. */
static size_t behind_the_request(const struct od_frame *frames, size_t count)
{
	enum { NEAR = 10 };

	if (!count || group_of(&frames[0]) & (REPORT | TICK)) /* it was shown by itself, and not caught */
		return 0;
	for (size_t i = 0; i < count && i < NEAR; i++)
		if (od_str_matches(frames[i].function, "arch_trigger_*backtrace"))
			return i;
	return 0;
}

/*
 * A stall is sampled by the timer's tick or an NMI, whose own frames stand above what they interrupted: how many these are.
 * All, where the trace ends among them. Not all gates are known, and a thread may sample as well: then names decide.
 */
static size_t behind_the_sample(const struct od_frame *frames, size_t count)
{
	enum { DEEPEST = 10 }; /* from the tick to the gate: arm with a chained controller, kernel/irq/handle.c, chip.c */
	const size_t asked = behind_the_request(frames, count);
	size_t ticked = 0;

	for (size_t i = asked; i < count; i++) {
		enum group group = group_of(&frames[i]);
		if (group == ENTRY || (i == asked && !(group & (REPORT | TICK))))
			return 0;
		if (ticked && group == GATE)
			return i + 1;
		if (group == TICK)
			ticked = i + 1;
	}
	return ticked && count - ticked < DEEPEST ? count : 0;
}

/* Stacks of other CPUs and tasks in a stall's report: the stuck one may be among them. */
static const struct od_frame *search_others(const struct policy *policy, const struct od_event *event)
{
	const struct od_frame *found = NULL;

	for (size_t i = 0; policy->search == HANDLER && !found && i < event->traces.count; i++) {
		const struct od_frame *frames = event->traces.items[i].frames.items;
		const size_t count = event->traces.items[i].frames.count;
		found = search(policy, (struct walk){.frames = frames,
						     .count = count,
						     .next = behind_the_sample(frames, count),
						     .reliable_only = true});
	}
	return found;
}

/* After a jump to nowhere the link register still names the function that jumped. */
static const struct od_frame *first_frame(const struct od_event *event)
{
	if (event->has_lr && event->lr.function.len && !(event->has_ip && event->ip.function.len))
		return &event->lr;
	return event->has_ip ? &event->ip : NULL;
}

/*
 * What panic() and the end of an oops call by themselves, notifiers and dumpers of the log, stands above them in the trace:
 * the report's cause is below.
 */
static size_t behind_the_end(const struct od_event *event)
{
	enum { NEAR = 16 };
	static const char *const ends[] = {"panic", "vpanic", "nmi_panic*", "die", "oops_end", NULL};
	size_t behind = 0;

	for (size_t i = 0; i < event->trace.count && i < NEAR; i++)
		if (!event->trace.items[i].unreliable && matches_any(od_base_name(event->trace.items[i].function), ends))
			behind = i + 1;
	return behind;
}

/*
 * The first frame, in parentheses, is the return address that the innermost frame holds for what it last called: of the function of that frame, be
 * it the one of the registers, or the caller of one that has no frame (arch/s390/kernel/traps.c, __show_trace(), 2.6.9 to 4.x).
 */
static const struct od_frame *find_own(const struct od_event *event)
{
	const bool doubted = event->arch && event->arch->doubts_own_frame;
	size_t first = 0;

	while (first < event->trace.count && !event->trace.items[first].function.len) /* "0x0": where it jumped to */
		first++;
	return doubted && first < event->trace.count ? &event->trace.items[first] : NULL;
}

/* Behind this frame: the unwinder left the report's own functions, and did not reach the stack's end. */
static bool goes_on_behind(const struct od_event *event, const struct walk *walk, size_t at)
{
	const enum group group = group_of(&walk->frames[at]);
	bool left = event->has_ip || !(group & (REPORT | TICK));

	for (size_t i = at + 1; !left && i < walk->count; i++)
		left = group_of(&walk->frames[i]) == ENTRY;
	return left && group != ENTRY;
}

/*
 * With `?` x86 prints what its unwinder passed over on the stack (arch/x86/kernel/dumpstack.c: show_trace_log_lvl(), before 4.9
 * print_context_stack()): what lies between two frames that it found is no caller. Above the first one it may be, where the place
 * is known: a function that has no frame of its own yet hides its caller (unwind_frame.c). Behind the last one it is all there is.
 */
static struct walk doubt(const struct od_event *event, struct walk walk)
{
	size_t i = event->has_ip && walk.count && od_str_equal(walk.frames[0].function, event->ip.function) ? 1 : 0;

	walk.reliable_only = false;
	while (event->has_ip && i < walk.count && walk.frames[i].unreliable)
		i++;
	walk.passed = i;
	for (i = walk.count; i > 0 && walk.frames[i - 1].unreliable; i--)
		;
	if (i > 0)
		walk.passed_end = goes_on_behind(event, &walk, i - 1) ? i : walk.count;
	return walk;
}

/* What is searched in, and how. */
struct matter {
	const struct policy *policy;
	const struct od_event *event;
	struct walk walk;
};

static const struct od_frame *by_lead(const struct matter *matter)
{
	return follow_lead(matter->policy, matter->event);
}

static const struct od_frame *by_stack(const struct matter *matter)
{
	return search(matter->policy, matter->walk);
}

static const struct od_frame *by_other_stacks(const struct matter *matter)
{
	return search_others(matter->policy, matter->event);
}

/* Rather a dispatcher than a frame that may be none. */
static const struct od_frame *by_dispatcher(const struct matter *matter)
{
	return find_innermost(matter->walk, matter->policy->pass);
}

static const struct od_frame *by_any_lock(const struct matter *matter)
{
	return search_locks(matter->policy, matter->event, matter->event->locks.count);
}

/* Rather a helper that took a lock than nobody: it is what the report names first. */
static const struct od_frame *by_lock_of_helper(const struct matter *matter)
{
	const struct od_event *event = matter->event;
	const struct od_frame *frame = matter->policy->lead == FIRST_LOCK && event->locks.count ? &event->locks.items[0].frame : NULL;

	return frame && frame->function.len && !(group_of(frame) & (REPORTING | LOCK)) ? frame : NULL;
}

static const struct od_frame *by_doubtful_stack(const struct matter *matter)
{
	return search(matter->policy, doubt(matter->event, matter->walk));
}

/* Of a helper whose trace is not in the log: who called it last. */
static const struct od_frame *by_link_register(const struct matter *matter)
{
	const struct od_event *event = matter->event;
	const bool alone = !event->trace.count && event->has_lr && event->lr.function.len;

	return alone && !(group_of(&event->lr) & matter->policy->pass) ? &event->lr : NULL;
}

static const struct od_frame *by_helper(const struct matter *matter)
{
	return find_helper(matter->policy, matter->walk);
}

static const struct od_frame *by_doubtful_helper(const struct matter *matter)
{
	return find_helper(matter->policy, doubt(matter->event, matter->walk));
}

/* A sanitizer's own code that faults, as at its start, reports nothing: it is to blame itself. */
static const struct od_frame *by_broken_sanitizer(const struct matter *matter)
{
	const struct od_event *event = matter->event;
	const bool faults = event->has_ip && od_kinds[event->kind].severity == OD_SEVERITY_OOPS;

	return faults && group_of(&event->ip) == SANITIZER ? &event->ip : NULL;
}

/* What is freed a second time was freed wrongly once: by whom the report tells, where it shows no stack of its own. */
static const struct od_frame *by_first_free(const struct matter *matter)
{
	const struct od_event *event = matter->event;
	const bool twice = event->kind == OD_KIND_SLAB_CORRUPTION && od_str_find(event->header, OD_STR("already free")) > 0;

	return twice ? search_role(matter->policy, event, "free") : NULL;
}

/* A report of memory that shows no stack of its own: whose memory it is. */
static const struct od_frame *by_allocation(const struct matter *matter)
{
	return search_role(matter->policy, matter->event, "alloc");
}

/* A pool of workers that shows no stack: what they were at. */
static const struct od_frame *by_work_in_flight(const struct matter *matter)
{
	return search_role(matter->policy, matter->event, "in-flight");
}

/* Who sleeps stands in no stack: who forbade it. */
static const struct od_frame *by_preemption(const struct matter *matter)
{
	return search_role(matter->policy, matter->event, "preemption-disabled");
}

/* The best evidence first; the first that finds somebody counts. */
static const struct od_frame *(*const evidence[])(const struct matter *matter) = {
	by_lead, by_stack, by_other_stacks, by_dispatcher, by_any_lock, by_doubtful_stack, by_link_register,
	by_helper, by_doubtful_helper, by_broken_sanitizer, by_first_free, by_allocation, by_work_in_flight, by_preemption, by_lock_of_helper,
};

void od_blame(struct od_event *event)
{
	struct matter matter = {
		.policy = policy_of(event->kind),
		.event = event,
		.walk = {.first = first_frame(event),
			 .frames = event->trace.items,
			 .count = event->trace.count,
			 .next = behind_the_end(event),
			 .own = find_own(event),
			 .reliable_only = true},
	};
	const bool sampled = matter.policy->search == HANDLER;
	const size_t behind = sampled ? behind_the_sample(event->trace.items, event->trace.count) : 0;

	if (behind > matter.walk.next)
		matter.walk.next = behind;
	if (behind && behind_the_request(event->trace.items, event->trace.count)) /* the registers are of who asked */
		matter.walk.first = NULL;
	event->responsible = NULL;
	for (size_t i = 0; i < sizeof(evidence) / sizeof(evidence[0]) && !event->responsible; i++)
		event->responsible = evidence[i](&matter);
}
