// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Synthetic logs for test_analyzer_findings.c: what the named file of Linux 6.12 prints, cut to the lines that matter. `other`
 * looks like it and is something else.
 */
#ifndef OD_TESTS_FINDING_LOGS_H
#define OD_TESTS_FINDING_LOGS_H

#include "core/model.h"

struct finding_log {
	const char *class_name, *log, *claim;
	enum od_confidence confidence;
	const char *other;
};

#define CPU_LINE "CPU: 1 PID: 77 Comm: worker Not tainted 6.12.0 #1\n"
#define TRACE "Call Trace:\n <TASK>\n"
#define END " </TASK>\n---[ end trace 0000000000000000 ]---\n"

/* include/asm-generic/bug.h, WARN(): the message, the place, the stack. */
#define WARNED(message) "------------[ cut here ]------------\n" message "\nWARNING: CPU: 1 PID: 77 at lib/x.c:28 check+0x1/0x2\n" \
	CPU_LINE "RIP: 0010:check+0x1/0x2\n" TRACE " drop_it+0x9/0x30 [mod]\n" END

/* CHECK_DATA_CORRUPTION() of include/linux/bug.h: the message, then BUG(). */
#define CORRUPT(message) "------------[ cut here ]------------\n" message "\n------------[ cut here ]------------\n" \
	"kernel BUG at lib/list_debug.c:53!\nOops: invalid opcode: 0000 [#1] PREEMPT SMP\n" CPU_LINE \
	"RIP: 0010:__list_del_entry_valid_or_report+0x1/0x2\n" TRACE " drop_it+0x9/0x30 [mod]\n" END

/* kernel/sched/core.c, __might_resched() */
#define SLEPT(context) "BUG: sleeping function called from invalid context at mm/slab.h:401\n" context \
	CPU_LINE TRACE " dump_stack_lvl+0x1/0x2\n __might_resched+0x1/0x2\n do_it+0x9/0x30 [mod]\n </TASK>\n"
#define SCHEDULED(count) "BUG: scheduling while atomic: worker/77/" count "\n" CPU_LINE TRACE \
	" __schedule_bug+0x1/0x2\n __schedule+0x1/0x2\n do_it+0x9/0x30 [mod]\n </TASK>\n"

/* arch/x86/mm/fault.c, show_fault_oops(); arch/x86/kernel/dumpstack.c */
#define FAULTED_IN(ip, header, oops, registers, frames) header "\nOops: " oops " [#1] PREEMPT SMP\n" CPU_LINE "RIP: 0010:" ip "\n" \
	registers TRACE frames END
#define FAULTED(header, oops, registers) FAULTED_IN("do_it+0x9/0x30 [mod]", header, oops, registers, " run+0x1/0x2 [mod]\n")
#define PAGE_FAULT(address) "BUG: unable to handle page fault for address: " address
#define NULL_FAULT(address) "BUG: kernel NULL pointer dereference, address: " address
#define GP_FAULT(address) "Oops: general protection fault, probably for non-canonical address " address ": 0000 [#1] PREEMPT SMP\n" \
	CPU_LINE "RIP: 0010:do_it+0x9/0x30 [mod]\n" TRACE " run+0x1/0x2 [mod]\n" END

/* arch/x86/kernel/traps.c, handle_stack_overflow() */
#define GUARD_PAGE(frames) "BUG: TASK stack guard page was hit at ffffc900054afff8 (stack is ffffc900054b0000..ffffc900054b4000)\n" \
	"stack guard page: 0000 [#1] PREEMPT SMP\n" CPU_LINE "RIP: 0010:walk+0x9/0x30 [mod]\nRSP: 0018:ffffc900054b0000 EFLAGS: 00010246\n" \
	TRACE frames END
#define WALK4 " walk+0x20/0x30 [mod]\n walk+0x20/0x30 [mod]\n walk+0x20/0x30 [mod]\n walk+0x20/0x30 [mod]\n"
static const char recursion_log[] = GUARD_PAGE(WALK4 WALK4 WALK4 WALK4 " start+0x1/0x2 [mod]\n");
#define DOUBLE_FAULT(sp, cr2) "PANIC: double fault, error_code: 0x0\nOops: double fault: 0000 [#1] PREEMPT SMP\n" CPU_LINE \
	"RIP: 0010:do_it+0x9/0x30 [mod]\nRSP: 0018:" sp " EFLAGS: 00010246\nCR2: " cr2 " CR3: 0000000000000000 CR4: 0000000000750ef0\n" \
	TRACE " run+0x1/0x2 [mod]\n" END

/* kernel/locking/lockdep.c, print_circular_bug() */
#define CIRCULAR(links) "======================================================\nWARNING: possible circular locking dependency detected\n" \
	"6.12.0 #1 Not tainted\n------------------------------------------------------\nworker/77 is trying to acquire lock:\n" \
	"ffff888012345678 (&a->lock){+.+.}-{3:3}, at: fill_a+0x9/0x30 [mod]\n\nbut task is already holding lock:\n" \
	"ffff888012345600 (&b->lock){+.+.}-{3:3}, at: run+0x9/0x30 [mod]\n\nthe existing dependency chain (in reverse order) is:\n" links \
	"\nstack backtrace:\n" CPU_LINE TRACE " dump_stack_lvl+0x1/0x2\n print_circular_bug+0x1/0x2\n fill_a+0x9/0x30 [mod]\n </TASK>\n"
static const char lock_cycle_log[] = CIRCULAR(
	"\n-> #1 (&b->lock){+.+.}-{3:3}:\n       __mutex_lock+0x1/0x2\n       fill_b+0x9/0x30 [mod]\n"
	"\n-> #0 (&a->lock){+.+.}-{3:3}:\n       __lock_acquire+0x1/0x2\n       lock_acquire+0x1/0x2\n       fill_a+0x9/0x30 [mod]\n");
#define RECURSIVE(second) "============================================\nWARNING: possible recursive locking detected\n6.12.0 #1 Not tainted\n" \
	"--------------------------------------------\nworker/77 is trying to acquire lock:\n" \
	"ffff888012345678 (&a->lock){+.+.}-{3:3}, at: inner+0x9/0x30 [mod]\n\nbut task is already holding lock:\n" second \
	"\nstack backtrace:\n" CPU_LINE TRACE " dump_stack_lvl+0x1/0x2\n inner+0x9/0x30 [mod]\n </TASK>\n"
