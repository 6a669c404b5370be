// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Motorola 68000.
 *
 * Source: Linux arch/m68k/kernel/traps.c (show_registers), 6.12.
 */
#include "core/arch_words.h"

static const char *const registers[] = {
	"d0", "d1", "d2", "d3", "d4", "d5", "d6", "d7", "a0", "a1", "a2", "a3", "a4", "a5", "a6", "sp",
	"sr", "pc",
	NULL,
};

/* No map: the two halves are told apart by the machine's configuration; only page 0 is sure. */
static enum od_region classify(uint64_t address)
{
	return address < 0x1000 ? OD_REGION_NULL_PAGE : OD_REGION_UNKNOWN;
}

const struct od_arch od_arch_m68k = {
	.name = "m68k",
	.bits = 32,
	.big_endian = true,
	.registers = registers,
	.ip_label = "PC",
	.ip_register = "pc",
	.code_unit = 2,
	.bfd_name = "m68k",
	.return_bias = 1,
	.classify = classify,
};
