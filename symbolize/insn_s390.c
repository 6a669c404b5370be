// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * s390x: what moves addresses. Sources: z/Architecture Principles of Operation (SA22-7832-13), chapters 5 and 7; ELF
 * Application Binary Interface s390x Supplement 1.6 (registers, DWARF numbers, relocations).
 */
#include <elf.h>

#include "symbolize/insn.h"
#include "symbolize/insn_bits.h"

static const char *const names[OD_REGISTER_COUNT] = {
	"r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15",
};
static const uint8_t arguments[] = {2, 3, 4, 5, 6};

static const struct od_register_set registers = {
	.names = names,
	.stack_pointer = 15,
	.result = 2,
	.zero = OD_REGISTER_NONE,
	.preserved = 0xffc0, /* r6-r15 */
	.page_only = true,
	.cfa = 160,
	.arguments = arguments,
	.argument_count = 5,
};

enum what { LOAD, STORE, OTHER, READ, ADDRESS };

/* Instructions with a memory operand, by opcode (first byte, and for E3 and EB the last one). */
static const struct {
	uint8_t first, last, width, what;
} rows[] = {
	{0x58, 0, 4, LOAD}, {0x48, 0, 2, LOAD}, {0x50, 0, 4, STORE}, {0x40, 0, 2, STORE}, {0x42, 0, 1, STORE},
	{0x41, 0, 0, ADDRESS}, {0x55, 0, 4, READ}, {0x59, 0, 4, READ}, {0x49, 0, 2, READ},
	{0xe3, 0x04, 8, LOAD}, {0xe3, 0x02, 8, LOAD}, {0xe3, 0x12, 4, LOAD}, {0xe3, 0x14, 4, LOAD}, {0xe3, 0x15, 2, LOAD},
	{0xe3, 0x16, 4, LOAD}, {0xe3, 0x17, 4, LOAD}, {0xe3, 0x58, 4, LOAD}, {0xe3, 0x76, 1, LOAD}, {0xe3, 0x77, 1, LOAD},
	{0xe3, 0x78, 2, LOAD}, {0xe3, 0x90, 1, LOAD}, {0xe3, 0x91, 2, LOAD}, {0xe3, 0x94, 1, LOAD}, {0xe3, 0x95, 2, LOAD},
	{0xe3, 0x24, 8, STORE}, {0xe3, 0x50, 4, STORE}, {0xe3, 0x70, 2, STORE}, {0xe3, 0x72, 1, STORE},
	{0xe3, 0x71, 0, ADDRESS}, {0xe3, 0x20, 8, READ}, {0xe3, 0x21, 8, READ}, {0xe3, 0x30, 4, READ}, {0xe3, 0x31, 4, READ},
	{0xe3, 0x55, 4, READ}, {0xe3, 0x59, 4, READ}, {0xe3, 0x08, 8, OTHER}, {0xe3, 0x09, 8, OTHER}, {0xe3, 0x18, 4, OTHER},
};

static uint8_t or_none(unsigned reg)
{
	return reg ? (uint8_t)reg : OD_REGISTER_NONE;
}

static void set_memory(const unsigned char *b, int64_t displacement, unsigned index, uint8_t width, struct od_insn *to)
{
	od_insn_set_access(to, or_none(b[2] >> 4), displacement, width, true, true);
	to->memory[0].index = or_none(index);
	to->memory[0].scale = 1;
}

static int64_t long_displacement(const unsigned char *b)
{
	return od_insn_sign((uint64_t)b[4] << 12 | (uint64_t)(b[2] & 15) << 8 | b[3], 20);
}

static int64_t short_displacement(const unsigned char *b)
{
	return (b[2] & 15) << 8 | b[3];
}

