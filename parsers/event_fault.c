// SPDX-License-Identifier: GPL-3.0-or-later
/* Memory faults and die lines. */
#include "parsers/headers.h"
#include "parsers/headers_arch.h"

/* What the text of a die line says of the kind (arch/x86/kernel/traps.c; the longest that fits wins). */
struct die_row {
	struct od_str text;
	enum od_kind kind;
};

static const struct die_row die_rows[] = {
	{OD_STR("general protection fault"), OD_KIND_GPF},
	{OD_STR("segment-related general protection fault"), OD_KIND_GPF},
	{OD_STR("divide error"), OD_KIND_DIVIDE_ERROR},
	{OD_STR("divide_error"), OD_KIND_DIVIDE_ERROR}, /* 5.8 and 5.9 */
	{OD_STR("invalid opcode"), OD_KIND_INVALID_OPCODE},
	{OD_STR("int3"), OD_KIND_INT3},
	{OD_STR("double fault"), OD_KIND_DOUBLE_FAULT},
	{OD_STR("stack segment"), OD_KIND_STACK_SEGMENT},
	{OD_STR("stack guard page"), OD_KIND_STACK_OVERFLOW},
	{OD_STR("kernel stack overflow"), OD_KIND_STACK_OVERFLOW},
	{OD_STR("alignment check"), OD_KIND_ALIGNMENT},
	{OD_STR("overflow"), OD_KIND_TRAP},
	{OD_STR("bounds"), OD_KIND_TRAP},
	{OD_STR("device not available"), OD_KIND_TRAP},
	{OD_STR("unexpected #NM exception"), OD_KIND_TRAP},
	{OD_STR("coprocessor segment overrun"), OD_KIND_TRAP},
	{OD_STR("invalid TSS"), OD_KIND_TRAP},
	{OD_STR("segment not present"), OD_KIND_TRAP},
	{OD_STR("iret exception"), OD_KIND_TRAP},
	{OD_STR("simd exception"), OD_KIND_TRAP},
	{OD_STR("fpu exception"), OD_KIND_TRAP},
	{OD_STR("Split lock detected"), OD_KIND_TRAP},
	{OD_STR("control protection"), OD_KIND_TRAP},
	{OD_STR("debug"), OD_KIND_TRAP},
	{OD_STR("invalid operand"), OD_KIND_INVALID_OPCODE}, /* to 2.6.19 */
	{OD_STR("Bad pagetable"), OD_KIND_PAGING_REQUEST},
	{OD_STR("opcode"), OD_KIND_INVALID_OPCODE}, /* "invalid" stands on the line before, where mail was wrapped */
};

/* What the rows begin with. */
static bool may_begin_die_row(char c)
{
	return (c >= 'a' && c <= 'z') || c == 'S' || c == 'B';
}

static const struct die_row *find_die_row(struct od_str text)
{
	for (size_t i = 0; i < sizeof(die_rows) / sizeof(die_rows[0]); i++)
		if (text.len && text.ptr[0] == die_rows[i].text.ptr[0] && od_str_starts(text, die_rows[i].text))
			return &die_rows[i];
	return NULL;
}

/* "[#1]", or "[1]" before 2.6.25 */
static bool scan_counter(struct od_str *s, uint64_t *ret)
{
	struct od_str rest = *s;
	uint64_t counter;
	if (!od_scan_char(&rest, '['))
		return false;
	if (od_scan_char(&rest, '#'))
		od_scan_blanks(&rest); /* "[# 1]": a translator's */
	if (!od_scan_u64(&rest, &counter) || !od_scan_char(&rest, ']'))
		return false;
	*ret = counter;
	*s = rest;
	return true;
}

/* Splits "general protection fault: 0000" at its last ": ". */
static bool split_code(struct od_str head, struct od_die_line *die)
{
	ptrdiff_t colon = od_str_find_last_char(head, ':');
	if (colon < 1)
		return false;
	struct od_str code = od_str_trim(od_str_from_index(head, (size_t)colon + 1));
	struct od_str rest = code;
	uint64_t value;
	if (code.len > 16 || !od_scan_hex(&rest, &value) || rest.len)
		return false;
	die->text = od_str_trim(od_str_first(head, (size_t)colon));
	die->code = code;
	return !od_str_starts(die->text, OD_STR("0x")); /* the rest of a line that was wrapped */
}

/* Where "[#1]" may stand, or the first " [1]" of a line that begins as a die line does; -1: nowhere. */
static ptrdiff_t find_counter(struct od_str text)
{
	ptrdiff_t bare = -1, next;
	for (size_t at = 0; (next = od_str_find_char(od_str_from_index(text, at), '[')) >= 0; at++) {
		at += (size_t)next;
		if (at + 1 < text.len && text.ptr[at + 1] == '#')
			return (ptrdiff_t)at;
		if (bare < 0 && at && text.ptr[at - 1] == ' ')
			bare = (ptrdiff_t)at - 1;
	}
	return bare >= 0 && (od_str_starts(text, OD_STR("Oops: ")) || find_die_row(text)) ? bare : -1;
}

