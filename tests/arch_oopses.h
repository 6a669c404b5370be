// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Oopses of architectures that no machine at hand can crash on, each composed from the format strings of the
 * kernel source that is named with it. Synthetic: addresses and names are invented.
 */
#ifndef OD_TESTS_ARCH_OOPSES_H
#define OD_TESTS_ARCH_OOPSES_H

/* arch/x86/kernel/process_32.c, arch/x86/mm/fault.c, 2.6.32 */
static const char oops_i386[] =
	"BUG: unable to handle kernel NULL pointer dereference at 00000010\n"
	"IP: [<c0101234>] bad_init+0x14/0x20 [bad]\n"
	"*pde = 00000000 \n"
	"Oops: 0002 [#1] SMP \n"
	"Modules linked in: bad(+)\n"
	"\n"
	"Pid: 612, comm: insmod Not tainted (2.6.32 #1) Bochs\n"
	"EIP: 0060:[<c0101234>] EFLAGS: 00010246 CPU: 1\n"
	"EIP is at bad_init+0x14/0x20 [bad]\n"
	"EAX: 00000001 EBX: 00000002 ECX: 00000003 EDX: 00000004\n"
	"ESI: 00000005 EDI: 00000006 EBP: c7b5fe60 ESP: c7b5fe54\n"
	" DS: 007b ES: 007b FS: 00d8 GS: 0033 SS: 0068\n"
	"Process insmod (pid: 612, ti=c7b5e000 task=c7b50000 task.ti=c7b5e000)\n"
	"Stack:\n"
	" c7b5fe60 c7b5fe64\n"
	"Call Trace:\n"
	" [<c0105678>] ? do_one_initcall+0x27/0x170\n"
	"Code: 89 e5 <c7> 05 10 00 00 00\n"
	"EIP: [<c0101234>] bad_init+0x14/0x20 [bad] SS:ESP 0068:c7b5fe54\n"
	"CR2: 0000000000000010\n"
	"---[ end trace 0123456789abcdef ]---\n";

/* arch/arm64/kernel/process.c (__show_regs), arch/arm64/mm/fault.c, 3.10 to 4.13 */
static const char oops_arm64_old[] =
	"Unable to handle kernel NULL pointer dereference at virtual address 00000010\n"
	"pgd = ffffffc07a5c8000\n"
	"[00000010] *pgd=0000000000000000, *pud=0000000000000000\n"
	"Internal error: Oops: 96000046 [#1] PREEMPT SMP\n"
	"Modules linked in: bad(+)\n"
	"CPU: 1 PID: 612 Comm: insmod Not tainted 4.4.0 #1\n"
	"Hardware name: board (DT)\n"
	"task: ffffffc07a5c8000 ti: ffffffc07a5d0000 task.ti: ffffffc07a5d0000\n"
	"PC is at bad_init+0x14/0x20 [bad]\n"
	"LR is at do_one_initcall+0x58/0x300\n"
	"pc : [<ffffffbffc001014>] lr : [<ffffffc000081234>] pstate: 60000145\n"
	"sp : ffffffc07a5d3c10\n"
	"x29: ffffffc07a5d3c10 x28: 0000000000000001 \n"
	"x1 : 0000000000000010 x0 : 0000000000000002 \n"
	"Process insmod (pid: 612, stack limit = 0xffffffc07a5d0020)\n"
	"Call trace:\n"
	"[<ffffffbffc001014>] bad_init+0x14/0x20 [bad]\n"
	"[<ffffffc000081234>] do_one_initcall+0x58/0x300\n"
	"Code: aa0003f3 d503201f 94000000 f9400661 (b9001001) \n"
	"---[ end trace 0123456789abcdef ]---\n";

