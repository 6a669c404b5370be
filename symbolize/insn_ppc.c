// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * PowerPC, 64 bits: what moves addresses. Sources: Power ISA 3.0B, book I, chapters 2 and 3; OpenPOWER ELF V2 ABI 1.5,
 * sections 2.2.2 (registers), 2.4 (DWARF), 3.5 (relocations).
 */
#include <elf.h>

#include "symbolize/insn.h"
#include "symbolize/insn_bits.h"

enum { SP = 1, RESULT = 3, CTR = 32 };

static const char *const names[OD_REGISTER_COUNT] = {
	"r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15", "r16",
	"r17", "r18", "r19", "r20", "r21", "r22", "r23", "r24", "r25", "r26", "r27", "r28", "r29", "r30", "r31", "ctr",
};
static const uint8_t arguments[] = {3, 4, 5, 6, 7, 8, 9, 10};

static const struct od_register_set registers = {
	.names = names,
	.stack_pointer = SP,
	.result = RESULT,
	.zero = OD_REGISTER_NONE,
	.preserved = 0xffffe006, /* r1, r2, r13-r31 */
	.arguments = arguments,
	.argument_count = 8,
};

/* D-form accesses by primary opcode; an odd opcode also updates the base. */
static const struct {
	uint8_t opcode, width;
	bool store;
} direct[] = {
	{32, 4, false}, {34, 1, false}, {36, 4, true}, {38, 1, true}, {40, 2, false}, {42, 2, false}, {44, 2, true},
};

/* X-form accesses of opcode 31 by extended opcode. */
static const struct {
	uint16_t extended;
	uint8_t width;
	bool store, update;
} indexed[] = {
	{21, 8, false, false}, {23, 4, false, false}, {53, 8, false, true}, {55, 4, false, true}, {87, 1, false, false},
	{279, 2, false, false}, {341, 4, false, false}, {343, 2, false, false}, {149, 8, true, false},
	{151, 4, true, false}, {215, 1, true, false}, {407, 2, true, false}, {181, 8, true, true}, {183, 4, true, true},
	{84, 8, false, false}, {20, 4, false, false}, {214, 8, true, false}, {150, 4, true, false},
};

static uint8_t or_none(unsigned reg)
{
	return reg ? (uint8_t)reg : OD_REGISTER_NONE;
}

static void set_direct(uint32_t w, uint8_t width, bool store, bool update, int64_t displacement, struct od_insn *to)
{
	const uint8_t reg = w >> 21 & 31, base = or_none(w >> 16 & 31);

	if (store)
		od_insn_set_store(to, reg, base, displacement, width);
	else
		od_insn_set_load(to, reg, base, displacement, width);
	if (update) {
		to->adjusted = base;
		to->adjustment = displacement;
	}
}

static void decode_indexed(uint32_t w, struct od_insn *to)
{
	for (size_t i = 0; i < sizeof(indexed) / sizeof(indexed[0]); i++) {
		if ((w >> 1 & 0x3ff) != indexed[i].extended)
			continue;
		set_direct(w, indexed[i].width, indexed[i].store, false, 0, to);
		to->memory[0].index = w >> 11 & 31;
		to->memory[0].scale = 1;
		return;
	}
}

static void decode_31(uint32_t w, struct od_insn *to)
{
	const uint8_t d = w >> 21 & 31, a = w >> 16 & 31, b = w >> 11 & 31;

	to->writes = 1ull << d | 1ull << a;
	switch (w >> 1 & 0x3ff) {
	case 444: /* or, as mr */
		if (d == b)
			od_insn_set_move(to, a, d);
		break;
	case 266:
		od_insn_set_sum(to, d, a, b, 1);
		break;
	case 467: /* mtspr */
		to->writes = 0;
		if (a == 9)
			od_insn_set_move(to, CTR, d);
		break;
	case 0: case 32: /* cmp, cmpl */
		to->writes = 0;
		break;
	default:
		decode_indexed(w, to);
		break;
	}
}

static void decode_branch(uint32_t w, struct od_insn *to)
{
	const bool always = (w >> 26) == 18 || ((w >> 21 & 0x14) == 0x14);
	const int64_t distance = (w >> 26) == 18 ? od_insn_sign(w & 0x3fffffc, 26) : od_insn_sign(w & 0xfffc, 16);

	to->kind = w & 1 ? OD_INSN_CALL : always ? OD_INSN_JUMP : OD_INSN_BRANCH;
	to->has_target = true;
	to->target = (w & 2 ? 0 : to->address) + (uint64_t)distance;
}

