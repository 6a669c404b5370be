// SPDX-License-Identifier: GPL-3.0-or-later
#include "render/text_parts.h"

#include <inttypes.h>

enum { MOST_LINES = 12 };

static void left_out(struct od_page *page, size_t count)
{
	if (count <= MOST_LINES)
		return;
	od_page_label(page, "");
	od_page_sayf(page, OD_STYLE_DIM, "… and %zu more", count - MOST_LINES);
	od_page_end(page);
}

static void module_lines(struct od_page *page, const struct od_document_end *end)
{
	for (size_t i = 0; i < end->module_line_count && i < MOST_LINES; i++) {
		const struct od_module_line *line = &end->module_lines[i];
		od_page_label(page, i ? "" : "Modules");
		od_page_sayf(page, OD_STYLE_DIM, "line %" PRIu64 ": ", line->line);
		if (line->module.len) {
			od_page_words(page, OD_STYLE_PLAIN, line->module);
			od_page_say(page, OD_STYLE_PLAIN, ": ");
		}
		od_page_say(page, OD_STYLE_PLAIN, line->what);
		if (line->taint)
			od_page_sayf(page, OD_STYLE_PLAIN, ", taints the kernel with %c", line->taint);
		od_page_end(page);
	}
	left_out(page, end->module_line_count);
}

static void diagnostics(struct od_page *page, const struct od_document_end *end)
{
	static const char *const labels[] = {"Note", "Warning", "Error"};

	for (size_t i = 0; i < end->diagnostic_count && i < MOST_LINES; i++) {
		const struct od_diagnostic *diagnostic = &end->diagnostics[i];
		od_page_label(page, labels[diagnostic->severity]);
		if (diagnostic->line)
			od_page_sayf(page, OD_STYLE_DIM, "line %" PRIu64 ": ", diagnostic->line);
		od_page_words(page, OD_STYLE_CAUTION, diagnostic->text);
		od_page_end(page);
	}
	left_out(page, end->diagnostic_count);
}

static void summary(struct od_page *page, const struct od_document_end *end)
{
	const struct od_source *source = end->source;

	od_page_label(page, "Log");
	od_page_words(page, OD_STYLE_DIM, source->path);
	od_page_sayf(page, OD_STYLE_DIM, ": %" PRIu64 " event%s in %" PRIu64 " lines", end->event_count,
		     end->event_count == 1 ? "" : "s", source->lines);
	if (source->format)
		od_page_sayf(page, OD_STYLE_DIM, ", format %s", source->format);
	if (source->compression)
		od_page_sayf(page, OD_STYLE_DIM, ", %s", source->compression);
	od_page_end(page);
}

void od_text_end(struct od_page *page, const struct od_document_end *end)
{
	od_page_skip(page);
	od_page_line(page, 0, 0);
	od_page_rule(page, OD_STYLE_DIM, "━");
	od_page_end(page);
	module_lines(page, end);
	diagnostics(page, end);
	if (end->source)
		summary(page, end);
}