/* A register, an index and a base: RX and RXY formats. */
static void decode_indexed(const unsigned char *b, struct od_insn *to)
{
	const bool is_long = b[0] == 0xe3;
	const uint8_t reg = b[1] >> 4;

	set_memory(b, is_long ? long_displacement(b) : short_displacement(b), b[1] & 15, 0, to);
	to->writes = 1ull << reg;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (rows[i].first != b[0] || (is_long && rows[i].last != b[5]))
			continue;
		to->memory[0].width = rows[i].width;
		if (rows[i].what == LOAD || rows[i].what == ADDRESS) {
			to->kind = rows[i].what == LOAD ? OD_INSN_LOAD : OD_INSN_ADDRESS;
			to->to = reg;
		} else if (rows[i].what == STORE) {
			to->kind = OD_INSN_STORE;
			to->from = reg;
		}
		to->memory[0].write = rows[i].what == STORE;
		to->memory[0].read = rows[i].what != STORE && rows[i].what != ADDRESS;
		to->writes = rows[i].what == READ ? 0 : to->writes;
	}
}

/* RSY and SIY: several registers, or a constant, and memory. */
static void decode_eb(const unsigned char *b, struct od_insn *to)
{
	const unsigned r1 = b[1] >> 4, r3 = b[1] & 15;

	set_memory(b, long_displacement(b), 0, b[5] == 0x7a ? 8 : b[5] == 0x6a ? 4 : b[5] == 0x52 ? 1 : 0, to);
	switch (b[5]) {
	case 0x04: /* lmg */
		for (unsigned reg = r1;; reg = (reg + 1) & 15) {
			to->writes |= 1ull << reg;
			if (reg == r3)
				break;
		}
		break;
	case 0x7a: case 0x6a: case 0x52: case 0x24: case 0x55: case 0x51: case 0x54: case 0x56: case 0x57:
		break; /* agsi, asi, mviy, stmg, cliy, tmy, niy, oiy, xiy */
	case 0x0a: case 0x0b: case 0x0c: case 0x0d: case 0x1c: case 0x1d:
		to->memory_count = 0; /* shifts */
		to->writes = 1ull << r1;
		break;
	default:
		to->writes = 1ull << r1 | 1ull << r3;
		break;
	}
}

static void go(struct od_insn *to, unsigned mask, int64_t halfwords)
{
	to->kind = mask == 15 ? OD_INSN_JUMP : mask ? OD_INSN_BRANCH : OD_INSN_OTHER;
	to->has_target = mask;
	to->target = to->address + (uint64_t)(halfwords * 2);
}

static void decode_a7(const unsigned char *b, struct od_insn *to)
{
	const uint8_t reg = b[1] >> 4;
	const int64_t value = od_insn_sign((uint64_t)b[2] << 8 | b[3], 16);

	switch (b[1] & 15) {
	case 0x4:
		go(to, reg, value);
		break;
	case 0x8: case 0x9:
		od_insn_set_constant(to, reg, value);
		break;
	case 0xb:
		od_insn_set_add(to, reg, reg, value);
		break;
	case 0x6: case 0x7:
		go(to, 1, value);
		to->writes = 1ull << reg;
		break;
	case 0x0: case 0x1: case 0x2: case 0x3: case 0xe: case 0xf:
		break; /* tests and comparisons */
	default:
		to->writes = 1ull << reg;
		break;
	}
}

static void decode_c0(const unsigned char *b, struct od_insn *to)
{
	const uint8_t reg = b[1] >> 4;
	const int64_t value = (int32_t)((uint32_t)b[2] << 24 | (uint32_t)b[3] << 16 | (uint32_t)b[4] << 8 | b[5]);

	switch (b[1] & 15) {
	case 0x0:
		od_insn_set_constant(to, reg, (int64_t)(to->address + (uint64_t)(value * 2)));
		to->immediate_is_address = true;
		break;
	case 0x1:
		od_insn_set_constant(to, reg, value);
		break;
	case 0x4:
		go(to, reg, value);
		break;
	case 0x5:
		go(to, 15, value);
		to->kind = OD_INSN_CALL;
		break;
	default:
		to->writes = 1ull << reg;
		break;
	}
}

static void decode_short(const unsigned char *b, struct od_insn *to)
{
	const uint8_t r1 = b[1] >> 4, r2 = b[1] & 15;

	if (b[0] == 0x07) {
		to->kind = r1 != 15 || !r2 ? OD_INSN_OTHER : r2 == 14 ? OD_INSN_RETURN : OD_INSN_JUMP;
		to->indirect = r2;
	} else if (b[0] == 0x0d) {
		to->kind = OD_INSN_CALL;
		to->indirect = r2;
	} else if (b[0] != 0x19 && b[0] != 0x15 && b[0] != 0x00) {
		to->writes = 1ull << r1;
	}
}

