// SPDX-License-Identifier: GPL-3.0-or-later
/* Addresses without a name, in a linked image. */
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_symbol_table_names_what_debug_info_does_not),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
