// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Real reports, damaged in every way that logs are: cut at every byte, with NULs, with bytes that are no UTF-8, with lines
 * that do not end, with bits flipped, and very many of them. What is read is held against what the whole report tells.
 */
#include "io/input.h"
#include "tests/parse.h"

struct sample {
	const char *path, *from;	/* the line with which the report begins */
	enum od_kind kind;
};

static const struct sample samples[] = {
	{"samples/null-member/dmesg.txt", "BUG: kernel NULL pointer", OD_KIND_NULL_DEREF},
	{"samples/null-member-arm64/dmesg.txt", "Unable to handle", OD_KIND_NULL_DEREF},
	{"samples/warn/vmcore-dmesg.txt", "------------[ cut here", OD_KIND_WARNING},
	{"samples/list-add-twice/dmesg.txt", "list_add ", OD_KIND_LIST_CORRUPTION},
	{"samples/panic/dmesg.txt", "Kernel panic", OD_KIND_PANIC},
};

enum { WHOLE_SWEEPS = 2, REPORT_LIMIT = 16 * 1024, STEP = 37 };

struct report {
	struct od_file file;
	struct od_str text;	/* from the report's first line on */
};

static struct report load(const struct sample *sample)
{
	struct report report;
	assert_int_equal(od_file_load(NULL, sample->path, SIZE_MAX, &report.file), OD_OK);
	struct od_str log = {(const char *)report.file.data, report.file.size};
	ptrdiff_t at = od_str_find(log, od_str_from(sample->from));
	assert_true(at >= 0);
	while (at && log.ptr[at - 1] != '\n')
		at--;
	report.text = od_str_first(od_str_from_index(log, (size_t)at), REPORT_LIMIT);
	return report;
}

/* What holds of every event, however damaged its lines are. */
static void assert_bounded(const struct parsed *parsed, struct od_str text)
{
	uint64_t lines = 1;
	for (size_t i = 0; i < text.len; i++)
		lines += text.ptr[i] == '\n';
	for (size_t i = 0; i < parsed->count; i++) {
		const struct od_event *event = parsed->events[i];
		assert_true(event->span.first >= 1 && event->span.first <= event->span.last && event->span.last <= lines);
		assert_true(event->raw.len <= text.len + lines);
		assert_true(event->unknown_lines.count <= lines && event->trace.count <= lines);
	}
}

static bool is_flagged(const struct od_event *event, enum od_integrity reason)
{
	return event->integrity & 1u << reason;
}

/* The event says that it is cut off exactly as long as its end marker has not come. */
static void check_cut(const struct sample *sample, struct od_str text, bool ends)
{
	struct parsed parsed = parse_chunks(text, 0);
	assert_bounded(&parsed, text);
	assert_true(parsed.count <= 1);
	if (parsed.count && parsed.events[0]->kind == sample->kind)
		assert_int_equal(is_flagged(parsed.events[0], OD_INTEGRITY_CUT_OFF), !ends);
	parsed_free(&parsed);
}

static size_t end_of_marker(struct od_str text)
{
	ptrdiff_t at = od_str_find(text, OD_STR("---[ end trace "));
	return at < 0 ? SIZE_MAX : (size_t)at + sizeof("---[ end trace 0") - 1;
}

static void a_report_that_is_cut_at_any_byte_says_so(void **state)
{
	(void)state;
	for (size_t i = 0; i < WHOLE_SWEEPS; i++) {
		struct report report = load(&samples[i]);
		size_t end = end_of_marker(report.text);
		assert_true(end < report.text.len);
		for (size_t len = 0; len <= report.text.len && len < end + 64; len += i ? 7 : 1) /* every byte of the first */
			check_cut(&samples[i], od_str_first(report.text, len), len >= end);
		od_file_deinit(&report.file);
	}
}

/* Where a line ends, in all of them. Behind its first line the report is known for what it is. */
static void a_report_that_is_cut_behind_any_line_is_found(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(samples); i++) {
		struct report report = load(&samples[i]);
		for (size_t len = 0; len < report.text.len; len++) {
			if (report.text.ptr[len] != '\n')
				continue;
			struct od_str text = od_str_first(report.text, len);
			struct parsed parsed = parse_chunks(text, 0);
			assert_bounded(&parsed, text);
			parsed_free(&parsed);
		}
		od_file_deinit(&report.file);
	}
}

/* The report with `bytes` put in at one place. */
static struct od_str with_bytes(struct od_buf *buf, struct od_str text, size_t at, struct od_str bytes)
{
	od_buf_clear(buf);
	od_buf_put(buf, od_str_first(text, at));
	od_buf_put(buf, bytes);
	od_buf_put(buf, od_str_from_index(text, at));
	return od_buf_str(buf);
}

static void nul_bytes_change_nothing(void **state)
{
	struct od_buf buf = {0};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(samples); i++) {
		struct report report = load(&samples[i]);
		struct parsed whole = parse_chunks(report.text, 0);
		assert_true(whole.count >= 1);
		for (size_t at = 0; at < report.text.len; at += STEP) {
			struct parsed parsed = parse_chunks(with_bytes(&buf, report.text, at, (struct od_str){"\0\0\0", 3}), 0);
			assert_int_equal(parsed.count, whole.count);
			assert_int_equal(parsed.events[0]->kind, samples[i].kind);
			assert_int_equal(parsed.events[0]->trace.count, whole.events[0]->trace.count);
			assert_int_equal(parsed.events[0]->registers.count, whole.events[0]->registers.count);
			assert_int_equal(parsed.events[0]->integrity, whole.events[0]->integrity);
			assert_true(od_str_equal(parsed.events[0]->ip.function, whole.events[0]->ip.function));
			parsed_free(&parsed);
		}
		parsed_free(&whole);
		od_file_deinit(&report.file);
	}
	od_buf_deinit(&buf);
}

