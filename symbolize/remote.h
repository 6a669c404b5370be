// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * The world as a sandboxed reader of images sees it: everything is asked of its parent (broker.h). The connection may
 * end at any time; then nothing is found any more. One thread at a time.
 */
#ifndef OD_SYMBOLIZE_REMOTE_H
#define OD_SYMBOLIZE_REMOTE_H

#include "io/opener.h"
#include "io/sandbox.h"
#include "io/store.h"
#include "symbolize/find.h"

/* Searches whose answers are kept: the logs of a batch ask the same again and again. */
enum { OD_REMOTE_SEARCHES = 8 };

struct od_remote {
	struct od_channel *channel;
	struct od_sandbox_board *board;
	struct od_opener opener;	/* of files */
	struct od_store_files files;	/* of the cache */
	struct od_buf fetched;		/* the answer to the last od_remote_fetch(): path and reason */
	struct od_remote_search {
		struct od_buf asked, paths;	/* what was not found is not kept: it may come */
	} searches[OD_REMOTE_SEARCHES];
	unsigned next_search;
};

/* `remote` must not move afterwards. */
void od_remote_init(struct od_remote *remote, struct od_channel *channel, struct od_sandbox_board *board);

/* As od_finder_search(). */
void od_remote_search(struct od_remote *remote, const struct od_wanted *wanted, struct od_arena *arena, od_paths *paths);

/* As od_debuginfod_find() and od_debuginfod_reason(). */
const char *od_remote_fetch(struct od_remote *remote, struct od_str build_id);
const char *od_remote_fetch_reason(const struct od_remote *remote);

/* Hands on a piece of output; false: no more is wanted. */
bool od_remote_write(struct od_remote *remote, struct od_str bytes);

#endif
