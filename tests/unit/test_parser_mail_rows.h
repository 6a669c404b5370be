// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * The reports of test_parser_mail.c, a row each, and what is to be read of them. All are synthetic: the literals of the kernel's source that is
 * named, filled with values, broken and marked as mail programs, web pages and people do it.
 */
#ifndef OD_TESTS_PARSER_MAIL_ROWS_H
#define OD_TESTS_PARSER_MAIL_ROWS_H

#include <stdint.h>

struct expected {
	const char *behaviour, *text;
	const char *kind, *function, *trace; /* function "": no place */
	uint64_t address;
	const char *comm, *release; /* "": none */
};

static const struct expected reports[] = {
	/* arch/powerpc/xmon/xmon.c: excprint(), xmon_show_stack(); 2.6.18 and 6.1 */
	{"xmon takes over behind the headline",
	 "Unable to handle kernel paging request for data at address 0x00004430\n"
	 "Faulting instruction address: 0xc0000000004f1110\n"
	 "cpu 0x4: Vector: 300 (Data Access) at [c000000000737aa0]\n"
	 "    pc: c0000000004f1110: .fn+0x28/0x7c\n    lr: c0000000000a1110: .gn+0xa8/0x138\n    sp: c000000000737d20\n"
	 "   msr: 8000000000001032\n   dar: 4430\n dsisr: 40000000\n  current = 0xc000000000538410\n"
	 "  paca    = 0xc000000000539780\n    pid   = 12, comm = bash\nenter ? for help\n4:mon> t\n"
	 "[c00000009a9b7810] c0000000000a1110 .gn+0xf8/0x1b0\n[c00000009a9b78a0] c0000000000a1234 .hn+0x154/0x1a0 (unreliable)\n",
	 "paging-request", ".fn", ".gn .gn .hn", 0x4430, "bash", ""},
	{"xmon alone, and its banner, which is no boot",
	 "cpu 0x68: Vector: 380 (Data Access Out of Range) at [c000001c9d98b9a0]\n    pc: c000000000391111: fn+0x2e0/0x340\n"
	 "    lr: c0000000003911ff: gn+0x2cc/0x340\n   dar: 6655f67da816cdb8\n    pid   = 8319, comm = make\n"
	 "Linux version 4.15.0-50 (a@b) (gcc version 7.3.0) #54 SMP Mon May 6 18:55:18 UTC 2019\n"
	 "[c000001c9d98bc20] c0000000003911ff gn+0x1b4/0x340 (unreliable)\n",
	 "paging-request", "fn", "gn gn", 0x6655f67da816cdb8, "make", "4.15.0-50"},
	{"xmon repeats the assertion's headline",
	 "kernel BUG at mm/a.c:304!\ncpu 0x0: Vector: 700 (Program Check) at [c000000c6d1e76c0]\n"
	 "    pc: c00000000009a5ec: fn+0x14c/0x380\n    lr: c0000000005eeeec: gn+0x11c/0x190\n    pid   = 1, comm = swapper/0\n"
	 "kernel BUG at mm/a.c:304!\n[link register   ] c0000000005eeeec gn+0x11c/0x190\n"
	 "[c000000c6d1e7950] 0000000000000001 (unreliable)\n[c000000c6d1e79b0] c0000000005eee14 gn+0x44/0x190\n",
	 "bug-on", "fn", "gn gn", 0, "swapper/0", ""},
	{"xmon alone at an assertion",
	 "cpu 0x4: Vector: 700 (Program Check) at [c0000003a8c233f0]\n    pc: c00000000009bb2c: .fn+0x130/0x188\n"
	 "    lr: c00000000009bb28: .fn+0x12c/0x188\n    pid   = 11, comm = bash\nkernel BUG in fn at mm/slab.c:2368!\n"
	 " c00000000009d918 .gn+0x168/0x294\n",
	 "bug-on", ".fn", ".fn .gn", 0, "bash", ""},
	/* arch/ppc/kernel/traps.c, 2.6.12: the words before the die line stand behind another line */
	{"a machine check whose first line is lost",
	 "cs: memory probe 0x80000000-0xafffffff:Machine check in kernel mode.\nOops: machine check, sig: 7 [#1]\n"
	 "NIP [f20cec90] fn+0x184/0x1c0 [a]\n",
	 "machine-check", "fn", "", 0, "", ""},
	{"a machine check of PowerPC 4xx",
	 "Data machine check in kernel mode.\nOops: Machine check, sig: 7 [#1]\nPREEMPT PowerPC 40x Platform\n"
	 "CPU: 0 PID: 12 Comm: a Not tainted 4.4.0 #1\nCall Trace:\n[c1234560] [c0012345] fn+0x10/0x20 (unreliable)\n",
	 "machine-check", "", "fn", 0, "a", "4.4.0"},
	{"a die line broken behind a hyphen",
	 "[  115.685734] Oops: general protection fault, probably for non-\ncanonical address 0x9d504b8ce3373: 0000 [#1] SMP NOPTI\n"
	 "[  115.685742] CPU: 13 UID: 0 PID: 579 Comm: a Not tainted 6.15.0 #970\n[  115.685749] RIP: 0010:fn+0x1/0x2\n",
	 "gpf", "fn", "", 0x9d504b8ce3373, "a", "6.15.0"},
	{"a place broken before its size",
	 "May 21 08:23:26 host kernel: WARNING: CPU: 0 PID: 0 at\ndrivers/net/wireless/a/b/a_file.c:35\na_function_of_a_module+0xac/\n0xc0 [a]\n"
	 "May 21 08:23:26 host kernel: CPU: 0 PID: 0 Comm: a Not tainted 5.1.0 #1\nMay 21 08:23:26 host kernel: Call Trace:\n"
	 "May 21 08:23:26 host kernel:  fn+0x1/0x2\n",
	 "warning", "a_function_of_a_module", "fn", 0, "a", "5.1.0"},
	{"a PSW broken before its place",
	 "Oops: 0004 ilc:2 [#1] SMP\nCPU: 0 PID: 184 Comm: a Not tainted 5.11.0 #7\n"
	 "Krnl PSW : 0404c00180000000 000000000042707a\n(fn+0x11a/0x1e0)\nCall Trace:\n [<000000000042707a>] gn+0x11a/0x1e0\n",
	 "paging-request", "fn", "gn", 0, "a", "5.11.0"},
	{"an address in the next line",
	 "BUG: KASAN: global-out-of-bounds in 0xffffffbffdfb035c at addr\nffffffbffde6eeac\n Read of size 4 by task kworker/u8:2/132\n"
	 "Call trace:\n fn+0x1/0x2\n",
	 "kasan-oob", "", "fn", 0xffffffbffde6eeac, "kworker/u8:2", ""},
	{"a task in the next line",
	 "BUG: sleeping function called from invalid context at\n        drivers/a/b.c:82\nin_atomic(): 1, irqs_disabled(): 0, non_block: 0, pid: 92,\n"
	 "    name: kworker/0:1H\nCall Trace:\n fn+0x1/0x2\n",
	 "sleeping-in-atomic", "", "fn", 0, "kworker/0:1H", ""},
	/* what an author took out */
	{"no heading above frames that a symbolizer read",
	 " Oops: int3: 0000 [#1] SMP KASAN NOPTI\n RIP: 0010:0xffffffffa06102d1\n  fn.isra.0 (net/a/b.c:1862)\n  gn (net/a/b.c:2049)\n Modules linked in: a\n",
	 "int3", "", "fn.isra.0 gn", 0, "", ""},
	{"no PID and no release in the line of the CPU",
	 "BUG: using smp_processor_id() in preemptible [..]\ncaller is fn+0x53/0xd0 net/a.c:37\nCPU: 1 .. Comm: a.3.1377 #0 PREEMPT(full)\n"
	 "Call Trace:\n gn+0x1/0x2\n",
	 "preemptible-smp", "fn", "gn", 0, "a.3.1377", ""},
	/* arch/arm64/kernel/traps.c, panic_bad_stack() */
	{"the address at which the stack ended",
	 "Insufficient stack space to handle exception!\nESR: 0x0000000096000047 -- DABT (current EL)\nFAR: 0xffff800084927fe0\n"
	 "Task stack:     [0xffff800084928000..0xffff80008492c000]\nCPU: 6 UID: 0 PID: 747 Comm: a Tainted: G S 6.16.0 #7 PREEMPT\n"
	 "pc : fn+0x4/0x1f4\nCall trace:\n fn+0x4/0x1f4 (P)\n",
	 "stack-overflow", "fn", "fn", 0xffff800084927fe0, "a", "6.16.0"},
	/* arch/arm/kernel/traps.c, dump_backtrace_entry(), on a terminal of 80 columns whose last one holds the line's last character */
	{"calls that a narrow terminal cut",
	 "WARNING: CPU: 0 PID: 1 at drivers/a/b.c:12\nCPU: 0 PID: 1 Comm: a Not tainted 5.5.0 #1\n"
	 "[<c010f1e4>] (unwind_backtrace) from [<c010b4b0>] (show_stack+0x)\n[<c010b4b0>] (show_stack) from [<c08ecd18>] (dump_stack+0xb4/0xd)\n"
	 "[<c08ecd18>] (dump_stack) from [<c012db50>] (__warn+0xc8/0xf0)\n[<c012db50>] (__warn) from [<c0423b4c>] (a_function_p)\n"
	 "[<c0423b4c>] (a_function_put) from [<c0423b74>] (fn+0)\n[<c0423b74>] (fn) from [<c04ddcbc>] (gn+0x)\n",
	 "warning", "", "unwind_backtrace show_stack dump_stack __warn a_function_put fn", 0, "a", "5.5.0"},
	/* arch/i386/kernel/traps.c, 2.6.16: two frames in a line */
	{"the second frame of a line was wrapped",
	 "BUG: unable to handle kernel NULL pointer dereference at virtual address 00000002\nCall Trace:\n"
	 " <c020bb5d> fn+0x10d/0x210   <c020ba50>\ngn+0x1/0x2\n <c0215d1e> hn+0x1fe/0x520   <c0166860>\nkn+0x20/0x40\n",
	 "null-deref", "", "fn gn hn kn", 2, "", ""},
	{"a name of klogd's, broken before the kernel's own offset",
	 "BUG: unable to handle kernel NULL pointer dereference at virtual address 00000002\nSep 20 19:25:09 host kernel: Call Trace:\n"
	 "Sep 20 19:25:09 host kernel:  [a_function+1370/1792] a_function\n+0x55a/0x700\nSep 20 19:25:09 host kernel:  [fn+66/82] fn+0x42/0x52\n",
	 "null-deref", "", "a_function fn", 2, "", ""},
	{"a release that ends by chance at the terminal's width",
	 ">>   Unable to handle kernel paging request at virtual address 0000000000001234\n"
	 ">>   CPU: 1 PID: 4928 Comm: aprogram Not tainted 4.16.0-0.rc4.git0.1.fc28.x86_64\n>> #1\n>>   Call Trace:\n>>    fn+0x5c/0x85\n",
	 "paging-request", "", "fn", 0x1234, "aprogram", "4.16.0-0.rc4.git0.1.fc28.x86_64"},
	{"a place without its offset",
	 "Unable to handle kernel paging request at virtual address dfff800000000001\nInternal error: Oops: 96000004 [#1] SMP\n"
	 "CPU: 1 PID: 12 Comm: a Not tainted 5.17.0 #1\npc : fn\nlr : gn\nsp : ffff8000371b7760\nCall trace:\n hn+0x1/0x2\n",
	 "paging-request", "fn", "gn hn", 0xdfff800000000001, "a", "5.17.0"},
	/* broken at 72 columns */
	{"a headline broken before the file",
	 "> [ 1722.511384] BUG: sleeping function called from invalid context at\n> include/linux/wait.h:1095\n"
	 "> [ 1722.511384] in_atomic(): 1, irqs_disabled(): 0, pid: 3658, name:\n> some-program\n"
	 "> [ 1722.511384] Call Trace:\n> [ 1722.511384]  fn+0x1/0x2\n",
	 "sleeping-in-atomic", "", "fn", 0, "some-program", ""},
	{"a short line broken before a long word",
	 "> [   95.152992] BUG: KASAN: use-after-free in\n> a_function_with_a_long_name+0x670/0x690 at addr ffff8801d0c6b080\n"
	 "> [   95.152993] Read of size 4 by task a/5764\n> [   95.152994] Call Trace:\n> [   95.152995]  fn+0x1/0x2\n",
	 "kasan-uaf", "a_function_with_a_long_name", "fn", 0xffff8801d0c6b080, "a", ""},
	{"lockdep's headline",
	 "> [  121.452013] [ INFO: SOFTIRQ-safe -> SOFTIRQ-unsafe lock order\n> detected ]\n"
	 "> [  121.452013] 4.10.0-rc8+ #228 Not tainted\n",
	 "lockdep-irq-unsafe", "", "", 0, "", "4.10.0-rc8+"},
	{"a general protection fault, broken before what looks like a die line",
	 "> [ 1703.516227] general protection fault, probably for\n"
	 "> non-canonical address 0xdffffc0000000002: 0000 [#1] PREEMPT SMP KASAN\n"
	 "> [ 1703.516228] CPU: 0 PID: 2809 Comm: a Not tainted 5.8.0 #0\n> [ 1703.516229] RIP: 0010:fn+0x1/0x2\n",
	 "gpf", "fn", "", 0xdffffc0000000002, "a", "5.8.0"},
	{"a warning broken before its function",
	 "> [   55.967976] WARNING: CPU: 1 PID: 8377 at arch/x86/kvm/x86.c:7209\n> fn_with_a_name+0x1f7/0x5a00\n"
	 "> [   55.967977] Call Trace:\n> [   55.967978]  gn+0x1/0x2\n",
	 "warning", "fn_with_a_name", "gn", 0, "", ""},
	{"lines that were filled again, with the next ones",
	 "> [1274934.746891] Bad Address (null pointer deref?): Code=15 (Data TLB miss\n"
	 "> fault) at addr 0000004140000018 [1274934.746891] CPU: 3 PID: 5549 Comm:\n"
	 "> cmake Not tainted 5.15.4-parisc64 #4 [1274934.746891] Hardware name:\n> 9000/785/C8000\n"
	 "> [1274934.746891] PSW: 00001000000001001111111000001110 Not tainted\n"
	 "> [1274934.746891]  IAOQ[0]: fn+0xb0/0x118\n> [1274934.746891] Backtrace: [1274934.746891]  [<00000000402740cc>]\n"
	 "> gn_of_some_length+0x6c/0x78\n",
	 "paging-request", "fn", "gn_of_some_length", 0x4140000018, "cmake", "5.15.4-parisc64"},
	/* pages as browsers show or save them */
	{"a page that lost what stood in angle brackets",
	 "BUG: unable to handle kernel NULL pointer dereference at 0000000000000010\nIP: [] fn+0x1/0x2 [a]\nOops: 0002 [#1] SMP \n"
	 "RIP: 0010:[]  [] fn+0x1/0x2 [a]\nCall Trace:\n \n [] gn+0x1/0x2\n [] ? hn+0x1/0x2\n \n [] kn+0x1/0x2 [a]\n",
	 "null-deref", "fn", "gn hn kn", 0x10, "", ""},
	{"a page's table with the numbers of its lines",
	 "<table><tr><td class=\"n\">1</td><td>BUG: kernel NULL pointer dereference, address: 0000000000000010</td></tr>\n"
	 "<tr><td class=\"n\">2</td><td>RIP: 0010:fn+0x1/0x2</td></tr>\n<tr><td>3</td><td>Call Trace:</td></tr>\n"
	 "<tr><td class=\"n\">4</td><td> &lt;IRQ&gt;</td></tr>\n<tr><td>5</td><td> gn+0x1/0x2</td></tr></table>\n",
	 "null-deref", "fn", "gn", 0x10, "", ""},
	/* several line ends in one line of text */
	{"a list of strings",
	 "['BUG: kernel NULL pointer dereference, address: 0000000000000010\\n', 'RIP: 0010:fn+0x1/0x2\\n', 'Call Trace:\\n', "
	 "' gn+0x1/0x2\\n']\n",
	 "null-deref", "fn", "gn", 0x10, "", ""},
	{"a string in a string",
	 "\"{\\\"log\\\": \\\"BUG: kernel NULL pointer dereference, address: 0000000000000010\\\\nRIP: 0010:fn+0x1/0x2\\\\nCall Trace:\\\\n"
	 "\\\\tgn+0x1/0x2\\\"}\"\n",
	 "null-deref", "fn", "gn", 0x10, "", ""},
	/* line ends that were lost, without times: arch/x86/kernel/dumpstack.c, 3.10; arch/arm/kernel/traps.c, 5.10 */
	{"an oops of x86 in one line",
	 "My box crashed: BUG: unable to handle kernel NULL pointer dereference at 0000000000000010 IP: [<ffffffffa0000012>] fn+0x12/0x40 [a] "
	 "PGD 0 Oops: 0002 [#1] SMP Modules linked in: a(OF+) b CPU: 1 PID: 612 Comm: insmod Not tainted 3.10.0 #1 Hardware name: QEMU "
	 "RIP: 0010:[<ffffffffa0000012>]  [<ffffffffa0000012>] fn+0x12/0x40 [a] RSP: 0018:ffff88001d0d7d88  EFLAGS: 00010246 "
	 "RAX: 0000000000000000 RBX: 0000000000000001 Call Trace: <IRQ> [<ffffffff81000001>] gn+0x1/0x2 [<ffffffff81000002>] ? hn+0x1/0x2 [a] "
	 "<EOI>  [<ffffffff81000003>] kn+0x1/0x2 Code: 48 89 e5 <c7> 00 01 RIP  [<ffffffffa0000012>] fn+0x12/0x40 [a] RSP <ffff88001d0d7d88> "
	 "CR2: 0000000000000010 ---[ end trace 0123456789abcdef ]---\n",
	 "null-deref", "fn", "gn hn kn", 0x10, "insmod", "3.10.0"},
	{"an oops of arm in one line",
	 "Unable to handle kernel paging request at virtual address deadbeef pgd = 6f458410 Internal error: Oops: 805 [#1] SMP ARM "
	 "Modules linked in: a CPU: 1 PID: 612 Comm: insmod Not tainted 5.10.0 #1 Hardware name: BCM2835 PC is at fn+0x12/0x40 [a] "
	 "LR is at gn+0x1/0x2 pc : [<bf000012>]    lr : [<c0101234>]    psr: 60000013\n",
	 "paging-request", "fn", "", 0xdeadbeef, "insmod", "5.10.0"},
	{"the head of an oops in one line",
	 "Example: BUG: unable to handle kernel NULL pointer dereference at 0000000000000000 Oops: 0002 [#1] SMP PTI CPU: 0 PID: 4424 "
	 "Comm: insmod Tainted: P W O 4.20.0-0.rc6 #1 Hardware name: Red Hat KVM, BIOS 0.5.1 01/01/2011 RIP: 0010:fn+0x13/0x1000 [a] [...]\n",
	 "null-deref", "fn", "", 0, "insmod", "4.20.0-0.rc6"},
	/* kernel/hung_task.c; lib/dump_stack.c */
	{"a report of one header and a trace in one line",
	 "dmesg says: INFO: task a:12 blocked for more than 120 seconds. Not tainted 5.4.0 #1 \"echo 0 > /proc/sys/kernel/hung_task_timeout_secs\" "
	 "disables this message. a D 0 12 2 0x80004000 Workqueue: fn_wq fn_work Call Trace: __schedule+0x1/0x2 ? gn+0x1/0x2 fn+0x1/0x2 [a] kthread+0x1/0x2\n",
	 "hung-task", "", "__schedule gn fn kthread", 0, "a", "5.4.0"},
	/* mm/kmsan/report.c: no heading stands above the trace */
	{"a trace without its heading in one line",
	 "===================================================== BUG: KMSAN: uninit-value in fn+0x6cf/0x6510 [a] fn+0x6cf/0x6510 [a] gn+0x4e66/0x6830 "
	 "hn+0x9ee/0xdd0 kn+0x50/0x60 ? ln+0xd8/0x5d0 mn+0x7b5/0x16f0 nn+0x1021/0x28b0 CPU: 1 PID: 12 Comm: a Not tainted 6.1.0 #1\n",
	 "kmsan", "fn", "fn gn hn kn ln mn nn", 0, "a", "6.1.0"},
	{"a trace that an exception interrupts in one line",
	 "WARNING: CPU: 1 PID: 12 at lib/a.c:12 fn+0x1/0x2 CPU: 1 PID: 12 Comm: a Not tainted 4.19.0 #1 Call Trace: dump_stack+0x1/0x2 panic+0x1/0x2 "
	 "RIP: 0010:fn+0x1/0x2 RSP: 0018:ffff8801d8b6f680 EFLAGS: 00010246 RAX: 0000000000000000 RBX: 0000000000000001 RCX: 0000000000000002 "
	 "gn+0x1/0x2 hn+0x1/0x2\n",
	 "warning", "fn", "dump_stack panic gn hn", 0, "a", "4.19.0"},
	/* a rule and a line in one: kernel/locking/lockdep.c */
	{"rules before the next line",
	 "====================================================== WARNING: possible circular locking dependency detected\n6.1.0 #1 Not tainted\n"
	 "------------------------------------------------------ a/12 is trying to acquire lock:\n"
	 "ffff888012345678 (&a->m){+.+.}-{3:3}, at: fn+0x1/0x2\nstack backtrace:\nCPU: 0 PID: 12 Comm: a Not tainted 6.1.0 #1\nCall Trace:\n gn+0x1/0x2\n",
	 "lockdep-circular", "", "gn", 0, "a", "6.1.0"},
	/* mm/kmemleak.c: print_unreferenced(), as the file in debugfs has it */
	{"a leak without a headline",
	 "unreferenced object 0xf1cf9c38 (size 8):\n  comm \"a\", pid 2960, jiffies 4294949135 (age 2478.608s)\n  hex dump (first 8 bytes):\n"
	 "    10 c4 ab f2 18 00 00 00                          ........\n  backtrace:\n    [<c159ad6c>] kmemleak_alloc+0x2c/0x60\n"
	 "    [<f82a534f>] fn+0x2f/0x90 [a]\n",
	 "memory-leak", "", "kmemleak_alloc fn", 0, "a", ""},
	/* grep */
	{"lines that grep -n found, with gaps",
	 "123:[   12.345678] BUG: kernel NULL pointer dereference, address: 0000000000000010\n"
	 "127:[   12.345679] RIP: 0010:fn+0x1/0x2\n--\n140:[   12.345680] Call Trace:\n142:[   12.345680]  gn+0x1/0x2\n",
	 "null-deref", "fn", "gn", 0x10, "", ""},
	{"numbers of the kernel's own",
	 "======================================================\nWARNING: possible circular locking dependency detected\n"
	 "6.1.0 #1 Not tainted\n1 lock held by a/12:\n #0: ffff888012345678 (&a->m){+.+.}-{3:3}, at: fn+0x1/0x2\n2 locks held by b/13:\n"
	 " #0: ffff888012345678 (&a->m){+.+.}-{3:3}, at: fn+0x1/0x2\n"
	 "stack backtrace:\nCPU: 0 PID: 12 Comm: a Not tainted 6.1.0 #1\nCall Trace:\n gn+0x1/0x2\n",
	 "lockdep-circular", "", "gn", 0, "a", "6.1.0"},
	/* arch/microblaze/kernel/process.c, show_regs(), 5.10: "=CF" and "=3D" are no quoted-printable */
	{"registers behind '='",
	 "Oops: kernel access of bad area, sig: 11\nCPU: 0 PID: 12 Comm: a Not tainted 5.10.0 #1\n Registers dump: mode=ED5\n"
	 " r1=3D8A9E50, r2=0D000002, r3=20000003, r4=0A000004\n rPC=3F002012, msr=000046A2, ear=00000010, esr=00000872, fsr=00000000\n"
	 "Call Trace:\n[<cf002012>] fn+0x12/0x40\n",
	 "null-deref", "", "fn", 0x10, "a", "5.10.0"},
	/* lib/dump_stack.c, 6.16; arch/s390/kernel/dumpstack.c; kernel/locking/lockdep.c: what always follows is missing */
	{"a release broken behind its hyphen, a place before its module",
	 "[  215.671945] illegal operation: 0001 ilc:1 [#1] SMP\n"
	 "[  215.671946] CPU: 10 UID: 107 PID: 6210 Comm: some-program-390 Kdump: loaded Not tainted 6.16.0-\nrc7-00005-g4ff8295d8d61 #79 NONE\n"
	 "[  215.671951] Krnl PSW : 0704c00180000000 000002482f7ee55e (fn+0xde/0xf0\n[a])\n[  215.671952] Call Trace:\n"
	 "[  215.671953]  [<000002482f7ee55e>] ?\ngn+0x1/0x2\n",
	 "invalid-opcode", "fn", "gn", 0, "some-program-390", "6.16.0-rc7-00005-g4ff8295d8d61"},
	{"a prefix with a caller, whose text is in the next line",
	 "[ 3145.779157][ T2649] BUG: sleeping function called from invalid context at a.c:1\n[ 3145.788479][ T2649]\n"
	 "Call Trace:\n[ 3145.790738][ T2649]\na_function_with_a_long_name+0x1/0x2\n",
	 "sleeping-in-atomic", "", "a_function_with_a_long_name", 0, "", ""},
	{"a report answered fifteen times, whose times were taken out",
	 ">> >>>>>>>>>>>>> [ ] BUG: kernel NULL pointer dereference, address: 0000000000000010\n>> >>>>>>>>>>>>> [ ] RIP: 0010:fn+0x1/0x2\n"
	 ">> >>>>>>>>>>>>> [...] Call Trace:\n>> >>>>>>>>>>>>> [    ]  gn+0x1/0x2\n",
	 "null-deref", "fn", "gn", 0x10, "", ""},
	{"brackets of another code page of EBCDIC",
	 "\xc2\xa2 1851.721128! Oops: 0004 ilc:3 \xc2\xa2#1! PREEMPT SMP!\n"
	 "\xc2\xa2 1851.721183! CPU: 7 PID: 12 Comm: a Not tainted 4.5.0 #178\n"
	 "\xc2\xa2 1851.721189! Krnl PSW : 0704d00180000000 000000000045d3b8 (fn+0x280/0x308)\n"
	 "\xc2\xa2 1851.721190! Call Trace:\n\xc2\xa2 1851.721191! (\xc2\xa2<0000000000385b26>! gn+0x1/0x2)\n",
	 "paging-request", "fn", "gn", 0, "a", "4.5.0"},
	{"a blog's signs of multiplication",
	 "Unable to handle kernel paging request at virtual address f899b670\nprinting eip:\nOops: 0002 [#1]\n"
	 "EIP is at fn+0\xc3\x97" "83/0xd7\nCall Trace:\n [] gn+0\xc3\x97" "19/0\xc3\x97" "39\n",
	 "paging-request", "fn", "gn", 0xf899b670, "", ""},
	{"a panic behind the shell's prompt",
	 "root@bmc:~# Kernel panic - not syncing: stack-protector: Kernel stack is corrupted in: fn+0x1/0x2\n"
	 "CPU: 0 PID: 887 Comm: a Not tainted 4.19.0 #1\nCall Trace:\n gn+0x1/0x2\n",
	 "stack-corruption", "fn", "gn", 0, "a", "4.19.0"},
	/* arch/sparc/kernel/unaligned_64.c, kernel_mna_trap_fault() */
	{"an address on the line behind its headline",
	 "Unable to handle kernel paging request in mna handler\n at virtual address 794b00a7d6fbfb37\na(5955): Oops [#1]\n"
	 "TSTATE: 0000000080e01602 TPC: 00000000004cf720 TNPC: 00000000004cf724 Y: 00000000    Not tainted\n"
	 "TPC: <fn+0x100/0x200>\nI7: <gn+0x1/0x2>\n",
	 "paging-request", "fn", "", 0x794b00a7d6fbfb37, "a", ""},
	/* kernel/rcu/tree_stall.h, kernel/sched/core.c: sched_show_task(), 5.15 and 4.14 */
	{"a stalled task",
	 "rcu: INFO: rcu_sched self-detected stall on CPU\nrcu: \t1-....: (5254 ticks this GP) idle=189/1/0x4000000000000002\n"
	 "Task dump for CPU 1:\ntask:a   state:R  running task     stack:    0 pid:  297 ppid:   289 flags:0x0000000a\n"
	 "Call trace:\n fn+0x1/0x2\n",
	 "rcu-stall", "", "fn", 0, "a", ""},
	{"a stalled task, before 5.11",
	 "INFO: rcu_sched self-detected stall on CPU\n\t1-...: (5254 ticks this GP) idle=189/1/0x4000000000000002\n"
	 "Task dump for CPU 1:\na               R  running task        0   297    289 0x0000000a\nCall trace:\n fn+0x1/0x2\n",
	 "rcu-stall", "", "fn", 0, "a", ""},
	/* a damaged task has no name */
	{"an empty command", "Unhandled kernel unaligned access[#13]:\nCPU: 0 PID: 0 Comm:  Tainted: G      D        3.18.29 #6\n"
	 "epc   : 80018b70 fn+0x5c/0x3c8\n",
	 "alignment", "fn", "", 0, "", "3.18.29"},
	/* fs/ext4/super.c, 6.1: __ext4_error_inode() */
	{"who found a file system's error", "EXT4-fs error (device vda): fn:1821: inode #97: comm a: deleted inode referenced: 114\n",
	 "fs-error", "fn", "", 0, "a", ""},
	/* arch/powerpc/kernel/process.c, show_regs(), 2.6.32; arch/ppc/kernel/process.c, 2.4 */
	{"the task of powerpc",
	 "Oops: Kernel access of bad area, sig: 11 [#1]\nNIP: c9471c7c LR: c0018c74 CTR: 00000000\n"
	 "REGS: c0198d70 TRAP: 0300   Not tainted  (2.6.32)\nMSR: 00009032 <EE,ME,IR,DR>  CR: 24004022  XER: 20000000\n"
	 "TASK = c0197020[612] 'a's' THREAD: c0198000 CPU: 1\nNIP [c9471c7c] fn+0x10/0x20\n",
	 "paging-request", "fn", "", 0, "a's", "2.6.32"},
	{"the task of powerpc of 2.4",
	 "Oops: kernel access of bad area, sig: 11\nNIP: C9471C7C XER: 20000000 LR: C0018C74 SP: C0198E20 REGS: c0198d70 TRAP: 0800    Not tainted\n"
	 "MSR: 00009030 EE: 1 PR: 0 FP: 0 ME: 1 IR/DR: 11\nTASK = c0197020[0] 'a' Last syscall: 120\n",
	 "paging-request", "", "", 0, "a", ""},
	/* arch/sparc/kernel/unaligned_64.c, traps_64.c, 6.9 */
	{"what sparc's handlers call a trap", "[   72.204284] a(941): Kernel does fpu/atomic unaligned load/store. [#3]\n[   72.204298] CPU: 6 PID: 941 Comm: a Not tainted 5.11.0 #1\n"
	 "[   72.204315] TSTATE: 0000004411001600 TPC: 00000000004060c8 TNPC: 00000000004060cc Y: 000000cf    Not tainted\n[   72.204330] TPC: <fn+0x1c/0x2c>\n",
	 "alignment", "fn", "", 0, "a", "5.11.0"},
	{"a counter without its marks", "[   10.017908] Oops: divide error: 0000 1 PREEMPT SMP NOPTI\n[   10.017908] CPU: 26 PID: 2627 Comm: a Not tainted 6.10.0 #1\n"
	 "[   10.017908] RIP: 0010:fn+0x39/0xb0\n", "divide-error", "fn", "", 0, "a", "6.10.0"},
	{"a dump without its head below a person's words", "Hello,\n\nsince yesterday my machine says\nwhat follows:\n\nit stops then.\n"
	 "[   10.017908] CPU: 26 PID: 2627 Comm: a Not tainted 6.10.0 #1\n[   10.017908] RIP: 0010:fn+0x39/0xb0\n[   10.017909] Call Trace:\n"
	 "[   10.017909]  gn+0x1/0x2\n", "internal-error", "fn", "gn", 0, "a", "6.10.0"},
	/* arch/i386/kernel/traps.c, 2.6.17; arch/x86_64/kernel/traps.c, process.c, 2.6.17 */
	{"two frames in a line without brackets", "irq 7: nobody cared (try booting with the \"irqpoll\" option)\n <c01499a4> fn+0x24/0x80  <c0149a9d> gn+0x9d/0x270\n"
	 " <f8e60102> hn+0x52/0xc0 [a]  <c0149448> kn+0xf8/0x110\n", "irq-nobody-cared", "", "fn gn hn kn", 0, "", ""},
	{"a place in braces", "double fault: 0000 [1] SMP\nCPU 0\nPid: 20519, comm: a Not tainted 2.6.17 #1\n"
	 "RIP: 0010:[<ffffffff8047c8b8>] <ffffffff8047c8b8>{fn+1856}\nCall Trace: <ffffffff8025ef65>{gn+155} <ffffffff8025ef66>{:a:hn+156}\n",
	 "double-fault", "fn", "gn hn", 0, "a", "2.6.17"},
	/* klogd; mm/page_alloc.c, 2.6.13; kernel/sched/core.c, 6.6; arch/ia64/mm/fault.c; net/core/dev.c */
	{"names that klogd put in, in hexadecimal", "a invoked oom-killer: gfp_mask=0x1201d2, order=0, oomkilladj=0\n [fn+0x10a/0x120] fn+0x10a/0x120\n [nfs:gn+0x34c/0x380] gn+0x34c/0x380\n",
	 "oom", "", "fn gn", 0, "a", ""},
	{"a bad page of a process in quotes", "Bad page state in process 'a'\npage:c16a39e0 flags:0x00000000 mapping:00000000 mapcount:1 count:1\nBacktrace:\n [<c0103e77>] fn+0x17/0x20\n",
	 "bad-page-state", "", "fn", 0, "a", ""},
	{"a stalled task whose line was broken", "> [   94.535626] rcu: INFO: rcu_sched detected stalls on CPUs/tasks:\n> [   94.615335] Task dump for CPU 1:\n"
	 "> [   94.637723] task:a        state:R  running task     stack:0\n> pid:407   ppid:397    flags:0x00000008\n> [   94.667299] Call Trace:\n"
	 "> [   94.689297] [<ffffffff80d1e8fc>] fn+0x2a8/0xa52\n", "rcu-stall", "", "fn", 0, "a", ""},
	{"ia64's address", "Unable to handle kernel NULL pointer dereference (address 0000000000000068)\na[123]: Oops 8813272891392 [1]\n",
	 "null-deref", "", "", 0x68, "a", ""},
	{"a daemon that logs the kernel's lines without a tag", "Jul 12 11:23:00 mobarm unregister_netdevice: waiting for eth1 to become free. Usage count = 1\n",
	 "unregister-netdevice", "", "", 0, "", ""},
	{"frames whose offsets became lines", "BUG: KASAN: slab-out-of-bounds in fn+0x2d7/0x92a drivers/net/a.c:12\nRead of size 8 at addr ffff888105e4f078 by task a/12\n"
	 "CPU: 4 UID: 0 PID: 12 Comm: a Not tainted 6.15.0 #12\nCall Trace:\n gn lib/a.c:122\n fn drivers/net/a.c:12\n hn mm/a.c:1 [inline]\n",
	 "kasan-oob", "fn", "gn fn", 0xffff888105e4f078, "a", "6.15.0"},
	/* mm/slub.c, slab_out_of_memory() */
	{"an allocator that ran dry", "SLUB: Unable to allocate memory on node -1 (gfp=0x8020)\n", "page-alloc-failure", "", "", 0, "", ""},
	/* module/os/linux/spl/spl-err.c of OpenZFS 2.2 */
	{"a panic of ZFS", "[  100.000001] VERIFY(avl_find(tree, new_node, &where) == NULL) failed\n[  100.000002] PANIC at avl.c:625:fn()\n"
	 "[  100.000003] Showing stack for process 12\n[  100.000004] CPU: 1 PID: 12 Comm: a Tainted: P           O       6.12.35 #1\n"
	 "[  100.000005] Call Trace:\n[  100.000006]  gn+0x1/0x2\n", "bug-on", "fn", "gn", 0, "a", "6.12.35"},
	/* lib/bug.c, 6.19, symbolized */
	{"a warning of an inlined function",
	 "------------[ cut here ]------------\nDEBUG_LOCKS_WARN_ON(x)\nWARNING: a.c:625 at gn a.c:625 [inline], CPU#0: a/12\n"
	 "WARNING: a.c:625 at fn+0x944/0x1bc0 a.c:821, CPU#0: a/12\nModules linked in:\nCPU: 0 UID: 0 PID: 12 Comm: a Not tainted 6.19.0 #0\n"
	 "RIP: 0010:gn a.c:625 [inline]\nRIP: 0010:fn+0x94b/0x1bc0 a.c:821\nCall Trace:\n hn+0x1/0x2 b.c:1\n", "warning", "fn", "hn", 0, "a", "6.19.0"},
	{"metalog, and a lock whose place was wrapped",
	 "Jul 17 09:24:17 [kernel] [ INFO: possible recursive locking detected ]\nJul 17 09:24:17 [kernel] a/12 is trying to acquire lock:\n"
	 "Jul 17 09:24:17 [kernel]  (&m){----}, at: [<c01f63b0>]\nfn+0x60/0xb0\nJul 17 09:24:17 [kernel] stack backtrace:\n"
	 "Jul 17 09:24:17 [kernel]  [<c01f63b0>] gn+0x60/0xb0\n", "lockdep-recursive", "", "gn", 0, "a", ""},
	{"a CPU line without words about taint", "BUG: scheduling while atomic: a/12/0x2\nCPU: 1 PID: 12 Comm: kworker/u13:2 5.11.0-rc4+ #43\nCall Trace:\n fn+0x1/0x2\n",
	 "scheduling-while-atomic", "", "fn", 0, "kworker/u13:2", "5.11.0-rc4+"},
	{"arm's calls below a long line", "> Unhandled fault: external abort on non-linefetch (0x1008) at 0x8882d003\n> Internal error: : 1008 [#1] ARM\n"
	 "> CPU: 0 PID: 1 Comm: a Not tainted 5.7.0 #607\n> Hardware name: Freescale Vybrid VF5xx/VF6xx (Device Tree)\n"
	 ">   (fn) from [<8017009c>] (gn+0x25c/0x3b0)\n>   (gn) from [<805844ec>] (hn+0x178/0x284)\n",
	 "unhandled-fault", "", "fn gn hn", 0x8882d003, "a", "5.7.0"},
	/* mm/kmsan/report.c, mm/kasan/report.c, 6.6, symbolized */
	{"a report of an inlined function", "BUG: KMSAN: uninit-value in gn net/a.c:56 [inline]\nBUG: KMSAN: uninit-value in hn net/a.c:60 [inline]\n"
	 "BUG: KMSAN: uninit-value in fn+0x97d/0x9c0 net/a.c:72\n fn+0x97d/0x9c0 net/a.c:72\n kn+0x1/0x2 net/b.c:1\n", "kmsan", "fn", "fn kn", 0, "", ""},
	{"an object that is freed twice", "BUG: KASAN: double-free in fn+0x1/0x2\nFree of addr ffff000810394000 by task a/156017\nCall trace:\n gn+0x1/0x2\n",
	 "kasan-invalid-free", "fn", "gn", 0xffff000810394000, "a", ""},
	/* kernel/locking/lockdep.c, module's build ID, lib/dump_stack.c, mm/oom_kill.c: broken where something always follows */
	{"a lock's place, a build ID, a PID and a date on the next line",
	 "> [  100.000001] WARNING: possible recursive locking detected\n> [  100.000002] stack backtrace:\n> [  100.000002] CPU: 3 PID:\n> 690 Comm: a Not tainted 6.6.0 #1\n"
	 "> [  100.000003] Hardware name: QEMU Standard PC, BIOS 4.1 \n> 04/01/2014\n> [  100.000004] Call Trace:\n"
	 "> [  100.000005]  fn+0x7a/0x1b0 [f2fs\n> 0123456789abcdef0123456789abcdef01234567]\n> [  100.000006]  gn+0x1/0x2\n",
	 "lockdep-recursive", "", "fn gn", 0, "a", "6.6.0"},
	{"times with a colon", "[71553.093681]: Unable to handle kernel paging request at virtual address ffff000040241c10\n[71553.093687]: Call trace:\n"
	 "[71553.093688]:  fn+0xf4/0x118\n", "paging-request", "", "fn", 0xffff000040241c10, "", ""},
	{"a name that somebody cut out", "------------[ cut here ]------------\n[...]\nCPU: 2 PID: 3991 Comm: a Tainted: G           OE      6.6.17 #1\n"
	 "RIP: 0010:fn+0xaea/0xd80 [mac]\nCall Trace:\n <TASK>\n ? __warn+0x81/0x130\n gn+0x1/0x2\n", "warning", "fn", "__warn gn", 0, "a", "6.6.17"},
	{"whom the OOM killer chose, which grep left", "oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0,global_oom,task_memcg=/x,task=a,pid=9626,uid=1000\n",
	 "oom", "", "", 0, "a", ""},
	{"an address that only the page tables' line has", "t virtual address\nMem abort info:\n  ESR = 0x000000008600000f\n[ffff000040241c10] pgd=0000000000000000\n"
	 "Internal error: Oops: 0000000096000046 [#1] SMP\npc : fn+0x1/0x2\n", "paging-request", "fn", "", 0xffff000040241c10, "", ""},
	{"a trailing backslash of Markdown", "BUG: kernel NULL pointer dereference, address: 0000000000000010 \\\nRIP: 0010:fn+0x1/0x2 \\\nCall Trace: \\\n gn+0x1/0x2 \\\n",
	 "null-deref", "fn", "gn", 0x10, "", ""},
	/* kernel/locking/lockdep.c, 6.10: print_usage_bug() */
	{"the rest of lockdep's report, which begins within a chain", "   hn+0x520/0x6d0\n   kn+0x62c/0xb48\n   ln+0x468/0x5b0\n irq event stamp: 337094\n"
	 "other info that might help us debug this:\n *** DEADLOCK ***\nstack backtrace:\nCPU: 0 PID: 0 Comm: a Tainted: G        WC         6.10.3 #159\n"
	 "Call trace:\n dump_stack+0x18/0x28\n print_usage_bug+0x3cc/0x3f0\n fn+0xec/0x2e0 [v3d]\n gn+0xc8/0x660 [v3d]\n",
	 "lockdep-inconsistent", "", "dump_stack print_usage_bug fn gn", 0, "a", "6.10.3"},
	/* mm/slab.c, 2.6.0: check_poison_obj() */
	{"both headlines of a slab's corruption",
	 "Slab corruption: start=d14227e0, expend=d142285f, problemat=d14227e8\nLast user: [<c0313f52>](gn+0xb2/0xc0)\n"
	 "slab error in check_poison_obj(): cache `size-128': object was modified after freeing\nCall Trace:\n [<c013c2d9>] fn+0x189/0x1a0\n",
	 "slab-corruption", "", "fn", 0, "", ""},
	/* arch/mips/kernel/traps.c, show_regs(), 4.14 */
	{"the rest of a dump of mips",
	 "Hi    : 00002665\nLo    : 94af5487\nepc   : 80108aac fn+0x148/0x228\nra    : 80108a1c gn+0xb8/0x228\nStatus: 11007c03 KERNEL EXL IE\n"
	 "Cause : 40800008 (ExcCode 02)\nBadVA : 07406000\nPrId  : 0001992f (MIPS 1004Kc)\n",
	 "internal-error", "fn", "", 0, "", ""},
	{"a place and its code without a head",
	 "[  602.027974] CPU: 0 PID: 327 Comm: a Not tainted 5.15.167 #1\n[  602.028444] RIP: 0010:fn+0x1e6/0x200\n"
	 "[  602.028581] Code: e9 11 ff ff ff 89 55 34 <0f> 0b e8 c8 ae ec ff 66 90\n",
	 "warning", "fn", "", 0, "a", "5.15.167"},
	{"a source wrapped behind few words",
	 "> > kernel BUG at\n> > /home/builder/build/linux-2.6.23-20071017/fs/reiserfs/journal.c:1117!\n> > illegal operation: 0001 [#1]\n"
	 "> > Krnl PSW : 070c3000 fb344380 (fn+0x808/0x95c [reiserfs])\n", "bug-on", "fn", "", 0, "", ""},
	/* fs/super.c, 6.4, generic_shutdown_super(); include/linux/bug.h, CHECK_DATA_CORRUPTION() */
	{"a corruption that is an assertion, too",
	 "[97931.567375] VFS: Busy inodes after unmount of a (a)\n[97931.568295] kernel BUG at fs/super.c:502!\n[97931.571898] invalid opcode: 0000 [#1] SMP\n"
	 "[97931.572476] CPU: 21 PID: 12 Comm: a Not tainted 6.4.7 #1\n[97931.573833] RIP: 0010:fn+0x142/0x150\n[97931.578500] Call Trace:\n[97931.578600]  gn+0x1/0x2\n",
	 "vfs", "fn", "gn", 0, "a", "6.4.7"},
	/* arch/powerpc/kernel/watchdog.c, 4.15: the CPU that found it, then the one that is stuck */
	{"a lockup told twice",
	 "[ 2020.139747] Watchdog CPU:71 detected Hard LOCKUP other CPUS:42\n[ 2020.139931] Watchdog CPU:42 Hard LOCKUP\n"
	 "[ 2020.139965] CPU: 42 PID: 3391 Comm: a Not tainted 4.15.0 #16\n[ 2020.139969] REGS: c000000007da3d80 TRAP: 0100   Not tainted  (4.15.0)\n"
	 "[ 2020.139990] NIP [c0000000001d5364] fn+0x20/0x40\n[ 2020.139991] Call Trace:\n[ 2020.139992] [c000200dc242f360] [c0000000001d5340] gn+0x1/0x2\n",
	 "hard-lockup", "fn", "gn", 0, "a", "4.15.0"},
	/* arch/riscv/kernel/traps.c, 5.18, CONFIG_RISCV_M_MODE */
	{"a kernel in machine mode of riscv",
	 "[   11.662352] Oops - load access fault [#1]\n[   11.662595] CPU: 0 PID: 29 Comm: a Not tainted 5.18.0 #7\n[   11.663180] epc : 0x800d9088\n"
	 "[   11.663496] epc : 800d9088 ra : 80081f20 sp : 807a1e90\n[   11.666588]  t5 : 00000800 t6 : 00000025\n"
	 "[   11.666825] status: 00001880 badaddr: 00000001 cause: 00000005\n[   11.667207] ---[ end trace 0000000000000000 ]---\n",
	 "internal-error", "", "", 0x1, "a", "5.18.0"},
	/* arch/parisc/kernel/traps.c, 6.3: die_if_kernel() */
	{"the stack of who printed the report", "kernel BUG at a.h:472!\nCPU: 0 PID: 12 Comm: a Not tainted 6.3.1 #1\n     YZrvWESTHLNXBCVMcbcbcbcbOGFRQPDI\n"
	 "PSW: 00000000000001001111011100001111 Not tainted\n IAOQ[0]: fn+0x254/0x274\nBacktrace:\n [<105c6408>] gn+0x64/0x6c\n\n"
	 "CPU: 0 PID: 12 Comm: a Not tainted 6.3.1 #1\nBacktrace:\n [<104084e0>] show_stack+0x34/0x48\n [<104085fc>] die_if_kernel+0xec/0x1b0\n",
	 "bug-on", "fn", "gn", 0, "a", "6.3.1"},
	{"what an author took out is no function", "BUG: KASAN: slab-out-of-bounds in .. lib/a.c:721\nRead of size 1 at addr ffff88801eac95c8 by task a/12\n"
	 "Call Trace:\n fn+0x231/0x2b0 lib/a.c:721\n", "kasan-oob", "", "fn", 0xffff88801eac95c8, "a", ""},
	/* lib/debugobjects.c, 4.11: debug_print_object(), quoted in a commit, symbolized */
	{"a message of debugobjects alone", "A splat:\n\n  ODEBUG: free active (active state 0) object type: hrtimer hint: hn (kernel/time/hrtimer.c:1423)\n\n"
	 "  fn (lib/debugobjects.c:603)\n  gn (kernel/futex.c:2740)\n\nWhich was caused by a commit.\n", "odebug", "", "fn gn", 0, "", ""},
	/* two CPUs */
	{"what debugobjects says while another message waits for its BUG()",
	 "[102491.134247] ------------[ cut here ]------------\n[102491.134248] list_add corruption. next->prev should be prev (ffffcc447ea60c78), but was ffffffff8a64ec20.\n"
	 "[102491.134266] ODEBUG: free active (active state 0) object type: work_struct hint: gn+0x0/0x10\n[102491.134295] kernel BUG at lib/list_debug.c:23!\n"
	 "[102491.134299] invalid opcode: 0000 [#1] SMP NOPTI\n[102491.134301] CPU: 22 PID: 12 Comm: a Not tainted 5.12.0 #1\n[102491.134309] RIP: 0010:fn+0xf/0x3f\n",
	 "list-corruption", "fn", "", 0, "a", "5.12.0"},
	{"a headline broken behind two words", "[Wed May 25 05:27:59 2022] watchdog: BUG:\nsoft lockup - CPU#58 stuck for 23s! [a/58:302]\n"
	 "[Wed May 25 05:27:59 2022] Call Trace:\n[Wed May 25 05:27:59 2022]  fn+0xf2/0x140\n", "soft-lockup", "", "fn", 0, "a/58", ""},
	{"a headline that was read off a photograph", "[244.779015] watchdog: BUG: soft lockup CPU#4 stuck for 22s! [a: 210]\n", "soft-lockup", "", "", 0, "a", ""},
	{"a headline broken behind a date", "Dec 15 17:13:22 host kernel: Debug: sleeping function called from \ninvalid context at arch/i386/lib/a.c:607\n"
	 "Dec 15 17:13:22 host kernel: in_atomic():0, irqs_disabled():1\nDec 15 17:13:22 host kernel:  [<c020e4e3>] fn+0x23/0x90\n",
	 "sleeping-in-atomic", "", "fn", 0, "", ""},
	{"who released the lock, without an address", "WARNING: bad unlock balance detected!\na/193 is trying to release lock (&g.lock) at:\n"
	 "fn+0x5f/0xcf [mod]\nbut there are no more locks to release!\n", "lockdep-bad-unlock", "fn", "", 0, "a", ""},
	/* arch/mips/mm/fault.c, 5.14 */
	{"a place whose name the trace has", " CPU 0 Unable to handle kernel paging request at virtual address 0000100a, epc == 8050e8a8, ra == 80504b34\n         ...\n"
	 " Call Trace:\n [<8050e8a8>] fn+0x5c/0xd0\n [<80504b34>] gn+0xa8/0xd0\n", "paging-request", "fn", "fn gn", 0x100a, "", ""},
	/* arch/parisc/kernel/traps.c, 6.3: parisc_terminate() */
	{"a stack above its headline", "[   12.397737] Freeing memory: 3072K\n[   12.406839] Backtrace:\n[   12.409235]  [<1116535c>] fn+0x80/0x1d4\n"
	 "[   12.413911]  [<1040201c>] gn+0x1c/0x24\n[   12.419448]\n[   12.422487] Kernel Fault: Code=26 (Data memory access rights trap) at addr 113c5f90\n"
	 "[   12.430172] CPU: 0 PID: 1 Comm: a Not tainted 6.10.7 #1\n[   12.446256] PSW: 00000000000001000000000000001111 Not tainted\n",
	 "paging-request", "", "fn gn", 0x113c5f90, "a", "6.10.7"},
	/* arch/sparc/kernel/unaligned_64.c, log_unaligned() */
	{"an unaligned access that was mended", "[603965.383447] Kernel unaligned access at TPC[546b58] fn+0x98/0x1a0 [mod]\n", "alignment", "fn", "", 0, "", ""},
	/* kernel/locking/lockdep.c, 6.12: lockdep_rcu_suspicious() */
	{"whose locks are shown", "WARNING: suspicious RCU usage\n6.12.0-rc5 #1216 Tainted: G        W\nnet/core/dev.c:876 RCU-list traversed in non-reader section!!\n"
	 "1 lock held by a/31495:\n #0: ffff9f1ebbdb7418 (sk_lock-AF_INET6){+.+.}-{0:0}, at: fn+0x1/0x2\n", "lockdep-suspicious-rcu", "", "", 0, "a", "6.12.0-rc5"},
	/* mm/kmemleak.c, by a mail program that writes Latin-1 */
	{"blanks that no line is broken at, quoted-printable", ">> unreferenced object 0x8f90d000 (size 4096):\n>> =A0 comm \"a\", pid 1, jiffies 4294937330 (age 815.000s)\n"
	 ">> =A0 backtrace:\n>> =A0 =A0 [<80529644>] fn+0x2f8/0x410\n", "memory-leak", "", "fn", 0, "a", ""},
	{"an empty list of modules in a line that lost its line ends",
	 "Unable to handle kernel NULL pointer dereference at virtual address 00000001 pgd = c0004000 [00000001] *pgd=00000000 Internal error: Oops: 801 [#1] "
	 "Modules linked in: CPU: 0 PC is at fn+0x4c/0x11c LR is at gn+0x2cc/0x2ec pc : [<c0019c44>] lr : [<c00285f4>] Not tainted sp : c02e1f74 "
	 "Process a (pid: 1, stack limit = 0xc02e0258) Backtrace: [<c0019bf8>] (fn+0x0/0x11c) from [<c0008924>] (hn+0xb8/0x284)\n",
	 "null-deref", "fn", "fn gn hn", 0x1, "a", ""},
	/* arch/sparc/kernel/process_64.c, 5.5: arch_trigger_cpumask_backtrace(), broken by a mail program */
	{"what the CPUs of sparc do",
	 "[   72.254126] rcu: INFO: rcu_sched self-detected stall on CPU\n[   72.254566] * CPU[  8]: TSTATE[0000004480001606]\n"
	 "TPC[00000000004d7524] TNPC[00000000004d7528] TASK[a:739]\n[   72.254722]              TPC[fn+0xc4/0xe0]\nO7[fn+0x6c/0xe0] I7[gn+0x2c/0x40]\n"
	 "RPC[hn+0x80/0xc0]\n[   72.254723]   CPU[  9]: TSTATE[0000004480001606] TPC[00000000004d7524] TNPC[00000000004d7528] TASK[b:740]\n"
	 "[   72.254724]              TPC[kn+0xc4/0xe0] O7[kn+0x6c/0xe0] I7[ln+0x2c/0x40] RPC[hn+0x80/0xc0]\n",
	 "rcu-stall", "fn", "gn hn", 0, "a", ""},
	{"an epc of mips whose blanks were taken, and its headline, broken twice",
	 "> CPU 4 Unable to handle kernel paging request at virtual address\n> 0000000001c00000, epc == ffffffff811aa9f4, ra == ffffffff811aaa98\n> Oops[#1]:\n"
	 "> Cpu 4\n> $ 0 : 0000000000000000 0000000010008ce0 ffffffff821d2b80 0000000001c00000\n> epc : ffffffff811aa9f4 fn+0x19c/0x2d8\n> Not tainted\n"
	 "> ra : ffffffff811aaa98 gn+0x240/0x2d8\n> Process a (pid: 1, threadinfo=a80000041fc48000,\n> task=a80000041fc44038, tls=0000000000000000)\n",
	 "paging-request", "fn", "", 0x1c00000, "a", ""},
	{"an epc broken behind the address", "CPU 0 Unable to handle kernel paging request at virtual address e75c0200,\nepc == 8058dba4, ra == 8058db90\n[...]\n"
	 "Call Trace:\n[<8058dba4>] fn+0x104/0x154\n[<8058b5bc>] gn+0xd8/0x154\n", "paging-request", "fn", "fn gn", 0xe75c0200, "", ""},
	{"an oops written down by hand", "> BUG: Unable to handle kernel NULL pointer dereference at 0x0000005c\n> EIP at fn+0x9/0x15\n> call trace:\n> \tgn+0x20/0x22\n> \thn+0xa4/0x788\n",
	 "null-deref", "fn", "gn hn", 0x5c, "", ""},
	/* arch/alpha/kernel/traps.c, 2.6.13: do_entIF() */
	{"an assertion of alpha", "Kernel bug at kernel/a.c:683\na(0): Kernel Bug 1\npc = [<fffffc000032706c>]  ra = [<fffffc00004352d4>]  ps = 0007    Not tainted\n"
	 "pc is at fn+0x2c/0x90\n", "bug-on", "fn", "", 0, "a", ""},
	{"lines that a mail program filled up", "BUG: sleeping function called from invalid context at\nkernel/locking/a.c:969\n"
	 "in_atomic(): 1, irqs_disabled(): 128, non_block: 0, pid: 1, name: a\nCPU: 0 PID: 1 Comm: a Not tainted 5.10.78-rt54\n"
	 "#1 Hardware name: ACME Board (DT) Call trace:\n fn+0x144/0x180\n gn+0x34/0x9c\n", "sleeping-in-atomic", "", "fn gn", 0, "a", "5.10.78-rt54"},
	{"a CPU line broken before Kdump", "BUG: unable to handle kernel NULL pointer dereference at 0000000000000010\nOops: 0000 [#1] SMP NOPTI\n"
	 "CPU: 5 PID: 1286325 Comm: a.sh\nKdump: loaded Tainted: P           OE    4.19.90 #1\nRIP: 0010:fn+0x84/0x430\n", "null-deref", "fn", "", 0x10, "a.sh", "4.19.90"},
	{"a CPU line whose blanks were taken", "kernel BUG at mm/a.c:12!\nCPU:2 UID: 0 PID: 87 Comm:a  Kdump: loaded  Not tainted 6.17.0-rc2 #1134\nRIP: 0010:fn+0x84/0x430\n",
	 "bug-on", "fn", "", 0, "a", "6.17.0-rc2"},
	{"a hung task broken before its name", "Sep  4 13:36:36 prod-worker-1a kernel: [ 3384.616516] INFO: task\na.long.name:786 blocked for more than 120 seconds.\n"
	 "Sep  4 13:36:36 prod-worker-1a kernel: [ 3384.621073]       Not\ntainted 5.0.0-25 #26\nSep  4 13:36:36 prod-worker-1a kernel: [ 3384.629467] Call Trace:\n"
	 "Sep  4 13:36:36 prod-worker-1a kernel: [ 3384.629477]  fn+0x2bd/0x850\n", "hung-task", "", "fn", 0, "a.long.name", "5.0.0-25"},
	/* arch/x86_64/kernel/traps.c, 2.6.19, and what syslogd wrote to every terminal */
	{"a die line that was broadcast, above the log",
	 ">> Message from syslogd@host at Thu Dec  7 04:17:21 2006 ...\n>> host kernel: [128531.708976] invalid opcode: 0000 [1] SMP\n>>\n>> And in the log:\n>>\n"
	 ">> Dec  7 04:17:21 host kernel: [128531.708967] Kernel BUG at mm/a.c:1124\n>> Dec  7 04:17:21 host kernel: [128531.708976] invalid opcode: 0000 [1] SMP\n"
	 ">> Dec  7 04:17:21 host kernel: [128531.709032] Pid: 21891, comm: a Not tainted 2.6.19 #2\n"
	 ">> Dec  7 04:17:21 host kernel: [128531.709045] RIP: 0010:[<ffffffff8026722b>]  [<ffffffff8026722b>] fn+0x2ab/0x330\n",
	 "bug-on", "fn", "", 0, "a", "2.6.19"},
	/* arch/m68k/kernel/traps.c, 6.2: bus_error030() */
	{"an access that m68k's bus refused", "Data read fault at 0x00000020 in Super Data (pc=0x1074c2)\nBAD KERNEL BUSERR\nOops: 00000000\nModules linked in:\n"
	 "PC: [<001074c2>] fn+0xc/0x16\nSR: 2010  SP: 38284958  a2: 01152370\nProcess a (pid: 45, task=142f8727)\n", "null-deref", "fn", "", 0x20, "a", ""},
	{"a report quoted behind initials", " MJB> Unable to handle kernel NULL pointer dereference at virtual address 00000010\n MJB>  printing eip:\n MJB> c0197db3\n"
	 " MJB> Oops: 0000 [#1]\n MJB> CPU:    3\n MJB> EIP:    0060:[<c0197db3>]    Not tainted VLI\n MJB> EIP is at fn+0x23/0x40\n"
	 " MJB> Process a (pid: 1354, threadinfo=f6b10000 task=f63a3920)\n MJB> Call Trace:\n MJB>  [<c0197f9f>] gn+0x1cf/0x2c0\n",
	 "null-deref", "fn", "gn", 0x10, "a", ""},
	/* kernel/locking/lockdep.c, 5.10: lockdep_rcu_suspicious() */
	{"an RCU report whose headline was cut", "NING: suspicious RCU usage\n5.10.3 #8 Tainted: G        W\n-----------------------------\n"
	 "include/linux/a.h:594 suspicious rcu_dereference_check() usage!\n\nrcu_scheduler_active = 2, debug_locks = 1\nno locks held by a/16.\n\nstack backtrace:\n"
	 "CPU: 1 PID: 16 Comm: a Tainted: G        W         5.10.3 #8\nCall Trace:\n fn+0xab/0x115\n gn+0x71/0x1e9\n",
	 "lockdep-suspicious-rcu", "", "fn gn", 0, "a", "5.10.3"},
	{"slashes that JSON escaped", " [2136172.975896] kernel BUG at include\\/linux\\/swapops.h:204!\n [2136172.981268] invalid opcode: 0000 [#1] SMP NOPTI\n"
	 " [2136172.985983] CPU: 49 PID: 12 Comm: a Not tainted 5.10.0 #1\n [2136173.003042] RIP: e030:fn+0xf9\\/0x100\n", "bug-on", "fn", "", 0, "a", "5.10.0"},
	{"a trace of names alone", "Unable to handle kernel NULL pointer dereference at virtual address 0000000000000010\nCPU: 0 PID: 12 Comm: a Tainted: G O 6.1.99+ #1\n"
	 "pc : fn_rcv\nlr : fn_rcv\nCall trace:\n fn_rcv\n dsa_switch_rcv\n net_rx_action\n...\n", "null-deref", "", "fn_rcv dsa_switch_rcv net_rx_action", 0x10, "a", "6.1.99+"},
	{"lines that a diff added", "> +BUG: unable to handle kernel NULL pointer dereference at 0000000000000030\n> +IP: fn+0x20/0x3d0\n> +PGD 0 P4D 0 \n> +Oops: 0000 [#1] SMP\n"
	 "> +CPU: 0 PID: 29 Comm: a Not tainted 4.14.8+ #1\n", "null-deref", "fn", "", 0x30, "a", "4.14.8+"},
	{"a test's log of its machine", "console: irq 43: nobody cared (try booting with the \"irqpoll\" option)\n"
	 "console: CPU: 0 PID: 1 Comm: a Not tainted 5.10.16-sunxi #21.02.2\nconsole: [<c010ca1d>] (fn) from [<c010951d>] (gn+0x11/0x14)\n",
	 "irq-nobody-cared", "", "fn gn", 0, "a", "5.10.16-sunxi"},
	{"a text that ends within a module's name", "[   12.020686] UBSAN: shift-out-of-bounds in drivers/a.c:1333:47\n[   12.029663] shift exponent 32 is too large for 32-bit type 'int'\n"
	 "[   12.059105] Call Trace:\n[   12.071676]  fn+0x156/0x320\n[   12.072000]  gn.cold+0x5d/0x67 [iwlwif", "ubsan", "", "fn gn.cold", 0, "", ""},
	{"a null pointer's note without its die line", "> Hi,\n> \n> one\n> two\n> three\n> four\n> KASAN: null-ptr-deref in range [0x0000000000000008-0x000000000000000f]\n"
	 "> CPU: 1 PID: 330 Comm: a\n> RIP: 0010:fn+0xc9/0x450\n> Call Trace:\n>  gn+0x31/0x3e\n", "kasan-null", "fn", "gn", 0, "a", ""},
	/* kernel/locking/lockdep.c, 2.6.20: print_kernel_version() */
	{"lockdep's release alone", "[ INFO: possible circular locking dependency detected ]\n2.6.20-rc1-git5 #26\n-------------------------------------------------------\n"
	 "a/4133 is trying to acquire lock:\n (ref_table_lock){-+..}, at: [<c04cd0a9>] fn+0x29/0xe0\n", "lockdep-circular", "", "", 0, "a", "2.6.20-rc1-git5"},
	{"a segment without its colon", "general protection fault: 0000 [#1] SMP PTI\nCPU: 1 PID: 2085 Comm: a Not tainted 4.19.90+ #7\nRIP: 0010 fn+0xad/0x140\n",
	 "gpf", "fn", "", 0, "a", "4.19.90+"},
	{"a frame ends where the next one begins",
	 "[c00c00000000bc60] [c008000005a0a050] a_function_of_a_module+0x10/0x200 [a]\n"
	 "BUG: Kernel NULL pointer dereference on read at 0x00000010\nNIP [c008000005a0a050] fn+0x10/0x20\nCall Trace:\n"
	 "[c00c00000000bc60] [c008000005a0a050] a_function_of_a_module+0x10/0x200 [a]\n"
	 "[c00c00000000bc80] [c008000005a0a060] gn+0x10/0x20\n",
	 "null-deref", "fn", "a_function_of_a_module gn", 0x10, "", ""},
};

#endif
