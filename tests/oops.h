// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Oopses for tests, line by line, without prefixes. Both are cut from real logs of the samples
 * (hello_2 on 6.1) and of the project's first crash (3.10), with registers left out.
 */
#ifndef OD_TESTS_OOPS_H
#define OD_TESTS_OOPS_H

static const char *const oops_new[] = {
	"BUG: kernel NULL pointer dereference, address: 0000000000000024",
	"#PF: supervisor write access in kernel mode",
	"#PF: error_code(0x0002) - not-present page",
	"PGD 2a7b067 P4D 2a7b067 PUD 2a7c067 PMD 0 ",
	"Oops: 0002 [#1] PREEMPT SMP NOPTI",
	"CPU: 1 PID: 92 Comm: rmmod Tainted: G           OE      6.1.0-56-amd64 #1  Debian 6.1.192-2",
	"Hardware name: QEMU Standard PC (i440FX + PIIX, 1996), BIOS 1.16.2-debian-1.16.2-1 04/01/2014",
	"RIP: 0010:hello_cleanup+0x13/0xff0 [hello_2]",
	"Code: cc cc cc 48 c7 c7 60 10 2e c0 e8 be 7d 92 ca <c7> 04 25 00 00 00 00 01 00 00 00 e8 a7 7d 92 ca",
	"RSP: 0018:ff3efd304039bb20 EFLAGS: 00000246",
	"RAX: 000000000000001f RBX: ffffffffc02e2040 RCX: c0000000ffffefff",
	"FS:  00000000365293c0(0000) GS:ff1f93e80f700000(0000) knlGS:0000000000000000",
	"CS:  0010 DS: 0000 ES: 0000 CR0: 0000000080050033",
	"CR2: 0000000000000024 CR3: 0000000002a08000 CR4: 0000000000751ee0",
	"PKRU: 55555554",
	"Call Trace:",
	" <TASK>",
	" ? __die_body.cold+0x1a/0x1f",
	" __do_sys_delete_module+0x1b9/0x310",
	" do_syscall_64+0x5d/0xb0",
	" entry_SYSCALL_64_after_hwframe+0x6e/0xd8",
	"RIP: 0033:0x47fbe9",
	"Code: 08 89 e8 5b 5d c3 66 2e 0f 1f 84 00 00 00 00 00 0f 05 <48> 3d 01 f0 ff ff 73 01 c3",
	"RSP: 002b:00007fff2d759b18 EFLAGS: 00000246 ORIG_RAX: 00000000000000b0",
	"RAX: ffffffffffffffda RBX: 00000000365293a0 RCX: 000000000047fbe9",
	" </TASK>",
	"Modules linked in: hello_2(OE-) zfs(POE)",
	"CR2: 0000000000000024",
	"---[ end trace 0000000000000000 ]---",
	"RIP: 0010:hello_cleanup+0x13/0xff0 [hello_2]",
	"RSP: 0018:ff3efd304039bb20 EFLAGS: 00000246",
	"RAX: 0000000000000099 RBX: ffffffffc02e2040 RCX: c0000000ffffefff",
};

static const char *const oops_old[] = {
	"BUG: unable to handle kernel NULL pointer dereference at           (null)",
	"IP: [<ffffffffa05cc012>] hello_cleanup+0x12/0x1000 [hello_2]",
	"PGD 57922067 PUD 578c9067 PMD 0",
	"Oops: 0002 [#1] SMP",
	"Call Trace:",
	" [<ffffffff810fdd4b>] SyS_delete_module+0x16b/0x2d0",
	" [<ffffffff816965c9>] system_call_fastpath+0x16/0x1b",
	"Code: <c7> 04 25 00 00 00 00 01 00 00 00 48 c7 c7 34 d0 5c a0 31 c0 e8 cb",
	"RIP  [<ffffffffa05cc012>] hello_cleanup+0x12/0x1000 [hello_2]",
	" RSP <ffff880035d4fef0>",
	"CR2: 0000000000000000",
};

#endif
