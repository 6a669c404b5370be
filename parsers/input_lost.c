// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * A report whose line ends were lost, in a text without the kernel's times (with them, a record begins at each: parser.c).
 * It is divided again before what begins lines of reports, and within a trace behind each place. Done only for a long
 * line that holds several such beginnings and a trace with places, or many: no line of the kernel does.
 */
#include "parsers/containers.h"
#include "parsers/frame.h"
#include "parsers/headers.h"
#include "parsers/headless.h"

enum {
	BEGINNINGS_FROM = 3,	/* with a trace that has a place */
	BEGINNINGS_ALONE = 6,
	BEGINNINGS_TASK = 4,	/* with the line that names CPU, task and kernel somewhere inside */
	PLACES_FROM = 2,	/* behind the heading of a trace */
	PLACES_ALONE = 6,
	LITERAL_FROM = 8,	/* shorter ones of headers say too little in the middle of a line */
};

static const struct od_str traces[] = {OD_STR("Call Trace:"), OD_STR("Call trace:"), OD_STR("Backtrace:"), OD_STR("Stack Trace:"), OD_STR("backtrace:")};

static const struct od_str beginnings[] = {
	OD_STR("rcu: INFO: "), OD_STR("watchdog: BUG: "), OD_STR("NMI watchdog: "),
	OD_STR("BUG: "), OD_STR("WARNING: "), OD_STR("INFO: "), OD_STR("Unable to handle "), OD_STR("Internal error: "),
	OD_STR("kernel BUG at "), OD_STR("general protection fault"), OD_STR("Kernel panic - "), OD_STR("------------[ cut here"),
	OD_STR("---[ end "), OD_STR("Oops: "), OD_STR("Oops[#"), OD_STR("Oops [#"), OD_STR("invalid opcode: "), OD_STR("list_add corruption"), OD_STR("list_del corruption"),
	OD_STR("$ 0 "), OD_STR("pgd = "), OD_STR("stack backtrace:"), OD_STR("[ BUG: "), OD_STR("[ INFO: "), OD_STR("#PF: "), OD_STR("PGD "), OD_STR("IP: ["), OD_STR("IP: "), OD_STR("CPU: "), OD_STR("Pid: "),
	OD_STR("Hardware name: "), OD_STR("Workqueue: "), OD_STR("Modules linked in: "), OD_STR("Process "), OD_STR("task: "),
	OD_STR("RIP: "), OD_STR("RIP  ["), OD_STR("RIP ["), OD_STR("RSP: "), OD_STR("RAX: "), OD_STR("FS:  "), OD_STR("FS: "), OD_STR("CS: "),
	OD_STR("CR2: "), OD_STR("DR0: "), OD_STR("EIP: "), OD_STR("EAX: "), OD_STR("Stack:"), OD_STR("Code: "), OD_STR("PC is at "),
	OD_STR("LR is at "), OD_STR("pc : "), OD_STR("lr : "), OD_STR("sp : "), OD_STR("pstate: "), OD_STR("x29: "), OD_STR("Mem abort info:"),
	OD_STR("NIP: "), OD_STR("NIP ["), OD_STR("LR ["), OD_STR("MSR: "), OD_STR("GPR00: "), OD_STR("epc   : "), OD_STR("epc : "),
	OD_STR("RDX: "), OD_STR("RBP: "), OD_STR("R10: "), OD_STR("R13: "), OD_STR("</TASK>"), OD_STR("</IRQ>"),
	OD_STR("but task is already holding lock"), OD_STR("which lock already depends on "), OD_STR("the existing dependency chain "),
	OD_STR("-> #"), OD_STR("other info that might help us debug this"), OD_STR("Possible unsafe locking scenario"), OD_STR("*** DEADLOCK ***"),
	OD_STR("unreferenced object 0x"), OD_STR("\"echo 0 > /proc/sys/"), OD_STR("The buggy address "), OD_STR("Memory state around the buggy address"),
	OD_STR("Read of size "), OD_STR("Write of size "), OD_STR("Allocated by task "), OD_STR("Freed by task "),
};

static bool begins_with(struct od_str s, const struct od_str *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (s.ptr[0] == list[i].ptr[0] && od_str_starts(s, list[i]))
			return true;
	return false;
}

