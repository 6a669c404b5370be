// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/lines.h"

#include "parsers/scan.h"

void od_lines_deinit(struct od_lines *lines)
{
	od_buf_deinit(&lines->carry);
}

static void emit(struct od_lines *lines, struct od_str text, bool more, od_line_fn fn, void *user)
{
	const struct od_line line = {text, lines->lines + 1, lines->rest, more};
	fn(user, &line);
	lines->rest = more;
	lines->lines += !more;
}

/* Hands on what is carried, up to the last carriage return in it, and keeps what is behind. */
static void emit_part(struct od_lines *lines, od_line_fn fn, void *user)
{
	struct od_str carried = od_buf_str(&lines->carry);
	ptrdiff_t at = od_str_find_last_char(carried, '\r');
	size_t len = at < 0 ? carried.len : (size_t)at + 1;

	emit(lines, od_str_first(carried, len), true, fn, user);
	lines->carry.len -= len;
	if (lines->carry.len)
		memmove(lines->carry.data, lines->carry.data + len, lines->carry.len);
}

static void carry(struct od_lines *lines, struct od_str part, od_line_fn fn, void *user)
{
	while (lines->carry.len + part.len > OD_LINE_LIMIT) {
		size_t room = OD_LINE_LIMIT - lines->carry.len;
		od_buf_put(&lines->carry, od_str_first(part, room));
		part = od_str_from_index(part, room);
		emit_part(lines, fn, user);
	}
	od_buf_put(&lines->carry, part);
	lines->open = true;
}

static void emit_carried(struct od_lines *lines, od_line_fn fn, void *user)
{
	emit(lines, od_buf_str(&lines->carry), false, fn, user);
	od_buf_clear(&lines->carry);
	lines->open = false;
}

struct od_str od_lines_skip(struct od_lines *lines, struct od_str chunk, size_t len)
{
	struct od_str skipped = od_str_first(chunk, len);
	lines->bytes += skipped.len;
	lines->lines += od_count_lines(skipped);
	return od_str_from_index(chunk, len);
}

struct od_str od_lines_feed_one(struct od_lines *lines, struct od_str chunk, od_line_fn line, void *user)
{
	ptrdiff_t end = od_str_find_char(chunk, '\n');
	size_t len = end < 0 ? chunk.len : (size_t)end + 1;
	od_lines_feed(lines, od_str_first(chunk, len), line, user);
	return od_str_from_index(chunk, len);
}

void od_lines_feed(struct od_lines *lines, struct od_str chunk, od_line_fn line, void *user)
{
	lines->bytes += chunk.len;
	while (chunk.len) {
		ptrdiff_t end = od_str_find_char(chunk, '\n');
		if (end < 0) {
			carry(lines, chunk, line, user);
			return;
		}
		struct od_str part = od_str_first(chunk, (size_t)end);
		chunk = od_str_from_index(chunk, (size_t)end + 1);
		if (lines->open || part.len > OD_LINE_LIMIT) {
			carry(lines, part, line, user);
			emit_carried(lines, line, user);
		} else {
			emit(lines, part, false, line, user);
		}
	}
}

void od_lines_finish(struct od_lines *lines, od_line_fn line, void *user)
{
	if (lines->open)
		emit_carried(lines, line, user);
}
