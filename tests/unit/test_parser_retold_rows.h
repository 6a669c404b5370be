// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * More reports of test_parser_mail.c: broken where nobody breaks lines, shortened, marked and retold by who sent them, and what tools made of them. All are
 * synthetic.
 */
#ifndef OD_TESTS_PARSER_RETOLD_ROWS_H
#define OD_TESTS_PARSER_RETOLD_ROWS_H

#include "tests/unit/test_parser_mail_rows.h"

static const struct expected retold[] = {
	{"a CPU line broken before its taint, with labels behind it", "<1>[69848.7][T25549] BUG: kernel NULL pointer dereference, address: 0000000000000384\n"
	 "<4>[69848.7][T25549] CPU: 1 UID: 0 PID: 25549 Comm: a-sleep\nTainted: G S   U     O       6.14.0-rc1 #4\n"
	 "<4>[69848.7][T25549] RIP: 0010:fn+0x25/0x220\n", "null-deref", "fn", "", 0x384, "a-sleep", "6.14.0-rc1"},
	{"a PID that was left out", "Unable to handle kernel paging request at virtual address 000e4294b000011c\n"
	 "CPU: 4 PID: ... Comm: a Tainted: G           O      5.15.47\npc : fn+0x23a0/0x2b10\n", "paging-request", "fn", "", 0xe4294b000011c, "a", "5.15.47"},
	{"a version glued to the release", "kernel BUG at mm/bootmem.c:483!\nPid: 0, comm: a Not tainted 2.6.32-279#2 Red Hat KVM\nRIP: 0010:[<ffffffff81c33ab4>]  [<ffffffff81c33ab4>] fn+0x1/0x2\n",
	 "bug-on", "fn", "", 0, "a", "2.6.32-279"},
	{"a hung task's second line glued to the first", "INFO: task a:3177 blocked for more than 120 seconds.      Not tainted 3.19.0-25-generic #26~14.04.1-Ubuntu\n"
	 "Call Trace:\n [<ffffffff817b3b89>] fn+0x29/0x70\n", "hung-task", "", "fn", 0, "a", "3.19.0-25-generic"},
	{"a lock's line glued to who slept", "BUG: scheduling while atomic: a/322/0x00000002                1 lock held by a/322:\n",
	 "scheduling-while-atomic", "", "", 0, "a", ""},
	{"remarks behind frames", "Call Trace:\n[<800441e0>] fn+0x58/0x2f0\n[<802bd364>] gn+0x354/0x38c    \xe2\x86\x90 random numbers\n[<800444bc>] hn+0x44/0x6c  <- here\n",
	 "bug-other", "", "fn gn hn", 0, "", ""},
	{"lockdep's headline above who acquires", "WARNING: possible circular locking dependency detected\na/89 is trying to acquire lock:\n"
	 "  (&can_dev->tx_mutex){+.+.}-{3:3}\n", "lockdep-circular", "", "", 0, "a", ""},
	{"lockdep's own trace without its announcement", "WARNING: possible recursive locking detected\na/31444 is trying to acquire lock:\n"
	 "ffffffff82c51af0 (a_lock){++++}-{0:0}, at: gn+0x7/0x60\nCall Trace:\n <TASK>\n __lock_acquire+0x1612/0x29b0\n gn+0x7/0x60\n fn+0x105/0x120\n",
	 "lockdep-recursive", "", "__lock_acquire gn fn", 0, "a", ""},
	/* include/asm-generic/bug.h, 2.6.24 */
	{"a warning without an offset", "[  190.047963] WARNING: at lib/kref.c:33 kref_get()\n[  190.048022] Pid: 52, comm: a Not tainted 2.6.24-16-generic #1\n"
	 "[  190.048080]  [<c021185d>] kref_get+0x3d/0x40\n[  190.048173]  [<c021098f>] fn+0xf/0x20\n", "warning", "", "kref_get fn", 0, "a", "2.6.24-16-generic"},
	{"a dump without its head, behind other lines", "It locked up:\nJul 13 19:24:33 host kernel: [ 1943.845872] PGD 7e49a067 PUD 6e5b2067 PMD 0 \nJul 13 19:24:33 host kernel: [ 1943.845881] CPU 1 \n"
	 "Jul 13 19:24:33 host kernel: [ 1943.845883] Modules linked in: a b\nJul 13 19:24:33 host kernel: [ 1943.845922] Pid: 4013, comm: a Tainted: P           2.6.30-8-generic #9-Ubuntu ACME\n"
	 "Jul 13 19:24:33 host kernel: [ 1943.845924] RIP: 0010:[<ffffffffa0545fd6>]  [<ffffffffa0545fd6>] fn+0x6/0x34c [nvidia]\n"
	 "Jul 13 19:24:33 host kernel: [ 1943.846031] RAX: 0000000000000000 RBX: ffff88007d9ae400 RCX: ffff88007cd20000\n"
	 "Jul 13 19:24:33 host kernel: [ 1943.846034] RDX: ffff88007cd20350 RSI: ffff88007cd20000 RDI: ffff880078d4a000\n",
	 "internal-error", "fn", "", 0, "a", "2.6.30-8-generic"},
	/* ksymoops 2.4 */
	{"names that ksymoops found", "ksymoops 2.4.2 on i686 2.4.11-pre1.  Options used\n     -V (default)\n     -o /lib/modules/2.4.11-pre1/ (default)\n\nUnable to handle kernel paging request at virtual address d08b8b60\nc0133664\nOops: 0000\nCPU:    0\nEIP:    0010:[<c0133664>]\n"
	 "Using defaults from ksymoops -t elf32-i386 -a i386\nProcess a (pid: 9335, stackpage=c4251000)\nCall Trace: [<c0133793>] [<c0133c16>] \n   [<c0106b0b>] \n\n"
	 ">>EIP; c0133664 <fn+f8/180>   <=====\n>>ebx; d7d463b8 <_end+17a20180/18562e28>\nTrace; c0133792 <gn+26/80>\nTrace; c0133c16 <[mod]hn+16/b8>\n"
	 "Trace; c0106b0a <_end+1/2>\nCode;  c0133664 <fn+f8/180>\n", "paging-request", "fn", "gn hn ", 0xd08b8b60, "a", "2.4.11-pre1"},
	{"ksymoops' trace alone", "Unable to handle kernel paging request at virtual address d08b8b60\nOops: 0000\nEIP:    0010:[<c0133664>]\n \n"
	 ">>EIP; c0133664 <fn+f8/180>   <=====\nTrace; c0133792 <gn+26/80>\nTrace; c0133c16 <hn+16/b8>\n", "paging-request", "fn", "gn hn", 0xd08b8b60, "", ""},
	{"a number that a translator took apart", "Unable to handle kernel paging request at virtual address 32697073\nInternal error: Oops: 5 [# 1] SMP ARM\nPC is at fn+0x28/0x80\n",
	 "paging-request", "fn", "", 0x32697073, "", ""},
	{"a mail program's mark that no format is known for", "A typical splat is:\n: ------------[ cut here ]------------\n: a 0000:01:00.0: timeout\n: WARNING: CPU: 3 PID: 1970 at fs/a.c:90 fn+0x168/0x1b0\n"
	 ":\n: CPU: 3 PID: 1970 Comm: a Not tainted 5.12.0 #1\n: Call Trace:\n:  gn+0x1/0x2\n:  hn+0x1/0x2\n", "warning", "fn", "gn hn", 0, "a", "5.12.0"},
	{"an emulator's mark that no format is known for", "[uart0] NET: Registered protocol family 10\n[uart0] Kernel panic - not syncing: VFS: Unable to mount root fs\n"
	 "[uart0] CPU: 0 PID: 1 Comm: a Not tainted 5.4.0 #45\n[uart0] Call Trace:\n[uart0] [<c0033178>] fn+0x0/0x108\n", "panic", "", "fn", 0, "a", "5.4.0"},
	{"written down from memory", "BUG: kernel NULL pointer dereference at 0000000000000008\nRIP: 0010:fn+0x1/0x2\n", "null-deref", "fn", "", 8, "", ""},
	{"arm's 2.4, without a counter", "Unable to handle kernel paging request at virtual address c405b000\nInternal error: Oops: ffffffff\nCPU: 0\n"
	 "pc : [<c00c0200>]    lr : [<c0029988>]    Not tainted\nProcess a (pid: 0, stackpage=c0179000)\n", "paging-request", "", "", 0xc405b000, "a", ""},
	{"hardware behind a release in parentheses", "BUG: unable to handle kernel paging request at fffffff4\nPid: 1531, comm: a Not tainted (2.6.28-11-generic #37-Ubuntu) ACME\n"
	 "EIP is at fn+0x140/0x710 [b]\n", "paging-request", "fn", "", 0xfffffff4, "a", "2.6.28-11-generic"},
	{"powerpc's frame above one that is cut", "kernel BUG at a.c:12!\nNIP [c0000000000eeb2c] fn+0x14c/0x2e0\nCall Trace:\n"
	 "[c0000001f745ba10] [c0000000001ac774] gn+0xb4/0x190\n[c0000001f745bab0] [c0000000001ad62c] hn+0x7c/0xb0\n[c0000001f745baf0] [c00000000167bda0] in+0xc\n",
	 "bug-on", "fn", "gn hn", 0, "", ""},
	{"an access whose address was left out", "BUG: KASAN: slab-use-after-free in fn+0x378/0x560\nRead of size 8 at addr ... by task a/391\nCall Trace:\n fn+0x378/0x560\n",
	 "kasan-uaf", "fn", "fn", 0, "a", ""},
	{"KASAN's note above a die line, without a headline", "KASAN: null-ptr-deref in range [0x0000000000000000-0x0000000000000007]\nMem abort info:\n"
	 "Internal error: Oops: 0000000096000005 [#1] SMP\nCPU: 3 UID: 0 PID: 16435 Comm: a Not tainted 6.16.0-10385 #37 PREEMPT\npc : fn+0x84/0x2cc\n",
	 "kasan-null", "fn", "", 0, "a", "6.16.0-10385"},
	{"a headline that a symbolizer repeated, without its marks", "BUG: KASAN: slab-out-of-bounds in __kuid_val include/linux/uidgid.h:36\n"
	 "BUG: KASAN: slab-out-of-bounds in uid_eq include/linux/uidgid.h:63 [inline]\nBUG: KASAN: slab-out-of-bounds in fn+0x394/0x410\nsecurity/keys/permission.c:54\n"
	 "Read of size 4 at addr ffff88813c3ab618 by task a/4362\n", "kasan-oob", "fn", "", (int64_t)0xffff88813c3ab618, "a", ""},
	{"letters of taint without their word", "kernel BUG at a.c:12!\nCPU: 2 PID: 1961 Comm: a b    W  O      5.12.0-rc2 #3246\nRIP: 0010:fn+0x1/0x2\n", "bug-on", "fn", "", 0, "a b", "5.12.0-rc2"},
	{"a taint that was left out", "kernel BUG at a.c:12!\nCPU: 6 UID: 1000 PID: 2348 Comm: a ... 7.0.5+ #4 PREEMPT(full)\nRIP: 0010:fn+0x1/0x2\n", "bug-on", "fn", "", 0, "a", "7.0.5+"},
	{"frames behind a trace's heading and a context", "Unable to handle kernel paging request at 000000ff00388090 RIP:\n<ffffffff801a0042>{fn+114}PML4 0\nOops: 0000 [1]\n"
	 "Pid: 0, comm: a Not tainted\nRIP: 0010:[<ffffffff801a0042>] <ffffffff801a0042>{fn+114}\n"
	 "Call Trace:<IRQ> <ffffffff8019b50f>{gn+111} <ffffffffa0121df0>{:ipv6:hn+336}\n       <ffffffff8012eab0>{in+432}\n", "paging-request", "fn", "gn hn in", 0xff00388090, "a", ""},
	{"tabs of a mail in quoted-printable", "=09BUG: kernel NULL pointer dereference, address: 00000000000006a8\n=09#PF: supervisor read access in kernel mode\n"
	 "=09RIP: 0010:fn+0x17/0xb0 [b]\n", "null-deref", "fn", "", 0x6a8, "", ""},
	{"a terminal broke the file's name", "Aug 04 20:37:39 host kernel: WARNING: CPU: 2 PID: 677 at /home/kernel/COD/linux/net/w\nireless/sme.c:850 fn+0x86/0xa0 [cfg80211]()\n"
	 "Aug 04 20:37:39 host kernel: CPU: 2 PID: 677 Comm: a Tainted: P        W  OE   4.5.7-040507-generic #201606100436\n", "warning", "fn", "", 0, "a", "4.5.7-040507-generic"},
	{"a die line broken early", "   Oops: general protection fault, probably for\n   non-canonical address 0xdffffc0000005650: 0000 [#1] PREEMPT SMP KASAN\n"
	 "   CPU: 26 UID: 0 PID: 1868 Comm: a Not tainted 6.11.0-rc1 #1\n   RIP: 0010:fn+0x2a/0x110\n", "gpf", "fn", "", (int64_t)0xdffffc0000005650, "a", "6.11.0-rc1"},
	{"a headline broken before its address", "Nov 09 19:30:29 host kernel: BUG: kernel NULL pointer dereference,\naddress: 0000000000000020\nNov 09 19:30:29 host kernel: RIP: 0010:fn+0x57/0x150\n",
	 "null-deref", "fn", "", 0x20, "", ""},
	{"places whose sizes the author took out", " WARNING: CPU: 2 PID: 2609 at fs/ext4/file.c:319\n CPU: 2 PID: 2609 Comm: aa Not tainted 6.3.0-rc2\n RIP: 0010:fn+0xbc7\n Call Trace:\n  gn+0x3b1\n  hn+0x77\n",
	 "warning", "fn", "gn hn", 0, "aa", "6.3.0-rc2"},
	{"a tab behind the date", "2017-01-14 01:04:26\tBUG: unable to handle kernel paging request at ffff8802ea75bb00\n2017-01-14 01:04:26\tIP: [] fn+0x9/0x19 [inet_diag]\n"
	 "2017-01-14 01:04:26\tPid: 29755, comm: ss Tainted: P        W  2.6.32.36-xen #1 ACME\n", "paging-request", "fn", "", (int64_t)0xffff8802ea75bb00, "ss", "2.6.32.36-xen"},
	{"a line without a release", "kernel BUG at a.c:12!\nCPU: 2 PID: 2135 Comm: a Not tainted #1\nRIP: 0010:fn+0x1/0x2\n", "bug-on", "fn", "", 0, "a", ""},
	{"a CPU line broken behind the word for taint", "kernel BUG at a.c:12!\n[   33.339068] CPU: 5 PID: 518 Comm: a Tainted:\n\t\t\tG S      W  O      4.19.30+ #3\n[   33.339069] pc : fn+0x1/0x2\n",
	 "bug-on", "fn", "", 0, "a", "4.19.30+"},
	{"a die line whose marks were lost", "Oops: general protection fault, probably for non-canonical address 0xa56b6b6b6b6b6b8b: 0000 1 SMP NOPTI\nRIP: 0010:fn+0x84/0x100 [i915]\n",
	 "gpf", "fn", "", (int64_t)0xa56b6b6b6b6b6b8b, "", ""},
	{"hardware above arm's trace", "Kernel panic - not syncing: a\nHardware name: ACME Exynos (Flattened Device Tree)\n  unwind_backtrace from show_stack+0x10/0x14\n  show_stack from fn+0x58/0x70\n",
	 "panic", "", "unwind_backtrace show_stack fn", 0, "", ""},
	{"powerpc's place without its address", "BUG: Kernel NULL pointer dereference on read at 0x00000000\nNIP  fn+0x8/0xb0\nCall Trace:\n gn+0xfc/0x120 [mtk (HASH:1400 5)]\n",
	 "null-deref", "fn", "gn", 0, "", ""},
	{"SUSE's spinlock", "BUG: spinlock lockup on CPU#2, current: a/48476\nPid: 48476, comm: a Tainted: P           O 3.4.24.19-0.11-default #1\n", "spinlock", "", "", 0, "a", "3.4.24.19-0.11-default"},
	{"blanks that do not break, read as Latin-1", ">> [A A  24.647744] BUG: unable to handle kernel NULL pointer \n>> dereference at\n>> 00000008\n>> [A A  24.647801] EIP: fn+0x14/0xa0\n",
	 "null-deref", "fn", "", 8, "", ""},
	{"an address in the line behind", "Aug 17 17:36:23 amd kernel: BUG: unable to handle page fault for\naddress: f8601000\nAug 17 17:36:23 amd kernel: EIP: fn+0x14/0xa0\n",
	 "paging-request", "fn", "", 0xf8601000, "", ""},
	{"an allocator's report of frames that are all marked", "CPU: 28 PID: 22783 Comm: a Not tainted 3.10 #1\nCall Trace:\n[<ffffffff815160a7>] ? dump_stack+0xd/0x17\n"
	 "[<ffffffff815136fc>] ? dump_header+0x78/0x21a\n[<ffffffff810b7bd0>] ? fn+0x270/0x400\n", "oom", "", "dump_stack dump_header fn", 0, "a", "3.10"},
};

#endif
