// SPDX-License-Identifier: GPL-3.0-or-later
#include "render/text_parts.h"

#include <inttypes.h>
#include <stdio.h>

enum {
	NAME_COLUMN = 6,
	PLACE_ROOM = 22,	/* columns that a place should have beside the names */
	NARROW = 60,		/* below, places stand under the names */
	MOST_ROWS = 48,		/* of one trace, unless all frames are wanted */
	MOST_NOTES = 6,
};

/* Frames that have no line for the same reason. */
struct note {
	const struct od_frame *first;
	size_t more;
};

struct view {
	struct od_page *page;
	const struct od_event *event;
	bool all;		/* show the unreliable frames, and any number of them */
	bool ip_shown;
	const od_frame_variables *variables; /* NULL: none are shown */
	bool reasons;		/* why some have no value */
	unsigned place_column;
	size_t note_count;
	struct note notes[MOST_NOTES];
};

static bool same_place(const struct od_frame *a, const struct od_frame *b)
{
	return od_str_equal(a->raw, b->raw) && a->unreliable == b->unreliable &&
	       od_str_equal(a->context, b->context);
}

static void remember_reason(struct view *view, const struct od_frame *frame)
{
	if (frame->status == OD_FRAME_UNRESOLVED || frame->status == OD_FRAME_RESOLVED)
		return;
	for (size_t i = 0; i < view->note_count; i++) {
		struct note *note = &view->notes[i];
		if (note->first->status == frame->status &&
		    od_str_equal(note->first->module, frame->module) &&
		    od_str_equal(note->first->status_detail, frame->status_detail)) {
			note->more++;
			return;
		}
	}
	if (view->note_count < MOST_NOTES)
		view->notes[view->note_count++] = (struct note){.first = frame};
}

/* "+0x12", or nothing. */
static struct od_str offset_text(const struct od_frame *frame, char text[24])
{
	if (!frame->offset.known)
		return (struct od_str){NULL, 0};
	int len = snprintf(text, 24, "+0x%" PRIx64, frame->offset.value);
	return (struct od_str){text, (size_t)len};
}

static struct od_str name_of(const struct od_frame *frame)
{
	return frame->demangled.len ? frame->demangled : frame->function;
}

static unsigned name_width(const struct od_frame *frame)
{
	char text[24];
	size_t width = od_escape_terminal_width(frame->function.len ? name_of(frame) : frame->raw);

	if (frame->function.len)
		width += offset_text(frame, text).len;
	if (frame->function.len && frame->module.len)
		width += od_escape_terminal_width(frame->module) + 3;
	return width < 1000 ? (unsigned)width : 1000;
}

/* In a line of its own where this one is too full. */
static void module_name(struct od_page *page, struct od_str module)
{
	if (!module.len)
		return;
	if (od_escape_terminal_width(module) + 3 > od_page_room(page)) {
		od_page_end(page);
		od_page_line(page, NAME_COLUMN + 2, NAME_COLUMN + 2);
	} else {
		od_page_piece(page, OD_STYLE_PLAIN, OD_STR(" "));
	}
	od_page_piece(page, OD_STYLE_PLAIN, OD_STR("["));
	od_page_piece(page, OD_STYLE_PLAIN, module);
	od_page_piece(page, OD_STYLE_PLAIN, OD_STR("]"));
}

/* Where a line is too short for all of it, the function's name is cut: its offset says more. */
static void name(struct view *view, const struct od_frame *frame)
{
	struct od_page *page = view->page;
	char text[24];
	struct od_str offset = offset_text(frame, text);
	enum od_style style = frame == view->event->responsible ? OD_STYLE_BOLD : OD_STYLE_PLAIN;

	if (frame->unreliable)
		od_page_piece(page, OD_STYLE_DIM, OD_STR("? "));
	if (!frame->function.len) {
		od_page_piece(page, style, frame->raw);
		return;
	}
	unsigned room = od_page_room(page);
	od_page_piece_within(page, style, name_of(frame), room > offset.len ? room - (unsigned)offset.len : 0);
	od_page_piece(page, OD_STYLE_DIM, offset);
	module_name(page, frame->module);
}

