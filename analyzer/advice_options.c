// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Which option of the kernel would catch such a thing earlier, or tell more: advised where the architecture
 * and the release have it, and the log does not show that it is on already. Sources: the Kconfig files and
 * documents named in the rows, 6.12, and Documentation/features/debug/KASAN/arch-support.txt; for guarded stacks
 * HAVE_ARCH_VMAP_STACK in arch/.../Kconfig, which x86 selects for X86_64 only.
 */
#include "analyzer/address.h"
#include "analyzer/explain.h"
#include "analyzer/phrase.h"
#include "analyzer/poison.h"

/* What a log shows of the kernel's configuration. */
enum seen {
	NOTHING = 0,
	KASAN = 1 << 0,
	LOCKDEP = 1 << 1, /* LOCKDEP, and so most likely PROVE_LOCKING */
	SLUB = 1 << 2, /* slub_debug on the command line, or SLUB_DEBUG_ON */
	VMAP_STACK = 1 << 3,
	PREEMPT = 1 << 4, /* DEBUG_PREEMPT */
	OWNER = 1 << 5, /* DETECT_HUNG_TASK_BLOCKER */
};

/* Where an option exists. */
enum where { EVERYWHERE, WITH_KASAN, WITHOUT_KASAN, WITH_VMAP_STACK };

static const struct {
	const char *arch;
	unsigned kasan, vmap_stack; /* the first release: major * 100 + minor; 0: none */
} arches[] = {
	{"x86_64", 400, 409}, {"arm64", 404, 414}, {"arm", 511, 518}, {"riscv64", 507, 514},
	{"s390x", 420, 420},  {"ppc32", 502, 506}, {"ppc64", 601, 0}, {"loongarch64", 606, 0},
	{"xtensa", 416, 0},
};

