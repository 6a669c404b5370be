// SPDX-License-Identifier: GPL-3.0-or-later
/* Oopses of other architectures than x86-64: every fact of the text is in the event. */
#include "tests/arch_oopses.h"
#include "tests/parse.h"

struct value {
	const char *name;
	uint64_t value;
};

struct expected {
	const char *text, *arch, *kind, *error_code; /* error_code "": the die line has none */
	bool big_endian, has_address;
	uint64_t address;
	const char *release;
	uint64_t cpu, pid;
	const char *ip, *lr; /* raw; "": none */
	uint64_t ip_address;
	struct value registers[5];
	const char *code; /* in hexadecimal */
	uint32_t mark;
	const char *trace[4]; /* functions, NULL at the end */
	unsigned unreliable; /* bit per frame */
};

static const struct expected oopses[] = {
	{oops_i386, "i386", "null-deref", "0002", false, true, 0x10, "2.6.32", 1, 612,
	 "bad_init+0x14/0x20 [bad]", "", 0xc0101234,
	 {{"eax", 1}, {"edi", 6}, {"esp", 0xc7b5fe54}, {"ss", 0x68}, {"eflags", 0x10246}},
	 "89e5c70510000000", 2, {"do_one_initcall"}, 1},
	{oops_arm64_old, "arm64", "null-deref", "96000046", false, true, 0x10, "4.4.0", 1, 612,
	 "bad_init+0x14/0x20 [bad]", "do_one_initcall+0x58/0x300", 0xffffffbffc001014,
	 {{"x30", 0xffffffc000081234}, {"pstate", 0x60000145}, {"x29", 0xffffffc07a5d3c10}, {"x0", 2}, {"sp", 0xffffffc07a5d3c10}},
	 "f30300aa1f2003d500000094610640f9011000b9", 16, {"bad_init", "do_one_initcall"}, 0},
	{oops_arm_old, "arm", "null-deref", "817", false, true, 0x10, "3.4.0", 1, 612,
	 "bad_init+0x14/0x20 [bad]", "do_one_initcall+0x58/0x300", 0xbf000014,
	 {{"r0", 0}, {"r10", 10}, {"ip", 7}, {"fp", 0xc7b5fe60}, {"psr", 0x60000013}},
	 "0000a0e10030a0e30310a0e10120a0e3102083e5", 16, {"bad_init", "do_one_initcall", "sys_init_module"}, 0},
	{oops_riscv32, "riscv32", "null-deref", "", false, true, 0x10, "5.4.0", 0, 12,
	 "0xc0002010", "0xc0005678", 0xc0002010,
	 {{"epc", 0xc0002010}, {"ra", 0xc0005678}, {"gp", 0xc0801234}, {"status", 0x120}, {"cause", 15}},
	 "", 0, {NULL}, 0},
	{oops_ppc32, "ppc32", "null-deref", "11", true, true, 0x10, "3.0.0", 0, 612,
	 "bad_init+0x14/0x20 [bad]", "do_one_initcall+0x58/0x1b0", 0xd1002014,
	 {{"nip", 0xd1002014}, {"trap", 0x300}, {"dsisr", 0x42000000}, {"r8", 8}, {"xer", 0x20000000}},
	 "38000001392000107c0802a6900900004e800020", 12, {"", "do_one_initcall", "ret_from_syscall"}, 1},
	{oops_s390x, "s390x", "bug-on", "0040", true, false, 0, "6.17.0", 1, 612,
	 "bad_init+0x32/0x1000 [bad]", "", 0x3ff8008a032,
	 {{"psw_mask", 0x0704c00180000000}, {"r3", 3}, {"r4", 4}, {"r14", 0x3ff8008a02e}, {"r15", 0x37fffe6bb40}},
	 "a7f40001af00000007fe", 4, {"bad_init", "bad_init", "do_one_initcall"}, 2},
	{oops_mips, "mips", "null-deref", "", false, true, 0x10, "4.14.87", 1, 612,
	 "bad_init+0x14/0x20 [bad]", "do_one_initcall+0x58/0x300", 0xc0002014,
	 {{"r25", 0x19}, {"r28", 0x1c}, {"r31", 0x80100570}, {"hi", 0x125}, {"cause", 0xd080000c}},
	 "1000a3affea5010c808e8424100000ac5d80023c", 12, {"bad_init", "do_one_initcall"}, 0},
	{oops_loongarch, "loongarch64", "null-deref", "", false, true, 0x10, "6.6.0", 1, 612,
	 "bad_init+0x14/0x20 [bad]", "do_one_initcall+0x58/0x300", 0xffff800002000014,
	 {{"a3", 4}, {"s9", 0x16}, {"estat", 0x20000}, {"prmd", 4}, {"badv", 0x10}},
	 "8400c0020500150006048002064080292000004c", 12, {"bad_init", "do_one_initcall"}, 0},
	{oops_sparc64, "sparc64", "null-deref", "", true, false, 0, "5.10.0", 1, 612,
	 "bad_init+0x14/0x20 [bad]", "do_one_initcall+0x38/0x1c0", 0x10002014,
	 {{"tpc", 0x10002014}, {"g1", 0x10}, {"sp", 0xfff8000012347001}, {"i7", 0x426a38}, {"tstate", 0x4411001606}},
	 "9de3bf508210201084102001c420400081c7e008", 12, {"do_one_initcall", "do_init_module"}, 0},
	{oops_parisc, "parisc", "null-deref", "f", true, true, 0x10, "5.15.4-parisc64", 1, 612,
	 "bad_init+0x14/0x20 [bad]", "do_one_initcall+0x58/0x300", 0x10002014,
	 {{"r2", 0x10002010}, {"r28", 1}, {"sr3", 0x440c400}, {"iir", 0x0ff0109c}, {"cr30", 0x184090000}},
	 "", 0, {"do_one_initcall", "do_init_module"}, 0},
	{oops_m68k, "m68k", "null-deref", "00000000", true, false, 0, "", 0, 612,
	 "bad_init+0x14/0x20 [bad]", "", 0x10002014,
	 {{"d3", 4}, {"sr", 0x2000}, {"d5", 6}, {"a1", 8}, {"d0", 1}},
	 "4e56000023fc00000001", 4, {"do_one_initcall", "do_init_module"}, 0},
	{oops_xtensa, "xtensa", "null-deref", "11", false, true, 0x10, "5.10.0", 1, 612,
	 "0xc0002014", "", 0xc0002014,
	 {{"a0", 0x900017f0}, {"a8", 8}, {"ps", 0x60d10}, {"lend", 0xc0105680}, {"sar", 0x11}},
	 "", 0, {"do_one_initcall"}, 0},
	{oops_arc, "arc", "null-deref", "", false, true, 0x10, "5.10.0", 1, 612,
	 "bad_init+0x14/0x20 [bad]", "do_one_initcall+0x58/0x300", 0x70002014,
	 {{"ecr", 0x50200}, {"bta", 0x70002010}, {"sp", 0x9f8f9e50}, {"r2", 2}, {"r14", 14}},
	 "", 0, {"bad_init", "do_one_initcall"}, 0},
	{oops_openrisc, "openrisc", "null-deref", "0000", true, true, 0x10, "", 1, 612,
	 "0xc0802014", "", 0xc0802014,
	 {{"pc", 0xc0802014}, {"sr", 0x807f}, {"sp", 0xc1023e50}, {"r1", 0xc1023e50}, {"r7", 7}},
	 "18a0ff00a8a50010d405100044004800", 8, {"do_one_initcall", "do_init_module"}, 2},
	{oops_csky, "csky", "null-deref", "", false, true, 0x10, "", 0, 612,
	 "bad_init+0x14/0x20 [bad]", "do_one_initcall+0x58/0x300", 0xc0002014,
	 {{"lr", 0x80001234}, {"sp", 0xbe9b7e50}, {"psr", 0x80140340}, {"a3", 3}, {"r7", 7}},
	 "", 0, {"do_one_initcall"}, 0},
	{oops_sh, "sh", "null-deref", "0001", false, true, 0x10, "5.10.0", 1, 612,
	 "bad_init+0x14/0x20 [bad]", "do_one_initcall+0x58/0x300", 0xc0002014,
	 {{"pc", 0xc0002014}, {"tea", 0x10}, {"r3", 3}, {"r14", 0x8c274773}, {"pr", 0x8c2c0524}},
	 "", 0, {"do_one_initcall"}, 0},
	{oops_alpha, "alpha", "null-deref", "1", false, true, 0x10, "", 1, 612,
	 "bad_init+0x14/0x20 [bad]", "do_one_initcall+0x58/0x300", 0xfffffffc00002014,
	 {{"pc", 0xfffffffc00002014}, {"ps", 0}, {"t1", 2}, {"gp", 0xfffffc0000b5d5a0}, {"sp", 0xfffffc007e1d7e50}},
	 "0104e247000021b40180fa6b", 4, {"do_one_initcall", "do_init_module"}, 0},
	{oops_nios2, "nios2", "null-deref", "11", false, true, 0x10, "5.10.0", 1, 612,
	 "0xc0002014", "0xc8001058", 0xc0002014,
	 {{"ea", 0xc0002014}, {"r4", 4}, {"r15", 15}, {"gp", 0xc8345678}, {"estatus", 1}},
	 "", 0, {"do_one_initcall"}, 0},
	{oops_microblaze, "microblaze", "null-deref", "11", false, true, 0x10, "5.10.0", 1, 612,
	 "0xc0602014", "", 0xc0602014,
	 {{"r1", 0x65a0}, {"r31", 0xc05c02f0}, {"msr", 0x46a0}, {"ear", 0x10}, {"esr", 0xd12}},
	 "", 0, {"do_one_initcall"}, 0},
};

