// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Reports that come damaged, wrapped, decoded or among others. All are synthetic: the literals of the
 * kernel's source filled with values.
 */
#include "tests/parse.h"

static const struct {
	const char *behaviour, *text, *kind, *trace;
} reports[] = {
	{"frames that decode_stacktrace.sh resolved",
	 "BUG: KASAN: slab-out-of-bounds in fn (drivers/a.c:12 include/b.h:3)\nCall Trace:\n"
	 "dump_stack_lvl (lib/dump_stack.c:107 (discriminator 1))\n? gn (drivers/a.c:1) mod\nfn (drivers/a.c:12 include/b.h:3)\n",
	 "kasan-oob", "dump_stack_lvl gn fn"},
	{"prose that looks like a resolved frame",
	 "WARNING: CPU: 1 PID: 91 at lib/a.c:28 fn+0x1/0x2\nlook (drivers/a.c:12)\nCall Trace:\n fn+0x1/0x2\n", "warning", "fn"},
	{"an offset beyond the size is a cut line",
	 "Oops: 0000 [#1] SMP\nCall Trace:\n fn+0x1/0x2\n gn+0x34/0x1\n", "paging-request", "fn"},
	{"a place wrapped behind its address is no frame",
	 "BUG: soft lockup - CPU#3 stuck for 26s! [a:1]\nhardirqs last  enabled at (1): [<ffffabe6d1a5d294>]\n"
	 "wrapped+0x3/0x7\nCall trace:\n fn+0x1/0x2\n",
	 "soft-lockup", "fn"},
	{"where preemption was disabled is another trace",
	 "BUG: sleeping function called from invalid context at a.h:1\nPreemption disabled at:\n[<ffffffff8709e980>] gn+0x1/0x2\n"
	 "CPU: 1 PID: 2 Comm: a Not tainted 5.12.0 #0\nCall Trace:\n fn+0x1/0x2\n",
	 "sleeping-in-atomic", "fn"},
	{"the stalled CPU's dump is the report's trace, behind the kthread's",
	 "INFO: rcu_sched self-detected stall on CPU\nrcu_sched kthread starved for 104281 jiffies!\nTask dump for CPU 1:\n"
	 "Call Trace:\n [<ffffffff8170d27f>] fn+0x1/0x2\n",
	 "rcu-stall", "fn"},
	{"a panic in Rust ends in BUG()",
	 "rust_kernel: panicked at a.rs:8:1:\nattempt to subtract with overflow\n------------[ cut here ]------------\n"
	 "kernel BUG at rust/helpers/bug.c:7!\nOops: invalid opcode: 0000 [#1] SMP\nCall Trace:\n fn+0x1/0x2\n",
	 "rust-panic", "fn"},
	{"a dentry in use ends in WARN_ON()",
	 "BUG: Dentry 00000000a1b2c3d4{i=1,n=x} still in use (1) [unmount of ext4 sda1]\n------------[ cut here ]------------\n"
	 "WARNING: CPU: 0 PID: 1 at fs/dcache.c:1616 umount_check+0x1/0x2\nCall Trace:\n fn+0x1/0x2\n",
	 "busy-dentry", "fn"},
	{"a log that begins inside a report",
	 "```\nGPR28: 0000000000000000 c000203993b68580 c0002039699f8c00 c000203993b68600\n"
	 "NIP [c000000000ac0ce8] fn+0x18/0xf0\nCall Trace:\n[c000003fdc18bc80] [c000000000159400] gn+0x160/0x5f0\n---[ end trace 1 ]---\n",
	 "internal-error", "gn"},
};

static void a_report_keeps_its_own_trace(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(reports); i++) {
		print_message("%s\n", reports[i].behaviour);
		struct parsed parsed = parse_text(reports[i].text);
		assert_int_equal(parsed.count, 1);
		assert_kind(parsed.events[0], reports[i].kind);
		assert_trace(parsed.events[0], reports[i].trace);
		parsed_free(&parsed);
	}
}

