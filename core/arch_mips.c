// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * MIPS, 64 and 32 bits. No line of an oops tells the byte order: little is taken, which is that of
 * most Linux machines of today; the boot line of the kernel's compiler may say otherwise.
 *
 * Sources: MIPS Architecture For Programmers vol. III, "Cause Register"; Linux arch/mips/include/asm/mipsregs.h,
 * arch/mips/kernel/traps.c (__show_regs), arch/mips/include/asm/addrspace.h, 6.12.
 */
#include "core/arch_words.h"

/* The kernel prints $0 to $31; the names are those of the numbers, which hold in every ABI. */
static const char *const registers[] = {
	"r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15",
	"r16", "r17", "r18", "r19", "r20", "r21", "r22", "r23", "r24", "r25", "r26", "r27", "r28", "r29", "r30", "r31",
	"hi", "lo", "acx", "epc", "ra", "status", "cause", "badva", "prid", NULL,
};

enum { EXC_MOD = 1, EXC_TLBL = 2, EXC_TLBS = 3, EXC_ADEL = 4, EXC_ADES = 5, EXC_CPU = 11 };

static const struct od_arch_word exceptions[] = {
	{0, "an interrupt"},
	{EXC_MOD, "TLB modified: a store to a page that is not writable"},
	{EXC_TLBL, "TLB refill or invalid, on a load or instruction fetch"},
	{EXC_TLBS, "TLB refill or invalid, on a store"},
	{EXC_ADEL, "address error, on a load or instruction fetch"},
	{EXC_ADES, "address error, on a store"},
	{6, "bus error on an instruction fetch"},
	{7, "bus error on a load or store"},
	{8, "system call"},
	{9, "breakpoint, as BUG() makes one"},
	{10, "reserved instruction"},
	{EXC_CPU, "coprocessor unusable"},
	{12, "arithmetic overflow"},
	{13, "trap"},
	{14, "MSA floating-point exception"},
	{15, "floating-point exception"},
	{16, "TLB parity error, or an exception of the implementation"},
	{19, "TLB read inhibited"},
	{20, "TLB execution inhibited"},
	{21, "MSA disabled"},
	{22, "MDMX disabled"},
	{23, "watchpoint"},
	{24, "machine check"},
	{25, "thread exception"},
	{26, "DSP disabled"},
	{27, "an exception of a guest"},
	{30, "cache error"},
};

static const struct od_arch_word coprocessors[] = {
	{0, "CP0, of the kernel"}, {1, "CP1, the floating-point unit"}, {2, "CP2, of the implementation"}, {3, "CP3"},
};

static const struct od_arch_bit cause_bits[] = {
	{8, "IP0", NULL, "software interrupt 0 is pending"},
	{9, "IP1", NULL, "software interrupt 1 is pending"},
	{10, "IP2", NULL, "hardware interrupt 0 is pending"},
	{11, "IP3", NULL, "hardware interrupt 1 is pending"},
	{12, "IP4", NULL, "hardware interrupt 2 is pending"},
	{13, "IP5", NULL, "hardware interrupt 3 is pending"},
	{14, "IP6", NULL, "hardware interrupt 4 is pending"},
	{15, "IP7", NULL, "hardware interrupt 5 is pending"},
	{21, "FDCI", NULL, "a fast debug channel interrupt is pending"},
	{22, "WP", NULL, "a watchpoint was hit while exceptions were held back"},
	{23, "IV", NULL, "interrupts use the special vector"},
	{26, "PCI", NULL, "a performance counter interrupt is pending"},
	{27, "DC", NULL, "the Count register stands still"},
	{30, "TI", NULL, "a timer interrupt is pending"},
	{31, "BD", "epc is the instruction", "in a branch delay slot: the instruction is the one behind epc"},
};

/* Status.KSU (arch/mips/include/asm/mipsregs.h) */
static bool is_user(struct od_num status)
{
	return status.known && (status.value >> 3 & 3) == 2;
}

/* The die line has no number: the word is the "Cause" of the register dump. */
static void decode_error(struct od_event *event)
{
	struct od_num cause = od_event_register(event, "cause"), status = od_event_register(event, "status");
	if (!cause.known)
		return;
	unsigned code = cause.value >> 2 & 0x1f;
	od_arch_name(event, "mips Cause");
	od_arch_add_words(event, cause.value, 2, 5, "ExcCode", exceptions, sizeof(exceptions) / sizeof(exceptions[0]));
	if (code == EXC_CPU)
		od_arch_add_words(event, cause.value, 28, 2, "CE", coprocessors, sizeof(coprocessors) / sizeof(coprocessors[0]));
	OD_ARCH_ADD_BITS(event, cause.value, cause_bits);
	enum od_mode mode = !status.known ? OD_MODE_UNKNOWN : is_user(status) ? OD_MODE_USER : OD_MODE_KERNEL;
	if (code == EXC_MOD || code == EXC_TLBS || code == EXC_ADES)
		od_arch_access(event, OD_ACCESS_WRITE, mode);
	else if (code == EXC_TLBL || code == EXC_ADEL)
		od_arch_access(event, OD_ACCESS_READ, mode);
}

/* arch/mips/mm/fault.c may show the registers of a program as well. */
static enum od_trap trap(const struct od_event *event)
{
	return is_user(od_event_register(event, "status")) ? OD_TRAP_USER : OD_TRAP_UNKNOWN;
}

static enum od_region classify32(uint64_t address)
{
	if (address > UINT32_MAX)
		return OD_REGION_UNKNOWN;
	if (address < 0x1000)
		return OD_REGION_NULL_PAGE;
	if (address < 0x80000000)
		return OD_REGION_USER;
	return address < 0xc0000000 ? OD_REGION_DIRECT_MAP : OD_REGION_VMALLOC;
}

static enum od_region classify64(uint64_t address)
{
	if (address >= UINT64_C(0xffffffff80000000))
		return address < UINT64_C(0xffffffffc0000000) ? OD_REGION_IMAGE_OR_MODULES : OD_REGION_MODULES;
	if (address < 0x1000)
		return OD_REGION_NULL_PAGE;
	switch (address >> 62) {
	case 0:
		return OD_REGION_USER;
	case 2:
		return OD_REGION_DIRECT_MAP;
	default:
		return OD_REGION_OTHER_KERNEL;
	}
}

const struct od_arch od_arch_mips64 = {
	.name = "mips64",
	.bits = 64,
	.registers = registers,
	.ip_label = "epc",
	.ip_register = "epc",
	.fault_register = "badva",
	.word_registers = {"cause"},
	.lr_register = "ra",
	.code_unit = 4,
	.bfd_name = "mips:isa64r2",
	.return_bias = 8, /* the call and its delay slot */
	.decode_error = decode_error,
	.trap = trap,
	.classify = classify64,
};

const struct od_arch od_arch_mips = {
	.name = "mips",
	.bits = 32,
	.registers = registers,
	.ip_label = "epc",
	.ip_register = "epc",
	.fault_register = "badva",
	.word_registers = {"cause"},
	.lr_register = "ra",
	.code_unit = 4,
	.bfd_name = "mips:isa32r2",
	.return_bias = 8,
	.decode_error = decode_error,
	.trap = trap,
	.classify = classify32,
};
