// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Ways through a function that its instructions do not show: the kernel's jump labels, alternatives and exception table
 * tell them. One thread at a time per image.
 */
#ifndef OD_SYMBOLIZE_EDGES_H
#define OD_SYMBOLIZE_EDGES_H

#include "symbolize/scope.h"

/* Appends to facts->edges those of the pieces of code, which have these instructions; a bounded number. */
void od_edges_read(struct od_image *image, struct od_arena *arena, const struct od_scope_pieces *pieces,
		   const od_insns *insns, struct od_facts *facts);

/* Frees what is kept of an image's tables, once many functions were asked for. NULL is fine. */
void od_edge_map_destroy(struct od_edge_map *map);

#endif
