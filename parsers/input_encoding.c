// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * What mail and web pages do to text: quoted-printable (input_quoted.c), tags (input_html.c) and entities of HTML, line ends
 * as "\n" (input_literal.c), backslashes of Markdown before punctuation, blanks that do not break; and what loggers do to
 * control characters: "#012" of rsyslogd and sysklogd, "\x0a" of makedumpfile --dump-dmesg, vmcore-dmesg and crash.
 */
#include "parsers/containers.h"

/* Whether the bytes at the front of s are UTF-8's no-break space, or another blank of the same look. */
static size_t odd_blank(struct od_str s)
{
	static const char *const blanks[] = {"\xc2\xa0", "\xe2\x80\xaf", "\xe2\x80\x87", "\xef\xbb\xbf", NULL};
	for (size_t i = 0; blanks[i]; i++)
		if (od_str_starts(s, od_str_from(blanks[i])))
			return strlen(blanks[i]);
	return 0;
}

static const struct {
	struct od_str name; /* without the '&' */
	char c;
} entities[] = {{OD_STR("lt;"), '<'}, {OD_STR("gt;"), '>'}, {OD_STR("amp;"), '&'}, {OD_STR("quot;"), '"'}, {OD_STR("apos;"), '\''},
		{OD_STR("nbsp;"), ' '}, {OD_STR("lsqb;"), '['}, {OD_STR("rsqb;"), ']'}, {OD_STR("num;"), '#'}};

/* "#39;", "#x27;": a character of ASCII, or the blank that does not break, by its number. */
static bool scan_numeric_entity(struct od_str *s, char *ret)
{
	struct od_str rest = *s;
	uint64_t code;
	if (!od_scan_char(&rest, '#'))
		return false;
	bool hex = od_scan_char(&rest, 'x') || od_scan_char(&rest, 'X');
	if (!(hex ? od_scan_hex(&rest, &code) : od_scan_u64(&rest, &code)) || !od_scan_char(&rest, ';'))
		return false;
	if (code != 160 && code != '\t' && code != '\n' && (code < ' ' || code > '~'))
		return false;
	*ret = code == 160 ? ' ' : (char)code;
	*s = rest;
	return true;
}

static bool scan_entity_name(struct od_str *s, char *ret)
{
	for (size_t i = 0; i < sizeof(entities) / sizeof(entities[0]); i++) {
		if (!od_scan_text(s, entities[i].name))
			continue;
		*ret = entities[i].c;
		return true;
	}
	return scan_numeric_entity(s, ret);
}

/* "&lt;", and "&amp;lt;" of a page that was escaped twice. */
static bool scan_entity(struct od_str *s, char *ret)
{
	struct od_str rest = *s;
	if (!od_scan_char(&rest, '&') || !scan_entity_name(&rest, ret))
		return false;
	while (*ret == '&' && scan_entity_name(&rest, ret))
		;
	*s = rest;
	return true;
}

/* "\<IRQ\>", "\_\_schedule", "\[#1\]": Markdown's escapes, but not the face that sparc draws: "\__U_/". */
static bool scan_backslash(struct od_str *s, char *ret)
{
	struct od_str rest = *s;
	if (!od_scan_char(&rest, '\\') || !rest.len || !strchr("<>_[]*`#~()+-.!/", rest.ptr[0]) || !rest.ptr[0])
		return false;
	if (rest.ptr[0] == '_' && (rest.len < 2 || rest.ptr[1] == '_' || rest.ptr[1] == '/'))
		return false;
	*ret = rest.ptr[0];
	*s = od_str_from_index(rest, 1);
	return true;
}

/* "\x0a", "\x09": a control character in hexadecimal. */
static bool scan_hex_control(struct od_str *s, char *ret)
{
	struct od_str rest = *s, digits;
	uint64_t byte;
	if (!od_scan_literal(&rest, "\\x") || rest.len < 2)
		return false;
	digits = od_str_first(rest, 2);
	if (!od_scan_hex(&digits, &byte) || digits.len || !byte || byte >= ' ')
		return false;
	*ret = (char)byte;
	*s = od_str_from_index(rest, 2);
	return true;
}

