// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/unmix.h"

#include "parsers/frame.h"
#include "parsers/headers.h"

enum {
	LABELS = 96,		/* different ones that are told apart */
	LABEL_LENGTH = 20,
	PROOF = 2,		/* lines that one report alone cannot have printed */
};

enum what { OTHER, LABEL, TRACE, FRAME, END, PANIC, FAULT }; /* FAULT: what no warning prints */

struct line {
	enum what what;
	size_t label;		/* number; LABELS: none */
	struct od_str text;
	struct od_str function; /* of a frame */
};

/* What one report has printed so far. */
struct lane {
	unsigned part;			/* dumps of registers are divided by frames */
	unsigned last_part[LABELS];	/* in which a label was printed last; 0: never */
	unsigned printed[LABELS];	/* how often */
	bool in_trace, traced, ended, dead;
	enum what last;
	struct od_str header;
	struct od_str address, pid;	/* digits in the header; empty: none */
};

struct lanes {
	struct lane lane[2];
	struct od_str labels[LABELS];
	size_t label_count;
	bool second_leads;		/* where both print the same, the second one is first */
	bool last;			/* the line before was the second one's */
	unsigned run, runs[2];		/* lines that the last one printed at a stretch; and how many each did before */
};

void od_unmix_deinit(struct od_unmix *mix)
{
	od_arena_destroy(mix->arena);
	*mix = (struct od_unmix){0};
}

void od_unmix_clear(struct od_unmix *mix)
{
	od_arena_reset(mix->arena);
	*mix = (struct od_unmix){.arena = mix->arena};
}

static bool hold(struct od_unmix *mix, const struct od_record *record)
{
	if (mix->count == OD_UNMIX_RECORDS)
		return false;
	struct od_record copy = *record;
	copy.raw = od_arena_copy(mix->arena, record->raw);
	copy.text = od_arena_copy(mix->arena, record->text);
	copy.wall_time = od_arena_copy(mix->arena, record->wall_time);
	if (od_arena_exhausted(mix->arena))
		return false;
	mix->records[mix->count++] = copy;
	return true;
}

bool od_unmix_begin(struct od_unmix *mix, const struct od_record *record, bool named, struct od_str first, bool first_in_trace)
{
	if (!mix->arena)
		mix->arena = od_arena_create(OD_UNMIX_BYTES);
	if (!mix->arena)
		return false;
	mix->records = od_arena_alloc(mix->arena, OD_UNMIX_RECORDS * sizeof(*mix->records));
	mix->first = od_arena_copy(mix->arena, first);
	mix->first_in_trace = first_in_trace;
	mix->named = named;
	mix->holding = mix->records && hold(mix, record);
	if (!mix->holding)
		od_unmix_clear(mix);
	return mix->holding;
}

/* "[#1]" of the second report may follow its header; a further header is a third report's. */
static bool is_third(struct od_unmix *mix, const struct od_index *index, struct od_str text)
{
	struct od_str rest;
	const struct od_header *header = od_header_find(index, text, &rest);
	if (!header || od_header_is_single(header) || header->role == OD_ROLE_PANIC || header->role == OD_ROLE_DIE)
		return od_str_starts(text, OD_STR("Linux version "));
	bool third = mix->named || header->role == OD_ROLE_CUT;
	mix->named |= header->role == OD_ROLE_REPORT;
	return third;
}

bool od_unmix_add(struct od_unmix *mix, const struct od_index *index, const struct od_record *record)
{
	return !is_third(mix, index, record->text) && hold(mix, record);
}

static size_t find_label(struct lanes *lanes, struct od_str text)
{
	ptrdiff_t colon = od_str_find_char(od_str_first(text, LABEL_LENGTH), ':');
	struct od_str label = colon < 1 ? (struct od_str){0} : od_str_trim(od_str_first(text, (size_t)colon));
	if (!label.len)
		return LABELS;
	for (size_t i = 0; i < lanes->label_count; i++)
		if (od_str_equal(lanes->labels[i], label))
			return i;
	if (lanes->label_count == LABELS)
		return LABELS;
	lanes->labels[lanes->label_count] = label;
	return lanes->label_count++;
}

static struct line classify(struct lanes *lanes, struct od_str text)
{
	static const struct {
		struct od_str begins;
		enum what what;
	} rows[] = {
		{OD_STR("---[ end trace "), END}, {OD_STR("Kernel panic"), PANIC}, {OD_STR("Call Trace:"), TRACE},
		{OD_STR("Call trace:"), TRACE},	  {OD_STR("Backtrace:"), TRACE},   {OD_STR("<"), FRAME},
		{OD_STR("#PF: "), FAULT},	  {OD_STR("PGD "), FAULT},
	};
	struct od_die_line die;
	struct line line = {.label = LABELS, .text = text};
	struct od_frame_text frame;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (!od_str_starts(text, rows[i].begins))
			continue;
		line.what = rows[i].what;
		return line;
	}
	if (od_frame_line(text, &frame) && frame.function.len && frame.offset.known) {
		line.what = FRAME;
		line.function = frame.function;
		return line;
	}
	line.label = find_label(lanes, text);
	line.what = text.len && od_scan_die_line(text, &die) ? FAULT : line.label == LABELS ? OTHER : LABEL;
	return line;
}

