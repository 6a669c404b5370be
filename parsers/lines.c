// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/lines.h"

#include "parsers/record.h"
#include "parsers/scan.h"

void od_lines_deinit(struct od_lines *lines)
{
	od_buf_deinit(&lines->carry);
}

static void emit(struct od_lines *lines, struct od_str text, bool more, bool cut, od_line_fn fn, void *user)
{
	const struct od_line line = {text, lines->lines + 1, lines->rest, more, cut};
	fn(user, &line);
	lines->rest = more;
	lines->lines += !more;
}

/* Up to where a line that is too long divides by itself: behind a carriage return or "\n", before a time. 0: nowhere. */
static size_t find_seam(struct od_str text)
{
	ptrdiff_t at = od_str_find_last_char(text, '\r');
	if (at >= 0)
		return (size_t)at + 1;
	for (size_t i = text.len - 1; i > 0; i--) {
		if (text.ptr[i] == 'n' && text.ptr[i - 1] == '\\')
			return i + 1;
		if (text.ptr[i] == '[' && od_record_begins_with_time(od_str_from_index(text, i)))
			return i;
	}
	return 0;
}

/* Hands on what is carried, up to the last seam in it, and keeps what is behind. */
static void emit_part(struct od_lines *lines, od_line_fn fn, void *user)
{
	struct od_str carried = od_buf_str(&lines->carry);
	size_t seam = find_seam(carried), len = seam ? seam : carried.len;

	emit(lines, od_str_first(carried, len), true, !seam, fn, user);
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
	emit(lines, od_buf_str(&lines->carry), false, false, fn, user);
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
	if (end < 0) {
		lines->bytes += chunk.len;
		carry(lines, chunk, line, user);
		return (struct od_str){0};
	}
	struct od_str part = od_str_first(chunk, (size_t)end);
	lines->bytes += part.len + 1;
	if (lines->open || part.len > OD_LINE_LIMIT) {
		carry(lines, part, line, user);
		emit_carried(lines, line, user);
	} else {
		emit(lines, part, false, false, line, user);
	}
	return od_str_from_index(chunk, part.len + 1);
}

void od_lines_finish(struct od_lines *lines, od_line_fn line, void *user)
{
	if (lines->open)
		emit_carried(lines, line, user);
}
