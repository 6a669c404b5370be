// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Records that the kernel left in a crash: /sys/fs/pstore, and what systemd-pstore keeps of it in
 * /var/lib/systemd/pstore. A dump is cut into parts, of which part 1 is the newest; each is a file.
 * One thread at a time.
 */
#ifndef OD_PARSERS_PSTORE_H
#define OD_PARSERS_PSTORE_H

#include "core/status.h"
#include "core/str.h"

struct od_pstore;

/*
 * Finds the records in the directory and those below it (dmesg-<backend>-<id>, also .enc.z of deflate; where there
 * are none, console-<backend>-<id>); `directory` may also be one such file. OD_ERR_UNSUPPORTED: that file is compressed
 * otherwise, or named otherwise. OD_ERR_MISSING: there are none; OD_ERR_IO: it cannot be read.
 */
od_status od_pstore_open(struct od_trail *trail, const char *directory, struct od_pstore **ret);
void od_pstore_close(struct od_pstore *pstore);

/*
 * The next bytes of the log, valid until the next call: dump after dump, in each the oldest part
 * first, without the lines that an earlier dump of the log held already. An empty chunk: the end.
 * Records that are missing or cannot be read fail the call after all others were delivered.
 */
od_status od_pstore_read(struct od_pstore *pstore, struct od_trail *trail, struct od_str *ret);

#endif
