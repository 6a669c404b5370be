// SPDX-License-Identifier: GPL-3.0-or-later
/* Lines of source files, for the excerpt around a fault. One thread at a time. */
#ifndef OD_LIB_SOURCE_H
#define OD_LIB_SOURCE_H

#include "core/model.h"
#include "core/status.h"
#include "io/opener.h"

struct od_source_reader;

/*
 * `dirs` are searched before the recorded path itself: first for the whole path below the
 * directory, then without its leading components, one by one. The recorded path is taken below
 * `root`; NULL: as it is, "": not at all. Fails with OD_ERR_MISSING when a directory cannot be
 * opened. Strings are copied.
 */
od_status od_source_reader_create(struct od_trail *trail, const char *const *dirs, size_t count, const char *root,
				  struct od_source_reader **ret);
void od_source_reader_destroy(struct od_source_reader *reader);

/* From now on files are opened by this opener, which is borrowed. */
void od_source_reader_use(struct od_source_reader *reader, const struct od_opener *opener);

/*
 * The text of a line (1-based) of the place's file, borrowed until the next call; ptr is NULL
 * when there is no such file or line. Only files with the suffix of a source language are read:
 * the path comes from an untrusted file. `user` is a struct od_source_reader.
 */
struct od_str od_source_reader_line(void *user, const struct od_place *place, unsigned line);

#endif
