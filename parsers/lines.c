// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/lines.h"

#include "parsers/scan.h"

void od_lines_deinit(struct od_lines *lines)
{
	od_buf_deinit(&lines->carry);
}

static void carry(struct od_lines *lines, struct od_str part)
{
	size_t room = OD_LINE_LIMIT - (lines->carry.len < OD_LINE_LIMIT ? lines->carry.len : OD_LINE_LIMIT);
	if (part.len > room && !lines->overlong) {
		lines->overlong = true;
		lines->cut++;
	}
	od_buf_put(&lines->carry, od_str_first(part, room));
	lines->open = true;
}

static void emit(struct od_lines *lines, struct od_str line, od_line_fn fn, void *user)
{
	if (line.len > OD_LINE_LIMIT) {
		line.len = OD_LINE_LIMIT;
		lines->cut++;
	}
	fn(user, line, ++lines->lines);
}

static void emit_carried(struct od_lines *lines, od_line_fn fn, void *user)
{
	emit(lines, od_buf_str(&lines->carry), fn, user);
	od_buf_clear(&lines->carry);
	lines->open = lines->overlong = false;
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
			carry(lines, chunk);
			return;
		}
		struct od_str part = od_str_first(chunk, (size_t)end);
		chunk = od_str_from_index(chunk, (size_t)end + 1);
		if (lines->open) {
			carry(lines, part);
			emit_carried(lines, line, user);
		} else {
			emit(lines, part, line, user);
		}
	}
}

void od_lines_finish(struct od_lines *lines, od_line_fn line, void *user)
{
	if (lines->open)
		emit_carried(lines, line, user);
}
