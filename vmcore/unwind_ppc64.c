// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * ppc64: the back chain. A frame begins with the address of its caller's, where the return address of the one that was called
 * is kept 16 bytes from its start (64-bit ELF V2 ABI, 2.2.2). An exception puts a struct pt_regs into a frame of the entry code,
 * and a mark into the frame (arch/powerpc/kernel/process.c, show_stack(), Linux 6.1).
 *
 * What the kernel does not look at: in the function where the CPU stopped, the return address may be in LR still, with a frame
 * of its own or without one. Its instructions before that place tell.
 */
#include "vmcore/walk.h"

enum {
	STACK_SIZE = 16384, WORD = 8, LR_SAVE = 16, CODE_LIMIT = 4096, LOOK_BACK = 16, INSTRUCTION = 4,
	MSR_PR = 0x4000,	/* user space: asm/reg.h */
};

/* STACK_FRAME_REGS_MARKER, asm/ptrace.h: "regshere" up to 5.19, then "REGS" in either byte order */
static const uint64_t marks[] = {0x7265677368657265, 0x53474552, 0x52454753};

static const uint64_t kernel_start = 0xc000000000000000;

/* Where a frame of the entry code has the mark and the registers: asm/ptrace.h; the first since 6.2 with the ELF V2 ABI. */
static const struct { uint64_t mark, regs; } layouts[] = {{32, 48}, {96, 112}};

struct walk {
	struct od_walk common;
	uint64_t pc, sp, lr;
	bool exact;	/* pc is where the CPU stopped, and lr is its register */
};

static bool is_in(const struct walk *walk, uint64_t stacks)
{
	const struct od_memory *memory = walk->common.kernel->memory;
	uint64_t low;

	return stacks && od_memory_word(memory, stacks + walk->common.cpu * WORD, &low) && low && walk->sp - low < STACK_SIZE;
}

static const char *context(const struct walk *walk)
{
	const struct od_variables *at = &walk->common.kernel->at;

	return is_in(walk, at->hardirq_ctx) || is_in(walk, at->softirq_ctx) ? "IRQ" : "TASK";
}

static struct od_frame *put_frame(const struct walk *walk)
{
	const struct od_vmcore_spot spot = {.sp = od_num(walk->sp)};

	return od_walk_put(&walk->common, walk->pc, walk->exact, spot, context(walk));
}

/* What the function has done with its stack up to where the CPU stopped. */
struct prologue {
	bool makes_frame, saves_lr, has_left;
};

static bool is_stdu(uint32_t word)
{
	return (word & 0xffff0003) == 0xf8210001 || (word & 0xffff07ff) == 0x7c21016a; /* stdu r1,-N(r1); stdux r1,r1,rN */
}

static bool is_leaving(uint32_t word)
{
	return (word & 0xffff8000) == 0x38210000 || word == 0xe8210000; /* addi r1,r1,N; ld r1,0(r1) */
}

/* blr, or a branch that does not come back: what stands before it belongs to another path. */
static bool is_end(uint32_t word)
{
	return word == 0x4e800020 || (word & 0xfc000001) == 0x48000000;
}

/* std r0,N(r1) into the caller's frame: at 16, or behind the function's own frame. */
static bool is_saving_lr(uint32_t word, uint32_t frame_size)
{
	return (word & 0xffff0003) == 0xf8010000 && ((word & 0xfffc) == LR_SAVE || (word & 0xfffc) == LR_SAVE + frame_size);
}

static bool read_prologue(const struct walk *walk, const struct od_frame *frame, struct prologue *ret)
{
	const struct od_memory *memory = walk->common.kernel->memory;
	uint64_t size = frame->function.len && frame->offset.known ? frame->offset.value : UINT64_MAX;
	unsigned char code[CODE_LIMIT];
	uint32_t frame_size = 0;

	*ret = (struct prologue){0};
	if (size > sizeof(code) || !od_memory_read(memory, walk->pc - size, code, (size_t)size))
		return false;
	for (size_t at = 0; at + INSTRUCTION <= size; at += INSTRUCTION) {
		uint32_t word = (uint32_t)od_memory_decode(memory, code + at, INSTRUCTION);
		ret->saves_lr |= is_saving_lr(word, frame_size);
		if (is_stdu(word)) {
			ret->makes_frame = true;
			frame_size = (0x10000 - (word & 0xfffc)) & 0xffff;
		}
		if (is_end(word) || is_stdu(word))
			ret->has_left = false;
		else if (is_leaving(word))
			ret->has_left = true;
	}
	return true;
}

static bool follow_lr(struct walk *walk)
{
	if (walk->lr < kernel_start || walk->lr == walk->pc)
		return od_walk_end(&walk->common, false, "the return address is not known");
	walk->pc = walk->lr;
	walk->exact = false;
	return true;
}

/* To the caller's frame; the return address is the one that is kept there, or LR. */
static bool pop_frame(struct walk *walk, bool by_lr)
{
	const struct od_memory *memory = walk->common.kernel->memory;
	uint64_t next, pc = walk->lr;

	if (walk->sp % WORD || !od_memory_word(memory, walk->sp, &next))
		return od_walk_end(&walk->common, false, "the frame is not in the dump");
	if (!next)
		return od_walk_end(&walk->common, true, "the first frame of the stack");
	if (next % WORD || !od_walk_goes_up(&walk->common, walk->sp, next, STACK_SIZE))
		return od_walk_end(&walk->common, false, "the stack leads back to itself");
	if (!by_lr && !od_memory_word(memory, next + LR_SAVE, &pc))
		return od_walk_end(&walk->common, false, "the return address is not in the dump");
	walk->sp = next;
	walk->pc = pc;
	walk->exact = false;
	return true;
}

