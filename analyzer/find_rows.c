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
static const char spin_source[] = "kernel/locking/spinlock_debug.c";
static const char slab_source[] = "mm/slub.c";
static const char odebug_source[] = "lib/debugobjects.c";
static const char page_source[] = "mm/page_alloc.c";
static const char ubsan_source[] = "lib/ubsan.c";
static const char free_list_claim[] = "The list of free objects, which is kept in the free objects "
				      "themselves, was overwritten: by a write after a "
				      "free, or behind the end of the neighbour";
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
	{"lock-order-softirq", ONE(LOCKDEP_IRQ_UNSAFE), od_find_lock_order, "SOFTIRQ-safe -> ", NULL,
	 "kernel/locking/lockdep.c"},
	{"lock-order-irq", ONE(LOCKDEP_IRQ_UNSAFE), od_find_lock_order, "HARDIRQ-safe -> ", NULL,
	 "kernel/locking/lockdep.c"},
	{"lock-waits-too-long", ONE(LOCKDEP_INVALID_WAIT_CONTEXT), od_find_wait_context, "context-{", NULL,
	 "kernel/locking/lockdep.c, include/linux/lockdep_types.h"},

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

	{"spinlock-not-initialised", ONE(SPINLOCK), od_find_words, "bad magic",
	 "{f} used a spinlock that is none: its memory was never initialised, was freed, or was overwritten",
	 spin_source},
	{"spinlock-recursion", ONE(SPINLOCK), od_find_words, "recursion",
	 "{f} takes a spinlock that this CPU already holds", spin_source},
	{"spinlock-not-held", ONE(SPINLOCK), od_find_words, "already unlocked",
	 "{f} releases a spinlock that nobody holds", spin_source},
	{"spinlock-not-held", ONE(SPINLOCK), od_find_words, "wrong owner",
	 "{f} releases a spinlock that another task took", spin_source},
	{"spinlock-not-held", ONE(SPINLOCK), od_find_words, "wrong CPU",
	 "{f} releases a spinlock that another CPU took", spin_source},
	{"spinlock-stuck", ONE(SPINLOCK), od_find_words, "lockup suspected",
	 "{f} spins for a spinlock that does not become free: its holder does not release it, or waits for "
	 "this CPU",
	 spin_source},
	{"lock-left-held", ONE(LOCKDEP_HELD_ON_EXIT), od_find_held, NULL,
	 "still holds it where the task leaves the kernel or ends", "kernel/locking/lockdep.c"},
	{"lock-left-held", ONE(WORKQUEUE_LEAKED_ATOMIC), od_find_held, NULL,
	 "still holds it where the work function returns", "kernel/workqueue.c"},
	{"lock-freed", ONE(LOCKDEP_HELD_FREED), od_find_held, NULL,
	 "the memory that holds the lock is freed before it is released", "kernel/locking/lockdep.c"},

	{"slab-used-after-free", ONE(SLAB_CORRUPTION), od_find_words, "Poison overwritten",
	 "Something wrote to a heap object after it was freed: the bytes that mark free memory have changed",
	 slab_source},
	{"slab-overrun", ONE(SLAB_CORRUPTION), od_find_words, "edzone overwritten",
	 "Something wrote behind the end, or before the start, of a heap object", slab_source},
	{"slab-overrun", ONE(SLAB_CORRUPTION), od_find_words, "adding overwritten",
	 "Something wrote behind the end of a heap object, into what fills its place", slab_source},
	{"double-free", ONE(SLAB_CORRUPTION), od_find_words, "Object already free",
	 "{f} freed a heap object that is free already", slab_source},
	{"slab-free-list", ONE(SLAB_CORRUPTION), od_find_words, "Freelist Pointer check fails",
	 free_list_claim, slab_source},
	{"slab-free-list", ONE(SLAB_CORRUPTION), od_find_words, "Freepointer corrupt", free_list_claim,
	 slab_source},
	{"slab-free-list", ONE(SLAB_CORRUPTION), od_find_words, "Freechain corrupt", free_list_claim,
	 slab_source},
	{"slab-left-over", ONE(SLAB_CORRUPTION), od_find_words, "Objects remaining",
	 "A cache is destroyed while objects of it are in use", slab_source},
	{"double-free", ONE(KASAN_INVALID_FREE), od_find_kasan_twice, "double-free", NULL, kasan_source},

	{"stack-array-overrun", ONE(STACK_CORRUPTION), od_find_words, "stack is corrupted in",
	 "{f}, or a function that it called, wrote behind an array on the stack: the guard word before the "
	 "return address has "
	 "changed",
	 "kernel/panic.c"},
	{"stack-end-overwritten", ONE(STACK_CORRUPTION), od_find_words, "corrupted stack end",
	 "The last word of a task's stack was overwritten: most likely the stack was too small for what ran "
	 "on it",
	 "kernel/sched/core.c"},
	{"copy-to-user-too-long", ONE(USERCOPY), od_find_words, "exposure attempt",
	 "{f} was about to give a program memory beyond the object that is copied (copy_to_user())",
	 "mm/usercopy.c"},
	{"copy-from-user-too-long", ONE(USERCOPY), od_find_words, "overwrite attempt",
	 "{f} was about to write memory of a program beyond the object that is copied into "
	 "(copy_from_user())",
	 "mm/usercopy.c"},

	{"freed-while-active", ONE(ODEBUG), od_find_words, "ODEBUG: free active",
	 "{f} frees memory with a timer, work item or other tracked object in it that is still active",
	 odebug_source},
	{"started-twice", ONE(ODEBUG), od_find_words, "ODEBUG: activate active",
	 "{f} starts an object that is active already", odebug_source},
	{"initialised-while-active", ONE(ODEBUG), od_find_words, "ODEBUG: init active",
	 "{f} initialises an object that is still active", odebug_source},
	{"used-uninitialised", ONE(ODEBUG), od_find_words, "ODEBUG: assert_init",
	 "{f} uses an object that was never initialised", odebug_source},

	{"page-in-use", ONE(BAD_PAGE_STATE), od_find_words, "nonzero _",
	 "The page is freed, or given out, while someone still holds a reference to it", page_source},
	{"page-mapped", ONE(BAD_PAGE_STATE), od_find_words, "nonzero mapcount",
	 "The page is freed, or given out, while a process has it mapped", page_source},
	{"page-mapped", ONE(BAD_PAGE_STATE), od_find_words, "non-NULL mapping",
	 "The page is freed, or given out, while a file's cache has it", page_source},
	{"page-flags", ONE(BAD_PAGE_STATE), od_find_words, "flag(s) set",
	 "The page is freed, or given out, with flags of use: as locked, or on a list", page_source},

	{"index-out-of-range", ONE(UBSAN), od_find_quoted, "is out of range for type",
	 "used an index outside of the array", ubsan_source},
	{"shift-too-far", ONE(UBSAN), od_find_quoted, "shift exponent",
	 "shifted by a number of bits that the type does not have", ubsan_source},
	{"integer-overflow", ONE(UBSAN), od_find_quoted, "cannot be represented in type",
	 "computed a number that its type cannot hold", ubsan_source},
	{"invalid-value", ONE(UBSAN), od_find_quoted, "is not a valid value for type",
	 "read a value that its type does not have", ubsan_source},
	{"misaligned-pointer", ONE(UBSAN), od_find_quoted, "misaligned address",
	 "used a pointer that is not aligned for its type", ubsan_source},

	{"memory-eater", ONE(OOM), od_find_oom_eater, NULL, NULL, oom_source},
	{"cgroup-limit", ONE(OOM), od_find_oom_limit, NULL, NULL, "Documentation/admin-guide/cgroup-v2.rst"},
	{"kernel-memory-eater", ONE(OOM), od_find_oom_slab, "slab_unreclaimable:", NULL, oom_source},

	{"use-after-free", ONE(KASAN_UAF), od_find_kasan_freed, NULL, NULL, kasan_source},
	{"use-after-free", ONE(KFENCE), od_find_kasan_freed, NULL, NULL,
	 "Documentation/dev-tools/kfence.rst"},
	{"out-of-bounds", ONE(KASAN_OOB), od_find_kasan_bounds, NULL, NULL, kasan_source},
	{"use-after-free-callback", ONE(KASAN_UAF), od_find_callback, NULL, NULL, gone_source},

	{"data-race", ONE(KCSAN), od_find_race, NULL, NULL, "Documentation/dev-tools/kcsan.rst"},
	{"data-race", ONE(KCSAN), od_find_race_unknown, "race at unknown origin, with ", NULL,
	 "Documentation/dev-tools/kcsan.rst"},
	{"uninitialised", ONE(KMSAN), od_find_unwritten, NULL, NULL, "Documentation/dev-tools/kmsan.rst"},
	{"wrong-function-type", ONE(CFI), od_find_wrong_type, "expected type: ", NULL, "kernel/cfi.c"},
	{"unlock-not-held", ONE(LOCKDEP_BAD_UNLOCK), od_find_unlock, "is trying to release lock (", NULL,
	 "kernel/locking/lockdep.c"},
	{"no-free-pages", ONE(PAGE_ALLOC_FAILURE), od_find_no_pages, "order:", NULL, page_source},
	{"leaked", ONE(MEMORY_LEAK), od_find_leak, NULL, NULL, "Documentation/dev-tools/kmemleak.rst"},

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
