// SPDX-License-Identifier: GPL-3.0-or-later
#include "lib/document.h"

#include "analyzer/analyzer.h"
#include "analyzer/condition.h"

enum {
	NOTES_LIMIT = 10000,	/* module lines and diagnostics that a document keeps */
};

struct od_document {
	struct od_document_tools tools;
	struct od_parser *parser;
	struct od_arena *arena;	/* of what the end of the document lists */
	OD_LIST(struct od_module_line) module_lines;
	OD_LIST(struct od_diagnostic) diagnostics;
	struct od_buf out;
	uint64_t events;
	size_t old_notes;	/* of the symbolizer, which earlier documents told */
	bool stopped;		/* the reader of the output wants no more */
	bool ending;		/* the log has been read to its end */
};

static void flush(struct od_document *document)
{
	if (document->out.len && !document->stopped &&
	    !document->tools.write(document->tools.user, document->out.data, document->out.len))
		document->stopped = true;
	od_buf_clear(&document->out);
}

/* A dump is written while the kernel prints its report: where its log ends, nothing is cut off. */
static bool ends_with_the_crash(const struct od_document *document)
{
	return document->ending && document->tools.vmcore && !od_vmcore_model(document->tools.vmcore)->log_cut;
}

/* The code in a dump's memory against the file that the report's places came from. */
static void check_image(const struct od_document_tools *tools, const struct od_event *event)
{
	struct od_event *code = event->images.count ? od_vmcore_code(tools->vmcore, event) : NULL;

	if (!code)
		return;
	od_symbolize(tools->symbolizer, code);
	od_vmcore_check_image(tools->vmcore, code);
	od_event_destroy(code);
}

static void take_event(void *user, struct od_event *event)
{
	struct od_document *document = user;
	const struct od_document_tools *tools = &document->tools;

	if (!document->stopped) {
		if (ends_with_the_crash(document))
			event->integrity &= ~(1u << OD_INTEGRITY_CUT_OFF);
		if (!tools->renderer->verbatim) {
			od_blame(event);
			od_symbolize(tools->symbolizer, event);
			od_condition_read(event, tools->options->source_line, tools->options->user);
			od_analyze(event, document->module_lines.items, document->module_lines.count);
		}
		if (tools->vmcore) {
			od_vmcore_check(tools->vmcore, event);
			check_image(tools, event);
			tools->look_at_fault(tools->symbolizer, tools->vmcore, event);
		}
		tools->renderer->event(&document->out, tools->options, event, document->events++);
		flush(document);
	}
	od_event_destroy(event);
}

static void take_module_line(void *user, const struct od_module_line *line)
{
	struct od_document *document = user;
	if (document->module_lines.count >= NOTES_LIMIT)
		return;
	struct od_module_line *kept = od_list_push(document->arena, &document->module_lines);
	if (!kept)
		return;
	*kept = *line;
	kept->module = od_arena_copy(document->arena, line->module);
	kept->text = od_arena_copy(document->arena, line->text);
}

static void take_diagnostic(void *user, const struct od_diagnostic *diagnostic)
{
	struct od_document *document = user;
	if (document->diagnostics.count >= NOTES_LIMIT)
		return;
	struct od_diagnostic *kept = od_list_push(document->arena, &document->diagnostics);
	if (!kept)
		return;
	*kept = *diagnostic;
	kept->text = od_arena_copy(document->arena, diagnostic->text);
}

/* What the symbolizer has to say of its sandbox since this document began. */
static void take_notes(struct od_document *document)
{
	struct od_symbolizer *symbolizer = document->tools.symbolizer;
	const char *note;

	for (size_t i = document->old_notes; (note = od_symbolizer_note(symbolizer, i)); i++) {
		const struct od_diagnostic warning = {OD_DIAGNOSTIC_WARNING, 0, od_str_from(note)};
		take_diagnostic(document, &warning);
	}
}

od_status od_document_create(struct od_trail *trail, const struct od_document_tools *tools, struct od_document **ret)
{
	struct od_document *document = calloc(1, sizeof(*document));
	if (!document || !(document->arena = od_arena_create(0))) {
		od_document_destroy(document);
		return od_fail(trail, OD_ERR_NOMEM, "out of memory");
	}
	struct od_parser_sink sink = {document, take_event, take_module_line, take_diagnostic};
	document->tools = *tools;
	while (od_symbolizer_note(tools->symbolizer, document->old_notes))
		document->old_notes += 1;
	od_status status = od_parser_create(trail, &sink, &document->parser);
	if (status != OD_OK) {
		od_document_destroy(document);
		return status;
	}
	od_parser_lend_scanner(document->parser, tools->scanner);
	tools->renderer->begin(&document->out, tools->options);
	*ret = document;
	return OD_OK;
}

void od_document_destroy(struct od_document *document)
{
	if (!document)
		return;
	od_parser_destroy(document->parser);
	od_arena_destroy(document->arena);
	od_buf_deinit(&document->out);
	free(document);
}

bool od_document_feed(struct od_document *document, struct od_str bytes)
{
	od_parser_feed(document->parser, bytes);
	return !document->stopped;
}

bool od_document_is_settled(const struct od_document *document)
{
	return od_parser_is_settled(document->parser);
}

uint64_t od_document_lines(const struct od_document *document)
{
	return od_parser_source(document->parser).lines;
}

uint64_t od_document_bytes(const struct od_document *document)
{
	return od_parser_source(document->parser).bytes;
}

uint64_t od_document_finish(struct od_document *document, const struct od_source *origin, const char *failure)
{
	document->ending = true;
	od_parser_finish(document->parser);
	if (failure) {
		struct od_diagnostic error = {OD_DIAGNOSTIC_ERROR, od_document_lines(document), od_str_from(failure)};
		take_diagnostic(document, &error);
	}
	take_notes(document);
	struct od_source source = od_parser_source(document->parser);
	source.path = origin->path;
	source.compression = origin->compression;
	if (origin->format)
		source.format = origin->format;
	const struct od_document_end end = {
		.source = &source,
		.module_lines = document->module_lines.items,
		.module_line_count = document->module_lines.count,
		.diagnostics = document->diagnostics.items,
		.diagnostic_count = document->diagnostics.count,
		.event_count = document->events,
	};
	document->tools.renderer->end(&document->out, document->tools.options, &end);
	flush(document);
	return document->events;
}
