// SPDX-License-Identifier: GPL-3.0-or-later
#include "render/excerpt.h"
#include "render/text_parts.h"

#include <stdio.h>

/* Returns whether the place's own line could be read. */
static bool put_excerpt(struct od_page *page, const struct od_render_options *options, const struct od_place *place,
			unsigned around)
{
	struct od_excerpt excerpt;

	if (!od_excerpt_read(options, place, around, &excerpt))
		return false;
	int digits = snprintf(NULL, 0, "%u", place->line + around);
	for (size_t i = 0; i < excerpt.count; i++) {
		bool fault = excerpt.lines[i].number == place->line;
		od_page_line(page, 3, 3);
		od_page_mark(page, fault, "▶ ");
		od_page_piecef(page, fault ? OD_STYLE_BOLD : OD_STYLE_DIM, "%*u │", digits, excerpt.lines[i].number);
		od_page_to(page, page->column + 1);
		od_page_piece(page, fault ? OD_STYLE_BOLD : OD_STYLE_PLAIN, excerpt.lines[i].text);
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
	const struct od_frame *frame = od_excerpt_frame(event);

	if (!frame)
		return;
	if (!frame->places.count) {
		no_line(page, frame);
		return;
	}
	for (size_t i = 0; i < frame->places.count; i++) {
		const struct od_place *place = &frame->places.items[i];
		caption(page, place, i > 0);
		if (!put_excerpt(page, options, place, i ? 0 : OD_EXCERPT_AROUND) && i == 0) {
			od_page_line(page, 6, 6);
			od_page_words(page, OD_STYLE_DIM, place->path);
			od_page_end(page);
		}
	}
	od_page_skip(page);
}
