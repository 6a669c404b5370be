// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * What syslog daemons and journalctl put before a message: a date, a host, a tag. Forms of
 * RFC 3164, RFC 3339, RFC 5424 and journalctl -o short, short-iso, short-precise, short-full,
 * short-monotonic, short-unix (systemd 252), of OpenWrt's logread, and the clocks of programs that
 * collect a console's lines.
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
	enum { LONGEST = 255 };
	struct od_str rest = *s, host;
	od_scan_blanks(&rest);
	const ptrdiff_t blank = od_str_find_char(od_str_first(rest, LONGEST + 1), ' '); /* faster than byte by byte: every line comes here */
	if (blank < 1)
		return false;
	rest = od_str_from_index(rest, (size_t)blank);
	od_scan_blanks(&rest);
	if (!rest.len || (rest.ptr[0] != 'k' && rest.ptr[0] != 'u')) /* what the tags begin with */
		return false;
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

/* A month's name in another language, which journalctl takes from the locale: letters, bytes of UTF-8, a dot. */
static bool scan_foreign_month(struct od_str *s)
{
	enum { LONGEST = 15 };
	size_t len = 0;
	while (len < s->len && len <= LONGEST &&
	       ((s->ptr[len] | 0x20) >= 'a' || (unsigned char)s->ptr[len] >= 0x80 || s->ptr[len] == '.'))
		len++;
	if (len < 3 || len > LONGEST)
		return false;
	*s = od_str_from_index(*s, len);
	return true;
}

static bool scan_month(struct od_str *s)
{
	static const char months[][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
	for (size_t i = 0; s->len >= 3 && i < sizeof(months) / sizeof(months[0]); i++) {
		if (memcmp(s->ptr, months[i], 3) != 0)
			continue;
		*s = od_str_from_index(*s, 3);
		return true;
	}
	return false;
}

/* " 14 22:13:20", " 14 2023 22:13:20": what follows the month. */
static bool scan_day_and_clock(struct od_str *s)
{
	struct od_str rest = *s, with_year;
	uint64_t day, year;
	if (!od_scan_blanks(&rest) || !od_scan_u64(&rest, &day) || day > 31 || !od_scan_blanks(&rest))
		return false;
	with_year = rest;
	if (od_scan_u64(&with_year, &year) && year > 1990 && od_scan_blanks(&with_year))
		rest = with_year;
	if (!scan_clock(&rest))
		return false;
	*s = rest;
	return true;
}

/*
 * A program's tag: "sshd[12]:", "systemd:". The kernel's own words before a colon are registers ("g0:"), begin with a capital
 * ("Oops:"), or are the command of a die line ("sh(12):"); what stands in brackets before one ("Caller[000000000042ac00]:") is longer
 * than a PID.
 */
static bool is_program_tag(struct od_str word)
{
	enum { LONGEST_REGISTER = 3, LONGEST_PID = 7 };
	/* pr_fmt() of kernel/watchdog.c, kernel/rcu, kernel/smp.c, arch/x86/kernel/traps.c, mm/kmemleak.c, mm/usercopy.c; net/core/dev.c */
	static const struct od_str own[] = {
		OD_STR("watchdog:"), OD_STR("traps:"), OD_STR("kmemleak:"), OD_STR("usercopy:"), OD_STR("unregister_netdevice:"),
	};
	ptrdiff_t colon = od_str_find_char(word, ':'), bracket = od_str_find_char(word, '[');
	if (bracket > 0 && colon > bracket)
		return colon - bracket - 2 <= LONGEST_PID;
	if (colon <= LONGEST_REGISTER || word.ptr[0] < 'a' || word.ptr[0] > 'z')
		return false;
	for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++)
		if (od_str_starts(word, own[i]))
			return false;
	return word.ptr[colon - 1] != ')' || !od_is_digit(word.ptr[colon - 2]);
}

