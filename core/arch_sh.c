// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * SuperH, little-endian as most machines are; the log does not tell. Returning skips the call and its delay slot.
 *
 * Source: Linux arch/sh/kernel/process_32.c (show_regs), 6.12.
 */
#include "core/arch_words.h"

static const char *const registers[] = {
	"r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9", "r10", "r11", "r12", "r13", "r14",
	"pc", "sp", "sr", "tea", "mach", "macl", "gbr", "pr",
	NULL,
};

/* No map: the two halves are told apart by the machine's configuration; only page 0 is sure. */
static enum od_region classify(uint64_t address)
{
	return address < 0x1000 ? OD_REGION_NULL_PAGE : OD_REGION_UNKNOWN;
}

const struct od_arch od_arch_sh = {
	.name = "sh",
	.bits = 32,
	.big_endian = false,
	.registers = registers,
	.ip_label = "PC",
	.ip_register = "pc",
	.fault_register = "tea",
	.lr_register = "pr",
	.code_unit = 2,
	.bfd_name = "sh",
	.return_bias = 4,
	.classify = classify,
};
