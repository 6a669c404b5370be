// SPDX-License-Identifier: GPL-3.0-or-later
/* Which architecture a line gives away, and which lines do not tell. */
#include "parsers/arch_hints.h"
#include "tests/test.h"

static const struct {
	const char *line, *arch; /* "": does not tell */
} lines[] = {
	{"RIP: 0010:fn+0x1/0x2", "x86_64"},
	{"RAX: ffff888012345678 RBX: 0000000000000000 RCX: 0000000000000000", "x86_64"},
	{"RAX: 12345678", ""},
	{"EAX: 12345678 EBX: 00000000", "i386"},
	{"IP: [<c0101234>] fn+0x1/0x2", "i386"},
	{"IP: [<ffffffff81012345>] fn+0x1/0x2", "x86_64"},
	{"BUG: unable to handle kernel NULL pointer dereference at 00000010", ""}, /* i386 or sh */
	{"pstate: 60400005 (nZCv daif +PAN -UAO)", "arm64"},
	{"x2 : 0000000000000001 x1 : 0000000000000002 x0 : 0000000000000003", "arm64"},
	{"Internal error: Oops: 0000000096000004 [#1] SMP", "arm64"},
	{"Internal error: Oops: 96000004 [#1] PREEMPT SMP", "arm64"},
	{"Internal error: Oops: 805 [#1] SMP ARM", "arm"},
	{"Format 00  Vector: 0064  PC: 0002df9c  Status: 2008    Not tainted", "m68k"},
	{"Internal error: Oops: 805 [#1] SMP ARMOUR", ""},
	{"Unhandled fault: external abort on non-linefetch (0x1008) at 0x8882d003", "arm"},
	{"Unhandled fault: synchronous external abort (0x96000010) at 0xffff000008080000", ""},
	{"Bad mode in Error handler detected, code 0xbf000002 -- SError", "arm64"},
	{"ESR: 0x0000000096000047 -- DABT (current EL)", "arm64"},
	{"el0_svc (arch/arm64/kernel/entry-common.c:724)", "arm64"},
	{"do_syscall_64 (arch/x86/entry/common.c:80)", ""}, /* that directory is of both */
	{"ret_from_fork (arch/x86/entry/entry_64.S:244)", "x86_64"},
	{"BUG: Unable to handle kernel paging request at virtual address 656e7265", ""},
	{"Oops: 00000000", "m68k"},
	{"Unable to handle kernel paging request in mna handler at virtual address 794b00a7d6fbfb37", "sparc64"},
	{"Unable to handle kernel paging request in mna handler at virtual address 00000007", ""},
	{"<ffffffff8025ef65>{fn+155}", "x86_64"},
	{"EDAC skx MC3: CPU 2: Machine Check Event: 0x0 Bank 7: 0x8c00004000010090", "x86_64"},
	{"NIP: C9471C7C XER: 20000000 LR: C0018C74 SP: C0198E20 REGS: c0198d70 TRAP: 0800    Not tainted", "ppc32"},
	{"[<c0101234>] (fn) from [<c0105678>] (gn+0x20/0x40)", "arm"},
	{"fn from gn+0x20/0x40", "arm"},
	{"a packet from gn+0x20/0x40", ""},
	{"epc : fn+0x1/0x2", "riscv64"},
	{"epc : c0002010 ra : c0005678 sp : c7b5fe54", "riscv32"},
	{"NIP:  c000000000b30638 LR: c000000000111d90 CTR: c000000000111d6c", "ppc64"},
	{"NIP: d1002014 LR: c0003ff0 CTR: d1002000", "ppc32"},
	{"Krnl PSW : 0704c00180000000 000003bf4c78da26 (fn+0xd6/0x150)", "s390x"},
	{"Oops: 0038 ilc:3 [#1] SMP", "s390x"},
	{"epc   : 80100570 fn+0x1/0x2", "mips"},
	{"epc   : ffffffff80100570 fn+0x1/0x2", "mips64"},
	{"CPU 0 Unable to handle kernel paging request at virtual address 00000010, epc == c0002014, ra == 80100570", "mips"},
	{"ERA: 9000000000221234 fn+0x1/0x2", "loongarch64"},
	{"TPC: <fn+0x1/0x2>", "sparc64"},
	{"Stack : 00000000 8d664f98", "mips"},
	{"Stack : 0000000000000000 9000000100234567", ""}, /* mips64 or loongarch64 */
	{"[<c0101234>](fn+0x0/0xf8) from [<c0105678>](gn+0x20/0x40)", "arm"},
	{"IAOQ[0]: fn+0x1/0x2", "parisc"},
	{"pc = [<fffffffc00002014>]  ra = [<fffffc0000310058>]  ps = 0000", "alpha"},
	{"Call Trace:", ""},
	{"Modules linked in: pc sp ra", ""},
	{"CPU: 0 PID: 1 Comm: init Not tainted 6.1.0 #1", ""},
	{"", ""},
};

