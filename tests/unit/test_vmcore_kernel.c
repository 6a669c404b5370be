// SPDX-License-Identifier: GPL-3.0-or-later
/* What is read of a kernel in synthetic memory: a page of code with seven functions, and a stack. */
#include "tests/stack_fixture.h"
#include "vmcore/container.h"
#include "vmcore/file.h"
#include "vmcore/unwind.h"

#define TEXT 0xffffffff81000000
#define OUTER (TEXT + 0x000)
#define LEAF (TEXT + 0x100)
#define PLAIN (TEXT + 0x200)
#define EXCEPTION (TEXT + 0x300)
#define FORK (TEXT + 0x400)
#define VECTORS (TEXT + 0x500)
#define CRASH (TEXT + 0x600)
#define STACK 0xff20000000004000
#define OUTER_FRAME (STACK + 0xf00)
#define KERNEL_REGS (STACK + 0x400)
#define USER_REGS (STACK + 0x800)
#define NULL_REGS (STACK + 0xc00)
#define ARM_FRAME (STACK + 0x20)
#define ARM_LAST (STACK + 0x40)
#define ARM_LOOP (STACK + 0x60)
#define REGS_SIZE 288

struct machine {
	unsigned char text[0x800];
	uint64_t stack[0x1000 / 8];
};

static struct machine *machine;

static size_t read_memory(void *user, uint64_t address, void *buffer, size_t len)
{
	const struct memory_part parts[] = {
		{TEXT, sizeof(machine->text), machine->text}, {STACK, sizeof(machine->stack), machine->stack}, {0, 0, NULL},
	};

	(void)user;
	return read_parts(parts, address, buffer, len);
}

static struct od_kallsyms *make_symbols(void)
{
	static const char tokens[] = "Touter\0Tleaf\0Tplain\0Thandle_exception\0Tret_from_fork\0Tvectors\0T__crash_kexec\0Tend";

	return make_kallsyms(tokens, sizeof(tokens), TEXT, false);
}

/* 1 u64; 2 struct pt_regs { u64 epc, ra, sp, s0, status; } of 288 bytes */
static struct od_btf *make_types(void)
{
	static const char strings[] = "\0pt_regs\0epc\0ra\0sp\0s0\0status";
	static const uint32_t words[] = {
		0x0001eb9f, 24, 0, 22 * 4, 22 * 4, sizeof(strings), 0, 1 << 24, 8, 64, 1, 4 << 24 | 5, REGS_SIZE,
		9, 1, 0, 13, 1, 8 * 8, 16, 1, 16 * 8, 19, 1, 64 * 8, 22, 1, 256 * 8,
	};
	unsigned char *bytes = malloc(sizeof(words) + sizeof(strings));
	struct od_btf *btf;

	assert_non_null(bytes);
	memcpy(bytes, words, sizeof(words));
	memcpy(bytes + sizeof(words), strings, sizeof(strings));
	assert_int_equal(od_btf_create(NULL, bytes, sizeof(words) + sizeof(strings), &btf), OD_OK);
	return btf;
}

static void put_code(uint64_t at, uint32_t code, unsigned size)
{
	for (unsigned i = 0; i < size; i++)
		machine->text[at - TEXT + i] = (unsigned char)(code >> 8 * i);
}

static void put_word(uint64_t at, uint64_t value)
{
	machine->stack[(at - STACK) / 8] = value;
}

static void put_record(uint64_t fp, uint64_t next, uint64_t ra)
{
	put_word(fp - 16, next);
	put_word(fp - 8, ra);
}

static void put_regs(uint64_t at, uint64_t epc, uint64_t status)
{
	put_record(at, OUTER_FRAME, EXCEPTION + 0x40);
	put_word(at, epc);
	put_word(at + 8, OUTER + 0x20);
	put_word(at + 16, at + REGS_SIZE);
	put_word(at + 64, OUTER_FRAME);
	put_word(at + 256, status);
}

static void make_machine(void)
{
	for (size_t i = 0; i < sizeof(machine->text); i += 2)
		put_code(TEXT + i, 0x0001, 2);		/* nop */
	put_code(OUTER + 2, 0x1800, 2);			/* addi s0,sp,48 */
	put_code(LEAF + 4, 0x01010413, 4);		/* addi s0,sp,16 */
	put_code(EXCEPTION + 0x10, 0x00823403, 4);	/* ld s0,8(tp) */
	put_code(EXCEPTION + 0x20, 0x01213023, 4);	/* sd s2,0(sp) */
	put_record(OUTER_FRAME, PLAIN, FORK + 0xe);	/* of a thread: s0 was its function */
	put_record(STACK + 0xe80, 0, OUTER_FRAME);	/* of a leaf: s0 where ra would be */
	put_record(STACK + 0xa0, STACK + 0xa0, OUTER + 0x20);
	put_word(ARM_FRAME, ARM_LAST);
	put_word(ARM_FRAME + 8, PLAIN + 0x10);
	put_word(ARM_LOOP, ARM_LOOP);
	put_word(ARM_LOOP + 8, PLAIN + 0x10);
	put_regs(KERNEL_REGS, PLAIN + 0x10, 0x120);
	put_regs(USER_REGS, 0x10000, 0x20);
	put_regs(NULL_REGS, 0, 0x120);
}

