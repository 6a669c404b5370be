// SPDX-License-Identifier: GPL-3.0-or-later
/* One page of a kdump-compressed file, unpacked. Thread safe. */
#ifndef OD_VMCORE_PAGE_H
#define OD_VMCORE_PAGE_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Unpacks a page by the flags of its page_desc (DUMP_DH_COMPRESSED_*, diskdump_mod.h of makedumpfile 1.7.2).
 * False: damaged, of another size, or packed with a method that is not built in (lzo, snappy).
 */
bool od_page_unpack(unsigned flags, const unsigned char *packed, size_t packed_size, unsigned char *page,
		    size_t page_size);

/* True for flags of a method that is not built in. */
bool od_page_is_foreign(unsigned flags);

#endif
