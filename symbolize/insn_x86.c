// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * x86. Sources: Intel SDM volume 2; System V psABI, AMD64 supplement, figure 3.36 and i386 supplement, table
 * 2.14 (DWARF register numbers); the kernel's calling conventions (arch/x86/Makefile: -mregparm=3 on i386).
 */
#include <capstone/capstone.h>
#include <elf.h>

#include "symbolize/insn.h"

static const char *const names64[OD_REGISTER_COUNT] = {
	"rax", "rdx", "rcx", "rbx", "rsi", "rdi", "rbp", "rsp", "r08", "r09", "r10", "r11", "r12", "r13", "r14", "r15",
};
static const char *const names32[OD_REGISTER_COUNT] = {"eax", "ecx", "edx", "ebx", "esp", "ebp", "esi", "edi"};
static const uint8_t arguments64[] = {5, 4, 1, 2, 8, 9};
static const uint8_t arguments32[] = {0, 2, 1};

static const struct od_register_set registers64 = {
	.names = names64,
	.stack_pointer = 7,
	.result = 0,
	.zero = OD_REGISTER_NONE,
	.preserved = 1u << 3 | 1u << 6 | 1u << 7 | 0xf000, /* rbx rbp rsp r12-r15 */
	.cfa = 8,
	.arguments = arguments64,
	.argument_count = 6,
};
static const struct od_register_set registers32 = {
	.names = names32,
	.stack_pointer = 4,
	.result = 0,
	.zero = OD_REGISTER_NONE,
	.preserved = 1u << 3 | 1u << 4 | 1u << 5 | 1u << 6 | 1u << 7, /* ebx esp ebp esi edi */
	.cfa = 4,
	.arguments = arguments32,
	.argument_count = 3,
};

/* Names of one register in its widths, and its DWARF numbers. */
static const struct {
	uint16_t full, half, word, low, high;
	uint8_t number64, number32;
} rows[] = {
	{X86_REG_RAX, X86_REG_EAX, X86_REG_AX, X86_REG_AL, X86_REG_AH, 0, 0},
	{X86_REG_RDX, X86_REG_EDX, X86_REG_DX, X86_REG_DL, X86_REG_DH, 1, 2},
	{X86_REG_RCX, X86_REG_ECX, X86_REG_CX, X86_REG_CL, X86_REG_CH, 2, 1},
	{X86_REG_RBX, X86_REG_EBX, X86_REG_BX, X86_REG_BL, X86_REG_BH, 3, 3},
	{X86_REG_RSI, X86_REG_ESI, X86_REG_SI, X86_REG_SIL, 0, 4, 6},
	{X86_REG_RDI, X86_REG_EDI, X86_REG_DI, X86_REG_DIL, 0, 5, 7},
	{X86_REG_RBP, X86_REG_EBP, X86_REG_BP, X86_REG_BPL, 0, 6, 5},
	{X86_REG_RSP, X86_REG_ESP, X86_REG_SP, X86_REG_SPL, 0, 7, 4},
	{X86_REG_R8, X86_REG_R8D, X86_REG_R8W, X86_REG_R8B, 0, 8, OD_REGISTER_NONE},
	{X86_REG_R9, X86_REG_R9D, X86_REG_R9W, X86_REG_R9B, 0, 9, OD_REGISTER_NONE},
	{X86_REG_R10, X86_REG_R10D, X86_REG_R10W, X86_REG_R10B, 0, 10, OD_REGISTER_NONE},
	{X86_REG_R11, X86_REG_R11D, X86_REG_R11W, X86_REG_R11B, 0, 11, OD_REGISTER_NONE},
	{X86_REG_R12, X86_REG_R12D, X86_REG_R12W, X86_REG_R12B, 0, 12, OD_REGISTER_NONE},
	{X86_REG_R13, X86_REG_R13D, X86_REG_R13W, X86_REG_R13B, 0, 13, OD_REGISTER_NONE},
	{X86_REG_R14, X86_REG_R14D, X86_REG_R14W, X86_REG_R14B, 0, 14, OD_REGISTER_NONE},
	{X86_REG_R15, X86_REG_R15D, X86_REG_R15W, X86_REG_R15B, 0, 15, OD_REGISTER_NONE},
};

static uint8_t number(unsigned reg, bool wide)
{
	for (size_t i = 0; reg && i < sizeof(rows) / sizeof(rows[0]); i++)
		if (reg == rows[i].full || reg == rows[i].half || reg == rows[i].word || reg == rows[i].low ||
		    reg == rows[i].high)
			return wide ? rows[i].number64 : rows[i].number32;
	return OD_REGISTER_NONE;
}

