// SPDX-License-Identifier: GPL-3.0-or-later
/* A directory tree, walked once, as a list of the modules and kernels in it. One thread at a time. */
#ifndef OD_SYMBOLIZE_TREE_H
#define OD_SYMBOLIZE_TREE_H

#include "core/arena.h"
#include "core/str.h"

struct od_tree_file {
	struct od_str path;	/* NUL-terminated */
	struct od_str stem;	/* module name or, of a kernel, the file's name */
};

struct od_tree {
	struct od_arena *arena;
	OD_LIST(struct od_tree_file) files;
	struct od_str top;	/* where the walk began */
	bool walked;
};

/* Prepares a tree; the path is copied. False: out of memory. Nothing is read yet. */
bool od_tree_init(struct od_tree *tree, struct od_str top);
void od_tree_deinit(struct od_tree *tree);

/*
 * Reads the tree when that was not done: files whose names look like a module or a kernel, links
 * to files included, links to directories not followed, to a bounded depth and number.
 */
void od_tree_walk(struct od_tree *tree);

#endif
