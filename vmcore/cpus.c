// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * What each CPU was doing: its task from its run queue, its registers from the notes that the dying kernel
 * (crash_notes, kernel/kexec_core.c) or the hypervisor wrote, its stack from the registers.
 */
#include "vmcore/kernel.h"

#include "vmcore/notes.h"
#include "vmcore/unwind.h"

enum {
	CPU_LIMIT = 8192,
	NT_PRSTATUS_TYPE = 1,
	REGISTERS_AT = 112,	/* pr_reg in struct elf_prstatus, 64-bit x86 */
	NOTE_SIZE = 1024,	/* KEXEC_NOTE_BYTES is less */
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

enum { LEAST_REGISTERS = 27, PID_AT = 32 };

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

/* How the CPUs of a machine are read. */
struct machine {
	const char *arch;
	const char *const *registers;	/* of pr_reg */
	void (*unwind)(const struct od_kernel *kernel, const struct od_vmcore_cpu *cpu, const struct od_unwind_sink *sink);
};

static const struct machine machines[] = {
	{"x86_64", x86_64_regs, unwind_x86_64}, {"arm64", arm64_regs, unwind_arm64}, {"riscv64", riscv64_regs, unwind_riscv64},
	{"s390x", s390x_regs, unwind_s390x},
};

/* Of the machines whose page tables are walked, and these only. */
static const struct machine *machine_of(const struct od_kernel *kernel)
{
	for (size_t i = 0; i < sizeof(machines) / sizeof(machines[0]); i++)
		if (od_str_equal(kernel->dump->arch, od_str_from(machines[i].arch)))
			return &machines[i];
	return &machines[0];
}

static bool first_prstatus(const struct od_kernel *kernel, struct od_str notes, uint64_t skip, struct od_str *ret)
{
	struct od_note note;

	while (od_note_next(&notes, kernel->memory->big_endian, &note))
		if (note.type == NT_PRSTATUS_TYPE && od_str_equal(note.name, OD_STR("CORE")) &&
		    note.content.len >= REGISTERS_AT + 8 * LEAST_REGISTERS && !skip--) {
			*ret = note.content;
			return true;
		}
	return false;
}

/*
 * A hypervisor's notes are one per CPU, in order; a kernel's file notes leave out those that did not answer. QEMU
 * gives them the CPU's number + 1 as PID (dump_write_elf64_notes, 7.2), on x86_64 it adds notes of its own.
 */
static bool is_hypervisor(const struct od_kernel *kernel)
{
	struct od_str notes = kernel->dump->notes, status;
	struct od_note note;
	uint64_t count = 0;

	while (od_note_next(&notes, kernel->memory->big_endian, &note))
		if (od_str_equal(note.name, OD_STR("QEMU")))
			return true;
	while (first_prstatus(kernel, kernel->dump->notes, count, &status)) {
		if (od_memory_decode(kernel->memory, status.ptr + PID_AT, 4) != count + 1 || count == CPU_LIMIT)
			return false;
		count++;
	}
	return count && kernel->model->system.cpus.known && count == kernel->model->system.cpus.value;
}

/*
 * On s390 a CPU's notes have the address of its lowcore behind its registers, whoever wrote them: QEMU (target/s390x/arch_dump.c,
 * 7.2) or the capture kernel (arch/s390/kernel/crash_dump.c).
 */
static bool find_by_prefix(const struct od_kernel *kernel, uint64_t cpu, struct od_str *ret)
{
	enum { NT_S390_PREFIX_TYPE = 0x305 };
	struct od_str notes = kernel->dump->notes, status = {NULL, 0};
	uint64_t lowcore = od_s390x_lowcore(kernel, cpu), inside = lowcore % OD_PAGE_SIZE, physical;
	struct od_note note;

	if (!lowcore || !kernel->dump->walk || !kernel->dump->walk(kernel->dump, lowcore - inside, &physical))
		return false;
	while (od_note_next(&notes, kernel->memory->big_endian, &note)) {
		if (note.type == NT_PRSTATUS_TYPE && od_str_equal(note.name, OD_STR("CORE")))
			status = note.content;
		if (note.type != NT_S390_PREFIX_TYPE || note.content.len < 4 ||
		    od_memory_decode(kernel->memory, note.content.ptr, 4) != physical + inside)
			continue;
		*ret = status;
		return status.len > 0;
	}
	return false;
}

static bool find_prstatus(const struct od_kernel *kernel, uint64_t cpu, char buffer[NOTE_SIZE], struct od_str *ret)
{
	uint64_t base, at;

	if (od_str_equal(kernel->dump->arch, OD_STR("s390x")))
		return find_by_prefix(kernel, cpu, ret);
	if (is_hypervisor(kernel))
		return first_prstatus(kernel, kernel->dump->notes, cpu, ret);
	if (kernel->at.crash_notes && od_memory_word(kernel->memory, kernel->at.crash_notes, &base) && base &&
	    (at = od_kernel_percpu(kernel, base, cpu)) != 0) {
		size_t len = kernel->memory->read(kernel->memory->user, at, buffer, NOTE_SIZE);
		if (first_prstatus(kernel, (struct od_str){buffer, len}, 0, ret))
			return true;
	}
	return false;
}

static void read_registers(struct od_kernel *kernel, struct od_vmcore_cpu *cpu)
{
	char buffer[NOTE_SIZE];
	struct od_str status;

	if (!find_prstatus(kernel, cpu->number, buffer, &status))
		return;
	const char *const *names = machine_of(kernel)->registers;
	for (size_t i = 0; names[i] && REGISTERS_AT + 8 * (i + 1) <= status.len; i++) {
		struct od_register *item = od_list_push(kernel->model->arena, &cpu->registers);
		if (item)
			*item = (struct od_register){od_str_from(names[i]),
						     od_memory_decode(kernel->memory, status.ptr + REGISTERS_AT + 8 * i, 8)};
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
