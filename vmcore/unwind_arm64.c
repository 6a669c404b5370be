// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * arm64: a chain of frame records, {frame pointer, return address}, as arch/arm64/kernel/stacktrace.c walks it. An
 * exception leaves one inside its struct pt_regs: up to 6.12 with what it interrupted in it, behind the entry code
 * (el1h_64_*, entry.S); later an empty one with a type behind it (struct frame_record_meta). An empty record
 * without such a type is the last.
 */
#include "vmcore/walk.h"

enum {
	REGISTER_COUNT = 31, STACK_SIZE = 16384, WORD = 8,
	META_PT_REGS = 2,	/* FRAME_META_TYPE_PT_REGS, asm/stacktrace/frame.h */
};

struct walk {
	struct od_walk common;
	uint64_t pc, fp;
	bool exact;
};

/* Signed return addresses (pointer authentication) have their upper bits changed. */
static uint64_t strip(const struct walk *walk, uint64_t address)
{
	unsigned bits = walk->common.kernel->dump->address_bits;

	return address >> 55 & 1 && bits ? address | ~(uint64_t)0 << bits : address;
}

static const char *context(const struct walk *walk)
{
	uint64_t variable = od_kernel_percpu(walk->common.kernel, walk->common.kernel->at.irq_stack_ptr, walk->common.cpu), low;

	if (variable && od_memory_word(walk->common.kernel->memory, variable, &low) && walk->fp - low < STACK_SIZE)
		return "IRQ";
	return "TASK";
}

static struct od_frame *put_frame(const struct walk *walk)
{
	const struct od_vmcore_spot spot = {.fp = od_num(walk->fp)};

	return od_walk_put(&walk->common, walk->pc, walk->exact, spot, context(walk));
}

/* The names of x0 to x30 as the kernel prints them. */
static struct od_str register_name(const struct walk *walk, unsigned number)
{
	if (number == REGISTER_COUNT - 1)
		return OD_STR("lr");
	return od_arena_printf(walk->common.kernel->model->arena, "x%u", number);
}

static void keep_registers(struct walk *walk, uint64_t regs)
{
	static const struct { enum od_kernel_member member; const char *name; } others[] = {
		{OD_MEMBER_PT_REGS_SP, "sp"}, {OD_MEMBER_PT_REGS_PC, "pc"}, {OD_MEMBER_PT_REGS_PSTATE, "pstate"},
	};
	const struct od_kernel *kernel = walk->common.kernel;
	struct od_vmcore_exception *exception = od_walk_exception(&walk->common);
	uint64_t value, base = od_kernel_address(kernel, regs, OD_MEMBER_PT_REGS_REGS);

	if (!exception)
		return;
	for (unsigned i = 0; base && i < REGISTER_COUNT; i++)
		if (od_memory_word(kernel->memory, base + i * WORD, &value))
			od_walk_keep(&walk->common, exception, register_name(walk, i), value);
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (od_kernel_get(kernel, regs, others[i].member, &value))
			od_walk_keep(&walk->common, exception, od_str_from(others[i].name), value);
}

/* The struct pt_regs that holds the record; 0: not known. */
static uint64_t regs_of(const struct walk *walk, uint64_t record)
{
	uint64_t offset = od_kernel_address(walk->common.kernel, 0, OD_MEMBER_PT_REGS_FRAME);

	return offset ? record - offset : 0;
}

/* A record of zeroes: the last one, or since 6.13 that of an exception. */
static bool take_empty(struct walk *walk, uint64_t record)
{
	const struct od_kernel *kernel = walk->common.kernel;
	uint64_t type, regs = regs_of(walk, record);

	if (!od_kernel_get(kernel, record, OD_MEMBER_RECORD_TYPE, &type) || type != META_PT_REGS || !regs ||
	    !od_kernel_get(kernel, regs, OD_MEMBER_PT_REGS_PC, &walk->pc) ||
	    !od_memory_word(kernel->memory, od_kernel_address(kernel, regs, OD_MEMBER_PT_REGS_REGS) + 29 * WORD, &walk->fp))
		return od_walk_end(&walk->common, true, "the first frame of the stack");
	keep_registers(walk, regs);
	walk->exact = true;
	return true;
}

static bool is_entry(const struct od_frame *frame)
{
	return od_str_starts(frame->function, OD_STR("el1h_64_")) || od_str_starts(frame->function, OD_STR("el1t_64_"));
}

/* The CPU stopped in the table of exceptions: the frame pointer is that of what was interrupted, whose pc (elr) no dump has. */
static bool is_vector(const struct od_frame *frame)
{
	return od_str_equal(frame->function, OD_STR("vectors"));
}

static bool step(struct od_walk *common)
{
	struct walk *walk = (struct walk *)common;
	const struct od_kernel *kernel = walk->common.kernel;
	struct od_frame *frame = put_frame(walk);
	uint64_t record = walk->fp, fp, pc;

	if (!frame)
		return od_walk_end(&walk->common, false, "out of memory");
	walk->common.has_gap |= walk->exact && is_vector(frame);
	if (record % WORD || !od_memory_word(kernel->memory, record, &fp) ||
	    !od_memory_word(kernel->memory, record + WORD, &pc))
		return od_walk_end(&walk->common, false, "the frame record is not in the dump");
	if (!fp && !pc)
		return take_empty(walk, record);
	walk->exact = !kernel->known[OD_MEMBER_RECORD_TYPE] && !walk->exact && is_entry(frame);
	if (walk->exact && regs_of(walk, record))
		keep_registers(walk, regs_of(walk, record));
	if (fp && !od_walk_goes_up(&walk->common, walk->fp, fp, STACK_SIZE))
		return od_walk_end(&walk->common, false, "the stack leads back to itself");
	walk->pc = strip(walk, pc);
	walk->fp = fp;
	return true;
}

void od_unwind_arm64(const struct od_kernel *kernel, uint64_t cpu, uint64_t pc, uint64_t fp, bool exact,
		     const struct od_unwind_sink *sink)
{
	struct walk walk = {.common = {.kernel = kernel, .sink = sink, .cpu = cpu}, .fp = fp, .exact = exact};

	walk.pc = strip(&walk, pc);
	if (!(pc >> 55 & 1)) {
		od_walk_end(&walk.common, true, "user space");
		return;
	}
	od_walk_run(&walk.common, step);
}