/* One line is lost at most, and only the header's loss loses the event. */
static void bytes_that_are_no_utf8_cost_their_line_only(void **state)
{
	static const char *const pieces[] = {"\xff", "\xc3(", "\xf8\x88\x80\x80\x80", "\xed\xa0\x80", "\xc0\x80"};
	struct od_buf buf = {0};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(samples); i++) {
		struct report report = load(&samples[i]);
		ptrdiff_t first_line = od_str_find_char(report.text, '\n');
		for (size_t at = 0, n = 0; at < report.text.len; at += STEP, n++) {
			struct od_str text = with_bytes(&buf, report.text, at, od_str_from(pieces[n % ARRAY_SIZE(pieces)]));
			struct parsed parsed = parse_chunks(text, 0);
			assert_bounded(&parsed, text);
			if ((ptrdiff_t)at > first_line && samples[i].kind != OD_KIND_WARNING)
				assert_true(parsed.count >= 1);
			parsed_free(&parsed);
		}
		od_file_deinit(&report.file);
	}
	od_buf_deinit(&buf);
}

/* A line of 300 KB between any two lines of the report. */
static void a_very_long_line_is_read_past(void **state)
{
	enum { LONG = 300 * 1024 };
	char *filler = malloc(LONG + 1);
	struct report report = load(&samples[0]);
	struct parsed whole = parse_chunks(report.text, 0);
	struct od_buf buf = {0};
	(void)state;

	assert_non_null(filler);
	memset(filler, 'x', LONG);
	filler[LONG] = '\n';
	for (size_t at = 1; at < report.text.len; at++) {
		if (report.text.ptr[at - 1] != '\n')
			continue;
		struct parsed parsed = parse_chunks(with_bytes(&buf, report.text, at, (struct od_str){filler, LONG + 1}), 0);
		assert_int_equal(parsed.count, whole.count);
		assert_int_equal(parsed.diagnostics, 1);
		assert_int_equal(parsed.events[0]->trace.count, whole.events[0]->trace.count);
		assert_true(parsed.events[0]->raw.len < 2 * report.text.len + 80 * 1024);
		parsed_free(&parsed);
	}
	parsed_free(&whole);
	od_file_deinit(&report.file);
	od_buf_deinit(&buf);
	free(filler);
}

static uint32_t next_random(uint32_t *seed)
{
	*seed = *seed * 1664525 + 1013904223;
	return *seed >> 8;
}

static void flipped_bits_and_swapped_lines_stay_bounded(void **state)
{
	enum { ROUNDS = 100, FLIPS = 24 };
	uint32_t seed = 7;
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(samples); i++) {
		struct report report = load(&samples[i]);
		for (unsigned round = 0; round < ROUNDS; round++) {
			char *copy = malloc(report.text.len);
			assert_non_null(copy);
			memcpy(copy, report.text.ptr, report.text.len);
			for (unsigned n = 0; n < FLIPS; n++)
				copy[next_random(&seed) % report.text.len] ^= (char)(1 << next_random(&seed) % 8);
			struct od_str text = {copy, report.text.len};
			struct parsed parsed = parse_chunks(text, 0);
			assert_bounded(&parsed, text);
			parsed_free(&parsed);
			free(copy);
		}
		od_file_deinit(&report.file);
	}
}

struct count {
	uint64_t events, cut;
};

static void count_event(void *user, struct od_event *event)
{
	struct count *count = user;
	count->events++;
	count->cut += is_flagged(event, OD_INTEGRITY_CUT_OFF);
	od_event_destroy(event);
}

/* Each ends the one before: they are handed on at once, so that memory does not grow with the log. */
static void very_many_events_are_handed_on_as_they_come(void **state)
{
	enum { EVENTS = 10000 };
	const struct od_str header = OD_STR("[    1.000000] BUG: kernel NULL pointer dereference, address: 0000000000000010\n"
					    "[    1.000001] RIP: 0010:fn+0x1/0x2\n");
	struct count count = {0};
	const struct od_parser_sink sink = {.user = &count, .event = count_event};
	struct od_parser *parser;
	(void)state;

	assert_int_equal(od_parser_create(NULL, &sink, &parser), OD_OK);
	for (uint64_t i = 0; i < EVENTS; i++) {
		od_parser_feed(parser, header);
		assert_true(count.events + 64 >= i);
	}
	od_parser_finish(parser);
	od_parser_destroy(parser);
	assert_int_equal(count.events, EVENTS);
	assert_int_equal(count.cut, EVENTS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_report_that_is_cut_at_any_byte_says_so),
		cmocka_unit_test(a_report_that_is_cut_behind_any_line_is_found),
		cmocka_unit_test(nul_bytes_change_nothing),
		cmocka_unit_test(bytes_that_are_no_utf8_cost_their_line_only),
		cmocka_unit_test(a_very_long_line_is_read_past),
		cmocka_unit_test(flipped_bits_and_swapped_lines_stay_bounded),
		cmocka_unit_test(very_many_events_are_handed_on_as_they_come),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