/* Another boot may be another machine's. */
static void reports_of_a_boot_are_likely_of_one_architecture(void **state)
{
#define WARNED "WARNING: CPU: 1 PID: 1 at a.c:1 fn+0x1/0x2\n---[ end trace 0 ]---\n"
	(void)state;
	struct parsed parsed = parse_text(WARNED "BUG: kernel NULL pointer dereference, address: 0000000000000010\nRIP: 0010:fn+0x1/0x2\n---[ end trace 0 ]---\n" WARNED
					  "Linux version 6.1.0 (a@b) #1 SMP\n" WARNED);
	assert_int_equal(parsed.count, 4);
	assert_null(parsed.events[0]->likely_arch);
	assert_string_equal(parsed.events[1]->arch->name, "x86_64");
	assert_null(parsed.events[2]->arch);
	assert_string_equal(parsed.events[2]->likely_arch->name, "x86_64");
	assert_null(parsed.events[3]->likely_arch);
	parsed_free(&parsed);
#undef WARNED
}

/* The list was empty, and the line end behind it was lost. */
static void a_line_behind_the_list_of_modules_is_no_module(void **state)
{
	(void)state;
	struct parsed parsed = parse_text("Unable to handle kernel NULL pointer dereference at virtual address 00000001\nModules linked in: CPU: 0\n"
					  "PC is at fn+0x4c/0x11c\n");
	assert_int_equal(parsed.count, 1);
	assert_int_equal(parsed.events[0]->modules.count, 0);
	parsed_free(&parsed);
}

static void a_report_of_one_line_does_not_end_the_other(void **state)
{
	(void)state;
	struct parsed parsed = parse_text("INFO: task a:6102 blocked for more than 120 seconds.\nCall Trace:\n fn+0x1/0x2\n"
					  "unregister_netdevice: waiting for lo to become free. Usage count = 6\n gn+0x1/0x2\n");
	assert_int_equal(parsed.count, 2);
	assert_kind(parsed.events[0], "hung-task");
	assert_trace(parsed.events[0], "fn gn");
	assert_kind(parsed.events[1], "unregister-netdevice");
	assert_int_equal(parsed.events[1]->span.first, 4);
	assert_int_equal(parsed.events[1]->span.last, 4);
	assert_int_equal(od_str_find(parsed.events[0]->raw, OD_STR("unregister_netdevice")), -1);
	parsed_free(&parsed);
}

static void a_warning_does_not_die(void **state)
{
	(void)state;
	struct parsed parsed = parse_text("WARNING: CPU: 1 PID: 18244 at a.h:340 fn+0x10bd/0x13c0\n"
					  "Kernel panic - not syncing: panic_on_warn set ...\n"
					  "general protection fault: 0000 [#1] SMP KASAN\nRIP: 0010:gn+0x4/0x10\n");
	assert_int_equal(parsed.count, 2);
	assert_kind(parsed.events[0], "warning");
	assert_str(parsed.events[0]->ip.function, "fn");
	assert_kind(parsed.events[1], "gpf");
	assert_str(parsed.events[1]->ip.function, "gn");
	parsed_free(&parsed);
}

static void an_interrupted_report_gets_its_release_from_the_next(void **state)
{
	(void)state;
	struct parsed parsed = parse_text("BUG: unable to handle kernel paging request at ffffffff0001eea6\n"
					  "BUG: KASAN: use-after-free in fn+0x1/0x2\n"
					  "CPU: 0 PID: 1 Comm: a Not tainted 4.15.0-rc7 #97\n");
	assert_int_equal(parsed.count, 2);
	assert_str(parsed.events[0]->kernel_release, "4.15.0-rc7");
	assert_str(parsed.events[0]->kernel_version, "#97");
	parsed_free(&parsed);
}

static void an_nmi_backtrace_belongs_to_who_asked_for_it(void **state)
{
	(void)state;
	struct parsed parsed = parse_text("[  146.893110][    C1] rcu: INFO: rcu_preempt detected stalls on CPUs/tasks:\n"
					  "[  146.939867][    C1] Sending NMI from CPU 1 to CPUs 0:\n"
					  "[  146.939900][    C0] NMI backtrace for cpu 0\n"
					  "[  146.941087][    C0] CPU: 0 PID: 5599 Comm: a Not tainted 6.10.0-rc5 #20\n"
					  "[  146.941157][    C0] Call Trace:\n[  146.941158][    C0]  fn+0x1/0x2\n"
					  "[  147.000000][    C0] BUG: KASAN: use-after-free in gn+0x1/0x2\n");
	assert_int_equal(parsed.count, 2);
	assert_kind(parsed.events[0], "rcu-stall");
	assert_trace(parsed.events[0], "fn");
	assert_str(parsed.events[0]->kernel_release, "6.10.0-rc5");
	assert_kind(parsed.events[1], "kasan-uaf");
	parsed_free(&parsed);
}

