// SPDX-License-Identifier: GPL-3.0-or-later
/* One frame in one image: its symbol, its places, or the reason that there are none. */
#ifndef OD_SYMBOLIZE_RESOLVE_H
#define OD_SYMBOLIZE_RESOLVE_H

#include "core/model.h"
#include "symbolize/symbols.h"

/*
 * Fills status, status_detail, places and candidates of the frame from an image that is not a mismatch; the
 * frame's name was learned.
 */
void od_resolve_frame(struct od_image *image, const struct od_event *event, struct od_frame *frame);

/*
 * The address of the frame in the image's address space, as printed (not the call's); false: its
 * symbol is missing or not the only one that fits.
 */
bool od_frame_address(const struct od_image *image, const struct od_frame *frame, uint64_t *ret);

#endif
