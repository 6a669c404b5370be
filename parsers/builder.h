// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Assembles events from the records of one stream (one printk caller, or the whole log when
 * it has no caller ids).
 *
 * A record is, in this order: a header (headers.c: it names a report, begins or continues an
 * event), a line that a rule knows (od_rules[]: the body of reports), a frame, a row of
 * registers, or unknown. Unknown lines inside an event are kept; those behind its last known
 * line are given back when it closes.
 */
#ifndef OD_PARSERS_BUILDER_H
#define OD_PARSERS_BUILDER_H

#include "core/buf.h"
#include "core/model.h"
#include "parsers/frame.h"
#include "parsers/index.h"
#include "parsers/record.h"

struct od_builder;

/* Where finished events go; ownership passes. */
typedef void (*od_deliver_fn)(void *user, struct od_event *event);

/*
 * A record begins another report while the open one has not come to its end; its header is `named`, or only the line that
 * goes before one. True: it was taken, and none of both reports' further records come here until they are sorted.
 */
typedef bool (*od_rival_fn)(void *user, const struct od_record *record, bool named);

/* What the log told before, which events may fall back on: the banner of the boot, and where it began. */
struct od_boot {
	char release[128], version[192];
	const struct od_arch *arch;	/* of a report that tells it; NULL: none yet */
	uint64_t first_line;	/* number of the first line with something that loggers print before the text; 0: none yet */
};

/* Which register list the next rows belong to. */
enum od_register_block {
	OD_BLOCK_NONE,		/* none is open: rows are read past */
	OD_BLOCK_FAULT,		/* at the fault */
	OD_BLOCK_USER,		/* at the system call boundary */
	OD_BLOCK_OTHER,		/* of an interrupted context, or a summary of an earlier oops */
};

enum { OD_OOM_COLUMNS = 16 };

struct od_builder {
	struct od_event *event;		/* NULL: no report is open */
	od_deliver_fn deliver;
	od_rival_fn rival;		/* NULL: records of others do not come here */
	void *user;

	bool named;			/* a header told the kind; else the event only began ("cut here") */
	bool refinable;			/* the kind may still be made more precise by the message */
	bool died;			/* a die line ("Oops: 0002 [#1]") was read */
	bool has_detail;		/* a line that also stands alone (OD_ROLE_DETAIL) was read into this report */
	bool ended;			/* the end marker was read */
	bool has_cpu_line;		/* "CPU: 0 PID: 1 Comm: …" was read */
	bool in_trace;			/* frames belong to a trace that was announced */
	bool in_modules;		/* the last line was "Modules linked in:" or a continuation */
	bool expects_message;		/* WARN()'s own text may come now */
	bool in_xmon;			/* powerpc's debugger prints the report */
	bool in_code;			/* the last line was code: its rest may follow on lines of its own */
	bool skip_frame;		/* the next frame is none of the trace's */
	bool headless;			/* the log began inside this report */
	bool stack_first;		/* a stack that a headline may follow, and is none by itself */
	bool delivered;			/* an event, earlier on */
	bool lists_tasks;		/* SysRq's list of tasks is printed: their traces are no reports */
	bool expects_nmi;		/* other CPUs were asked for their stacks, which they print themselves */
	bool expects_release;		/* the CPU line was wrapped within the letters of taint */
	bool single_frame;		/* the trace that is open has one frame */
	bool small_trace;		/* the trace's header was "Call trace:" */
	uint8_t oom_columns[OD_OOM_COLUMNS]; /* of the OOM killer's table, by number (event_oom.c) */
	bool kills_group;		/* the OOM killer kills all tasks of a cgroup */
	unsigned oom_column_count;	/* 0: the head of the table was not read */
	bool echoed;			/* two consoles print into one: every record comes twice */
	uint64_t last_hash;		/* of the time and text of the record before; 0: none */
	unsigned next_register;		/* number of the first one on a row without labels */
	unsigned found;			/* number of the register behind the one that was found last in the list… */
	const struct od_arch *found_of;	/* …of this architecture */
	const struct od_rule *own_rules; /* those of… */
	const struct od_arch *own_rules_of;
	size_t trace;			/* 0: the event's own trace, else traces.items[trace - 1] */
	enum od_register_block block;
	struct od_str context;		/* of the frames that come: "TASK"; static storage */

	struct od_str holder;		/* "2 locks held by comm/123:": whose locks the next lines list */
	struct od_num holder_pid;

	char refused[64];		/* the module that was refused last, and where */
	uint64_t refused_line;		/* 0: none was */
	uint64_t last_known;		/* line number */
	unsigned unknown_run;		/* unknown lines since */
	size_t known_raw, known_unknowns; /* lengths of raw and of event->unknown_lines at last_known */
	struct od_buf raw;		/* the event's own lines */
	uint64_t raw_line;		/* number of the last one */
	const struct od_boot *boot;
	const struct od_index *index;
};

/* The index of all headers and rules, which builders need. False: it is too small for them. */
bool od_builder_index(struct od_index *ret);

/* `boot` and `index` are borrowed; what the boot told may change while the builder lives. */
void od_builder_init(struct od_builder *builder, const struct od_index *index, const struct od_boot *boot,
		     od_deliver_fn deliver, void *user);

/* Drops an open event. */
void od_builder_deinit(struct od_builder *builder);

