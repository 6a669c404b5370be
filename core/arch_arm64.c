// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * arm64.
 *
 * Sources: Arm Architecture Reference Manual DDI 0487, D17.2.37 "ESR_EL1" (EC, IL, ISS encodings);
 * Linux arch/arm64/include/asm/esr.h, arch/arm64/kernel/traps.c (esr_class_str), arch/arm64/mm/fault.c
 * (fault_info), arch/arm64/include/asm/brk-imm.h, arch/arm64/include/asm/memory.h, 6.12.
 */
#include "core/arch_words.h"

static const char *const registers[] = {
	"x0", "x1", "x2", "x3", "x4", "x5", "x6", "x7", "x8", "x9", "x10", "x11", "x12", "x13", "x14", "x15",
	"x16", "x17", "x18", "x19", "x20", "x21", "x22", "x23", "x24", "x25", "x26", "x27", "x28", "x29", "x30",
	"sp", "pc", "pstate", "pmr_save", "pmr", NULL,
};

enum { EC_IABT_LOW = 0x20, EC_IABT_CUR = 0x21, EC_DABT_LOW = 0x24, EC_DABT_CUR = 0x25, EC_BRK = 0x3c, FSC_EXTERNAL = 0x10 };

static const struct od_arch_word classes[] = {
	{0x00, "unknown reason, as for an undefined instruction"},
	{0x01, "a trapped WFI or WFE instruction"},
	{0x03, "a trapped MCR or MRC access (CP15)"},
	{0x04, "a trapped MCRR or MRRC access (CP15)"},
	{0x05, "a trapped MCR or MRC access (CP14)"},
	{0x06, "a trapped LDC or STC access (CP14)"},
	{0x07, "an access to SIMD or floating point that is not enabled"},
	{0x08, "a trapped VMRS access"},
	{0x09, "a trapped pointer authentication instruction"},
	{0x0a, "a trapped LD64B or ST64B instruction"},
	{0x0c, "a trapped MRRC access (CP14)"},
	{0x0d, "a branch target exception (BTI)"},
	{0x0e, "an illegal execution state (PSTATE.IL)"},
	{0x11, "an SVC instruction in AArch32 state"},
	{0x12, "an HVC instruction in AArch32 state"},
	{0x13, "an SMC instruction in AArch32 state"},
	{0x14, "a trapped 128-bit MSRR, MRRS or system instruction"},
	{0x15, "an SVC instruction in AArch64 state"},
	{0x16, "an HVC instruction in AArch64 state"},
	{0x17, "an SMC instruction in AArch64 state"},
	{0x18, "a trapped MSR, MRS or system instruction"},
	{0x19, "an access to SVE that is not enabled"},
	{0x1a, "a trapped ERET instruction"},
	{0x1c, "a pointer authentication failure"},
	{0x1d, "an access to SME that is not enabled"},
	{0x1e, "a granule protection check exception"},
	{0x1f, "an exception that the implementation defines"},
	{EC_IABT_LOW, "an instruction abort from a lower exception level"},
	{EC_IABT_CUR, "an instruction abort taken without a change in exception level"},
	{0x22, "a misaligned program counter"},
	{EC_DABT_LOW, "a data abort from a lower exception level"},
	{EC_DABT_CUR, "a data abort taken without a change in exception level"},
	{0x26, "a misaligned stack pointer"},
	{0x27, "a memory copy or memory set instruction in a wrong state"},
	{0x28, "a floating-point exception in AArch32 state"},
	{0x2c, "a floating-point exception in AArch64 state"},
	{0x2d, "a guarded control stack exception"},
	{0x2f, "an SError interrupt"},
	{0x30, "a breakpoint from a lower exception level"},
	{0x31, "a breakpoint taken without a change in exception level"},
	{0x32, "a software step from a lower exception level"},
	{0x33, "a software step taken without a change in exception level"},
	{0x34, "a watchpoint from a lower exception level"},
	{0x35, "a watchpoint taken without a change in exception level"},
	{0x38, "a BKPT instruction in AArch32 state"},
	{0x3a, "a vector catch in AArch32 state"},
	{EC_BRK, "a BRK instruction in AArch64 state"},
	{0x3d, "a performance monitor exception"},
};

