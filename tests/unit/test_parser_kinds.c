// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * The line that names a report gives its kind, and what the line holds. All lines are synthetic: they
 * are the literals of the kernel's source (the file stands in parsers/headers.def) filled with values.
 */
#include "tests/parse.h"

struct row {
	const char *line;
	const char *kind;	/* NULL: no report */
	const char *comm;
	int64_t pid, cpu;	/* -1: none */
	const char *function;	/* of the ip; NULL: none */
};

#define RIP "RIP: 0010:fn+0x1/0x2"

static const struct row rows[] = {
	{"BUG: kernel NULL pointer dereference, address: 0000000000000010", "null-deref", "", -1, -1, NULL},
	{"BUG: unable to handle page fault for address: ffffc90000000010", "paging-request", "", -1, -1, NULL},
	{"BUG: unable to handle kernel paging request at ffff88002bde1e40", "paging-request", "", -1, -1, NULL},
	{"general protection fault: 0000 [#1] SMP KASAN", "gpf", "", -1, -1, NULL},
	{"general protection fault, probably for non-canonical address 0xdffffc0000000000: 0000 [#1] SMP", "gpf", "", -1, -1, NULL},
	{"Oops: general protection fault, probably for non-canonical address 0xdead000000000122: 0000 [#1] SMP", "gpf", "", -1, -1, NULL},
	{"Unable to handle kernel access to user memory outside uaccess routines at virtual address 0000000020000010", "user-access", "", -1, -1, NULL},
	{"BUG: unable to handle page fault for address: 00007ffc12345678\nOops: 0001 [#1] PREEMPT SMP PTI\n" RIP, "user-access", "", -1, -1, "fn"},
	{"BUG: unable to handle page fault for address: 00007ffc12345678\nOops: 0003 [#1] PREEMPT SMP PTI\n" RIP, "user-access", "", -1, -1, "fn"},
	{"BUG: unable to handle page fault for address: 00007ffc12345678\nOops: 0000 [#1] PREEMPT SMP PTI\n" RIP, "paging-request", "", -1, -1, "fn"},
	{"BUG: unable to handle page fault for address: 00007ffc12345678\nOops: 0009 [#1] PREEMPT SMP PTI\n" RIP, "paging-request", "", -1, -1, "fn"},
	{"BUG: unable to handle page fault for address: ffff888012345678\nOops: 0003 [#1] PREEMPT SMP PTI\n" RIP, "paging-request", "", -1, -1, "fn"},
	{"Unable to handle kernel execution of user memory at virtual address 0000000000400000", "user-exec", "", -1, -1, NULL},
	{"Unhandled fault: page domain fault (0x81b) at 0x00000000", "null-deref", "", -1, -1, NULL},
	{"Unhandled fault: page domain fault (0x01b) at 0x20000e30", "user-access", "", -1, -1, NULL},
	{"Unhandled fault: page domain fault (0x01b) at 0xc0000e30", "unhandled-fault", "", -1, -1, NULL},
	{"Unhandled prefetch abort: page domain fault (0x00b) at 0x00000000", "null-deref", "", -1, -1, NULL},
	{"Unhandled prefetch abort: page domain fault (0x00b) at 0x20000e30", "user-exec", "", -1, -1, NULL},
	{"Unhandled fault: synchronous external abort (0x96000210) at 0xffffff8009d7f000", "unhandled-fault", "", -1, -1, NULL},
	{"Oops - load address misaligned [#1]", "alignment", "", -1, -1, NULL},
	{"divide error: 0000 [#1] SMP", "divide-error", "", -1, -1, NULL},
	{"Oops: divide error: 0000 [#1] SMP", "divide-error", "", -1, -1, NULL},
	{"Oops: divide error: 0000  PREEMPT SMP KASAN PTI", "divide-error", "", -1, -1, NULL}, /* "[#1]" was lost */
	{"BUG: Unable to handle kernel paging request at virtual address 656e7265", "paging-request", "", -1, -1, NULL},
	{"invalid opcode: 0000 [#1] SMP", "invalid-opcode", "", -1, -1, NULL},
	{"Oops: int3: 0000 [#1] SMP", "int3", "", -1, -1, NULL},
	{"stack segment: 0000 [#1] SMP", "stack-segment", "", -1, -1, NULL},
	{"double fault: 0000 [#1] SMP", "double-fault", "", -1, -1, NULL},
	{"BUG: stack guard page was hit at 00000000b22bd3a1 (stack is 0000000046ad5b4e..00000000cc0e4d4b)", "stack-overflow", "", -1, -1, NULL},
	{"kernel BUG at fs/buffer.c:3045!", "bug-on", "", -1, -1, NULL},
	{"WARNING: CPU: 1 PID: 91 at lib/refcount.c:28 refcount_warn_saturate+0x1/0x2", "refcount", "", 91, 1, "refcount_warn_saturate"},
	{"WARNING: CPU: 1 PID: 91 at /build/linux/lib/list_debug.c:62 fn+0x1/0x2", "list-corruption", "", 91, 1, "fn"},
	{"kernel BUG at mm/usercopy.c:101!", "usercopy", "", -1, -1, NULL},
	{"Bad or missing usercopy whitelist? Kernel memory exposure attempt detected from SLUB object 'x' (offset 4, size 4)!", "usercopy", "", -1, -1, NULL},
	{"WARNING: at fs/file.c:12 fn+0x1/0x2()", "warning", "", -1, -1, "fn"},
	{"WARNING: fs/file.c:12 at fn+0x1/0x2 [mod], CPU#1: insmod/91", "warning", "insmod", 91, 1, "fn"},
	{"WARNING: the mand mount option is being deprecated and", NULL, "", -1, -1, NULL},
	{"Badness in fn at drivers/foo.c:12", "warning", "", -1, -1, "fn"},
	{"Badness at drivers/foo.c:12", "warning", "", -1, -1, NULL},
	{"BUG: warning at kernel/foo.c:12/fn()", "warning", "", -1, -1, "fn"},
	{"kernel BUG in fn at fs/foo.c:12!", "bug-on", "", -1, -1, "fn"},
	{"general protection fault: 0000 [1] SMP", "gpf", "", -1, -1, NULL},
	{"invalid operand: 0000 [1] SMP", "invalid-opcode", "", -1, -1, NULL},
	{"invalid operand: 0000", "invalid-opcode", "", -1, -1, NULL}, /* arch/i386/kernel/traps.c, 2.4 */
	{"double fault: 0000", "double-fault", "", -1, -1, NULL},
	{"debug: 0000 bytes", NULL, "", -1, -1, NULL},
	{"divide error", NULL, "", -1, -1, NULL},
	{"Internal error: UBSAN: array index out of bounds: 00000000f2005512 [#1] PREEMPT SMP", "ubsan", "", -1, -1, NULL},
	{"Internal error: Oops - bad mode: 0 [#1] SMP", "trap", "", -1, -1, NULL},
	{"Unhandled fault at 0xffff800010003eb0", "unhandled-fault", "", -1, -1, NULL},
	{"foo (pid 123): Kernel Fault: Code=15 (Data TLB miss fault) at addr 0000000012340010", "paging-request", "foo", 123, -1, NULL},
	{"Kernel stack overflow in process c000000012345678[123], r1=c000000012345678", "stack-overflow", "", -1, -1, NULL},
	{"BUG: NMI stack guard page was hit at 00000000b22bd3a1 (stack is 0000000046ad5b4e..00000000cc0e4d4b)", "stack-overflow", "", -1, -1, NULL},
	{"PANIC: double fault, gdt at c1234000 [255 bytes]", "double-fault", "", -1, -1, NULL},
	{"PANIC: early exception 0x0e IP 10:ffffffff81000000 error 0 cr2 0x10", "trap", "", -1, -1, NULL},
	{"CFI failure at fn+0x1/0x2 (target: gn+0x0/0x10; expected type: 0x12345678)", "cfi", "", -1, -1, "fn"},
	{"Missing ENDBR: fn+0x0/0x10", "cfi", "", -1, -1, "fn"},
	{"Kernel panic: Attempted to kill init!", "panic", "", -1, -1, NULL},
	{"Kernel panic - not syncing: Kernel stack overflow", "stack-overflow", "", -1, -1, NULL},
	{"BUG: Double free or freeing an invalid pointer", "kasan-invalid-free", "", -1, -1, NULL},
	{"BUG: KASan: use after free in fn+0x1/0x2 at addr ffff880012345678", "kasan-uaf", "", -1, -1, "fn"},
	{"[ BUG: lock held at task exit time! ]", "lockdep-held-on-exit", "", -1, -1, NULL},
	{"BUG: NMI Watchdog detected LOCKUP on CPU1, ip c0123456, registers:", "hard-lockup", "", -1, 1, NULL},
	{"Watchdog CPU:5 Hard LOCKUP", "hard-lockup", "", -1, 5, NULL},
	{"Watchdog CPU:2 detected Hard LOCKUP other CPUS:7", "hard-lockup", "", -1, 7, NULL},
	{"Kernel panic - not syncing: Hard LOCKUP", "hard-lockup", "", -1, -1, NULL},
	{"Kernel panic - not syncing: softlockup: hung tasks", "soft-lockup", "", -1, -1, NULL},
	{"watchdog: CPU 5 self-detected hard LOCKUP @ fn+0x1/0x2", "hard-lockup", "", -1, 5, NULL},
	{"watchdog: CPU 5 detected hard LOCKUP on other CPUs 3", "hard-lockup", "", -1, 3, NULL},
	{"smp: csd: Detected non-responsive CSD lock (#1) on CPU#4, waiting 5000000050 ns for CPU#03 do_nothing+0x0/0x8(0x0).", "csd-lock",
	 "", -1, 4, NULL},
	{"csd: Continued non-responsive CSD lock (#2) on CPU#1, waiting 25000000250 ns for CPU#07 fn+0x0/0x8c(0x7).", "csd-lock", "", -1, 1,
	 NULL},
	{"insmod[612]: Oops 8813272891392 [1]", "paging-request", "insmod", 612, -1, NULL},
	{"init (pid 1): Spinlock was trashed (code 1)", "spinlock", "init", 1, -1, NULL},
	{"swapper/0 (pid 0): Illegal instruction (code 8)", "invalid-opcode", "swapper/0", 0, -1, NULL},
	{"insmod (pid 612): Break instruction (code 9)", "trap", "insmod", 612, -1, NULL},
	{"insmod (pid 612): Data TLB miss fault (code 15)", "internal-error", "insmod", 612, -1, NULL},
	{"INFO: Slab 0xffffea0004a2b800 objects=21 used=21 fp=0x(null) flags=0x2ffff0000000100", "slab-corruption", "", -1, -1, NULL},
	{"Slab 0x00000000d4a2b800 objects=21 used=4 fp=0x00000000aa2b8000 flags=0x200", "slab-corruption", "", -1, -1, NULL},
	{"scheduling while atomic: foo/0x00000002/123", "scheduling-while-atomic", "foo", 123, -1, NULL},
	{"bad: scheduling from the idle thread!", "scheduling-while-atomic", "", -1, -1, NULL},
	{"Debug: sleeping function called from invalid context at mm/slab.h:420", "sleeping-in-atomic", "", -1, -1, NULL},
	{"Bad page state in process 'foo'", "bad-page-state", "foo", -1, -1, NULL},
	{"pagealloc: memory corruption", "bad-page-state", "", -1, -1, NULL},
	{"BUG: Bad page state in process swapper/0 pfn:104300", "bad-page-state", "swapper/0", -1, -1, NULL},
	{"BUG kmalloc-64: Poison overwritten", "slab-corruption", "", -1, -1, NULL},
	{"Out of memory: Killed process 123 (foo) total-vm:1kB, anon-rss:1kB, file-rss:0kB", "oom", "foo", 123, -1, NULL},
	{"Memory cgroup out of memory: Kill process 123 (a) b) score 5 or sacrifice child", "oom", "a) b", 123, -1, NULL},
	{"CPU 1: Machine Check Exception: 4 Bank 5: be00000000800400", "machine-check", "", -1, 1, NULL},
	{"{1}[Hardware Error]: Hardware error from APEI Generic Hardware Error Source: 1", "machine-check", "", -1, -1, NULL},
	{"SError Interrupt on CPU3, code 0x00000000bf000002 -- SError", "internal-error", "", -1, 3, NULL},
	{"Unhandled 64-bit el1h sync exception on CPU2, ESR 0x000000008600000f -- IABT (current EL)", "trap", "", -1, 2, NULL},
	{"Bad mode in Error handler detected on CPU1, code 0xbf000002 -- SError", "trap", "", -1, 1, NULL},
	{"Unhandled kernel unaligned access[#1]:\nCpu 1\n$ 0   : 00000000 00000001 00000002 00000003\n", "alignment", "", -1, 1, NULL},
	{"Uhhuh. NMI received. Dazed and confused, but trying to continue\nYou probably have a hardware problem with your RAM chips\n", "nmi", "", -1, -1, NULL},
	{"WARNING: at net/mac80211/sta_info.c:1008", "warning", "", -1, -1, NULL}, /* lib/bug.c, 3.10 */
	/* the kernel's own source */
	{"\tpr_emerg(\"CPU %d detected hard LOCKUP on other CPUs %*pbl\\n\",", NULL, NULL, -1, -1, NULL},
	{"\t\t\tpr_warn(\"%s: Unknown symbol %s (err %d)\\n\",", NULL, NULL, -1, -1, NULL},
	{"\trcu_scheduler_active = RCU_SCHEDULER_RUNNING;", NULL, NULL, -1, -1, NULL},
	{"WARNING: at 10:15 the build failed", NULL, "", -1, -1, NULL},
	{"slab: double free detected in cache 'kmalloc-128', objp daff5780\n------------[ cut here ]------------\nkernel BUG at mm/slab.c:2535!\n", "slab-corruption", "", -1, -1, NULL},
	{"UBSAN: shift-out-of-bounds in fn\n\na word of the author's\n------------[ cut here ]------------\nUBSAN: shift-out-of-bounds in fs/a.c:1544:15\nCPU: 0 PID: 5955 Comm: a Not tainted 6.16.0 #1\n",
	 "ubsan", "a", 5955, 0, NULL},
	{"CPU2: stopping\n---[ end Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(179,2) ]---\n", "panic", "", -1, -1, NULL},
	{"Oops in arch/mips/mm/fault.c::do_page_fault, line 166[#1]:\n", "paging-request", "", -1, -1, NULL},
	{"NMI: PCI system error (SERR) for reason b1 on CPU 0.", "nmi", "", -1, -1, NULL},
	{"irq 16: nobody cared!", "irq-nobody-cared", "", -1, -1, NULL},
	{"EXT3-fs error (device sda1): ext3_lookup: deleted inode", "fs-error", "", -1, -1, "ext3_lookup"},
	{"XFS (dm-0): Metadata corruption detected at xfs_agf_read_verify+0x7f/0xb0 [xfs], xfs_agf block 0x1", "fs-error", "", -1, -1, NULL},
	{"BUG: a word that drivers print too", NULL, "", -1, -1, NULL},
	{"list_del corruption. prev->next should be ffff888, but was dead000000000100", "list-corruption", "", -1, -1, NULL},
	{"detected buffer overflow in strncpy\n------------[ cut here ]------------\nkernel BUG at lib/string_helpers.c:1027!\n", "fortify", "", -1, -1, NULL},
	{"list_add double add: new=ffffffffc024e000, prev=ffffffffc024e000, next=ffffffffc024c010.", "list-corruption", "", -1, -1, NULL},
	{"refcount_t: underflow; use-after-free.", "refcount", "", -1, -1, NULL}, /* the WARN() above it was left out */
	{"refcount_t: a type for counters", NULL, "", -1, -1, NULL},
	{"Kernel panic - Not syncing: x", "panic", "", -1, -1, NULL},
	{"Kernel panic - not syncing : x", "panic", "", -1, -1, NULL},
	{"usercopy: Kernel memory exposure attempt detected from SLUB object 'kmalloc-32' (offset 0, size 64)!", "usercopy", "", -1, -1, NULL},
	{"Kernel panic - not syncing: sysrq triggered crash", "panic", "", -1, -1, NULL},
	{"Kernel panic - not syncing: stack-protector: Kernel stack is corrupted in: fn+0x1/0x2", "stack-corruption", "", -1, -1, "fn"},
	{"BUG: KASAN: slab-use-after-free in fn+0x1/0x2", "kasan-uaf", "", -1, -1, "fn"},
	{"BUG: KASAN: use-after-free in fn+0x1/0x2 [mod]", "kasan-uaf", "", -1, -1, "fn"},
	{"BUG: KASAN: slab-out-of-bounds in fn+0x1/0x2", "kasan-oob", "", -1, -1, "fn"},
	{"BUG: KASAN: stack-out-of-bounds in fn+0x1/0x2 at addr ffff8800", "kasan-oob", "", -1, -1, "fn"},
	{"BUG: KASAN: null-ptr-deref in fn+0x1/0x2", "kasan-null", "", -1, -1, "fn"},
	{"BUG: KASAN: wild-memory-access in fn+0x1/0x2", "kasan-wild", "", -1, -1, "fn"},
	{"BUG: KASAN: user-memory-access in fn+0x1/0x2", "kasan-user-access", "", -1, -1, "fn"},
	{"BUG: KASAN: double-free in fn+0x1/0x2", "kasan-invalid-free", "", -1, -1, "fn"},
	{"BUG: KASAN: invalid-access in fn+0x1/0x2", "kasan-invalid-access", "", -1, -1, "fn"},
	{"BUG: KASAN: unknown-crash in fn+0x1/0x2", "kasan-other", "", -1, -1, "fn"},
	{"BUG: KFENCE: use-after-free read in fn+0x1/0x2", "kfence", "", -1, -1, "fn"},
	{"BUG: KMSAN: uninit-value in fn+0x1/0x2", "kmsan", "", -1, -1, "fn"},
	{"BUG: KCSAN: data-race in fn / gn", "kcsan", "", -1, -1, "fn"},
	{"UBSAN: shift-out-of-bounds in lib/a.c:12:34", "ubsan", "", -1, -1, NULL},
	{"WARNING: possible circular locking dependency detected", "lockdep-circular", "", -1, -1, NULL},
	{"[ INFO: possible recursive locking detected ]", "lockdep-recursive", "", -1, -1, NULL},
	{"WARNING: inconsistent lock state", "lockdep-inconsistent", "", -1, -1, NULL},
	{"WARNING: SOFTIRQ-safe -> SOFTIRQ-unsafe lock order detected", "lockdep-irq-unsafe", "", -1, -1, NULL},
	{"WARNING: possible irq lock inversion dependency detected", "lockdep-irq-inversion", "", -1, -1, NULL},
	{"WARNING: suspicious RCU usage", "lockdep-suspicious-rcu", "", -1, -1, NULL},
	{"[ BUG: bad unlock balance detected! ]", "lockdep-bad-unlock", "", -1, -1, NULL},
	{"WARNING: held lock freed!", "lockdep-held-freed", "", -1, -1, NULL},
	{"WARNING: lock held when returning to user space!", "lockdep-held-on-exit", "", -1, -1, NULL},
	{"WARNING: Nested lock was not taken", "lockdep-nested", "", -1, -1, NULL},
	{"[ BUG: Invalid wait context ]", "lockdep-invalid-wait-context", "", -1, -1, NULL},
	{"INFO: trying to register non-static key.", "lockdep-nonstatic-key", "", -1, -1, NULL},
	{"BUG: MAX_LOCKDEP_CHAINS too low!", "lockdep-internal", "", -1, -1, NULL},
	{"BUG: spinlock bad magic on CPU#1, foo/123", "spinlock", "foo", 123, 1, NULL},
	{"watchdog: BUG: soft lockup - CPU#1 stuck for 22s! [a:b:123]", "soft-lockup", "a:b", 123, 1, NULL},
	{"NMI watchdog: Watchdog detected hard LOCKUP on cpu 3", "hard-lockup", "", -1, 3, NULL},
	{"watchdog: CPU2: Watchdog detected hard LOCKUP on cpu 3", "hard-lockup", "", -1, 3, NULL},
	{"rcu: INFO: rcu_preempt self-detected stall on CPU", "rcu-stall", "", -1, -1, NULL},
	{"INFO: rcu_sched_state detected stall on CPU 3 (t=15000 jiffies)", "rcu-stall", "", -1, 3, NULL},
	{"INFO: rcu_sched self-detected stall on CPU { 1}  (t=65008 jiffies)", "rcu-stall", "", -1, 1, NULL},
	{"INFO: rcu_sched detected stalls on CPUs/tasks: { 2} (detected by 0, t=65008 jiffies)", "rcu-stall", "", -1, -1, NULL},
	{"INFO: task kworker/0:1:764 blocked for more than 120 seconds.", "hung-task", "kworker/0:1", 764, -1, NULL},
	{"INFO: task udevd:5612 blocked in I/O wait for more than 143 seconds.", "hung-task", "udevd", 5612, -1, NULL},
	{"INFO: task a:1 is blocked on a mutex likely owned by task b:2.", NULL, "", -1, -1, NULL},
	{"BUG: workqueue lockup - pool cpus=0 node=0 flags=0x0 nice=0 stuck for 31s!", "workqueue-lockup", "", -1, 0, NULL},
	{"unregister_netdevice: waiting for lo to become free. Usage count = 2", "unregister-netdevice", "", -1, -1, NULL},
	{"BUG: sleeping function called from invalid context at mm/slab.h:420", "sleeping-in-atomic", "", -1, -1, NULL},
	{"BUG: scheduling while atomic: kworker/0:1/764/0x00000002", "scheduling-while-atomic", "kworker/0:1", 764, -1, NULL},
	{"BUG: using smp_processor_id() in preemptible [00000000] code: foo/123", "preemptible-smp", "foo", 123, -1, NULL},
	{"BUG: workqueue leaked lock or atomic: kworker/0:1/0x00000000/123", "workqueue-leaked-atomic", "kworker/0:1", 123, -1, NULL},
	{"BUG: workqueue leaked atomic, lock or RCU: kworker/0:1[123]", "workqueue-leaked-atomic", "kworker/0:1", 123, -1, NULL},
	{"BUG: Bad page state in process foo  pfn:12345", "bad-page-state", "foo", -1, -1, NULL},
	{"BUG: Bad page map in process foo  pte:8000000012345025 pmd:12345067", "bad-page-map", "foo", -1, -1, NULL},
	{"BUG: Bad rss-counter state mm:00000000a1b2c3d4 type:MM_ANONPAGES val:1", "rss-counter", "", -1, -1, NULL},
	{"BUG kmalloc-64 (Tainted: G    B  ): Poison overwritten", "slab-corruption", "", -1, -1, NULL},
	{"BUG kmalloc-64 is a cache that nobody complains of", NULL, "", -1, -1, NULL},
	{"BUG: memory leak", "memory-leak", "", -1, -1, NULL},
	{"foo invoked oom-killer: gfp_mask=0x100cca(GFP_HIGHUSER_MOVABLE), order=0, oom_score_adj=0", "oom", "foo", -1, -1, NULL},
	{"foo: page allocation failure: order:5, mode:0x40cc0(GFP_KERNEL|__GFP_COMP)", "page-alloc-failure", "foo", -1, -1, NULL},
	{"page allocation failure: order:0, mode:0x2080020(GFP_ATOMIC)", "page-alloc-failure", "", -1, -1, NULL},
	{"foo: page allocation failure: order:9, mode:0x20\nPid: 7812, comm: foo Tainted: P  3.8.0 #1\n", "page-alloc-failure", "foo", 7812, -1, NULL},
	{"BUG: Dentry 00000000a1b2c3d4{i=1,n=x} still in use (1) [unmount of ext4 sda1]", "busy-dentry", "", -1, -1, NULL},
	{"VFS: Busy inodes after unmount of sda1. Self-destruct in 5 seconds", "vfs", "", -1, -1, NULL},
	{"EXT4-fs error (device sda1): ext4_fn:123: inode #12: comm foo: bad", "fs-error", "foo", -1, -1, "ext4_fn"},
	{"mce: [Hardware Error]: CPU 0: Machine Check Exception: 5 Bank 4: b200000000070f0f", "machine-check", "", -1, 0, NULL},
	{"mce: [Hardware Error]: Machine check events logged", NULL, "", -1, -1, NULL},
	{"Uhhuh. NMI received for unknown reason 3d on CPU 0.", "nmi", "", -1, -1, NULL},
	{"irq 16: nobody cared (try booting with the \"irqpoll\" option)", "irq-nobody-cared", "", -1, -1, NULL},
	{"irq 16: nobody cared!", "irq-nobody-cared", "", -1, -1, NULL},
	{"watchdog: CPU3: Watchdog detected hard LOCKUP on cpu 3", "hard-lockup", "", -1, 3, NULL},
	{"Unknown program exception: 0028 [#1] SMP", "trap", "", -1, -1, NULL},
	{"operand exception: 0015 ilc:2 [#1] SMP", "trap", "", -1, -1, NULL},
	{"irq 16: affinity broken", NULL, "", -1, -1, NULL},
	{"WARNING: kernel stack regs at ffff8801d100fea8 in foo:1 has bad 'bp' value ffff8801d100ff28", "unwinder", "", -1, -1, NULL},
	{"rust_kernel: panicked at drivers/x.rs:877:13:", "rust-panic", "", -1, -1, NULL},
	{"INFO: lockdep is turned off.", NULL, "", -1, -1, NULL},
	{"foo[123]: segfault at 10 ip 00007f sp 00007f error 4 in lib.so[7f+1000]", NULL, "", -1, -1, NULL},
};

