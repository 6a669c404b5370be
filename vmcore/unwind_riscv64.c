// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * riscv64: frame pointers, as walk_stackframe() follows them (arch/riscv/kernel/stacktrace.c, Linux 6.12): s0 is the stack
 * pointer of the caller, and below it are the return address and the caller's s0. A function that calls nobody keeps its return
 * address in ra, and its caller's s0 where the return address would be. An exception calls its handler out of handle_exception,
 * with a struct pt_regs at the stack pointer (entry.S).
 *
 * What the kernel does not look at: where the CPU stopped before the function made its frame, or in one that makes none
 * (assembly), s0 is the caller's still, and the return address in ra.
 */
#include "vmcore/walk.h"

enum {
	STACK_SIZE = 16384, WORD = 8, RECORD = 2 * WORD, PROLOGUE_LIMIT = 4096,
	STATUS_SPP = 0x100,	/* the exception came from the kernel: arch/riscv/include/asm/csr.h */
};

struct walk {
	struct od_walk common;
	uint64_t pc, fp, sp, ra;
	bool has_sp;
	bool exact;	/* pc is where the CPU stopped, and ra is its register */
};

static const char *context(const struct walk *walk)
{
	uint64_t variable = od_kernel_percpu(walk->common.kernel, walk->common.kernel->at.irq_stack_ptr, walk->common.cpu), low;

	if (walk->has_sp && variable && od_memory_word(walk->common.kernel->memory, variable, &low) && walk->sp - low < STACK_SIZE)
		return "IRQ";
	return "TASK";
}

static struct od_frame *put_frame(const struct walk *walk)
{
	struct od_vmcore_spot spot = {.fp = od_num(walk->fp)};

	if (walk->has_sp)
		spot.sp = od_num(walk->sp);
	return od_walk_put(&walk->common, walk->pc, walk->exact, spot, context(walk));
}

static void keep_registers(struct walk *walk, uint64_t regs)
{
	/* struct pt_regs, arch/riscv/include/asm/ptrace.h: the registers in this order, then what the exception was */
	static const char *const names[] = {
		"epc", "ra", "sp", "gp", "tp", "t0", "t1", "t2", "s0", "s1", "a0", "a1", "a2", "a3", "a4", "a5", "a6", "a7",
		"s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10", "s11", "t3", "t4", "t5", "t6",
		"status", "badaddr", "cause",
	};
	struct od_vmcore_exception *exception = od_walk_exception(&walk->common);

	if (exception)
		od_walk_keep_words(&walk->common, exception, regs, names, sizeof(names) / sizeof(names[0]));
}

/* An instruction that is looked for, in either length (RISC-V ISA, 2.6 and 27); a mask of 0: it has none of two bytes. */
struct instruction {
	uint32_t mask, code;
	uint16_t short_mask, short_code, short_operand;	/* the operand must not be 0 */
};

static const struct instruction makes_frame = {0x000fffff, 0x00010413, 0xe01f, 0x0000, 0x1fe0};	/* addi s0,sp,N */
static const struct instruction takes_s0 = {0x000fffff, 0x00023403, 0, 0, 0};			/* ld s0,N(tp) */
static const struct instruction keeps_epc = {0xfe0fffff, 0x00013023, 0xff83, 0xe002, 0};		/* sd REGISTER,0(sp) */

static bool matches(const struct instruction *wanted, const unsigned char *at, unsigned length)
{
	uint32_t word = (uint32_t)od_le(at, length);

	if (length == 4)
		return (word & wanted->mask) == wanted->code;
	return wanted->short_mask && (word & wanted->short_mask) == wanted->short_code &&
	       (!wanted->short_operand || (word & wanted->short_operand));
}

/* The code of the function that lies before pc. */
struct code {
	unsigned char bytes[PROLOGUE_LIMIT];
	uint64_t size;
};

