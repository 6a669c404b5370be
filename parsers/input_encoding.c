// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * What mail and web pages do to text: quoted-printable (RFC 2045, section 6.7), the entities of HTML,
 * backslashes of Markdown before punctuation, blanks that do not break; and what loggers do to control characters:
 * "#012" of rsyslogd and sysklogd, "\x0a" of makedumpfile --dump-dmesg, vmcore-dmesg and crash.
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
	const char *entity;
	char c;
} entities[] = {{"&lt;", '<'}, {"&gt;", '>'}, {"&amp;", '&'}, {"&quot;", '"'}, {"&apos;", '\''},
		{"&nbsp;", ' '}, {"&#39;", '\''}, {"&#x27;", '\''}, {"&#x2F;", '/'}, {"&#160;", ' '}};

static bool scan_entity(struct od_str *s, char *ret)
{
	for (size_t i = 0; i < sizeof(entities) / sizeof(entities[0]); i++) {
		if (!od_scan_text(s, od_str_from(entities[i].entity)))
			continue;
		*ret = entities[i].c;
		return true;
	}
	return false;
}

/* "\<IRQ\>", "\_\_schedule", "\[#1\]": Markdown's escapes, but not the face that sparc draws: "\__U_/". */
static bool scan_backslash(struct od_str *s, char *ret)
{
	struct od_str rest = *s;
	if (!od_scan_char(&rest, '\\') || !rest.len || !strchr("<>_[]*`#~()+-.!", rest.ptr[0]) || !rest.ptr[0])
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

/* One character that stands for another one. */
static bool scan_odd(struct od_str *s, char *ret)
{
	size_t blank = odd_blank(*s);
	if (!blank)
		return scan_entity(s, ret) || scan_hex_control(s, ret) || scan_backslash(s, ret) || scan_octal_control(s, ret);
	*ret = ' ';
	*s = od_str_from_index(*s, blank);
	return true;
}

static bool has_odd(struct od_str s)
{
	if (!od_str_has_any(s, '&', '\\', '#') && !od_str_has_wide(s))
		return false;
	for (size_t i = 0; i < s.len; i++) {
		char c;
		struct od_str rest = od_str_from_index(s, i);
		if ((s.ptr[i] == '&' || s.ptr[i] == '\\' || s.ptr[i] == '#' || (unsigned char)s.ptr[i] >= 0xc2) &&
		    scan_odd(&rest, &c))
			return true;
	}
	return false;
}

static struct od_str replace_odd(struct od_buf *scratch, struct od_str s)
{
	od_buf_clear(scratch);
	while (s.len) {
		char c = s.ptr[0];
		if (!scan_odd(&s, &c))
			s = od_str_from_index(s, 1);
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
	encoding->quoted_printable = starts_without_case(value, "quoted-printable");
}

/* "=3D" */
static bool scan_quoted(struct od_str *s, char *ret)
{
	struct od_str rest = *s, digits;
	uint64_t byte;
	if (!od_scan_char(&rest, '=') || rest.len < 2)
		return false;
	digits = od_str_first(rest, 2);
	if (!od_scan_hex(&digits, &byte) || digits.len)
		return false;
	*ret = (char)byte;
	*s = od_str_from_index(rest, 2);
	return true;
}

static void put_quoted(struct od_buf *out, struct od_str s)
{
	while (s.len) {
		char c = s.ptr[0];
		if (!scan_quoted(&s, &c))
			s = od_str_from_index(s, 1);
		od_buf_put_char(out, c);
	}
}

/* False: a soft break ends the line, the next one goes on. */
static bool take_quoted_printable(struct od_encoding *encoding, struct od_str *text, struct od_str *raw)
{
	struct od_str line = od_str_trim(*text).len ? *text : (struct od_str){0};

	while (line.len && (od_is_blank(line.ptr[line.len - 1]) || line.ptr[line.len - 1] == '\r'))
		line.len--;
	bool soft = od_str_ends(line, OD_STR("=")) && encoding->joined.len < OD_MESSAGE_LIMIT;
	if (!encoding->soft) {
		od_buf_clear(&encoding->joined);
		od_buf_clear(&encoding->joined_raw);
	} else {
		od_buf_put_char(&encoding->joined_raw, '\n');
	}
	put_quoted(&encoding->joined, od_str_first(line, line.len - soft));
	od_buf_put(&encoding->joined_raw, *raw);
	encoding->soft = soft;
	*text = od_buf_str(&encoding->joined);
	*raw = od_buf_str(&encoding->joined_raw);
	return !soft;
}

bool od_encoding_line(struct od_encoding *encoding, struct od_str *text, struct od_str *raw)
{
	note_header(encoding, *text);
	if (encoding->quoted_printable && !take_quoted_printable(encoding, text, raw))
		return false;
	if (has_odd(*text))
		*text = replace_odd(&encoding->scratch, *text);
	return true;
}

void od_encoding_deinit(struct od_encoding *encoding)
{
	od_buf_deinit(&encoding->joined);
	od_buf_deinit(&encoding->joined_raw);
	od_buf_deinit(&encoding->scratch);
}
