// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * A report whose line ends were lost, in a text without the kernel's times (with them, a record begins at each: parser.c).
 * It is divided again before what begins lines of reports, and within a trace behind each place. Done only for a long
 * line that holds several such beginnings and a trace with places, or many: no line of the kernel does.
 */
#include "parsers/containers.h"
#include "parsers/frame.h"

enum { BEGINNINGS_FROM = 3, BEGINNINGS_ALONE = 6 };

static const struct od_str traces[] = {OD_STR("Call Trace:"), OD_STR("Call trace:"), OD_STR("Backtrace:"), OD_STR("Stack Trace:")};

static const struct od_str beginnings[] = {
	OD_STR("BUG: "), OD_STR("WARNING: "), OD_STR("INFO: "), OD_STR("Unable to handle "), OD_STR("Internal error: "),
	OD_STR("kernel BUG at "), OD_STR("general protection fault"), OD_STR("Kernel panic - "), OD_STR("------------[ cut here"),
	OD_STR("---[ end "), OD_STR("Oops: "), OD_STR("Oops[#"), OD_STR("Oops [#"), OD_STR("invalid opcode: "), OD_STR("list_add corruption"), OD_STR("list_del corruption"),
	OD_STR("$ 0 "), OD_STR("pgd = "), OD_STR("stack backtrace:"), OD_STR("[ BUG: "), OD_STR("[ INFO: "), OD_STR("#PF: "), OD_STR("PGD "), OD_STR("IP: ["), OD_STR("IP: "), OD_STR("CPU: "), OD_STR("Pid: "),
	OD_STR("Hardware name: "), OD_STR("Workqueue: "), OD_STR("Modules linked in: "), OD_STR("Process "), OD_STR("task: "),
	OD_STR("RIP: "), OD_STR("RIP  ["), OD_STR("RIP ["), OD_STR("RSP: "), OD_STR("RAX: "), OD_STR("FS:  "), OD_STR("FS: "), OD_STR("CS: "),
	OD_STR("CR2: "), OD_STR("DR0: "), OD_STR("EIP: "), OD_STR("EAX: "), OD_STR("Stack:"), OD_STR("Code: "), OD_STR("PC is at "),
	OD_STR("LR is at "), OD_STR("pc : "), OD_STR("lr : "), OD_STR("sp : "), OD_STR("pstate: "), OD_STR("x29: "), OD_STR("Mem abort info:"),
	OD_STR("NIP: "), OD_STR("NIP ["), OD_STR("LR ["), OD_STR("MSR: "), OD_STR("GPR00: "), OD_STR("epc   : "), OD_STR("epc : "),
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

bool od_lost_has_report(struct od_str text)
{
	size_t count = 0;
	bool trace = false, word = false;

	if (text.len < OD_LOST_FROM || (od_str_find(text, OD_STR("race:")) < 0 && od_str_find(text, OD_STR(" CPU: ")) < 0))
		return false;
	if (od_str_find_char(text, '\n') >= 0 || od_record_begins_with_time(text) || od_record_find_inner(text) >= 0)
		return false; /* its lines are known by other means */
	for (; text.len; text = od_str_from_index(text, 1)) {
		bool begins = !word && !od_is_blank(text.ptr[0]);
		word = !od_is_blank(text.ptr[0]);
		if (!begins)
			continue;
		count += BEGINS_WITH(text, beginnings);
		trace |= BEGINS_WITH(text, traces) && od_str_find(text, OD_STR("+0x")) > 0;
	}
	return count >= (trace ? BEGINNINGS_FROM : BEGINNINGS_ALONE);
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

/* "Internal error: Oops: 17", "watchdog: BUG: soft lockup": what stands behind a label goes on with its line. */
static bool goes_on(struct od_str before)
{
	return od_str_ends(before, OD_STR(": ")) && !od_str_ends(before, OD_STR("race: "));
}

struct od_str od_lost_break(struct od_buf *out, struct od_str text)
{
	bool in_trace = false;

	od_buf_clear(out);
	while (text.len) {
		if (od_scan_char(&text, ' ') || od_scan_char(&text, '\t')) {
			od_buf_put_char(out, ' ');
			continue;
		}
		bool trace = BEGINS_WITH(text, traces), place = false;
		bool begins = trace || (BEGINS_WITH(text, beginnings) && !goes_on(od_buf_str(out)));
		if (begins && out->len)
			od_buf_put_char(out, '\n');
		in_trace = trace || (in_trace && !begins);
		struct od_str rest = text, word;
		(void)od_scan_word(&rest, &word);
		size_t len = in_trace && !begins ? place_length(text, &place) : word.len;
		od_buf_put(out, od_str_first(text, len));
		text = od_str_from_index(text, len);
		if (place || od_str_ends(od_buf_str(out), OD_STR("race:")))
			od_buf_put_char(out, '\n');
	}
	return od_str_trim(od_buf_str(out));
}
