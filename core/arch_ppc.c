// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * PowerPC: 64 bits in both byte orders (one name of the contract, two records), and 32 bits.
 *
 * Sources: Power ISA 3.1 book III, "Data Storage Interrupt" and DSISR; Linux arch/powerpc/include/asm/reg.h (DSISR_*,
 * SRR1_*; all checked in 6.12), arch/powerpc/include/asm/interrupt.h, arch/powerpc/kernel/process.c (__show_regs) and
 * arch/powerpc/mm/fault.c, 6.12; Documentation/arch/powerpc.
 */
#include "core/arch_words.h"

static const char *const registers[] = {
	"r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15",
	"r16", "r17", "r18", "r19", "r20", "r21", "r22", "r23", "r24", "r25", "r26", "r27", "r28", "r29", "r30", "r31",
	"nip", "lr", "ctr", "msr", "cr", "xer", "cfar", "dar", "dear", "dsisr", "esr", "irqmask", "softe", "trap", NULL,
};

enum {
	TRAP_DSI = 0x300, TRAP_DSEG = 0x380, TRAP_ISI = 0x400, TRAP_ISEG = 0x480, TRAP_ALIGN = 0x600,
	TRAP_PROGRAM = 0x700,
};

static const struct od_arch_word traps[] = {
	{0x100, "system reset"},
	{0x200, "machine check"},
	{TRAP_DSI, "data storage: a load or store hit a bad address"},
	{TRAP_DSEG, "data segment: a load or store outside every segment, as through a wild pointer"},
	{TRAP_ISI, "instruction storage: code was fetched from a bad address"},
	{TRAP_ISEG, "instruction segment: code was fetched outside every segment"},
	{0x500, "external interrupt"},
	{TRAP_ALIGN, "alignment"},
	{TRAP_PROGRAM, "program: a trap instruction as of BUG(), or an illegal one"},
	{0x800, "floating point is not available"},
	{0x900, "decrementer"},
	{0xa00, "doorbell"},
	{0xc00, "system call"},
	{0xd00, "single step"},
	{0xe00, "hypervisor data storage"},
	{0xe40, "hypervisor emulation assistance: an illegal instruction"},
	{0xe60, "hypervisor maintenance"},
	{0xf00, "performance monitor"},
	{0xf20, "AltiVec is not available"},
	{0xf40, "VSX is not available"},
	{0xf60, "a facility is not available"},
	{0xf80, "a hypervisor facility is not available"},
	{0x1100, "instruction TLB miss"},
	{0x1200, "data TLB miss on a load"},
	{0x1300, "instruction TLB error, or an instruction breakpoint"},
	{0x1400, "data TLB error"},
	{0x1500, "denormalised floating point"},
	{0x3000, "system call vectored"},
};

static const struct od_arch_bit dsisr_bits[] = {
	{1, "CI load/store", NULL, "a cache inhibited load or store of the hypervisor that is not possible"},
	{2, "AMO", NULL, "an atomic memory operation with a wrong function code"},
	{3, "copy/paste", NULL, "a copy or paste on memory of the wrong kind"},
	{14, "icswx", NULL, "the type of coprocessor is not available"},
	{17, "process table", NULL, "bad process table entry"},
	{18, "R/C", NULL, "the reference and change bits could not be set"},
	{19, "MMU", NULL, "a configuration of the MMU that is not supported"},
	{20, "external control", NULL, "an external control instruction that failed"},
	{21, "key", NULL, "a storage key, or a missing segment, forbade the access"},
	{22, "DABR", NULL, "a data breakpoint matched"},
	{25, "store", "the access was a load", "the access was a store"},
	{26, "bad CI", NULL, "the access is not possible on cache inhibited memory"},
	{27, "protection", NULL, "the page is there, but the access is not allowed"},
	{28, "no execute", NULL, "the page is guarded or not executable"},
	{29, "attributes", NULL, "attributes of process and partition contradict each other"},
	{30, "no translation", NULL, "nothing is mapped there"},
	{31, "direct store", NULL, "a bad direct-store segment"},
};

