// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/parser.h"

#include <stdio.h>

#include "parsers/formats.h"
#include "parsers/headers.h"
#include "parsers/history.h"
#include "parsers/join.h"
#include "parsers/ksymoops.h"
#include "parsers/lines.h"
#include "parsers/margin.h"
#include "parsers/module_lines.h"
#include "parsers/order.h"
#include "parsers/scan.h"
#include "parsers/unmix.h"
#include "parsers/unpack.h"

enum {
	STREAM_LIMIT = 64,	/* printk callers that are told apart at a time */
	STALE_LINES = 4096,	/* a report that got no line for so long is over */
	SCAN_FROM = 256 * 1024,	/* bytes of a log from which on compiling the scanner pays */
	SCAN_LENT_FROM = 8192,	/* the beginning may be the rest of a report, which no trigger tells of */
};

/* The records of one printk caller; the first stream is of records that name none. */
struct stream {
	char caller[16];
	uint64_t last_line;
	struct od_builder builder;
	struct stream *host;	/* whose report this caller adds its stack to; NULL: none */
	uint64_t host_first;	/* the first line of that report */
};

struct od_parser {
	struct od_parser_sink sink;
	struct od_lines lines;
	struct od_str chunk;	/* what od_parser_feed() was given */
	struct od_unpacker *unpacker;
	struct od_join join;
	struct od_scanner *scanner;	/* NULL: not yet, or never */
	bool scanner_tried, scanner_lent;
	struct od_buf scratch;
	struct od_index index;
	struct od_carriers carriers;
	struct od_grams module_lines;
	struct od_boot boot;
	struct od_history history;
	struct od_unmix mix;	/* of the first stream */
	struct stream streams[STREAM_LIMIT];
	size_t stream_count;
	char caller[16];	/* of the record before… */
	bool prefix_alone;	/* …which had no text */
	bool any_event;
	struct od_order order;
	struct od_formats formats;
	struct od_margin margin;
};

static void take_event(void *user, struct od_event *event)
{
	struct od_parser *parser = user;
	parser->any_event = true;
	parser->boot.arch = event->arch ? event->arch : parser->boot.arch;
	if (od_history_is_full(&parser->history)) {
		struct od_event *oldest = od_history_next(&parser->history, UINT64_MAX);
		parser->sink.event ? parser->sink.event(parser->sink.user, oldest) : od_event_destroy(oldest);
	}
	od_history_add(&parser->history, event);
}

static struct stream *add_stream(struct od_parser *parser, struct od_str caller)
{
	struct stream *stream = &parser->streams[parser->stream_count++];
	*stream = (struct stream){0};
	od_str_copy_to(caller, stream->caller, sizeof(stream->caller));
	od_builder_init(&stream->builder, &parser->index, &parser->boot, take_event, parser);
	return stream;
}

static bool take_rival(void *user, const struct od_record *record, bool named)
{
	struct od_parser *parser = user;
	const struct od_builder *builder = &parser->streams[0].builder;
	return od_unmix_begin(&parser->mix, record, named, od_buf_str(&builder->raw), builder->in_trace);
}

static void take_piece(void *user, const struct od_piece *piece);

od_status od_parser_create(struct od_trail *trail, const struct od_parser_sink *sink, struct od_parser **ret)
{
	struct od_parser *parser = calloc(1, sizeof(*parser));
	if (parser)
		parser->unpacker = od_unpacker_create(take_piece, parser);
	if (!parser || !parser->unpacker) {
		free(parser);
		return od_fail(trail, OD_ERR_NOMEM, "out of memory");
	}
	if (!od_builder_index(&parser->index) || !od_carriers_init(&parser->carriers) ||
	    !od_module_lines_init(&parser->module_lines)) {
		od_parser_destroy(parser);
		return od_fail(trail, OD_ERR_UNSUPPORTED, "the tables of reports are larger than their index");
	}
	parser->sink = *sink;
	od_history_init(&parser->history);
	add_stream(parser, OD_STR(""))->builder.rival = take_rival;
	*ret = parser;
	return OD_OK;
}

void od_parser_destroy(struct od_parser *parser)
{
	if (!parser)
		return;
	for (size_t i = 0; i < parser->stream_count; i++)
		od_builder_deinit(&parser->streams[i].builder);
	od_history_deinit(&parser->history);
	od_unmix_deinit(&parser->mix);
	od_lines_deinit(&parser->lines);
	od_unpacker_destroy(parser->unpacker);
	od_join_deinit(&parser->join);
	od_margin_deinit(&parser->margin);
	if (!parser->scanner_lent)
		od_scanner_destroy(parser->scanner);
	od_buf_deinit(&parser->scratch);
	free(parser);
}

