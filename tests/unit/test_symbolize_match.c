// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/module_fixture.h"

#include "symbolize/elf.h"
#include "symbolize/symbols.h"

static struct fixture fixture;

static int setup(void **state)
{
	(void)state;
	fixture_build(&fixture, "gcc -g -O2 -fno-pic -Wl,--build-id");
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	fixture_remove(&fixture);
	return 0;
}

static const struct od_image_use *judged(struct od_event *event)
{
	const char *module = fixture.module;
	struct od_symbolizer *symbolizer = symbolizer_for(&module, 1);

	od_symbolize(symbolizer, event);
	od_symbolizer_destroy(symbolizer);
	assert_int_equal(event->images.count, 1);
	return &event->images.items[0];
}

/* The size that kallsyms prints for exact(), and the code at its start. */
static uint64_t exact_code(unsigned char *bytes, size_t size)
{
	struct od_image *image = od_image_open(NULL, fixture.module);
	struct od_str name = OD_STR("exact");

	assert_non_null(image);
	assert_int_equal(image->fault, OD_IMAGE_OK);
	od_names_learn(image, &name, 1);
	struct od_symbols symbols = od_names_get(image, name);
	assert_int_equal(symbols.count, 1);
	const struct od_symbol *symbol = &symbols.items[0];
	assert_false(symbol->last);
	struct od_str code = od_section_bytes(symbol->section);
	size_t at = symbol->address - symbol->section->address;
	assert_true(code.len - at >= size);
	memcpy(bytes, code.ptr + at, size);
	uint64_t distance = symbol->size;
	od_image_close(image);
	return distance;
}

static void another_release_is_a_mismatch_and_gives_no_place(void **state)
{
	(void)state;
	struct od_event *event = event_at("exact", 0);

	event->kernel_release = OD_STR("6.1.1-test");
	const struct od_image_use *use = judged(event);
	assert_int_equal(use->verdict, OD_VERDICT_MISMATCH);
	assert_int_equal(use->evidence, 1 << OD_EVIDENCE_VERMAGIC);
	assert_int_equal(event->ip.status, OD_FRAME_MISMATCH);
	assert_int_equal(event->ip.places.count, 0);
	assert_int_equal(event->ip.image, 1);
	assert_true(od_str_find(event->ip.status_detail, OD_STR("6.1.0-test")) > 0);
	od_event_destroy(event);
}

static void another_function_size_is_a_mismatch(void **state)
{
	(void)state;
	unsigned char bytes[1];
	uint64_t size = exact_code(bytes, 1);

	for (int delta = 0; delta < 2; delta++) {
		struct od_event *event = event_at("exact", 0);
		event->ip.size = od_num(size + (uint64_t)delta);
		const struct od_image_use *use = judged(event);
		assert_int_equal(use->verdict, delta ? OD_VERDICT_MISMATCH : OD_VERDICT_UNKNOWN);
		assert_int_equal(event->ip.status, delta ? OD_FRAME_MISMATCH : OD_FRAME_RESOLVED);
		assert_true(use->evidence & 1 << OD_EVIDENCE_FUNCTION_SIZE);
		od_event_destroy(event);
	}
}

static void a_missing_function_is_a_mismatch(void **state)
{
	(void)state;
	struct od_event *event = event_at("no_such_function", 0);
	const struct od_image_use *use = judged(event);

	assert_int_equal(use->verdict, OD_VERDICT_MISMATCH);
	assert_int_equal(use->evidence, 1 << OD_EVIDENCE_SYMBOL);
	od_event_destroy(event);
}

static struct od_event *event_with_code(const unsigned char *bytes, size_t size)
{
	struct od_event *event = event_at("exact", 0);

	event->code.source = OD_CODE_LOG;
	event->code.bytes = od_arena_copy(event->arena, (struct od_str){(const char *)bytes, size});
	event->code.has_fault_index = true;
	return event;
}