static void letters_of_taint_may_be_wrapped(void **state)
{
	(void)state;
	struct parsed parsed = parse_text("Oops: 0000 [#1] SMP\nCPU: 0 PID: 0 Comm: swapper/0 Tainted: G\n  O       6.12.43 #0\n"
					  "Call Trace:\n fn+0x1/0x2\n");
	assert_int_equal(parsed.count, 1);
	assert_str(parsed.events[0]->taint_raw, "G O");
	assert_str(parsed.events[0]->kernel_release, "6.12.43");
	parsed_free(&parsed);
}

static void hard_blanks_are_blanks(void **state)
{
	(void)state;
	struct parsed parsed = parse_text("[\xc2\xa0 761.668452] Kernel panic - not syncing:\xc2\xa0" "dead\n");
	assert_int_equal(parsed.count, 1);
	assert_str(parsed.events[0]->message, "dead");
	assert_int_equal(parsed.events[0]->time_usec.value, 761668452);
	parsed_free(&parsed);
}

static const struct {
	const char *text, *role, *function;
} roles[] = {
	{"WARNING: HARDIRQ-safe -> HARDIRQ-unsafe lock order detected\n... which became HARDIRQ-irq-safe at:\n  fn+0x1/0x2\n",
	 "irq-safe", "fn"},
	{"WARNING: HARDIRQ-safe -> HARDIRQ-unsafe lock order detected\n... which became HARDIRQ-irq-unsafe at:\n...\n  fn+0x1/0x2\n",
	 "irq-unsafe", "fn"},
	{"BUG: workqueue leaked lock or atomic: kworker/0:0/0x00000000/4\n     last function: addrconf_dad_work\n", "last-work",
	 "addrconf_dad_work"},
	{"BUG: workqueue leaked atomic, lock or RCU: kworker/u33:2[5195]\n     preempt=0x00000000 lock=0->1 RCU=0->0 workfn=addrconf_dad_work\n",
	 "last-work", "addrconf_dad_work"},
};

static void traces_have_roles(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(roles); i++) {
		struct parsed parsed = parse_text(roles[i].text);
		assert_int_equal(parsed.count, 1);
		assert_int_equal(parsed.events[0]->traces.count, 1);
		assert_str(parsed.events[0]->traces.items[0].role, roles[i].role);
		assert_str(parsed.events[0]->traces.items[0].frames.items[0].function, roles[i].function);
		parsed_free(&parsed);
	}
}

static void a_bad_unlock_happens_where_the_report_says(void **state)
{
	(void)state;
	struct parsed parsed = parse_text("[ BUG: bad unlock balance detected! ]\na/1081 is trying to release lock (mrt_lock) at:\n"
					  "[<ffffffff834dea24>] fn+0xe4/0x140\nstack backtrace:\nCall Trace:\n [<ffffffff81d90469>] dump_stack+0xc1/0x128\n");
	assert_int_equal(parsed.count, 1);
	assert_true(parsed.events[0]->has_ip);
	assert_str(parsed.events[0]->ip.function, "fn");
	assert_trace(parsed.events[0], "dump_stack");
	parsed_free(&parsed);
}

