// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/module_fixture.h"

#include <glob.h>
#include <sys/stat.h>

#include "symbolize/elf.h"

static struct fixture fixture;
static char cache[128];

static const unsigned char note[] = {4, 0, 0, 0, 4, 0, 0, 0, 3, 0, 0, 0, 'G', 'N', 'U', 0, 0xde, 0xad, 0xbe, 0xef};

static int setup(void **state)
{
	(void)state;
	char path[128];
	fixture_build(&fixture, "gcc -g -O2 -fno-pic");
	snprintf(path, sizeof(path), "%s/note", fixture.directory);
	write_file(path, note, sizeof(note));
	run("objcopy --add-section .note.gnu.build-id=%s %s", path, fixture.module);
	snprintf(cache, sizeof(cache), "%s/cache/oopsdecode", fixture.directory);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	fixture_remove(&fixture);
	return 0;
}

/* The variable of the innermost function at at_leaf, and its type, which is read when it is asked for. */
static void check_variable(const struct od_event *event)
{
	assert_int_equal(event->facts.count, 1);
	const struct od_facts *facts = &event->facts.items[0];
	assert_true(facts->variables.count > 0);
	const struct od_variable *variable = &facts->variables.items[0];
	assert_str(variable->function, "leaf");
	assert_str(variable->name, "x");
	assert_true(variable->parameter);
	assert_true(variable->locations.count > 0);
	assert_true(od_facts_insns(facts)->count > 3);
	assert_non_null(od_facts_type(facts, variable->type));
	assert_str(od_facts_type(facts, variable->type)->text, "int");
	assert_int_equal(od_facts_type(facts, variable->type)->size, 4);
}

/* The innermost place of a label, with the cache; it must be right, and so must the variables there. */
static void look_up(const char *label, const char *cache_dir)
{
	const char *module = fixture.module;
	struct od_symbolize_options options = {
		.modules = &module, .module_count = 1, .root = "", .cache_dir = cache_dir, .cache_smallest = 1};
	struct od_trail trail = {0};
	struct od_symbolizer *symbolizer = NULL;
	struct od_event *event = event_at(label, 0);
	char mark[32];

	snprintf(mark, sizeof(mark), "HERE(%s)", label);
	if (od_symbolizer_create(&trail, &options, &symbolizer) != OD_OK)
		fail_msg("%s", trail.text);
	od_symbolize(symbolizer, event);
	assert_int_equal(event->ip.status, OD_FRAME_RESOLVED);
	assert_int_equal(event->ip.places.items[0].line, line_of(mark));
	assert_str(event->ip.places.items[0].file, "hello.c");
	if (!strcmp(label, "at_leaf"))
		check_variable(event);
	od_event_destroy(event);
	od_symbolizer_destroy(symbolizer);
}

/* The only file of a kind in the cache; false: there is none. */
static bool cache_file(const char *kind, char path[static 512])
{
	char pattern[256];
	glob_t found;

	snprintf(pattern, sizeof(pattern), "%s/deadbeef-*.%s.odx", cache, kind);
	bool any = glob(pattern, 0, NULL, &found) == 0;
	if (any) {
		assert_int_equal(found.gl_pathc, 1);
		snprintf(path, 512, "%s", found.gl_pathv[0]);
		globfree(&found);
	}
	return any;
}

static long size_of(const char *path)
{
	struct stat status;
	assert_int_equal(stat(path, &status), 0);
	return status.st_size;
}

static void what_one_run_learned_the_next_one_knows(void **state)
{
	(void)state;
	char names[512], facts[512];

	assert_false(cache_file("names", names));
	look_up("at_leaf", cache);
	assert_true(cache_file("names", names));
	assert_true(cache_file("facts", facts));
	long before = size_of(facts);
	look_up("at_leaf", cache);
	assert_int_equal(size_of(facts), before);
	look_up("at_exit", cache);
	assert_true(size_of(facts) > before);
}

/* Overwrites .debug_info in place. */
static void destroy_debug_info(void)
{
	struct od_image *image = od_image_open(NULL, fixture.module);
	assert_non_null(image);
	const struct od_section *info = od_image_section(image, ".debug_info");
	FILE *file = fopen(fixture.module, "r+");
	assert_non_null(file);
	assert_int_equal(fseek(file, (long)info->header.sh_offset, SEEK_SET), 0);
	for (uint64_t i = 0; i < info->header.sh_size; i++)
		fputc(0, file);
	assert_int_equal(fclose(file), 0);
	od_image_close(image);
}

static void facts_are_believed_without_looking_at_the_debug_info_again(void **state)
{
	(void)state;
	look_up("at_leaf", cache);
	/* The debug info is destroyed, and the file looks as if it had not been touched. */
	run("cp -p %s %s.orig", fixture.module, fixture.module);
	destroy_debug_info();
	run("touch -r %s.orig %s", fixture.module, fixture.module);
	look_up("at_leaf", cache);
}

static void a_damaged_cache_is_rebuilt(void **state)
{
	(void)state;
	static const char *const kinds[] = {"names", "facts"};
	char path[512];

	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++) {
		look_up("at_leaf", cache);
		assert_true(cache_file(kinds[i], path));
		long size = size_of(path);
		assert_int_equal(truncate(path, size - 8), 0);
		look_up("at_leaf", cache);
		assert_int_equal(size_of(path), size);
		write_file(path, "", 0);
		look_up("at_leaf", cache);
		assert_int_equal(size_of(path), size);
	}
}

static void a_changed_file_has_another_index(void **state)
{
	(void)state;
	char path[512];
	look_up("at_leaf", cache);
	assert_true(cache_file("names", path));
	run("cp %s %s.new", fixture.module, fixture.module);
	run("mv %s.new %s", fixture.module, fixture.module);
	look_up("at_leaf", cache);
	run("test $(ls %s | grep -c names) = 2%s", cache, "");
}

static void a_cache_that_cannot_be_written_is_no_error(void **state)
{
	(void)state;
	look_up("at_leaf", "/proc/oopsdecode");
	look_up("at_leaf", "/dev/null");
	look_up("at_leaf", "/dev/full");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_one_run_learned_the_next_one_knows, setup, teardown),
		cmocka_unit_test_setup_teardown(facts_are_believed_without_looking_at_the_debug_info_again, setup,
						teardown),
		cmocka_unit_test_setup_teardown(a_damaged_cache_is_rebuilt, setup, teardown),
		cmocka_unit_test_setup_teardown(a_changed_file_has_another_index, setup, teardown),
		cmocka_unit_test_setup_teardown(a_cache_that_cannot_be_written_is_no_error, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
