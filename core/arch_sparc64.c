// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * SPARC V9, 64 bits. The addresses in traces are those of the calls themselves.
 *
 * Source: Linux arch/sparc/kernel/process_64.c (show_regs), 6.12.
 */
#include "core/arch_words.h"

static const char *const registers[] = {
	"g0", "g1", "g2", "g3", "g4", "g5", "g6", "g7", "o0", "o1", "o2", "o3", "o4", "o5", "sp",
	"ret_pc", "l0", "l1", "l2", "l3", "l4", "l5", "l6", "l7", "i0", "i1", "i2", "i3", "i4", "i5",
	"i6", "i7", "tstate", "tpc", "tnpc", "y",
	NULL,
};

/* No map: the two halves are told apart by the machine's configuration; only page 0 is sure. */
static enum od_region classify(uint64_t address)
{
	return address < 0x1000 ? OD_REGION_NULL_PAGE : OD_REGION_UNKNOWN;
}

const struct od_arch od_arch_sparc64 = {
	.name = "sparc64",
	.bits = 64,
	.big_endian = true,
	.registers = registers,
	.ip_label = "TPC",
	.ip_register = "tpc",
	.lr_register = "i7",
	.code_unit = 4,
	.bfd_name = "sparc:v9",
	.return_bias = 0,
	.classify = classify,
};