static const struct option {
	enum od_kind first, last;
	const char *class_name; /* only with this finding; NULL: always */
	unsigned shown; /* not where the log shows one of these */
	enum where where;
	unsigned since; /* release, as above */
	const char *text, *reference;
} options[] = {
	{OD_KIND_STACK_SEGMENT, OD_KIND_STACK_SEGMENT, NULL, KASAN, WITH_KASAN, 0,
	 "A kernel with CONFIG_KASAN checks variables on the stack as well.",
	 "Documentation/dev-tools/kasan.rst"},
	{OD_KIND_STACK_CORRUPTION, OD_KIND_STACK_CORRUPTION, NULL, KASAN, WITH_KASAN, 0,
	 "A kernel with CONFIG_KASAN stops at the write behind the array.",
	 "Documentation/dev-tools/kasan.rst"},
	{OD_KIND_LIST_CORRUPTION, OD_KIND_REFCOUNT, NULL, KASAN, WITH_KASAN, 0,
	 "If the object may have been freed: a kernel with CONFIG_KASAN tells who freed it.",
	 "Documentation/dev-tools/kasan.rst"},
	{OD_KIND_BAD_PAGE_STATE, OD_KIND_BAD_PAGE_STATE, NULL, KASAN, WITH_KASAN, 0,
	 "A kernel with CONFIG_KASAN stops at an access to a page that was freed.",
	 "Documentation/dev-tools/kasan.rst"},
	{OD_KIND_SLAB_CORRUPTION, OD_KIND_SLAB_CORRUPTION, NULL, KASAN, WITH_KASAN, 0,
	 "A kernel with CONFIG_KASAN stops at the write, not when the damage is found.",
	 "Documentation/dev-tools/kasan.rst"},
	{OD_KIND_PAGING_REQUEST, OD_KIND_PAGING_REQUEST, NULL, KASAN | SLUB, WITHOUT_KASAN, 206,
	 "Boot with slub_debug=FZPU (slab_debug= from 6.9): freed objects are marked, and writes behind "
	 "their end are found.",
	 "Documentation/mm/slab.rst"},
	{OD_KIND_NULL_DEREF, OD_KIND_GPF, "gone-module-code", NOTHING, EVERYWHERE, 300,
	 "A kernel with CONFIG_DEBUG_OBJECTS_TIMERS and CONFIG_DEBUG_OBJECTS_WORK reports timers and work "
	 "items that are freed while "
	 "they are pending.",
	 "lib/Kconfig.debug"},
	{OD_KIND_NULL_DEREF, OD_KIND_KASAN_UAF, "use-after-free-callback", NOTHING, EVERYWHERE, 300,
	 "A kernel with CONFIG_DEBUG_OBJECTS_TIMERS and CONFIG_DEBUG_OBJECTS_WORK reports timers and work "
	 "items that are freed while "
	 "they are pending.",
	 "lib/Kconfig.debug"},
	{OD_KIND_DIVIDE_ERROR, OD_KIND_DIVIDE_ERROR, "divide-by-zero", NOTHING, EVERYWHERE, 510,
	 "A kernel with CONFIG_UBSAN_DIV_ZERO names the line of the division.", "lib/Kconfig.ubsan"},
	{OD_KIND_DOUBLE_FAULT, OD_KIND_DOUBLE_FAULT, NULL, VMAP_STACK, WITH_VMAP_STACK, 0,
	 "A kernel with CONFIG_VMAP_STACK has a guard page below each stack and gives an overflow a clear "
	 "name.",
	 "Documentation/mm/vmalloced-kernel-stacks.rst"},
	{OD_KIND_HUNG_TASK, OD_KIND_HUNG_TASK, "waits", OWNER, EVERYWHERE, 616,
	 "A kernel with CONFIG_DETECT_HUNG_TASK_BLOCKER names the owner of the lock that a task waits for.",
	 "lib/Kconfig.debug of 6.16"},
	{OD_KIND_HUNG_TASK, OD_KIND_HUNG_TASK, "waits", LOCKDEP | OWNER, EVERYWHERE, 206,
	 "A kernel with CONFIG_PROVE_LOCKING lists which task holds which lock, and reports a wrong order of "
	 "locks before it hangs.",
	 "Documentation/locking/lockdep-design.rst"},
	{OD_KIND_SOFT_LOCKUP, OD_KIND_RCU_STALL, "stalled-waiting", LOCKDEP, EVERYWHERE, 206,
	 "A kernel with CONFIG_PROVE_LOCKING reports a deadlock of locks when it becomes possible, and the "
	 "locks that are held.",
	 "Documentation/locking/lockdep-design.rst"},
	{OD_KIND_SLEEPING_IN_ATOMIC, OD_KIND_SCHEDULING_WHILE_ATOMIC, NULL, LOCKDEP, EVERYWHERE, 206,
	 "A kernel with CONFIG_PROVE_LOCKING lists the locks that are held.",
	 "Documentation/locking/lockdep-design.rst"},
	{OD_KIND_SLEEPING_IN_ATOMIC, OD_KIND_SLEEPING_IN_ATOMIC, "sleep-atomic", PREEMPT, EVERYWHERE, 409,
	 "A kernel with CONFIG_DEBUG_PREEMPT tells where preemption was disabled.", "kernel/sched/core.c"},
	{OD_KIND_SCHEDULING_WHILE_ATOMIC, OD_KIND_SCHEDULING_WHILE_ATOMIC, NULL, PREEMPT, EVERYWHERE, 301,
	 "A kernel with CONFIG_DEBUG_ATOMIC_SLEEP reports at the first call that may sleep; with "
	 "CONFIG_DEBUG_PREEMPT it tells where "
	 "preemption was disabled.",
	 "lib/Kconfig.debug"},
	{OD_KIND_UNREGISTER_NETDEVICE, OD_KIND_UNREGISTER_NETDEVICE, NULL, NOTHING, EVERYWHERE, 517,
	 "A kernel with CONFIG_NET_DEV_REFCNT_TRACKER tells who took the reference.", "net/Kconfig.debug"},
};

static bool any_frame(const struct od_event *event, const char *start)
{
	for (size_t i = 0; i < event->trace.count && i < 64; i++)
		if (od_str_starts(event->trace.items[i].function, od_str_from(start)))
			return true;
	return false;
}

