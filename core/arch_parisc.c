// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * PA-RISC. Returning skips the call and its delay slot.
 *
 * Source: Linux arch/parisc/kernel/traps.c (show_regs, parisc_terminate), 6.12.
 */
#include "core/arch_words.h"

static const char *const registers[] = {
	"r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9", "r10", "r11", "r12", "r13", "r14",
	"r15", "r16", "r17", "r18", "r19", "r20", "r21", "r22", "r23", "r24", "r25", "r26", "r27",
	"r28", "r29", "r30", "r31", "sr0", "sr1", "sr2", "sr3", "sr4", "sr5", "sr6", "sr7", "psw",
	"iaoq", "iasq", "iir", "isr", "ior", "cr30", "cr31", "orig_r28",
	NULL,
};

/* No map: the two halves are told apart by the machine's configuration; only page 0 is sure. */
static enum od_region classify(uint64_t address)
{
	return address < 0x1000 ? OD_REGION_NULL_PAGE : OD_REGION_UNKNOWN;
}

const struct od_arch od_arch_parisc = {
	.name = "parisc",
	.bits = 64,
	.big_endian = true,
	.registers = registers,
	.ip_label = "IAOQ[0]",
	.ip_register = "iaoq",
	.fault_register = "ior",
	.lr_register = "r2",
	.code_unit = 4,
	.bfd_name = "hppa",
	.return_bias = 8,
	.classify = classify,
};