/* Registers whose upper part the write clears or which it fills: their value is the new one. */
static bool is_whole(unsigned reg)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (reg == rows[i].full || reg == rows[i].half)
			return true;
	return false;
}

static void add_memory(const cs_insn *from, const cs_x86_op *op, bool wide, struct od_insn *to)
{
	if (to->memory_count == OD_INSN_MEMORIES)
		return;
	struct od_memory_operand *memory = &to->memory[to->memory_count++];
	*memory = (struct od_memory_operand){
		.displacement = op->mem.disp,
		.base = number(op->mem.base, wide),
		.index = number(op->mem.index, wide),
		.scale = (uint16_t)op->mem.scale,
		.width = op->size,
		.read = op->access & CS_AC_READ,
		.write = op->access & CS_AC_WRITE,
		.segment = op->mem.segment == X86_REG_GS || op->mem.segment == X86_REG_FS,
	};
	if (op->mem.base == X86_REG_RIP) {
		memory->absolute = true;
		memory->displacement += (int64_t)(from->address + from->size);
	}
}

static void set_writes(const cs_insn *from, bool wide, struct od_insn *to)
{
	const cs_detail *detail = from->detail;

	for (unsigned i = 0; i < detail->regs_write_count; i++) {
		uint8_t reg = number(detail->regs_write[i], wide);
		if (reg != OD_REGISTER_NONE)
			to->writes |= 1ull << reg;
	}
	for (unsigned i = 0; i < detail->x86.op_count; i++) {
		const cs_x86_op *op = &detail->x86.operands[i];
		uint8_t reg = op->type == X86_OP_REG ? number(op->reg, wide) : OD_REGISTER_NONE;
		/* Capstone 4.0.2 leaves `access` of some instructions empty. */
		if (reg != OD_REGISTER_NONE && ((op->access & CS_AC_WRITE) || (!op->access && i == 0)))
			to->writes |= 1ull << reg;
	}
}

static void set_immediate(struct od_insn *to, const cs_x86_op *op, int sign)
{
	to->has_immediate = true;
	to->immediate = sign * op->imm;
}

/* mov and its relatives: between registers, from and to memory. */
static void translate_move(const cs_x86_op *ops, bool wide, struct od_insn *to)
{
	if (ops[0].type == X86_OP_MEM) {
		to->kind = OD_INSN_STORE;
		to->from = ops[1].type == X86_OP_REG ? number(ops[1].reg, wide) : OD_REGISTER_NONE;
	} else if (is_whole(ops[0].reg)) {
		to->kind = ops[1].type == X86_OP_MEM ? OD_INSN_LOAD : OD_INSN_MOVE;
		to->to = number(ops[0].reg, wide);
		to->from = ops[1].type == X86_OP_REG ? number(ops[1].reg, wide) : OD_REGISTER_NONE;
		if (ops[1].type == X86_OP_REG && to->from == OD_REGISTER_NONE)
			to->kind = OD_INSN_OTHER; /* from a segment or control register */
	}
	if (ops[1].type == X86_OP_IMM)
		set_immediate(to, &ops[1], 1);
}

static void translate_add(const cs_x86_op *ops, int sign, bool wide, struct od_insn *to)
{
	if (ops[0].type != X86_OP_REG || !is_whole(ops[0].reg))
		return;
	to->to = to->from = number(ops[0].reg, wide);
	if (ops[1].type == X86_OP_IMM) {
		to->kind = OD_INSN_ADD;
		set_immediate(to, &ops[1], sign);
	} else if (ops[1].type == X86_OP_REG && sign > 0) {
		to->kind = OD_INSN_ADDRESS;
		to->memory_count = 1;
		to->memory[0] = (struct od_memory_operand){.base = to->to, .index = number(ops[1].reg, wide), .scale = 1};
	} else if (ops[1].type == X86_OP_MEM && sign > 0) {
		to->kind = OD_INSN_SUM;
	}
}

/* imul with two or three operands. */
static void translate_multiply(const cs_x86 *x86, bool wide, struct od_insn *to)
{
	const cs_x86_op *ops = x86->operands;

	if (x86->op_count < 2 || ops[0].type != X86_OP_REG || !is_whole(ops[0].reg) || ops[1].type != X86_OP_REG)
		return;
	to->kind = OD_INSN_PRODUCT;
	to->to = number(ops[0].reg, wide);
	to->from = number(ops[1].reg, wide);
	if (x86->op_count == 3)
		set_immediate(to, &ops[2], 1);
	else
		to->from2 = to->to;
}