#define INCONSISTENT(line) "================================\nWARNING: inconsistent lock state\n6.12.0 #1 Not tainted\n" \
	"--------------------------------\n" line "worker/77 [HC0[0]:SC1[1]:HE1:SE0] takes:\n" \
	"ffff888012345678 (&a->lock){+.?.}-{2:2}, at: tick+0x9/0x30 [mod]\nstack backtrace:\n" CPU_LINE TRACE \
	" dump_stack_lvl+0x1/0x2\n tick+0x9/0x30 [mod]\n </TASK>\n"

#define LOCK_ORDER(irq, held, unsafe) "=====\nWARNING: " irq "-safe -> " irq "-unsafe lock order detected\n6.12.0 #1 Not tainted\n-----\n" \
	"worker/77 [HC0[0]:SC0[2]:HE1:SE0] is trying to acquire:\nffff888012345678 (&b->lock){+.+.}-{2:2}, at: take_b+0x9/0x30 [mod]\n\n" \
	"and this task is already holding:\n" held "which would create a new lock dependency:\n (&a->lock){+.-.}-{2:2} -> (&b->lock){+.+.}-{2:2}\n\n" \
	"but this new dependency connects a " irq "-irq-safe lock:\n (&a->lock){+.-.}-{2:2}\n\n... which became " irq "-irq-safe at:\n" \
	"  lock_acquire+0x1/0x2\n  _raw_spin_lock+0x1/0x2\n  timer_fn+0x9/0x30 [mod]\n\nto a " irq "-irq-unsafe lock:\n" \
	" (&b->lock){+.+.}-{2:2}\n\n... which became " irq "-irq-unsafe at:\n...\n  lock_acquire+0x1/0x2\n" unsafe "\n" \
	"other info that might help us debug this:\n\nstack backtrace:\n" CPU_LINE TRACE " dump_stack_lvl+0x1/0x2\n take_b+0x9/0x30 [mod]\n </TASK>\n"
#define HELD_A "ffff888012345600 (&a->lock){+.-.}-{2:2}, at: take_a+0x9/0x30 [mod]\n"
#define WAIT_CONTEXT(context, held) "=============================\n[ BUG: Invalid wait context ]\n6.12.0 #1 Not tainted\n-----------------------------\n" \
	"worker/77 is trying to lock:\nffff888012345678 (&a->lock){....}-{3:3}, at: take_a+0x9/0x30 [mod]\n" \
	"other info that might help us debug this:\n" context held "stack backtrace:\n" CPU_LINE TRACE \
	" dump_stack_lvl+0x1/0x2\n take_a+0x9/0x30 [mod]\n </TASK>\n"

/* kernel/hung_task.c, check_hung_task(); debug_show_all_locks() of kernel/locking/lockdep.c */
#define HUNG(frames, rest) "INFO: task worker:77 blocked for more than 120 seconds.\n      Not tainted 6.12.0 #1\n" \
	"\"echo 0 > /proc/sys/kernel/hung_task_timeout_secs\" disables this message.\n" \
	"task:worker          state:D stack:0     pid:77    tgid:77    ppid:2      flags:0x00004000\n" TRACE \
	" __schedule+0x1/0x2\n schedule+0x1/0x2\n" frames " </TASK>\n" rest
#define ALL_LOCKS(last) "\nShowing all locks held in the system:\n1 lock held by worker/77:\n" \
	" #0: ffff888012345678 (&a->lock){+.+.}-{3:3}, at: do_it+0x9/0x30 [mod]\n" last

/* kernel/rcu/tree_stall.h, print_cpu_stall() */
#define STALLED(line, ip) "rcu: INFO: rcu_preempt self-detected stall on CPU\nrcu: \t1-....: " line "\n" CPU_LINE "RIP: 0010:" ip "\n" TRACE \
	" do_it+0x9/0x30 [mod]\n </TASK>\n"

/* mm/oom_kill.c, dump_header(); mm/show_mem.c */
#define STARVED(memory, limit, big) "worker invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0\n" CPU_LINE TRACE \
	" dump_header+0x1/0x2\n out_of_memory+0x1/0x2\n </TASK>\n" memory \
	"Tasks state (memory values in pages):\n[  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name\n" \
	"[    100]     0   100     2000     1000    57344        0             0 small\n" \
	"[    101]     0   101   900000     " big "  7340032        0             0 eater\n" limit \
	"Out of memory: Killed process 101 (eater) total-vm:3600000kB, anon-rss:3200000kB, file-rss:0kB, shmem-rss:0kB, UID:0 " \
	"pgtables:7168kB oom_score_adj:0\n"

/* mm/kasan/report.c, mm/kasan/report_generic.c */
#define KASAN(what, access, located, stacks) "==================================================================\nBUG: KASAN: " what " in use_it+0x9/0x30 [mod]\n" \
	access " of size 8 at addr ffff888012345640 by task worker/77\n\n" CPU_LINE TRACE " dump_stack_lvl+0x1/0x2\n print_report+0x1/0x2\n" \
	" use_it+0x9/0x30 [mod]\n </TASK>\n\nAllocated by task 70:\n kasan_save_stack+0x1/0x2\n make_it+0x9/0x30 [mod]\n\n" stacks \
	"The buggy address belongs to the object at ffff888012345600\n which belongs to the cache kmalloc-64 of size 64\n" located \
	"==================================================================\n"
#define FREED_STACK(frame) "Freed by task 71:\n kasan_save_stack+0x1/0x2\n kfree+0x1/0x2\n " frame "\n\n"
#define RIGHT_OF "The buggy address is located 0 bytes to the right of\n allocated 64-byte region [ffff888012345600, ffff888012345640)\n"
#define INSIDE "The buggy address is located 8 bytes inside of\n freed 64-byte region [ffff888012345600, ffff888012345640)\n"

/* kernel/locking/spinlock_debug.c, mm/slub.c, kernel/panic.c, mm/usercopy.c, lib/debugobjects.c, mm/page_alloc.c, lib/ubsan.c */
#define SPUN(words) "BUG: spinlock " words " on CPU#1, worker/77\n lock: some_lock+0x0/0x40, .magic: dead4ead, .owner: <none>/-1, .owner_cpu: -1\n" \
	CPU_LINE TRACE " dump_stack_lvl+0x1/0x2\n do_raw_spin_lock+0x1/0x2\n do_it+0x9/0x30 [mod]\n </TASK>\n"
