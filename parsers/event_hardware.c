// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Reports about hardware: arch/x86/kernel/cpu/mce/core.c, print_mce() and __print_mce(), 2.6.33 to 6.19; what
 * drivers/edac/mce_amd.c and the drivers of memory controllers (drivers/edac) make of a bank; mm/memory-failure.c.
 */
#include "parsers/dump.h"
#include "parsers/headers.h"

/* "19: nobody cared (try booting with …", "19: nobody cared!" (2.6.1x) (kernel/irq/spurious.c) */
bool od_fits_nobody_cared(struct od_str rest)
{
	uint64_t number;
	return od_scan_u64(&rest, &number) && od_scan_literal(&rest, ": nobody cared");
}

/* "0: Machine Check Exception: 5 Bank 4: …" */
bool od_fits_machine_check(struct od_str rest)
{
	uint64_t cpu;
	return od_scan_u64(&rest, &cpu) && od_str_starts(rest, OD_STR(": Machine Check"));
}

/*
 * Bit 61 of a bank's status (UC): the error was not corrected. One that came with no exception is news of the
 * hardware, perhaps of the time before this boot, and ends nothing (Intel SDM volume 3, "IA32_MCi_STATUS").
 */
static enum od_severity severity_of(struct od_str what, uint64_t status)
{
	if (od_str_find(what, OD_STR("Exception")) >= 0)
		return OD_SEVERITY_PANIC;
	return status >> 61 & 1 ? OD_SEVERITY_WARNING : OD_SEVERITY_REPORT;
}

/* A bank and its status: a word that explains the error. False: the text does not begin with a number. */
static bool take_bank_status(struct od_builder *builder, uint64_t bank, struct od_str text, uint64_t *ret)
{
	struct od_event *event = builder->event;
	const struct od_str digits = text;

	od_builder_add_message(builder, od_arena_printf(event->arena, "bank %llu", (unsigned long long)bank));
	if (!od_scan_hex(&text, ret))
		return false;
	event->fault.error_code.raw = od_builder_keep(builder, od_str_first(digits, digits.len - text.len));
	event->fault.error_code.value = od_num(*ret);
	return true;
}

/* "0: Machine Check Exception: 5 Bank 4: b200000000070f0f"; "Machine Check: 0 Bank …" when it was no exception */
void od_take_machine_check(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct od_event *event = builder->event;
	struct od_str skipped;
	uint64_t cpu, bank, status;

	(void)record;
	builder->expects_message = false;
	if (od_scan_u64(&rest, &cpu))
		event->cpu = od_num(cpu);
	if (!od_scan_until_text(&rest, OD_STR(" Bank "), &skipped) || !od_scan_literal(&rest, " Bank ") ||
	    !od_scan_u64(&rest, &bank) || !od_scan_literal(&rest, ": "))
		return;
	(void)od_scan_literal(&rest, "0x");
	if (take_bank_status(builder, bank, rest, &status))
		event->severity = severity_of(skipped, status);
}

/* A line that says that an error was corrected, or that is followed by one that tells: it ends nothing. */
void od_take_hardware_news(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	(void)record;
	(void)rest;
	builder->event->severity = OD_SEVERITY_REPORT;
}

