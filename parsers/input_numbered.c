// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Numbers that a program put before each line: cat -n, nl, less -N, an editor, bat, grep -n; and the name of the file, of
 * grep -H, on lines that match (':') and on those around them ('-'). A number by itself says nothing: a line is one of
 * these when the next one has the next number, or when a time of the kernel follows. Until then it is held.
 */
#include "parsers/containers.h"

enum { NAME_LIMIT = 120, MISSES = 3 };

/* What stands before a line. */
struct mark {
	struct od_str name;	/* of the file */
	bool numbered;
	uint64_t number;
	char style;		/* what follows the number or the name; '\t' of all blanks */
	struct od_str rest;
};

/* "var/log/kern.log": a word with a dot or a slash in it, or one of the usual names. */
static bool is_file_name(struct od_str word)
{
	static const struct od_str names[] = {OD_STR("messages"), OD_STR("syslog"), OD_STR("dmesg"), OD_STR("kmsg"), OD_STR("log")};
	if (word.len < 3 || word.len > NAME_LIMIT)
		return false;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (od_str_equal(word, names[i]))
			return true;
	for (size_t i = 0; i < word.len; i++)
		if ((word.ptr[i] == '/' || word.ptr[i] == '.') && word.ptr[i + (i + 1 < word.len)] != word.ptr[i])
			return true;
	return false;
}

/* "kern.log:", "kern.log-": the first colon or the first hyphen that stands behind a file's name. */
static bool scan_name(struct od_str *s, struct mark *mark)
{
	if (!s->len || !(od_is_digit(s->ptr[0]) || (s->ptr[0] | 0x20) >= 'a' || s->ptr[0] == '.' || s->ptr[0] == '/'))
		return false;
	for (size_t len = 0; len < s->len && !od_is_blank(s->ptr[len]) && len <= NAME_LIMIT; len++) {
		char c = s->ptr[len];
		if (c != ':' && c != '-')
			continue;
		if (is_file_name(od_str_first(*s, len))) {
			mark->name = od_str_first(*s, len);
			mark->style = c;
			*s = od_str_from_index(*s, len + 1);
			return true;
		}
		if (c == ':')
			return false;
	}
	return false;
}

bool od_numbered_passes(const struct od_numbered *numbered, struct od_str text)
{
	struct mark mark;
	if (numbered->active || numbered->holding)
		return false;
	size_t blanks = od_scan_blanks(&text);
	if (!text.len || text.ptr[0] == '[' || text.ptr[0] == '<')
		return true;
	return !od_is_digit(text.ptr[0]) && (blanks || !scan_name(&text, &mark));
}

/* "12:", "12-", "12|", " 12 | ", "12.", "12)", "12\t", "   12  " */
static bool scan_number(struct od_str *s, struct mark *mark)
{
	struct od_str rest = *s;
	od_scan_blanks(&rest);
	if (!rest.len || !od_is_digit(rest.ptr[0]) || !od_scan_u64(&rest, &mark->number) || mark->number > 100000000)
		return false;
	bool blanks = od_scan_blanks(&rest) > 0;
	if (od_scan_literal(&rest, "\xe2\x94\x82") || od_scan_char(&rest, '|'))
		mark->style = '|';
	else if (blanks || !rest.len)
		mark->style = '\t';
	else if (strchr(":-.)", rest.ptr[0]))
		mark->style = rest.ptr[0];
	else
		return false;
	if (mark->style != '\t' && mark->style != '|')
		rest = od_str_from_index(rest, 1);
	mark->numbered = true;
	*s = rest;
	return true;
}

static bool scan_mark(struct od_str text, struct mark *mark)
{
	*mark = (struct mark){0};
	bool named = scan_name(&text, mark);
	char style = mark->style;
	struct od_str rest = text;
	if (scan_number(&rest, mark) && (!named || mark->style == style))
		text = rest;
	else
		*mark = (struct mark){.name = mark->name, .style = style};
	mark->rest = text;
	return named || mark->numbered;
}