/* "Oops: divide error: 0000 1 PREEMPT SMP": the marks around the number were lost in a commit message or on a page. */
static bool scan_unmarked_die(struct od_str text, struct od_die_line *ret)
{
	static const struct od_str options[] = {OD_STR(" PREEMPT"), OD_STR(" SMP"), OD_STR(" KASAN"), OD_STR(" DEBUG_PAGEALLOC")};
	struct od_die_line die = {0};
	(void)od_scan_literal(&text, "Oops: ");
	struct od_str rest = text;
	uint64_t code;
	if (!od_scan_until(&rest, ':', &die.text) || !od_scan_literal(&rest, ": ") || rest.len < 6 || rest.ptr[4] != ' ')
		return false; /* most lines with a colon are rows of registers */
	die.code = od_str_first(rest, 4);
	if (!od_scan_hex_width(&rest, 4, &code) || !od_scan_char(&rest, ' '))
		return false;
	(void)od_scan_u64(&rest, &die.counter); /* or all of "[#1]" was lost */
	const struct die_row *row = find_die_row(die.text); /* last: there are many */
	const bool addressed = row && row->kind == OD_KIND_GPF && od_str_find(die.text, OD_STR(" address 0x")) > 0;
	if (!row || (row->text.len != die.text.len && !addressed))
		return false;
	die.options = od_str_trim(rest);
	*ret = die;
	for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++)
		if (od_str_starts(rest, options[i]))
			return true;
	return false;
}

/* "invalid operand: 0000": die() of i386 to 2.5 counted nothing; other lines may begin alike, so the four digits end it. */
static bool scan_plain_die(struct od_str text, struct od_die_line *ret)
{
	const size_t digits = OD_STR(" 0000").len;
	const struct die_row *row = text.len > digits && text.ptr[text.len - digits] == ' ' ? find_die_row(text) : NULL;
	struct od_die_line die = {0};
	if (!row || !split_code(text, &die) || die.code.len != 4 || die.text.len != row->text.len)
		return false;
	*ret = die;
	return true;
}

bool od_scan_die_line(struct od_str text, struct od_die_line *ret)
{
	/* one look tells of most lines that they hold no counter and no "Oops", and do not end as parisc's */
	const bool plain = !od_str_has_any(text, '[', 'O', ')');
	if (plain && (!text.len || !may_begin_die_row(text.ptr[0])))
		return false;
	ptrdiff_t at = plain ? -1 : find_counter(text);
	struct od_die_line die = {0};

	if (at < 0)
		return scan_plain_die(text, ret) || (!plain && od_scan_uncounted_die(text, ret)) || scan_unmarked_die(text, ret);
	if (at < 4)
		return false;
	struct od_str tail = od_str_from_index(text, (size_t)at);
	od_scan_blanks(&tail);
	struct od_str head = od_str_trim(od_str_first(text, (size_t)at));
	if (!scan_counter(&tail, &die.counter) || (!od_split_arch_die(head, &die) && !split_code(head, &die)))
		return false;
	if (!die.text.len || od_str_starts(tail, OD_STR("(")) || /* a link of Markdown: "[#12](https://…)" */
	    od_str_find_char(die.text, '`') >= 0) /* a die line that is quoted in a sentence */
		return false;
	struct od_str bare = die.text;
	if (od_scan_literal(&bare, "Oops: ") && bare.len)
		die.text = bare; /* every die text has this prefix since 6.10 */
	(void)od_scan_char(&tail, ':');
	die.options = od_str_trim(tail);
	*ret = die;
	return true;
}

/* Glued to a line that had no end: "…user memory accessgeneral protection fault". */
static const struct die_row *find_glued_die_row(struct od_str text)
{
	for (size_t i = 0; i < sizeof(die_rows) / sizeof(die_rows[0]); i++)
		if (od_str_ends(text, die_rows[i].text))
			return &die_rows[i];
	return NULL;
}

/* "general protection fault, probably for non-canonical address 0xdead000000000100" */
static void address_in_text(struct od_event *event, struct od_str text)
{
	ptrdiff_t at = od_str_find(text, OD_STR("address 0x"));
	if (at < 0)
		at = od_str_find(text, OD_STR("dereference 0x"));
	if (at < 0)
		return;
	struct od_str rest = od_str_from_index(text, (size_t)at);
	struct od_str word;
	uint64_t address;
	if (od_scan_word(&rest, &word) && od_scan_blanks(&rest) && od_scan_0x(&rest, &address))
		event->fault.address = od_num(address);
}

