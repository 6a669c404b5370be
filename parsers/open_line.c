// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/open_line.h"

#include "parsers/frame.h"

/* Beginnings of lines that are often longer than a mail program allows. */
static const struct od_str long_lines[] = {
	OD_STR("BUG: "), OD_STR("Unable to handle "), OD_STR("Unhandled fault"), OD_STR("Internal error: "),
	OD_STR("Oops"), OD_STR("CPU: "), OD_STR("CPU "), OD_STR("Pid: "), OD_STR("Hardware name: "), OD_STR("RIP: "),
	OD_STR("RIP "), OD_STR("IP: "), OD_STR("EIP: "), OD_STR("PC is at "), OD_STR("LR is at "),
	OD_STR("pc : "), OD_STR("lr : "), OD_STR("NIP "), OD_STR("LR "), OD_STR("Kernel panic"),
	OD_STR("WARNING: "), OD_STR("INFO: "), OD_STR("kernel BUG at "), OD_STR("Workqueue: "),
	OD_STR("general protection fault"), OD_STR("watchdog: "), OD_STR("Modules linked in: "),
	OD_STR("Code: "), OD_STR("Process "), OD_STR("[<"), OD_STR("[ INFO: "), OD_STR("[ BUG: "), OD_STR("rcu: INFO: "),
	OD_STR("UBSAN: "), OD_STR("rust_kernel: "), OD_STR("GPR"), OD_STR("in_atomic(): "), OD_STR("Debug: "), OD_STR("divide error"),
};

bool od_begins_long_line(struct od_str text)
{
	struct od_frame_text frame;
	for (size_t i = 0; i < sizeof(long_lines) / sizeof(long_lines[0]); i++)
		if (text.ptr[0] == long_lines[i].ptr[0] && od_str_starts(text, long_lines[i]))
			return true;
	return od_str_ends(text, OD_STR(":")) || od_frame_line(text, &frame);
}

/* "ffff888012345678 (&mm->mmap_lock){++++}-{3:3}, at: fn+0x12/0x34": lockdep's lines about locks. */
bool od_is_lock_line(struct od_str text)
{
	uint64_t address;

	if (od_scan_hex(&text, &address))
		od_scan_blanks(&text);
	return od_str_starts(text, OD_STR("(")) && od_str_find(text, OD_STR("){")) > 0;
}

/* The place of a PSW or a frame whose parenthesis waits for the module: "(fn+0x1/0x2". */
static bool ends_within_place(struct od_str text)
{
	const ptrdiff_t open = od_str_find_last_char(text, '(');
	struct od_frame_text place;
	if (open < 0)
		return false;
	text = od_str_from_index(text, (size_t)open + 1);
	return od_scan_place(&text, &place) && !text.len;
}

/* "Not tainted 6.16.0-": mail programs break lines behind a hyphen. */
static bool ends_within_release(struct od_str text)
{
	return text.len > 1 && od_str_ends(text, OD_STR("-")) && od_is_digit(text.ptr[text.len - 2]) &&
	       od_str_find(text, OD_STR("ainted")) > 0;
}

static bool ends_before_place(struct od_str text)
{
	return od_str_equal(text, OD_STR("?")) || (od_str_starts(text, OD_STR("[<")) && od_str_ends(text, OD_STR("] ?")));
}

/* "<c01499a4> fn+0x24/0x80   <c01495bb>": two frames in a line (i386, 2.6.16 and 2.6.17), of which the second was wrapped */
static bool ends_before_second_place(struct od_str text)
{
	const ptrdiff_t open = od_str_find_last_char(text, '<');
	struct od_str last = open < 1 ? (struct od_str){0} : od_str_from_index(text, (size_t)open + 1);
	uint64_t address;
	return text.ptr[0] == '<' && od_scan_hex_width(&last, 8, &address) && od_str_equal(last, OD_STR(">")) &&
	       od_str_find(text, OD_STR("> ")) > 0 && od_str_find(text, OD_STR("+0x")) > 0;
}

/* "#0: (&a->m){+.+.}, at: [<c01f63b0>]": the lock's place (to 4.x, with its address) */
static bool ends_before_lock_place(struct od_str text)
{
	return (od_str_ends(text, OD_STR(">]")) && od_str_find(text, OD_STR("}, at: [<")) > 0) ||
	       (od_str_ends(text, OD_STR(", at:")) && od_str_find(text, OD_STR("){")) > 0);
}

/* "fn+0xac/": the size is still to come. */
static bool ends_within_size(struct od_str text)
{
	const ptrdiff_t plus = od_str_find_last_char(text, '+');
	struct od_str rest = plus < 1 ? (struct od_str){0} : od_str_from_index(text, (size_t)plus + 1);
	uint64_t offset;
	return od_scan_0x(&rest, &offset) && od_str_equal(rest, OD_STR("/"));
}

