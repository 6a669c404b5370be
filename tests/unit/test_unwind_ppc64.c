// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Stacks of ppc64 in synthetic memory: functions as gcc -mprofile-kernel writes them, frames by the 64-bit ELF V2 ABI, an
 * exception's frame in the layouts of arch/powerpc/include/asm/ptrace.h (5.10, 6.1, 6.12).
 */
#include "tests/stack_fixture.h"
#include "vmcore/unwind.h"

#define TEXT 0xc000000000100000
#define CALLER (TEXT + 0x000)
#define LEAF (TEXT + 0x100)	/* makes no frame */
#define LONELY (TEXT + 0x200)	/* makes one, and keeps LR */
#define ENTRY (TEXT + 0x300)
#define PLAIN (TEXT + 0x400)	/* makes one, saves LR, and has two ways out */
#define STACK 0xc000000004000000
#define SWITCH_FRAME (STACK + 0x100)
#define NEW_FRAME (STACK + 0x400)
#define EXCEPTION_FRAME (STACK + 0x800)
#define EXCEPTION_END (STACK + 0xb00)
#define LOOP_FRAME (STACK + 0xb80)
#define INNER_FRAME (STACK + 0xc00)
#define CALLER_FRAME (STACK + 0xd00)
#define LAST_FRAME (STACK + 0xe00)

struct machine {
	unsigned char text[0x800];
	unsigned char stack[0x1000];
	bool big_endian;
};

static size_t read_memory(void *user, uint64_t address, void *buffer, size_t len)
{
	const struct machine *machine = user;
	const struct memory_part parts[] = {
		{TEXT, sizeof(machine->text), machine->text}, {STACK, sizeof(machine->stack), machine->stack}, {0, 0, NULL},
	};

	return read_parts(parts, address, buffer, len);
}

static void put_code(struct machine *machine, uint64_t at, uint32_t code)
{
	put_ordered(machine->text + (at - TEXT), code, 4, machine->big_endian);
}

static void put_word(struct machine *machine, uint64_t at, uint64_t value)
{
	put_ordered(machine->stack + (at - STACK), value, 8, machine->big_endian);
}

static void put_exception(struct machine *machine, uint64_t mark_at, uint64_t mark, uint64_t nip, uint64_t msr)
{
	uint64_t regs = EXCEPTION_FRAME + mark_at + 16;

	memset(machine->stack + (EXCEPTION_FRAME - STACK), 0, EXCEPTION_END - EXCEPTION_FRAME);
	put_word(machine, EXCEPTION_FRAME, CALLER_FRAME);
	put_word(machine, EXCEPTION_FRAME + 16, ENTRY + 0x40);
	put_word(machine, EXCEPTION_FRAME + mark_at, mark);
	put_word(machine, regs + 1 * 8, CALLER_FRAME);
	put_word(machine, regs + 32 * 8, nip);
	put_word(machine, regs + 33 * 8, msr);
	put_word(machine, regs + 36 * 8, CALLER + 0x20);
	put_word(machine, EXCEPTION_FRAME - 0x40, EXCEPTION_FRAME);	/* of the handler */
}

static void make_machine(struct machine *machine)
{
	for (size_t i = 0; i < sizeof(machine->text); i += 4)
		put_code(machine, TEXT + i, 0x60000000);	/* nop */
	for (size_t i = 0; i < 5; i++)
		put_code(machine, TEXT + i * 0x100, 0x7c0802a6); /* mflr r0, for ftrace */
	put_code(machine, LONELY + 0x10, 0xf821ffa1);		/* stdu r1,-96(r1) */
	put_code(machine, PLAIN + 0x10, 0xf8010010);		/* std r0,16(r1) */
	put_code(machine, PLAIN + 0x14, 0xf821ffa1);
	put_code(machine, PLAIN + 0x40, 0x38210060);		/* addi r1,r1,96 */
	put_code(machine, PLAIN + 0x50, 0x4e800020);		/* blr */
	put_word(machine, INNER_FRAME, CALLER_FRAME);
	put_word(machine, CALLER_FRAME, LAST_FRAME);
	put_word(machine, CALLER_FRAME + 16, CALLER + 0x20);
	put_word(machine, LAST_FRAME + 16, PLAIN + 0x30);
	put_word(machine, LOOP_FRAME, LOOP_FRAME - 0x10);
	put_word(machine, SWITCH_FRAME, SWITCH_FRAME + 0x200);
	put_word(machine, SWITCH_FRAME + 0x210, PLAIN + 0x30);
	put_word(machine, NEW_FRAME + 112 + 32 * 8, CALLER);
}

