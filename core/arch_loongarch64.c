// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * LoongArch, 64 bits.
 *
 * Sources: LoongArch Reference Manual vol. 1, "Exception Status (ESTAT)"; Linux
 * arch/loongarch/include/asm/loongarch.h (EXCCODE_*), arch/loongarch/kernel/traps.c (__show_regs),
 * arch/loongarch/include/asm/addrspace.h, 6.12.
 */
#include "core/arch_words.h"

/* In the order of their numbers; "u0" is r21 and "s9" the frame pointer, as the kernel prints them. */
static const char *const registers[] = {
	"zero", "ra", "tp", "sp", "a0", "a1", "a2", "a3", "a4", "a5", "a6", "a7", "t0", "t1", "t2", "t3", "t4", "t5",
	"t6", "t7", "t8", "u0", "s9", "s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8",
	"pc", "era", "crmd", "prmd", "euen", "ecfg", "estat", "badv", "prid", NULL,
};

enum { ECODE_LOAD = 1, ECODE_STORE = 2, ECODE_FETCH = 3, ECODE_MODIFY = 4, ECODE_NO_READ = 5, ECODE_NO_EXEC = 6, ECODE_PRIVILEGE = 7 };

static const struct od_arch_word exceptions[] = {
	{0, "an interrupt"},
	{ECODE_LOAD, "page invalid on a load"},
	{ECODE_STORE, "page invalid on a store"},
	{ECODE_FETCH, "page invalid on an instruction fetch"},
	{ECODE_MODIFY, "a store to a page that is not writable"},
	{ECODE_NO_READ, "a load from a page that is not readable"},
	{ECODE_NO_EXEC, "a fetch from a page that is not executable"},
	{ECODE_PRIVILEGE, "a page that this privilege level may not use"},
	{8, "address error: no such address for this privilege level"},
	{9, "unaligned access"},
	{10, "bound check error"},
	{11, "system call"},
	{12, "break instruction, as BUG() makes one"},
	{13, "instruction that does not exist"},
	{14, "privileged instruction"},
	{15, "floating point is disabled"},
	{16, "128-bit vectors are disabled"},
	{17, "256-bit vectors are disabled"},
	{18, "floating-point exception"},
	{19, "watchpoint"},
	{20, "binary translation is disabled"},
	{21, "binary translation exception"},
	{22, "guest: sensitive privileged resource"},
	{23, "hypervisor call"},
	{24, "guest: control register changed"},
	{25, "machine error"},
};

enum { ECODE_ADDRESS = 8, ECODE_UNALIGNED = 9, ECODE_FLOAT = 18, ECODE_WATCH = 19, ECODE_GUEST = 24 };

/* What the subcode means depends on the code: code << 9 | subcode. */
static const struct od_arch_word subcodes[] = {
	{ECODE_ADDRESS << 9 | 0, "on an instruction fetch (ADEF)"},
	{ECODE_ADDRESS << 9 | 1, "on a load or store (ADEM)"},
	{ECODE_FLOAT << 9 | 0, "of a scalar instruction"},
	{ECODE_FLOAT << 9 | 1, "of a vector instruction"},
	{ECODE_WATCH << 9 | 0, "on an instruction fetch (WPEF)"},
	{ECODE_WATCH << 9 | 1, "on a load or store (WPEM)"},
	{ECODE_GUEST << 9 | 0, "by software (GCSC)"},
	{ECODE_GUEST << 9 | 1, "by hardware (GCHC)"},
};

static const struct od_arch_bit interrupts[] = {
	{0, "SWI0", NULL, "software interrupt 0 is pending"},
	{1, "SWI1", NULL, "software interrupt 1 is pending"},
	{2, "HWI0", NULL, "hardware interrupt 0 is pending"},
	{3, "HWI1", NULL, "hardware interrupt 1 is pending"},
	{4, "HWI2", NULL, "hardware interrupt 2 is pending"},
	{5, "HWI3", NULL, "hardware interrupt 3 is pending"},
	{6, "HWI4", NULL, "hardware interrupt 4 is pending"},
	{7, "HWI5", NULL, "hardware interrupt 5 is pending"},
	{8, "HWI6", NULL, "hardware interrupt 6 is pending"},
	{9, "HWI7", NULL, "hardware interrupt 7 is pending"},
	{10, "PCOV", NULL, "a performance counter overflow is pending"},
	{11, "TI", NULL, "the timer's interrupt is pending"},
	{12, "IPI", NULL, "an interrupt of another CPU is pending"},
	{13, "NMI", NULL, "a non-maskable interrupt is pending"},
};

