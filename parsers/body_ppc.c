// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Lines of PowerPC reports: arch/powerpc/kernel/process.c (show_regs, show_stack, show_instructions),
 * arch/powerpc/kernel/traps.c and arch/powerpc/mm/fault.c, 2.6.18 to 6.17.
 */
#include "parsers/bodies.h"
#include "parsers/dump.h"

/* How many hexadecimal digits the text begins with. */
static unsigned count_digits(struct od_str text)
{
	unsigned n = 0;
	while (n < text.len && od_is_hex(text.ptr[n]))
		n++;
	return n;
}

static void learn_width(struct od_builder *builder, struct od_str value)
{
	const struct od_arch *arch = builder->event->arch;
	unsigned digits = count_digits(value);
	if (digits == 8)
		builder->event->arch = &od_arch_ppc32;
	else if (digits == 16 && arch && arch->bits == 32)
		builder->event->arch = &od_arch_ppc64;
}

/* "[c1234560] [c0012345] fn+0x10/0x20": the words of show_stack() are as wide as the machine's. */
static enum od_take take_stack_row(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	(void)record;
	if (count_digits(rest) == 8 && od_str_starts(od_str_from_index(rest, 8), OD_STR("] [")))
		learn_width(builder, rest);
	return OD_TAKE_NO; /* the frame is still to be read */
}

/* "NIP:  c000… LR: c000… CTR: c000…" begins a dump. */
static enum od_take take_nip_row(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	if (builder->block != OD_BLOCK_USER && builder->block != OD_BLOCK_OTHER)
		(void)od_open_block(builder);
	od_scan_blanks(&rest);
	learn_width(builder, rest);
	return od_take_registers(builder, record->text) ? OD_TAKE_YES : OD_TAKE_NO;
}

/* "[c000000000b30638] fn+0x8/0x14": the address and the symbol. */
static bool scan_place(struct od_str rest, uint64_t *address, struct od_str *symbol)
{
	if (!od_scan_hex(&rest, address) || !od_scan_literal(&rest, "] "))
		return false;
	*symbol = rest;
	return true;
}

static enum od_take take_nip(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct od_str symbol;
	uint64_t address;
	if (!scan_place(rest, &address, &symbol))
		return OD_TAKE_NO;
	od_open_missing_block(builder);
	od_push_register(builder, OD_STR("nip"), address);
	(void)od_take_ip(builder, record, symbol);
	return OD_TAKE_YES;
}

/* "NIP  fn+0x8/0xb0": who sent it took the address out. */
static enum od_take take_bare_nip(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct od_frame_text place;
	od_scan_blanks(&rest);
	if (!od_scan_place(&rest, &place) || !place.offset.known || builder->event->has_ip)
		return OD_TAKE_NO;
	od_builder_set_ip(builder, record, &place);
	return OD_TAKE_YES;
}

static enum od_take take_lr(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct od_str symbol;
	uint64_t address;
	if (!scan_place(rest, &address, &symbol))
		return OD_TAKE_NO;
	od_push_register(builder, OD_STR("lr"), address);
	(void)od_take_lr(builder, record, symbol);
	return OD_TAKE_YES;
}

/* "REGS: c000… TRAP: 0300   Not tainted  (6.18.0-rc1)": the taint stands here where the CPU line has none. */
static enum od_take take_regs(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	uint64_t regs, trap;
	(void)record;
	if (!od_scan_hex(&rest, &regs) || !od_scan_literal(&rest, " TRAP: ") || !od_scan_hex(&rest, &trap))
		return OD_TAKE_NO;
	od_push_register(builder, OD_STR("trap"), trap);
	od_scan_blanks(&rest);
	if (!builder->event->has_taint && builder->block == OD_BLOCK_FAULT)
		(void)od_take_taint_and_release(builder, rest);
	return OD_TAKE_YES;
}

/* "MSR:  8000000000009033 <SF,EE,ME,IR,DR,RI,LE>  CR: …": the flag LE is the byte order. */
static enum od_take take_msr(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct od_str flags;
	if (!od_take_registers(builder, record->text))
		return OD_TAKE_NO;
	if (builder->event->arch->bits == 64 && od_scan_until(&rest, '<', &flags) && od_scan_until(&rest, '>', &flags) &&
	    (od_str_find(flags, OD_STR(",LE,")) >= 0 || od_str_ends(flags, OD_STR(",LE"))))
		builder->event->arch = &od_arch_ppc64le;
	return OD_TAKE_YES;
}

/* "GPR04: v v v v": four or eight values, the first's number in the label. */
static enum od_take take_gpr(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	uint64_t first;
	(void)record;
	if (!od_scan_u64(&rest, &first) || first > 31 || !od_scan_char(&rest, ':'))
		return OD_TAKE_NO;
	builder->expects_message = false;
	(void)od_take_register_values(builder, "r", (unsigned)first, rest);
	return OD_TAKE_YES;
}