/* Where a stack ends: system calls, and the first functions of threads and CPUs. */
static bool is_outermost(struct od_str function)
{
	static const struct od_str names[] = {
		OD_STR("entry_SYSCALL"), OD_STR("entry_SYSENTER"), OD_STR("entry_INT80"), OD_STR("system_call"),
		OD_STR("ret_from_fork_asm"), OD_STR("secondary_startup"), OD_STR("x86_64_start_"), OD_STR("el0_sv"),
		OD_STR("el0t_64_sync"), OD_STR("el0_sync"), OD_STR("ret_fast_syscall"), OD_STR("ret_from_syscall"),
		OD_STR("__primary_switched"), OD_STR("__secondary_switched"), OD_STR("handle_sys"), OD_STR("syscall_common"),
	};
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (od_str_starts(function, names[i]))
			return true;
	return od_str_equal(function, OD_STR("ret_from_fork"));
}

/* Whether the label was printed since the last frame. */
static bool has_label(const struct lane *lane, size_t label)
{
	return label < LABELS && lane->last_part[label] == lane->part + 1;
}

static void print_line(struct lane *lane, const struct line *line)
{
	if (line->what == TRACE || line->what == END || (line->what == FRAME && lane->last != FRAME))
		lane->part++;
	if (line->label < LABELS) {
		lane->last_part[line->label] = lane->part + 1;
		lane->printed[line->label]++;
	}
	lane->in_trace |= line->what == TRACE;
	lane->traced |= line->what == FRAME && is_outermost(line->function);
	lane->ended |= line->what == END;
	lane->dead |= line->what == PANIC;
	lane->last = line->what;
}

/* The digits behind the words in the text. */
static struct od_str digits_behind(struct od_str text, struct od_str words)
{
	struct od_str rest = od_str_behind(text, words);
	uint64_t value;

	(void)od_scan_literal(&rest, "0x");
	struct od_str all = rest;
	return od_scan_hex(&rest, &value) ? od_str_first(all, all.len - rest.len) : (struct od_str){0};
}

/* A header may name the process ("WARNING: CPU: 1 PID: 7 at …") or the address, which is CR2 on x86. */
static void read_header(struct lane *lane, struct od_str header)
{
	lane->header = header;
	lane->pid = digits_behind(header, OD_STR(" PID: "));
	lane->address = digits_behind(header, OD_STR(" address: "));
	if (!lane->address.len)
		lane->address = digits_behind(header, OD_STR(" at "));
}

/* "cut here" and the header that follows it, or the header alone. */
static bool names_report(const struct lane *lane, struct od_str text)
{
	bool waits = od_str_find(lane->header, OD_STR("cut here")) >= 0;
	return !lane->header.len ||
	       (waits && (od_str_starts(text, OD_STR("WARNING: ")) || od_str_starts(text, OD_STR("kernel BUG at "))));
}

static bool is_warning(const struct lane *lane)
{
	return od_str_starts(lane->header, OD_STR("WARNING: "));
}

static bool is_of(const struct lane *lane, const struct line *line)
{
	struct od_str pid = digits_behind(line->text, OD_STR(" PID: "));
	struct od_str address = digits_behind(line->text, OD_STR("CR2: "));
	return (pid.len && od_str_equal(pid, lane->pid)) || (address.len >= 8 && od_str_equal(address, lane->address));
}

/* Of two that may both have printed the line. */
static bool break_tie(struct lanes *lanes, const struct line *line, unsigned firsts, unsigned seconds)
{
	bool first = is_of(&lanes->lane[0], line), second = is_of(&lanes->lane[1], line);
	if (first != second) {
		if (firsts == seconds)
			lanes->second_leads = second;
		return second;
	}
	return firsts == seconds ? lanes->second_leads : seconds < firsts;
}

static bool prints_frames(const struct lane *lane)
{
	return lane->in_trace && !lane->traced && !lane->ended;
}

/* What comes behind a stack's outermost frame. */
static bool closes_stack(const struct line *line)
{
	return od_str_starts(line->text, OD_STR("</")) || od_str_equal(line->function, OD_STR("ret_from_fork_asm"));
}

/* Of two that print frames nothing tells which: each goes on for as many lines as it did before. */
static bool next_in_turn(const struct lanes *lanes)
{
	return lanes->run < lanes->runs[lanes->last] ? lanes->last : !lanes->last;
}

