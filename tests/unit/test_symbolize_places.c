// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/module_fixture.h"

/* Every way to build a module that has its debug info in another form. */
static const char *const compilers[] = {
	"gcc -g -gdwarf-4 -O2 -fno-pic",
	"gcc -g -gdwarf-5 -O2 -fno-pic",
	"gcc -g -O2 -fno-pic -gz=zlib",
	"clang -g -gdwarf-5 -O2 -fno-pic",
	"clang -g -gdwarf-4 -O2 -fno-pic",
	"gcc -g -gdwarf-5 -gsplit-dwarf -O2 -fno-pic",
	"gcc -g -gdwarf-5 -gsplit-dwarf -gz=zlib -O2 -fno-pic",
	"clang -g -gdwarf-5 -gsplit-dwarf -O2 -fno-pic",
};

static bool is_installed(const char *compiler)
{
	return compiler[0] != 'c' || system("command -v clang >/dev/null") == 0;
}

static void assert_place(const struct od_place *place, const char *function, unsigned line, bool inlined)
{
	assert_str(place->function, function);
	assert_str(place->file, "hello.c");
	assert_int_equal(place->path.ptr[0], '/');
	assert_int_equal(place->line, line);
	assert_int_equal(place->inlined, inlined);
}

struct row {
	const char *label, *function;
};

static const struct row rows[] = {
	{"at_outer", "outer"}, {"at_init", "hello_init"}, {"at_exit", "hello_exit"}, {"at_rare", "rare"},
};

static void check_sections(struct od_symbolizer *symbolizer)
{
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		char mark[32];
		struct od_event *event = event_at(rows[i].label, 0);
		snprintf(mark, sizeof(mark), "HERE(%s)", rows[i].label);
		od_symbolize(symbolizer, event);
		assert_int_equal(event->ip.status, OD_FRAME_RESOLVED);
		assert_int_equal(event->ip.places.count, 1);
		assert_place(&event->ip.places.items[0], rows[i].function, line_of(mark), false);
		od_event_destroy(event);
	}
}

static void check_chain(struct od_symbolizer *symbolizer)
{
	struct od_event *event = event_at("at_leaf", 0);

	od_symbolize(symbolizer, event);
	assert_int_equal(event->ip.status, OD_FRAME_RESOLVED);
	assert_int_equal(event->ip.places.count, 3);
	assert_place(&event->ip.places.items[0], "leaf", line_of("HERE(at_leaf)"), true);
	assert_place(&event->ip.places.items[1], "middle", line_of("/* call leaf */"), true);
	assert_place(&event->ip.places.items[2], "outer", line_of("/* call middle */"), false);
	assert_true(event->ip.places.items[1].column > 0);
	od_event_destroy(event);
}

static void places_are_right_in_every_section_and_form_of_debug_info(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(compilers); i++) {
		struct fixture fixture;
		if (!is_installed(compilers[i]))
			continue;
		fixture_build(&fixture, compilers[i]);
		const char *module = fixture.module;
		struct od_symbolizer *symbolizer = symbolizer_for(&module, 1);
		check_sections(symbolizer);
		check_chain(symbolizer);
		od_symbolizer_destroy(symbolizer);
		fixture_remove(&fixture);
	}
}

/* What is said of an address behind a label, as text. */
static void describe(struct od_symbolizer *symbolizer, const char *label, uint64_t offset, char text[static 1024])
{
	struct od_event *event = event_at(label, offset);
	size_t at = 0;

	od_symbolize(symbolizer, event);
	text[0] = '\0';
	for (size_t i = 0; i < event->ip.places.count && at < 900; i++) {
		const struct od_place *place = &event->ip.places.items[i];
		at += (size_t)snprintf(text + at, 1024 - at, "%.*s %.*s:%u:%u%s\n", OD_FMT(place->function),
				       OD_FMT(place->path), place->line, place->column, place->inlined ? " inlined" : "");
	}
	od_event_destroy(event);
}

/* The first are asked of libdw one by one, for the later ones whole units are read: both ways round. */
static void many_lookups_give_the_same_places_as_few(void **state)
{
	(void)state;
	enum { COUNT = 160 };
	static const char *const labels[] = {"at_leaf", "hello_exit", "hello_init", "at_rare"};
	static char first[COUNT][1024], second[COUNT][1024];

	for (size_t c = 0; c < ARRAY_SIZE(compilers); c++) {
		struct fixture fixture;
		size_t known = 0;
		if (!is_installed(compilers[c]))
			continue;
		fixture_build(&fixture, compilers[c]);
		const char *module = fixture.module;
		struct od_symbolizer *up = symbolizer_for(&module, 1), *down = symbolizer_for(&module, 1);
		for (size_t i = 0; i < COUNT; i++) {
			describe(up, labels[i % 4], i / 4, first[i]);
			describe(down, labels[(COUNT - 1 - i) % 4], (COUNT - 1 - i) / 4, second[COUNT - 1 - i]);
		}
		for (size_t i = 0; i < COUNT; i++) {
			assert_string_equal(first[i], second[i]);
			known += first[i][0] != '\0';
		}
		assert_true(known > 10);
		od_symbolizer_destroy(up);
		od_symbolizer_destroy(down);
		fixture_remove(&fixture);
	}
}

