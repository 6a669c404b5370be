// SPDX-License-Identifier: GPL-3.0-or-later
/* Whether a text is JSON (RFC 8259): what a renderer wrote must be, whatever it was given. */
#ifndef OD_TESTS_FUZZ_JSON_H
#define OD_TESTS_FUZZ_JSON_H

#include <stdbool.h>
#include <string.h>

#include "core/str.h"

enum { FUZZ_JSON_DEPTH = 64 };

static inline void fuzz_json_blanks(struct od_str *s)
{
	while (s->len && memchr(" \t\r\n", s->ptr[0], 4))
		*s = od_str_from_index(*s, 1);
}

static inline bool fuzz_json_is_digit(unsigned char c, bool hex)
{
	return (c >= '0' && c <= '9') || (hex && ((c | 0x20) >= 'a' && (c | 0x20) <= 'f'));
}

/* UTF-8 without overlong forms and surrogates; *s begins with a byte above 0x7f. */
static inline bool fuzz_json_utf8(struct od_str *s)
{
	unsigned char first = (unsigned char)s->ptr[0];
	size_t more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : 1;
	uint32_t code = first & (0x3fu >> more);

	if (first < 0xc2 || first > 0xf4 || s->len <= more)
		return false;
	for (size_t i = 1; i <= more; i++) {
		if (((unsigned char)s->ptr[i] & 0xc0) != 0x80)
			return false;
		code = code << 6 | ((unsigned char)s->ptr[i] & 0x3f);
	}
	*s = od_str_from_index(*s, more + 1);
	static const uint32_t least[] = {0, 0x80, 0x800, 0x10000};
	return code >= least[more] && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
}

static inline bool fuzz_json_escape(struct od_str *s)
{
	if (s->len < 2)
		return false;
	if (s->ptr[1] != 'u') {
		bool known = memchr("\"\\/bfnrt", s->ptr[1], 8);
		*s = od_str_from_index(*s, 2);
		return known;
	}
	if (s->len < 6)
		return false;
	for (size_t i = 2; i < 6; i++)
		if (!fuzz_json_is_digit((unsigned char)s->ptr[i], true))
			return false;
	*s = od_str_from_index(*s, 6);
	return true;
}

static inline bool fuzz_json_string(struct od_str *s)
{
	if (!s->len || s->ptr[0] != '"')
		return false;
	*s = od_str_from_index(*s, 1);
	while (s->len) {
		unsigned char c = (unsigned char)s->ptr[0];
		if (c == '"') {
			*s = od_str_from_index(*s, 1);
			return true;
		}
		if (c == '\\' ? !fuzz_json_escape(s) : c > 0x7f ? !fuzz_json_utf8(s) : c < 0x20)
			return false;
		if (c != '\\' && c < 0x80)
			*s = od_str_from_index(*s, 1);
	}
	return false;
}

static inline bool fuzz_json_scalar(struct od_str *s)
{
	static const char *const words[] = {"true", "false", "null"};
	size_t len = 0;

	for (size_t i = 0; i < 3; i++)
		if (od_scan_text(s, od_str_from(words[i])))
			return true;
	while (len < s->len && (fuzz_json_is_digit((unsigned char)s->ptr[len], false) || memchr("+-.eE", s->ptr[len], 5)))
		len++;
	*s = od_str_from_index(*s, len);
	return len > 0;
}

static inline bool fuzz_json_value(struct od_str *s, unsigned depth);

/* Behind the opening bracket. */
static inline bool fuzz_json_members(struct od_str *s, char close, unsigned depth)
{
	fuzz_json_blanks(s);
	if (od_scan_char(s, close))
		return true;
	do {
		fuzz_json_blanks(s);
		if (close == '}') {
			if (!fuzz_json_string(s))
				return false;
			fuzz_json_blanks(s);
			if (!od_scan_char(s, ':'))
				return false;
		}
		if (!fuzz_json_value(s, depth + 1))
			return false;
		fuzz_json_blanks(s);
	} while (od_scan_char(s, ','));
	return od_scan_char(s, close);
}

static inline bool fuzz_json_value(struct od_str *s, unsigned depth)
{
	fuzz_json_blanks(s);
	if (!s->len || depth > FUZZ_JSON_DEPTH)
		return false;
	if (s->ptr[0] == '"')
		return fuzz_json_string(s);
	if (od_scan_char(s, '{'))
		return fuzz_json_members(s, '}', depth);
	if (od_scan_char(s, '['))
		return fuzz_json_members(s, ']', depth);
	return fuzz_json_scalar(s);
}

static inline bool fuzz_is_json(struct od_str text)
{
	bool good = fuzz_json_value(&text, 0);

	fuzz_json_blanks(&text);
	return good && !text.len;
}

#endif
