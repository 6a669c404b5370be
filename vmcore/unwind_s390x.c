// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * s390x: back chains, as unwind_next_frame() follows them (arch/s390/kernel/unwind_bc.c, Linux 6.12). r15 points at a struct
 * stack_frame, whose back chain is the caller's r15 (-mbackchain, -mpacked-stack); a function keeps its return address in its
 * caller's frame. Entry code makes a frame without a back chain, and a struct pt_regs behind it.
 *
 * What the kernel does not look at: where the CPU stopped, the function may not have made its frame yet, or have given it up. Its
 * instructions tell (prologue_s390x.c).
 */
#include "vmcore/vmcoreinfo.h"
#include "vmcore/walk.h"

enum {
	STACK_SIZE = 16384, WORD = 8,
	/* struct stack_frame, arch/s390/include/asm/stacktrace.h; with CONFIG_PACK_STACK, which is gone, or not */
	GPRS_AT = 72, CHAIN_AT = 152, FRAME_SIZE = 160, FIRST_SAVED = 6,
	RETURN_REGISTER = 14, STACK_REGISTER = 15, CALL_SIZE = 6,
};

/* arch/s390/include/uapi/asm/ptrace.h: the problem state, and waiting */
static const uint64_t PSW_USER = 0x0001000000000000, PSW_WAIT = 0x0002000000000000;

struct walk {
	struct od_walk common;
	uint64_t mask, pc, sp, ra;
	struct od_s390x_frame frame;
	uint64_t stack_size;
	bool exact;	/* pc is where the CPU stopped, and ra is its register */
};

static bool read_word(const struct walk *walk, uint64_t address, uint64_t *ret)
{
	return address % WORD == 0 && od_memory_word(walk->common.kernel->memory, address, ret);
}

static bool on_same_stack(const struct walk *walk, uint64_t one, uint64_t other)
{
	return (one ^ other) / walk->stack_size == 0;
}

/* The stacks of the CPU: its lowcore tells where each begins. The names are those of stack_type_name(). */
static const char *context(const struct walk *walk)
{
	static const struct { enum od_kernel_member member; const char *name; } stacks[] = {
		{OD_MEMBER_LOWCORE_ASYNC, "IRQ"}, {OD_MEMBER_LOWCORE_NODAT, "NODAT"}, {OD_MEMBER_LOWCORE_RESTART, "RESTART"},
		{OD_MEMBER_LOWCORE_MCCK, "MCCK"},
	};
	uint64_t lowcore = od_s390x_lowcore(walk->common.kernel, walk->common.cpu), stack;

	for (size_t i = 0; lowcore && i < sizeof(stacks) / sizeof(stacks[0]); i++)
		if (od_kernel_get(walk->common.kernel, lowcore, stacks[i].member, &stack) && on_same_stack(walk, stack, walk->sp))
			return stacks[i].name;
	return "TASK";
}

/*
 * Where a function left its stack for another (call_on_stack(), asm/stacktrace.h), the new one's first frame leads back to what
 * r15 was at the function's start, or nowhere.
 */
static void put_stack_pointer(const struct walk *walk, const struct od_frame *frame, struct od_vmcore_spot *spot)
{
	uint64_t chain = 0, lowered;

	if (walk->exact || (read_word(walk, walk->sp + walk->frame.chain_at, &chain) && on_same_stack(walk, chain, walk->sp))) {
		spot->sp = od_num(walk->sp);
		return;
	}
	spot->lost = true;
	if (chain && frame->size.known && od_s390x_stage(walk->common.kernel, walk->pc - frame->offset.value, frame->size.value,
							 frame->offset.value, &lowered) == OD_S390X_CHAINED)
		spot->sp = od_num(chain - lowered);
}

static struct od_frame *put_frame(const struct walk *walk)
{
	const struct od_vmcore_stack *stack = walk->common.sink->stack;
	struct od_frame *frame = od_walk_put(&walk->common, walk->pc, walk->exact, (struct od_vmcore_spot){.lost = false}, context(walk));

	if (frame)
		put_stack_pointer(walk, frame, &stack->spots.items[stack->spots.count - 1]);
	return frame;
}

