// SPDX-License-Identifier: GPL-3.0-or-later
/* Oopses of x86_64, old and new: every fact of the text is in the event, in every wrapping. */
#include "tests/oops.h"
#include "tests/parse.h"

/* A wrapping is a format with one %s for the line. */
static void wrap(struct od_buf *out, const char *const *lines, size_t count, const char *before, const char *after)
{
	for (size_t i = 0; i < count; i++) {
		od_buf_put_string(out, before);
		od_buf_put_string(out, lines[i]);
		od_buf_put_string(out, after);
	}
}

static struct parsed parse_wrapped(const char *const *lines, size_t count, const char *before, const char *after)
{
	struct od_buf text = {0};
	wrap(&text, lines, count, before, after);
	struct parsed parsed = parse_chunks(od_buf_str(&text), 0);
	od_buf_deinit(&text);
	return parsed;
}

static void check_new(const struct od_event *event)
{
	assert_kind(event, "null-deref");
	assert_string_equal(event->arch->name, "x86_64");
	assert_int_equal(event->fault.address.value, 0x24);
	assert_int_equal(event->fault.access, OD_ACCESS_WRITE);
	assert_int_equal(event->fault.mode, OD_MODE_KERNEL);
	assert_int_equal(event->fault.error_code.value.value, 2);
	assert_str(event->fault.error_code.raw, "0002");
	assert_int_equal(event->counter.value, 1);
	assert_str(event->die_options, "PREEMPT SMP NOPTI");
	assert_int_equal(event->cpu.value, 1);
	assert_int_equal(event->pid.value, 92);
	assert_str(event->comm, "rmmod");
	assert_str(event->taint_raw, "G           OE");
	assert_str(event->kernel_release, "6.1.0-56-amd64");
	assert_str(event->kernel_version, "#1  Debian 6.1.192-2");
	assert_str(event->hardware, "QEMU Standard PC (i440FX + PIIX, 1996), BIOS 1.16.2-debian-1.16.2-1 04/01/2014");
	assert_str(event->ip.raw, "hello_cleanup+0x13/0xff0 [hello_2]");
	assert_false(event->ip.is_return_address);
	assert_int_equal(event->code.bytes.len, 31);
	assert_int_equal(event->code.fault_index, 15);
	assert_int_equal(event->integrity, 0);
}

static void check_new_state(const struct od_event *event)
{
	assert_int_equal(od_event_register(event, "rax").value, 0x1f);
	assert_int_equal(od_event_register(event, "rsp").value, 0xff3efd304039bb20);
	assert_int_equal(od_event_register(event, "fs_base").value, 0x365293c0);
	assert_true(od_event_register(event, "kernel_gs_base").known);
	assert_int_equal(od_event_register(event, "pkru").value, 0x55555554);
	assert_int_equal(event->user_registers.count, 6);
	assert_int_equal(event->trace.count, 4);
	assert_true(event->trace.items[0].unreliable);
	assert_str(event->trace.items[1].function, "__do_sys_delete_module");
	assert_str(event->trace.items[1].context, "TASK");
	assert_true(event->trace.items[1].is_return_address);
	assert_int_equal(event->modules.count, 2);
	assert_str(event->modules.items[0].name, "hello_2");
	assert_str(event->modules.items[0].flags, "OE-");
}

static void every_fact_of_a_new_oops_is_read(void **state)
{
	struct parsed parsed = parse_wrapped(oops_new, ARRAY_SIZE(oops_new), "[   12.345678] ", "\n");
	(void)state;
	assert_int_equal(parsed.count, 1);
	check_new(parsed.events[0]);
	check_new_state(parsed.events[0]);
	assert_int_equal(parsed.events[0]->time_usec.value, 12345678);
	assert_int_equal(parsed.events[0]->span.first, 1);
	assert_int_equal(parsed.events[0]->span.last, ARRAY_SIZE(oops_new));
	parsed_free(&parsed);
}

static void registers_behind_the_end_marker_are_not_the_events(void **state)
{
	struct parsed parsed = parse_wrapped(oops_new, ARRAY_SIZE(oops_new), "", "\n");
	(void)state;
	assert_int_equal(od_event_register(parsed.events[0], "rax").value, 0x1f);
	parsed_free(&parsed);
}

