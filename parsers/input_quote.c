// SPDX-License-Identifier: GPL-3.0-or-later
/* Quoting by people: mail ("> > text", "| text") and Markdown fences and lists. */
#include "parsers/record.h"

/* A line of KASAN's memory dump also begins with '>' (kernel: mm/kasan/report.c, print_memory_metadata). */
static bool is_shadow_row(struct od_str s)
{
	uint64_t address;
	return od_scan_hex(&s, &address) && od_scan_char(&s, ':');
}

/* "|__GFP_COMP", "|GFP_KERNEL": flags that a terminal broke. */
static bool goes_on_behind_bar(struct od_str rest)
{
	return od_str_starts(rest, OD_STR("_")) || od_str_starts(rest, OD_STR("GFP"));
}

static bool scan_quote_mark(struct od_str *s)
{
	struct od_str rest = *s;
	bool bar = od_scan_char(&rest, '|');
	if (bar ? goes_on_behind_bar(rest) : !od_scan_char(&rest, '>') || is_shadow_row(rest))
		return false;
	od_scan_char(&rest, ' ');
	*s = rest;
	return true;
}

/* However often people answered each other. */
static bool scan_quote(struct od_str *s, struct od_record *record)
{
	const size_t before = s->len;
	if (!scan_quote_mark(s))
		return false;
	while (s->len && scan_quote_mark(s))
		;
	record->quoted += (unsigned)(before - s->len);
	return true;
}

/* "+BUG: …": a line that one log has, and the other has not (diff). "+0x1/0x2" is the rest of a frame, "+\tif (x)" a change of a source. */
static bool scan_added(struct od_str *s, struct od_record *record)
{
	if (record->time_usec.known || s->len < 2 || !((s->ptr[1] >= 'A' && s->ptr[1] <= 'Z') || s->ptr[1] == '['))
		return false;
	*s = od_str_from_index(*s, 1);
	return true;
}

/* "MJB> text": the initials of who is quoted, as Supercite puts them before lines. */
static bool scan_citation(struct od_str *s, struct od_record *record)
{
	enum { LONGEST = 5 };
	size_t len = 0;
	if (record->time_usec.known) /* who quotes marks the line from without */
		return false;
	while (len < s->len && s->ptr[len] >= 'A' && s->ptr[len] <= 'Z')
		len++;
	if (!len || len > LONGEST || len == s->len || s->ptr[len] != '>' || (len + 1 < s->len && s->ptr[len + 1] != ' '))
		return false;
	const size_t mark = len + 1 + (len + 1 < s->len);
	*s = od_str_from_index(*s, mark);
	record->quoted += (unsigned)mark;
	return true;
}

/*
 * "# [   12.345678] text", " * [   12.345678] text", "// …": a list, a program's comment, a test's output (TAP). Without the kernel's time it may
 * be a heading of a person's that repeats a report's.
 */
static bool scan_comment_mark(struct od_str *s, struct od_record *record)
{
	struct od_str rest = *s;
	(void)record;
	if (!od_scan_literal(&rest, "# ") && !od_scan_literal(&rest, "* ") && !od_scan_literal(&rest, "// "))
		return false;
	od_scan_blanks(&rest);
	if (!od_record_begins_with_time(rest))
		return false;
	*s = rest;
	return true;
}

/* "guest  | text": who ran several machines put the name of each before its lines. */
static bool scan_name_and_bar(struct od_str *s, struct od_record *record)
{
	enum { LONGEST = 40 };
	struct od_str rest = *s, name;
	if (record->time_usec.known || !od_scan_word(&rest, &name) || name.len > LONGEST || !od_scan_blanks(&rest) ||
	    !od_scan_literal(&rest, "| "))
		return false;
	*s = rest;
	return true;
}

/* A fence holds no text of the kernel: "```", "~~~ dmesg". */
static bool scan_fence(struct od_str *s, struct od_record *record)
{
	(void)record;
	if (!od_str_starts(*s, OD_STR("```")) && !od_str_starts(*s, OD_STR("~~~")))
		return false;
	*s = (struct od_str){s->ptr + s->len, 0};
	return true;
}

