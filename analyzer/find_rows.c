// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzer/finding.h"

/* Shorthands for the kinds that a class is asked about. */
#define ONE(kind) OD_KIND_##kind, OD_KIND_##kind
#define FAULTS OD_KIND_NULL_DEREF, OD_KIND_ALIGNMENT

static const char list_source[] = "lib/list_debug.c";
static const char refcount_source[] = "lib/refcount.c, include/linux/refcount.h";
static const char poison_source[] = "include/linux/poison.h";
static const char sleep_source[] = "kernel/sched/core.c, include/linux/preempt.h";
static const char stall_source[] = "kernel/rcu/tree_stall.h, Documentation/RCU/stallwarn.rst";
static const char oom_source[] = "mm/oom_kill.c, mm/show_mem.c";
static const char kasan_source[] = "Documentation/dev-tools/kasan.rst";
static const char bug_source[] = "include/asm-generic/bug.h, include/linux/lockdep.h";
static const char gone_source[] = "kernel/module/main.c, Documentation/kernel-hacking/hacking.rst";

const struct od_find_row od_find_rows[] = {
	{"assertion", ONE(BUG_ON), od_find_condition, NULL, NULL, bug_source},
	{"assertion", ONE(WARNING), od_find_condition, NULL, NULL, bug_source},
	{"assertion", ONE(LOCKDEP_SUSPICIOUS_RCU), od_find_condition, NULL, NULL, bug_source},

	{"list-removed-twice", ONE(LIST_CORRUPTION), od_find_list_poison, "is LIST_POISON", NULL,
	 list_source},
	{"list-added-twice", ONE(LIST_CORRUPTION), od_find_list_twice, "double add: new=", NULL, list_source},
	{"list-broken-link", ONE(LIST_CORRUPTION), od_find_list_link, "should be ", NULL, list_source},
	{"list-null-link", ONE(LIST_CORRUPTION), od_find_list_null, " is NULL", NULL, list_source},

	{"refcount-underflow", ONE(REFCOUNT), od_find_refcount, "refcount_t: underflow",
	 "dropped a reference that nobody held (REFCOUNT_SUB_UAF): the counter was already 0, so the object "
	 "may have been freed",
	 refcount_source},
	{"refcount-revived", ONE(REFCOUNT), od_find_refcount, "refcount_t: addition on 0",
	 "took a reference to an object whose last one was already dropped (REFCOUNT_ADD_UAF): it is being "
	 "freed, or is freed",
	 refcount_source},
	{"refcount-revived", ONE(REFCOUNT), od_find_refcount, "refcount_t: increment on 0",
	 "took a reference to an object whose last one was already dropped: it is being freed, or is freed",
	 refcount_source},
	{"refcount-saturated", ONE(REFCOUNT), od_find_refcount, "refcount_t: saturated",
	 "took more references than a counter can hold, or used a counter that had gone wrong before "
	 "(REFCOUNT_ADD_OVF): it stays at its limit, and the object is leaked",
	 refcount_source},
	{"refcount-leaked", ONE(REFCOUNT), od_find_refcount, "refcount_t: decrement hit 0",
	 "dropped the last reference with refcount_dec(), which frees nothing (REFCOUNT_DEC_LEAK): the "
	 "object is leaked, or a reference is missing",
	 refcount_source},

	{"stack-recursion", ONE(DOUBLE_FAULT), od_find_recursion, NULL, NULL,
	 "Documentation/mm/vmalloced-kernel-stacks.rst"},
	{"stack-recursion", ONE(STACK_OVERFLOW), od_find_recursion, NULL, NULL,
	 "Documentation/mm/vmalloced-kernel-stacks.rst"},
	{"stack-guard-page", ONE(STACK_OVERFLOW), od_find_guard_page, "guard page was hit", NULL,
	 "arch/x86/kernel/traps.c"},
	{"stack-end", ONE(STACK_OVERFLOW), od_find_stack_end, NULL, NULL, "arch/arm64/kernel/traps.c"},
	{"stack-end", ONE(DOUBLE_FAULT), od_find_stack_end, NULL, NULL, "arch/x86/kernel/traps.c"},
	{"stack-pointer-lost", ONE(DOUBLE_FAULT), od_find_stack_lost, NULL, NULL, "arch/x86/kernel/traps.c"},

	{"sleep-irqs-disabled", ONE(SLEEPING_IN_ATOMIC), od_find_sleep_irqs, NULL, NULL, sleep_source},
	{"sleep-atomic", ONE(SLEEPING_IN_ATOMIC), od_find_sleep_preempt, NULL, NULL, sleep_source},
	{"sleep-rcu-reader", ONE(SLEEPING_IN_ATOMIC), od_find_sleep_rcu, NULL, NULL, sleep_source},
	{"schedule-atomic", ONE(SCHEDULING_WHILE_ATOMIC), od_find_schedule, "scheduling while atomic: ", NULL,
	 sleep_source},

	{"lock-cycle", ONE(LOCKDEP_CIRCULAR), od_find_lock_cycle, NULL, NULL,
	 "Documentation/locking/lockdep-design.rst"},
	{"lock-recursion", ONE(LOCKDEP_RECURSIVE), od_find_lock_recursion, NULL, NULL,
	 "Documentation/locking/lockdep-design.rst"},
	{"lock-usage", ONE(LOCKDEP_INCONSISTENT), od_find_lock_usage, "inconsistent {", NULL,
	 "kernel/locking/lockdep.c"},

	{"waits-for-owner", ONE(HUNG_TASK), od_find_owner, NULL, NULL, "kernel/hung_task.c of 6.17"},
	{"waits-for-holder", ONE(HUNG_TASK), od_find_holder, NULL, NULL,
	 "kernel/locking/lockdep.c (debug_show_all_locks())"},
	{"waits", ONE(HUNG_TASK), od_find_wait, NULL, NULL, "kernel/hung_task.c"},
	{"stalled-waiting", OD_KIND_SOFT_LOCKUP, OD_KIND_RCU_STALL, od_find_stall_place, NULL, NULL,
	 stall_source},
	{"rcu-thread-starved", ONE(RCU_STALL), od_find_starved, "kthread starved for ",
	 "RCU's own kernel thread was not given a CPU", stall_source},
	{"rcu-timer-lost", ONE(RCU_STALL), od_find_starved, "kthread timer wakeup didn't happen for ",
	 "RCU's own timer did not fire: timers do not work on a CPU", stall_source},
	{"no-timer-ticks", ONE(RCU_STALL), od_find_no_ticks, " ticks this GP)", NULL, stall_source},

	{"memory-eater", ONE(OOM), od_find_oom_eater, NULL, NULL, oom_source},
	{"cgroup-limit", ONE(OOM), od_find_oom_limit, NULL, NULL, "Documentation/admin-guide/cgroup-v2.rst"},
	{"kernel-memory-eater", ONE(OOM), od_find_oom_slab, "slab_unreclaimable:", NULL, oom_source},

	{"use-after-free", ONE(KASAN_UAF), od_find_kasan_freed, NULL, NULL, kasan_source},
	{"use-after-free", ONE(KFENCE), od_find_kasan_freed, NULL, NULL,
	 "Documentation/dev-tools/kfence.rst"},
	{"out-of-bounds", ONE(KASAN_OOB), od_find_kasan_bounds, NULL, NULL, kasan_source},
	{"use-after-free-callback", ONE(KASAN_UAF), od_find_callback, NULL, NULL, gone_source},

	{"null-pointer", FAULTS, od_find_address, NULL, NULL, "Documentation/admin-guide/bug-hunting.rst"},
	{"null-pointer-member", FAULTS, od_find_address, NULL, NULL,
	 "Documentation/admin-guide/bug-hunting.rst"},
	{"error-pointer", FAULTS, od_find_address, NULL, NULL, "include/linux/err.h"},
	{"use-after-free", FAULTS, od_find_address, NULL, NULL, poison_source},
	{"list-poison", FAULTS, od_find_address, NULL, NULL, poison_source},
	{"uninitialised", FAULTS, od_find_address, NULL, NULL,
	 "include/linux/poison.h, security/Kconfig.hardening"},
	{"poison", FAULTS, od_find_address, NULL, NULL, poison_source},
	{"user-pointer", ONE(USER_ACCESS), od_find_user_access, NULL, NULL,
	 "Documentation/security/self-protection.rst"},
	{"user-exec", ONE(USER_EXEC), od_find_user_access, NULL, NULL,
	 "Documentation/security/self-protection.rst"},
	{"non-canonical", FAULTS, od_find_not_canonical, NULL, NULL, "Documentation/arch/x86/x86_64/mm.rst"},
	{"read-only-write", FAULTS, od_find_read_only, NULL, NULL,
	 "Documentation/security/self-protection.rst"},
	{"out-of-bounds", FAULTS, od_find_run_off, NULL, NULL, "mm/vmalloc.c"},
	{"gone-module-code", FAULTS, od_find_gone_code, NULL, NULL, gone_source},
	{"use-after-free-callback", FAULTS, od_find_callback, NULL, NULL, gone_source},
	{"one-bit", FAULTS, od_find_bit, NULL, NULL, "Documentation/arch/x86/x86_64/mm.rst"},
	{"one-bit-code", OD_KIND_NULL_DEREF, OD_KIND_TRAP, od_find_code_bit, "one bit of ", NULL,
	 "Documentation/admin-guide/RAS/main.rst"},

	{"divide-by-zero", ONE(DIVIDE_ERROR), od_find_divide, NULL, NULL, "Intel SDM volume 2A, DIV"},
	{"divide-overflow", ONE(DIVIDE_ERROR), od_find_divide, NULL, NULL, "Intel SDM volume 2A, DIV"},
};

const size_t od_find_row_count = sizeof(od_find_rows) / sizeof(od_find_rows[0]);
