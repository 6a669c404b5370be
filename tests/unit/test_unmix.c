// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Two real reports, printed into each other as two CPUs do, without caller ids, in several patterns. What each tells is
 * held against what it tells alone.
 */
#include "io/input.h"
#include "tests/parse.h"

enum { LINES = 128 };

struct report {
	struct od_file file;
	struct od_str lines[LINES];
	size_t count;
};

struct sample {
	const char *path, *from;
};

static const struct sample oops = {"samples/null-member/dmesg.txt", "BUG: kernel NULL pointer"};
static const struct sample gpf = {"samples/gpf/dmesg.txt", "general protection fault"};
static const struct sample warning = {"samples/warn/vmcore-dmesg.txt", "------------[ cut here"};

/* The lines of the sample's report up to its end marker. */
static struct report load(const struct sample *sample)
{
	struct report report = {0};
	assert_int_equal(od_file_load(NULL, sample->path, SIZE_MAX, &report.file), OD_OK);
	struct od_str rest = {(const char *)report.file.data, report.file.size}, line;
	bool inside = false;
	while (od_scan_until(&rest, '\n', &line) && report.count < LINES) {
		rest = od_str_from_index(rest, 1);
		inside |= od_str_find(line, od_str_from(sample->from)) >= 0;
		if (inside)
			report.lines[report.count++] = line;
		if (inside && od_str_find(line, OD_STR("---[ end trace ")) >= 0)
			return report;
	}
	fail_msg("%s has no such report", sample->path);
	return report;
}

/* Whether line number `n` of the log is the second report's, as long as both have lines left. */
typedef bool pattern_fn(size_t n);

static bool alternating(size_t n)
{
	return n % 2;
}

static bool by_twos(size_t n)
{
	return n / 2 % 2;
}

static bool by_threes(size_t n)
{
	return n / 3 % 2;
}

static bool first_is_twice_as_fast(size_t n)
{
	return n % 3 == 2;
}

static bool second_waits_for_twelve_lines(size_t n)
{
	return n >= 12 && n % 2;
}

static bool second_catches_up(size_t n)
{
	return n > 8 && n % 4;
}

/* No rule at all: what is printed once is told apart, frames are not. */
static bool irregular(size_t n)
{
	return (n * 2654435761u >> 7) % 3 == 0;
}

static struct od_str mix(struct od_buf *buf, const struct report *a, const struct report *b, size_t lead, pattern_fn *pattern)
{
	size_t next[2] = {0, 0};
	od_buf_clear(buf);
	for (size_t n = 0; next[0] < a->count || next[1] < b->count; n++) {
		bool second = n >= lead && pattern(n - lead);
		second = next[second] < (second ? b : a)->count ? second : !second;
		od_buf_put(buf, (second ? b : a)->lines[next[second]++]);
		od_buf_put_char(buf, '\n');
	}
	return od_buf_str(buf);
}

static struct parsed parse_alone(const struct report *report)
{
	struct od_buf buf = {0};
	const struct report none = {0};
	struct parsed parsed = parse_chunks(mix(&buf, report, &none, 0, alternating), 0);
	od_buf_deinit(&buf);
	assert_int_equal(parsed.count, 1);
	return parsed;
}

static void assert_same(const struct od_event *event, const struct od_event *alone)
{
	assert_int_equal(event->kind, alone->kind);
	assert_true(event->integrity & 1u << OD_INTEGRITY_INTERLEAVED);
	assert_true(od_str_equal(event->ip.function, alone->ip.function));
	assert_int_equal(event->pid.value, alone->pid.value);
	assert_true(od_str_equal(event->comm, alone->comm));
	assert_true(od_str_equal(event->code.bytes, alone->code.bytes));
	assert_int_equal(event->registers.count, alone->registers.count);
	for (size_t i = 0; i < alone->registers.count; i++)
		assert_int_equal(event->registers.items[i].value, alone->registers.items[i].value);
}

static size_t count_same_frames(const struct od_event *event, const struct od_event *alone)
{
	size_t same = 0;
	for (size_t i = 0; i < alone->trace.count && i < event->trace.count; i++)
		same += od_str_equal(event->trace.items[i].function, alone->trace.items[i].function);
	return same;
}

