// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * What kernels of phones put behind the time of printk: Samsung's PRINTK_PROCESS, Mediatek, Qualcomm;
 * and logcat -b kernel. The task is a caller, so that CPUs are told apart.
 */
#include "parsers/record.h"

static void one_blank(struct od_str *s)
{
	od_scan_char(s, ' ');
}

static void note_caller(struct od_record *record, struct od_str task)
{
	enum { LONGEST_CALLER = 15 };
	task = od_str_trim(task);
	if (!record->caller.len && task.len)
		record->caller = od_str_from_index(task, task.len > LONGEST_CALLER ? task.len - LONGEST_CALLER : 0);
}

/* Samsung: "I[0:      swapper/0:    0] ", "[1:         insmod: 3787] ": in an interrupt or not, CPU, command, PID. */
static bool scan_process(struct od_str *s, struct od_record *record)
{
	struct od_str rest = *s, inside;
	uint64_t number;

	if (!record->time_usec.known)
		return false;
	(void)od_scan_char(&rest, 'I');
	if (!od_scan_char(&rest, '[') || !od_scan_until(&rest, ']', &inside) || inside.len < 12 || inside.len > 32)
		return false;
	struct od_str task = inside;
	ptrdiff_t colon = od_str_find_last_char(inside, ':');
	if (!od_scan_u64(&task, &number) || number > 1023 || !od_scan_char(&task, ':') || colon < 4)
		return false;
	struct od_str pid = od_str_trim(od_str_from_index(inside, (size_t)colon + 1));
	if (!od_scan_u64(&pid, &number) || pid.len)
		return false;
	od_scan_char(&rest, ']');
	one_blank(&rest);
	note_caller(record, od_str_from_index(inside, (size_t)colon + 1));
	*s = rest;
	return true;
}

/*
 * Mediatek (PRINTK_PREFIX_ENHANCE): "(0)[123:insmod]text", "-(0)[123:insmod]text", "-.(0)[123:insmod]text": CPU in hex, PID,
 * command, and before them whether interrupts were off; also where no time is printed.
 */
static bool scan_mediatek(struct od_str *s, struct od_record *record)
{
	struct od_str rest = *s, task, pid;
	uint64_t cpu, number;

	(void)od_scan_char(&rest, '-');
	(void)od_scan_char(&rest, '.');
	if (!od_scan_char(&rest, '(') || !od_scan_hex(&rest, &cpu) || cpu > 255 || !od_scan_literal(&rest, ")[") || !od_scan_until(&rest, ']', &task) || task.len > 32)
		return false;
	pid = task;
	if (!od_scan_u64(&pid, &number) || !od_scan_char(&pid, ':'))
		return false;
	od_scan_char(&rest, ']');
	note_caller(record, od_str_first(task, task.len - pid.len - 1));
	*s = rest;
	return true;
}

/* Huawei and others: "[pid:1,cpu0,swapper/0]text" */
static bool scan_pid_mark(struct od_str *s, struct od_record *record)
{
	struct od_str rest = *s, digits, task;
	uint64_t cpu;
	if (!record->time_usec.known || !od_scan_literal(&rest, "[pid:") || !od_scan_until(&rest, ',', &digits) ||
	    digits.len > 10 || !od_scan_literal(&rest, ",cpu") || !od_scan_u64(&rest, &cpu) || !od_scan_char(&rest, ',') ||
	    !od_scan_until(&rest, ']', &task) || task.len > 48)
		return false;
	od_scan_char(&rest, ']');
	note_caller(record, digits);
	*s = rest;
	return true;
}

/* Mediatek: "[name:bug&]" */
static bool scan_file_mark(struct od_str *s, struct od_record *record)
{
	struct od_str rest = *s, name;
	(void)record;
	if (!od_scan_literal(&rest, "[name:") || !od_scan_until(&rest, ']', &name) || !od_str_ends(name, OD_STR("&")))
		return false;
	od_scan_char(&rest, ']');
	*s = rest;
	return true;
}

