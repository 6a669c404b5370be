// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/margin.h"

#include <string.h>

void od_margin_deinit(struct od_margin *margin)
{
	od_buf_deinit(&margin->text);
	od_buf_deinit(&margin->raw);
}

static size_t name_length(struct od_str s)
{
	size_t len = 0;
	while (len < s.len && (od_is_digit(s.ptr[len]) || (s.ptr[len] >= 'a' && s.ptr[len] <= 'z') || (s.ptr[len] >= 'A' && s.ptr[len] <= 'Z') ||
			       s.ptr[len] == '-' || s.ptr[len] == '_' || s.ptr[len] == '.'))
		len++;
	return len;
}

/* ":", "[name]", "<name>", "name>", "name|". "name:" is none: so begin messages of drivers, and lines of change logs. */
size_t od_margin_of(struct od_str text)
{
	struct od_str rest = text;
	const bool square = od_scan_char(&rest, '['), angle = !square && od_scan_char(&rest, '<');
	const size_t name = name_length(rest);

	rest = od_str_from_index(rest, name);
	const bool closed = square	  ? od_scan_char(&rest, ']') :
			    angle || name ? od_scan_char(&rest, '>') || (!angle && od_scan_char(&rest, '|')) :
					    od_scan_char(&rest, ':');
	const bool named = name || !(square || angle);
	if (!closed || !named || !od_scan_char(&rest, ' ') || text.len - rest.len > OD_MARGIN_LONGEST)
		return 0;
	return text.len - rest.len;
}

void od_margin_suspect(struct od_margin *margin, const struct od_record *record, size_t len)
{
	memcpy(margin->candidate, record->text.ptr, len);
	margin->candidate_len = len;
	od_buf_clear(&margin->text);
	od_buf_clear(&margin->raw);
	od_buf_put(&margin->text, od_str_trim(od_str_from_index(record->text, len)));
	od_buf_put(&margin->raw, record->raw);
	margin->record = *record;
	margin->record.text = od_buf_str(&margin->text);
	margin->record.raw = od_buf_str(&margin->raw);
	margin->record.caller = margin->record.wall_time = (struct od_str){0};
}

/* An empty line has lost the blank behind the mark. */
static bool has_mark(struct od_str text, const char *mark, size_t len)
{
	return len && (od_str_starts(text, (struct od_str){mark, len}) || od_str_equal(text, (struct od_str){mark, len - 1}));
}

struct od_record *od_margin_take(struct od_margin *margin, struct od_record *record)
{
	const bool confirmed = has_mark(record->text, margin->candidate, margin->candidate_len);

	if (confirmed) {
		memcpy(margin->mark, margin->candidate, margin->candidate_len);
		margin->len = margin->candidate_len;
	}
	margin->candidate_len = 0;
	if (has_mark(record->text, margin->mark, margin->len))
		record->text = od_str_trim(od_str_from_index(record->text, margin->len < record->text.len ? margin->len : record->text.len));
	return confirmed ? &margin->record : NULL;
}