/* "[   12.345678]", "<4>[", "Nov 14 22:13:20": none of these stands behind a number of the kernel's own. */
static bool begins_with_time(struct od_str s)
{
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	uint64_t number;
	od_scan_blanks(&s);
	if (od_scan_char(&s, '<') && (!od_scan_u64(&s, &number) || !od_scan_char(&s, '>')))
		return false;
	for (size_t i = 0; s.len > 6 && months[i]; i += 3)
		if (memcmp(s.ptr, months + i, 3) == 0)
			return s.ptr[3] == ' ';
	return od_record_begins_with_time(s);
}

/* "1 lock held by a/12:": what the kernel itself writes behind a number. */
static bool is_kernel_count(const struct mark *mark)
{
	if (mark->name.len || mark->style != '\t')
		return false;
	return !mark->rest.len || od_str_starts(mark->rest, OD_STR("lock held")) || od_str_starts(mark->rest, OD_STR("locks held"));
}

/* grep writes '-' where other lines have ':'. */
static bool is_same_style(const struct od_numbered *numbered, const struct mark *mark)
{
	bool grep = (mark->style == ':' || mark->style == '-') && (numbered->style == ':' || numbered->style == '-');
	return (grep || numbered->style == mark->style) && numbered->numbers == mark->numbered &&
	       od_str_equal(od_buf_str(&numbered->name), mark->name);
}

static void remember(struct od_numbered *numbered, const struct mark *mark)
{
	od_buf_clear(&numbered->name);
	od_buf_put(&numbered->name, mark->name);
	numbered->numbers = mark->numbered;
	numbered->style = mark->style;
	numbered->number = mark->number;
}

void od_numbered_flush(struct od_numbered *numbered, const struct od_outlet *outlet)
{
	if (!numbered->holding)
		return;
	numbered->holding = false;
	struct od_str held = od_buf_str(&numbered->held);
	od_outlet_text(outlet, &od_origin_none, od_str_from_index(held, numbered->active ? numbered->held_mark : 0),
		       numbered->held_line, held);
}

void od_numbered_prepare(struct od_numbered *numbered, const struct od_outlet *outlet, struct od_str text)
{
	struct mark mark;
	if (numbered->holding && !scan_mark(text, &mark))
		od_numbered_flush(numbered, outlet);
}

static void hold(struct od_numbered *numbered, const struct mark *mark, struct od_str text, uint64_t line)
{
	remember(numbered, mark);
	od_buf_clear(&numbered->held);
	od_buf_put(&numbered->held, text);
	numbered->held_mark = text.len - mark->rest.len;
	numbered->held_line = line;
	numbered->holding = true;
}

/* While lines are numbered: takes the number off. Lines without one may be parts of a long line; too many end it. */
static void take_next(struct od_numbered *numbered, struct od_str *text)
{
	struct mark mark;
	if (scan_mark(*text, &mark) && is_same_style(numbered, &mark) && (!mark.numbered || mark.number > numbered->number)) {
		remember(numbered, &mark);
		numbered->misses = 0;
		*text = mark.rest;
	} else if (++numbered->misses > MISSES) {
		numbered->active = false;
	}
}

bool od_numbered_line(struct od_numbered *numbered, const struct od_outlet *outlet, struct od_str *text, uint64_t line)
{
	struct mark mark;

	if (numbered->active) {
		take_next(numbered, text);
		return true;
	}
	if (!scan_mark(*text, &mark) || is_kernel_count(&mark)) {
		od_numbered_flush(numbered, outlet);
		return true;
	}
	bool next = numbered->holding && is_same_style(numbered, &mark) &&
		    (!mark.numbered || mark.number == numbered->number + 1);
	numbered->active = next; /* so is the line before, which is held */
	od_numbered_flush(numbered, outlet);
	numbered->active = next || begins_with_time(mark.rest);
	numbered->misses = 0;
	if (!numbered->active) {
		hold(numbered, &mark, *text, line);
		return false;
	}
	remember(numbered, &mark);
	*text = mark.rest;
	return true;
}

void od_numbered_deinit(struct od_numbered *numbered)
{
	od_buf_deinit(&numbered->name);
	od_buf_deinit(&numbered->held);
}