static bool holds_mark(const struct od_event *event)
{
	struct od_poison poison;
	bool found = event->fault.address.known && od_poison_find(event->fault.address.value, &poison) &&
		     !strcmp(poison.name, "POISON_FREE");

	for (size_t i = 0; !found && i < event->registers.count; i++)
		found = od_poison_find(event->registers.items[i].value, &poison) && !strcmp(poison.name, "POI"
													 "SON"
													 "_FR"
													 "E"
													 "E");
	return found;
}

static bool has_role(const struct od_event *event, const char *role)
{
	for (size_t i = 0; i < event->traces.count; i++)
		if (od_str_equal(event->traces.items[i].role, od_str_from(role)))
			return true;
	return false;
}

/* Only with VMAP_STACK does a stack lie among the areas of vmalloc(). */
static bool has_vmap_stack(const struct od_event *event)
{
	struct od_num sp = od_event_register(event, "rsp");

	return event->kind == OD_KIND_STACK_OVERFLOW ||
	       (sp.known && od_address_region(event, sp.value) == OD_REGION_VMALLOC);
}

static bool has_finding(const struct od_event *event, const char *class_name)
{
	for (size_t i = 0; i < event->findings.count; i++)
		if (!strcmp(event->findings.items[i].class_name, class_name))
			return true;
	return false;
}

static unsigned seen_options(const struct od_event *event)
{
	const bool kasan_kind = event->kind >= OD_KIND_KASAN_UAF && event->kind <= OD_KIND_KASAN_OTHER;
	unsigned seen = NOTHING;

	if (kasan_kind || od_str_find(event->die_options, OD_STR("KASAN")) >= 0 ||
	    any_frame(event, "kasan_") || any_frame(event, "__asan_"))
		seen |= KASAN;
	if (event->locks.count || any_frame(event, "lock_acquire") || any_frame(event, "__lock_acquire") ||
	    any_frame(event, "lockdep_"))
		seen |= LOCKDEP;
	if (event->kind == OD_KIND_SLAB_CORRUPTION || holds_mark(event))
		seen |= SLUB;
	if (has_vmap_stack(event))
		seen |= VMAP_STACK;
	if (has_role(event, "preemption-disabled"))
		seen |= PREEMPT;
	if (has_finding(event, "waits-for-owner"))
		seen |= OWNER;
	return seen;
}

/* "6.12.0-1-amd64": 612; unknown: the newest, which has all. */
static unsigned release_of(const struct od_event *event)
{
	struct od_str rest = event->kernel_release;
	uint64_t major, minor;

	if (!od_scan_u64(&rest, &major) || !od_scan_char(&rest, '.') || !od_scan_u64(&rest, &minor) ||
	    major > 99 || minor > 99)
		return UINT32_MAX;
	return (unsigned)(major * 100 + minor);
}

static bool exists(const struct od_event *event, enum where where)
{
	unsigned kasan = 0, vmap_stack = 0;

	for (size_t i = 0; event->arch && i < sizeof(arches) / sizeof(arches[0]); i++) {
		if (strcmp(arches[i].arch, event->arch->name) != 0)
			continue;
		kasan = arches[i].kasan;
		vmap_stack = arches[i].vmap_stack;
	}
	const bool has_kasan = kasan && release_of(event) >= kasan;
	switch (where) {
	case WITH_KASAN:
		return has_kasan;
	case WITHOUT_KASAN:
		return event->arch && !has_kasan;
	case WITH_VMAP_STACK:
		return vmap_stack && release_of(event) >= vmap_stack;
	default:
		return true;
	}
}

void od_advise_options(struct od_event *event)
{
	const unsigned seen = seen_options(event);

	for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++) {
		const struct option *option = &options[i];
		if (event->kind < option->first || event->kind > option->last || option->shown & seen ||
		    release_of(event) < option->since || !exists(event, option->where) ||
		    (option->class_name && !has_finding(event, option->class_name)))
			continue;
		od_phrase_advise(event, od_str_from(option->text));
	}
}

bool od_kasan_is_at_hand(const struct od_event *event)
{
	return exists(event, WITH_KASAN) && !(seen_options(event) & KASAN);
}