void od_parser_lend_scanner(struct od_parser *parser, struct od_scanner *scanner)
{
	parser->scanner = scanner;
	parser->scanner_tried = parser->scanner_lent = scanner != NULL;
}

/* Where the earliest report that is still open begins. */
static uint64_t horizon(const struct od_parser *parser)
{
	uint64_t first = UINT64_MAX;
	for (size_t i = 0; i < parser->stream_count; i++) {
		const struct od_event *event = parser->streams[i].builder.event;
		if (event && event->span.first < first)
			first = event->span.first;
	}
	return first;
}

static void hand_on(struct od_parser *parser)
{
	struct od_event *event;
	if (!parser->history.pending_count)
		return;
	uint64_t limit = horizon(parser);
	while ((event = od_history_next(&parser->history, limit)))
		parser->sink.event ? parser->sink.event(parser->sink.user, event) : od_event_destroy(event);
}

/* What has no head is a report only where the log holds no other, of whatever caller. */
static void close_stream(struct od_parser *parser, struct stream *stream, bool cut)
{
	stream->builder.delivered |= parser->any_event;
	od_builder_close(&stream->builder, cut);
}

/* Those that have their name come first. */
static void close_all(struct od_parser *parser, bool cut)
{
	for (int named = 1; named >= 0; named--)
		for (size_t i = 0; i < parser->stream_count; i++)
			if (parser->streams[i].builder.named == named)
				close_stream(parser, &parser->streams[i], cut);
}

static void close_stale(struct od_parser *parser, uint64_t line)
{
	for (size_t i = 0; i < parser->stream_count; i++)
		if (parser->streams[i].builder.event && line - parser->streams[i].last_line > STALE_LINES)
			close_stream(parser, &parser->streams[i], true);
}

/* The caller that was silent longest makes room. */
static struct stream *recycle_stream(struct od_parser *parser, struct od_str caller)
{
	size_t oldest = 1;
	for (size_t i = 2; i < parser->stream_count; i++)
		if (parser->streams[i].last_line < parser->streams[oldest].last_line)
			oldest = i;
	struct stream *stream = &parser->streams[oldest];
	close_stream(parser, stream, true);
	stream->host = NULL;
	od_str_copy_to(caller, stream->caller, sizeof(stream->caller));
	return stream;
}

static struct stream *find_stream(struct od_parser *parser, struct od_str caller)
{
	if (!caller.len)
		return &parser->streams[0];
	for (size_t i = 1; i < parser->stream_count; i++)
		if (od_str_equal(caller, od_str_from(parser->streams[i].caller)))
			return &parser->streams[i];
	return parser->stream_count < STREAM_LIMIT ? add_stream(parser, caller) : recycle_stream(parser, caller);
}

static void give(struct stream *stream, const struct od_record *record)
{
	od_builder_record(&stream->builder, record);
	stream->last_line = record->line;
}

/* Gives the records that were held to the reports of two CPUs that they are of, which are marked: nothing of it is sure. */
static void divide_mix(struct od_parser *parser)
{
	struct od_unmix *mix = &parser->mix;
	struct stream *first = &parser->streams[0];
	bool second[OD_UNMIX_RECORDS];

	if (!mix->holding)
		return;
	bool mixed = od_unmix_divide(mix, &parser->carriers, second, NULL);
	struct stream *other = mixed ? find_stream(parser, OD_STR("~")) : first;
	if (mixed)
		od_builder_flag(&first->builder, OD_INTEGRITY_INTERLEAVED);
	first->builder.rival = NULL;
	for (size_t i = 0; i < mix->count; i++) {
		give(mixed && second[i] ? other : first, &mix->records[i]);
		if (mixed && !i && other->builder.event)
			od_builder_flag(&other->builder, OD_INTEGRITY_INTERLEAVED);
	}
	first->builder.rival = take_rival;
	if (mixed)
		od_builder_close(&other->builder, true);
	od_unmix_clear(mix);
}

/* While the reports of two CPUs are held, records without a caller are held too. */
static void offer_to_mix(struct od_parser *parser, struct stream *stream, const struct od_record *record)
{
	struct od_unmix *mix = &parser->mix;
	bool ours = stream == &parser->streams[0] && mix->holding;

	if (!ours || !od_unmix_add(mix, &parser->index, record)) {
		if (ours)
			divide_mix(parser);
		give(stream, record);
	} else if (od_unmix_is_over(mix, &parser->carriers)) {
		divide_mix(parser);
	}
}