static void decode_19(uint32_t w, struct od_insn *to)
{
	const bool always = (w >> 21 & 0x14) == 0x14;

	switch (w >> 1 & 0x3ff) {
	case 16:
		to->kind = always ? OD_INSN_RETURN : OD_INSN_OTHER;
		break;
	case 528:
		to->kind = w & 1 ? OD_INSN_CALL : OD_INSN_JUMP;
		to->indirect = CTR;
		break;
	default:
		break;
	}
}

static void decode_double(uint32_t w, bool store, struct od_insn *to)
{
	const bool word = !store && (w & 3) == 2;

	set_direct(w, word ? 4 : 8, store, (w & 3) == 1, od_insn_sign(w & 0xfffc, 16), to);
}

static void decode_word(uint32_t w, struct od_insn *to)
{
	const unsigned opcode = w >> 26;
	const uint8_t d = w >> 21 & 31, a = w >> 16 & 31;

	for (size_t i = 0; i < sizeof(direct) / sizeof(direct[0]); i++)
		if ((opcode & ~1u) == direct[i].opcode) {
			set_direct(w, direct[i].width, direct[i].store, opcode & 1, od_insn_field(w, 0, 16), to);
			return;
		}
	switch (opcode) {
	case 14: case 15: {
		int64_t value = od_insn_field(w, 0, 16) * (opcode == 15 ? 65536 : 1);
		if (a)
			od_insn_set_add(to, d, a, value);
		else
			od_insn_set_constant(to, d, value);
		break;
	}
	case 16: case 18:
		decode_branch(w, to);
		break;
	case 19:
		decode_19(w, to);
		break;
	case 31:
		decode_31(w, to);
		break;
	case 58: case 62:
		decode_double(w, opcode == 62, to);
		break;
	case 2: case 3: case 10: case 11: case 17: case 59: case 63: case 48: case 50: case 52: case 54:
		break; /* traps, comparisons, system calls, floating point */
	default:
		to->writes = 1ull << d | 1ull << a;
		break;
	}
}

static unsigned decode_little(const unsigned char *bytes, size_t size, struct od_insn *to)
{
	if (size < 4)
		return 0;
	decode_word(bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24, to);
	return 4;
}

static unsigned decode_big(const unsigned char *bytes, size_t size, struct od_insn *to)
{
	if (size < 4)
		return 0;
	decode_word(bytes[3] | (uint32_t)bytes[2] << 8 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[0] << 24, to);
	return 4;
}

/* The high half of an address is added first (TOC or absolute); the low half's relocation tells all of it. */
static void fix(struct od_insn *insn, const struct od_insn_fixup *fixup)
{
	switch (fixup->type) {
	case R_PPC64_REL24: case 116 /* R_PPC64_REL24_NOTOC */:
		insn->has_target = fixup->known;
		insn->target = fixup->target;
		insn->target_name = fixup->name;
		insn->preserves = od_str_equal(fixup->name, OD_STR("_mcount"));
		break;
	case R_PPC64_TOC16_LO: case R_PPC64_ADDR16_LO:
		if (!fixup->known)
			break;
		insn->kind = OD_INSN_MOVE;
		insn->immediate = (int64_t)fixup->target;
		insn->immediate_is_address = true;
		break;
	case R_PPC64_TOC16_LO_DS: case R_PPC64_ADDR16_LO_DS:
		if (!fixup->known || !insn->memory_count)
			break;
		insn->memory[0].base = OD_REGISTER_NONE;
		insn->memory[0].absolute = true;
		insn->memory[0].displacement = (int64_t)fixup->target;
		break;
	default:
		break;
	}
}

static const struct od_arch *const little[] = {&od_arch_ppc64le, NULL};
static const struct od_arch *const big[] = {&od_arch_ppc64, NULL};

const struct od_insn_set od_insn_ppc64le = {
	.arches = little, .registers = &registers, .decode = decode_little, .fix = fix};
const struct od_insn_set od_insn_ppc64 = {.arches = big, .registers = &registers, .decode = decode_big, .fix = fix};
