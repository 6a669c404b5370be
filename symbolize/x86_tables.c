// SPDX-License-Identifier: GPL-3.0-or-later
/* The opcode maps: Intel SDM volume 2, appendix A, tables. */
#include "symbolize/x86.h"

#define B OD_X86_BYTE
#define M OD_X86_MODRM
#define AX OD_X86_AX
#define CX OD_X86_CX
#define DX OD_X86_DX
#define BX OD_X86_BX
#define SI OD_X86_SI
#define DI OD_X86_DI
#define IB OD_X86_IMM8
#define IZ OD_X86_IMMZ
#define STR OD_X86_STRING
#define WIDE OD_X86_WIDE
#define O32 OD_X86_ONLY32
#define NEAR OD_X86_NEAR
#define E8 OD_X86_E8
#define E16 OD_X86_E16
#define GROUP(number) (M | OD_X86_GROUP | (uint32_t)(number) << 1)

enum {
	XX = (int)OD_X86_BAD,
	NO = 0,					/* no operands that are followed */
	ER = M | OD_X86_E_READ,			/* E is read, G too */
	EW = M | OD_X86_E_WRITE,		/* E is written */
	EM = ER | EW,				/* E is changed */
	GW = ER | OD_X86_G_WRITE,		/* G is written, E read */
	EG = EM | OD_X86_G_WRITE,		/* both are written */
	GA = M | OD_X86_G_WRITE,		/* G is written; E is an address that is not read */
	EA = M,					/* nothing is read or written there */
	OW = (int)OD_X86_O_WRITE,
	VR = ER | OD_X86_E_OTHER | OD_X86_G_OTHER,	/* vectors: E is read */
	VW = EW | OD_X86_E_OTHER | OD_X86_G_OTHER,	/* E is written */
	VE = ER | OD_X86_G_OTHER,		/* a vector out of a general E */
	EV = EW | OD_X86_G_OTHER,		/* a general E out of a vector */
	GV = GW | OD_X86_E_OTHER,		/* a general G out of a vector */
	FP = ER | OD_X86_E_OTHER | OD_X86_G_OTHER,	/* x87 */
	FW = EW | OD_X86_E_OTHER | OD_X86_G_OTHER,
	PX = NO,				/* prefixes, which are taken off before */
};

/* Eight of arithmetic: E by G, G by E, AX by an immediate. */
#define ARITHMETIC EM | B, EM, GW | B, GW, AX | B | IB, AX | IZ