static void set_access(struct od_event *event, unsigned code, enum od_mode mode)
{
	if (code == ECODE_LOAD || code == ECODE_NO_READ)
		od_arch_access(event, OD_ACCESS_READ, mode);
	else if (code == ECODE_STORE || code == ECODE_MODIFY)
		od_arch_access(event, OD_ACCESS_WRITE, mode);
	else if (code == ECODE_FETCH || code == ECODE_NO_EXEC)
		od_arch_access(event, OD_ACCESS_EXECUTE, mode);
}

/* The die line has no number: the word is the "ESTAT" of the register dump. */
static void decode_error(struct od_event *event)
{
	struct od_num estat = od_event_register(event, "estat"), prmd = od_event_register(event, "prmd");
	if (!estat.known)
		return;
	od_arch_name(event, "loongarch ESTAT");
	od_arch_add_words(event, estat.value, 16, 6, "Ecode", exceptions, sizeof(exceptions) / sizeof(exceptions[0]));
	OD_ARCH_ADD_BITS(event, estat.value, interrupts);
	const unsigned subcode = estat.value >> 22 & 0x1ff;
	const char *meaning = OD_ARCH_WORD(subcodes, (estat.value >> 16 & 0x3f) << 9 | subcode);
	od_arch_add_field(event, 22, subcode, "EsubCode", meaning ? meaning : subcode ? NULL : "this exception has no subcodes");
	set_access(event, estat.value >> 16 & 0x3f,
		   !prmd.known ? OD_MODE_UNKNOWN : prmd.value & 3 ? OD_MODE_USER : OD_MODE_KERNEL);
}

/* The kernel prints BADV for these only (arch/loongarch/kernel/traps.c, __show_regs(), 6.12). */
static enum od_trap trap(const struct od_event *event)
{
	const struct od_num estat = od_event_register(event, "estat"), prmd = od_event_register(event, "prmd");
	const unsigned code = estat.value >> 16 & 0x3f;

	if (!estat.known)
		return OD_TRAP_UNKNOWN;
	if (prmd.known && prmd.value & 3)
		return OD_TRAP_USER;
	if (code == ECODE_UNALIGNED)
		return OD_TRAP_ALIGNMENT;
	return (code >= ECODE_LOAD && code <= ECODE_PRIVILEGE) || code == ECODE_ADDRESS ? OD_TRAP_MEMORY : OD_TRAP_OTHER;
}

static enum od_region classify(uint64_t address)
{
	if (address < 0x1000)
		return OD_REGION_NULL_PAGE;
	switch (address >> 60) {
	case 0x0:
		return address >> 48 ? OD_REGION_NON_CANONICAL : OD_REGION_USER;
	case 0x9:
		return OD_REGION_DIRECT_MAP; /* the kernel image as well: the cached window */
	case 0x8:
		return OD_REGION_OTHER_KERNEL;
	default:
		return address >> 47 == 0x1ffff ? OD_REGION_OTHER_KERNEL : OD_REGION_NON_CANONICAL;
	}
}

const struct od_arch od_arch_loongarch64 = {
	.name = "loongarch64",
	.bits = 64,
	.registers = registers,
	.ip_label = "ERA",
	.ip_register = "era",
	.fault_register = "badv",
	.word_registers = {"estat"},
	.lr_register = "ra",
	.code_unit = 4,
	.bfd_name = "Loongarch64",
	.return_bias = 1,
	.decode_error = decode_error,
	.trap = trap,
	.classify = classify,
};
