// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzer/finding.h"

#include <stdarg.h>

#include "analyzer/blame.h"

/* In the arena; a sentence that begins with "kernel code", of which no function is known, gets its capital. */
static struct od_str format_text(struct od_arena *arena, const char *format, va_list args)
{
	struct od_str text = od_arena_vprintf(arena, format, args);

	if (!od_str_starts(text, OD_STR("kernel code ")))
		return text;
	return od_arena_printf(arena, "K%.*s", OD_FMT(od_str_from_index(text, 1)));
}

void od_finder_claim(struct od_finder *finder, enum od_confidence confidence, const char *format, ...)
{
	va_list args;

	finder->finding->confidence = confidence;
	va_start(args, format);
	finder->finding->claim = format_text(finder->event->arena, format, args);
	va_end(args);
}

void od_finder_evidence(struct od_finder *finder, const char *format, ...)
{
	struct od_str *slot = od_list_push(finder->event->arena, &finder->finding->evidence);
	va_list args;

	if (!slot)
		return;
	va_start(args, format);
	*slot = format_text(finder->event->arena, format, args);
	va_end(args);
}

void od_finder_draw(struct od_finder *finder, const char *format, ...)
{
	struct od_str *slot = od_list_push(finder->event->arena, &finder->finding->drawing);
	va_list args;

	if (!slot)
		return;
	va_start(args, format);
	*slot = format_text(finder->event->arena, format, args);
	va_end(args);
}

struct od_str od_finder_function(const struct od_finder *finder, const struct od_frame *frame)
{
	struct od_buf text = {0};

	od_phrase_function(&text, frame);
	struct od_str kept = od_arena_copy(finder->event->arena, od_buf_str(&text));
	od_buf_deinit(&text);
	return kept;
}

struct od_str od_finder_place(const struct od_finder *finder, const struct od_frame *frame)
{
	struct od_str function = od_finder_function(finder, frame);

	if (!frame || !frame->places.count || !frame->places.items[frame->places.count - 1].line)
		return function;
	const struct od_place *place =
		&frame->places
			 .items[frame->places.count - 1]; /* of the function itself, not of what it inlined */
	return od_arena_printf(finder->event->arena, "%.*s (%.*s:%u)", OD_FMT(function), OD_FMT(place->file),
			       place->line);
}

const struct od_frame *od_finder_role(const struct od_finder *finder, const char *role, const struct od_trace **trace)
{
	const struct od_event *event = finder->event;

	for (size_t i = 0; i < event->traces.count; i++) {
		*trace = &event->traces.items[i];
		if (!od_str_equal((*trace)->role, od_str_from(role)))
			continue;
		for (size_t k = 0; k < (*trace)->frames.count; k++)
			if ((*trace)->frames.items[k].function.len && !od_is_machinery((*trace)->frames.items[k].function))
				return &(*trace)->frames.items[k];
	}
	return NULL;
}

bool od_finder_said(const struct od_finder *finder, const char *words, struct od_str *ret)
{
	const struct od_event *event = finder->event;
	const struct od_str needle = od_str_from(words);
	const size_t known = event->said.count;

	for (size_t i = 0; i < known + event->unknown_lines.count; i++) {
		struct od_str text =
			i < known ? event->said.items[i].text : event->unknown_lines.items[i - known].text;
		struct od_str rest = od_str_behind(text, needle);
		if (!rest.ptr)
			continue;
		*ret = rest;
		return true;
	}
	return false;
}

bool od_finder_number(struct od_str text, const char *words, uint64_t *ret)
{
	text = od_str_behind(text, od_str_from(words));
	return od_scan_u64(&text, ret);
}

bool od_finder_hex(struct od_str text, const char *words, uint64_t *ret)
{
	text = od_str_behind(text, od_str_from(words));
	return od_scan_0x(&text, ret) || od_scan_hex(&text, ret);
}

/* Keeps the list sorted: in front of the first that is less sure. */
static void insert(struct od_event *event, const struct od_finding *finding)
{
	struct od_finding *items =
		od_list_push(event->arena, &event->findings) ? event->findings.items : NULL;

	if (!items)
		return;
	size_t at = event->findings.count - 1;
	for (; at && items[at - 1].confidence < finding->confidence; at--)
		items[at] = items[at - 1];
	items[at] = *finding;
}

/* Without a named variable, the surest finding is what is known of the cause. */
static void adopt(struct od_event *event)
{
	const struct od_finding *first = event->findings.count ? &event->findings.items[0] : NULL;
	struct od_cause *cause = &event->cause;

	if (!first || cause->confidence || cause->text.len || event->kind <= OD_KIND_ALIGNMENT)
		return;
	cause->class_name = first->class_name;
	cause->confidence = first->confidence;
	cause->text = first->claim;
	for (size_t i = 0; i < first->evidence.count; i++) {
		struct od_str *slot = od_list_push(event->arena, &cause->evidence);
		if (slot)
			*slot = first->evidence.items[i];
	}
}

void od_find(struct od_event *event)
{
	for (size_t i = 0; i < od_find_row_count; i++) {
		const struct od_find_row *row = &od_find_rows[i];
		struct od_finding finding = {.class_name = row->class_name, .reference = row->reference};
		struct od_finder finder = {event, &finding};
		if (event->kind < row->first || event->kind > row->last || !row->find(row, &finder))
			continue;
		if (!finding.claim.len)
			finding.claim = event->explanation.sentence;
		insert(event, &finding);
	}
	adopt(event);
}
