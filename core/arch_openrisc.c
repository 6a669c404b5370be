// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * OpenRISC 1000. Returning skips the call and its delay slot.
 *
 * Source: Linux arch/openrisc/kernel/traps.c (show_registers), 6.12.
 */
#include "core/arch_words.h"

static const char *const registers[] = {
	"r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9", "r10", "r11", "r12", "r13", "r14",
	"r15", "r16", "r17", "r18", "r19", "r20", "r21", "r22", "r23", "r24", "r25", "r26", "r27",
	"r28", "r29", "r30", "r31", "pc", "sr", "sp",
	NULL,
};

/* No map: the two halves are told apart by the machine's configuration; only page 0 is sure. */
static enum od_region classify(uint64_t address)
{
	return address < 0x1000 ? OD_REGION_NULL_PAGE : OD_REGION_UNKNOWN;
}

const struct od_arch od_arch_openrisc = {
	.name = "openrisc",
	.bits = 32,
	.big_endian = true,
	.registers = registers,
	.ip_label = "PC",
	.ip_register = "pc",
	.code_unit = 4,
	.bfd_name = "or1k",
	.return_bias = 8,
	.classify = classify,
};
