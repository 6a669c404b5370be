// SPDX-License-Identifier: GPL-3.0-or-later
/* Lines of LoongArch reports: arch/loongarch/kernel/traps.c (__show_regs, show_code), 5.19 to 6.12. */
#include "parsers/bodies.h"
#include "parsers/dump.h"

/* The first row of 6.4 and later: "pc 9000… ra 9000… tp 9000… sp 9000…". */
static enum od_take take_first_row(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	(void)rest;
	(void)od_open_block(builder);
	return od_take_registers(builder, record->text) ? OD_TAKE_YES : OD_TAKE_NO;
}

/* "$ 4   : v v v v" of 5.19 to 6.3: by number; the names are those of the later form. */
static enum od_take take_numbered_row(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	const char *const *names = builder->event->arch->registers;
	uint64_t number, value;
	(void)record;
	od_scan_blanks(&rest);
	if (!od_scan_u64(&rest, &number))
		return OD_TAKE_NO;
	od_scan_blanks(&rest);
	if (!od_scan_char(&rest, ':'))
		return OD_TAKE_NO;
	if (number == 0)
		(void)od_open_block(builder);
	builder->expects_message = false;
	for (od_scan_blanks(&rest); number < 32 && od_scan_hex(&rest, &value); od_scan_blanks(&rest), number++)
		od_push_register(builder, od_str_from(names[number]), value);
	return OD_TAKE_YES;
}

static enum od_take take_era(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	od_open_missing_block(builder);
	return od_take_ip_value(builder, record, OD_STR("era"), rest);
}

static enum od_take take_ra(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	od_open_missing_block(builder);
	return od_take_lr_value(builder, record, OD_STR("ra"), rest);
}

/* "CSR crmd: 000000b0\tCSR prmd: 00000000\t…" */
static enum od_take take_csr(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct od_str text = rest;
	(void)record;
	do {
		if (!od_take_registers(builder, text))
			return OD_TAKE_NO;
	} while (od_scan_until_text(&text, OD_STR("CSR "), &(struct od_str){0}) && od_scan_literal(&text, "CSR "));
	return OD_TAKE_YES;
}

/* Before the rules of x86, where "BAD" says that page tables are damaged. */
static enum od_take take_address(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	(void)rest;
	return od_take_registers(builder, record->text) ? OD_TAKE_YES : OD_TAKE_NO;
}

/* "BadVA : v" of 5.19 to 6.3: under the later name */
static enum od_take take_old_address(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	uint64_t value;
	(void)record;
	od_scan_blanks(&rest);
	if (!od_scan_hex(&rest, &value))
		return OD_TAKE_NO;
	od_push_register(builder, OD_STR("badv"), value);
	return OD_TAKE_YES;
}

static enum od_take take_more_code(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	(void)rest;
	return od_store_more_code(builder, record) ? OD_TAKE_YES : OD_TAKE_NO;
}

const struct od_rule od_rules_loongarch[] = {
	{"pc ", take_first_row},
	{"$", take_numbered_row},
	{"BADV: ", take_address},
	{"BadVA :", take_old_address},
	{"ERA: ", take_era},
	{"era   :", take_era},
	{"ra: ", take_ra},
	{"ra    :", take_ra},
	{"CSR ", take_csr},
	{"ExcCode :", od_take_known},
	{"syscall restart flag: ", od_take_known},
	{"Code:", od_take_code},
	{"", take_more_code},
	{NULL, NULL},
};
