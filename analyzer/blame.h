// SPDX-License-Identifier: GPL-3.0-or-later
/* What blame.def knows of a frame, for other parts of the analyzer. Thread safe. */
#ifndef OD_ANALYZER_BLAME_H
#define OD_ANALYZER_BLAME_H

#include "core/model.h"

/*
 * True for frames that every crash of a kind shares and that say nothing about this one: how the kernel
 * was entered, and how it reported.
 */
bool od_is_passage(const struct od_frame *frame);

#endif
