// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * RISC-V, 64 and 32 bits.
 *
 * Sources: RISC-V Privileged Architecture, "Supervisor Cause Register (scause)"; Linux
 * arch/riscv/include/asm/csr.h, arch/riscv/kernel/process.c (__show_regs), arch/riscv/mm/fault.c and
 * Documentation/arch/riscv/vm-layout.rst, 6.12.
 */
#include "core/arch_words.h"

static const char *const registers[] = {
	"epc", "ra", "sp", "gp", "tp", "t0", "t1", "t2", "s0", "s1", "a0", "a1", "a2", "a3", "a4", "a5", "a6", "a7",
	"s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10", "s11", "t3", "t4", "t5", "t6", "ssp",
	"status", "badaddr", "cause", NULL,
};

enum {
	CAUSE_INSTRUCTION_ALIGNMENT = 0, CAUSE_LOAD_ALIGNMENT = 4, CAUSE_STORE_ALIGNMENT = 6,
	CAUSE_INSTRUCTION_ACCESS = 1, CAUSE_LOAD_ACCESS = 5, CAUSE_STORE_ACCESS = 7,
	CAUSE_INSTRUCTION_PAGE = 12, CAUSE_LOAD_PAGE = 13, CAUSE_STORE_PAGE = 15,
};

static const struct od_arch_word causes[] = {
	{CAUSE_INSTRUCTION_ALIGNMENT, "instruction address misaligned"},
	{CAUSE_INSTRUCTION_ACCESS, "instruction access fault: physical memory forbids it"},
	{2, "illegal instruction"},
	{3, "breakpoint, as BUG() makes one"},
	{CAUSE_LOAD_ALIGNMENT, "load address misaligned"},
	{CAUSE_LOAD_ACCESS, "load access fault: physical memory forbids it"},
	{CAUSE_STORE_ALIGNMENT, "store or atomic address misaligned"},
	{CAUSE_STORE_ACCESS, "store or atomic access fault: physical memory forbids it"},
	{8, "environment call from user mode"},
	{9, "environment call from supervisor mode"},
	{10, "environment call from virtual supervisor mode"},
	{11, "environment call from machine mode"},
	{CAUSE_INSTRUCTION_PAGE, "instruction page fault"},
	{CAUSE_LOAD_PAGE, "load page fault"},
	{CAUSE_STORE_PAGE, "store or atomic page fault"},
	{16, "double trap: a trap while a trap was handled"},
	{18, "software check: control-flow integrity"},
	{19, "hardware error"},
	{20, "instruction page fault of a guest"},
	{21, "load page fault of a guest"},
	{22, "virtual instruction"},
	{23, "store or atomic page fault of a guest"},
};

static const struct od_arch_word interrupts[] = {
	{1, "a software interrupt (IPI)"},
	{2, "a software interrupt of a guest"},
	{5, "the timer"},
	{6, "the timer of a guest"},
	{9, "an external interrupt"},
	{10, "an external interrupt of a guest"},
	{12, "an external interrupt for a guest"},
	{13, "a counter overflow"},
};

static const struct {
	uint64_t cause;
	enum od_access access;
} accesses[] = {
	{CAUSE_INSTRUCTION_ACCESS, OD_ACCESS_EXECUTE},
	{CAUSE_INSTRUCTION_PAGE, OD_ACCESS_EXECUTE},
	{CAUSE_LOAD_ACCESS, OD_ACCESS_READ},
	{CAUSE_LOAD_PAGE, OD_ACCESS_READ},
	{CAUSE_STORE_ACCESS, OD_ACCESS_WRITE},
	{CAUSE_STORE_PAGE, OD_ACCESS_WRITE},
};

/*
 * status: sstatus.SPP says from which mode the trap came; of a kernel in machine mode, without an MMU, mstatus.MPP does (RISC-V Privileged
 * Architecture, 3.1.6.1; in sstatus those bits are zero).
 */
static enum od_mode mode_before(const struct od_event *event)
{
	const uint64_t supervisor = 1 << 8, machine = 3 << 11;
	struct od_num status = od_event_register(event, "status");
	if (!status.known)
		return OD_MODE_UNKNOWN;
	return (status.value & supervisor) || (status.value & machine) == machine ? OD_MODE_KERNEL : OD_MODE_USER;
}

