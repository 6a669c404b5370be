// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * arm, the A32 instructions: what moves addresses. Sources: Arm ARM for ARMv7-A (DDI 0406), chapter A5; DWARF for the
 * Arm Architecture (AADWARF32); AAPCS32, section 6.1.1; ELF for the Arm Architecture (AAELF32), section 5.6.
 */
#include <elf.h>

#include "symbolize/insn.h"
#include "symbolize/insn_bits.h"

enum { FP = 11, SP = 13, LR = 14, PC = 15 };

static const char *const names[OD_REGISTER_COUNT] = {
	"r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9", "r10", "fp", "ip", "sp", "lr",
};
static const uint8_t arguments[] = {0, 1, 2, 3};

static const struct od_register_set registers = {
	.names = names,
	.stack_pointer = SP,
	.result = 0,
	.zero = OD_REGISTER_NONE,
	.preserved = 0x2ff0, /* r4-r11, sp */
	.arguments = arguments,
	.argument_count = 4,
};

/* An eight-bit constant, rotated right by twice the upper field. */
static uint32_t constant(uint32_t w)
{
	const unsigned turn = (w >> 8 & 15) * 2;

	return (w & 255) >> turn | (turn ? (w & 255) << (32 - turn) : 0);
}

static void decode_data(uint32_t w, struct od_insn *to)
{
	const uint8_t n = w >> 16 & 15, d = w >> 12 & 15, m = w & 15;
	const bool immediate = w >> 25 & 1;
	const unsigned shift = w >> 7 & 31, opcode = w >> 21 & 15;

	if (opcode >= 8 && opcode <= 11) /* comparisons */
		return;
	to->writes = 1ull << d;
	if (d == PC) {
		to->kind = opcode == 13 && !immediate && m == LR ? OD_INSN_RETURN : OD_INSN_JUMP;
		return;
	}
	if (opcode == 13 && immediate)
		od_insn_set_constant(to, d, (int64_t)constant(w));
	else if (opcode == 13 && !(w & 0xff0))
		od_insn_set_move(to, d, m);
	else if ((opcode == 4 || opcode == 2) && immediate && n != PC)
		od_insn_set_add(to, d, n, opcode == 4 ? (int64_t)constant(w) : -(int64_t)constant(w));
	else if (opcode == 4 && !immediate && !(w & 0x70) && shift < 8 && n != PC)
		od_insn_set_sum(to, d, n, m, (uint16_t)(1u << shift));
}

/* Base, offset, before or behind the access. */
static void set_addressing(uint32_t w, int64_t offset, struct od_insn *to)
{
	const bool before = w >> 24 & 1;

	to->memory[0].displacement = before ? offset : 0;
	if (!before || (w >> 21 & 1)) {
		to->adjusted = w >> 16 & 15;
		to->adjustment = offset;
	}
}

static void decode_single(uint32_t w, uint8_t width, bool load, int64_t offset, struct od_insn *to)
{
	const uint8_t n = w >> 16 & 15, d = w >> 12 & 15;

	(load ? od_insn_set_load : od_insn_set_store)(to, d, n, 0, width);
	set_addressing(w, offset, to);
	if (n == PC) {
		to->memory[0].base = OD_REGISTER_NONE;
		to->memory[0].absolute = true;
		to->memory[0].displacement = (int64_t)to->address + 8 + offset;
	}
	if (load && d == PC)
		to->kind = OD_INSN_RETURN;
}

static void decode_word_access(uint32_t w, struct od_insn *to)
{
	const int64_t offset = (w >> 23 & 1) ? (int64_t)(w & 0xfff) : -(int64_t)(w & 0xfff);
	const bool by_register = w >> 25 & 1;

	decode_single(w, w >> 22 & 1 ? 1 : 4, w >> 20 & 1, by_register ? 0 : offset, to);
	if (by_register && (w >> 23 & 1) && !(w & 0x60) && (w >> 7 & 31) < 8) {
		to->memory[0].index = w & 15;
		to->memory[0].scale = (uint16_t)(1u << (w >> 7 & 31));
	}
}

/* Halfwords, signed bytes, doublewords. */
static void decode_extra_access(uint32_t w, struct od_insn *to)
{
	const unsigned kind = w >> 5 & 3;
	const bool load = w >> 20 & 1, doubled = !load && kind >= 2;
	const int64_t size = (w >> 4 & 0xf0) | (w & 15);
	const int64_t offset = (w >> 23 & 1) ? size : -size;

	decode_single(w, doubled ? 4 : kind == 2 ? 1 : 2, load || kind == 2, w >> 22 & 1 ? offset : 0, to);
	if (doubled)
		*(kind == 2 ? &to->to2 : &to->from2) = (uint8_t)((w >> 12 & 15) + 1);
	if (!(w >> 22 & 1)) {
		to->memory[0].index = w & 15;
		to->memory[0].scale = 1;
	}
}

