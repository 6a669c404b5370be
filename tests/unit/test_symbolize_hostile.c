// SPDX-License-Identifier: GPL-3.0-or-later
/* Damaged and hostile images, read in the sandbox as the command line reads them. */
#include "tests/module_fixture.h"

#include <fcntl.h>
#include <gelf.h>

enum { HEADER = 64 };

static struct fixture fixture;
static unsigned char *bytes;	/* of hello.ko */
static size_t size;

static void load(const char *path)
{
	FILE *file = fopen(path, "r");

	assert_non_null(file);
	free(bytes);
	bytes = malloc(1 << 20);
	size = fread(bytes, 1, 1 << 20, file);
	assert_true(size > HEADER && size < 1 << 20);
	fclose(file);
}

static int setup(void **state)
{
	(void)state;
	static const unsigned char note[] = {4, 0, 0, 0, 4, 0, 0, 0, 3, 0, 0, 0, 'G', 'N', 'U', 0, 0xde, 0xad, 0xbe, 0xef};
	char path[128];

	fixture_build(&fixture, "gcc -g -O2 -fno-pic");
	snprintf(path, sizeof(path), "%s/note", fixture.directory);
	write_file(path, note, sizeof(note));
	run("objcopy --add-section .note.gnu.build-id=%s %s", path, fixture.module);
	load(fixture.module);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	free(bytes);
	fixture_remove(&fixture);
	return 0;
}

static struct od_symbolizer *sandboxed(const char *module, const char *cache)
{
	const struct od_symbolize_options options = {
		.modules = &module, .module_count = 1, .root = "", .sandbox = true, .sandbox_memory = 64 << 20,
		.sandbox_seconds = 20, .cache_dir = cache, .cache_smallest = 1};
	struct od_symbolizer *symbolizer = NULL;

	assert_int_equal(od_symbolizer_create(NULL, &options, &symbolizer), OD_OK);
	return symbolizer;
}

/* hello_exit in the file: its status and detail must be there, whatever the file is. */
static struct od_event *look_up(const char *path)
{
	struct od_symbolizer *symbolizer = sandboxed(path, NULL);
	struct od_event *event = event_at("hello_exit", 0);

	od_symbolize(symbolizer, event);
	od_symbolizer_destroy(symbolizer);
	return event;
}

/* Writes the bytes as a module called hello, whose path is returned. */
static const char *write_module(const void *data, size_t len)
{
	write_file(fixture.module, data, len);
	return fixture.module;
}

static void the_sandbox_finds_what_the_process_finds(void **state)
{
	(void)state;
	const char *path = write_module(bytes, size);
	struct od_symbolizer *plain = symbolizer_for(&path, 1);
	struct od_event *expected = event_at("hello_exit", 0), *event = look_up(path);

	od_symbolize(plain, expected);
	assert_int_equal(expected->ip.status, OD_FRAME_RESOLVED);
	assert_int_equal(event->ip.status, OD_FRAME_RESOLVED);
	assert_int_equal(event->ip.places.items[0].line, expected->ip.places.items[0].line);
	assert_int_equal(event->facts.count, expected->facts.count);
	assert_ptr_equal(event->facts.items[0].registers, expected->facts.items[0].registers);
	assert_int_equal(od_facts_insns(&event->facts.items[0])->count, od_facts_insns(&expected->facts.items[0])->count);
	od_event_destroy(expected);
	od_event_destroy(event);
	od_symbolizer_destroy(plain);
}

static void the_parent_keeps_the_index_for_it(void **state)
{
	(void)state;
	char cache[160], command[512];
	const char *path = write_module(bytes, size);

	snprintf(cache, sizeof(cache), "%s/cache", fixture.directory);
	for (unsigned i = 0; i < 2; i++) {
		struct od_symbolizer *symbolizer = sandboxed(path, cache);
		struct od_event *event = event_at("hello_exit", 0);
		od_symbolize(symbolizer, event);
		assert_int_equal(event->ip.status, OD_FRAME_RESOLVED);
		od_event_destroy(event);
		assert_null(od_symbolizer_note(symbolizer, 0));
		od_symbolizer_destroy(symbolizer);
	}
	snprintf(command, sizeof(command), "ls %s/*.odx >/dev/null && ! ls %s/.tmp-* 2>/dev/null", cache, cache);
	run("%s%s", command, "");
}

static void a_module_that_is_cut_off_has_a_reason(void **state)
{
	(void)state;
	for (size_t len = 0; len < size; len += size / 23 + 1) {
		struct od_event *event = look_up(write_module(bytes, len));
		assert_int_equal(event->ip.status, OD_FRAME_NO_IMAGE);
		assert_true(event->ip.status_detail.len > 0);
		od_event_destroy(event);
	}
}

