// SPDX-License-Identifier: GPL-3.0-or-later
/* Taint letters, poison and error numbers. */
#include "tests/test.h"

#include "analyzer/poison.h"
#include "analyzer/taint.h"

static struct od_event *read_taint(const char *raw, const struct od_module_line *lines, size_t count)
{
	struct od_event *event = od_event_create();
	assert_non_null(event);
	event->has_taint = true;
	event->taint_raw = od_str_from(raw);
	od_taint_read(event, lines, count);
	return event;
}

static void taint_letters_are_read_in_order_and_G_is_none(void **state)
{
	static const struct {
		const char *raw, *letters;
	} rows[] = {
		{"", ""},
		{"G", ""},
		{"G           OE     ", "OE"},
		{"P        W  O", "PWO"},
		{"G    B D W", "BDW"},
		{"GOOOE", "OE"},
		{"G  z", ""},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct od_event *event = read_taint(rows[i].raw, NULL, 0);
		print_message("\"%s\"\n", rows[i].raw);
		assert_int_equal(event->taint.count, strlen(rows[i].letters));
		for (size_t j = 0; j < event->taint.count; j++) {
			assert_int_equal(event->taint.items[j].letter, rows[i].letters[j]);
			assert_true(event->taint.items[j].name.len && event->taint.items[j].meaning.len);
			assert_int_equal(event->taint.items[j].line, 0);
		}
		assert_true(!od_taint_has(event, 'G'));
		od_event_destroy(event);
	}
}

static void a_letter_of_a_distribution_is_told_as_unknown(void **state)
{
	struct od_event *event = read_taint("G  H", NULL, 0);

	(void)state;
	assert_int_equal(event->taint.count, 1);
	assert_int_equal(event->taint.items[0].letter, 'H');
	assert_str(event->taint.items[0].name, "unknown flag");
	od_event_destroy(event);
}

static void a_flag_points_to_the_first_line_that_set_it(void **state)
{
	static const struct od_module_line lines[] = {
		{.line = 10, .what = "unsigned", .taint = 'E'},
		{.line = 12, .what = "out-of-tree", .taint = 'O'},
		{.line = 14, .what = "out-of-tree", .taint = 'O'},
		{.line = 15, .what = "loading", .taint = 0},
	};
	struct od_event *event = read_taint("P          OE", lines, ARRAY_SIZE(lines));

	(void)state;
	assert_int_equal(event->taint.items[0].line, 0);
	assert_int_equal(event->taint.items[1].line, 12);
	assert_int_equal(event->taint.items[2].line, 10);
	od_event_destroy(event);
}

static void taint_bits_and_letters_are_distinct(void **state)
{
	static const struct {
		char letter;
		unsigned bit;
		const char *since;
	} facts[] = {
#define OD_TAINT(letter, bit, since, name, meaning) {letter, bit, since},
#include "analyzer/facts_taint.def"
#undef OD_TAINT
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(facts); i++) {
		assert_int_equal(facts[i].bit, i);
		assert_true(facts[i].since[0] >= '2' && facts[i].since[0] <= '9');
		for (size_t j = 0; j < i; j++)
			assert_int_not_equal(facts[i].letter, facts[j].letter);
	}
}

static void poison_is_recognised_with_the_offset_of_a_member(void **state)
{
	static const struct {
		uint64_t value;
		const char *name; /* NULL: none */
		uint64_t mark;
	} rows[] = {
		{0xdead000000000100, "LIST_POISON1", 0xdead000000000100},
		{0xdead000000000108, "LIST_POISON1", 0xdead000000000100},
		{0xdead000000000122, "LIST_POISON2", 0xdead000000000122},
		{0xdead000000100100, "LIST_POISON1", 0xdead000000100100},
		{0xdead000000200200, "LIST_POISON2", 0xdead000000200200},
		{0x6b6b6b6b6b6b6b6b, "POISON_FREE", 0x6b6b6b6b6b6b6b6b},
		{0x6b6b6b6b6b6b6b73, "POISON_FREE", 0x6b6b6b6b6b6b6b6b},
		{0x5a5a5a5a5a5a5a5a, "POISON_INUSE", 0x5a5a5a5a5a5a5a5a},
		{0x6b6b6b6b6b6b7b6b, NULL, 0}, /* a page further */
		{0x6b6b6b6b6b6b6b6a, NULL, 0},
		{0xdead00000000003f, NULL, 0},
		{0x0000000000000000, NULL, 0},
		{0xffff888100000000, NULL, 0},
		{0xffffffffffffffff, NULL, 0},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct od_poison poison;
		print_message("0x%016llx\n", (unsigned long long)rows[i].value);
		assert_int_equal(od_poison_find(rows[i].value, &poison), rows[i].name != NULL);
		if (rows[i].name) {
			assert_string_equal(poison.name, rows[i].name);
			assert_true(poison.value == rows[i].mark);
		}
	}
}

static void error_pointers_are_named(void **state)
{
	static const struct {
		uint64_t value;
		unsigned bits;
		const char *name; /* NULL: none */
	} rows[] = {
		{(uint64_t)-12, 64, "ENOMEM"},
		{(uint64_t)-1, 64, "EPERM"},
		{(uint64_t)-517, 64, "EPROBE_DEFER"},
		{0xfffffff4, 32, "ENOMEM"},
		{0xfffffff4, 64, NULL},
		{(uint64_t)-4095, 64, NULL},
		{0, 64, NULL},
		{12, 64, NULL},
		{0xffffffff81000000, 64, NULL},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct od_errno error;
		print_message("0x%llx\n", (unsigned long long)rows[i].value);
		assert_int_equal(od_errno_find(rows[i].value, rows[i].bits, &error), rows[i].name != NULL);
		if (rows[i].name)
			assert_string_equal(error.name, rows[i].name);
	}
}

static void kasan_shadow_addresses_lead_back(void **state)
{
	static const struct {
		uint64_t shadow, address;
		bool is;
	} rows[] = {
		{0xdffffc0000000000, 0, true},
		{0xdffffc0000000004, 0x20, true},
		{0xffffed1000000000, 0xffff888000000000, true},
		{0xdffffbffffffffff, 0, false},
		{0xffff888000000000, 0, false},
		{0xfffffbffffffffff, 0xfffffffffffffff8, true},
		{0xfffffc0000000000, 0, false},
		{0x20, 0, false},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		uint64_t address = 0;
		print_message("0x%llx\n", (unsigned long long)rows[i].shadow);
		assert_int_equal(
			od_kasan_shadow_of(rows[i].shadow, 0xdffffc0000000000, &address), rows[i].is);
		assert_true(address == rows[i].address);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(taint_letters_are_read_in_order_and_G_is_none),
		cmocka_unit_test(a_letter_of_a_distribution_is_told_as_unknown),
		cmocka_unit_test(a_flag_points_to_the_first_line_that_set_it),
		cmocka_unit_test(taint_bits_and_letters_are_distinct),
		cmocka_unit_test(poison_is_recognised_with_the_offset_of_a_member),
		cmocka_unit_test(error_pointers_are_named),
		cmocka_unit_test(kasan_shadow_addresses_lead_back),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
