// SPDX-License-Identifier: GPL-3.0-or-later
/* Machine code out of a fuzz target's input, as instructions of the architecture that its first byte chooses. */
#ifndef OD_TESTS_FUZZ_FACTS_H
#define OD_TESTS_FUZZ_FACTS_H

#include "core/model.h"
#include "symbolize/insn.h"
#include "tests/fuzz/bytes.h"

enum { FUZZ_CODE_ADDRESS = 0x1000, FUZZ_INSNS = 4096 };

/* The n-th architecture whose instructions are understood. */
static inline const struct od_arch *fuzz_arch(unsigned n)
{
	const struct od_arch *known[64];
	size_t count = 0;

	for (size_t i = 0; od_arches[i] && count < 64; i++)
		if (od_insn_set_find(od_arches[i]))
			known[count++] = od_arches[i];
	OD_LAW(count);
	return known[n % count];
}

static inline int fuzz_is_register(unsigned reg)
{
	return reg < OD_REGISTER_COUNT || reg == OD_REGISTER_NONE;
}

/* What everyone who reads instructions relies on. */
static inline void fuzz_check_insn(const struct od_insn *insn)
{
	OD_LAW(insn->size && insn->kind <= OD_INSN_RETURN && insn->memory_count <= OD_INSN_MEMORIES);
	OD_LAW(fuzz_is_register(insn->to) && fuzz_is_register(insn->to2) && fuzz_is_register(insn->from));
	OD_LAW(fuzz_is_register(insn->from2) && fuzz_is_register(insn->indirect) && fuzz_is_register(insn->divisor));
	OD_LAW(fuzz_is_register(insn->adjusted));
	OD_LAW(insn->writes == UINT64_MAX || insn->writes >> OD_REGISTER_COUNT == 0);
	for (unsigned i = 0; i < insn->memory_count; i++)
		OD_LAW(fuzz_is_register(insn->memory[i].base) && fuzz_is_register(insn->memory[i].index));
}

static inline void fuzz_decode(const struct od_insn_set *set, struct od_str code, struct od_arena *arena, od_insns *ret)
{
	uint64_t at = FUZZ_CODE_ADDRESS;

	od_insn_decode(set, code, at, FUZZ_INSNS, arena, ret);
	for (size_t i = 0; i < ret->count; i++) {
		fuzz_check_insn(&ret->items[i]);
		OD_LAW(ret->items[i].address == at);
		at += ret->items[i].size;
		OD_LAW(at - FUZZ_CODE_ADDRESS <= code.len);
	}
}

#endif
