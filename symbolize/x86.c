// SPDX-License-Identifier: GPL-3.0-or-later
#include "symbolize/x86.h"

enum { LONGEST = 15 };	/* bytes of an instruction: SDM volume 2, 2.3.11 */

struct reader {
	const unsigned char *bytes;
	size_t size, at;
	bool failed;		/* it ends too early */
};

/* What the prefixes say. */
struct prefixes {
	uint8_t rex;		/* W R X B, also of VEX and its relatives */
	uint8_t high;		/* EVEX: R', X' of registers that are vectors */
	bool operand16, address, evex;
	uint8_t length;		/* of vectors: 16, 32, 64 */
};

enum { REX_B = 1, REX_X = 2, REX_R = 4, REX_W = 8 };

static uint8_t peek(const struct reader *reader, size_t ahead)
{
	return reader->at + ahead < reader->size ? reader->bytes[reader->at + ahead] : 0;
}

static uint8_t take(struct reader *reader)
{
	reader->failed |= reader->at >= reader->size;
	return reader->failed ? 0 : reader->bytes[reader->at++];
}

/* A number of 0, 1, 2, 4 or 8 bytes with a sign. */
static int64_t take_number(struct reader *reader, unsigned size)
{
	uint64_t value = 0;

	for (unsigned i = 0; i < size; i++)
		value |= (uint64_t)take(reader) << 8 * i;
	return size ? (int64_t)(value << (64 - 8 * size)) >> (64 - 8 * size) : 0;
}

/* The legacy prefixes and REX, which counts only where it is the last one. */
static void take_prefixes(struct reader *reader, struct prefixes *prefixes, struct od_x86 *ret)
{
	for (;;) {
		uint8_t byte = peek(reader, 0);
		switch (byte) {
		case 0x26: case 0x2e: case 0x36: case 0x3e:
			break;
		case 0x64: case 0x65: ret->segment = byte; break;
		case 0x66: prefixes->operand16 = true; break;
		case 0x67: prefixes->address = true; break;
		case 0xf0: break;
		case 0xf2: ret->repeat_not = true, ret->repeat = false; break;
		case 0xf3: ret->repeat = true, ret->repeat_not = false; break;
		default:
			if (ret->wide && byte >= 0x40 && byte <= 0x4f) {
				prefixes->rex = take(reader) & 15;
				ret->has_rex = true;
			}
			return;
		}
		take(reader);
		if (reader->failed)
			return;
	}
}

static void set_mandatory(struct od_x86 *ret, struct prefixes *prefixes, unsigned pp)
{
	prefixes->operand16 = pp == 1;
	ret->repeat = pp == 2;
	ret->repeat_not = pp == 3;
}

/* C5 RvvvvLpp; C4 RXBmmmmm WvvvvLpp; 8F the same with other maps (XOP). */
static void take_vex(struct reader *reader, struct prefixes *prefixes, struct od_x86 *ret)
{
	bool is_short = take(reader) == 0xc5;
	uint8_t first = is_short ? 0 : take(reader), last = take(reader), map = is_short ? 1 : first & 31;

	prefixes->rex = (uint8_t)(is_short ? (~last >> 7 & 1) << 2 : (~first >> 5 & 7) | (last & 0x80) >> 4);
	ret->third = ~last >> 3 & 15;
	prefixes->length = last & 4 ? 32 : 16;
	set_mandatory(ret, prefixes, last & 3);
	ret->map = map == 1 ? OD_X86_0F : map == 2 || map == 9 ? OD_X86_0F38 : OD_X86_0F3A;
	ret->opcode = take(reader);
}

/* 62 RXBR'0mmm Wvvvv1pp zL'LbV'aaa */
static void take_evex(struct reader *reader, struct prefixes *prefixes, struct od_x86 *ret)
{
	take(reader);
	uint8_t first = take(reader), second = take(reader), last = take(reader), map = first & 7;

	prefixes->rex = (uint8_t)((~first >> 5 & 7) | (second & 0x80) >> 4);
	prefixes->evex = true;
	prefixes->length = (uint8_t)(16 << (last >> 5 & 3));
	set_mandatory(ret, prefixes, second & 3);
	ret->map = map == 1 || map == 5 ? OD_X86_0F : map == 2 || map == 6 ? OD_X86_0F38 : OD_X86_0F3A;
	ret->opcode = take(reader);
}

