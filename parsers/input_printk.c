// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * What printk itself and dmesg(1) put before a message: <level>, [time], [caller],
 * facility words and human times of dmesg -x, -T, -e, -d, --time-format iso (util-linux 2.38 and 2.40).
 */
#include "parsers/record.h"

/* Takes the one blank that follows a prefix; indentation beyond it belongs to the text. */
static void one_blank(struct od_str *s)
{
	od_scan_char(s, ' ');
}

static bool scan_level(struct od_str *s, struct od_record *record)
{
	struct od_str rest = *s;
	uint64_t level;
	if (!od_scan_char(&rest, '<') || !od_scan_u64(&rest, &level) || level > 191 || !od_scan_char(&rest, '>'))
		return false;
	*s = rest;
	record->level = (int)(level & 7);
	return true;
}

/* Seconds with exactly six decimals, as in "[   12.345678]". */
static bool scan_seconds(struct od_str *s, uint64_t *usec)
{
	enum { DIGITS = 6 };
	struct od_str rest = *s;
	uint64_t seconds, fraction = 0;
	size_t digits = 0;
	if (!od_scan_u64(&rest, &seconds) || !od_scan_char(&rest, '.') || seconds > UINT64_MAX / 2000000)
		return false;
	for (size_t limit = rest.len < DIGITS ? rest.len : DIGITS; digits < limit && od_is_digit(rest.ptr[digits]); digits++)
		fraction = fraction * 10 + (uint64_t)(rest.ptr[digits] - '0');
	while (digits >= DIGITS && digits < rest.len && od_is_digit(rest.ptr[digits]))
		digits++;
	if (!digits)
		return false;
	for (size_t missing = digits; missing < DIGITS; missing++)
		fraction *= 10;
	*usec = seconds * 1000000 + fraction;
	*s = od_str_from_index(rest, digits);
	return true;
}

static bool scan_caller_id(struct od_str *s, struct od_str *ret)
{
	struct od_str rest = *s;
	uint64_t number;
	if (!od_scan_char(&rest, '['))
		return false;
	od_scan_blanks(&rest);
	struct od_str start = rest;
	if ((!od_scan_char(&rest, 'T') && !od_scan_char(&rest, 'C')) || !od_scan_u64(&rest, &number))
		return false;
	struct od_str id = od_str_first(start, start.len - rest.len);
	if (!od_scan_char(&rest, ']'))
		return false;
	*ret = id;
	*s = rest;
	return true;
}

static bool scan_caller(struct od_str *s, struct od_record *record)
{
	if (!scan_caller_id(s, &record->caller))
		return false;
	one_blank(s);
	return true;
}

/* "[ 2]" at once behind the time: the CPU, as some vendors print it. */
static bool scan_glued_cpu(struct od_str *s)
{
	struct od_str rest = *s;
	uint64_t cpu;
	if (!od_scan_char(&rest, '[') || !od_scan_blanks(&rest) || !od_scan_u64(&rest, &cpu) || cpu > 4095 || !od_scan_char(&rest, ']'))
		return false;
	*s = rest;
	return true;
}

/* Blanks, also those that do not break and were taken for two characters of Latin-1, of which programs left "A ". */
static void scan_blanks(struct od_str *s)
{
	do
		od_scan_blanks(s);
	while (od_scan_literal(s, "A ") || od_scan_literal(s, "\xc3\x82 ") || od_scan_literal(s, "\xc3\x82\xc2\xa0"));
}

/* "[   12.345678]", "[   12.345678 <    0.000002>]", "[   12.345678 / 01-01 00:00:00.000]", "[12.345678@0]". */
bool od_scan_printk_time(struct od_str *s, struct od_record *record)
{
	struct od_str rest = *s, skipped;
	uint64_t usec;
	if (!od_scan_char(&rest, '['))
		return false;
	scan_blanks(&rest);
	if (!scan_seconds(&rest, &usec))
		return false;
	if (!od_scan_char(&rest, ']')) {
		if (!rest.len || (rest.ptr[0] != ' ' && rest.ptr[0] != '@') || !od_scan_until(&rest, ']', &skipped) ||
		    skipped.len > 40)
			return false;
		od_scan_char(&rest, ']');
	}
	if (!record->time_usec.known)
		record->time_usec = od_num(usec);
	if (od_str_starts(rest, OD_STR(": "))) /* as some loggers write it */
		od_scan_char(&rest, ':');
	(void)scan_glued_cpu(&rest);
	struct od_str next = rest;
	one_blank(&next);
	if (next.len && next.ptr[0] == '[' && scan_caller_id(&next, &record->caller))
		rest = next;
	one_blank(&rest);
	*s = rest;
	return true;
}

