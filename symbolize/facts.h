// SPDX-License-Identifier: GPL-3.0-or-later
/* What an image says about the code around a frame (core/facts.h). One thread at a time per image. */
#ifndef OD_SYMBOLIZE_FACTS_H
#define OD_SYMBOLIZE_FACTS_H

#include "core/model.h"
#include "symbolize/elf.h"

/*
 * Appends the facts of the frame, which is at `address` of the image (inside the call for a return address),
 * to event->facts. Nothing is appended where the debug info does not know the function, or no decoder the
 * architecture.
 */
void od_facts_gather(struct od_image *image, struct od_event *event, const struct od_frame *frame,
		     uint64_t address, bool proven);

#endif
