// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/pack.h"

#include <unistd.h>

#include "io/input.h"

static const char text[] = "\x7f" "ELF, or so it says; the loader does not look into it.\n";
enum { TEXT_SIZE = sizeof(text) - 1 };

struct fixture {
	char dir[32], path[64];
	struct od_trail trail;
};

static int setup(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	strcpy(f->dir, "/tmp/od-file-XXXXXX");
	if (!mkdtemp(f->dir))
		return -1;
	snprintf(f->path, sizeof(f->path), "%s/file", f->dir);
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	unlink(f->path);
	rmdir(f->dir);
	free(f);
	return 0;
}

static void write_file(struct fixture *f, const char *bytes, size_t size)
{
	FILE *file = fopen(f->path, "wb");

	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, size, file), size);
	assert_int_equal(fclose(file), 0);
}

/* Loads the fixture's file, which must fail so and leave nothing behind. */
static void assert_refused(struct fixture *f, const char *path, size_t limit, od_status status,
			   const char *trail)
{
	struct od_file file = {0};

	od_trail_clear(&f->trail);
	assert_int_equal(od_file_load(&f->trail, path, limit, &file), status);
	assert_non_null(strstr(f->trail.text, trail));
	assert_null(file.data);
}

static struct od_str contents(const struct od_file *file)
{
	return (struct od_str){(const char *)file->data, file->size};
}

static void plain_files_are_mapped_privately(void **state)
{
	struct fixture *f = *state;
	struct od_file file = {0}, again = {0};

	write_file(f, text, TEXT_SIZE);
	assert_int_equal(od_file_load(&f->trail, f->path, TEXT_SIZE, &file), OD_OK);
	assert_true(file.mapped);
	assert_str(contents(&file), text);
	file.data[0] = '!';
	od_file_deinit(&file);
	assert_null(file.data);
	assert_int_equal(od_file_load(&f->trail, f->path, TEXT_SIZE, &again), OD_OK);
	assert_str(contents(&again), text); /* the file itself was not written */
	od_file_deinit(&again);
}

static void compressed_files_are_loaded_unpacked(void **state)
{
	struct fixture *f = *state;
	enum { SIZE = (3 << 20) + 17, CAPACITY = 4 << 20 };
	char *random = long_text(SIZE), *packed = malloc(CAPACITY);

	for (size_t i = 0; i < ARRAY_SIZE(formats); i++) {
		struct od_file file = {0};

		write_file(f, packed, formats[i].pack(random, SIZE, packed, CAPACITY));
		assert_int_equal(od_file_load(&f->trail, f->path, SIZE, &file), OD_OK);
		assert_false(file.mapped);
		assert_int_equal(file.size, SIZE);
		assert_memory_equal(file.data, random, SIZE);
		od_file_deinit(&file);
	}
	free(random);
	free(packed);
}

static void a_file_over_the_limit_is_refused(void **state)
{
	struct fixture *f = *state;
	char packed[1024], message[64];

	snprintf(message, sizeof(message), "larger than %d bytes", TEXT_SIZE - 1);
	write_file(f, text, TEXT_SIZE);
	assert_refused(f, f->path, TEXT_SIZE - 1, OD_ERR_FORMAT, message);
	for (size_t i = 0; i < ARRAY_SIZE(formats); i++) {
		write_file(f, packed, formats[i].pack(text, TEXT_SIZE, packed, sizeof(packed)));
		assert_refused(f, f->path, TEXT_SIZE - 1, OD_ERR_FORMAT, message);
	}
}

static void a_small_file_that_unpacks_to_a_large_one_is_refused(void **state)
{
	struct fixture *f = *state;
	enum { SIZE = 32 << 20, CAPACITY = 1 << 20 };
	char *zeros = calloc(1, SIZE), *packed = malloc(CAPACITY);

	for (size_t i = 0; i < ARRAY_SIZE(formats); i++) {
		write_file(f, packed, formats[i].pack(zeros, SIZE, packed, CAPACITY));
		assert_refused(f, f->path, 1 << 20, OD_ERR_FORMAT, "larger than 1048576 bytes");
	}
	free(zeros);
	free(packed);
}

static void damaged_files_are_not_loaded(void **state)
{
	struct fixture *f = *state;
	char packed[1024];

	for (size_t i = 0; i < ARRAY_SIZE(formats); i++) {
		write_file(f, packed, formats[i].pack(text, TEXT_SIZE, packed, sizeof(packed)) - 1);
		assert_refused(f, f->path, SIZE_MAX, OD_ERR_FORMAT, "ends too early");
	}
}

static void files_without_a_size_are_loaded_too(void **state)
{
	struct fixture *f = *state;
	struct od_file file = {0};

	write_file(f, "", 0);
	assert_int_equal(od_file_load(&f->trail, f->path, 0, &file), OD_OK);
	assert_int_equal(file.size, 0);
	od_file_deinit(&file);
	assert_int_equal(od_file_load(&f->trail, "/proc/self/status", SIZE_MAX, &file), OD_OK);
	assert_false(file.mapped);
	assert_true(od_str_starts(contents(&file), OD_STR("Name:")));
	od_file_deinit(&file);
}

static void failures_to_open_say_why(void **state)
{
	struct fixture *f = *state;

	assert_refused(f, "/", SIZE_MAX, OD_ERR_IO, "cannot read: Is a directory");
	assert_refused(f, f->path, SIZE_MAX, OD_ERR_IO, "cannot open: No such file or directory");
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(plain_files_are_mapped_privately),
		CASE(compressed_files_are_loaded_unpacked),
		CASE(a_file_over_the_limit_is_refused),
		CASE(a_small_file_that_unpacks_to_a_large_one_is_refused),
		CASE(damaged_files_are_not_loaded),
		CASE(files_without_a_size_are_loaded_too),
		CASE(failures_to_open_say_why),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
