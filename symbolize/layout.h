// SPDX-License-Identifier: GPL-3.0-or-later
/* Where the kernel's module loader places the sections of a module. Pure; thread safe. */
#ifndef OD_SYMBOLIZE_LAYOUT_H
#define OD_SYMBOLIZE_LAYOUT_H

#include "symbolize/elf.h"

/*
 * Fills group_offset, packed_offset, placed and init of the sections, core_size and init_size, as
 * layout_sections() of kernel/module/main.c does (Linux 5.10 to 6.12): code, read-only data, data that is
 * read-only after initialisation, data, each group in the file's order; names that begin with ".init" in a
 * region of their own. Groups begin pages with CONFIG_STRICT_MODULE_RWX, and always since 6.4.
 */
void od_image_layout(struct od_image *image);

/*
 * The sizes that the kernel may print for the region's last symbol, which begins `offset` bytes into
 * it: to the end of the code, or to the end of its page (CONFIG_STRICT_MODULE_RWX).
 */
bool od_layout_last_size(const struct od_image *image, bool init, uint64_t offset, uint64_t size);

#endif
