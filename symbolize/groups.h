// SPDX-License-Identifier: GPL-3.0-or-later
/* The frames of an event by module, in the event's arena. */
#ifndef OD_SYMBOLIZE_GROUPS_H
#define OD_SYMBOLIZE_GROUPS_H

#include "symbolize/match.h"

struct od_groups {
	struct od_event *event;
	OD_LIST(struct od_group) items;
	OD_LIST(struct od_frame *) raw;	/* without a function */
};

/* The group of the module (empty: the kernel), a new one if need be; NULL: there are too many, or there is no memory. */
struct od_group *od_groups_find(struct od_groups *groups, struct od_str module);

/* Sorts the event's frames into groups; those that are in no file get their status. */
void od_groups_collect(struct od_groups *groups);

#endif
