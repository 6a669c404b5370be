// SPDX-License-Identifier: GPL-3.0-or-later
/* Error-code words of every architecture but x86: their manuals and kernel headers are named in core/arch_*.c. */
#include "core/arch.h"
#include "core/model.h"
#include "tests/test.h"

struct row {
	const struct od_arch *arch;
	const char *die_text;
	uint64_t code; /* of the die line, or of the register `reg` */
	const char *reg;
	const char *name; /* of the word; "": not read */
	enum od_access access;
	const char *field, *meaning; /* one field, and how its meaning begins */
	unsigned value;
};

static const struct row rows[] = {
	{&od_arch_arm64, "Oops", 0x96000046, NULL, "arm64 data abort (ESR_EL1)", OD_ACCESS_WRITE, "DFSC", "translation fault at level 2", 6},
	{&od_arch_arm64, "Oops", 0x96000004, NULL, "arm64 data abort (ESR_EL1)", OD_ACCESS_READ, "DFSC", "translation fault at level 0", 4},
	{&od_arch_arm64, "Oops", 0x9600014f, NULL, "arm64 data abort (ESR_EL1)", OD_ACCESS_READ, "CM", "a cache maintenance", 1},
	{&od_arch_arm64, "Oops", 0x9600004f, NULL, "arm64 data abort (ESR_EL1)", OD_ACCESS_WRITE, "EC", "a data abort taken", 0x25},
	{&od_arch_arm64, "Oops", 0x86000006, NULL, "arm64 instruction abort (ESR_EL1)", OD_ACCESS_EXECUTE, "IFSC", "translation fault at level 2", 6},
	{&od_arch_arm64, "synchronous external abort", 0x96000410, NULL, "arm64 data abort (ESR_EL1)", OD_ACCESS_READ, "FnV", "FAR does not hold", 1},
	{&od_arch_arm64, "Oops - BUG", 0xf2000800, NULL, "arm64 BRK instruction (ESR_EL1)", OD_ACCESS_UNKNOWN, "immediate", "BUG() or WARN()", 0x800},
	{&od_arch_arm64, "Oops - BTI", 0x36000002, NULL, "arm64 exception (ESR_EL1)", OD_ACCESS_UNKNOWN, "EC", "a branch target", 0x0d},
	{&od_arch_arm64, "Oops - BUG", 0, NULL, "", OD_ACCESS_UNKNOWN, NULL, NULL, 0},
	{&od_arch_arm64, "Oops - SP/PC alignment exception", 0x8a000000, NULL, "arm64 exception (ESR_EL1)", OD_ACCESS_UNKNOWN, "EC", "a misaligned program", 0x22},
	{&od_arch_arm64, "Oops - FPAC", 0x72000002, NULL, "arm64 exception (ESR_EL1)", OD_ACCESS_UNKNOWN, "key", "key A of data", 2},
	{&od_arch_arm64, "Oops - Undefined instruction", 0x6230e001, NULL, "arm64 exception (ESR_EL1)", OD_ACCESS_UNKNOWN, "Direction", "read (MRS)", 1},
	{&od_arch_arm64, "SError", 0xbe000c11, NULL, "arm64 exception (ESR_EL1)", OD_ACCESS_UNKNOWN, "AET", "recoverable", 3},
	{&od_arch_arm64, "Oops", 0x56000005, NULL, "arm64 exception (ESR_EL1)", OD_ACCESS_UNKNOWN, "imm16", "the number", 5},
	{&od_arch_arm64, "Oops - BTI", 0x36000002, NULL, "arm64 exception (ESR_EL1)", OD_ACCESS_UNKNOWN, "BTYPE", "by an indirect call", 2},
	{&od_arch_arm64, "Oops", 0x93c48046, NULL, "arm64 data abort (ESR_EL1)", OD_ACCESS_WRITE, "SF", "the register has 64 bits", 1},
	{&od_arch_arm64, "synchronous external abort", 0x96001010, NULL, "arm64 data abort (ESR_EL1)", OD_ACCESS_READ, "SET", "uncontainable", 2},
	{&od_arch_arm64, "Oops", 0x4096000047, NULL, "arm64 data abort (ESR_EL1)", OD_ACCESS_WRITE, "Overlay", "a permission overlay", 1},
	{&od_arch_arm, "Oops", 0x817, NULL, "arm data abort (DFSR)", OD_ACCESS_WRITE, "FS", "translation fault on a page", 7},
	{&od_arch_arm, "Oops", 0x17, NULL, "arm data abort (DFSR)", OD_ACCESS_READ, "domain", "the domain", 1},
	{&od_arch_arm, "Oops", 0xa07, NULL, "arm data abort (DFSR)", OD_ACCESS_WRITE, "FS", "translation fault at level 3", 7},
	{&od_arch_arm, "Oops", 0x80000207, NULL, "arm prefetch abort (IFSR)", OD_ACCESS_EXECUTE, "FS", "translation fault at level 3", 7},
	{&od_arch_arm, "Internal error", 0x1028, NULL, "arm data abort (DFSR)", OD_ACCESS_READ, "FS", "synchronous external abort", 8},
	{&od_arch_arm, "Internal error", 0x1406, NULL, "arm data abort (DFSR)", OD_ACCESS_READ, "FS", "asynchronous external abort", 22},
	{&od_arch_arm, "Internal error", 0xa02, NULL, "arm data abort (DFSR)", OD_ACCESS_WRITE, "FS", "address size fault at level 2", 2},
	{&od_arch_arm, "Internal error", 0x40e, NULL, "arm data abort (DFSR)", OD_ACCESS_READ, "FS", "synchronous parity error on a translation at level 2", 30},
	{&od_arch_arm, "Oops - BUG", 0, NULL, "", OD_ACCESS_UNKNOWN, NULL, NULL, 0},
	{&od_arch_riscv64, "Oops", 15, "cause", "riscv scause", OD_ACCESS_WRITE, "code", "store or atomic page fault", 15},
	{&od_arch_riscv64, "Oops", 13, "cause", "riscv scause", OD_ACCESS_READ, "code", "load page fault", 13},
	{&od_arch_riscv32, "Oops", 0x80000005, "cause", "riscv scause", OD_ACCESS_UNKNOWN, "interrupt", "the trap is an interrupt", 1},
	{&od_arch_riscv64, "Oops", 0x8000000000000005, "cause", "riscv scause", OD_ACCESS_UNKNOWN, "code", "the timer", 5},
	{&od_arch_riscv64, "Oops", 16, "cause", "riscv scause", OD_ACCESS_UNKNOWN, "code", "double trap", 16},
	{&od_arch_ppc64le, "Kernel access of bad area", 0x42000000, "dsisr", "powerpc DSISR", OD_ACCESS_UNKNOWN, "store", "the access was a store", 1},
	{&od_arch_ppc64le, "Exception", 0x40000000, "srr1", "powerpc SRR1", OD_ACCESS_UNKNOWN, "no translation", "nothing is mapped", 1},
	{&od_arch_ppc64le, "Exception", 0x20000, "srr1", "powerpc SRR1", OD_ACCESS_UNKNOWN, "trap", "a trap instruction", 1},
	{&od_arch_ppc32, "Exception", 0x800000, "esr", "powerpc ESR", OD_ACCESS_UNKNOWN, "ST", "the access was a store", 1},
	{&od_arch_ppc64le, "Kernel access of bad area", 0x300, "trap", "powerpc TRAP", OD_ACCESS_UNKNOWN, "TRAP", "data storage", 0x300},
	{&od_arch_ppc64, "Kernel access of bad area", 0x401, "trap", "powerpc TRAP", OD_ACCESS_EXECUTE, "TRAP", "instruction storage", 0x400},
	{&od_arch_ppc32, "Kernel access of bad area", 11, NULL, "signal number", OD_ACCESS_UNKNOWN, "signal", "SIGSEGV", 11},
	{&od_arch_s390x, "Oops", 0x38, NULL, "s390 program interruption code", OD_ACCESS_UNKNOWN, "code", "ASCE-type", 0x38},
	{&od_arch_s390x, "monitor event", 0x40, NULL, "s390 program interruption code", OD_ACCESS_UNKNOWN, "code", "monitor event", 0x40},
	{&od_arch_s390x, "Oops", 0x84, NULL, "s390 program interruption code", OD_ACCESS_UNKNOWN, "PER", "a program-event", 1},
	{&od_arch_s390x, "Oops", 0x2e, NULL, "s390 program interruption code", OD_ACCESS_UNKNOWN, "code", "LSTE-sequence", 0x2e},
	{&od_arch_s390x, "Oops", 0x7f801400, "teid", "s390 TEID", OD_ACCESS_WRITE, "TEID access", "the access was a store", 1},
	{&od_arch_mips, "Oops", 0x1080002c, "cause", "mips Cause", OD_ACCESS_UNKNOWN, "CE", "CP1", 1},
	{&od_arch_mips64, "Oops", 0x40808008, "cause", "mips Cause", OD_ACCESS_READ, "TI", "a timer", 1},
	{&od_arch_mips64, "Oops", 0x9080000c, "cause", "mips Cause", OD_ACCESS_WRITE, "BD", "in a branch delay slot", 1},
	{&od_arch_mips, "Oops", 0x10800008, "cause", "mips Cause", OD_ACCESS_READ, "ExcCode", "TLB refill", 2},
	{&od_arch_loongarch64, "Oops", 0x20000, "estat", "loongarch ESTAT", OD_ACCESS_WRITE, "Ecode", "page invalid on a store", 2},
	{&od_arch_loongarch64, "Oops", 0x480000, "estat", "loongarch ESTAT", OD_ACCESS_UNKNOWN, "EsubCode", "on a load or store", 1},
	{&od_arch_loongarch64, "Oops", 0x1000, "estat", "loongarch ESTAT", OD_ACCESS_UNKNOWN, "IPI", "an interrupt of another", 1},
	{&od_arch_loongarch64, "Oops - BUG", 0xc0000, "estat", "loongarch ESTAT", OD_ACCESS_UNKNOWN, "Ecode", "break", 12},
	{&od_arch_xtensa, "Oops", 11, NULL, "signal number", OD_ACCESS_UNKNOWN, "signal", "SIGSEGV", 11},
};