/* "#012", "#011": the same in octal, of a line feed and a tab; other numbers are text ("kfence-#013"). */
static bool scan_octal_control(struct od_str *s, char *ret)
{
	if (od_str_starts(*s, OD_STR("#012")))
		*ret = '\n';
	else if (od_str_starts(*s, OD_STR("#011")))
		*ret = '\t';
	else
		return false;
	*s = od_str_from_index(*s, 4);
	return true;
}

/* "0\u00d783": blogs take the x between digits for a sign of multiplication. */
static bool scan_times(struct od_str *s, char *ret)
{
	struct od_str rest = *s;
	if (!od_scan_literal(&rest, "\xc3\x97") || !rest.len || !od_is_hex(rest.ptr[0]))
		return false;
	*ret = 'x';
	*s = rest;
	return true;
}

/*
 * "\u00a2 1851.721128! Oops: 0004 ilc:3 \u00a2#1!": terminals of s390 that take one code page of EBCDIC for another (1047, 037)
 * show brackets so. The one that closes is an exclamation mark.
 */
static bool scan_cent(struct od_str *s)
{
	struct od_str rest = *s, inside;
	if (!od_scan_literal(&rest, "\xc2\xa2") || !od_scan_until(&rest, '!', &inside))
		return false;
	od_scan_blanks(&inside);
	if (!inside.len || !(od_is_digit(inside.ptr[0]) || inside.ptr[0] == '<' || inside.ptr[0] == '#'))
		return false;
	*s = od_str_from_index(*s, 2);
	return true;
}

/* One character that stands for another one. */
static bool scan_odd(struct od_str *s, char *ret)
{
	size_t blank = odd_blank(*s);
	if (!blank)
		return scan_entity(s, ret) || scan_hex_control(s, ret) || scan_backslash(s, ret) || scan_octal_control(s, ret) ||
		       scan_times(s, ret);
	*ret = ' ';
	*s = od_str_from_index(*s, blank);
	return true;
}

/* Which of the bytes occur that may begin an encoding. */
enum {
	HAS_ODD = 1,	/* '&', '\', '#', or one beyond ASCII */
	HAS_TAG = 2,	/* '<' */
	HAS_EQUALS = 4,
	HAS_CONTROL = 8, /* a line end, an escape, a NUL */
};

static bool is_odd(char c)
{
	return c == '&' || c == '\\' || c == '#' || (unsigned char)c >= 0x80;
}

/* Whether one of them may occur: most lines have none. '"' and the apostrophe are taken for '#' and '&'; bytes beyond ASCII are negative. */
static bool may_have(struct od_str s)
{
	typedef signed char block __attribute__((vector_size(16)));
	typedef uint64_t halves __attribute__((vector_size(16)));
	block bytes, seen = {0};
	size_t i = 0;

	if (s.len < sizeof(bytes))
		return true;
	for (;;) {
		memcpy(&bytes, s.ptr + i, sizeof(bytes));
		seen |= (block)(((bytes | 5) == '\'') | (bytes == '\\') | ((bytes | 1) == '=') | (bytes < ' '));
		if (i + sizeof(bytes) == s.len)
			break;
		i = i + 2 * sizeof(bytes) <= s.len ? i + sizeof(bytes) : s.len - sizeof(bytes);
	}
	return ((halves)seen)[0] | ((halves)seen)[1];
}

/* Of "[#1]", "#PF" and "#1 SMP" none is meant. */
static bool has_octal(struct od_str s)
{
	for (ptrdiff_t at; (at = od_str_find_char(s, '#')) >= 0;) {
		s = od_str_from_index(s, (size_t)at + 1);
		if (od_str_starts(s, OD_STR("01")))
			return true;
	}
	return false;
}

static unsigned classes_of(struct od_str s)
{
	unsigned ret = 0;
	if (!may_have(s))
		return 0;
	if (od_str_has_any(s, '&', '\\', '\\') || od_str_has_wide(s) || has_octal(s))
		ret |= HAS_ODD;
	if (od_str_find_char(s, '<') >= 0)
		ret |= HAS_TAG;
	if (od_str_find_char(s, '=') >= 0)
		ret |= HAS_EQUALS;
	if (od_str_has_any(s, '\r', '\x1b', '\0') || od_str_find_char(s, '\n') >= 0)
		ret |= HAS_CONTROL;
	return ret;
}