static const struct od_arch_word faults[] = {
	{0x00, "address size fault in the translation base register or at level 0"},
	{0x01, "address size fault at level 1"},
	{0x02, "address size fault at level 2"},
	{0x03, "address size fault at level 3"},
	{0x04, "translation fault at level 0: nothing is mapped there"},
	{0x05, "translation fault at level 1: nothing is mapped there"},
	{0x06, "translation fault at level 2: nothing is mapped there"},
	{0x07, "translation fault at level 3: nothing is mapped there"},
	{0x08, "access flag fault at level 0"},
	{0x09, "access flag fault at level 1"},
	{0x0a, "access flag fault at level 2"},
	{0x0b, "access flag fault at level 3"},
	{0x0c, "permission fault at level 0: mapped, but the access is not allowed"},
	{0x0d, "permission fault at level 1: mapped, but the access is not allowed"},
	{0x0e, "permission fault at level 2: mapped, but the access is not allowed"},
	{0x0f, "permission fault at level 3: mapped, but the access is not allowed"},
	{0x10, "synchronous external abort"},
	{0x11, "synchronous tag check fault (MTE)"},
	{0x13, "synchronous external abort on a translation table walk at level -1"},
	{0x14, "synchronous external abort on a translation table walk at level 0"},
	{0x15, "synchronous external abort on a translation table walk at level 1"},
	{0x16, "synchronous external abort on a translation table walk at level 2"},
	{0x17, "synchronous external abort on a translation table walk at level 3"},
	{0x18, "synchronous parity or ECC error"},
	{0x1b, "synchronous parity or ECC error on a translation table walk at level -1"},
	{0x1c, "synchronous parity or ECC error on a translation table walk at level 0"},
	{0x1d, "synchronous parity or ECC error on a translation table walk at level 1"},
	{0x1e, "synchronous parity or ECC error on a translation table walk at level 2"},
	{0x1f, "synchronous parity or ECC error on a translation table walk at level 3"},
	{0x21, "alignment fault"},
	{0x29, "address size fault at level -1"},
	{0x2b, "translation fault at level -1: nothing is mapped there"},
	{0x30, "TLB conflict abort"},
	{0x31, "unsupported atomic hardware update"},
	{0x34, "implementation defined fault (lockdown)"},
	{0x35, "implementation defined fault (unsupported exclusive or atomic access)"},
	{0x3d, "section domain fault"},
	{0x3e, "page domain fault"},
};

static const struct od_arch_bit data_bits[] = {
	{6, "WnR", "the access was a read", "the access was a write, or cache maintenance when CM is set"},
	{7, "S1PTW", "not on a stage 2 walk for a stage 1 table", "on a stage 2 walk for a stage 1 table"},
	{8, "CM", "no cache maintenance instruction", "a cache maintenance instruction"},
	{9, "EA", "external abort type 0", "external abort type 1"},
	{10, "FnV", "FAR holds the address", "FAR does not hold a valid address"},
};

/* Where ISV is set. */
static const struct od_arch_bit valid_bits[] = {
	{14, "AR", "no acquire or release semantics", "acquire or release semantics"},
	{15, "SF", "the register has 32 bits", "the register has 64 bits"},
	{21, "SSE", "the value is not sign-extended", "the value is sign-extended"},
};

/* ISS2, in the upper half, which kernels print since 5.19. */
static const struct od_arch_bit second_bits[] = {
	{37, "DirtyBit", NULL, "the dirty state of the page forbade the write"},
	{38, "Overlay", NULL, "a permission overlay forbade the access"},
	{40, "GCS", NULL, "an access to a guarded control stack"},
	{41, "TagAccess", NULL, "an access to memory tags that is not allowed"},
	{42, "TnD", NULL, "a tag check of data"},
};

static const struct od_arch_word severities[] = {
	{0, "recoverable"}, {2, "uncontainable: the error may have spread"}, {3, "restartable"},
};

static const struct od_arch_bit instruction_bits[] = {
	{7, "S1PTW", "not on a stage 2 walk for a stage 1 table", "on a stage 2 walk for a stage 1 table"},
	{9, "EA", "external abort type 0", "external abort type 1"},
	{10, "FnV", "FAR holds the address", "FAR does not hold a valid address"},
};

static const struct od_arch_bit class_bits[] = {
	{25, "IL", "the instruction has 16 bits", "the instruction has 32 bits"},
};

static const struct od_arch_word sizes[] = {{0, "1 byte"}, {1, "2 bytes"}, {2, "4 bytes"}, {3, "8 bytes"}};

static const struct od_arch_word breaks[] = {
	{0x004, "kprobes"},
	{0x005, "uprobes"},
	{0x006, "kprobes, single step"},
	{0x007, "kretprobes"},
	{0x100, "a fault for probing"},
	{0x400, "kgdb, dynamic"},
	{0x401, "kgdb, compiled in"},
	{0x800, "BUG() or WARN()"},
};

