// SPDX-License-Identifier: GPL-3.0-or-later
#include "render/text_parts.h"

#include <stdio.h>

enum {
	LINES_AROUND = 2,
	TAB_WIDTH = 8,
	LONGEST_LINE = 240,	/* columns of a source line that are shown at most */
};

const struct od_frame *od_text_main_frame(const struct od_event *event)
{
	const struct od_frame *ip = event->has_ip ? &event->ip : NULL;
	const struct od_frame *responsible = event->responsible;

	if (responsible && responsible->places.count)
		return responsible;
	if (ip && ip->places.count)
		return ip;
	return responsible ? responsible : ip;
}

/* The line with its tabs as blanks; what is too long is cut. */
static struct od_str expand_tabs(struct od_str line, char *text, size_t size)
{
	size_t len = 0;

	for (size_t i = 0; i < line.len && len < size; i++) {
		if (line.ptr[i] != '\t') {
			text[len++] = line.ptr[i];
			continue;
		}
		do
			text[len++] = ' ';
		while (len % TAB_WIDTH && len < size);
	}
	while (len && (text[len - 1] == ' ' || text[len - 1] == '\r' || text[len - 1] == '\n'))
		len--;
	return (struct od_str){text, len};
}

static bool read_line(const struct od_render_options *options, const struct od_place *place, unsigned line,
		      char text[LONGEST_LINE], struct od_str *ret)
{
	if (!options->source_line || !line)
		return false;
	struct od_str raw = options->source_line(options->user, place, line);
	if (!raw.ptr)
		return false;
	*ret = expand_tabs(raw, text, LONGEST_LINE);
	return true;
}

/* How many blanks all lines of the excerpt begin with. */
static size_t common_indent(const struct od_render_options *options, const struct od_place *place,
			    unsigned first, unsigned last)
{
	char text[LONGEST_LINE];
	struct od_str line;
	size_t least = LONGEST_LINE;

	for (unsigned number = first; number <= last; number++) {
		if (!read_line(options, place, number, text, &line) || !line.len)
			continue;
		size_t indent = 0;
		while (indent < line.len && line.ptr[indent] == ' ')
			indent++;
		if (indent < least)
			least = indent;
	}
	return least == LONGEST_LINE ? 0 : least;
}

/* Returns whether the place's own line could be read. */
static bool excerpt(struct od_page *page, const struct od_render_options *options,
		    const struct od_place *place, unsigned around)
{
	char text[LONGEST_LINE];
	struct od_str line;

	if (!read_line(options, place, place->line, text, &line))
		return false;
	unsigned first = place->line > around ? place->line - around : 1;
	unsigned last = place->line + around;
	int digits = snprintf(NULL, 0, "%u", last);
	size_t indent = common_indent(options, place, first, last);

	for (unsigned number = first; number <= last; number++) {
		if (!read_line(options, place, number, text, &line))
			continue;
		bool fault = number == place->line;
		od_page_line(page, 3, 3);
		od_page_mark(page, fault, "▶ ");
		od_page_piecef(page, fault ? OD_STYLE_BOLD : OD_STYLE_DIM, "%*u │", digits, number);
		od_page_to(page, page->column + 1);
		od_page_piece(page, fault ? OD_STYLE_BOLD : OD_STYLE_PLAIN,
			      indent < line.len ? od_str_from_index(line, indent) : OD_STR(""));
		od_page_end(page);
	}
	return true;
}

static void caption(struct od_page *page, const struct od_place *place, bool outer)
{
	od_page_line(page, 2, 4);
	if (outer)
		od_page_say(page, OD_STYLE_PLAIN, "inlined at ");
	od_page_words(page, OD_STYLE_BOLD, place->file);
	od_page_sayf(page, OD_STYLE_BOLD, ":%u", place->line);
	od_page_say(page, OD_STYLE_PLAIN, " in ");
	od_page_words(page, OD_STYLE_BOLD, place->function);
	od_page_end(page);
}

void od_text_reason(struct od_page *page, enum od_style style, const struct od_frame *frame)
{
	bool wrong = frame->status == OD_FRAME_MISMATCH;

	/* A mismatch is always said; of the others the detail says it all. */
	if (wrong || !frame->status_detail.len)
		od_page_say(page, wrong ? OD_STYLE_FATAL : style, od_frame_statuses[frame->status].sentence);
	if (wrong && frame->status_detail.len)
		od_page_say(page, style, "; ");
	od_page_words(page, style, frame->status_detail);
}

static void no_line(struct od_page *page, const struct od_frame *frame)
{
	if (frame->status == OD_FRAME_UNRESOLVED || frame->status == OD_FRAME_RESOLVED)
		return;
	od_page_label(page, "Source");
	od_page_words(page, OD_STYLE_PLAIN, frame->function);
	od_page_say(page, OD_STYLE_PLAIN, ": ");
	od_text_reason(page, OD_STYLE_PLAIN, frame);
	od_page_end(page);
	od_page_skip(page);
}

void od_text_source(struct od_page *page, const struct od_render_options *options,
		    const struct od_event *event)
{
	const struct od_frame *frame = od_text_main_frame(event);

	if (!frame)
		return;
	if (!frame->places.count) {
		no_line(page, frame);
		return;
	}
	for (size_t i = 0; i < frame->places.count; i++) {
		const struct od_place *place = &frame->places.items[i];
		caption(page, place, i > 0);
		if (!excerpt(page, options, place, i ? 0 : LINES_AROUND) && i == 0) {
			od_page_line(page, 6, 6);
			od_page_words(page, OD_STYLE_DIM, place->path);
			od_page_end(page);
		}
	}
	od_page_skip(page);
}