static void a_slab_report_has_a_trace_of_its_own(void **state)
{
	(void)state;
	struct parsed parsed = parse_text("BUG kmalloc-64 (Tainted: G           OE     ): Right Redzone overwritten\n"
					  "Allocated in rx_frame_receive+0x16/0x50 [rx_frame] age=0 cpu=1 pid=94\n __kmalloc+0x49/0x150\n"
					  "Freed in free_work+0x21/0x30 age=1 cpu=0 pid=17\n process_one_work+0x1c7/0x380\n"
					  "CPU: 1 PID: 94 Comm: sh Tainted: G           OE      6.1.0-56-amd64 #1\n"
					  "Call Trace:\n <TASK>\n dump_stack_lvl+0x44/0x5c\n </TASK>\n");
	assert_int_equal(parsed.count, 1);
	assert_int_equal(parsed.events[0]->traces.count, 2);
	assert_trace(parsed.events[0], "dump_stack_lvl");
	/* The place in the heading is the caller, which the stack may have left out. */
	const struct od_trace *freed = &parsed.events[0]->traces.items[1];
	assert_int_equal(freed->frames.count, 2);
	assert_str(freed->frames.items[0].function, "free_work");
	assert_true(freed->frames.items[0].is_return_address);
	assert_int_equal(freed->pid.value, 17);
	parsed_free(&parsed);
}

/* lib/list_debug.c of 3.2: the message of WARN() comes behind its header; kernel/watchdog.c of 3.8 likewise. */
static void a_warning_is_named_by_its_message(void **state)
{
	struct parsed parsed = parse_text(
		"------------[ cut here ]------------\n"
		"WARNING: at lib/list_debug.c:33 __list_add+0xbe/0xd0()\n"
		"Hardware name: foo\n"
		"list_add corruption. prev->next should be next (ffff88), but was ffff89. (prev=ffff80).\n"
		"Pid: 1, comm: init Not tainted 3.2.0 #1\n"
		"Call Trace:\n"
		" [<ffffffff81046c3d>] owner+0x7b/0x90\n"
		"---[ end trace 1234567812345678 ]---\n"
		"------------[ cut here ]------------\n"
		"WARNING: at kernel/watchdog.c:245 watchdog_overflow_callback+0x9c/0xd0()\n"
		"Hardware name: Bochs\n"
		"Watchdog detected hard LOCKUP on cpu 3\n"
		"Pid: 0, comm: swapper/0 Not tainted 3.8.9 #1\n"
		"---[ end trace 1234567812345679 ]---\n");
	(void)state;
	assert_int_equal(parsed.count, 2);
	assert_kind(parsed.events[0], "list-corruption");
	assert_int_equal(parsed.events[0]->severity, OD_SEVERITY_WARNING);
	assert_str(parsed.events[0]->comm, "init");
	assert_trace(parsed.events[0], "owner");
	assert_kind(parsed.events[1], "hard-lockup");
	assert_int_equal(parsed.events[1]->cpu.value, 3);
	parsed_free(&parsed);
}

/* Lines that only arm prints open a report without a head; one with a head that follows is another. */
static void what_stands_before_a_header_is_none_of_it(void **state)
{
	struct parsed parsed = parse_text(
		"[<802717d8>] (SyS_read) from [<801080c0>] (ret_fast_syscall+0x0/0x1c)\n"
		"BUG: Bad page state in process foo  pfn:02e44\n"
		"CPU: 3 PID: 521 Comm: foo Not tainted 4.9.45 #1\n"
		"[<80456104>] (dump_stack) from [<802113f8>] (bad_page+0x108/0x16c)\n");
	(void)state;
	assert_int_equal(parsed.count, 1);
	assert_kind(parsed.events[0], "bad-page-state");
	assert_int_equal(parsed.events[0]->span.first, 2);
	assert_trace(parsed.events[0], "dump_stack bad_page");
	parsed_free(&parsed);
}

static void two_consoles_print_one_report(void **state)
{
	struct parsed parsed = parse_text(
		"[    1.000001] BUG: kernel NULL pointer dereference, address: 0000000000000010\n"
		"[    1.000001] BUG: kernel NULL pointer dereference, address: 0000000000000010\n"
		"[    1.000002] Oops: 0002 [#1] SMP\n"
		"[    1.000002] Oops: 0002 [#1] SMP\n"
		"[    1.000003] Call Trace:\n"
		"[    1.000003] Call Trace:\n"
		"[    1.000004]  fn+0x1/0x2\n"
		"[    1.000004]  fn+0x1/0x2\n"
		"[    1.000005]  fn+0x1/0x2\n"
		"[    1.000005]  fn+0x1/0x2\n"
		"[    2.000001] BUG: Bad page state in process foo  pfn:02e44\n"
		"[    2.000009] BUG: Bad page state in process foo  pfn:02e44\n");
	(void)state;
	assert_int_equal(parsed.count, 3);
	assert_kind(parsed.events[0], "null-deref");
	assert_int_equal(parsed.events[0]->integrity & 1u << OD_INTEGRITY_INTERLEAVED, 0);
	assert_trace(parsed.events[0], "fn fn");
	parsed_free(&parsed);
}

