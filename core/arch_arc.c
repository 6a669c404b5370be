// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Synopsys ARC.
 *
 * Source: Linux arch/arc/kernel/troubleshoot.c (show_regs), 6.12.
 */
#include "core/arch_words.h"

static const char *const registers[] = {
	"r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9", "r10", "r11", "r12", "r13", "r14",
	"r15", "r16", "r17", "r18", "r19", "r20", "r21", "r22", "r23", "r24", "r25", "ecr", "efa",
	"eret", "stat", "stat32", "bta", "sp", "fp", "blk", "lps", "lpe", "lpc",
	NULL,
};

/* No map: the two halves are told apart by the machine's configuration; only page 0 is sure. */
static enum od_region classify(uint64_t address)
{
	return address < 0x1000 ? OD_REGION_NULL_PAGE : OD_REGION_UNKNOWN;
}

const struct od_arch od_arch_arc = {
	.name = "arc",
	.bits = 32,
	.big_endian = false,
	.registers = registers,
	.ip_label = "ERET",
	.ip_register = "eret",
	.fault_register = "efa",
	.lr_register = "blk",
	.code_unit = 2,
	.bfd_name = "ARCv2",
	.return_bias = 1,
	.classify = classify,
};
