// SPDX-License-Identifier: GPL-3.0-or-later
/* What an image says about the code around a frame (core/facts.h). One thread at a time per image. */
#ifndef OD_SYMBOLIZE_FACTS_H
#define OD_SYMBOLIZE_FACTS_H

#include "core/model.h"
#include "symbolize/elf.h"
#include "symbolize/match.h"

/*
 * Appends to event->facts what the image says of the group's frames whose variables may be asked for: of the ip, and of
 * the callers next to it. Nothing is appended where the debug info does not know the function, or no decoder the
 * architecture; a decoder that should be there and is not is named in use->details.
 */
void od_facts_gather(struct od_image *image, struct od_event *event, const struct od_group *group, struct od_image_use *use);

#endif