/* In 32-bit mode these bytes are instructions of their own, unless what follows looks like two registers. */
static bool begins_vector(const struct reader *reader, bool wide, uint8_t first)
{
	if (peek(reader, 0) != first)
		return false;
	if (first == 0x8f)
		return (peek(reader, 1) & 31) >= 8;
	return wide || peek(reader, 1) >= 0xc0;
}

static void take_opcode(struct reader *reader, struct prefixes *prefixes, struct od_x86 *ret)
{
	ret->vector = true;
	ret->third = OD_X86_NONE;
	if (begins_vector(reader, ret->wide, 0xc5) || begins_vector(reader, ret->wide, 0xc4) ||
	    begins_vector(reader, ret->wide, 0x8f)) {
		take_vex(reader, prefixes, ret);
		return;
	}
	if (begins_vector(reader, ret->wide, 0x62)) {
		take_evex(reader, prefixes, ret);
		return;
	}
	ret->vector = false;
	ret->opcode = take(reader);
	if (ret->opcode != 0x0f)
		return;
	ret->opcode = take(reader);
	ret->map = OD_X86_0F;
	if (ret->opcode != 0x38 && ret->opcode != 0x3a)
		return;
	ret->map = ret->opcode == 0x38 ? OD_X86_0F38 : OD_X86_0F3A;
	ret->opcode = take(reader);
}

/* Addresses of 16 bits have registers of their own; none of them is followed. */
static void take_short_memory(struct reader *reader, uint8_t mode, uint8_t rm, struct od_x86 *ret)
{
	take_number(reader, mode == 1 ? 1 : mode == 2 || rm == 6 ? 2 : 0);
	ret->is_memory = false;
}

/* Gathers and scatters. */
static bool has_vector_index(const struct od_x86 *insn)
{
	return insn->vector && insn->map == OD_X86_0F38 && ((insn->opcode & 0xfc) == 0x90 || (insn->opcode & 0xfc) == 0xa0);
}

static void take_index(struct reader *reader, const struct prefixes *prefixes, uint8_t mode, struct od_x86 *ret)
{
	uint8_t sib = take(reader), index = (sib >> 3 & 7) | (prefixes->rex & REX_X ? 8 : 0);

	ret->scale = (uint8_t)(1 << (sib >> 6));
	ret->index = index == 4 ? OD_X86_NONE : index;
	ret->base = (sib & 7) | (prefixes->rex & REX_B ? 8 : 0);
	if ((sib & 7) != 5 || mode)
		return;
	ret->base = OD_X86_NONE;
	ret->displacement = take_number(reader, 4);
}

static void take_memory(struct reader *reader, const struct prefixes *prefixes, uint8_t mode, uint8_t rm, struct od_x86 *ret)
{
	ret->is_memory = true;
	ret->base = ret->index = OD_X86_NONE;
	ret->scale = 1;
	if (!ret->wide && prefixes->address) {
		take_short_memory(reader, mode, rm, ret);
		return;
	}
	if (rm == 4) {
		take_index(reader, prefixes, mode, ret);
	} else if (rm == 5 && !mode) {
		ret->relative = ret->wide;
		ret->displacement = take_number(reader, 4);
	} else {
		ret->base = rm | (prefixes->rex & REX_B ? 8 : 0);
	}
	if (mode)
		ret->displacement = take_number(reader, mode == 1 ? 1 : 4);
	/* What EVEX counts in units of its own, and where the index is a vector, is not told. */
	if ((prefixes->evex && mode == 1) || has_vector_index(ret))
		ret->is_memory = false;
}

static void take_modrm(struct reader *reader, const struct prefixes *prefixes, struct od_x86 *ret)
{
	uint8_t modrm = take(reader), mode = modrm >> 6, rm = modrm & 7;

	ret->has_modrm = true;
	ret->digit = modrm >> 3 & 7;
	ret->reg = ret->digit | (prefixes->rex & REX_R ? 8 : 0);
	/* To and from control and debug registers there is no memory, whatever the mode. */
	if (mode == 3 || (ret->map == OD_X86_0F && !ret->vector && ret->opcode >= 0x20 && ret->opcode <= 0x23))
		ret->rm = rm | (prefixes->rex & REX_B ? 8 : 0);
	else
		take_memory(reader, prefixes, mode, rm, ret);
}

static bool is(const struct od_x86 *insn, enum od_x86_map map, uint8_t opcode)
{
	return insn->map == map && insn->opcode == opcode && !insn->vector;
}

