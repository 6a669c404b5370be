// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * The kernel's tables of places in its code (alternatives, jump labels, exceptions, …) in a linked image. The linker may have
 * merged them into other sections; then symbols stand around them. One thread at a time per image.
 */
#ifndef OD_SYMBOLIZE_CODE_TABLES_H
#define OD_SYMBOLIZE_CODE_TABLES_H

#include "symbolize/elf.h"

enum { OD_CODE_TABLE_NAMES = 32 };

/*
 * The symbols that od_code_table_find() will ask for, so that they can be learned together with others, in one pass over
 * the symbol table. At most OD_CODE_TABLE_NAMES; returns how many.
 */
size_t od_code_table_names(struct od_str *ret);

/*
 * The bytes of the table that is this section in object files, and where it is; borrowed from the image. Empty: there is
 * none in a linked image.
 */
struct od_str od_code_table_find(struct od_image *image, const char *section, uint64_t *ret_address);

#endif
