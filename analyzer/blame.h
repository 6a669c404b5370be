// SPDX-License-Identifier: GPL-3.0-or-later
/* What blame.def knows of a frame, for other parts of the analyzer. Thread safe. */
#ifndef OD_ANALYZER_BLAME_H
#define OD_ANALYZER_BLAME_H

#include "core/model.h"

/*
 * True for frames that every crash of a kind shares and that say nothing about this one: how the kernel
 * was entered, who passed the request on, and how it reported.
 */
bool od_is_passage(const struct od_frame *frame);

/* True for names of the kernel's own machinery (helpers, allocators, locks, …): never to blame. */
bool od_is_machinery(struct od_str function);

#endif