/* The die line has no number: the word is the "cause" of the register dump. */
static void decode_error(struct od_event *event)
{
	struct od_num cause = od_event_register(event, "cause");
	if (!cause.known)
		return;
	unsigned interrupt = cause.value >> (event->arch->bits - 1) & 1;
	uint64_t code = cause.value & ((UINT64_C(1) << (event->arch->bits - 1)) - 1);

	od_arch_name(event, "riscv scause");
	od_arch_add_field(event, 0, (unsigned)code, "code", interrupt ? OD_ARCH_WORD(interrupts, code) : OD_ARCH_WORD(causes, code));
	od_arch_add_field(event, event->arch->bits - 1, interrupt, "interrupt",
			  interrupt ? "the trap is an interrupt" : "the trap is an exception");
	for (size_t i = 0; !interrupt && i < sizeof(accesses) / sizeof(accesses[0]); i++)
		if (accesses[i].cause == code)
			od_arch_access(event, accesses[i].access, mode_before(event));
}

/* stval is the address of misaligned accesses, access faults and page faults (Privileged Architecture, "stval"). */
static enum od_trap trap(const struct od_event *event)
{
	const uint64_t memory = 1 << CAUSE_INSTRUCTION_ACCESS | 1 << CAUSE_LOAD_ACCESS | 1 << CAUSE_STORE_ACCESS |
				1 << CAUSE_INSTRUCTION_PAGE | 1 << CAUSE_LOAD_PAGE | 1 << CAUSE_STORE_PAGE;
	const uint64_t alignment = 1 << CAUSE_INSTRUCTION_ALIGNMENT | 1 << CAUSE_LOAD_ALIGNMENT | 1 << CAUSE_STORE_ALIGNMENT;
	const struct od_num cause = od_event_register(event, "cause");

	if (!cause.known)
		return OD_TRAP_UNKNOWN;
	if (mode_before(event) == OD_MODE_USER)
		return OD_TRAP_USER;
	if (cause.value >= 64)
		return OD_TRAP_OTHER;
	if (memory >> cause.value & 1)
		return OD_TRAP_MEMORY;
	return alignment >> cause.value & 1 ? OD_TRAP_ALIGNMENT : OD_TRAP_OTHER;
}

static enum od_region classify64(uint64_t address)
{
	if (address < 0x1000)
		return OD_REGION_NULL_PAGE;
	if (address < UINT64_C(0x0100000000000000))
		return OD_REGION_USER;
	if (address < UINT64_C(0xff00000000000000))
		return OD_REGION_NON_CANONICAL;
	return address < UINT64_C(0xffffffff00000000) ? OD_REGION_OTHER_KERNEL : OD_REGION_IMAGE_OR_MODULES;
}

static enum od_region classify32(uint64_t address)
{
	if (address > UINT32_MAX)
		return OD_REGION_UNKNOWN;
	if (address < 0x1000)
		return OD_REGION_NULL_PAGE;
	return address < 0x9c800000 ? OD_REGION_USER : OD_REGION_OTHER_KERNEL;
}

const struct od_arch od_arch_riscv64 = {
	.name = "riscv64",
	.bits = 64,
	.registers = registers,
	.ip_label = "epc",
	.ip_register = "epc",
	.fault_register = "badaddr",
	.word_registers = {"cause"},
	.lr_register = "ra",
	.code_unit = 2,
	.bfd_name = "riscv:rv64",
	.return_bias = 1,
	.decode_error = decode_error,
	.trap = trap,
	.classify = classify64,
};

const struct od_arch od_arch_riscv32 = {
	.name = "riscv32",
	.bits = 32,
	.registers = registers,
	.ip_label = "epc",
	.ip_register = "epc",
	.fault_register = "badaddr",
	.word_registers = {"cause"},
	.lr_register = "ra",
	.code_unit = 2,
	.bfd_name = "riscv:rv32",
	.return_bias = 1,
	.decode_error = decode_error,
	.trap = trap,
	.classify = classify32,
};