#define SLAB(words) "=============================================================================\nBUG kmalloc-64 (Not tainted): " words \
	"\n-----------------------------------------------------------------------------\n\n" CPU_LINE TRACE \
	" dump_stack_lvl+0x1/0x2\n check_bytes_and_report+0x1/0x2\n do_it+0x9/0x30 [mod]\n </TASK>\n"
#define PANICKED(words) "Kernel panic - not syncing: " words "\n" CPU_LINE TRACE " dump_stack_lvl+0x1/0x2\n panic+0x1/0x2\n do_it+0x9/0x30 [mod]\n" \
	" </TASK>\n---[ end Kernel panic - not syncing: " words " ]---\n"
#define COPIED(words) "usercopy: Kernel memory " words " attempt detected to SLUB object 'kmalloc-64' (offset 0, size 128)!\n" \
	"------------[ cut here ]------------\nkernel BUG at mm/usercopy.c:102!\nOops: invalid opcode: 0000 [#1] SMP\n" CPU_LINE \
	"RIP: 0010:usercopy_abort+0x1/0x2\n" TRACE " do_it+0x9/0x30 [mod]\n" END
#define TRACKED(words) WARNED("ODEBUG: " words " object: ffff888012345678 object type: timer_list hint: tick+0x0/0x30 [mod]")
#define BAD_PAGE(reason) "BUG: Bad page state in process worker  pfn:12345\npage: refcount:1 mapcount:0 mapping:0000000000000000 index:0x0 pfn:0x12345\n" \
	"flags: 0xfffffc0000000(node=0|zone=1)\npage dumped because: " reason "\n" CPU_LINE TRACE " dump_stack_lvl+0x1/0x2\n bad_page+0x1/0x2\n" \
	" do_it+0x9/0x30 [mod]\n </TASK>\n"
#define UNDEFINED(what, words) "------------[ cut here ]------------\nUBSAN: " what " in drivers/x/mod.c:12:3\n" words "\n" CPU_LINE TRACE \
	" dump_stack_lvl+0x1/0x2\n __ubsan_handle_x+0x1/0x2\n do_it+0x9/0x30 [mod]\n </TASK>\n---[ end trace ]---\n"
#define LEFT_HELD(lock) "====================================\nWARNING: worker/77 still has locks held!\n6.12.0 #1 Not tainted\n" \
	"------------------------------------\n" lock "\nstack backtrace:\n" CPU_LINE TRACE " dump_stack_lvl+0x1/0x2\n do_it+0x9/0x30 [mod]\n </TASK>\n"
#define FREED_LOCK(lock) "=========================\nWARNING: held lock freed!\n6.12.0 #1 Not tainted\n-------------------------\n" \
	"worker/77 is freeing memory ffff888012345600-ffff8880123456ff, with a lock still held there!\n" lock "\nstack backtrace:\n" CPU_LINE \
	TRACE " dump_stack_lvl+0x1/0x2\n do_it+0x9/0x30 [mod]\n </TASK>\n"
#define ONE_LOCK "ffff888012345678 (&a->lock){+.+.}-{3:3}, at: keep_it+0x9/0x30 [mod]\n"

/* kernel/kcsan/report.c, mm/kmsan/report.c, kernel/cfi.c, kernel/locking/lockdep.c, mm/page_alloc.c, mm/kmemleak.c. */
#define RACE(first, second)                                                                                              \
	"BUG: KCSAN: data-race in add_it / show_it\n\n" first " add_it+0x1a/0x30 [mod]\n call_timer_fn+0x1/0x2\n\n" second   \
	"value changed: 0x7 -> 0x8\n\nReported by Kernel Concurrency Sanitizer on:\n" CPU_LINE                                \
	"==================================================================\n"
#define RACE_WRITE "write to 0xffffffffc0358000 of 8 bytes by interrupt on cpu 0:\n"
#define RACE_READ "read to 0xffffffffc0358000 of 8 bytes by task 612 on cpu 1:\n show_it+0x25/0x60 [mod]\n vfs_read+0x1/0x2\n\n"
#define RACE_UNKNOWN "race at unknown origin, with read to 0xffffffffc0358000 of 8 bytes by task 612 on cpu 1:\n"
#define UNWRITTEN(what, origin)                                                                                          \
	"BUG: KMSAN: " what " in parse_it+0x3a/0x90 [mod]\n parse_it+0x3a/0x90 [mod]\n receive_it+0x55/0x80 [mod]\n\n" origin  \
	CPU_LINE "=====================================================\n"
#define UNWRITTEN_HEAP "Uninit was created at:\n slab_alloc_node+0x1/0x2\n kmalloc_trace+0x1/0x2\n make_it+0x22/0x70 [mod]\n\n"
#define UNWRITTEN_STACK "Local variable hdr created at:\n receive_it+0x25/0x80 [mod]\n\n"
#define REFUSED(target)                                                                                                  \
	"CFI failure at run_it+0x1d/0x40 [mod] (" target ")\nWARNING: CPU: 0 PID: 800 at run_it+0x1d/0x40 [mod]\n" CPU_LINE      \
	"RIP: 0010:run_it+0x1d/0x40 [mod]\n" TRACE " start_it+0x12/0x1000 [mod]\n" END
#define UNLOCK(lines)                                                                                                    \
	"WARNING: bad unlock balance detected!\n6.12.0 #1 Not tainted\n-------------------------------------\n" lines           \
	"but there are no more locks to release!\n\nother info that might help us debug this:\nno locks held by worker/77.\n\n"  \
	"stack backtrace:\n" CPU_LINE TRACE " lock_release+0x1/0x2\n put_it+0x25/0x60 [mod]\n </TASK>\n"
#define NO_PAGES(order, mode)                                                                                            \
	"worker: page allocation failure: order:" order ", mode:0x820(" mode "), nodemask=(null)\n" CPU_LINE TRACE              \
	" warn_alloc+0x1/0x2\n __alloc_pages_noprof+0x1/0x2\n grow_it+0x44/0x90 [mod]\n </TASK>\n"
#define LEAK(lines)                                                                                                      \
	"BUG: memory leak\n" lines "  comm \"worker\", pid 77, jiffies 4294937220\n  backtrace (crc 0):\n"                        \
	"    [<ffffffff81234567>] kmalloc_trace+0x1/0x2\n    [<ffffffffc0358045>] make_it+0x25/0x60 [mod]\n"