static bool read_code(const struct walk *walk, const struct od_frame *frame, struct code *ret)
{
	ret->size = frame->function.len && frame->offset.known ? frame->offset.value : UINT64_MAX;
	return ret->size <= sizeof(ret->bytes) &&
	       od_memory_read(walk->common.kernel->memory, walk->pc - ret->size, ret->bytes, (size_t)ret->size);
}

static bool has_passed(const struct code *code, const struct instruction *wanted)
{
	for (uint64_t at = 0; at < code->size;) {
		unsigned length = (code->bytes[at] & 3) == 3 ? 4 : 2;
		if (length <= code->size - at && matches(wanted, code->bytes + at, length))
			return true;
		at += length;
	}
	return false;
}

/*
 * Whether the function has not made its frame where the CPU stopped: no instruction before that one does. Nor has what is no
 * function, after a jump through a bad pointer.
 */
static bool has_no_frame(const struct walk *walk, const struct od_frame *frame)
{
	struct code code;

	if (!(walk->pc >> 63))
		return true;
	return read_code(walk, frame, &code) && !has_passed(&code, &makes_frame);
}

static bool on_same_stack(uint64_t one, uint64_t other)
{
	return (one ^ other) / STACK_SIZE == 0;
}

/* Whether it can be the frame pointer behind this one; one that ends a stack lies at its end, the first byte of what is behind. */
static bool is_above(const struct walk *walk, uint64_t fp)
{
	return fp % WORD == 0 && fp > walk->fp && on_same_stack(fp - 1, walk->fp - 1);
}

static bool take_register(struct walk *walk)
{
	if (!walk->ra || walk->ra == walk->pc)
		return od_walk_end(&walk->common, false, "the return address is not known");
	walk->pc = walk->ra;
	walk->exact = false;
	walk->has_sp = false;
	return true;
}

static bool take_record(struct walk *walk)
{
	const struct od_memory *memory = walk->common.kernel->memory;
	uint64_t fp, pc;

	if (walk->fp % WORD || walk->fp < RECORD || !od_memory_word(memory, walk->fp - RECORD, &fp) ||
	    !od_memory_word(memory, walk->fp - WORD, &pc))
		return od_walk_end(&walk->common, false, "the frame record is not in the dump");
	if (walk->exact && is_above(walk, pc)) {
		fp = pc;
		pc = walk->ra;
	}
	walk->sp = walk->fp;
	walk->has_sp = true;
	if (!od_walk_goes_up(&walk->common, walk->fp - 1, fp - 1, STACK_SIZE))
		return od_walk_end(&walk->common, false, "the stack leads back to itself");
	walk->pc = pc;
	walk->fp = fp;
	walk->exact = false;
	return true;
}

/* From the frame of what was interrupted on, all is known. */
static bool skip_interrupted(struct walk *walk)
{
	walk->common.has_gap = true;
	walk->exact = false;
	return take_record(walk);
}

/* What an exception interrupted, from its registers. */
static bool take_registers(struct walk *walk, uint64_t regs)
{
	const struct od_kernel *kernel = walk->common.kernel;
	uint64_t status;

	if (!od_kernel_get(kernel, regs, OD_MEMBER_PT_REGS_STATUS, &status))
		return od_walk_end(&walk->common, false, "the registers of the exception are not in the dump");
	if (!(status & STATUS_SPP))
		return od_walk_end(&walk->common, true, "user space");
	if (!od_kernel_get(kernel, regs, OD_MEMBER_PT_REGS_EPC, &walk->pc) ||
	    !od_kernel_get(kernel, regs, OD_MEMBER_PT_REGS_RA, &walk->ra) ||
	    !od_kernel_get(kernel, regs, OD_MEMBER_PT_REGS_S0, &walk->fp) ||
	    !od_kernel_get(kernel, regs, OD_MEMBER_PT_REGS_SP, &walk->sp))
		return od_walk_end(&walk->common, false, "the registers of the exception are not in the dump");
	keep_registers(walk, regs);
	walk->exact = true;
	return true;
}