static void frames_of_riscv64_are_followed(void **unused)
{
	static const struct {
		const char *what;
		struct od_unwind_riscv64 registers;
		bool exact;
		const char *frames;
		bool complete;
	} rows[] = {
		{"a task that sleeps", {OUTER + 0x20, 0, 0, OUTER_FRAME}, false, "outer ret_from_fork ", true},
		{"a leaf with a frame", {LEAF + 0x20, OUTER + 0x20, 0, STACK + 0xe80}, true, "leaf outer ret_from_fork ", true},
		{"before the frame is made", {LEAF + 0x4, OUTER + 0x20, 0, OUTER_FRAME}, true, "leaf outer ret_from_fork ", true},
		{"behind it", {LEAF + 0x8, PLAIN, 0, OUTER_FRAME}, true, "leaf ret_from_fork ", true},
		{"a function without a frame", {PLAIN + 0x10, OUTER + 0x20, 0, OUTER_FRAME}, true, "plain outer ret_from_fork ", true},
		{"a jump through NULL", {OUTER + 0x20, 0, 0, NULL_REGS}, true, "outer handle_exception 0x0 outer ret_from_fork ", true},
		{"an exception", {OUTER + 0x20, 0, 0, KERNEL_REGS}, true, "outer handle_exception plain outer ret_from_fork ", true},
		{"one from user space", {OUTER + 0x20, 0, 0, USER_REGS}, true, "outer handle_exception ", true},
		{"its first instruction", {EXCEPTION, 0, 0, OUTER_FRAME}, true, "handle_exception ret_from_fork ", false},
		{"its s0 is taken", {EXCEPTION + 0x14, 0, KERNEL_REGS, 1}, true, "handle_exception ret_from_fork ", false},
		{"its registers are saved", {EXCEPTION + 0x24, 0, KERNEL_REGS, 1}, true,
		 "handle_exception plain outer ret_from_fork ", true},
		{"registers of another", {EXCEPTION + 0x24, 0, KERNEL_REGS + 8, 1}, true, "handle_exception ", false},
		{"a loop", {OUTER + 0x20, 0, 0, STACK + 0xa0}, false, "outer ", false},
		{"an odd frame pointer", {OUTER + 0x20, 0, 0, OUTER_FRAME + 1}, false, "outer ", false},
		{"a hole", {OUTER + 0x20, 0, 0, STACK + 0x10000}, false, "outer ", false},
		{"user space", {0x10000, 0, 0, 0}, false, "", true},
	};

	(void)unused;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct od_vmcore model = {.arena = od_arena_create(1 << 20), .stacks = od_event_create()};
		struct od_memory memory = {.read = read_memory, .word = 8};
		struct od_kernel kernel = {.memory = &memory, .model = &model, .symbols = make_symbols(), .btf = make_types(),
					   .at = {._stext = TEXT, ._etext = TEXT + 0x500}};
		static const struct { enum od_kernel_member member; const char *path; } members[] = {
			{OD_MEMBER_PT_REGS_EPC, "epc"}, {OD_MEMBER_PT_REGS_RA, "ra"}, {OD_MEMBER_PT_REGS_SP, "sp"},
			{OD_MEMBER_PT_REGS_S0, "s0"}, {OD_MEMBER_PT_REGS_STATUS, "status"},
		};
		struct od_vmcore_stack stack = {0};
		struct od_trace trace = {0};
		char got[256] = "";
		for (size_t m = 0; m < ARRAY_SIZE(members); m++)
			kernel.known[members[m].member] = od_btf_member(kernel.btf, "pt_regs", members[m].path,
									&kernel.members[members[m].member]);
		print_message("%s\n", rows[i].what);
		od_unwind_riscv64(&kernel, 0, &rows[i].registers, rows[i].exact, &(struct od_unwind_sink){&trace, &stack});
		name_frames(&trace, got, sizeof(got));
		assert_string_equal(got, rows[i].frames);
		assert_int_equal(stack.complete, rows[i].complete);
		assert_true(stack.end.len > 0);
		od_kernel_end(&kernel);
		od_event_destroy(model.stacks);
		od_arena_destroy(model.arena);
	}
}

