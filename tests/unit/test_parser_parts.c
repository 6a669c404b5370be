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
		"riscv64", "null-deref", "", "", "", 0x18, OD_NONE, OD_NONE},
	{"riscv, a fetch", "epc : c0002010 ra : c0005678 sp : c0801e50\n gp : c0801234 tp : c0805678 t0 : 00000000\n"
		"status: 00000120 badaddr: 9f000010 cause: 0000000c\n[<c0002010>] fn+0x40/0x80\n",
		"riscv32", "paging-request", "", "", "", 0x9f000010, OD_NONE, OD_NONE},
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_part_tells_what_it_holds),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
