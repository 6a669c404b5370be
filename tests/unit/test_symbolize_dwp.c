// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Packages of split debug info. Debian 12's dwp ends in a segmentation fault with DWARF 5, so the package is put together here:
 * of the halves of another unit and of the module's.
 */
#include "tests/module_fixture.h"

#include <sys/stat.h>

static const char compiler[] = "gcc -g -gdwarf-5 -gsplit-dwarf -O2 -fno-pic";

/* DW_SECT_… of DWARF 5, table 7.1. */
static const struct { unsigned number; const char *name; } columns[] = {
	{1, "info"}, {3, "abbrev"}, {5, "loclists"}, {6, "str_offsets"}, {8, "rnglists"},
};

static unsigned size_of(const struct fixture *fixture, const char *unit, const char *part)
{
	char path[160];
	struct stat status;

	snprintf(path, sizeof(path), "%s/%s.%s", fixture->directory, unit, part);
	return stat(path, &status) == 0 ? (unsigned)status.st_size : 0;
}

static void put(FILE *file, uint64_t value, unsigned size)
{
	assert_int_equal(fwrite(&value, size, 1, file), 1);
}

static uint64_t id_of(const struct fixture *fixture, const char *unit)
{
	char path[160];
	uint64_t id = 0;

	snprintf(path, sizeof(path), "%s/%s.info", fixture->directory, unit);
	FILE *file = fopen(path, "r");
	assert_true(file && fseek(file, 12, SEEK_SET) == 0 && fread(&id, sizeof(id), 1, file) == 1);
	fclose(file);
	return id;
}

/* .debug_cu_index of two units, of which the second is the module's; `moved` is added to all its offsets. */
static void write_index(const struct fixture *fixture, unsigned moved)
{
	const char *const units[] = {"other", "hello"};
	char path[160];

	snprintf(path, sizeof(path), "%s/index", fixture->directory);
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	put(file, 5, 4);
	put(file, ARRAY_SIZE(columns), 4);
	put(file, 2, 4);
	put(file, 4, 4);
	for (unsigned i = 0; i < 4; i++)
		put(file, i < 2 ? id_of(fixture, units[i]) : 0, 8);
	for (unsigned i = 0; i < 4; i++)
		put(file, i < 2 ? i + 1 : 0, 4);
	for (size_t i = 0; i < ARRAY_SIZE(columns); i++)
		put(file, columns[i].number, 4);
	for (unsigned unit = 0; unit < 2; unit++)
		for (size_t i = 0; i < ARRAY_SIZE(columns); i++)
			put(file, (unit ? size_of(fixture, "other", columns[i].name) : 0) + moved, 4);
	for (unsigned unit = 0; unit < 2; unit++)
		for (size_t i = 0; i < ARRAY_SIZE(columns); i++)
			put(file, size_of(fixture, units[unit], columns[i].name), 4);
	fclose(file);
}

/* hello.ko.dwp; the .dwo files are gone. Strings are the module's: nobody reads the other unit. */
static void pack(const struct fixture *fixture, unsigned moved)
{
	run("cd %s && echo 'struct o { int a; }; int other(struct o *o) { int i, n = 0; for (i = 0; i < o->a; i++) n += i; return n; }' >other.c && "
	    "%s -c other.c", fixture->directory, compiler);
	run("cd %s && for u in other hello; do for s in info abbrev loclists str_offsets rnglists; do : >$u.$s; "
	    "objcopy --dump-section .debug_$s.dwo=$u.$s $u.dwo /dev/null 2>/dev/null || :; done; done%s", fixture->directory, "");
	write_index(fixture, moved);
	run("cd %s && cp hello.dwo hello.ko.dwp && for s in info abbrev loclists str_offsets rnglists; do cat other.$s hello.$s >both; "
	    "objcopy --update-section .debug_$s.dwo=both hello.ko.dwp 2>/dev/null || objcopy --add-section .debug_$s.dwo=both hello.ko.dwp; done && "
	    "objcopy --add-section .debug_cu_index=index hello.ko.dwp && rm *.dwo%s", fixture->directory, "");
}

static struct od_event *look_up(const struct fixture *fixture)
{
	const char *modules[] = {fixture->module};
	struct od_symbolizer *symbolizer = symbolizer_for(modules, 1);
	struct od_event *event = event_at("at_leaf", 0);

	od_symbolize(symbolizer, event);
	od_symbolizer_destroy(symbolizer);
	return event;
}

static void a_unit_is_found_in_a_package(void **state)
{
	struct fixture fixture;

	fixture_build(&fixture, compiler);
	pack(&fixture, 0);
	struct od_event *event = look_up(&fixture);
	assert_int_equal(event->ip.places.count, 3);
	assert_str(event->ip.places.items[0].function, "leaf");
	assert_str(event->ip.places.items[2].function, "outer");
	assert_int_equal(event->facts.count, 1);
	assert_true(event->facts.items[0].variables.count >= 3);
	assert_str(event->facts.items[0].variables.items[0].name, "x");
	od_event_destroy(event);
	fixture_remove(&fixture);
	(void)state;
}

/* An index that leads elsewhere: the line is the skeleton's, and no more is said. */
static void a_wrong_index_does_no_harm(void **state)
{
	static const unsigned moves[] = {1, 16, 1 << 20, 0xffffff00};

	for (size_t i = 0; i < ARRAY_SIZE(moves); i++) {
		struct fixture fixture;
		fixture_build(&fixture, compiler);
		pack(&fixture, moves[i]);
		struct od_event *event = look_up(&fixture);
		assert_int_equal(event->ip.places.count, 1);
		assert_int_equal(event->ip.places.items[0].line, line_of("HERE(at_leaf)"));
		od_event_destroy(event);
		fixture_remove(&fixture);
	}
	(void)state;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_unit_is_found_in_a_package),
		cmocka_unit_test(a_wrong_index_does_no_harm),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
