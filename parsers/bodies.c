// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/bodies.h"

#include "parsers/dump.h"
#include "parsers/headers_arch.h"

static const struct {
	const struct od_arch *arch;
	const struct od_rule *rules;
} bodies[] = {
	{&od_arch_i386, od_rules_i386},
	{&od_arch_arm64, od_rules_arm64},
	{&od_arch_arm, od_rules_arm},
	{&od_arch_riscv64, od_rules_riscv},
	{&od_arch_riscv32, od_rules_riscv},
	{&od_arch_ppc64, od_rules_ppc},
	{&od_arch_ppc64le, od_rules_ppc},
	{&od_arch_ppc32, od_rules_ppc},
	{&od_arch_s390x, od_rules_s390},
	{&od_arch_mips64, od_rules_mips},
	{&od_arch_mips, od_rules_mips},
	{&od_arch_loongarch64, od_rules_loongarch},
	{&od_arch_sparc64, od_rules_sparc},
	{&od_arch_parisc, od_rules_parisc},
	{&od_arch_m68k, od_rules_m68k},
	{&od_arch_xtensa, od_rules_xtensa},
	{&od_arch_arc, od_rules_arc},
	{&od_arch_openrisc, od_rules_openrisc},
	{&od_arch_csky, od_rules_csky},
	{&od_arch_sh, od_rules_sh},
	{&od_arch_alpha, od_rules_alpha},
	{&od_arch_nios2, od_rules_nios2},
	{&od_arch_microblaze, od_rules_microblaze},
};

const struct od_rule *od_rules_of(const struct od_arch *arch)
{
	for (size_t i = 0; arch && i < sizeof(bodies) / sizeof(bodies[0]); i++)
		if (bodies[i].arch == arch)
			return bodies[i].rules;
	return NULL;
}

/* "[00000010] *pgd=00000000", "[0000000000000010] user address but active_mm is swapper" */
static enum od_take take_page_table(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	static const char *const follows[] = {
		"*pgd=", "pgd=", "*pde=", "user address but active_mm is ", "address between user and kernel",
	};
	uint64_t address;
	if (!od_scan_hex(&rest, &address) || !od_scan_literal(&rest, "] "))
		return OD_TAKE_NO;
	for (size_t i = 0; i < sizeof(follows) / sizeof(follows[0]); i++) {
		if (!od_str_starts(rest, od_str_from(follows[i])))
			continue;
		/* the headline was cut; an assertion's store to address 0 is none */
		if (!builder->event->fault.address.known && !builder->died && builder->event->kind != OD_KIND_BUG_ON)
			builder->event->fault.address = od_num(address);
		return od_take_known(builder, record, rest);
	}
	return OD_TAKE_NO;
}

/* "address c0123456 when write": the header was wrapped before it, as mail programs do. */
static enum od_take take_wrapped_address(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct od_event *event = builder->event;
	uint64_t address;
	struct od_str number = rest;
	(void)od_scan_literal(&number, "0x");
	if (event->fault.address.known || builder->died || !od_scan_hex(&number, &address))
		return OD_TAKE_NO;
	od_take_arch_fault(builder, record, rest);
	return OD_TAKE_YES;
}

/* "PC: [<8c012346>] fn+0x1/0x2": of sh's page fault handler, or the first row of m68k's registers; "PC: <fn+0x1/0x2>" of sparc, 32 bits */
static enum od_take take_early_pc(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct od_event *event = builder->event;
	struct od_frame_text place;
	(void)(rest.len > 1 && !od_is_digit(rest.ptr[1]) && od_scan_char(&rest, '<'));
	if (!od_scan_place(&rest, &place))
		return OD_TAKE_NO;
	builder->expects_message = false;
	const struct od_num address = event->has_ip ? event->ip.address : (struct od_num){0};
	if (!event->has_ip || (place.function.len && !event->ip.function.len))
		od_frame_store(event->arena, &place, record->line, &event->ip);
	if (!event->ip.address.known)
		event->ip.address = address;
	event->has_ip = true;
	return OD_TAKE_YES;
}

/*
 * "PSR: 1e0000c2 PC: f00812a0 NPC: f00812a4 Y: 00000000    Not tainted": sparc of 32 bits, arch/sparc/kernel/process_32.c, show_regs();
 * "PC: <fn+0x1/0x2>" follows since 2.6.
 */
