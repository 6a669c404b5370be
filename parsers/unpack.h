// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * From lines of the input to lines of the log: unpacks the containers that messages come in.
 * A container (JSON, the journal's export format, /dev/kmsg records) is recognised by how a line
 * begins, at any place of the input; what is no container is text, of which encodings are undone
 * (quoted-printable, entities, Markdown escapes).
 *
 * Bounded memory, whatever the input. One thread at a time.
 */
#ifndef OD_PARSERS_UNPACK_H
#define OD_PARSERS_UNPACK_H

#include "parsers/lines.h"
#include "parsers/record.h"

/* What a container says of a message, in storage of its own. */
struct od_origin {
	const char *format;	/* static */
	int level;		/* 0..7, or OD_LEVEL_UNKNOWN */
	struct od_num time_usec;
	char caller[16], wall_time[40], release[64];
	bool other;		/* the message is of another program than the kernel */
	bool kernel;		/* and this one is the kernel's for sure */
};

extern const struct od_origin od_origin_none;

/*
 * Notes a field by its name in journalctl -o json and export (systemd.journal-fields(7)), in
 * dmesg --json, or in container logs ("time"). Unknown names are ignored.
 */
void od_origin_field(struct od_origin *origin, struct od_str name, struct od_str value);

/* One line of the log. Everything is borrowed for the call. */
struct od_piece {
	struct od_str text;		/* for od_record_parse() */
	struct od_str raw;		/* the line of the input, or the text where that is no line of its own */
	uint64_t line;
	bool shares_raw;		/* raw is the whole line of the input: other pieces of it have the same */
	bool plain;			/* the text holds no control characters for sure */
	const struct od_origin *origin;
};

typedef void (*od_piece_fn)(void *user, const struct od_piece *piece);

struct od_unpacker;

/* NULL: out of memory. */
struct od_unpacker *od_unpacker_create(od_piece_fn fn, void *user);
void od_unpacker_destroy(struct od_unpacker *unpacker);

/* Takes the next line, or part of one, and calls back for what it holds. */
void od_unpacker_line(struct od_unpacker *unpacker, const struct od_line *line);

/* The end of the input: hands on what was half read. */
void od_unpacker_finish(struct od_unpacker *unpacker);

/* True when a line can be read past without a look at it: no container needs it. */
bool od_unpacker_is_idle(const struct od_unpacker *unpacker);

/* How many lines were too long to be read to their end. */
uint64_t od_unpacker_cut_lines(const struct od_unpacker *unpacker);

#endif