static void check(const struct machine *machine, const struct od_unwind_ppc64 *registers, bool exact, const char *frames, bool complete)
{
	struct od_vmcore model = {.arena = od_arena_create(1 << 20), .stacks = od_event_create()};
	static const char tokens[] = "Tcaller\0Tleaf\0Tlonely\0Tentry\0Tplain\0Tend";
	struct od_memory memory = {.read = read_memory, .user = (void *)machine, .word = 8, .big_endian = machine->big_endian};
	struct od_kernel kernel = {.memory = &memory, .model = &model, .symbols = make_kallsyms(tokens, sizeof(tokens), TEXT, false),
				   .at = {._stext = TEXT, ._etext = TEXT + 0x500}};
	struct od_vmcore_stack stack = {0};
	struct od_trace trace = {0};
	char got[256];

	od_unwind_ppc64(&kernel, 0, registers, exact, &(struct od_unwind_sink){&trace, &stack});
	name_frames(&trace, got, sizeof(got));
	assert_string_equal(got, frames);
	assert_int_equal(stack.complete, complete);
	assert_true(stack.end.len > 0);
	od_kernel_end(&kernel);
	od_event_destroy(model.stacks);
	od_arena_destroy(model.arena);
}

static void the_back_chain_is_followed(void **unused)
{
	static const struct {
		const char *what;
		struct od_unwind_ppc64 registers;
		bool exact;
		const char *frames;
		bool complete;
	} rows[] = {
		{"a task that sleeps", {.pc = CALLER + 0x20, .sp = CALLER_FRAME}, false, "caller plain ", true},
		{"a leaf without a frame", {LEAF + 0x20, CALLER_FRAME, CALLER + 0x20, 0}, true, "leaf caller plain ", true},
		{"one that keeps LR", {LONELY + 0x20, INNER_FRAME, CALLER + 0x20, 0}, true, "lonely caller plain ", true},
		{"one that saved LR", {PLAIN + 0x20, INNER_FRAME, LEAF + 0x8, 0}, true, "plain caller plain ", true},
		{"before the frame is made", {PLAIN + 0x14, CALLER_FRAME, CALLER + 0x20, 0}, true, "plain caller plain ", true},
		{"behind its end", {PLAIN + 0x48, CALLER_FRAME, CALLER + 0x20, 0}, true, "plain caller plain ", true},
		{"a way behind the way out", {PLAIN + 0x60, INNER_FRAME, LEAF + 0x8, 0}, true, "plain caller plain ", true},
		{"a jump through NULL", {0, CALLER_FRAME, CALLER + 0x20, 0}, true, "0x0 caller plain ", true},
		{"firmware", {0xfff0010, INNER_FRAME, 0x29a4c, 0}, true, "0xfff0010 caller plain ", true},
		{"LR of nothing", {LEAF + 0x20, CALLER_FRAME, 0, 0}, true, "leaf ", false},
		{"a loop", {.pc = CALLER + 0x20, .sp = LOOP_FRAME}, false, "caller ", false},
		{"an odd frame", {.pc = CALLER + 0x20, .sp = CALLER_FRAME + 4}, false, "caller ", false},
		{"a hole", {.pc = CALLER + 0x20, .sp = STACK + 0x10000}, false, "caller ", false},
		{"user space", {.pc = 0x10000, .sp = 0x7fff0000, .msr = 0x4000}, true, "", true},
	};

	(void)unused;
	for (unsigned order = 0; order < 2; order++) {
		struct machine machine = {.big_endian = order};
		make_machine(&machine);
		for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
			print_message("%s\n", rows[i].what);
			check(&machine, &rows[i].registers, rows[i].exact, rows[i].frames, rows[i].complete);
		}
	}
}