/* "[] fn+0x1/0x2": a browser took the address, not an author the time. */
static bool is_lost_address(struct od_str behind)
{
	struct od_str name;
	(void)od_scan_literal(&behind, "? ");
	return od_scan_symbol(&behind, &name) && od_str_starts(behind, OD_STR("+0x"));
}

/* "[ ] text", "[...] text", "[    ] text", "[] text": the author took the time out. */
static bool scan_blanked_time(struct od_str *s, struct od_record *record)
{
	struct od_str rest = *s;
	(void)record;
	if (!od_scan_char(&rest, '['))
		return false;
	size_t inside = 0;
	while (inside < rest.len && (rest.ptr[inside] == ' ' || rest.ptr[inside] == '.'))
		inside++;
	rest = od_str_from_index(rest, inside);
	if (!od_scan_literal(&rest, "] ") || !od_str_trim(rest).len || (!inside && is_lost_address(od_str_trim(rest))))
		return false;
	*s = rest;
	return true;
}

/* "407819.286867] ": the bracket that opened was not copied. */
static bool scan_cut_time(struct od_str *s, struct od_record *record)
{
	struct od_str rest = *s, digits;
	uint64_t usec;
	if (record->time_usec.known || !scan_seconds(&rest, &usec) || rest.ptr - s->ptr < 8 ||
	    rest.ptr[-7] != '.' || !od_scan_literal(&rest, "] "))
		return false;
	digits = od_str_first(*s, (size_t)(rest.ptr - s->ptr) - 2);
	if (digits.ptr[0] == '.')
		return false;
	record->time_usec = od_num(usec);
	*s = rest;
	return true;
}

/* "   76.576553 text": an archive or an author dropped the brackets. A number like that of a date is none of seconds since boot. */
static bool scan_bare_time(struct od_str *s, struct od_record *record)
{
	const uint64_t years = UINT64_C(100000000) * 1000000;
	struct od_str rest = *s;
	uint64_t usec;
	if (record->time_usec.known || !scan_seconds(&rest, &usec) || usec >= years || rest.ptr - s->ptr < 8 || rest.ptr[-7] != '.' ||
	    s->ptr[0] == '.' || (rest.len && rest.ptr[0] != ' '))
		return false;
	record->time_usec = od_num(usec);
	one_blank(&rest);
	*s = rest;
	return true;
}

/* "+0.000002", "+0,000002": by the locale */
static bool scan_difference(struct od_str *s)
{
	struct od_str rest = *s;
	uint64_t usec;
	if (scan_seconds(s, &usec))
		return true;
	if (!od_scan_u64(&rest, &usec) || !od_scan_char(&rest, ',') || !od_scan_u64(&rest, &usec))
		return false;
	*s = rest;
	return true;
}

/* "[  +0.000002]" and "[<    0.000002>]": the time since the line before. */
static bool scan_delta(struct od_str *s, struct od_record *record)
{
	struct od_str rest = *s;
	(void)record;
	if (!od_scan_char(&rest, '['))
		return false;
	bool angle = od_scan_char(&rest, '<');
	od_scan_blanks(&rest);
	bool plus = od_scan_char(&rest, '+');
	if (angle == plus || !scan_difference(&rest) || (angle && !od_scan_char(&rest, '>')) ||
	    !od_scan_char(&rest, ']'))
		return false;
	one_blank(&rest);
	*s = rest;
	return true;
}

/* "22:22:59:896", "2026-01-02T03:04:05.678Z": a clock, perhaps with a date, and nothing else. */
static bool is_clock(struct od_str s)
{
	size_t colons = 0;
	for (size_t i = 0; i < s.len; i++) {
		if (!od_is_digit(s.ptr[i]) && !strchr(":.,-+TZ", s.ptr[i]))
			return false;
		colons += s.ptr[i] == ':';
	}
	return colons >= 2 && colons <= 4;
}

