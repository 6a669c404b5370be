// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/record.h"

enum { PREFIX_LIMIT = 12 }; /* prefixes that one line may carry */

static const struct od_prefix *const tables[] = {
	od_prefixes_printk, od_prefixes_syslog, od_prefixes_quote, od_prefixes_pstore,
	od_prefixes_android, NULL,
};

bool od_carriers_init(struct od_carriers *carriers)
{
	size_t count = 0;
	*carriers = (struct od_carriers){0};
	for (size_t t = 0; tables[t]; t++) {
		for (const struct od_prefix *prefix = tables[t]; prefix->scan; prefix++, count++) {
			if (count == OD_CARRIER_ROWS)
				return false;
			carriers->row[count] = prefix;
			for (const char *c = prefix->first; *c; c++)
				carriers->first[(unsigned char)*c] |= (uint64_t)1 << count;
		}
	}
	return true;
}

/* Length of the ECMA-48 control sequence at the front of s (s begins with ESC), at least 1. */
static size_t escape_length(struct od_str s)
{
	if (s.len < 2 || (s.ptr[1] != '[' && s.ptr[1] != ']'))
		return s.len < 2 ? 1 : 2;
	for (size_t i = 2; i < s.len; i++) {
		unsigned char c = (unsigned char)s.ptr[i];
		if (s.ptr[1] == '[' ? c >= 0x40 && c <= 0x7e : c == 7)
			return i + 1;
	}
	return s.len;
}

static bool is_control(struct od_str s)
{
	char c = *s.ptr;
	return c == '\x1b' || c == '\0' || c == '\r';
}

/* Copies the line into scratch without escape sequences, NULs and carriage returns. */
static struct od_str strip_controls(struct od_str line, struct od_buf *scratch)
{
	od_buf_clear(scratch);
	while (line.len) {
		size_t run = 0;
		while (run < line.len && !is_control(od_str_from_index(line, run)))
			run++;
		od_buf_put(scratch, od_str_first(line, run));
		line = od_str_from_index(line, run);
		if (!line.len)
			break;
		line = od_str_from_index(line, *line.ptr == '\x1b' ? escape_length(line) : 1);
	}
	return od_buf_str(scratch);
}

static bool scan_prefix(const struct od_carriers *carriers, struct od_str *s, struct od_record *record)
{
	for (uint64_t left = carriers->first[(unsigned char)s->ptr[0]]; left; left &= left - 1) {
		const struct od_prefix *prefix = carriers->row[__builtin_ctzll(left)];
		if (!prefix->scan(s, record))
			continue;
		if (prefix->format && !record->format)
			record->format = prefix->format;
		return true;
	}
	return false;
}

/* Line ends as terminals, editors and Markdown show them: a carriage return, "^M", the pictures of U+240D and U+240A, " \". */
static bool drop_line_end(struct od_str *line)
{
	static const struct od_str ends[] = {OD_STR("\r"), OD_STR("^M"), OD_STR("\xe2\x90\x8d"), OD_STR("\xe2\x90\x8a"),
					     OD_STR(" \\")};
	const char last = line->len ? line->ptr[line->len - 1] : '\0';

	if (od_is_hex(last) || last == ' ' || last == ']') /* how most lines end */
		return false;
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		if (last != ends[i].ptr[ends[i].len - 1] || !od_str_ends(*line, ends[i]))
			continue;
		line->len -= ends[i].len;
		return true;
	}
	return false;
}

/* Field by field: GCC 12 clears a structure of this size by `rep stos`, which takes as long as all that follows. */
static void clear(struct od_record *record, uint64_t number)
{
	_Static_assert(offsetof(struct od_record, format) + sizeof(record->format) == sizeof(*record), "a field has no value");

	record->line = record->last_line = number;
	record->raw = record->text = record->wall_time = record->caller = (struct od_str){0};
	record->shares_raw = false;
	record->width = 0;
	record->quoted = 0;
	record->indent = 0;
	record->level = OD_LEVEL_UNKNOWN;
	record->time_usec = (struct od_num){0};
	record->format = NULL;
}

