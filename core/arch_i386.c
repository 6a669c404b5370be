// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * i386: the 32-bit x86.
 *
 * Sources: Linux arch/x86/kernel/process_32.c (__show_regs), 6.12; the exceptions and their codes are those of
 * arch_x86_64.c. The map is that of the usual split at 3 GiB (CONFIG_VMSPLIT_3G, arch/x86/include/asm/page_32_types.h).
 */
#include "core/arch.h"
#include "core/model.h"

static const char *const registers[] = {
	"eip", "eflags", "eax", "ebx", "ecx", "edx", "esi", "edi", "ebp", "esp", "ds", "es", "fs", "gs", "ss", "cs",
	"cr0", "cr2", "cr3", "cr4", "dr0", "dr1", "dr2", "dr3", "dr6", "dr7", NULL,
};

/* The words are the same on both: the 64-bit table reads them. */
static void decode_error(struct od_event *event)
{
	od_arch_x86_64.decode_error(event);
}

static bool denies_kernel(uint64_t error_code)
{
	return od_arch_x86_64.denies_kernel(error_code);
}

static enum od_region classify(uint64_t address)
{
	if (address > UINT32_MAX)
		return OD_REGION_UNKNOWN;
	if (address < 0x1000)
		return OD_REGION_NULL_PAGE;
	return address < 0xc0000000 ? OD_REGION_USER : OD_REGION_OTHER_KERNEL;
}

const struct od_arch od_arch_i386 = {
	.name = "i386",
	.bits = 32,
	.registers = registers,
	.ip_label = "EIP",
	.ip_register = "eip",
	.fault_register = "cr2",
	.code_unit = 1,
	.trap_code = OD_STR("\x0f\x0b"), /* ud2: arch/x86/include/asm/bug.h */
	.bfd_name = "i386",
	.return_bias = 1,
	.decode_error = decode_error,
	.denies_kernel = denies_kernel,
	.classify = classify,
};