/* kernel/rcu/tree_stall.h on arm, where no NMI can be sent: the stalled CPU dumps itself behind RCU's thread. */
static void a_cpu_line_behind_rcus_thread_is_the_reports(void **state)
{
	struct parsed parsed = parse_text(
		"rcu: INFO: rcu_sched self-detected stall on CPU\n"
		"rcu: RCU grace-period kthread stack dump:\n"
		"task:rcu_sched       state:I stack:0     pid:14    tgid:14    ppid:2      flags:0x00000000\n"
		" __schedule from schedule+0x20/0xac\n"
		" kthread from ret_from_fork+0x14/0x28\n"
		"CPU: 1 PID: 87 Comm: busy Not tainted 6.6.0 #3\n"
		"PC is at spin+0x20/0x60\n");
	(void)state;
	assert_int_equal(parsed.count, 1);
	assert_int_equal(parsed.events[0]->cpu.value, 1);
	assert_str(parsed.events[0]->comm, "busy");
	assert_str(parsed.events[0]->ip.function, "spin");
	assert_int_equal(parsed.events[0]->traces.items[0].pid.known, false);
	parsed_free(&parsed);
}

/* "#012" of rsyslogd; "\\x0a" of vmcore-dmesg. */
static void control_characters_come_escaped(void **state)
{
	struct parsed parsed = parse_text(
		"2016-03-26T20:52:22+00:00 host kernel: [ INFO: possible circular locking dependency detected ]\n"
		"2016-03-26T20:52:22+00:00 host kernel: #012-> #1 (&m){+.+.+.}:#012       [<ffffffff811061a6>] first+0x1/0x2\n"
		"\n"
		"kernel BUG at drivers/foo.c:660!\n"
		"illegal operation: 0001 [#1] SMP\n"
		"Krnl PSW : 0404c00180000000 0000000000431f8e (fn+0x62/0x7c)\n"
		"           R:0 T:1 EA:3\\x0aKrnl GPRS: 000000000c7fff88 0000000000000001 0000000000000002 0000000000000003\n"
		"kfence-#013 is no control character\n");
	(void)state;
	assert_int_equal(parsed.count, 2);
	assert_int_equal(parsed.events[0]->traces.count, 1);
	assert_str(parsed.events[0]->traces.items[0].frames.items[0].function, "first");
	assert_int_equal(parsed.events[1]->registers.count, 6);
	parsed_free(&parsed);
}

/* %p before the first random numbers, 4.15 and later; no kallsyms; "Call Trace:" without a line end. */
static void a_trace_without_addresses_is_one(void **state)
{
	struct parsed parsed = parse_text(
		"WARNING: CPU: 0 PID: 0 at net/a.c:442 fn+0x2dc/0x2e4\n"
		"CPU: 0 PID: 0 Comm: swapper Not tainted 5.5.0 #95\n"
		"Call trace:\n"
		"[<(ptrval)>] show_stack+0x48/0x58\n"
		"[<(____ptrval____)>] ? fn+0x2dc/0x2e4\n"
		"---[ end trace 1234567812345678 ]---\n"
		"WARNING: CPU: 0 PID: 0 at net/a.c:320 0x8038b2f0\n"
		"Call Trace:[<8000c2d4>] 0x8000c2d4\n"
		"[<8044ad90>] 0x8044ad90\n");
	(void)state;
	assert_int_equal(parsed.count, 2);
	assert_trace(parsed.events[0], "show_stack fn");
	assert_null(parsed.events[0]->arch);
	assert_int_equal(parsed.events[1]->trace.count, 2);
	assert_int_equal(parsed.events[1]->trace.items[0].address.value, 0x8000c2d4);
	parsed_free(&parsed);
}

