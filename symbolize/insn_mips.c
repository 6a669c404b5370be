// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * MIPS: what moves addresses. Sources: MIPS64 Architecture For Programmers, volume II-A (6.06); the MIPS n64 ABI
 * supplement (registers, DWARF numbers, relocations).
 */
#include <elf.h>

#include "symbolize/insn.h"
#include "symbolize/insn_bits.h"

static const char *const names[OD_REGISTER_COUNT] = {
	"r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15",
	"r16", "r17", "r18", "r19", "r20", "r21", "r22", "r23", "r24", "r25", "r26", "r27", "r28", "r29", "r30", "r31",
};
static const uint8_t arguments[] = {4, 5, 6, 7, 8, 9, 10, 11};

static const struct od_register_set registers = {
	.names = names,
	.stack_pointer = 29,
	.result = 2,
	.zero = 0,
	.delayed = true,
	.preserved = 0x70ff0001, /* r0, s0-s7, gp, sp, fp */
	.arguments = arguments,
	.argument_count = 8,
};

static const struct {
	uint8_t opcode, width;
	bool store;
} accesses[] = {
	{0x20, 1, false}, {0x21, 2, false}, {0x23, 4, false}, {0x24, 1, false}, {0x25, 2, false}, {0x27, 4, false},
	{0x37, 8, false}, {0x28, 1, true}, {0x29, 2, true}, {0x2b, 4, true}, {0x3f, 8, true}, {0x30, 4, false},
	{0x34, 8, false},
};

static void go(uint32_t w, enum od_insn_kind kind, struct od_insn *to)
{
	to->kind = (uint8_t)kind;
	to->has_target = true;
	to->target = to->address + 4 + (uint64_t)(od_insn_field(w, 0, 16) * 4);
}

static void decode_special(uint32_t w, struct od_insn *to)
{
	const uint8_t s = w >> 21 & 31, t = w >> 16 & 31, d = w >> 11 & 31;

	to->writes = 1ull << d;
	switch (w & 63) {
	case 0x08:
		to->kind = s == 31 ? OD_INSN_RETURN : OD_INSN_JUMP;
		to->indirect = s;
		break;
	case 0x09:
		to->kind = OD_INSN_CALL;
		to->indirect = s;
		break;
	case 0x21: case 0x2d: case 0x25: /* addu, daddu, or */
		if (!t)
			od_insn_set_move(to, d, s);
		else if ((w & 63) != 0x25)
			od_insn_set_sum(to, d, s, t, 1);
		break;
	case 0x34: case 0x0c: case 0x0d: case 0x0f: /* teq, syscall, break, sync */
		to->writes = 0;
		break;
	default:
		break;
	}
}

static void decode_word(uint32_t w, struct od_insn *to)
{
	const unsigned opcode = w >> 26;
	const uint8_t s = w >> 21 & 31, t = w >> 16 & 31;

	for (size_t i = 0; i < sizeof(accesses) / sizeof(accesses[0]); i++)
		if (opcode == accesses[i].opcode) {
			(accesses[i].store ? od_insn_set_store : od_insn_set_load)(to, t, s, od_insn_field(w, 0, 16),
										  accesses[i].width);
			return;
		}
	switch (opcode) {
	case 0x00:
		decode_special(w, to);
		break;
	case 0x01: case 0x05: case 0x06: case 0x07: case 0x14: case 0x15: case 0x16: case 0x17:
		go(w, OD_INSN_BRANCH, to);
		break;
	case 0x04:
		go(w, s == t ? OD_INSN_JUMP : OD_INSN_BRANCH, to);
		break;
	case 0x02: case 0x03:
		to->kind = opcode == 3 ? OD_INSN_CALL : OD_INSN_JUMP;
		to->has_target = true;
		to->target = ((to->address + 4) & ~0xfffffffull) | (uint64_t)(w & 0x3ffffff) << 2;
		break;
	case 0x09: case 0x19:
		if (s)
			od_insn_set_add(to, t, s, od_insn_field(w, 0, 16));
		else
			od_insn_set_constant(to, t, od_insn_field(w, 0, 16));
		break;
	case 0x0f:
		od_insn_set_constant(to, t, (int32_t)(w << 16));
		break;
	case 0x38: case 0x3c: /* sc, scd */
		od_insn_set_access(to, s, od_insn_field(w, 0, 16), opcode == 0x38 ? 4 : 8, false, true);
		to->writes = 1ull << t;
		break;
	case 0x33: case 0x2f: case 0x11: case 0x31: case 0x35: case 0x39: case 0x3d: /* pref, cache, floating point */
		break;
	default:
		to->writes = 1ull << t;
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

/* Addresses are made of a high and a low half, both relocated with the whole; the last one settles it. */
static void fix(struct od_insn *insn, const struct od_insn_fixup *fixup)
{
	switch (fixup->type & 0xff) {
	case R_MIPS_26:
		insn->has_target = fixup->known;
		insn->target = fixup->target;
		insn->target_name = fixup->name;
		insn->preserves = od_str_equal(fixup->name, OD_STR("_mcount"));
		break;
	case R_MIPS_LO16:
		if (!fixup->known)
			break;
		if (insn->memory_count) {
			insn->memory[0].base = OD_REGISTER_NONE;
			insn->memory[0].absolute = true;
			insn->memory[0].displacement = (int64_t)fixup->target;
		} else {
			insn->kind = OD_INSN_MOVE;
			insn->immediate = (int64_t)fixup->target;
			insn->immediate_is_address = true;
		}
		break;
	default:
		break;
	}
}

static const struct od_arch *const arches[] = {&od_arch_mips64, NULL};

const struct od_insn_set od_insn_mips64 = {.arches = arches, .registers = &registers, .decode = decode_little, .fix = fix};
