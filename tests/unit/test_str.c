// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/test.h"

#include "core/str.h"

/* Each scanner in one form: reads from *s and puts what it read into *text or *number. */
typedef bool (*scan_fn)(struct od_str *s, struct od_str *text, uint64_t *number);

#define SCAN(name, call)                                                                           \
	static bool name(struct od_str *s, struct od_str *text, uint64_t *number)                  \
	{                                                                                          \
		(void)text;                                                                        \
		(void)number;                                                                      \
		return call;                                                                       \
	}

SCAN(literal, od_scan_literal(s, "RIP: "))
SCAN(character, od_scan_char(s, '<'))
SCAN(decimal, od_scan_u64(s, number))
SCAN(hex, od_scan_hex(s, number))
SCAN(hex_0x, od_scan_0x(s, number))
SCAN(hex_2, od_scan_hex_width(s, 2, number))
SCAN(hex_16, od_scan_hex_width(s, 16, number))
SCAN(until, od_scan_until(s, ']', text))
SCAN(until_text, od_scan_until_text(s, OD_STR("--"), text))
SCAN(word, od_scan_word(s, text))
SCAN(symbol, od_scan_symbol(s, text))

struct row {
	scan_fn scan;
	struct od_str input;
	bool success;
	const char *rest;	/* on success */
	const char *text;	/* what was read, where it is text; NULL: a number or nothing */
	uint64_t number;
};

static const struct row rows[] = {
	{literal, OD_STR("RIP: 0010"), true, "0010", NULL, 0},
	{literal, OD_STR("RIP: "), true, "", NULL, 0},
	{literal, OD_STR("RIP:"), false, NULL, NULL, 0},
	{literal, OD_STR("rip: x"), false, NULL, NULL, 0},
	{character, OD_STR("<c7>"), true, "c7>", NULL, 0},
	{character, OD_STR("c7"), false, NULL, NULL, 0},
	{character, OD_STR(""), false, NULL, NULL, 0},
	{decimal, OD_STR("0"), true, "", NULL, 0},
	{decimal, OD_STR("123 x"), true, " x", NULL, 123},
	{decimal, OD_STR("18446744073709551615]"), true, "]", NULL, UINT64_MAX},
	{decimal, OD_STR("18446744073709551616"), false, NULL, NULL, 0},
	{decimal, OD_STR("99999999999999999999999"), false, NULL, NULL, 0},
	{decimal, OD_STR("-1"), false, NULL, NULL, 0},
	{decimal, OD_STR(" 1"), false, NULL, NULL, 0},
	{decimal, OD_STR(""), false, NULL, NULL, 0},
	{hex, OD_STR("ffffffffc02A800c/"), true, "/", NULL, 0xffffffffc02a800c},
	{hex, OD_STR("00000000000000000001"), true, "", NULL, 1},
	{hex, OD_STR("10000000000000000"), false, NULL, NULL, 0},
	{hex, OD_STR("g"), false, NULL, NULL, 0},
	{hex, OD_STR(""), false, NULL, NULL, 0},
	{hex_0x, OD_STR("0x1f]"), true, "]", NULL, 0x1f},
	{hex_0x, OD_STR("0x"), false, NULL, NULL, 0},
	{hex_0x, OD_STR("1f"), false, NULL, NULL, 0},
	{hex_0x, OD_STR("0xg"), false, NULL, NULL, 0},
	{hex_2, OD_STR("c7 04"), true, " 04", NULL, 0xc7},
	{hex_2, OD_STR("c704"), false, NULL, NULL, 0},
	{hex_2, OD_STR("c"), false, NULL, NULL, 0},
	{hex_16, OD_STR("ffa0000000593cf8\n"), true, "\n", NULL, 0xffa0000000593cf8},
	{hex_16, OD_STR("ffa0000000593cf"), false, NULL, NULL, 0},
	{until, OD_STR("mod]"), true, "]", "mod", 0},
	{until, OD_STR("]"), true, "]", "", 0},
	{until, OD_STR("mod"), false, NULL, NULL, 0},
	{until_text, OD_STR("a-b--c"), true, "--c", "a-b", 0},
	{until_text, OD_STR("a-b"), false, NULL, NULL, 0},
	{word, OD_STR("one two"), true, " two", "one", 0},
	{word, OD_STR("one\r\n"), true, "\r\n", "one", 0},
	{word, OD_STR(" one"), false, NULL, NULL, 0},
	{word, OD_STR(""), false, NULL, NULL, 0},
	{symbol, OD_STR("do_fault.isra.0+0x1"), true, "+0x1", "do_fault.isra.0", 0},
	{symbol, OD_STR("_RNvC:x$y@z "), true, " ", "_RNvC:x$y@z", 0},
	{symbol, OD_STR("0x47fbe9"), false, NULL, NULL, 0},
	{symbol, OD_STR("+0x1"), false, NULL, NULL, 0},
};

