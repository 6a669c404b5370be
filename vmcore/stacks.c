// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Stacks of tasks that do not run: where __switch_to_asm() left them, thread.sp points at a struct inactive_task_frame
 * (arch/x86/include/asm/switch_to.h; __unwind_start(), arch/x86/kernel/unwind_orc.c 6.1).
 */
#include "vmcore/kernel.h"

#include <stdio.h>

#include "vmcore/unwind.h"

enum { BLOCKED_LIMIT = 20, WORD = 8 };

/* A task that has not run yet begins there, and was not called from there. */
static bool is_new(const struct od_kernel *kernel, uint64_t pc)
{
	const uint64_t starts[] = {
		kernel->at.ret_from_fork, kernel->at.ret_from_fork_asm, kernel->at.ret_from_fork_kernel_asm,
		kernel->at.ret_from_fork_user_asm,
	};

	for (size_t i = 0; pc && i < sizeof(starts) / sizeof(starts[0]); i++)
		if (pc == starts[i])
			return true;
	return false;
}

static void keep(const struct od_kernel *kernel, struct od_vmcore_stack *stack, const char *name, uint64_t value)
{
	struct od_register *item = od_list_push(kernel->model->arena, &stack->registers);

	if (item)
		*item = (struct od_register){od_arena_copy(kernel->model->arena, od_str_from(name)), value};
}

/* The registers that __switch_to_asm() pushed: they are the first frame's. */
static void keep_x86_64(const struct od_kernel *kernel, uint64_t sp, const struct od_unwind_registers *registers,
			struct od_vmcore_stack *stack)
{
	static const struct { enum od_kernel_member member; const char *name; } pushed[] = {
		{OD_MEMBER_INACTIVE_BX, "rbx"}, {OD_MEMBER_INACTIVE_R12, "r12"}, {OD_MEMBER_INACTIVE_R13, "r13"},
		{OD_MEMBER_INACTIVE_R14, "r14"}, {OD_MEMBER_INACTIVE_R15, "r15"},
	};
	uint64_t value;

	for (size_t i = 0; i < sizeof(pushed) / sizeof(pushed[0]); i++)
		if (od_kernel_get(kernel, sp, pushed[i].member, &value))
			keep(kernel, stack, pushed[i].name, value);
	keep(kernel, stack, "rbp", registers->rbp);
	keep(kernel, stack, "rsp", registers->rsp);
}

static bool follow_x86_64(const struct od_kernel *kernel, const struct od_vmcore_task *task,
			  const struct od_unwind_sink *sink)
{
	struct od_unwind_registers registers = {0};
	uint64_t sp;

	if (!od_kernel_get(kernel, task->address, OD_MEMBER_TASK_SP, &sp) ||
	    !od_kernel_get(kernel, sp, OD_MEMBER_INACTIVE_BP, &registers.rbp) ||
	    !od_kernel_get(kernel, sp, OD_MEMBER_INACTIVE_RETURN, &registers.rip))
		return false;
	registers.rsp = od_kernel_address(kernel, sp, OD_MEMBER_INACTIVE_RETURN) + WORD;
	keep_x86_64(kernel, sp, &registers, sink->stack);
	od_unwind_x86_64(kernel, task->cpu.value, &registers, is_new(kernel, registers.rip), sink);
	return true;
}

/* struct cpu_context, arch/arm64/include/asm/processor.h: x19 to x28, fp, sp, pc */
static void keep_arm64(const struct od_kernel *kernel, uint64_t task, uint64_t fp, struct od_vmcore_stack *stack)
{
	enum { FIRST = 19, LAST = 28 };
	uint64_t context = od_kernel_address(kernel, task, OD_MEMBER_TASK_CONTEXT), value;
	char name[8];

	for (unsigned i = FIRST; context && i <= LAST; i++) {
		snprintf(name, sizeof(name), "x%u", i);
		if (od_memory_word(kernel->memory, context + (i - FIRST) * WORD, &value))
			keep(kernel, stack, name, value);
	}
	keep(kernel, stack, "x29", fp);
	if (od_kernel_get(kernel, task, OD_MEMBER_TASK_CONTEXT_SP, &value))
		keep(kernel, stack, "sp", value);
}

/* thread_saved_pc(), arch/arm64/include/asm/processor.h */
static bool follow_arm64(const struct od_kernel *kernel, const struct od_vmcore_task *task,
			 const struct od_unwind_sink *sink)
{
	uint64_t pc, fp;

	if (!od_kernel_get(kernel, task->address, OD_MEMBER_TASK_CONTEXT_PC, &pc) ||
	    !od_kernel_get(kernel, task->address, OD_MEMBER_TASK_CONTEXT_FP, &fp))
		return false;
	keep_arm64(kernel, task->address, fp, sink->stack);
	od_unwind_arm64(kernel, task->cpu.value, pc, fp, is_new(kernel, pc), sink);
	return true;
}

