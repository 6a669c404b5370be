// SPDX-License-Identifier: GPL-3.0-or-later
/* From addresses to the units of .debug_info that describe them. One thread at a time. */
#ifndef OD_SYMBOLIZE_RANGES_H
#define OD_SYMBOLIZE_RANGES_H

#include "symbolize/elf.h"

struct od_ranges;

/*
 * Reads the image's .debug_aranges (relocated before), DWARF 5 section 6.1.2; damaged parts of it are left
 * out. NULL: out of memory.
 */
struct od_ranges *od_ranges_create(const struct od_image *image);
void od_ranges_destroy(struct od_ranges *ranges);

/* Adds [start, end) of the unit at `unit`; false: out of memory. od_ranges_sort() must follow. */
bool od_ranges_add(struct od_ranges *ranges, uint64_t start, uint64_t end, uint64_t unit);
void od_ranges_sort(struct od_ranges *ranges);

/* The unit that holds the address; false: none. */
bool od_ranges_find(const struct od_ranges *ranges, uint64_t address, uint64_t *ret);

/* True when .debug_aranges told about the unit at this offset. */
bool od_ranges_has_unit(const struct od_ranges *ranges, uint64_t unit);

#endif