static void exceptions_are_crossed(void **unused)
{
	static const struct {
		const char *what;
		uint64_t mark_at, mark, nip, msr;
		const char *frames;
		bool complete;
	} rows[] = {
		{"5.10", 96, 0x7265677368657265, LEAF + 0x20, 0x9033, "plain entry leaf caller plain ", true},
		{"6.1", 96, 0x53474552, LEAF + 0x20, 0x9033, "plain entry leaf caller plain ", true},
		{"6.12", 32, 0x53474552, LEAF + 0x20, 0x9033, "plain entry leaf caller plain ", true},
		{"big endian", 32, 0x52454753, LEAF + 0x20, 0x9033, "plain entry leaf caller plain ", true},
		{"no mark", 96, 0, LEAF + 0x20, 0x9033, "plain entry caller plain ", true},
		{"from user space", 96, 0x53474552, 0x10000, 0xd033, "plain entry ", true},
		{"a jump through NULL", 96, 0x53474552, 0, 0x9033, "plain entry 0x0 caller plain ", true},
	};
	const struct od_unwind_ppc64 handler = {.pc = PLAIN + 0x30, .sp = EXCEPTION_FRAME - 0x40};
	struct machine machine = {.big_endian = false};

	(void)unused;
	make_machine(&machine);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		print_message("%s\n", rows[i].what);
		put_exception(&machine, rows[i].mark_at, rows[i].mark, rows[i].nip, rows[i].msr);
		check(&machine, &handler, false, rows[i].frames, rows[i].complete);
	}
}

/* _switch() leaves the address where a task goes on in its registers, and, but for a new task, behind the back chain. */
static void a_task_that_was_switched_off_is_found(void **unused)
{
	static const struct { const char *what; uint64_t sp, regs_at, nip; bool found; uint64_t pc, frame; } rows[] = {
		{"6.1", SWITCH_FRAME, 112, PLAIN + 0x30, true, PLAIN + 0x30, SWITCH_FRAME + 0x200},
		{"6.12", SWITCH_FRAME, 48, PLAIN + 0x30, true, PLAIN + 0x30, SWITCH_FRAME + 0x200},
		{"registers of something else", SWITCH_FRAME, 48, LEAF + 0x30, false, 0, 0},
		{"a new task", NEW_FRAME, 112, CALLER, true, CALLER, NEW_FRAME},
		{"a hole", STACK + 0x10000, 0, 0, false, 0, 0},
	};

	(void)unused;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct machine machine = {.big_endian = false};
		struct od_memory memory = {.read = read_memory, .user = &machine, .word = 8};
		const struct od_kernel kernel = {.memory = &memory};
		struct od_unwind_ppc64 got;
		uint64_t regs;
		print_message("%s\n", rows[i].what);
		make_machine(&machine);
		if (rows[i].regs_at)
			put_word(&machine, rows[i].sp + rows[i].regs_at + 32 * 8, rows[i].nip);
		assert_int_equal(od_unwind_ppc64_switched(&kernel, rows[i].sp, &got, &regs), rows[i].found);
		if (!rows[i].found)
			continue;
		assert_int_equal(got.pc, rows[i].pc);
		assert_int_equal(got.sp, rows[i].frame);
		assert_int_equal(regs, rows[i].sp + rows[i].regs_at);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_back_chain_is_followed),
		cmocka_unit_test(exceptions_are_crossed),
		cmocka_unit_test(a_task_that_was_switched_off_is_found),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
