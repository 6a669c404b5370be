// SPDX-License-Identifier: GPL-3.0-or-later
/* The scanner finds what the tables know, and reading with it gives what reading without it gives. */
#include "core/buf.h"
#include "parsers/headers.h"
#include "parsers/scan.h"
#include "tests/oops.h"
#include "tests/parse.h"

static bool holds_trigger(struct od_str text)
{
	for (size_t i = 0; od_triggers[i]; i++)
		if (od_str_find(text, od_str_from(od_triggers[i])) >= 0)
			return true;
	return false;
}

static void every_header_holds_a_trigger(void **state)
{
	(void)state;
	for (const struct od_header *header = od_headers; header->literal; header++)
		if (!header->fits && !holds_trigger(od_str_from(header->literal)))
			fail_msg("no trigger in \"%s\"", header->literal);
}

static void other_lines_that_matter_hold_a_trigger(void **state)
{
	static const char *const lines[] = {
		"CPU 1 Unable to handle kernel paging request at virtual address 00000018, epc == 8ed80668",
		"*** CHK ***   FORMAT=2",
		"[ INFO: possible recursive locking detected ]",
		"INFO: rcu_sched detected stalls on CPUs/tasks: { 2}",
		"INFO: task kworker/0:1:764 blocked for more than 120 seconds.",
		"mce: [Hardware Error]: CPU 0: Machine Check Exception: 5 Bank 4: b200000000070f0f",
		"EDAC MC0: 1 CE on mc#0csrow#3channel#0 (csrow:3 channel:0)",
		"refcount_t: underflow; use-after-free.",
		"Linux version 6.1.0 (gcc) #1 SMP",
		"** 12 printk messages dropped **",
		"general protection fault: 0000 [#1] SMP",
		"Oops: 0002 [1] SMP",
		"m: loading out-of-tree module taints kernel.",
		"m: module verification failed: signature and/or required key missing - tainting kernel",
		"m: disagrees about version of symbol x",
		"m: version magic 'a' should be 'b'",
		"m: Unknown symbol x (err -2)",
		"Disabling lock debugging due to kernel taint",
		"Loading of unsigned module is rejected",
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(lines); i++)
		if (!holds_trigger(od_str_from(lines[i])))
			fail_msg("no trigger in \"%s\"", lines[i]);
}

static void a_trigger_is_found_wherever_it_stands(void **state)
{
	struct od_scanner *scanner = od_scanner_create();
	(void)state;
	assert_non_null(scanner);
	for (size_t at = 0; at < 200; at++) {
		struct od_buf text = {0};
		od_buf_pad(&text, 'x', at);
		od_buf_put_string(&text, "kernel BUG at a.c:1!\n");
		od_buf_pad(&text, 'y', 300);
		ptrdiff_t found = od_scanner_find(scanner, od_buf_str(&text));
		assert_in_range(found, at, at + 20);
		od_buf_deinit(&text);
	}
	assert_int_equal(od_scanner_find(scanner, OD_STR("usb 1-1: new device\nusb 1-1: gone\n")), -1);
	assert_int_equal(od_scanner_find(scanner, OD_STR("")), -1);
	od_scanner_destroy(scanner);
}

static void a_trigger_across_the_scanners_steps_is_found(void **state)
{
	struct od_scanner *scanner = od_scanner_create();
	(void)state;
	assert_non_null(scanner);
	for (size_t at = (1 << 20) - 70; at < (1 << 20) + 10; at++) {
		struct od_buf text = {0};
		od_buf_pad(&text, 'x', at);
		od_buf_put_string(&text, "unregister_netdevice: waiting for lo");
		assert_in_range(od_scanner_find(scanner, od_buf_str(&text)), at, at + 36);
		od_buf_deinit(&text);
	}
	od_scanner_destroy(scanner);
}

static void line_ends_are_counted(void **state)
{
	(void)state;
	assert_int_equal(od_count_lines(OD_STR("")), 0);
	assert_int_equal(od_count_lines(OD_STR("a\nb\n\nc")), 3);
}

/* Quiet lines, and an oops after every `every`-th of them. */
static void build_log(struct od_buf *text, unsigned lines, unsigned every)
{
	for (unsigned i = 1; i <= lines; i++) {
		od_buf_printf(text, "[%5u.%06u] usb 1-%u: new high-speed USB device number %u using xhci_hcd\n", i / 10, i, i % 7, i);
		for (size_t l = 0; i % every == 0 && l < ARRAY_SIZE(oops_old); l++)
			od_buf_printf(text, "[%5u.%06u] %s\n", i / 10, i, oops_old[l]);
	}
}

enum { QUIET_LINES = 40000, EVERY = 4000, REPORTS = QUIET_LINES / EVERY };

static void expect_reports(struct od_str text, size_t chunk, struct od_scanner *scanner)
{
	struct parsed parsed = parse_lent(text, chunk, scanner);

	assert_int_equal(parsed.count, REPORTS);
	for (size_t i = 0; i < REPORTS; i++) {
		assert_int_equal(parsed.events[i]->span.first, EVERY * (i + 1) + ARRAY_SIZE(oops_old) * i + 1);
		assert_str(parsed.events[i]->ip.function, "hello_cleanup");
	}
	assert_int_equal(parsed.source.lines, QUIET_LINES + ARRAY_SIZE(oops_old) * REPORTS);
	assert_int_equal(parsed.source.bytes, text.len);
	parsed_free(&parsed);
}

static void reports_behind_quiet_megabytes_are_found_at_their_lines(void **state)
{
	static const size_t chunks[] = {0, 4096, 65536, 100003};
	struct od_scanner *scanner = od_scanner_create();
	struct od_buf text = {0};
	(void)state;
	assert_non_null(scanner);
	build_log(&text, QUIET_LINES, EVERY);
	assert_true(text.len > 1 << 20);
	for (size_t c = 0; c < ARRAY_SIZE(chunks); c++) {
		expect_reports(od_buf_str(&text), chunks[c], NULL);
		expect_reports(od_buf_str(&text), chunks[c], scanner);
	}
	od_scanner_destroy(scanner);
	od_buf_deinit(&text);
}

static void the_rest_of_a_report_at_the_beginning_is_read_with_a_scanner_too(void **state)
{
	struct od_scanner *scanner = od_scanner_create();
	struct od_buf text = {0};
	(void)state;
	for (size_t i = 3; i < ARRAY_SIZE(oops_old); i++) /* without its header */
		od_buf_printf(&text, "%s\n", oops_old[i]);
	struct parsed with = parse_lent(od_buf_str(&text), 0, scanner), without = parse_chunks(od_buf_str(&text), 0);
	assert_int_equal(without.count, 1);
	assert_int_equal(with.count, without.count);
	assert_int_equal(with.events[0]->span.first, without.events[0]->span.first);
	parsed_free(&with);
	parsed_free(&without);
	od_scanner_destroy(scanner);
	od_buf_deinit(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_header_holds_a_trigger),
		cmocka_unit_test(other_lines_that_matter_hold_a_trigger),
		cmocka_unit_test(a_trigger_is_found_wherever_it_stands),
		cmocka_unit_test(a_trigger_across_the_scanners_steps_is_found),
		cmocka_unit_test(line_ends_are_counted),
		cmocka_unit_test(reports_behind_quiet_megabytes_are_found_at_their_lines),
		cmocka_unit_test(the_rest_of_a_report_at_the_beginning_is_read_with_a_scanner_too),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