/* Qualcomm: "c0    123 text": CPU and PID, in at least six columns. */
static bool scan_qualcomm(struct od_str *s, struct od_record *record)
{
	struct od_str rest = *s, pid;
	uint64_t number;

	if (!record->time_usec.known || !od_scan_char(&rest, 'c') || !od_scan_u64(&rest, &number) || number > 1023 ||
	    od_scan_blanks(&rest) < 2)
		return false;
	pid = rest;
	if (!od_scan_u64(&rest, &number))
		return false;
	pid = od_str_first(pid, pid.len - rest.len);
	if (!od_scan_char(&rest, ' '))
		return false;
	note_caller(record, pid);
	*s = rest;
	return true;
}

/* "c0 text": the CPU alone; two digits of code behind it are no text. */
static bool scan_cpu_mark(struct od_str *s, struct od_record *record)
{
	struct od_str rest = *s, word;
	uint64_t cpu;
	if (!record->time_usec.known || record->caller.len || !od_scan_char(&rest, 'c') || !od_scan_u64(&rest, &cpu) || cpu > 63 ||
	    !od_scan_char(&rest, ' '))
		return false;
	struct od_str ahead = rest;
	od_scan_blanks(&ahead);
	if (!od_scan_word(&ahead, &word) || (word.len == 2 && od_is_hex(word.ptr[0]) && od_is_hex(word.ptr[1])))
		return false;
	*s = rest;
	return true;
}

/* logcat -b kernel: "01-01 00:00:12.345     0     0 W         : text" */
static bool scan_logcat(struct od_str *s, struct od_record *record)
{
	struct od_str rest = *s, tag;
	uint64_t part;

	(void)record;
	if (!od_scan_u64(&rest, &part) || part > 12 || !od_scan_char(&rest, '-') || !od_scan_u64(&rest, &part) ||
	    part > 31 || !od_scan_char(&rest, ' '))
		return false;
	for (int i = 0; i < 3; i++)
		if (!od_scan_u64(&rest, &part) || !od_scan_char(&rest, i < 2 ? ':' : '.'))
			return false;
	for (int i = 0; i < 3; i++)
		if (!od_scan_u64(&rest, &part) || !od_scan_blanks(&rest))
			return false;
	if (!rest.len || !strchr("VDIWEF", rest.ptr[0]) || !od_scan_until_text(&rest, OD_STR(": "), &tag) || tag.len > 40)
		return false;
	rest = od_str_from_index(rest, 2);
	*s = rest;
	return true;
}

/* Qualcomm's 3.x: "(01-28 07:22:33.304698634) ": the clock behind the time since boot and the level. */
static bool scan_clock(struct od_str *s, struct od_record *record)
{
	static const char between[] = "- ::.";
	struct od_str rest = *s;
	uint64_t part;

	(void)record;
	if (!od_scan_char(&rest, '('))
		return false;
	for (const char *c = between; *c; c++)
		if (!od_scan_u64(&rest, &part) || part > 60 || !od_scan_char(&rest, *c))
			return false;
	if (!od_scan_u64(&rest, &part) || !od_scan_char(&rest, ')'))
		return false;
	one_blank(&rest);
	*s = rest;
	return true;
}

/* "1276.705430: ", before the level: the time as that kernel printed it. */
static bool scan_bare_seconds(struct od_str *s, struct od_record *record)
{
	struct od_str rest = *s;
	uint64_t seconds, fraction;

	if (record->time_usec.known || !od_scan_u64(&rest, &seconds) || seconds > UINT64_MAX / 2000000 ||
	    !od_scan_char(&rest, '.'))
		return false;
	size_t before = rest.len;
	if (!od_scan_u64(&rest, &fraction) || before - rest.len != 6 || !od_scan_char(&rest, ':') || !od_scan_blanks(&rest) ||
	    !od_str_starts(rest, OD_STR("<")))
		return false;
	record->time_usec = od_num(seconds * 1000000 + fraction);
	*s = rest;
	return true;
}

const struct od_prefix od_prefixes_android[] = {
	{NULL, "I[", scan_process},
	{NULL, "-.(", scan_mediatek},
	{NULL, "[", scan_file_mark},
	{NULL, "[", scan_pid_mark},
	{NULL, "c", scan_qualcomm},
	{NULL, "c", scan_cpu_mark},
	{"logcat", "01", scan_logcat},
	{NULL, "(", scan_clock},
	{NULL, "0123456789", scan_bare_seconds},
	{NULL, "", NULL},
};