/* Records of {frame pointer, return address}; the last is empty. */
static void frames_of_arm64_are_followed(void **unused)
{
	static const struct { const char *what; uint64_t pc, fp; bool exact; const char *frames; bool complete; } rows[] = {
		{"a task that sleeps", OUTER + 0x20, ARM_FRAME, false, "outer plain ", true},
		{"a CPU", OUTER + 0x20, ARM_FRAME, true, "outer plain ", true},
		{"one in the table of exceptions", VECTORS + 0x80, ARM_FRAME, true, "vectors plain ", false},
		{"a loop", OUTER + 0x20, ARM_LOOP, false, "outer ", false},
	};

	(void)unused;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct od_dump *dump = calloc(1, sizeof(*dump));
		struct od_vmcore model = {.arena = od_arena_create(1 << 20), .stacks = od_event_create()};
		struct od_memory memory = {.read = read_memory, .word = 8};
		struct od_kernel kernel = {.dump = dump, .memory = &memory, .model = &model, .symbols = make_symbols(),
					   .at = {._stext = TEXT, ._etext = TEXT + 0x600}};
		struct od_vmcore_stack stack = {0};
		struct od_trace trace = {0};
		char got[256] = "";
		assert_non_null(dump);
		print_message("%s\n", rows[i].what);
		od_unwind_arm64(&kernel, 0, rows[i].pc, rows[i].fp, rows[i].exact, &(struct od_unwind_sink){&trace, &stack});
		name_frames(&trace, got, sizeof(got));
		assert_string_equal(got, rows[i].frames);
		assert_int_equal(stack.complete, rows[i].complete);
		od_kernel_end(&kernel);
		od_event_destroy(model.stacks);
		od_arena_destroy(model.arena);
		free(dump);
	}
}

static void a_kexec_of_x86_64_has_a_caller(void **unused)
{
	static const struct {
		const char *what;
		unsigned char prologue[8];
		uint64_t rip, word;	/* what stands on the stack */
		const char *frames;
		uint64_t rbp;		/* the caller's */
	} rows[] = {
		{"rbp is left alone", {0x53, 0x48, 0x83, 0xec, 0x10}, CRASH + 0x20, OUTER + 0x60, "__crash_kexec outer ", 0x77},
		{"behind a mov and a push", {0x41, 0x54, 0xba, 1, 0, 0, 0, 0x48}, CRASH + 0x20, OUTER + 0x60, "__crash_kexec outer ", 0},
		{"rbp is pushed", {0x55, 0x48, 0x83, 0xec, 0x10}, CRASH + 0x20, OUTER + 0x60, "__crash_kexec outer ", 0},
		{"no call is before it", {0x53, 0x48, 0x83, 0xec, 0x10}, CRASH + 0x20, OUTER + 0x30, "__crash_kexec ", 0},
		{"a call of another function", {0x53, 0x48, 0x83, 0xec, 0x10}, CRASH + 0x20, OUTER + 0x80, "__crash_kexec ", 0},
		{"another function", {0x53}, PLAIN + 0x20, OUTER + 0x60, "plain ", 0},
	};

	(void)unused;
	put_code(OUTER + 0x5b, 0xe8, 1);
	put_code(OUTER + 0x5c, (uint32_t)(CRASH - (OUTER + 0x60)), 4);
	put_code(OUTER + 0x7b, 0xe8, 1);
	put_code(OUTER + 0x7c, (uint32_t)(PLAIN - (OUTER + 0x80)), 4);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct od_dump *dump = calloc(1, sizeof(*dump));
		struct od_vmcore model = {.arena = od_arena_create(1 << 20), .stacks = od_event_create()};
		struct od_memory memory = {.read = read_memory, .word = 8};
		struct od_kernel kernel = {.dump = dump, .memory = &memory, .model = &model, .symbols = make_symbols(),
					   .at = {._stext = TEXT, ._etext = TEXT + 0x700}};
		const struct od_unwind_registers registers = {.rip = rows[i].rip, .rsp = STACK + 0x200, .rbp = 0x77, .cs = 0x10};
		struct od_vmcore_stack stack = {0};
		struct od_trace trace = {0};
		char got[256] = "";
		assert_non_null(dump);
		print_message("%s\n", rows[i].what);
		memcpy(machine->text + (CRASH - TEXT), rows[i].prologue, sizeof(rows[i].prologue));
		put_word(STACK + 0x218, rows[i].word);
		od_unwind_x86_64(&kernel, 0, &registers, true, &(struct od_unwind_sink){&trace, &stack});
		name_frames(&trace, got, sizeof(got));
		assert_string_equal(got, rows[i].frames);
		assert_false(stack.complete); /* there are no unwind tables */
		if (trace.frames.count == 2) {
			assert_int_equal(stack.spots.items[1].sp.value, STACK + 0x220);
			assert_int_equal(stack.spots.items[1].fp.value, rows[i].rbp);
		}
		od_kernel_end(&kernel);
		od_event_destroy(model.stacks);
		od_arena_destroy(model.arena);
		free(dump);
	}
	put_word(STACK + 0x218, 0);
}

