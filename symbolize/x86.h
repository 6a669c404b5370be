// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * The operands of one x86 instruction, out of its bytes: what insn_x86.c makes of them is in no architecture's words.
 * Sources: Intel SDM (325383-079) volume 2, chapter 2 (formats) and appendix A (opcode maps); AMD64 APM (24594)
 * volume 3, chapter 1 for what AMD reads otherwise. Pure; thread safe.
 */
#ifndef OD_SYMBOLIZE_X86_H
#define OD_SYMBOLIZE_X86_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { OD_X86_NONE = 0xff };	/* no register */

enum od_x86_map { OD_X86_ONE, OD_X86_0F, OD_X86_0F38, OD_X86_0F3A };

struct od_x86 {
	uint8_t size;		/* of the instruction */
	uint8_t map, opcode;	/* enum od_x86_map */
	uint8_t width;		/* of a general operand in bytes: 1, 2, 4 or 8 */
	bool wide;		/* 64-bit mode */
	bool vector;		/* begins with VEX, EVEX or XOP */
	bool operand16, repeat, repeat_not; /* prefixes 66, F3, F2 */
	bool has_rex;		/* byte registers 4 to 7 are SPL … DIL */
	uint8_t segment;	/* of the operand, if not the usual one: the prefix byte; 0: none */

	bool has_modrm;
	uint8_t digit;		/* ModRM.reg as it is: which of a group */
	uint8_t reg;		/* the register in ModRM.reg, or in the opcode */
	uint8_t rm;		/* the register in ModRM.rm; OD_X86_NONE: it is memory, or there is none */
	uint8_t third;		/* the register in VEX.vvvv; OD_X86_NONE: none */

	bool is_memory;		/* base + index * scale + displacement; false of addresses that are not in these words */
	bool relative;		/* … + the next instruction's address */
	uint8_t base, index;	/* OD_X86_NONE: none */
	uint8_t scale;
	uint8_t memory_width;	/* 0: not known */
	int64_t displacement;

	bool has_immediate;
	int64_t immediate;	/* the last one, with a sign */

	uint32_t flags;		/* of the opcode: see below */
};

/* What an opcode does, apart from what depends on its meaning. E: the operand in ModRM.rm, G: in ModRM.reg. */
enum od_x86_flag {
	OD_X86_MODRM = 1u << 0,
	OD_X86_BYTE = 1u << 1,		/* general operands are bytes */
	OD_X86_E_READ = 1u << 2,
	OD_X86_E_WRITE = 1u << 3,
	OD_X86_G_WRITE = 1u << 4,
	OD_X86_E_OTHER = 1u << 5,	/* E as a register is none of the general ones */
	OD_X86_G_OTHER = 1u << 6,
	OD_X86_O_WRITE = 1u << 7,	/* the register in the opcode is written */
	OD_X86_IMM8 = 1u << 8,
	OD_X86_IMM16 = 1u << 9,
	OD_X86_IMMZ = 1u << 10,		/* 2 or 4 bytes */
	OD_X86_IMMV = 1u << 11,		/* 2, 4 or 8 bytes */
	OD_X86_FAR = 1u << 12,		/* a selector behind the offset */
	OD_X86_OFFSET = 1u << 13,	/* an address, as wide as addresses are */
	OD_X86_WIDE = 1u << 14,		/* operands of 64-bit mode are 8 bytes without a prefix */
	OD_X86_ONLY32 = 1u << 15,
	OD_X86_GROUP = 1u << 16,	/* the low byte is a number of groups[] */
	OD_X86_BAD = 1u << 17,
	OD_X86_NEAR = 1u << 18,		/* the immediate is the distance to a target; never 2 bytes in 64-bit mode */
	OD_X86_STRING = 1u << 19,	/* reads or writes at rSI or rDI, and moves them */
	OD_X86_E16 = 1u << 20,		/* E is 2 bytes, whatever the prefixes */
	OD_X86_E8 = 1u << 21,		/* E is 1 byte */
	OD_X86_AX = 1u << 24, OD_X86_CX = 1u << 25, OD_X86_DX = 1u << 26, OD_X86_BX = 1u << 27, /* written */
	OD_X86_SP = 1u << 28, OD_X86_BP = 1u << 29, OD_X86_SI = 1u << 30, OD_X86_DI = 1u << 31,
};
enum { OD_X86_WRITES_SHIFT = 24 };	/* from there on registers that are written, by number */

/*
 * Decodes the first instruction of the bytes. Returns its size; 0: there is none, or it is cut off, and *ret is
 * unspecified.
 */
unsigned od_x86_decode(const unsigned char *bytes, size_t size, bool wide, struct od_x86 *ret);

/* The flags of an opcode, of one of a group by the digit; x86_tables.c. Whether there is a ModRM does not depend on that. */
uint32_t od_x86_flags(enum od_x86_map map, uint8_t opcode, bool vector, uint8_t digit);

#endif
