// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * The function around an address with the variables in scope there, as debug info tells it once and the image's index
 * afterwards. One thread at a time per image.
 */
#ifndef OD_SYMBOLIZE_SCOPE_H
#define OD_SYMBOLIZE_SCOPE_H

#include "symbolize/index.h"
#include "symbolize/types.h"

/* Where a function's code is: its hot part, its cold ones. None: no function is known. */
enum { OD_SCOPE_PIECES = 16 };

struct od_scope_pieces {
	struct {
		uint64_t from, to;
	} items[OD_SCOPE_PIECES];
	size_t count;
};

/* The pieces of a DW_TAG_subprogram, and where it begins. */
void od_scope_read_pieces(Dwarf_Die *function, struct od_scope_pieces *ret, uint64_t *start);

/* Remembers the pieces, and the start, variables, calls and edges of the facts, for the address facts->pc. */
void od_scope_learn(struct od_index *index, const struct od_facts *facts, const struct od_scope_pieces *pieces);

/* Fills these in; false: the index, which may be NULL, knows nothing of the address. */
bool od_scope_recall(const struct od_index *index, struct od_arena *arena, struct od_facts *facts,
		     struct od_scope_pieces *pieces);

#endif