/* A shift to the left by a small number, as a product. */
static void translate_shift(const cs_x86_op *ops, bool wide, struct od_insn *to)
{
	if (ops[0].type != X86_OP_REG || !is_whole(ops[0].reg) || ops[1].type != X86_OP_IMM || ops[1].imm > 7)
		return;
	to->kind = OD_INSN_ADDRESS;
	to->to = number(ops[0].reg, wide);
	to->memory_count = 1;
	to->memory[0] = (struct od_memory_operand){.base = OD_REGISTER_NONE, .index = to->to,
						   .scale = (uint16_t)(1u << ops[1].imm)};
}

/* push and pop: an access at the stack pointer, which moves. */
static void translate_stack(const cs_x86_op *op, bool push, bool wide, struct od_insn *to)
{
	const int size = wide ? 8 : 4;
	const uint8_t sp = wide ? 7 : 4;

	to->kind = push ? OD_INSN_STORE : OD_INSN_LOAD;
	to->memory[1] = to->memory[0];
	to->memory_count = (uint8_t)(to->memory_count ? 2 : 1);
	to->memory[0] = (struct od_memory_operand){.base = sp, .index = OD_REGISTER_NONE, .width = (uint8_t)size,
						   .displacement = push ? -size : 0, .read = !push, .write = push};
	to->adjusted = sp;
	to->adjustment = push ? -size : size;
	to->writes &= ~(1ull << sp);
	if (op->type != X86_OP_REG)
		return;
	*(push ? &to->from : &to->to) = number(op->reg, wide);
}

static void translate_jump(const cs_insn *from, const cs_x86_op *op, bool wide, struct od_insn *to)
{
	to->kind = from->id == X86_INS_CALL ? OD_INSN_CALL : from->id == X86_INS_JMP ? OD_INSN_JUMP : OD_INSN_BRANCH;
	if (op->type == X86_OP_IMM) {
		to->has_target = true;
		to->target = (uint64_t)op->imm;
	} else if (op->type == X86_OP_REG) {
		to->indirect = number(op->reg, wide);
	}
	to->writes = 0;
}

static void translate_divide(const cs_x86_op *op, bool wide, struct od_insn *to)
{
	to->divides = true;
	if (op->type == X86_OP_REG)
		to->divisor = number(op->reg, wide);
}

static void translate_known(const cs_insn *from, const cs_x86 *x86, bool wide, struct od_insn *to)
{
	const cs_x86_op *ops = x86->operands;
	static const cs_x86_op one = {.type = X86_OP_IMM, .imm = 1};
	const cs_x86_op unary[] = {ops[0], one};

	switch (from->id) {
	case X86_INS_MOV: case X86_INS_MOVABS: case X86_INS_MOVZX: case X86_INS_MOVSX: case X86_INS_MOVSXD:
		translate_move(ops, wide, to);
		break;
	case X86_INS_LEA:
		to->kind = OD_INSN_ADDRESS;
		to->to = number(ops[0].reg, wide);
		to->memory[0].read = to->memory[0].write = false;
		break;
	case X86_INS_ADD: case X86_INS_SUB:
		translate_add(ops, from->id == X86_INS_ADD ? 1 : -1, wide, to);
		break;
	case X86_INS_IMUL:
		translate_multiply(x86, wide, to);
		break;
	case X86_INS_CDQE: /* the same number, wider */
		to->writes = 0;
		break;
	case X86_INS_INC: case X86_INS_DEC:
		translate_add(unary, from->id == X86_INS_INC ? 1 : -1, wide, to);
		break;
	case X86_INS_XOR:
		if (ops[0].type == X86_OP_REG && ops[1].type == X86_OP_REG && ops[0].reg == ops[1].reg) {
			to->kind = OD_INSN_MOVE;
			to->to = number(ops[0].reg, wide);
			to->has_immediate = true;
		}
		break;
	case X86_INS_SHL:
		translate_shift(ops, wide, to);
		break;
	case X86_INS_PUSH: case X86_INS_POP:
		translate_stack(ops, from->id == X86_INS_PUSH, wide, to);
		break;
	case X86_INS_DIV: case X86_INS_IDIV:
		translate_divide(ops, wide, to);
		break;
	case X86_INS_RET: case X86_INS_UD2: case X86_INS_IRET: case X86_INS_IRETQ: case X86_INS_HLT:
		to->kind = OD_INSN_RETURN;
		break;
	case X86_INS_NOP: case X86_INS_ENDBR64: case X86_INS_ENDBR32:
		to->memory_count = 0;
		to->writes = 0;
		break;
	default:
		break;
	}
}

