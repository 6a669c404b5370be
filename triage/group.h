// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Events become groups: each a bug. The result depends on the set of events only, not on their order,
 * and memory on how many different ones there are, and a little on how many. One thread at a time.
 */
#ifndef OD_TRIAGE_GROUP_H
#define OD_TRIAGE_GROUP_H

#include "core/status.h"
#include "triage/alike.h"
#include "triage/intern.h"
#include "triage/store.h"

/* One event of a group. Numbers are of grouping->names; UINT32_MAX: unknown. */
struct od_member {
	uint32_t shape, host, kernel, hardware, path, hash, title;
	int64_t time;		/* seconds since 1970; INT64_MIN: unknown */
	uint32_t number;	/* of the event in its crash */
	uint32_t run;		/* of triage, that brought it; 0: unknown */
	bool bit_flip;		/* od_is_bit_flip() of the address */
	uint32_t group;		/* index in grouping->groups, after od_grouping_finish() */
	uint32_t length;	/* of its JSON: how much is known of it */
};

struct od_group {
	struct od_str id;	/* the smallest signature in it: 16 digits */
	uint32_t title, function, source, cause; /* of names; UINT32_MAX: unknown */
	uint64_t crashes, events;
	int64_t first, last;	/* INT64_MIN: unknown */
	size_t begin, end;	/* its members in grouping->order */
	uint32_t first_kernel, last_kernel; /* of the first and the last crash; of names */
	struct od_str status, note, link; /* what people wrote; empty: nothing */
	bool hidden;		/* not asked for (triage/filter.h) */
};

struct od_grouping {
	struct od_arena *arena, *scratch; /* scratch: of the event that is being added */
	struct od_interned names;
	double threshold;
	struct od_shape *shapes;
	size_t shape_count, shape_capacity;
	struct od_interned shape_texts;	/* number: index in shapes */
	struct od_member *members;
	size_t member_count, member_capacity;
	uint32_t *details;	/* three per shape: function, source, cause, of its first event that has them */
	float *rarity;		/* by number of names */
	uint32_t *order;	/* members by group, then as they came */
	struct od_group *groups; /* ranked */
	size_t group_count;
	uint64_t unsigned_events; /* that could not be grouped */
};

od_status od_grouping_create(struct od_trail *trail, double threshold, struct od_grouping **ret);
void od_grouping_destroy(struct od_grouping *grouping);

/* Takes an event; repeats and consequences of others are passed over. OD_ERR_NOMEM only. */
od_status od_grouping_add(struct od_grouping *grouping, struct od_trail *trail, const struct od_stored *event);

/* Makes the groups. No event may be added afterwards. */
od_status od_grouping_finish(struct od_grouping *grouping, struct od_trail *trail);

/* The member that tells most of the group: its index in grouping->members. */
uint32_t od_group_example(const struct od_grouping *grouping, const struct od_group *group);

/* The text of a number; empty for UINT32_MAX. */
static inline struct od_str od_grouping_name(const struct od_grouping *grouping, uint32_t number)
{
	return number == UINT32_MAX ? (struct od_str){0} : grouping->names.strings[number];
}

#endif