/* To the place's column, in the next line when this one is too full or the page too narrow. */
static void to_place(struct view *view)
{
	struct od_page *page = view->page;

	if (page->column + 2 > view->place_column) {
		od_page_end(page);
		od_page_line(page, view->place_column, view->place_column);
	}
	od_page_to(page, view->place_column);
	page->hang = view->place_column;
	page->fresh = true;
	page->gap = false;
	page->break_at = 0;
}

static void place_text(struct od_page *page, const struct od_place *place)
{
	od_page_words(page, OD_STYLE_PLAIN, place->file);
	od_page_sayf(page, OD_STYLE_PLAIN, ":%u", place->line);
}

static void begin_row(struct od_page *page, bool is_fault)
{
	od_page_line(page, NAME_COLUMN - 2, NAME_COLUMN);
	od_page_mark(page, is_fault, "→ ");
}

static void values(struct view *view, const struct od_frame *frame, struct od_str function)
{
	if (view->variables)
		od_text_values(view->page, view->variables, frame, function, view->reasons);
}

/* The functions inlined into the frame's own, innermost first: a row each. */
static void inlined_rows(struct view *view, const struct od_frame *frame, bool is_ip)
{
	for (size_t i = 0; i + 1 < frame->places.count; i++) {
		begin_row(view->page, is_ip && i == 0);
		od_page_piece(view->page, OD_STYLE_PLAIN, frame->places.items[i].function);
		to_place(view);
		place_text(view->page, &frame->places.items[i]);
		od_page_say(view->page, OD_STYLE_DIM, " inlined");
		od_page_end(view->page);
		values(view, frame, frame->places.items[i].function);
	}
}

/* The log's name is the out-of-line function's, but for suffixes (.cold) and aliases (cleanup_module). */
static bool is_alias(const struct od_frame *frame, const struct od_place *place)
{
	return place->function.len && !od_str_starts(frame->function, place->function);
}

static void frame_place(struct view *view, const struct od_frame *frame)
{
	if (frame->places.count) {
		const struct od_place *place = &frame->places.items[frame->places.count - 1];
		to_place(view);
		place_text(view->page, place);
		if (is_alias(frame, place)) {
			od_page_say(view->page, OD_STYLE_DIM, " in ");
			od_page_words(view->page, OD_STYLE_PLAIN, place->function);
		}
	} else if (frame->candidates.count) {
		to_place(view);
		od_page_say(view->page, OD_STYLE_CAUTION, "one of");
		for (size_t i = 0; i < frame->candidates.count; i++) {
			od_page_say(view->page, OD_STYLE_PLAIN, i ? ", " : " ");
			od_page_words(view->page, OD_STYLE_PLAIN, frame->candidates.items[i]);
		}
	}
}

static void frame_row(struct view *view, const struct od_frame *frame, bool is_ip, size_t times)
{
	struct od_page *page = view->page;

	inlined_rows(view, frame, is_ip);
	begin_row(page, is_ip && frame->places.count < 2);
	name(view, frame);
	frame_place(view, frame);
	if (times > 1)
		od_page_sayf(page, OD_STYLE_CAUTION, " × %zu", times);
	if (frame == &view->event->lr)
		od_page_say(page, OD_STYLE_DIM, " (lr)");
	if (frame == view->event->responsible && !is_ip)
		od_page_say(page, OD_STYLE_CAUTION, " ← look here first");
	od_page_end(page);
	if (frame->places.count)
		values(view, frame, frame->places.items[frame->places.count - 1].function);
	remember_reason(view, frame);
}

struct frames {
	const struct od_frame *items;
	size_t count;
};

static bool any_reliable(struct frames frames)
{
	for (size_t i = 0; i < frames.count; i++)
		if (!frames.items[i].unreliable)
			return true;
	return false;
}

/* A context is worth a line when the trace crosses one: a plain system call is all TASK. */
static bool has_contexts(struct frames frames)
{
	for (size_t i = 0; i < frames.count; i++)
		if (frames.items[i].context.len && !od_str_equal(frames.items[i].context, OD_STR("TASK")))
			return true;
	return false;
}

static void context_row(struct view *view, struct od_str context)
{
	od_page_line(view->page, NAME_COLUMN - 2, NAME_COLUMN);
	od_page_piece(view->page, OD_STYLE_DIM, OD_STR("<"));
	od_page_piece(view->page, OD_STYLE_DIM, context.len ? context : OD_STR("TASK"));
	od_page_piece(view->page, OD_STYLE_DIM, OD_STR(">"));
	od_page_end(view->page);
}

