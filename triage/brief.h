// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * What grouping wants to know of an event: a tenth of the document, kept beside it, so that a report over many
 * crashes need not read them again. A brief is an event with fewer keys; who reads one can read the other.
 */
#ifndef OD_TRIAGE_BRIEF_H
#define OD_TRIAGE_BRIEF_H

#include "triage/node.h"

/* JSON, in the arena. The empty slice: out of memory. Thread safe for different arenas. */
struct od_str od_brief(struct od_arena *arena, const struct od_node *event);

/* Whether it is a report of its own, no repeat, no consequence of another and no mere notice. */
bool od_brief_is_primary(struct od_arena *scratch, const struct od_node *event);

#endif
