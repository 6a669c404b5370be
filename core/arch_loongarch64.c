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
	"pc", "era", "crmd", "prmd", "euen", "ecfg", "estat", "badv", "badva", "prid", NULL,
};

enum { ECODE_LOAD = 1, ECODE_STORE = 2, ECODE_FETCH = 3, ECODE_MODIFY = 4, ECODE_NO_READ = 5, ECODE_NO_EXEC = 6 };

static const struct od_arch_word exceptions[] = {
	{0, "an interrupt"},
	{ECODE_LOAD, "page invalid on a load"},
	{ECODE_STORE, "page invalid on a store"},
	{ECODE_FETCH, "page invalid on an instruction fetch"},
	{ECODE_MODIFY, "a store to a page that is not writable"},
	{ECODE_NO_READ, "a load from a page that is not readable"},
	{ECODE_NO_EXEC, "a fetch from a page that is not executable"},
	{7, "a page that this privilege level may not use"},
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
	od_arch_add_field(event, 22, estat.value >> 22 & 0x1ff, "EsubCode", "the subcode of this exception");
	set_access(event, estat.value >> 16 & 0x3f,
		   !prmd.known ? OD_MODE_UNKNOWN : prmd.value & 3 ? OD_MODE_USER : OD_MODE_KERNEL);
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
	.lr_register = "ra",
	.code_unit = 4,
	.bfd_name = "Loongarch64",
	.return_bias = 1,
	.decode_error = decode_error,
	.classify = classify,
};
