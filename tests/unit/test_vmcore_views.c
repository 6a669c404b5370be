// SPDX-License-Identifier: GPL-3.0-or-later
/* What the words of a command line ask of a dump. */
#include "lib/vmcore_views.h"
#include "tests/test.h"

static void words_become_questions(void **unused)
{
	static const struct {
		const char *words[8];
		unsigned parts;
		size_t count;
		enum od_vmcore_question question;	/* the last one */
		const char *text, *type;
		uint64_t number;
	} rows[] = {
		{{NULL}, 0, 0, 0, "", "", 0},
		{{"sys", "mod"}, OD_VMCORE_PART_SYS | OD_VMCORE_PART_MOD, 0, 0, "", "", 0},
		{{"bt"}, OD_VMCORE_PART_BT, 1, OD_ASK_STACK_OF_PANIC, "", "", 0},
		{{"bt", "-a", "ps"}, OD_VMCORE_PART_BT | OD_VMCORE_PART_PS, 1, OD_ASK_STACK_OF_CPUS, "", "", 0},
		{{"bt", "-c", "3"}, OD_VMCORE_PART_BT, 1, OD_ASK_STACK_OF_CPU, "", "", 3},
		{{"bt", "94"}, OD_VMCORE_PART_BT, 1, OD_ASK_STACK_OF_TASK, "94", "", 0},
		{{"bt", "0xff41edb841a6f000"}, OD_VMCORE_PART_BT, 1, OD_ASK_STACK_OF_TASK, "0xff41edb841a6f000", "", 0},
		{{"bt", "ff41edb841a6f000"}, OD_VMCORE_PART_BT, 1, OD_ASK_STACK_OF_TASK, "ff41edb841a6f000", "", 0},
		{{"bt", "all"}, OD_VMCORE_PART_BT, 1, OD_ASK_STACK_OF_TASKS, "", "", 0},
		{{"bt", "log"}, OD_VMCORE_PART_BT | OD_VMCORE_PART_LOG, 1, OD_ASK_STACK_OF_PANIC, "", "", 0},
		{{"dis", "panic"}, OD_VMCORE_PART_ANSWERS, 1, OD_ASK_CODE, "panic", "", 0},
		{{"rd", "jiffies", "sys"}, OD_VMCORE_PART_ANSWERS | OD_VMCORE_PART_SYS, 1, OD_ASK_MEMORY, "jiffies", "", 0},
		{{"rd", "jiffies", "0x10"}, OD_VMCORE_PART_ANSWERS, 1, OD_ASK_MEMORY, "jiffies", "", 16},
		{{"struct", "list_head", "kmem"}, OD_VMCORE_PART_ANSWERS | OD_VMCORE_PART_KMEM, 1, OD_ASK_TYPE, "", "list_head", 0},
		{{"struct", "list_head", "modules"}, OD_VMCORE_PART_ANSWERS, 1, OD_ASK_TYPE, "modules", "list_head", 0},
		{{"kmem", "-i", "net", "net", "-a"}, OD_VMCORE_PART_KMEM | OD_VMCORE_PART_NET | OD_VMCORE_PART_ARP, 0, 0, "", "", 0},
	};
	struct od_trail trail = {{0}};

	(void)unused;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct od_vmcore_views views;
		size_t count = 0;
		while (count < ARRAY_SIZE(rows[i].words) && rows[i].words[count])
			count++;
		print_message("%s %s\n", count ? rows[i].words[0] : "", count > 1 ? rows[i].words[1] : "");
		assert_int_equal(od_vmcore_views_read(&trail, rows[i].words, count, &views), OD_OK);
		assert_int_equal(views.parts, rows[i].parts);
		assert_int_equal(views.count, rows[i].count);
		if (!views.count)
			continue;
		const struct od_vmcore_query *query = &views.queries[views.count - 1];
		assert_int_equal(query->question, rows[i].question);
		assert_true(od_str_equal(query->text, od_str_from(rows[i].text)));
		assert_true(od_str_equal(query->type, od_str_from(rows[i].type)));
		assert_int_equal(query->number, rows[i].number);
	}
}

static void further_files_stand_in_front(void **unused)
{
	static const char *const words[] = {"+", "two", "+", "sys", "mod"};
	struct od_trail trail = {{0}};
	struct od_vmcore_views views;

	(void)unused;
	assert_int_equal(od_vmcore_views_read(&trail, words, ARRAY_SIZE(words), &views), OD_OK);
	assert_int_equal(views.file_count, 3);
	assert_string_equal(views.files[1], "two");
	assert_string_equal(views.files[2], "sys");
	assert_int_equal(views.parts, OD_VMCORE_PART_MOD);
}

static void words_that_make_no_sense_are_refused(void **unused)
{
	static const char *const rows[][2] = {{"frobnicate", NULL}, {"bt", "-c"}, {"dis", NULL}, {"rd", NULL}, {"struct", NULL},
					      {"bt", "-x"}, {"+", NULL}, {"sys", "+"}, {"sys", "94"}};
	struct od_trail trail = {{0}};

	(void)unused;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct od_vmcore_views views;
		print_message("%s\n", rows[i][0]);
		assert_int_equal(od_vmcore_views_read(&trail, rows[i], rows[i][1] ? 2 : 1, &views), OD_ERR_USAGE);
	}
	const char *many[2 * OD_VIEW_LIMIT];
	struct od_vmcore_views views;
	for (size_t i = 0; i < ARRAY_SIZE(many); i++)
		many[i] = "bt";
	assert_int_equal(od_vmcore_views_read(&trail, many, ARRAY_SIZE(many), &views), OD_ERR_USAGE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_become_questions),
		cmocka_unit_test(further_files_stand_in_front),
		cmocka_unit_test(words_that_make_no_sense_are_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