/* arch/arm/kernel/process.c, traps.c, arch/arm/mm/fault.c, 3.10 */
static const char oops_arm_old[] =
	"Unable to handle kernel NULL pointer dereference at virtual address 00000010\n"
	"pgd = c7a5c000\n"
	"[00000010] *pgd=00000000\n"
	"Internal error: Oops: 817 [#1] PREEMPT SMP ARM\n"
	"Modules linked in: bad(O+)\n"
	"CPU: 1    Not tainted  (3.4.0 #1)\n"
	"PC is at bad_init+0x14/0x20 [bad]\n"
	"LR is at do_one_initcall+0x58/0x300\n"
	"pc : [<bf000014>]    lr : [<c0008658>]    psr: 60000013\n"
	"sp : c7b5fe54  ip : 00000007  fp : c7b5fe60\n"
	"r10: 0000000a  r9 : 00000009  r8 : 00000008\n"
	"r7 : 00000007  r6 : 00000006  r5 : 00000005  r4 : 00000004\n"
	"r3 : 00000003  r2 : 00000002  r1 : 00000001  r0 : 00000000\n"
	"Flags: nZCv  IRQs on  FIQs on  Mode SVC_32  ISA ARM  Segment user\n"
	"Control: 10c5387d  Table: 87a5c06a  DAC: 00000015\n"
	"Process insmod (pid: 612, stack limit = 0xc7b5e2f8)\n"
	"Stack: (0xc7b5fe54 to 0xc7b60000)\n"
	"fe40:                                              00000000 c0008658 c7b5fe60\n"
	"[<bf000014>] (bad_init+0x14/0x20 [bad]) from [<c0008658>] (do_one_initcall+0x58/0x300)\n"
	"[<c0008658>] (do_one_initcall+0x58/0x300) from [<c0065678>] (sys_init_module+0x1c/0x20)\n"
	"Code: e1a00000 e3a03000 e1a01003 e3a02001 (e5832010) \n"
	"---[ end trace 0123456789abcdef ]---\n";

/* arch/riscv/kernel/process.c (__show_regs), traps.c (die), 5.4, 32 bits */
static const char oops_riscv32[] =
	"Unable to handle kernel NULL pointer dereference at virtual address 00000010\n"
	"Oops [#1]\n"
	"Modules linked in:\n"
	"CPU: 0 PID: 12 Comm: insmod Not tainted 5.4.0 #1\n"
	"sepc: c0002010 ra : c0005678 sp : c7b5fe54\n"
	" gp : c0801234 tp : c7a5c000 t0 : 00000001\n"
	"sstatus: 00000120 sbadaddr: 00000010 scause: 0000000f\n"
	"---[ end trace 0123456789abcdef ]---\n";

/* arch/powerpc/kernel/process.c (show_regs), traps.c (die), arch/powerpc/mm/fault.c, 3.0, 32 bits */
static const char oops_ppc32[] =
	"Unable to handle kernel paging request for data at address 0x00000010\n"
	"Faulting instruction address: 0xd1002014\n"
	"Oops: Kernel access of bad area, sig: 11 [#1]\n"
	"PREEMPT PowerMac\n"
	"Modules linked in: bad(+)\n"
	"NIP: d1002014 LR: c0003ff0 CTR: d1002000\n"
	"REGS: cf8a9de0 TRAP: 0300   Not tainted  (3.0.0)\n"
	"MSR: 00009032 <EE,ME,IR,DR>  CR: 24000422  XER: 20000000\n"
	"DAR: 00000010, DSISR: 42000000\n"
	"TASK = cf83e000[612] 'insmod' THREAD: cf8a8000 CPU: 0\n"
	"GPR00: d1002000 cf8a9e90 cf83e000 00000000 00000001 00000002 00000003 00000004 \n"
	"GPR08: 00000008 00000009 0000000a 0000000b 0000000c 0000000d 0000000e 0000000f \n"
	"NIP [d1002014] bad_init+0x14/0x20 [bad]\n"
	"LR [c0003ff0] do_one_initcall+0x58/0x1b0\n"
	"Call Trace:\n"
	"[cf8a9e90] [cf8a9eb0] 0xcf8a9eb0 (unreliable)\n"
	"[cf8a9ea0] [c0003ff0] do_one_initcall+0x58/0x1b0\n"
	"[cf8a9f40] [c00123bc] ret_from_syscall+0x0/0x38\n"
	"--- Exception: c01 at 0xff6e1d4\n"
	"    LR = 0x10003f0c\n"
	"Instruction dump:\n"
	"XXXXXXXX XXXXXXXX XXXXXXXX 38000001 39200010 \n"
	"7c0802a6 <90090000> 4e800020 \n"
	"---[ end trace 0123456789abcdef ]---\n";

