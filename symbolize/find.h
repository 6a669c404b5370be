// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Which files may hold the code of a module or of the kernel: those that were named, trees that were
 * named, and the usual places. Trees are walked when first needed and remembered; nothing is opened.
 * One thread at a time.
 */
#ifndef OD_SYMBOLIZE_FIND_H
#define OD_SYMBOLIZE_FIND_H

#include "core/arena.h"
#include "core/status.h"
#include "symbolize/symbolize.h"

struct od_finder;

/* What is looked for. Strings from a log are not trusted: what could leave a directory is not used. */
struct od_wanted {
	struct od_str module;	/* empty: the kernel itself */
	struct od_str release;	/* empty: unknown */
	struct od_str build_id;	/* empty: unknown */
};

typedef OD_LIST(struct od_str) od_paths;

/* Copies the options. Fails as od_symbolizer_create() does. */
od_status od_finder_create(struct od_trail *trail, const struct od_symbolize_options *options,
			   struct od_finder **ret);
void od_finder_destroy(struct od_finder *finder);

/* The directory that stands for /, without its last slash; *anywhere is false where the usual places are not searched. */
struct od_str od_finder_root(const struct od_finder *finder, bool *anywhere);

/* Files named with -m whatever they are called: the caller looks at the names that they bear inside. */
size_t od_finder_named(const struct od_finder *finder, const char *const **ret);

/*
 * Appends the files that may be it, best first, NUL-terminated, in the arena: named ones by file name,
 * trees that were named, build ID, debug files of the release, its modules without debug info.
 */
void od_finder_search(struct od_finder *finder, const struct od_wanted *wanted, struct od_arena *arena,
		      od_paths *paths);

/* False: nothing was named that could be it, and the usual places are not searched. */
bool od_finder_may_find(const struct od_finder *finder, const struct od_wanted *wanted);

/* The name of the module that a file of this path holds: without directory and suffix; empty: it is no module's. */
struct od_str od_module_stem(struct od_str path);

#endif
