// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Quoted-printable (RFC 2045, section 6.7): where a header says so, and where the text itself shows it: every '=' of it
 * begins an escape or ends the line, and some of these are such as no log has by chance.
 */
#include "parsers/containers.h"

enum { SOFT_FROM = 55 }; /* mail programs break no lines that are shorter */

static const char NO_BREAK = (char)0xa0; /* the blank of Latin-1 that no line is broken at */

/* "=3D": two digits, of which mail programs write only upper-case ones. */
static bool scan_escape(struct od_str *s, bool strict, char *ret)
{
	struct od_str rest = *s, digits;
	uint64_t byte;
	if (!od_scan_char(&rest, '=') || rest.len < 2)
		return false;
	digits = od_str_first(rest, 2);
	if (strict && (rest.ptr[0] >= 'a' || rest.ptr[1] >= 'a'))
		return false;
	if (!od_scan_hex(&digits, &byte) || digits.len)
		return false;
	*ret = (char)byte;
	*s = od_str_from_index(rest, 2);
	return true;
}

/* "r1=3D00CF10,": a register of microblaze, and no escape. */
static bool is_long_number(struct od_str s)
{
	size_t len = 0;
	while (len < s.len && od_is_hex(s.ptr[len]))
		len++;
	return len == 8 || len == 16;
}

static bool ends_line(struct od_str s)
{
	return !s.len || od_str_equal(s, OD_STR("="));
}

/* Whether the escape of `c`, behind which `rest` stands, is one that only quoted-printable text has. */
static bool is_sure(struct od_str digits, char c, struct od_str rest)
{
	if (c == '=')
		return !is_long_number(digits);
	if (c == ' ' || c == '\n' || c == '\r' || c == '\t')
		return ends_line(rest) || od_str_starts(rest, OD_STR("=0A"));
	if (c == NO_BREAK)
		return digits.ptr[0] == 'A' && (ends_line(rest) || rest.ptr[0] == ' ' || od_str_starts(rest, OD_STR("=A0")));
	return (unsigned char)c >= 0xc2 && od_str_starts(rest, OD_STR("="));
}

/* "=09BUG: …": who wraps mail as quoted-printable wrote a tab before a report's lines. */
static bool begins_with_tab(struct od_str line)
{
	return od_scan_literal(&line, "=09") && line.len && !od_is_digit(line.ptr[0]);
}

static struct od_str without_blanks_behind(struct od_str line)
{
	while (line.len && (od_is_blank(line.ptr[line.len - 1]) || line.ptr[line.len - 1] == '\r'))
		line.len--;
	return line;
}

/* What the '=' of a line say. */
static enum { NOT_QUOTED, MAY_BE_QUOTED, IS_QUOTED } judge(struct od_str line)
{
	bool sure = begins_with_tab(line);
	line = without_blanks_behind(line);
	struct od_str rest = line;

	for (ptrdiff_t at; (at = od_str_find_char(rest, '=')) >= 0;) {
		rest = od_str_from_index(rest, (size_t)at);
		struct od_str digits = od_str_from_index(rest, 1);
		char c;
		if (rest.len == 1)
			return sure || (line.len >= SOFT_FROM && od_str_find_char(line, ' ') >= 0) ? IS_QUOTED : MAY_BE_QUOTED;
		if (!scan_escape(&rest, true, &c) || ((unsigned char)c < ' ' && !strchr("\t\n\r", c)) || !c)
			return NOT_QUOTED;
		sure |= is_sure(digits, c, rest);
	}
	return sure ? IS_QUOTED : MAY_BE_QUOTED;
}

void od_quoted_guess(struct od_quoted *quoted, struct od_str line)
{
	int verdict = judge(line);
	if (verdict != MAY_BE_QUOTED)
		quoted->guessed = verdict == IS_QUOTED;
}

/* Of Latin-1, and no part of a character of UTF-8. */
static bool is_no_break(char c, struct od_str before)
{
	return c == NO_BREAK && !(before.len && (unsigned char)before.ptr[before.len - 1] >= 0x80);
}

static void put_decoded(struct od_quoted *quoted, struct od_str s)
{
	while (s.len) {
		char c = s.ptr[0];
		if (!scan_escape(&s, !quoted->declared, &c))
			s = od_str_from_index(s, 1);
		od_buf_put_char(&quoted->joined, is_no_break(c, od_buf_str(&quoted->joined)) ? ' ' : c);
	}
}

/* What stands behind the last line end of the text waits for its own; false: there is no line end. */
static bool keep_rest(struct od_quoted *quoted)
{
	struct od_str text = od_buf_str(&quoted->joined);
	ptrdiff_t at = od_str_find_last_char(text, '\n');
	if (at < 0)
		return false;
	od_buf_put(&quoted->rest, od_str_from_index(text, (size_t)at + 1));
	quoted->joined.len = (size_t)at;
	return true;
}

bool od_quoted_line(struct od_quoted *quoted, struct od_str *text, struct od_str *raw)
{
	struct od_str line = without_blanks_behind(*text);
	bool soft = od_str_ends(line, OD_STR("=")) && quoted->joined.len < OD_MESSAGE_LIMIT;

	if (quoted->soft) {
		od_buf_put_char(&quoted->joined_raw, '\n');
	} else {
		od_buf_clear(&quoted->joined);
		od_buf_clear(&quoted->joined_raw);
		od_buf_put(&quoted->joined, od_buf_str(&quoted->rest));
		od_buf_clear(&quoted->rest);
	}
	put_decoded(quoted, od_str_first(line, line.len - soft));
	od_buf_put(&quoted->joined_raw, *raw);
	quoted->soft = soft && !keep_rest(quoted);
	*text = od_buf_str(&quoted->joined);
	*raw = od_buf_str(&quoted->joined_raw);
	return !quoted->soft;
}

bool od_quoted_finish(struct od_quoted *quoted, struct od_str *text, struct od_str *raw)
{
	if (!quoted->soft && !quoted->rest.len)
		return false;
	*text = od_buf_str(quoted->soft ? &quoted->joined : &quoted->rest);
	*raw = od_buf_str(quoted->soft ? &quoted->joined_raw : &quoted->rest);
	quoted->soft = false;
	return true;
}

void od_quoted_deinit(struct od_quoted *quoted)
{
	od_buf_deinit(&quoted->joined);
	od_buf_deinit(&quoted->joined_raw);
	od_buf_deinit(&quoted->rest);
}