static const char *break_meaning(unsigned immediate)
{
	if ((immediate & 0xff00) == 0x5500)
		return "UBSAN trap; the low byte is the check";
	if ((immediate & 0xffc0) == 0x900)
		return "KASAN, software tags; bit 4 is set for a write, the low 4 bits are the size's logarithm";
	if ((immediate & 0xfc00) == 0x8000)
		return "control-flow integrity; the low 5 bits are the target register, the next 5 the type's";
	const char *meaning = OD_ARCH_WORD(breaks, immediate);
	return meaning ? meaning : "an immediate that Linux does not use";
}

/* The syndrome of a load or store, which the CPU gives for some instructions only (ISV). */
static void decode_instruction(struct od_event *event, uint64_t code)
{
	unsigned valid = code >> 24 & 1;
	if (valid) {
		unsigned srt = code >> 16 & 0x1f;
		od_arch_add_field(event, 16, srt, "SRT", "the register that was loaded or stored");
		od_arch_add_words(event, code, 22, 2, "SAS", sizes, sizeof(sizes) / sizeof(sizes[0]));
		OD_ARCH_ADD_BITS(event, code, valid_bits);
	}
	od_arch_add_field(event, 24, valid, "ISV", valid ? "SAS and SRT describe the access" :
							    "the syndrome does not describe the instruction");
}

static void decode_data_abort(struct od_event *event, uint64_t code, enum od_mode mode)
{
	bool maintenance = code >> 8 & 1, write = code >> 6 & 1;
	od_arch_name(event, "arm64 data abort (ESR_EL1)");
	od_arch_add_words(event, code, 0, 6, "DFSC", faults, sizeof(faults) / sizeof(faults[0]));
	OD_ARCH_ADD_BITS(event, code, data_bits);
	if ((code & 0x3f) == FSC_EXTERNAL)
		od_arch_add_words(event, code, 11, 2, "SET", severities, sizeof(severities) / sizeof(severities[0]));
	decode_instruction(event, code);
	OD_ARCH_ADD_BITS(event, code, second_bits);
	od_arch_access(event, write && !maintenance ? OD_ACCESS_WRITE : OD_ACCESS_READ, mode);
}

static void decode_class(struct od_event *event, uint64_t code)
{
	unsigned class = code >> 26 & 0x3f;
	switch (class) {
	case EC_IABT_LOW:
	case EC_IABT_CUR:
		od_arch_name(event, "arm64 instruction abort (ESR_EL1)");
		od_arch_add_words(event, code, 0, 6, "IFSC", faults, sizeof(faults) / sizeof(faults[0]));
		OD_ARCH_ADD_BITS(event, code, instruction_bits);
		od_arch_access(event, OD_ACCESS_EXECUTE, class == EC_IABT_LOW ? OD_MODE_USER : OD_MODE_KERNEL);
		break;
	case EC_DABT_LOW:
	case EC_DABT_CUR:
		decode_data_abort(event, code, class == EC_DABT_LOW ? OD_MODE_USER : OD_MODE_KERNEL);
		break;
	case EC_BRK:
		od_arch_name(event, "arm64 BRK instruction (ESR_EL1)");
		od_arch_add_field(event, 0, code & 0xffff, "immediate", break_meaning(code & 0xffff));
		break;
	default:
		od_arch_name(event, "arm64 exception (ESR_EL1)");
		if (!od_arch_decode_arm64_syndrome(event, code))
			od_arch_add_field(event, 0, code & 0x1ffffff, "ISS", "the syndrome of this class");
	}
}

static void decode_error(struct od_event *event)
{
	const struct od_num code = event->fault.error_code.value;
	/* die() prints 0 where no exception was taken: the CPU never gives EC and IL 0 for an abort */
	if (!code.known || !code.value)
		return;
	decode_class(event, code.value);
	OD_ARCH_ADD_BITS(event, code.value, class_bits);
	od_arch_add_words(event, code.value, 26, 6, "EC", classes, sizeof(classes) / sizeof(classes[0]));
}

/* By the two top bits alone: what lies where in the kernel's half depends on VA_BITS and the release. */
static enum od_region classify(uint64_t address)
{
	if (address < 0x1000)
		return OD_REGION_NULL_PAGE;
	if (address < UINT64_C(0x0010000000000000))
		return OD_REGION_USER;
	if (address < UINT64_C(0xfff0000000000000))
		return OD_REGION_NON_CANONICAL;
	return OD_REGION_OTHER_KERNEL;
}

const struct od_arch od_arch_arm64 = {
	.name = "arm64",
	.bits = 64,
	.registers = registers,
	.ip_label = "pc",
	.ip_register = "pc",
	.lr_register = "x30",
	.code_unit = 4,
	.code_means_oops = true, /* arch/arm64/kernel/traps.c: __die(), dump_kernel_instr() */
	.bfd_name = "aarch64",
	.return_bias = 1,
	.decode_error = decode_error,
	.classify = classify,
};