/* Bytes changed at random, but the same ones each time. */
static void damage_costs_no_more_than_the_file(void **state)
{
	(void)state;
	enum { ROUNDS = 40, CHANGES = 200 };
	unsigned char *copy = malloc(size);
	uint64_t random = 88172645463325252;

	for (unsigned round = 0; round < ROUNDS; round++) {
		memcpy(copy, bytes, size);
		for (unsigned i = 0; i < CHANGES; i++) {
			random ^= random << 13;
			random ^= random >> 7;
			random ^= random << 17;
			copy[HEADER + random % (size - HEADER)] = (unsigned char)(random >> 32);
		}
		struct od_event *event = look_up(write_module(copy, size));
		assert_true(event->ip.status == OD_FRAME_RESOLVED || event->ip.status_detail.len > 0);
		od_event_destroy(event);
	}
	free(copy);
}

/* A section that says that it is 3 GB when decompressed. */
static void a_compressed_section_that_swells_hits_the_limit(void **state)
{
	(void)state;
	char command[512];
	unsigned changed = 0;

	write_module(bytes, size);
	snprintf(command, sizeof(command), "cd %s && objcopy --compress-debug-sections=zlib-gabi hello.ko bomb.ko && mv bomb.ko hello.ko",
		 fixture.directory);
	run("%s%s", command, "");
	int fd = open(fixture.module, O_RDWR);
	elf_version(EV_CURRENT);
	Elf *elf = elf_begin(fd, ELF_C_READ, NULL);
	for (Elf_Scn *scn = NULL; (scn = elf_nextscn(elf, scn));) {
		GElf_Shdr header;
		const uint64_t swollen = (uint64_t)3 << 30;
		if (gelf_getshdr(scn, &header) && header.sh_flags & SHF_COMPRESSED) {
			off_t at = (off_t)(header.sh_offset + offsetof(Elf64_Chdr, ch_size));
			assert_int_equal(pwrite(fd, &swollen, sizeof(swollen), at), sizeof(swollen));
			changed++;
		}
	}
	elf_end(elf);
	close(fd);
	assert_true(changed > 0);
	struct od_event *event = look_up(fixture.module);
	assert_int_not_equal(event->ip.status, OD_FRAME_RESOLVED);
	assert_true(event->ip.status_detail.len > 0);
	od_event_destroy(event);
}

/* A function that says that it is a copy of itself. */
static void a_function_that_is_its_own_origin_ends(void **state)
{
	(void)state;
	static const char source[] =
		".section .exit.text, \"ax\"\nhello_exit: nop\n nop\n ret\n.size hello_exit, .-hello_exit\n"
		".type hello_exit, @function\n.globl hello_exit\n"
		".section .modinfo, \"a\"\n.asciz \"name=hello\"\n.asciz \"vermagic=6.1.0-test SMP mod_unload \"\n"
		".section .debug_abbrev\n"
		".byte 1, 0x11, 1, 0x11, 1, 0x12, 7, 0, 0\n"			/* a unit: low_pc, high_pc */
		".byte 2, 0x2e, 0, 0x11, 1, 0x12, 7, 0x31, 0x13, 0x64, 0x13, 0, 0\n" /* abstract_origin, object_pointer */
		".byte 0\n"
		".section .debug_info\n"
		"begin: .long end - version\nversion: .short 4\n .long .debug_abbrev\n .byte 8\n"
		".byte 1\n .quad hello_exit\n .quad 3\n"
		"self: .byte 2\n .quad hello_exit\n .quad 3\n .long self - begin\n .long self - begin\n"
		".byte 0\nend:\n";
	char command[512];

	snprintf(command, sizeof(command), "%s/loop.s", fixture.directory);
	write_file(command, source, sizeof(source) - 1);
	snprintf(command, sizeof(command), "cd %s && gcc -c -o hello.ko loop.s", fixture.directory);
	run("%s%s", command, "");
	struct od_event *event = look_up(fixture.module);
	assert_int_not_equal(event->ip.status, OD_FRAME_UNRESOLVED);
	assert_null(strstr(event->ip.status_detail.len ? event->ip.status_detail.ptr : "", "its reader"));
	od_event_destroy(event);
}

static void what_is_no_file_is_not_opened(void **state)
{
	(void)state;
	run("rm %s && mkfifo %s", fixture.module, fixture.module);
	struct od_event *event = look_up(fixture.module);
	assert_int_equal(event->ip.status, OD_FRAME_NO_IMAGE);
	assert_non_null(strstr(event->ip.status_detail.ptr, "not a regular file"));
	od_event_destroy(event);
	run("rm %s%s", fixture.module, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_sandbox_finds_what_the_process_finds),
		cmocka_unit_test(the_parent_keeps_the_index_for_it),
		cmocka_unit_test(a_module_that_is_cut_off_has_a_reason),
		cmocka_unit_test(damage_costs_no_more_than_the_file),
		cmocka_unit_test(a_compressed_section_that_swells_hits_the_limit),
		cmocka_unit_test(a_function_that_is_its_own_origin_ends),
		cmocka_unit_test(what_is_no_file_is_not_opened),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