static const char *name_of(const struct od_arch *arch)
{
	return arch ? arch->name : "";
}

static void a_line_tells_only_what_it_must(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(lines); i++) {
		print_message("%s\n", lines[i].line);
		assert_string_equal(name_of(od_arch_of_line(od_str_from(lines[i].line))), lines[i].arch);
	}
}

static void functions_and_the_style_of_a_trace_tell(void **state)
{
	static const struct {
		const char *function;
		bool small;
		uint64_t address; /* 0: none was printed */
		const char *arch;
	} rows[] = {
		{"entry_SYSCALL_64_after_hwframe", false, 0, "x86_64"},
		{"__x64_sys_read", false, 0, "x86_64"},
		{"__arm64_sys_read", false, 0, "arm64"},
		{"ret_fast_syscall", false, 0, "arm"},
		{"srso_alias_return_thunk", false, 0, "x86_64"},
		{"call_softirq", false, 0, "x86_64"},
		{"invoke_syscall.constprop.0", false, 0, "arm64"},
		{"unwind_backtrace", false, 0, "arm"},
		{"asm_exc_page_fault", false, 0, ""}, /* of both widths */
		{"ret_from_fork", false, 0, ""},
		{"schedule", false, 0, ""},
		{"schedule", true, 0, "arm64"},
		{"schedule", true, 0xc0101234, ""},
		{"schedule", true, 0xffffff80080882b8, "arm64"},
		{"", true, 0, ""},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		print_message("%s\n", rows[i].function);
		struct od_frame_text frame = {.function = od_str_from(rows[i].function)};
		frame.address = rows[i].address ? od_num(rows[i].address) : (struct od_num){0};
		assert_string_equal(name_of(od_arch_of_frame(&frame, rows[i].small)), rows[i].arch);
	}
}

static void releases_of_distributions_tell(void **state)
{
	(void)state;
	assert_string_equal(name_of(od_arch_of_release(OD_STR("6.1.0-56-arm64"))), "arm64");
	assert_string_equal(name_of(od_arch_of_release(OD_STR("4.18.0-80.el8.ppc64le"))), "ppc64");
	assert_false(od_arch_of_release(OD_STR("4.18.0-80.el8.ppc64le"))->big_endian);
	assert_string_equal(name_of(od_arch_of_release(OD_STR("5.9.0-0.rc4.5.fc34.x86_64+debug"))), "x86_64");
	assert_string_equal(name_of(od_arch_of_release(OD_STR("6.11.0-1.el10.aarch64+64k"))), "arm64");
	assert_string_equal(name_of(od_arch_of_release(OD_STR("2.6.32-504.16.2.1chaos.ch5.3.x86_64.debug"))), "x86_64");
	assert_string_equal(name_of(od_arch_of_release(OD_STR("6.1.21-v8+"))), "arm64");
	assert_string_equal(name_of(od_arch_of_release(OD_STR("6.1.0+"))), "");
	assert_string_equal(name_of(od_arch_of_release(OD_STR("6.1.0"))), "");
	assert_string_equal(name_of(od_arch_of_release(OD_STR(""))), "");
}