static void check_success(const struct row *row, struct od_str s, struct od_str text, uint64_t number)
{
	assert_str(s, row->rest);
	assert_ptr_equal(s.ptr + s.len, row->input.ptr + row->input.len);
	if (row->text)
		assert_str(text, row->text);
	else
		assert_int_equal(number, row->number);
}

/* The law: what fails has not moved and has written nothing. */
static void scanners_advance_on_success_only(void **state)
{
	const struct od_str untouched = OD_STR("untouched");

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		const struct row *row = &rows[i];
		struct od_str s = row->input, text = untouched;
		uint64_t number = 0;
		if (row->scan(&s, &text, &number) != row->success)
			fail_msg("row %zu: \"%.*s\"", i, OD_FMT(row->input));
		if (row->success) {
			check_success(row, s, text, number);
			continue;
		}
		assert_ptr_equal(s.ptr, row->input.ptr);
		assert_int_equal(s.len, row->input.len);
		assert_ptr_equal(text.ptr, untouched.ptr);
		assert_int_equal(number, 0);
	}
}

/* Every row again at the very end of an allocation: ASan sees a byte read too many. */
static void scanners_stay_inside_the_slice(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		for (size_t len = 0; len <= rows[i].input.len; len++) {
			char *copy = malloc(len ? len : 1);
			assert_non_null(copy);
			memcpy(copy, rows[i].input.ptr, len);
			struct od_str s = {copy, len}, text;
			uint64_t number;
			bool success = rows[i].scan(&s, &text, &number);
			assert_true(s.len <= len);
			assert_ptr_equal(s.ptr + s.len, copy + len);
			if (!success)
				assert_int_equal(s.len, len);
			free(copy);
		}
	}
}

static void blanks_are_counted(void **state)
{
	struct od_str s = OD_STR(" \t x");

	(void)state;
	assert_int_equal(od_scan_blanks(&s), 3);
	assert_str(s, "x");
	assert_int_equal(od_scan_blanks(&s), 0);
	assert_str(s, "x");
}

static void finding(void **state)
{
	(void)state;
	assert_int_equal(od_str_find(OD_STR("a+0x1/0x2"), OD_STR("0x")), 2);
	assert_int_equal(od_str_find(OD_STR("abc"), OD_STR("bd")), -1);
	assert_int_equal(od_str_find(OD_STR(""), OD_STR("x")), -1);
	assert_int_equal(od_str_find(OD_STR("x"), (struct od_str){NULL, 0}), 0);
	assert_int_equal(od_str_find((struct od_str){NULL, 0}, (struct od_str){NULL, 0}), 0);
	assert_true(od_str_equal(od_str_behind(OD_STR("on CPU#3"), OD_STR("CPU#")), OD_STR("3")));
	assert_non_null(od_str_behind(OD_STR("on CPU"), OD_STR("CPU")).ptr);
	assert_null(od_str_behind(OD_STR("on cpu"), OD_STR("CPU")).ptr);
	assert_int_equal(od_str_find_char(OD_STR("a.b.c"), '.'), 1);
	assert_int_equal(od_str_find_last_char(OD_STR("a.b.c"), '.'), 3);
	assert_int_equal(od_str_find_char((struct od_str){NULL, 0}, '.'), -1);
	assert_int_equal(od_str_find_last_char(OD_STR("abc"), '.'), -1);
}

static void trimming(void **state)
{
	(void)state;
	assert_str(od_str_trim(OD_STR(" \t x y\r\n")), "x y");
	assert_str(od_str_trim(OD_STR(" \n ")), "");
	assert_str(od_str_trim((struct od_str){NULL, 0}), "");
}