static void every_fact_of_an_old_oops_is_read(void **state)
{
	struct parsed parsed = parse_wrapped(oops_old, ARRAY_SIZE(oops_old), "[ 1346.315801] ", "\n");
	(void)state;
	assert_int_equal(parsed.count, 1);
	const struct od_event *event = parsed.events[0];
	assert_kind(event, "null-deref");
	assert_true(event->fault.address.known);
	assert_int_equal(event->fault.address.value, 0);
	assert_str(event->ip.raw, "hello_cleanup+0x12/0x1000 [hello_2]");
	assert_int_equal(event->ip.address.value, 0xffffffffa05cc012);
	assert_int_equal(event->trace.count, 2);
	assert_int_equal(event->trace.items[0].address.value, 0xffffffff810fdd4b);
	assert_int_equal(event->code.bytes.len, 22);
	assert_int_equal(event->code.address.value, 0xffffffffa05cc012);
	assert_int_equal(od_event_register(event, "rsp").value, 0xffff880035d4fef0);
	parsed_free(&parsed);
}

static const struct {
	const char *before, *after;
} wrappings[] = {
	{"", "\n"},
	{"", "\r\n"},
	{"<1>[   12.345678] ", "\n"},
	{"[   12.345678][  T92] ", "\n"},
	{"[   12.345678] [T92] ", "\n"},
	{"[Fri Nov 20 23:17:34 2026] ", "\n"},
	{"2026-11-20T23:17:34,345678+00:00 ", "\n"},
	{"kern  :alert : [   12.345678] ", "\n"},
	{"1,101,12345678,-,caller=T92;", "\n"},
	{"Nov 14 22:13:20 host kernel: [   12.345678] ", "\n"},
	{"Nov 14 22:13:20 host kernel: ", "\n"},
	{"2023-11-14T22:13:20+0000 host kernel: ", "\n"},
	{"Tue 2023-11-14 22:13:20 UTC host kernel: ", "\n"},
	{"<1>1 2023-11-14T22:13:20.123456+00:00 host kernel - - - ", "\n"},
	{"1700000000.123456 host kernel: ", "\n"},
	{"> ", "\n"},
	{"> > [   12.345678] ", "\n"},
	{"    ", "\n"},
	{"\t[   12.345678] ", "\n"},
	{"\x1b[33m[   12.345678]\x1b[0m ", "\x1b[K\n"},
};

static void any_wrapping_gives_the_same_event(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(wrappings); i++) {
		print_message("\"%s\"\n", wrappings[i].before);
		struct parsed parsed = parse_wrapped(oops_new, ARRAY_SIZE(oops_new), wrappings[i].before, wrappings[i].after);
		assert_int_equal(parsed.count, 1);
		check_new(parsed.events[0]);
		check_new_state(parsed.events[0]);
		parsed_free(&parsed);
	}
}

static void the_size_of_chunks_does_not_matter(void **state)
{
	static const size_t sizes[] = {1, 2, 3, 7, 64, 1000};
	struct od_buf text = {0};
	(void)state;
	wrap(&text, oops_new, ARRAY_SIZE(oops_new), "[   12.345678] ", "\n");
	for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
		struct parsed parsed = parse_chunks(od_buf_str(&text), sizes[i]);
		assert_int_equal(parsed.count, 1);
		check_new(parsed.events[0]);
		check_new_state(parsed.events[0]);
		parsed_free(&parsed);
	}
	od_buf_deinit(&text);
}

static void a_log_cut_anywhere_keeps_what_came_before_and_says_so(void **state)
{
	struct od_buf text = {0};
	(void)state;
	wrap(&text, oops_new, ARRAY_SIZE(oops_new), "[   12.345678] ", "\n");
	struct od_str whole = od_buf_str(&text);
	size_t end_marker = (size_t)od_str_find(whole, OD_STR("---[ end trace 0000000000000000 ]---"));
	size_t comm = (size_t)od_str_find(whole, OD_STR("Hardware name"));
	for (size_t len = 64 + 15; len < whole.len; len++) {
		struct parsed parsed = parse_chunks(od_str_first(whole, len), 0);
		assert_int_equal(parsed.count, 1);
		const struct od_event *event = parsed.events[0];
		assert_kind(event, "null-deref");
		bool cut_off = event->integrity & (1u << OD_INTEGRITY_CUT_OFF);
		if (len <= end_marker)
			assert_true(cut_off);
		if (len > comm)
			assert_str(event->comm, "rmmod");
		parsed_free(&parsed);
	}
	od_buf_deinit(&text);
}

static void raw_text_is_exactly_the_events_lines(void **state)
{
	struct od_buf text = {0};
	(void)state;
	od_buf_put_string(&text, "[    1.000000] before\n");
	size_t first = text.len;
	wrap(&text, oops_old, ARRAY_SIZE(oops_old), "[ 1346.315801] ", "\n");
	size_t last = text.len;
	od_buf_put_string(&text, "[ 1400.000000] after\n");
	struct parsed parsed = parse_chunks(od_buf_str(&text), 0);
	assert_int_equal(parsed.count, 1);
	assert_int_equal(parsed.events[0]->raw.len, last - first);
	assert_memory_equal(parsed.events[0]->raw.ptr, text.data + first, last - first);
	parsed_free(&parsed);
	od_buf_deinit(&text);
}

