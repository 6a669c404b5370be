// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * The file that holds the debug info of a stripped image (by build ID or .gnu_debuglink), and the one that holds
 * what several debug files share (.gnu_debugaltlink, which dwz writes). One thread at a time per image.
 */
#ifndef OD_SYMBOLIZE_DEBUGLINK_H
#define OD_SYMBOLIZE_DEBUGLINK_H

#include "core/arena.h"
#include "symbolize/elf.h"

/*
 * Opens image->debug, when the image has no debug info of its own and there is a file that is proved to belong to it by its
 * build ID or, where it has none, by the link's checksum; and image->shared of the file that has the debug info.
 * Both are looked for once, below `root` ("": only beside the image, and with `anywhere` false not even there).
 */
void od_image_find_debug(struct od_image *image, struct od_str root, bool anywhere, struct od_arena *scratch);

#endif
