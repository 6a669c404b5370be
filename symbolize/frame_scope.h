// SPDX-License-Identifier: GPL-3.0-or-later
/* What an image says of a frame whose memory is at hand (core/facts.h). One thread at a time per image. */
#ifndef OD_SYMBOLIZE_FRAME_SCOPE_H
#define OD_SYMBOLIZE_FRAME_SCOPE_H

#include "core/model.h"
#include "symbolize/elf.h"

/*
 * Appends the scope of a frame that was resolved in this image: all in the arena, but that types are read as long as
 * the image is open. False: the image does not tell, or there was no memory.
 */
bool od_frame_scope_read(struct od_image *image, const struct od_arch *arch, const struct od_frame *frame,
			 struct od_arena *arena, od_frame_scopes *scopes);

#endif
