// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Lines of x86 reports: arch/x86/mm/fault.c (show_fault_oops), arch/x86/kernel/process_64.c
 * (__show_regs), arch/x86/kernel/dumpstack.c (show_opcodes, show_iret_regs).
 */
#include "parsers/builder.h"
#include "parsers/dump.h"

static void set_ip(struct od_builder *builder, const struct od_record *record, const struct od_frame_text *text)
{
	struct od_event *event = builder->event;
	od_builder_set_ip(builder, record, text);
	if (!text->address.known)
		return;
	struct od_register *rip = od_list_push(event->arena, &event->registers);
	if (rip)
		*rip = (struct od_register){OD_STR("rip"), text->address.value};
}

/* The two low bits of CS are the privilege level: 3 is user mode (Intel SDM vol. 3A, 5.5). */
static bool is_user_segment(uint64_t cs)
{
	return (cs & 3) == 3;
}

/* "RIP: 0010:[<ffffffff81000000>]  [<ffffffff81000000>] fn+0x1/0x2" prints the address twice. */
static void skip_doubled_address(struct od_str *s)
{
	struct od_str rest = *s, inside;
	if (!od_scan_literal(&rest, "[<") || !od_scan_until_text(&rest, OD_STR(">]"), &inside))
		return;
	rest = od_str_from_index(rest, 2);
	od_scan_blanks(&rest);
	if (od_str_starts(rest, OD_STR("[<")) || od_str_starts(rest, OD_STR("<"))) /* "<ffffffff81000000>{fn+1}" to 2.6.17 */
		*s = rest;
}

static enum od_take take_user_block(struct od_builder *builder)
{
	builder->block = builder->event->user_registers.count || builder->ended ? OD_BLOCK_OTHER : OD_BLOCK_USER;
	return OD_TAKE_YES;
}

/*
 * Whether a block of registers is the event's own. Inside a trace it is of an interrupted context,
 * but for a report that names the same function, and for a CPU that was interrupted because it is stuck.
 */
static bool is_first_block(const struct od_builder *builder, const struct od_frame_text *frame)
{
	const struct od_event *event = builder->event;
	if (event->registers.count || builder->ended || builder->trace)
		return false;
	if (!builder->in_trace)
		return true;
	return event->has_ip ? od_str_equal(event->ip.function, frame->function) : od_kinds[event->kind].severity == OD_SEVERITY_STALL;
}

/* Whether this place is of another CPU's oops: the event has one, and did not come to its trace. */
static bool is_of_rival(const struct od_builder *builder, const struct od_frame_text *frame)
{
	const struct od_event *event = builder->event;
	return builder->died && event->has_ip && !builder->in_trace && !event->trace.count &&
	       event->ip.function.len && !od_str_equal(event->ip.function, frame->function);
}

/* "RIP: 0010:fn+0x1/0x2 [mod]" and all its older forms. */
static enum od_take take_rip(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct od_event *event = builder->event;
	struct od_frame_text frame;
	struct od_str after = rest;
	uint64_t cs = 0x10;

	if (!event->arch)
		event->arch = &od_arch_x86_64;
	builder->expects_message = false;
	od_scan_blanks(&after);
	if (od_scan_hex_width(&after, 4, &cs) && (od_scan_char(&after, ':') || od_scan_char(&after, ' '))) /* a blank is a person's */
		rest = after;
	od_scan_blanks(&rest);
	if (is_user_segment(cs))
		return take_user_block(builder);
	skip_doubled_address(&rest);
	bool is_place = od_scan_place(&rest, &frame) || od_frame_typed(rest, &frame);
	bool rival = is_place && is_of_rival(builder, &frame);
	bool first = is_place && !rival && is_first_block(builder, &frame);
	builder->block = first ? OD_BLOCK_FAULT : OD_BLOCK_OTHER;
	if (first)
		set_ip(builder, record, &frame);
	if (rival)
		od_builder_note_rival(builder);
	return OD_TAKE_YES;
}

/* "IP: [<ffffffff81000000>] fn+0x1/0x2": to 4.16, before the die line. */
static enum od_take take_early_ip(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct od_frame_text frame;
	od_scan_blanks(&rest);
	if (!od_scan_place(&rest, &frame))
		return OD_TAKE_NO;
	builder->expects_message = false;
	if (!builder->event->has_ip)
		od_builder_set_ip(builder, record, &frame);
	return OD_TAKE_YES;
}