/* struct user_pt_regs, arch/powerpc/include/uapi/asm/ptrace.h, by the names of the kernel's reports */
static const char *const pt_regs[] = {
	"r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15", "r16", "r17", "r18",
	"r19", "r20", "r21", "r22", "r23", "r24", "r25", "r26", "r27", "r28", "r29", "r30", "r31", "nip", "msr", "orig_r3", "ctr",
	"lr", "xer", "cr", "softe", "trap", "dar", "dsisr",
};

enum { PT_R1 = 1, PT_R14 = 14, PT_NIP = 32, PT_MSR = 33, PT_LR = 36, PT_TRAP = 40, PT_REGS_SIZE = 44 * WORD };

static bool read_register(const struct walk *walk, uint64_t regs, unsigned index, uint64_t *ret)
{
	return od_memory_word(walk->common.kernel->memory, regs + index * WORD, ret);
}

/* An odd trap is the mark of a partial set, without r14 to r31 (asm/ptrace.h, to 5.13). */
static void keep_registers(const struct walk *walk, uint64_t regs)
{
	struct od_vmcore_exception *exception = od_walk_exception(&walk->common);
	uint64_t trap;

	if (!exception || !read_register(walk, regs, PT_TRAP, &trap))
		return;
	od_walk_keep_words(&walk->common, exception, regs, pt_regs, trap & 1 ? PT_R14 : PT_NIP);
	od_walk_keep_words(&walk->common, exception, regs + PT_NIP * WORD, pt_regs + PT_NIP,
			   sizeof(pt_regs) / sizeof(pt_regs[0]) - PT_NIP);
}

/* What an exception interrupted, from its registers. */
static bool take_registers(struct walk *walk, uint64_t regs)
{
	uint64_t msr, from = walk->sp;

	if (!read_register(walk, regs, PT_MSR, &msr) || !read_register(walk, regs, PT_NIP, &walk->pc) ||
	    !read_register(walk, regs, PT_LR, &walk->lr) || !read_register(walk, regs, PT_R1, &walk->sp))
		return od_walk_end(&walk->common, false, "the registers of the exception are not in the dump");
	if (msr & MSR_PR)
		return od_walk_end(&walk->common, true, "user space");
	keep_registers(walk, regs);
	walk->exact = true;
	if (!od_walk_goes_up(&walk->common, from, walk->sp, STACK_SIZE))
		return od_walk_end(&walk->common, false, "the stack leads back to itself");
	return true;
}

static bool is_mark(uint64_t word)
{
	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (word == marks[i])
			return true;
	return false;
}

/* The registers that an exception put into the frame; 0: it is none of the entry code's. What is behind the frame is the caller's. */
static uint64_t find_registers(const struct walk *walk)
{
	const struct od_memory *memory = walk->common.kernel->memory;
	uint64_t word, next, room = UINT64_MAX;

	if (od_memory_word(memory, walk->sp, &next) && next > walk->sp && (next ^ walk->sp) / STACK_SIZE == 0)
		room = next - walk->sp;
	for (size_t i = 0; i < sizeof(layouts) / sizeof(layouts[0]) && layouts[i].regs + PT_REGS_SIZE <= room; i++)
		if (od_memory_word(memory, walk->sp + layouts[i].mark, &word) && is_mark(word))
			return walk->sp + layouts[i].regs;
	return 0;
}

/* The frame where the CPU stopped. */
static bool leave_first(struct walk *walk, const struct od_frame *frame)
{
	struct prologue prologue;

	if (walk->pc < kernel_start)	/* firmware, with LR as it stood when it was called, or a jump through a bad pointer */
		return walk->lr >= kernel_start ? follow_lr(walk) : pop_frame(walk, false);
	if (!read_prologue(walk, frame, &prologue))
		return pop_frame(walk, false);
	if (!prologue.makes_frame || prologue.has_left)
		return follow_lr(walk);
	return pop_frame(walk, !prologue.saves_lr);
}

static bool step(struct od_walk *common)
{
	struct walk *walk = (struct walk *)common;
	const struct od_frame *frame = put_frame(walk);
	uint64_t regs;

	if (!frame)
		return od_walk_end(&walk->common, false, "out of memory");
	regs = find_registers(walk);
	if (regs)
		return take_registers(walk, regs);
	return walk->exact ? leave_first(walk, frame) : pop_frame(walk, false);
}

void od_unwind_ppc64(const struct od_kernel *kernel, uint64_t cpu, const struct od_unwind_ppc64 *registers, bool exact,
		     const struct od_unwind_sink *sink)
{
	struct walk walk = {.common = {.kernel = kernel, .sink = sink, .cpu = cpu}, .pc = registers->pc, .sp = registers->sp,
			    .lr = registers->lr, .exact = exact};

	if (exact && (registers->msr & MSR_PR)) {
		od_walk_end(&walk.common, true, "user space");
		return;
	}
	od_walk_run(&walk.common, step);
}

bool od_unwind_ppc64_switched(const struct od_kernel *kernel, uint64_t ksp, struct od_unwind_ppc64 *ret, uint64_t *regs)
{
	uint64_t next, saved = 0, nip;

	if (!od_memory_word(kernel->memory, ksp, &next))
		return false;
	if (next)
		od_memory_word(kernel->memory, next + LR_SAVE, &saved);
	for (size_t i = 0; i < sizeof(layouts) / sizeof(layouts[0]); i++) {
		*regs = ksp + layouts[i].regs;
		if (!od_memory_word(kernel->memory, *regs + PT_NIP * WORD, &nip) || (saved ? nip != saved : nip < kernel_start))
			continue;
		*ret = (struct od_unwind_ppc64){.pc = nip, .sp = next ? next : ksp};
		return true;
	}
	return false;
}