static const struct od_code_bit *find_field(const struct od_event *event, const char *name)
{
	for (size_t i = 0; i < event->fault.error_code.bits.count; i++)
		if (od_str_equal(event->fault.error_code.bits.items[i].name, od_str_from(name)))
			return &event->fault.error_code.bits.items[i];
	return NULL;
}

static void check_row(const struct row *row)
{
	struct od_event *event = od_event_create();
	assert_non_null(event);
	print_message("%s %s %llx\n", row->arch->name, row->die_text, (unsigned long long)row->code);
	event->arch = row->arch;
	event->die_text = od_str_from(row->die_text);
	if (row->reg) {
		struct od_register *entry = od_list_push(event->arena, &event->registers);
		assert_non_null(entry);
		*entry = (struct od_register){od_str_from(row->reg), row->code};
	} else {
		event->fault.error_code.value = od_num(row->code);
	}
	row->arch->decode_error(event);
	assert_str(event->fault.error_code.name, row->name);
	assert_int_equal(event->fault.access, row->access);
	if (row->field) {
		const struct od_code_bit *field = find_field(event, row->field);
		assert_non_null(field);
		assert_int_equal(field->value, row->value);
		assert_true(od_str_starts(field->meaning, od_str_from(row->meaning)));
	} else {
		assert_int_equal(event->fault.error_code.bits.count, 0);
	}
	od_event_destroy(event);
}

