// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Kinds of report times architectures, for tests: what the kernel prints for each, composed from the format strings of
 * the sources that are named. Synthetic: addresses and names are invented.
 *
 * A row's text holds \1 where die() prints registers and stack, and \2 where dump_stack() prints its own.
 */
#ifndef OD_TESTS_CUBE_H
#define OD_TESTS_CUBE_H

/* How an architecture prints what belongs to every report. */
struct cube_arch {
	const char *name;
	const char *registers;	/* with the instruction bad_fn+0x12/0x40 [bad] */
	const char *trace;
	const char *source;
};

static const struct cube_arch cube_arches[] = {
	{"x86_64",
	 "RIP: 0010:bad_fn+0x12/0x40 [bad]\n"
	 "Code: 90 90 48 8b 07 <c7> 00 01 00 00 00 c3\n"
	 "RSP: 0018:ffffc900001efd50 EFLAGS: 00010246\n"
	 "RAX: 0000000000000000 RBX: ffffffffc0002040 RCX: 0000000000000003\n"
	 "CR2: 0000000000000010 CR3: 0000000002a08000 CR4: 00000000000006f0\n",
	 "Call Trace:\n <TASK>\n bad_fn+0x12/0x40 [bad]\n do_one_initcall+0x56/0x220\n </TASK>\n",
	 "arch/x86/kernel/dumpstack.c, process_64.c, 6.1"},
	{"i386",
	 "EIP: bad_fn+0x12/0x40 [bad]\n"
	 "Code: 90 90 8b 00 <c7> 00 01 00 00 00 c3\n"
	 "EAX: 00000001 EBX: 00000002 ECX: 00000003 EDX: 00000004\n"
	 "ESI: 00000005 EDI: 00000006 EBP: c7b5fe60 ESP: c7b5fe54\n"
	 "DS: 007b ES: 007b FS: 00d8 GS: 0033 SS: 0068 EFLAGS: 00010246\n"
	 "CR0: 80050033 CR2: 00000010 CR3: 07a5c000 CR4: 000006d0\n",
	 "Call Trace:\n bad_fn+0x12/0x40 [bad]\n do_one_initcall+0x56/0x220\n",
	 "arch/x86/kernel/dumpstack.c, process_32.c, 5.10"},
	{"arm64",
	 "pstate: 60000005 (nZCv daif -PAN -UAO -TCO BTYPE=--)\n"
	 "pc : bad_fn+0x12/0x40 [bad]\n"
	 "lr : do_one_initcall+0x58/0x300\n"
	 "sp : ffff80001231bc10\n"
	 "x29: ffff80001231bc10 x28: 0000000000000001 \n"
	 "x1 : 0000000000000010 x0 : 0000000000000002 \n",
	 "Call trace:\n bad_fn+0x12/0x40 [bad]\n do_one_initcall+0x58/0x300\n",
	 "arch/arm64/kernel/process.c (__show_regs), stacktrace.c, 5.10"},
	{"arm",
	 "PC is at bad_fn+0x12/0x40 [bad]\n"
	 "LR is at do_one_initcall+0x58/0x300\n"
	 "pc : [<bf000012>]    lr : [<c0008658>]    psr: 60000013\n"
	 "sp : c7b5fe54  ip : 00000007  fp : c7b5fe60\n"
	 "r3 : 00000003  r2 : 00000002  r1 : 00000001  r0 : 00000000\n"
	 "Flags: nZCv  IRQs on  FIQs on  Mode SVC_32  ISA ARM  Segment none\n",
	 "[<bf000012>] (bad_fn [bad]) from [<c0008658>] (do_one_initcall+0x58/0x300)\n"
	 "[<c0008658>] (do_one_initcall) from [<c0065678>] (do_init_module+0x1c/0x20)\n",
	 "arch/arm/kernel/process.c, traps.c (dump_backtrace_entry), 5.10"},
	{"riscv64",
	 "epc : bad_fn+0x12/0x40 [bad]\n"
	 " ra : do_one_initcall+0x58/0x300\n"
	 "epc : ffffffff01582012 ra : ffffffff80002058 sp : ff2000000073bc10\n"
	 " gp : ffffffff81812345 tp : ff6000000312c000 t0 : 0000000000000001\n"
	 "status: 0000000200000120 badaddr: 0000000000000010 cause: 000000000000000f\n",
	 "[<ffffffff01582012>] bad_fn+0x12/0x40 [bad]\n[<ffffffff80002058>] do_one_initcall+0x58/0x300\n",
	 "arch/riscv/kernel/process.c (__show_regs), stacktrace.c, 6.1"},
	{"riscv32",
	 "epc : bad_fn+0x12/0x40 [bad]\n"
	 " ra : do_one_initcall+0x58/0x300\n"
	 "epc : c0002012 ra : c0005678 sp : c7b5fe54\n"
	 " gp : c0801234 tp : c7a5c000 t0 : 00000001\n"
	 "status: 00000120 badaddr: 00000010 cause: 0000000f\n",
	 "Call Trace:\n[<c0002012>] bad_fn+0x12/0x40 [bad]\n[<c0005678>] do_one_initcall+0x58/0x300\n",
	 "arch/riscv/kernel/process.c (__show_regs), stacktrace.c, 5.15, 32 bits"},
	{"ppc64",
	 "NIP:  d000000000002012 LR: c000000000010570 CTR: d000000000002000\n"
	 "REGS: c000000003f3b5a0 TRAP: 0300   Not tainted  (6.1.0)\n"
	 "MSR:  8000000000009033 <SF,EE,ME,IR,DR,RI,LE>  CR: 24002282  XER: 20000000\n"
	 "GPR00: c000000000010570 c000000003f3b840 c000000001a2f100 0000000000000000 \n"
	 "NIP [d000000000002012] bad_fn+0x12/0x40 [bad]\n"
	 "LR [c000000000010570] do_one_initcall+0x58/0x300\n",
	 "Call Trace:\n"
	 "[c000000003f3b8f0] [d000000000002012] bad_fn+0x12/0x40 [bad] (unreliable)\n"
	 "[c000000003f3b930] [c000000000010570] do_one_initcall+0x58/0x300\n",
	 "arch/powerpc/kernel/process.c (show_regs, show_stack), 6.1"},
	{"ppc32",
	 "NIP:  d1002012 LR: c0003ff0 CTR: d1002000\n"
	 "REGS: cf8a9de0 TRAP: 0300   Not tainted  (5.10.0)\n"
	 "MSR:  00009032 <EE,ME,IR,DR,RI>  CR: 24000422  XER: 20000000\n"
	 "GPR00: d1002000 cf8a9e90 cf83e000 00000000 00000001 00000002 00000003 00000004 \n"
	 "NIP [d1002012] bad_fn+0x12/0x40 [bad]\n"
	 "LR [c0003ff0] do_one_initcall+0x58/0x300\n",
	 "Call Trace:\n"
	 "[cf8a9e90] [d1002012] bad_fn+0x12/0x40 [bad] (unreliable)\n"
	 "[cf8a9ea0] [c0003ff0] do_one_initcall+0x58/0x300\n",
	 "arch/powerpc/kernel/process.c (show_regs, show_stack), 5.10, 32 bits"},
	{"s390x",
	 "Krnl PSW : 0704c00180000000 000003ff8008a012 (bad_fn+0x12/0x40 [bad])\n"
	 "           R:0 T:1 IO:1 EX:1 Key:0 M:1 W:0 P:0 AS:3 CC:0 PM:0 RI:0 EA:3\n"
	 "Krnl GPRS: 0000000000000000 0000000000000001 0000000000000002 0000000000000003\n"
	 "           0000000000000004 0000000000000005 0000000000000006 0000000000000007\n"
	 "           0000000000000008 0000000000000009 000000000000000a 000000000000000b\n"
	 "           000000000000000c 000000000000000d 000003ff8008a02e 0000037fffe6bb40\n",
	 "Call Trace:\n"
	 " [<000003ff8008a012>] bad_fn+0x12/0x40 [bad] \n"
	 " [<0000037fe0001234>] do_one_initcall+0x58/0x300 \n",
	 "arch/s390/kernel/dumpstack.c (show_registers, show_stack), 6.1"},
	{"mips",
	 "$ 0   : 00000000 00000001 00000002 00000003\n"
	 "$28   : 0000001c 8e5e1e50 0000001e 80100570\n"
	 "epc   : c0002012 bad_fn+0x12/0x40 [bad]\n"
	 "ra    : 80100570 do_one_initcall+0x58/0x300\n"
	 "Status: 1100fc03 KERNEL EXL IE \n"
	 "Cause : d080000c (ExcCode 03)\n"
	 "BadVA : 00000010\n",
	 "Stack : 00000100 80568ddc 805b702c 80568f04\n        ...\n"
	 "Call Trace:\n[<c0002012>] bad_fn+0x12/0x40 [bad]\n[<80100570>] do_one_initcall+0x58/0x300\n",
	 "arch/mips/kernel/traps.c (__show_regs, show_stack), 5.10"},
	{"mips64",
	 "$ 0   : 0000000000000000 0000000000000001 0000000000000002 0000000000000003\n"
	 "$28   : 980000000f0e0000 980000000f0e3e50 000000000000001e ffffffff80100570\n"
	 "epc   : ffffffffc0002012 bad_fn+0x12/0x40 [bad]\n"
	 "ra    : ffffffff80100570 do_one_initcall+0x58/0x300\n"
	 "Status: 14109ce3\tKX SX UX KERNEL EXL IE \n"
	 "Cause : 0080000c (ExcCode 03)\n"
	 "BadVA : 0000000000000010\n",
	 "Stack : 0000000000000000 ffffffff80568ddc\n        ...\n"
	 "Call Trace:\n[<ffffffffc0002012>] bad_fn+0x12/0x40 [bad]\n[<ffffffff80100570>] do_one_initcall+0x58/0x300\n",
	 "arch/mips/kernel/traps.c (__show_regs, show_stack), 6.1, 64 bits"},
	{"loongarch64",
	 "pc ffff800002000012 ra 9000000000221234 tp 9000000103f48000 sp 9000000103f4bc10\n"
	 "a0 0000000000000001 a1 0000000000000002 a2 0000000000000003 a3 0000000000000004\n"
	 "   ra: 9000000000221234 do_one_initcall+0x58/0x300\n"
	 "  ERA: ffff800002000012 bad_fn+0x12/0x40 [bad]\n"
	 "ESTAT: 00020000 [PIS] (IS= ECode=2 EsubCode=0)\n"
	 " BADV: 0000000000000010\n",
	 "Stack : 0000000000000001 0000000000000002\n        ...\n"
	 "Call Trace:\n[<ffff800002000012>] bad_fn+0x12/0x40 [bad]\n[<9000000000221234>] do_one_initcall+0x58/0x300\n",
	 "arch/loongarch/kernel/traps.c (__show_regs, show_stack), 6.6"},
	{"sparc64",
	 "TSTATE: 0000004411001606 TPC: 0000000010002012 TNPC: 0000000010002016 Y: 00000000    Not tainted\n"
	 "TPC: <bad_fn+0x12/0x40 [bad]>\n"
	 "g0: 0000000000000000 g1: 0000000000000010 g2: 0000000000000002 g3: 0000000000000003\n"
	 "i4: 0000000000000004 i5: 0000000000000005 i6: fff80000123470b1 i7: 0000000000426a38\n"
	 "I7: <do_one_initcall+0x38/0x1c0>\n",
	 "Call Trace:\n[<0000000010002012>] bad_fn+0x12/0x40 [bad]\n[<0000000000426a38>] do_one_initcall+0x38/0x1c0\n",
	 "arch/sparc/kernel/process_64.c (show_regs), traps_64.c (show_stack), 5.10"},
	{"parisc",
	 "\n     YZrvWESTHLNXBCVMcbcbcbcbOGFRQPDI\n"
	 "PSW: 00001000000001001111111100001111 Not tainted\n"
	 "r00-03  000000ff0804ff0f 0000000040c0c3c0 0000000010002010 0000000184090a90\n"
	 "IASQ: 0000000000000000 0000000000000000 IAOQ: 0000000010002012 0000000010002016\n"
	 " IIR: 0ff0109c    ISR: 0000000010240000  IOR: 0000000000000010\n"
	 " IAOQ[0]: bad_fn+0x12/0x40 [bad]\n"
	 " IAOQ[1]: bad_fn+0x16/0x40 [bad]\n"
	 " RP(r2): do_one_initcall+0x58/0x300\n",
	 "Backtrace:\n [<0000000010002012>] bad_fn+0x12/0x40 [bad]\n [<0000000040200c60>] do_one_initcall+0x58/0x300\n\n",
	 "arch/parisc/kernel/traps.c (show_regs, do_show_stack), 5.15"},
	{"m68k",
	 "PC: [<10002012>] bad_fn+0x12/0x40 [bad]\n"
	 "SR: 2000  SP: (ptrval)  a2: 0098a6e0\n"
	 "d0: 00000001    d1: 00000002    d2: 00000003    d3: 00000004\n"
	 "d4: 00000005    d5: 00000006    a0: 00000007    a1: 00000008\n",
	 "Stack from 00999e60:\n        00000001 00000002 00000003\n"
	 "Call Trace: [<10002012>] bad_fn+0x12/0x40 [bad]\n [<000020ce>] do_one_initcall+0x58/0x300\n",
	 "arch/m68k/kernel/traps.c (show_registers, show_trace), 4.19"},
	{"xtensa",
	 "a00: 900017f0 c7b5fe50 00000010 00000003 00000004 00000005 00000006 00000007\n"
	 "a08: 00000008 00000009 0000000a 0000000b 0000000c 0000000d 0000000e 0000000f\n"
	 "pc: c0002012, ps: 00060d10, depc: 00000030, excvaddr: 00000010\n"
	 "lbeg: c0105678, lend: c0105680 lcount: 00000000, sar: 00000011\n",
	 "Call Trace:\n [<c0002012>] bad_fn+0x12/0x40 [bad]\n [<800017f0>] do_one_initcall+0x58/0x300\n",
	 "arch/xtensa/kernel/traps.c (show_regs, show_trace), 5.10"},
	{"arc",
	 "Invalid Write @ 0x00000010 by insn @ bad_fn+0x12/0x40 [bad]\n"
	 "ECR: 0x00050200 EFA: 0x00000010 ERET: 0x70002012\n"
	 "STAT: 0x80080802 [IE K     ]   BTA: 0x70002010\n"
	 " SP: 0x9f8f9e50  FP: 0x00000000 BLK: do_one_initcall+0x58/0x300\n"
	 "LPS: 0x90289e44\tLPE: 0x90289e48\tLPC: 0x00000000\n"
	 "r00: 0x00000000\tr01: 0x00000001\tr02: 0x00000002\n",
	 "\nStack Trace:\n  bad_fn+0x12/0x40 [bad]\n  do_one_initcall+0x58/0x300\n",
	 "arch/arc/kernel/troubleshoot.c (show_regs), stacktrace.c, 5.10"},
	{"openrisc",
	 "CPU #: 1\n"
	 "   PC: c0802012    SR: 0000807f    SP: c1023e50\n"
	 "GPR00: 00000000 GPR01: c1023e50 GPR02: 00000002 GPR03: 00000003\n"
	 "  RES: 00000000 oGPR11: ffffffff\n"
	 "Process insmod (pid: 612, stackpage=c1020000)\n",
	 "Call trace:\n[<c0802012>] bad_fn+0x12/0x40 [bad]\n[<c0002058>] do_one_initcall+0x58/0x300\n",
	 "arch/openrisc/kernel/traps.c (show_registers, show_stack), 6.1"},
	{"csky",
	 "PC: 0xc0002012 (bad_fn+0x12/0x40 [bad])\n"
	 "LR: 0x80001234 (do_one_initcall+0x58/0x300)\n"
	 "SP: 0xbe9b7e50\n"
	 "orig_a0: 0x00000000\n"
	 "PSR: 0x80140340\n"
	 " a0: 0x00000000   a1: 0x00000001   a2: 0x00000002   a3: 0x00000003\n",
	 "Call Trace:\n[<c0002012>] bad_fn+0x12/0x40 [bad]\n[<80001234>] do_one_initcall+0x58/0x300\n",
	 "arch/csky/kernel/ptrace.c (show_regs), stacktrace.c, 5.8"},
	{"sh",
	 "PC is at bad_fn+0x12/0x40 [bad]\n"
	 "PR is at do_one_initcall+0x58/0x300\n"
	 "PC  : c0002012 SP  : 8f41fe50 SR  : 40008100 TEA : 00000010\n"
	 "R0  : 00000000 R1  : 00000001 R2  : 00000002 R3  : 00000003\n"
	 "MACH: 00000001 MACL: b16b1ded GBR : 09102e96 PR  : 8c2c0524\n",
	 "\nCall trace:\n [<c0002012>] bad_fn+0x12/0x40 [bad]\n [<8c2c0524>] do_one_initcall+0x58/0x300\n\n",
	 "arch/sh/kernel/process_32.c (show_regs), dumpstack.c, 5.10"},
	{"alpha",
	 "pc = [<fffffffc00002012>]  ra = [<fffffc0000310058>]  ps = 0000    Not tainted\n"
	 "pc is at bad_fn+0x12/0x40 [bad]\n"
	 "ra is at do_one_initcall+0x58/0x300\n"
	 "v0 = 0000000000000000  t0 = 0000000000000001  t1 = 0000000000000002\n"
	 "gp = fffffc0000b5d5a0  sp = fffffc007e1d7e50\n",
	 "Trace:\n[<fffffffc00002012>] bad_fn+0x12/0x40 [bad]\n[<fffffc0000310058>] do_one_initcall+0x58/0x300\n\n",
	 "arch/alpha/kernel/traps.c (dik_show_regs, dik_show_trace), 5.10"},
	{"nios2",
	 "r1: 00000001 r2: 00000002 r3: 00000003 r4: 00000004\n"
	 "r13: 0000000d r14: 0000000e r15: 0000000f\n"
	 "ra: c8001058 fp:  00000000 sp: c7b5fe50 gp: c8345678\n"
	 "ea: c0002012 estatus: 00000001\n",
	 "Call Trace:\n[<c0002012>] bad_fn+0x12/0x40 [bad]\n[<c8001058>] do_one_initcall+0x58/0x300\n",
	 "arch/nios2/kernel/process.c (show_regs), traps.c (show_stack), 5.10"},
	{"microblaze",
	 " Registers dump: mode=ED5\n"
	 " r1=CF8A9E50, r2=00000002, r3=00000003, r4=00000004\n"
	 " r13=0000000D, r14=CF002012, r15=C0001058, r16=00000010\n"
	 " rPC=CF002012, msr=000046A2, ear=00000010, esr=00000872, fsr=00000000\n",
	 "Call Trace:\n[<cf002012>] bad_fn+0x12/0x40 [bad]\n[<c0001058>] do_one_initcall+0x58/0x300\n",
	 "arch/microblaze/kernel/process.c (show_regs), unwind.c, 5.10"},
};

#endif