/* arch/s390/kernel/dumpstack.c (die, show_registers), dis.c (show_code), 6.17: a WARN's code, made fatal */
static const char oops_s390x[] =
	"kernel BUG at drivers/bad.c:12!\n"
	"monitor event: 0040 ilc:2 [#1]SMP \n"
	"Modules linked in: bad(+)\n"
	"CPU: 1 UID: 0 PID: 612 Comm: insmod Not tainted 6.17.0 #1 NONE \n"
	"Hardware name: IBM 8561 T01 701 (z/VM 7.3.0)\n"
	"Krnl PSW : 0704c00180000000 000003ff8008a032 (bad_init+0x32/0x1000 [bad])\n"
	"           R:0 T:1 IO:1 EX:1 Key:0 M:1 W:0 P:0 AS:3 CC:0 PM:0 RI:0 EA:3\n"
	"Krnl GPRS: 0000000000000000 0000000000000001 0000000000000002 0000000000000003\n"
	"           0000000000000004 0000000000000005 0000000000000006 0000000000000007\n"
	"           0000000000000008 0000000000000009 000000000000000a 000000000000000b\n"
	"           000000000000000c 000000000000000d 000003ff8008a02e 0000037fffe6bb40\n"
	"Krnl Code: 000003ff8008a02a: a7f40001\t\tbrc\t15,000003ff8008a02c\n"
	"          *000003ff8008a02e: af000000\t\tmc\t0,0\n"
	"          >000003ff8008a032: 07fe\t\tbcr\t15,%r14\n"
	"Call Trace:\n"
	" [<000003ff8008a032>] bad_init+0x32/0x1000 [bad] \n"
	"([<000003ff8008a00e>] bad_init+0xe/0x1000 [bad])\n"
	" [<0000037fe0001234>] do_one_initcall+0x58/0x300 \n"
	"Last Breaking-Event-Address:\n"
	" [<000003ff8008a00e>] bad_init+0xe/0x1000 [bad]\n"
	"---[ end trace 0000000000000000 ]---\n";

/* arch/mips/kernel/traps.c (__show_regs, show_code), 4.14: 4.9 and later print one word of Code per line */
static const char oops_mips[] =
	"CPU 1 Unable to handle kernel paging request at virtual address 00000010, epc == c0002014, ra == 80100570\n"
	"Oops[#1]:\n"
	"CPU: 1 PID: 612 Comm: insmod Not tainted 4.14.87 #0\n"
	"task: 8e5d8000 task.stack: 8e5e0000\n"
	"$ 0   : 00000000 00000001 00000002 00000003\n"
	"$24   : 00000018 00000019                  \n"
	"$28   : 0000001c 8e5e1e50 0000001e 80100570\n"
	"Hi    : 00000125\n"
	"Lo    : 122f2000\n"
	"epc   : c0002014 bad_init+0x14/0x20 [bad]\n"
	"ra    : 80100570 do_one_initcall+0x58/0x300\n"
	"Status: 1100fc03 KERNEL EXL IE \n"
	"Cause : d080000c (ExcCode 03)\n"
	"BadVA : 00000010\n"
	"PrId  : 0001992f (MIPS 1004Kc)\n"
	"Modules linked in: bad(+)\n"
	"Process insmod (pid: 612, threadinfo=8e5e0000, task=8e5d8000, tls=77ef2ec8)\n"
	"Stack : 00000100 80568ddc 805b702c 80568f04\n"
	"        ...\n"
	"Call Trace:\n"
	"[<c0002014>] bad_init+0x14/0x20 [bad]\n"
	"[<80100570>] do_one_initcall+0x58/0x300\n"
	"Code: afa30010 \n"
	" 0c01a5fe \n"
	" 24848e80 \n"
	"<ac000010>\n"
	" 3c02805d \n"
	"---[ end trace 0123456789abcdef ]---\n";

