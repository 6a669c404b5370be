// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Parts of reports of other architectures than x86-64, as lists and boards have them: without a head, or with lines left out. All text
 * is synthetic, after the kernel file that each row names.
 */
#include "tests/parse.h"

#define OD_NONE UINT64_MAX /* the text does not say it */

static const struct {
	const char *behaviour, *text, *arch, *kind, *place, *comm, *release;
	uint64_t address, pid, cpu;
} rows[] = {
	/* arch/riscv/kernel/process.c (__show_regs), 5.13: badaddr is stval */
	{"riscv, a store", " ra : gn+0x94/0x140\nepc : ffffffff833369e8 ra : ffffffff83338698 sp : ffffffff8a138e60\n"
		" gp : ffffffff8a15b120 tp : ffffffff8a130e70 t0 : 0000000000000000\n"
		"status: 0000000000000120 badaddr: 0000000000000018 cause: 000000000000000f\n[<ffffffff833369e8>] fn+0x40/0x80\n"
		"---[ end trace 0000000000000000 ]---\nKernel panic - not syncing: Attempted to kill init!\n",
		"riscv64", "null-deref", "fn", "", "", 0x18, OD_NONE, OD_NONE},
	{"riscv, a fetch", "epc : c0002010 ra : c0005678 sp : c0801e50\n gp : c0801234 tp : c0805678 t0 : 00000000\n"
		"status: 00000120 badaddr: 9f000010 cause: 0000000c\n[<c0002010>] fn+0x40/0x80\n",
		"riscv32", "paging-request", "fn", "", "", 0x9f000010, OD_NONE, OD_NONE},
	{"riscv, misaligned", "epc : fn+0x40/0x80\n ra : gn+0x94/0x140\nepc : ffffffff833369e8 ra : ffffffff83338698 sp : ffffffff8a138e60\n"
		" gp : ffffffff8a15b120 tp : ffffffff8a130e70 t0 : 0000000000000000\n"
		"status: 0000000000000120 badaddr: ffffffe000000011 cause: 0000000000000006\n[<ffffffff833369e8>] fn+0x40/0x80\n",
		"riscv64", "alignment", "fn", "", "", UINT64_C(0xffffffe000000011), OD_NONE, OD_NONE},
	{"riscv, a breakpoint: badaddr is left over", "epc : fn+0x40/0x80\n ra : gn+0x94/0x140\n"
		"epc : ffffffff833369e8 ra : ffffffff83338698 sp : ffffffff8a138e60\n gp : ffffffff8a15b120 tp : ffffffff8a130e70 t0 : 0000000000000000\n"
		"status: 0000000000000120 badaddr: 0000000000000011 cause: 0000000000000003\n[<ffffffff833369e8>] fn+0x40/0x80\n",
		"riscv64", "internal-error", "fn", "", "", OD_NONE, OD_NONE, OD_NONE},
	/* arch/loongarch/kernel/traps.c (__show_regs): BADV stands there for TLB, address and alignment errors only; 6.6 */
	{"loongarch", "pc 9000000086a06970 ra 9000000086a06994 tp 9000000104d0b330 sp 9000000104d00d30\n"
		"a0 000000000074a758 a1 0000000000000001 a2 9000000104d00670 a3 0000000000000008\n   ra: 9000000086a06994 gn+0xd0/0x910\n"
		"  ERA: 9000000086a06970 fn+0xec/0x910\n PRMD: 00000004 (PPLV0 +PIE -PWE)\nESTAT: 00020000 [PIS] (IS= ECode=2 EsubCode=0)\n"
		" BADV: 000000000074ae68\nProcess insmod (pid: 612, threadinfo=0000000000000001, task=0000000000000002)\n",
		"loongarch64", "paging-request", "fn", "insmod", "", 0x74ae68, 612, OD_NONE},
	{"loongarch without its first rows", "Oops[#1]:\nCPU: 2 PID: 612 Comm: insmod Not tainted 6.6.0 #1\n   ...\n   ra: 9000000086a06994 gn+0xd0/0x910\n"
		"  ERA: 9000000086a06970 fn+0xec/0x910\nESTAT: 00010000 [PIL] (IS= ECode=1 EsubCode=0)\n BADV: 0000000000000040\n",
		"loongarch64", "null-deref", "fn", "insmod", "6.6.0", 0x40, 612, 2},
	{"loongarch to 6.3", "era   : 9000000000201014 fn+0x38/0x58\nra    : 9000000000201234 gn+0x38/0x58\n"
		"CSR crmd: 000000b0\nCSR prmd: 00000000\nCSR estat: 00090000\nBadVA : 9000000000201015\nCall Trace:\n[<9000000000201014>] fn+0x38/0x58\n",
		"loongarch64", "alignment", "fn", "", "", UINT64_C(0x9000000000201015), OD_NONE, OD_NONE},
	/* arch/i386/kernel/traps.c (show_registers), 2.6.20: below the modules that somebody's mail has more lines of than belong there */
	{"i386", "a b c d e f g\nh_core i j\nk l m n\no p q r\ns t u\nCPU:    1\nEIP:    0060:[<f8c73aae>]    Not tainted VLI\n"
		"EFLAGS: 00010286   (2.6.20 #1)\nEIP is at fn+0x97/0xc9 [a]\neax: 00000000   ebx: ea76e730   ecx: e5650ef4   edx: 00000000\n"
		"ds: 007b   es: 007b   ss: 0068\nProcess insmod (pid: 612, ti=e5659330 task=f2128640 task.ti=e5659330)\n"
		"Stack: f8549650 f1049b0c\nCall Trace:\n [<f8c73088>] gn+0x5b/0x14f [a]\n",
		"i386", "internal-error", "fn", "insmod", "2.6.20", OD_NONE, 612, 1},
	/* arch/powerpc/kernel/process.c (show_regs), 5.10 */
	{"powerpc behind its registers", "a\n\nb\nc\nd\n[...]\nNIP [c03a7a24] fn+0xcc/0x158\nLR [c03a7374] gn+0xac/0xe8\nCall Trace:\n"
		"[f13ae5a8] [c014d168] hn+0x240/0x288\n---[ end trace 0000000000000000 ]---\n",
		"ppc32", "internal-error", "fn", "", "", OD_NONE, OD_NONE, OD_NONE},
	/* the same with CONFIG_BOOKE or CONFIG_4xx: DEAR and ESR stand for DAR and DSISR, 5.12 */
	{"powerpc of Book E", "CPU: 0 PID: 612 Comm: insmod Not tainted 5.12.0 #1\nNIP:  c0ae5628 LR: c0b95274 CTR: 00000000\n"
		"REGS: c00f0590 TRAP: 0300   Not tainted  (5.12.0)\nMSR:  00021000 <CE,ME>  CR: 24000228  XER: 20000000\n"
		"DEAR: 00000018 ESR: 00800000 \nGPR00: c0b95274 c00f0cd0 c09edf50 ef413330 00021000 00000000 00000000 00000200 \n"
		"NIP [c0ae5628] fn+0x68/0xa4\nLR [c0b95274] gn+0x120/0x2dc\nCall Trace:\n[c00f0c40] [c0b95274] gn+0x120/0x2dc\n",
		"ppc32", "null-deref", "fn", "insmod", "5.12.0", 0x18, 612, 0},
	{"powerpc, a program check: DAR is left over", "CPU: 0 PID: 612 Comm: insmod Not tainted 5.12.0 #1\nNIP:  c0ae5628 LR: c0b95274 CTR: 00000000\n"
		"REGS: c00f0590 TRAP: 0700   Not tainted  (5.12.0)\nMSR:  00029032 <EE,ME,IR,DR,RI>  CR: 24000228  XER: 20000000\n"
		"DAR: 00000018 DSISR: 40000000 \nGPR00: c0b95274 c00f0cd0 c09edf50 ef413330 00021000 00000000 00000000 00000200 \n"
		"NIP [c0ae5628] fn+0x68/0xa4\nLR [c0b95274] gn+0x120/0x2dc\nCall Trace:\n[c00f0c40] [c0b95274] gn+0x120/0x2dc\n",
		"ppc32", "internal-error", "fn", "insmod", "5.12.0", OD_NONE, 612, 0},
	/* arch/sparc/kernel/process_64.c (show_regs), traps_64.c (die_if_kernel), 5.10 */
	{"sparc64 at its caller", "a\n\nb\nc\nI7: <gn+0x39c/0x538>\nCall Trace:\n[<00000000005ed768>] gn+0x39c/0x538\n"
		"[<00000000005be728>] hn+0x9c/0x138\nDisabling lock debugging due to kernel taint\nCaller[00000000005ed768]: gn+0x39c/0x538\n"
		"Caller[00000000005be728]: hn+0x9c/0x138\nInstruction DUMP:\n a6100008\n<c25e8000>\n",
		"sparc64", "internal-error", "", "", "", OD_NONE, OD_NONE, OD_NONE},
	/* arch/arc/kernel/troubleshoot.c (show_ecr_verbose), 4.19 and 5.10; the vectors of ARCompact and ARCv2 */
	{"arc, misaligned", "[ECR   ]: 0x00230400 => Misaligned r/w from 0x8f000001\n[EFA   ]: 0x8f000001\n[BLINK ]: gn+0x2c8/0xcc0\n"
		"[ERET  ]: fn+0x36/0x1d8\n[STAT32]: 0x00000206 : K         E2 E1\nBTA: 0x8babbbf3   SP: 0x8f3fc7c4  FP: 0x00000000\n",
		"arc", "alignment", "fn", "", "", 0x8f000001, OD_NONE, OD_NONE},
	{"arcv2, misaligned", "Path: /sbin/insmod\nCPU: 1 PID: 612 Comm: insmod Not tainted 5.10.0 #1\nMisaligned r/w from 0x8f000001\n"
		"ECR: 0x000d0000 EFA: 0x8f000001 ERET: fn+0x36/0x1d8\nSTAT: 0x80080802 [IE K     ]   BTA: 0x70002010\n"
		" SP: 0x9f8f9e50  FP: 0x00000000 BLK: gn+0x7c/0x338\nr00: 0x00000000\tr01: 0x00000001\tr02: 0x00000002\n",
		"arc", "alignment", "", "insmod", "5.10.0", 0x8f000001, 612, 1},
	{"arc, a trap: EFA is left over", "Path: /sbin/insmod\nCPU: 1 PID: 612 Comm: insmod Not tainted 5.10.0 #1\n"
		"ECR: 0x00090005 EFA: 0x00000000 ERET: 0x70002014\nSTAT: 0x80080802 [IE K     ]   BTA: 0x70002010\n"
		" SP: 0x9f8f9e50  FP: 0x00000000 BLK: gn+0x7c/0x338\nr00: 0x00000000\tr01: 0x00000001\tr02: 0x00000002\n",
		"arc", "trap", "", "insmod", "5.10.0", OD_NONE, 612, 1},
	/* arch/sparc/kernel/traps_32.c (die_if_kernel), process_32.c (show_regs), unaligned_32.c; 2.4 and 2.6.32. Its word has no name here. */
	{"sparc of 32 bits, 2.4", "Unable to handle kernel NULL pointer dereference in mna handler<1> at virtual address 00000017\n"
		"              \\|/ ____ \\|/\n                 \\__U_/\ninsmod(612): Oops\n"
		"PSR: 1e0010c2 PC: f0081000 NPC: f0081004 Y: 00000000    Not tainted\ng0: 00000000 g1: f1520000 g2: 00000000 g3: 1e1010e6\nCaller[f007a00c]\n",
		"", "null-deref", "", "insmod", "", 0x17, 612, OD_NONE},
	{"sparc of 32 bits", "insmod(612): Oops [#1]\nPSR: 1e0010c2 PC: f0081000 NPC: f0081004 Y: 00000000    Not tainted\nPC: <fn+0x24/0x80>\n"
		"%G: 00000000 f1520000  00000000 1e1010e6\nRPC: <gn+0x24/0x80>\nCaller[f007a00c]: gn+0x24/0x80\n",
		"", "paging-request", "fn", "insmod", "", OD_NONE, 612, OD_NONE},
	{"i386 of Red Hat", "kernel BUG at page_io.c:130!\ninvalid operand: 0000\na b  \nCPU:    1\nEIP:    0010:[<c0130000>]    Not tainted\n"
		"EFLAGS: 00010282\n\nEIP is at fn [kernel] 0x52 (2.4.20-8)\neax: 00000040   ebx: c1700c60   ecx: 00000001   edx: 00000001\n"
		"Process insmod (pid: 612, stackpage=e0f05000)\nStack: c0240000 c0240f60\nCall Trace: [<c0120000>] gn [kernel] 0x302 (0xe0f05e9c))\n"
		"[<c0150000>] hn [ext3] 0x1c (0xe0f05eb0))\n", "i386", "bug-on", "fn", "insmod", "2.4.20-8", OD_NONE, 612, 1},
	/* arch/sh/kernel/process_32.c (show_regs), 2.6.32: the task stands above what tells the architecture */
	{"sh", "------------[ cut here ]------------\nBadness at 80a01000 [verbose debug info unavailable]\n\nPid : 612, Comm: \t\tinsmod\n"
		"CPU : 1        \t\tNot tainted  (2.6.32 #2)\n\nPC  : 80a01000 SP  : 89280e48 SR  : 40008001 TEA : c1130028\nCall trace:\n"
		" [<80a01004>] 0x80a01004\n", "sh", "warning", "", "insmod", "2.6.32", OD_NONE, 612, 1},
	/* arch/ia64/kernel/process.c (show_regs), traps.c (die), 2.6.18; has no name here */
	{"ia64", "insmod[612]: Oops 11012296146944 [1]\nModules linked in: a\n\nPid: 612, CPU 1, comm:               insmod\n"
		"psr : 0000121008026038 ifs : 8000000000000287 ip  : [<a000000100001000>]    Not tainted\nip is at fn+0x100/0x200\n",
		"", "paging-request", "fn", "insmod", "", OD_NONE, 612, 1},
	/* arch/parisc/kernel/traps.c (show_regs), 6.6 */
	{"parisc", "sr04-07  0000000000000000 0000000000000000 0000000000000000 0000000000000000\n\n"
		"IASQ: 0000000000000000 0000000000000000 IAOQ: 0000000040a01000 0000000040a01004\n IIR: 0f80109c    ISR: 0000000000000000  IOR: 0000000040000410\n"
		" CPU:        1   CR30: 0000000043000780 CR31: 0000000000000000\n IAOQ[0]: fn+0x54/0x80\n RP(r2): gn+0x38/0x80\nBacktrace:\n"
		" [<0000000040a01a00>] gn+0xc4/0x170\n", "parisc", "internal-error", "fn", "", "", OD_NONE, OD_NONE, 1},
	/* arch/arm/kernel/traps.c (__bug), mm/fault.c (__do_kernel_fault), 2.6.20: a store to address 0 ends it */
	{"arm's assertion", "kernel BUG at drivers/a.c:61!\nUnable to handle kernel NULL pointer dereference at virtual address 00000000\n"
		"pgd = c0004000\n[00000000] *pgd=00000000\nInternal error: Oops: 805 [#1]\nModules linked in:\nCPU: 0\nPC is at __bug+0x24/0x30\n"
		"LR is at 0x1\npc : [<c0021000>]    lr : [<00000001>]    Not tainted\nsp : c0530000  ip : 60000013  fp : c053000c\n"
		"Process insmod (pid: 612, stack limit = 0xc0530250)\n", "arm", "bug-on", "__bug", "insmod", "", OD_NONE, 612, 0},
	/* arch/m68k/kernel/traps.c (bad_super_trap, die_if_kernel), 6.12 */
	{"m68k", "*** ADDRESS ERROR ***   FORMAT=2\nCurrent process id is 612\nBAD KERNEL TRAP: 00000000\nModules linked in: a\n"
		"PC: [<0001691c>] fn+0x50/0x74\nSR: 2004  SP: 3e065dbc  a2: c015182a\nd0: 00000040    d1: 00000002    d2: 80319e5c    d3: 80319e60\n"
		"Process insmod (pid: 612, task=a3ece96d)\nFrame format=2 instr addr=00000000\n",
		"m68k", "alignment", "fn", "insmod", "", OD_NONE, 612, OD_NONE},
	{"m68k's assertions trap", "kernel BUG at mm/a.c:1522!\n*** TRAP #7 ***   FORMAT=0\nCurrent process id is 612\nBAD KERNEL TRAP: 00000000\n"
		"PC: [<0039c92c>] fn+0x94/0xc4\nProcess insmod (pid: 612, task=0034c2e8)\nFrame format=0\n",
		"m68k", "bug-on", "fn", "insmod", "", OD_NONE, 612, OD_NONE},
	{"m68k at its die line", "BAD KERNEL TRAP: 00000000\nPC: [<402e70c8>] fn+0x3e/0xe0\n", "m68k", "trap", "fn", "", "", OD_NONE, OD_NONE, OD_NONE},
	/* arch/arm/mm/fault.c (do_DataAbort), 3.10 */
	{"arm, a fault alone", "Unhandled fault: lock abort (0xc04) at 0x9cb33c30\n", "arm", "unhandled-fault", "", "", "", 0x9cb33c30, OD_NONE, OD_NONE},
};