/* "Linux version 6.1.0 (…) #1 SMP …": a boot begins, and tells the release of all that follows. */
static void take_banner(struct od_parser *parser, const struct od_record *record)
{
	struct od_str rest = record->text, release;

	if (!parser->boot.release[0] && od_ksymoops_release(rest, &release))
		od_str_copy_to(release, parser->boot.release, sizeof(parser->boot.release));
	if (!od_scan_literal(&rest, "Linux version ") || !od_scan_word(&rest, &release))
		return;
	divide_mix(parser);
	if (find_stream(parser, record->caller)->builder.in_xmon)
		return; /* prints the banner too */
	close_all(parser, true);
	hand_on(parser);
	od_history_boot(&parser->history);
	parser->boot.arch = NULL;
	ptrdiff_t at = od_str_find(rest, OD_STR(" #"));
	struct od_str version = at < 0 ? (struct od_str){0} : od_str_from_index(rest, (size_t)at + 1);
	snprintf(parser->boot.release, sizeof(parser->boot.release), "%.*s", OD_FMT(release));
	snprintf(parser->boot.version, sizeof(parser->boot.version), "%.*s", OD_FMT(version));
}

/*
 * "** 12 printk messages dropped ** text" (kernel/printk/printk.c): up to 4.14 without a line end.
 * Takes the notice off the text.
 */
static void take_lost_notice(struct od_parser *parser, struct od_record *record)
{
	struct od_str rest = record->text;
	uint64_t count;

	if (!od_scan_literal(&rest, "** ") || !od_scan_u64(&rest, &count) ||
	    !od_scan_literal(&rest, " printk messages dropped **"))
		return;
	record->text = od_str_trim(rest);
	for (size_t i = 0; i < parser->stream_count; i++)
		if (parser->streams[i].builder.event)
			od_builder_flag(&parser->streams[i].builder, OD_INTEGRITY_MESSAGES_LOST);
}

static bool has_header(const struct od_parser *parser, struct od_str text)
{
	struct od_die_line die;
	struct od_str rest;
	return text.len && (od_header_find(&parser->index, text, &rest) || od_scan_die_line(text, &die));
}

/* The stream whose report asked other CPUs for their stacks. */
static struct stream *find_host(struct od_parser *parser)
{
	for (size_t i = 0; i < parser->stream_count; i++)
		if (parser->streams[i].builder.event && parser->streams[i].builder.expects_nmi)
			return &parser->streams[i];
	return NULL;
}

/*
 * Who gets a record of this stream. "NMI backtrace for cpu 0" is printed by CPU 0, as its own caller, but
 * belongs to the report of the CPU that sent the NMI.
 */
static struct stream *resolve_host(struct od_parser *parser, struct stream *stream, const struct od_record *record)
{
	if (!stream->builder.event && !stream->host && od_str_starts(record->text, OD_STR("NMI backtrace for cpu "))) {
		stream->host = find_host(parser);
		stream->host_first = stream->host ? stream->host->builder.event->span.first : 0;
	}
	struct stream *host = stream->host;
	if (!host)
		return stream;
	const struct od_event *event = host->builder.event;
	if (event && event->span.first == stream->host_first && !has_header(parser, record->text))
		return host;
	stream->host = NULL;
	return stream;
}

static void take_record(struct od_parser *parser, struct od_record *record)
{
	struct od_module_line module_line;

	od_formats_count(&parser->formats, record->format);
	od_order_note(&parser->order, record->time_usec);
	if (!parser->boot.first_line && (record->time_usec.known || record->format || record->level != OD_LEVEL_UNKNOWN))
		parser->boot.first_line = record->line;
	take_banner(parser, record);
	take_lost_notice(parser, record);
	if (od_module_line_find(&parser->module_lines, record, &module_line) && parser->sink.module_line)
		parser->sink.module_line(parser->sink.user, &module_line);

	offer_to_mix(parser, resolve_host(parser, find_stream(parser, record->caller), record), record);
}

/* What the container says of a record that does not say it itself. */
static void apply_origin(struct od_parser *parser, const struct od_origin *origin, struct od_record *record)
{
	if (record->level == OD_LEVEL_UNKNOWN)
		record->level = origin->level;
	if (!record->time_usec.known)
		record->time_usec = origin->time_usec;
	if (!record->wall_time.len)
		record->wall_time = od_str_from(origin->wall_time);
	if (!record->caller.len)
		record->caller = od_str_from(origin->caller);
	if (origin->format)
		record->format = origin->format;
	if (origin->release[0] && !parser->boot.release[0])
		snprintf(parser->boot.release, sizeof(parser->boot.release), "%s", origin->release);
}