/* arch/loongarch/kernel/traps.c (__show_regs), arch/loongarch/mm/fault.c, 6.6 */
static const char oops_loongarch[] =
	"CPU 1 Unable to handle kernel paging request at virtual address 0000000000000010, era == ffff800002000014, "
	"ra == 9000000000221234\n"
	"Oops[#1]:\n"
	"CPU: 1 PID: 612 Comm: insmod Not tainted 6.6.0 #1\n"
	"pc ffff800002000014 ra 9000000000221234 tp 9000000103f48000 sp 9000000103f4bc10\n"
	"a0 0000000000000001 a1 0000000000000002 a2 0000000000000003 a3 0000000000000004\n"
	"t8 0000000000000014 u0 0000000000000015 s9 0000000000000016 s0 0000000000000017\n"
	"   ra: 9000000000221234 do_one_initcall+0x58/0x300\n"
	"  ERA: ffff800002000014 bad_init+0x14/0x20 [bad]\n"
	" CRMD: 000000b0 (PLV0 -IE -DA +PG DACF=CC DACM=CC -WE)\n"
	" PRMD: 00000004 (PPLV0 +PIE -PWE)\n"
	" EUEN: 00000000 (-FPE -SXE -ASXE -BTE)\n"
	" ECFG: 00071c1d (LIE=0,2-4,10-12 VS=7)\n"
	"ESTAT: 00020000 [PIS] (IS= ECode=2 EsubCode=0)\n"
	" BADV: 0000000000000010\n"
	" PRID: 0014c010 (Loongson-64bit, Loongson-3A5000)\n"
	"Modules linked in: bad(+)\n"
	"Process insmod (pid: 612, threadinfo=0000000012345678, task=0000000087654321)\n"
	"Stack : 0000000000000001 0000000000000002\n"
	"Call Trace:\n"
	"[<ffff800002000014>] bad_init+0x14/0x20 [bad]\n"
	"[<9000000000221234>] do_one_initcall+0x58/0x300\n"
	"Code: 02c00084  00150005  02800406 <29804006> 4c000020 \n"
	"---[ end trace 0000000000000000 ]---\n";

/* arch/sparc/kernel/process_64.c, traps_64.c (die_if_kernel), arch/sparc/mm/fault_64.c, 5.10 */
static const char oops_sparc64[] =
	"Unable to handle kernel NULL pointer dereference\n"
	"tsk->{mm,active_mm}->context = 0000000000000123\n"
	"tsk->{mm,active_mm}->pgd = fff8000012345000\n"
	"              \\|/ ____ \\|/\n"
	"              \"@'/ .. \\`@\"\n"
	"              /_| \\__/ |_\\\n"
	"                 \\__U_/\n"
	"insmod(612): Oops [#1]\n"
	"CPU: 1 PID: 612 Comm: insmod Not tainted 5.10.0 #1\n"
	"TSTATE: 0000004411001606 TPC: 0000000010002014 TNPC: 0000000010002018 Y: 00000000    Not tainted\n"
	"TPC: <bad_init+0x14/0x20 [bad]>\n"
	"g0: 0000000000000000 g1: 0000000000000010 g2: 0000000000000002 g3: 0000000000000003\n"
	"o4: 0000000000000004 o5: 0000000000000005 sp: fff8000012347001 ret_pc: 0000000000426a20\n"
	"RPC: <do_one_initcall+0x20/0x1c0>\n"
	"i4: 0000000000000004 i5: 0000000000000005 i6: fff80000123470b1 i7: 0000000000426a38\n"
	"I7: <do_one_initcall+0x38/0x1c0>\n"
	"Call Trace:\n"
	"[<0000000000426a38>] do_one_initcall+0x38/0x1c0\n"
	"[<00000000004d5678>] do_init_module+0x50/0x200\n"
	"Disabling lock debugging due to kernel taint\n"
	"Caller[0000000000426a38]: do_one_initcall+0x38/0x1c0\n"
	"Caller[00000000004d5678]: do_init_module+0x50/0x200\n"
	"Instruction DUMP:\n"
	" 9de3bf50 \n"
	" 82102010 \n"
	" 84102001 \n"
	"<c4204000>\n"
	" 81c7e008 \n";