static void decode_four(const unsigned char *b, struct od_insn *to)
{
	const uint8_t r1 = b[3] >> 4;

	if (b[0] == 0xa7) {
		decode_a7(b, to);
	} else if (b[0] == 0xb9 && b[1] == 0x04) {
		od_insn_set_move(to, r1, b[3] & 15);
	} else if (b[0] == 0xb9) {
		to->writes = 1ull << r1;
		if (b[1] == 0x08) /* agr */
			od_insn_set_sum(to, r1, r1, b[3] & 15, 1);
		else if (b[1] == 0xe8) /* agrk: the third register stands in front */
			od_insn_set_sum(to, r1, b[3] & 15, b[2] >> 4, 1);
	} else if (b[0] >= 0x91 && b[0] <= 0x97) {
		set_memory(b, short_displacement(b), 0, 1, to);
	} else if (b[0] < 0x80) {
		decode_indexed(b, to);
	} else if (b[0] == 0xba) { /* cs */
		set_memory(b, short_displacement(b), 0, 4, to);
		to->writes = 1ull << (b[1] >> 4);
	} else {
		to->writes = 0xffff;
	}
}

static void decode_six(const unsigned char *b, struct od_insn *to)
{
	const int64_t target = od_insn_sign((uint64_t)b[2] << 8 | b[3], 16);

	switch (b[0]) {
	case 0xe3:
		decode_indexed(b, to);
		break;
	case 0xeb:
		decode_eb(b, to);
		break;
	case 0xe5:
		set_memory(b, short_displacement(b), 0, (b[1] & 15) == 8 ? 8 : (b[1] & 15) == 4 ? 2 : 4, to);
		break;
	case 0xc0:
		decode_c0(b, to);
		break;
	case 0xec:
		if (b[5] == 0xd9) /* aghik */
			od_insn_set_add(to, b[1] >> 4, b[1] & 15, target);
		else if (b[5] >= 0x64 && b[5] <= 0x7f)
			go(to, 1, target);
		else
			to->writes = 1ull << (b[1] >> 4);
		break;
	case 0xd2: /* mvc: from its second operand */
		set_memory(b, short_displacement(b), 0, 0, to);
		break;
	case 0xc2: case 0xc4: case 0xc6:
		to->writes = 1ull << (b[1] >> 4);
		break;
	default:
		to->writes = 0xffff;
		break;
	}
}

static unsigned decode(const unsigned char *bytes, size_t size, struct od_insn *to)
{
	const unsigned length = size < 2 ? 0 : bytes[0] < 0x40 ? 2 : bytes[0] < 0xc0 ? 4 : 6;

	if (!length || size < length)
		return 0;
	if (length == 2)
		decode_short(bytes, to);
	else if (length == 4)
		decode_four(bytes, to);
	else
		decode_six(bytes, to);
	return length;
}

static void fix(struct od_insn *insn, const struct od_insn_fixup *fixup)
{
	if (fixup->type != R_390_PLT32DBL && fixup->type != R_390_PC32DBL && fixup->type != R_390_PLT16DBL &&
	    fixup->type != R_390_PC16DBL)
		return;
	const uint64_t target = fixup->target - fixup->offset; /* the addend counts from the field, the target does not */
	if (insn->kind == OD_INSN_MOVE) {
		insn->immediate = (int64_t)(target + 0);
		insn->immediate_is_address = fixup->known;
		return;
	}
	insn->has_target = fixup->known;
	insn->target = target;
	insn->target_name = fixup->name;
	if (insn->kind == OD_INSN_JUMP && !fixup->known &&
	    od_str_starts(fixup->name, OD_STR("__s390_indirect_jump_r14")))
		insn->kind = OD_INSN_RETURN;
}

static const struct od_arch *const arches[] = {&od_arch_s390x, NULL};

const struct od_insn_set od_insn_s390x = {.arches = arches, .registers = &registers, .decode = decode, .fix = fix};