/*
 * dmesg and journalctl print the prefix of a record once: its further lines are indented, and of the same
 * caller.
 */
static void inherit_caller(struct od_parser *parser, struct od_record *record)
{
	bool bare = !record->caller.len && !record->time_usec.known && !record->format && record->level == OD_LEVEL_UNKNOWN;

	/* a prefix alone: what belongs to it was wrapped into the next line */
	if (bare && (record->indent || parser->prefix_alone) && parser->caller[0])
		record->caller = od_str_from(parser->caller);
	else
		od_str_copy_to(record->caller, parser->caller, sizeof(parser->caller));
	parser->prefix_alone = !bare && !record->text.len;
}

static void release_held(struct od_parser *parser)
{
	if (parser->join.held)
		take_record(parser, od_join_release(&parser->join));
}

/* Not "[guest0/uart0]" or "|", which some programs put in front of every line. */
static bool begins_with_word(struct od_str text)
{
	return text.len && text.ptr[0] != '[' && text.ptr[0] != '|';
}

static bool lies_in(struct od_str whole, struct od_str part)
{
	const uintptr_t from = (uintptr_t)part.ptr, first = (uintptr_t)whole.ptr;
	return !part.len || (from >= first && from + part.len <= first + whole.len);
}

/* What borrows from the input alone stays where it is as long as that does; anything else may change with the next line. */
static void hold(struct od_parser *parser, const struct od_record *record)
{
	od_join_hold(&parser->join, record);
	if (!lies_in(parser->chunk, record->text) || !lies_in(parser->chunk, record->raw) ||
	    !lies_in(parser->chunk, record->caller) || !lies_in(parser->chunk, record->wall_time))
		od_join_keep(&parser->join);
}

/*
 * A record that may go on in the next line waits for it. Of the records that share a line only the first one can go on with
 * the line before, and only the last one in the line behind.
 */
static void offer_record(struct od_parser *parser, struct od_record *record, bool is_first, bool is_last)
{
	if (is_first && (is_last || begins_with_word(record->text)) && parser->join.held && od_join_add(&parser->join, &parser->index, record, is_last))
		return;
	release_held(parser);
	if (is_last && od_join_may_go_on(&parser->join, record))
		hold(parser, record);
	else
		take_record(parser, record);
}

/* What no format is known for, before a line that names a report: the line before is read again where this one shows it had that, too. */
static void take_margin(struct od_parser *parser, struct od_record *record)
{
	if (record->time_usec.known || record->format)
		return;
	struct od_record *before = od_margin_take(&parser->margin, record);
	if (before) {
		release_held(parser);
		offer_record(parser, before, true, true);
	}
	const size_t len = parser->streams[0].builder.event ? 0 : od_margin_of(record->text);
	if (len && has_header(parser, od_str_trim(od_str_from_index(record->text, len))))
		od_margin_suspect(&parser->margin, record, len);
}

/* Of a line without line ends, as much as holds the next record: a time in it may be that of its own prefix. */
static struct od_str one_of_many(struct od_str text)
{
	ptrdiff_t first = od_record_find_inner(text);
	if (first < 0)
		return text;
	ptrdiff_t second = od_record_find_inner(od_str_from_index(text, (size_t)first));
	return second < 0 ? text : od_str_first(text, (size_t)(first + second));
}

static struct od_str from_pointer(struct od_str text, const char *from)
{
	return od_str_from_index(text, (size_t)(from - text.ptr));
}

/* One line is one record, unless two writers shared the console, or the line ends were lost. */
static void take_piece(void *user, const struct od_piece *piece)
{
	struct od_parser *parser = user;
	struct od_str text = piece->text;
	struct od_record record;
	size_t width = 0;

	for (size_t parts = 0;; parts++) {
		struct od_str part = parts < 2 ? text : one_of_many(text);
		if (piece->plain)
			od_record_parse_plain(&parser->carriers, part, piece->line, &record);
		else
			od_record_parse(&parser->carriers, part, piece->line, &parser->scratch, &record);
		record.width = width = parts ? width : record.raw.len;
		record.raw = piece->raw;
		record.shares_raw = piece->shares_raw || parts;
		if (piece->origin != &od_origin_none)
			apply_origin(parser, piece->origin, &record);
		inherit_caller(parser, &record);
		take_margin(parser, &record);
		ptrdiff_t inner = od_record_find_inner(record.text);
		struct od_str rest = inner < 0 ? (struct od_str){0} : od_str_from_index(record.text, (size_t)inner);
		if (inner >= 0)
			record.text = od_str_trim(od_str_first(record.text, (size_t)inner));
		if (part.len < text.len)
			rest = from_pointer(text, rest.len ? rest.ptr : part.ptr + part.len);
		if (rest.len)
			record.text = od_record_without_prefix_behind(record.text);
		offer_record(parser, &record, !parts, !rest.len);
		if (!rest.len)
			break;
		text = rest;
	}
}