static void check_number(struct od_num got, uint64_t expected)
{
	assert_int_equal(got.known, expected != OD_NONE);
	if (got.known)
		assert_true(got.value == expected);
}

static void a_part_tells_what_it_holds(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		print_message("%s\n", rows[i].behaviour);
		struct parsed parsed = parse_text(rows[i].text);
		assert_int_equal(parsed.count, 1);
		const struct od_event *event = parsed.events[0];
		assert_string_equal(event->arch ? event->arch->name : "", rows[i].arch);
		assert_kind(event, rows[i].kind);
		assert_str(event->ip.function, rows[i].place);
		assert_str(event->comm, rows[i].comm);
		assert_str(event->kernel_release, rows[i].release);
		check_number(event->fault.address, rows[i].address);
		check_number(event->pid, rows[i].pid);
		check_number(event->cpu, rows[i].cpu);
		parsed_free(&parsed);
	}
}

static void a_fault_tells_its_code(void **state)
{
	static const struct {
		const char *text, *code;
	} codes[] = {
		{"Unhandled fault: lock abort (0xc04) at 0x9cb33c30\n", "c04"},
		{"Unhandled fault: external abort on non-linefetch (0x1008) at 0x9cb33c30\nInternal error: : 1008 [#1] SMP ARM\n", "1008"},
		{"*** ZERO DIVIDE ***   FORMAT=4\nBAD KERNEL TRAP: 00000000\n", "00000000"}, /* arch/m68k/kernel/traps.c */
		{"Unhandled prefetch abort: debug event (0x222) at 0x9cb33c30\n", "222"}, /* arch/arm/mm/fault.c */
		{"Unhandled fault: synchronous external abort (0x96000210) at 0xffffff8000801000\n", "96000210"}, /* arch/arm64/mm/fault.c, 4.9 */
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(codes); i++) {
		print_message("%s", codes[i].text);
		struct parsed parsed = parse_text(codes[i].text);
		assert_int_equal(parsed.count, 1);
		assert_str(parsed.events[0]->fault.error_code.raw, codes[i].code);
		assert_true(parsed.events[0]->fault.error_code.value.known);
		parsed_free(&parsed);
	}
}

