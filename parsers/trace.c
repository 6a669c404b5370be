// SPDX-License-Identifier: GPL-3.0-or-later
/* Frames: from a line of a trace, in all of its forms, into the trace that is open. */
#include "parsers/arch_hints.h"
#include "parsers/builder.h"

enum { TRACE_LIMIT = 4096 }; /* frames per trace */

void od_builder_set_ip(struct od_builder *builder, const struct od_record *record, const struct od_frame_text *place)
{
	struct od_event *event = builder->event;
	od_frame_store(event->arena, place, record->line, &event->ip);
	event->has_ip = true;
}

void od_builder_push_place(struct od_builder *builder, const struct od_record *record, const struct od_frame_text *text,
			   bool is_return_address)
{
	struct od_event *event = builder->event;
	size_t index = builder->trace;
	struct od_frame *frame = NULL;

	if (index && event->traces.items[index - 1].frames.count < TRACE_LIMIT)
		frame = od_list_push(event->arena, &event->traces.items[index - 1].frames);
	else if (!index && event->trace.count < TRACE_LIMIT)
		frame = od_list_push(event->arena, &event->trace);
	if (!frame)
		return;
	od_frame_store(event->arena, text, record->line, frame);
	frame->context = builder->context;
	frame->is_return_address = is_return_address;
	if (builder->single_frame)
		od_builder_begin_trace(builder, NULL);
}

static const struct od_frame *last_frame(const struct od_builder *builder)
{
	const struct od_event *event = builder->event;
	size_t count = builder->trace ? event->traces.items[builder->trace - 1].frames.count : event->trace.count;
	if (!count)
		return NULL;
	return builder->trace ? &event->traces.items[builder->trace - 1].frames.items[count - 1] :
				&event->trace.items[count - 1];
}

/*
 * "fn from gn+0x20/0x40": a trace in which each line names a call (arm). What was called is the frame of the
 * line before, except in the first line and behind an exception.
 */
static bool take_call(struct od_builder *builder, const struct od_record *record, struct od_str text)
{
	struct od_frame_text callee, from;
	if (od_str_find(text, OD_STR("from ")) < 0)
		return false;
	const bool whole = od_frame_call(text, &callee, &from);
	if (!whole && !od_frame_clipped_call(text, &callee))
		return false;
	const struct od_frame *last = last_frame(builder);
	if (!last || !od_str_equal(last->function, callee.function))
		od_builder_push_place(builder, record, &callee, !whole);
	if (whole)
		od_builder_push_place(builder, record, &from, true);
	return true;
}

/* Whether all of the line is frames, more than one; an address alone is one only where frames are expected. */
static bool is_row_of_frames(struct od_str row, bool in_trace)
{
	enum { LONGEST_RECORD = 1024 }; /* LOG_LINE_MAX, kernel/printk/printk.c */
	struct od_frame_text frame, from;
	struct od_str piece;
	size_t count = 0;

	if (!row.len || row.len > LONGEST_RECORD || (row.ptr[0] != '[' && row.ptr[0] != '<'))
		return false;
	for (; od_frame_cut(&row, &piece); count++)
		if (!od_frame_call(piece, &frame, &from) &&
		    (!od_frame_line(piece, &frame) || (!frame.offset.known && !in_trace)))
			return false;
	return count > 1;
}

static void push_row(struct od_builder *builder, const struct od_record *record, struct od_str row)
{
	struct od_frame_text frame;
	struct od_str piece;

	while (od_frame_cut(&row, &piece))
		if (!take_call(builder, record, piece) && od_frame_line(piece, &frame))
			od_builder_push_place(builder, record, &frame, true);
}

void od_builder_push_places(struct od_builder *builder, const struct od_record *record, struct od_str text)
{
	struct od_frame_text frame;
	od_scan_blanks(&text);
	(void)od_take_context(builder, &text); /* "Call Trace:<IRQ> <ffffffff8019b50f>{fn+111}" of x86_64 */
	if (od_frame_line(text, &frame))
		od_builder_push_place(builder, record, &frame, true);
	else if (is_row_of_frames(text, true))
		push_row(builder, record, text);
}

/* "netif_receive_skb_list_internal": the author took the offsets out, of all frames. Other words have no underline. */
static bool is_name_alone(const struct od_builder *builder, struct od_str text)
{
	const struct od_frame *last = last_frame(builder);

	return builder->in_trace && !(last && last->offset.known) && od_str_find_char(text, '_') >= 0 &&
	       od_str_find_char(text, ' ') < 0 && od_str_find_char(text, ':') < 0;
}

bool od_take_frame(struct od_builder *builder, const struct od_record *record)
{
	struct od_str text = record->text;
	struct od_frame_text frame;
	if (take_call(builder, record, text))
		return true;
	if (is_row_of_frames(text, builder->in_trace)) {
		push_row(builder, record, text);
		return true;
	}
	bool marked = od_take_context(builder, &text);

	if (marked && !text.len)
		return true;
	const struct od_frame *last = last_frame(builder);
	const bool typed = builder->in_trace && (builder->headless || !last || !last->size.known); /* or its author took the sizes out */
	if (!od_frame_line(text, &frame) && !(typed && od_frame_typed(text, &frame)) &&
	    !(is_name_alone(builder, text) && od_frame_name(text, &frame)))
		return marked;
	/* an address alone, or a name that was looked up already, is a frame only where frames are expected, or below a place or a message */
	const bool below_place = frame.decoded && (builder->event->has_ip || builder->refinable) && record->indent;
	if ((!frame.function.len || !frame.offset.known) && !builder->in_trace && !below_place)
		return false;
	if (!builder->event->arch)
		builder->event->arch = od_arch_of_frame(&frame, builder->small_trace);
	if (!builder->skip_frame)
		od_builder_push_place(builder, record, &frame, true);
	builder->skip_frame = false;
	return true;
}
