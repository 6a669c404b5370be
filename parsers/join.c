// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/join.h"

#include "parsers/builder.h"
#include "parsers/dump.h"
#include "parsers/headers.h"
#include "parsers/open_line.h"

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

/* Nothing stands before its text. */
static bool is_bare(const struct od_record *record)
{
	return !record->time_usec.known && !record->wall_time.len && !record->format && record->level == OD_LEVEL_UNKNOWN &&
	       !record->caller.len;
}

/* The kernel or a logger put something before it: among such lines one without is the rest of another. */
static bool has_prefix(const struct od_record *record)
{
	return record->time_usec.known || record->wall_time.len || record->format;
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
	return width == TERMINAL_WIDTH || (has_prefix(record) && width == join->widest && join->as_wide >= AS_WIDE_FROM &&
					   width > TERMINAL_WIDTH && width <= WIDEST_TERMINAL);
}

static bool is_broken(const struct od_join *join)
{
	return is_margin(join, &join->record, join->width);
}

bool od_join_may_go_on(struct od_join *join, const struct od_record *record)
{
	size_t width = record->width;
	if (has_prefix(record))
		note_width(join, width);
	if (od_str_ends(record->text, OD_STR(" ]---"))) /* a report's end: who waits for it shall have it at once */
		return false;
	/* of a logger's lines 80 columns are too common */
	if ((record->time_usec.known || (has_prefix(record) && width != TERMINAL_WIDTH)) && is_margin(join, record, width))
		return record->text.len > 0; /* what is none of its lines has no prefix */
	if (od_open_line_find(record->text))
		return true;
	if (width < NARROWEST_LINE || unquoted(width, record) > WIDEST_WRAP || !record->text.len)
		return false;
	return record->time_usec.known || record->wall_time.len || od_begins_long_line(record->text);
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

/* "[c0000001f745baf0] ": a frame that is cut behind it */
static bool begins_with_address(struct od_str text)
{
	uint64_t address;
	return od_scan_char(&text, '[') && (od_str_starts(text, OD_STR("<")) || (od_scan_hex_width(&text, 16, &address) && od_scan_char(&text, ']')));
}

/* What may stand behind the place of a whole frame: "[mod]", "(P)", "net/core/dev.c:123". */
static bool is_trailer(struct od_str text)
{
	struct od_str word;
	return (text.ptr[0] == '[' && !begins_with_address(text)) || text.ptr[0] == '(' || (od_scan_word(&text, &word) && has_other_colon(word));
}

/*
 * "at virtual address 00000010" behind "Unable to handle …": a line of its own on some architectures, which read both; "address: 0x10" behind
 * "NULL pointer dereference,".
 */
static bool is_address_of_fault(struct od_str held, struct od_str text)
{
	static const struct od_str starts[] = {OD_STR("at virtual address "), OD_STR("virtual address "), OD_STR("address "), OD_STR("address: ")};
	const bool waits = od_str_find(held, OD_STR("Unable to handle ")) >= 0 || od_str_ends(held, OD_STR("NULL pointer dereference,")) ||
			   od_str_ends(held, OD_STR("page fault for"));
	if (!waits || od_str_find(held, OD_STR("address ")) >= 0)
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

/* "Hardware name: 8335-GTH POWER9 0x4e1202" and "opal:skiboot-v6.0.7 PowerNV": a colon within a word makes no label there. */
static bool goes_on_with_firmware(struct od_str held, struct od_str text)
{
	const ptrdiff_t colon = od_str_find_char(text, ':');
	return od_str_starts(held, OD_STR("Hardware name: ")) && colon > 0 && (size_t)colon + 1 < text.len &&
	       !od_is_blank(text.ptr[colon + 1]);
}

/* "insmod/91 is trying to acquire lock:", below lockdep's headline */
static bool is_actor(struct od_str text)
{
	return od_str_ends(text, OD_STR(":")) && od_str_find(text, OD_STR(" is trying to ")) > 0;
}

/* "show_stack from dump_stack_lvl+0x58/0x70": arm's */
static bool is_call(struct od_str text)
{
	struct od_frame_text callee, from;
	return od_str_find(text, OD_STR(" from ")) > 0 && od_frame_call(text, &callee, &from);
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
	if (od_builder_is_known_line(index, text) || is_kernel_ident(text) || od_is_lock_line(text) || is_actor(text) ||
	    (begins_with_label(text) && !ends_open(join->record.text) && !goes_on_with_firmware(join->record.text, text)))
		return false;
	if (text.ptr[0] == '<' || text.ptr[0] == '-' || od_str_starts(text, OD_STR("***")) || od_str_find(text, OD_STR(") from [<")) > 0 || is_call(text))
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
	const struct od_open_line *waited = od_open_line_completed(join->record.text, record->text);
	bool broken = is_broken(join) && (join->width == TERMINAL_WIDTH || record->indent < PREFIX_WIDTH);
	size_t margin = broken && join->width > WIDEST_WRAP ? join->width : WIDEST_WRAP;
	if (unquoted(record->width, record) > margin && !waited)
		return false;
	bool wrapped = unquoted(join->width, &join->record) <= WIDEST_WRAP && join->width + 1 + word.len > NARROWEST_WRAP &&
		       record->indent < PREFIX_WIDTH;
	bool sure = broken && has_prefix(&join->record) && record->indent < PREFIX_WIDTH;
	if (!waited && ((!broken && !wrapped) || !(sure ? !od_header_find(index, record->text, &rest) : is_rest(join, index, record->text))))
		return false;
	od_join_keep(join);
	if (join->parts == 1)
		join->blanks = blanks_behind(&join->record);
	unsigned blanks = broken && !begins_version(join->record.text, record->text) ? (unsigned)join->blanks + record->indent : 1;
	od_buf_pad(&join->text, ' ', ends_within_word(join->record.text) || (waited && waited->within_word) ? 0 : blanks);
	od_buf_put(&join->text, record->text);
	if (whole_line && record->line != join->record.last_line) { /* else another record of the line has its text */
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
