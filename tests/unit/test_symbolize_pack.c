// SPDX-License-Identifier: GPL-3.0-or-later
/* What is packed for the index comes out as it went in, and damaged bytes come to an end. */
#include "tests/test.h"

#include "symbolize/pack.h"

static const uint64_t numbers[] = {0, 1, 127, 128, 16383, 16384, UINT32_MAX, UINT64_MAX - 1, UINT64_MAX};

static void numbers_and_texts_come_back(void **state)
{
	(void)state;
	struct od_buf out = {0};

	for (size_t i = 0; i < ARRAY_SIZE(numbers); i++) {
		od_pack_number(&out, numbers[i]);
		od_pack_signed(&out, (int64_t)numbers[i]);
		od_pack_signed(&out, -(int64_t)(numbers[i] / 2));
		od_pack_text(&out, OD_STR("sdev->cfg"));
	}
	struct od_str from = od_buf_str(&out);
	for (size_t i = 0; i < ARRAY_SIZE(numbers); i++) {
		assert_int_equal(od_unpack_number(&from), numbers[i]);
		assert_int_equal(od_unpack_signed(&from), (int64_t)numbers[i]);
		assert_int_equal(od_unpack_signed(&from), -(int64_t)(numbers[i] / 2));
		assert_str(od_unpack_text(&from), "sdev->cfg");
	}
	assert_int_equal(from.len, 0);
	od_buf_deinit(&out);
}

static void small_numbers_take_one_byte(void **state)
{
	(void)state;
	struct od_buf out = {0};

	od_pack_number(&out, 100);
	od_pack_signed(&out, -60);
	assert_int_equal(out.len, 2);
	od_buf_deinit(&out);
}

static void damaged_bytes_are_the_end(void **state)
{
	(void)state;
	struct od_str endless = OD_STR("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff");
	struct od_str cut = OD_STR("\x80");
	struct od_str text = OD_STR("\x7fshort");

	assert_int_equal(od_unpack_number(&endless), 0);
	assert_int_equal(endless.len, 0);
	assert_int_equal(od_unpack_number(&cut), 0);
	assert_int_equal(cut.len, 0);
	assert_int_equal(od_unpack_text(&text).len, 0);
	assert_int_equal(text.len, 0);
	assert_int_equal(od_unpack_number(&text), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_and_texts_come_back),
		cmocka_unit_test(small_numbers_take_one_byte),
		cmocka_unit_test(damaged_bytes_are_the_end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