/* "host ", before words that no tag names: of daemons that log the kernel's lines without one. */
static bool scan_host_alone(struct od_str *s)
{
	struct od_str rest = *s, host, word;
	od_scan_blanks(&rest);
	if (!od_scan_word(&rest, &host) || host.len > 255 || host.ptr[host.len - 1] == ':' || !od_scan_char(&rest, ' '))
		return false;
	for (size_t i = 0; i < host.len; i++)
		if (!od_is_digit(host.ptr[i]) && !((host.ptr[i] | 0x20) >= 'a' && (host.ptr[i] | 0x20) <= 'z') &&
		    !strchr(".:-_", host.ptr[i]))
			return false;
	struct od_str ahead = rest;
	od_scan_blanks(&ahead);
	if (!od_scan_word(&ahead, &word) || is_program_tag(word))
		return false;
	*s = rest;
	return true;
}

/*
 * "Nov 14 22:13:20 host kernel: ", also without the tag; who copied the lines may have cut the host ("Nov 14 22:13:20 kernel: "), or
 * the host and the tag, which leaves two blanks, or the colon alone ("Nov 14 22:13:20: "). metalog names no host: "[kernel] ".
 */
static bool scan_rfc3164(struct od_str *s, struct od_record *record)
{
	struct od_str rest = *s;
	(void)record;
	if (!scan_month(&rest) || !scan_day_and_clock(&rest))
		return false;
	if (!scan_host_and_tag(&rest)) {
		struct od_str bare = rest;
		size_t blanks = od_scan_blanks(&bare);
		bool colon = od_scan_literal(&bare, ": ");
		bool metalog = od_scan_literal(&bare, "[kernel] ");
		if (blanks >= 2 || colon || metalog || od_str_starts(bare, OD_STR("kernel:")))
			rest = bare;
		else if (!scan_host_alone(&rest))
			return false;
	}
	*s = rest;
	return true;
}

/* Of Chinese and Japanese, and of Korean. */
static bool scan_sign_for_month(struct od_str *s)
{
	return od_scan_literal(s, "\xe6\x9c\x88") || od_scan_literal(s, "\xec\x9b\x94");
}

/* The same with a month of another language: only with a host and a tag; "7" and the sign for month, of three languages. */
static bool scan_foreign_date(struct od_str *s, struct od_record *record)
{
	struct od_str rest = *s;
	uint64_t month;
	if (record->time_usec.known) /* a daemon's date stands before the kernel's time */
		return false;
	bool numbered = od_scan_u64(&rest, &month);
	if (numbered ? month > 12 || !scan_sign_for_month(&rest) : !scan_foreign_month(&rest))
		return false;
	if (!scan_day_and_clock(&rest) || !scan_host_and_tag(&rest))
		return false;
	*s = rest;
	return true;
}

/* "Fri Jul 19 05:58:52 2019 kern.warn kernel: ": OpenWrt's logread */
static bool scan_logread(struct od_str *s, struct od_record *record)
{
	struct od_str rest = *s, day;
	uint64_t year;
	(void)record;
	if (rest.len < 4 || rest.ptr[3] != ' ' || !od_scan_word(&rest, &day) || day.len != 3 || !od_scan_blanks(&rest) || !scan_month(&rest) ||
	    !scan_day_and_clock(&rest) || !od_scan_blanks(&rest) || !od_scan_u64(&rest, &year) || year < 1970 ||
	    !scan_host_and_tag(&rest))
		return false;
	*s = rest;
	return true;
}

/* "16:56:35 ", "16:56:35.123: ", "16:56:35> ": a clock that whoever collected the lines put before the kernel's own time, or before its text. */
static bool scan_clock_alone(struct od_str *s, struct od_record *record)
{
	enum { CLOCK = 8 };
	struct od_str rest = *s;
	if (s->len <= CLOCK || s->ptr[2] != ':' || s->ptr[5] != ':' || !od_is_digit(s->ptr[CLOCK - 1]) || !scan_clock(&rest))
		return false;
	if (!od_scan_char(&rest, ':') && !od_scan_char(&rest, '>'))
		(void)od_scan_char(&rest, '|');
	if (!rest.len || !od_is_blank(rest.ptr[0]))
		return false;
	*s = od_str_from_index(rest, 1);
	rest = od_str_trim(*s);
	if (!record->format && !od_str_starts(rest, OD_STR("[")) && !od_str_starts(rest, OD_STR("kernel:")))
		record->format = "clock";
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
	if (!od_scan_char(&rest, ' ') && !od_scan_char(&rest, '\t'))
		return false;
	(void)scan_host_and_tag(&rest);
	if (!record->wall_time.len && od_str_find_char(stamp, 'T') >= 0)
		record->wall_time = stamp;
	*s = rest;
	return true;
}

