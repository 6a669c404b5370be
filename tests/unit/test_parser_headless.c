// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Reports whose head is missing: a log that wrapped within one, an excerpt, a header that another writer spoiled. All text
 * is synthetic, after the kernel's source: lib/dump_stack.c, and the file that each row names.
 */
#include "tests/parse.h"

#define TASK "CPU: 1 PID: 612 Comm: insmod Tainted: G        W          6.1.0 #1\n"
#define HARDWARE "Hardware name: ACME Board (DT)\n"
#define DUMP "RIP: 0010:fn+0x1/0x2 [a]\nRAX: 0000000000000001 RBX: 0000000000000002 RCX: 0000000000000003\n" \
	"RDX: 0000000000000001 RSI: 0000000000000002 RDI: 0000000000000003\n"
#define OTHER "BUG: kernel NULL pointer dereference, address: 0000000000000010\nRIP: 0010:kn+0x1/0x2\n"

static const struct {
	const char *behaviour, *text;
	const char *kinds[3];		/* NULL: no more events */
	const char *comm;		/* of the first */
} rows[] = {
	/* who prints a report names its kind */
	{"lib/ubsan.c", "index 0 is out of range for type 'x [*]'\n" TASK HARDWARE "Call Trace:\n dump_stack_lvl+0x1/0x2\n ubsan_epilogue+0x1/0x2\n"
		"__ubsan_handle_out_of_bounds.cold+0x1/0x2\n fn+0x1/0x2 [a]\n", {"ubsan"}, "insmod"},
	{"mm/oom_kill.c", TASK HARDWARE "Call Trace:\n dump_stack_lvl+0x1/0x2\n dump_header+0x1/0x2\n oom_kill_process+0x1/0x2\n", {"oom"}, "insmod"},
	{"kernel/sched/core.c", "Call Trace:\n dump_stack+0x1/0x2\n __schedule_bug+0x1/0x2\n __schedule+0x1/0x2\n fn+0x1/0x2\n",
		{"scheduling-while-atomic"}, ""},
	{"mm/slub.c", TASK "Call Trace:\n dump_stack+0x1/0x2\n check_bytes_and_report+0x1/0x2\n check_object+0x1/0x2\n", {"slab-corruption"}, "insmod"},
	{"kernel/panic.c", "NETDEV WATCHDOG: eth0 (x): transmit queue 3 timed out\nModules linked in: a\n" TASK "Call Trace:\n dump_stack+0x1/0x2\n"
		" __warn+0x1/0x2\n dev_watchdog+0x1/0x2\n", {"warning"}, "insmod"},
	{"deep in a log", "[    1.000001] a\n[    1.000002] b\n[    1.000003] c\n[    1.000004] d\n[    1.000005] e\n[    1.000006] f\n"
		"[    1.000007] " TASK "[    1.000008] Call Trace:\n[    1.000009]  dump_stack+0x1/0x2\n[    1.000010]  bad_page+0x1/0x2\n"
		"[    1.000011]  free_pcppages_bulk+0x1/0x2\n", {"bad-page-state"}, "insmod"},
	/* who called dump_stack() for nothing, or was asked for its stack, reports nothing */
	{"a driver's dump_stack()", "[    1.000001] sysfs: cannot create duplicate filename '/a'\n[    1.000002] " TASK "[    1.000003] Call Trace:\n"
		"[    1.000004]  dump_stack+0x1/0x2\n[    1.000005]  sysfs_warn_dup+0x1/0x2\n[    1.000006]  fn+0x1/0x2\n[    1.000007] " OTHER,
		{"null-deref"}, ""},
	{"an NMI's dump deep in a log", "[    1.000001] a\n[    1.000002] b\n[    1.000003] c\n[    1.000004] d\n[    1.000005] e\n"
		"[    1.000006] NMI backtrace for cpu 1\n[    1.000007] " TASK "[    1.000008] RIP: 0010:fn+0x1/0x2\n[    1.000009] Call Trace:\n"
		"[    1.000010]  gn+0x1/0x2\n[    1.000011]  hn+0x1/0x2\n[    1.000012]  kn+0x1/0x2\n", {NULL}, ""},
	{"a die line is of the report that follows", TASK "Call Trace:\n dump_stack+0x1/0x2\n should_fail+0x1/0x2\n"
		"general protection fault: 0000 [#1] SMP KASAN\nCPU: 0 PID: 7 Comm: a Not tainted 6.1.0 #1\n" DUMP, {"gpf"}, "a"},
	/* the log begins within a report, and goes on with others */
	{"a dump", DUMP OTHER, {"internal-error", "null-deref"}, ""},
	{"a dump of a user's place", TASK "PC is at 0x3edc\nLR is at 0xb6e4513c\npc : [<00003edc>]    lr : [<b6e4513c>]    psr: 600001d1\n"
		"sp : de83bfb0  ip : 00000000  fp : beae2a0c\nr10: 000938a4  r9 : 0091e848  r8 : 00000957\n"
		"Bad mode in prefetch abort handler detected\n", {"internal-error", "trap"}, "insmod"},
	{"what KASAN prints behind a die line", "KASAN: null-ptr-deref in range [0x0000000000000010-0x0000000000000017]\nRIP: 0010:fn+0x1/0x2\n"
		"Call Trace:\n gn+0x1/0x2\n hn+0x1/0x2\n" OTHER, {"kasan-null", "null-deref"}, ""},
	/* what dies prints a die line, on arm64 also its code */
	{"x86's undefined instruction", TASK DUMP "Code: 00 75 16 <0f> 0b 48 8b\nCall Trace:\n gn+0x1/0x2\n" OTHER, {"warning", "null-deref"}, "insmod"},
	{"x86's other code", TASK DUMP "Code: 00 75 16 <8b> 0b 48 8b\nCall Trace:\n gn+0x1/0x2\n" OTHER, {"internal-error", "null-deref"}, "insmod"},
	{"arm64 without its code", TASK HARDWARE "pstate: 60000005\npc : fn+0x1/0x2 [a]\nlr : fn+0x1/0x2 [a]\nsp : ffff80000c8d3c20\n"
		"Call trace:\n fn+0x1/0x2 [a]\n gn+0x1/0x2\n---[ end trace 0000000000000000 ]---\n" OTHER, {"warning", "null-deref"}, "insmod"},
	{"arm64 with its code", TASK HARDWARE "pstate: 60000005\npc : fn+0x1/0x2 [a]\nlr : fn+0x1/0x2 [a]\nsp : ffff80000c8d3c20\n"
		"Call trace:\n fn+0x1/0x2 [a]\n gn+0x1/0x2\nCode: b9403003 (f8636821)\n---[ end trace 0000000000000000 ]---\n" OTHER,
		{"internal-error", "null-deref"}, "insmod"},
	{"a trace and its end", "el0_svc+0x1/0x2\nCode: b9403003 (f8636821)\n---[ end trace 0000000000000000 ]---\n" OTHER, {"bug-other", "null-deref"}, ""},
	{"a trace without its end", " fn+0x1/0x2\n gn+0x1/0x2\n hn+0x1/0x2\n" OTHER, {"null-deref"}, ""},
	{"a task of arm is no list of tasks", "Hardware name: X\ntask: ffff880337f12990 ti: ffff880337514000\n" DUMP, {"internal-error"}, ""},
	/* lines that no other report has: kernel/hung_task.c, kernel/sched/core.c, mm/slub.c */
	{"hung task, to 5.9", "a\n\n\n\n\n\"echo 0 > /proc/sys/kernel/hung_task_timeout_secs\" disables this message.\n"
		"kworker/1:0     D    0  7427      2 0x80004000\nCall Trace:\n __schedule+0x1/0x2\n fn+0x1/0x2\n", {"hung-task"}, "kworker/1:0"},
	{"hung task, with an address", "\"echo 0 > /proc/sys/kernel/hung_task_timeout_secs\" disables this message.\n"
		"bptm            D ffff8817dddf80b0     0 26120  26119 0x00000080\nCall Trace:\n fn+0x1/0x2\n", {"hung-task"}, "bptm"},
	{"hung task, since 5.10", "\"echo 0 > /proc/sys/kernel/hung_task_timeout_secs\" disables this message.\n"
		"task:a b             state:D stack:    0 pid:   13 ppid:     2 flags:0x00004000\nCall Trace:\n fn+0x1/0x2\n", {"hung-task"}, "a b"},
	{"slab behind its stacks", "Allocated in fn+0xa98/0xeac age=2 cpu=0 pid=154\n gn+0x80/0x138\n hn+0x18/0x24\n"
		"Slab 0x807e1060 objects=10 used=6 fp=0x81b6b380 flags=0x800(slab|zone=0)\n", {"slab-corruption"}, ""},
};

