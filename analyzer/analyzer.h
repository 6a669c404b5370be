// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * What an event means: pure functions of the model. No library, no file, no clock.
 * Thread safe for different events.
 */
#ifndef OD_ANALYZER_ANALYZER_H
#define OD_ANALYZER_ANALYZER_H

#include "core/model.h"

/*
 * Sets event->responsible: the frame that a person would blame, the first that is not
 * reporting, allocation, locking, string or sanitizer machinery. Runs before symbolizing,
 * so that facts are gathered for that frame.
 */
void od_blame(struct od_event *event);

/*
 * Reads the error code and the taint letters, and writes title, explanation and signature. Runs after
 * symbolizing. `module_lines` are those seen so far (count may be 0): a taint flag points
 * to the line that set it.
 */
void od_analyze(struct od_event *event, const struct od_module_line *module_lines, size_t count);

#endif
