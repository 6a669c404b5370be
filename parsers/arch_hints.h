// SPDX-License-Identifier: GPL-3.0-or-later
/* Which architecture a line of a report gives away: arch_hints.def. Pure; thread safe. */
#ifndef OD_PARSERS_ARCH_HINTS_H
#define OD_PARSERS_ARCH_HINTS_H

#include "core/arch.h"
#include "core/model.h"
#include "parsers/frame.h"

/* By a line's form. NULL: it does not tell. */
const struct od_arch *od_arch_of_line(struct od_str text);

/*
 * By a frame: the name of a function that only one architecture has, or the way in which the trace is printed.
 * `small`: its header was "Call trace:". NULL: it does not tell.
 */
const struct od_arch *od_arch_of_frame(const struct od_frame_text *frame, bool small);

/* By what distributions append to their releases: "6.1.0-56-arm64", "…x86_64+debug". NULL: it does not tell. */
const struct od_arch *od_arch_of_release(struct od_str release);

/*
 * By what the whole event holds: functions and marks that both widths of one architecture have, and an address that is
 * too long for the narrow one. NULL: it does not tell.
 */
const struct od_arch *od_arch_of_event(const struct od_event *event);

/* Of which the addresses and marks in a report's lines are typical, though they prove nothing. NULL: they are typical of none. */
const struct od_arch *od_arch_likely(const struct od_event *event);

#endif
