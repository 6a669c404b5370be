// SPDX-License-Identifier: GPL-3.0-or-later
/* The lines that name a report: recognised by table (headers.def), understood by event_*.c. */
#ifndef OD_PARSERS_HEADERS_H
#define OD_PARSERS_HEADERS_H

#include "parsers/builder.h"

/* How a header stands to an event that is open already. */
enum od_role {
	OD_ROLE_REPORT,		/* begins a report, or names the one that "cut here" began */
	OD_ROLE_PRELUDE,	/* comes before the header proper, and knows the kind better */
	OD_ROLE_DIE,		/* the die line: belongs to an open report that has none yet */
	OD_ROLE_CUT,		/* "cut here": a report begins whose name follows */
	OD_ROLE_PANIC,		/* the end of a report, or one of its own */
	OD_ROLE_LINE,		/* a report of one line, which may stand inside another's */
	OD_ROLE_DETAIL,		/* the same; of an open report of its kind it is a line, which that report's rules read */
};

struct od_header {
	const char *literal;	/* how the line begins */
	enum od_kind kind;
	enum od_role role;
	/* Reads the rest of the line into the open event. NULL: nothing to read. */
	void (*take)(struct od_builder *builder, const struct od_record *record, struct od_str rest);
	/* Whether what stands behind the literal fits too. NULL: anything does. */
	bool (*fits)(struct od_str rest);
	bool inside;		/* the literal may stand anywhere in the line: rest is what precedes it */
};

/* All headers, literal == NULL at the end. */
extern const struct od_header od_headers[];

/*
 * Whether the open event has nothing but a name as syzbot gives it: "BUG: unable to handle kernel paging request in
 * rhltable_lookup". The kernel's own headers name a place with its offset or its file.
 */
bool od_header_is_title(const struct od_builder *builder);

/*
 * Whether the line is of the store to address 0 with which arm's __bug() ends the open assertion's report (arch/arm/kernel/traps.c,
 * to 3.x).
 */
bool od_header_is_assertions_fault(const struct od_builder *builder, const struct od_record *record);

/* The header that the text begins with, and the text behind it; NULL: none. Of several the longest wins. */
const struct od_header *od_header_find(const struct od_index *index, struct od_str text, struct od_str *ret_rest);

/* Whether the line is a report by itself, of which nothing else follows. */
bool od_header_is_single(const struct od_header *header);

/*
 * The header, or NULL when the line is one of the open report: one of its kind (OD_ROLE_DETAIL), or what debugobjects said on another CPU
 * while the message of an assertion waits for its BUG().
 */
const struct od_header *od_header_unless_inside(const struct od_builder *builder, const struct od_header *header);

/* Applies a header to the builder: opens, names, joins, closes. */
void od_header_apply(struct od_builder *builder, const struct od_record *record, const struct od_header *header,
		     struct od_str rest);

/*
 * The readers of headers: event_*.c
 */
typedef void od_take_header_fn(struct od_builder *builder, const struct od_record *record, struct od_str rest);

/* event_fault.c */
od_take_header_fn od_take_fault_address;
bool od_fits_stack_guard(struct od_str rest);

/* A die line: "Oops: 0002 [#1] SMP". */
struct od_die_line {
	struct od_str text;	/* "Oops", "general protection fault, probably for …" */
	struct od_str code;	/* "0002"; empty: none */
	uint64_t counter;	/* 0: none is printed */
	struct od_str options;	/* "PREEMPT SMP NOPTI" */
	struct od_str task;	/* "insmod(612", where the line names the task (sparc, alpha) */
	bool decimal;		/* the code is a signal's number */
	bool internal;		/* "Internal error: " stood before the text (arm, arm64) */
};
/* True when the text is a die line: the parts are then written. */
bool od_scan_die_line(struct od_str text, struct od_die_line *ret);
void od_die_apply(struct od_builder *builder, const struct od_record *record, const struct od_die_line *die);

/* event_assert.c */
od_take_header_fn od_take_refused;
od_take_header_fn od_take_message, od_take_placed_message, od_take_bug_at, od_take_badness, od_take_warning, od_take_rust_panic;
od_take_header_fn od_take_spl_panic;
bool od_fits_warning(struct od_str rest);
bool od_fits_spl_panic(struct od_str rest);

/* "refcount_t: underflow; use-after-free.": whether the rest is what lib/refcount.c says. */
bool od_fits_refcount(struct od_str rest);
bool od_fits_odebug(struct od_str rest);

/* "FILE:LINE" of a header goes into the event; false: the text is none. */
bool od_take_file_and_line(struct od_builder *builder, struct od_str text);

/* Makes the kind of an assertion more precise by what its message says ("list_del corruption…"). */
void od_refine_by_message(struct od_builder *builder);

/* event_panic.c */
od_take_header_fn od_take_panic;

/* event_sanitizer.c */
od_take_header_fn od_take_kasan, od_take_kfence, od_take_kmsan, od_take_kcsan, od_take_ubsan;

/* event_lockdep.c: gives the event the kind that the words of the header tell; false: not lockdep's. */
bool od_name_by_lockdep(struct od_builder *builder, struct od_str words);
od_take_header_fn od_take_lockdep;
bool od_fits_lockdep(struct od_str rest);

/* event_stall.c */
od_take_header_fn od_take_lockup, od_take_hung_task, od_take_hard_lockup, od_take_rcu_stall, od_take_workqueue_lockup;
od_take_header_fn od_take_nmi_lockup, od_take_ppc_lockup, od_take_csd_lock;
bool od_fits_hung_task(struct od_str rest);
bool od_fits_number(struct od_str rest);
bool od_fits_rcu_stall(struct od_str rest);

/* event_context.c */
od_take_header_fn od_take_sleeping, od_take_scheduling, od_take_preemptible, od_take_leaked, od_take_spinlock;

/* event_memory.c */
od_take_header_fn od_take_in_process, od_take_slab, od_take_slab_error, od_take_leading_comm, od_take_unreferenced, od_take_ext_error;
bool od_fits_slab(struct od_str rest);

/* event_oom.c */
od_take_header_fn od_take_oom, od_take_oom_kill, od_take_oom_summary;
/* What the report as a whole tells: the size of a page, the biggest processes. */
void od_settle_oom(struct od_event *event);

/* event_hardware.c */
od_take_header_fn od_take_machine_check, od_take_ghes, od_take_hardware_news, od_take_verdict, od_take_memory_error;
bool od_fits_machine_check(struct od_str rest);
bool od_fits_memory_error(struct od_str rest);
bool od_fits_nobody_cared(struct od_str rest);

#endif
