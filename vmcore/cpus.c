// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * What each CPU was doing: its task from its run queue, its registers from the notes that the dying kernel
 * (crash_notes, kernel/kexec_core.c) or the hypervisor wrote, its stack from the registers.
 */
#include "vmcore/kernel.h"

#include "vmcore/prstatus.h"
#include "vmcore/unwind.h"

enum {
	CPU_LIMIT = 8192,
	NO_CPU = -1,
};

/*
 * pr_reg by architecture: struct user_regs_struct, arch/x86/include/asm/user_64.h and arch/riscv/include/uapi/asm/ptrace.h;
 * struct user_pt_regs of arm64; s390_regs, arch/s390/include/uapi/asm/ptrace.h.
 */
static const char *const x86_64_regs[] = {
	"r15", "r14", "r13", "r12", "rbp", "rbx", "r11", "r10", "r09", "r08", "rax", "rcx", "rdx", "rsi", "rdi", "orig_rax",
	"rip", "cs", "eflags", "rsp", "ss", "fs_base", "gs_base", "ds", "es", "fs", "gs", NULL,
};
static const char *const arm64_regs[] = {
	"x0", "x1", "x2", "x3", "x4", "x5", "x6", "x7", "x8", "x9", "x10", "x11", "x12", "x13", "x14", "x15", "x16", "x17",
	"x18", "x19", "x20", "x21", "x22", "x23", "x24", "x25", "x26", "x27", "x28", "x29", "lr", "sp", "pc", "pstate", NULL,
};
static const char *const riscv64_regs[] = {
	"epc", "ra", "sp", "gp", "tp", "t0", "t1", "t2", "s0", "s1", "a0", "a1", "a2", "a3", "a4", "a5", "a6", "a7",
	"s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10", "s11", "t3", "t4", "t5", "t6", NULL,
};

static const char *const s390x_regs[] = {
	"psw_mask", "psw_addr", "r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15",
	NULL,
};

/* struct user_pt_regs, arch/powerpc/include/uapi/asm/ptrace.h */
static const char *const ppc64_regs[] = {
	"r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15", "r16", "r17", "r18",
	"r19", "r20", "r21", "r22", "r23", "r24", "r25", "r26", "r27", "r28", "r29", "r30", "r31", "nip", "msr", "orig_r3", "ctr",
	"lr", "xer", "cr", NULL,
};

static uint64_t get(const struct od_vmcore_cpu *cpu, const char *name)
{
	for (size_t i = 0; i < cpu->registers.count; i++)
		if (od_str_equal(cpu->registers.items[i].name, od_str_from(name)))
			return cpu->registers.items[i].value;
	return 0;
}

static void unwind_x86_64(const struct od_kernel *kernel, const struct od_vmcore_cpu *cpu, const struct od_unwind_sink *sink)
{
	const struct od_unwind_registers registers = {
		.rip = get(cpu, "rip"), .rsp = get(cpu, "rsp"), .rbp = get(cpu, "rbp"), .rax = get(cpu, "rax"),
		.rdx = get(cpu, "rdx"), .rdi = get(cpu, "rdi"), .r10 = get(cpu, "r10"), .r13 = get(cpu, "r13"),
		.cs = get(cpu, "cs"),
	};

	od_unwind_x86_64(kernel, cpu->number, &registers, true, sink);
}

static void unwind_arm64(const struct od_kernel *kernel, const struct od_vmcore_cpu *cpu, const struct od_unwind_sink *sink)
{
	od_unwind_arm64(kernel, cpu->number, get(cpu, "pc"), get(cpu, "x29"), true, sink);
}

static void unwind_riscv64(const struct od_kernel *kernel, const struct od_vmcore_cpu *cpu, const struct od_unwind_sink *sink)
{
	const struct od_unwind_riscv64 registers = {.pc = get(cpu, "epc"), .ra = get(cpu, "ra"), .sp = get(cpu, "sp"),
						    .fp = get(cpu, "s0")};

	od_unwind_riscv64(kernel, cpu->number, &registers, true, sink);
}

static void unwind_s390x(const struct od_kernel *kernel, const struct od_vmcore_cpu *cpu, const struct od_unwind_sink *sink)
{
	const struct od_unwind_s390x registers = {.mask = get(cpu, "psw_mask"), .pc = get(cpu, "psw_addr"), .sp = get(cpu, "r15"),
						  .ra = get(cpu, "r14")};

	od_unwind_s390x(kernel, cpu->number, &registers, true, sink);
}

