// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Why it happened: the named cause or the surest finding, the other findings, and, where asked, what they
 * rest on.
 */
#include "render/text_parts.h"

#include <inttypes.h>

static void text_row(struct od_page *page, const char *label, struct od_str text)
{
	if (!text.len)
		return;
	od_page_label(page, label);
	od_page_words(page, OD_STYLE_PLAIN, text);
	od_page_end(page);
}

/* Each line that the kernel printed is one here. */
static void message_rows(struct od_page *page, struct od_str message)
{
	const char *label = "Message";

	while (message.len) {
		const ptrdiff_t end = od_str_find_char(message, '\n');
		const struct od_str line = end < 0 ? message : od_str_first(message, (size_t)end);
		if (label)
			od_page_label(page, label);
		else
			od_page_line(page, OD_PAGE_LABEL_WIDTH, OD_PAGE_LABEL_WIDTH + 2);
		od_page_words(page, OD_STYLE_PLAIN, line);
		od_page_end(page);
		label = NULL;
		message = od_str_from_index(message, end < 0 ? message.len : line.len + 1);
	}
}

/* How sure it is stands at the right, where there is room. */
static void claim_row(struct od_page *page, const char *label, enum od_style style, struct od_str text,
		      enum od_confidence confidence)
{
	const char *word = od_confidence_name(confidence);
	const unsigned length = (unsigned)strlen(word);

	od_page_label(page, label);
	od_page_words(page, style, text);
	if (page->column + 2 + length <= page->wrap) {
		od_page_to(page, page->wrap - length);
		od_page_piece(page, OD_STYLE_DIM, od_str_from(word));
	} else {
		od_page_sayf(page, OD_STYLE_DIM, " (%s)", word);
	}
	od_page_end(page);
}

static void drawing_rows(struct od_page *page, const struct od_finding *finding)
{
	for (size_t i = 0; i < finding->drawing.count; i++) {
		od_page_line(page, OD_PAGE_LABEL_WIDTH, OD_PAGE_LABEL_WIDTH);
		od_page_piece(page, OD_STYLE_PLAIN, finding->drawing.items[i]);
		od_page_end(page);
	}
}

/* The first row's finding, where no variable was named; NULL: the sentence alone says it. */
static const struct od_finding *leading(const struct od_event *event)
{
	const struct od_finding *first = event->findings.count ? &event->findings.items[0] : NULL;

	if (!first || od_str_equal(first->claim, event->explanation.sentence))
		return NULL;
	return !event->cause.confidence || od_str_equal(event->cause.text, first->claim) ? first : NULL;
}

static void first_rows(struct od_page *page, const struct od_event *event, const struct od_finding *first)
{
	const struct od_cause *cause = &event->cause;

	if (first)
		claim_row(page, "Why", OD_STYLE_BOLD, first->claim, first->confidence);
	else if (cause->confidence)
		claim_row(page, "Why", OD_STYLE_BOLD, cause->text, cause->confidence);
	if (first)
		drawing_rows(page, first);
	text_row(page, first || cause->confidence ? "" : "Why", event->explanation.sentence);
	if (!cause->confidence)
		text_row(page, "Variable", cause->text);
}

/* A class that the cause has says the same again. */
static bool is_told(const struct od_event *event, const struct od_finding *finding,
		    const struct od_finding *first)
{
	const struct od_cause *cause = &event->cause;

	return finding == first || od_str_equal(finding->claim, event->explanation.sentence) ||
	       (cause->confidence && !strcmp(cause->class_name, finding->class_name));
}

static void other_rows(struct od_page *page, const struct od_event *event, const struct od_finding *first)
{
	bool any = false;

	for (size_t i = 0; i < event->findings.count; i++) {
		const struct od_finding *finding = &event->findings.items[i];
		if (is_told(event, finding, first))
			continue;
		claim_row(page, any ? "" : "Also", OD_STYLE_PLAIN, finding->claim, finding->confidence);
		drawing_rows(page, finding);
		any = true;
	}
}

static void evidence_row(struct od_page *page, bool *any, struct od_str text)
{
	od_page_label(page, *any ? "" : "Evidence");
	od_page_say(page, OD_STYLE_PLAIN, "· ");
	page->hang = OD_PAGE_LABEL_WIDTH + 2;
	od_page_words(page, OD_STYLE_PLAIN, text);
	od_page_end(page);
	*any = true;
}

/* Where the facts of a finding are from. */
static void reference_row(struct od_page *page, const char *reference)
{
	od_page_line(page, OD_PAGE_LABEL_WIDTH + 2, OD_PAGE_LABEL_WIDTH + 2);
	od_page_say(page, OD_STYLE_DIM, "after ");
	od_page_say(page, OD_STYLE_DIM, reference);
	od_page_end(page);
}

static void evidence_rows(struct od_page *page, const struct od_event *event, const struct od_finding *first)
{
	bool any = false;

	for (size_t i = 0; !first && i < event->cause.evidence.count; i++)
		evidence_row(page, &any, event->cause.evidence.items[i]);
	for (size_t i = 0; i < event->findings.count; i++) {
		const struct od_finding *finding = &event->findings.items[i];
		if (finding != first && event->cause.confidence &&
		    !strcmp(event->cause.class_name, finding->class_name))
			continue;
		for (size_t k = 0; k < finding->evidence.count; k++)
			evidence_row(page, &any, finding->evidence.items[k]);
		if (finding->evidence.count)
			reference_row(page, finding->reference);
	}
}

/* What is quoted already. */
static bool says(const struct od_event *event, struct od_str text)
{
	return text.len &&
	       (od_str_find(event->explanation.sentence, text) >= 0 || od_str_find(event->title, text) >= 0);
}

void od_text_why(struct od_page *page, const struct od_render_options *options, const struct od_event *event)
{
	const struct od_finding *first = leading(event);

	first_rows(page, event, first);
	other_rows(page, event, first);
	if (!says(event, event->message))
		message_rows(page, event->message);
	if (event->source_file.len && !says(event, event->source_file)) {
		od_page_label(page, "Reported");
		od_page_say(page, OD_STYLE_PLAIN, "by the kernel at ");
		od_page_words(page, OD_STYLE_PLAIN, event->source_file);
		if (event->source_line.known)
			od_page_sayf(page, OD_STYLE_PLAIN, ":%" PRIu64, event->source_line.value);
		od_page_end(page);
	}
	if (options->evidence)
		evidence_rows(page, event, first);
}