static unsigned find_place_column(const struct view *view, struct frames frames)
{
	unsigned widest = view->event->has_ip ? name_width(&view->event->ip) : 0;
	unsigned link = view->event->lr_is_caller ? name_width(&view->event->lr) : 0;
	unsigned width = view->page->width;

	if (width < NARROW)
		return NAME_COLUMN + 4;
	if (link > widest)
		widest = link;
	for (size_t i = 0; i < frames.count; i++) {
		unsigned this_width = name_width(&frames.items[i]);
		if (!frames.items[i].unreliable && this_width > widest)
			widest = this_width;
	}
	unsigned most = width - NAME_COLUMN - PLACE_ROOM;
	return NAME_COLUMN + (widest < most ? widest : most) + 2;
}

static size_t repeats(struct frames frames, size_t at)
{
	size_t n = 1;

	while (at + n < frames.count && same_place(&frames.items[at], &frames.items[at + n]))
		n++;
	return n;
}

static void hidden_row(struct view *view, size_t unreliable, size_t left_out)
{
	if (!unreliable && !left_out)
		return;
	od_page_line(view->page, NAME_COLUMN, NAME_COLUMN);
	if (left_out)
		od_page_sayf(view->page, OD_STYLE_DIM, "… and %zu more frames", left_out);
	if (unreliable)
		od_page_sayf(view->page, OD_STYLE_DIM, " (+%zu unreliable, not shown)", unreliable);
	od_page_end(view->page);
}

/* The link register's row, which stands under that of the ip already. */
static bool is_link(const struct od_event *event, const struct od_frame *frame)
{
	return event->lr_is_caller && frame->unreliable && od_str_equal(frame->raw, event->lr.raw);
}

static void rows(struct view *view, struct frames frames)
{
	bool unreliable_too = view->all || !any_reliable(frames);
	bool contexts = has_contexts(frames);
	struct od_str context = {NULL, 0};
	size_t shown = 0, unreliable = 0, left_out = 0;

	for (size_t i = 0, n; i < frames.count; i += n) {
		const struct od_frame *frame = &frames.items[i];
		n = repeats(frames, i);
		bool is_ip = i == 0 && view->event->has_ip && od_str_equal(frame->raw, view->event->ip.raw);
		if (view->ip_shown && ((is_ip && n == 1) || is_link(view->event, frame)))
			continue;
		if (frame->unreliable && !unreliable_too && frame != view->event->responsible) {
			unreliable += n;
			continue;
		}
		if (shown >= MOST_ROWS && !view->all) {
			left_out += n;
			continue;
		}
		if (contexts && !od_str_equal(frame->context, context))
			context_row(view, frame->context);
		context = frame->context;
		frame_row(view, frame, false, n);
		shown++;
	}
	hidden_row(view, unreliable, left_out);
}

static void main_trace(struct view *view)
{
	const struct od_event *event = view->event;
	struct frames frames = {event->trace.items, event->trace.count};

	if (!frames.count && !event->has_ip)
		return;
	od_page_label(view->page, "Call trace");
	od_page_end(view->page);
	view->place_column = find_place_column(view, frames);
	if (event->has_ip) {
		frame_row(view, &event->ip, true, 1);
		view->ip_shown = true;
		if (event->lr_is_caller)
			frame_row(view, &event->lr, false, 1);
	}
	rows(view, frames);
	od_page_skip(view->page);
}

/* What a further trace of an event is, in words; the contract lists the roles. */
static const char *role_title(struct od_str role)
{
	static const struct {
		struct od_str role;
		const char *title;
	} titles[] = {
		{OD_STR("alloc"), "Allocated"},
		{OD_STR("free"), "Freed"},
		{OD_STR("origin"), "Origin of the value"},
		{OD_STR("other-access"), "The other access"},
		{OD_STR("other-cpu"), "Another CPU"},
		{OD_STR("holder"), "Holder of the lock"},
		{OD_STR("blocked"), "Blocked task"},
		{OD_STR("work"), "Queued"},
		{OD_STR("chain"), "Chain of locks"},
		{OD_STR("preemption-disabled"), "Preemption disabled"},
		{OD_STR("rcu-kthread"), "The RCU kthread"},
		{OD_STR("in-flight"), "Works that were begun"},
		{OD_STR("handlers"), "Handlers of the interrupt"},
		{OD_STR("panic"), "Panic"},
		{OD_STR("report"), "Who printed the report"},
		{OD_STR("cpu"), "Stack"},
		{OD_STR("task"), "Stack"},
	};

	for (size_t i = 0; i < sizeof(titles) / sizeof(titles[0]); i++)
		if (od_str_equal(titles[i].role, role))
			return titles[i].title;
	return "Another trace";
}