static void check_event(const struct row *row, const struct od_event *event)
{
	assert_kind(event, row->kind);
	assert_str(event->comm, row->comm);
	assert_int_equal(event->pid.known, row->pid >= 0);
	if (row->pid >= 0)
		assert_int_equal(event->pid.value, row->pid);
	assert_int_equal(event->cpu.known, row->cpu >= 0);
	if (row->cpu >= 0)
		assert_int_equal(event->cpu.value, row->cpu);
	assert_int_equal(event->has_ip, row->function != NULL);
	if (row->function)
		assert_str(event->ip.function, row->function);
}

static void the_header_tells_the_kind(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		print_message("%s\n", rows[i].line);
		struct parsed parsed = parse_text(rows[i].line);
		assert_int_equal(parsed.count, rows[i].kind ? 1 : 0);
		if (rows[i].kind)
			check_event(&rows[i], parsed.events[0]);
		parsed_free(&parsed);
	}
}

static const struct {
	const char *text, *kind, *message;
} assertions[] = {
	{"------------[ cut here ]------------\nrefcount_t: underflow; use-after-free.\nWARNING: CPU: 0 PID: 1 at lib/refcount.c:28 fn+0x1/0x2\n",
	 "refcount", "refcount_t: underflow; use-after-free."},
	{"------------[ cut here ]------------\nWARNING: CPU: 0 PID: 1 at lib/a.c:28 fn+0x1/0x2\nbad thing\nModules linked in:\n",
	 "warning", "bad thing"},
	{"list_del corruption, ffff8->next is LIST_POISON1 (dead000000000100)\n------------[ cut here ]------------\nkernel BUG at lib/list_debug.c:56!\n",
	 "list-corruption", "list_del corruption, ffff8->next is LIST_POISON1 (dead000000000100)"},
	{"------------[ cut here ]------------\nlist_add double add: new=ffff8, prev=ffff8, next=ffff9.\nkernel BUG at lib/list_debug.c:33!\n",
	 "list-corruption", "list_add double add: new=ffff8, prev=ffff8, next=ffff9."},
	{"------------[ cut here ]------------\nODEBUG: free active (active state 0) object: ffff8 object type: timer_list hint: 0x0\nWARNING: CPU: 0 PID: 1 at lib/debugobjects.c:1 fn+0x1/0x2\n",
	 "odebug", "ODEBUG: free active (active state 0) object: ffff8 object type: timer_list hint: 0x0"},
	{"------------[ cut here ]------------\nCFI failure at fn+0x1/0x2 (target: gn+0x0/0x4; expected type: 0x12345678)\nWARNING: CPU: 0 PID: 1 at fn+0x1/0x2\n",
	 "cfi", "CFI failure at fn+0x1/0x2 (target: gn+0x0/0x4; expected type: 0x12345678)"},
	{"------------[ cut here ]------------\ndetected buffer overflow in memcpy\nkernel BUG at lib/string_helpers.c:1031!\n",
	 "fortify", "detected buffer overflow in memcpy"},
	{"------------[ cut here ]------------\nstrncpy: detected buffer overflow: 40 byte write of buffer size 16\n"
	 "WARNING: CPU: 1 PID: 163 at lib/string_helpers.c:1032 __fortify_report+0x54/0x68\n",
	 "fortify", "strncpy: detected buffer overflow: 40 byte write of buffer size 16"},
	{"kernel tried to execute NX-protected page - exploit attempt? (uid: 0)\nBUG: unable to handle page fault for address: ffff8\n", "nx-exec", ""},
	{"------------[ cut here ]------------\nkernel BUG at mm/a.c:1!\ninvalid opcode: 0000 [#1] SMP\n", "bug-on", ""},
};

static void the_message_refines_the_kind(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(assertions); i++) {
		print_message("%s\n", assertions[i].text);
		struct parsed parsed = parse_text(assertions[i].text);
		assert_int_equal(parsed.count, 1);
		assert_kind(parsed.events[0], assertions[i].kind);
		assert_str(parsed.events[0]->message, assertions[i].message);
		parsed_free(&parsed);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_header_tells_the_kind),
		cmocka_unit_test(the_message_refines_the_kind),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
