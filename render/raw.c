// SPDX-License-Identifier: GPL-3.0-or-later
/* The events' own lines, byte by byte, and nothing else: for other programs to read. */
#include "render/render.h"

static void begin(struct od_buf *out, const struct od_render_options *options)
{
	(void)out;
	(void)options;
}

static void event(struct od_buf *out, const struct od_render_options *options, const struct od_event *shown,
		  uint64_t index)
{
	(void)options;
	(void)index;
	od_buf_put(out, shown->raw);
}

static void end(struct od_buf *out, const struct od_render_options *options, const struct od_document_end *document)
{
	(void)out;
	(void)options;
	(void)document;
}

const struct od_renderer od_render_raw = {
	.name = "raw",
	.summary = "the lines of the reports as they stand in the log",
	.verbatim = true,
	.begin = begin,
	.event = event,
	.end = end,
};