void od_record_parse_plain(const struct od_carriers *carriers, struct od_str s, uint64_t number, struct od_record *ret)
{
	clear(ret, number);
	while (drop_line_end(&s))
		;
	ret->raw = s;
	if (s.len && s.ptr[0] == '[' && od_scan_printk_time(&s, ret)) /* called by its name: the tables would come to it, too */
		ret->format = od_prefixes_printk[0].format;
	for (unsigned n = 0; n < PREFIX_LIMIT; n++) {
		struct od_str ahead = s;
		unsigned indent = (unsigned)od_scan_blanks(&ahead);
		if (!ahead.len || !scan_prefix(carriers, &ahead, ret)) {
			ret->indent = indent;
			break;
		}
		s = ahead;
	}
	ret->text = od_str_trim(s);
}

void od_record_parse(const struct od_carriers *carriers, struct od_str line, uint64_t number, struct od_buf *scratch,
		     struct od_record *ret)
{
	while (drop_line_end(&line))
		;
	od_record_parse_plain(carriers, od_str_has_any(line, '\x1b', '\0', '\r') ? strip_controls(line, scratch) : line, number, ret);
	ret->raw = line;
}

/* "[   12.345678]" at the front of s. */
static bool starts_with_time(struct od_str s)
{
	uint64_t seconds, fraction;
	if (!od_scan_char(&s, '['))
		return false;
	od_scan_blanks(&s);
	if (!od_scan_u64(&s, &seconds) || !od_scan_char(&s, '.'))
		return false;
	size_t before = s.len;
	return od_scan_u64(&s, &fraction) && before - s.len == 6 && od_scan_char(&s, ']');
}

bool od_record_begins_with_time(struct od_str s)
{
	uint64_t seconds;
	if (!od_scan_char(&s, '['))
		return false;
	od_scan_blanks(&s);
	return od_scan_u64(&s, &seconds) && od_scan_char(&s, '.') && s.len && od_is_digit(s.ptr[0]);
}

ptrdiff_t od_record_find_inner(struct od_str text)
{
	for (size_t at = 1; at < text.len; at++) {
		ptrdiff_t next = od_str_find_char(od_str_from_index(text, at), '[');
		if (next < 0)
			return -1;
		at += (size_t)next;
		if (starts_with_time(od_str_from_index(text, at)))
			return (ptrdiff_t)at;
	}
	return -1;
}

/* The last word of the text, which is taken off it with the blanks before it. */
static struct od_str take_last_word(struct od_str *text)
{
	size_t end = text->len, begin;
	for (begin = end; begin && !od_is_blank(text->ptr[begin - 1]); begin--)
		;
	struct od_str word = {text->ptr + begin, end - begin};
	*text = od_str_trim(od_str_first(*text, begin));
	return word;
}

/* "Nov", also behind the line that it was glued to. */
static bool cut_month(struct od_str *text)
{
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	for (size_t i = 0; text->len >= 3 && months[i]; i += 3) {
		if (memcmp(text->ptr + text->len - 3, months + i, 3) != 0)
			continue;
		*text = od_str_trim(od_str_first(*text, text->len - 3));
		return true;
	}
	return false;
}

struct od_str od_record_without_prefix_behind(struct od_str text)
{
	struct od_str rest = text;
	if (!od_str_ends(text, OD_STR(" kernel:")))
		return text;
	(void)take_last_word(&rest);
	(void)take_last_word(&rest); /* the host */
	struct od_str clock = take_last_word(&rest), day;
	if (od_str_find_char(clock, ':') != 2) /* the whole date, which no blank divides */
		return od_str_find_char(clock, 'T') > 0 ? rest : text;
	day = take_last_word(&rest);
	return day.len && day.len <= 2 && od_is_digit(day.ptr[0]) && cut_month(&rest) ? rest : text;
}

/* FNV-1a */
uint64_t od_record_hash(const struct od_record *record)
{
	uint64_t hash = 0xcbf29ce484222325 ^ (record->time_usec.known ? record->time_usec.value + 1 : 0);
	for (size_t i = 0; i < record->text.len; i++)
		hash = (hash ^ (unsigned char)record->text.ptr[i]) * 0x100000001b3;
	return hash ? hash : 1;
}