static void give_turn(struct lanes *lanes, bool second)
{
	if (second != lanes->last && lanes->run) {
		lanes->runs[lanes->last] = lanes->run;
		lanes->run = 0;
	}
	lanes->run++;
	lanes->last = second;
}

/* Whether the line is the second report's. */
static bool choose(struct lanes *lanes, const struct line *line)
{
	const struct lane *first = &lanes->lane[0], *second = &lanes->lane[1];

	if (first->dead != second->dead)
		return first->dead;
	switch (line->what) {
	case LABEL:
		if (has_label(first, line->label) != has_label(second, line->label))
			return has_label(first, line->label);
		return break_tie(lanes, line, first->printed[line->label], second->printed[line->label]);
	case TRACE:
		return first->in_trace != second->in_trace ? first->in_trace : lanes->second_leads;
	case FRAME:
		if (first->traced != second->traced && closes_stack(line))
			return second->traced;
		if (prints_frames(first) != prints_frames(second))
			return prints_frames(second);
		return prints_frames(first) ? next_in_turn(lanes) : lanes->last;
	case END:
		if (first->ended != second->ended)
			return first->ended;
		return first->traced != second->traced ? second->traced : lanes->second_leads;
	case PANIC:
		if (first->ended != second->ended)
			return second->ended;
		return !od_str_starts(first->header, OD_STR("PANIC: "));
	case FAULT:
		if (is_warning(first) != is_warning(second))
			return is_warning(first);
		break;
	case OTHER: break;
	}
	return line->label < LABELS ? first->printed[line->label] > second->printed[line->label] : lanes->last;
}

static void begin(struct lanes *lanes, const struct od_unmix *mix, const struct od_carriers *carriers)
{
	struct od_str rest = mix->first;
	struct od_buf scratch = {0};

	while (rest.len) {
		ptrdiff_t end = od_str_find_char(rest, '\n');
		size_t len = end < 0 ? rest.len : (size_t)end;
		struct od_record record;
		od_record_parse(carriers, od_str_first(rest, len), 1, &scratch, &record);
		rest = od_str_from_index(rest, len + 1);
		if (scratch.len) /* its text would not outlive the next line */
			continue;
		struct line line = classify(lanes, record.text);
		print_line(&lanes->lane[0], &line);
		if (names_report(&lanes->lane[0], record.text))
			read_header(&lanes->lane[0], record.text);
	}
	lanes->lane[0].in_trace |= mix->first_in_trace;
	od_buf_deinit(&scratch);
}

/*
 * How many of the held lines one report alone cannot have printed: a label twice in one dump, frames before its trace, a
 * second trace, one line of a dump between frames.
 */
static unsigned count_proof(const struct od_unmix *mix)
{
	struct lanes lanes = {0};
	struct lane *lane = &lanes.lane[0];
	enum what before = OTHER;
	unsigned proof = 0;

	for (size_t i = 0; i < mix->count; i++) {
		struct line line = classify(&lanes, mix->records[i].text);
		if (line.what == LABEL && has_label(lane, line.label))
			proof += od_str_starts(line.text, OD_STR("CPU: ")) ? PROOF : 1;
		proof += line.what == TRACE && lane->in_trace && !lane->ended;
		proof += line.what == FRAME && line.function.len && !lane->in_trace && mix->first_in_trace;
		proof += line.what == FRAME && line.function.len && before == FRAME && lane->last == LABEL &&
			 !od_str_starts(mix->records[i - 1].text, OD_STR("---"));
		before = lane->last;
		print_line(lane, &line);
	}
	return proof;
}

static bool is_finished(const struct lane *lane)
{
	return lane->ended || lane->dead;
}

bool od_unmix_divide(const struct od_unmix *mix, const struct od_carriers *carriers, bool *ret, bool *ret_over)
{
	struct lanes lanes = {0};

	if (count_proof(mix) < PROOF)
		return false;
	begin(&lanes, mix, carriers);
	for (size_t i = 0; i < mix->count; i++) {
		struct line line = classify(&lanes, mix->records[i].text);
		bool named = !i || names_report(&lanes.lane[1], line.text);
		if (named)
			read_header(&lanes.lane[1], line.text);
		give_turn(&lanes, named || choose(&lanes, &line));
		print_line(&lanes.lane[lanes.last], &line);
		ret[i] = lanes.last;
	}
	if (ret_over)
		*ret_over = is_finished(&lanes.lane[0]) && is_finished(&lanes.lane[1]);
	return true;
}

bool od_unmix_is_over(const struct od_unmix *mix, const struct od_carriers *carriers)
{
	struct od_str text = mix->records[mix->count - 1].text;
	bool second[OD_UNMIX_RECORDS], over = false;
	if (!od_str_starts(text, OD_STR("---[ end trace ")) && !od_str_starts(text, OD_STR("Kernel panic")))
		return false;
	return !od_unmix_divide(mix, carriers, second, &over) || over;
}
