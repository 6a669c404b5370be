// SPDX-License-Identifier: GPL-3.0-or-later
/* Logs in tar archives, compressed or not. Thread safe. */
#ifndef OD_TRIAGE_ARCHIVE_H
#define OD_TRIAGE_ARCHIVE_H

#include "core/status.h"
#include "core/str.h"

/*
 * Calls `take` for each log of the archive (by its name, triage/layout.h); both slices live for the call.
 * What stands before a damaged place is given; then OD_ERR_FORMAT.
 */
od_status od_archive_read(struct od_trail *trail, const char *path,
			  void (*take)(void *user, struct od_str name, struct od_str bytes), void *user);

#endif