static void equal_code_proves_the_image_and_other_code_disproves_it(void **state)
{
	(void)state;
	unsigned char bytes[8];

	exact_code(bytes, sizeof(bytes));
	struct od_event *event = event_with_code(bytes, sizeof(bytes));
	const struct od_image_use *use = judged(event);
	assert_int_equal(use->verdict, OD_VERDICT_MATCH);
	assert_true(use->evidence & 1 << OD_EVIDENCE_CODE_BYTES);
	assert_true(event->code.disassembly.count > 0);
	assert_true(event->code.disassembly.items[0].fault);
	od_event_destroy(event);

	bytes[2] ^= 0x10;
	event = event_with_code(bytes, sizeof(bytes));
	use = judged(event);
	assert_int_equal(use->verdict, OD_VERDICT_MISMATCH);
	assert_int_equal(use->evidence, 1 << OD_EVIDENCE_CODE_BYTES);
	assert_true(od_str_find(use->details.items[0], OD_STR("exact+2")) > 0);
	od_event_destroy(event);
}

/*
 * rare() as it is in memory: its reference to `sink`, 2 bytes into "c7 05 <distance> 05 00 00 00",
 * leads to .bss, of which only the place in its page is known; `error` bytes beside it.
 */
static struct od_event *loaded_event(uint64_t error)
{
	struct od_image *image = od_image_open(NULL, fixture.module);
	struct od_str name = OD_STR("rare");
	struct od_event *event = event_at("rare", 0);

	assert_non_null(image);
	od_names_learn(image, &name, 1);
	const struct od_symbol *symbol = &od_names_get(image, name).items[0];
	struct od_str code = od_section_bytes(symbol->section);
	code = od_str_from_index(code, symbol->address - symbol->section->address);
	event->code.source = OD_CODE_LOG;
	event->code.bytes = od_arena_copy(event->arena, code);
	event->code.has_fault_index = true;
	ptrdiff_t store = od_str_find(event->code.bytes, OD_STR("\xc7\x05"));
	assert_true(store >= 0);
	char *bytes = (char *)(uintptr_t)event->code.bytes.ptr + store;
	const struct od_section *bss = od_image_section(image, ".bss");
	uint64_t distance = 0x3000 + error + bss->group_offset - (symbol->section->group_offset + (uint64_t)store + 10);
	for (int i = 0; i < 4; i++)
		bytes[2 + i] = (char)(distance >> (8 * i));
	od_image_close(image);
	return event;
}

static void relocated_bytes_may_differ_as_far_as_the_layout_allows(void **state)
{
	(void)state;
	for (uint64_t error = 0; error <= 0x60; error += 0x60) {
		struct od_event *event = loaded_event(error);
		const struct od_image_use *use = judged(event);
		assert_int_equal(use->verdict, error ? OD_VERDICT_MISMATCH : OD_VERDICT_MATCH);
		assert_true(use->evidence & 1 << OD_EVIDENCE_CODE_BYTES);
		od_event_destroy(event);
	}
}

/* Where exact() begins in a page of the loaded module. */
static uint64_t page_offset_of_exact(void)
{
	struct od_image *image = od_image_open(NULL, fixture.module);
	struct od_str name = OD_STR("exact");

	assert_non_null(image);
	od_names_learn(image, &name, 1);
	const struct od_symbol *symbol = &od_names_get(image, name).items[0];
	uint64_t offset = symbol->section->group_offset + symbol->address - symbol->section->address;
	od_image_close(image);
	return offset & 0xfff;
}