static bool has_odd(struct od_str s)
{
	for (size_t i = 0; i < s.len; i++) {
		char c;
		struct od_str rest = od_str_from_index(s, i);
		if (is_odd(s.ptr[i]) && (scan_odd(&rest, &c) || scan_cent(&rest)))
			return true;
	}
	return false;
}

static struct od_str replace_odd(struct od_buf *scratch, struct od_str s)
{
	bool open = false; /* a cent sign, which an exclamation mark will close */

	od_buf_clear(scratch);
	while (s.len) {
		char c = s.ptr[0];
		if (scan_cent(&s)) {
			c = '[';
			open = true;
		} else if (open && c == '!') {
			c = ']';
			open = false;
			s = od_str_from_index(s, 1);
		} else if (!scan_odd(&s, &c)) {
			s = od_str_from_index(s, 1);
		}
		od_buf_put_char(scratch, c);
	}
	return od_buf_str(scratch);
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool starts_without_case(struct od_str s, const char *text)
{
	size_t i = 0;
	while (text[i] && i < s.len && lower(s.ptr[i]) == text[i])
		i++;
	return !text[i];
}

/* "Content-Transfer-Encoding: quoted-printable": holds until the next such header. */
static void note_header(struct od_encoding *encoding, struct od_str text)
{
	static const char name[] = "content-transfer-encoding:";
	if (!starts_without_case(text, name))
		return;
	struct od_str value = od_str_trim(od_str_from_index(text, sizeof(name) - 1));
	encoding->quoted.declared = starts_without_case(value, "quoted-printable");
	encoding->quoted.guessed = false;
}

/* What is no matter of several lines. */
static struct od_str decode(struct od_encoding *encoding, struct od_str text, unsigned classes)
{
	if ((classes & HAS_ODD) && od_literal_has_breaks(text)) {
		text = od_literal_expand(&encoding->literal, text);
		classes = classes_of(text);
	}
	if ((classes & HAS_TAG) && od_html_has_tag(text))
		text = od_html_strip(&encoding->html, text);
	if ((classes & HAS_ODD) && has_odd(text))
		text = replace_odd(&encoding->scratch, text);
	return text;
}

bool od_encoding_line(struct od_encoding *encoding, struct od_str *text, struct od_str *raw)
{
	struct od_quoted *quoted = &encoding->quoted;

	while (text->len && text->ptr[text->len - 1] == '\r')
		text->len--;
	unsigned classes = classes_of(*text);
	note_header(encoding, *text);
	if ((classes & HAS_EQUALS) && !quoted->declared)
		od_quoted_guess(quoted, *text);
	if (!od_quoted_is_idle(quoted)) {
		if (!od_quoted_line(quoted, text, raw))
			return false;
		classes = classes_of(*text);
	}
	encoding->plain = !(classes & (HAS_CONTROL | HAS_ODD | HAS_TAG));
	if (classes & (HAS_ODD | HAS_TAG))
		*text = decode(encoding, *text, classes);
	if (text->len >= OD_LOST_FROM && od_lost_has_report(*text)) {
		*text = od_lost_break(&encoding->lost, *text);
		encoding->plain = false;
	}
	return true;
}

bool od_encoding_finish(struct od_encoding *encoding, struct od_str *text, struct od_str *raw)
{
	if (!od_quoted_finish(&encoding->quoted, text, raw))
		return false;
	*text = decode(encoding, *text, classes_of(*text));
	encoding->plain = false;
	return true;
}

void od_encoding_deinit(struct od_encoding *encoding)
{
	od_quoted_deinit(&encoding->quoted);
	od_buf_deinit(&encoding->literal);
	od_buf_deinit(&encoding->html);
	od_buf_deinit(&encoding->scratch);
	od_buf_deinit(&encoding->lost);
}
