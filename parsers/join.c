// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/join.h"

#include "parsers/builder.h"
#include "parsers/dump.h"
#include "parsers/headers.h"

enum {
	TERMINAL_WIDTH = 80,	/* where a serial terminal breaks a line, in the middle of a word */
	WIDEST_TERMINAL = 320,
	AS_WIDE_FROM = 3,	/* so many lines of one width, and none wider, are a terminal's that has this width */
	NARROWEST_WRAP = 64,	/* where mail programs break lines, between words */
	WIDEST_WRAP = 80,
	NARROWEST_LINE = 20,	/* a line that is broken before a very long word may be short */
	PREFIX_WIDTH = 10,	/* dmesg indents further lines of a record by more */
	PART_LIMIT = 16,	/* lines that one record may have been broken into */
};

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

static bool begins_long_line(struct od_str text)
{
	struct od_frame_text frame;
	for (size_t i = 0; i < sizeof(long_lines) / sizeof(long_lines[0]); i++)
		if (text.ptr[0] == long_lines[i].ptr[0] && od_str_starts(text, long_lines[i]))
			return true;
	return od_str_ends(text, OD_STR(":")) || od_frame_line(text, &frame);
}

/* The record's last line, without its end. */
static struct od_str last_line(const struct od_record *record)
{
	struct od_str raw = record->raw;
	ptrdiff_t line_end = od_str_find_last_char(raw, '\n');
	if (line_end >= 0)
		raw = od_str_from_index(raw, (size_t)line_end + 1);
	while (raw.len && raw.ptr[raw.len - 1] == '\r')
		raw.len--;
	return raw;
}

static size_t blanks_behind(const struct od_record *record)
{
	struct od_str line = last_line(record);
	size_t count = 0;
	while (count < line.len && line.ptr[line.len - 1 - count] == ' ')
		count++;
	return count;
}

/* "ffff888012345678 (&mm->mmap_lock){++++}-{3:3}, at: fn+0x12/0x34": lockdep's lines about locks. */
static bool is_lock(struct od_str text)
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

/* "kernel BUG at", "WARNING: at", "BUG: sleeping function called from invalid context at": the source is still to come. */
static bool ends_before_source(struct od_str text)
{
	return od_str_ends(text, OD_STR(" at")) && (od_str_find(text, OD_STR("BUG")) >= 0 || od_str_find(text, OD_STR("WARNING:")) >= 0);
}

