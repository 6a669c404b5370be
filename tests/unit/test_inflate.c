// SPDX-License-Identifier: GPL-3.0-or-later
/* Records of pstore that the kernel left compressed: raw deflate, or with zlib's header. Streams are made with zlib itself. */
#include <zlib.h>

#include "io/input.h"
#include "tests/test.h"

enum { PACKED = 64 * 1024, LIMIT = 1 << 20 };

static const char record[] = "Oops#1 Part1\n<4>[    5.000000] Call Trace:\n<4>[    5.000001]  fn+0x1/0x2\n";

static size_t deflate_text(int window_bits, struct od_str text, char *ret)
{
	z_stream z = {.next_in = (Bytef *)(uintptr_t)text.ptr, .avail_in = (uInt)text.len, .next_out = (Bytef *)ret, .avail_out = PACKED};
	assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY), Z_OK);
	assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
	size_t size = PACKED - z.avail_out;
	deflateEnd(&z);
	return size;
}

static void records_are_read_with_and_without_a_header(void **state)
{
	static const int windows[] = {-MAX_WBITS, MAX_WBITS};
	struct od_buf text = {0};
	char packed[PACKED];
	(void)state;

	for (size_t i = 0; i < ARRAY_SIZE(windows); i++) {
		size_t size = deflate_text(windows[i], od_str_from(record), packed);
		assert_true(od_inflate_pstore((struct od_str){packed, size}, LIMIT, &text));
		assert_str(od_buf_str(&text), record);
	}
	od_buf_deinit(&text);
}

static void the_note_behind_the_stream_is_kept(void **state)
{
	static const char note[] = "\nECC: No errors detected\n";
	struct od_buf text = {0};
	char packed[PACKED];
	(void)state;

	size_t size = deflate_text(-MAX_WBITS, od_str_from(record), packed);
	memcpy(packed + size, note, sizeof(note) - 1);
	assert_true(od_inflate_pstore((struct od_str){packed, size + sizeof(note) - 1}, LIMIT, &text));
	assert_int_equal(text.len, sizeof(record) - 1 + sizeof(note) - 1);
	assert_true(od_str_ends(od_buf_str(&text), od_str_from(note)));
	od_buf_deinit(&text);
}

/* A stream that was cut gives its beginning, as long as that shows what it is. */
static void a_cut_stream_gives_its_beginning(void **state)
{
	struct od_buf text = {0};
	char packed[PACKED];
	size_t read = 0;
	(void)state;

	size_t size = deflate_text(-MAX_WBITS, od_str_from(record), packed);
	for (size_t len = 0; len < size; len++) {
		if (od_inflate_pstore((struct od_str){packed, len}, LIMIT, &text)) {
			assert_true(od_str_starts(od_str_from(record), od_buf_str(&text)));
			read++;
		} else {
			assert_int_equal(text.len, 0);
		}
	}
	assert_true(read > 0);
	od_buf_deinit(&text);
}

static void what_is_no_record_is_refused(void **state)
{
	static const char *const others[] = {"", "no record\n", "Oops#1 Part1"};
	struct od_buf text = {0};
	char packed[PACKED], garbage[256];
	(void)state;

	for (size_t i = 0; i < ARRAY_SIZE(others); i++) {
		size_t size = deflate_text(-MAX_WBITS, od_str_from(others[i]), packed);
		assert_false(od_inflate_pstore((struct od_str){packed, size}, LIMIT, &text));
		assert_int_equal(text.len, 0);
	}
	for (unsigned seed = 0; seed < 256; seed++) {
		for (size_t i = 0; i < sizeof(garbage); i++)
			garbage[i] = (char)(seed * 31 + i * i * 7 + i / 3);
		assert_false(od_inflate_pstore((struct od_str){garbage, sizeof(garbage)}, LIMIT, &text));
	}
	assert_false(od_inflate_pstore(od_str_from(record), LIMIT, &text));
	od_buf_deinit(&text);
}

/* 8 MB of blanks in 8 KB: what is kept ends near the limit. */
static void a_bomb_ends_at_the_limit(void **state)
{
	enum { SMALL = 100 * 1000, BLOCK = 64 * 1024, SIZE = 8 << 20 };
	struct od_buf text = {0}, bomb = {0};
	char *packed = malloc(PACKED);
	(void)state;

	assert_non_null(packed);
	od_buf_put(&bomb, OD_STR("Oops#1 Part1\n"));
	od_buf_pad(&bomb, ' ', SIZE);
	size_t size = deflate_text(-MAX_WBITS, od_buf_str(&bomb), packed);
	assert_true(od_inflate_pstore((struct od_str){packed, size}, SMALL, &text));
	assert_in_range(text.len, SMALL, SMALL + BLOCK);
	free(packed);
	od_buf_deinit(&bomb);
	od_buf_deinit(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(records_are_read_with_and_without_a_header),
		cmocka_unit_test(the_note_behind_the_stream_is_kept),
		cmocka_unit_test(a_cut_stream_gives_its_beginning),
		cmocka_unit_test(what_is_no_record_is_refused),
		cmocka_unit_test(a_bomb_ends_at_the_limit),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
