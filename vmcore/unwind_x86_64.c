// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * The walk of arch/x86/kernel/unwind_orc.c (Linux 6.1, unwind_next_frame()), on a dump. What differs: nothing
 * runs, so there is no task whose registers are elsewhere, and code without a table ends the walk with a reason.
 */
#include "vmcore/walk.h"

enum { USER_MODE = 3, PT_REGS_SIZE = 168, IRET_SIZE = 40, IRQ_STACK_SIZE = 16384 };

/* struct pt_regs, arch/x86/include/asm/ptrace.h */
static const char *const pt_regs[] = {
	"r15", "r14", "r13", "r12", "rbp", "rbx", "r11", "r10", "r09", "r08", "rax", "rcx", "rdx", "rsi", "rdi", "orig_rax",
	"rip", "cs", "eflags", "rsp", "ss",
};

enum { PT_R13 = 2, PT_RBP = 4, PT_R10 = 7, PT_RAX = 10, PT_RDX = 12, PT_RDI = 14, PT_RIP = 16, PT_CS, PT_FLAGS, PT_RSP };

struct walk {
	struct od_walk common;
	struct od_unwind_registers now;
	bool exact;	/* now.rip is an address of an instruction that is or was executing */
};

static bool in_stack(uint64_t sp, uint64_t low, uint64_t size)
{
	return size && sp - low < size;
}

/* The exception stacks of the CPU, by the names that the kernel prints (arch/x86/kernel/dumpstack_64.c). */
static const char *exception_stack(const struct walk *walk, uint64_t sp)
{
	static const struct { enum od_kernel_member member; const char *name; } stacks[] = {
		{OD_MEMBER_STACKS_DF, "#DF"}, {OD_MEMBER_STACKS_NMI, "NMI"}, {OD_MEMBER_STACKS_DB, "#DB"},
		{OD_MEMBER_STACKS_MCE, "#MC"}, {OD_MEMBER_STACKS_VC, "#VC"},
	};
	const struct od_kernel *kernel = walk->common.kernel;
	uint64_t variable = od_kernel_percpu(kernel, kernel->at.cea_exception_stacks, walk->common.cpu), base;

	if (!variable || !od_memory_word(kernel->memory, variable, &base))
		return NULL;
	for (size_t i = 0; i < sizeof(stacks) / sizeof(stacks[0]); i++) {
		uint64_t low = od_kernel_address(kernel, base, stacks[i].member);
		if (low && in_stack(sp, low, od_btf_size(kernel->btf, kernel->members[stacks[i].member].type)))
			return stacks[i].name;
	}
	return NULL;
}

static const char *context(const struct walk *walk, uint64_t sp)
{
	const struct od_kernel *kernel = walk->common.kernel;
	uint64_t variable = od_kernel_percpu(kernel, kernel->at.hardirq_stack_ptr, walk->common.cpu), top;

	if (!variable && kernel->known[OD_MEMBER_HOT_IRQ_STACK]) {
		variable = od_kernel_percpu(kernel, kernel->at.pcpu_hot, walk->common.cpu);
		variable = variable ? od_kernel_address(kernel, variable, OD_MEMBER_HOT_IRQ_STACK) : 0;
	}
	/* the pointer is 8 bytes below the end of the stack (map_irq_stack(), arch/x86/kernel/irq_64.c) */
	if (variable && od_memory_word(kernel->memory, variable, &top) && in_stack(sp, top + 8 - IRQ_STACK_SIZE, IRQ_STACK_SIZE))
		return "IRQ";
	const char *name = exception_stack(walk, sp);
	return name ? name : "TASK";
}

static struct od_frame *put_frame(struct walk *walk)
{
	const struct od_vmcore_spot spot = {.sp = od_num(walk->now.rsp), .fp = od_num(walk->now.rbp)};

	return od_walk_put(&walk->common, walk->now.rip, walk->exact, spot, context(walk, walk->now.rsp));
}

/* Registers that were saved at an exception, kept for the frame that follows. */
static void keep_registers(struct walk *walk, const uint64_t *words, unsigned first)
{
	struct od_vmcore_exception *exception = od_walk_exception(&walk->common);

	for (unsigned i = first; exception && i < sizeof(pt_regs) / sizeof(pt_regs[0]); i++)
		od_walk_keep(&walk->common, exception, od_str_from(pt_regs[i]), words[i]);
}

