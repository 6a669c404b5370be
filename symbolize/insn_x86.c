// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * x86. Sources: Intel SDM volume 2; System V psABI, AMD64 supplement, figure 3.36 and i386 supplement, table
 * 2.14 (DWARF register numbers); the kernel's calling conventions (arch/x86/Makefile: -mregparm=3 on i386).
 */
#include "symbolize/insn.h"
#include "symbolize/x86.h"

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
	.pushed = 8,
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
	.pushed = 4,
	.arguments = arguments32,
	.argument_count = 3,
};

/* DWARF's number of a register; a byte of the upper half of one is a part of it. */
static uint8_t number(const struct od_x86 *from, uint8_t reg)
{
	static const uint8_t by_number[] = {0, 2, 1, 3, 7, 6, 4, 5};

	if (reg == OD_X86_NONE || (!from->wide && reg > 7))
		return OD_REGISTER_NONE;
	return from->wide && reg < 8 ? by_number[reg] : reg;
}

static bool is_high_byte(const struct od_x86 *from, uint8_t reg, unsigned width)
{
	return width == 1 && !from->has_rex && reg >= 4 && reg < 8;
}

/* As number(), of an operand of this width. */
static uint8_t operand(const struct od_x86 *from, uint8_t reg, unsigned width)
{
	return number(from, is_high_byte(from, reg, width) ? reg - 4 : reg);
}

static unsigned width_of_e(const struct od_x86 *from)
{
	return from->flags & OD_X86_E8 ? 1 : from->flags & OD_X86_E16 ? 2 : from->width;
}

static uint8_t g_of(const struct od_x86 *from)
{
	return operand(from, from->reg, from->width);
}

static uint8_t e_of(const struct od_x86 *from)
{
	return operand(from, from->rm, width_of_e(from));
}

/* A write fills the register, or clears its upper part: the value is the new one. */
static bool is_whole(const struct od_x86 *from)
{
	return from->width >= 4;
}

static void add_memory(const struct od_x86 *from, struct od_insn *to)
{
	struct od_memory_operand *memory = &to->memory[to->memory_count++];

	*memory = (struct od_memory_operand){
		.displacement = from->displacement,
		.base = number(from, from->base),
		.index = number(from, from->index),
		.scale = from->scale,
		.width = from->memory_width,
		.read = from->flags & OD_X86_E_READ,
		.write = from->flags & OD_X86_E_WRITE,
		.segment = from->segment,
	};
	if (from->relative) {
		memory->absolute = true;
		memory->displacement += (int64_t)(to->address + from->size);
	}
}

static void mark(struct od_insn *to, uint8_t reg)
{
	if (reg != OD_REGISTER_NONE)
		to->writes |= 1ull << reg;
}

static void set_writes(const struct od_x86 *from, struct od_insn *to)
{
	for (uint8_t i = 0; i < 8; i++)
		if (from->flags >> (OD_X86_WRITES_SHIFT + i) & 1)
			mark(to, number(from, i));
	if (from->flags & OD_X86_G_WRITE)
		mark(to, g_of(from));
	if (from->flags & OD_X86_O_WRITE)
		mark(to, g_of(from));
	if (from->flags & OD_X86_E_WRITE && !(from->flags & OD_X86_E_OTHER))
		mark(to, e_of(from));
	/* blsr and its relatives, mulx */
	if (from->vector && from->map == OD_X86_0F38 && (from->opcode == 0xf3 || from->opcode == 0xf6))
		mark(to, number(from, from->third));
}

static void set_immediate(const struct od_x86 *from, struct od_insn *to, int sign)
{
	to->has_immediate = true;
	to->immediate = sign * from->immediate;
}

/* A value that replaces another one of the same width. */
static void set_value(const struct od_x86 *from, struct od_insn *to)
{
	to->has_immediate = true;
	to->immediate = from->width == 8 ? from->immediate : from->immediate & (((int64_t)1 << 8 * from->width) - 1);
}

/* E by G. */
static void set_store(const struct od_x86 *from, struct od_insn *to)
{
	to->kind = OD_INSN_STORE;
	to->from = from->flags & OD_X86_G_OTHER ? OD_REGISTER_NONE : g_of(from);
}

/* G by E, which may be narrower. */
static void set_load(const struct od_x86 *from, struct od_insn *to)
{
	if (!is_whole(from) || is_high_byte(from, from->rm, width_of_e(from)))
		return;
	to->kind = from->is_memory ? OD_INSN_LOAD : OD_INSN_MOVE;
	to->to = g_of(from);
	to->from = e_of(from);
}

