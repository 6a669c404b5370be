// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef OD_TRIAGE_CLUSTER_H
#define OD_TRIAGE_CLUSTER_H

#include "triage/group.h"

/*
 * Makes grouping->groups of shapes and members: shapes with a key in common are joined, then those with like stacks,
 * which an index of their rarest frames finds. False: out of memory.
 */
bool od_cluster(struct od_grouping *grouping);

#endif