static void keep_registers(const struct walk *walk, uint64_t gprs)
{
	static const char *const names[] = {"r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9", "r10", "r11", "r12", "r13",
					    "r14", "r15"};
	struct od_vmcore_exception *exception = od_walk_exception(&walk->common);

	if (!exception)
		return;
	od_walk_keep(&walk->common, exception, OD_STR("psw_mask"), walk->mask);
	od_walk_keep(&walk->common, exception, OD_STR("psw_addr"), walk->pc);
	od_walk_keep_words(&walk->common, exception, gprs, names, sizeof(names) / sizeof(names[0]));
}

/* What was interrupted, from the registers that the entry code saved. Those of a stack that just begins are empty. */
static bool take_registers(struct walk *walk, uint64_t regs)
{
	const struct od_kernel *kernel = walk->common.kernel;
	uint64_t gprs = od_kernel_address(kernel, regs, OD_MEMBER_PT_REGS_GPRS);
	uint64_t size = od_btf_size(kernel->btf, od_btf_struct(kernel->btf, "pt_regs"));

	if (size && !on_same_stack(walk, regs + size - 1, walk->sp))
		return od_walk_end(&walk->common, true, "the first frame of the stack");
	if (!gprs || !od_kernel_get(kernel, regs, OD_MEMBER_PT_REGS_PSW_MASK, &walk->mask) ||
	    !od_kernel_get(kernel, regs, OD_MEMBER_PT_REGS_PSW_ADDR, &walk->pc) ||
	    !read_word(walk, gprs + RETURN_REGISTER * WORD, &walk->ra) ||
	    !read_word(walk, gprs + STACK_REGISTER * WORD, &walk->sp))
		return od_walk_end(&walk->common, false, "the registers of the exception are not in the dump");
	if (!walk->mask && !walk->pc)
		return od_walk_end(&walk->common, true, "the first frame of the stack");
	if (walk->mask & PSW_USER)
		return od_walk_end(&walk->common, true, "user space");
	keep_registers(walk, gprs);
	walk->exact = true;
	return true;
}

static bool is_code(const struct walk *walk, uint64_t address)
{
	struct od_frame frame = {0};

	od_kernel_name(walk->common.kernel, address, true, &frame);
	return frame.function.len;
}

/* brasl, or basr with r14. */
static bool is_behind_call(const struct walk *walk, uint64_t address)
{
	unsigned char code[CALL_SIZE];

	return od_memory_read(walk->common.kernel->memory, address - CALL_SIZE, code, sizeof(code)) &&
	       ((code[0] == 0xc0 && code[1] == 0xe5) || (code[4] == 0x0d && code[5] >> 4 == RETURN_REGISTER));
}

/* To the caller: r15 is its own, and r14 the return address. What BPF made has no name here, but calls, too. */
static bool take_caller(struct walk *walk)
{
	if (!walk->ra || walk->ra == walk->pc || (!is_code(walk, walk->ra) && !is_behind_call(walk, walk->ra)))
		return od_walk_end(&walk->common, false, "the return address is not known");
	walk->pc = walk->ra;
	walk->exact = false;
	return true;
}

/* To the caller, whose frame this is. */
static bool take_frame(struct walk *walk, uint64_t frame)
{
	uint64_t pc;

	if (!read_word(walk, frame + walk->frame.return_at, &pc))
		return od_walk_end(&walk->common, false, "the caller's frame is not in the dump");
	walk->sp = frame;
	walk->pc = pc;
	walk->exact = false;
	return true;
}

static bool take_chain(struct walk *walk)
{
	uint64_t chain;

	if (!read_word(walk, walk->sp + walk->frame.chain_at, &chain))
		return od_walk_end(&walk->common, false, "the frame is not in the dump");
	if (!chain)
		return take_registers(walk, walk->sp + FRAME_SIZE);
	if (!od_walk_goes_up(&walk->common, walk->sp, chain, walk->stack_size))
		return od_walk_end(&walk->common, false, "the stack leads back to itself");
	return take_frame(walk, chain);
}

