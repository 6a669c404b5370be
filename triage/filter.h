// SPDX-License-Identifier: GPL-3.0-or-later
/* Which groups are wanted: what happens lately, what is new. Thread safe. */
#ifndef OD_TRIAGE_FILTER_H
#define OD_TRIAGE_FILTER_H

#include "triage/group.h"

enum od_new_kind {
	OD_NEW_ANY,		/* all groups */
	OD_NEW_SINCE_TIME,	/* that were not seen before a time */
	OD_NEW_SINCE_VERSION,	/* that no kernel before a version had */
	OD_NEW_SINCE_RUN,	/* that the last run of triage brought */
};

struct od_filter {
	int64_t since;		/* groups that were seen since; INT64_MIN: all */
	enum od_new_kind kind;
	int64_t time, run;	/* run: the number of the last one */
	struct od_str version;	/* borrowed */
};

/*
 * Reads what people write: `since` is a date (2026-11-21, 2026-11-21T03:05), `new_since` a date, a kernel's version
 * or "last"; either may be NULL. OD_ERR_USAGE: it is none of these.
 */
od_status od_filter_read(struct od_trail *trail, const char *since, const char *new_since, struct od_filter *ret);

/* Sets `hidden` in the groups that are not wanted. */
void od_filter_groups(const struct od_filter *filter, struct od_grouping *grouping);

/* Orders versions: numbers by value, "-rc" before what it leads to. Below, at or above 0. */
int od_version_compare(struct od_str a, struct od_str b);

#endif
