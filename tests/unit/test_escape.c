// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/test.h"

#include "core/escape.h"

struct row {
	struct od_str text;
	const char *terminal, *json;
	size_t width;
};

static const struct row rows[] = {
	{OD_STR(""), "", "", 0},
	{OD_STR("plain text"), "plain text", "plain text", 10},
	{OD_STR("a\tb"), "a b", "a\\tb", 3},
	{OD_STR("a\nb\rc"), "a\\x0ab\\x0dc", "a\\nb\\rc", 11},
	{OD_STR("say \"hi\" c:\\"), "say \"hi\" c:\\", "say \\\"hi\\\" c:\\\\", 12},
	{OD_STR("\033[31mred\033[0m"), "\\x1b[31mred\\x1b[0m", "\\u001b[31mred\\u001b[0m", 18},
	{OD_STR("nul\0bel\a"), "nul\\x00bel\\x07", "nul\\u0000bel\\u0007", 14},
	{OD_STR("\x7f"), "\\x7f", "\\u007f", 4},
	/* U+009B is CSI in one character: an escape of eight-bit terminals */
	{OD_STR("\xc2\x9b" "31m"), "\\x9b31m", "\\u009b" "31m", 7},
	{OD_STR("\x9b" "31m"), "\\x9b31m", "\xef\xbf\xbd" "31m", 7},
	{OD_STR("gr\xc3\xbc\xc3\x9f"), "gr\xc3\xbc\xc3\x9f", "gr\xc3\xbc\xc3\x9f", 4},
	{OD_STR("\xe2\x9c\x93\xf0\x9f\x90\xa7"), "\xe2\x9c\x93\xf0\x9f\x90\xa7", "\xe2\x9c\x93\xf0\x9f\x90\xa7", 2},
	/* bidirectional override and isolate: they could reorder what is read */
	{OD_STR("\xe2\x80\xae" "x\xe2\x81\xa6"), "\\u202ex\\u2066", "\\u202ex\\u2066", 13},
	/* invalid UTF-8: lone, cut, overlong, surrogate, above U+10FFFF */
	{OD_STR("\xff"), "\\xff", "\xef\xbf\xbd", 4},
	{OD_STR("a\xc3"), "a\\xc3", "a\xef\xbf\xbd", 5},
	{OD_STR("\xe2\x9c"), "\\xe2\\x9c", "\xef\xbf\xbd\xef\xbf\xbd", 8},
	{OD_STR("\xc0\xaf"), "\\xc0\\xaf", "\xef\xbf\xbd\xef\xbf\xbd", 8},
	{OD_STR("\xed\xa0\x80"), "\\xed\\xa0\\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd", 12},
	{OD_STR("\xf4\x90\x80\x80"), "\\xf4\\x90\\x80\\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd", 16},
};

static void terminal_rows(void **state)
{
	struct od_buf buf = {0};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		od_buf_clear(&buf);
		od_escape_terminal(&buf, rows[i].text);
		assert_str(od_buf_str(&buf), rows[i].terminal);
		assert_int_equal(od_escape_terminal_width(rows[i].text), rows[i].width);
	}
	od_buf_deinit(&buf);
}

static void json_rows(void **state)
{
	struct od_buf buf = {0};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		od_buf_clear(&buf);
		od_escape_json(&buf, rows[i].text);
		assert_str(od_buf_str(&buf), rows[i].json);
	}
	od_buf_deinit(&buf);
}

static void html_rows(void **state)
{
	static const struct {
		struct od_str text;
		const char *html;
	} pages[] = {
		{OD_STR(""), ""},
		{OD_STR("plain text"), "plain text"},
		{OD_STR("<b a=\"x\" c='y'>&lt;"), "&lt;b a=&quot;x&quot; c=&#39;y&#39;&gt;&amp;lt;"},
		{OD_STR("two\nlines\r"), "two\nlines\\x0d"},
		{OD_STR("nul\0bel\a"), "nul\\x00bel\\x07"},
		{OD_STR("gr\xc3\xbc\xc3\x9f"), "gr\xc3\xbc\xc3\x9f"},
		{OD_STR("\xe2\x80\xae" "x"), "\\u202ex"},
		{OD_STR("a\xc3<"), "a\\xc3&lt;"},
	};
	struct od_buf buf = {0};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(pages); i++) {
		od_buf_clear(&buf);
		od_escape_html(&buf, pages[i].text);
		assert_str(od_buf_str(&buf), pages[i].html);
	}
	od_buf_deinit(&buf);
}

/* Whatever the bytes are: no control reaches the terminal, and the width is what is written. */
static void no_pair_of_bytes_gets_through(void **state)
{
	struct od_buf buf = {0};

	(void)state;
	for (unsigned pair = 0; pair < 0x10000; pair++) {
		const char text[] = {(char)(pair >> 8), (char)pair, 'z'};
		size_t columns = 0;
		od_buf_clear(&buf);
		od_escape_terminal(&buf, (struct od_str){text, sizeof(text)});
		for (size_t i = 0; i < buf.len; i++) {
			unsigned char c = (unsigned char)buf.data[i];
			assert_true(c >= 0x20 && c != 0x7f);
			assert_false(c == 0xc2 && (unsigned char)buf.data[i + 1] < 0xa0);
			columns += (c & 0xc0) != 0x80;
		}
		assert_int_equal(columns, od_escape_terminal_width((struct od_str){text, sizeof(text)}));
	}
	od_buf_deinit(&buf);
}

static void json_controls_are_escaped(void **state)
{
	struct od_buf buf = {0};

	(void)state;
	for (unsigned c = 0; c < 0x100; c++) {
		const char text[] = {(char)c};
		od_buf_clear(&buf);
		od_escape_json(&buf, (struct od_str){text, 1});
		for (size_t i = 0; i < buf.len; i++)
			assert_true((unsigned char)buf.data[i] >= 0x20);
		if (c == '"' || c == '\\')
			assert_int_equal(buf.data[0], '\\');
	}
	od_buf_deinit(&buf);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(terminal_rows),
		cmocka_unit_test(json_rows),
		cmocka_unit_test(html_rows),
		cmocka_unit_test(no_pair_of_bytes_gets_through),
		cmocka_unit_test(json_controls_are_escaped),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
