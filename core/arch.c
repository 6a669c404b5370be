// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/arch.h"

const struct od_arch *const od_arches[] = {
	&od_arch_x86_64,
	&od_arch_i386,
	&od_arch_arm64,
	&od_arch_arm,
	&od_arch_riscv64,
	&od_arch_riscv32,
	&od_arch_ppc64,
	&od_arch_ppc64le,
	&od_arch_ppc32,
	&od_arch_s390x,
	&od_arch_mips64,
	&od_arch_mips,
	&od_arch_loongarch64,
	&od_arch_sparc64,
	&od_arch_parisc,
	&od_arch_m68k,
	&od_arch_xtensa,
	&od_arch_arc,
	&od_arch_openrisc,
	&od_arch_csky,
	&od_arch_sh,
	&od_arch_alpha,
	&od_arch_nios2,
	&od_arch_microblaze,
	NULL,
};

const struct od_arch *od_arch_find(struct od_str name)
{
	for (size_t i = 0; od_arches[i]; i++)
		if (od_str_equal(name, od_str_from(od_arches[i]->name)))
			return od_arches[i];
	return NULL;
}

const struct od_arch *od_arch_find_ordered(struct od_str name, bool big_endian)
{
	for (size_t i = 0; od_arches[i]; i++)
		if (od_arches[i]->big_endian == big_endian && od_str_equal(name, od_str_from(od_arches[i]->name)))
			return od_arches[i];
	return od_arch_find(name);
}