/* 88-8b: in both directions. */
static void translate_move(const struct od_x86 *from, struct od_insn *to)
{
	if (from->opcode >= 0x8a)
		set_load(from, to);
	else if (from->is_memory)
		set_store(from, to);
	else if (is_whole(from)) {
		to->kind = OD_INSN_MOVE;
		to->to = e_of(from);
		to->from = g_of(from);
	}
}

/* An immediate to E. */
static void translate_constant(const struct od_x86 *from, struct od_insn *to)
{
	if (from->digit)
		return;
	if (from->is_memory) {
		to->kind = OD_INSN_STORE;
		set_value(from, to);
	} else if (is_whole(from)) {
		to->kind = OD_INSN_MOVE;
		to->to = e_of(from);
		set_value(from, to);
	}
}

/* An immediate to the register in the opcode. */
static void translate_register_constant(const struct od_x86 *from, struct od_insn *to)
{
	if (!is_whole(from))
		return;
	to->kind = OD_INSN_MOVE;
	to->to = g_of(from);
	set_value(from, to);
}

/* reg += sign * the immediate */
static void set_add(const struct od_x86 *from, uint8_t reg, int sign, struct od_insn *to)
{
	if (!is_whole(from))
		return;
	to->kind = OD_INSN_ADD;
	to->to = to->from = reg;
	set_immediate(from, to, sign);
}

/* reg += other */
static void set_sum(uint8_t reg, uint8_t other, struct od_insn *to)
{
	to->kind = OD_INSN_ADDRESS;
	to->to = to->from = reg;
	to->memory_count = 1;
	to->memory[0] = (struct od_memory_operand){.base = reg, .index = other, .scale = 1};
}

/* 00-05: add */
static void translate_add(const struct od_x86 *from, struct od_insn *to)
{
	if (!is_whole(from))
		return;
	if (from->opcode == 0x05) {
		set_add(from, number(from, 0), 1, to);
	} else if (from->opcode == 0x01 && !from->is_memory) {
		set_sum(e_of(from), g_of(from), to);
	} else if (from->opcode == 0x03 && !from->is_memory) {
		set_sum(g_of(from), e_of(from), to);
	} else if (from->opcode == 0x03) {
		to->kind = OD_INSN_SUM;
		to->to = to->from = g_of(from);
	}
}

/* 80-83: arithmetic with an immediate; 0 is add, 5 is sub. */
static void translate_arithmetic(const struct od_x86 *from, struct od_insn *to)
{
	if (!from->is_memory && (from->digit == 0 || from->digit == 5))
		set_add(from, e_of(from), from->digit ? -1 : 1, to);
}

/* 30-33: a register by itself. */
static void translate_xor(const struct od_x86 *from, struct od_insn *to)
{
	if (from->rm != from->reg || !is_whole(from))
		return;
	to->kind = OD_INSN_MOVE;
	to->to = e_of(from);
	to->has_immediate = true;
}

/* imul with two or three operands. */
static void translate_multiply(const struct od_x86 *from, struct od_insn *to)
{
	if (from->is_memory || !is_whole(from))
		return;
	to->kind = OD_INSN_PRODUCT;
	to->to = g_of(from);
	to->from = e_of(from);
	if (from->has_immediate)
		set_immediate(from, to, 1);
	else
		to->from2 = to->to;
}

/* A shift to the left by a small number, as a product. */
static void translate_shift(const struct od_x86 *from, struct od_insn *to)
{
	const bool by_one = from->opcode == 0xd1;

	if (from->digit != 4 || from->is_memory || !is_whole(from) || (!by_one && (uint64_t)from->immediate > 7))
		return;
	to->kind = OD_INSN_ADDRESS;
	to->to = e_of(from);
	to->memory_count = 1;
	to->memory[0] = (struct od_memory_operand){.base = OD_REGISTER_NONE, .index = to->to,
						   .scale = (uint16_t)(1u << (by_one ? 1 : from->immediate))};
}

/* push and pop: an access at the stack pointer, which moves. */
static void set_stack(const struct od_x86 *from, bool push, uint8_t reg, struct od_insn *to)
{
	const int size = from->width;
	const uint8_t sp = number(from, 4);

	to->kind = push ? OD_INSN_STORE : OD_INSN_LOAD;
	to->memory[1] = to->memory[0];
	to->memory_count = (uint8_t)(to->memory_count ? 2 : 1);
	to->memory[0] = (struct od_memory_operand){.base = sp, .index = OD_REGISTER_NONE, .width = (uint8_t)size,
						   .displacement = push ? -size : 0, .read = !push, .write = push};
	to->adjusted = sp;
	to->adjustment = push ? -size : size;
	*(push ? &to->from : &to->to) = reg;
}

