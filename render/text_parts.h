// SPDX-License-Identifier: GPL-3.0-or-later
/* The sections of the text view that have a file of their own. */
#ifndef OD_RENDER_TEXT_PARTS_H
#define OD_RENDER_TEXT_PARTS_H

#include "render/page.h"

/* The source lines around the fault, with the inline chain. */
void od_text_source(struct od_page *page, const struct od_render_options *options,
		    const struct od_event *event);

/* The instructions around the fault. */
void od_text_code(struct od_page *page, const struct od_event *event);

/* The call trace, further traces of the event, and why frames have no line. */
void od_text_traces(struct od_page *page, const struct od_render_options *options,
		    const struct od_event *event);

/* Why a frame has no line: its own reason, or the general one. */
void od_text_reason(struct od_page *page, enum od_style style, const struct od_frame *frame);

/* The frame whose place a person wants to see first; NULL: the event names none. */
const struct od_frame *od_text_main_frame(const struct od_event *event);

/* The last part of a document: lines about modules, diagnostics, what was read. */
void od_text_end(struct od_page *page, const struct od_document_end *end);

#endif
