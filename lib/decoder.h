// SPDX-License-Identifier: GPL-3.0-or-later
/* What a decoder holds, for the files that implement its verbs. One thread at a time. */
#ifndef OD_LIB_DECODER_H
#define OD_LIB_DECODER_H

#include "lib/document.h"

struct od_decoder {
	struct od_trail trail;
	struct od_symbolizer *symbolizer;
	struct od_source_reader *sources;
	const struct od_renderer *renderer;
	struct od_render_options render;
	uint64_t bytes;			/* of logs, read so far */
	struct od_scanner *scanner;	/* shared by all documents once compiling it has paid; NULL: not yet */
};

/* Begins a document that is written with `write`. Fails with OD_RESULT_NOMEM. */
od_result od_decoder_begin(struct od_decoder *decoder, od_write_fn write, void *user, struct od_document **ret);

/* The same with other tools than the decoder's. */
od_result od_decoder_begin_with(struct od_decoder *decoder, const struct od_document_tools *tools,
				struct od_document **ret);

/* Ends the document and says how the call went; a read error (`status`) outranks what was found. */
od_result od_decoder_finish(struct od_decoder *decoder, struct od_document *document, const struct od_source *origin,
			    od_status status);

#endif