/*
 * Behind the first mark of a pair that holds a record: the kernel's time, before or in it, tells it from what people quote. sparc's
 * picture of an oops has such a line itself (arch/sparc/kernel/traps_64.c).
 */
static bool is_quoted_record(struct od_str s, const struct od_record *record)
{
	ptrdiff_t end = od_str_find_char(s, '"');
	return end > 0 && (size_t)end + 1 == s.len && s.ptr[0] != '@' && (record->time_usec.known || od_record_begins_with_time(s));
}

/* "\"<4>[   12.345678] text\",": a string of a program's source, such as a table of a test. */
static bool scan_source_string(struct od_str *s, struct od_record *record)
{
	struct od_str rest = *s, text = od_str_trim(*s);
	uint64_t level;
	(void)od_scan_char(&text, '"');
	while (text.len && (text.ptr[text.len - 1] == ',' || text.ptr[text.len - 1] == ';'))
		text.len--;
	if (record->time_usec.known || !od_str_ends(text, OD_STR("\"")))
		return false;
	text.len--;
	rest = text;
	if (od_scan_char(&rest, '<') && (!od_scan_u64(&rest, &level) || !od_scan_char(&rest, '>')))
		return false;
	if (!od_record_begins_with_time(rest))
		return false;
	*s = text;
	return true;
}

/* Markdown's inline code: "`[   12.345678] text`", of which one line may have but the first mark; quotation marks. */
static bool scan_code_mark(struct od_str *s, struct od_record *record)
{
	struct od_str rest = *s;
	char mark = s->ptr[0];
	if (!od_scan_char(&rest, mark) || (rest.len && rest.ptr[0] == mark) ||
	    (mark == '"' && !is_quoted_record(rest, record)))
		return false;
	if (rest.len && rest.ptr[rest.len - 1] == mark)
		rest.len--;
	*s = rest;
	return true;
}

/* "======================================= WARNING: …": the kernel's rule, whose line end a page took for a blank. */
static bool scan_rule(struct od_str *s, struct od_record *record)
{
	enum { SHORTEST = 20 };
	size_t len = 0;
	(void)record;
	while (len < s->len && s->ptr[len] == s->ptr[0])
		len++;
	if (len < SHORTEST || len + 2 > s->len || s->ptr[len] != ' ' || od_is_blank(s->ptr[len + 1]))
		return false;
	*s = od_str_from_index(*s, len + 1);
	return true;
}

/* "root@host:~# ": on a serial console the kernel prints behind the shell's prompt. */
static bool scan_prompt(struct od_str *s, struct od_record *record)
{
	enum { LONGEST = 80 };
	struct od_str rest = *s, word;
	(void)record;
	if (od_str_find_char(od_str_first(*s, LONGEST), '@') < 1) /* most lines are done with here */
		return false;
	if (!od_scan_word(&rest, &word) || word.len > LONGEST || !od_scan_char(&rest, ' ') || !rest.len)
		return false;
	const ptrdiff_t at = od_str_find_char(word, '@'), colon = od_str_find_char(word, ':');
	if (at < 1 || colon < at + 2 || (!od_str_ends(word, OD_STR("#")) && !od_str_ends(word, OD_STR("$"))))
		return false;
	*s = rest;
	return true;
}

const struct od_prefix od_prefixes_quote[] = {
	{NULL, ">|", scan_quote},
	{NULL, "ABCDEFGHIJKLMNOPQRSTUVWXYZ", scan_citation},
	{NULL, "#*/", scan_comment_mark},
	{NULL, "+", scan_added},
	{NULL, "`~", scan_fence},
	{NULL, "`\"", scan_code_mark},
	{NULL, "\"", scan_source_string},
	{NULL, "=-", scan_rule},
	{NULL, "abcdefghijklmnopqrstuvwxyz", scan_prompt},
	{"named", "abcdefghijklmnopqrstuvwxyz", scan_name_and_bar},
	{NULL, "", NULL},
};
