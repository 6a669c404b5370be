// SPDX-License-Identifier: GPL-3.0-or-later
/* Lines of OpenRISC reports: arch/openrisc/kernel/traps.c (show_registers, die), 3.10 to 6.12. */
#include "parsers/bodies.h"
#include "parsers/dump.h"

/* "PC: …    SR: …    SP: …" begins the dump. */
static enum od_take take_pc(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	(void)rest;
	(void)od_open_block(builder);
	return od_take_registers(builder, record->text) ? OD_TAKE_YES : OD_TAKE_NO;
}

/* "GPR04: v GPR05: v …": every value has its label. */
static enum od_take take_gpr(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	uint64_t number;
	(void)record;
	do {
		if (!od_scan_u64(&rest, &number) || number > 31 || !od_scan_literal(&rest, ": "))
			return OD_TAKE_NO;
		(void)od_take_register_values(builder, "r", (unsigned)number, rest);
	} while (od_scan_until_text(&rest, OD_STR("GPR"), &(struct od_str){0}) && od_scan_literal(&rest, "GPR"));
	builder->expects_message = false;
	return OD_TAKE_YES;
}

/* "CPU #: 0" */
static enum od_take take_cpu(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	uint64_t cpu;
	(void)record;
	od_scan_blanks(&rest);
	if (!od_scan_u64(&rest, &cpu))
		return OD_TAKE_NO;
	if (!builder->event->cpu.known)
		builder->event->cpu = od_num(cpu);
	return OD_TAKE_YES;
}

/* "(c0123456:)\t18a0ff00": the words of 5.19 and later, the current one in parentheses. */
static enum od_take take_more_code(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct od_str word;
	uint64_t address;
	rest = record->text;
	bool marked = od_scan_char(&rest, '(');
	if (!builder->in_code || !od_scan_hex(&rest, &address) || !od_scan_char(&rest, ':'))
		return od_store_more_code(builder, record) ? OD_TAKE_YES : OD_TAKE_NO;
	(void)od_scan_char(&rest, ')');
	od_scan_blanks(&rest);
	if (!od_scan_word(&rest, &word) || word.len != 8)
		return OD_TAKE_NO;
	od_store_code_bytes(builder, record, word, marked);
	return OD_TAKE_YES;
}

const struct od_rule od_rules_openrisc[] = {
	{"CPU #:", take_cpu},
	{"PC: ", take_pc},
	{"GPR", take_gpr},
	{"RES: ", od_take_known},
	{"Code:", od_take_code},
	{"Stack:", od_take_known},
	{"", take_more_code},
	{NULL, NULL},
};
