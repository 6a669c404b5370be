// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Altera Nios II.
 *
 * Source: Linux arch/nios2/kernel/process.c (show_regs), 6.12.
 */
#include "core/arch_words.h"

static const char *const registers[] = {
	"r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15",
	"ra", "fp", "sp", "gp", "ea", "estatus",
	NULL,
};

/* No map: the two halves are told apart by the machine's configuration; only page 0 is sure. */
static enum od_region classify(uint64_t address)
{
	return address < 0x1000 ? OD_REGION_NULL_PAGE : OD_REGION_UNKNOWN;
}

const struct od_arch od_arch_nios2 = {
	.name = "nios2",
	.bits = 32,
	.big_endian = false,
	.registers = registers,
	.ip_label = "ea",
	.ip_register = "ea",
	.lr_register = "ra",
	.code_unit = 4,
	.bfd_name = "nios2",
	.return_bias = 1,
	.classify = classify,
	.decode_error = od_arch_decode_signal,
};