static void other_trace(struct view *view, const struct od_trace *trace)
{
	struct od_page *page = view->page;
	struct frames frames = {trace->frames.items, trace->frames.count};

	if (!frames.count)
		return;
	od_page_line(page, 2, 4);
	od_page_say(page, OD_STYLE_BOLD, role_title(trace->role));
	if (trace->comm.len) {
		od_page_say(page, OD_STYLE_PLAIN, " by ");
		od_page_words(page, OD_STYLE_PLAIN, trace->comm);
	}
	if (trace->pid.known)
		od_page_sayf(page, OD_STYLE_PLAIN, "%s PID %" PRIu64, trace->comm.len ? "," : " by", trace->pid.value);
	if (trace->cpu.known)
		od_page_sayf(page, OD_STYLE_PLAIN, " on CPU %" PRIu64, trace->cpu.value);
	od_page_end(page);
	view->place_column = find_place_column(view, frames);
	view->ip_shown = false;
	rows(view, frames);
	od_page_skip(page);
}

/* Why frames have no line: one sentence for all that share the reason. */
static void notes(struct view *view)
{
	struct od_page *page = view->page;

	for (size_t i = 0; i < view->note_count; i++) {
		const struct note *note = &view->notes[i];
		const struct od_frame *frame = note->first;
		od_page_line(page, NAME_COLUMN - 2, NAME_COLUMN);
		od_page_say(page, OD_STYLE_DIM, "No line for ");
		od_page_words(page, OD_STYLE_DIM, frame->function.len ? name_of(frame) : frame->raw);
		if (note->more)
			od_page_sayf(page, OD_STYLE_DIM, " and %zu more", note->more);
		od_page_say(page, OD_STYLE_DIM, ": ");
		od_text_reason(page, OD_STYLE_DIM, frame);
		od_page_end(page);
	}
	if (view->note_count)
		od_page_skip(page);
}

/* The debug info that tells where variables are may be that of another build. */
static bool may_be_of_another_build(const struct od_event *event)
{
	for (size_t i = 0; i < event->variables.count; i++) {
		const int image = event->variables.items[i].frame->image;
		if (event->variables.items[i].value.len && image &&
		    event->images.items[image - 1].verdict != OD_VERDICT_MATCH)
			return true;
	}
	return false;
}

static void note_on_values(struct od_page *page, const struct od_event *event)
{
	if (!may_be_of_another_build(event))
		return;
	od_page_line(page, NAME_COLUMN - 2, NAME_COLUMN);
	od_page_say(page, OD_STYLE_DIM, "Variables are read out of the registers by debug info that is likely, but not proved, to be that of "
					"the code that ran.");
	od_page_end(page);
	od_page_skip(page);
}

void od_text_traces(struct od_page *page, const struct od_render_options *options,
		    const struct od_event *event)
{
	struct view view = {.page = page, .event = event, .all = options->raw_trace, .variables = &event->variables};
	unsigned wrap = page->wrap;

	page->wrap = page->width; /* a table, not prose */
	main_trace(&view);
	for (size_t i = 0; i < event->traces.count; i++)
		other_trace(&view, &event->traces.items[i]);
	page->wrap = wrap;
	notes(&view);
	note_on_values(page, event);
}

void od_text_trace(struct od_page *page, const struct od_render_options *options, const struct od_event *event,
		   const struct od_trace *trace, const od_frame_variables *variables)
{
	struct view view = {.page = page, .event = event, .all = options->raw_trace, .variables = variables, .reasons = true};
	unsigned wrap = page->wrap;

	page->wrap = page->width;
	other_trace(&view, trace);
	page->wrap = wrap;
	notes(&view);
}
