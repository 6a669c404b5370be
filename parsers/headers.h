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
};

struct od_header {
	const char *literal;	/* how the line begins */
	enum od_kind kind;
	enum od_role role;
	/* Reads the rest of the line into the open event. NULL: nothing to read. */
	void (*take)(struct od_builder *builder, const struct od_record *record, struct od_str rest);
};

/* The header that the text begins with, and the text behind it; NULL: none. */
const struct od_header *od_header_find(struct od_str text, struct od_str *ret_rest);

/* Applies a header to the builder: opens, names, joins, closes. */
void od_header_apply(struct od_builder *builder, const struct od_record *record, const struct od_header *header,
		     struct od_str rest);

/* event_fault.c */
void od_take_fault_address(struct od_builder *builder, const struct od_record *record, struct od_str rest);

/*
 * A die line: "Oops: 0002 [#1] SMP". True when the text is one: the parts are then written.
 */
struct od_die_line {
	struct od_str text;	/* "Oops", "general protection fault, probably for …" */
	struct od_str code;	/* "0002"; empty: none */
	uint64_t counter;
	struct od_str options;	/* "PREEMPT SMP NOPTI" */
};
bool od_scan_die_line(struct od_str text, struct od_die_line *ret);
void od_die_apply(struct od_builder *builder, const struct od_record *record, const struct od_die_line *die);

/* event_assert.c */
void od_take_message(struct od_builder *builder, const struct od_record *record, struct od_str rest);
void od_take_bug_at(struct od_builder *builder, const struct od_record *record, struct od_str rest);
void od_take_warning(struct od_builder *builder, const struct od_record *record, struct od_str rest);

/* Makes the kind of an assertion more precise by what its message says ("list_del corruption…"). */
void od_refine_by_message(struct od_builder *builder);

/* event_panic.c */
void od_take_panic(struct od_builder *builder, const struct od_record *record, struct od_str rest);

#endif