/* "LE PAGE_SIZE=64K MMU=Radix SMP NR_CPUS=2048 NUMA pSeries" */
static enum od_take take_machine(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	if (od_str_ends(record->text, OD_STR(" PowerPC 44x Platform")) || od_str_ends(record->text, OD_STR(" PowerPC 40x Platform")))
		builder->event->arch = &od_arch_ppc32; /* arch/powerpc/platforms/44x, 40x */
	else if (record->text.ptr[0] == 'L' && builder->event->arch->bits == 64)
		builder->event->arch = &od_arch_ppc64le;
	return od_take_known(builder, record, rest);
}

/*
 * "--- interrupt: 300 at fn+0x1/0x2", then the registers there (5.11), then "--- interrupt: 300". System calls
 * (c00, 3000) come from user space.
 */
static enum od_take take_interrupt(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	uint64_t vector;
	(void)record;
	if (!od_scan_hex(&rest, &vector))
		return OD_TAKE_NO;
	builder->in_trace = true;
	if (!od_str_trim(rest).len)
		builder->block = OD_BLOCK_NONE;
	else if ((vector & ~UINT64_C(0xff)) == 0xc00 || vector == 0x3000)
		od_open_user_block(builder);
	else
		builder->block = OD_BLOCK_OTHER;
	return OD_TAKE_YES;
}

/* "TASK = c…[123] 'comm' THREAD: c… CPU: 0": to 3.4; "TASK = c…[123] 'comm' Last syscall: 120" of 2.4 */
static enum od_take take_task(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct od_event *event = builder->event;
	uint64_t task, pid, cpu;
	(void)record;
	if (!od_scan_hex(&rest, &task) || !od_scan_char(&rest, '[') || !od_scan_u64(&rest, &pid) || !od_scan_literal(&rest, "] '"))
		return OD_TAKE_NO;
	const ptrdiff_t end = od_str_find_last_char(rest, '\'');
	if (end < 0)
		return OD_TAKE_NO;
	const struct od_str comm = od_str_first(rest, (size_t)end);
	if (!event->pid.known)
		event->pid = od_num(pid);
	if (!event->comm.len)
		event->comm = od_builder_keep(builder, comm);
	ptrdiff_t at = od_str_find(rest, OD_STR(" CPU: "));
	rest = at < 0 ? (struct od_str){0} : od_str_from_index(rest, (size_t)at + 6);
	if (!event->cpu.known && od_scan_u64(&rest, &cpu))
		event->cpu = od_num(cpu);
	return OD_TAKE_YES;
}

/* "Faulting instruction address: 0xc000000000b30638" */
static enum od_take take_instruction(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct od_event *event = builder->event;
	struct od_frame_text place;
	struct od_str digits = rest;
	uint64_t address;
	builder->expects_message = false;
	/* "0x%08lx": small addresses have eight digits on 64 bits too */
	if (od_scan_0x(&digits, &address) && address >> 28)
		learn_width(builder, od_str_from_index(rest, 2));
	if (!event->has_ip && od_scan_place(&rest, &place))
		od_builder_set_ip(builder, record, &place);
	return OD_TAKE_YES;
}

/* "Instruction dump:", then two rows of eight words. */
static enum od_take take_dump(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	builder->in_trace = false;
	builder->block = OD_BLOCK_NONE;
	return od_take_code(builder, record, rest);
}

static enum od_take take_more_code(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	(void)rest;
	return od_store_more_code(builder, record) ? OD_TAKE_YES : OD_TAKE_NO;
}

const struct od_rule od_rules_ppc[] = {
	{"[", take_stack_row},
	{"NIP [", take_nip},
	{"NIP ", take_bare_nip},
	{"NIP: ", take_nip_row},
	{"LR [", take_lr},
	{"LR = ", od_take_known},
	{"REGS: ", take_regs},
	{"MSR: ", take_msr},
	{"GPR", take_gpr},
	{"LE ", take_machine},
	{"BE PAGE_SIZE=", take_machine},
	{"SMP NR_CPUS=", od_take_known},
	{"PREEMPT ", take_machine},
	{"Caused by (from ", od_take_known}, /* machine_check_*() of 32 bits */
	{"Data Read PLB Error", od_take_known},
	{"Data Write PLB Error", od_take_known},
	{"Instruction Read PLB Error", od_take_known},
	{"--- interrupt: ", take_interrupt},
	{"---- interrupt: ", take_interrupt},
	{"--- Exception: ", take_interrupt},
	{"TASK = ", take_task},
	{"TASK: ", take_task},
	{"Faulting instruction address: ", take_instruction},
	{"data at address ", od_take_known},
	{"Instruction dump:", take_dump},
	{"Code:", take_dump},
	{"PACATMSCRATCH: ", od_take_known},
	{"", od_take_xmon_line},
	{"", take_more_code},
	{NULL, NULL},
};