/* SRR1 of an instruction storage interrupt and of a program interrupt is in the saved MSR. */
static const struct od_arch_bit isi_bits[] = {
	{27, "protection", NULL, "the page is there, but the access is not allowed"},
	{28, "no execute", NULL, "the page is guarded or not executable"},
	{30, "no translation", NULL, "nothing is mapped there"},
};

static const struct od_arch_bit program_bits[] = {
	{16, "SRR0", NULL, "NIP is the instruction behind the one that caused this"},
	{17, "trap", NULL, "a trap instruction, as of BUG() and WARN()"},
	{18, "privileged", NULL, "a privileged instruction"},
	{19, "illegal", NULL, "an illegal instruction"},
	{20, "FP", NULL, "an enabled floating-point exception"},
	{21, "TM", NULL, "a transactional memory instruction in the wrong state (TM Bad Thing)"},
	{29, "prefixed", NULL, "caused by a prefixed instruction"},
};

/* ESR of Book E and 40x, which stands for DSISR: arch/powerpc/include/asm/reg_booke.h */
static const struct od_arch_bit esr_bits[] = {
	{7, "SPV", NULL, "a vector or signal processing instruction"},
	{17, "BO", NULL, "byte ordering"},
	{18, "PUO", NULL, "an instruction that is not implemented"},
	{20, "ILK", NULL, "a locked instruction cache line"},
	{21, "DLK", NULL, "a locked data cache line"},
	{23, "ST", "the access was a load", "the access was a store"},
	{24, "FP", NULL, "a floating-point instruction"},
	{25, "PTR", NULL, "a trap instruction, as of BUG() and WARN()"},
	{26, "PPR", NULL, "a privileged instruction"},
	{27, "PIL", NULL, "an illegal instruction"},
};

enum { ESR_STORE_BIT = 23, MSR_PR_BIT = 14, DSISR_STORE_BIT = 25 };

static enum od_mode mode_of(struct od_num msr)
{
	if (!msr.known)
		return OD_MODE_UNKNOWN;
	return msr.value >> MSR_PR_BIT & 1 ? OD_MODE_USER : OD_MODE_KERNEL;
}

static void decode_storage(struct od_event *event, uint64_t trap)
{
	struct od_num dsisr = od_event_register(event, "dsisr"), msr = od_event_register(event, "msr");
	struct od_num esr = od_event_register(event, "esr");

	if (trap == TRAP_ISI || trap == TRAP_ISEG) {
		if (msr.known)
			OD_ARCH_ADD_BITS(event, msr.value, isi_bits);
		od_arch_access(event, OD_ACCESS_EXECUTE, mode_of(msr));
	} else if (trap == TRAP_DSI || trap == TRAP_ALIGN) {
		if (dsisr.known)
			OD_ARCH_ADD_BITS(event, dsisr.value, dsisr_bits);
		else if (esr.known)
			OD_ARCH_ADD_BITS(event, esr.value, esr_bits);
		bool store = dsisr.known ? dsisr.value >> DSISR_STORE_BIT & 1 : esr.value >> ESR_STORE_BIT & 1;
		od_arch_access(event, !dsisr.known && !esr.known ? OD_ACCESS_UNKNOWN : store ? OD_ACCESS_WRITE : OD_ACCESS_READ,
			       mode_of(msr));
	} else if (trap == TRAP_PROGRAM && msr.known) {
		OD_ARCH_ADD_BITS(event, msr.value, program_bits);
	}
}

/* One of the words by itself. */
static void decode_word(struct od_event *event)
{
	static const struct {
		const char *reg, *name;
		const struct od_arch_bit *bits;
		size_t count;
	} words[] = {
		{"dsisr", "powerpc DSISR", dsisr_bits, sizeof(dsisr_bits) / sizeof(dsisr_bits[0])},
		{"srr1", "powerpc SRR1 of an instruction storage interrupt", isi_bits, sizeof(isi_bits) / sizeof(isi_bits[0])},
		{"srr1", "powerpc SRR1", program_bits, sizeof(program_bits) / sizeof(program_bits[0])},
		{"esr", "powerpc ESR", esr_bits, sizeof(esr_bits) / sizeof(esr_bits[0])},
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		struct od_num word = od_event_register(event, words[i].reg);
		if (!word.known)
			continue;
		od_arch_name(event, words[i].name);
		od_arch_add_bits(event, word.value, words[i].bits, words[i].count);
	}
}