static enum od_take take_psr(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct od_event *event = builder->event;
	struct od_frame_text place = {0};
	uint64_t number, pc;
	if (!od_scan_hex_width(&rest, 8, &number) || !od_scan_literal(&rest, " PC: ") || !od_scan_hex_width(&rest, 8, &pc))
		return OD_TAKE_NO;
	place.address = od_num(pc);
	place.raw = od_arena_printf(event->arena, "0x%llx", (unsigned long long)pc);
	if (!event->has_ip)
		od_frame_store(event->arena, &place, record->line, &event->ip);
	event->has_ip = true;
	if (od_scan_literal(&rest, " NPC: ") && od_scan_hex_width(&rest, 8, &number) && od_scan_literal(&rest, " Y: ") &&
	    od_scan_hex_width(&rest, 8, &number) && !event->has_taint)
		(void)od_take_taint_and_release(builder, od_str_trim(rest));
	return od_take_known(builder, record, rest);
}

/* "PC is at fn+0x1/0x2": arm, arm64 (to 4.13) and sh; which it is may become clear only in the next line. */
static enum od_take take_pc_is_at(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	(void)od_open_block(builder);
	return od_take_ip(builder, record, rest) ? OD_TAKE_YES : OD_TAKE_NO;
}

static enum od_take take_lr_is_at(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	return od_take_lr(builder, record, rest) ? OD_TAKE_YES : OD_TAKE_NO;
}

/* "CPU 1" on a line of its own: x86 to 3.4, alpha; "Cpu 1": mips to 3.9 */
static enum od_take take_cpu_alone(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	uint64_t cpu;
	(void)record;
	if (!od_scan_u64(&rest, &cpu) || rest.len)
		return OD_TAKE_NO;
	builder->expects_message = false;
	if (!builder->event->cpu.known)
		builder->event->cpu = od_num(cpu);
	return OD_TAKE_YES;
}

/* "Pid : 12, Comm: \t\tinsmod": sh to 3.9, score; which it is tell the registers below */
static enum od_take take_spaced_pid(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	uint64_t pid;
	(void)record;
	if (!od_scan_u64(&rest, &pid) || !od_scan_literal(&rest, ", Comm:"))
		return OD_TAKE_NO;
	builder->event->pid = od_num(pid);
	builder->event->comm = od_builder_keep(builder, od_str_trim(rest));
	return OD_TAKE_YES;
}

/* "CPU : 0        \t\tNot tainted  (3.4.0 #1)": sh to 3.9 */
static enum od_take take_spaced_cpu(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	uint64_t cpu;
	(void)record;
	if (!od_scan_u64(&rest, &cpu))
		return OD_TAKE_NO;
	builder->event->cpu = od_num(cpu);
	(void)od_take_taint_and_release(builder, od_str_trim(rest));
	return OD_TAKE_YES;
}

const struct od_rule od_rules_any_arch[] = {
	{"* CPU[", od_take_sparc_cpu},
	{"CPU[", od_take_sparc_cpu},
	{"TPC[", od_take_sparc_cpu},
	{"O7[", od_take_sparc_cpu},
	{"I7[", od_take_sparc_cpu},
	{"RPC[", od_take_sparc_cpu},
	{"CPU ", take_cpu_alone},
	{"Cpu ", take_cpu_alone},
	{"Pid : ", take_spaced_pid},
	{"CPU : ", take_spaced_cpu},
	{"PC is at ", take_pc_is_at},
	{"LR is at ", take_lr_is_at},
	{"ip is at ", take_pc_is_at}, /* arch/ia64/kernel/process.c, show_regs() (to 6.6); the registers are read past */
	{"psr : ", od_take_known},
	{"unat: ", od_take_known},
	{"rnat: ", od_take_known},
	{"ldrs: ", od_take_known},
	{"csd : ", od_take_known},
	{"sp=", od_take_known},
	{"PC: ", take_early_pc},
	{"PSR: ", take_psr},
	{"address ", take_wrapped_address},
	{"virtual address ", take_wrapped_address},
	{"at virtual address ", take_wrapped_address}, /* openrisc, m68k: a record of its own since 4.9 */
	{"[", take_page_table},
	{"pgd = ", od_take_known},
	{"pgdp = ", od_take_known},
	{"*pgd=", od_take_known},
	{"Exception stack(0x", od_take_known},
	{"Stack: (0x", od_take_known},
	{"Stack :", od_take_known},
	{"Stack from ", od_take_known},
	{"...", od_take_known},
	{"INFO: lockdep is turned off.", od_take_known},
	{"Disabling lock debugging due to kernel taint", od_take_known},
	{"SMP: stopping secondary CPUs", od_take_known},
	{"SMP: failed to stop secondary CPUs", od_take_known},
	{NULL, NULL},
};
