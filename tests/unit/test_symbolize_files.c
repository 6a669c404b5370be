// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/module_fixture.h"

static struct fixture fixture;

static int setup(void **state)
{
	(void)state;
	fixture_build(&fixture, "gcc -g -O2 -fno-pic");
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	fixture_remove(&fixture);
	return 0;
}

static struct od_event *symbolize_with(const struct od_symbolize_options *options)
{
	struct od_trail trail = {0};
	struct od_symbolizer *symbolizer = NULL;
	struct od_event *event = event_at("hello_exit", 0);

	if (od_symbolizer_create(&trail, options, &symbolizer) != OD_OK)
		fail_msg("%s", trail.text);
	od_symbolize(symbolizer, event);
	od_symbolizer_destroy(symbolizer);
	return event;
}

static void a_named_file_that_is_not_there_is_an_error(void **state)
{
	(void)state;
	static const char *const missing[] = {"/nonexistent/hello.ko"};
	const char *directory = fixture.directory;
	const struct od_symbolize_options rows[] = {
		{.modules = missing, .module_count = 1},
		{.module_dirs = missing, .module_dir_count = 1},
		{.vmlinux = missing[0]},
		{.modules = &directory, .module_count = 1},
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct od_trail trail = {0};
		struct od_symbolizer *symbolizer = NULL;
		assert_int_equal(od_symbolizer_create(&trail, &rows[i], &symbolizer), OD_ERR_MISSING);
		assert_null(symbolizer);
		assert_non_null(strstr(trail.text, i == 3 ? directory : "/nonexistent/hello.ko"));
	}
}

static void trees_and_usual_places_are_searched(void **state)
{
	(void)state;
	static const char *const places[] = {
		"/tree/deep/hello.ko", "/usr/lib/debug/lib/modules/6.1.0-test/kernel/hello.ko.debug",
		"/lib/modules/6.1.0-test/extra/hello.ko.xz", "/lib/modules/6.1.0-test/extra/hello.ko.zst",
		"/lib/modules/6.1.0-test/extra/hello.ko.gz",
	};

	for (size_t i = 0; i < ARRAY_SIZE(places); i++) {
		char root[160], path[256], tree[256];
		snprintf(root, sizeof(root), "%s/root%zu", fixture.directory, i);
		snprintf(path, sizeof(path), "%s%s", root, places[i]);
		snprintf(tree, sizeof(tree), "%s/tree", root);
		run("mkdir -p \"$(dirname %s)\" && mkdir -p %s", path, tree);
		run(strstr(path, ".xz")	   ? "xz -c %s >%s"
		    : strstr(path, ".zst") ? "zstd -qc %s >%s"
		    : strstr(path, ".gz")  ? "gzip -c %s >%s"
					   : "cp %s %s", fixture.module, path);
		const char *dir = tree;
		struct od_symbolize_options options = {.module_dirs = &dir, .module_dir_count = 1, .root = root};
		struct od_event *event = symbolize_with(&options);
		assert_int_equal(event->ip.status, OD_FRAME_RESOLVED);
		assert_str(event->images.items[0].path, path);
		od_event_destroy(event);
	}
}

static void a_printed_build_id_leads_to_its_file(void **state)
{
	(void)state;
	char root[160], path[256];
	static const char *const ids[] = {"0123456789abcdef", "0123456789abcdee", "../../../../etc"};

	snprintf(root, sizeof(root), "%s/ids", fixture.directory);
	snprintf(path, sizeof(path), "%s/usr/lib/debug/.build-id/01/23456789abcdef.debug", root);
	run("mkdir -p $(dirname %s)%s", path, "");
	run("cd $(dirname %s) && ld -r --build-id=0x0123456789abcdef -o 23456789abcdef.debug %s", path, fixture.module);
	for (size_t i = 0; i < ARRAY_SIZE(ids); i++) {
		struct od_symbolize_options options = {.root = root};
		struct od_symbolizer *symbolizer = NULL;
		struct od_event *event = event_at("hello_exit", 0);
		event->ip.build_id = od_str_from(ids[i]);
		assert_int_equal(od_symbolizer_create(NULL, &options, &symbolizer), OD_OK);
		od_symbolize(symbolizer, event);
		assert_int_equal(event->ip.status, i ? OD_FRAME_NO_IMAGE : OD_FRAME_RESOLVED);
		if (!i)
			assert_int_equal(event->images.items[0].verdict, OD_VERDICT_MATCH);
		od_event_destroy(event);
		od_symbolizer_destroy(symbolizer);
	}
}

static void a_file_of_another_name_is_known_by_the_name_inside(void **state)
{
	(void)state;
	char copy[160];
	const char *path = copy;

	snprintf(copy, sizeof(copy), "%s/fixed-version.ko", fixture.directory);
	run("cp %s %s", fixture.module, copy);
	struct od_symbolize_options options = {.modules = &path, .module_count = 1, .root = ""};
	struct od_event *event = symbolize_with(&options);
	assert_int_equal(event->ip.status, OD_FRAME_RESOLVED);
	od_event_destroy(event);
}

