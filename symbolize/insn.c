// SPDX-License-Identifier: GPL-3.0-or-later
#include "symbolize/insn.h"

#include "symbolize/capstone.h"

static const struct od_insn_set *const sets[] = {
	&od_insn_x86_64, &od_insn_i386, &od_insn_arm64, &od_insn_arm, &od_insn_riscv64, &od_insn_ppc64le, &od_insn_ppc64,
	&od_insn_s390x, &od_insn_mips64,
};

const struct od_register_set *od_insn_registers(size_t number)
{
	return number < sizeof(sets) / sizeof(sets[0]) ? sets[number]->registers : NULL;
}

const struct od_insn_set *od_insn_set_find(const struct od_arch *arch)
{
	for (size_t i = 0; arch && i < sizeof(sets) / sizeof(sets[0]); i++)
		for (size_t j = 0; sets[i]->arches[j]; j++)
			if (sets[i]->arches[j] == arch)
				return sets[i];
	return NULL;
}

static void decode_own(const struct od_insn_set *set, struct od_str code, uint64_t address, size_t limit,
		       struct od_arena *arena, od_insns *ret)
{
	while (code.len && ret->count < limit) {
		struct od_insn insn = od_insn_empty(address, 0);
		unsigned size = set->decode((const unsigned char *)code.ptr, code.len, &insn);
		if (!size)
			return;
		insn.size = (uint8_t)size;
		struct od_insn *item = od_list_push(arena, ret);
		if (!item)
			return;
		*item = insn;
		address += size;
		code = od_str_from_index(code, size);
	}
}

bool od_insn_needs_library(const struct od_arch *arch)
{
	const struct od_insn_set *set = od_insn_set_find(arch);

	return set && set->translate;
}

bool od_insn_prepare(const struct od_arch *arch)
{
	return !od_insn_needs_library(arch) || od_capstone_load();
}

void od_insn_decode(const struct od_insn_set *set, struct od_str code, uint64_t address, size_t limit,
		    struct od_arena *arena, od_insns *ret)
{
	if (set->decode)
		decode_own(set, code, address, limit, arena, ret);
	else
		od_capstone_decode(set, code, address, limit, arena, ret);
}