#define BEGINS_WITH(s, list) begins_with(s, list, sizeof(list) / sizeof((list)[0]))

/* "3 locks held by ", "#0: (", of lockdep. */
static bool begins_with_count(struct od_str s)
{
	uint64_t number;
	if (od_scan_char(&s, '#'))
		return od_scan_u64(&s, &number) && od_str_starts(s, OD_STR(": "));
	return od_scan_u64(&s, &number) && (od_str_starts(s, OD_STR(" lock held by ")) || od_str_starts(s, OD_STR(" locks held by ")));
}

/* The lines that name reports begin lines. */
static bool begins_with_header(struct od_str s)
{
	for (const struct od_header *header = od_headers; header->literal; header++)
		if (!header->inside && header->literal[0] == s.ptr[0] && strlen(header->literal) >= LITERAL_FROM &&
		    od_str_starts(s, od_str_from(header->literal)))
			return true;
	return false;
}

/* Rows of registers of x86, which hold no place: one behind them goes on with the trace that an exception interrupted. */
static const struct od_str rows[] = {
	OD_STR("RSP: "), OD_STR("RAX: "), OD_STR("RDX: "), OD_STR("RBP: "), OD_STR("R10: "), OD_STR("R13: "), OD_STR("FS: "), OD_STR("CS: "), OD_STR("CR2: "),
};

static size_t count_places(struct od_str s)
{
	size_t count = 0;
	for (ptrdiff_t at; count < PLACES_ALONE && (at = od_str_find(s, OD_STR("+0x"))) > 0; count++)
		s = od_str_from_index(s, (size_t)at + 3);
	return count;
}

/* In a trace: the place that stands here, with the marks before it, or the length of one word. */
static size_t place_length(struct od_str s, bool *ret_place)
{
	struct od_str rest = s, word;
	struct od_frame_text frame;
	(void)od_scan_literal(&rest, "? ");
	*ret_place = od_scan_place(&rest, &frame) && frame.offset.known;
	if (*ret_place)
		return s.len - rest.len;
	(void)od_scan_word(&s, &word);
	return word.len;
}

/* Places that follow one another: a trace without its heading (KMSAN's), or within it. */
static bool has_row_of_places(struct od_str s)
{
	size_t row = 0;
	bool place;

	while (od_scan_blanks(&s), s.len && row < PLACES_ALONE) {
		size_t len = place_length(s, &place);
		row = place ? row + 1 : 0;
		s = od_str_from_index(s, len ? len : 1);
	}
	return row >= PLACES_ALONE;
}

/* Reports without a place have addresses, values of registers or a CPU, of which the words alone say nothing. */
static bool has_number(struct od_str s)
{
	static const struct od_str labels[] = {OD_STR("0x"), OD_STR("[<"), OD_STR("PID: "), OD_STR("pid: "), OD_STR(": 0"), OD_STR(": f"), OD_STR(": c")};
	for (size_t i = 0; i < sizeof(labels) / sizeof(labels[0]); i++)
		for (struct od_str rest = od_str_behind(s, labels[i]); rest.ptr; rest = od_str_behind(rest, labels[i]))
			if (rest.len && od_is_hex(rest.ptr[0]))
				return true;
	return false;
}

bool od_lost_has_report(struct od_str text)
{
	size_t count = 0;
	bool trace = false, word = false, task = false;

	if (text.len < OD_LOST_FROM || od_record_begins_with_time(text)) /* its lines are known by the times */
		return false;
	if (od_str_find(text, OD_STR("race:")) < 0 && od_str_find(text, OD_STR("CPU: ")) < 1 && count_places(text) < PLACES_ALONE)
		return false;
	if (od_str_find_char(text, '\n') >= 0 || od_record_find_inner(text) >= 0)
		return false; /* its lines are known by other means */
	if (has_row_of_places(text))
		return true;
	if (!has_number(text)) /* a program's list of what it looks for */
		return false;
	for (size_t at = 0; text.len; at++, text = od_str_from_index(text, 1)) {
		bool begins = !word && !od_is_blank(text.ptr[0]);
		word = !od_is_blank(text.ptr[0]);
		if (!begins)
			continue;
		count += BEGINS_WITH(text, beginnings);
		task |= at && od_is_task_line(text);
		if (!BEGINS_WITH(text, traces))
			continue;
		if (count_places(text) >= PLACES_FROM)
			return true;
		trace |= count_places(text) > 0;
	}
	return count >= (trace ? BEGINNINGS_FROM : task ? BEGINNINGS_TASK : BEGINNINGS_ALONE);
}

