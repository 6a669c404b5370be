// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * What was once worked out about an image, kept between runs in a store (io/store.h): where the symbols of a name
 * are in its symbol table, and facts about addresses. An image without a build ID, a small one, and one for
 * which there is no store have facts in memory only. One thread at a time.
 */
#ifndef OD_SYMBOLIZE_INDEX_H
#define OD_SYMBOLIZE_INDEX_H

#include "io/store.h"
#include "symbolize/elf.h"

struct od_index;

enum od_fact {
	OD_FACT_PLACES,	/* the source of an address: places.c */
	OD_FACT_FUNCTION, /* where the function of an address is in the debug info: dwarf.c */
	OD_FACT_MASK,	/* the bytes that may differ from an address on: patches.c */
	OD_FACT_SCOPE,	/* the function around an address, its variables: facts.c */
	OD_FACT_TYPE,	/* a type, by the number of its DIE: types.c */
};

/* A symbol of a name: its index in .symtab, and its size as kallsyms computes it. */
struct od_index_symbol {
	uint32_t hash;		/* of the name */
	uint32_t symbol;
	uint64_t next;		/* distance to the next symbol of its section; 0: none follows */
};

/*
 * The index of an image that was opened without a fault. `store` may be NULL; it is borrowed. Images of files
 * smaller than `smallest` bytes are not stored. NULL: out of memory.
 */
struct od_index *od_index_create(const struct od_image *image, const struct od_store *store, uint64_t smallest);

/* Saves what was learned, and frees the index. */
void od_index_destroy(struct od_index *index);

/*
 * True when names should be indexed, which they are not yet: they would be stored, or are asked for again and again.
 */
bool od_index_wants_names(struct od_index *index);

/* Sorts the symbols by hash and keeps them. Takes what malloc() gave; once only. */
void od_index_set_names(struct od_index *index, struct od_index_symbol *symbols, size_t count);

/* The symbols whose names have this hash, *count of them; NULL: the names were not indexed. Borrowed. */
const struct od_index_symbol *od_index_find_name(struct od_index *index, uint32_t hash, size_t *count);

/* What is known about the address; false: nothing. Borrowed until the next od_index_learn(). */
bool od_index_get(const struct od_index *index, enum od_fact fact, uint64_t address, struct od_str *ret);

/* Remembers the bytes, which are copied; a bounded number of them. */
void od_index_learn(struct od_index *index, enum od_fact fact, uint64_t address, struct od_str bytes);

#endif
