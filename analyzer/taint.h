// SPDX-License-Identifier: GPL-3.0-or-later
/* The taint letters in words. Thread safe for different events. */
#ifndef OD_ANALYZER_TAINT_H
#define OD_ANALYZER_TAINT_H

#include "core/model.h"

/*
 * Fills event->taint from event->taint_raw, in the log's order, each letter once. A letter that is
 * in no table is told as unknown. Of `module_lines` the first that set a letter gives its line.
 */
void od_taint_read(struct od_event *event, const struct od_module_line *module_lines, size_t count);

/* Whether the letter is among event->taint. */
bool od_taint_has(const struct od_event *event, char letter);

#endif
