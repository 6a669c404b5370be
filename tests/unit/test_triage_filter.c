// SPDX-License-Identifier: GPL-3.0-or-later
/* What is new, and which addresses have a wrong bit. */
#include "tests/test.h"
#include "triage/filter.h"
#include "triage/hosts.h"
#include "triage/layout.h"

static int sign(int value)
{
	return value < 0 ? -1 : value > 0;
}

static void versions_are_ordered_by_their_numbers(void **state)
{
	static const char *const ordered[] = {
		"2.6.32-754.el6", "3.10.0-514.el7", "3.10.0-1160.el7", "5.10.0-9-amd64", "5.10.0-28-amd64", "6.1-rc8",
		"6.1", "6.1.0-9-amd64", "6.1.0-90-amd64", "6.1.99", "6.1.100", "6.12.0",
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(ordered); i++)
		for (size_t k = 0; k < ARRAY_SIZE(ordered); k++)
			if (sign(od_version_compare(od_str_from(ordered[i]), od_str_from(ordered[k]))) != (i < k ? -1 : i > k))
				fail_msg("%s and %s", ordered[i], ordered[k]);
	assert_int_equal(od_version_compare(OD_STR("6.1.0-009"), OD_STR("6.1.0-9")), 0);
	assert_true(od_version_compare(OD_STR("6.1.0-90-amd64"), OD_STR("6.1.0-90")) > 0);
}

static void what_people_write_is_a_date_a_version_or_last(void **state)
{
	static const struct {
		const char *since, *new_since;
		od_status status;
		enum od_new_kind kind;
	} cases[] = {
		{NULL, NULL, OD_OK, OD_NEW_ANY},
		{"2026-11-21", "last", OD_OK, OD_NEW_SINCE_RUN},
		{"2026-11-21T03:05", "2026-11-21", OD_OK, OD_NEW_SINCE_TIME},
		{NULL, "6.1.0-90", OD_OK, OD_NEW_SINCE_VERSION},
		{NULL, "", OD_ERR_USAGE, OD_NEW_ANY},
		{NULL, "yesterday", OD_ERR_USAGE, OD_NEW_ANY},
		{"2026-13-21", NULL, OD_ERR_USAGE, OD_NEW_ANY},
		{"6.1", NULL, OD_ERR_USAGE, OD_NEW_ANY},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct od_filter filter;
		assert_int_equal(od_filter_read(NULL, cases[i].since, cases[i].new_since, &filter), cases[i].status);
		if (cases[i].status == OD_OK)
			assert_int_equal(filter.kind, cases[i].kind);
	}
}

static void dates_are_read_in_utc(void **state)
{
	int64_t when;
	(void)state;
	assert_true(od_layout_date(OD_STR("1970-01-01"), &when) == false); /* before there was Linux */
	assert_true(od_layout_date(OD_STR("2026-11-21"), &when));
	assert_int_equal(when, 1795219200);
	assert_true(od_layout_date(OD_STR("2026-11-21T03:05"), &when));
	assert_int_equal(when, 1795219200 + 3 * 3600 + 5 * 60);
	assert_false(od_layout_date(OD_STR("2026-11-21T"), &when));
}

static void one_wrong_bit_is_told_from_a_wild_address(void **state)
{
	static const struct {
		uint64_t address;
		bool flipped;
	} cases[] = {
		{0xffffffffa05cc012, false},	/* a kernel address */
		{0xff7f888004a3c2d0, true},	/* ffff8880… without bit 55 */
		{0xffff088004a3c2d0, true},	/* without bit 47 */
		{0xbf3aa6a402ac11a8, false},	/* wild */
		{0x6b6b6b6b6b6b6b73, false},	/* freed */
		{0x0000000000000018, false},	/* a member of a null pointer */
		{0x0000000400000018, true},	/* the same with bit 34 */
		{0x0000000000001018, false},	/* a member of a large structure */
		{0xdead000000000122, false},	/* a list entry that was removed */
		{0, false},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		if (od_is_bit_flip(cases[i].address) != cases[i].flipped)
			fail_msg("%#llx", (unsigned long long)cases[i].address);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(versions_are_ordered_by_their_numbers),
		cmocka_unit_test(what_people_write_is_a_date_a_version_or_last),
		cmocka_unit_test(dates_are_read_in_utc),
		cmocka_unit_test(one_wrong_bit_is_told_from_a_wild_address),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