/* "1 2023-11-14T22:13:20.1Z host kernel - - - ": RFC 5424, version, date, host, application, process, message, data. */
static bool scan_rfc5424(struct od_str *s, struct od_record *record)
{
	struct od_str rest = *s, word;
	(void)od_scan_literal(&rest, "1 ");
	struct od_str start = rest;
	if (!scan_date(&rest) || !od_scan_char(&rest, 'T') || !scan_clock(&rest))
		return false;
	scan_zone(&rest);
	struct od_str stamp = od_str_first(start, start.len - rest.len);
	if (!od_scan_char(&rest, ' ') || !od_scan_word(&rest, &word) || !od_scan_literal(&rest, " kernel "))
		return false;
	for (int i = 0; i < 2; i++)
		if (!od_scan_word(&rest, &word) || !od_scan_char(&rest, ' '))
			return false;
	if (!od_scan_char(&rest, '-') &&
	    (!od_scan_char(&rest, '[') || !od_scan_until(&rest, ']', &word) || !od_scan_char(&rest, ']')))
		return false;
	(void)od_scan_char(&rest, ' ');
	if (!record->wall_time.len)
		record->wall_time = stamp;
	*s = rest;
	return true;
}

/* "Tue 2023-11-14 22:13:20 UTC host kernel: " */
static bool scan_short_full(struct od_str *s, struct od_record *record)
{
	struct od_str rest = *s, day, zone;
	(void)record;
	if (rest.len < 4 || rest.ptr[3] != ' ' || !od_scan_until(&rest, ' ', &day) || day.len != 3 || !od_scan_char(&rest, ' ') || !scan_date(&rest) ||
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

/* "the kernel: …": a person's words, and no host's name. */
static bool begins_with_article(struct od_str text)
{
	static const struct od_str words[] = {
		OD_STR("the "), OD_STR("The "), OD_STR("a "), OD_STR("A "), OD_STR("my "), OD_STR("My "), OD_STR("this "), OD_STR("This "),
		OD_STR("in "), OD_STR("In "), OD_STR("of "), OD_STR("from "), OD_STR("From "), OD_STR("Linux "), OD_STR("linux "), OD_STR("our "),
	};
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (od_str_starts(text, words[i]))
			return true;
	return false;
}

/*
 * "host kernel: " alone, after a date that was cut, or after journalctl's "[   12.345678] ", a bare "kernel: ", and "kernel:" as daemons write to every terminal
 * ("Message from syslogd@host"), but not Rust's "kernel::".
 */
static bool scan_bare_tag(struct od_str *s, struct od_record *record)
{
	struct od_str rest = *s;
	if (od_scan_literal(&rest, "console: ") && record->format == NULL && !record->time_usec.known) { /* a test's log of its machine */
		*s = rest;
		return true;
	}
	if (od_scan_literal(&rest, "kernel:") && rest.len && rest.ptr[0] != ':') {
		od_scan_char(&rest, ' ');
		*s = rest;
		return true;
	}
	return (record->time_usec.known || !begins_with_article(*s)) && scan_host_and_tag(s);
}

const struct od_prefix od_prefixes_syslog[] = {
	{"syslog", "JFMASOND", scan_rfc3164},
	{"syslog-iso", "12", scan_rfc5424},
	{"syslog-iso", "12", scan_rfc3339},
	{NULL, "12", scan_slash_date},
	{NULL, "012", scan_clock_alone},
	{"logread", "MTWFS", scan_logread},
	{"journal-short-full", "MTWFS", scan_short_full},
	{"journal-short-unix", "123456789", scan_unix},
	{"syslog", "123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
		   "\xc3\xc4\xc5\xc8\xce\xcf\xd0\xd1\xd7\xd8\xd9\xe0\xe1\xec", scan_foreign_date},
	{"syslog", "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", scan_bare_tag},
	{NULL, "", NULL},
};