static void the_place_in_the_page_tells_images_apart(void **state)
{
	(void)state;
	unsigned char bytes[1];
	uint64_t size = exact_code(bytes, 1), page = 0xffffffffc0123000;

	for (int shift = 0; shift <= 0x10; shift += 0x10) {
		for (int readable = 0; readable < 2; readable++) {
			struct od_event *event = event_at("exact", 2);
			uint64_t address = page + page_offset_of_exact() + 2 + (uint64_t)shift;
			event->ip.size = od_num(size);
			if (readable) {
				event->ip.address = od_num(address);
			} else { /* "Unable to access opcode bytes": only where they would have begun */
				event->code.address = od_num(address - 42);
				event->code.fault_index = 42;
				event->code.has_fault_index = true;
			}
			const struct od_image_use *use = judged(event);
			assert_int_equal(use->verdict, shift ? OD_VERDICT_MISMATCH : OD_VERDICT_MATCH);
			assert_int_equal(event->code.source, shift ? OD_CODE_NONE : OD_CODE_IMAGE);
			if (!shift)
				assert_true(event->code.address.value + event->code.fault_index == address);
			od_event_destroy(event);
		}
	}
}

static void no_code_can_be_read_before_a_modules_first_page(void **state)
{
	(void)state;
	static const char *const releases[] = {"6.1.0-test", "6.13.0-test"};
	static const char zeros[64];

	for (size_t i = 0; i < ARRAY_SIZE(releases); i++) {
		struct od_event *event = event_at("hello_init", 0); /* the first of its region */
		event->kernel_release = od_str_from(releases[i]);
		event->code.source = OD_CODE_LOG;
		event->code.bytes = (struct od_str){zeros, 8};
		event->code.has_fault_index = true;
		event->code.fault_index = 8; /* all of them are before it */
		const struct od_image_use *use = judged(event);
		assert_int_equal(use->evidence, i ? 1 << OD_EVIDENCE_VERMAGIC : 1 << OD_EVIDENCE_CODE_BYTES);
		od_event_destroy(event);
	}
}

static void without_code_bytes_the_image_gives_instructions(void **state)
{
	(void)state;
	struct od_event *event = event_at("hello_exit", 0);

	event->code.note = OD_STR("Unable to access opcode bytes at 0xffffffffc0000000.");
	judged(event);
	assert_int_equal(event->code.source, OD_CODE_IMAGE);
	assert_true(event->code.disassembly.count > 0);
	od_event_destroy(event);
}

static void the_file_that_fits_is_used_instead_of_the_one_that_does_not(void **state)
{
	(void)state;
	char other[160];

	snprintf(other, sizeof(other), "%s/other/hello.ko", fixture.directory);
	run("cd %s && mkdir -p other && sed 's/6.1.0-test/6.9.9-other/' hello.c >other/hello.c && "
	    "gcc -g -O2 -fno-pic -c -o %s other/hello.c", fixture.directory, other);
	const char *modules[] = {other, fixture.module};
	struct od_symbolizer *symbolizer = symbolizer_for(modules, 2);
	struct od_event *event = event_at("hello_exit", 0);
	od_symbolize(symbolizer, event);
	assert_int_equal(event->images.count, 2);
	assert_int_equal(event->images.items[0].verdict, OD_VERDICT_MISMATCH);
	assert_int_equal(event->ip.status, OD_FRAME_RESOLVED);
	assert_int_equal(event->ip.image, 2);
	od_event_destroy(event);
	od_symbolizer_destroy(symbolizer);
}

#ifdef __x86_64__
static const char kernel_source[] =
	"const char linux_banner[] = \"Linux version 6.1.0-test (gcc) #1\";\n"
	"int variable = 1;\n"
	"__asm__(\".text\\n .globl in_kernel\\n in_kernel:\\n movq $variable,%rax\\n\"\n"
	"\t\" movl $0x12345678,%ebx\\n movl $0x9abcdef0,%ecx\\n ret\\n .globl behind\\n behind: nop\");\n"
	"void _start(void) { variable = 2; /* start */ }\n";

/* in_kernel() as it runs in a kernel that was moved by `slide`. */
static struct od_event *moved_event(const char *path, uint64_t slide)
{
	struct od_image *image = od_image_open(NULL, path);
	struct od_str name = OD_STR("in_kernel");
	struct od_event *event = event_at("in_kernel", 0);