static void check_code(const struct od_code *code, const char *hex, uint32_t mark)
{
	char got[128] = "";
	for (size_t i = 0; i < code->bytes.len && i < 60; i++)
		snprintf(got + 2 * i, 3, "%02x", (unsigned char)code->bytes.ptr[i]);
	assert_string_equal(got, hex);
	assert_int_equal(code->has_fault_index, hex[0] != '\0');
	assert_int_equal(code->fault_index, mark);
}

static void check_trace(const struct od_event *event, const struct expected *expected)
{
	size_t count = 0;
	while (count < ARRAY_SIZE(expected->trace) && expected->trace[count])
		count++;
	assert_int_equal(event->trace.count, count);
	for (size_t i = 0; i < count; i++) {
		assert_str(event->trace.items[i].function, expected->trace[i]);
		assert_int_equal(event->trace.items[i].unreliable, expected->unreliable >> i & 1);
	}
}

static void check(const struct od_event *event, const struct expected *expected)
{
	assert_non_null(event->arch);
	assert_string_equal(event->arch->name, expected->arch);
	assert_int_equal(event->arch->big_endian, expected->big_endian);
	assert_kind(event, expected->kind);
	assert_str(event->fault.error_code.raw, expected->error_code);
	assert_true(!event->counter.known || event->counter.value == 1);
	assert_int_equal(event->fault.address.known, expected->has_address);
	assert_int_equal(event->fault.address.value, expected->address);
	assert_str(event->kernel_release, expected->release);
	assert_int_equal(event->cpu.value, expected->cpu);
	assert_int_equal(event->pid.value, expected->pid);
	assert_str(event->comm, "insmod");
	assert_str(event->ip.raw, expected->ip);
	assert_true(event->ip.address.known);
	assert_int_equal(event->ip.address.value, expected->ip_address);
	bool behind = !strcmp(expected->arch, "s390x"); /* its row is a monitor event, which the PSW is moved past */
	assert_int_equal(event->ip.is_return_address, behind);
	if (event->code.has_fault_index && event->code.address.known && !behind)
		assert_int_equal(event->code.address.value + event->code.fault_index, event->ip.address.value);
	if (behind)
		assert_int_equal(event->code.address.value + event->code.fault_index + 4, event->ip.address.value);
	assert_str(event->lr.raw, expected->lr);
	for (size_t i = 0; i < ARRAY_SIZE(expected->registers); i++) {
		struct od_num value = od_event_register(event, expected->registers[i].name);
		print_message("  %s\n", expected->registers[i].name);
		assert_true(value.known);
		assert_int_equal(value.value, expected->registers[i].value);
	}
	check_code(&event->code, expected->code, expected->mark);
	check_trace(event, expected);
	for (size_t i = 0; i < event->unknown_lines.count; i++)
		print_message("  not understood: %.*s\n", OD_FMT(event->unknown_lines.items[i].text));
	assert_int_equal(event->unknown_lines.count, 0);
}

