// SPDX-License-Identifier: GPL-3.0-or-later
#include "triage/layout.h"

#include <fnmatch.h>
#include <time.h>

/* The first that fits decides. */
static const struct {
	const char *pattern;
	enum od_file_role role;
} roles[] = {
	{"vmcore-incomplete*", OD_ROLE_UNFINISHED}, {"dump-incomplete*", OD_ROLE_UNFINISHED},
	{"vmcore.flat.incomplete", OD_ROLE_UNFINISHED}, {"*.part", OD_ROLE_UNFINISHED},
	{"kexec-dmesg*", OD_ROLE_OTHER},	    {"README*", OD_ROLE_OTHER},
	{"oops.txt", OD_ROLE_OTHER},		    {"rd.memory*", OD_ROLE_OTHER},
	{"*.tar", OD_ROLE_ARCHIVE},		    {"*.tar.*", OD_ROLE_ARCHIVE},
	{"*.tgz", OD_ROLE_ARCHIVE},		    {"*.txz", OD_ROLE_ARCHIVE},
	{"dmesg-efi-*", OD_ROLE_PART},		    {"dmesg-erst-*", OD_ROLE_PART},
	{"dmesg-ramoops-*", OD_ROLE_PART},	    {"dmesg-nvram-*", OD_ROLE_PART},
	{"dmesg-pstore_blk-*", OD_ROLE_PART},	    {"vmcore-dmesg*", OD_ROLE_LOG},
	{"vmcore*", OD_ROLE_DUMP},		    {"dump.*", OD_ROLE_DUMP},
	{"*dmesg*", OD_ROLE_LOG},		    {"*.txt", OD_ROLE_LOG},
	{"*.log", OD_ROLE_LOG},			    {"*.log.[0-9]*", OD_ROLE_LOG},
	{"*.dmesg", OD_ROLE_LOG},		    {"kern.log*", OD_ROLE_LOG},
	{"messages*", OD_ROLE_LOG},		    {"syslog*", OD_ROLE_LOG},
	{"console*", OD_ROLE_LOG},		    {"*.journal.txt", OD_ROLE_LOG},
	{"*.oops", OD_ROLE_LOG},
};

static const char *const packed[] = {".gz", ".xz", ".zst"};

enum od_file_role od_layout_role(const char *name)
{
	char bare[256];
	size_t length = strlen(name);

	if (length >= sizeof(bare))
		return OD_ROLE_OTHER;
	memcpy(bare, name, length + 1);
	for (size_t i = 0; i < sizeof(packed) / sizeof(packed[0]); i++) {
		size_t suffix = strlen(packed[i]);
		if (length > suffix && strcmp(bare + length - suffix, packed[i]) == 0 &&
		    fnmatch("*.tar.*", bare, 0) != 0)
			bare[length - suffix] = '\0';
	}
	for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++)
		if (fnmatch(roles[i].pattern, bare, 0) == 0)
			return roles[i].role;
	return OD_ROLE_OTHER;
}

/* Exactly `count` decimal digits. */
static bool scan_digits(struct od_str *s, size_t count, int *ret)
{
	struct od_str digits = od_str_first(*s, count);
	uint64_t value;

	if (digits.len != count || !od_scan_u64(&digits, &value) || digits.len)
		return false;
	*s = od_str_from_index(*s, count);
	*ret = (int)value;
	return true;
}

static bool make_time(struct tm *tm, int64_t *ret)
{
	if (tm->tm_year < 1990 || tm->tm_year > 2200 || tm->tm_mon < 1 || tm->tm_mon > 12 || tm->tm_mday < 1 ||
	    tm->tm_mday > 31 || tm->tm_hour > 23 || tm->tm_min > 59 || tm->tm_sec > 60)
		return false;
	tm->tm_year -= 1900;
	tm->tm_mon -= 1;
	*ret = timegm(tm);
	return true;
}

/* 202611210305[33] and nothing else */
static bool scan_compact(struct od_str s, int64_t *ret)
{
	struct tm tm = {0};

	if (!scan_digits(&s, 4, &tm.tm_year) || !scan_digits(&s, 2, &tm.tm_mon) || !scan_digits(&s, 2, &tm.tm_mday) ||
	    !scan_digits(&s, 2, &tm.tm_hour) || !scan_digits(&s, 2, &tm.tm_min))
		return false;
	if (s.len)
		scan_digits(&s, 2, &tm.tm_sec);
	return !s.len && make_time(&tm, ret);
}

