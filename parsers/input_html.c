// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Tags of HTML in a text that was saved or copied as a page's source (HTML Living Standard, section 4): those that end a line
 * are a line end, the others are nothing. The kernel's own "<TASK>", "<IRQ>", "<b8>", "<4>" are no tags, nor are
 * "<dd>" and other elements that a byte of code looks like.
 */
#include "parsers/containers.h"

static const struct {
	struct od_str name;
	bool line; /* begins and ends one */
} elements[] = {
	{OD_STR("br"), true}, {OD_STR("pre"), true}, {OD_STR("p"), true}, {OD_STR("div"), true}, {OD_STR("tr"), true},
	{OD_STR("td"), true}, {OD_STR("th"), true}, {OD_STR("li"), true}, {OD_STR("ul"), true}, {OD_STR("ol"), true},
	{OD_STR("table"), true}, {OD_STR("tbody"), true}, {OD_STR("thead"), true}, {OD_STR("blockquote"), true},
	{OD_STR("html"), true}, {OD_STR("head"), true}, {OD_STR("body"), true}, {OD_STR("title"), true},
	{OD_STR("h1"), true}, {OD_STR("h2"), true}, {OD_STR("h3"), true}, {OD_STR("h4"), true}, {OD_STR("hr"), true},
	{OD_STR("section"), true}, {OD_STR("article"), true}, {OD_STR("details"), true}, {OD_STR("summary"), true},
	{OD_STR("textarea"), true}, {OD_STR("code"), false}, {OD_STR("span"), false}, {OD_STR("font"), false},
	{OD_STR("a"), false}, {OD_STR("b"), false}, {OD_STR("i"), false}, {OD_STR("u"), false}, {OD_STR("tt"), false},
	{OD_STR("em"), false}, {OD_STR("strong"), false}, {OD_STR("small"), false}, {OD_STR("samp"), false},
	{OD_STR("kbd"), false}, {OD_STR("mark"), false}, {OD_STR("ins"), false}, {OD_STR("wbr"), false},
};

static bool is_same_name(struct od_str name, struct od_str written)
{
	if (name.len != written.len)
		return false;
	for (size_t i = 0; i < name.len; i++)
		if (name.ptr[i] != (written.ptr[i] | (written.ptr[i] >= 'A' ? 0x20 : 0)))
			return false;
	return true;
}

static bool is_letter(char c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

/* "<br>", "</div>", "<span class="x">", "<br />": a whole tag, of an element that logs are shown in. */
static bool scan_tag(struct od_str *s, bool *ret_line)
{
	struct od_str rest = *s, inside;
	size_t len = 0;
	if (rest.len < 3 || (rest.ptr[1] != '/' && !is_letter(rest.ptr[1])) || !od_scan_char(&rest, '<'))
		return false;
	(void)od_scan_char(&rest, '/');
	if (!rest.len || !is_letter(rest.ptr[0]) || !od_scan_until(&rest, '>', &inside))
		return false;
	while (len < inside.len && (is_letter(inside.ptr[len]) || od_is_digit(inside.ptr[len])))
		len++;
	if (len < inside.len && inside.ptr[len] != ' ' && inside.ptr[len] != '/')
		return false;
	for (size_t i = 0; i < sizeof(elements) / sizeof(elements[0]); i++) {
		if (!is_same_name(elements[i].name, od_str_first(inside, len)))
			continue;
		*ret_line = elements[i].line;
		*s = od_str_from_index(rest, 1);
		return true;
	}
	return false;
}

bool od_html_has_tag(struct od_str text)
{
	bool line;
	for (ptrdiff_t at; (at = od_str_find_char(text, '<')) >= 0; text = od_str_from_index(text, 1)) {
		text = od_str_from_index(text, (size_t)at);
		struct od_str rest = text;
		if (scan_tag(&rest, &line))
			return true;
	}
	return false;
}

struct od_str od_html_strip(struct od_buf *out, struct od_str text)
{
	od_buf_clear(out);
	while (text.len) {
		bool line;
		if (!scan_tag(&text, &line)) {
			od_buf_put_char(out, text.ptr[0]);
			text = od_str_from_index(text, 1);
		} else if (line && out->len && out->data[out->len - 1] != '\n') {
			od_buf_put_char(out, '\n');
		}
	}
	struct od_str plain = od_buf_str(out);
	while (od_str_ends(plain, OD_STR("\n")))
		plain.len--;
	return plain;
}
