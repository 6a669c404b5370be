// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Debug info by build ID from the servers of $DEBUGINFOD_URLS, by elfutils' client library, which is loaded when it is
 * first needed: it brings a TLS library along, and most runs do without. One thread at a time.
 */
#ifndef OD_SYMBOLIZE_DEBUGINFOD_H
#define OD_SYMBOLIZE_DEBUGINFOD_H

#include <stdbool.h>

#include "core/str.h"

struct od_debuginfod;

/* Called about once a second while something is fetched, with bytes done and expected, or the number of the call
 * and 0 while a server is waited for; false: stop. */
typedef bool (*od_fetch_progress)(void *user, uint64_t done, uint64_t total);

/* `progress` may be NULL. Nothing is loaded or asked yet. NULL: out of memory. */
struct od_debuginfod *od_debuginfod_create(od_fetch_progress progress, void *user);
void od_debuginfod_destroy(struct od_debuginfod *debuginfod);

/*
 * The path of the file with the debug info of a build (lower-case hex), valid until the next call; NULL: there is none
 * to be had, and od_debuginfod_reason() says why. A build is asked for once; after a server that failed, rather than
 * said no, none is asked again. The file is as trustworthy as the server: look at its build ID.
 */
const char *od_debuginfod_find(struct od_debuginfod *debuginfod, struct od_str build_id);

/* Why the last call found nothing: a sentence; "": it did, or nothing was asked. */
const char *od_debuginfod_reason(const struct od_debuginfod *debuginfod);

#endif
