// SPDX-License-Identifier: GPL-3.0-or-later
/* ELF notes one by one: gABI's Elf64_Nhdr, names and descriptors padded to 4 bytes. Thread safe. */
#ifndef OD_VMCORE_NOTES_H
#define OD_VMCORE_NOTES_H

#include "core/str.h"

struct od_note {
	struct od_str name;	/* without its NUL */
	struct od_str content;
	uint32_t type;
};

/* Removes the first note of *notes, which a machine of this byte order wrote; false: there is none, or it is cut off. */
bool od_note_next(struct od_str *notes, bool big_endian, struct od_note *ret);

#endif
