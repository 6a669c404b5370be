// SPDX-License-Identifier: GPL-3.0-or-later
/* What is behind the public header. */
#ifndef OD_TRIAGE_TRIAGE_H
#define OD_TRIAGE_TRIAGE_H

#include "core/buf.h"
#include "oopsdecode/triage.h"
#include "triage/filter.h"
#include "triage/group.h"
#include "triage/read.h"
#include "triage/store.h"

enum { OD_MOST_TROUBLES = 1000 };

struct od_triage {
	struct od_triage_options options;
	struct od_filter filter;
	struct od_options decode;
	struct od_trail trail;
	struct od_store *store;
	struct od_arena *arena;	/* of texts that live as long as the triage */
	OD_LIST(struct od_job) jobs;
	OD_LIST(struct od_str) troubles;
	struct od_triage_progress progress;
};

/* Where a report is written to: collects, and gives to the reader in pieces. */
struct od_out {
	struct od_buf text;
	od_write_fn write;
	void *user;
	bool stopped;
};

/* Gives what was collected when it is much, or `all`. False: the reader wants no more. */
bool od_out_flush(struct od_out *out, bool all);

/* The event as a line of the contract's NDJSON. */
void od_out_event(struct od_buf *out, const struct od_stored *event);

/* Groups all events of the store. */
od_status od_triage_group(struct od_triage *triage, struct od_grouping **ret);

/* What the public functions return. */
od_result od_triage_result(od_status status);

/* Tells the caller how far it is; false: it wants no more. */
bool od_triage_report_progress(struct od_triage *triage);

/* Remembers that something could not be read. */
void od_triage_note_trouble(struct od_triage *triage, const char *path, const char *what);

/* Reports of a grouping. */
void od_report_text(struct od_out *out, const struct od_triage *triage, const struct od_grouping *grouping);
void od_report_groups(struct od_out *out, const struct od_grouping *grouping);
void od_report_csv(struct od_out *out, const struct od_grouping *grouping);
void od_report_prometheus(struct od_out *out, const struct od_grouping *grouping);
void od_report_hosts(struct od_out *out, const struct od_grouping *grouping);

/* Distinct values of a column of a group's members, the most frequent first. */
struct od_tally {
	uint32_t name;
	uint64_t count;
};

enum od_column { OD_COLUMN_HOST, OD_COLUMN_KERNEL, OD_COLUMN_HARDWARE, OD_COLUMN_MODULE };

/* Fills `ret` with at most `limit` rows; returns how many different values there are. */
size_t od_tally(const struct od_grouping *grouping, const struct od_group *group, enum od_column column, struct od_tally *ret,
		size_t limit);

#endif