/* Continues at what an exception interrupted; false: it was user space, or the frame is a hole. */
static bool take_exception(struct walk *walk, uint64_t at, bool full, const struct od_orc *orc)
{
	unsigned char bytes[PT_REGS_SIZE];
	uint64_t words[PT_REGS_SIZE / 8] = {0};
	unsigned first = full ? 0 : PT_RIP;
	struct od_unwind_registers *now = &walk->now;

	if (!od_memory_read(walk->common.kernel->memory, at, bytes + 8 * first, full ? PT_REGS_SIZE : IRET_SIZE))
		return od_walk_end(&walk->common, false, "the registers that an exception saved are not in the dump");
	for (unsigned i = first; i < PT_REGS_SIZE / 8; i++)
		words[i] = od_memory_decode(walk->common.kernel->memory, bytes + 8 * i, 8);
	keep_registers(walk, words, first);
	now->rip = words[PT_RIP];
	now->rsp = words[PT_RSP];
	now->cs = words[PT_CS];
	if (full) {
		now->rbp = words[PT_RBP];
		now->rax = words[PT_RAX];
		now->rdx = words[PT_RDX];
		now->rdi = words[PT_RDI];
		now->r10 = words[PT_R10];
		now->r13 = words[PT_R13];
	} else if (orc->bp_reg == OD_ORC_REG_PREV_SP) {
		od_memory_word(walk->common.kernel->memory, at + (uint64_t)(int64_t)orc->bp_offset, &now->rbp);
	}
	walk->exact = true;
	return true;
}

/* Where the frame's caller had its stack pointer; for an exception, where its registers are. */
static bool caller_sp(struct walk *walk, const struct od_orc *orc, uint64_t *ret)
{
	const struct od_unwind_registers *now = &walk->now;
	const uint64_t values[] = {
		[OD_ORC_REG_DX] = now->rdx, [OD_ORC_REG_DI] = now->rdi, [OD_ORC_REG_BP] = now->rbp,
		[OD_ORC_REG_SP] = now->rsp, [OD_ORC_REG_R10] = now->r10, [OD_ORC_REG_R13] = now->r13,
		[OD_ORC_REG_BP_INDIRECT] = now->rbp, [OD_ORC_REG_SP_INDIRECT] = now->rsp, [OD_ORC_REG_AX] = now->rax,
	};
	uint64_t offset = (uint64_t)(int64_t)orc->sp_offset;

	if (orc->sp_reg == OD_ORC_REG_UNDEFINED || orc->sp_reg == OD_ORC_REG_PREV_SP ||
	    orc->sp_reg >= sizeof(values) / sizeof(values[0]))
		return false;
	uint64_t at = values[orc->sp_reg];
	switch (orc->sp_reg) {
	case OD_ORC_REG_SP: case OD_ORC_REG_BP:
		*ret = at + offset;
		return true;
	case OD_ORC_REG_BP_INDIRECT:
		return od_memory_word(walk->common.kernel->memory, at + offset, ret);
	case OD_ORC_REG_SP_INDIRECT: /* 5.12 and later: what is on the stack, plus the offset */
		if (!od_memory_word(walk->common.kernel->memory, at, ret))
			return false;
		*ret += offset;
		return true;
	default:
		*ret = at;
		return true;
	}
}

static void restore_bp(struct walk *walk, const struct od_orc *orc, uint64_t sp)
{
	uint64_t base = orc->bp_reg == OD_ORC_REG_PREV_SP ? sp : walk->now.rbp;

	if (orc->bp_reg == OD_ORC_REG_PREV_SP || orc->bp_reg == OD_ORC_REG_BP)
		od_memory_word(walk->common.kernel->memory, base + (uint64_t)(int64_t)orc->bp_offset, &walk->now.rbp);
}

static bool take_call(struct walk *walk, const struct od_orc *orc, uint64_t sp)
{
	uint64_t old = walk->now.rsp;

	if (!od_memory_word(walk->common.kernel->memory, sp - 8, &walk->now.rip))
		return od_walk_end(&walk->common, false, "the return address is not in the dump");
	restore_bp(walk, orc, sp);
	walk->now.rsp = sp;
	walk->exact = orc->signal;
	/* a stack grows down: a caller that is not above its callee is no caller (but on another stack) */
	if (sp <= old && strcmp(context(walk, sp), context(walk, old)) == 0)
		return od_walk_end(&walk->common, false, "the stack leads back to itself");
	return true;
}

/* How code without an entry was left: a call through a NULL pointer has pushed its return address only. */
static bool find_orc(struct walk *walk, struct od_orc *orc)
{
	if (!walk->now.rip) {
		*orc = (struct od_orc){.sp_offset = 8, .sp_reg = OD_ORC_REG_SP, .type = OD_ORC_CALL};
		return true;
	}
	if (od_orc_find(walk->common.kernel, walk->now.rip - !walk->exact, orc))
		return true;
	return od_walk_end(&walk->common, false, "no unwind table covers this code");
}

