// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * From registers to a stack of frames: on x86_64 by the kernel's own unwind tables (ORC) in the dump, on arm64 by its
 * frame records, on riscv64 by frame pointers, on s390x and ppc64 by back chains. One thread at a time.
 */
#ifndef OD_VMCORE_UNWIND_H
#define OD_VMCORE_UNWIND_H

#include "vmcore/kernel.h"

/* Registers of x86_64 by the names of core/arch_x86_64.c. */
struct od_unwind_registers {
	uint64_t rip, rsp, rbp;
	uint64_t rax, rdx, rdi, r10, r13;	/* the tables use them in a few places */
	uint64_t cs;
};

/* What the unwinder writes. */
struct od_unwind_sink {
	struct od_trace *trace;		/* frames are appended, in the arena of model->stacks */
	struct od_vmcore_stack *stack;	/* exceptions and why it ends */
};

/*
 * Unwinds from the registers. `exact`: rip is where the CPU stopped, not a return address. Never fails: a stack
 * that cannot be followed says why in stack->end.
 */
void od_unwind_x86_64(const struct od_kernel *kernel, uint64_t cpu, const struct od_unwind_registers *registers,
		      bool exact, const struct od_unwind_sink *sink);

/* The same on arm64, from the program counter and the frame pointer. */
void od_unwind_arm64(const struct od_kernel *kernel, uint64_t cpu, uint64_t pc, uint64_t fp, bool exact,
		     const struct od_unwind_sink *sink);

/* The same on riscv64, by frame pointers; `ra` counts only with `exact`. */
struct od_unwind_riscv64 {
	uint64_t pc, ra, sp, fp;
};

void od_unwind_riscv64(const struct od_kernel *kernel, uint64_t cpu, const struct od_unwind_riscv64 *registers, bool exact,
		       const struct od_unwind_sink *sink);

/* The same on s390x, by back chains; `mask` (of the PSW) and `ra` (r14) count only with `exact`. */
struct od_unwind_s390x {
	uint64_t mask, pc, sp, ra;
};

void od_unwind_s390x(const struct od_kernel *kernel, uint64_t cpu, const struct od_unwind_s390x *registers, bool exact,
		     const struct od_unwind_sink *sink);

/* Where a struct stack_frame of s390x has r14 and the back chain: the kernel is built with -mpacked-stack, or was not. */
struct od_s390x_frame {
	uint64_t gprs, return_at, chain_at;
};

struct od_s390x_frame od_s390x_frame(const struct od_kernel *kernel);

/* What a function of s390x has done to its frame. */
enum od_s390x_stage {
	OD_S390X_UNKNOWN,	/* its code is not there, or no way leads to the place that can be followed */
	OD_S390X_UNTOUCHED,	/* nothing: r14 has the return address */
	OD_S390X_SAVED,		/* the return address stands in the caller's frame */
	OD_S390X_LOWERED,	/* and r15 is *lowered bytes below it */
	OD_S390X_CHAINED,	/* the frame is made */
	OD_S390X_GIVEN_UP,	/* r14 and r15 are what they were at its start */
	OD_S390X_EITHER,	/* ways lead there that differ in this */
};

/* The stage before the instruction at an offset of the function. */
enum od_s390x_stage od_s390x_stage(const struct od_kernel *kernel, uint64_t start, uint64_t size, uint64_t offset,
				   uint64_t *lowered);

/* The address of a CPU's struct lowcore on s390x; 0: unknown. */
uint64_t od_s390x_lowcore(const struct od_kernel *kernel, uint64_t cpu);
/* The same on ppc64, by the back chain; lr and msr count only with `exact`. */
struct od_unwind_ppc64 {
	uint64_t pc, sp, lr, msr;
};

void od_unwind_ppc64(const struct od_kernel *kernel, uint64_t cpu, const struct od_unwind_ppc64 *registers, bool exact,
		     const struct od_unwind_sink *sink);

/* Where a task goes on that _switch() left with this stack pointer, and the address of the registers that it saved. */
bool od_unwind_ppc64_switched(const struct od_kernel *kernel, uint64_t ksp, struct od_unwind_ppc64 *ret, uint64_t *regs);

/* One entry of the unwind tables, in the numbering of Linux 6.4 to 7.0. */
struct od_orc {
	int16_t sp_offset, bp_offset;
	unsigned sp_reg, bp_reg;
	unsigned type;		/* enum od_orc_type */
	bool signal;
};

enum od_orc_type { OD_ORC_UNDEFINED, OD_ORC_END, OD_ORC_CALL, OD_ORC_REGS, OD_ORC_REGS_PARTIAL };

enum od_orc_register {
	OD_ORC_REG_UNDEFINED, OD_ORC_REG_PREV_SP, OD_ORC_REG_DX, OD_ORC_REG_DI, OD_ORC_REG_BP, OD_ORC_REG_SP,
	OD_ORC_REG_R10, OD_ORC_REG_R13, OD_ORC_REG_BP_INDIRECT, OD_ORC_REG_SP_INDIRECT, OD_ORC_REG_AX,
};

/* The entry that covers an address; false: no table does. */
bool od_orc_find(const struct od_kernel *kernel, uint64_t address, struct od_orc *ret);

#endif
