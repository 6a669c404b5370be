// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Units whose DIEs are in a file of their own (DWARF 5, 3.1.2 and 7.3.2; gcc -gsplit-dwarf): what stays in the image is
 * a skeleton with addresses and lines.
 */
#ifndef OD_SYMBOLIZE_SPLIT_H
#define OD_SYMBOLIZE_SPLIT_H

#include "symbolize/units.h"

/*
 * If the unit is a skeleton, puts its DIEs in its place: the unit is then an ordinary one. It is looked for beside the
 * image, where the compiler wrote it, and in a package (IMAGE.dwp); its DWO ID proves that it belongs to the skeleton. Where it cannot be had the
 * skeleton stays, and dwarf->split_missing says why.
 */
void od_split_join(struct od_dwarf *dwarf, struct od_unit *unit);

/* Frees what a joined unit needs, after libdw was done with it. NULL is fine. */
void od_split_destroy(struct od_split *split);

#endif