static const uint32_t one[256] = {
	/* 00 */ ARITHMETIC, O32 | OD_X86_SP, O32 | OD_X86_SP, ARITHMETIC, O32 | OD_X86_SP, XX,
	/* 10 */ ARITHMETIC, O32 | OD_X86_SP, O32 | OD_X86_SP, ARITHMETIC, O32 | OD_X86_SP, O32 | OD_X86_SP,
	/* 20 */ ARITHMETIC, PX, O32 | AX, ARITHMETIC, PX, O32 | AX,
	/* 30 */ ARITHMETIC, PX, O32 | AX, ER | B, ER, ER | B, ER, B | IB, IZ, PX, O32 | AX,
	/* 40 */ OW, OW, OW, OW, OW, OW, OW, OW, OW, OW, OW, OW, OW, OW, OW, OW,
	/* 50 */ WIDE, WIDE, WIDE, WIDE, WIDE, WIDE, WIDE, WIDE,
	/* 58 */ WIDE | OW, WIDE | OW, WIDE | OW, WIDE | OW, WIDE | OW, WIDE | OW, WIDE | OW, WIDE | OW,
	/* 60 */ O32 | OD_X86_SP, O32 | 0xffu << OD_X86_WRITES_SHIFT, O32 | ER, GW, PX, PX, PX, PX,
	/* 68 */ WIDE | IZ, GW | IZ, WIDE | IB, GW | IB, STR | B | DI, STR | DI, STR | B | SI, STR | SI,
	/* 70 */ NEAR | IB, NEAR | IB, NEAR | IB, NEAR | IB, NEAR | IB, NEAR | IB, NEAR | IB, NEAR | IB,
	/* 78 */ NEAR | IB, NEAR | IB, NEAR | IB, NEAR | IB, NEAR | IB, NEAR | IB, NEAR | IB, NEAR | IB,
	/* 80 */ GROUP(1), GROUP(2), O32 | GROUP(1), GROUP(3), ER | B, ER, EG | B, EG,
	/* 88 */ EW | B, EW, GW | B, GW, EW | OD_X86_G_OTHER, GA, ER | E16 | OD_X86_G_OTHER, GROUP(4),
	/* 90 */ OW | AX, OW | AX, OW | AX, OW | AX, OW | AX, OW | AX, OW | AX, OW | AX,
	/* 98 */ AX, DX, O32 | OD_X86_FAR | IZ, NO, WIDE, WIDE, NO, AX,
	/* a0 */ OD_X86_OFFSET | B | AX, OD_X86_OFFSET | AX, OD_X86_OFFSET | B, OD_X86_OFFSET,
	/* a4 */ STR | B | SI | DI, STR | SI | DI, STR | B | SI | DI, STR | SI | DI,
	/* a8 */ B | IB, IZ, STR | B | DI, STR | DI, STR | B | AX | SI, STR | AX | SI, STR | B | DI, STR | DI,
	/* b0 */ OW | B | IB, OW | B | IB, OW | B | IB, OW | B | IB, OW | B | IB, OW | B | IB, OW | B | IB, OW | B | IB,
	/* b8 */ OW | OD_X86_IMMV, OW | OD_X86_IMMV, OW | OD_X86_IMMV, OW | OD_X86_IMMV,
	/* bc */ OW | OD_X86_IMMV, OW | OD_X86_IMMV, OW | OD_X86_IMMV, OW | OD_X86_IMMV,
	/* c0 */ EM | B | IB, EM | IB, OD_X86_IMM16, NO, O32 | GW, O32 | GW, GROUP(5), GROUP(6),
	/* c8 */ OD_X86_IMM16 | IB | OD_X86_SP | OD_X86_BP, OD_X86_SP | OD_X86_BP, OD_X86_IMM16, NO, NO, IB, O32, NO,
	/* d0 */ EM | B, EM, EM | B, EM, O32 | IB | AX, O32 | IB | AX, XX, AX,
	/* d8 */ FP, GROUP(7), FP, GROUP(8), FP, GROUP(9), FP, GROUP(10),
	/* e0 */ NEAR | IB | CX, NEAR | IB | CX, NEAR | IB | CX, NEAR | IB, IB | AX, IB | AX, IB, IB,
	/* e8 */ NEAR | IZ, NEAR | IZ, O32 | OD_X86_FAR | IZ, NEAR | IB, AX, AX, NO, NO,
	/* f0 */ PX, NO, PX, PX, NO, NO, GROUP(11), GROUP(12), NO, NO, NO, NO, NO, NO, GROUP(13), GROUP(14),
};