static void words_are_read_by_their_manual(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		check_row(&rows[i]);
}

static void words_of_the_log_win_over_the_code(void **state)
{
	struct od_event *event = od_event_create();
	(void)state;
	event->arch = &od_arch_arm64;
	event->fault.error_code.value = od_num(0x96000046);
	event->fault.access = OD_ACCESS_READ;
	od_arch_arm64.decode_error(event);
	assert_int_equal(event->fault.access, OD_ACCESS_READ);
	assert_int_equal(event->fault.mode, OD_MODE_KERNEL);
	od_event_destroy(event);
}

/* Arm ARM, "ISS encoding for an SError exception": with IDS the other bits are the implementation's. */
static void of_an_own_syndrome_no_field_is_read(void **state)
{
	struct od_event *event = od_event_create();
	(void)state;
	event->arch = &od_arch_arm64;
	event->die_text = OD_STR("SError");
	event->fault.error_code.value = od_num(0xbf000c11);
	od_arch_arm64.decode_error(event);
	assert_non_null(find_field(event, "IDS"));
	assert_null(find_field(event, "AET"));
	assert_null(find_field(event, "DFSC"));
	od_event_destroy(event);
}

static void every_architecture_is_found_by_its_name_and_is_whole(void **state)
{
	(void)state;
	for (size_t i = 0; od_arches[i]; i++) {
		const struct od_arch *arch = od_arches[i];
		print_message("%s\n", arch->name);
		assert_string_equal(od_arch_find(od_str_from(arch->name))->name, arch->name);
		assert_true(arch->bits == 32 || arch->bits == 64);
		assert_non_null(arch->registers[0]);
		assert_non_null(arch->bfd_name);
		assert_int_equal(arch->classify(0x24), OD_REGION_NULL_PAGE);
		bool known = false;
		for (size_t r = 0; arch->registers[r]; r++)
			known |= !strcmp(arch->registers[r], arch->ip_register);
		assert_true(known || arch == &od_arch_x86_64);
	}
	assert_null(od_arch_find(OD_STR("vax")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_are_read_by_their_manual),
		cmocka_unit_test(words_of_the_log_win_over_the_code),
		cmocka_unit_test(of_an_own_syndrome_no_field_is_read),
		cmocka_unit_test(every_architecture_is_found_by_its_name_and_is_whole),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
