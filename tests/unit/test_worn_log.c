// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * The samples' reports, and one of every class of finding, as they look when people and programs are done with them: broken at every width, wrapped between words, with lines
 * missing, clipped. Each is read, blamed, explained and shown to the end; where nothing was lost it is the same report.
 */
#include <glob.h>

#include "analyzer/analyzer.h"
#include "io/input.h"
#include "render/render.h"
#include "tests/parse.h"
#include "tests/unit/finding_logs.h"

enum { NARROWEST = 40, WIDEST = 140 };

/* What is done to a text; `by` is a width, or every how many lines. */
typedef void wear_fn(struct od_buf *out, struct od_str text, size_t by);

static bool next_line(struct od_str *text, struct od_str *ret)
{
	if (!text->len)
		return false;
	ptrdiff_t end = od_str_find_char(*text, '\n');
	*ret = od_str_first(*text, end < 0 ? text->len : (size_t)end);
	*text = od_str_from_index(*text, ret->len + 1);
	return true;
}

static void put_line(struct od_buf *out, struct od_str line)
{
	od_buf_put(out, line);
	od_buf_put_char(out, '\n');
}

static struct od_str without_time(struct od_str line)
{
	ptrdiff_t end = od_str_find(line, OD_STR("] "));
	return line.len && line.ptr[0] == '[' && end > 0 ? od_str_from_index(line, (size_t)end + 2) : line;
}

static void break_lines(struct od_buf *out, struct od_str text, size_t width)
{
	struct od_str line;
	while (next_line(&text, &line)) {
		for (; line.len > width; line = od_str_from_index(line, width))
			put_line(out, od_str_first(line, width));
		put_line(out, line);
	}
}

static void break_without_times(struct od_buf *out, struct od_str text, size_t width)
{
	struct od_buf bare = {0};
	struct od_str line;
	while (next_line(&text, &line))
		put_line(&bare, without_time(line));
	break_lines(out, od_buf_str(&bare), width);
	od_buf_deinit(&bare);
}

static void wrap_lines(struct od_buf *out, struct od_str text, size_t width)
{
	struct od_str line;
	while (next_line(&text, &line)) {
		for (ptrdiff_t at; line.len > width && (at = od_str_find_last_char(od_str_first(line, width), ' ')) > 0;
		     line = od_str_from_index(line, (size_t)at + 1))
			put_line(out, od_str_first(line, (size_t)at));
		put_line(out, line);
	}
}

static void wrap_and_quote(struct od_buf *out, struct od_str text, size_t width)
{
	struct od_buf wrapped = {0};
	struct od_str line, rest;
	wrap_lines(&wrapped, text, width);
	rest = od_buf_str(&wrapped);
	while (next_line(&rest, &line))
		od_buf_printf(out, "> >> %.*s\n", OD_FMT(line));
	od_buf_deinit(&wrapped);
}

static void clip_lines(struct od_buf *out, struct od_str text, size_t width)
{
	struct od_str line;
	while (next_line(&text, &line))
		put_line(out, od_str_first(line, width));
}

static void drop_lines(struct od_buf *out, struct od_str text, size_t each)
{
	struct od_str line;
	for (size_t i = 1; next_line(&text, &line); i++)
		if (i % each)
			put_line(out, line);
}

static void swap_lines(struct od_buf *out, struct od_str text, size_t each)
{
	struct od_str line, kept = {0};
	for (size_t i = 1; next_line(&text, &line); i++) {
		if (i % each == 0) {
			kept = line;
			continue;
		}
		put_line(out, line);
		if (kept.ptr)
			put_line(out, kept);
		kept.ptr = NULL;
	}
}

static const struct {
	const char *behaviour;
	wear_fn *wear;
	size_t from, to, step;
} wears[] = {
	{"broken at a width", break_lines, NARROWEST, WIDEST, 1},
	{"broken at a width, without times", break_without_times, NARROWEST, WIDEST, 1},
	{"wrapped between words", wrap_lines, NARROWEST, WIDEST, 7},
	{"clipped", clip_lines, NARROWEST, WIDEST, 7},
	{"lines lost", drop_lines, 2, 12, 1},
	{"lines in another order", swap_lines, 2, 12, 1},
};