static const struct finding_log finding_logs[] = {
	/* the files named above those macros */
	{"spinlock-not-initialised", SPUN("bad magic"), "is none", OD_CONFIDENCE_CERTAIN, SPUN("recursion")},
	{"spinlock-recursion", SPUN("recursion"), "this CPU already holds", OD_CONFIDENCE_CERTAIN, SPUN("bad magic")},
	{"spinlock-not-held", SPUN("already unlocked"), "that nobody holds", OD_CONFIDENCE_CERTAIN, SPUN("recursion")},
	{"spinlock-not-held", SPUN("wrong owner"), "another task took", OD_CONFIDENCE_CERTAIN, SPUN("bad magic")},
	{"spinlock-not-held", SPUN("wrong CPU"), "another CPU took", OD_CONFIDENCE_CERTAIN, SPUN("bad magic")},
	{"spinlock-stuck", SPUN("lockup suspected"), "does not become free", OD_CONFIDENCE_CERTAIN, SPUN("wrong CPU")},
	{"slab-used-after-free", SLAB("Poison overwritten"), "after it was freed", OD_CONFIDENCE_CERTAIN, SLAB("Redzone overwritten")},
	{"slab-overrun", SLAB("Right Redzone overwritten"), "behind the end, or before the start", OD_CONFIDENCE_CERTAIN,
	 SLAB("Poison overwritten")},
	{"slab-overrun", SLAB("Object padding overwritten"), "behind the end", OD_CONFIDENCE_CERTAIN, SLAB("Object already free")},
	{"double-free", SLAB("Object already free"), "free already", OD_CONFIDENCE_CERTAIN, SLAB("Freepointer corrupt")},
	{"slab-free-list", SLAB("Freepointer corrupt"), "list of free objects", OD_CONFIDENCE_CERTAIN, SLAB("Object already free")},
	{"slab-free-list", SLAB("Freelist Pointer check fails"), "list of free objects", OD_CONFIDENCE_CERTAIN, SLAB("Object already free")},
	{"slab-free-list", SLAB("Freechain corrupt"), "list of free objects", OD_CONFIDENCE_CERTAIN, SLAB("Object already free")},
	{"slab-left-over", SLAB("Objects remaining on __kmem_cache_shutdown()"), "is destroyed while objects", OD_CONFIDENCE_CERTAIN,
	 SLAB("Poison overwritten")},
	{"double-free", KASAN("double-free", "Free", "", FREED_STACK("drop_it+0x9/0x30 [mod]")),
	 "drop_it() [mod] freed the 64-byte object of kmalloc-64; use_it() [mod] freed it again", OD_CONFIDENCE_CERTAIN,
	 KASAN("invalid-free", "Free", "", "")},
	{"stack-array-overrun", PANICKED("stack-protector: Kernel stack is corrupted in: do_it+0x29/0x30 [mod]"), "behind an array",
	 OD_CONFIDENCE_CERTAIN, PANICKED("corrupted stack end detected inside scheduler")},
	{"stack-end-overwritten", PANICKED("corrupted stack end detected inside scheduler"), "too small", OD_CONFIDENCE_CERTAIN,
	 PANICKED("stack-protector: Kernel stack is corrupted in: do_it+0x29/0x30 [mod]")},
	{"copy-to-user-too-long", COPIED("exposure"), "copy_to_user()", OD_CONFIDENCE_CERTAIN, COPIED("overwrite")},
	{"copy-from-user-too-long", COPIED("overwrite"), "copy_from_user()", OD_CONFIDENCE_CERTAIN, COPIED("exposure")},
	{"freed-while-active", TRACKED("free active (active state 0)"), "still active", OD_CONFIDENCE_CERTAIN, TRACKED("init active (active state 0)")},
	{"started-twice", TRACKED("activate active (active state 0)"), "active already", OD_CONFIDENCE_CERTAIN, TRACKED("free active (active state 0)")},
	{"initialised-while-active", TRACKED("init active (active state 0)"), "still active", OD_CONFIDENCE_CERTAIN,
	 TRACKED("activate active (active state 0)")},
	{"used-uninitialised", TRACKED("assert_init not available (active state 0)"), "never initialised", OD_CONFIDENCE_CERTAIN,
	 TRACKED("free active (active state 0)")},
	{"page-in-use", BAD_PAGE("nonzero _refcount"), "holds a reference", OD_CONFIDENCE_CERTAIN, BAD_PAGE("nonzero mapcount")},
	{"page-mapped", BAD_PAGE("nonzero mapcount"), "a process has it mapped", OD_CONFIDENCE_CERTAIN, BAD_PAGE("nonzero _refcount")},
	{"page-mapped", BAD_PAGE("non-NULL mapping"), "a file's cache", OD_CONFIDENCE_CERTAIN, BAD_PAGE("nonzero _refcount")},
	{"page-flags", BAD_PAGE("PAGE_FLAGS_CHECK_AT_FREE flag(s) set"), "flags of use", OD_CONFIDENCE_CERTAIN, BAD_PAGE("non-NULL mapping")},
	{"index-out-of-range", UNDEFINED("array-index-out-of-bounds", "index 4 is out of range for type 'int [4]'"),
	 "outside of the array: index 4 is out of range for type 'int [4]'", OD_CONFIDENCE_CERTAIN,
	 UNDEFINED("shift-out-of-bounds", "shift exponent 64 is too large for 32-bit type 'int'")},
	{"shift-too-far", UNDEFINED("shift-out-of-bounds", "shift exponent 64 is too large for 32-bit type 'int'"), "shift exponent 64",
	 OD_CONFIDENCE_CERTAIN, UNDEFINED("array-index-out-of-bounds", "index 4 is out of range for type 'int [4]'")},
	{"integer-overflow", UNDEFINED("signed-integer-overflow", "2147483647 + 1 cannot be represented in type 'int'"), "2147483647 + 1",
	 OD_CONFIDENCE_CERTAIN, UNDEFINED("shift-out-of-bounds", "shift exponent 64 is too large for 32-bit type 'int'")},
	{"invalid-value", UNDEFINED("invalid-load", "load of value 107 is not a valid value for type '_Bool'"), "value 107", OD_CONFIDENCE_CERTAIN,
	 UNDEFINED("shift-out-of-bounds", "shift exponent 64 is too large for 32-bit type 'int'")},
	{"misaligned-pointer", UNDEFINED("misaligned-access", "load of misaligned address 00000000deadbeef for type 'int'"), "not aligned",
	 OD_CONFIDENCE_CERTAIN, UNDEFINED("invalid-load", "load of value 107 is not a valid value for type '_Bool'")},
	{"lock-left-held", LEFT_HELD("1 lock held by worker/77:\n #0: " ONE_LOCK), "keep_it() [mod] took &a->lock, and still holds it",
	 OD_CONFIDENCE_CERTAIN, LEFT_HELD("")},
	{"lock-freed", FREED_LOCK(ONE_LOCK), "the memory that holds the lock is freed", OD_CONFIDENCE_CERTAIN, FREED_LOCK("")},

	/* lib/list_debug.c */
	{"list-removed-twice", CORRUPT("list_del corruption, ffff888012345678->next is LIST_POISON1 (dead000000000100)"),
	 "removed the list entry at 0xffff888012345678 a second time: its next pointer", OD_CONFIDENCE_CERTAIN,
	 CORRUPT("list_del corruption. prev->next should be ffff888012345678, but was 0000000000000000. (prev=ffff888012345600)")},
	{"list-removed-twice", CORRUPT("list_del corruption, ffff888012345678->prev is LIST_POISON2 (dead000000000122)"), "its prev pointer",
	 OD_CONFIDENCE_CERTAIN, CORRUPT("list_del corruption, ffff888012345678->next is NULL")},
	{"list-added-twice", CORRUPT("list_add double add: new=ffff888012345678, prev=ffff888012345678, next=ffff888012345600."),
	 "it would become its own predecessor", OD_CONFIDENCE_CERTAIN,
	 CORRUPT("list_add corruption. prev->next should be next (ffff888012345678), but was ffff888012345600. (prev=ffff888012345608).")},
	{"list-broken-link", CORRUPT("list_del corruption. prev->next should be ffff888012345678, but was dead000000000100. (prev=ffff888012345600)"),
	 "the next pointer of its predecessor is LIST_POISON1", OD_CONFIDENCE_CERTAIN,
	 CORRUPT("list_del corruption, ffff888012345678->next is LIST_POISON1 (dead000000000100)")},
	{"list-broken-link", CORRUPT("list_add corruption. next->prev should be prev (ffff888012345678), but was 6b6b6b6b6b6b6b6b. (next=ffff888012345600)."),
	 "insert an entry beside 0xffff888012345678, but the prev pointer of its successor is POISON_FREE", OD_CONFIDENCE_CERTAIN,
	 CORRUPT("list_add corruption. next is NULL.")},
	{"list-null-link", CORRUPT("list_add corruption. prev is NULL."), "a list that was never initialised", OD_CONFIDENCE_CERTAIN,
	 CORRUPT("list_add double add: new=ffff888012345678, prev=ffff888012345678, next=ffff888012345600.")},

	/* lib/refcount.c */
	{"refcount-underflow", WARNED("refcount_t: underflow; use-after-free."), "dropped a reference that nobody held", OD_CONFIDENCE_CERTAIN,
	 WARNED("refcount_t: saturated; leaking memory.")},
	{"refcount-revived", WARNED("refcount_t: addition on 0; use-after-free."), "whose last one was already dropped", OD_CONFIDENCE_CERTAIN,
	 WARNED("refcount_t: underflow; use-after-free.")},
	{"refcount-revived", WARNED("refcount_t: increment on 0; use-after-free."), "whose last one was already dropped", OD_CONFIDENCE_CERTAIN,
	 WARNED("refcount_t: decrement hit 0; leaking memory.")},
	{"refcount-saturated", WARNED("refcount_t: saturated; leaking memory."), "more references than a counter can hold", OD_CONFIDENCE_CERTAIN,
	 WARNED("refcount_t: addition on 0; use-after-free.")},
	{"refcount-leaked", WARNED("refcount_t: decrement hit 0; leaking memory."), "refcount_dec()", OD_CONFIDENCE_CERTAIN,
	 WARNED("refcount_t: saturated; leaking memory.")},

	/* arch/x86/kernel/traps.c, arch/arm64/kernel/traps.c */
	{"stack-recursion", GUARD_PAGE(WALK4 WALK4 WALK4 WALK4 " start+0x1/0x2 [mod]\n"), "walk() [mod] calls itself: 16 of the 17 frames",
	 OD_CONFIDENCE_CERTAIN, GUARD_PAGE(" a+0x1/0x2 [mod]\n b+0x1/0x2 [mod]\n c+0x1/0x2 [mod]\n d+0x1/0x2 [mod]\n")},
	{"stack-guard-page", GUARD_PAGE(" a+0x1/0x2 [mod]\n"), "The stack of 16 KiB is used up", OD_CONFIDENCE_CERTAIN,
	 DOUBLE_FAULT("ffffc900054b1800", "ffffc900054b17f8")},
	{"stack-end", DOUBLE_FAULT("ffffc900054b0000", "ffffc900054afff8"), "reached the border of a page", OD_CONFIDENCE_LIKELY,
	 DOUBLE_FAULT("ffffc900054b1800", "ffffc900054afff8")},
	{"stack-pointer-lost", DOUBLE_FAULT("0000000000277d78", "0000000000277d68"), "does not point to memory of the kernel",
	 OD_CONFIDENCE_CERTAIN, DOUBLE_FAULT("ffffc900054b0000", "ffffc900054afff8")},

	/* kernel/sched/core.c */
	{"sleep-irqs-disabled", SLEPT("in_atomic(): 0, irqs_disabled(): 1, non_block: 0, pid: 77, name: worker\npreempt_count: 0, expected: 0\n"),
	 "interrupts are disabled", OD_CONFIDENCE_CERTAIN, SLEPT("in_atomic(): 1, irqs_disabled(): 0, pid: 77, name: worker\n")},
	{"sleep-atomic", SLEPT("in_atomic(): 1, irqs_disabled(): 0, non_block: 0, pid: 77, name: worker\npreempt_count: 201, expected: 0\n"),
	 "softirqs are disabled 1 deep", OD_CONFIDENCE_CERTAIN, SLEPT("in_atomic(): 0, irqs_disabled(): 1, pid: 77, name: worker\n")},
	{"sleep-rcu-reader", SLEPT("in_atomic(): 0, irqs_disabled(): 0, non_block: 0, pid: 77, name: worker\npreempt_count: 0, expected: 0\n"
				   "RCU nest depth: 1, expected: 0\n"), "rcu_read_lock() is held", OD_CONFIDENCE_CERTAIN,
	 SLEPT("in_atomic(): 0, irqs_disabled(): 0, non_block: 0, pid: 77, name: worker\npreempt_count: 0, expected: 0\n")},
	{"schedule-atomic", SCHEDULED("0x00000102"), "inside a softirq (a timer, a tasklet, the network's receive path), and preemption is disabled 1 deep",
	 OD_CONFIDENCE_CERTAIN, SCHEDULED("0x00000001")},
	{"schedule-atomic", SCHEDULED("0x00010001"), "inside an interrupt handler", OD_CONFIDENCE_CERTAIN, SCHEDULED("0x00000000")},

	/* kernel/locking/lockdep.c */
	{"lock-cycle", lock_cycle_log, "fill_a() [mod] takes &a->lock while &b->lock is held", OD_CONFIDENCE_CERTAIN, CIRCULAR("")},
	{"lock-recursion", RECURSIVE("ffff888012345678 (&a->lock){+.+.}-{3:3}, at: outer+0x9/0x30 [mod]\n"),
	 "inner() [mod] takes &a->lock, which the same task holds", OD_CONFIDENCE_CERTAIN, RECURSIVE("")},
	{"lock-recursion", RECURSIVE("ffff888012345600 (&a->lock){+.+.}-{3:3}, at: outer+0x9/0x30 [mod]\n"), "a lock of that class",
	 OD_CONFIDENCE_LIKELY, RECURSIVE("")},
	{"lock-usage", INCONSISTENT("inconsistent {SOFTIRQ-ON-W} -> {IN-SOFTIRQ-W} usage.\n"),
	 "with softirqs enabled before, and is now taken inside a softirq", OD_CONFIDENCE_CERTAIN, INCONSISTENT("")},
	{"lock-order-softirq", LOCK_ORDER("SOFTIRQ", HELD_A, "  ioctl_fn+0x9/0x30 [mod]\n"),
	 "take_b() [mod] takes &b->lock while &a->lock is held. A softirq takes &a->lock, too", OD_CONFIDENCE_CERTAIN,
	 LOCK_ORDER("SOFTIRQ", HELD_A, "")},
	{"lock-order-irq", LOCK_ORDER("HARDIRQ", HELD_A, "  ioctl_fn+0x9/0x30 [mod]\n"), "An interrupt handler takes &a->lock, too",
	 OD_CONFIDENCE_CERTAIN, LOCK_ORDER("HARDIRQ", "", "  ioctl_fn+0x9/0x30 [mod]\n")},
	{"lock-waits-too-long", WAIT_CONTEXT("context-{5:5}\n", "1 lock held by worker/77:\n"
	 " #0: ffff888012345600 (&r->raw){....}-{2:2}, at: take_raw+0x9/0x30 [mod]\n"),
	 "longer than &r->raw allows, which is held since take_raw() [mod]", OD_CONFIDENCE_CERTAIN, WAIT_CONTEXT("context-{5:5}\n", "")},
	{"lock-waits-too-long", WAIT_CONTEXT("context-{2:2}\n", ""), "longer than an interrupt handler or the like may",
	 OD_CONFIDENCE_CERTAIN, WAIT_CONTEXT("", "")},

	/* kernel/hung_task.c of 6.17 */
	{"waits-for-owner", HUNG(" __mutex_lock+0x1/0x2\n do_it+0x9/0x30 [mod]\n",
				 "INFO: task worker:77 is blocked on a mutex likely owned by task holder:88.\n"),
	 "worker waits for a mutex that the task holder (PID 88) owns", OD_CONFIDENCE_LIKELY,
	 HUNG(" __mutex_lock+0x1/0x2\n do_it+0x9/0x30 [mod]\n", "INFO: task worker:77 is blocked on a mutex, but the owner is not found.\n")},
	{"waits-for-holder", HUNG(" __mutex_lock+0x1/0x2\n do_it+0x9/0x30 [mod]\n",
				  ALL_LOCKS("2 locks held by holder/88:\n #0: ffff888012345678 (&a->lock){+.+.}-{3:3}, at: keep_it+0x9/0x30 [mod]\n"
					    " #1: ffff888012345600 (&b->lock){+.+.}-{3:3}, at: keep_it+0x19/0x30 [mod]\n")),
	 "holder (PID 88) holds it, and went on to another lock", OD_CONFIDENCE_LIKELY,
	 HUNG(" __mutex_lock+0x1/0x2\n do_it+0x9/0x30 [mod]\n", ALL_LOCKS(""))},
	{"waits-for-holder", HUNG(" __mutex_lock+0x1/0x2\n do_it+0x9/0x30 [mod]\n",
				  ALL_LOCKS("1 lock held by other/88:\n #0: ffff888012345678 (&a->lock){+.+.}-{3:3}, at: keep_it+0x9/0x30 [mod]\n")),
	 "other (PID 88) holds it, or waits for it as well", OD_CONFIDENCE_POSSIBLE,
	 HUNG(" __mutex_lock+0x1/0x2\n do_it+0x9/0x30 [mod]\n", ALL_LOCKS("1 lock held by other/88:\n"
	      " #0: ffff888012345600 (&b->lock){+.+.}-{3:3}, at: keep_it+0x9/0x30 [mod]\n"))},
	{"waits", HUNG(" schedule_timeout+0x1/0x2\n __wait_for_common+0x1/0x2\n do_it+0x9/0x30 [mod]\n", ""),
	 "waits for a completion, which someone must complete(), on behalf of do_it() [mod]", OD_CONFIDENCE_LIKELY,
	 HUNG(" do_it+0x9/0x30 [mod]\n", "")},
	{"waits", HUNG(" io_schedule+0x1/0x2\n folio_wait_bit_common+0x1/0x2\n do_it+0x9/0x30 [mod]\n", ""), "a page that is locked",
	 OD_CONFIDENCE_LIKELY, HUNG(" do_it+0x9/0x30 [mod]\n", "")},

	/* kernel/rcu/tree_stall.h */
	{"stalled-waiting", STALLED("(5250 ticks this GP) idle=1/1", "native_queued_spin_lock_slowpath+0x1/0x2"), "spins for a spinlock",
	 OD_CONFIDENCE_LIKELY, STALLED("(5250 ticks this GP) idle=1/1", "do_it+0x9/0x30 [mod]")},
	{"rcu-thread-starved", STALLED("(5250 ticks this GP) idle=1/1\nrcu: rcu_preempt kthread starved for 2000 jiffies! g1 f0x0 RCU_GP_WAIT_FQS(5)",
				       "do_it+0x9/0x30 [mod]"), "was not given a CPU, for 2000 jiffies", OD_CONFIDENCE_LIKELY,
	 STALLED("(5250 ticks this GP) idle=1/1", "do_it+0x9/0x30 [mod]")},
	{"rcu-timer-lost", STALLED("(5250 ticks this GP) idle=1/1\nrcu: rcu_preempt kthread timer wakeup didn't happen for 2000 jiffies! g1",
				   "do_it+0x9/0x30 [mod]"), "did not fire", OD_CONFIDENCE_LIKELY,
	 STALLED("(5250 ticks this GP) idle=1/1\nrcu: rcu_preempt kthread starved for 2000 jiffies! g1", "do_it+0x9/0x30 [mod]")},
	{"no-timer-ticks", STALLED("(0 ticks this GP) idle=1/1", "do_it+0x9/0x30 [mod]"), "CPU 1 took no timer interrupt", OD_CONFIDENCE_LIKELY,
	 STALLED("(5250 ticks this GP) idle=1/1", "do_it+0x9/0x30 [mod]")},

	/* mm/oom_kill.c */
	{"memory-eater", STARVED("", "", "800000"), "eater (PID 101) held", OD_CONFIDENCE_LIKELY, STARVED("", "", "  1000")},
	{"cgroup-limit", STARVED("memory: usage 1048576kB, limit 1048576kB, failcnt 12\n",
				 "oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=/,mems_allowed=0,oom_memcg=/box,task_memcg=/box,task=eater,pid=101,uid=0\n",
				 "800000"), "The memory cgroup /box reached its limit of 1024 MiB", OD_CONFIDENCE_CERTAIN, STARVED("", "", "800000")},
	{"kernel-memory-eater", STARVED("Mem-Info:\n slab_reclaimable:1000 slab_unreclaimable:900000\n", "", "  1000"),
	 "a leak in the kernel is likely", OD_CONFIDENCE_LIKELY, STARVED("Mem-Info:\n slab_reclaimable:1000 slab_unreclaimable:9000\n", "", "800000")},

	/* mm/kasan/report.c, mm/kfence/report.c */
	{"use-after-free", KASAN("slab-use-after-free", "Read", INSIDE, FREED_STACK("drop_it+0x9/0x30 [mod]")),
	 "drop_it() [mod] freed the 64-byte object of kmalloc-64; use_it() [mod] read it afterwards", OD_CONFIDENCE_CERTAIN,
	 KASAN("slab-use-after-free", "Read", INSIDE, "")},
	{"out-of-bounds", KASAN("slab-out-of-bounds", "Write", RIGHT_OF, ""),
	 "use_it() [mod] wrote memory that begins 0 bytes behind the end of a 64-byte object of kmalloc-64", OD_CONFIDENCE_CERTAIN,
	 KASAN("slab-use-after-free", "Write", INSIDE, "")},

	/* arch/x86/mm/fault.c, include/linux/poison.h, include/linux/err.h */
	{"null-pointer", FAULTED(NULL_FAULT("0000000000000000"), "0002", ""), "a NULL pointer", OD_CONFIDENCE_CERTAIN,
	 FAULTED(NULL_FAULT("0000000000000010"), "0002", "")},
	{"null-pointer-member", FAULTED(NULL_FAULT("0000000000000010"), "0000", ""), "the offset of a member", OD_CONFIDENCE_LIKELY,
	 FAULTED(NULL_FAULT("0000000000000000"), "0000", "")},
	{"null-pointer-member", "Oops: general protection fault, probably for non-canonical address 0xdffffc0000000002: 0000 [#1] PREEMPT SMP KASAN\n"
	 CPU_LINE "RIP: 0010:do_it+0x9/0x30 [mod]\n" TRACE " run+0x1/0x2 [mod]\n" END, "0xdffffc0000000002", OD_CONFIDENCE_LIKELY,
	 GP_FAULT("0xdffffc0000000002")},
	{"error-pointer", FAULTED(PAGE_FAULT("fffffffffffffff4"), "0000", ""), "-ENOMEM", OD_CONFIDENCE_LIKELY,
	 FAULTED(PAGE_FAULT("ffffffffffff0000"), "0000", "")},
	{"use-after-free", GP_FAULT("0x6b6b6b6b6b6b6b73"), "a slab object that was already freed", OD_CONFIDENCE_LIKELY,
	 GP_FAULT("0x6c6b6b6b6b6b6b73")},
	{"list-poison", GP_FAULT("0xdead000000000108"), "already removed", OD_CONFIDENCE_LIKELY, GP_FAULT("0xdeae000000000108")},
	{"uninitialised", GP_FAULT("0x5a5a5a5a5a5a5a5a"), "never initialised", OD_CONFIDENCE_LIKELY, GP_FAULT("0x6b6b6b6b6b6b6b6b")},
	{"uninitialised", GP_FAULT("0xaaaaaaaaaaaaaaaa"), "never initialised", OD_CONFIDENCE_POSSIBLE, GP_FAULT("0xabaaaaaaaaaaaaaa")},
	{"poison", GP_FAULT("0xbbbbbbbbbbbbbbbb"), "red zone", OD_CONFIDENCE_LIKELY, GP_FAULT("0xbcbbbbbbbbbbbbbb")},
	{"user-pointer", FAULTED(PAGE_FAULT("00007f0012345678"), "0001", ""), "by SMAP", OD_CONFIDENCE_CERTAIN,
	 FAULTED(PAGE_FAULT("00007f0012345678"), "0000", "")},
	{"user-exec", "Unable to handle kernel execution of user memory at virtual address 0000aaaa12345678\nInternal error: Oops: 0000000086000004 [#1] SMP\n"
	 CPU_LINE "pc : 0xaaaa12345678\nlr : do_it+0x9/0x30 [mod]\nCall trace:\n do_it+0x9/0x30 [mod]\n---[ end trace 0000000000000000 ]---\n",
	 "by PXN", OD_CONFIDENCE_CERTAIN, FAULTED(PAGE_FAULT("00007f0012345678"), "0000", "")},
	{"non-canonical", GP_FAULT("0x6f6c6c6548204948"), "overwritten by text", OD_CONFIDENCE_LIKELY, FAULTED(PAGE_FAULT("ffff888012345678"), "0000", "")},
	{"non-canonical", GP_FAULT("0x0000888012345678"), "lost its upper 16 bits", OD_CONFIDENCE_LIKELY, GP_FAULT("0xdead000000000100")},
	{"non-canonical", GP_FAULT("0x12ffff8880123456"), "1 byte too late", OD_CONFIDENCE_POSSIBLE, GP_FAULT("0x6b6b6b6b6b6b6b6b")},
	{"non-canonical", GP_FAULT("0x12ffff8880123456"), "1 byte too late", OD_CONFIDENCE_POSSIBLE, FAULTED(PAGE_FAULT("ff5bcc04801c5000"), "0002", "")},
	{"read-only-write", FAULTED(PAGE_FAULT("ffffffffc0535000"), "0003", ""), "mapped read-only: code, or a constant", OD_CONFIDENCE_CERTAIN,
	 FAULTED(PAGE_FAULT("ffffffffc0535000"), "0002", "")},
	{"out-of-bounds", FAULTED_IN("__memcpy+0x9/0x30", PAGE_FAULT("ffffc90000135000"), "0000",
				     "RSP: 0018:ffffc90000003e00 EFLAGS: 00010246\nRAX: 0000000000000000 RBX: ffffc90000134ff0 RCX: 0000000000000000\n",
				     " run+0x1/0x2 [mod]\n"), "ends with a guard page", OD_CONFIDENCE_LIKELY,
	 FAULTED(PAGE_FAULT("ffffc90000135800"), "0000", "RAX: 0000000000000000 RBX: ffffc90000134ff0 RCX: 0000000000000000\n")},
	{"gone-module-code", "BUG: unable to handle page fault for address: ffffffffc0535000\n#PF: supervisor instruction fetch in kernel mode\n"
	 "Oops: 0010 [#1] PREEMPT SMP\n" CPU_LINE "RIP: 0010:0xffffffffc0535000\nCode: Unable to access opcode bytes at 0xffffffffc0534fd6.\n"
	 TRACE " call_timer_fn+0x1/0x2\n __run_timers+0x1/0x2\n </TASK>\nModules linked in: ext4 [last unloaded: blinker(OE)]\n"
	 "---[ end trace 0000000000000000 ]---\n", "blinker, which was unloaded last, may have left a timer behind", OD_CONFIDENCE_LIKELY,
	 FAULTED(PAGE_FAULT("ffffffffc0535000"), "0010", "")},
	{"use-after-free-callback", FAULTED_IN("tick+0x9/0x30 [mod]", PAGE_FAULT("6b6b6b6b6b6b6b7b"), "0000", "", " process_one_work+0x1/0x2\n worker_thread+0x1/0x2\n"),
	 "used by a work item", OD_CONFIDENCE_POSSIBLE,
	 FAULTED_IN("tick+0x9/0x30 [mod]", NULL_FAULT("0000000000000010"), "0000", "", " process_one_work+0x1/0x2\n worker_thread+0x1/0x2\n")},
	{"one-bit", GP_FAULT("0xfffb888012345678"), "one bit away from 0xffff888012345678", OD_CONFIDENCE_POSSIBLE, GP_FAULT("0xff0b888012345678")},
	{"one-bit", FAULTED(PAGE_FAULT("0000000400000000"), "0000", ""), "NULL but for bit 34", OD_CONFIDENCE_POSSIBLE,
	 FAULTED(PAGE_FAULT("0000000400001000"), "0000", "")},
	{"one-bit", FAULTED(PAGE_FAULT("ffff088012345678"), "0000", "RAX: ffff888012345600 RBX: 0000000000000000 RCX: 0000000000000000\n"),
	 "one bit away from 0xffff888012345678", OD_CONFIDENCE_LIKELY,
	 FAULTED(PAGE_FAULT("ffff088012345678"), "0000", "RAX: ffff888112345600 RBX: 0000000000000000 RCX: 0000000000000000\n")},
	{"data-race", RACE(RACE_WRITE, RACE_READ), "add_it() [mod] (write) and show_it() [mod] (read)", OD_CONFIDENCE_CERTAIN, RACE(RACE_WRITE, "")},
	{"data-race", RACE(RACE_UNKNOWN, ""), "something that KCSAN does not see changed it", OD_CONFIDENCE_CERTAIN, RACE("", "")},
	{"uninitialised", UNWRITTEN("uninit-value", UNWRITTEN_HEAP), "a value that nobody wrote since make_it() [mod] allocated", OD_CONFIDENCE_CERTAIN,
	 UNWRITTEN("uninit-value", "")},
	{"uninitialised", UNWRITTEN("kernel-infoleak", UNWRITTEN_STACK), "handed out bytes that nobody wrote since receive_it() [mod] made room for its "
	 "local variable hdr", OD_CONFIDENCE_CERTAIN, UNWRITTEN("kernel-infoleak", "")},
	{"wrong-function-type", REFUSED("target: other_it+0x0/0x10 [mod]; expected type: 0x6c9d2b52"), "called other_it() through a pointer",
	 OD_CONFIDENCE_CERTAIN, REFUSED("no target information")},
	{"wrong-function-type", REFUSED("target: other_it+0x4/0x10 [mod]; expected type: 0x6c9d2b52"), "leads into other_it()", OD_CONFIDENCE_CERTAIN,
	 REFUSED("target: 0xffffffffc0000000; expected type: 0x6c9d2b52")},
	{"unlock-not-held", UNLOCK("worker/77 is trying to release lock (&dev->lock) at:\n[<ffffffffc0358045>] put_it+0x25/0x60 [mod]\n"),
	 "put_it() [mod] released &dev->lock", OD_CONFIDENCE_CERTAIN, UNLOCK("")},
	{"no-free-pages", NO_PAGES("5", "GFP_ATOMIC|__GFP_COMP"), "grow_it() [mod] asked for 32 pages in one piece", OD_CONFIDENCE_LIKELY,
	 NO_PAGES("0", "GFP_KERNEL")},
	{"no-free-pages", NO_PAGES("0", "GFP_ATOMIC"), "GFP_ATOMIC may not wait", OD_CONFIDENCE_LIKELY, NO_PAGES("1", "GFP_KERNEL")},
	{"leaked", LEAK("unreferenced object 0xffff888012345678 (size 64):\n"), "make_it() [mod] allocated 64 bytes", OD_CONFIDENCE_LIKELY, LEAK("")},
};

#endif