static void a_corrected_error_ends_nothing(void **state)
{
	struct parsed parsed = parse_text(
		"mce: [Hardware Error]: CPU 2: Machine Check: 0 Bank 6: cc59dec000041152\n"
		"mce: [Hardware Error]: CPU 3: Machine Check Exception: 5 Bank 4: b200000000070f0f\n"
		"{1}[Hardware Error]: Hardware error from APEI Generic Hardware Error Source: 0\n"
		"{1}[Hardware Error]: event severity: fatal\n");
	(void)state;
	assert_int_equal(parsed.count, 3);
	assert_int_equal(parsed.events[0]->severity, OD_SEVERITY_REPORT);
	assert_int_equal(parsed.events[1]->severity, OD_SEVERITY_PANIC);
	assert_int_equal(parsed.events[2]->severity, OD_SEVERITY_PANIC);
	parsed_free(&parsed);
}

/* mm/slab.c, 3.10; arch/x86/mm/fault.c */
static void a_fault_behind_a_slabs_corruption_is_a_report_of_its_own(void **state)
{
	(void)state;
	struct parsed parsed = parse_text("Slab corruption (Not tainted): kmalloc-64 start=ffff8801d0c6b080, len=64\n000: 6b 6b 6b 6b\n"
					  "BUG: unable to handle kernel paging request at ffff88002bde1e40\nRIP: 0010:fn+0x1/0x2\n");
	assert_int_equal(parsed.count, 2);
	assert_kind(parsed.events[0], "slab-corruption");
	assert_kind(parsed.events[1], "paging-request");
	parsed_free(&parsed);
}

/* kernel/workqueue.c, show_pwq(), 6.6 */
static void works_in_flight_are_named(void **state)
{
	(void)state;
	struct parsed parsed = parse_text("BUG: workqueue lockup - pool cpus=6 node=0 flags=0x0 nice=0 stuck for 57s!\n"
					  "Showing busy workqueues and worker pools:\nworkqueue events: flags=0x100\n"
					  "  pwq 10: cpus=2 node=0 flags=0x0 nice=0 active=2 refcnt=3\n"
					  "    in-flight: 12:fn [a] ,13(RESCUER):gn, 14:hn\n    in-flight: 15:kn\n");
	assert_int_equal(parsed.count, 1);
	assert_int_equal(parsed.events[0]->traces.count, 1);
	const struct od_trace *works = &parsed.events[0]->traces.items[0];
	assert_str(works->role, "in-flight");
	assert_int_equal(works->frames.count, 4);
	assert_str(works->frames.items[0].function, "fn");
	assert_str(works->frames.items[0].module, "a");
	assert_str(works->frames.items[1].function, "gn");
	assert_str(works->frames.items[3].function, "kn");
	parsed_free(&parsed);
}

/* arch/arm64/mm/fault.c, kernel/traps.c, 6.2: die_kernel_fault() says "Oops"; do_undefinstr() prints no headline */
static void an_undefined_instruction_is_not_the_fault_of_the_headline_above(void **state)
{
	(void)state;
	struct parsed parsed = parse_text("Unable to handle kernel paging request at virtual address 0000000008003388\n"
					  "Internal error: Oops - Undefined instruction: 0000000002000000 [#1] PREEMPT SMP\npc : fn+0x0/0x44\n");
	assert_int_equal(parsed.count, 2);
	assert_kind(parsed.events[0], "paging-request");
	assert_int_equal(parsed.events[0]->fault.address.value, 0x8003388);
	assert_kind(parsed.events[1], "invalid-opcode");
	assert_str(parsed.events[1]->ip.function, "fn");
	assert_false(parsed.events[1]->fault.address.known);
	parsed_free(&parsed);
}