/* arch/parisc/kernel/traps.c (parisc_terminate, show_regs), 5.15 */
static const char oops_parisc[] =
	"Kernel Fault: Code=15 (Data TLB miss fault) at addr 0000000000000010\n"
	"CPU: 1 PID: 612 Comm: insmod Not tainted 5.15.4-parisc64 #4\n"
	"Hardware name: 9000/785/C8000\n"
	"\n"
	"     YZrvWESTHLNXBCVMcbcbcbcbOGFRQPDI\n"
	"PSW: 00001000000001001111111100001111 Not tainted\n"
	"r00-03  000000ff0804ff0f 0000000040c0c3c0 0000000010002010 0000000184090a90\n"
	"r28-31  0000000000000001 0000000184090a90 0000000184090ac0 0000000041f912e0\n"
	"sr00-03  000000000440c400 0000000000000000 0000000000000000 000000000440c400\n"
	"\n"
	"IASQ: 0000000000000000 0000000000000000 IAOQ: 0000000010002014 0000000010002018\n"
	" IIR: 0ff0109c    ISR: 0000000010240000  IOR: 0000000000000010\n"
	" CPU:        1   CR30: 0000000184090000 CR31: fffffffffffdffff\n"
	" ORIG_R28: 000000000000001c\n"
	" IAOQ[0]: bad_init+0x14/0x20 [bad]\n"
	" IAOQ[1]: bad_init+0x18/0x20 [bad]\n"
	" RP(r2): do_one_initcall+0x58/0x300\n"
	"Backtrace:\n"
	" [<0000000040200c60>] do_one_initcall+0x58/0x300\n"
	" [<00000000402d1f08>] do_init_module+0xa0/0x328\n"
	"\n"
	"Kernel panic - not syncing: Kernel Fault\n";

/* arch/m68k/kernel/traps.c (bad_super_trap, show_registers), arch/m68k/mm/fault.c, 4.19 */
static const char oops_m68k[] =
	"Unable to handle kernel NULL pointer dereference at virtual address (ptrval)\n"
	"Oops: 00000000\n"
	"Modules linked in: bad(+)\n"
	"PC: [<10002014>] bad_init+0x14/0x20 [bad]\n"
	"SR: 2000  SP: (ptrval)  a2: 0098a6e0\n"
	"d0: 00000001    d1: 00000002    d2: 00000003    d3: 00000004\n"
	"d4: 00000005    d5: 00000006    a0: 00000007    a1: 00000008\n"
	"Process insmod (pid: 612, task=(ptrval))\n"
	"Frame format=7 eff addr=00000010 ssw=0505 faddr=00000010\n"
	"wb 1 stat/addr/data: 0000 00000000 00000000\n"
	"Stack from 00999e60:\n"
	"        00000001 00000002 00000003\n"
	"Call Trace: [<000020ce>] do_one_initcall+0x58/0x300\n"
	" [<0004d5a8>] do_init_module+0x50/0x200\n"
	"Code: 4e56 0000 <23fc> 0000 0001\n"
	"Disabling lock debugging due to kernel taint\n";

/* arch/xtensa/kernel/traps.c (die, show_regs), arch/xtensa/mm/fault.c (bad_page_fault), 5.10 */
static const char oops_xtensa[] =
	"Unable to handle kernel paging request at virtual address 00000010\n"
	" pc = c0002014, ra = 800017f0\n"
	"Oops: sig: 11 [#1] PREEMPT\n"
	"CPU: 1 PID: 612 Comm: insmod Not tainted 5.10.0 #1\n"
	"a00: 900017f0 c7b5fe50 00000010 00000003 00000004 00000005 00000006 00000007\n"
	"a08: 00000008 00000009 0000000a 0000000b 0000000c 0000000d 0000000e 0000000f\n"
	"pc: c0002014, ps: 00060d10, depc: 00000030, excvaddr: 00000010\n"
	"lbeg: c0105678, lend: c0105680 lcount: 00000000, sar: 00000011\n"
	"Call Trace:\n"
	" [<800017f0>] do_one_initcall+0x58/0x300\n"
	"---[ end trace 0123456789abcdef ]---\n";

