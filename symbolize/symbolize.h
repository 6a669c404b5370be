// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * From function+offset to places in the source: finding the ELF file, proving that it is the
 * one that crashed, and reading its symbols, lines and inline chains. Disassembly of code
 * bytes. The only door to the symbolizer; libelf, libdw, libbfd and libopcodes stay behind it.
 *
 * A symbolizer caches what it opened and may be used for many events, by one thread at a time.
 */
#ifndef OD_SYMBOLIZE_SYMBOLIZE_H
#define OD_SYMBOLIZE_SYMBOLIZE_H

#include "core/model.h"
#include "core/status.h"

/* All strings are borrowed until od_symbolizer_create() returns. Zero-initialise. */
struct od_symbolize_options {
	const char *const *modules;	/* files given with -m; must exist */
	size_t module_count;
	const char *const *module_dirs;	/* trees given with -M, searched recursively; must exist */
	size_t module_dir_count;
	const char *vmlinux;		/* given with -k; must exist; NULL: search */
	/*
	 * A directory that stands for / in the usual places (/usr/lib/debug, /lib/modules/<release>,
	 * /usr/lib/debug/.build-id); NULL: "/". "": do not search there.
	 */
	const char *root;
	/*
	 * A directory for indexes of the files that were looked into; it need not exist. NULL: none. They take
	 * up to cache_limit bytes (0: 512 MB). Only files of cache_smallest bytes or more (0: 1 MB) are indexed.
	 */
	const char *cache_dir;
	uint64_t cache_limit, cache_smallest;
	/*
	 * Ask the servers of $DEBUGINFOD_URLS for what is not found here (debuginfod.h). fetch_progress may be NULL; it is
	 * called about once a second with bytes done and expected, or with the number of the call and 0 while a server
	 * is waited for, and ends the attempt with false.
	 */
	bool debuginfod;
	bool (*fetch_progress)(void *user, uint64_t done, uint64_t total);
	void *fetch_user;
};

struct od_symbolizer;

/*
 * Fails with OD_ERR_MISSING when a file or directory that was named does not exist or cannot
 * be opened (the trail has its path and errno's text). Files are read when a log needs them:
 * one that is damaged is not an error here, but the status of the frames that need it.
 */
od_status od_symbolizer_create(struct od_trail *trail, const struct od_symbolize_options *options,
			       struct od_symbolizer **ret);
void od_symbolizer_destroy(struct od_symbolizer *symbolizer);

/*
 * Fills the [s] fields of the event: status and places of ip, lr, trace, traces and locks,
 * images with their verdicts, and code.disassembly. Never fails: what could not be done is in
 * the frames' statuses. No place is written for a frame whose image's verdict is mismatch.
 */
void od_symbolize(struct od_symbolizer *symbolizer, struct od_event *event);

/*
 * Disassembles code.bytes of the event (also part of od_symbolize()): from the faulting byte
 * on, and before it as far as a decoding that meets the faulting instruction exists.
 */
void od_disassemble(struct od_event *event);

#endif