/* call, jmp and jcc to a distance. */
static void translate_near(const struct od_x86 *from, struct od_insn *to)
{
	const uint64_t next = to->address + from->size;

	to->kind = from->map == OD_X86_ONE && from->opcode == 0xe8			      ? OD_INSN_CALL
		   : from->map == OD_X86_ONE && (from->opcode == 0xe9 || from->opcode == 0xeb) ? OD_INSN_JUMP
											      : OD_INSN_BRANCH;
	to->has_target = true;
	to->target = next + (uint64_t)from->immediate;
	if (!from->wide)
		to->target = from->operand16 ? to->target & 0xffff : (uint32_t)to->target;
}

/* ff: inc, dec, call, far call, jmp, far jmp, push. */
static void translate_last(const struct od_x86 *from, struct od_insn *to)
{
	struct od_x86 one = *from;

	one.immediate = 1;
	switch (from->digit) {
	case 0: case 1:
		if (!from->is_memory)
			set_add(&one, e_of(from), from->digit ? -1 : 1, to);
		break;
	case 2: case 3: case 4: case 5:
		to->kind = from->digit < 4 ? OD_INSN_CALL : OD_INSN_JUMP;
		to->indirect = e_of(from);
		break;
	case 6:
		set_stack(from, true, e_of(from), to);
		break;
	default:
		break;
	}
}

/* The accesses of movs, stos and their relatives; the destination comes first. */
static void translate_string(const struct od_x86 *from, struct od_insn *to)
{
	const bool source = from->flags & OD_X86_SI, destination = from->flags & OD_X86_DI;
	const bool compares = from->opcode == 0xa6 || from->opcode == 0xa7 || from->opcode == 0xae || from->opcode == 0xaf;
	const struct od_memory_operand any = {.index = OD_REGISTER_NONE, .width = from->width, .scale = 1};

	to->repeats = from->repeat || from->repeat_not;
	if (to->repeats)
		mark(to, number(from, 1));
	if (destination) {
		struct od_memory_operand *memory = &to->memory[to->memory_count++];
		*memory = any;
		memory->base = number(from, 7);
		memory->read = compares;
		memory->write = !compares;
	}
	if (source) {
		struct od_memory_operand *memory = &to->memory[to->memory_count++];
		*memory = any;
		memory->base = number(from, 6);
		memory->read = true;
		memory->segment = from->segment;
	}
}

/* a0-a3: between AX and an address in the instruction. */
static void translate_offset(const struct od_x86 *from, struct od_insn *to)
{
	const bool store = from->opcode >= 0xa2;

	to->memory[0].read = !store;
	to->memory[0].write = store;
	if (store) {
		to->kind = OD_INSN_STORE;
		to->from = number(from, 0);
	} else if (is_whole(from)) {
		to->kind = OD_INSN_LOAD;
		to->to = number(from, 0);
	}
}

static void translate_address(const struct od_x86 *from, struct od_insn *to)
{
	to->kind = to->memory_count ? OD_INSN_ADDRESS : OD_INSN_OTHER;
	to->to = g_of(from);
}

/* f7: 6 and 7 divide. */
static void translate_divide(const struct od_x86 *from, struct od_insn *to)
{
	to->divides = from->digit >= 6;
	if (to->divides)
		to->divisor = e_of(from);
}

static void translate_push(const struct od_x86 *from, struct od_insn *to)
{
	const bool plain = from->map == OD_X86_ONE && from->opcode <= 0x5f;

	to->writes &= ~(1ull << number(from, 4));
	set_stack(from, true, plain ? g_of(from) : OD_REGISTER_NONE, to);
}

static void translate_pop(const struct od_x86 *from, struct od_insn *to)
{
	const bool plain = from->map == OD_X86_ONE && from->opcode <= 0x5f;

	to->writes &= ~(1ull << number(from, 4));
	set_stack(from, false, plain ? g_of(from) : from->opcode == 0x8f ? e_of(from) : OD_REGISTER_NONE, to);
}

/* inc and dec of 32-bit mode. */
static void translate_step(const struct od_x86 *from, struct od_insn *to)
{
	struct od_x86 one = *from;

	one.immediate = 1;
	set_add(&one, g_of(from), from->opcode < 0x48 ? 1 : -1, to);
}

