// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/module_fixture.h"

static struct fixture fixture;
static char root[128];

static const unsigned char note[] = {4, 0, 0, 0, 4, 0, 0, 0, 3, 0, 0, 0, 'G', 'N', 'U', 0, 0xde, 0xad, 0xbe, 0xef};

static int setup(void **state)
{
	(void)state;
	fixture_build(&fixture, "gcc -g -O2 -fno-pic");
	snprintf(root, sizeof(root), "%s/root", fixture.directory);
	run("mkdir -p %s/usr/lib/debug/.build-id/de %s/.debug", root, fixture.directory);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	fixture_remove(&fixture);
	return 0;
}

static void add_build_id(void)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/note", fixture.directory);
	write_file(path, note, sizeof(note));
	run("objcopy --add-section .note.gnu.build-id=%s %s", path, fixture.module);
}

/* hello.ko without debug info, and its debug info in `debug`, which is a path below the fixture. */
static void split(const char *debug, const char *strip)
{
	char path[256];

	snprintf(path, sizeof(path), "%s/%s", fixture.directory, debug);
	run("objcopy --only-keep-debug %s %s", fixture.module, path);
	run(strip, fixture.module, path);
}

static enum od_frame_status look_up(const char *search_root)
{
	const char *module = fixture.module;
	struct od_symbolize_options options = {.modules = &module, .module_count = 1, .root = search_root};
	struct od_trail trail = {0};
	struct od_symbolizer *symbolizer = NULL;
	struct od_event *event = event_at("at_leaf", 0);

	if (od_symbolizer_create(&trail, &options, &symbolizer) != OD_OK)
		fail_msg("%s", trail.text);
	od_symbolize(symbolizer, event);
	enum od_frame_status status = event->ip.status;
	if (status == OD_FRAME_RESOLVED) {
		assert_int_equal(event->ip.places.count, 3);
		assert_int_equal(event->ip.places.items[0].line, line_of("HERE(at_leaf)"));
	}
	od_event_destroy(event);
	od_symbolizer_destroy(symbolizer);
	return status;
}

struct row {
	const char *debug, *strip;
	bool build_id;
	enum od_frame_status near, far; /* without search, and with it */
};

#define BUILD_ID_PATH "root/usr/lib/debug/.build-id/de/adbeef.debug"
#define LINK "objcopy -g --add-gnu-debuglink=%2$s %1$s"

static const struct row rows[] = {
	{BUILD_ID_PATH, "strip -g %s", true, OD_FRAME_NO_DEBUG_INFO, OD_FRAME_RESOLVED},
	{"hello.ko.debug", "strip -g %s", true, OD_FRAME_RESOLVED, OD_FRAME_RESOLVED},
	{"hello.ko.debug", "strip -g %s", false, OD_FRAME_NO_DEBUG_INFO, OD_FRAME_NO_DEBUG_INFO},
	{"hello.debug", LINK, false, OD_FRAME_RESOLVED, OD_FRAME_RESOLVED},
	{".debug/hello.debug", LINK, false, OD_FRAME_RESOLVED, OD_FRAME_RESOLVED},
	{".debug/hello.debug", LINK " && printf x >>%2$s", false, OD_FRAME_NO_DEBUG_INFO, OD_FRAME_NO_DEBUG_INFO},
};

static void debug_info_is_found_beside_a_stripped_file_if_it_belongs_to_it(void **state)
{
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		setup(state);
		print_message("case %zu\n", i);
		if (rows[i].build_id)
			add_build_id();
		split(rows[i].debug, rows[i].strip);
		assert_int_equal(look_up(""), rows[i].near);
		assert_int_equal(look_up(root), rows[i].far);
		teardown(state);
	}
}

static void debug_info_of_another_build_is_not_used(void **state)
{
	(void)state;
	add_build_id();
	split("hello.ko.debug", "strip -g %s");
	assert_int_equal(look_up(root), OD_FRAME_RESOLVED);
	run("LC_ALL=C sed -i 's/\\xde\\xad\\xbe\\xef/\\xde\\xad\\xbe\\xee/' %s.debug%s", fixture.module, "");
	assert_int_equal(look_up(root), OD_FRAME_NO_DEBUG_INFO);
}

/* Walking would find both. */
static void modules_dep_names_the_file(void **state)
{
	(void)state;
	static const char list[] = "any/other.ko:\nany/hel-lo.ko: any/other.ko\n";
	char path[256];
	struct od_symbolize_options options = {.root = root};
	struct od_symbolizer *symbolizer = NULL;
	struct od_event *event = event_at("at_leaf", 0);

	event->ip.module = OD_STR("hel_lo");
	snprintf(path, sizeof(path), "%s/lib/modules/6.1.0-test", root);
	run("mkdir -p %s/any %s/twin", path, path);
	run("cp %s %s/any/hel-lo.ko", fixture.module, path);
	run("cp %s %s/twin/hel-lo.ko", fixture.module, path);
	snprintf(path, sizeof(path), "%s/lib/modules/6.1.0-test/modules.dep", root);
	write_file(path, list, sizeof(list) - 1);
	assert_int_equal(od_symbolizer_create(NULL, &options, &symbolizer), OD_OK);
	od_symbolize(symbolizer, event);
	assert_int_equal(event->ip.status, OD_FRAME_RESOLVED);
	assert_true(od_str_ends(event->images.items[0].path, OD_STR("/any/hel-lo.ko")));
	od_event_destroy(event);
	od_symbolizer_destroy(symbolizer);
}

static const char symbols[] = "ffffffff81000000 T _stext\nffffffff81000010 t twice\nffffffff81000020 T once\n"
			      "ffffffff81000050 t twice\nffffffff81000060 T _etext\nffffffff82000000 D data\n";

static void a_list_of_symbols_is_a_kernel_without_debug_info(void **state)
{
	(void)state;
	static const struct {
		const char *function;
		uint64_t size;
		enum od_frame_status status;
	} cases[] = {
		{"once", 0x30, OD_FRAME_NO_DEBUG_INFO}, {"once", 0x31, OD_FRAME_MISMATCH},
		{"twice", 0x10, OD_FRAME_AMBIGUOUS}, {"never", 0x10, OD_FRAME_NO_SYMBOL},
	};
	char path[128];

	snprintf(path, sizeof(path), "%s/System.map", fixture.directory);
	write_file(path, symbols, sizeof(symbols) - 1);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct od_symbolize_options options = {.vmlinux = path, .root = ""};
		struct od_symbolizer *symbolizer = NULL;
		struct od_event *event = event_at(cases[i].function, 4);
		event->ip.module = (struct od_str){NULL, 0};
		event->ip.size = od_num(cases[i].size);
		assert_int_equal(od_symbolizer_create(NULL, &options, &symbolizer), OD_OK);
		od_symbolize(symbolizer, event);
		assert_int_equal(event->ip.status, cases[i].status);
		assert_int_equal(event->ip.candidates.count, cases[i].status == OD_FRAME_AMBIGUOUS ? 2 : 0);
		od_event_destroy(event);
		od_symbolizer_destroy(symbolizer);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(debug_info_is_found_beside_a_stripped_file_if_it_belongs_to_it),
		cmocka_unit_test_setup_teardown(debug_info_of_another_build_is_not_used, setup, teardown),
		cmocka_unit_test_setup_teardown(modules_dep_names_the_file, setup, teardown),
		cmocka_unit_test_setup_teardown(a_list_of_symbols_is_a_kernel_without_debug_info, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
