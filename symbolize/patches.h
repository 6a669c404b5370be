// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Which bytes of an image's code may differ from those in memory of the running kernel: where
 * relocations were applied, and where the kernel patches itself (alternatives, jump labels, static
 * calls, ftrace, retpolines, lock prefixes; machine.c has the tables). One thread at a time per image.
 */
#ifndef OD_SYMBOLIZE_PATCHES_H
#define OD_SYMBOLIZE_PATCHES_H

#include "symbolize/elf.h"

enum { OD_MASK_LIMIT = 256 };

/* Bytes of an image from `address` on; may_differ[i] stands for the byte at address + i. */
struct od_mask {
	uint64_t address;
	size_t size; /* at most OD_MASK_LIMIT */
	bool may_differ[OD_MASK_LIMIT];
};

/* Marks what may differ in [mask->address, + mask->size), which lies inside one section. */
void od_mask_fill(struct od_image *image, struct od_mask *mask);

/* Frees what was remembered of an image's sections; NULL is fine. */
void od_patch_maps_destroy(struct od_patch_map *map);

#endif