/* Synthetic lines after die() of each architecture in 6.1 (ia64: 6.6); the line of the CPU follows where the kernel prints one. */
static void what_a_die_line_says_names_the_kind(void **state)
{
	static const struct {
		const char *line, *kind, *comm;
		uint64_t code;
	} rows[] = {
		{"Oops: 0002 [#1] SMP", "paging-request", "", 2},
		{"invalid operand: 0000", "invalid-opcode", "", 0}, /* i386, to 2.5 */
		{"invalid operand:        0000", "invalid-opcode", "", 0},
		{"overflow: 12", NULL, NULL, 0},
		{"fortify fixup: 0000 [#1] SMP", "trap", "", 0}, /* a text that no table holds */
		{"COP2: Unhandled kernel unaligned access or invalid instruction[#1]:", "alignment", "", 0},
		{"Unrecoverable bus error[#2]:", "trap", "", 0},
		{"do_msa_fpe invoked from kernel context![#1]:", "trap", "", 0},
		{"do_reserved exception[#1]:", "trap", "", 0},
		{"error zero div exception [#1]", "divide-error", "", 0},
		{"insmod(612): Penguin instruction from Penguin mode [#1]", "invalid-opcode", "insmod", 0},
		{"insmod(612): TL1: Illegal Instruction Exception [#1]", "invalid-opcode", "insmod", 0},
		{"insmod(612): Byte sized unaligned access?!?! [#1]", "alignment", "insmod", 0},
		{"insmod(612): Kernel bad trap", "trap", "insmod", 0},
		{"insmod(612): Oops 1", "paging-request", "insmod", 1},
		{"CPU 1 insmod(612): Kernel Bug 1", "bug-on", "insmod", 1},
		{"swapper(1): Instruction fault 4", "invalid-opcode", "swapper", 4},
		{"Kernel BUG: 003e [#1]", "bug-on", "", 0x3e},
		{"illegal slot instruction: 01a0 [#1]", "invalid-opcode", "", 0x1a0},
		{"unaligned program counter: 0000 [#1]", "alignment", "", 0},
		{"floating point exception: 0007 ilc:2 [#1] SMP", "trap", "", 7},
		{"Oops: Watchdog NMI Reset, sig: 5 [#1]", "nmi", "", 5},
		{"Oops: Unrecoverable VSX Unavailable Exception, sig: 6 [#1]", "trap", "", 6},
		{"Oops: Divide by zero exception, sig: 8", "divide-error", "", 8},
		{"Oops: Misaligned Data Load[#1]:", "alignment", "", 0},
		{"bad frame format: 00000000", "trap", "", 0},
		{"insmod (pid 612): Unaligned data reference (code 28)", "alignment", "insmod", 28},
		{"insmod[612]: Oops 8813272891392 [1]", "paging-request", "insmod", 8813272891392},
		{"insmod[612]: bugcheck! 0 [1]", "bug-on", "insmod", 0},
		{"insmod[612]: accepted 1 of 2 [1]", NULL, NULL, 0}, /* a program's */
		{"see foo(3): Oops or 1", NULL, NULL, 0},
		{"as do_fpu says in [#1]", NULL, NULL, 0},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct od_buf text = {0};
		print_message("%s\n", rows[i].line);
		od_buf_printf(&text, "[   12.345678] %s\n", rows[i].line);
		struct parsed parsed = parse_chunks(od_buf_str(&text), 0);
		assert_int_equal(parsed.count, rows[i].kind ? 1 : 0);
		if (rows[i].kind) {
			assert_kind(parsed.events[0], rows[i].kind);
			assert_str(parsed.events[0]->comm, rows[i].comm);
			assert_int_equal(parsed.events[0]->fault.error_code.value.value, rows[i].code);
		}
		parsed_free(&parsed);
		od_buf_deinit(&text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_fact_of_a_new_oops_is_read),
		cmocka_unit_test(registers_behind_the_end_marker_are_not_the_events),
		cmocka_unit_test(every_fact_of_an_old_oops_is_read),
		cmocka_unit_test(any_wrapping_gives_the_same_event),
		cmocka_unit_test(the_size_of_chunks_does_not_matter),
		cmocka_unit_test(a_log_cut_anywhere_keeps_what_came_before_and_says_so),
		cmocka_unit_test(raw_text_is_exactly_the_events_lines),
		cmocka_unit_test(what_a_die_line_says_names_the_kind),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
