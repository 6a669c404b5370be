// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Building the sentences of an explanation. Everything is written to an od_buf, which fails
 * stickily, so that a rule need not check every phrase. Thread safe for different buffers.
 */
#ifndef OD_ANALYZER_PHRASE_H
#define OD_ANALYZER_PHRASE_H

#include "core/buf.h"
#include "core/model.h"

/* The function as a person calls it: demangled, or od_base_name(). */
struct od_str od_phrase_name(const struct od_frame *frame);

/* "hello_cleanup() [hello_2]"; "kernel code" for NULL. */
void od_phrase_function(struct od_buf *out, const struct od_frame *frame);

/* Who did it: the blamed function, and before it the helper that ran on its behalf: "memcpy(), on behalf of
 * f(),". */
void od_phrase_actor(struct od_buf *out, const struct od_event *event);

/* The text with every "{f}" replaced by the blamed function. */
void od_phrase_template(struct od_buf *out, const char *text, const struct od_event *event);

/* ": " and what the author of the report wrote, if anything, cut at 1000 bytes. */
void od_phrase_message(struct od_buf *out, const struct od_event *event);

/* Takes blanks and line ends off the end and puts a full stop there, unless a sentence ends there already.
 */
void od_phrase_stop(struct od_buf *out);

/* The text so far, trimmed, with a capital where it starts with a word of prose, in the event's arena;
 * clears `out`. */
struct od_str od_phrase_finish(struct od_buf *out, const struct od_event *event);

/* Adds a piece of advice, unless it is empty or already there. */
void od_phrase_advise(struct od_event *event, struct od_str text);

#endif