static void every_fact_is_read(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(oopses); i++) {
		struct parsed parsed = parse_text(oopses[i].text);
		print_message("%s\n", oopses[i].arch);
		assert_int_equal(parsed.count, 1);
		check(parsed.events[0], &oopses[i]);
		parsed_free(&parsed);
	}
}

/* A log that is cut anywhere gives no more than one event, and what it gives is of the right architecture. */
static void a_cut_oops_is_never_of_another_architecture(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(oopses); i++) {
		struct od_str text = od_str_from(oopses[i].text);
		for (size_t length = 1; length < text.len; length += 7) {
			struct parsed parsed = parse_chunks(od_str_first(text, length), 0);
			assert_true(parsed.count <= 1);
			const struct od_arch *arch = parsed.count ? parsed.events[0]->arch : NULL;
			/* the width and byte order of powerpc and the width of riscv come later than the first hint */
			if (arch && strncmp(arch->name, oopses[i].arch, 3))
				fail_msg("%s cut at %zu is %s", oopses[i].arch, length, arch->name);
			parsed_free(&parsed);
		}
	}
}

/* Synthetic, after the sources that are named. */
static const struct {
	const char *behaviour, *text, *arch, *kind;
	uint64_t address;
} parts[] = {
	/* arch/powerpc/kernel/process.c (show_stack), arch/powerpc/mm/fault.c, 5.10 */
	{"powerpc without registers: the width of the trace",
	 "BUG: Unable to handle kernel data access on write at 0xdead0010\nOops: Kernel access of bad area, sig: 11 [#1]\n"
	 "Call Trace:\n[c1234560] [c0012345] fn+0x10/0x20 (unreliable)\n", "ppc32", "paging-request", 0xdead0010},
	{"powerpc without registers: the width of the instruction's address",
	 "BUG: Unable to handle kernel data access on write at 0xdead0010\nFaulting instruction address: 0xd1002012\n"
	 "Oops: Kernel access of bad area, sig: 11 [#1]\n", "ppc32", "paging-request", 0xdead0010},
	{"powerpc of 64 bits that jumped to a small address",
	 "BUG: Unable to handle kernel instruction fetch (NULL pointer?)\nFaulting instruction address: 0x00000000\n"
	 "Oops: Kernel access of bad area, sig: 11 [#1]\n", "ppc64", "null-deref", 0},
	/* arch/powerpc/platforms/44x/machine_check.c, 5.10 */
	{"a machine check of powerpc 44x",
	 "Machine check in kernel mode.\nData Read PLB Error\nOops: Machine check, sig: 7 [#1]\n", "ppc32", "machine-check", 0},
	/* arch/powerpc/kernel/traps.c (machine_check_generic), 5.10 */
	{"a machine check alone", "Machine check in kernel mode.\nCaused by (from SRR1=49030): Transfer error ack signal\n", "ppc32",
	 "machine-check", 0},
	/* arch/mips/kernel/unaligned.c (do_ade), traps.c (__show_regs), 4.14 */
	{"an unaligned access of mips",
	 "Unhandled kernel unaligned access[#1]:\nCPU: 0 PID: 1634 Comm: a Not tainted 4.14.153 #0\n"
	 "$ 0   : 00000000 77ea0b33 00000000 ceb5840c\nepc   : c0002012 bad_fn+0x12/0x40 [bad]\nCause : 00800010 (ExcCode 04)\n"
	 "BadVA : 00000003\n", "mips", "alignment", 3},
};

static void a_part_of_a_report_is_of_its_architecture(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(parts); i++) {
		print_message("%s\n", parts[i].behaviour);
		struct parsed parsed = parse_text(parts[i].text);
		assert_int_equal(parsed.count, 1);
		assert_int_equal(parsed.events[0]->span.first, 1);
		assert_non_null(parsed.events[0]->arch);
		assert_string_equal(parsed.events[0]->arch->name, parts[i].arch);
		assert_kind(parsed.events[0], parts[i].kind);
		assert_int_equal(parsed.events[0]->fault.address.value, parts[i].address);
		parsed_free(&parsed);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_fact_is_read),
		cmocka_unit_test(a_part_of_a_report_is_of_its_architecture),
		cmocka_unit_test(a_cut_oops_is_never_of_another_architecture),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
