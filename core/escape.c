// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/escape.h"

/*
 * Length of the valid UTF-8 sequence at the front of s and its code point, or 0
 * (overlong forms, surrogates and values above U+10FFFF are invalid: RFC 3629).
 */
static size_t utf8_sequence(struct od_str s, uint32_t *code)
{
	const unsigned char *p = (const unsigned char *)s.ptr;
	size_t len = p[0] < 0x80 ? 1 : p[0] >= 0xc2 && p[0] < 0xe0 ? 2 : (p[0] & 0xf0) == 0xe0 ? 3
		     : p[0] >= 0xf0 && p[0] < 0xf5 ? 4 : 0;
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};

	if (!len || len > s.len)
		return 0;
	uint32_t value = len == 1 ? p[0] : p[0] & (0xffu >> (len + 1));
	for (size_t i = 1; i < len; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return 0;
		value = value << 6 | (p[i] & 0x3f);
	}
	if (value < least[len] || (value >= 0xd800 && value <= 0xdfff) || value > 0x10ffff)
		return 0;
	*code = value;
	return len;
}

static bool is_bidi_control(uint32_t code)
{
	return (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
}

static bool is_plain(unsigned char c)
{
	return c >= 0x20 && c < 0x7f;
}

static size_t plain_run(struct od_str s, bool (*plain)(unsigned char))
{
	size_t n = 0;
	while (n < s.len && plain((unsigned char)s.ptr[n]))
		n++;
	return n;
}

static void terminal_char(struct od_buf *out, struct od_str seq, uint32_t code)
{
	if (code == '\t')
		od_buf_put_char(out, ' ');
	else if (code < 0x20 || (code >= 0x7f && code < 0xa0))
		od_buf_printf(out, "\\x%02x", code);
	else if (is_bidi_control(code))
		od_buf_printf(out, "\\u%04x", code);
	else
		od_buf_put(out, seq);
}

static void terminal_byte(struct od_buf *out, unsigned char byte)
{
	od_buf_printf(out, "\\x%02x", byte);
}

/* What a form of escaping does with text: bytes that pass, characters that may not, bytes that are no UTF-8. */
struct form {
	bool (*is_plain)(unsigned char byte);
	void (*put_char)(struct od_buf *out, struct od_str sequence, uint32_t code);
	void (*put_byte)(struct od_buf *out, unsigned char byte);
};

static void escape(struct od_buf *out, struct od_str text, const struct form *form)
{
	while (text.len) {
		size_t run = plain_run(text, form->is_plain);
		od_buf_put(out, od_str_first(text, run));
		text = od_str_from_index(text, run);
		if (!text.len)
			return;
		uint32_t code = 0;
		size_t len = utf8_sequence(text, &code);
		if (len)
			form->put_char(out, od_str_first(text, len), code);
		else
			form->put_byte(out, (unsigned char)text.ptr[0]);
		text = od_str_from_index(text, len ? len : 1);
	}
}

void od_escape_terminal(struct od_buf *out, struct od_str text)
{
	static const struct form form = {is_plain, terminal_char, terminal_byte};
	escape(out, text, &form);
}

size_t od_escape_terminal_width(struct od_str text)
{
	size_t width = 0;
	while (text.len) {
		uint32_t code = 0;
		size_t len = utf8_sequence(text, &code);
		if (!len || (code != '\t' && (code < 0x20 || (code >= 0x7f && code < 0xa0))))
			width += 4;
		else
			width += is_bidi_control(code) ? 6 : 1;
		text = od_str_from_index(text, len ? len : 1);
	}
	return width;
}

static bool is_plain_json(unsigned char c)
{
	return is_plain(c) && c != '"' && c != '\\';
}

static void json_char(struct od_buf *out, struct od_str seq, uint32_t code)
{
	switch (code) {
	case '"': od_buf_put_string(out, "\\\""); return;
	case '\\': od_buf_put_string(out, "\\\\"); return;
	case '\n': od_buf_put_string(out, "\\n"); return;
	case '\r': od_buf_put_string(out, "\\r"); return;
	case '\t': od_buf_put_string(out, "\\t"); return;
	}
	if (code < 0x20 || (code >= 0x7f && code < 0xa0) || is_bidi_control(code))
		od_buf_printf(out, "\\u%04x", code);
	else
		od_buf_put(out, seq);
}

static void json_byte(struct od_buf *out, unsigned char byte)
{
	(void)byte;
	od_buf_put_string(out, "\xef\xbf\xbd");
}

void od_escape_json(struct od_buf *out, struct od_str text)
{
	static const struct form form = {is_plain_json, json_char, json_byte};
	escape(out, text, &form);
}

static bool is_plain_html(unsigned char c)
{
	return is_plain(c) && !strchr("&<>\"'", c);
}

static void html_char(struct od_buf *out, struct od_str seq, uint32_t code)
{
	switch (code) {
	case '&': od_buf_put_string(out, "&amp;"); return;
	case '<': od_buf_put_string(out, "&lt;"); return;
	case '>': od_buf_put_string(out, "&gt;"); return;
	case '"': od_buf_put_string(out, "&quot;"); return;
	case '\'': od_buf_put_string(out, "&#39;"); return;
	case '\n': od_buf_put_char(out, '\n'); return;
	}
	terminal_char(out, seq, code);
}

void od_escape_html(struct od_buf *out, struct od_str text)
{
	static const struct form form = {is_plain_html, html_char, terminal_byte};
	escape(out, text, &form);
}

void od_escape_dmesg(struct od_buf *out, struct od_str text)
{
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];
		if ((c >= 0x20 && c < 0x7f) || (c >= '\t' && c <= '\r'))
			od_buf_put_char(out, (char)c);
		else
			od_buf_printf(out, "\\x%02x", c);
	}
}
