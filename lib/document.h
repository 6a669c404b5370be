// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * One input on its way to one document: parse, blame, symbolize, analyze, render, in that
 * order, event by event. One thread at a time.
 */
#ifndef OD_LIB_DOCUMENT_H
#define OD_LIB_DOCUMENT_H

#include "core/status.h"
#include "oopsdecode/oopsdecode.h"
#include "parsers/parser.h"
#include "render/render.h"
#include "symbolize/symbolize.h"
#include "vmcore/vmcore.h"

struct od_document;

/* What a document is made with; borrowed until od_document_destroy(). */
struct od_document_tools {
	struct od_symbolizer *symbolizer;
	const struct od_renderer *renderer;
	const struct od_render_options *options;
	od_write_fn write;
	void *user;
	struct od_vmcore_file *vmcore;	/* the dump that the log is from; NULL: none */
	/* With it: od_vmcore_look_at_fault(), by way of a pointer, so that who reads no dumps is not linked with their libraries. */
	void (*look_at_fault)(struct od_symbolizer *symbolizer, struct od_vmcore_file *file, const struct od_event *event);
	struct od_scanner *scanner;	/* lent to the parser; NULL: it makes its own when it pays */
};

od_status od_document_create(struct od_trail *trail, const struct od_document_tools *tools, struct od_document **ret);
void od_document_destroy(struct od_document *document);

/* Takes the next bytes of the input; false: the reader of the output wants no more. */
bool od_document_feed(struct od_document *document, struct od_str bytes);

/* True when a report is complete and none is open. */
bool od_document_is_settled(const struct od_document *document);

/*
 * Ends the document. `failure` is the text of a read error, or NULL. Of `origin` the path, the compression
 * and the format (NULL: what the parser recognised) go into the document. Returns how many events it holds.
 */
uint64_t od_document_finish(struct od_document *document, const struct od_source *origin, const char *failure);

/* Lines that were read; for messages. */
uint64_t od_document_lines(const struct od_document *document);

/* Bytes that were read. */
uint64_t od_document_bytes(const struct od_document *document);

#endif
