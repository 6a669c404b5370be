// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * arm64. Sources: Arm ARM (DDI 0487), section C6; DWARF for the Arm 64-bit Architecture (AADWARF64), table 4.1;
 * AAPCS64, section 6.1.1; ELF for the Arm 64-bit Architecture (AAELF64), section 5.7.
 */
#include <capstone/capstone.h>
#include <elf.h>

#include "symbolize/insn_arm64.h"

enum { SP = 31, ZERO = 32 };

static const char *const names[OD_REGISTER_COUNT] = {
	"x0", "x1", "x2", "x3", "x4", "x5", "x6", "x7", "x8", "x9", "x10", "x11", "x12", "x13", "x14", "x15",
	"x16", "x17", "x18", "x19", "x20", "x21", "x22", "x23", "x24", "x25", "x26", "x27", "x28", "x29", "x30", "sp",
};
static const uint8_t arguments[] = {0, 1, 2, 3, 4, 5, 6, 7};

static const struct od_register_set registers = {
	.names = names,
	.stack_pointer = SP,
	.result = 0,
	.zero = ZERO,
	.preserved = 0xbffc0000 | 1ull << ZERO, /* x18-x29, sp */
	.ignored_bits = 8, /* FAR without the tag: arch/arm64/mm/fault.c, untagged_addr() */
	.arguments = arguments,
	.argument_count = 8,
};

static uint8_t number(unsigned reg)
{
	if (reg >= ARM64_REG_X0 && reg <= ARM64_REG_X28)
		return (uint8_t)(reg - ARM64_REG_X0);
	if (reg >= ARM64_REG_W0 && reg <= ARM64_REG_W30)
		return (uint8_t)(reg - ARM64_REG_W0);
	switch (reg) {
	case ARM64_REG_X29:
		return 29;
	case ARM64_REG_X30:
		return 30;
	case ARM64_REG_SP: case ARM64_REG_WSP:
		return SP;
	case ARM64_REG_XZR: case ARM64_REG_WZR:
		return ZERO;
	default:
		return OD_REGISTER_NONE;
	}
}

static bool is_wide(unsigned reg)
{
	return !(reg >= ARM64_REG_W0 && reg <= ARM64_REG_W30) && reg != ARM64_REG_WZR;
}

/* What the mnemonic says of an access: "ldrb", "sturh", "ldp". */
struct access {
	bool load, store, pair;
	uint8_t width;	/* 0: that of the register */
};

static struct access access_of(const char *mnemonic)
{
	struct access access = {.load = !strncmp(mnemonic, "ld", 2), .store = !strncmp(mnemonic, "st", 2)};
	size_t length = strlen(mnemonic);

	access.pair = length >= 3 && !strcmp(mnemonic + length - 1, "p") && (access.load || access.store);
	if (length < 4)
		return access;
	if (mnemonic[length - 1] == 'b')
		access.width = 1;
	else if (mnemonic[length - 1] == 'h')
		access.width = 2;
	else if (!strcmp(mnemonic + length - 2, "sw"))
		access.width = 4;
	return access;
}

static struct od_memory_operand memory_of(const cs_arm64_op *op, struct access access, uint8_t width)
{
	return (struct od_memory_operand){
		.displacement = op->mem.disp,
		.base = number(op->mem.base),
		.index = number(op->mem.index),
		.scale = (uint16_t)(1u << (op->shift.type == ARM64_SFT_LSL ? op->shift.value & 7 : 0)),
		.width = access.width ? access.width : width,
		.read = access.load,
		.write = access.store,
	};
}

/* Exclusive stores write a status register first; other memory instructions stay unread. */
static void translate_memory(const cs_insn *from, const cs_arm64 *arm, unsigned at, struct od_insn *to)
{
	const cs_arm64_op *ops = arm->operands;
	struct access access = access_of(from->mnemonic);
	bool plain = at == (access.pair ? 2u : 1u) && ops[0].type == ARM64_OP_REG;
	uint8_t first = ops[0].type == ARM64_OP_REG ? number(ops[0].reg) : OD_REGISTER_NONE;

	to->memory_count = 1;
	to->memory[0] = memory_of(&ops[at], access, is_wide(ops[at ? at - 1 : 0].reg) ? 8 : 4);
	if (arm->writeback) {
		bool behind = at + 1u < arm->op_count && ops[at + 1].type == ARM64_OP_IMM;
		to->adjusted = to->memory[0].base;
		to->adjustment = behind ? ops[at + 1].imm : to->memory[0].displacement;
	}
	if (!plain || first == OD_REGISTER_NONE || !(access.load || access.store))
		return;
	to->kind = access.load ? OD_INSN_LOAD : OD_INSN_STORE;
	*(access.load ? &to->to : &to->from) = first;
	if (access.pair)
		*(access.load ? &to->to2 : &to->from2) = number(ops[1].reg);
}