struct broken {
	const char *command;	/* %s: the module; the new file */
	enum od_frame_status status;
	const char *detail;
};

static const struct broken broken[] = {
	{"head -c 2000 %s >%s", OD_FRAME_NO_IMAGE, "cut off"},
	{"head -c 40 %s >%s", OD_FRAME_NO_IMAGE, "cut off"},
	{"head -c 0 %s >%s", OD_FRAME_NO_IMAGE, "not an ELF"},
	{"(echo text; cat %s) >%s", OD_FRAME_NO_IMAGE, "not an ELF"},
	{"strip -g %s -o %s", OD_FRAME_NO_DEBUG_INFO, "no debug info"},
	{"strip -s %s -o %s", OD_FRAME_NO_IMAGE, "no symbol table"},
};

static void a_file_of_no_use_is_named_in_the_frames_status(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(broken); i++) {
		char path[160];
		const char *module = path;
		snprintf(path, sizeof(path), "%s/broken%zu/hello.ko", fixture.directory, i);
		run("mkdir -p $(dirname %s)%s", path, "");
		run(broken[i].command, fixture.module, path);
		struct od_symbolize_options options = {.modules = &module, .module_count = 1, .root = ""};
		struct od_event *event = symbolize_with(&options);
		assert_int_equal(event->ip.status, broken[i].status);
		if (od_str_find(event->ip.status_detail, od_str_from(broken[i].detail)) < 0)
			fail_msg("row %zu: %.*s", i, OD_FMT(event->ip.status_detail));
		assert_int_equal(event->ip.places.count, 0);
		od_event_destroy(event);
	}
}

/* Every byte of the file's tables, one at a time, and the file cut at many lengths: no answer matters, a crash does. */
static void damage_never_crashes(void **state)
{
	(void)state;
	FILE *file = fopen(fixture.module, "r");
	char bytes[65536], path[160];
	const char *module = path;

	assert_non_null(file);
	size_t size = fread(bytes, 1, sizeof(bytes), file);
	fclose(file);
	snprintf(path, sizeof(path), "%s/damaged/hello.ko", fixture.directory);
	run("mkdir -p %s/damaged%s", fixture.directory, "");
	for (size_t i = 0; i < 600; i++) {
		size_t at = i * 7919 % size, length = i % 3 ? size : at;
		char saved = bytes[at];
		bytes[at] = (char)(saved ^ (1 << (i % 8)));
		write_file(path, bytes, length);
		struct od_symbolize_options options = {.modules = &module, .module_count = 1, .root = ""};
		od_event_destroy(symbolize_with(&options));
		bytes[at] = saved;
	}
}

struct advice {
	const char *release, *detail;
};

static const struct advice advices[] = {
	{"6.1.0-56-amd64", "apt install linux-image-6.1.0-56-amd64-dbg"},
	{"6.12.107+deb13-riscv64", "apt install linux-image-6.12.107+deb13-riscv64-dbg"},
	{"5.15.0-91-generic", "apt install linux-image-5.15.0-91-generic-dbgsym"},
	{"6.8.5-301.fc40.x86_64", "dnf debuginfo-install kernel-6.8.5-301.fc40.x86_64"},
	{"5.14.0-427.el9.x86_64", "dnf debuginfo-install kernel-5.14.0-427.el9.x86_64"},
	{"5.14.21-150500.55-default", "zypper install kernel-default-debuginfo"},
	{"6.9.1-arch1-1", "debuginfod"},
	{"4.4.0+", "--vmlinux FILE"},
	{"", "--vmlinux FILE"},
	{"../../etc", "--vmlinux FILE"},
};

static void what_is_missing_is_named_with_the_command_that_gets_it(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(advices); i++) {
		const char *module = fixture.module;
		struct od_symbolizer *symbolizer = symbolizer_for(&module, 1);
		struct od_event *event = event_at("schedule", 0);
		event->ip.module = (struct od_str){NULL, 0};
		event->kernel_release = od_str_from(advices[i].release);
		od_symbolize(symbolizer, event);
		assert_int_equal(event->ip.status, OD_FRAME_NO_IMAGE);
		if (od_str_find(event->ip.status_detail, od_str_from(advices[i].detail)) < 0)
			fail_msg("row %zu: %.*s", i, OD_FMT(event->ip.status_detail));
		od_event_destroy(event);
		od_symbolizer_destroy(symbolizer);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_named_file_that_is_not_there_is_an_error),
		cmocka_unit_test(trees_and_usual_places_are_searched),
		cmocka_unit_test(a_printed_build_id_leads_to_its_file),
		cmocka_unit_test(a_file_of_another_name_is_known_by_the_name_inside),
		cmocka_unit_test(a_file_of_no_use_is_named_in_the_frames_status),
		cmocka_unit_test(damage_never_crashes),
		cmocka_unit_test(what_is_missing_is_named_with_the_command_that_gets_it),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