static void translate_sub(const struct od_x86 *from, struct od_insn *to)
{
	set_add(from, number(from, 0), -1, to);
}

static void translate_return(const struct od_x86 *from, struct od_insn *to)
{
	(void)from;
	to->kind = OD_INSN_RETURN;
}

static void translate_nothing(const struct od_x86 *from, struct od_insn *to)
{
	to->memory_count = 0;
	if (!(from->flags & OD_X86_E_WRITE))
		to->writes = 0;
}

/* xchg with AX: of itself it is nop. */
static void translate_exchange(const struct od_x86 *from, struct od_insn *to)
{
	if (from->reg == 0)
		to->writes = 0;
}

/* cdqe: the same number, wider. */
static void translate_widen(const struct od_x86 *from, struct od_insn *to)
{
	if (from->width == 8)
		to->writes = 0;
}

typedef void translator(const struct od_x86 *from, struct od_insn *to);

/* By opcode; NULL: only what it writes and accesses is told. */
static translator *const one[256] = {
	[0x00 ... 0x05] = translate_add, [0x2d] = translate_sub, [0x30 ... 0x33] = translate_xor,
	[0x06] = translate_push, [0x07] = translate_pop, [0x0e] = translate_push, [0x16] = translate_push,
	[0x17] = translate_pop, [0x1e] = translate_push, [0x1f] = translate_pop, [0x40 ... 0x4f] = translate_step,
	[0x50 ... 0x57] = translate_push, [0x58 ... 0x5f] = translate_pop, [0x63] = set_load, [0x68] = translate_push,
	[0x69] = translate_multiply, [0x6a] = translate_push, [0x6b] = translate_multiply, [0x6c ... 0x6f] = translate_string,
	[0x80 ... 0x83] = translate_arithmetic, [0x88 ... 0x8b] = translate_move, [0x8d] = translate_address,
	[0x8f] = translate_pop, [0x90 ... 0x97] = translate_exchange, [0x98] = translate_widen, [0x9c] = translate_push,
	[0x9d] = translate_pop, [0xa0 ... 0xa3] = translate_offset, [0xa4 ... 0xa7] = translate_string,
	[0xaa ... 0xaf] = translate_string, [0xb0 ... 0xbf] = translate_register_constant, [0xc1] = translate_shift,
	[0xc2 ... 0xc3] = translate_return, [0xc6 ... 0xc7] = translate_constant, [0xca ... 0xcb] = translate_return,
	[0xcf] = translate_return, [0xd1] = translate_shift, [0xf4] = translate_return, [0xf6 ... 0xf7] = translate_divide,
	[0xfe ... 0xff] = translate_last,
};

/* Behind 0F. */
static translator *const two[256] = {
	[0x07] = translate_return, [0x0b] = translate_return, [0x19 ... 0x1f] = translate_nothing, [0x35] = translate_return,
	[0xa0] = translate_push, [0xa1] = translate_pop, [0xa8] = translate_push, [0xa9] = translate_pop,
	[0xaf] = translate_multiply, [0xb6 ... 0xb7] = set_load, [0xbe ... 0xbf] = set_load, [0xc3] = set_store,
};

static void translate(const struct od_x86 *from, struct od_insn *to)
{
	const bool untold = from->has_modrm && !from->is_memory && from->rm == OD_X86_NONE;
	translator *meaning = from->vector || untold	? NULL
			      : from->map == OD_X86_ONE ? one[from->opcode]
			      : from->map == OD_X86_0F  ? two[from->opcode]
							: NULL;

	if (from->is_memory)
		add_memory(from, to);
	set_writes(from, to);
	if (from->flags & OD_X86_NEAR)
		translate_near(from, to);
	else if (meaning)
		meaning(from, to);
}

/* Bytes that are no instruction are passed one by one, as one that may do anything. */
static unsigned decode(const unsigned char *bytes, size_t size, bool wide, struct od_insn *to)
{
	struct od_x86 insn;

	if (!od_x86_decode(bytes, size, wide, &insn)) {
		to->writes = UINT64_MAX;
		return 1;
	}
	translate(&insn, to);
	return insn.size;
}

static unsigned decode64(const unsigned char *bytes, size_t size, struct od_insn *to)
{
	return decode(bytes, size, true, to);
}

static unsigned decode32(const unsigned char *bytes, size_t size, struct od_insn *to)
{
	return decode(bytes, size, false, to);
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
	.decode = decode64,
	.fix = fix,
};

const struct od_insn_set od_insn_i386 = {
	.arches = arches32,
	.registers = &registers32,
	.decode = decode32,
	.fix = fix,
};
