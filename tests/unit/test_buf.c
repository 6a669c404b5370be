// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/test.h"

#include "core/buf.h"

static void starts_empty_and_grows(void **state)
{
	struct od_buf buf = {0};

	(void)state;
	assert_int_equal(od_buf_str(&buf).len, 0);
	for (int i = 0; i < 5000; i++)
		od_buf_put(&buf, OD_STR("abc"));
	assert_false(buf.failed);
	assert_int_equal(buf.len, 15000);
	assert_memory_equal(buf.data + 14997, "abc", 4); /* NUL-terminated */
	od_buf_deinit(&buf);
	assert_null(buf.data);
	assert_int_equal(buf.len, 0);
}

static void each_writer_appends(void **state)
{
	struct od_buf buf = {0};

	(void)state;
	od_buf_put_string(&buf, "a");
	od_buf_put_char(&buf, '-');
	od_buf_pad(&buf, '.', 3);
	od_buf_pad(&buf, '.', 0);
	od_buf_put(&buf, (struct od_str){NULL, 0});
	od_buf_printf(&buf, "%d%s", 7, "x");
	od_buf_printf(&buf, "%s", "");
	assert_str(od_buf_str(&buf), "a-...7x");
	od_buf_deinit(&buf);
}

static void printf_is_not_limited(void **state)
{
	struct od_buf buf = {0};

	(void)state;
	od_buf_printf(&buf, "%5000d", 1);
	assert_int_equal(buf.len, 5000);
	assert_int_equal(buf.data[4999], '1');
	assert_int_equal(buf.data[5000], '\0');
	od_buf_deinit(&buf);
}

static void clear_keeps_the_storage(void **state)
{
	struct od_buf buf = {0};

	(void)state;
	od_buf_put_string(&buf, "text");
	char *data = buf.data;
	od_buf_clear(&buf);
	assert_int_equal(buf.len, 0);
	assert_string_equal(buf.data, "");
	od_buf_put_string(&buf, "new");
	assert_ptr_equal(buf.data, data);
	assert_str(od_buf_str(&buf), "new");
	od_buf_deinit(&buf);
	od_buf_clear(&buf);
	assert_null(buf.data);
}

static void a_failure_sticks_and_keeps_what_was_written(void **state)
{
	struct od_buf buf = {0};

	(void)state;
	od_buf_put_string(&buf, "kept");
	od_buf_pad(&buf, 'x', (size_t)-1 / 2);
	assert_true(buf.failed);
	od_buf_put_string(&buf, "lost");
	od_buf_printf(&buf, "lost");
	assert_str(od_buf_str(&buf), "kept");
	assert_true(buf.failed);
	od_buf_deinit(&buf);
	assert_false(buf.failed);
}

static void numbers_are_written_as_printf_writes_them(void **state)
{
	static const uint64_t numbers[] = {0, 1, 9, 10, 15, 16, 255, 4096, 1234567890, UINT64_MAX};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(numbers); i++) {
		struct od_buf written = {0}, printed = {0};
		od_buf_put_u64(&written, numbers[i]);
		od_buf_put_char(&written, ' ');
		od_buf_put_hex(&written, numbers[i], 1);
		od_buf_put_char(&written, ' ');
		od_buf_put_hex(&written, numbers[i], 2);
		od_buf_put_char(&written, ' ');
		od_buf_put_hex(&written, numbers[i], 16);
		od_buf_printf(&printed, "%llu %llx %02llx %016llx", (unsigned long long)numbers[i],
			      (unsigned long long)numbers[i], (unsigned long long)numbers[i], (unsigned long long)numbers[i]);
		assert_string_equal(written.data, printed.data);
		od_buf_deinit(&written);
		od_buf_deinit(&printed);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_are_written_as_printf_writes_them),
		cmocka_unit_test(starts_empty_and_grows),
		cmocka_unit_test(each_writer_appends),
		cmocka_unit_test(printf_is_not_limited),
		cmocka_unit_test(clear_keeps_the_storage),
		cmocka_unit_test(a_failure_sticks_and_keeps_what_was_written),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
