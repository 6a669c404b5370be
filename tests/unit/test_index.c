// SPDX-License-Identifier: GPL-3.0-or-later
/* What keeps most lines from the tables: it may let a line through, but must not keep one away. */
#include "parsers/headers.h"
#include "parsers/module_lines.h"
#include "tests/test.h"

enum { FILLER = 80 };

/* The literal behind `before` bytes and with some behind it. */
static struct od_str within(char *buffer, size_t before, struct od_str literal)
{
	memset(buffer, '.', 2 * FILLER + literal.len);
	memcpy(buffer + before, literal.ptr, literal.len);
	return (struct od_str){buffer, before + literal.len + before % 3};
}

static void a_literal_is_met_wherever_it_stands(void **state)
{
	static const char *const literals[] = {"abcdefghijk", ": Unknown symbol ", "self-detected hard LOCKUP @ "};
	struct od_grams grams = {0};
	char buffer[512];
	(void)state;

	for (size_t i = 0; i < ARRAY_SIZE(literals); i++)
		assert_true(od_grams_add(&grams, od_str_from(literals[i])));
	for (size_t i = 0; i < ARRAY_SIZE(literals); i++)
		for (size_t before = 0; before < FILLER; before++)
			assert_true(od_grams_may_hold(&grams, within(buffer, before, od_str_from(literals[i]))));
	assert_false(od_grams_may_hold(&grams, within(buffer, 40, OD_STR("abdcefghijk"))));
	assert_false(od_grams_may_hold(&grams, (struct od_str){0}));
	assert_false(od_grams_add(&grams, OD_STR("too short.")));
}

/* Every header, and those that stand anywhere behind other text as well. */
static void every_header_is_found_by_its_literal(void **state)
{
	struct od_index *index = calloc(1, sizeof(*index));
	char buffer[512];
	(void)state;

	assert_non_null(index);
	assert_true(od_builder_index(index));
	for (const struct od_header *header = od_headers; header->literal; header++) {
		struct od_str literal = od_str_from(header->literal), rest;
		for (size_t before = header->inside ? 1 : 0; before < (header->inside ? (size_t)FILLER : 1); before++)
			if (!header->fits)
				assert_non_null(od_header_find(index, within(buffer, before, literal), &rest));
	}
	free(index);
}

static void a_line_about_a_module_is_found_behind_its_name(void **state)
{
	struct od_grams grams;
	char buffer[512];
	(void)state;

	assert_true(od_module_lines_init(&grams));
	for (size_t before = 0; before < FILLER; before++) {
		struct od_record record = {.text = within(buffer, before, OD_STR(": loading out-of-tree module taints kernel"))};
		struct od_module_line line;
		assert_true(od_module_line_find(&grams, &record, &line));
		assert_int_equal(line.taint, 'O');
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_literal_is_met_wherever_it_stands),
		cmocka_unit_test(every_header_is_found_by_its_literal),
		cmocka_unit_test(a_line_about_a_module_is_found_behind_its_name),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
