// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * What syslog daemons and journalctl put before a message: a date, a host, a tag. Forms of
 * RFC 3164, RFC 3339 and journalctl -o short, short-iso, short-precise, short-full,
 * short-monotonic, short-unix (systemd 252).
 */
#include "parsers/record.h"

static bool scan_clock(struct od_str *s)
{
	struct od_str rest = *s;
	uint64_t part;
	for (int i = 0; i < 3; i++)
		if ((i && !od_scan_char(&rest, ':')) || !od_scan_u64(&rest, &part) || part > 60)
			return false;
	if (od_scan_char(&rest, '.') || od_scan_char(&rest, ','))
		(void)od_scan_u64(&rest, &part);
	*s = rest;
	return true;
}

/*
 * "host kernel: " or "host kernel[0]: ". Whoever else logged (another tag) is no kernel line; its
 * text stays whole.
 */
static bool scan_host_and_tag(struct od_str *s)
{
	struct od_str rest = *s, host;
	od_scan_blanks(&rest);
	if (!od_scan_word(&rest, &host) || host.len > 255)
		return false;
	od_scan_blanks(&rest);
	if (od_scan_literal(&rest, "kern."))
		(void)od_scan_word(&rest, &host);
	od_scan_blanks(&rest);
	if (!od_scan_literal(&rest, "kernel") && !od_scan_literal(&rest, "klogd") && !od_scan_literal(&rest, "unknown"))
		return false;
	struct od_str pid;
	if (od_scan_char(&rest, '[') && (!od_scan_until(&rest, ']', &pid) || !od_scan_char(&rest, ']')))
		return false;
	if (!od_scan_char(&rest, ':'))
		return false;
	od_scan_char(&rest, ' ');
	*s = rest;
	return true;
}

static bool scan_month(struct od_str *s)
{
	static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul",
					     "Aug", "Sep", "Oct", "Nov", "Dec", NULL};
	for (size_t i = 0; months[i]; i++)
		if (od_scan_text(s, od_str_from(months[i])))
			return true;
	return false;
}

/* "Nov 14 22:13:20 host kernel: " */
static bool scan_rfc3164(struct od_str *s, struct od_record *record)
{
	struct od_str rest = *s;
	uint64_t day;
	(void)record;
	if (!scan_month(&rest) || !od_scan_blanks(&rest) || !od_scan_u64(&rest, &day) || day > 31 ||
	    !od_scan_blanks(&rest))
		return false;
	uint64_t year;
	struct od_str with_year = rest;
	if (od_scan_u64(&with_year, &year) && year > 1990 && od_scan_blanks(&with_year))
		rest = with_year;
	if (!scan_clock(&rest) || !scan_host_and_tag(&rest))
		return false;
	*s = rest;
	return true;
}

static bool scan_date(struct od_str *s)
{
	struct od_str rest = *s;
	uint64_t year, month, day;
	if (!od_scan_u64(&rest, &year) || year < 1970 || year > 9999 || !od_scan_char(&rest, '-') ||
	    !od_scan_u64(&rest, &month) || month > 12 || !od_scan_char(&rest, '-') || !od_scan_u64(&rest, &day) ||
	    day > 31)
		return false;
	*s = rest;
	return true;
}

/* "2018/01/09 14:28:48 ": the form of Go's logger, before console output that a test harness collects. */
static bool scan_slash_date(struct od_str *s, struct od_record *record)
{
	struct od_str rest = *s;
	uint64_t year, month, day;
	(void)record;
	if (!od_scan_u64(&rest, &year) || year < 1970 || year > 9999 || !od_scan_char(&rest, '/') ||
	    !od_scan_u64(&rest, &month) || month > 12 || !od_scan_char(&rest, '/') || !od_scan_u64(&rest, &day) ||
	    day > 31 || !od_scan_char(&rest, ' ') || !scan_clock(&rest) || !od_scan_char(&rest, ' '))
		return false;
	*s = rest;
	return true;
}

static void scan_zone(struct od_str *s)
{
	uint64_t hours, minutes;
	struct od_str rest = *s;
	if (od_scan_char(s, 'Z'))
		return;
	if (!od_scan_char(&rest, '+') && !od_scan_char(&rest, '-'))
		return;
	if (!od_scan_u64(&rest, &hours))
		return;
	if (od_scan_char(&rest, ':'))
		(void)od_scan_u64(&rest, &minutes);
	*s = rest;
}

/* "2023-11-14T22:13:20.123456+00:00 host kernel: ", and dmesg's own without a host. */
static bool scan_rfc3339(struct od_str *s, struct od_record *record)
{
	struct od_str rest = *s;
	if (!scan_date(&rest) || (!od_scan_char(&rest, 'T') && !od_scan_char(&rest, ' ')) || !scan_clock(&rest))
		return false;
	scan_zone(&rest);
	struct od_str stamp = od_str_first(*s, s->len - rest.len);
	if (!od_scan_char(&rest, ' '))
		return false;
	(void)scan_host_and_tag(&rest);
	if (!record->wall_time.len && od_str_find_char(stamp, 'T') >= 0)
		record->wall_time = stamp;
	*s = rest;
	return true;
}

/* "Tue 2023-11-14 22:13:20 UTC host kernel: " */
static bool scan_short_full(struct od_str *s, struct od_record *record)
{
	struct od_str rest = *s, day, zone;
	(void)record;
	if (!od_scan_until(&rest, ' ', &day) || day.len != 3 || !od_scan_char(&rest, ' ') || !scan_date(&rest) ||
	    !od_scan_char(&rest, ' ') || !scan_clock(&rest) || !od_scan_char(&rest, ' ') || !od_scan_word(&rest, &zone) ||
	    !scan_host_and_tag(&rest))
		return false;
	*s = rest;
	return true;
}

/* "1700000000.123456 host kernel: " */
static bool scan_unix(struct od_str *s, struct od_record *record)
{
	struct od_str rest = *s;
	uint64_t seconds, fraction;
	(void)record;
	if (!od_scan_u64(&rest, &seconds) || seconds < 100000000 || !od_scan_char(&rest, '.') ||
	    !od_scan_u64(&rest, &fraction) || !scan_host_and_tag(&rest))
		return false;
	*s = rest;
	return true;
}

/* "host kernel: " after journalctl's "[   12.345678] ", and a bare "kernel: ". */
static bool scan_bare_tag(struct od_str *s, struct od_record *record)
{
	struct od_str rest = *s;
	if (od_scan_literal(&rest, "kernel:") && (od_scan_char(&rest, ' ') || od_str_starts(rest, OD_STR("[")))) {
		*s = rest;
		return true;
	}
	return record->time_usec.known && scan_host_and_tag(s);
}

const struct od_prefix od_prefixes_syslog[] = {
	{"syslog", "JFMASOND", scan_rfc3164},
	{"syslog-iso", "12", scan_rfc3339},
	{NULL, "12", scan_slash_date},
	{"journal-short-full", "MTWFS", scan_short_full},
	{"journal-short-unix", "123456789", scan_unix},
	{"syslog", "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", scan_bare_tag},
	{NULL, "", NULL},
};
