// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * arm, 32-bit.
 *
 * Sources: Arm Architecture Reference Manual DDI 0406, B3.13 "DFSR", "IFSR"; Linux arch/arm/mm/fault.h,
 * arch/arm/mm/fault.c, fsr-2level.c and fsr-3level.c, arch/arm/kernel/process.c (__show_regs), 6.12.
 */
#include "core/arch_words.h"

static const char *const registers[] = {
	"r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9", "r10", "fp", "ip", "sp", "lr", "pc", "psr",
	"xpsr", "control", "table", "dac", NULL,
};

enum { FSR_WRITE = 1u << 11, FSR_LPAE = 1u << 9, FSR_PREFETCH = 1u << 31 };

/* The short-descriptor format: bits 3:0, with bit 10 as their bit 4. */
static const struct od_arch_word short_faults[] = {
	{1, "alignment fault"},
	{2, "debug event"},
	{3, "access flag fault on a section"},
	{4, "fault on instruction cache maintenance"},
	{5, "translation fault on a section: nothing is mapped there"},
	{6, "access flag fault on a page"},
	{7, "translation fault on a page: nothing is mapped there"},
	{8, "synchronous external abort, not on a translation"},
	{9, "domain fault on a section"},
	{10, "synchronous external abort, not on a translation"},
	{11, "domain fault on a page"},
	{12, "external abort on a translation at level 1"},
	{13, "permission fault on a section: mapped, but the access is not allowed"},
	{14, "external abort on a translation at level 2"},
	{15, "permission fault on a page: mapped, but the access is not allowed"},
	{16, "TLB conflict abort"},
	{20, "implementation defined fault (lockdown)"},
	{22, "asynchronous external abort"},
	{24, "asynchronous parity error"},
	{25, "synchronous parity error"},
	{26, "implementation defined fault (coprocessor)"},
	{28, "synchronous parity error on a translation at level 1"},
	{30, "synchronous parity error on a translation at level 2"},
};

/* The long-descriptor format (LPAE): bits 5:0. */
static const struct od_arch_word long_faults[] = {
	{0, "address size fault in the translation base register"},
	{1, "address size fault at level 1"},
	{2, "address size fault at level 2"},
	{3, "address size fault at level 3"},
	{5, "translation fault at level 1: nothing is mapped there"},
	{6, "translation fault at level 2: nothing is mapped there"},
	{7, "translation fault at level 3: nothing is mapped there"},
	{9, "access flag fault at level 1"},
	{10, "access flag fault at level 2"},
	{11, "access flag fault at level 3"},
	{13, "permission fault at level 1: mapped, but the access is not allowed"},
	{14, "permission fault at level 2: mapped, but the access is not allowed"},
	{15, "permission fault at level 3: mapped, but the access is not allowed"},
	{16, "synchronous external abort"},
	{17, "asynchronous external abort"},
	{21, "synchronous external abort on a translation table walk at level 1"},
	{22, "synchronous external abort on a translation table walk at level 2"},
	{23, "synchronous external abort on a translation table walk at level 3"},
	{24, "synchronous parity error"},
	{25, "asynchronous parity error"},
	{29, "synchronous parity error on a translation table walk at level 1"},
	{30, "synchronous parity error on a translation table walk at level 2"},
	{31, "synchronous parity error on a translation table walk at level 3"},
	{33, "alignment fault"},
	{34, "debug event"},
	{48, "TLB conflict abort"},
	{52, "implementation defined fault (lockdown)"},
	{53, "implementation defined fault (unsupported exclusive access)"},
	{58, "implementation defined fault (coprocessor)"},
	{61, "domain fault of a section, by a 32-bit table"},
	{62, "domain fault of a page, by a 32-bit table"},
};

static const struct od_arch_bit bits[] = {
	{9, "LPAE", "short-descriptor translation tables", "long-descriptor translation tables (LPAE)"},
	{11, "WnR", "the access was not a write", "the access was a write"},
	{12, "ExT", NULL, "external abort qualifier"},
	{13, "CM", NULL, "a cache maintenance instruction"},
	{31, "LNX_PF", NULL, "set by Linux: a prefetch abort, the CPU fetched an instruction"},
};

static void decode_fault(struct od_event *event, uint64_t code)
{
	/* do_PrefetchAbort() sets the bit for the handlers only, and prints what the CPU said. */
	const bool fetch = code & FSR_PREFETCH || event->fault.access == OD_ACCESS_EXECUTE;

	od_arch_name(event, fetch ? "arm prefetch abort (IFSR)" : "arm data abort (DFSR)");
	if (code & FSR_LPAE) {
		od_arch_add_words(event, code, 0, 6, "FS", long_faults, sizeof(long_faults) / sizeof(long_faults[0]));
	} else {
		unsigned status = (unsigned)((code & 0xf) | (code >> 6 & 0x10));
		od_arch_add_field(event, 0, status, "FS", OD_ARCH_WORD(short_faults, status));
		if (!fetch)
			od_arch_add_field(event, 4, code >> 4 & 0xf, "domain", "the domain of the address");
	}
	OD_ARCH_ADD_BITS(event, code, bits);
	od_arch_access(event, fetch ? OD_ACCESS_EXECUTE : code & FSR_WRITE ? OD_ACCESS_WRITE : OD_ACCESS_READ,
		       OD_MODE_KERNEL);
}

/* Die lines that are about no abort ("Oops - BUG: 0") print 0, or the number of a vector. */
static void decode_error(struct od_event *event)
{
	const struct od_num code = event->fault.error_code.value;
	if (code.known && !od_str_starts(event->die_text, OD_STR("Oops - ")))
		decode_fault(event, code.value);
}

/* The mode bits of the PSR: with CONFIG_DEBUG_USER the registers of a program that faulted are shown as the kernel's own are. */
static enum od_trap trap(const struct od_event *event)
{
	enum { MODE = 0x1f, USER = 0x10 };
	const struct od_num psr = od_event_register(event, "psr");

	return psr.known && (psr.value & MODE) == USER ? OD_TRAP_USER : OD_TRAP_UNKNOWN;
}

/* The usual split at 3 GiB: arch/arm/include/asm/memory.h, Documentation/arch/arm/memory.rst. */
static const struct {
	uint32_t last;
	enum od_region region;
} map[] = {
	{0x00000fff, OD_REGION_NULL_PAGE},
	{0xbeffffff, OD_REGION_USER},
	{0xbfffffff, OD_REGION_MODULES},
	{0xffbfffff, OD_REGION_OTHER_KERNEL}, /* low memory, then vmalloc: the border depends on the machine */
	{0xfffeffff, OD_REGION_FIXMAP},
	{0xffffffff, OD_REGION_OTHER_KERNEL},
};

static enum od_region classify(uint64_t address)
{
	size_t i = 0;
	if (address > UINT32_MAX)
		return OD_REGION_UNKNOWN;
	while (address > map[i].last)
		i++;
	return map[i].region;
}

const struct od_arch od_arch_arm = {
	.name = "arm",
	.bits = 32,
	.registers = registers,
	.ip_label = "PC",
	.ip_register = "pc",
	.lr_register = "lr",
	.code_unit = 4,
	.bfd_name = "arm",
	.return_bias = 1,
	.decode_error = decode_error,
	.trap = trap,
	.classify = classify,
};
