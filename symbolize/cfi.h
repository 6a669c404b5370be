// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Call frame information: where the caller's registers are, by .debug_frame (DWARF 5, 6.4). One thread at a time per
 * image.
 */
#ifndef OD_SYMBOLIZE_CFI_H
#define OD_SYMBOLIZE_CFI_H

#include "core/facts.h"
#include "symbolize/units.h"

/* The table of a .debug_frame. */
struct od_frame_bytes {
	struct od_str bytes;
	bool big_endian;
	unsigned word;		/* bytes of an address: 4 or 8 */
};

/*
 * Runs the instructions of the entry (FDE) at `entry` up to the address. False: the entry is damaged. *ret is not
 * `known` where the CFA is no register + offset.
 */
bool od_cfi_run(const struct od_frame_bytes *table, uint64_t entry, uint64_t address, struct od_frame_rules *ret);

/* The rules at an address of the image; false: its debug info has none for it. */
bool od_cfi_find(struct od_image *image, uint64_t address, struct od_frame_rules *ret);

#endif