/* `lead` lines of the first report come before the second one's first. */
static const struct row {
	const struct sample *first, *second;
	size_t lead;
	pattern_fn *pattern;
	bool frames; /* they are told apart as well */
} rows[] = {
	{&oops, &warning, 2, alternating, true},
	{&oops, &warning, 5, alternating, true},
	{&gpf, &warning, 1, alternating, true},
	{&warning, &oops, 2, alternating, true},
	{&warning, &gpf, 4, alternating, true},
	{&oops, &warning, 3, by_twos, true},
	{&warning, &oops, 3, by_twos, true},
	{&oops, &warning, 2, by_threes, true},
	{&oops, &warning, 5, first_is_twice_as_fast, true},
	{&oops, &warning, 2, second_waits_for_twelve_lines, true},
	{&oops, &warning, 4, second_catches_up, false},
	{&oops, &warning, 4, irregular, false},
	{&warning, &oops, 4, irregular, false},
};

static void two_reports_are_taken_apart(void **state)
{
	struct od_buf buf = {0};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct report first = load(rows[i].first), second = load(rows[i].second);
		struct parsed alone[] = {parse_alone(&first), parse_alone(&second)};
		struct parsed parsed = parse_chunks(mix(&buf, &first, &second, rows[i].lead, rows[i].pattern), 0);

		print_message("row %zu\n", i);
		assert_int_equal(parsed.count, 2);
		for (size_t n = 0; n < 2; n++) {
			const struct od_event *event = parsed.events[n], *expected = alone[n].events[0];
			assert_same(event, expected);
			print_message("  %zu of %zu frames\n", count_same_frames(event, expected), expected->trace.count);
			if (rows[i].frames)
				assert_int_equal(count_same_frames(event, expected), expected->trace.count);
		}
		parsed_free(&parsed);
		parsed_free(&alone[0]);
		parsed_free(&alone[1]);
		od_file_deinit(&first.file);
		od_file_deinit(&second.file);
	}
	od_buf_deinit(&buf);
}

/* A report that is cut off, and another one behind it, are not taken for a mixture. */
static void a_report_behind_a_cut_one_is_whole(void **state)
{
	struct od_buf buf = {0};
	(void)state;
	for (size_t lines = 1; lines < 24; lines++) {
		struct report first = load(&oops), second = load(&warning);
		struct parsed alone = parse_alone(&second);
		first.count = lines;
		struct parsed parsed = parse_chunks(mix(&buf, &first, &second, lines, alternating), 0);
		assert_int_equal(parsed.count, 2);
		assert_int_equal(parsed.events[1]->integrity, 0);
		assert_int_equal(parsed.events[1]->pid.value, alone.events[0]->pid.value);
		assert_int_equal(parsed.events[1]->registers.count, alone.events[0]->registers.count);
		assert_int_equal(count_same_frames(parsed.events[1], alone.events[0]), alone.events[0]->trace.count);
		assert_false(parsed.events[0]->integrity & 1u << OD_INTEGRITY_INTERLEAVED);
		assert_true(parsed.events[0]->integrity & 1u << OD_INTEGRITY_CUT_OFF);
		parsed_free(&parsed);
		parsed_free(&alone);
		od_file_deinit(&first.file);
		od_file_deinit(&second.file);
	}
	od_buf_deinit(&buf);
}

/* A third header, and records without end, end the waiting. */
static void waiting_is_bounded(void **state)
{
	struct od_buf buf = {0};
	(void)state;
	od_buf_put(&buf, OD_STR("BUG: kernel NULL pointer dereference, address: 0000000000000010\nOops: 0002 [#1] SMP\n"
				"------------[ cut here ]------------\nWARNING: CPU: 1 PID: 7 at a.c:1 fn+0x1/0x2\n"));
	for (unsigned i = 0; i < 2000; i++)
		od_buf_printf(&buf, "label%u: %u\n", i % 40, i);
	od_buf_put(&buf, OD_STR("BUG: kernel NULL pointer dereference, address: 0000000000000020\nOops: 0002 [#2] SMP\n"));
	struct parsed parsed = parse_chunks(od_buf_str(&buf), 0);
	assert_int_equal(parsed.count, 3);
	assert_int_equal(parsed.events[2]->fault.address.value, 0x20);
	assert_int_equal(parsed.events[2]->integrity, 1u << OD_INTEGRITY_CUT_OFF);
	parsed_free(&parsed);
	od_buf_deinit(&buf);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(two_reports_are_taken_apart),
		cmocka_unit_test(a_report_behind_a_cut_one_is_whole),
		cmocka_unit_test(waiting_is_bounded),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
