// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Line ends that were written as "\n": a log in one string of Python's repr(), of YAML, of a database or a bug tracker. A
 * line is one when it holds several, or one before a printk time or behind one at its end; C source that prints a message holds fewer.
 */
#include "parsers/containers.h"

enum { BREAKS_FROM = 3 };

/* "\n", "\r\n", and "\\n" of a string in a string. */
static bool scan_break(struct od_str *s)
{
	struct od_str rest = *s;
	while (od_scan_literal(&rest, "\\r") || od_scan_literal(&rest, "\\\\r"))
		;
	if (!od_scan_literal(&rest, "\\n") && !od_scan_literal(&rest, "\\\\n"))
		return false;
	*s = rest;
	return true;
}

/* What closes a string, with what stands around it. */
static const char closing[] = "\"'}]),; ";

static bool ends_string(struct od_str s)
{
	while (s.len && strchr(closing, s.ptr[0]))
		s = od_str_from_index(s, 1);
	return !s.len;
}

bool od_literal_has_breaks(struct od_str text)
{
	unsigned count = 0;
	bool timed = od_record_begins_with_time(text) || od_record_find_inner(text) >= 0;
	for (ptrdiff_t at; (at = od_str_find_char(text, '\\')) >= 0;) {
		text = od_str_from_index(text, (size_t)at);
		if (!scan_break(&text)) {
			text = od_str_from_index(text, 1);
			continue;
		}
		if (++count >= BREAKS_FROM || od_record_begins_with_time(text) || (timed && ends_string(text)))
			return true;
	}
	return false;
}

/* "', '": where a list of strings goes on behind a line end. */
static void skip_seam(struct od_str *s)
{
	struct od_str rest = *s;
	if (!od_scan_char(&rest, '\'') && !od_scan_char(&rest, '"'))
		return;
	while (od_scan_char(&rest, ',') || od_scan_char(&rest, '+') || od_scan_blanks(&rest))
		;
	if (!od_scan_char(&rest, '\'') && !od_scan_char(&rest, '"') && rest.len && !strchr("])}", rest.ptr[0]))
		return;
	*s = rest;
}

static bool scan_character(struct od_str *s, char *ret)
{
	static const struct {
		struct od_str text;
		char c;
	} rows[] = {
		{OD_STR("\\t"), '\t'}, {OD_STR("\\\\t"), '\t'}, {OD_STR("\\\""), '"'}, {OD_STR("\\\\\""), '"'}, {OD_STR("\\'"), '\''},
		{OD_STR("\\/"), '/'}, {OD_STR("\\u003c"), '<'}, {OD_STR("\\u003e"), '>'}, {OD_STR("\\u0026"), '&'},
		{OD_STR("\\u003C"), '<'}, {OD_STR("\\u003E"), '>'},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (!od_scan_text(s, rows[i].text))
			continue;
		*ret = rows[i].c;
		return true;
	}
	return false;
}

/* Whether the string begins here: at a quotation mark behind what assigns it, `log = "`, `"log": "`, `(b'`. */
static bool opens_string(struct od_buf *out, char c)
{
	struct od_str before = od_str_trim(od_buf_str(out));
	if (c != '"' && c != '\'')
		return false;
	if (od_str_ends(before, OD_STR("b")))
		before = od_str_trim(od_str_first(before, before.len - 1));
	return !before.len || strchr("=:([{,", before.ptr[before.len - 1]);
}

/* Without the quotation mark that ends the string, and the brackets behind it. */
static struct od_str without_end(struct od_str text)
{
	struct od_str rest = text;
	while (rest.len && strchr(closing, rest.ptr[rest.len - 1])) {
		char c = rest.ptr[--rest.len];
		if (c == '"' || c == '\'')
			text = rest;
	}
	return text;
}

struct od_str od_literal_expand(struct od_buf *out, struct od_str text)
{
	bool broken = false;
	od_buf_clear(out);
	while (text.len) {
		char c = text.ptr[0];
		if (scan_break(&text)) {
			c = '\n';
			broken = true;
			skip_seam(&text);
		} else {
			if (!scan_character(&text, &c))
				text = od_str_from_index(text, 1);
			if (!broken && opens_string(out, c))
				c = '\n';
		}
		od_buf_put_char(out, c);
	}
	struct od_str plain = without_end(od_buf_str(out));
	while (od_str_ends(plain, OD_STR("\n")))
		plain.len--;
	return plain;
}
