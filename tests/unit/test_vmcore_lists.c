// SPDX-License-Identifier: GPL-3.0-or-later
/* Lists of the kernel: whole, with holes, leading back into themselves. */
#include "tests/memory_image.h"
#include "vmcore/lists.h"

enum { STEP = 0x40 };

/* Elements 1 to count, each pointing to the next; the last to `back` (0: the head). */
static void build(struct image *image, unsigned count, unsigned back)
{
	memset(image, 0, sizeof(*image));
	image->end = IMAGE_SIZE;
	for (unsigned i = 0; i < count; i++)
		image_put(image, i * STEP, IMAGE_BASE + (i + 1) * STEP, 8);
	image_put(image, count * STEP, IMAGE_BASE + back * STEP, 8);
}

static struct od_list_walk walk(const struct od_memory *memory, unsigned limit)
{
	return (struct od_list_walk){.memory = memory, .head = IMAGE_BASE, .limit = limit};
}

static void a_list_is_walked_once(void **unused)
{
	static struct image image;
	const struct od_memory memory = image_memory(&image);

	for (unsigned count = 0; count < 70; count++) {
		struct od_list_walk list = walk(&memory, 1000);
		build(&image, count, 0);
		for (unsigned i = 1; i <= count; i++) {
			assert_true(od_list_next(&list));
			assert_int_equal(list.at, IMAGE_BASE + i * STEP);
		}
		assert_false(od_list_next(&list));
		assert_int_equal(list.end, OD_LIST_COMPLETE);
		assert_null(od_list_trouble(&list));
		assert_false(od_list_next(&list));
	}
	(void)unused;
}

/* Wherever it leads back to, that is noticed within a few rounds. */
static void a_loop_is_noticed(void **unused)
{
	static struct image image;
	const struct od_memory memory = image_memory(&image);

	for (unsigned count = 1; count < 40; count++)
		for (unsigned back = 1; back <= count; back++) {
			struct od_list_walk list = walk(&memory, 100000);
			build(&image, count, back);
			while (od_list_next(&list))
				assert_true(list.count < 4 * count + 4);
			assert_int_equal(list.end, OD_LIST_LOOP);
			assert_string_equal(od_list_trouble(&list), "leads back into itself");
			assert_true(list.count >= count);
		}
	(void)unused;
}

static void holes_and_endless_lists_end(void **unused)
{
	static struct image image;
	const struct od_memory memory = image_memory(&image);
	struct od_list_walk list = walk(&memory, 1000);

	build(&image, 20, 0);
	image.end = 10 * STEP;
	while (od_list_next(&list))
		;
	assert_int_equal(list.end, OD_LIST_HOLE);
	assert_int_equal(list.count, 10);
	assert_string_equal(od_list_trouble(&list), "ends at a hole");
	build(&image, 20, 0);
	list = walk(&memory, 5);
	while (od_list_next(&list))
		;
	assert_int_equal(list.end, OD_LIST_LONG);
	assert_int_equal(list.count, 5);
	list = (struct od_list_walk){.memory = &memory, .head = 8, .limit = 5};
	assert_false(od_list_next(&list));
	assert_int_equal(list.end, OD_LIST_HOLE);
	(void)unused;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_list_is_walked_once),
		cmocka_unit_test(a_loop_is_noticed),
		cmocka_unit_test(holes_and_endless_lists_end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
