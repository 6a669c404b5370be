// SPDX-License-Identifier: GPL-3.0-or-later
/* Reports about hardware: arch/x86/kernel/cpu/mce/core.c, print_mce() and __print_mce(), 2.6.33 to 6.19. */
#include "parsers/headers.h"

/* "0: Machine Check Exception: 5 Bank 4: …" */
bool od_fits_machine_check(struct od_str rest)
{
	uint64_t cpu;
	return od_scan_u64(&rest, &cpu) && od_str_starts(rest, OD_STR(": Machine Check"));
}

/* "0: Machine Check Exception: 5 Bank 4: b200000000070f0f"; "Machine Check: 0 Bank …" when it was no exception */
void od_take_machine_check(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct od_event *event = builder->event;
	struct od_str skipped, status;
	uint64_t number, bank;

	(void)record;
	builder->expects_message = false;
	if (od_scan_u64(&rest, &number))
		event->cpu = od_num(number);
	if (!od_scan_until_text(&rest, OD_STR(" Bank "), &skipped) || !od_scan_literal(&rest, " Bank ") ||
	    !od_scan_u64(&rest, &bank) || !od_scan_literal(&rest, ": "))
		return;
	event->message = od_arena_printf(event->arena, "bank %llu", (unsigned long long)bank);
	status = rest;
	if (!od_scan_hex(&rest, &number))
		return;
	event->fault.error_code.raw = od_builder_keep(builder, od_str_first(status, status.len - rest.len));
	event->fault.error_code.value = od_num(number);
}

/* "RIP !INEXACT! 10:<ffffffff81000000> {fn+0x1/0x2}" */
static void take_rip(struct od_builder *builder, const struct od_record *record, struct od_str text)
{
	struct od_event *event = builder->event;
	struct od_frame_text place;
	struct od_str skipped;
	uint64_t address;

	if (!od_scan_until(&text, '<', &skipped) || !od_scan_char(&text, '<') || !od_scan_hex(&text, &address) ||
	    !od_scan_literal(&text, "> {") || !od_scan_place(&text, &place))
		return;
	place.address = od_num(address);
	od_frame_store(event->arena, &place, record->line, &event->ip);
	event->ip.unreliable = od_str_find(skipped, OD_STR("!INEXACT!")) >= 0;
	event->has_ip = true;
}

/* "TSC 0 ADDR fef1c140 MISC 38a0000086" */
static void take_address(struct od_builder *builder, struct od_str text)
{
	struct od_str skipped;
	uint64_t address;
	if (od_scan_until_text(&text, OD_STR("ADDR "), &skipped) && od_scan_literal(&text, "ADDR ") &&
	    od_scan_hex(&text, &address))
		builder->event->fault.address = od_num(address);
}

static enum od_take take_detail(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	if (builder->event->kind != OD_KIND_MACHINE_CHECK)
		return OD_TAKE_NO;
	if (od_scan_literal(&rest, "RIP"))
		take_rip(builder, record, rest);
	else if (od_scan_literal(&rest, "TSC "))
		take_address(builder, rest);
	return OD_TAKE_YES;
}

const struct od_rule od_rules_hardware[] = {
	{"mce: [Hardware Error]: ", take_detail},
	{"[Hardware Error]: ", take_detail},
	{NULL, NULL},
};