/* Takes the next record of the stream. */
void od_builder_record(struct od_builder *builder, const struct od_record *record);

/* Whether the text, by how it begins, is a line of a report. Pure; thread safe. */
bool od_builder_is_known_line(const struct od_index *index, struct od_str text);

/* Closes the open event: at the end of the log (`cut`), at a boot, or before the next report. */
void od_builder_close(struct od_builder *builder, bool cut);

/*
 * For headers and rules
 */

/* Opens an event at this record; one that is open is closed first. False: out of memory. */
bool od_builder_open(struct od_builder *builder, const struct od_record *record);

/* Delivers an event of this one line. One that is open stays open. */
struct od_header;
void od_builder_line_event(struct od_builder *builder, const struct od_record *record, const struct od_header *header,
			   struct od_str rest);

/* Gives the open event its kind, which fixes the severity. */
void od_builder_name(struct od_builder *builder, enum od_kind kind);

/* Marks an open event as damaged. */
void od_builder_flag(struct od_builder *builder, enum od_integrity reason);

/*
 * The line at hand is of another report than the open one, on another CPU: the log has no caller ids by
 * which they could be told apart. The open event says so; what it has already is kept.
 */
void od_builder_note_rival(struct od_builder *builder);

/* Copies text into the open event; slices of a record do not outlive it. */
struct od_str od_builder_keep(struct od_builder *builder, struct od_str text);

/* Adds a line to the event's message. */
void od_builder_add_message(struct od_builder *builder, struct od_str text);

/*
 * Frames that come belong to a further trace of the event, of this role (static storage). NULL: to
 * the event's own.
 */
void od_builder_begin_trace(struct od_builder *builder, const char *role);

/* Reads a line of a trace: a frame, a call, a row of frames, or a mark among them. False: the line is none. */
bool od_take_frame(struct od_builder *builder, const struct od_record *record);

/* Makes the place that of the event. */
void od_builder_set_ip(struct od_builder *builder, const struct od_record *record, const struct od_frame_text *place);

/* Adds a frame to the trace that is open. */
void od_builder_push_place(struct od_builder *builder, const struct od_record *record, const struct od_frame_text *text,
			   bool is_return_address);

/* Adds the frame that the text is, or the frames of which it is a row, to the trace that is open. */
void od_builder_push_places(struct od_builder *builder, const struct od_record *record, struct od_str text);

/* What a rule says of a line. */
enum od_take {
	OD_TAKE_NO,	/* not mine after all */
	OD_TAKE_YES,	/* read */
	OD_TAKE_LAST,	/* read, and nothing of this event follows */
};

/* A line of a report's body, recognised by how it begins; an empty prefix: any line. */
struct od_rule {
	const char *prefix;
	enum od_take (*take)(struct od_builder *builder, const struct od_record *record, struct od_str rest);
};

/* Tables of rules, a row with prefix == NULL at the end. */
extern const struct od_rule od_rules_common[];
extern const struct od_rule od_rules_x86[];
extern const struct od_rule od_rules_sanitizer[];
extern const struct od_rule od_rules_lockdep[];
extern const struct od_rule od_rules_stall[];
extern const struct od_rule od_rules_context[];
extern const struct od_rule od_rules_memory[];
extern const struct od_rule od_rules_oom[];
extern const struct od_rule od_rules_hardware[];
extern const struct od_rule od_rules_ksymoops[];

/* Where a warning's message names a handler that returned in a state that is none, keeps it as the trace "last-work". */
void od_take_culprit(struct od_builder *builder, const struct od_record *record);

/* "[<ffff…>] fn+0x1/0x2", "fn+0x1/0x2" below "is trying to release lock (name) at:". False: the line is none. */
bool od_take_releaser(struct od_builder *builder, const struct od_record *record);

/* Lines of lockdep that no prefix tells: locks, actors, the release. False: the line is none. */
bool od_take_lockdep_line(struct od_builder *builder, const struct od_record *record);

/*
 * The rest of "Modules linked in:" in a record of its own, which begins with a blank: printk divides records at about
 * 1000 bytes. False: the line is none.
 */
bool od_take_more_modules(struct od_builder *builder, const struct od_record *record);

/* Rules of od_rules_common: "Modules linked in:", "[last unloaded: ". */
enum od_take od_take_modules(struct od_builder *builder, const struct od_record *record, struct od_str rest);
enum od_take od_take_unloaded(struct od_builder *builder, const struct od_record *record, struct od_str rest);

/* "Tainted: G OE 6.1.0 #1" or "Not tainted 6.1.0 #1" goes into the event; false: the text is neither. */
bool od_take_taint_and_release(struct od_builder *builder, struct od_str text);

/* "comm:123", and what may follow: comm itself may hold colons. Otherwise the event stays as it is. */
void od_take_comm_and_pid(struct od_builder *builder, struct od_str text);

/* "Tainted: G    B", "Not tainted", without a release behind it. */
bool od_take_taint_alone(struct od_builder *builder, struct od_str text);

/* The rest of a CPU line that was wrapped within the letters of taint; false: the line is none. */
bool od_take_wrapped_release(struct od_builder *builder, const struct od_record *record);

/* "<TASK>", "</IRQ>", "<IRQ> fn+0x…": sets the context and removes the mark; false when there is none. */
bool od_take_context(struct od_builder *builder, struct od_str *text);

#endif
