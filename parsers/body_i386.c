// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Lines of i386 reports that differ from those of x86-64: arch/x86/kernel/process_32.c (__show_regs),
 * 2.6.18 to 6.12.
 */
#include "parsers/bodies.h"
#include "parsers/dump.h"

/* "EFLAGS: 00010246   (2.6.18 #1) ": the release stands behind the flags, to 2.6.18. */
static enum od_take take_flags(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct od_event *event = builder->event;
	struct od_str inside, release;
	uint64_t flags;

	(void)record;
	if (!od_scan_hex(&rest, &flags))
		return OD_TAKE_NO;
	od_push_register(builder, OD_STR("eflags"), flags);
	od_scan_blanks(&rest);
	if (od_scan_char(&rest, '(') && od_scan_until(&rest, ')', &inside) && od_scan_word(&inside, &release) &&
	    !event->kernel_release.len) {
		event->kernel_release = od_builder_keep(builder, release);
		event->kernel_version = od_builder_keep(builder, od_str_trim(inside));
	}
	return OD_TAKE_YES;
}

/* What follows "0060:[<c0101234>]": the flags, or the taint. */
static void take_behind_address(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	uint64_t cpu;
	od_scan_blanks(&rest);
	if (od_scan_literal(&rest, "EFLAGS: ")) {
		(void)take_flags(builder, record, rest);
		ptrdiff_t at = od_str_find(rest, OD_STR("CPU: "));
		struct od_str digits = at < 0 ? (struct od_str){0} : od_str_from_index(rest, (size_t)at + 5);
		if (od_scan_u64(&digits, &cpu) && !builder->event->cpu.known)
			builder->event->cpu = od_num(cpu);
	} else if (!builder->event->has_taint) {
		(void)od_take_taint_and_release(builder, od_str_trim(rest));
	}
}

/*
 * "EIP: fn+0x1/0x2 [mod]" (4.10 and later), "EIP: 0060:[<c0101234>] EFLAGS: 00010246 CPU: 0" (to 4.9),
 * "EIP: [<c0101234>] fn+0x1/0x2 SS:ESP 0068:c7b5fe54" (the summary at the end, to 4.9).
 */
static enum od_take take_eip(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	uint64_t cs = 0;

	od_scan_blanks(&rest);
	bool segment = od_scan_hex_width(&rest, 4, &cs) && od_scan_char(&rest, ':');
	/* the two low bits of CS are the privilege level; 4.10 and later tell user mode by its place in the trace */
	if (builder->in_trace || (segment && (cs & 3) == 3)) {
		od_open_user_block(builder);
		return OD_TAKE_YES;
	}
	(void)od_open_block(builder);
	bool summary = od_str_find(rest, OD_STR(" SS:ESP")) >= 0;
	if (!summary && !od_take_ip(builder, record, rest))
		return OD_TAKE_NO;
	if (summary)
		builder->block = OD_BLOCK_OTHER;
	else if (segment && od_scan_until(&rest, ']', &(struct od_str){0}) && od_scan_char(&rest, ']'))
		take_behind_address(builder, record, rest);
	return OD_TAKE_YES;
}

/* "fn [kernel] 0x92 (2.4.18-3)": Red Hat's 2.4 */
static void take_release_behind(struct od_builder *builder, struct od_str text)
{
	const ptrdiff_t at = od_str_find(text, OD_STR(" ("));
	struct od_str rest = at < 0 ? (struct od_str){0} : od_str_from_index(text, (size_t)at + 2), inside;

	if (!builder->event->kernel_release.len && rest.len && od_is_digit(rest.ptr[0]) && od_scan_until(&rest, ')', &inside))
		builder->event->kernel_release = od_builder_keep(builder, inside);
}

/* "EIP is at fn+0x1/0x2": below the "EIP:" line, which the log may not have where it begins in a dump */
static enum od_take take_eip_is_at(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	od_open_missing_block(builder);
	if (!od_take_ip(builder, record, rest))
		return OD_TAKE_NO;
	take_release_behind(builder, rest);
	return OD_TAKE_YES;
}

const struct od_rule od_rules_i386[] = {
	{"EIP: ", take_eip},
	{"EIP is at ", take_eip_is_at},
	{"EIP at ", take_eip_is_at}, /* by hand */
	{"EFLAGS: ", take_flags},
	{"*pdpt = ", od_take_known},
	{"*pde = ", od_take_known},
	{"printing eip:", od_take_known},
	{"=======================", od_take_known},
	{"PANIC: double fault, gdt at ", od_take_known},
	{"double fault, ", od_take_known},
	{NULL, NULL},
};
