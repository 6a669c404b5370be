// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * The containers behind parsers/unpack.h: what each remembers between lines, and the way out.
 * One thread at a time; everything is bounded.
 */
#ifndef OD_PARSERS_CONTAINERS_H
#define OD_PARSERS_CONTAINERS_H

#include "parsers/unpack.h"

enum {
	OD_MESSAGE_LIMIT = 64 * 1024,	/* bytes of one message that are kept together */
	OD_KMSG_PENDING = 8,		/* netconsole messages whose fragments are still coming */
	OD_KMSG_LIMIT = 8 * 1024,	/* bytes of one such message */
};

/* Where a container hands its messages on. */
struct od_outlet {
	od_piece_fn fn;
	void *user;
};

/*
 * Hands on a message, line by line. `raw` is the line of the input that holds it; empty: it is
 * no line of its own, and the text stands for it.
 */
void od_outlet_text(const struct od_outlet *outlet, const struct od_origin *origin, struct od_str text,
		    uint64_t line, struct od_str raw);

/* input_json.c: any JSON text. Initialise with {0}. */
struct od_json {
	bool active;
	unsigned depth;			/* of open objects and arrays */
	uint64_t objects;		/* bit n: what is open at depth n is an object */
	enum { OD_JSON_BETWEEN, OD_JSON_STRING, OD_JSON_ESCAPE, OD_JSON_UNICODE, OD_JSON_WORD } state;
	bool wants_key;			/* the next string is one */
	bool is_message;		/* the string that is open is text of a log */
	bool bytes;			/* the array that is open holds the bytes of a message */
	unsigned digits, code, high;	/* of \uXXXX */
	char key[40];
	struct od_buf token;		/* the string or word that is open, when it is no message */
	bool has_text;			/* the object that is open has a message, which may be empty */
	struct od_buf text;		/* the message of the object that is open */
	struct od_buf text_raw;		/* the line of the input that it stands in */
	uint64_t text_line;
	struct od_origin origin;
	const struct od_outlet *outlet;	/* of the call that runs */
	const struct od_line *line;	/* likewise */
};

/* Takes the line, if it is JSON or continues it. */
bool od_json_line(struct od_json *json, const struct od_outlet *outlet, const struct od_line *line);
void od_json_finish(struct od_json *json, const struct od_outlet *outlet);
void od_json_deinit(struct od_json *json);

/* input_export.c: journalctl -o export. Initialise with {0}. */
struct od_export {
	bool active;
	enum { OD_EXPORT_FIELD, OD_EXPORT_LENGTH, OD_EXPORT_BINARY } state;
	struct od_buf field;		/* the line, or the value of a binary field */
	char name[40];
	unsigned length_bytes;
	uint64_t left;			/* bytes of the binary field, its line end included */
	struct od_buf message;
	uint64_t message_line;
	bool message_is_line;		/* the message stands in one line of the input */
	struct od_origin origin;
};

bool od_export_line(struct od_export *export, const struct od_outlet *outlet, const struct od_line *line);
void od_export_finish(struct od_export *export, const struct od_outlet *outlet);
void od_export_deinit(struct od_export *export);

/* A netconsole message of which fragments are missing. */
struct od_kmsg_pending {
	bool used;
	uint64_t sequence, total, have, line;
	struct od_origin origin;
	struct od_buf text;		/* `total` bytes, those that did not come yet are 0 */
	struct od_buf raw;
};

/* input_kmsg.c: /dev/kmsg and extended netconsole. Initialise with {0}. */
struct od_kmsg {
	bool in_dictionary;		/* the line before was a record, or one of its " KEY=value" */
	struct od_buf held;		/* a record that may go on: flag 'c' before 4.10 */
	struct od_buf held_raw;
	uint64_t held_line;
	struct od_origin held_origin;
	struct od_buf scratch;
	struct od_kmsg_pending pending[OD_KMSG_PENDING];
	unsigned next;			/* the one that makes room */
};

bool od_kmsg_line(struct od_kmsg *kmsg, const struct od_outlet *outlet, const struct od_line *line);
void od_kmsg_finish(struct od_kmsg *kmsg, const struct od_outlet *outlet);
void od_kmsg_deinit(struct od_kmsg *kmsg);

