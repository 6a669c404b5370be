// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/test.h"

#include "core/buf.h"
#include "triage/group.h"

/* host, basis; the signature's id is made of the basis by hand */
struct crash {
	const char *host, *id, *basis;
};

static void add(struct od_grouping *grouping, const struct crash *crash, int number, const char *more)
{
	struct od_buf json = {0}, hash = {0};

	od_buf_printf(&json, "{\"severity\":\"oops\",\"title\":\"%s\"%s,\"signature\":{\"id\":\"%s\",\"basis\":[%s]}}", crash->id, more,
		      crash->id, crash->basis);
	od_buf_printf(&hash, "%d", number);
	const struct od_stored event = {
		.host = od_str_from(crash->host),
		.hash = od_buf_str(&hash),
		.path = OD_STR("path"),
		.time = od_db_number(number),
		.json = od_buf_str(&json),
	};
	assert_int_equal(od_grouping_add(grouping, NULL, &event), OD_OK);
	od_buf_deinit(&json);
	od_buf_deinit(&hash);
}

#define STACK "\"stack a [m] < b [m] < c < d < e\""
#define SITE(name) "\"memory-fault\",\"" name " [m]\","

static const struct row {
	const char *name;
	struct crash a, b;
	bool same;
} rows[] = {
	{"one_site_is_one_bug", {"x", "1111111111111111", SITE("f") STACK},
		{"y", "1111111111111111", SITE("f") "\"stack z\""}, true},
	{"the_inlined_function_is_a_key", {"x", "1111111111111111", SITE("f") "\"author g [m]\""},
		{"y", "2222222222222222", SITE("g") "\"stack z\""}, true},
	{"like_stacks_are_one_bug", {"x", "1111111111111111", SITE("f") STACK},
		{"y", "2222222222222222", SITE("g") STACK}, true},
	{"other_stacks_are_two", {"x", "1111111111111111", SITE("f") STACK},
		{"y", "2222222222222222", SITE("g") "\"stack p < q < r < s\""}, false},
	{"one_frame_is_no_likeness", {"x", "1111111111111111", SITE("f") "\"stack a\""},
		{"y", "2222222222222222", SITE("g") "\"stack a\""}, false},
	{"two_modules_are_two_bugs", {"x", "1111111111111111", SITE("f") STACK},
		{"y", "2222222222222222", "\"memory-fault\",\"g [n]\"," STACK}, false},
	{"two_classes_are_two_bugs", {"x", "1111111111111111", SITE("f") STACK},
		{"y", "2222222222222222", "\"bug-on\",\"g [m]\"," STACK}, false},
	{"two_messages_are_two_bugs", {"x", "1111111111111111", "\"panic\",\"f [m]\",\"cause fan\"," STACK},
		{"y", "2222222222222222", "\"panic\",\"g [m]\",\"cause heat\"," STACK}, false},
};

static void check_row(void **state)
{
	const struct row *row = *state;

	for (int swapped = 0; swapped < 2; swapped++) {
		struct od_grouping *grouping;
		assert_int_equal(od_grouping_create(NULL, 0.8, &grouping), OD_OK);
		add(grouping, swapped ? &row->b : &row->a, 1, "");
		add(grouping, swapped ? &row->a : &row->b, 2, "");
		assert_int_equal(od_grouping_finish(grouping, NULL), OD_OK);
		assert_int_equal(grouping->group_count, row->same ? 1 : 2);
		if (row->same)
			assert_str(grouping->groups[0].id, "1111111111111111");
		od_grouping_destroy(grouping);
	}
}

static void consequences_and_repeats_are_no_bugs_of_their_own(void **state)
{
	const struct crash crash = {"x", "1111111111111111", SITE("f") STACK};
	struct od_grouping *grouping;

	(void)state;
	assert_int_equal(od_grouping_create(NULL, 0.8, &grouping), OD_OK);
	add(grouping, &crash, 1, "");
	add(grouping, &crash, 2, ",\"repeat_of\":0");
	add(grouping, &crash, 3, ",\"consequence_of\":0");
	assert_int_equal(od_grouping_finish(grouping, NULL), OD_OK);
	assert_int_equal(grouping->groups[0].events, 1);
	od_grouping_destroy(grouping);
}

static void what_is_no_event_is_counted(void **state)
{
	static const char *const texts[] = {"{", "[]", "{}", "{\"signature\":7}", "{\"signature\":{\"id\":\"short\"}}",
					    "{\"signature\":{\"id\":\"1111111111111111\",\"basis\":[\"stack  <  < \",{},[]]}}"};
	struct od_grouping *grouping;

	(void)state;
	assert_int_equal(od_grouping_create(NULL, 0.8, &grouping), OD_OK);
	for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
		const struct od_stored event = {.hash = OD_STR("1"), .json = od_str_from(texts[i])};
		assert_int_equal(od_grouping_add(grouping, NULL, &event), OD_OK);
	}
	assert_int_equal(od_grouping_finish(grouping, NULL), OD_OK);
	assert_int_equal(grouping->unsigned_events, 5);
	assert_int_equal(grouping->group_count, 1);
	od_grouping_destroy(grouping);
}

static void the_most_frequent_comes_first(void **state)
{
	const struct crash rare = {"x", "1111111111111111", SITE("f")"\"stack q\""};
	const struct crash often = {"y", "2222222222222222", SITE("g")"\"stack q\""};
	struct od_grouping *grouping;

	(void)state;
	assert_int_equal(od_grouping_create(NULL, 0.8, &grouping), OD_OK);
	add(grouping, &rare, 9, "");
	add(grouping, &often, 3, "");
	add(grouping, &often, 7, "");
	assert_int_equal(od_grouping_finish(grouping, NULL), OD_OK);
	assert_int_equal(grouping->group_count, 2);
	assert_str(grouping->groups[0].id, "2222222222222222");
	assert_int_equal(grouping->groups[0].crashes, 2);
	assert_int_equal(grouping->groups[0].first, 3);
	assert_int_equal(grouping->groups[0].last, 7);
	od_grouping_destroy(grouping);
}

int main(void)
{
	struct CMUnitTest cases[ARRAY_SIZE(rows)];
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(consequences_and_repeats_are_no_bugs_of_their_own),
		cmocka_unit_test(what_is_no_event_is_counted),
		cmocka_unit_test(the_most_frequent_comes_first),
	};
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		cases[i] = (struct CMUnitTest){
			.name = rows[i].name, .test_func = check_row, .initial_state = (void *)&rows[i]};
	return cmocka_run_group_tests(cases, NULL, NULL) + cmocka_run_group_tests(tests, NULL, NULL);
}
