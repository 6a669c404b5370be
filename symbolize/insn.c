// SPDX-License-Identifier: GPL-3.0-or-later
#include "symbolize/insn.h"

#include <capstone/capstone.h>
#include <pthread.h>

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

/* Bytes that are no instruction to the decoder: data, or newer than it. */
static void skip(struct od_arena *arena, od_insns *ret, uint64_t address, unsigned unit)
{
	struct od_insn *insn = od_list_push(arena, ret);

	if (!insn)
		return;
	*insn = od_insn_empty(address, unit);
	insn->writes = UINT64_MAX;
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

static void translate_all(const struct od_insn_set *set, csh handle, cs_insn *from, struct od_str code,
			  uint64_t address, size_t limit, struct od_arena *arena, od_insns *ret)
{
	const uint8_t *at = (const uint8_t *)code.ptr;
	const unsigned unit = set->arches[0]->code_unit ? set->arches[0]->code_unit : 1;
	size_t left = code.len;

	while (left && ret->count < limit) {
		if (!cs_disasm_iter(handle, &at, &left, &address, from)) {
			if (left < unit)
				return;
			skip(arena, ret, address, unit);
			at += unit, left -= unit, address += unit;
			continue;
		}
		struct od_insn *insn = od_list_push(arena, ret);
		if (!insn)
			return;
		*insn = od_insn_empty(from->address, from->size);
		set->translate((const struct cs_insn *)from, insn);
	}
}

/*
 * Capstone 4.0.2 sorts a table of its own when it first decodes for x86 (X86_insn_reg_intel() of X86Mapping.c); a second
 * thread that decodes meanwhile reads registers out of a table half sorted. So one instruction is decoded before any
 * thread may go on. Tables of the other architectures are filled before they can be seen.
 */
static void warm_up(void)
{
	static const uint8_t nop = 0x90;
	cs_insn *insn;
	csh handle;

	if (cs_open(CS_ARCH_X86, CS_MODE_64, &handle) != CS_ERR_OK)
		return;
	cs_option(handle, CS_OPT_DETAIL, CS_OPT_ON);
	size_t count = cs_disasm(handle, &nop, sizeof(nop), 0, 1, &insn);
	if (count)
		cs_free(insn, count);
	cs_close(&handle);
}

void od_insn_decode(const struct od_insn_set *set, struct od_str code, uint64_t address, size_t limit,
		    struct od_arena *arena, od_insns *ret)
{
	csh handle;

	if (set->decode) {
		decode_own(set, code, address, limit, arena, ret);
		return;
	}
	static pthread_once_t once = PTHREAD_ONCE_INIT; /* the state of Capstone's tables, which are the process's */
	if (pthread_once(&once, warm_up) ||
	    cs_open((cs_arch)set->capstone_arch, (cs_mode)set->capstone_mode, &handle) != CS_ERR_OK)
		return;
	cs_option(handle, CS_OPT_DETAIL, CS_OPT_ON);
	cs_insn *insn = cs_malloc(handle);
	if (insn) {
		translate_all(set, handle, insn, code, address, limit, arena, ret);
		cs_free(insn, 1);
	}
	cs_close(&handle);
}