static void what_is_left_of_a_report_tells_what_it_was(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		print_message("%s\n", rows[i].behaviour);
		struct parsed parsed = parse_text(rows[i].text);
		size_t count = 0;
		for (; count < ARRAY_SIZE(rows[i].kinds) && rows[i].kinds[count]; count++) {
			assert_true(count < parsed.count);
			assert_kind(parsed.events[count], rows[i].kinds[count]);
		}
		assert_int_equal(parsed.count, count);
		if (count)
			assert_str(parsed.events[0]->comm, rows[i].comm);
		parsed_free(&parsed);
	}
}

#define HEAD "Unable to handle kernel paging request at virtual address 00001234\n"
#define TAIL "EFLAGS: 00010286\neax: c57ea2e8   ebx: ca2c48d8   ecx: c720b000   edx: c720bf58\n" \
	"esi: 00000286   edi: c046f2e0   ebp: c046f234   esp: ce2e5a78\nProcess smbd (pid: 356, threadinfo=ce2e4000 task=ce5066b0)\n"

/* Reports of which a line is cut, or named twice: one event with what the lines have. */
static const struct {
	const char *behaviour, *text, *comm, *place, *release;
} lines[] = {
	{"a command cut within what follows", HEAD "Internal error: Oops: 96000007 [#1] SMP\nCPU: 38 PID: 1 Comm: swapper/0 Taint\n", "swapper/0", "", ""},
	{"cut within the other word", HEAD "Internal error: Oops: 96000007 [#1] SMP\nCPU: 38 PID: 1 Comm: swapper/0 Not t\n", "swapper/0", "", ""},
	{"a command that only looks so", HEAD "Internal error: Oops: 96000007 [#1] SMP\nCPU: 38 PID: 1 Comm: Tainted\n", "Tainted", "", ""},
	/* arch/sparc/kernel/traps_64.c, die_if_kernel(): "%s(%d): %s [#%d]" */
	{"a task of a die line", HEAD "X(5651): Oops [#1]\n", "X", "", ""},
	{"no name is so long", HEAD "and of a name of many words X(5651): Oops [#1]\n", "", "", ""},
	{"a host and no tag before it", "Apr 28 20:06:31 host " HEAD "Apr 28 20:06:31 host X(5651): Oops [#1]\n", "X", "", ""},
	{"syzbot's title above the report", "BUG: unable to handle kernel paging request in fn\n\n" HEAD
		"Internal error: Oops: 0000000096000005 [#1] PREEMPT SMP\nCPU: 0 PID: 13 Comm: kworker/0:1 Not tainted 6.1.0 #0\n"
		"pc : gn include/linux/file.h:369 [inline]\npc : fn+0xd4/0x398 lib/file.c:688\n", "kworker/0:1", "fn", "6.1.0"},
	/* arch/i386/kernel/traps.c, show_registers(): what follows the address is no name */
	{"2.4", HEAD "Oops: 0000\nCPU:    0\nEIP:    0010:[<c014626d>]    Not tainted\n" TAIL, "smbd", "", ""},
	{"2.6.9", HEAD "Oops: 0000 [#1]\nCPU:    0\nEIP:    0060:[<c014626d>]    Tainted: P   VLI\nEFLAGS: 00010286   (2.6.9) \n"
		"EIP is at fn+0x38/0xb4\neax: c57ea2e8   ebx: ca2c48d8   ecx: c720b000   edx: c720bf58\nProcess smbd (pid: 3, a)\n",
		"smbd", "fn", "2.6.9"},
	{"2.6.10, wrapped", HEAD "Oops: 0000 [#1]\nCPU:    0\nEIP:    0060:[fn+21/125]    \nTainted: P   VLI\nEFLAGS: 00010286   (2.6.10) \n"
		"EIP is at fn+0x38/0xb4\neax: c57ea2e8   ebx: ca2c48d8   ecx: c720b000   edx: c720bf58\nProcess smbd (pid: 3, a)\n",
		"smbd", "fn", "2.6.10"},
	{"2.6.11, wrapped", HEAD "Oops: 0000 [#1]\nCPU:    0\nEIP:    0060:[fn+21/125]    \nNot tainted VLI\nEFLAGS: 00010286   (2.6.11) \n"
		"EIP is at fn+0x38/0xb4\neax: c57ea2e8   ebx: ca2c48d8   ecx: c720b000   edx: c720bf58\nProcess smbd (pid: 3, a)\n",
		"smbd", "fn", "2.6.11"},
	{"klogd's name", HEAD "Oops: 0000\nCPU:    0\nEIP:    0010:[fn+12/34]    Not tainted\n" TAIL, "smbd", "fn", ""},
	{"a dump that begins at its place", "EIP is at fn+0x38/0xb4\neax: c57ea2e8   ebx: ca2c48d8   ecx: c720b000   edx: c720bf58\n"
		"Process smbd (pid: 356, threadinfo=ce2e4000 task=ce5066b0)\nCall Trace:\n [gn+108/116] gn+0x6c/0x74\n", "smbd", "fn", ""},
};

