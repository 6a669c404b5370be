// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Containers and encodings: what comes out is bounded by what went in, belongs to a line of the input, and is the
 * same however the input is cut into chunks.
 */
#include "parsers/containers.h"
#include "tests/fuzz/bytes.h"

struct run {
	struct od_unpacker *unpacker;
	uint64_t lines, pieces, bytes, hash;
};

static void mix(struct run *run, struct od_str text)
{
	for (size_t i = 0; i < text.len; i++)
		run->hash = (run->hash ^ (unsigned char)text.ptr[i]) * 0x100000001b3;
	run->hash = (run->hash ^ text.len) * 0x100000001b3;
}

static void take_piece(void *user, const struct od_piece *piece)
{
	struct run *run = user;

	OD_LAW(piece->origin && piece->line >= 1 && piece->line <= run->lines);
	OD_LAW(piece->origin->level == OD_LEVEL_UNKNOWN || (piece->origin->level >= 0 && piece->origin->level <= 7));
	OD_LAW(memchr(piece->origin->caller, 0, sizeof(piece->origin->caller)));
	OD_LAW(memchr(piece->origin->wall_time, 0, sizeof(piece->origin->wall_time)));
	OD_LAW(memchr(piece->origin->release, 0, sizeof(piece->origin->release)));
	run->pieces++;
	run->bytes += piece->text.len;
	run->hash ^= piece->line;
	mix(run, piece->text);
	mix(run, piece->raw);
}

static void take_line(void *user, const struct od_line *line)
{
	struct run *run = user;

	run->lines = line->number;
	od_unpacker_line(run->unpacker, line);
}

static struct run unpack(struct od_str text, size_t chunk)
{
	struct run run = {0};
	struct od_lines lines = {0};

	run.unpacker = od_unpacker_create(take_piece, &run);
	OD_LAW(run.unpacker);
	for (; text.len; text = od_str_from_index(text, chunk))
		for (struct od_str part = od_str_first(text, chunk); part.len;)
			part = od_lines_feed_one(&lines, part, take_line, &run);
	od_lines_finish(&lines, take_line, &run);
	od_unpacker_finish(run.unpacker);
	od_unpacker_destroy(run.unpacker);
	od_lines_deinit(&lines);
	return run;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_bytes bytes = {data, size};
	size_t chunk = (size_t)fuzz_uint(&bytes, 1) * 4 + 1;
	struct od_str text = fuzz_text(bytes.data, bytes.size);
	struct run whole = unpack(text, text.len ? text.len : 1), chunks = unpack(text, chunk);

	/* a message of netconsole has the length that each of its fragments tells */
	OD_LAW(whole.bytes <= text.len + whole.lines * OD_KMSG_LIMIT);
	OD_LAW(whole.pieces <= text.len + 1);
	OD_LAW(whole.hash == chunks.hash && whole.pieces == chunks.pieces);
	return 0;
}