/* The kernel's registers lie where its stack ended: at their own end, which is rounded up to 16 bytes. */
static bool are_of_kernel(const struct walk *walk, uint64_t regs)
{
	uint64_t size = od_btf_size(walk->common.kernel->btf, od_btf_struct(walk->common.kernel->btf, "pt_regs")), sp;

	return size && od_kernel_get(walk->common.kernel, regs, OD_MEMBER_PT_REGS_SP, &sp) && sp - regs == (size + 15) / 16 * 16;
}

/*
 * The CPU stopped in handle_exception itself. That saves all registers, then loads s0 with what sp was, and then saves what
 * was in the CPU's special registers, epc last of those that count. Before that, where the exception came from is in no
 * register of a dump.
 */
static bool stopped_in_exception(struct walk *walk, const struct od_frame *frame)
{
	struct code code;

	if (!read_code(walk, frame, &code))
		return od_walk_end(&walk->common, false, "the CPU stopped while it entered an exception");
	if (!has_passed(&code, &takes_s0))
		return skip_interrupted(walk);
	if (!are_of_kernel(walk, walk->sp))
		return od_walk_end(&walk->common, false, "the CPU stopped while it entered an exception, or left one");
	if (has_passed(&code, &keeps_epc))
		return take_registers(walk, walk->sp);
	if (!od_kernel_get(walk->common.kernel, walk->sp, OD_MEMBER_PT_REGS_S0, &walk->fp))
		return od_walk_end(&walk->common, false, "the registers of the exception are not in the dump");
	return skip_interrupted(walk);
}

/* Its registers are where the stack pointer was when it called the handler. */
static bool leave_exception(struct walk *walk, const struct od_frame *frame)
{
	if (!walk->has_sp)
		return od_walk_end(&walk->common, false, "the registers of the exception are not in the dump");
	if (!walk->exact)
		return take_registers(walk, walk->sp);
	if (od_str_equal(frame->function, OD_STR("handle_exception")))
		return stopped_in_exception(walk, frame);
	return are_of_kernel(walk, walk->sp) ? take_registers(walk, walk->sp)
					     : od_walk_end(&walk->common, false, "the CPU stopped while it left an exception");
}

/* Where stacks begin: a new task, a CPU that comes up. What s0 holds there is no frame pointer. */
static bool is_first(const struct od_frame *frame)
{
	static const char *const names[] = {"ret_from_fork", "ret_from_fork_asm", "ret_from_fork_kernel_asm", "ret_from_fork_user_asm",
					    "_start_kernel", "start_kernel", "smp_callin"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (od_str_equal(frame->function, od_str_from(names[i])))
			return true;
	return false;
}

static bool is_exception(const struct od_frame *frame)
{
	return od_str_equal(frame->function, OD_STR("handle_exception")) ||
	       od_str_equal(frame->function, OD_STR("ret_from_exception"));
}

static bool step(struct od_walk *common)
{
	struct walk *walk = (struct walk *)common;
	const struct od_frame *frame = put_frame(walk);

	if (!frame)
		return od_walk_end(&walk->common, false, "out of memory");
	if (is_first(frame))
		return od_walk_end(&walk->common, true, "the first frame of the stack");
	if (is_exception(frame))
		return leave_exception(walk, frame);
	if (walk->exact && has_no_frame(walk, frame))
		return take_register(walk);
	return take_record(walk);
}

void od_unwind_riscv64(const struct od_kernel *kernel, uint64_t cpu, const struct od_unwind_riscv64 *registers, bool exact,
		       const struct od_unwind_sink *sink)
{
	struct walk walk = {.common = {.kernel = kernel, .sink = sink, .cpu = cpu}, .pc = registers->pc, .fp = registers->fp, .sp = registers->sp,
			    .ra = registers->ra, .has_sp = true, .exact = exact};

	if (!(walk.pc >> 63)) {
		od_walk_end(&walk.common, true, "user space");
		return;
	}
	od_walk_run(&walk.common, step);
}
