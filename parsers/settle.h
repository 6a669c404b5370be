// SPDX-License-Identifier: GPL-3.0-or-later
/* What can be said of an event only when all of its lines are read. Pure; thread safe for different events. */
#ifndef OD_PARSERS_SETTLE_H
#define OD_PARSERS_SETTLE_H

#include "parsers/builder.h"

/* Completes a closed event from its own lines, and from the banner of its boot. */
void od_settle_event(struct od_event *event, const struct od_boot *boot);

/* What the registers of the event's dump say the exception was. */
enum od_trap od_trap_of(const struct od_event *event);

/*
 * True when the header is of a kind that other programs write, too, and nothing below it makes a report of the kernel of it.
 * Pure; thread safe.
 */
bool od_is_idle_talk(const struct od_event *event);

#endif
