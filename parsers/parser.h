// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * From bytes to events. The only door to the parsers.
 *
 * The parser is fed chunks of a log, of any size, and calls back for each event as it closes,
 * in the order in which they close. Memory holds open events and a bounded table of earlier
 * ones, however long the log. It never fails on input: what is wrong with a report is in the
 * event's integrity. One thread at a time.
 */
#ifndef OD_PARSERS_PARSER_H
#define OD_PARSERS_PARSER_H

#include "core/model.h"
#include "core/status.h"

struct od_parser;
struct od_scanner;

/* What the parser delivers. Any member may be NULL. */
struct od_parser_sink {
	void *user;
	/* Ownership of the event passes to the callee. */
	void (*event)(void *user, struct od_event *event);
	/* Borrowed for the call. */
	void (*module_line)(void *user, const struct od_module_line *line);
	void (*diagnostic)(void *user, const struct od_diagnostic *diagnostic);
};

od_status od_parser_create(struct od_trail *trail, const struct od_parser_sink *sink, struct od_parser **ret);
void od_parser_destroy(struct od_parser *parser);

/*
 * Lends a scanner (parsers/scan.h), which must outlive the parser: quiet lines are then passed over early on.
 * Without one, the parser makes its own when the log turns out to be long.
 */
void od_parser_lend_scanner(struct od_parser *parser, struct od_scanner *scanner);

/* Takes the next bytes of the log; they are not kept. Calls the sink. */
void od_parser_feed(struct od_parser *parser, struct od_str bytes);

/* The end of the log: closes what is open. Nothing may be fed afterwards. */
void od_parser_finish(struct od_parser *parser);

/*
 * True when no report is open and the last one ended with its end marker or its last usual
 * line: what an interactive paste waits for.
 */
bool od_parser_is_settled(const struct od_parser *parser);

/* Lines, bytes and the recognised format so far (path and compression are the caller's). */
struct od_source od_parser_source(const struct od_parser *parser);

#endif
