// SPDX-License-Identifier: GPL-3.0-or-later
/* Reports about hardware: arch/x86/kernel/cpu/mce/core.c, print_mce() and __print_mce(), 2.6.33 to 6.19. */
#include "parsers/headers.h"

/* "0: Machine Check Exception: 5 Bank 4: …" */
bool od_fits_machine_check(struct od_str rest)
{
	uint64_t cpu;
	return od_scan_u64(&rest, &cpu) && od_str_starts(rest, OD_STR(": Machine Check"));
}

/*
 * Bit 61 of a bank's status (UC): the error was not corrected. One that was, and came with no exception, is news of the
 * hardware and ends nothing (Intel SDM volume 3, "IA32_MCi_STATUS").
 */
static bool is_corrected(struct od_str what, uint64_t status)
{
	return od_str_find(what, OD_STR("Exception")) < 0 && !(status >> 61 & 1);
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
	if (is_corrected(skipped, number))
		event->severity = OD_SEVERITY_REPORT;
}

/* "{1}[Hardware Error]: Hardware error from APEI Generic Hardware Error Source: 0" (drivers/acpi/apei/ghes.c) */
void od_take_ghes(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	(void)rest;
	builder->expects_message = false;
	od_builder_add_message(builder, record->text);
	builder->event->severity = OD_SEVERITY_REPORT; /* until a worse one is told */
}

/* "{1}[Hardware Error]: event severity: fatal", and the rest of the record, which is kept as the message. */
static enum od_take take_apei(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct od_str number, words;
	if (builder->event->kind != OD_KIND_MACHINE_CHECK || !od_scan_until(&rest, '}', &number) ||
	    !od_scan_literal(&rest, "}[Hardware Error]: "))
		return OD_TAKE_NO;
	words = od_str_trim(rest);
	if (od_str_starts(words, OD_STR("event severity: fatal")))
		builder->event->severity = OD_SEVERITY_PANIC;
	if (od_str_starts(words, OD_STR("event severity: ")) || od_str_starts(words, OD_STR("section_type: ")))
		od_builder_add_message(builder, words);
	(void)record;
	return OD_TAKE_YES;
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
	{"{", take_apei},
	{NULL, NULL},
};