static void translate_add(const cs_arm64 *arm, int sign, struct od_insn *to)
{
	const cs_arm64_op *ops = arm->operands;

	if (arm->op_count != 3 || number(ops[0].reg) == OD_REGISTER_NONE || ops[1].type != ARM64_OP_REG)
		return;
	if (ops[2].type == ARM64_OP_IMM) {
		to->kind = OD_INSN_ADD;
		to->from = number(ops[1].reg);
		to->has_immediate = true;
		to->immediate = sign * (int64_t)((uint64_t)ops[2].imm << (ops[2].shift.type ? ops[2].shift.value : 0));
	} else if (sign > 0 && ops[2].type == ARM64_OP_REG &&
		   (!ops[2].shift.type || (ops[2].shift.type == ARM64_SFT_LSL && ops[2].shift.value < 8))) {
		to->kind = OD_INSN_ADDRESS;
		to->memory_count = 1;
		to->memory[0] = (struct od_memory_operand){.base = number(ops[1].reg), .index = number(ops[2].reg),
							   .scale = (uint16_t)(1u << ops[2].shift.value)};
	}
	to->to = to->kind ? number(ops[0].reg) : OD_REGISTER_NONE;
}

static void translate_move(const cs_arm64 *arm, struct od_insn *to)
{
	const cs_arm64_op *ops = arm->operands;

	if (ops[0].type != ARM64_OP_REG || number(ops[0].reg) == OD_REGISTER_NONE)
		return;
	if (ops[1].type == ARM64_OP_IMM) {
		to->has_immediate = true;
		to->immediate = (int64_t)((uint64_t)ops[1].imm << (ops[1].shift.type ? ops[1].shift.value : 0));
	} else if (number(ops[1].reg) == OD_REGISTER_NONE) {
		return;
	} else {
		to->from = number(ops[1].reg);
	}
	to->kind = OD_INSN_MOVE;
	to->to = number(ops[0].reg);
}

static void translate_insert(const cs_arm64 *arm, struct od_insn *to)
{
	const cs_arm64_op *ops = arm->operands;

	if (arm->op_count < 2 || number(ops[0].reg) == OD_REGISTER_NONE || ops[1].type != ARM64_OP_IMM)
		return;
	to->kind = OD_INSN_INSERT;
	to->to = to->from = number(ops[0].reg);
	to->has_immediate = true;
	to->immediate = ops[1].imm;
	to->added = (uint8_t)(ops[1].shift.type ? ops[1].shift.value / 16 : 0);
}

/* madd and its relatives: to = added + from * from2. */
static void translate_multiply(const cs_arm64 *arm, struct od_insn *to)
{
	const cs_arm64_op *ops = arm->operands;

	if (arm->op_count < 3 || number(ops[0].reg) == OD_REGISTER_NONE)
		return;
	to->kind = OD_INSN_PRODUCT;
	to->to = number(ops[0].reg);
	to->from = number(ops[1].reg);
	to->from2 = number(ops[2].reg);
	if (arm->op_count > 3)
		to->added = number(ops[3].reg);
}

/* Shifts to the left, and extensions, which shift by none. */
static void translate_shift(const cs_arm64 *arm, struct od_insn *to)
{
	const cs_arm64_op *ops = arm->operands;
	int64_t by = arm->op_count > 2 && ops[2].type == ARM64_OP_IMM ? ops[2].imm : 0;

	if (arm->op_count < 2 || ops[1].type != ARM64_OP_REG || number(ops[0].reg) == OD_REGISTER_NONE || by < 0 || by > 15 ||
	    (arm->op_count > 2 && ops[2].type != ARM64_OP_IMM))
		return;
	to->kind = OD_INSN_ADDRESS;
	to->to = number(ops[0].reg);
	to->memory_count = 1;
	to->memory[0] = (struct od_memory_operand){.base = OD_REGISTER_NONE, .index = number(ops[1].reg),
						   .scale = (uint16_t)(1u << by)};
}

static void translate_branch(const cs_insn *from, const cs_arm64 *arm, struct od_insn *to)
{
	const cs_arm64_op *last = &arm->operands[arm->op_count ? arm->op_count - 1 : 0];
	bool plain = from->id == ARM64_INS_B && (arm->cc == ARM64_CC_INVALID || arm->cc == ARM64_CC_AL);

	to->kind = from->id == ARM64_INS_BL || from->id == ARM64_INS_BLR ? OD_INSN_CALL :
		   plain || from->id == ARM64_INS_BR			 ? OD_INSN_JUMP : OD_INSN_BRANCH;
	if (last->type == ARM64_OP_IMM) {
		to->has_target = true;
		to->target = (uint64_t)last->imm;
	} else if (from->id == ARM64_INS_BR || from->id == ARM64_INS_BLR) {
		to->indirect = number(last->reg);
	}
	to->writes = 0;
}