static int setup(void **state)
{
	static struct fixture fixture;

	fixture_build(&fixture, "gcc -g -O2 -fno-pic");
	*state = &fixture;
	return 0;
}

static int teardown(void **state)
{
	fixture_remove(*state);
	return 0;
}

static struct od_event *symbolized(const struct fixture *fixture, struct od_event *event)
{
	const char *module = fixture->module;
	struct od_symbolizer *symbolizer = symbolizer_for(&module, 1);

	od_symbolize(symbolizer, event);
	od_symbolizer_destroy(symbolizer);
	return event;
}

static void both_names_of_the_exit_function_lead_to_the_authors(void **state)
{
	static const char *const names[] = {"hello_exit", "cleanup_module"};

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		struct od_event *event = symbolized(*state, event_at(names[i], 0));
		assert_int_equal(event->ip.status, OD_FRAME_RESOLVED);
		assert_str(event->ip.places.items[0].function, "hello_exit");
		od_event_destroy(event);
	}
}

static void a_return_address_is_looked_up_before_itself(void **state)
{
	struct od_event *event = event_at("at_outer", 1);
	struct od_frame *frame = od_list_push(event->arena, &event->trace);

	*frame = event->ip; /* one byte behind: the nop is passed, as by a call */
	frame->is_return_address = true;
	symbolized(*state, event);
	assert_int_equal(event->trace.items[0].places.items[0].line, line_of("HERE(at_outer)"));
	od_event_destroy(event);
}

static void a_frame_without_a_function_is_left_alone(void **state)
{
	struct od_event *event = symbolized(*state, event_at("", 0));

	assert_int_equal(event->ip.status, OD_FRAME_UNRESOLVED);
	assert_true(event->ip.status_detail.len > 0);
	assert_int_equal(event->images.count, 0);
	od_event_destroy(event);
}

static void a_name_that_fits_twice_is_ambiguous(void **state)
{
	struct fixture *fixture = *state;
	char module[160];
	const char *path = module;

	snprintf(module, sizeof(module), "%s/twins.ko", fixture->directory);
	run("cd %s && printf 'static __attribute__((used)) int twin(int x)\\n{\\n\\treturn x * 7;\\n}\\n' >a.c && "
	    "(echo; cat a.c) >b.c && gcc -g -O2 -c a.c && gcc -g -O2 -c b.c && ld -r -o %s a.o b.o",
	    fixture->directory, module);
	struct od_event *event = event_at("twin", 0);
	event->ip.module = OD_STR("twins");
	struct od_symbolizer *symbolizer = symbolizer_for(&path, 1);
	od_symbolize(symbolizer, event);
	assert_int_equal(event->ip.status, OD_FRAME_AMBIGUOUS);
	assert_int_equal(event->ip.candidates.count, 2);
	assert_int_equal(event->ip.places.count, 0);
	assert_true(od_str_find(event->ip.candidates.items[0], OD_STR("a.c:")) > 0);
	assert_true(od_str_find(event->ip.candidates.items[1], OD_STR("b.c:")) > 0);
	od_event_destroy(event);
	od_symbolizer_destroy(symbolizer);
}

/* Link-time optimisation leaves names in units of their own, which others refer to. */
static void names_are_found_in_other_units(void **state)
{
	struct fixture *fixture = *state;
	char module[160];
	const char *path = module;

	snprintf(module, sizeof(module), "%s/lto.ko", fixture->directory);
	run("cd %s && gcc -g -O2 -flto -c -o lto.o hello.c && "
	    "gcc -g -O2 -flto -r -flinker-output=nolto-rel -o %s lto.o 2>/dev/null", fixture->directory, module);
	struct od_symbolizer *symbolizer = symbolizer_for(&path, 1);
	struct od_event *event = event_at("at_leaf", 0);
	event->ip.module = OD_STR("lto");
	od_symbolize(symbolizer, event);
	assert_int_equal(event->ip.places.count, 3);
	assert_place(&event->ip.places.items[0], "leaf", line_of("HERE(at_leaf)"), true);
	assert_place(&event->ip.places.items[2], "outer", line_of("/* call middle */"), false);
	od_event_destroy(event);
	od_symbolizer_destroy(symbolizer);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(places_are_right_in_every_section_and_form_of_debug_info),
		cmocka_unit_test(many_lookups_give_the_same_places_as_few),
		cmocka_unit_test(both_names_of_the_exit_function_lead_to_the_authors),
		cmocka_unit_test(a_return_address_is_looked_up_before_itself),
		cmocka_unit_test(a_frame_without_a_function_is_left_alone),
		cmocka_unit_test(names_are_found_in_other_units),
		cmocka_unit_test(a_name_that_fits_twice_is_ambiguous),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
