// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Relocation of the debug sections of modules, in the image's private memory, and only where a
 * lookup needs it. Sources: the ELF gABI; the machines' supplements (machine.c).
 */
#ifndef OD_SYMBOLIZE_RELOCATE_H
#define OD_SYMBOLIZE_RELOCATE_H

#include "symbolize/elf.h"

/* A section with its relocations, ready to be applied. */
struct od_relocator {
	const struct od_image *image;
	unsigned char *bytes;	/* of the section */
	size_t size;
	Elf_Data *relocations;	/* NULL: none, or not a module */
	size_t count;		/* of relocations */
	bool addends;		/* they hold their addends (RELA) */
	bool sorted;		/* by place */
	bool whole;		/* all were applied */
};

/* One relocation, decoded. */
struct od_reloc {
	uint64_t offset;
	int64_t addend;
	uint32_t symbol, type;
};

/* Prepares the section of this name; a relocator of a section that is not there has no bytes. */
void od_relocator_init(struct od_relocator *relocator, struct od_image *image, const char *section);

/* The same for any section of the image. */
void od_relocator_init_section(struct od_relocator *relocator, const struct od_image *image,
			       const struct od_section *section);

/* Decodes relocation `index`; false: it is damaged. */
bool od_relocator_get(const struct od_relocator *relocator, size_t index, struct od_reloc *ret);

/* The first relocation whose place is at or behind `offset` (0 when they are not sorted). */
size_t od_relocator_lower_bound(const struct od_relocator *relocator, uint64_t offset);

/* Where the relocation's symbol plus addend lies in the image's address space; false: nowhere (undefined). */
bool od_relocator_target(const struct od_relocator *relocator, const struct od_reloc *reloc, uint64_t *ret);

/* The section of the relocation's symbol; NULL: it is undefined or absolute. */
const struct od_section *od_relocator_section(const struct od_relocator *relocator, const struct od_reloc *reloc);

/*
 * Makes the bytes [from, to) of the section true; applied as a whole where the machine's
 * relocations may not be applied twice.
 */
void od_relocator_apply(struct od_relocator *relocator, uint64_t from, uint64_t to);

#endif
