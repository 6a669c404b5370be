// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * DEC Alpha.
 *
 * Source: Linux arch/alpha/kernel/traps.c (dik_show_regs), 6.12.
 */
#include "core/arch_words.h"

static const char *const registers[] = {
	"v0", "t0", "t1", "t2", "t3", "t4", "t5", "t6", "t7", "t8", "t9", "t10", "t11", "s0", "s1",
	"s2", "s3", "s4", "s5", "s6", "a0", "a1", "a2", "a3", "a4", "a5", "ra", "ps", "gp", "sp", "pc",
	"pv", "at",
	NULL,
};

/* No map: the two halves are told apart by the machine's configuration; only page 0 is sure. */
static enum od_region classify(uint64_t address)
{
	return address < 0x1000 ? OD_REGION_NULL_PAGE : OD_REGION_UNKNOWN;
}

const struct od_arch od_arch_alpha = {
	.name = "alpha",
	.bits = 64,
	.big_endian = false,
	.registers = registers,
	.ip_label = "pc",
	.ip_register = "pc",
	.lr_register = "ra",
	.code_unit = 4,
	.bfd_name = "alpha",
	.return_bias = 1,
	.classify = classify,
};