static void a_line_tells_no_more_than_it_holds(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(lines); i++) {
		print_message("%s\n", lines[i].behaviour);
		struct parsed parsed = parse_text(lines[i].text);
		assert_int_equal(parsed.count, 1);
		assert_str(parsed.events[0]->comm, lines[i].comm);
		assert_str(parsed.events[0]->ip.function, lines[i].place);
		assert_str(parsed.events[0]->kernel_release, lines[i].release);
		parsed_free(&parsed);
	}
}

/* Lines of a syslog whose daemon names nobody, or of programs that do: neither is a report by its prefix. */
static void what_programs_log_is_no_report(void **state)
{
	static const char *const texts[] = {
		"Apr 28 20:06:31 host last message repeated 3 times\nApr 28 20:26:31 host -- MARK --\n",
		"Apr 28 20:06:31 host syslogd 1.4.1: restart.\nApr 28 20:06:31 host exiting on signal 15\n",
		"Apr 28 20:06:31 host app: Unable to handle kernel paging request at virtual address 00000010\n",
		"Apr 28 20:06:31 host APP[123]: BUG: unable to handle kernel paging request at 00000010\n",
		"Apr 28 20:06:31 host su(pam_unix)[12]: kernel BUG at mm/slab.c:12!\n",
		"Apr 28 20:06:31 host app(12): Started\nApr 28 20:06:31 host WARNING: the disk is full\n",
		/* arch/arm/mm/fault.c, __do_user_fault(), with CONFIG_DEBUG_USER */
		"[   95.831778] CPU: 5 PID: 3098 Comm: a Not tainted 3.10.49 #1\n[   95.831793] PC is at 0x9f421882\n[   95.831798] LR is at 0x9f421869\n"
		"[   95.831808] pc : [<9f421882>]    lr : [<9f421869>]    psr: 000f0030\n[   95.831808] sp : be815d40  ip : 00001437  fp : 12c92350\n"
		"[   95.831816] r10: 00000000  r9 : b76b3a60  r8 : 00000000\n[   95.831852] CPU: 5 PID: 3098 Comm: a Not tainted 3.10.49 #1\n"
		"[   95.831874] [<c010aff0>] (fn+0x0/0xe0) from [<c01092ec>] (gn+0x10/0x14)\n",
		"(1)[12:app]INFO: started\n(0)[1:init]WARNING: late\n",
		"Changes:\n\n    Oops\n\n    one more test\n",
		"    UBSAN: Fail tests if UB detected\n",
		"- Overflow in lib/pi.c:312 [#1302](https://example.org/1302)\n",
	};
	(void)state;
	assert_no_reports(texts, ARRAY_SIZE(texts));
}