/* Where two registers, or a prefix, make another instruction of it. */
static uint32_t refine(const struct od_x86 *insn, uint32_t flags)
{
	enum { E = OD_X86_E_READ | OD_X86_E_WRITE, ALL = E | OD_X86_G_WRITE };
	const bool registers = insn->rm != OD_X86_NONE;

	if (is(insn, OD_X86_0F, 0x01) && registers && insn->digit != 4 && insn->digit != 6) {
		unsigned which = insn->digit << 3 | (insn->rm & 7);
		/* vmcall, xgetbv, vmmcall, rdpkru, rdtscp */
		bool changes = which == 1 || which == 16 || which == 25 || which == 46 || which == 57;
		return (flags & ~(uint32_t)E) | (changes ? OD_X86_AX | OD_X86_DX | OD_X86_CX : 0);
	}
	if (is(insn, OD_X86_0F, 0xae) && registers)
		return (flags & ~(uint32_t)E) | (insn->repeat && insn->digit < 2 ? OD_X86_E_WRITE : 0);
	if (is(insn, OD_X86_0F, 0x1e) && !(registers && insn->repeat && insn->digit == 1))
		return flags & ~(uint32_t)E;
	if (is(insn, OD_X86_0F, 0x7e) && insn->repeat)
		return (flags & ~(uint32_t)ALL) | OD_X86_E_READ | OD_X86_E_OTHER;
	if ((is(insn, OD_X86_0F, 0x2c) || is(insn, OD_X86_0F, 0x2d)) && !insn->repeat && !insn->repeat_not)
		return flags & ~(uint32_t)OD_X86_G_WRITE;
	if (is(insn, OD_X86_0F38, 0xf1) && insn->repeat_not)
		return OD_X86_MODRM | OD_X86_E_READ | OD_X86_G_WRITE;
	if (is(insn, OD_X86_0F38, 0xf0) && insn->repeat_not)
		return flags | OD_X86_E8;
	if (is(insn, OD_X86_ONE, 0x63) && !insn->wide)
		return OD_X86_MODRM | E | OD_X86_E16;
	if (is(insn, OD_X86_ONE, 0xdf) && registers && insn->digit == 4 && insn->rm == 0)
		return flags | OD_X86_AX;
	return flags;
}

static bool is_of_vectors(const struct od_x86 *insn)
{
	return insn->vector || (insn->map != OD_X86_ONE && insn->flags & (OD_X86_E_OTHER | OD_X86_G_OTHER));
}

static uint8_t general_width(const struct od_x86 *insn, const struct prefixes *prefixes)
{
	if (insn->flags & OD_X86_BYTE)
		return 1;
	if (insn->wide && (prefixes->rex & REX_W || insn->flags & OD_X86_NEAR ||
			   (insn->flags & OD_X86_WIDE && !prefixes->operand16)))
		return 8;
	if (insn->map == OD_X86_0F && !insn->vector && insn->opcode >= 0x20 && insn->opcode <= 0x23)
		return insn->wide ? 8 : 4;
	/* Of vectors the prefix chooses the instruction. */
	return prefixes->operand16 && !is_of_vectors(insn) ? 2 : 4;
}

/* Of x87: by the last two bits of the opcode, but for state, control words and 80-bit numbers. */
static uint8_t x87_width(const struct od_x86 *insn)
{
	static const uint8_t usual[] = {4, 4, 4, 4, 8, 8, 2, 2};
	static const uint8_t odd[8][8] = {
		[1] = {[4] = 28, [5] = 2, [6] = 28, [7] = 2}, [3] = {[5] = 10, [7] = 10},
		[5] = {[4] = 108, [6] = 108, [7] = 2},	      [7] = {[4] = 10, [5] = 8, [6] = 10, [7] = 8},
	};
	uint8_t width = odd[insn->opcode & 7][insn->digit];

	return width ? width : usual[insn->opcode & 7];
}

/* Of vectors: the whole, or one number with F3 and F2. */
static uint8_t vector_width(const struct od_x86 *insn, const struct prefixes *prefixes)
{
	const bool numbers = insn->map == OD_X86_0F && (insn->opcode <= 0x17 || (insn->opcode >= 0x28 && insn->opcode <= 0x5f));

	if (insn->map == OD_X86_0F && (insn->opcode == 0x7e || insn->opcode == 0xd6))
		return 8;
	if (numbers && (insn->repeat || insn->repeat_not) && insn->opcode != 0x12 && insn->opcode != 0x16)
		return insn->repeat ? 4 : 8;
	if (insn->map == OD_X86_0F && (insn->opcode == 0x12 || insn->opcode == 0x13 || insn->opcode == 0x16 || insn->opcode == 0x17))
		return 8;
	if (insn->map != OD_X86_0F || insn->vector)
		return insn->map == OD_X86_0F ? prefixes->length : 0;
	return insn->opcode >= 0x60 && !prefixes->operand16 && !insn->repeat && !insn->repeat_not && insn->opcode != 0xc2 &&
		       insn->opcode != 0xc6 ? 8 : 16;
}

