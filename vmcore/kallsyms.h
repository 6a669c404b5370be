// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * The kernel's own symbol table, out of the dump: kernel/kallsyms.c. VMCOREINFO says since Linux 6.0 where its parts
 * are; before that they are searched for. One thread at a time.
 */
#ifndef OD_VMCORE_KALLSYMS_H
#define OD_VMCORE_KALLSYMS_H

#include "core/memory.h"
#include "core/status.h"

struct od_kallsyms;

/* Where the parts of the table are, by their names in kernel/kallsyms_internal.h. */
struct od_kallsyms_place {
	uint64_t names;
	uint64_t count;		/* kallsyms_num_syms */
	uint64_t tokens;	/* kallsyms_token_table */
	uint64_t token_index;
	uint64_t offsets;
	uint64_t base;		/* kallsyms_relative_base; 0: there is none (7.0 and later) */
};

/* As VMCOREINFO says; false: it does not (before 6.0). */
bool od_kallsyms_place(struct od_str vmcoreinfo, struct od_kallsyms_place *ret);

/*
 * By its shape, for kernels 4.6 to 6.0 with CONFIG_KALLSYMS_BASE_RELATIVE (scripts/kallsyms.c 5.10, write_src()):
 * looks for the table of tokens in the `size` bytes from `start` and goes back from there. Every part must fit the
 * others, or it is not the table. False: nothing was found.
 */
bool od_kallsyms_search(const struct od_memory *memory, uint64_t start, uint64_t size, struct od_kallsyms_place *ret);

/* OD_ERR_FORMAT when the table is damaged or not in the dump. `memory` is not kept. */
od_status od_kallsyms_read(struct od_trail *trail, const struct od_memory *memory, const struct od_kallsyms_place *place,
			   struct od_kallsyms **ret);
void od_kallsyms_destroy(struct od_kallsyms *symbols);	/* NULL is fine */

enum { OD_SYMBOL_NAME_SIZE = 512 };	/* KSYM_NAME_LEN, with its NUL */

struct od_symbol {
	uint64_t address;
	uint64_t size;		/* the distance to the next symbol at another address; 0: unknown */
	char name[OD_SYMBOL_NAME_SIZE];
};

/* The symbol that covers the address, the first of several at one address, as %pS prints it. */
bool od_kallsyms_at(const struct od_kallsyms *symbols, uint64_t address, struct od_symbol *ret);

/* Looks up many names in one pass over the table; addresses of those that are missing stay as they are. */
struct od_symbol_wish {
	const char *name;
	uint64_t *address;
};
void od_kallsyms_find(const struct od_kallsyms *symbols, const struct od_symbol_wish *wishes, size_t count);

#endif
