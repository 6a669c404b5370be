// SPDX-License-Identifier: GPL-3.0-or-later
/* Addresses that a log prints without a name. One thread at a time per image. */
#ifndef OD_SYMBOLIZE_RAW_H
#define OD_SYMBOLIZE_RAW_H

#include "core/model.h"
#include "symbolize/elf.h"
#include "symbolize/match.h"

/*
 * How far the running kernel was moved from where the image has it (KASLR): as the log says, or as an address that
 * it prints beside a name tells. The names of the event's frames were learned. False: the log does not tell.
 */
bool od_kernel_slide(const struct od_image *image, const struct od_event *event, uint64_t *ret);

/* The same for the section of a module that the frame's address lies in, by named frames of that section. */
bool od_module_slide(const struct od_image *image, const struct od_group *group, const struct od_frame *frame, uint64_t *ret);

/* Fills status, status_detail and places of the frame when its address is in the image's code; else false. */
bool od_resolve_raw(struct od_image *image, const struct od_event *event, struct od_frame *frame, uint64_t slide);

#endif
