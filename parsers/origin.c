// SPDX-License-Identifier: GPL-3.0-or-later
/* The fields of containers that say when, by whom and how urgently something was printed. */
#include <stdio.h>

#include "parsers/unpack.h"

const struct od_origin od_origin_none = {.level = OD_LEVEL_UNKNOWN};

static void take_level(struct od_origin *origin, struct od_str value)
{
	static const char *const names[] = {"emerg", "alert", "crit", "err", "warn", "notice", "info", "debug"};
	uint64_t level;

	for (int i = 0; i < 8; i++)
		if (od_str_equal(value, od_str_from(names[i])))
			origin->level = i;
	if (od_scan_u64(&value, &level))
		origin->level = (int)(level & 7);
}

/* "12.345678": dmesg --json; an ISO date: container logs. */
static void take_time(struct od_origin *origin, struct od_str value)
{
	struct od_str rest = value;
	uint64_t seconds, usec;

	if (!od_scan_u64(&rest, &seconds) || seconds > UINT64_MAX / 2000000)
		return;
	if (od_scan_char(&rest, '.') && rest.len == 6 && od_scan_u64(&rest, &usec))
		origin->time_usec = od_num(seconds * 1000000 + usec);
	else if (od_str_find_char(value, 'T') >= 0)
		snprintf(origin->wall_time, sizeof(origin->wall_time), "%.*s", OD_FMT(value));
}

static void take_monotonic(struct od_origin *origin, struct od_str value)
{
	uint64_t usec;
	if (od_scan_u64(&value, &usec) && !value.len)
		origin->time_usec = od_num(usec);
}

/* Microseconds since 1970. Days to a date: the proleptic Gregorian calendar, with years that begin in March. */
static void take_realtime(struct od_origin *origin, struct od_str value)
{
	uint64_t usec;
	if (!od_scan_u64(&value, &usec) || usec / 1000000 / 86400 > 2932896) /* the year 9999 */
		return;
	unsigned seconds = (unsigned)(usec / 1000000 % 86400);
	unsigned days = (unsigned)(usec / 1000000 / 86400) + 719468;
	unsigned era = days / 146097, day = days % 146097;
	unsigned year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
	day -= 365 * year + year / 4 - year / 100;
	unsigned month = (5 * day + 2) / 153;
	day -= (153 * month + 2) / 5;
	month = month < 10 ? month + 3 : month - 9;
	snprintf(origin->wall_time, sizeof(origin->wall_time), "%04u-%02u-%02uT%02u:%02u:%02u.%06u+00:00",
		 (year + era * 400 + (month <= 2)) % 10000, month % 100, (day + 1) % 100, seconds / 3600,
		 seconds / 60 % 60, seconds % 60, (unsigned)(usec % 1000000));
}

static void take_caller(struct od_origin *origin, struct od_str value)
{
	snprintf(origin->caller, sizeof(origin->caller), "%.*s", OD_FMT(value));
}

static void take_transport(struct od_origin *origin, struct od_str value)
{
	if (od_str_equal(value, OD_STR("kernel")))
		origin->kernel = true;
	else
		origin->other = true;
}

static const struct {
	const char *name;
	void (*take)(struct od_origin *origin, struct od_str value);
} fields[] = {
	{"pri", take_level},
	{"PRIORITY", take_level},
	{"time", take_time},
	{"_SOURCE_MONOTONIC_TIMESTAMP", take_monotonic},
	{"__REALTIME_TIMESTAMP", take_realtime},
	{"caller", take_caller},
	{"_TRANSPORT", take_transport},
	{"SYSLOG_IDENTIFIER", take_transport},
};

void od_origin_field(struct od_origin *origin, struct od_str name, struct od_str value)
{
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		if (od_str_equal(name, od_str_from(fields[i].name)))
			fields[i].take(origin, value);
}
