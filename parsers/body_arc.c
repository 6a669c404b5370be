// SPDX-License-Identifier: GPL-3.0-or-later
/* Lines of ARC reports: arch/arc/kernel/troubleshoot.c (show_regs, show_ecr_verbose), 3.10 to 6.12. */
#include "parsers/bodies.h"
#include "parsers/dump.h"

/* "Read @ 0x00000010 by insn @ fn+0x1/0x2", or "… @ 0x8f0f3a4c": what the exception cause register says. */
static enum od_take take_invalid(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	static const struct {
		const char *word;
		enum od_access access;
	} accesses[] = {{"Read", OD_ACCESS_READ}, {"Write", OD_ACCESS_WRITE}, {"EX", OD_ACCESS_READ}};
	struct od_fault *fault = &builder->event->fault;
	uint64_t address;

	(void)record;
	for (size_t i = 0; i < sizeof(accesses) / sizeof(accesses[0]); i++)
		if (od_scan_text(&rest, od_str_from(accesses[i].word)))
			fault->access = accesses[i].access;
	if (!od_scan_literal(&rest, " @ ") || !od_scan_0x(&rest, &address))
		return OD_TAKE_NO;
	fault->address = od_num(address);
	(void)od_open_block(builder);
	if (od_scan_literal(&rest, " by insn @ "))
		(void)od_take_ip(builder, record, rest);
	return OD_TAKE_YES;
}

/* "[ECR   ]: 0x00050100 => Invalid Write @ 0x00000000 by insn @ 0x8f0f3a4c": to 5.4 */
static enum od_take take_old_ecr(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	uint64_t ecr;
	if (!od_scan_0x(&rest, &ecr))
		return OD_TAKE_NO;
	(void)od_open_block(builder);
	od_push_register(builder, OD_STR("ecr"), ecr);
	if (od_scan_literal(&rest, " => Invalid "))
		(void)take_invalid(builder, record, rest);
	return OD_TAKE_YES;
}

/* " SP: 0x…  FP: 0x… BLK: fn+0x1/0x2" */
static enum od_take take_stack_pointer(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	(void)od_take_registers(builder, record->text);
	ptrdiff_t at = od_str_find(rest, OD_STR("BLK: "));
	if (at >= 0)
		(void)od_take_lr(builder, record, od_str_from_index(rest, (size_t)at + 5));
	return OD_TAKE_YES;
}

/* "STAT32: 0x80080802 [IE K     ]   BTA: 0x…": the flags stand between the pairs. */
static enum od_take take_status(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	(void)od_take_registers(builder, record->text);
	ptrdiff_t at = od_str_find(rest, OD_STR("BTA: "));
	if (at >= 0)
		(void)od_take_registers(builder, od_str_from_index(rest, (size_t)at));
	return OD_TAKE_YES;
}

/* "[EFA   ]: 0x…" and "[ERET  ]: fn+0x1/0x2", to 5.4 */
static enum od_take take_old_efa(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	uint64_t value;
	(void)record;
	if (!od_scan_0x(&rest, &value))
		return OD_TAKE_NO;
	od_push_register(builder, OD_STR("efa"), value);
	return OD_TAKE_YES;
}

static enum od_take take_old_eret(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	return od_take_ip(builder, record, rest) ? OD_TAKE_YES : OD_TAKE_NO;
}

static enum od_take take_old_blink(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	return od_take_lr(builder, record, rest) ? OD_TAKE_YES : OD_TAKE_NO;
}

/* "[STAT32]: 0x80080802 [IE K     ]", to 5.4 */
static enum od_take take_old_status(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	uint64_t value;
	(void)record;
	if (!od_scan_0x(&rest, &value))
		return OD_TAKE_NO;
	od_push_register(builder, OD_STR("stat32"), value);
	return OD_TAKE_YES;
}

/* "@off 0x12 in [/bin/app]  VMA: 0x… to 0x…": the place is a program's (show_faulting_vma()). */
static enum od_take take_mapping(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	builder->event->fault.mode = OD_MODE_USER;
	return od_take_known(builder, record, rest);
}

const struct od_rule od_rules_arc[] = {
	{"Invalid ", take_invalid},
	{"[ECR   ]: ", take_old_ecr},
	{"[EFA   ]: ", take_old_efa},
	{"[ERET  ]: ", take_old_eret},
	{"[BLINK ]: ", take_old_blink},
	{"[BLINK]: ", take_old_blink},
	{"[STAT32]: ", take_old_status},
	{"@off 0x", take_mapping},
	{"@No matching VMA found", take_mapping},
	{"SP: ", take_stack_pointer},
	{"STAT: ", take_status},
	{"STAT32: ", take_status},
	{"Path: ", od_take_known},
	{"Stack Trace:", od_take_trace_header},
	{"Insn could not be fetched", od_take_known},
	{NULL, NULL},
};
