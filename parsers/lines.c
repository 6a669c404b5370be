// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/lines.h"

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