/* arch/arc/kernel/troubleshoot.c (show_kernel_fault_diag, show_regs), 5.10 */
static const char oops_arc[] =
	"\n"
	"Oops\n"
	"Path: /sbin/insmod\n"
	"CPU: 1 PID: 612 Comm: insmod Not tainted 5.10.0 #1\n"
	"Invalid Write @ 0x00000010 by insn @ bad_init+0x14/0x20 [bad]\n"
	"ECR: 0x00050200 EFA: 0x00000010 ERET: 0x70002014\n"
	"STAT: 0x80080802 [IE K     ]   BTA: 0x70002010\n"
	" SP: 0x9f8f9e50  FP: 0x00000000 BLK: do_one_initcall+0x58/0x300\n"
	"LPS: 0x90289e44\tLPE: 0x90289e48\tLPC: 0x00000000\n"
	"r00: 0x00000000\tr01: 0x00000001\tr02: 0x00000002\n"
	"r12: 0x0000000c\tr13: 0x0000000d\tr14: 0x0000000e\n"
	"\n"
	"Stack Trace:\n"
	"  bad_init+0x14/0x20 [bad]\n"
	"  do_one_initcall+0x58/0x300\n";

/* arch/openrisc/kernel/traps.c (die, show_registers), arch/openrisc/mm/fault.c, 6.1 */
static const char oops_openrisc[] =
	"Unable to handle kernel NULL pointer dereference\n"
	" at virtual address 0x00000010\n"
	"\n"
	"Oops#: 0000\n"
	"CPU #: 1\n"
	"   PC: c0802014    SR: 0000807f    SP: c1023e50\n"
	"GPR00: 00000000 GPR01: c1023e50 GPR02: 00000002 GPR03: 00000003\n"
	"GPR04: 00000004 GPR05: 00000005 GPR06: 00000006 GPR07: 00000007\n"
	"  RES: 00000000 oGPR11: ffffffff\n"
	"Process insmod (pid: 612, stackpage=c1020000)\n"
	"\n"
	"Stack:\n"
	"Call trace:\n"
	"[<c0002058>] do_one_initcall+0x58/0x300\n"
	"[<c0061234>] ? do_init_module+0x50/0x200\n"
	"\n"
	" c1023e50:\t00000001\n"
	"Code: 18a0ff00 a8a50010 (d4051000) 44004800\n";

/* arch/csky/kernel/ptrace.c (show_regs), traps.c (die), arch/csky/mm/fault.c, 5.8 */
static const char oops_csky[] =
	"Unable to handle kernel paging request at virtual address 0x00000010, pc: 0xc0002014\n"
	"Oops [#1]\n"
	"\n"
	"CURRENT PROCESS:\n"
	"\n"
	"COMM=insmod PID=612\n"
	"TEXT=00008000-000a1234 DATA=000a2000-000a3000 BSS=000a3000-000b0000\n"
	"PC: 0xc0002014 (bad_init+0x14/0x20 [bad])\n"
	"LR: 0x80001234 (do_one_initcall+0x58/0x300)\n"
	"SP: 0xbe9b7e50\n"
	"orig_a0: 0x00000000\n"
	"PSR: 0x80140340\n"
	" a0: 0x00000000   a1: 0x00000001   a2: 0x00000002   a3: 0x00000003\n"
	" r4: 0x00000004   r5: 0x00000005   r6: 0x00000006   r7: 0x00000007\n"
	"Call Trace:\n"
	"[<80001234>] do_one_initcall+0x58/0x300\n";

