// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * RISC-V: what moves addresses; Capstone 4.0.2 has no decoder for it. Sources: The RISC-V Instruction Set Manual,
 * volume I (20191213), chapters 2, 5, 8, 16; RISC-V ELF psABI 1.0: register convention, DWARF numbers, relocations.
 */
#include <elf.h>

#include "symbolize/insn.h"
#include "symbolize/insn_bits.h"

enum { SP = 2, RESULT = 10 };

static const char *const names[OD_REGISTER_COUNT] = {
	"zero", "ra", "sp", "gp", "tp", "t0", "t1", "t2", "s0", "s1", "a0", "a1", "a2", "a3", "a4", "a5",
	"a6", "a7", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10", "s11", "t3", "t4", "t5", "t6",
};
static const uint8_t arguments[] = {10, 11, 12, 13, 14, 15, 16, 17};

static const struct od_register_set registers = {
	.names = names,
	.stack_pointer = SP,
	.result = RESULT,
	.zero = 0,
	.preserved = 0x0ffc031d, /* zero, sp, gp, tp, s0-s11 */
	.arguments = arguments,
	.argument_count = 8,
};

static void jump(struct od_insn *to, unsigned link, unsigned reg)
{
	to->kind = link ? OD_INSN_CALL : reg == 1 ? OD_INSN_RETURN : OD_INSN_JUMP;
	to->indirect = (uint8_t)reg;
}

static void go(struct od_insn *to, enum od_insn_kind kind, int64_t distance)
{
	to->kind = (uint8_t)kind;
	to->has_target = true;
	to->target = to->address + (uint64_t)distance;
}

static void decode_load_store(uint32_t w, struct od_insn *to)
{
	static const uint8_t widths[] = {1, 2, 4, 8, 1, 2, 4, 8};
	const uint8_t width = widths[w >> 12 & 7];

	if ((w & 0x7f) == 0x03)
		od_insn_set_load(to, w >> 7 & 31, w >> 15 & 31, od_insn_field(w, 20, 12), width);
	else
		od_insn_set_store(to, w >> 20 & 31, w >> 15 & 31,
				  (int64_t)((uint64_t)od_insn_field(w, 25, 7) << 5) | (w >> 7 & 31), width);
}

static int64_t branch_distance(uint32_t w)
{
	return od_insn_sign((w >> 31 & 1) << 12 | (w >> 7 & 1) << 11 | (w >> 25 & 63) << 5 | (w >> 8 & 15) << 1, 13);
}

static int64_t jal_distance(uint32_t w)
{
	return od_insn_sign((w >> 31 & 1) << 20 | (w >> 12 & 255) << 12 | (w >> 20 & 1) << 11 | (w >> 21 & 1023) << 1, 21);
}

/* Floating point and vectors do not move addresses. */
static void decode_wide(uint32_t w, struct od_insn *to)
{
	const uint8_t rd = w >> 7 & 31;
	const bool plain = (w >> 12 & 7) == 0;

	switch (w & 0x7f) {
	case 0x03: case 0x23:
		decode_load_store(w, to);
		break;
	case 0x13: /* addi */
		to->writes = 1ull << rd;
		if (plain)
			od_insn_set_add(to, rd, w >> 15 & 31, od_insn_field(w, 20, 12));
		break;
	case 0x17: /* auipc */
		od_insn_set_constant(to, rd, (int64_t)(to->address + (uint64_t)(int64_t)(int32_t)(w & 0xfffff000)));
		to->immediate_is_address = true;
		break;
	case 0x37: /* lui */
		od_insn_set_constant(to, rd, (int32_t)(w & 0xfffff000));
		break;
	case 0x2f: /* atomics */
		od_insn_set_access(to, w >> 15 & 31, 0, (w >> 12 & 7) == 3 ? 8 : 4, true, true);
		to->writes = 1ull << rd;
		break;
	case 0x33:
		to->writes = 1ull << rd;
		if (plain && !(w >> 25)) /* add */
			od_insn_set_sum(to, rd, w >> 15 & 31, w >> 20 & 31, 1);
		break;
	case 0x63:
		go(to, OD_INSN_BRANCH, branch_distance(w));
		break;
	case 0x67:
		jump(to, rd, w >> 15 & 31);
		break;
	case 0x6f:
		go(to, rd ? OD_INSN_CALL : OD_INSN_JUMP, jal_distance(w));
		break;
	case 0x07: case 0x27: case 0x43: case 0x47: case 0x4b: case 0x4f: case 0x57:
		break;
	default:
		to->writes = 1ull << rd;
		break;
	}
}

/* Quadrant 0: loads and stores of the eight common registers. */
static void decode_short0(unsigned w, struct od_insn *to)
{
	const uint8_t rd = 8 + (w >> 2 & 7), base = 8 + (w >> 7 & 7);
	const unsigned by4 = (w >> 10 & 7) << 3 | (w >> 6 & 1) << 2 | (w >> 5 & 1) << 6;
	const unsigned by8 = (w >> 10 & 7) << 3 | (w >> 5 & 3) << 6;

	switch (w >> 13) {
	case 0: /* c.addi4spn */
		od_insn_set_add(to, rd, SP, (w >> 11 & 3) << 4 | (w >> 7 & 15) << 6 | (w >> 6 & 1) << 2 | (w >> 5 & 1) << 3);
		break;
	case 2:
		od_insn_set_load(to, rd, base, by4, 4);
		break;
	case 3:
		od_insn_set_load(to, rd, base, by8, 8);
		break;
	case 6:
		od_insn_set_store(to, rd, base, by4, 4);
		break;
	case 7:
		od_insn_set_store(to, rd, base, by8, 8);
		break;
	default:
		break;
	}
}

