// SPDX-License-Identifier: GPL-3.0-or-later
/* What an assertion tested, read from the source. */
#ifndef OD_ANALYZER_CONDITION_H
#define OD_ANALYZER_CONDITION_H

#include "core/model.h"

/*
 * The text of a line (1-based) of the place's file, borrowed until the next call; ptr is NULL when there
 * is none.
 */
typedef struct od_str (*od_line_fn)(void *user, const struct od_place *place, unsigned line);

/*
 * Writes event->condition of a BUG, a WARNING and their relatives: the call of the macro that tested it,
 * over as many lines as it has, such as "WARN_ON_ONCE(!list_empty(&q->head))". For an assertion without a
 * condition of its own, as BUG(), "if (…)" above it is added in front. Nothing where no source is at hand.
 * Runs after symbolizing.
 */
void od_condition_read(struct od_event *event, od_line_fn read, void *user);

#endif
