// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * How files are opened by those who read what nobody vouches for: by themselves, or, where they may not, by another
 * process that passes descriptors (io/sandbox.h). One thread at a time.
 */
#ifndef OD_IO_OPENER_H
#define OD_IO_OPENER_H

#include "core/status.h"

struct od_opener {
	/* Opens a file for reading; the caller closes *ret. The trail says why not. */
	od_status (*open)(void *user, struct od_trail *trail, const char *path, int *ret);
	/* From now on the contents of this file are read; "": of none. May be NULL. */
	void (*working)(void *user, const char *path);
	void *user;
};

/* Opens by `opener`; NULL: as od_open_regular() does. */
od_status od_opener_open(const struct od_opener *opener, struct od_trail *trail, const char *path, int *ret);

/* Notes what is read; nothing where the opener is NULL or does not want to know. */
void od_opener_working(const struct od_opener *opener, const char *path);

/* Opens what the user named himself, whatever it is but a directory, without ever waiting. */
od_status od_open_named(struct od_trail *trail, const char *path, int *ret);

/* Opens a regular file, and nothing else, without ever waiting. */
od_status od_open_regular(struct od_trail *trail, const char *path, int *ret);

#endif
