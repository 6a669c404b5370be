// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Symbols of an image by name, with the sizes that kallsyms would print. Found in one pass over the
 * symbol table for all names of an event, and remembered.
 */
#ifndef OD_SYMBOLIZE_SYMBOLS_H
#define OD_SYMBOLIZE_SYMBOLS_H

#include "symbolize/elf.h"

struct od_symbol {
	uint64_t address;	/* in the image's address space */
	const struct od_section *section;
	uint64_t declared;	/* st_size; 0: none */
	/*
	 * As kallsyms computes it: to the next symbol with another address. `last`: no symbol of
	 * its section follows, and the size is the distance to the section's end.
	 */
	uint64_t size;
	bool last;
};

/* The symbols of one name; empty: the image has none. Valid until the next od_names_learn(). */
struct od_symbols {
	const struct od_symbol *items;
	size_t count;
};

void od_names_destroy(struct od_names *names);

/*
 * Looks up those of the names that were never asked for, in one pass. What cannot be remembered for want of
 * memory is found to be missing.
 */
void od_names_learn(struct od_image *image, const struct od_str *names, size_t count);

/*
 * The symbols of a name that was learned, of code and of data, by ascending address; several with
 * one address (aliases) are one.
 */
struct od_symbols od_names_get(const struct od_image *image, struct od_str name);

/*
 * The function or label that the address lies in: the nearest symbol at or below it in its section that kallsyms
 * would list; of several there a function, and a global one, goes first. Empty: none. One pass over the table.
 * Borrowed from the image.
 */
struct od_str od_names_at(const struct od_image *image, uint64_t address);

static inline bool od_symbol_is_code(const struct od_symbol *symbol)
{
	return symbol->section->header.sh_flags & SHF_EXECINSTR;
}

#endif