static bool is_in_group(const cs_insn *insn, unsigned group)
{
	for (unsigned i = 0; i < insn->detail->groups_count; i++)
		if (insn->detail->groups[i] == group)
			return true;
	return false;
}

static void translate(const cs_insn *from, bool wide, struct od_insn *to)
{
	const cs_x86 *x86 = &from->detail->x86;

	for (unsigned i = 0; i < x86->op_count; i++)
		if (x86->operands[i].type == X86_OP_MEM)
			add_memory(from, &x86->operands[i], wide, to);
	set_writes(from, wide, to);
	to->repeats = x86->prefix[0] == X86_PREFIX_REP || x86->prefix[0] == X86_PREFIX_REPNE;
	if (from->id == X86_INS_CALL || is_in_group(from, CS_GRP_JUMP))
		translate_jump(from, &x86->operands[0], wide, to);
	else
		translate_known(from, x86, wide, to);
}

static void translate64(const struct cs_insn *from, struct od_insn *to)
{
	translate(from, true, to);
}

static void translate32(const struct cs_insn *from, struct od_insn *to)
{
	translate(from, false, to);
}

/* Retpolines and return thunks stand for what they replaced (arch/x86/lib/retpoline.S). */
static void name_target(struct od_insn *insn, const struct od_insn_fixup *fixup)
{
	static const char *const by_number[] = {"ax", "dx", "cx", "bx", "si", "di", "bp"};
	static const struct od_str thunk = OD_STR("__x86_indirect_thunk_");
	struct od_str name = fixup->name;

	insn->has_target = fixup->known;
	insn->target = fixup->target + (fixup->relative ? 4 : 0);
	insn->target_name = name;
	insn->preserves = od_str_equal(name, OD_STR("__fentry__")) || od_str_equal(name, OD_STR("mcount"));
	if (od_str_equal(name, OD_STR("__x86_return_thunk")))
		insn->kind = OD_INSN_RETURN;
	if (!od_scan_text(&name, thunk))
		return;
	struct od_str text = name;
	uint64_t high;
	if (od_scan_char(&text, 'r') && od_scan_u64(&text, &high) && high < 16)
		insn->indirect = (uint8_t)high;
	for (uint8_t i = 0; i < sizeof(by_number) / sizeof(by_number[0]); i++)
		if (name.len == 3 && !memcmp(name.ptr + 1, by_number[i], 2))
			insn->indirect = name.ptr[0] == 'r' ? i : i == 1 ? 2 : i == 2 ? 1 : i == 4 ? 6 : i == 5 ? 7 : i == 6 ? 5 : i;
}

static void fix(struct od_insn *insn, const struct od_insn_fixup *fixup)
{
	bool branch = insn->kind == OD_INSN_CALL || insn->kind == OD_INSN_JUMP || insn->kind == OD_INSN_BRANCH;

	if (branch && !insn->memory_count) {
		name_target(insn, fixup);
		return;
	}
	if (!fixup->known)
		return;
	struct od_memory_operand *memory = insn->memory_count ? &insn->memory[insn->memory_count - 1] : NULL;
	if (fixup->relative && memory) {
		memory->absolute = true;
		memory->displacement = (int64_t)(fixup->target + insn->size - fixup->offset);
	} else if (insn->has_immediate && fixup->offset + 4 >= insn->size) {
		insn->immediate = (int64_t)fixup->target;
		insn->immediate_is_address = true;
	} else if (memory) {
		memory->absolute = true;
		memory->displacement = (int64_t)fixup->target;
	}
}

static const struct od_arch *const arches64[] = {&od_arch_x86_64, NULL};
static const struct od_arch *const arches32[] = {&od_arch_i386, NULL};

const struct od_insn_set od_insn_x86_64 = {
	.arches = arches64,
	.registers = &registers64,
	.capstone_arch = CS_ARCH_X86,
	.capstone_mode = CS_MODE_64,
	.translate = translate64,
	.fix = fix,
};

const struct od_insn_set od_insn_i386 = {
	.arches = arches32,
	.registers = &registers32,
	.capstone_arch = CS_ARCH_X86,
	.capstone_mode = CS_MODE_32,
	.translate = translate32,
	.fix = fix,
};