/* "RIP  [<ffffffff81000000>] fn+0x1/0x2": the summary at the end, to 4.9. */
static enum od_take take_rip_summary(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	builder->in_trace = false;
	builder->block = OD_BLOCK_OTHER;
	if (!builder->event->arch)
		builder->event->arch = &od_arch_x86_64;
	return take_early_ip(builder, record, rest);
}

/* " RSP <ffff880035d4fef0>": the summary's second line. */
static enum od_take take_rsp_summary(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	uint64_t rsp;
	(void)record;
	if (!od_scan_hex(&rest, &rsp) || !od_scan_char(&rest, '>'))
		return OD_TAKE_NO;
	struct od_event *event = builder->event;
	if (!od_event_register(event, "rsp").known) {
		struct od_register *entry = od_list_push(event->arena, &event->registers);
		if (entry)
			*entry = (struct od_register){OD_STR("rsp"), rsp};
	}
	return OD_TAKE_YES;
}

/* "CR2: 0000000000000024" alone on its line is what the fault handler saved. */
static enum od_take take_cr2(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	uint64_t cr2;
	(void)record;
	od_scan_blanks(&rest);
	if (!od_scan_hex(&rest, &cr2) || rest.len)
		return OD_TAKE_NO;
	builder->in_trace = false;
	if (!builder->event->fault.address.known && !builder->ended)
		builder->event->fault.address = od_num(cr2);
	return OD_TAKE_YES;
}


/* "#PF: supervisor write access in kernel mode" */
static enum od_take take_pf_words(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	static const struct {
		const char *words;
		enum od_access access;
	} accesses[] = {
		{"write access", OD_ACCESS_WRITE},
		{"read access", OD_ACCESS_READ},
		{"instruction fetch", OD_ACCESS_EXECUTE},
	};
	struct od_fault *fault = &builder->event->fault;
	(void)record;
	builder->expects_message = false;
	if (od_scan_literal(&rest, "error_code(0x")) {
		uint64_t code;
		if (od_scan_hex(&rest, &code))
			fault->error_code.value = od_num(code);
		return OD_TAKE_YES;
	}
	for (size_t i = 0; i < sizeof(accesses) / sizeof(accesses[0]); i++)
		if (od_str_find(rest, od_str_from(accesses[i].words)) >= 0)
			fault->access = accesses[i].access;
	if (od_str_find(rest, OD_STR("in kernel mode")) >= 0)
		fault->mode = OD_MODE_KERNEL;
	else if (od_str_find(rest, OD_STR("in user mode")) >= 0)
		fault->mode = OD_MODE_USER;
	return OD_TAKE_YES;
}

/*
 * "Code: Unable to access opcode bytes at RIP 0xffffffffc02a7fe2." (5.9; without "RIP " from 6.1): the address is
 * where the bytes would have begun, which tells where the instruction is.
 */
static enum od_take take_unreadable_code(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	enum { PROLOGUE_SIZE = 42 }; /* arch/x86/kernel/dumpstack.c, show_opcodes() */
	struct od_code *code = &builder->event->code;
	bool first = !code->note.len && code->source == OD_CODE_NONE;
	uint64_t address;

	(void)od_take_code(builder, record, od_str_from_index(record->text, sizeof("Code:") - 1));
	(void)od_scan_literal(&rest, "RIP ");
	if (first && code->note.len && od_scan_0x(&rest, &address)) {
		code->address = od_num(address);
		code->fault_index = PROLOGUE_SIZE;
		code->has_fault_index = true;
	}
	return OD_TAKE_YES;
}

/* "KASAN: null-ptr-deref in range [0x10-0x17]", behind the die line (mm/kasan/report.c, kasan_non_canonical_hook()) */
static enum od_take take_kasan_note(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	if (!builder->named && !builder->died && !builder->event->message.len) /* the die line is lost */
		builder->event->message = od_builder_keep(builder, record->text);
	return od_take_known(builder, record, rest);
}

const struct od_rule od_rules_x86[] = {
	{"RIP: ", take_rip},
	{"RIP:", take_rip},
	{"IP: ", take_early_ip},
	{"RIP  ", take_rip_summary},
	{"RSP <", take_rsp_summary},
	{"Code: Unable to access opcode bytes at ", take_unreadable_code},
	{"Code:", od_take_code},
	{"CR2:", take_cr2},
	{"#PF: ", take_pf_words},
	{"#PF error: ", od_take_known},
	{"PGD ", od_take_known},
	{"BAD", od_take_known},
	{"KASAN: ", take_kasan_note},
	{"Thread overran stack, or stack corrupted", od_take_known},
	{"IDT: 0x", od_take_known},
	{"LDTR: ", od_take_known},
	{"TR: 0x", od_take_known},
	{NULL, NULL},
};