/* What the text of a die line says of the kind; false: nothing. */
static bool find_die_kind(const struct od_die_line *die, enum od_kind *ret)
{
	const struct die_row *row = find_die_row(die->text);
	if (!row && od_find_arch_die_kind(die->text, ret))
		return true;
	if (!row)
		row = find_glued_die_row(die->text);
	bool named = row || (die->internal && !od_str_equal(die->text, OD_STR("Oops")));
	if (named)
		*ret = row ? row->kind : OD_KIND_INTERNAL_ERROR;
	return named;
}

/* A die line without a header before it: its text is all there is to name the report. */
static void open_by_die(struct od_builder *builder, const struct od_record *record, const struct od_die_line *die)
{
	enum od_kind kind = od_str_find(die->text, OD_STR("Oops")) >= 0 ? OD_KIND_PAGING_REQUEST : OD_KIND_TRAP;
	if (!builder->event && !od_builder_open(builder, record))
		return;
	bool known = find_die_kind(die, &kind);
	od_builder_name(builder, kind);
	if (!known)
		od_builder_flag(builder, OD_INTEGRITY_HEADER_MISSING);
	builder->event->header = od_builder_keep(builder, record->text);
}

static void store_code(struct od_builder *builder, const struct od_die_line *die)
{
	struct od_error_code *error = &builder->event->fault.error_code;
	struct od_str code = die->code;
	uint64_t value;
	error->raw = od_builder_keep(builder, die->code);
	if (!error->value.known && (die->decimal ? od_scan_u64(&code, &value) : od_scan_hex(&code, &value)))
		error->value = od_num(value);
}

/* Only a fault or an assertion dies: a die line in another report is the next one's, which cut in. */
static bool may_die(const struct od_builder *builder)
{
	enum od_severity severity = od_kinds[builder->event->kind].severity;
	if (builder->died || builder->ended || builder->event->severity == OD_SEVERITY_WARNING)
		return false;
	if (od_str_starts(builder->event->header, OD_STR("KASAN: "))) /* its note on a die line, whose headline is lost */
		return true;
	return !builder->named || severity == OD_SEVERITY_OOPS || builder->event->severity == OD_SEVERITY_OOPS ||
	       (severity == OD_SEVERITY_PANIC && builder->event->kind != OD_KIND_PANIC);
}

/*
 * arm's and arm64's handlers end "Unable to handle …" with "Oops" alone (die_kernel_fault(), __do_kernel_fault()); "Oops - Undefined
 * instruction" has no headline: the one above it is another CPU's.
 */
static bool is_another_ones(const struct od_builder *builder, const struct od_die_line *die)
{
	return builder->event && die->internal && od_str_starts(die->text, OD_STR("Oops - ")) &&
	       od_str_starts(builder->event->header, OD_STR("Unable to handle "));
}

void od_die_apply(struct od_builder *builder, const struct od_record *record, const struct od_die_line *die)
{
	/* the report of another CPU, while that of the first one has not come to its trace */
	bool rival = builder->event && builder->died && !builder->ended && !builder->event->trace.count;

	if (rival)
		od_builder_note_rival(builder);
	bool stranger = builder->headless && !builder->named && builder->has_cpu_line; /* the die line goes before that line */
	if (is_another_ones(builder, die))
		od_builder_close(builder, true);
	if (builder->event && (stranger || !may_die(builder)))
		od_builder_close(builder, !stranger && !builder->ended);
	if (!builder->event || !builder->named)
		open_by_die(builder, record, die);
	struct od_event *event = builder->event;
	if (!event)
		return;
	if (rival)
		od_builder_note_rival(builder);

	builder->died = true;
	builder->expects_message = false;
	if (die->counter)
		event->counter = od_num(die->counter);
	event->die_text = od_builder_keep(builder, die->text);
	event->die_options = od_builder_keep(builder, die->options);
	store_code(builder, die);
	od_take_die_task(builder, die->task);
	if (!event->fault.address.known)
		address_in_text(event, die->text);
}

/* "NMI stack guard page was hit at …" */
bool od_fits_stack_guard(struct od_str rest)
{
	ptrdiff_t at = od_str_find(rest, OD_STR(" stack guard page was hit at "));
	return at > 0 && at < 16;
}

void od_take_fault_address(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct od_fault *fault = &builder->event->fault;
	uint64_t address;

	od_take_arch_fault(builder, record, rest);
	od_scan_blanks(&rest);
	(void)od_scan_literal(&rest, "virtual address ");
	(void)od_scan_literal(&rest, "0x");
	if (od_scan_hex(&rest, &address))
		fault->address = od_num(address);
	else if (od_str_starts(rest, OD_STR("(null)")))
		fault->address = od_num(0);
}
