// SPDX-License-Identifier: GPL-3.0-or-later
/* How to get the files that a log needs, on the distribution that its kernel came from. Pure; thread safe. */
#ifndef OD_SYMBOLIZE_ADVICE_H
#define OD_SYMBOLIZE_ADVICE_H

#include "core/model.h"

/*
 * A sentence about the missing file of a module (empty: the kernel itself), in the arena: what was looked
 * for and which command or option would help. The distribution is known by the kernel release.
 */
struct od_str od_advise_missing(struct od_arena *arena, const struct od_event *event, struct od_str module);

/* The same where a file was found at `path`, but without debug info. */
struct od_str od_advise_debug_info(struct od_arena *arena, const struct od_event *event, struct od_str module,
				   const char *path);

#endif
