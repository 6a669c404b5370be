// SPDX-License-Identifier: GPL-3.0-or-later
/* Frames in every form that kernels print. */
#include "core/buf.h"
#include "parsers/frame.h"
#include "tests/test.h"

struct row {
	const char *line, *function, *module;
	uint64_t address, offset, size; /* address 0: none is printed */
	bool unreliable;
};

/* Sources: lib/vsprintf.c (%pS, %pB) and each architecture's stack dump. */
static const struct row frames[] = {
	/* x86: arch/x86/kernel/dumpstack.c */
	{"do_one_initcall+0x58/0x300", "do_one_initcall", "", 0, 0x58, 0x300, false},
	{"? irqentry_exit+0xd/0x10", "irqentry_exit", "", 0, 0xd, 0x10, true},
	{"[<ffffffff810fdd4b>] ? fn+0x16b/0x2d0 [mod]", "fn", "mod", 0xffffffff810fdd4b, 0x16b, 0x2d0, true},
	{"[<ffffffff8010abcd>] :mod:fn+0x12/0x34", "fn", "mod", 0xffffffff8010abcd, 0x12, 0x34, false},
	{"fn+0x1/0x2 [mod 0123456789abcdef0123456789abcdef01234567]", "fn", "mod", 0, 1, 2, false},
	/* arm64: arch/arm64/kernel/stacktrace.c, 6.13 */
	{"fn+0x1c/0x1000 [bad] (P)", "fn", "bad", 0, 0x1c, 0x1000, false},
	{"fn+0x1c/0x1000 (PF)", "fn", "", 0, 0x1c, 0x1000, false},
	/* powerpc: arch/powerpc/kernel/process.c (show_stack): the stack pointer comes first */
	{"[c00000011f107980] [c0000000995890c8] fn+0x9c/0x18c (unreliable)", "fn", "", 0xc0000000995890c8, 0x9c, 0x18c, true},
	{"[c7b5fe50] [c0012345] .fn+0x9c/0x18c", ".fn", "", 0xc0012345, 0x9c, 0x18c, false},
	/* s390: arch/s390/kernel/dumpstack.c (show_stack): parentheses mark what is not reliable */
	{"([<00000000001e6940>] fn+0xa8/0x300)", "fn", "", 0x1e6940, 0xa8, 0x300, true},
	/* sparc: arch/sparc/kernel/traps_64.c (show_stack, die_if_kernel) */
	{"[0000000000404c40] fn+0x20/0x40", "fn", "", 0x404c40, 0x20, 0x40, false},
	{"Caller[0000000000404c40]: fn+0x20/0x40", "fn", "", 0x404c40, 0x20, 0x40, false},
	/* kernel/irq/spurious.c, to 2.6.38: "handlers:" */
	{"[<c0611730>] (fn+0x0/0x70)", "fn", "", 0xc0611730, 0, 0x70, false},
	/* riscv: print_ip_sym() */
	{"[<ffffffe000202698>] walk+0x0/0xa4", "walk", "", 0xffffffe000202698, 0, 0xa4, false},
	/* klogd (sysklogd, ksym.c): decimal numbers; the kernel's own name since 2.5 */
	{"[fn+108/116]", "fn", "", 0, 108, 116, false},
	{"[ext3:fn+108/116]", "fn", "ext3", 0, 108, 116, false},
	{"[fn+108/116] fn+0x6c/0x74", "fn", "", 0, 0x6c, 0x74, false},
	{"[fn+108/116] fn+0x6c/0x74 [mod]", "fn", "mod", 0, 0x6c, 0x74, false},
	/* x86_64 to 2.6.17: arch/x86_64/kernel/traps.c (printk_address); the number is decimal, the size is not printed */
	{"<ffffffff8025ef65>{fn+155}", "fn", "", 0xffffffff8025ef65, 155, 0, false},
	{"[<ffffffff8025ef65>]{:mod:fn+155}", "fn", "mod", 0xffffffff8025ef65, 155, 0, false},
	/* i386 of Red Hat's 2.4 (kksymoops); what is in parentheses is where on the stack */
	{"[<c0150eb0>] fn [kernel] 0xf6 ", "fn", "", 0xc0150eb0, 0xf6, 0, false},
	{"[<f897f2f0>] fn [ide-cd] 0x0 (0xc0349f3c))", "fn", "ide-cd", 0xf897f2f0, 0, 0, false},
	/* what symbolizers append */
	{"fn+0x1/0x2 fs/file.c:12", "fn", "", 0, 1, 2, false},
};

static void a_frame_is_read_in_every_form(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(frames); i++) {
		struct od_frame_text frame;
		print_message("%s\n", frames[i].line);
		assert_true(od_frame_line(od_str_from(frames[i].line), &frame));
		assert_str(frame.function, frames[i].function);
		assert_str(frame.module, frames[i].module);
		assert_int_equal(frame.address.known, frames[i].address != 0);
		assert_int_equal(frame.address.value, frames[i].address);
		assert_int_equal(frame.offset.value, frames[i].offset);
		assert_int_equal(frame.size.value, frames[i].size);
		assert_int_equal(frame.unreliable, frames[i].unreliable);
	}
}