/* True when nothing is half read. */
bool od_kmsg_is_idle(const struct od_kmsg *kmsg);

/* input_quoted.c: quoted-printable. Initialise with {0}. */
struct od_quoted {
	bool declared;			/* a header of this part says so; holds until the next such header */
	bool guessed;			/* the text looks so */
	bool soft;			/* the line before ended in a soft break */
	struct od_buf joined;		/* lines that soft breaks divided */
	struct od_buf joined_raw;
	struct od_buf rest;		/* what stood behind an encoded line end, and goes on */
};

/* True when no line needs decoding. */
static inline bool od_quoted_is_idle(const struct od_quoted *quoted)
{
	return !quoted->declared && !quoted->guessed && !quoted->soft && !quoted->rest.len;
}

/* Asks a line that holds a '=' whether the text is quoted-printable. */
void od_quoted_guess(struct od_quoted *quoted, struct od_str line);

/* Decodes a line, as od_encoding_line() below. */
bool od_quoted_line(struct od_quoted *quoted, struct od_str *text, struct od_str *raw);

/* The end of the input: false when nothing was held. */
bool od_quoted_finish(struct od_quoted *quoted, struct od_str *text, struct od_str *raw);
void od_quoted_deinit(struct od_quoted *quoted);

/* input_html.c: tags. The stripped text borrows from `out`. */
bool od_html_has_tag(struct od_str text);
struct od_str od_html_strip(struct od_buf *out, struct od_str text);

/* input_literal.c: a text whose line ends are written "\n". The expanded text borrows from `out`. */
bool od_literal_has_breaks(struct od_str text);
struct od_str od_literal_expand(struct od_buf *out, struct od_str text);

/* input_lost.c: a report whose line ends were lost. The divided text borrows from `out`. */
enum { OD_LOST_FROM = 200 }; /* bytes: no shorter line is one */
bool od_lost_has_report(struct od_str text);
struct od_str od_lost_break(struct od_buf *out, struct od_str text);

/* input_numbered.c: numbers and file names before each line. Initialise with {0}. */
struct od_numbered {
	bool active;			/* lines are numbered so: */
	struct od_buf name;
	bool numbers;
	char style;
	uint64_t number;		/* of the line before */
	unsigned misses;		/* lines without a number since */
	bool holding;			/* a line waits for the next one to tell what it is */
	struct od_buf held;
	size_t held_mark;		/* bytes of it that are the number */
	uint64_t held_line;
};

/*
 * Takes the number off the text, a line of the input, after what was held is handed on. False: the line is held, and
 * comes out when it is known what it is.
 */
bool od_numbered_line(struct od_numbered *numbered, const struct od_outlet *outlet, struct od_str *text, uint64_t line);

/* True when the line, by how it begins, has no number, and none is waited for: nearly always. */
bool od_numbered_passes(const struct od_numbered *numbered, struct od_str text);

/* Hands on what is held, if the text is no line that it waits for. */
void od_numbered_prepare(struct od_numbered *numbered, const struct od_outlet *outlet, struct od_str text);

/* Hands on what is held. */
void od_numbered_flush(struct od_numbered *numbered, const struct od_outlet *outlet);
void od_numbered_deinit(struct od_numbered *numbered);

/* input_encoding.c: what mail and web pages do to text. Initialise with {0}. */
struct od_encoding {
	struct od_quoted quoted;
	bool plain;			/* the text of the line before is one line, without control characters */
	struct od_buf literal, html, scratch, lost;
};

/*
 * Undoes the encodings of a line of text. `raw` comes in as the line and goes out as all lines that
 * belong to it. False: the line goes on in the next one.
 */
bool od_encoding_line(struct od_encoding *encoding, struct od_str *text, struct od_str *raw);

/* The end of the input: false when nothing was held. */
bool od_encoding_finish(struct od_encoding *encoding, struct od_str *text, struct od_str *raw);
void od_encoding_deinit(struct od_encoding *encoding);

/* True when nothing is half read. */
static inline bool od_encoding_is_idle(const struct od_encoding *encoding)
{
	return od_quoted_is_idle(&encoding->quoted);
}

#endif