static void unwind_ppc64(const struct od_kernel *kernel, const struct od_vmcore_cpu *cpu, const struct od_unwind_sink *sink)
{
	const struct od_unwind_ppc64 registers = {.pc = get(cpu, "nip"), .sp = get(cpu, "r1"), .lr = get(cpu, "lr"),
						  .msr = get(cpu, "msr")};

	od_unwind_ppc64(kernel, cpu->number, &registers, true, sink);
}

/* How the CPUs of a machine are read. */
struct machine {
	const char *arch;
	const char *const *registers;	/* of pr_reg */
	void (*unwind)(const struct od_kernel *kernel, const struct od_vmcore_cpu *cpu, const struct od_unwind_sink *sink);
};

static const struct machine machines[] = {
	{"x86_64", x86_64_regs, unwind_x86_64}, {"arm64", arm64_regs, unwind_arm64}, {"riscv64", riscv64_regs, unwind_riscv64},
	{"s390x", s390x_regs, unwind_s390x}, {"ppc64", ppc64_regs, unwind_ppc64},
};

/* Of the machines whose page tables are walked, and these only. */
static const struct machine *machine_of(const struct od_kernel *kernel)
{
	for (size_t i = 0; i < sizeof(machines) / sizeof(machines[0]); i++)
		if (od_str_equal(kernel->dump->arch, od_str_from(machines[i].arch)))
			return &machines[i];
	return &machines[0];
}

static void read_registers(struct od_kernel *kernel, struct od_vmcore_cpu *cpu)
{
	struct od_prstatus status;
	uint64_t value;

	if (!od_prstatus_find(kernel, cpu->number, &status))
		return;
	const char *const *names = machine_of(kernel)->registers;
	for (size_t i = 0; names[i] && od_prstatus_register(&status, i, &value); i++) {
		struct od_register *item = od_list_push(kernel->model->arena, &cpu->registers);
		if (item)
			*item = (struct od_register){od_str_from(names[i]), value};
	}
}

static void unwind(struct od_kernel *kernel, struct od_vmcore_cpu *cpu, struct od_trace *trace)
{
	const struct od_unwind_sink sink = {trace, &cpu->stack};

	if (!cpu->registers.count) {
		cpu->stack.end = OD_STR("the dump holds no registers of this CPU");
		return;
	}
	cpu->has_stack = true;
	machine_of(kernel)->unwind(kernel, cpu, &sink);
}

static int64_t panic_cpu(const struct od_kernel *kernel)
{
	const uint64_t variables[] = {kernel->at.panic_cpu, kernel->at.crashing_cpu};
	uint64_t value;

	for (unsigned i = 0; i < 2; i++)
		if (variables[i] && od_memory_uint(kernel->memory, variables[i], 4, &value) && (int32_t)value != NO_CPU)
			return (int64_t)value;
	return NO_CPU;
}

static void add(struct od_kernel *kernel, uint64_t number, bool panicked)
{
	struct od_vmcore *model = kernel->model;
	struct od_vmcore_cpu *cpu = od_list_push(model->arena, &model->cpus);
	struct od_trace *trace = cpu ? od_list_push(model->stacks->arena, &model->stacks->traces) : NULL;
	uint64_t queue = od_kernel_percpu(kernel, kernel->at.runqueues, number), task;

	if (!trace)
		return;
	cpu->number = number;
	cpu->stack.trace = model->stacks->traces.count - 1;
	cpu->panicked = panicked;
	trace->role = OD_STR("cpu");
	trace->cpu = od_num(number);
	if (queue && od_kernel_get(kernel, queue, OD_MEMBER_RQ_CURR, &task) && task)
		cpu->task = od_task_index(kernel, task);
	if (cpu->task) {
		struct od_vmcore_task *item = &model->tasks.items[cpu->task - 1];
		item->panicked = panicked;
		trace->pid = od_num(item->pid);
		trace->comm = od_arena_copy(model->stacks->arena, item->comm);
	}
	read_registers(kernel, cpu);
	unwind(kernel, cpu, trace);
}

void od_read_cpus(struct od_kernel *kernel)
{
	uint64_t count = kernel->model->system.cpus.known ? kernel->model->system.cpus.value : 0;
	int64_t panicked = panic_cpu(kernel);

	if (!kernel->btf)
		return;
	for (uint64_t i = 0; i < count && i < CPU_LIMIT; i++)
		add(kernel, i, panicked == (int64_t)i);
}
