// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * LoongArch, 64 bits: what moves addresses; Capstone 4.0.2 has no decoder for it. Sources: LoongArch Reference Manual, volume 1
 * (v1.10), chapter 2 and appendix B (table of encodings); Linux arch/loongarch/include/asm/inst.h, 6.7, against which the opcodes were checked;
 * LoongArch ELF psABI 2.30: register convention, relocations.
 */
#include "symbolize/insn.h"
#include "symbolize/insn_bits.h"

enum { RA = 1, SP = 3, RESULT = 4 };

/* <elf.h> of glibc 2.36 has none of these. */
enum { R_B16 = 64, R_B21 = 65, R_B26 = 66, R_ABS_HI20 = 67, R_ABS_LO12 = 68, R_PCALA_HI20 = 71, R_PCALA_LO12 = 72, R_CALL36 = 110 };

static const char *const names[OD_REGISTER_COUNT] = {
	"zero", "ra", "tp", "sp", "a0", "a1", "a2", "a3", "a4", "a5", "a6", "a7", "t0", "t1", "t2", "t3",
	"t4", "t5", "t6", "t7", "t8", "u0", "s9", "s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8",
};
static const uint8_t arguments[] = {4, 5, 6, 7, 8, 9, 10, 11};

static const struct od_register_set registers = {
	.names = names,
	.stack_pointer = SP,
	.result = RESULT,
	.zero = 0,
	.preserved = 0xffe0000d, /* zero, tp, sp, u0, fp, s0-s8 */
	.arguments = arguments,
	.argument_count = 8,
};

static unsigned rd(uint32_t w)
{
	return w & 31;
}

static unsigned rj(uint32_t w)
{
	return w >> 5 & 31;
}

static unsigned rk(uint32_t w)
{
	return w >> 10 & 31;
}

static void go(struct od_insn *to, enum od_insn_kind kind, int64_t words)
{
	to->kind = (uint8_t)kind;
	to->has_target = true;
	to->target = to->address + (uint64_t)words * 4;
}

/* ld and st with 12 bits of distance: the width is in bits 22 and 23; 24 tells stores, 25 loads without a sign. */
static void access12(uint32_t w, struct od_insn *to)
{
	const uint8_t width = (uint8_t)(1u << (w >> 22 & 3));

	if (w >> 24 & 1)
		od_insn_set_store(to, rd(w), rj(w), od_insn_field(w, 10, 12), width);
	else
		od_insn_set_load(to, rd(w), rj(w), od_insn_field(w, 10, 12), width);
}

/* ldptr and stptr: 14 bits, in words. */
static void access14(uint32_t w, struct od_insn *to)
{
	const uint8_t width = w >> 25 & 1 ? 8 : 4;

	if (w >> 24 & 1)
		od_insn_set_store(to, rd(w), rj(w), od_insn_field(w, 10, 14) * 4, width);
	else
		od_insn_set_load(to, rd(w), rj(w), od_insn_field(w, 10, 14) * 4, width);
}

/* ldx and stx: base and index; the width is in bits 18 and 19, 20 tells stores. */
static void access_indexed(uint32_t w, struct od_insn *to)
{
	const uint8_t width = (uint8_t)(1u << (w >> 18 & 3));

	if (w >> 20 & 1)
		od_insn_set_store(to, rd(w), rj(w), 0, width);
	else
		od_insn_set_load(to, rd(w), rj(w), 0, width);
	to->memory[0].index = (uint8_t)rk(w);
	to->memory[0].scale = 1;
}

/* ll, sc and the atomic operations: read and written, the result in rd. */
static void atomic(uint32_t w, struct od_insn *to)
{
	const bool exclusive = w >> 26 == 8, narrow = !exclusive && w >> 21 != 0x38600000 >> 21;
	const bool wide = exclusive ? w >> 25 & 1 : w >> 15 & 1;

	od_insn_set_access(to, rj(w), exclusive ? od_insn_field(w, 10, 14) * 4 : 0, narrow ? 0 : wide ? 8 : 4, true, true);
	to->writes = 1ull << rd(w);
}

static void add12(uint32_t w, struct od_insn *to)
{
	od_insn_set_add(to, rd(w), rj(w), od_insn_field(w, 10, 12));
}

/* addi.w makes small numbers; what it makes of others is no address. */
static void add12_word(uint32_t w, struct od_insn *to)
{
	to->writes = 1ull << rd(w);
	if (!rj(w))
		od_insn_set_constant(to, rd(w), od_insn_field(w, 10, 12));
}

static void add(uint32_t w, struct od_insn *to)
{
	od_insn_set_sum(to, rd(w), rj(w), rk(w), 1);
}

/* or: a move where one of the two is zero. */
static void move(uint32_t w, struct od_insn *to)
{
	to->writes = 1ull << rd(w);
	if (!rk(w))
		od_insn_set_move(to, rd(w), rj(w));
}

static void or_immediate(uint32_t w, struct od_insn *to)
{
	to->writes = 1ull << rd(w);
	if (!rj(w))
		od_insn_set_constant(to, rd(w), w >> 10 & 0xfff);
}

static void upper(uint32_t w, struct od_insn *to)
{
	od_insn_set_constant(to, rd(w), od_insn_field(w, 5, 20) * 4096);
}