static uint8_t memory_width(const struct od_x86 *insn, const struct prefixes *prefixes)
{
	if (insn->flags & (OD_X86_E8 | OD_X86_E16))
		return insn->flags & OD_X86_E8 ? 1 : 2;
	if (insn->map == OD_X86_ONE && (insn->opcode & 0xf8) == 0xd8 && !insn->vector)
		return x87_width(insn);
	if (insn->flags & OD_X86_E_OTHER)
		return vector_width(insn, prefixes);
	if (is(insn, OD_X86_ONE, 0x63) && insn->wide)
		return 4;
	if (is(insn, OD_X86_0F, 0xc7) && insn->digit == 1)
		return prefixes->rex & REX_W ? 16 : 8;
	if (is(insn, OD_X86_0F38, insn->opcode) && insn->opcode >= 0x80 && insn->opcode <= 0x82)
		return 16; /* invept, invvpid, invpcid */
	if (is(insn, OD_X86_0F, 0xae))
		return insn->digit == 2 || insn->digit == 3 ? 4 : 0;
	if (is(insn, OD_X86_0F, 0x01))
		return insn->digit < 4 ? (insn->wide ? 10 : 6) : insn->digit == 7 ? 0 : 2;
	return insn->width;
}

static void take_immediate(struct reader *reader, const struct prefixes *prefixes, struct od_x86 *ret)
{
	const uint32_t flags = ret->flags;
	const unsigned z = prefixes->operand16 && !(ret->wide && flags & OD_X86_NEAR) ? 2 : 4;

	ret->has_immediate = flags & (OD_X86_IMM8 | OD_X86_IMM16 | OD_X86_IMMZ | OD_X86_IMMV);
	if (flags & OD_X86_IMM16)
		ret->immediate = take_number(reader, 2);
	if (flags & OD_X86_IMMZ)
		ret->immediate = take_number(reader, z);
	if (flags & OD_X86_IMMV)
		ret->immediate = take_number(reader, ret->width);
	if (flags & OD_X86_FAR)
		take_number(reader, 2);
	if (flags & OD_X86_IMM8)
		ret->immediate = take_number(reader, 1);
}

/* An address in the instruction itself. */
static void take_offset(struct reader *reader, const struct prefixes *prefixes, struct od_x86 *ret)
{
	ret->is_memory = true;
	ret->base = ret->index = OD_X86_NONE;
	ret->scale = 1;
	ret->memory_width = ret->width;
	ret->displacement = take_number(reader, ret->wide ? (prefixes->address ? 4 : 8) : prefixes->address ? 2 : 4);
}

unsigned od_x86_decode(const unsigned char *bytes, size_t size, bool wide, struct od_x86 *ret)
{
	struct reader reader = {bytes, size < LONGEST ? size : LONGEST, 0, false};
	struct prefixes prefixes = {0};

	*ret = (struct od_x86){.wide = wide, .rm = OD_X86_NONE, .base = OD_X86_NONE, .index = OD_X86_NONE};
	take_prefixes(&reader, &prefixes, ret);
	take_opcode(&reader, &prefixes, ret);
	if (od_x86_flags(ret->map, ret->opcode, ret->vector, 0) & OD_X86_MODRM)
		take_modrm(&reader, &prefixes, ret);
	else
		ret->reg = (ret->opcode & 7) | (prefixes.rex & REX_B ? 8 : 0);
	ret->flags = refine(ret, od_x86_flags(ret->map, ret->opcode, ret->vector, ret->digit));
	if (ret->flags & OD_X86_BAD || (wide && ret->flags & OD_X86_ONLY32))
		return 0;
	ret->operand16 = prefixes.operand16;
	ret->width = general_width(ret, &prefixes);
	if (ret->is_memory)
		ret->memory_width = memory_width(ret, &prefixes);
	if (ret->flags & OD_X86_OFFSET)
		take_offset(&reader, &prefixes, ret);
	take_immediate(&reader, &prefixes, ret);
	ret->size = (uint8_t)reader.at;
	return reader.failed ? 0 : ret->size;
}
