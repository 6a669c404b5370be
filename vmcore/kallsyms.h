// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * The kernel's own symbol table, out of the dump: kernel/kallsyms.c, Linux 6.0 and later, whose VMCOREINFO
 * says where its parts are. One thread at a time.
 */
#ifndef OD_VMCORE_KALLSYMS_H
#define OD_VMCORE_KALLSYMS_H

#include "core/memory.h"
#include "core/status.h"

struct od_kallsyms;

/*
 * OD_ERR_MISSING when VMCOREINFO does not say where the table is (before 6.0), OD_ERR_FORMAT when it is
 * damaged or not in the dump. `memory` is not kept.
 */
od_status od_kallsyms_read(struct od_trail *trail, const struct od_memory *memory, struct od_str vmcoreinfo,
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
