// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * arm64: what Capstone 4.0.2 does not decode. Source: Arm ARM (DDI 0487), section C4.1.94 (loads and stores: atomic memory
 * operations, compare and swap, LDAPR/STLR unscaled) and C4.1.93 (branches with pointer authentication).
 */
#include "symbolize/insn_arm64.h"
#include "symbolize/insn_bits.h"

enum { SP = 31 };

static uint8_t base_of(uint32_t word)
{
	return word >> 5 & 31; /* 31: SP */
}

static void put_written(struct od_insn *to, unsigned reg)
{
	if (reg < SP)
		to->writes |= 1ull << reg;
}

/* LDADD, LDCLR, LDEOR, LDSET, LDSMAX …, SWP: reads, writes, and puts what was there into Rt. LDAPR only reads. */
static void atomic(uint32_t word, struct od_insn *to)
{
	const uint8_t width = (uint8_t)(1u << (word >> 30)), target = word & 31;

	if ((word & 0x3ffffc00) == 0x38bfc000) {
		od_insn_set_load(to, target < SP ? target : OD_REGISTER_NONE, base_of(word), 0, width);
		put_written(to, target);
		return;
	}
	od_insn_set_access(to, base_of(word), 0, width, true, true);
	put_written(to, target);
}

/* CAS: what was there goes into Rs. */
static void compare_and_swap(uint32_t word, struct od_insn *to)
{
	od_insn_set_access(to, base_of(word), 0, (uint8_t)(1u << (word >> 30)), true, true);
	put_written(to, word >> 16 & 31);
}

static void compare_and_swap_pair(uint32_t word, struct od_insn *to)
{
	const unsigned status = word >> 16 & 31;

	od_insn_set_access(to, base_of(word), 0, word >> 30 & 1 ? 16 : 8, true, true);
	put_written(to, status);
	put_written(to, status + 1);
}

static void unscaled_ordered(uint32_t word, struct od_insn *to)
{
	const uint8_t width = (uint8_t)(1u << (word >> 30)), target = word & 31;
	const int64_t displacement = od_insn_field(word, 12, 9);

	if (word >> 22 & 3) {
		od_insn_set_load(to, target < SP ? target : OD_REGISTER_NONE, base_of(word), displacement, width);
		put_written(to, target);
	} else {
		od_insn_set_access(to, base_of(word), displacement, width, false, true);
	}
}

static void authenticated_return(uint32_t word, struct od_insn *to)
{
	(void)word;
	to->kind = OD_INSN_RETURN;
}

static void authenticated_call(uint32_t word, struct od_insn *to)
{
	to->kind = word >> 21 & 1 ? OD_INSN_CALL : OD_INSN_JUMP;
	to->indirect = base_of(word);
}

static const struct {
	uint32_t mask, bits;
	void (*decode)(uint32_t word, struct od_insn *to);
} forms[] = {
	{0x3f200c00, 0x38200000, atomic},
	{0x3fa07c00, 0x08a07c00, compare_and_swap},
	{0xbfa07c00, 0x08207c00, compare_and_swap_pair},
	{0x3f200c00, 0x19000000, unscaled_ordered},
	{0xfffffbff, 0xd65f0bff, authenticated_return},
	{0xfedff800, 0xd61f0800, authenticated_call},
};

unsigned od_insn_arm64_newer(const unsigned char *bytes, size_t size, struct od_insn *to)
{
	if (size < 4)
		return 0;
	const uint32_t word = bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		if ((word & forms[i].mask) != forms[i].bits)
			continue;
		forms[i].decode(word, to);
		return 4;
	}
	return 0;
}