/* A struct that debug info showed beside its pointer is not shown again out of BTF; one that it did not show is. */
static void an_object_is_shown_once(void **unused)
{
	static const struct { const char *object; bool answered; } rows[] = {{"{epc = 1}", false}, {"", true}};

	(void)unused;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct od_dump *dump = calloc(1, sizeof(*dump));
		struct od_vmcore_file file = {.dump = dump, .model = {.arena = od_arena_create(1 << 20)}};
		struct od_event event = {.cause = {.confidence = OD_CONFIDENCE_LIKELY, .pointer = OD_STR("regs"),
						   .type = OD_STR("struct pt_regs *"), .value = od_num(KERNEL_REGS)}};
		struct od_frame_variable variable = {.name = OD_STR("regs"), .type = OD_STR("struct pt_regs *"),
						      .target = od_num(KERNEL_REGS), .object = od_str_from(rows[i].object)};
		const struct od_vmcore_stack fault = {.variables = {.items = &variable, .count = 1}};
		assert_non_null(dump);
		dump->memory = (struct od_memory){.read = read_memory, .word = 8};
		dump->page_size = OD_PAGE_SIZE;
		file.kernel = (struct od_kernel){.dump = dump, .memory = &dump->memory, .model = &file.model, .symbols = make_symbols(),
						 .btf = make_types()};
		od_vmcore_look_up(&file, &event, &fault);
		assert_int_equal(file.model.pointers.count, 1);
		assert_str(file.model.pointers.items[0].value, rows[i].object);
		assert_int_equal(file.model.answers.count, rows[i].answered);
		od_kernel_end(&file.kernel);
		od_arena_destroy(file.model.arena);
		free(dump);
	}
}

/* Debug info of a kernel that was linked 2 MB below where it runs. */
enum { SLIDE = 2 << 20 };

static bool give_addresses(void *user, struct od_event *place, const struct od_layout_wish *wish, struct od_arena *arena,
			   struct od_layouts *ret)
{
	static const struct { const char *name; uint64_t address; } rows[] = {
		{"start_kernel", OUTER - SLIDE}, {"init_task", TEXT - SLIDE + 0x4000}, {"runqueues", 0x1a000}, {"modules", TEXT - SLIDE + 0x5000},
	};

	assert_str(place->ip.function, "outer");
	assert_str(place->kernel_release, "6.1.0-test");
	for (size_t i = 0; i < wish->symbol_count; i++) {
		uint64_t *item = od_list_push(arena, &ret->addresses);
		assert_non_null(item);
		*item = 0;
		for (size_t row = 0; row < ARRAY_SIZE(rows); row++)
			if (od_str_equal(wish->symbols[i], od_str_from(rows[row].name)))
				*item = rows[row].address;
	}
	return *(bool *)user;
}

static void variables_move_with_the_kernel(void **unused)
{
	(void)unused;
	for (int has = 0; has < 2; has++) {
		bool found = has;
		const struct od_layout_source source = {give_addresses, &found};
		struct od_dump *dump = calloc(1, sizeof(*dump));
		struct od_vmcore model = {.arena = od_arena_create(1 << 20), .stacks = od_event_create()};
		struct od_trail trail = {{0}};
		assert_non_null(dump);
		dump->vmcoreinfo = OD_STR("OSRELEASE=6.1.0-test\n");
		struct od_kernel kernel = {.dump = dump, .model = &model, .symbols = make_symbols(),
					   .at = {._stext = TEXT, ._etext = TEXT + 0x500, .start_kernel = OUTER, .modules = 5}};
		assert_int_equal(od_kernel_read_variables(&trail, &kernel, &source), has ? OD_OK : OD_ERR_MISSING);
		assert_int_equal(kernel.at.init_task, has ? TEXT + 0x4000 : 0);
		assert_int_equal(kernel.at.runqueues, has ? 0x1a000 : 0);	/* of every CPU: counted from 0 */
		assert_int_equal(kernel.at.modules, 5);				/* known already */
		od_kernel_end(&kernel);
		od_event_destroy(model.stacks);
		od_arena_destroy(model.arena);
		free(dump);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(variables_move_with_the_kernel),
		cmocka_unit_test(an_object_is_shown_once),
		cmocka_unit_test(frames_of_arm64_are_followed),
		cmocka_unit_test(a_kexec_of_x86_64_has_a_caller),
		cmocka_unit_test(frames_of_riscv64_are_followed),
	};
	struct machine own;

	machine = &own;
	memset(&own, 0, sizeof(own));
	make_machine();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
