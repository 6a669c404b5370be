// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * liboopsdecode: Linux kernel crash reports, decoded.
 *
 * A decoder takes logs (files, pipes, memory), finds every kernel report in them, looks up the
 * source lines and explains the faults. One decoder serves many logs and keeps the debug
 * information that it opened.
 *
 * The library never prints, exits, or reads the clock, the locale, the environment or the
 * network: what it may use comes in through options.
 *
 * Threads: a decoder belongs to one thread at a time; different decoders are independent.
 */
#ifndef OOPSDECODE_OOPSDECODE_H
#define OOPSDECODE_OOPSDECODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define OD_API __attribute__((visibility("default")))

struct od_decoder;

/* The version of the library: "0.1.0". Static storage. */
OD_API const char *od_version(void);

/* How a call ended. The text of a failure is od_decoder_error(). */
typedef enum od_result {
	OD_RESULT_OK = 0,	/* at least one event was found */
	OD_RESULT_NO_EVENT = 1,	/* the input was read and holds no event */
	OD_RESULT_USAGE = 2,	/* an option names a file or directory that is not there */
	OD_RESULT_INPUT = 3,	/* the input could not be opened, read or decompressed to its end */
	OD_RESULT_NOMEM = 4,	/* out of memory */
} od_result;

/*
 * What a decoder may use. Set size to sizeof(struct od_options) (so that later versions can add
 * members) and zero the rest. Strings and arrays are borrowed during od_decoder_create() only.
 */
struct od_options {
	size_t size;
	const char *const *modules;	/* kernel modules: .ko, .ko.debug, also compressed */
	size_t module_count;
	const char *const *module_dirs;	/* directories that hold modules, searched recursively */
	size_t module_dir_count;
	const char *vmlinux;		/* the kernel with debug info; NULL: search */
	const char *const *source_dirs;	/* where sources are, for the lines around a fault */
	size_t source_dir_count;
	bool no_search;			/* do not look in /usr/lib/debug, /lib/modules, recorded paths of sources and the like */
	const char *root;		/* a directory that stands for / in that search; NULL: / */

	/* Rendering */
	const char *format;		/* "text" (default), "json", or "raw": the lines of the reports alone */
	bool color;			/* text: ANSI colours */
	unsigned width;			/* text: columns; 0: 80 */
	bool all_frames;		/* text: also frames that the kernel marks as unreliable */

	/*
	 * A directory for indexes of large images (it is made when it is missing), so that the next decoder is
	 * faster; NULL: none. What is in it is checked before it is believed, and may be deleted at any time.
	 */
	const char *cache_dir;

	/*
	 * Ask the servers of $DEBUGINFOD_URLS for debug info that is not found here, by elfutils' client library, which
	 * reads its other variables, too (debuginfod_find_debuginfo(3)). fetch_progress, which may be NULL, is called about
	 * once a second with bytes done and expected, or with the number of the call and 0 while a server is waited for,
	 * and ends the attempt with false.
	 */
	bool debuginfod;
	bool (*fetch_progress)(void *user, uint64_t done, uint64_t total);
	void *fetch_user;
	bool evidence;			/* text: what a named cause rests on, step by step */

	/*
	 * Read images and dumps, whose makers may be hostile, in child processes that may open nothing and are bounded in memory
	 * and time (seccomp(2), setrlimit(2)). A decoder has one, which od_decoder_create() starts by fork(): create decoders before
	 * other threads are started. When one dies, a diagnostic of the document says over which file, and all else is
	 * decoded; where the system has no seccomp, one says so. A program that waits for any child will meet these.
	 */
	bool sandbox;

	/*
	 * The process does nothing but this: the decoder may have malloc() take memory in one go and keep it (mallopt(3)),
	 * which makes a short run faster.
	 */
	bool own_process;

	/*
	 * Only places are looked up: variables and instructions are not looked at, and no cause is named by them. A batch is
	 * read two to four times as fast.
	 */
	bool no_causes;
};

/*
 * Called with each piece of output, in order; `bytes` is borrowed for the call. A document is
 * written as its events close. Return false to stop: the call then ends as soon as it can.
 */
typedef bool (*od_write_fn)(void *user, const char *bytes, size_t length);

/*
 * Creates a decoder. On OD_RESULT_USAGE or _NOMEM *ret is NULL and `error` (may be NULL), a
 * buffer of `error_size` bytes, holds the reason.
 */
OD_API od_result od_decoder_create(const struct od_options *options, struct od_decoder **ret, char *error,
				   size_t error_size);

/* Frees the decoder. NULL is fine. */
OD_API void od_decoder_destroy(struct od_decoder *decoder);

/*
 * Decodes one file ("-": standard input) into one document. What could be decoded before a
 * read error is in the document all the same. A directory is read when it holds the records of a
 * pstore (/sys/fs/pstore, /var/lib/systemd/pstore): their parts are put in order.
 */
OD_API od_result od_decode_file(struct od_decoder *decoder, const char *path, od_write_fn write, void *user);

/* Like od_decode_file() for a log in memory. `name` is what the document calls it. */
OD_API od_result od_decode_memory(struct od_decoder *decoder, const char *name, const char *bytes,
				  size_t length, od_write_fn write, void *user);

/* What of the systemd journal is read. Set size to sizeof(struct od_journal_options) and zero the rest. */
struct od_journal_options {
	size_t size;
	const char *directory;	/* of journal files; NULL: the journal of this system */
	bool one_boot;		/* only the messages of one boot: */
	int64_t boot;		/* 0: the last one, -1: the one before; 1: the first that the journal knows, 2: … */
};

/* Like od_decode_file() for the kernel's messages in the journal. Needs a build with libsystemd. */
OD_API od_result od_decode_journal(struct od_decoder *decoder, const struct od_journal_options *options,
				   od_write_fn write, void *user);

/*
 * Like od_decode_file() for a person at a terminal: also ends, without waiting for the end of
 * the input, `settle_ms` milliseconds after the last line when a report is complete.
 */
OD_API od_result od_decode_paste(struct od_decoder *decoder, int fd, unsigned settle_ms, od_write_fn write,
				 void *user);

/* Why the last call did not end with OD_RESULT_OK; "" when it did. Valid until the next call. */
OD_API const char *od_decoder_error(const struct od_decoder *decoder);

/* How od_explain_fact() lays out its text. Set size to sizeof(struct od_explain_options), zero the rest. */
struct od_explain_options {
	size_t size;
	bool color;	/* ANSI colours */
	unsigned width;	/* columns; 0: 80 */
};

/*
 * Explains one fact without a log, as text: `what` is "taint" (`text` is the number of /proc/sys/kernel/tainted),
 * "kind" (a word of the documents' "kind"), or "" (an error code or an address in hex digits, a word of a register dump
 * by its name as in "dsisr=42000000", or the line with which the kernel begins a report).
 * `arch` (NULL: x86_64) is the architecture of a code or address, as documents name it; `options` may be NULL.
 * OD_RESULT_USAGE: there is no such architecture; OD_RESULT_NO_EVENT: nothing is known about the text, and
 * nothing was written. Thread safe.
 */
OD_API od_result od_explain_fact(const char *what, const char *text, const char *arch,
			    const struct od_explain_options *options, od_write_fn write, void *user);

#ifdef __cplusplus
}
#endif

#endif
