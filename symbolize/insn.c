// SPDX-License-Identifier: GPL-3.0-or-later
#include "symbolize/insn.h"

#include "symbolize/capstone.h"

static const struct od_insn_set *const sets[] = {
	&od_insn_x86_64, &od_insn_i386, &od_insn_arm64, &od_insn_arm, &od_insn_riscv64, &od_insn_ppc64le, &od_insn_ppc64,
	&od_insn_s390x, &od_insn_mips64, &od_insn_loongarch64,
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

/* The first instruction of the code, which is taken off it; false: there is none. */
static bool decode_one(const struct od_insn_set *set, struct od_str *code, uint64_t *address, struct od_insn *ret)
{
	*ret = od_insn_empty(*address, 0);
	const unsigned size = code->len ? set->decode((const unsigned char *)code->ptr, code->len, ret) : 0;

	ret->size = (uint8_t)size;
	*address += size;
	*code = od_str_from_index(*code, size);
	return size;
}

static void decode_own(const struct od_insn_set *set, struct od_str code, uint64_t address, size_t limit,
		       struct od_arena *arena, od_insns *ret)
{
	struct od_insn insn;

	while (ret->count < limit && decode_one(set, &code, &address, &insn)) {
		struct od_insn *item = od_list_push(arena, ret);
		if (!item)
			return;
		*item = insn;
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

bool od_insn_find(const struct od_insn_set *set, struct od_str code, uint64_t address, uint64_t at, size_t limit,
		  struct od_arena *arena, struct od_insn *ret)
{
	enum { UNIT = 4 };
	od_insns all = {0};

	if (at < address || at - address >= code.len)
		return false;
	for (size_t i = 0; set->decode && i < limit && decode_one(set, &code, &address, ret); i++)
		if (at - ret->address < ret->size)
			return true;
	if (set->decode)
		return false;
	/* All of arm64's are of one size. */
	code = od_str_from_index(code, (at - address) & ~(uint64_t)(UNIT - 1));
	od_capstone_decode(set, od_str_first(code, UNIT), at - ((at - address) & (UNIT - 1)), 1, arena, &all);
	if (all.count)
		*ret = all.items[0];
	return all.count;
}