/* Traces of which a line holds more than one frame: the rows of i386 of 2.4, klogd's, and arm's calls. */
static void a_line_may_hold_several_frames(void **state)
{
	static const struct {
		const char *text, *functions;
		size_t count;
	} traces[] = {
		{"Call Trace:    [<c0107a5e>] [<c0123456>]\n  [<c0134567>] [<c0145678>]\n", "", 4},
		{"Call Trace: [fn+108/116] [ext3:gn+1/12]\n   [hn+1/2]\n", "fn gn hn", 3},
		{"Call Trace:\n [<c0107a5e>] fn+0x1/0x2 [<c0123456>] gn+0x1/0x2 [ext3] [<c0123456>] hn+0x1/0x2\n", "fn gn hn", 3},
		{"Backtrace:\n[<c0107a5e>] (fn+0x0/0x20) from [<c0123456>] (gn+0x1/0x2) [<c0123450>] (gn+0x0/0x2) from [<c0134567>] (hn+0x1/0x2)\n",
		 "fn gn hn", 3},
		/* anything but frames between them: the line is no row */
		{"Call Trace:\n [<c0107a5e>] [<c0123456>] and more\n", "", 0},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(traces); i++) {
		char text[512];
		print_message("%s", traces[i].text);
		snprintf(text, sizeof(text), HEAD "Oops: 0000\nCPU:    0\nProcess smbd (pid: 3, a)\n%s", traces[i].text);
		struct parsed parsed = parse_text(text);
		assert_int_equal(parsed.count, 1);
		assert_int_equal(parsed.events[0]->trace.count, traces[i].count);
		if (traces[i].functions[0])
			assert_trace(parsed.events[0], traces[i].functions);
		parsed_free(&parsed);
	}
}