/* Whether the address is behind a call (brasl) of the function. */
static bool returns_from(const struct walk *walk, uint64_t address, uint64_t function)
{
	unsigned char code[CALL_SIZE];

	if (!od_memory_read(walk->common.kernel->memory, address - CALL_SIZE, code, sizeof(code)) || code[0] != 0xc0 || code[1] != 0xe5)
		return false;
	int32_t halves = (int32_t)od_uint(code + 2, 4, true);
	return address - CALL_SIZE + 2 * (uint64_t)(int64_t)halves == function;
}

/* With a frame or without: what is in r14 and in the frame's place tells. */
static bool take_either(struct walk *walk, const struct od_frame *frame)
{
	uint64_t start = walk->pc - frame->offset.value, chain, saved = 0;
	bool has_called = walk->ra - start - 1 < frame->size.value; /* r14 is from a call of its own */
	bool has_chain = read_word(walk, walk->sp + walk->frame.chain_at, &chain) && read_word(walk, chain + walk->frame.return_at, &saved);

	if (has_called || (has_chain && (walk->ra == saved || walk->ra == chain || returns_from(walk, saved, start))))
		return take_chain(walk);
	if (returns_from(walk, walk->ra, start))
		return take_caller(walk);
	return od_walk_end(&walk->common, false, "whether the function has a frame where the CPU stopped is not known");
}

/* Where the CPU stopped, the frame may be made, half made, or not at all. */
static bool take_exact(struct walk *walk, const struct od_frame *frame)
{
	uint64_t lowered = 0;

	if (!frame->function.len || !frame->size.known)
		return walk->mask & PSW_WAIT ? od_walk_end(&walk->common, false, "the CPU waits with a code instead of an address")
					     : take_caller(walk);
	switch (od_s390x_stage(walk->common.kernel, walk->pc - frame->offset.value, frame->size.value, frame->offset.value, &lowered)) {
	case OD_S390X_UNTOUCHED: case OD_S390X_GIVEN_UP:
		return take_caller(walk);
	case OD_S390X_SAVED:
		return take_frame(walk, walk->sp);
	case OD_S390X_LOWERED:
		return take_frame(walk, walk->sp + lowered);
	case OD_S390X_CHAINED:
		return take_chain(walk);
	default:
		return take_either(walk, frame);
	}
}

/* A PSW of the CPU's lowcore, with the registers as they are. */
static bool take_psw(struct walk *walk, enum od_kernel_member member)
{
	uint64_t lowcore = od_s390x_lowcore(walk->common.kernel, walk->common.cpu);
	uint64_t at = lowcore ? od_kernel_address(walk->common.kernel, lowcore, member) : 0;

	if (!at || !read_word(walk, at, &walk->mask) || !read_word(walk, at + WORD, &walk->pc) || !walk->mask)
		return od_walk_end(&walk->common, false, "the CPU stopped where an exception begins or ends, and what it interrupted "
				   "is not in the dump");
	return walk->mask & PSW_USER ? od_walk_end(&walk->common, true, "user space") : true;
}

/* arch/s390/kernel/entry.S: where an exception begins, and where its old PSW is. */
static const struct { const char *name; enum od_kernel_member psw; } entries[] = {
	{"pgm_check_handler", OD_MEMBER_LOWCORE_PGM_PSW}, {"ext_int_handler", OD_MEMBER_LOWCORE_EXT_PSW},
	{"io_int_handler", OD_MEMBER_LOWCORE_IO_PSW}, {"mcck_int_handler", OD_MEMBER_LOWCORE_MCCK_PSW},
	{"restart_int_handler", OD_MEMBER_COUNT}, {"early_pgm_check_handler", OD_MEMBER_COUNT}, {"stack_overflow", OD_MEMBER_COUNT},
	{"sie64a", OD_MEMBER_COUNT}, {"__sie64a", OD_MEMBER_COUNT}, {"sie_exit", OD_MEMBER_COUNT},
};

/* Before the first instruction all registers are what they were. Later it differs from instruction to instruction where they are. */
static bool leave_entry(struct walk *walk, const struct od_frame *frame, enum od_kernel_member psw)
{
	if (frame->offset.known && !frame->offset.value && psw != OD_MEMBER_COUNT)
		return take_psw(walk, psw);
	return od_walk_end(&walk->common, false, "the CPU stopped where an exception begins or ends, and what it interrupted is not "
			   "known");
}

