// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzer/phrase.h"

#include "analyzer/names.h"

struct od_str od_phrase_name(const struct od_frame *frame)
{
	return frame->demangled.len ? frame->demangled : od_base_name(frame->function);
}

void od_phrase_function(struct od_buf *out, const struct od_frame *frame)
{
	if (!frame) {
		od_buf_put_string(out, "kernel code");
		return;
	}
	od_buf_put(out, od_phrase_name(frame));
	od_buf_put_string(out, "()");
	if (frame->module.len) {
		od_buf_put_string(out, " [");
		od_buf_put(out, frame->module);
		od_buf_put_char(out, ']');
	}
}

void od_phrase_actor(struct od_buf *out, const struct od_event *event)
{
	const struct od_frame *ip = event->has_ip && event->ip.function.len ? &event->ip : NULL;
	const struct od_frame *blamed = event->responsible;

	if (ip && blamed && !od_str_equal(od_base_name(ip->function), od_base_name(blamed->function))) {
		od_phrase_function(out, ip);
		od_buf_put_string(out, ", on behalf of ");
		od_phrase_function(out, blamed);
		od_buf_put_char(out, ',');
		return;
	}
	od_phrase_function(out, blamed ? blamed : ip);
}

void od_phrase_template(struct od_buf *out, const char *text, const struct od_event *event)
{
	struct od_str rest = od_str_from(text), before;

	while (od_scan_until_text(&rest, OD_STR("{f}"), &before)) {
		od_buf_put(out, before);
		od_phrase_function(out, event->responsible);
		rest = od_str_from_index(rest, 3);
	}
	od_buf_put(out, rest);
}

void od_phrase_message(struct od_buf *out, const struct od_event *event)
{
	if (!event->message.len)
		return;
	od_buf_put_string(out, ": ");
	od_buf_put(out, od_str_first(event->message, 1000));
}

void od_phrase_stop(struct od_buf *out)
{
	struct od_str text = od_buf_str(out);

	while (text.len && memchr(" \t\r\n", text.ptr[text.len - 1], 4))
		text.len--;
	if (!text.len)
		return;
	out->len = text.len;
	out->data[text.len] = '\0';
	if (!memchr(".!?", text.ptr[text.len - 1], 3))
		od_buf_put_char(out, '.');
}

/* A function's name keeps its case. */
static bool starts_with_prose(struct od_str text)
{
	struct od_str word;

	return od_scan_word(&text, &word) && od_str_find_char(word, '(') < 0 &&
	       od_str_find_char(word, '_') < 0;
}

struct od_str od_phrase_finish(struct od_buf *out, const struct od_event *event)
{
	if (out->len && out->data[0] >= 'a' && out->data[0] <= 'z' && starts_with_prose(od_buf_str(out)))
		out->data[0] = (char)(out->data[0] - 'a' + 'A');
	struct od_str text = out->failed ? (struct od_str){0} :
					   od_arena_copy(event->arena, od_str_trim(od_buf_str(out)));
	od_buf_clear(out);
	return text;
}

void od_phrase_advise(struct od_event *event, struct od_str text)
{
	for (size_t i = 0; i < event->explanation.next.count; i++)
		if (od_str_equal(event->explanation.next.items[i], text))
			return;
	struct od_str *slot = text.len ? od_list_push(event->arena, &event->explanation.next) : NULL;
	if (slot)
		*slot = text;
}
