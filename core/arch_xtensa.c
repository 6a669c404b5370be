// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Xtensa, little-endian as most machines are; the log does not tell.
 *
 * Source: Linux arch/xtensa/kernel/traps.c (show_regs), 6.12.
 */
#include "core/arch_words.h"

static const char *const registers[] = {
	"a0", "a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8", "a9", "a10", "a11", "a12", "a13", "a14",
	"a15", "pc", "ps", "depc", "excvaddr", "lbeg", "lend", "lcount", "sar",
	NULL,
};

/* No map: the two halves are told apart by the machine's configuration; only page 0 is sure. */
static enum od_region classify(uint64_t address)
{
	return address < 0x1000 ? OD_REGION_NULL_PAGE : OD_REGION_UNKNOWN;
}

const struct od_arch od_arch_xtensa = {
	.name = "xtensa",
	.bits = 32,
	.big_endian = false,
	.registers = registers,
	.ip_label = "pc",
	.ip_register = "pc",
	.fault_register = "excvaddr",
	.code_unit = 1,
	.bfd_name = "xtensa",
	.return_bias = 1,
	.classify = classify,
	.decode_error = od_arch_decode_signal,
};
