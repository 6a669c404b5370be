// SPDX-License-Identifier: GPL-3.0-or-later
/* Explaining without a log: what od_explain_fact() of the public header promises. */
#include "oopsdecode/oopsdecode.h"

#include "analyzer/analyzer.h"
#include "analyzer/teach.h"
#include "parsers/headers.h"
#include "parsers/parser.h"
#include "render/lesson.h"

static bool scan_number(struct od_str text, bool decimal, uint64_t *ret)
{
	bool known = decimal && !od_str_starts(text, OD_STR("0x")) ? od_scan_u64(&text, ret)
								  : od_scan_0x(&text, ret) || od_scan_hex(&text, ret);
	return known && !text.len;
}

/* Takes "…" or "..." off the end of a header that was not copied whole. */
static struct od_str without_dots(struct od_str text)
{
	static const struct od_str dots[] = {OD_STR("…"), OD_STR("...")};

	for (size_t i = 0; i < sizeof(dots) / sizeof(dots[0]); i++)
		if (od_str_ends(text, dots[i]))
			text.len -= dots[i].len;
	return od_str_trim(text);
}

/* A header that was cut: the first that begins with the text. */
static bool teach_beginning(struct od_lesson *lesson, struct od_str text)
{
	enum { LEAST = 6 };

	for (const struct od_header *header = od_headers; text.len >= LEAST && header->literal; header++) {
		if (!od_str_starts(od_str_from(header->literal), text) || header->role == OD_ROLE_CUT)
			continue;
		od_teach_kind(lesson, header->kind);
		return true;
	}
	return false;
}

static void take_event(void *user, struct od_event *event)
{
	struct od_lesson *lesson = user;

	if (!lesson->rows.count) {
		event->integrity = 0; /* one line is never a whole report */
		od_blame(event);
		od_analyze(event, NULL, 0);
		od_teach_event(lesson, event);
	}
	od_event_destroy(event);
}

/* Hands on the reports that these lines make. */
static void parse_lines(const struct od_parser_sink *sink, const struct od_str *lines, size_t count)
{
	struct od_trail trail = {0};
	struct od_parser *parser;

	if (od_parser_create(&trail, sink, &parser) != OD_OK)
		return;
	for (size_t i = 0; i < count; i++) {
		od_parser_feed(parser, lines[i]);
		od_parser_feed(parser, OD_STR("\n"));
	}
	od_parser_finish(parser);
	od_parser_destroy(parser);
}

/* A message that stands in front of a WARNING or BUG and says more than those. */
static void take_message(void *user, struct od_event *event)
{
	if (event->kind == OD_KIND_WARNING)
		od_event_destroy(event);
	else
		take_event(user, event);
}

static bool teach_text(struct od_lesson *lesson, struct od_str text)
{
	const struct od_parser_sink report = {.user = lesson, .event = take_event};
	const struct od_parser_sink message = {.user = lesson, .event = take_message};
	const struct od_str warning[] = {
		OD_STR("------------[ cut here ]------------"), text, OD_STR("WARNING: CPU: 0 PID: 0 at kernel.c:1 0x0"),
	};

	parse_lines(&report, &text, 1);
	if (!lesson->rows.count && teach_beginning(lesson, without_dots(text)))
		return true;
	if (!lesson->rows.count)
		parse_lines(&message, warning, sizeof(warning) / sizeof(warning[0]));
	return lesson->rows.count > 0;
}

static bool teach_kind(struct od_lesson *lesson, struct od_str name)
{
	enum od_kind kind;

	if (!od_kind_find(name, &kind))
		return false;
	od_teach_kind(lesson, kind);
	return true;
}

/* "dsisr=42000000": a word by its name. */
static bool teach_word(struct od_lesson *lesson, struct od_str text, const struct od_arch *arch)
{
	struct od_str name;
	uint64_t number;
	char lower[16];

	if (!od_scan_until(&text, '=', &name) || !od_scan_char(&text, '=') || !scan_number(od_str_trim(text), false, &number))
		return false;
	name = od_str_trim(name);
	if (!name.len || name.len >= sizeof(lower))
		return false;
	for (size_t i = 0; i < name.len; i++)
		lower[i] = name.ptr[i] >= 'A' && name.ptr[i] <= 'Z' ? (char)(name.ptr[i] - 'A' + 'a') : name.ptr[i];
	return od_teach_word(lesson, (struct od_str){lower, name.len}, number, arch);
}

static bool teach(struct od_lesson *lesson, struct od_str what, struct od_str text, const struct od_arch *arch)
{
	uint64_t number;

	if (od_str_equal(what, OD_STR("taint")))
		return scan_number(text, true, &number) && od_teach_taint(lesson, number);
	if (od_str_equal(what, OD_STR("kind")))
		return teach_kind(lesson, text);
	if (scan_number(text, false, &number))
		return od_teach_number(lesson, number, arch);
	return teach_word(lesson, text, arch) || teach_text(lesson, text);
}

od_result od_explain_fact(const char *what, const char *text, const char *arch_name, const struct od_explain_options *options,
		     od_write_fn write, void *user)
{
	const struct od_arch *arch = arch_name ? od_arch_find(od_str_from(arch_name)) : &od_arch_x86_64;
	struct od_lesson lesson = {.arena = arch ? od_arena_create(1 << 20) : NULL};
	struct od_buf out = {0};
	od_result result = OD_RESULT_NO_EVENT;

	if (!arch)
		return OD_RESULT_USAGE;
	if (!lesson.arena)
		return OD_RESULT_NOMEM;
	if (teach(&lesson, od_str_from(what), od_str_trim(od_str_from(text)), arch)) {
		const struct od_render_options render = {.color = options && options->color,
							 .width = options ? options->width : 0};
		od_render_lesson(&out, &render, &lesson);
		result = out.failed ? OD_RESULT_NOMEM : OD_RESULT_OK;
		if (!out.failed)
			write(user, out.data, out.len);
	}
	od_buf_deinit(&out);
	od_arena_destroy(lesson.arena);
	return result;
}
