// SPDX-License-Identifier: GPL-3.0-or-later
/* Modules for the tests of symbolize/: compiled in the test, in a directory that is removed at its end. */
#ifndef OD_TESTS_MODULE_FIXTURE_H
#define OD_TESTS_MODULE_FIXTURE_H

#include "tests/test.h"

#include <unistd.h>

#include "core/model.h"
#include "symbolize/symbolize.h"

/*
 * A module as the kernel's build makes one, with code in every section that they have. Each at_
 * label is an instruction on the line that names it.
 */
static const char fixture_source[] =
	"volatile int sink;\n"
	"#define HERE(name) __asm__ volatile(#name \": nop\")\n"
	"#define IN(name) __attribute__((section(name), used, noinline))\n"
	"static inline __attribute__((always_inline)) void leaf(int x)\n"
	"{\n"
	"\tHERE(at_leaf); sink = x;\n"
	"}\n"
	"static inline __attribute__((always_inline)) void middle(int x)\n"
	"{\n"
	"\tsink = x + 1;\n"
	"\tleaf(x); /* call leaf */\n"
	"}\n"
	"__attribute__((noinline, used)) static void outer(int x)\n"
	"{\n"
	"\tHERE(at_outer);\n"
	"\tsink = 1;\n"
	"\tmiddle(x); /* call middle */\n"
	"}\n"
	"IN(\".init.text\") static int hello_init(void)\n"
	"{\n"
	"\tHERE(at_init); sink = 2;\n"
	"\touter(3);\n"
	"\treturn 0;\n"
	"}\n"
	"IN(\".exit.text\") static void hello_exit(void)\n"
	"{\n"
	"\tHERE(at_exit); sink = 4;\n"
	"}\n"
	"IN(\".text.unlikely\") static void rare(void)\n"
	"{\n"
	"\tHERE(at_rare); sink = 5;\n"
	"}\n"
	"struct inner { long pad; int n; };\n"
	"struct box { long id; struct inner *inner; };\n"
	"__attribute__((noinline)) static int taken_apart(const struct box *box)\n"
	"{\n"
	"\tconst int *n = &box->inner->n; HERE(at_piece); return *n;\n"
	"}\n"
	"__attribute__((noinline)) int ends_in_call(struct box *own) { sink = 6; return taken_apart(own); }\n"
	"int calls_it(struct box *first)\n"
	"{\n"
	"\tint n = ends_in_call(first);\n"
	"\tHERE(at_return); return n + 1;\n"
	"}\n"
	"int init_module(void) __attribute__((alias(\"hello_init\")));\n"
	"void cleanup_module(void) __attribute__((alias(\"hello_exit\")));\n"
	"IN(\".text.first\") static int exact(int x) { return x * 3; }\n"
	"IN(\".text.first\") static int after(int x) { return x * 5; }\n"
	"__asm__(\".section .text.twice, \\\"ax\\\"\\n\"\n"
	"\t\"twice: nop\\n nop\\n nop\\n nop\\n after_one: nop\\n twice_: nop\\n .previous\");\n"
	"__attribute__((section(\".modinfo\"), used)) static const char info[] =\n"
	"\t\"license=GPL\\0name=hello\\0srcversion=0123456789ABCDEF\\0vermagic=6.1.0-test SMP mod_unload \";\n";

struct fixture {
	char directory[64];
	char module[128];	/* DIRECTORY/hello.ko */
};

__attribute__((unused)) static void run(const char *format, const char *a, const char *b)
{
	char command[1024];

	snprintf(command, sizeof(command), format, a, b);
	if (system(command) != 0)
		fail_msg("failed: %s", command);
}

__attribute__((unused)) static void write_file(const char *path, const void *bytes, size_t size)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, size, file), size);
	assert_int_equal(fclose(file), 0);
}

/* Builds hello.ko with the command, to which "-o FILE SOURCE" is appended. */
static void fixture_build(struct fixture *fixture, const char *compiler)
{
	char source[128], command[512];

	snprintf(fixture->directory, sizeof(fixture->directory), "/tmp/oopsdecode-test-XXXXXX");
	assert_non_null(mkdtemp(fixture->directory));
	snprintf(source, sizeof(source), "%s/hello.c", fixture->directory);
	snprintf(fixture->module, sizeof(fixture->module), "%s/hello.ko", fixture->directory);
	write_file(source, fixture_source, sizeof(fixture_source) - 1);
	snprintf(command, sizeof(command), "cd %s && %s -c -o hello.ko hello.c", fixture->directory, compiler);
	run("%s%s", command, "");
}

static void fixture_remove(struct fixture *fixture)
{
	run("rm -rf %s%s", fixture->directory, "");
}

/* The line of the source that has the text; 0: none. */
__attribute__((unused)) static unsigned line_of(const char *text)
{
	unsigned line = 1;
	const char *found = strstr(fixture_source, text);

	for (const char *p = fixture_source; found && p < found; p++)
		line += *p == '\n';
	return found ? line : 0;
}

__attribute__((unused)) static struct od_symbolizer *symbolizer_for(const char *const *modules, size_t count)
{
	struct od_symbolize_options options = {.modules = modules, .module_count = count, .root = ""};
	struct od_trail trail = {0};
	struct od_symbolizer *symbolizer = NULL;

	if (od_symbolizer_create(&trail, &options, &symbolizer) != OD_OK)
		fail_msg("%s", trail.text);
	return symbolizer;
}

/* An event of kernel 6.1.0-test whose ip is function+offset [hello]. */
__attribute__((unused)) static struct od_event *event_at(const char *function, uint64_t offset)
{
	struct od_event *event = od_event_create();

	assert_non_null(event);
	event->arch = &od_arch_x86_64;
	event->kernel_release = OD_STR("6.1.0-test");
	event->has_ip = true;
	event->ip.function = od_str_from(function);
	event->ip.offset = od_num(offset);
	event->ip.module = OD_STR("hello");
	return event;
}

#endif