	assert_non_null(image);
	assert_int_equal(image->fault, OD_IMAGE_OK);
	od_names_learn(image, &name, 1);
	const struct od_symbol *symbol = &od_names_get(image, name).items[0];
	assert_int_equal(symbol->size, 18);
	struct od_str code = od_section_bytes(symbol->section);
	code = od_str_first(od_str_from_index(code, symbol->address - symbol->section->address), 18);
	event->ip.module = (struct od_str){NULL, 0};
	event->code.source = OD_CODE_LOG;
	event->code.bytes = od_arena_copy(event->arena, code);
	event->code.has_fault_index = true;
	char *bytes = (char *)(uintptr_t)event->code.bytes.ptr;
	uint64_t moved = od_image_number(image, bytes + 3, 4) + slide; /* behind 48 c7 c0 */
	for (int i = 0; i < 4; i++)
		bytes[3 + i] = (char)(moved >> (8 * i));
	od_image_close(image);
	return event;
}

static void a_kernel_that_was_moved_matches(void **state)
{
	(void)state;
	static const struct {
		uint64_t slide;
		const char *release;
		enum od_verdict verdict;
		uint32_t evidence;
	} moves[] = {
		{0, "6.1.0-test", OD_VERDICT_MATCH, 1 << OD_EVIDENCE_CODE_BYTES | 1 << OD_EVIDENCE_RELEASE},
		{0x1a000000, "6.1.0-test", OD_VERDICT_MATCH, 1 << OD_EVIDENCE_CODE_BYTES | 1 << OD_EVIDENCE_RELEASE},
		{0x1a000004, "6.1.0-test", OD_VERDICT_MISMATCH, 1 << OD_EVIDENCE_CODE_BYTES},
		{0, "6.1.1-test", OD_VERDICT_MISMATCH, 1 << OD_EVIDENCE_RELEASE},
	};
	char source[160], path[160];

	snprintf(source, sizeof(source), "%s/kernel.c", fixture.directory);
	snprintf(path, sizeof(path), "%s/vmlinux", fixture.directory);
	write_file(source, kernel_source, sizeof(kernel_source) - 1);
	run("gcc -g -O2 -fno-pic -mcmodel=kernel -nostdlib -static -no-pie -Wl,-Ttext=0xffffffff81000000 "
	    "-Wl,-z,max-page-size=0x1000 -Wl,-Tdata=0xffffffff82000000 -Wl,-Trodata-segment=0xffffffff83000000 "
	    "-o %s %s", path, source);
	for (size_t i = 0; i < ARRAY_SIZE(moves); i++) {
		struct od_symbolize_options options = {.vmlinux = path, .root = ""};
		struct od_symbolizer *symbolizer = NULL;
		struct od_event *event = moved_event(path, moves[i].slide);
		event->kernel_release = od_str_from(moves[i].release);
		assert_int_equal(od_symbolizer_create(NULL, &options, &symbolizer), OD_OK);
		od_symbolize(symbolizer, event);
		assert_int_equal(event->images.items[0].verdict, moves[i].verdict);
		assert_true((event->images.items[0].evidence & moves[i].evidence) == moves[i].evidence);
		od_event_destroy(event);
		od_symbolizer_destroy(symbolizer);
	}
}
#endif

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(another_release_is_a_mismatch_and_gives_no_place),
		cmocka_unit_test(another_function_size_is_a_mismatch),
		cmocka_unit_test(a_missing_function_is_a_mismatch),
		cmocka_unit_test(equal_code_proves_the_image_and_other_code_disproves_it),
		cmocka_unit_test(relocated_bytes_may_differ_as_far_as_the_layout_allows),
#ifdef __x86_64__
		cmocka_unit_test(a_kernel_that_was_moved_matches),
#endif
		cmocka_unit_test(the_place_in_the_page_tells_images_apart),
		cmocka_unit_test(no_code_can_be_read_before_a_modules_first_page),
		cmocka_unit_test(without_code_bytes_the_image_gives_instructions),
		cmocka_unit_test(the_file_that_fits_is_used_instead_of_the_one_that_does_not),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