/* struct thread_struct, arch/riscv/include/asm/processor.h: s0 is the frame pointer */
static bool follow_riscv64(const struct od_kernel *kernel, const struct od_vmcore_task *task,
			   const struct od_unwind_sink *sink)
{
	enum { SAVED = 12 };
	uint64_t saved = od_kernel_address(kernel, task->address, OD_MEMBER_TASK_SAVED), value;
	struct od_unwind_riscv64 registers = {0};
	char name[8];

	if (!saved || !od_memory_word(kernel->memory, saved, &registers.fp) ||
	    !od_kernel_get(kernel, task->address, OD_MEMBER_TASK_RA, &registers.pc) ||
	    !od_kernel_get(kernel, task->address, OD_MEMBER_TASK_SP, &registers.sp))
		return false;
	for (unsigned i = 0; i < SAVED; i++) {
		snprintf(name, sizeof(name), "s%u", i);
		if (od_memory_word(kernel->memory, saved + i * WORD, &value))
			keep(kernel, sink->stack, name, value);
	}
	keep(kernel, sink->stack, "sp", registers.sp);
	od_unwind_riscv64(kernel, task->cpu.value, &registers, is_new(kernel, registers.pc), sink);
	return true;
}

/* __switch_to(), arch/s390/kernel/entry.S: r6 to r15 are in the frame that thread.ksp points at */
static bool follow_s390x(const struct od_kernel *kernel, const struct od_vmcore_task *task, const struct od_unwind_sink *sink)
{
	enum { FIRST = 6, LAST = 15 };
	const struct od_s390x_frame frame = od_s390x_frame(kernel);
	struct od_unwind_s390x registers = {0};
	uint64_t value;
	char name[8];

	if (!od_kernel_get(kernel, task->address, OD_MEMBER_TASK_KSP, &registers.sp) ||
	    !od_memory_word(kernel->memory, registers.sp + frame.return_at, &registers.pc))
		return false;
	for (unsigned i = FIRST; i <= LAST; i++) {
		snprintf(name, sizeof(name), "r%u", i);
		if (od_memory_word(kernel->memory, registers.sp + frame.gprs + (i - FIRST) * WORD, &value))
			keep(kernel, sink->stack, name, value);
	}
	od_unwind_s390x(kernel, task->cpu.value, &registers, is_new(kernel, registers.pc), sink);
	return true;
}

/* _switch(), arch/powerpc/kernel/entry_64.S, later switch.S: r14 to r31 stay the task's */
static bool follow_ppc64(const struct od_kernel *kernel, const struct od_vmcore_task *task, const struct od_unwind_sink *sink)
{
	enum { FIRST = 14, LAST = 31 };
	struct od_unwind_ppc64 registers;
	uint64_t sp, saved, value;
	char name[8];

	if (!od_kernel_get(kernel, task->address, OD_MEMBER_TASK_KSP, &sp) ||
	    !od_unwind_ppc64_switched(kernel, sp, &registers, &saved))
		return false;
	keep(kernel, sink->stack, "r1", registers.sp);
	for (unsigned i = FIRST; i <= LAST; i++) {
		snprintf(name, sizeof(name), "r%u", i);
		if (od_memory_word(kernel->memory, saved + i * WORD, &value))
			keep(kernel, sink->stack, name, value);
	}
	od_unwind_ppc64(kernel, task->cpu.value, &registers, is_new(kernel, registers.pc), sink);
	return true;
}

static bool follow_task(const struct od_kernel *kernel, const struct od_vmcore_task *task, const struct od_unwind_sink *sink)
{
	static const struct {
		const char *arch;
		bool (*follow)(const struct od_kernel *kernel, const struct od_vmcore_task *task, const struct od_unwind_sink *sink);
	} machines[] = {
		{"x86_64", follow_x86_64}, {"arm64", follow_arm64}, {"riscv64", follow_riscv64}, {"s390x", follow_s390x},
		{"ppc64", follow_ppc64},
	};

	for (size_t i = 0; i < sizeof(machines) / sizeof(machines[0]); i++)
		if (od_str_equal(kernel->dump->arch, od_str_from(machines[i].arch)))
			return machines[i].follow(kernel, task, sink);
	return false;
}