/* "restartable error.", "containable error." (the kernel goes on without the task), or nothing: it does not go on */
void od_take_verdict(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	(void)record;
	builder->event->severity = rest.len ? OD_SEVERITY_WARNING : OD_SEVERITY_PANIC;
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
	od_builder_set_ip(builder, record, &place);
	event->ip.unreliable = od_str_find(skipped, OD_STR("!INEXACT!")) >= 0;
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

/* "2 (17:1:2) MC0_STATUS[-|CE|MiscV|-|-|-|SyndV|-|-|-]: 0x982000000002080b" (drivers/edac/mce_amd.c) */
static void take_amd_status(struct od_builder *builder, struct od_str text)
{
	struct od_str skipped;
	uint64_t cpu, bank, status;

	if (!od_scan_u64(&text, &cpu) || !od_scan_until_text(&text, OD_STR("MC"), &skipped) || !od_scan_literal(&text, "MC") ||
	    !od_scan_u64(&text, &bank) || !od_scan_literal(&text, "_STATUS[") ||
	    !od_scan_until_text(&text, OD_STR("]: 0x"), &skipped) || !od_scan_literal(&text, "]: 0x"))
		return;
	if (take_bank_status(builder, bank, text, &status))
		builder->event->cpu = od_num(cpu);
}

/*
 * "Unified Memory Controller Ext. Error Code: 0, DRAM ECC error.": the unit, and what went wrong in it. Of families before
 * 17h "MC2 Error: Fill ECC error on data fills.", "MC4 Error (node 1): …".
 */
static void take_amd_unit(struct od_builder *builder, struct od_str text)
{
	struct od_str rest = text;
	uint64_t bank, address;

	if (!od_scan_literal(&rest, "MC") || !od_scan_u64(&rest, &bank) || !od_scan_literal(&rest, " Error")) {
		if (od_str_find(text, OD_STR(" Ext. Error Code: ")) >= 0)
			od_builder_add_message(builder, text);
		return;
	}
	if (od_scan_literal(&rest, " Address: ") && od_scan_0x(&rest, &address))
		builder->event->fault.address = od_num(address);
	else
		od_builder_add_message(builder, text);
}

static enum od_take take_detail(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	uint64_t address;

	(void)record;
	if (builder->event->kind != OD_KIND_MACHINE_CHECK)
		return OD_TAKE_NO;
	if (od_scan_literal(&rest, "RIP"))
		take_rip(builder, record, rest);
	else if (od_scan_literal(&rest, "TSC "))
		take_address(builder, rest);
	else if (od_scan_literal(&rest, "CPU:"))
		take_amd_status(builder, rest);
	else if (od_scan_literal(&rest, "Error Addr: ") && od_scan_0x(&rest, &address))
		builder->event->fault.address = od_num(address);
	else
		take_amd_unit(builder, rest);
	return OD_TAKE_YES;
}

/* "0: 1 CE memory read error on DIMM_A1 (…)" (>= 3.5), "0: CE page 0x1234, offset …, label "DIMM_A1": …" behind "EDAC MC" */
static bool scan_memory_error(struct od_str *text, bool *ret_corrected)
{
	uint64_t number;

	if (!od_scan_u64(text, &number) || !od_scan_literal(text, ": ") ||
	    (od_scan_u64(text, &number) && !od_scan_literal(text, " ")))
		return false;
	*ret_corrected = od_str_starts(*text, OD_STR("CE "));
	return *ret_corrected || od_str_starts(*text, OD_STR("UE "));
}

bool od_fits_memory_error(struct od_str rest)
{
	bool corrected;
	return scan_memory_error(&rest, &corrected);
}

/* The words up to the place in memory say what happened, and in which module. */
void od_take_memory_error(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	bool corrected;

	(void)record;
	builder->expects_message = false;
	if (!scan_memory_error(&rest, &corrected))
		return;
	const ptrdiff_t end = od_str_find(rest, OD_STR(" ("));
	od_builder_add_message(builder, end < 0 ? rest : od_str_first(rest, (size_t)end));
	if (corrected)
		builder->event->severity = OD_SEVERITY_REPORT;
	else if (builder->event->severity < OD_SEVERITY_WARNING || !builder->event->fault.error_code.value.known)
		builder->event->severity = OD_SEVERITY_WARNING;
}

/* "sbridge MC3: CPU 0: Machine Check Event: 0 Bank 7: …" of a driver, and "MC3: 1 CE memory read error on …" behind it */
static enum od_take take_edac(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct od_str driver, words = rest;

	if (builder->event->kind != OD_KIND_MACHINE_CHECK)
		return OD_TAKE_NO;
	if (od_scan_literal(&words, "MC") && od_fits_memory_error(words)) {
		od_take_memory_error(builder, record, words);
		builder->has_detail = true;
		return OD_TAKE_YES;
	}
	if (!od_scan_until_text(&rest, OD_STR(": "), &driver) || !od_scan_literal(&rest, ": "))
		return OD_TAKE_NO;
	if (od_scan_literal(&rest, "CPU ") && od_fits_machine_check(rest))
		od_take_machine_check(builder, record, rest);
	else
		take_address(builder, rest);
	return OD_TAKE_YES;
}

/* "Killing comm:1234 due to hardware memory corruption", "Sending SIGBUS to comm:1234 …", "Killing comm:1234 early due …" */
static void take_killed_task(struct od_builder *builder, struct od_str words)
{
	if (od_scan_literal(&words, "Killing ") || od_scan_literal(&words, "Sending SIGBUS to "))
		od_take_comm_and_pid(builder, words);
}

/*
 * "0x1a2b3c: recovery action for dirty LRU page: Recovered": what becomes of the page that a machine check named. By itself it
 * is no report: tests poison pages, too (madvise(), MADV_HWPOISON).
 */
static enum od_take take_memory_failure(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	uint64_t page_frame;

	(void)record;
	if (builder->event->kind != OD_KIND_MACHINE_CHECK || !od_scan_0x(&rest, &page_frame) || !od_scan_literal(&rest, ": "))
		return OD_TAKE_NO;
	take_killed_task(builder, rest);
	od_builder_add_message(builder, rest);
	return OD_TAKE_YES;
}

/* "handlers:", then a line for each (kernel/irq/spurious.c, __report_bad_irq()): they are no part of the stack. */
static enum od_take take_handlers(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	if (builder->event->kind != OD_KIND_IRQ_NOBODY_CARED)
		return OD_TAKE_NO;
	od_builder_begin_trace(builder, "handlers");
	builder->in_trace = true;
	return od_take_known(builder, record, rest);
}

const struct od_rule od_rules_hardware[] = {
	{"handlers:", take_handlers},
	{"mce: [Hardware Error]: ", take_detail},
	{"[Hardware Error]: ", take_detail},
	{"EDAC ", take_edac},
	{"Memory failure: ", take_memory_failure},
	{"MCE ", take_memory_failure}, /* to 4.4 */
	{"{", take_apei},
	{NULL, NULL},
};