/* arch/arm/kernel/traps.c (dump_backtrace_entry) */
static const struct {
	const char *line, *callee, *callee_module, *from, *module;
	uint64_t callee_address, address, offset;
} calls[] = {
	{"[<c0101234>] (fn+0x0/0x10) from [<c0105678>] (gn+0x20/0x40)", "fn", "", "gn", "", 0xc0101234, 0xc0105678, 0x20},
	{"[<c0101234>] (fn) from [<c0105678>] (gn+0x20/0x40 [mod])", "fn", "", "gn", "mod", 0xc0101234, 0xc0105678, 0x20},
	{"[<bf000008>] (fn [mod]) from [<c0105678>] (gn+0x20/0x40)", "fn", "mod", "gn", "", 0xbf000008, 0xc0105678, 0x20},
	{"c0101234  (fn+0x0/0x10) from   c0105678  (gn+0x20/0x40)", "fn", "", "gn", "", 0xc0101234, 0xc0105678, 0x20}, /* a forum took the brackets */
	{"fn from gn+0x20/0x40", "fn", "", "gn", "", 0, 0, 0x20},
	{"fn [mod] from gn+0x20/0x40 [mod]", "fn", "mod", "gn", "mod", 0, 0, 0x20},
	{"0xbf000008 from gn+0x20/0x40", "", "", "gn", "", 0xbf000008, 0, 0x20},
	{"Function entered at [<c0101234>] from [<c0105678>]", "", "", "", "", 0xc0101234, 0xc0105678, 0},
};

static void a_line_of_arm_names_a_call(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(calls); i++) {
		struct od_frame_text callee, from;
		print_message("%s\n", calls[i].line);
		assert_true(od_frame_call(od_str_from(calls[i].line), &callee, &from));
		assert_str(callee.function, calls[i].callee);
		assert_str(callee.module, calls[i].callee_module);
		assert_int_equal(callee.address.value, calls[i].callee_address);
		assert_str(from.function, calls[i].from);
		assert_str(from.module, calls[i].module);
		assert_int_equal(from.address.value, calls[i].address);
		assert_int_equal(from.offset.value, calls[i].offset);
	}
}

/* arch/i386/kernel/traps.c (show_trace) and arch/mips/kernel/traps.c of 2.4 break the line behind several addresses only */
static const struct {
	const char *row, *pieces; /* divided by '|' */
} cuts[] = {
	{"[<c0101234>] [<c0105678>]  [<c010abcd>]", "[<c0101234>]|[<c0105678>]|[<c010abcd>]"},
	{"[<c0101234>] fn+0x1/0x2 [<c0105678>] ? gn+0x1/0x2 [mod] [<c010abcd>]", "[<c0101234>] fn+0x1/0x2|[<c0105678>] ? gn+0x1/0x2 [mod]|[<c010abcd>]"},
	{"[fn+1/2] [ext3:gn+1/2] hn+0x1/0x2 [a+b]", "[fn+1/2]|[ext3:gn+1/2] hn+0x1/0x2|[a+b]"},
	{"[<c0101234>] (fn+0x0/0x2) from [<c0105678>] (gn+0x1/0x2) [<c0105670>] (gn+0x0/0x2) from [<c010abcd>] (hn+0x1/0x2)",
	 "[<c0101234>] (fn+0x0/0x2) from [<c0105678>] (gn+0x1/0x2)|[<c0105670>] (gn+0x0/0x2) from [<c010abcd>] (hn+0x1/0x2)"},
	{"fn+0x1/0x2 [mod]", "fn+0x1/0x2 [mod]"},
	{"  ", ""},
};

static void a_row_is_cut_into_frames(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cuts); i++) {
		struct od_str row = od_str_from(cuts[i].row), piece;
		struct od_buf pieces = {0};
		while (od_frame_cut(&row, &piece)) {
			if (pieces.len)
				od_buf_put_char(&pieces, '|');
			od_buf_put(&pieces, piece);
		}
		assert_str(od_buf_str(&pieces), cuts[i].pieces);
		od_buf_deinit(&pieces);
	}
}

static void prose_is_no_frame(void **state)
{
	static const char *const lines[] = {
		"took a packet from somewhere", "recovered from fn", "address from 0x", "fn+0x10", "Modules linked in: a b",
		"fn [mod] 0x12", "fn [kernel] 0x12 (0x13)", "[<c0105678>] fn [mod] 0x12, 0x13",
		"Registers r0 from [<c0105678>] (gn+0x20/0x40", "12345678: 0000",
	};
	struct od_frame_text frame, callee;
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(lines); i++) {
		print_message("%s\n", lines[i]);
		assert_false(od_frame_line(od_str_from(lines[i]), &frame));
		assert_false(od_frame_call(od_str_from(lines[i]), &callee, &frame));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_frame_is_read_in_every_form),
		cmocka_unit_test(a_line_of_arm_names_a_call),
		cmocka_unit_test(a_row_is_cut_into_frames),
		cmocka_unit_test(prose_is_no_frame),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