static void take_line(void *user, const struct od_line *line)
{
	struct od_parser *parser = user;

	od_unpacker_line(parser->unpacker, line);
	if (line->number % STALE_LINES == 0)
		close_stale(parser, line->number);
	hand_on(parser);
}

/* Whether nothing but a trigger can matter: no report is open, and no line has begun. */
static bool is_idle(const struct od_parser *parser)
{
	for (size_t i = 0; i < parser->stream_count; i++)
		if (parser->streams[i].builder.event)
			return false;
	return !parser->lines.open && !parser->join.held && od_unpacker_is_idle(parser->unpacker);
}

static bool may_scan(struct od_parser *parser)
{
	if (parser->lines.bytes < (parser->scanner_lent ? SCAN_LENT_FROM : SCAN_FROM))
		return false;
	if (!parser->scanner_tried) {
		parser->scanner_tried = true;
		parser->scanner = od_scanner_create();
	}
	return parser->scanner != NULL;
}

/* Reads past the lines that hold no trigger; the last line of the bytes, which may go on, is left. */
static struct od_str skip_quiet_lines(struct od_parser *parser, struct od_str bytes)
{
	ptrdiff_t found = od_scanner_find(parser->scanner, bytes);
	struct od_str quiet = od_str_first(bytes, found < 0 ? bytes.len : (size_t)found);
	ptrdiff_t last_end = od_str_find_last_char(quiet, '\n');
	return last_end < 0 ? bytes : od_lines_skip(&parser->lines, bytes, (size_t)last_end + 1);
}

void od_parser_feed(struct od_parser *parser, struct od_str bytes)
{
	parser->chunk = bytes;
	while (bytes.len) {
		if (is_idle(parser) && may_scan(parser))
			bytes = skip_quiet_lines(parser, bytes);
		bytes = od_lines_feed_one(&parser->lines, bytes, take_line, parser);
	}
	od_join_keep(&parser->join);
	parser->chunk = (struct od_str){0};
}

static void warn(struct od_parser *parser, struct od_str text)
{
	const struct od_diagnostic diagnostic = {OD_DIAGNOSTIC_WARNING, 0, text};

	if (parser->sink.diagnostic)
		parser->sink.diagnostic(parser->sink.user, &diagnostic);
}

static void report_cut_lines(struct od_parser *parser)
{
	uint64_t cut = od_unpacker_cut_lines(parser->unpacker);
	char text[128];

	if (!cut)
		return;
	int len = snprintf(text, sizeof(text), "%llu lines are longer than %d bytes: what lies beyond was not read",
			   (unsigned long long)cut, OD_LINE_LIMIT);
	warn(parser, (struct od_str){text, (size_t)len});
}

/* A report's head comes behind its body there. */
static void report_reverse_order(struct od_parser *parser)
{
	if (od_order_is_reverse(&parser->order))
		warn(parser, OD_STR("the times go backwards: the newest line of this log comes first, and what is said of it is not to be trusted; "
				    "turn it around: tac FILE | oopsdecode decode"));
}

void od_parser_finish(struct od_parser *parser)
{
	od_lines_finish(&parser->lines, take_line, parser);
	od_unpacker_finish(parser->unpacker);
	release_held(parser);
	divide_mix(parser);
	close_all(parser, true);
	hand_on(parser);
	report_cut_lines(parser);
	report_reverse_order(parser);
}

bool od_parser_is_settled(const struct od_parser *parser)
{
	bool any = parser->any_event;
	for (size_t i = 0; i < parser->stream_count; i++) {
		const struct od_builder *builder = &parser->streams[i].builder;
		if (builder->event && !builder->ended)
			return false;
		any |= builder->event != NULL;
	}
	return any;
}

struct od_source od_parser_source(const struct od_parser *parser)
{
	const struct od_lines *lines = &parser->lines;
	return (struct od_source){.lines = lines->lines, .bytes = lines->bytes, .format = od_formats_commonest(&parser->formats)};
}
