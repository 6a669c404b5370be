// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Lines of arm64 reports: arch/arm64/kernel/process.c (__show_regs), arch/arm64/kernel/traps.c and
 * arch/arm64/mm/fault.c, 3.10 to 6.19.
 */
#include "parsers/bodies.h"
#include "parsers/dump.h"

/* "pc : fn+0x1/0x2 [mod]"; "pc : ffff…" and "pc : [<ffff…>] lr : …" are rows of registers. */
static enum od_take take_pc(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	uint64_t value;
	struct od_str number = rest;
	if (od_str_starts(rest, OD_STR("[<")) || od_scan_hex_width(&number, 16, &value))
		return OD_TAKE_NO;
	(void)od_open_block(builder);
	return od_take_ip(builder, record, rest) ? OD_TAKE_YES : OD_TAKE_NO;
}

static enum od_take take_lr(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	uint64_t value;
	struct od_str number = rest;
	if (od_scan_hex_width(&number, 16, &value)) {
		od_push_register(builder, OD_STR("x30"), value);
		return OD_TAKE_YES;
	}
	return od_take_lr(builder, record, rest) ? OD_TAKE_YES : OD_TAKE_NO;
}

/* "pc : [<ffff…>] lr : [<ffff…>] pstate: 60000145": to 4.13; the link register is x30. */
static enum od_take take_addresses(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	static const struct {
		const char *label;
		struct od_str name;
	} values[] = {
		{"", OD_STR("pc")}, {"lr : [<", OD_STR("x30")}, {"pstate: ", OD_STR("pstate")},
	};
	(void)record;
	(void)od_open_block(builder);
	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		uint64_t value;
		od_scan_blanks(&rest);
		if (!od_scan_text(&rest, od_str_from(values[i].label)) || !od_scan_hex(&rest, &value))
			break;
		(void)od_scan_literal(&rest, ">]");
		od_push_register(builder, values[i].name, value);
	}
	return OD_TAKE_YES;
}

/* The row before all others since 4.15. */
static enum od_take take_pstate(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	uint64_t value;
	(void)record;
	if (!od_scan_hex(&rest, &value))
		return OD_TAKE_NO;
	(void)od_open_block(builder);
	od_push_register(builder, OD_STR("pstate"), value);
	return OD_TAKE_YES;
}

/* "FAR: 0xffff800084927fe0": what the stack overflowed at (arch/arm64/kernel/traps.c, panic_bad_stack()). */
static enum od_take take_far(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	uint64_t address;
	(void)record;
	builder->expects_message = false;
	if (od_scan_hex(&rest, &address) && !builder->event->fault.address.known)
		builder->event->fault.address = od_num(address);
	return OD_TAKE_YES;
}

const struct od_rule od_rules_arm64[] = {
	{"pc : [<", take_addresses},
	{"pc : ", take_pc},
	{"lr : ", take_lr},
	{"pstate: ", take_pstate},
	{"Code:", od_take_code},
	{"Mem abort info:", od_take_known},
	{"ESR = ", od_take_known},
	{"EC = ", od_take_known},
	{"Exception class = ", od_take_known},
	{"SET = ", od_take_known},
	{"EA = ", od_take_known},
	{"FSC = ", od_take_known},
	{"Data abort info:", od_take_known},
	{"ISV = ", od_take_known},
	{"CM = ", od_take_known},
	{"GCS = ", od_take_known},
	{"Access size = ", od_take_known},
	{"SSE = ", od_take_known},
	{"SF = ", od_take_known},
	{"Xs = ", od_take_known},
	{"user pgtable: ", od_take_known},
	{"swapper pgtable: ", od_take_known},
	{"ESR: 0x", od_take_known},
	{"FAR: 0x", take_far},
	{"Task stack: ", od_take_known},
	{"IRQ stack: ", od_take_known},
	{"Overflow stack: ", od_take_known},
	{"PHYS_OFFSET: ", od_take_known},
	{"CPU features: ", od_take_known},
	{"Memory Limit: ", od_take_known},
	{NULL, NULL},
};
