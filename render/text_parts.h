// SPDX-License-Identifier: GPL-3.0-or-later
/* The sections of the text view that have a file of their own. */
#ifndef OD_RENDER_TEXT_PARTS_H
#define OD_RENDER_TEXT_PARTS_H

#include "core/vmcore_model.h"
#include "render/page.h"

/* The source lines around the fault, with the inline chain. */
void od_text_source(struct od_page *page, const struct od_render_options *options,
		    const struct od_event *event);

/* Of the OOM killer: whom it killed, for what limit, and who held the memory. */
void od_text_oom(struct od_page *page, const struct od_event *event);

/* The instructions around the fault. */
void od_text_code(struct od_page *page, const struct od_event *event);

/* The call trace, further traces of the event, and why frames have no line. */
void od_text_traces(struct od_page *page, const struct od_render_options *options,
		    const struct od_event *event);

/* One further trace of an event, with the reasons of its own; with the variables of its frames, which may be NULL. */
void od_text_trace(struct od_page *page, const struct od_render_options *options, const struct od_event *event,
		   const struct od_trace *trace, const od_frame_variables *variables);

/* The variables of one function of a frame; with the reasons why some have no value. */
void od_text_values(struct od_page *page, const od_frame_variables *variables, const struct od_frame *frame, struct od_str function,
		    bool reasons);

/* What a dump of memory says (options->vmcore): the system before the events, the rest behind; or the parts asked for. */
void od_text_vmcore_begin(struct od_buf *out, const struct od_render_options *options);
void od_text_vmcore_end(struct od_buf *out, const struct od_render_options *options);

/* A line with a title across the page. */
void od_text_headline(struct od_page *page, const char *title);

/* What a dump says of memory and networks, and its answers to questions, as far as they are asked for. */
void od_text_answers(struct od_page *page, const struct od_vmcore *vmcore);

/* All instructions with their addresses and bytes, or why there are none. */
void od_text_instructions(struct od_page *page, const struct od_code *code);

/* Why a frame has no line: its own reason, or the general one. */
void od_text_reason(struct od_page *page, enum od_style style, const struct od_frame *frame);

/* The last part of a document: lines about modules, diagnostics, what was read. */
void od_text_end(struct od_page *page, const struct od_document_end *end);

/* Why it happened: the cause or the surest finding, the sentence, the other findings; with options->evidence what they rest on. */
void od_text_why(struct od_page *page, const struct od_render_options *options, const struct od_event *event);

#endif