static int64_t short_jump(unsigned w)
{
	return od_insn_sign((w >> 12 & 1) << 11 | (w >> 11 & 1) << 4 | (w >> 9 & 3) << 8 | (w >> 8 & 1) << 10 |
			    (w >> 7 & 1) << 6 | (w >> 6 & 1) << 7 | (w >> 3 & 7) << 1 | (w >> 2 & 1) << 5, 12);
}

static int64_t short_branch(unsigned w)
{
	return od_insn_sign((w >> 12 & 1) << 8 | (w >> 10 & 3) << 3 | (w >> 5 & 3) << 6 | (w >> 3 & 3) << 1 |
			    (w >> 2 & 1) << 5, 9);
}

static void decode_short1(unsigned w, struct od_insn *to)
{
	const uint8_t rd = w >> 7 & 31;
	const int64_t immediate = od_insn_sign((w >> 12 & 1) << 5 | (w >> 2 & 31), 6);

	switch (w >> 13) {
	case 0:
		od_insn_set_add(to, rd, rd, immediate);
		break;
	case 2:
		od_insn_set_constant(to, rd, immediate);
		break;
	case 3:
		if (rd == SP)
			od_insn_set_add(to, SP, SP, od_insn_sign((w >> 12 & 1) << 9 | (w >> 6 & 1) << 4 | (w >> 5 & 1) << 6 |
								 (w >> 3 & 3) << 7 | (w >> 2 & 1) << 5, 10));
		else
			od_insn_set_constant(to, rd, immediate * 4096);
		break;
	case 4:
		to->writes = 1ull << (8 + (w >> 7 & 7));
		break;
	case 5:
		go(to, OD_INSN_JUMP, short_jump(w));
		break;
	case 6: case 7:
		go(to, OD_INSN_BRANCH, short_branch(w));
		break;
	default: /* c.addiw */
		to->writes = 1ull << rd;
		break;
	}
}

static void decode_short2(unsigned w, struct od_insn *to)
{
	const uint8_t rd = w >> 7 & 31, rs = w >> 2 & 31;

	switch (w >> 13) {
	case 2:
		od_insn_set_load(to, rd, SP, (w >> 12 & 1) << 5 | (w >> 4 & 7) << 2 | (w >> 2 & 3) << 6, 4);
		break;
	case 3:
		od_insn_set_load(to, rd, SP, (w >> 12 & 1) << 5 | (w >> 5 & 3) << 3 | (w >> 2 & 7) << 6, 8);
		break;
	case 4:
		if (!rs)
			jump(to, w >> 12 & 1, rd);
		else if (w >> 12 & 1)
			od_insn_set_sum(to, rd, rd, rs, 1);
		else
			od_insn_set_move(to, rd, rs);
		if (w == 0x9002) /* c.ebreak */
			to->kind = OD_INSN_RETURN;
		break;
	case 6:
		od_insn_set_store(to, rs, SP, (w >> 9 & 15) << 2 | (w >> 7 & 3) << 6, 4);
		break;
	case 7:
		od_insn_set_store(to, rs, SP, (w >> 10 & 7) << 3 | (w >> 7 & 7) << 6, 8);
		break;
	default:
		to->writes = 1ull << rd;
		break;
	}
}

static unsigned decode(const unsigned char *bytes, size_t size, struct od_insn *to)
{
	void (*const quadrants[])(unsigned, struct od_insn *) = {decode_short0, decode_short1, decode_short2};

	if (size < 2)
		return 0;
	unsigned low = bytes[0] | (unsigned)bytes[1] << 8;
	if ((low & 3) != 3) {
		quadrants[low & 3](low, to);
		return 2;
	}
	if (size < 4)
		return 0;
	decode_wide(low | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24, to);
	return 4;
}

/* Addresses are made in two steps. */
static void fix(struct od_insn *insn, const struct od_insn_fixup *fixup)
{
	switch (fixup->type) {
	case R_RISCV_BRANCH: case R_RISCV_JAL: case R_RISCV_RVC_BRANCH: case R_RISCV_RVC_JUMP:
		insn->has_target = fixup->known;
		insn->target = fixup->target;
		break;
	case R_RISCV_CALL: case R_RISCV_CALL_PLT: case R_RISCV_PCREL_HI20: case R_RISCV_HI20:
		od_insn_fix_address(insn, fixup);
		break;
	case R_RISCV_PCREL_LO12_I: case R_RISCV_PCREL_LO12_S: case R_RISCV_LO12_I: case R_RISCV_LO12_S:
		od_insn_fix_rest(insn);
		break;
	default:
		break;
	}
}

static const struct od_arch *const arches[] = {&od_arch_riscv64, NULL};

const struct od_insn_set od_insn_riscv64 = {
	.arches = arches,
	.registers = &registers,
	.decode = decode,
	.fix = fix,
};