static void a_slab_stack_does_not_repeat_its_heading(void **state)
{
	(void)state;
	struct parsed parsed = parse_text("BUG kmalloc-64 (Tainted: G           OE     ): Right Redzone overwritten\n"
					  "INFO: Allocated in fn+0x16/0x50 [rx_frame] age=0 cpu=1 pid=94\n __kmalloc+0x49/0x150\n"
					  " fn+0x16/0x50 [rx_frame]\n gn+0x1/0x2\n");
	assert_int_equal(parsed.count, 1);
	assert_int_equal(parsed.events[0]->traces.items[0].frames.count, 3);
	assert_str(parsed.events[0]->traces.items[0].frames.items[1].function, "fn");
	parsed_free(&parsed);
}

static void a_warning_names_the_handler_that_returned(void **state)
{
	static const char *const messages[] = {
		"initcall fn+0x0/0x1000 [dsp_boot] returned with preemption imbalance ",
		"timer: fn+0x0/0x23 [relay_ctl] preempt leak: 00000101 -> 00000000",
		"irq 5 handler fn+0x0/0x23 [relay_ctl] enabled interrupts",
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(messages); i++) {
		char text[512];
		snprintf(text, sizeof(text),
			 "------------[ cut here ]------------\n%s\n"
			 "WARNING: CPU: 1 PID: 92 at init/main.c:1284 do_one_initcall+0x1d7/0x210\n"
			 "RIP: 0010:do_one_initcall+0x1d7/0x210\nCall Trace:\n do_init_module+0x4a/0x1f0\n", messages[i]);
		struct parsed parsed = parse_text(text);
		assert_int_equal(parsed.count, 1);
		assert_int_equal(parsed.events[0]->traces.count, 1);
		assert_str(parsed.events[0]->traces.items[0].role, "last-work");
		assert_str(parsed.events[0]->traces.items[0].frames.items[0].function, "fn");
		assert_trace(parsed.events[0], "do_init_module");
		parsed_free(&parsed);
	}
}

/* A symbolizer repeats a headline only right behind it. */
static void a_headline_behind_an_access_is_another_reports(void **state)
{
	struct parsed parsed = parse_text(
		"BUG: KASAN: use-after-free in fn (net/a.c:104)\n"
		"Read of size 1 at addr ffff88800befa00a by task a/20\n"
		"==================================================================\n"
		"BUG: KASAN: use-after-free in gn (net/a.c:2536)\n"
		"Read of size 8 at addr ffff888008d04478 by task a/20\n");
	(void)state;
	assert_int_equal(parsed.count, 2);
	parsed_free(&parsed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_warning_is_named_by_its_message),
		cmocka_unit_test(what_stands_before_a_header_is_none_of_it),
		cmocka_unit_test(two_consoles_print_one_report),
		cmocka_unit_test(a_cpu_line_behind_rcus_thread_is_the_reports),
		cmocka_unit_test(control_characters_come_escaped),
		cmocka_unit_test(a_trace_without_addresses_is_one),
		cmocka_unit_test(a_corrected_error_ends_nothing),
		cmocka_unit_test(a_headline_behind_an_access_is_another_reports),
		cmocka_unit_test(a_report_keeps_its_own_trace),
		cmocka_unit_test(a_line_behind_the_list_of_modules_is_no_module),
		cmocka_unit_test(reports_of_a_boot_are_likely_of_one_architecture),
		cmocka_unit_test(a_report_of_one_line_does_not_end_the_other),
		cmocka_unit_test(a_warning_does_not_die),
		cmocka_unit_test(an_interrupted_report_gets_its_release_from_the_next),
		cmocka_unit_test(an_nmi_backtrace_belongs_to_who_asked_for_it),
		cmocka_unit_test(letters_of_taint_may_be_wrapped),
		cmocka_unit_test(hard_blanks_are_blanks),
		cmocka_unit_test(traces_have_roles),
		cmocka_unit_test(a_bad_unlock_happens_where_the_report_says),
		cmocka_unit_test(a_slab_report_has_a_trace_of_its_own),
		cmocka_unit_test(a_fault_behind_a_slabs_corruption_is_a_report_of_its_own),
		cmocka_unit_test(works_in_flight_are_named),
		cmocka_unit_test(an_undefined_instruction_is_not_the_fault_of_the_headline_above),
		cmocka_unit_test(a_slab_stack_does_not_repeat_its_heading),
		cmocka_unit_test(a_warning_names_the_handler_that_returned),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