static const uint32_t two[256] = {
	/* 00 */ GROUP(15), GROUP(16), GW | E16, GW | E16, XX, CX, NO, NO, NO, NO, XX, NO, XX, EA, NO, VR | IB,
	/* 10 */ VR, VW, VR, VW, VR, VR, VR, VW, EA, EA, EA, EA, EA, EA, GROUP(17), EA,
	/* 20 */ EV, EV, VE, VE, XX, XX, XX, XX, VR, VW, VE, VW, GV, GV, VR, VR,
	/* 30 */ NO, AX | DX, AX | DX, AX | DX, NO, NO, XX, NO, XX, XX, XX, XX, XX, XX, XX, XX,
	/* 40 */ GW, GW, GW, GW, GW, GW, GW, GW, GW, GW, GW, GW, GW, GW, GW, GW,
	/* 50 */ GV, VR, VR, VR, VR, VR, VR, VR, VR, VR, VR, VR, VR, VR, VR, VR,
	/* 60 */ VR, VR, VR, VR, VR, VR, VR, VR, VR, VR, VR, VR, VR, VR, VE, VR,
	/* 70 */ VR | IB, VR | IB, VR | IB, VR | IB, VR, VR, VR, NO, EV, ER, XX, XX, VR, VR, EV, VW,
	/* 80 */ NEAR | IZ, NEAR | IZ, NEAR | IZ, NEAR | IZ, NEAR | IZ, NEAR | IZ, NEAR | IZ, NEAR | IZ,
	/* 88 */ NEAR | IZ, NEAR | IZ, NEAR | IZ, NEAR | IZ, NEAR | IZ, NEAR | IZ, NEAR | IZ, NEAR | IZ,
	/* 90 */ EW | B, EW | B, EW | B, EW | B, EW | B, EW | B, EW | B, EW | B,
	/* 98 */ EW | B, EW | B, EW | B, EW | B, EW | B, EW | B, EW | B, EW | B,
	/* a0 */ WIDE, WIDE, AX | BX | CX | DX, ER, EM | IB, EM, EA, EA, WIDE, WIDE, NO, EM, EM | IB, EM, GROUP(18), GW,
	/* b0 */ EM | B | AX, EM | AX, GW, EM, GW, GW, GW | E8, GW | E16, GW, ER, GROUP(19), EM, GW, GW, GW | E8, GW | E16,
	/* c0 */ EG | B, EG, VR | IB, EW, VE | IB, GV | IB, VR | IB, GROUP(20), OW, OW, OW, OW, OW, OW, OW, OW,
	/* d0 */ VR, VR, VR, VR, VR, VR, VW, GV, VR, VR, VR, VR, VR, VR, VR, VR,
	/* e0 */ VR, VR, VR, VR, VR, VR, VR, VW, VR, VR, VR, VR, VR, VR, VR, VR,
	/* f0 */ VR, VR, VR, VR, VR, VR, VR, VR, VR, VR, VR, VR, VR, VR, VR, ER,
};

/* By ModRM.reg. */
static const uint32_t groups[][8] = {
	[1] = {EM | B | IB, EM | B | IB, EM | B | IB, EM | B | IB, EM | B | IB, EM | B | IB, EM | B | IB, ER | B | IB},
	[2] = {EM | IZ, EM | IZ, EM | IZ, EM | IZ, EM | IZ, EM | IZ, EM | IZ, ER | IZ},
	[3] = {EM | IB, EM | IB, EM | IB, EM | IB, EM | IB, EM | IB, EM | IB, ER | IB},
	[4] = {EW | WIDE, XX, XX, XX, XX, XX, XX, XX},
	[5] = {EW | B | IB, XX, XX, XX, XX, XX, XX, EA | IB},
	[6] = {EW | IZ, XX, XX, XX, XX, XX, XX, EA | IZ},
	[7] = {FP, FP, FW, FW, FP, FP, FW, FW},			/* d9 */
	[8] = {FP, FW, FW, FW, FP, FP, FP, FW},			/* db */
	[9] = {FP, FW, FW, FW, FP, FP, FW, FW},			/* dd */
	[10] = {FP, FW, FW, FW, FP, FP, FW, FW},		/* df */
	[11] = {ER | B | IB, ER | B | IB, EM | B, EM | B, ER | B | AX, ER | B | AX, ER | B | AX, ER | B | AX},
	[12] = {ER | IZ, ER | IZ, EM, EM, ER | AX | DX, ER | AX | DX, ER | AX | DX, ER | AX | DX},
	[13] = {EM | B, EM | B, XX, XX, XX, XX, XX, XX},
	[14] = {EM, EM, ER | WIDE, ER, ER | WIDE, ER, ER | WIDE, XX},
	[15] = {EW | E16, EW | E16, ER | E16, ER | E16, ER | E16, ER | E16, XX, XX},
	[16] = {EW, EW, ER, ER, EW | E16, EM, ER | E16, EA},
	[17] = {EA, EW, EA, EA, EA, EA, EA, EA},		/* 1e: with F3 and a register /1 is rdssp */
	[18] = {EW, ER, ER, EW, EW, ER, EW, ER},
	[19] = {XX, XX, XX, XX, ER | IB, EM | IB, EM | IB, EM | IB},
	[20] = {XX, EM | AX | DX, XX, ER, EW, EW, EW, EW},
};