/* "[fn+1370/1792] fn": behind klogd's name, the kernel's own one whose offset is still to come. */
static bool ends_before_offset(struct od_str text)
{
	const ptrdiff_t blank = od_str_find_last_char(text, ' ');
	struct od_str name = od_str_from_index(text, (size_t)blank + 1), rest = text;
	return blank > 0 && od_scan_char(&rest, '[') && od_scan_text(&rest, name) && od_scan_char(&rest, '+');
}

static bool is_offset(struct od_str text)
{
	uint64_t number;
	return od_scan_char(&text, '+') && od_scan_0x(&text, &number) && od_scan_char(&text, '/') && od_scan_0x(&text, &number);
}

/* "CPU 0 Unable to handle kernel paging request at virtual address e75c0200," of mips and loongarch */
static bool ends_before_epc(struct od_str text)
{
	return od_str_ends(text, OD_STR(",")) && od_str_starts(text, OD_STR("CPU ")) && od_str_find(text, OD_STR(" virtual address ")) > 0;
}

static bool is_epc(struct od_str text)
{
	return od_str_starts(text, OD_STR("epc == ")) || od_str_starts(text, OD_STR("era == "));
}

/* "watchdog: BUG:" */
static bool ends_before_bug(struct od_str text)
{
	return od_str_ends(text, OD_STR("BUG:"));
}

static bool is_bug(struct od_str text)
{
	static const struct od_str bugs[] = {
		OD_STR("soft lockup"), OD_STR("workqueue l"), OD_STR("unable to handle "), OD_STR("kernel NULL pointer "), OD_STR("KASAN: "),
		OD_STR("sleeping function "), OD_STR("scheduling while "), OD_STR("Bad page "), OD_STR("using "), OD_STR("spinlock "),
	};
	for (size_t i = 0; i < sizeof(bugs) / sizeof(bugs[0]); i++)
		if (od_str_starts(text, bugs[i]))
			return true;
	return false;
}

/* "BUG: unable to handle kernel paging request at": the address is still to come. */
static bool ends_before_address(struct od_str text)
{
	return od_str_ends(text, OD_STR(" dereference at")) || od_str_ends(text, OD_STR(" paging request at"));
}

static bool is_address(struct od_str text)
{
	uint64_t address;
	const bool wide = od_scan_hex_width(&text, 16, &address) || od_scan_hex_width(&text, 8, &address);
	return (wide || od_scan_literal(&text, "(null)")) && !text.len;
}

/* "kernel BUG at", "WARNING: at", "BUG: sleeping function called from invalid context at": the source is still to come. */
static bool ends_before_source(struct od_str text)
{
	return od_str_ends(text, OD_STR(" at")) && (od_str_find(text, OD_STR("BUG")) >= 0 || od_str_find(text, OD_STR("WARNING:")) >= 0);
}

/* "fs/inode.c:582!" */
static bool begins_with_source(struct od_str text)
{
	struct od_str word;
	return od_scan_word(&text, &word) && od_is_c_source_place(word);
}

/* "WARNING: CPU: 2 PID: 677 at /build/linux/net/w": a terminal broke the file's name. */
static bool ends_within_source(struct od_str text)
{
	const ptrdiff_t at = od_str_find(text, OD_STR(" at "));
	const struct od_str name = at < 0 ? (struct od_str){0} : od_str_from_index(text, (size_t)at + 4);
	return od_str_starts(text, OD_STR("WARNING: CPU: ")) && od_str_find_char(name, '/') >= 0 && od_str_find_char(name, ' ') < 0 &&
	       od_str_find_char(name, ':') < 0;
}

/* "general protection fault, probably for": the address, and the die line's number, are still to come. */
static bool ends_within_die_line(struct od_str text)
{
	(void)od_scan_literal(&text, "Oops: ");
	return od_str_starts(text, OD_STR("general protection fault, probably for")) && od_str_find(text, OD_STR("[#")) < 0;
}

static bool holds_counter(struct od_str text)
{
	return od_str_find(text, OD_STR("[#")) > 0;
}

/* "Hardware name: …, BIOS" */
static bool ends_before_bios(struct od_str text)
{
	return od_str_starts(text, OD_STR("Hardware name: ")) && od_str_ends(text, OD_STR(", BIOS"));
}

/* "04/01/2024" */
static bool is_date(struct od_str text)
{
	return text.len == 10 && text.ptr[2] == '/' && text.ptr[5] == '/' && od_is_digit(text.ptr[0]) && od_is_digit(text.ptr[9]);
}

/* "2.20.1 09/13/2023" */
static bool ends_with_date(struct od_str text)
{
	return text.len > 10 && is_date(od_str_from_index(text, text.len - 10));
}

