// SPDX-License-Identifier: GPL-3.0-or-later
/* Addresses without a name, in a linked image and in a module. */
#include "tests/module_fixture.h"

/* `bare` is assembly inside a C file: it has lines there, but no DIE; `bare_local` begins where it does. */
static const char source[] =
	"int with_debug_info(int x) { return x + 1; }\n"
	"__asm__(\".globl bare\\n\"\n"
	"	\".type bare, @function\\n\"\n"
	"	\"bare_local:\\n\"\n"
	"	\"bare: nop; nop; ret\\n\"\n"
	"	\".size bare, . - bare\\n\");\n"
	"int _start(void) { return 0; }\n";

static uint64_t address_of(const char *file, const char *name)
{
	char command[512];
	unsigned long long address = 0;

	snprintf(command, sizeof(command), "nm %s | awk '$3 == \"%s\" { print $1 }'", file, name);
	FILE *pipe = popen(command, "r");
	assert_non_null(pipe);
	assert_int_equal(fscanf(pipe, "%llx", &address), 1);
	assert_int_equal(pclose(pipe), 0);
	return address;
}

static struct od_event *event_at_address(uint64_t address)
{
	struct od_event *event = od_event_create();

	assert_non_null(event);
	event->arch = &od_arch_x86_64;
	event->has_ip = true;
	event->kernel_offset = od_num(0);
	event->ip.address = od_num(address);
	return event;
}

static void the_symbol_table_names_what_debug_info_does_not(void **state)
{
	(void)state;
	static const struct { const char *symbol; uint64_t offset; const char *want; } rows[] = {
		{"with_debug_info", 1, "with_debug_info"}, {"bare", 0, "bare"}, {"bare", 2, "bare"},
	};
	struct fixture fixture;
	char path[256], file[256];

	fixture_build(&fixture, "gcc -g -O2 -fno-pic");
	snprintf(path, sizeof(path), "%s/raw.c", fixture.directory);
	snprintf(file, sizeof(file), "%s/raw", fixture.directory);
	write_file(path, source, sizeof(source) - 1);
	run("gcc -g -O1 -fno-toplevel-reorder -fno-pic -no-pie -fcf-protection=none -nostdlib -static -o %s %s", file, path);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct od_symbolize_options options = {.vmlinux = file, .root = ""};
		struct od_trail trail = {0};
		struct od_symbolizer *symbolizer = NULL;
		struct od_event *event = event_at_address(address_of(file, rows[i].symbol) + rows[i].offset);
		assert_int_equal(od_symbolizer_create(&trail, &options, &symbolizer), OD_OK);
		od_symbolize(symbolizer, event);
		assert_int_equal(event->ip.status, OD_FRAME_RESOLVED);
		assert_int_equal(event->ip.places.count, 1);
		assert_str(event->ip.places.items[0].function, rows[i].want);
		assert_str(event->ip.places.items[0].file, "raw.c");
		od_event_destroy(event);
		od_symbolizer_destroy(symbolizer);
	}
	fixture_remove(&fixture);
}

/* A module's frame with name and address tells where its section was, and so where others of the section are. */
static void a_named_frame_tells_where_its_section_was(void **state)
{
	(void)state;
	static const struct { const char *name; int64_t distance; bool resolved; } rows[] = {
		{"in the section", 0, true},
		{"before the section", -0x100000, false},
		{"behind it", 0x100000, false},
	};
	struct fixture fixture;

	fixture_build(&fixture, "gcc -g -O2 -fno-pic");
	const uint64_t outer = 0xffffffffc0100000 + address_of(fixture.module, "outer"); /* sections begin with a page */
	const uint64_t inside = address_of(fixture.module, "at_outer") - address_of(fixture.module, "outer");
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		const char *modules[] = {fixture.module};
		struct od_symbolizer *symbolizer = symbolizer_for(modules, 1);
		struct od_event *event = event_at("outer", 0);
		struct od_frame frame = {.address = od_num(outer + inside + (uint64_t)rows[i].distance)};
		event->ip.address = od_num(outer);
		event->trace.items = &frame;
		event->trace.count = 1;
		od_symbolize(symbolizer, event);
		if ((frame.status == OD_FRAME_RESOLVED) != rows[i].resolved)
			fail_msg("%s: %s", rows[i].name, od_frame_statuses[frame.status].name);
		if (rows[i].resolved) {
			assert_str(frame.places.items[0].function, "outer");
			assert_int_equal(frame.places.items[0].line, line_of("HERE(at_outer)"));
		}
		od_event_destroy(event);
		od_symbolizer_destroy(symbolizer);
	}
	fixture_remove(&fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_symbol_table_names_what_debug_info_does_not),
		cmocka_unit_test(a_named_frame_tells_where_its_section_was),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