struct row {
	uint8_t map, first, last;
	uint32_t flags;
};

/* Behind 0F 38 and 0F 3A; all others are vectors that are read. */
static const struct row long_rows[] = {
	{OD_X86_0F38, 0x80, 0x82, ER}, {OD_X86_0F38, 0xf0, 0xf0, GW}, {OD_X86_0F38, 0xf1, 0xf1, EW},
	{OD_X86_0F38, 0xf5, 0xf5, EM}, {OD_X86_0F38, 0xf6, 0xf6, GW}, {OD_X86_0F38, 0xf9, 0xf9, EW},
	{OD_X86_0F3A, 0x14, 0x17, EV | IB}, {OD_X86_0F3A, 0x20, 0x20, VE | IB}, {OD_X86_0F3A, 0x22, 0x22, VE | IB},
	{OD_X86_0F3A, 0x00, 0xff, VR | IB}, {OD_X86_0F38, 0x00, 0xff, VR},
};

/* Behind VEX and EVEX, where they are not what they are without: masks, moves to memory, bits of general registers. */
static const struct row vector_rows[] = {
	{OD_X86_0F, 0x41, 0x4b, VR}, {OD_X86_0F, 0x78, 0x7b, VR}, {OD_X86_0F, 0x90, 0x90, VR}, {OD_X86_0F, 0x91, 0x91, VW},
	{OD_X86_0F, 0x92, 0x92, VE}, {OD_X86_0F, 0x93, 0x93, GV}, {OD_X86_0F, 0x98, 0x99, VR},
	{OD_X86_0F38, 0x2e, 0x2f, VW}, {OD_X86_0F38, 0x63, 0x63, VW}, {OD_X86_0F38, 0x8a, 0x8b, VW},
	{OD_X86_0F38, 0x8e, 0x8e, VW}, {OD_X86_0F38, 0xa0, 0xa3, VW}, {OD_X86_0F38, 0xf2, 0xf2, GW},
	{OD_X86_0F38, 0xf3, 0xf3, ER}, {OD_X86_0F38, 0xf5, 0xf7, GW}, {OD_X86_0F38, 0xf0, 0xf9, VR},
	{OD_X86_0F3A, 0x19, 0x19, VW | IB}, {OD_X86_0F3A, 0x1b, 0x1b, VW | IB}, {OD_X86_0F3A, 0x1d, 0x1d, VW | IB},
	{OD_X86_0F3A, 0x39, 0x39, VW | IB}, {OD_X86_0F3A, 0x3b, 0x3b, VW | IB}, {OD_X86_0F3A, 0xf0, 0xf0, GW | IB},
};

static const struct row *find_row(const struct row *rows, size_t count, uint8_t map, uint8_t opcode)
{
	for (size_t i = 0; i < count; i++)
		if (rows[i].map == map && opcode >= rows[i].first && opcode <= rows[i].last)
			return &rows[i];
	return NULL;
}

static uint32_t flags_of(enum od_x86_map map, uint8_t opcode, bool vector)
{
	const struct row *row = vector ? find_row(vector_rows, sizeof(vector_rows) / sizeof(vector_rows[0]), map, opcode) : NULL;

	if (row)
		return row->flags;
	if (map == OD_X86_ONE || map == OD_X86_0F)
		return map == OD_X86_ONE ? one[opcode] : two[opcode];
	return find_row(long_rows, sizeof(long_rows) / sizeof(long_rows[0]), map, opcode)->flags;
}

uint32_t od_x86_flags(enum od_x86_map map, uint8_t opcode, bool vector, uint8_t digit)
{
	uint32_t flags = flags_of(map, opcode, vector);

	if (!(flags & OD_X86_GROUP))
		return flags;
	return groups[flags >> 1 & 0x1f][digit & 7] | M | (flags & O32);
}