/* An address of more than 32 bits and a function, or a mark, of both widths of x86. */
static void an_address_tells_the_width(void **state)
{
	static const struct {
		const char *function, *context;
		uint64_t frame, fault;
		const char *arch;
	} rows[] = {
		{"asm_exc_page_fault", "", 0, 0xffff888012345678, "x86_64"},
		{"apic_timer_interrupt", "", 0xffffffff81000000, 0, "x86_64"},
		{"apic_timer_interrupt", "", 0xc1000000, 0, "i386"},
		{"fn", "IRQ", 0xffffffff81000000, 0, "x86_64"},
		{"fn", "LR", 0xffffffff81000000, 0, ""}, /* an entry of ours */
		{"fn", "", 0xffffffff81000000, 0, ""}, /* mips64 and riscv64 have such addresses, too */
		{"ret_from_fork_asm", "", 0, 0, ""},
		{"__x86_indirect_thunk_rax", "", 0xc1000000, 0xffff888012345678, ""}, /* not both */
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct od_event *event = od_event_create();
		assert_non_null(event);
		struct od_frame *frame = od_list_push(event->arena, &event->trace);
		assert_non_null(frame);
		*frame = (struct od_frame){.function = od_str_from(rows[i].function), .context = od_str_from(rows[i].context),
					   .address = {rows[i].frame, rows[i].frame != 0}};
		event->fault.address = (struct od_num){rows[i].fault, rows[i].fault != 0};
		print_message("%s %s\n", rows[i].function, rows[i].arch);
		assert_string_equal(name_of(od_arch_of_event(event)), rows[i].arch);
		od_event_destroy(event);
	}
}

/* Likely, and no more: docs/json.md, arch_status. */
static void addresses_are_typical_of_an_architecture(void **state)
{
	static const struct {
		const char *raw, *arch; /* "": of none */
	} rows[] = {
		{"Read of size 1 at addr ffff8c2aae244fe0 by task a/12\n", "x86_64"}, /* the direct map at a random place */
		{"KASAN: maybe wild-memory-access in range [0xffffed1015d241c3-0xffffed1015d241ca]\n", "x86_64"},
		{"sp : ffff8f8000313430\n tp : ffffaf80806a0000\n", ""}, /* riscv64 with four levels */
		{"fn at ffffffff81234560\n", "x86_64"},
		{"fn at ffffffff9edb41bb\n", "x86_64"},
		{"fn at ffffffff80234560\n gn at ffffffff81234560\n", ""}, /* riscv and mips have code there, too */
		{"Call Trace:\n dump_stack+0x1/0x2\n ? fn+0x1/0x2\n", "x86_64"},
		{"Call Trace:\n dump_stack+0x1/0x2\n fn+0x1/0x2\n", ""},
		{"Read of size 8 at addr ffff8801d0c6b080 by task a/12\n", "x86_64"},
		{"#0: ffffffff81234560 (a){+.+.}, at: fn+0x1/0x2\n (ffff88002db3cf50){+.+.}\n", "x86_64"},
		{"sp: ffffc90000da8c50\n", "x86_64"},
		{"page:ffffea0001234560 count:0\n", "x86_64"},
		{"Read of size 8 at addr ffff80000fee3890 by task a/12\n", ""}, /* arm64's vmalloc */
		{"at addr 0ffff8801d0c6b080\n", ""},
		{"at addr ffff8801d0c6b08\n", ""},
		{"", ""},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct od_event event = {.raw = od_str_from(rows[i].raw)};
		const struct od_arch *arch = od_arch_likely(&event);
		assert_string_equal(arch ? arch->name : "", rows[i].arch);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(addresses_are_typical_of_an_architecture),
		cmocka_unit_test(a_line_tells_only_what_it_must),
		cmocka_unit_test(functions_and_the_style_of_a_trace_tell),
		cmocka_unit_test(releases_of_distributions_tell),
		cmocka_unit_test(an_address_tells_the_width),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