/* push, pop and their relatives. */
static void decode_multiple(uint32_t w, struct od_insn *to)
{
	const uint8_t n = w >> 16 & 15;
	const int bytes = __builtin_popcount(w & 0xffff) * 4;
	const bool load = w >> 20 & 1, up = w >> 23 & 1;

	od_insn_set_access(to, n, up ? 0 : -bytes, (uint8_t)bytes, load, !load);
	to->writes = load ? w & 0xffff : 0;
	if (w >> 21 & 1) {
		to->adjusted = n;
		to->adjustment = up ? bytes : -bytes;
		to->writes &= ~(1ull << n);
	}
	if (load && (w >> PC & 1))
		to->kind = OD_INSN_RETURN;
}

static void decode_miscellaneous(uint32_t w, struct od_insn *to)
{
	const uint8_t d = w >> 12 & 15;

	if ((w & 0x0ff000f0) == 0x01200010) { /* bx */
		to->kind = (w & 15) == LR ? OD_INSN_RETURN : OD_INSN_JUMP;
		to->indirect = w & 15;
	} else if ((w & 0x0ff000f0) == 0x01200030) { /* blx */
		to->kind = OD_INSN_CALL;
		to->indirect = w & 15;
	} else if ((w & 0x0f8000f0) == 0x01800090) { /* exclusive */
		od_insn_set_access(to, w >> 16 & 15, 0, 4, true, true);
		to->writes = 1ull << d;
	} else if ((w & 0x0e000090) == 0x00000090 && (w & 0x60)) {
		decode_extra_access(w, to);
	} else if ((w & 0x0f0000f0) == 0x00000090) { /* multiplications */
		to->writes = 1ull << (w >> 16 & 15) | 1ull << d;
	} else if ((w & 0x0ff00000) == 0x03000000) { /* movw */
		od_insn_set_constant(to, d, (w >> 4 & 0xf000) | (w & 0xfff));
	} else if ((w & 0x0ff00000) == 0x03400000) { /* movt: with a relocation the whole */
		to->to = d;
		to->writes = 1ull << d;
	} else if ((w & 0x0f900000) == 0x01000000 || (w & 0x0fb00000) == 0x03200000) {
		to->writes = 1ull << d; /* status registers, hints */
	} else {
		decode_data(w, to);
	}
}

static void decode_unconditional(uint32_t w, struct od_insn *to)
{
	switch (w >> 25 & 7) {
	case 0: case 1:
		decode_miscellaneous(w, to);
		break;
	case 2:
		decode_word_access(w, to);
		break;
	case 3:
		if (w & 0x10)
			to->writes = 1ull << (w >> 12 & 15) | 1ull << (w >> 16 & 15);
		else
			decode_word_access(w, to);
		break;
	case 4:
		decode_multiple(w, to);
		break;
	case 5:
		to->kind = w >> 24 & 1 ? OD_INSN_CALL : OD_INSN_JUMP;
		to->has_target = true;
		to->target = to->address + 8 + (uint64_t)(od_insn_field(w, 0, 24) * 4);
		break;
	default:
		break;
	}
}

/* What is done only under a condition leaves one of two values. */
static void weaken(struct od_insn *to)
{
	if (to->kind == OD_INSN_JUMP && to->has_target)
		to->kind = OD_INSN_BRANCH;
	else if (to->kind != OD_INSN_CALL && to->kind != OD_INSN_STORE)
		to->kind = OD_INSN_OTHER;
	if (to->to < OD_REGISTER_COUNT)
		to->writes |= 1ull << to->to;
}

static unsigned decode(const unsigned char *bytes, size_t size, struct od_insn *to)
{
	if (size < 4)
		return 0;
	uint32_t w = bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
	if (w >> 28 == 15)
		return 4;
	decode_unconditional(w, to);
	if (w >> 28 != 14)
		weaken(to);
	return 4;
}

/* REL relocations of A32 keep parts of their addend in the instruction: only those without one are read. */
static void fix(struct od_insn *insn, const struct od_insn_fixup *fixup)
{
	switch (fixup->type) {
	case R_ARM_CALL: case R_ARM_JUMP24:
		insn->has_target = false;
		insn->target_name = fixup->name;
		insn->preserves = od_str_equal(fixup->name, OD_STR("__gnu_mcount_nc"));
		if (insn->preserves) {
			insn->adjusted = SP;
			insn->adjustment = 4;
		}
		break;
	case R_ARM_MOVW_ABS_NC: case R_ARM_MOVT_ABS:
		insn->kind = OD_INSN_OTHER;
		if (insn->to < OD_REGISTER_COUNT) /* the file may put it at any instruction */
			insn->writes = 1ull << insn->to;
		break;
	default:
		break;
	}
}

static const struct od_arch *const arches[] = {&od_arch_arm, NULL};

const struct od_insn_set od_insn_arm = {.arches = arches, .registers = &registers, .decode = decode, .fix = fix};