/* arch/sh/kernel/process_32.c (show_regs), traps.c (die), arch/sh/mm/fault.c, 5.10 */
static const char oops_sh[] =
	"BUG: unable to handle kernel NULL pointer dereference at 00000010\n"
	"PC: [<c0002014>] bad_init+0x14/0x20 [bad]\n"
	"pgd = 8f5a8000\n"
	"[00000010] *pgd=00000000\n"
	"Oops: 0001 [#1]\n"
	"Modules linked in: bad(+)\n"
	"CPU: 1 PID: 612 Comm: insmod Not tainted 5.10.0 #1\n"
	"PC is at bad_init+0x14/0x20 [bad]\n"
	"PR is at do_one_initcall+0x58/0x300\n"
	"PC  : c0002014 SP  : 8f41fe50 SR  : 40008100 TEA : 00000010\n"
	"R0  : 00000000 R1  : 00000001 R2  : 00000002 R3  : 00000003\n"
	"R12 : 0000000c R13 : 8f41fecc R14 : 8c274773\n"
	"MACH: 00000001 MACL: b16b1ded GBR : 09102e96 PR  : 8c2c0524\n"
	"\n"
	"Call trace:\n"
	" [<8c2c0524>] do_one_initcall+0x58/0x300\n"
	"\n"
	"Code:\n"
	"  c0002012:  mov       #16, r1\n"
	"->c0002014:  mov.l     r2, @r1\n"
	"\n"
	"Process: insmod (pid: 612, stack limit = 8f41e001)\n"
	"---[ end trace 0123456789abcdef ]---\n";

/* arch/alpha/kernel/traps.c (die_if_kernel, dik_show_regs, dik_show_code), arch/alpha/mm/fault.c, 5.10 */
static const char oops_alpha[] =
	"Unable to handle kernel paging request at virtual address 0000000000000010\n"
	"CPU 1 \n"
	"insmod(612): Oops 1\n"
	"pc = [<fffffffc00002014>]  ra = [<fffffc0000310058>]  ps = 0000    Not tainted\n"
	"pc is at bad_init+0x14/0x20 [bad]\n"
	"ra is at do_one_initcall+0x58/0x300\n"
	"v0 = 0000000000000000  t0 = 0000000000000001  t1 = 0000000000000002\n"
	"gp = fffffc0000b5d5a0  sp = fffffc007e1d7e50\n"
	"Disabling lock debugging due to kernel taint\n"
	"Trace:\n"
	"[<fffffc0000310058>] do_one_initcall+0x58/0x300\n"
	"[<fffffc00003a1050>] do_init_module+0x50/0x200\n"
	"\n"
	"Code: \n"
	" 47e20401 \n"
	"<b4210000>\n"
	" 6bfa8001 \n";

/* arch/nios2/kernel/process.c (show_regs), traps.c (die), arch/nios2/mm/fault.c, 5.10 */
static const char oops_nios2[] =
	"Unable to handle kernel paging request at virtual address 00000010\n"
	"ea = c0002014, ra = c8001058, cause = 14\n"
	"Oops: Oops, sig: 11 [#1]\n"
	"CPU: 1 PID: 612 Comm: insmod Not tainted 5.10.0 #1\n"
	"r1: 00000001 r2: 00000002 r3: 00000003 r4: 00000004\n"
	"r13: 0000000d r14: 0000000e r15: 0000000f\n"
	"ra: c8001058 fp:  00000000 sp: c7b5fe50 gp: c8345678\n"
	"ea: c0002014 estatus: 00000001\n"
	"Call Trace:\n"
	"[<c8001058>] do_one_initcall+0x58/0x300\n"
	"---[ end trace 0123456789abcdef ]---\n";

/* arch/microblaze/kernel/process.c (show_regs), exceptions.c (die), arch/microblaze/mm/fault.c, 5.10 */
static const char oops_microblaze[] =
	"Oops: kernel access of bad area, sig: 11\n"
	"CPU: 1 PID: 612 Comm: insmod Not tainted 5.10.0 #1\n"
	" Registers dump: mode=805B9EA8\n"
	" r1=000065A0, r2=C05B7AE6, r3=00000000, r4=00000004\n"
	" r29=01000000, r30=00000380, r31=C05C02F0, rPC=C0602014\n"
	" msr=000046A0, ear=00000010, esr=00000D12, fsr=FFFFFFFF\n"
	"Call Trace:\n"
	"[<c0001058>] do_one_initcall+0x58/0x300\n";

#endif