/* "CPU: 3 PID:", "Hardware name: …, BIOS 4.1": the number, or the date, is still to come. */
static bool ends_before_number(struct od_str text)
{
	return od_str_starts(text, OD_STR("CPU: ")) && od_str_ends(text, OD_STR(" PID:"));
}

static bool ends_before_date(struct od_str text)
{
	return od_str_starts(text, OD_STR("Hardware name: ")) && od_str_find(text, OD_STR(", BIOS ")) > 0 && od_str_find(text, OD_STR("/20")) < 0;
}

/* "fn+0x7a/0x1b0 [f2fs": the module's build ID is still to come. */
static bool ends_before_build_id(struct od_str text)
{
	struct od_frame_text frame;
	const ptrdiff_t open = od_str_find_last_char(text, '[');
	return open > 0 && od_str_find_char(od_str_from_index(text, (size_t)open), ']') < 0 &&
	       od_frame_line(od_str_trim(od_str_first(text, (size_t)open)), &frame) && frame.offset.known;
}

/* "ffff888012345678 (&a->m){+.+.}-{3:3},": lockdep's line without its place. */
static bool ends_within_lock(struct od_str text)
{
	return od_str_ends(text, OD_STR(",")) && od_is_lock_line(text);
}

static bool is_frame(struct od_str text)
{
	struct od_frame_text frame;
	return od_frame_line(text, &frame);
}

static bool is_size(struct od_str text)
{
	uint64_t size;
	return od_scan_0x(&text, &size) && (!text.len || od_is_blank(text.ptr[0]));
}

static bool is_rest_of_cpu_line(struct od_str text)
{
	return od_is_digit(text.ptr[0]) && od_str_find(text, OD_STR(" Comm: ")) > 0;
}

static bool is_build_id(struct od_str text)
{
	return od_str_ends(text, OD_STR("]")) && od_is_hex(text.ptr[0]) && od_str_find_char(text, ' ') < 0;
}

static bool is_rest_of_release(struct od_str text)
{
	return od_str_find(text, OD_STR(" #")) > 0;
}

static bool is_module(struct od_str text)
{
	return od_str_starts(text, OD_STR("[")) && od_str_ends(text, OD_STR("])"));
}

static bool is_place_of_lock(struct od_str text)
{
	return od_str_starts(text, OD_STR("at: "));
}

/* Lines, however long, that are not whole, since something always follows; and what that is. The first row that waits counts. */
static const struct od_open_line open_lines[] = {
	{'?', ends_before_place, is_frame, false},
	{'>', ends_before_second_place, is_frame, false},
	{']', ends_before_lock_place, is_frame, false},
	{':', ends_before_lock_place, is_frame, false},
	{':', ends_before_number, is_rest_of_cpu_line, false},
	{':', ends_before_bug, is_bug, false},
	{'t', ends_before_address, is_address, false},
	{'t', ends_before_source, begins_with_source, false},
	{'S', ends_before_bios, ends_with_date, false},
	{0, ends_before_date, is_date, false},
	{0, ends_before_offset, is_offset, true},
	{0, ends_before_build_id, is_build_id, false},
	{'-', ends_within_release, is_rest_of_release, true},
	{'/', ends_within_size, is_size, true},
	{',', ends_before_epc, is_epc, false},
	{0, ends_within_place, is_module, false},
	{',', ends_within_lock, is_place_of_lock, false},
};

/* NULL: the record is a whole line, or nothing tells that it is not. */
const struct od_open_line *od_open_line_find(struct od_str text)
{
	static const struct od_open_line within_source = {0, ends_within_source, begins_with_source, true}; /* however the line ends */
	static const struct od_open_line within_die = {0, ends_within_die_line, holds_counter, false};
	const bool any = od_str_has_any(text, '[', '(', ',');
	const char last = text.len ? text.ptr[text.len - 1] : 0;

	if (text.len && text.ptr[0] == 'W' && within_source.waits(text))
		return &within_source;
	if (text.len && (text.ptr[0] == 'g' || text.ptr[0] == 'O') && within_die.waits(text))
		return &within_die;
	if (!any && od_is_hex(last)) /* most lines */
		return NULL;
	for (size_t i = 0; i < sizeof(open_lines) / sizeof(open_lines[0]); i++)
		if ((open_lines[i].last ? open_lines[i].last == last : any) && open_lines[i].waits(text))
			return &open_lines[i];
	return NULL;
}

/* What the held text waits for, where the text is that. */
const struct od_open_line *od_open_line_completed(struct od_str held, struct od_str text)
{
	const struct od_open_line *line = od_open_line_find(held);
	return line && line->completes(text) ? line : NULL;
}
