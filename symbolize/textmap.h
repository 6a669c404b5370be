// SPDX-License-Identifier: GPL-3.0-or-later
/* System.map and /proc/kallsyms as images without debug info. Pure; thread safe. */
#ifndef OD_SYMBOLIZE_TEXTMAP_H
#define OD_SYMBOLIZE_TEXTMAP_H

#include "core/str.h"
#include "io/input.h"

/* True when the bytes begin as a list of symbols does: "ffffffff81000000 T _text". */
bool od_textmap_is_one(struct od_str bytes);

/*
 * Makes an ELF file of the kernel's symbols of a list (those of modules are left out): a symbol table, and
 * sections for code and data without contents, on the heap. False: there is none with an address (they are zeros
 * for whoever may not see them), or memory is exhausted.
 */
bool od_textmap_convert(struct od_str bytes, struct od_file *ret);

#endif
