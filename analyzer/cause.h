// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef OD_ANALYZER_CAUSE_H
#define OD_ANALYZER_CAUSE_H

#include "core/model.h"

/*
 * Writes event->cause: which pointer or number was bad, in the words of the source, from event->facts. Where none
 * can be named, confidence is NONE, and the text says why if there is something to say. The error code must
 * have been read. Pure; thread safe for different events.
 */
void od_find_cause(struct od_event *event);

#endif
