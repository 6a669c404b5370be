// SPDX-License-Identifier: GPL-3.0-or-later
/* Lines of PA-RISC reports: arch/parisc/kernel/traps.c (show_regs, parisc_terminate), 2.6.32 to 6.12. */
#include "parsers/bodies.h"
#include "parsers/dump.h"

/* "00-03  v v v v" behind "r" or "sr" */
static enum od_take take_row(struct od_builder *builder, const char *prefix, struct od_str rest)
{
	uint64_t first, last;
	if (!od_scan_u64(&rest, &first) || !od_scan_char(&rest, '-') || !od_scan_u64(&rest, &last) || last > 31)
		return OD_TAKE_NO;
	builder->expects_message = false;
	(void)od_take_register_values(builder, prefix, (unsigned)first, rest);
	return OD_TAKE_YES;
}

static enum od_take take_general(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	(void)record;
	return take_row(builder, "r", rest);
}

static enum od_take take_space(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	(void)record;
	return take_row(builder, "sr", rest);
}

/* The names of the PSW's bits, above them: the dump begins. */
static enum od_take take_legend(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	(void)record;
	(void)rest;
	(void)od_open_block(builder);
	return OD_TAKE_YES;
}

/* "PSW: 00001000000001001111111100001111 Tainted: G": the bits as such */
static enum od_take take_psw(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	uint64_t value = 0;
	size_t n = 0;
	(void)record;
	for (; n < rest.len && (rest.ptr[n] == '0' || rest.ptr[n] == '1') && n < 64; n++)
		value = value << 1 | (uint64_t)(rest.ptr[n] - '0');
	if (n < 32)
		return OD_TAKE_NO;
	(void)od_open_block(builder);
	od_push_register(builder, OD_STR("psw"), value);
	if (!builder->event->has_taint)
		(void)od_take_taint_and_release(builder, od_str_trim(od_str_from_index(rest, n)));
	return OD_TAKE_YES;
}

/* "IASQ: … … IAOQ: <pc> <next pc>": the two low bits of an offset are the privilege level. */
static enum od_take take_queues(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	uint64_t pc;
	(void)record;
	ptrdiff_t at = od_str_find(rest, OD_STR("IAOQ: "));
	if (at < 0)
		return OD_TAKE_NO;
	rest = od_str_from_index(rest, (size_t)at + 6);
	builder->expects_message = false;
	if (od_scan_hex(&rest, &pc))
		od_push_register(builder, OD_STR("iaoq"), pc & ~UINT64_C(3));
	return OD_TAKE_YES;
}

static enum od_take take_pc(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	(void)od_open_block(builder); /* the registers may have been left out */
	return od_take_ip(builder, record, rest) ? OD_TAKE_YES : OD_TAKE_NO;
}

static enum od_take take_rp(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	return od_take_lr(builder, record, rest) ? OD_TAKE_YES : OD_TAKE_NO;
}

/* "CPU:        0   CR30: … CR31: …" */
static enum od_take take_control(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	uint64_t cpu;
	(void)record;
	ptrdiff_t at = od_str_find(rest, OD_STR("CR30: "));
	if (at < 0)
		return OD_TAKE_NO;
	(void)od_take_registers(builder, od_str_from_index(rest, (size_t)at));
	od_scan_blanks(&rest);
	if (od_scan_u64(&rest, &cpu) && !builder->event->cpu.known)
		builder->event->cpu = od_num(cpu);
	return OD_TAKE_YES;
}

const struct od_rule od_rules_parisc[] = {
	{"YZrvWESTHLNXBCVMcbcbcbcbOGFRQPDI", take_legend},
	{"PSW: ", take_psw},
	{"r", take_general},
	{"sr", take_space},
	{"IASQ: ", take_queues},
	{"CPU:  ", take_control},
	{"IAOQ[0]: ", take_pc},
	{"IAOQ[1]: ", od_take_known},
	{"RP(r2): ", take_rp},
	{"Backtrace:", od_take_trace_header},
	{NULL, NULL},
};