static void callers_share_what_the_log_holds(void **state)
{
	(void)state;
	struct parsed parsed = parse_text("[    1.000001][   T48] " TASK "[    1.000002][   T48] Call Trace:\n[    1.000003][   T48]  dump_stack+0x1/0x2\n"
					  "[    1.000004][   T48]  fn+0x1/0x2\n[    1.000005][   T48]  gn+0x1/0x2\n"
					  "[    1.000006][  T360] BUG: kernel NULL pointer dereference, address: 0000000000000010\n"
					  "[    1.000007][  T360] RIP: 0010:kn+0x1/0x2\n");
	assert_int_equal(parsed.count, 1);
	assert_kind(parsed.events[0], "null-deref");
	parsed_free(&parsed);
}

/* What kernels print of a program that a signal kills: kernel/signal.c, show_unhandled_signals, CONFIG_DEBUG_USER; 5.10, mips of a vendor's 3.18. */
static void the_registers_of_a_program_are_no_report(void **state)
{
	static const char *const texts[] = {
		"foo[123]: unhandled level 1 translation fault (11) at 0x00000008, esr 0x92000005, in foo[aaaad5a80000+2000]\nCPU: 0 PID: 123 Comm: foo Not tainted 5.10.0 #1\n"
		"pstate: 80000000 (Nzcv daif -PAN -UAO -TCO BTYPE=--)\npc : 0000aaaad5a81d04\nlr : 0000aaaad5a81cfc\nsp : 0000ffffd5a81cf0\n"
		"x29: 0000ffffd5a81cf0 x28: 0000000000000000\nx1 : 0000000000000000 x0 : 0000000000000008\n",
		"foo[123]: unhandled signal 11 code 0x1 at 0x0000000000000008 in foo[10000+1000]\nCPU: 0 PID: 123 Comm: foo Not tainted 5.10.0 #1\n"
		"epc : 0000000000010404 ra : 00000000000103fc sp : 0000003fff9e0b20\n gp : 0000000000012800 tp : 0000003fd0b2c720 t0 : 0000003fd0a5f4a8\n"
		"status: 8000000200006020 badaddr: 0000000000000008 cause: 000000000000000d\n",
		"foo: unhandled page fault (11) at 0x00000008, code 0x017\npgd = 9a8b0000\n[00000008] *pgd=8a8b0831, *pte=00000000, *ppte=00000000\nCPU: 0 PID: 123 Comm: foo Not tainted 4.9.0 #1\n"
		"PC is at 0x103f4\nLR is at 0x76e5a5c8\npc : [<000103f4>]    lr : [<76e5a5c8>]    psr: 60000010\nsp : 7ef0cc20  ip : 00000000  fp : 7ef0cc2c\n"
		"r3 : 00000008  r2 : 7ef0cd9c  r1 : 7ef0cd94  r0 : 00000001\nFlags: nZCv  IRQs on  FIQs on  Mode USER_32  ISA ARM  Segment user\n",
		"User Mode page fault at process 1052 (zysh)\nCPU: 1 PID: 1052 Comm: zysh Tainted: P           O   3.18.21 #96\n$ 0   : 00000000 77b69415 00000000 77e7d8e0\n"
		"$ 4   : 00000004 00000000 776693e4 00000000\nepc   : 776582c8 0x776582c8\nra    : 776582b8 0x776582b8\nStatus: 01000013\tUSER EXL IE \nCause : 0080d008\nBadVA : 00000000\n",
		"User process fault: interruption code 003b ilc:3 in foo[1000000+1000]\nFailing address: 0000000000000000 TEID: 0000000000000800\nCPU: 0 PID: 123 Comm: foo Not tainted 6.1.0 #1\n"
		"User PSW : 0705200180000000 0000000001000646\nUser GPRS: 0000000000000000 000003ffa4f7f2d8 0000000000000000 000003ffd1bff1a8\n",
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
		struct parsed parsed = parse_text(texts[i]);
		assert_int_equal(parsed.count, 0);
		parsed_free(&parsed);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_left_of_a_report_tells_what_it_was),
		cmocka_unit_test(a_line_tells_no_more_than_it_holds),
		cmocka_unit_test(what_programs_log_is_no_report),
		cmocka_unit_test(the_registers_of_a_program_are_no_report),
		cmocka_unit_test(a_line_may_hold_several_frames),
		cmocka_unit_test(callers_share_what_the_log_holds),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
