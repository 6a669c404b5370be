// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Xilinx MicroBlaze, little-endian as Linux runs on it today. The link register holds the address of the call itself.
 *
 * Source: Linux arch/microblaze/kernel/process.c (show_regs), 6.12.
 */
#include "core/arch_words.h"

static const char *const registers[] = {
	"r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15",
	"r16", "r17", "r18", "r19", "r20", "r21", "r22", "r23", "r24", "r25", "r26", "r27", "r28",
	"r29", "r30", "r31", "rpc", "msr", "ear", "esr", "fsr",
	NULL,
};

/* No map: the two halves are told apart by the machine's configuration; only page 0 is sure. */
static enum od_region classify(uint64_t address)
{
	return address < 0x1000 ? OD_REGION_NULL_PAGE : OD_REGION_UNKNOWN;
}

const struct od_arch od_arch_microblaze = {
	.name = "microblaze",
	.bits = 32,
	.big_endian = false,
	.registers = registers,
	.ip_label = "rPC",
	.ip_register = "rpc",
	.fault_register = "ear",
	.code_unit = 4,
	.bfd_name = "MicroBlaze",
	.return_bias = 0,
	.classify = classify,
	.decode_error = od_arch_decode_signal,
};