static void slicing(void **state)
{
	(void)state;
	assert_str(od_str_from_index(OD_STR("abc"), 1), "bc");
	assert_str(od_str_from_index(OD_STR("abc"), 3), "");
	assert_str(od_str_from_index(OD_STR("abc"), 9), "");
	assert_str(od_str_first(OD_STR("abc"), 2), "ab");
	assert_str(od_str_first(OD_STR("abc"), 9), "abc");
}

static void comparing(void **state)
{
	(void)state;
	assert_true(od_str_starts(OD_STR("abc"), OD_STR("ab")));
	assert_false(od_str_starts(OD_STR("ab"), OD_STR("abc")));
	assert_true(od_str_ends(OD_STR("x.ko"), OD_STR(".ko")));
	assert_false(od_str_ends(OD_STR("ko"), OD_STR(".ko")));
	assert_true(od_str_equal((struct od_str){NULL, 0}, OD_STR("")));
	assert_false(od_str_equal(OD_STR("a"), OD_STR("b")));
	assert_true(od_str_equal_module(OD_STR("snd-hda_intel"), OD_STR("snd_hda-intel")));
	assert_false(od_str_equal_module(OD_STR("snd-hda"), OD_STR("sndxhda")));
	assert_true(od_str_compare(OD_STR("a"), OD_STR("b")) < 0);
	assert_true(od_str_compare(OD_STR("ab"), OD_STR("a")) > 0);
	assert_int_equal(od_str_compare(OD_STR("ab"), OD_STR("ab")), 0);
}

/* The same answer wherever the byte stands and however long the text is: both forms of the loop are met. */
static void looking_for_any_byte(void **state)
{
	char text[64];
	(void)state;
	for (size_t len = 0; len <= sizeof(text); len++) {
		memset(text, 'x', sizeof(text));
		assert_false(od_str_has_any((struct od_str){text, len}, '\r', '\n', '\0'));
		assert_false(od_str_has_wide((struct od_str){text, len}));
		for (size_t at = 0; at < sizeof(text); at++) {
			text[at] = "\r\n"[at % 3];
			assert_int_equal(od_str_has_any((struct od_str){text, len}, '\r', '\n', '\0'), at < len);
			text[at] = (char)0xc3;
			assert_int_equal(od_str_has_wide((struct od_str){text, len}), at < len);
			text[at] = 'x';
		}
	}
}

/* Each byte at each place among sixteen digits: it goes on, or ends the number there. */
static void hexadecimal_digits_end_at_any_other_byte(void **state)
{
	static const char digits[] = "0123456789abcdefABCDEF";
	(void)state;
	for (size_t at = 0; at < 16; at++) {
		for (unsigned byte = 0; byte < 256; byte++) {
			char text[] = "f1E2d3C4b5A69780";
			text[at] = (char)byte;
			const char *digit = byte ? strchr(digits, (int)byte) : NULL;
			struct od_str s = {text, 16};
			uint64_t number = 0, expected = 0;
			const size_t len = digit ? 16 : at;
			for (size_t i = 0; i < len; i++) {
				const size_t place = (size_t)(strchr(digits, text[i]) - digits);
				expected = expected << 4 | (place < 16 ? place : place - 6);
			}
			assert_int_equal(od_scan_hex(&s, &number), len > 0);
			assert_int_equal(s.len, 16 - len);
			assert_int_equal(number, expected);
		}
	}
}

static void copying_to_a_field_of_fixed_size(void **state)
{
	char field[4];
	(void)state;
	od_str_copy_to(OD_STR("ab"), field, sizeof(field));
	assert_string_equal(field, "ab");
	od_str_copy_to(OD_STR("abcdef"), field, sizeof(field));
	assert_string_equal(field, "abc");
	od_str_copy_to((struct od_str){0}, field, sizeof(field));
	assert_string_equal(field, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(scanners_advance_on_success_only),
		cmocka_unit_test(scanners_stay_inside_the_slice),
		cmocka_unit_test(blanks_are_counted),
		cmocka_unit_test(finding),
		cmocka_unit_test(trimming),
		cmocka_unit_test(slicing),
		cmocka_unit_test(comparing),
		cmocka_unit_test(looking_for_any_byte),
		cmocka_unit_test(hexadecimal_digits_end_at_any_other_byte),
		cmocka_unit_test(copying_to_a_field_of_fixed_size),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
