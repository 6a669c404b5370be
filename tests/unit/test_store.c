// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/directory.h"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "io/store.h"

static int setup(void **state)
{
	(void)state;
	return make_directory();
}

static int teardown(void **state)
{
	(void)state;
	return remove_directory();
}

static struct od_store *open_store(uint64_t limit)
{
	struct od_store *store = od_store_create(directory, limit);
	assert_non_null(store);
	return store;
}

static void path_of(const char *name, char path[static 128])
{
	snprintf(path, 128, "%s/%s.odx", directory, name);
}

/* Which of `texts` the store gives back under the name and key, by one load: -1 for none. */
static int loads_one_of(const struct od_store *store, const char *name, const char *key, size_t count,
                        const char *const texts[count])
{
	struct od_stored stored = {0};
	int found = -1;

	if (!od_store_load(store, name, od_str_from(key), &stored))
		return -1;
	for (size_t i = 0; i < count && found < 0; i++)
		if (od_str_equal(stored.bytes, od_str_from(texts[i])))
			found = (int)i;
	od_stored_deinit(&stored);
	return found;
}

/* True when the store gives back `bytes` under the name and key. */
static bool holds(const struct od_store *store, const char *name, const char *key, const char *bytes)
{
	return loads_one_of(store, name, key, 1, &bytes) == 0;
}

static void what_was_saved_is_loaded_under_its_key_only(void **state)
{
	(void)state;
	struct od_store *store = open_store(1 << 20);

	assert_false(holds(store, "a", "key", "some bytes"));
	assert_true(od_store_save(store, "a", OD_STR("key"), OD_STR("some bytes")));
	assert_true(holds(store, "a", "key", "some bytes"));
	assert_false(holds(store, "a", "yek", "some bytes"));
	assert_false(holds(store, "a", "keys", "some bytes"));
	assert_false(holds(store, "b", "key", "some bytes"));
	assert_true(od_store_save(store, "a", OD_STR("key"), OD_STR("other bytes")));
	assert_true(holds(store, "a", "key", "other bytes"));
	od_store_destroy(store);
}

static void flip(const char *path, long at)
{
	FILE *file = fopen(path, "r+");

	assert_non_null(file);
	assert_int_equal(fseek(file, at, SEEK_SET), 0);
	int c = fgetc(file);
	assert_int_equal(fseek(file, at, SEEK_SET), 0);
	fputc(c ^ 1, file);
	assert_int_equal(fclose(file), 0);
}

static void one_wrong_bit_anywhere_makes_a_file_unbelievable(void **state)
{
	(void)state;
	struct od_store *store = open_store(1 << 20);
	struct stat status;
	char path[128];

	path_of("a", path);
	assert_true(od_store_save(store, "a", OD_STR("key"), OD_STR("0123456789 0123456789 0123456789 01234567")));
	assert_int_equal(stat(path, &status), 0);
	for (long at = 0; at < status.st_size; at++) {
		bool padding = (at >= 40 && at < 48 + OD_STORE_KEY && !(at >= 48 && at < 51)) ||
			       (at >= 48 + OD_STORE_KEY + 41 && at < 48 + OD_STORE_KEY + 48);
		flip(path, at);
		struct od_stored stored = {0};
		if (od_store_load(store, "a", OD_STR("key"), &stored) && !padding)
			fail_msg("byte %ld was changed, and the file is believed", at);
		od_stored_deinit(&stored);
		flip(path, at);
	}
	assert_int_equal(truncate(path, status.st_size - 1), 0);
	assert_false(holds(store, "a", "key", "0123456789 0123456789 0123456789 0123456"));
	od_store_destroy(store);
}

static void a_file_that_others_may_write_is_not_believed(void **state)
{
	(void)state;
	struct od_store *store = open_store(1 << 20);
	char path[128];

	path_of("a", path);
	assert_true(od_store_save(store, "a", OD_STR("key"), OD_STR("bytes")));
	assert_int_equal(chmod(path, 0622), 0);
	assert_false(holds(store, "a", "key", "bytes"));
	assert_int_equal(chmod(path, 0600), 0);
	assert_true(holds(store, "a", "key", "bytes"));
	od_store_destroy(store);
}

static void what_cannot_be_kept_is_no_error(void **state)
{
	(void)state;
	static const char *const places[] = {"/proc/oopsdecode", "/dev/null", "/dev/null/oopsdecode", "/nonexistent/a/b"};

	for (size_t i = 0; i < ARRAY_SIZE(places); i++) {
		struct od_store *store = od_store_create(places[i], 1 << 20);
		assert_non_null(store);
		assert_false(od_store_save(store, "a", OD_STR("key"), OD_STR("bytes")));
		assert_false(holds(store, "a", "key", "bytes"));
		od_store_destroy(store);
	}
	struct od_store *store = open_store(4);
	assert_false(od_store_save(store, "a", OD_STR("key"), OD_STR("too large")));
	od_store_destroy(store);
}

static void the_longest_unused_files_go_first(void **state)
{
	(void)state;
	char bytes[1001] = "", name[16];
	struct od_store *store = open_store(20000);

	memset(bytes, 'x', sizeof(bytes) - 1);
	for (int i = 0; i < 40; i++) {
		snprintf(name, sizeof(name), "f%d", i);
		assert_true(od_store_save(store, name, OD_STR("key"), od_str_from(bytes)));
		assert_true(holds(store, name, "key", bytes));
		assert_true(holds(store, "f0", "key", bytes)); /* used all the time: it stays */
		usleep(5000); /* the kernel's clock of file times is coarse */
	}
	assert_false(holds(store, "f1", "key", bytes));
	assert_true(holds(store, "f38", "key", bytes));
	od_store_destroy(store);
}

static void writer(const char *bytes)
{
	struct od_store *store = open_store(1 << 20);
	bool saved = true;

	for (int i = 0; i < 200; i++)
		saved = od_store_save(store, "a", OD_STR("key"), od_str_from(bytes)) && saved;
	od_store_destroy(store);
	_exit(saved ? EXIT_SUCCESS : EXIT_FAILURE);
}

static void many_processes_may_write_one_file(void **state)
{
	(void)state;
	static const char *const texts[] = {"the bytes of one", "what another process writes"};
	struct od_store *store = open_store(1 << 20);
	pid_t children[2];

	assert_true(od_store_save(store, "a", OD_STR("key"), od_str_from(texts[0])));
	for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
		children[i] = fork();
		assert_true(children[i] >= 0);
		if (children[i] == 0)
			writer(texts[i]);
	}
	for (int i = 0; i < 200; i++)
		if (loads_one_of(store, "a", "key", ARRAY_SIZE(texts), texts) < 0)
			fail_msg("neither of the two can be read");
	for (size_t i = 0; i < ARRAY_SIZE(children); i++) {
		int status;
		assert_int_equal(waitpid(children[i], &status, 0), children[i]);
		assert_int_equal(status, 0);
	}
	od_store_destroy(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_was_saved_is_loaded_under_its_key_only, setup, teardown),
		cmocka_unit_test_setup_teardown(one_wrong_bit_anywhere_makes_a_file_unbelievable, setup, teardown),
		cmocka_unit_test_setup_teardown(a_file_that_others_may_write_is_not_believed, setup, teardown),
		cmocka_unit_test_setup_teardown(what_cannot_be_kept_is_no_error, setup, teardown),
		cmocka_unit_test_setup_teardown(the_longest_unused_files_go_first, setup, teardown),
		cmocka_unit_test_setup_teardown(many_processes_may_write_one_file, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
