// SPDX-License-Identifier: GPL-3.0-or-later
/* Finding what is to be read below a path. One thread at a time. */
#ifndef OD_TRIAGE_WALK_H
#define OD_TRIAGE_WALK_H

#include "triage/read.h"

struct od_walk {
	/* Takes over the job (its path too). */
	void (*found)(void *user, struct od_job job);
	void (*trouble)(void *user, const char *path, const char *what);
	/* A memory image in a directory without a log. */
	void (*dump)(void *user, const char *path);
	void *user;
};

/*
 * Walks a tree without following links to directories, or takes a file as it is, whatever its name. What cannot be
 * read is a trouble; OD_ERR_MISSING: `path` itself is not there.
 */
od_status od_walk(struct od_trail *trail, const char *path, const struct od_walk *walk);

#endif