/* "Internal error: Oops: 17", "watchdog: BUG: soft lockup": what stands behind a label goes on with its line. */
static bool goes_on(struct od_str before)
{
	return od_str_ends(before, OD_STR(": ")) && !od_str_ends(before, OD_STR("race: ")) && !od_str_ends(before, OD_STR("linked in: "));
}

/* The kernel's own labels; behind a person's ("it says: BUG: …") the kernel's line begins. */
static bool ends_with_label(struct od_str s)
{
	static const struct od_str labels[] = {
		OD_STR("Internal error: "), OD_STR("Oops: "), OD_STR("WARNING: "), OD_STR("syncing: "), OD_STR("INFO: "), OD_STR("BUG: "),
		OD_STR("PANIC: "), OD_STR("watchdog: "), OD_STR("rcu: "), OD_STR("traps: "), OD_STR("kernel: "), OD_STR("smp: "),
		OD_STR("kmemleak: "), OD_STR("usercopy: "),
	};
	for (size_t i = 0; i < sizeof(labels) / sizeof(labels[0]); i++)
		if (od_str_ends(s, labels[i]))
			return true;
	return false;
}

/* "INFO: task a:12 blocked for more than 120 seconds." and, on the next line, "Not tainted 5.4.0 #1" (kernel/hung_task.c) */
static bool is_taint_of_hung(struct od_str text, struct od_str line)
{
	return (od_str_starts(text, OD_STR("Not tainted ")) || od_str_starts(text, OD_STR("Tainted: "))) &&
	       od_str_find(line, OD_STR("INFO: task ")) >= 0;
}

/* A line begins here. `line` is what stands before it. */
static bool begins_line(struct od_str text, struct od_str line)
{
	if (goes_on(line))
		return begins_with_header(text) && !ends_with_label(line);
	return BEGINS_WITH(text, beginnings) || begins_with_count(text) || begins_with_header(text);
}

/* A place behind a row of registers, or behind another place. */
static bool resumes_trace(struct od_str text, struct od_str line, bool behind_place, bool had_trace)
{
	bool place;
	if (!behind_place && !(had_trace && line.len && BEGINS_WITH(line, rows)))
		return false;
	return place_length(text, &place) && place;
}

/* The text up to its next blank, or the place that it is. */
static size_t next_length(struct od_str text, bool *ret_place)
{
	struct od_str rest = text, word;
	size_t len = place_length(text, ret_place);
	if (*ret_place)
		return len;
	(void)od_scan_word(&rest, &word);
	return word.len;
}

struct od_str od_lost_break(struct od_buf *out, struct od_str text)
{
	bool in_trace = false, had_trace = false, behind_place = false;
	size_t line = 0; /* where the last one begins in `out` */

	od_buf_clear(out);
	while (text.len) {
		if (od_scan_char(&text, ' ') || od_scan_char(&text, '\t')) {
			od_buf_put_char(out, ' ');
			continue;
		}
		struct od_str before = od_str_trim(od_str_from_index(od_buf_str(out), line));
		bool trace = BEGINS_WITH(text, traces), place = false;
		bool resumes = !in_trace && resumes_trace(text, before, behind_place, had_trace);
		bool begins = trace || begins_line(text, od_buf_str(out)) || is_taint_of_hung(text, before);
		if ((begins || resumes) && out->len) {
			od_buf_put_char(out, '\n');
			line = out->len;
		}
		in_trace = trace || resumes || (in_trace && !begins);
		had_trace |= trace;
		size_t len = next_length(text, &place);
		behind_place = place;
		od_buf_put(out, od_str_first(text, len));
		text = od_str_from_index(text, len);
		if ((place && in_trace) || od_str_ends(od_buf_str(out), OD_STR("race:"))) {
			od_buf_put_char(out, '\n');
			line = out->len;
		}
	}
	return od_str_trim(od_buf_str(out));
}