/* The length of an instruction that a prologue consists of; 0: it is another. */
static size_t prologue_length(const unsigned char *code)
{
	static const struct { unsigned char mask[3], bytes[3]; size_t length; } rows[] = {
		{{0xff, 0xff, 0xff}, {0xf3, 0x0f, 0x1e}, 4},	/* endbr64 */
		{{0xff, 0xff, 0xff}, {0x0f, 0x1f, 0x44}, 5},	/* nop: a call of __fentry__ that was patched */
		{{0xff, 0, 0}, {0xe8, 0, 0}, 5},		/* one that was not */
		{{0xf8, 0, 0}, {0x50, 0, 0}, 1},		/* push */
		{{0xff, 0xf8, 0}, {0x41, 0x50, 0}, 2},		/* push %r8 to %r15 */
		{{0xf8, 0, 0}, {0xb8, 0, 0}, 5},		/* mov $N,REGISTER */
		{{0xff, 0xc0, 0}, {0x31, 0xc0, 0}, 2},		/* xor */
		{{0xff, 0xff, 0xc0}, {0x48, 0x89, 0xc0}, 3},	/* mov REGISTER,REGISTER */
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if ((code[0] & rows[i].mask[0]) == rows[i].bytes[0] && (code[1] & rows[i].mask[1]) == rows[i].bytes[1] &&
		    (code[2] & rows[i].mask[2]) == rows[i].bytes[2])
			return rows[i].length;
	return 0;
}

/* Whether a function is seen to leave rbp as its caller had it: up to `sub $N,%rsp` it does not push it. */
static bool leaves_bp(const struct walk *walk, uint64_t function)
{
	enum { PROLOGUE = 64, PUSH_BP = 0x55, LONGEST = 8 };
	unsigned char code[PROLOGUE];
	size_t length;

	if (!od_memory_read(walk->common.kernel->memory, function, code, sizeof(code)))
		return false;
	for (size_t at = 0; at < sizeof(code) - LONGEST; at += length) {
		if (code[at] == 0x48 && (code[at + 1] == 0x81 || code[at + 1] == 0x83) && code[at + 2] == 0xec)
			return true;
		length = code[at] == PUSH_BP ? 0 : prologue_length(code + at);
		if (!length)
			return false;
	}
	return false;
}

/* A direct call of the function ends at the address. */
static bool follows_call(const struct walk *walk, uint64_t address, uint64_t function)
{
	enum { CALL = 0xe8, LENGTH = 5 };
	const struct od_kernel *kernel = walk->common.kernel;
	unsigned char code[LENGTH];

	if (address < kernel->at._stext || address >= kernel->at._etext ||
	    !od_memory_read(kernel->memory, address - LENGTH, code, sizeof(code)) || code[0] != CALL)
		return false;
	return address + (uint64_t)(int64_t)(int32_t)od_memory_decode(kernel->memory, code + 1, 4) == function;
}

/*
 * __crash_kexec() writes down the registers of the CPU that panics, itself in them, and has no unwind table
 * (STACK_FRAME_NON_STANDARD, kernel/kexec_core.c). It is called once, and directly: the first word above its stack pointer that
 * lies behind such a call is its return address. So is rbp lost where it may have been changed.
 */
static bool leave_crash_kexec(struct walk *walk, const struct od_frame *frame)
{
	enum { WORDS = 128, WORD = 8 };
	uint64_t function = walk->now.rip - frame->offset.value, word;

	if (!walk->exact || !frame->offset.known || !od_str_equal(frame->function, OD_STR("__crash_kexec")))
		return false;
	for (uint64_t at = walk->now.rsp; at < walk->now.rsp + WORDS * WORD; at += WORD) {
		if (!od_memory_word(walk->common.kernel->memory, at, &word))
			return false;
		if (!follows_call(walk, word, function))
			continue;
		walk->now.rip = word;
		walk->now.rsp = at + WORD;
		walk->now.rbp = leaves_bp(walk, function) ? walk->now.rbp : 0;
		walk->exact = false;
		return true;
	}
	return false;
}

static bool step(struct od_walk *common)
{
	struct walk *walk = (struct walk *)common;
	const struct od_frame *frame;
	struct od_orc orc;
	uint64_t sp;

	if ((walk->now.cs & USER_MODE) == USER_MODE)
		return od_walk_end(&walk->common, true, "user space");
	frame = put_frame(walk);
	if (!frame)
		return false;
	if (leave_crash_kexec(walk, frame))
		return true;
	if (!find_orc(walk, &orc))
		return false;
	if (orc.type == OD_ORC_END)
		return od_walk_end(&walk->common, true, "the first frame of the stack");
	if (orc.type == OD_ORC_UNDEFINED || !caller_sp(walk, &orc, &sp))
		return od_walk_end(&walk->common, false, "the unwind table does not say how this code was entered");
	if (orc.type == OD_ORC_CALL)
		return take_call(walk, &orc, sp);
	return take_exception(walk, sp, orc.type == OD_ORC_REGS, &orc);
}

void od_unwind_x86_64(const struct od_kernel *kernel, uint64_t cpu, const struct od_unwind_registers *registers,
		      bool exact, const struct od_unwind_sink *sink)
{
	struct walk walk = {.common = {.kernel = kernel, .sink = sink, .cpu = cpu}, .now = *registers, .exact = exact};

	od_walk_run(&walk.common, step);
}
