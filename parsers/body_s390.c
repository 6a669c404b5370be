// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Lines of s390 reports: arch/s390/kernel/dumpstack.c (show_registers, die), arch/s390/kernel/dis.c (show_code)
 * and arch/s390/mm/fault.c (dump_fault_info), 3.10 to 6.19.
 */
#include "parsers/bodies.h"
#include "parsers/dump.h"

/* "Failing address: 6b6b6b6b6b6b6000 TEID: 6b6b6b6b6b6b6803": the low twelve bits are not known. */
static enum od_take take_failing_address(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct od_event *event = builder->event;
	uint64_t address, teid;
	(void)record;
	builder->expects_message = false;
	if (!od_scan_hex(&rest, &address))
		return OD_TAKE_NO;
	if (!event->fault.address.known)
		event->fault.address = od_num(address);
	if (od_scan_literal(&rest, " TEID: ") && od_scan_hex(&rest, &teid) && !event->registers.count) {
		builder->block = OD_BLOCK_FAULT;
		od_push_register(builder, OD_STR("teid"), teid);
	}
	return OD_TAKE_YES;
}

/*
 * Whether the PSW was moved past the instruction: where the exception completes or suppresses it (Principles of
 * Operation, chapter 6). The kernel moves it back after a protection exception (arch/s390/mm/fault.c). WARN() is such an
 * exception too, of which the header does not give the code: an illegal operation, since 5.6 a monitor event.
 */
static bool psw_is_behind(const struct od_event *event)
{
	static const uint8_t codes[] = {0x01, 0x02, 0x03, 0x05, 0x06, 0x07, 0x08, 0x09, 0x15, 0x1b, 0x40};
	struct od_num code = event->fault.error_code.value;

	for (size_t i = 0; code.known && i < sizeof(codes); i++)
		if ((code.value & 0x7f) == codes[i])
			return true;
	return event->ip.is_return_address || event->kind == OD_KIND_WARNING;
}

/* "0704c00180000000 000003bf4c78da26 (fn+0xd6/0x150 [mod])" */
static enum od_take take_psw(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	uint64_t mask, address;
	od_scan_blanks(&rest);
	if (!od_scan_hex(&rest, &mask) || !od_scan_blanks(&rest) || !od_scan_hex(&rest, &address))
		return OD_TAKE_NO;
	if (builder->in_trace || builder->ended)
		builder->block = OD_BLOCK_OTHER;
	(void)od_open_block(builder);
	od_push_register(builder, OD_STR("psw_mask"), mask);
	od_push_register(builder, OD_STR("psw_addr"), address);
	od_scan_blanks(&rest);
	if (od_scan_char(&rest, '(') && od_take_ip(builder, record, rest) && builder->block == OD_BLOCK_FAULT)
		builder->event->ip.is_return_address = psw_is_behind(builder->event);
	builder->next_register = 0;
	return OD_TAKE_YES;
}

/* "(fn+0xd6/0x150 [mod])": the PSW's line was wrapped before its place. */
static enum od_take take_psw_place(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	const struct od_event *event = builder->event;
	if (builder->block != OD_BLOCK_FAULT || event->ip.function.len || builder->in_trace || record->line != builder->last_known + 1 ||
	    !od_str_ends(rest, OD_STR(")")) || !od_take_ip(builder, record, rest))
		return OD_TAKE_NO;
	builder->event->ip.is_return_address = psw_is_behind(event);
	return OD_TAKE_YES;
}

static enum od_take take_user_psw(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	(void)record;
	(void)rest;
	od_open_user_block(builder);
	builder->next_register = 0;
	return OD_TAKE_YES;
}

/* "Krnl GPRS: v v v v", then three rows of four without a label. */
static enum od_take take_gprs(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	(void)record;
	builder->expects_message = false;
	builder->next_register = od_take_register_values(builder, "r", 0, rest);
	return OD_TAKE_YES;
}

static enum od_take take_more_gprs(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	uint64_t value;
	struct od_str first = record->text;
	if (!builder->next_register || builder->next_register > 12 || !od_scan_hex_width(&first, 16, &value) ||
	    (first.len && first.ptr[0] != ' '))
		return OD_TAKE_NO;
	(void)rest;
	builder->next_register += od_take_register_values(builder, "r", builder->next_register, record->text);
	return OD_TAKE_YES;
}

/*
 * ">000003bf4c78da18: e55dbf200001\tclfhsi\t3872(%r11),1": an instruction of the disassembly; > marks where the
 * PSW points to, # and * the instruction before.
 */
static bool take_instruction(struct od_builder *builder, const struct od_record *record, struct od_str text)
{
	struct od_code *code = &builder->event->code;
	struct od_str bytes;
	uint64_t address;

	od_scan_blanks(&text);
	bool before = od_scan_char(&text, '#') || od_scan_char(&text, '*');
	bool at = !before && od_scan_char(&text, '>');
	if (!od_scan_hex_width(&text, 16, &address) || !od_scan_literal(&text, ": ") || !od_scan_word(&text, &bytes))
		return false;
	if (before && od_str_starts(bytes, OD_STR("af000000"))) /* mc 0,0: that of BUG() and WARN() */
		builder->event->ip.is_return_address = true;
	bool marked = psw_is_behind(builder->event) ? before : at;
	if (!code->bytes.len)
		code->address = od_num(address);
	if (address != code->address.value + code->bytes.len) /* a line before it is lost */
		return true;
	od_store_code_bytes(builder, record, bytes, marked);
	return true;
}

static enum od_take take_code(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct od_code *code = &builder->event->code;
	builder->expects_message = false;
	if (builder->ended || builder->block == OD_BLOCK_USER || builder->block == OD_BLOCK_OTHER || code->bytes.len)
		return OD_TAKE_YES;
	builder->in_code = take_instruction(builder, record, rest);
	if (!builder->in_code)
		code->note = od_builder_keep(builder, od_str_trim(rest));
	return OD_TAKE_YES;
}

static enum od_take take_rest(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	if (builder->in_code && take_instruction(builder, record, record->text))
		return OD_TAKE_YES;
	builder->in_code = false;
	return take_more_gprs(builder, record, rest);
}

/* Where the CPU branched from last: behind the trace, and no frame of it. */
static enum od_take take_breaking_event(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	builder->skip_frame = true;
	return od_take_known(builder, record, rest);
}

const struct od_rule od_rules_s390[] = {
	{"Failing address: ", take_failing_address},
	{"failing address: ", take_failing_address},
	{"Krnl PSW :", take_psw},
	{"(", take_psw_place},
	{"User PSW :", take_user_psw},
	{"Krnl GPRS:", take_gprs},
	{"User GPRS:", take_gprs},
	{"Krnl Code:", take_code},
	{"User Code:", od_take_known},
	{"R:", od_take_known},
	{"AS:", od_take_known},
	{"Fault in ", od_take_known},
	{"Last Breaking-Event-Address:", take_breaking_event},
	{"", take_rest},
	{NULL, NULL},
};