/* The number of the die line is a signal; what happened is in TRAP, DSISR and the saved MSR of the dump. */
static void decode_error(struct od_event *event)
{
	struct od_num trap = od_event_register(event, "trap");

	od_arch_decode_signal(event);
	if (!trap.known) {
		decode_word(event);
		return;
	}
	od_arch_name(event, event->fault.error_code.value.known ? "powerpc signal, TRAP and DSISR" : "powerpc TRAP");
	/* the low four bits are flags of the kernel's own (arch/powerpc/include/asm/ptrace.h) */
	uint64_t vector = trap.value & ~UINT64_C(0xf);
	od_arch_add_field(event, 0, (unsigned)vector, "TRAP", OD_ARCH_WORD(traps, vector));
	decode_storage(event, vector);
}

/* The vectors of arch/powerpc/include/asm/interrupt.h, 6.12; TLB misses of 603, 40x and 8xx end in the same handler. */
static enum od_trap trap_of(const struct od_event *event)
{
	const struct od_num trap = od_event_register(event, "trap");

	if (!trap.known)
		return OD_TRAP_UNKNOWN;
	if (mode_of(od_event_register(event, "msr")) == OD_MODE_USER)
		return OD_TRAP_USER;
	switch (trap.value & ~UINT64_C(0xf)) {
	case TRAP_DSI:
	case TRAP_DSEG:
	case TRAP_ISI:
	case TRAP_ISEG:
	case 0x1100:
	case 0x1200:
	case 0x1300:
	case 0x1400:
		return OD_TRAP_MEMORY;
	case TRAP_ALIGN:
		return OD_TRAP_ALIGNMENT;
	default:
		return OD_TRAP_OTHER;
	}
}

/* By the top four bits: arch/powerpc/include/asm/book3s/64 (radix and hash), Documentation/arch/powerpc. */
static enum od_region classify64(uint64_t address)
{
	if (address < 0x1000)
		return OD_REGION_NULL_PAGE;
	switch (address >> 60) {
	case 0x0:
		return address >> 52 ? OD_REGION_NON_CANONICAL : OD_REGION_USER;
	case 0xc:
		return address >> 48 == 0xc000 ? OD_REGION_DIRECT_MAP :
		       address >> 48 == 0xc008 ? OD_REGION_VMALLOC :
		       address >> 48 == 0xc00c ? OD_REGION_VMEMMAP : OD_REGION_OTHER_KERNEL;
	case 0xd:
		return OD_REGION_VMALLOC;
	case 0xf:
		return OD_REGION_VMEMMAP;
	default:
		return OD_REGION_NON_CANONICAL;
	}
}

static enum od_region classify32(uint64_t address)
{
	if (address > UINT32_MAX)
		return OD_REGION_UNKNOWN;
	if (address < 0x1000)
		return OD_REGION_NULL_PAGE;
	return address < 0xb0000000 ? OD_REGION_USER : OD_REGION_OTHER_KERNEL;
}

#define PPC(identifier, word, width, big, bfd, map) \
	const struct od_arch identifier = { \
		.name = word, \
		.bits = width, \
		.big_endian = big, \
		.registers = registers, \
		.ip_label = "NIP", \
		.ip_register = "nip", \
		.fault_register = "dar", \
		.other_fault_register = "dear", \
		.word_registers = {"trap", "dsisr"}, \
		.lr_register = "lr", \
		.code_unit = 4, \
		.bfd_name = bfd, \
		.return_bias = 1, \
		.decode_error = decode_error, \
		.trap = trap_of, \
		.classify = map, \
	}

PPC(od_arch_ppc64, "ppc64", 64, true, "powerpc:common64", classify64);
PPC(od_arch_ppc64le, "ppc64", 64, false, "powerpc:common64", classify64);
PPC(od_arch_ppc32, "ppc32", 32, true, "powerpc:common", classify32);
