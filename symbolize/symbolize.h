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

#include "core/buf.h"
#include "core/layouts.h"
#include "core/model.h"
#include "core/status.h"
#include "io/opener.h"

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
	/*
	 * Read images in a child process that may open nothing (docs/architecture.md, "How hostile files are read"). It is
	 * started at once: create the symbolizer before other threads are started. It may take about sandbox_memory bytes
	 * (0: half of the machine's, at most 2 GB) beside the files it reads, and sandbox_seconds (0: 60) of CPU per file.
	 */
	bool sandbox;
	/* Leave event->facts empty: who asks for places only need not wait for variables. */
	bool no_facts;
	uint64_t sandbox_memory;
	unsigned sandbox_seconds;
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
 * Appends what the image of a frame says of its variables and of its caller's registers, for those who have the memory
 * that goes with it: everything in the arena, types to be read until the symbolizer is given another event. The frame
 * was resolved by od_symbolize() in this event and process: false where there is a worker, and where the image has no
 * debug info or does not know the function.
 */
bool od_symbolizer_scope(struct od_symbolizer *symbolizer, const struct od_event *event, const struct od_frame *frame,
			 struct od_arena *arena, od_frame_scopes *scopes);

/*
 * The same of types: those of the image that holds the event's ip, which this resolves; everything in the arena. False: no
 * image was found, it is another's, or it has none of them.
 */
bool od_symbolizer_layouts(struct od_symbolizer *symbolizer, struct od_event *event, const struct od_layout_wish *wish,
			   struct od_arena *arena, struct od_layouts *ret);

/*
 * What went wrong with the sandbox so far, in sentences: whose reader died and how, or that it is none. NULL: there is
 * none of this number. Valid until the symbolizer is destroyed.
 */
const char *od_symbolizer_note(const struct od_symbolizer *symbolizer, size_t number);

/* True when images are read in a sandboxed child, which they are only if that could be started. */
bool od_symbolizer_is_sandboxed(const struct od_symbolizer *symbolizer);

/*
 * A job for a sandboxed child of its own, which ends with it. `run` is called there: it may use the symbolizer, open files
 * by `opener`, and write by od_confined_write() with `output`; its return value and what it puts into `text` come back.
 * `take` gets its output here, piece by piece, and returns false to stop.
 */
struct od_confined_job {
	int (*run)(void *user, const struct od_opener *opener, void *output, struct od_buf *text);
	bool (*take)(void *user, struct od_str bytes);
	void *user;
	const char *file;	/* the file that it is about: opened whatever it is */
};

/* False: the child could not be started, or it died: *why (of `size`) says how. Releasing *text is the caller's. */
bool od_symbolizer_confine(struct od_symbolizer *symbolizer, const struct od_confined_job *job, int *ret,
			   struct od_buf *text, char *why, size_t size);
bool od_confined_write(void *output, const char *bytes, size_t length);

/*
 * Disassembles code.bytes of the event (also part of od_symbolize()): from the faulting byte
 * on, and before it as far as a decoding that meets the faulting instruction exists.
 */
void od_disassemble(struct od_event *event);

#endif