/* Prose that names a place is no report, and neither is a program's dump. */
static void a_place_alone_is_no_report(void **state)
{
	static const char *const texts[] = {
		"It stops here:\nEIP is at fn+0x97/0xc9 [a]\nbecause the lock is taken twice.\n",
		"NIP [c03a7a24] fn+0xcc/0x158\nis where it hangs\n",
		"CPU:    0\nModel: a\n",
		"me(2): Oops\nwrong window\n",
		"*** WARNING ***   the disk is full\n*** a ***\nBAD KERNEL TRAP: it says\n",
		"EIP:    0073:[<0804f11e>]    Not tainted VLI\nEFLAGS: 00010286   (2.6.20 #1)\nEIP is at 0x804f11e\n",
		"CPU: 1 PID: 612 Comm: app Not tainted 4.19.0 #1\n\n[ECR   ]: 0x00050100 =>\n[EFA   ]: 0x00000000\n[ERET  ]: 0x203f99dc\n"
			"    @off 0x2a9dc in [/lib/libc.so]\n[STAT32]: 0x80080a82 [IE U     ]\nBTA: 0x203f99a8 SP: 0x5fcccb98  FP: 0x5fcccbcc\n",
		"CPU: 1 PID: 612 Comm: app Not tainted 5.10.0 #1\n  @off 0x2a9dc in [/lib/libc.so]  VMA: 0x20313330 to 0x20a11330\n"
			"ECR: 0x00050100 EFA: 0x00000000 ERET: 0x203f99dc\nSTAT32: 0x80080a82 [IE U     ]   BTA: 0x203f99a8\n",
	};
	(void)state;
	assert_no_reports(texts, ARRAY_SIZE(texts));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_part_tells_what_it_holds),
		cmocka_unit_test(a_fault_tells_its_code),
		cmocka_unit_test(a_place_alone_is_no_report),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