/* All that is done with an event; what it comes to is looked at elsewhere. */
static void show(struct od_event *event, uint64_t index)
{
	const struct od_render_options options = {.tool_version = "test", .evidence = true, .raw_trace = true};
	struct od_buf out = {0};

	od_blame(event);
	od_analyze(event, NULL, 0);
	for (size_t i = 0; od_renderers[i]; i++) {
		od_buf_clear(&out);
		od_renderers[i]->event(&out, &options, event, index);
		assert_true(out.len > 0 || od_renderers[i]->verbatim);
	}
	od_buf_deinit(&out);
}

static struct parsed read_all(struct od_str text)
{
	struct parsed parsed = parse_chunks(text, 0);
	for (size_t i = 0; i < parsed.count; i++)
		show(parsed.events[i], i);
	return parsed;
}

/* The lines of the first report of a sample's log; to be released with od_buf_deinit(). */
static struct od_buf load_report(const char *path, enum od_kind *ret_kind)
{
	struct od_buf report = {0};
	struct od_file file;

	assert_int_equal(od_file_load(NULL, path, SIZE_MAX, &file), OD_OK);
	struct parsed parsed = parse_chunks((struct od_str){(const char *)file.data, file.size}, 0);
	if (parsed.count) {
		od_buf_put(&report, parsed.events[0]->raw);
		*ret_kind = parsed.events[0]->kind;
	}
	parsed_free(&parsed);
	od_file_deinit(&file);
	return report;
}

typedef void report_fn(struct od_str report, enum od_kind kind);

static void each_report(report_fn *check)
{
	glob_t found;
	size_t reports = 0;

	assert_int_equal(glob("samples/*/*.txt", 0, NULL, &found), 0);
	for (size_t i = 0; i < found.gl_pathc; i++) {
		enum od_kind kind = OD_KIND_COUNT;
		struct od_buf report = load_report(found.gl_pathv[i], &kind);
		print_message("%s\n", found.gl_pathv[i]);
		if (report.len)
			check(od_buf_str(&report), kind);
		reports += report.len > 0;
		od_buf_deinit(&report);
	}
	assert_true(reports > 20);
	globfree(&found);
}

static void wear_in_every_way(struct od_str report, enum od_kind kind)
{
	struct od_buf worn = {0};

	(void)kind;
	for (size_t w = 0; w < ARRAY_SIZE(wears); w++) {
		for (size_t by = wears[w].from; by <= wears[w].to; by += wears[w].step) {
			od_buf_clear(&worn);
			wears[w].wear(&worn, report, by);
			struct parsed parsed = read_all(od_buf_str(&worn));
			parsed_free(&parsed);
		}
	}
	od_buf_deinit(&worn);
}

static void what_is_worn_is_shown_to_the_end(void **state)
{
	(void)state;
	each_report(wear_in_every_way);
	for (size_t i = 0; i < ARRAY_SIZE(finding_logs); i++) {
		print_message("%s\n", finding_logs[i].class_name);
		wear_in_every_way(od_str_from(finding_logs[i].log), OD_KIND_COUNT);
	}
}

/* A serial terminal's width, and those of mail programs. */
static void keep_the_kind(struct od_str report, enum od_kind kind)
{
	static const struct {
		wear_fn *wear;
		size_t by;
	} rows[] = {{break_lines, 80}, {wrap_lines, 72}, {wrap_lines, 76}, {wrap_lines, 78}, {wrap_and_quote, 78}};
	struct od_buf worn = {0};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		od_buf_clear(&worn);
		rows[i].wear(&worn, report, rows[i].by);
		struct parsed parsed = read_all(od_buf_str(&worn));
		assert_true(parsed.count >= 1);
		assert_string_equal(od_kinds[parsed.events[0]->kind].name, od_kinds[kind].name);
		parsed_free(&parsed);
	}
	od_buf_deinit(&worn);
}

static void lines_that_were_broken_where_it_is_usual_are_put_together(void **state)
{
	(void)state;
	each_report(keep_the_kind);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_worn_is_shown_to_the_end),
		cmocka_unit_test(lines_that_were_broken_where_it_is_usual_are_put_together),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