static void translate_known(const cs_insn *from, const cs_arm64 *arm, struct od_insn *to)
{
	switch (from->id) {
	case ARM64_INS_ADD:
		translate_add(arm, 1, to);
		break;
	case ARM64_INS_SUB:
		translate_add(arm, -1, to);
		break;
	case ARM64_INS_MADD: case ARM64_INS_MUL: case ARM64_INS_SMADDL: case ARM64_INS_UMADDL: case ARM64_INS_SMULL:
	case ARM64_INS_UMULL:
		translate_multiply(arm, to);
		break;
	case ARM64_INS_LSL: case ARM64_INS_SXTW: case ARM64_INS_SBFIZ: case ARM64_INS_UBFIZ:
		translate_shift(arm, to);
		break;
	case ARM64_INS_MOV: case ARM64_INS_MOVZ: case ARM64_INS_ADR: case ARM64_INS_ADRP:
		translate_move(arm, to);
		to->immediate_is_address = to->has_immediate && (from->id == ARM64_INS_ADR || from->id == ARM64_INS_ADRP);
		break;
	case ARM64_INS_MOVK:
		translate_insert(arm, to);
		break;
	case ARM64_INS_B: case ARM64_INS_BL: case ARM64_INS_BR: case ARM64_INS_BLR: case ARM64_INS_CBZ:
	case ARM64_INS_CBNZ: case ARM64_INS_TBZ: case ARM64_INS_TBNZ:
		translate_branch(from, arm, to);
		break;
	case ARM64_INS_RET: case ARM64_INS_ERET: case ARM64_INS_BRK:
		to->kind = OD_INSN_RETURN;
		break;
	default:
		break;
	}
}

/* Those that only set flags: Capstone 4.0.2 says that they write their first operand. */
static bool only_compares(unsigned id)
{
	return id == ARM64_INS_CMP || id == ARM64_INS_CMN || id == ARM64_INS_TST || id == ARM64_INS_CCMP || id == ARM64_INS_CCMN;
}

static void translate(const struct cs_insn *from, struct od_insn *to)
{
	const cs_arm64 *arm = &from->detail->arm64;

	for (unsigned i = 0; i < arm->op_count; i++) {
		const cs_arm64_op *op = &arm->operands[i];
		uint8_t reg = op->type == ARM64_OP_REG ? number(op->reg) : OD_REGISTER_NONE;
		if (reg < ZERO && (op->access & CS_AC_WRITE))
			to->writes |= 1ull << reg;
		if (op->type == ARM64_OP_MEM)
			translate_memory(from, arm, i, to);
	}
	if (only_compares(from->id))
		to->writes = 0;
	else if (!to->memory_count)
		translate_known(from, arm, to);
}

/* An address is made in two steps, the page (adrp) and the rest: the second one's relocation tells all of it. */
static void fix(struct od_insn *insn, const struct od_insn_fixup *fixup)
{
	switch (fixup->type) {
	case R_AARCH64_CALL26: case R_AARCH64_JUMP26:
		insn->has_target = fixup->known;
		insn->target = fixup->target;
		insn->target_name = fixup->name;
		insn->preserves = od_str_equal(fixup->name, OD_STR("_mcount"));
		break;
	case R_AARCH64_ADR_PREL_PG_HI21: case R_AARCH64_ADR_PREL_PG_HI21_NC: case R_AARCH64_ADR_PREL_LO21:
		insn->immediate = (int64_t)fixup->target;
		insn->immediate_is_address = fixup->known;
		break;
	case R_AARCH64_ADD_ABS_LO12_NC:
		insn->kind = fixup->known ? OD_INSN_MOVE : OD_INSN_OTHER;
		insn->immediate = (int64_t)fixup->target;
		insn->immediate_is_address = true;
		break;
	case R_AARCH64_LDST8_ABS_LO12_NC: case R_AARCH64_LDST16_ABS_LO12_NC: case R_AARCH64_LDST32_ABS_LO12_NC:
	case R_AARCH64_LDST64_ABS_LO12_NC: case R_AARCH64_LDST128_ABS_LO12_NC:
		insn->memory[0].displacement = (int64_t)fixup->target;
		insn->memory[0].base = OD_REGISTER_NONE;
		insn->memory[0].absolute = true;
		break;
	default:
		break;
	}
}

static const struct od_arch *const arches[] = {&od_arch_arm64, NULL};

const struct od_insn_set od_insn_arm64 = {
	.arches = arches,
	.registers = &registers,
	.capstone_arch = CS_ARCH_ARM64,
	.capstone_mode = CS_MODE_ARM,
	.translate = translate,
	.newer = od_insn_arm64_newer,
	.fix = fix,
};
