// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * What mail programs, web pages, scripts, grep and debuggers do to reports. All are synthetic: the literals of the kernel's source
 * filled with values, broken where mail programs break lines.
 */
#include "tests/parse.h"
#include "tests/unit/test_parser_mail_rows.h"
#include "tests/unit/test_parser_retold_rows.h"

static void check(const struct expected *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct expected *row = &rows[i];
		print_message("%s\n", row->behaviour);
		struct parsed parsed = parse_text(row->text);
		assert_int_equal(parsed.count, 1);
		const struct od_event *event = parsed.events[0];
		assert_kind(event, row->kind);
		assert_str(event->ip.function, row->function);
		assert_trace(event, row->trace);
		assert_int_equal(event->fault.address.value, row->address);
		assert_str(event->comm, row->comm);
		assert_str(event->kernel_release, row->release);
		parsed_free(&parsed);
	}
}

static void a_report_is_read_whole(void **state)
{
	(void)state;
	check(reports, ARRAY_SIZE(reports));
}

static void so_is_one_that_was_retold(void **state)
{
	(void)state;
	check(retold, ARRAY_SIZE(retold));
}

/* Traces without the lines above them: pasted, or typed off a screen. */
static void a_trace_alone_says_that_its_header_is_missing(void **state)
{
	static const struct {
		const char *behaviour, *text, *trace; /* trace "": no event */
	} rows[] = {
		{"places only", "fn+0x10/0x20 [a]\ngn+0x1/0x2\n? hn+0x1/0x2\n", "fn gn hn"},
		{"below a person's words", "Hello,\n\nmy machine hangs with this:\n\nCall Trace:\n <TASK>\n fn+0x10/0x20 [a]\n gn+0x1/0x2\n"
		 " hn+0x1/0x2\n </TASK>\n\nWhat is it?\n", "fn gn hn"},
		{"typed, without sizes", "Call Trace:\n fn+0x10 [a]\n [<c0101234>] gn+0x1\n ? hn+0x22\n", "fn gn hn"},
		{"with the kernel's times", "[   12.345678]  fn+0x10/0x20 [a]\n[   12.345679]  gn+0x1/0x2\n[   12.345680]  hn+0x1/0x2\n", "fn gn hn"},
		{"/proc/PID/stack, since 4.14", "$ cat /proc/12/stack\n[<0>] fn+0x10/0x20 [a]\n[<0>] gn+0x1/0x2\n[<0>] hn+0x1/0x2\n", ""},
		{"two places are no trace", "fn+0x10/0x20 [a]\ngn+0x1/0x2\n", ""},
		{"SysRq's tasks are no reports", "sysrq: Show State\ntask:init state:S stack:0 pid:1\nCall Trace:\n fn+0x10/0x20\n gn+0x1/0x2\n"
		 " hn+0x1/0x2\n", ""},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		print_message("%s\n", rows[i].behaviour);
		struct parsed parsed = parse_text(rows[i].text);
		assert_int_equal(parsed.count, rows[i].trace[0] != '\0');
		if (parsed.count) {
			assert_kind(parsed.events[0], "bug-other");
			assert_trace(parsed.events[0], rows[i].trace);
			assert_true(parsed.events[0]->integrity >> OD_INTEGRITY_HEADER_MISSING & 1);
		}
		parsed_free(&parsed);
	}
}

/* The rest of an earlier report's trace goes before a whole one. */
static void a_trace_before_a_report_is_no_report(void **state)
{
	(void)state;
	struct parsed parsed = parse_text(" fn+0x10/0x20\n gn+0x1/0x2\n hn+0x1/0x2\nBUG: kernel NULL pointer dereference, address: 0000000000000010\n"
					  "RIP: 0010:kn+0x1/0x2\n");
	assert_int_equal(parsed.count, 1);
	assert_kind(parsed.events[0], "null-deref");
	parsed_free(&parsed);
}

/* Text about reports that is none: source, numbered text, words with equals signs. */
static void other_text_stays_what_it_is(void **state)
{
	static const char *const texts[] = {
		"+\tpr_alert(\"BUG: unable to handle kernel %s at %px\\n\", what, address);\n+\tpr_cont(\"\\n\");\n",
		"1. Boot the kernel\n2. BUG? Then see the other page\n3. Done\n",
		"a=20b\nsize=3D00CF10\nfoo=\nbar\n",
		("The Oops: line and the CPU: line stand above the RIP: line; below come the Code: line and the Call Trace: with its places, as I said "
		"in my last mail on this, where I described how Modules linked in: and Hardware name: are printed.\n"),
		"\t\tpr_emerg(\"Watchdog detected hard LOCKUP on cpu %d\\n\", this_cpu);\n\tpanic(\"Watchdog detected hard LOCKUP on cpu %u\", cpu);\n",
		"This part of the message `Oops: 96000007 [#1] PREEMPT SMP` tells that it is the first.\n",
		"The kernel prints irq XX: nobody cared (try booting with the \"irqpoll\" option) then.\n",
		"  L-764 /usr/bin/a-watch -F BUG: WARNING: at WARNING: CPU: INFO: possible recursive locking detected list_del corruption list_add corruption "
		"do_IRQ: stack overflow: general protection fault invalid opcode: Kernel panic - not syncing: Oops: irq 12: nobody cared Code: Stack: Call Trace:\n",
		"Testing a backtrace.\nThe following trace is a kernel self test and not a bug!\nCall Trace:\n[<80295134>] dump_stack+0x8/0x34\n"
		"[<c0946060>] backtrace_regression_test+0x60/0x94 [a]\n[<80295134>] fn+0x8/0x34\n",
		"This file shows the stack:\n\n[<c006cb50>] fn+0xf4/0x158\n[<c006d318>] gn+0xf0/0x250\n[<c006ec54>] hn+0xd4/0xa5c\n[<ffffffff>] 0xffffffff\n",
		"<p>See <code>BUG()</code> and <a href=\"x\">WARN()</a>.<br>Thanks</p>\n",
	};
	(void)state;
	assert_no_reports(texts, ARRAY_SIZE(texts));
}

/* SysRq x, and interrupts that found the debugger open. */
static void xmon_may_be_asked_for(void **state)
{
	(void)state;
	struct parsed parsed = parse_text("sysrq: Entering xmon\ncpu 0x0: Vector: 0  at [c0000001fb2d3c00]\n"
					  "    pc: c0000000000eb6d0: sysrq_handle_xmon+0xd0/0xf0\n"
					  "cpu 0x1: Vector: 501 (Hardware Interrupt) at [c0000001fb2d3c00]\n");
	assert_int_equal(parsed.count, 0);
	parsed_free(&parsed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_report_is_read_whole),
		cmocka_unit_test(so_is_one_that_was_retold),
		cmocka_unit_test(a_trace_alone_says_that_its_header_is_missing),
		cmocka_unit_test(a_trace_before_a_report_is_no_report),
		cmocka_unit_test(other_text_stays_what_it_is),
		cmocka_unit_test(xmon_may_be_asked_for),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