static void follow(struct od_kernel *kernel, struct od_vmcore_task *task)
{
	struct od_vmcore *model = kernel->model;
	struct od_vmcore_stack *stack = od_arena_alloc(model->arena, sizeof(*stack));
	struct od_trace *trace = stack ? od_list_push(model->stacks->arena, &model->stacks->traces) : NULL;

	if (!trace)
		return;
	*stack = (struct od_vmcore_stack){.trace = model->stacks->traces.count - 1};
	task->stack = stack;
	trace->role = OD_STR("task");
	trace->pid = od_num(task->pid);
	trace->comm = od_arena_copy(model->stacks->arena, task->comm);
	const struct od_unwind_sink sink = {trace, stack};
	if (!follow_task(kernel, task, &sink))
		stack->end = OD_STR("where the task left its stack is not in the dump");
}

static struct od_vmcore_cpu *cpu_of(struct od_vmcore *model, const struct od_vmcore_task *task)
{
	size_t index = (size_t)(task - model->tasks.items);

	for (size_t i = 0; i < model->cpus.count; i++)
		if (model->cpus.items[i].task == index + 1)
			return &model->cpus.items[i];
	return NULL;
}

/* What runs has its registers with its CPU. */
static void want(struct od_kernel *kernel, struct od_vmcore_task *task)
{
	struct od_vmcore_cpu *cpu = cpu_of(kernel->model, task);

	if (cpu) {
		cpu->stack.wanted = true;
		return;
	}
	if (!task->stack)
		follow(kernel, task);
	if (task->stack)
		task->stack->wanted = true;
}

void od_read_blocked(struct od_kernel *kernel)
{
	struct od_vmcore *model = kernel->model;
	size_t count = 0, more = 0;

	for (size_t i = 0; i < model->tasks.count; i++) {
		struct od_vmcore_task *task = &model->tasks.items[i];
		if (task->state != 'D' || cpu_of(model, task))
			continue;
		if (count++ < BLOCKED_LIMIT)
			follow(kernel, task);
		else
			more++;
	}
	if (more)
		od_kernel_note(kernel, "The stacks of %zu more tasks in uninterruptible sleep; \"bt all\" shows them.", more);
}

static od_status want_cpus(struct od_trail *trail, struct od_kernel *kernel, const struct od_vmcore_query *query)
{
	struct od_vmcore *model = kernel->model;
	bool any = false;

	for (size_t i = 0; i < model->cpus.count; i++) {
		struct od_vmcore_cpu *cpu = &model->cpus.items[i];
		bool one = query->question == OD_ASK_STACK_OF_CPU ? cpu->number == query->number : cpu->panicked;
		if (query->question != OD_ASK_STACK_OF_CPUS && !one)
			continue;
		cpu->stack.wanted = true;
		any = true;
	}
	if (any)
		return OD_OK;
	if (query->question == OD_ASK_STACK_OF_CPU && model->cpus.count)
		return od_fail(trail, OD_ERR_MISSING, "the dump has no CPU %llu", (unsigned long long)query->number);
	/* nobody panicked: the machine was stopped from outside */
	for (size_t i = 0; i < model->cpus.count; i++)
		model->cpus.items[i].stack.wanted = true;
	return OD_OK;
}

static od_status want_task(struct od_trail *trail, struct od_kernel *kernel, struct od_str text)
{
	struct od_vmcore *model = kernel->model;
	struct od_str rest = text;
	uint64_t pid, address;
	bool has_pid = od_scan_u64(&rest, &pid) && !rest.len;
	bool has_address = od_kernel_resolve(trail, kernel, text, &address);
	size_t count = model->tasks.count;
	bool any = false;

	for (size_t i = 0; i < count; i++) {
		struct od_vmcore_task *task = &model->tasks.items[i];
		if (!(has_pid && task->pid == pid) && !(has_address && task->address == address))
			continue;
		want(kernel, task);
		any = true;
	}
	od_trail_clear(trail);
	return any ? OD_OK : od_fail(trail, OD_ERR_MISSING, "the dump has no task with the PID or address '%.*s'",
				     OD_FMT(text));
}

od_status od_ask_stack(struct od_trail *trail, struct od_kernel *kernel, const struct od_vmcore_query *query)
{
	if (query->question == OD_ASK_STACK_OF_TASK)
		return want_task(trail, kernel, query->text);
	if (query->question != OD_ASK_STACK_OF_TASKS)
		return want_cpus(trail, kernel, query);
	for (size_t i = 0; i < kernel->model->tasks.count; i++)
		want(kernel, &kernel->model->tasks.items[i]);
	return OD_OK;
}