/* The last instruction of an exception is in the lowcore, at the same place for every CPU: the next PSW is beside it. */
static bool is_returning(const struct walk *walk, enum od_kernel_member *psw)
{
	const struct od_kernel *kernel = walk->common.kernel;
	bool from_mcck = kernel->known[OD_MEMBER_LOWCORE_MCCK_LPSWE] && walk->pc == kernel->members[OD_MEMBER_LOWCORE_MCCK_LPSWE].offset;

	*psw = from_mcck ? OD_MEMBER_LOWCORE_MCCK_RETURN_PSW : OD_MEMBER_LOWCORE_RETURN_PSW;
	return walk->exact && (from_mcck || (kernel->known[OD_MEMBER_LOWCORE_LPSWE] &&
					     walk->pc == kernel->members[OD_MEMBER_LOWCORE_LPSWE].offset));
}

/*
 * Entry code that jumps to its handler, instead of calling it, leaves an address of what it interrupted where that one's return
 * address should be (stack_overflow).
 */
static bool is_jumped_to(const struct walk *walk)
{
	uint64_t chain;

	return !walk->exact && read_word(walk, walk->sp + walk->frame.chain_at, &chain) && !chain && !is_code(walk, walk->pc);
}

static bool step(struct od_walk *common)
{
	struct walk *walk = (struct walk *)common;
	enum od_kernel_member psw;

	if (is_returning(walk, &psw))
		return take_psw(walk, psw);
	if (is_jumped_to(walk))
		return take_chain(walk);
	const struct od_frame *frame = put_frame(walk);
	if (!frame)
		return od_walk_end(&walk->common, false, "out of memory");
	if (od_str_equal(frame->function, OD_STR("ret_from_fork")))
		return od_walk_end(&walk->common, true, "the first frame of the stack");
	if (!walk->exact)
		return take_chain(walk);
	if (od_str_equal(frame->function, OD_STR("system_call"))) /* which the kernel itself never makes */
		return od_walk_end(&walk->common, true, "user space");
	for (size_t i = 0; i < sizeof(entries) / sizeof(entries[0]); i++)
		if (od_str_equal(frame->function, od_str_from(entries[i].name)))
			return leave_entry(walk, frame, entries[i].psw);
	return take_exact(walk, frame);
}

struct od_s390x_frame od_s390x_frame(const struct od_kernel *kernel)
{
	bool known = kernel->known[OD_MEMBER_FRAME_GPRS] && kernel->known[OD_MEMBER_FRAME_CHAIN];
	uint64_t gprs = known ? kernel->members[OD_MEMBER_FRAME_GPRS].offset : GPRS_AT;

	return (struct od_s390x_frame){.gprs = gprs, .return_at = gprs + (RETURN_REGISTER - FIRST_SAVED) * WORD,
				       .chain_at = known ? kernel->members[OD_MEMBER_FRAME_CHAIN].offset : CHAIN_AT};
}

uint64_t od_s390x_lowcore(const struct od_kernel *kernel, uint64_t cpu)
{
	uint64_t table, limit, lowcore;

	if (!od_vmcoreinfo_hex(kernel->dump->vmcoreinfo, "SYMBOL(lowcore_ptr)", &table) ||
	    (od_vmcoreinfo_number(kernel->dump->vmcoreinfo, "LENGTH(lowcore_ptr)", &limit) && cpu >= limit) ||
	    !od_memory_word(kernel->memory, table + cpu * WORD, &lowcore))
		return 0;
	return lowcore;
}

void od_unwind_s390x(const struct od_kernel *kernel, uint64_t cpu, const struct od_unwind_s390x *registers, bool exact,
		     const struct od_unwind_sink *sink)
{
	uint64_t size = od_btf_size(kernel->btf, od_btf_struct(kernel->btf, "thread_union"));
	struct walk walk = {.common = {.kernel = kernel, .sink = sink, .cpu = cpu}, .mask = registers->mask, .pc = registers->pc,
			    .sp = registers->sp, .ra = registers->ra, .stack_size = size ? size : STACK_SIZE, .exact = exact,
			    .frame = od_s390x_frame(kernel)};

	if (walk.mask & PSW_USER) {
		od_walk_end(&walk.common, true, "user space");
		return;
	}
	od_walk_run(&walk.common, step);
}
