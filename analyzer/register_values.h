// SPDX-License-Identifier: GPL-3.0-or-later
/* The variables of a report's first frames, as far as the registers of the log tell. */
#ifndef OD_ANALYZER_REGISTER_VALUES_H
#define OD_ANALYZER_REGISTER_VALUES_H

#include "core/model.h"

/*
 * Fills event->lr_is_caller, and event->variables from event->facts and event->registers. The registers are those of the ip; of its callers those are
 * known that a call preserves and that no function on the way to the ip writes at all. The walk ends at a frame without facts, at
 * an exception, and where the caller's code does not call the function. What they are called is as sure as the verdict on the frame's image.
 */
void od_read_registers(struct od_event *event);

#endif