/*
 * "[Fri Nov 20 23:17:34 2026]", "[Nov20 23:17]", and of serial consoles "[22:22:59:896]": a bracket that holds a clock
 * time and no other bracket.
 */
static bool scan_human_time(struct od_str *s, struct od_record *record)
{
	struct od_str rest = *s, inside;
	(void)record;
	if (!od_scan_char(&rest, '[') || !od_scan_until(&rest, ']', &inside) || inside.len < 8 || inside.len > 48)
		return false;
	ptrdiff_t colon = od_str_find_char(inside, ':');
	if (colon < 2 || (size_t)colon + 2 >= inside.len || od_str_find_char(inside, '[') >= 0 ||
	    !od_is_digit(inside.ptr[colon - 1]) || !od_is_digit(inside.ptr[colon + 1]) ||
	    !od_is_digit(inside.ptr[colon + 2]) || (od_str_find_char(inside, ' ') < 0 && !is_clock(inside)))
		return false;
	od_scan_char(&rest, ']');
	one_blank(&rest);
	*s = rest;
	return true;
}

static bool scan_facility_word(struct od_str *s)
{
	static const char *const words[] = {"kern", "user", "daemon", "syslog", NULL};
	for (size_t i = 0; words[i]; i++)
		if (od_scan_text(s, od_str_from(words[i])))
			return true;
	return false;
}

/* "kern  :alert : " */
static bool scan_facility(struct od_str *s, struct od_record *record)
{
	static const char *const levels[] = {"emerg", "alert", "crit", "err", "warn", "notice", "info", "debug"};
	struct od_str rest = *s;
	if (!scan_facility_word(&rest))
		return false;
	od_scan_blanks(&rest);
	if (!od_scan_char(&rest, ':'))
		return false;
	for (int level = 0; level < 8; level++) {
		if (!od_scan_text(&rest, od_str_from(levels[level])))
			continue;
		od_scan_blanks(&rest);
		if (!od_scan_char(&rest, ':'))
			return false;
		one_blank(&rest);
		record->level = level;
		*s = rest;
		return true;
	}
	return false;
}

/* ",-;", ",c,caller=T12;": what stands between the time of a record of /dev/kmsg and its text. */
static bool scan_kmsg_flags(struct od_str *s, struct od_str *caller)
{
	struct od_str rest = *s, flags;
	if (!od_scan_char(&rest, ',') || !od_scan_until(&rest, ';', &flags) || !flags.len || flags.len > 40 ||
	    !strchr("-c+", flags.ptr[0]))
		return false;
	flags = od_str_from_index(flags, 1);
	if (od_scan_literal(&flags, ",caller="))
		*caller = flags;
	else if (flags.len)
		return false;
	od_scan_char(&rest, ';');
	*s = rest;
	return true;
}

/*
 * "6,1234,5678901,-;text": a record of /dev/kmsg that stands behind something else, a quote's mark or a number, so that
 * nobody took it for one (input_kmsg.c).
 */
static bool scan_kmsg(struct od_str *s, struct od_record *record)
{
	struct od_str rest = *s;
	uint64_t priority, sequence, usec;
	if (record->time_usec.known || !od_scan_u64(&rest, &priority) || priority > 191 || !od_scan_char(&rest, ',') ||
	    !od_scan_u64(&rest, &sequence) || !od_scan_char(&rest, ',') || !od_scan_u64(&rest, &usec) ||
	    !scan_kmsg_flags(&rest, &record->caller))
		return false;
	record->level = (int)(priority & 7);
	record->time_usec = od_num(usec);
	*s = rest;
	return true;
}

const struct od_prefix od_prefixes_printk[] = {
	{"dmesg", "[", od_scan_printk_time},
	{NULL, "<", scan_level},
	{"dmesg", "[", scan_caller},
	{"dmesg", "0123456789", scan_cut_time},
	{"dmesg", "0123456789", scan_bare_time},
	{"kmsg", "0123456789", scan_kmsg},
	{"dmesg-delta", "[", scan_delta},
	{"dmesg-ctime", "[", scan_human_time},
	{NULL, "[", scan_blanked_time},
	{"dmesg-decoded", "kuds", scan_facility},
	{NULL, "", NULL},
};
