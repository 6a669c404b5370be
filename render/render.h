// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * From the model to text. Renderers compute nothing: every word comes from the model or
 * from core's tables. All log text is escaped on its way out (core/escape.h). Thread safe
 * for different documents.
 */
#ifndef OD_RENDER_RENDER_H
#define OD_RENDER_RENDER_H

#include "core/buf.h"
#include "core/model.h"

struct od_source_lines;
struct od_vmcore;

struct od_render_options {
	bool color;	/* ANSI colours */
	unsigned width;	/* columns to fit into; 0: 80 */
	bool evidence;	/* text: what a named cause rests on */
	bool raw_trace;	/* text: show unreliable (?) frames too */
	const char *tool_version;
	/*
	 * Text of source lines around a place, for the text view. NULL: none. `read` returns the
	 * line's text, borrowed until the next call, or an empty slice with ptr NULL when there is
	 * no such file or line.
	 */
	struct od_str (*source_line)(void *user, const struct od_place *place, unsigned line);
	void *user;
	const struct od_vmcore *vmcore;	/* the dump that the log was read from; NULL: the input is a log */
};

/* What a document ends with. */
struct od_document_end {
	const struct od_source *source;
	const struct od_module_line *module_lines;
	size_t module_line_count;
	const struct od_diagnostic *diagnostics;
	size_t diagnostic_count;
	uint64_t event_count;
};

/*
 * A renderer: the calls of one document in order are begin, event…, end. `index` counts the
 * events of the document from 0.
 */
struct od_renderer {
	const char *name;	/* "text", "json", "raw" */
	const char *summary;	/* for --help */
	bool verbatim;		/* shows what the log says only: nothing need be looked up */
	void (*begin)(struct od_buf *out, const struct od_render_options *options);
	void (*event)(struct od_buf *out, const struct od_render_options *options,
		      const struct od_event *event, uint64_t index);
	void (*end)(struct od_buf *out, const struct od_render_options *options,
		    const struct od_document_end *end);
};

extern const struct od_renderer od_render_text;
extern const struct od_renderer od_render_json;
extern const struct od_renderer od_render_raw;

/* All renderers, NULL at the end. */
extern const struct od_renderer *const od_renderers[];

#endif