/* pcaddi, pcalau12i, pcaddu12i, pcaddu18i: bits 25 and 26 tell which. */
static void near_pc(uint32_t w, struct od_insn *to)
{
	static const unsigned shifts[] = {2, 12, 12, 18};
	const unsigned which = w >> 25 & 3;
	uint64_t address = to->address + ((uint64_t)od_insn_field(w, 5, 20) << shifts[which]);

	od_insn_set_constant(to, rd(w), (int64_t)(which == 1 ? address & ~0xfffull : address));
	to->immediate_is_address = true;
}

static void scaled_sum(uint32_t w, struct od_insn *to)
{
	od_insn_set_sum(to, rd(w), rk(w), rj(w), (uint16_t)(2u << (w >> 15 & 3)));
}

static void trap(uint32_t w, struct od_insn *to)
{
	(void)w;
	to->kind = OD_INSN_RETURN;
}

static void jump_register(uint32_t w, struct od_insn *to)
{
	to->kind = rd(w) == RA ? OD_INSN_CALL : rj(w) == RA && !rd(w) ? OD_INSN_RETURN : OD_INSN_JUMP;
	to->indirect = (uint8_t)rj(w);
}

static int64_t far_distance(uint32_t w)
{
	return od_insn_sign((uint64_t)(w & 0x3ff) << 16 | (w >> 10 & 0xffff), 26);
}

static void jump(uint32_t w, struct od_insn *to)
{
	go(to, w >> 26 == 21 ? OD_INSN_CALL : OD_INSN_JUMP, far_distance(w));
}

static void branch_zero(uint32_t w, struct od_insn *to)
{
	go(to, OD_INSN_BRANCH, od_insn_sign((uint64_t)(w & 31) << 16 | (w >> 10 & 0xffff), 21));
}

static void branch(uint32_t w, struct od_insn *to)
{
	go(to, OD_INSN_BRANCH, od_insn_field(w, 10, 16));
}

static void nothing(uint32_t w, struct od_insn *to)
{
	(void)w;
	(void)to;
}

/* The first row that fits; what none fits writes rd and is no more. */
static const struct {
	uint32_t mask, value;
	void (*read)(uint32_t w, struct od_insn *to);
} rows[] = {
	{0xffc00000, 0x02c00000, add12}, {0xffc00000, 0x02800000, add12_word},	/* addi.d, addi.w */
	{0xffff8000, 0x00108000, add},						/* add.d */
	{0xffff8000, 0x00150000, move}, {0xffc00000, 0x03800000, or_immediate},	/* or, ori */
	{0xfffe0000, 0x002c0000, scaled_sum}, {0xffff0000, 0x002a0000, trap},	/* alsl.d; break, dbcl */
	{0xfe000000, 0x14000000, upper}, {0xf8000000, 0x18000000, near_pc},	/* lu12i.w; pcaddi to pcaddu18i */
	{0xffc00000, 0x2ac00000, nothing}, {0xff000000, 0x2b000000, nothing},	/* preld; fld, fst */
	{0xfe000000, 0x28000000, access12}, {0xff000000, 0x2a000000, access12},	/* ld, st; ld.bu to ld.wu */
	{0xfc000000, 0x24000000, access14}, {0xfc000000, 0x20000000, atomic},	/* ldptr, stptr; ll, sc */
	{0xfffc0000, 0x382c0000, nothing}, {0xfff00000, 0x38300000, nothing},	/* preldx; fldx, fstx */
	{0xffc00000, 0x38000000, access_indexed},				/* ldx, stx */
	{0xfff80000, 0x38580000, atomic}, {0xffe00000, 0x38400000, nothing},	/* amcas, amswap.b …; vldx, vstx … */
	{0xfff00000, 0x38600000, atomic}, {0xfffe0000, 0x38700000, atomic},	/* am* */
	{0xffff0000, 0x38720000, nothing},					/* dbar, ibar */
	{0xfc000000, 0x4c000000, jump_register}, {0xf8000000, 0x50000000, jump}, /* jirl; b, bl */
	{0xf8000000, 0x40000000, branch_zero}, {0xfc000000, 0x48000000, branch_zero}, /* beqz, bnez; bceqz, bcnez */
	{0xf8000000, 0x58000000, branch}, {0xf0000000, 0x60000000, branch},	/* beq, bne; blt to bgeu */
};

static unsigned decode(const unsigned char *bytes, size_t size, struct od_insn *to)
{
	if (size < 4)
		return 0;
	const uint32_t w = bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if ((w & rows[i].mask) == rows[i].value) {
			rows[i].read(w, to);
			return 4;
		}
	to->writes = 1ull << rd(w);
	return 4;
}

/* Addresses are made in two steps. */
static void fix(struct od_insn *insn, const struct od_insn_fixup *fixup)
{
	switch (fixup->type) {
	case R_B16: case R_B21: case R_B26:
		insn->has_target = fixup->known;
		insn->target = fixup->target;
		insn->target_name = fixup->name;
		break;
	case R_ABS_HI20: case R_PCALA_HI20: case R_CALL36:
		od_insn_fix_address(insn, fixup);
		break;
	case R_ABS_LO12: case R_PCALA_LO12:
		od_insn_fix_rest(insn);
		break;
	default:
		break;
	}
}

static const struct od_arch *const arches[] = {&od_arch_loongarch64, NULL};

const struct od_insn_set od_insn_loongarch64 = {
	.arches = arches,
	.registers = &registers,
	.decode = decode,
	.fix = fix,
};