/* "fs/inode.c:582!" */
static bool begins_with_source(struct od_str text)
{
	struct od_str word;
	if (!od_scan_word(&text, &word) || !od_is_source_place(word))
		return false;
	const struct od_str name = od_str_first(word, (size_t)od_str_find_last_char(word, ':'));
	return od_str_ends(name, OD_STR(".c")) || od_str_ends(name, OD_STR(".h"));
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

/* "04/01/2024" */
static bool is_date(struct od_str text)
{
	return text.len == 10 && text.ptr[2] == '/' && text.ptr[5] == '/' && od_is_digit(text.ptr[0]) && od_is_digit(text.ptr[9]);
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
	return od_str_ends(text, OD_STR(",")) && is_lock(text);
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
static const struct open_line {
	char last; /* the line ends so; 0: it holds a bracket, a parenthesis or a comma */
	bool (*waits)(struct od_str held);
	bool (*completes)(struct od_str text);
	bool within_word; /* what follows belongs to the last word: no blank was there */
} open_lines[] = {
	{'?', ends_before_place, is_frame, false},
	{'>', ends_before_second_place, is_frame, false},
	{']', ends_before_lock_place, is_frame, false},
	{':', ends_before_lock_place, is_frame, false},
	{':', ends_before_number, is_rest_of_cpu_line, false},
	{':', ends_before_bug, is_bug, false},
	{'t', ends_before_source, begins_with_source, false},
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
static const struct open_line *find_open_line(struct od_str text)
{
	const bool any = od_str_has_any(text, '[', '(', ',');
	const char last = text.len ? text.ptr[text.len - 1] : 0;

	if (!any && od_is_hex(last)) /* most lines */
		return NULL;
	for (size_t i = 0; i < sizeof(open_lines) / sizeof(open_lines[0]); i++)
		if ((open_lines[i].last ? open_lines[i].last == last : any) && open_lines[i].waits(text))
			return &open_lines[i];
	return NULL;
}

/* What the held text waits for, where the text is that. */
static const struct open_line *find_completed(struct od_str held, struct od_str text)
{
	const struct open_line *line = find_open_line(held);
	return line && line->completes(text) ? line : NULL;
}

/* Nothing stands before its text. */
static bool is_bare(const struct od_record *record)
{
	return !record->time_usec.known && !record->wall_time.len && !record->format && record->level == OD_LEVEL_UNKNOWN &&
	       !record->caller.len;
}

/* Who answered a mail put marks before lines that were broken already. */
static size_t unquoted(size_t width, const struct od_record *record)
{
	return width > record->quoted ? width - record->quoted : 0;
}

static void note_width(struct od_join *join, size_t width)
{
	if (width > join->widest) {
		join->widest = width;
		join->as_wide = 0;
	}
	join->as_wide += width == join->widest;
}

/* Whether a terminal broke the record's line, which is so wide. */
static bool is_margin(const struct od_join *join, const struct od_record *record, size_t width)
{
	return width == TERMINAL_WIDTH || (record->time_usec.known && width == join->widest && join->as_wide >= AS_WIDE_FROM &&
					   width > TERMINAL_WIDTH && width <= WIDEST_TERMINAL);
}

static bool is_broken(const struct od_join *join)
{
	return is_margin(join, &join->record, join->width);
}

bool od_join_may_go_on(struct od_join *join, const struct od_record *record)
{
	size_t width = record->width;
	if (record->time_usec.known)
		note_width(join, width);
	if (od_str_ends(record->text, OD_STR(" ]---"))) /* a report's end: who waits for it shall have it at once */
		return false;
	if (record->time_usec.known && is_margin(join, record, width))
		return record->text.len > 0; /* what is none of its lines has no prefix */
	if (find_open_line(record->text))
		return true;
	if (width < NARROWEST_LINE || unquoted(width, record) > WIDEST_WRAP || !record->text.len)
		return false;
	return record->time_usec.known || record->wall_time.len || begins_long_line(record->text);
}

/* "include/linux/wait.h:1095", "0xdead000000000100:": a colon that no label has. */
static bool has_other_colon(struct od_str word)
{
	ptrdiff_t at = od_str_find_char(word, ':');
	struct od_str before = od_str_first(word, at < 0 ? 0 : (size_t)at);
	return at > 0 && (od_str_starts(word, OD_STR("0x")) || od_str_find_char(before, '/') >= 0 ||
			  od_str_find_char(before, '.') > 0);
}

/* "R12: …", "Code: …", "sp : …", "r1=…": a label begins a line of its own. */
static bool begins_with_label(struct od_str text)
{
	struct od_str word;
	if (!od_scan_word(&text, &word) || has_other_colon(word))
		return false;
	od_scan_blanks(&text);
	if (od_str_equal(word, OD_STR("$"))) /* "$ 0   : …" of mips */
		return true;
	return od_str_find_char(word, ':') > 0 || od_str_find_char(word, '=') > 0 ||
	       (text.len && (text.ptr[0] == ':' || text.ptr[0] == '='));
}

/* "6.1.0 #1 Not tainted", to 2.6.34 without these words, below lockdep's headline: print_kernel_ident(), kernel/locking/lockdep.c. */
static bool is_kernel_ident(struct od_str text)
{
	struct od_str release, rest = text;
	uint64_t number;
	if (!od_is_digit(text.ptr[0]) || !od_scan_word(&rest, &release) || od_str_find_char(release, '.') < 1 || !od_scan_literal(&rest, " #") ||
	    !od_scan_u64(&rest, &number))
		return false;
	return !od_str_trim(rest).len || od_str_ends(text, OD_STR("Not tainted")) || od_str_find(text, OD_STR(" Tainted: ")) > 0;
}

/* Only digits, with or without 0x: a row of a dump, or the end of a line that was waiting for a number. */
static bool is_number(struct od_str text)
{
	uint64_t value;
	(void)od_scan_literal(&text, "0x");
	return od_scan_hex(&text, &value) && !text.len;
}

/* Words of memory, as below "Stack:": a row of its own, unless code is listed. */
static bool is_hex_row(struct od_str text)
{
	struct od_str word;
	size_t words = 0;
	while (od_scan_word(&text, &word)) {
		uint64_t value;
		struct od_str digits = word;
		if ((word.len != 8 && word.len != 16) || !od_scan_hex(&digits, &value) || digits.len)
			return false;
		od_scan_blanks(&text);
		words++;
	}
	return words > 1;
}

/* A bracket that is not closed. */
static bool is_open(struct od_str text)
{
	int depth = 0;
	for (size_t i = 0; i < text.len; i++)
		depth += (text.ptr[i] == '(' || text.ptr[i] == '[') - (text.ptr[i] == ')' || text.ptr[i] == ']');
	return depth > 0;
}

static bool ends_open(struct od_str text)
{
	static const struct od_str ends[] = {
		OD_STR(" at"), OD_STR("INFO: task"), OD_STR(" addr"), OD_STR(":"), OD_STR(" address"), OD_STR(" in"), OD_STR(" from"), OD_STR(" atomic:"),
	};
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
		if (od_str_ends(text, ends[i]))
			return true;
	return false;
}

/* "RIP: 0010:[<ffffffffa05cc012>]  [<ffffffffa05cc012>]": the symbol is still to come. */
static bool waits_for_place(struct od_str text)
{
	static const char *const names[] = {"RIP", "IP:", "EIP", "PC is at", "LR is at", "pc : ", "lr : ", "NIP", "LR ", "WARNING: ", NULL};
	bool waits = od_str_find(text, OD_STR("+0x")) < 0;
	if (od_str_ends(text, OD_STR(">]")) || od_str_ends(text, OD_STR(" from")) || od_str_ends(text, OD_STR(" in")))
		return true;
	for (size_t i = 0; names[i]; i++)
		if (od_str_starts(text, od_str_from(names[i])))
			return waits;
	return false;
}

/* Rows whose values go on in the next line as they are: "GPR00: …" of powerpc, "$ 0   : …" of mips, code. */
static bool is_row_of_words(struct od_str text)
{
	static const struct od_str rows[] = {OD_STR("Code:"), OD_STR("GPR"), OD_STR("$ ")};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (od_str_starts(text, rows[i]))
			return true;
	return false;
}

/* What may stand behind the place of a whole frame: "[mod]", "(P)", "net/core/dev.c:123". */
static bool is_trailer(struct od_str text)
{
	struct od_str word;
	return text.ptr[0] == '[' || text.ptr[0] == '(' || (od_scan_word(&text, &word) && has_other_colon(word));
}

/* "at virtual address 00000010" behind "Unable to handle …": a line of its own on some architectures, which read both. */
static bool is_address_of_fault(struct od_str held, struct od_str text)
{
	static const struct od_str starts[] = {OD_STR("at virtual address "), OD_STR("virtual address "), OD_STR("address ")};
	if (od_str_find(held, OD_STR("Unable to handle ")) < 0 || od_str_find(held, OD_STR("address ")) >= 0)
		return false;
	for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++)
		if (od_str_starts(text, starts[i]))
			return true;
	return false;
}

/* "general protection fault, probably for non-canonical": what follows looks like a die line of its own. */
static bool is_open_die_line(struct od_str held)
{
	(void)od_scan_literal(&held, "Oops: ");
	return od_str_starts(held, OD_STR("general protection fault,")) && od_str_find(held, OD_STR("[#")) < 0;
}

/* "systemd-sleep" and "Tainted: G S 6.14.0 #4": the CPU line's second half looks like a label's line. */
static bool is_taint_of_task(struct od_str held, struct od_str text)
{
	return (od_str_starts(text, OD_STR("Tainted: ")) || od_str_starts(text, OD_STR("Not tainted "))) && od_str_find(text, OD_STR(" #")) > 0 &&
	       (od_str_find(held, OD_STR(" Comm: ")) > 0 || od_str_find(held, OD_STR(", comm: ")) > 0) && od_str_find(held, OD_STR("ainted")) < 0;
}

/* "insmod/91 is trying to acquire lock:", below lockdep's headline */
static bool is_actor(struct od_str text)
{
	return od_str_ends(text, OD_STR(":")) && od_str_find(text, OD_STR(" is trying to ")) > 0;
}

/* Whether the text can be the rest of a line, and is no line by itself. */
static bool is_rest(const struct od_join *join, const struct od_index *index, struct od_str text)
{
	struct od_frame_text frame;

	if (is_broken(join) && is_open(join->record.text))
		return true;
	if (is_address_of_fault(join->record.text, text) || is_open_die_line(join->record.text) || is_taint_of_task(join->record.text, text))
		return true;
	if (is_hex_row(text) && !is_row_of_words(join->record.text))
		return false;
	if (is_number(text))
		return is_broken(join) || ends_open(join->record.text) || is_row_of_words(join->record.text);
	if (od_builder_is_known_line(index, text) || is_kernel_ident(text) || is_lock(text) || is_actor(text) ||
	    (begins_with_label(text) && !ends_open(join->record.text)))
		return false;
	if (text.ptr[0] == '<' || text.ptr[0] == '-' || od_str_starts(text, OD_STR("***")) || od_str_find(text, OD_STR(") from [<")) > 0)
		return false;
	if (od_frame_line(join->record.text, &frame) && frame.offset.known) {
		/* "[fn+108/116]" of klogd: the kernel's own name follows */
		if (frame.raw.ptr[0] == '[' && od_str_starts(text, frame.function))
			return true;
		return is_trailer(text) && !od_frame_line(text, &frame);
	}
	return !od_frame_line(text, &frame) || waits_for_place(join->record.text);
}

/* Mail programs break lines behind a hyphen, too: "probably for non-", "Not tainted 6.16.0-". */
static bool ends_within_word(struct od_str held)
{
	return held.len > 1 && od_str_ends(held, OD_STR("-")) && !od_is_blank(held.ptr[held.len - 2]) && held.ptr[held.len - 2] != '-';
}

/* "Not tainted 4.16.0-1.x86_64" and "#1": a release holds no such mark, however wide the line is by chance. */
static bool begins_version(struct od_str held, struct od_str text)
{
	return text.len > 1 && text.ptr[0] == '#' && od_is_digit(text.ptr[1]) && od_str_find(held, OD_STR("ainted")) > 0;
}

bool od_join_add(struct od_join *join, const struct od_index *index, const struct od_record *record, bool whole_line)
{
	struct od_str rest = record->text, word;

	/* what was broken is no wider than what it was broken to */
	if (join->parts >= PART_LIMIT || !record->text.len || !is_bare(record) || !od_scan_word(&rest, &word))
		return false;
	const struct open_line *waited = find_completed(join->record.text, record->text);
	bool broken = is_broken(join);
	size_t margin = broken && join->width > WIDEST_WRAP ? join->width : WIDEST_WRAP;
	if (unquoted(record->width, record) > margin && !waited)
		return false;
	bool wrapped = unquoted(join->width, &join->record) <= WIDEST_WRAP && join->width + 1 + word.len > NARROWEST_WRAP &&
		       record->indent < PREFIX_WIDTH;
	bool sure = broken && join->record.time_usec.known && record->indent < PREFIX_WIDTH;
	if (!waited && ((!broken && !wrapped) || !(sure ? !od_header_find(index, record->text, &rest) : is_rest(join, index, record->text))))
		return false;
	od_join_keep(join);
	if (join->parts == 1)
		join->blanks = blanks_behind(&join->record);
	unsigned blanks = broken && !begins_version(join->record.text, record->text) ? (unsigned)join->blanks + record->indent : 1;
	od_buf_pad(&join->text, ' ', ends_within_word(join->record.text) || (waited && waited->within_word) ? 0 : blanks);
	od_buf_put(&join->text, record->text);
	if (whole_line) { /* else the record behind it on the line has the line's text */
		od_buf_put_char(&join->raw, '\n');
		od_buf_put(&join->raw, record->raw);
		join->record.last_line = record->last_line;
	}
	join->record.text = od_buf_str(&join->text);
	join->record.raw = od_buf_str(&join->raw);
	join->width = record->width;
	join->blanks = blanks_behind(record);
	join->parts++;
	return true;
}

void od_join_hold(struct od_join *join, const struct od_record *record)
{
	join->record = *record;
	join->width = record->width;
	join->parts = 1;
	join->held = join->borrowed = true;
}

void od_join_keep(struct od_join *join)
{
	struct od_record *record = &join->record;

	if (!join->held || !join->borrowed)
		return;
	od_buf_clear(&join->text);
	od_buf_clear(&join->raw);
	od_buf_put(&join->text, record->text);
	od_buf_put(&join->raw, record->raw);
	od_str_copy_to(record->caller, join->caller, sizeof(join->caller));
	od_str_copy_to(record->wall_time, join->wall_time, sizeof(join->wall_time));
	record->text = od_buf_str(&join->text);
	record->raw = od_buf_str(&join->raw);
	record->caller = od_str_from(join->caller);
	record->wall_time = od_str_from(join->wall_time);
	join->borrowed = false;
}

struct od_record *od_join_release(struct od_join *join)
{
	join->held = false;
	return &join->record;
}

void od_join_deinit(struct od_join *join)
{
	od_buf_deinit(&join->text);
	od_buf_deinit(&join->raw);
}