/* 2026-11-21-03:05[:33] or with T or _ in the middle, and nothing else */
static bool scan_dashed(struct od_str s, int64_t *ret)
{
	struct tm tm = {0};

	if (!scan_digits(&s, 4, &tm.tm_year) || !od_scan_char(&s, '-') || !scan_digits(&s, 2, &tm.tm_mon) ||
	    !od_scan_char(&s, '-') || !scan_digits(&s, 2, &tm.tm_mday))
		return false;
	if (!od_scan_char(&s, '-') && !od_scan_char(&s, 'T') && !od_scan_char(&s, '_'))
		return false;
	if (!scan_digits(&s, 2, &tm.tm_hour) || !od_scan_char(&s, ':') || !scan_digits(&s, 2, &tm.tm_min))
		return false;
	if (od_scan_char(&s, ':') && !scan_digits(&s, 2, &tm.tm_sec))
		return false;
	return !s.len && make_time(&tm, ret);
}

/* Seconds since 1970, as pstore's directories are named; EFI appends a part and a count to them. */
static bool scan_epoch(struct od_str s, int64_t *ret)
{
	const size_t length = s.len;
	uint64_t value;

	if (!od_scan_u64(&s, &value) || s.len || (length != 10 && length != 15))
		return false;
	*ret = (int64_t)(length == 15 ? value / 100000 : value);
	return true;
}

/* The time that a component of a path stands for; *host is what stands before the stamp. */
static bool scan_stamp(struct od_str component, struct od_str *host, int64_t *ret)
{
	*host = (struct od_str){0};
	if (scan_compact(component, ret) || scan_dashed(component, ret) || scan_epoch(component, ret))
		return true;
	for (size_t i = 0; i + 1 < component.len; i++)
		if (component.ptr[i] == '-' && scan_dashed(od_str_from_index(component, i + 1), ret)) {
			*host = od_str_first(component, i);
			return true;
		}
	return false;
}

/* Takes the last component off the path. */
static bool last_component(struct od_str *path, struct od_str *ret)
{
	if (!path->len)
		return false;
	ptrdiff_t slash = od_str_find_last_char(*path, '/');
	*ret = od_str_from_index(*path, (size_t)(slash + 1));
	*path = od_str_first(*path, slash < 0 ? 0 : (size_t)slash);
	return true;
}

bool od_layout_time(struct od_str path, int64_t *ret)
{
	struct od_str component, host;

	while (last_component(&path, &component)) {
		ptrdiff_t dot = od_str_find_last_char(component, '.');
		if (scan_stamp(component, &host, ret))
			return true;
		if (dot >= 0 && scan_stamp(od_str_from_index(component, (size_t)dot + 1), &host, ret))
			return true;
	}
	return false;
}

bool od_layout_date(struct od_str text, int64_t *ret)
{
	struct od_buf full = {0};

	if (text.len == 10) {
		od_buf_put(&full, text);
		od_buf_put_string(&full, "T00:00");
		text = od_buf_str(&full);
	}
	bool is_date = scan_dashed(text, ret);
	od_buf_deinit(&full);
	return is_date;
}

static bool is_usual_place(struct od_str name)
{
	static const char *const places[] = {"", ".", "..", "var", "crash", "lib", "systemd", "pstore", "log", "kdump", "srv", "tmp"};

	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++)
		if (od_str_equal(name, od_str_from(places[i])))
			return true;
	return false;
}

static bool is_host_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || od_is_digit(c) || c == '.' || c == ':' || c == '-' || c == '_';
}

static void put_host(struct od_buf *out, struct od_str name)
{
	name = od_str_first(name, 253);
	for (size_t i = 0; i < name.len; i++)
		od_buf_put_char(out, is_host_char(name.ptr[i]) ? name.ptr[i] : '_');
}

void od_layout_host(struct od_buf *out, struct od_str path, size_t root)
{
	struct od_str below = od_str_from_index(path, root), component, host;
	int64_t when;

	last_component(&below, &component);
	while (last_component(&below, &component)) {
		bool is_stamp = scan_stamp(component, &host, &when);
		if (is_stamp && host.len && !od_str_equal(host, OD_STR("127.0.0.1"))) {
			put_host(out, host);
			return;
		}
		if (!is_stamp && !is_usual_place(component)) {
			put_host(out, component);
			return;
		}
	}
}
