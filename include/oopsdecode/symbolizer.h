// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * liboopsdecode: from a function of the kernel or of a module, or from an address of the kernel, to its places
 * in the source, with the verdict whether the file that was asked is the right one.
 *
 * A session keeps the files that it opened. It belongs to one thread at a time; different sessions are
 * independent. Like the rest of the library it does not print, exit, or look at the environment or the network.
 * docs/examples/symbolize.c is a program of one page.
 */
#ifndef OOPSDECODE_SYMBOLIZER_H
#define OOPSDECODE_SYMBOLIZER_H

#include "oopsdecode/oopsdecode.h"

#ifdef __cplusplus
extern "C" {
#endif

struct od_symbolizer_session;

/*
 * What a session may use. Set size to sizeof(struct od_symbolizer_options) and zero the rest. Strings and
 * arrays are borrowed during od_symbolizer_open() only.
 */
struct od_symbolizer_options {
	size_t size;
	const char *const *modules;	/* files */
	size_t module_count;
	const char *const *module_dirs;	/* searched recursively */
	size_t module_dir_count;
	const char *vmlinux;		/* NULL: search */
	bool no_search;			/* do not look in /usr/lib/debug, /lib/modules and the like */
	const char *root;		/* a directory that stands for / in that search; NULL: / */
	const char *cache_dir;		/* for indexes; NULL: none */
	bool sandbox;			/* read images in a child process, as struct od_options says */
};

/* What is looked up. Set size, and zero what is not known. Borrowed for the call. */
struct od_symbolizer_query {
	size_t size;
	const char *release;		/* of the kernel: "6.1.0-56-amd64"; it leads to files, and is held against them */
	const char *module;		/* NULL: the kernel itself */
	const char *build_id;		/* lower-case hex; it leads to files, and is held against them */
	const char *function;		/* NULL: `address` is looked up */
	uint64_t offset;		/* in the function */
	uint64_t function_size;		/* as the kernel prints it behind the slash: tells equal names apart */
	bool return_address;		/* the place of the call before it is wanted */
	uint64_t address;		/* of the running kernel */
	uint64_t kernel_offset;		/* how far that kernel was moved (KASLR) */
};

struct od_symbolizer_place {
	const char *function;
	const char *file, *path;	/* the last component; all of it. "": unknown */
	unsigned line, column;		/* 1-based; 0: unknown */
	bool inlined;			/* into the next place */
};

/* Owned by the session; valid until its next call. Strings are never NULL. They may hold text of hostile files. */
struct od_symbolizer_answer {
	const char *status;		/* a word of the JSON contract: "resolved", "no-image", "ambiguous" … */
	const char *detail;		/* a sentence: what is missing, and what would help */
	const char *image;		/* the file that was asked; "": none */
	const char *verdict;		/* whether it is the right one: "match", "mismatch", "unknown"; "": no file */
	const struct od_symbolizer_place *places; /* innermost inline first, the function itself last */
	size_t place_count;
	const char *const *candidates;	/* for "ambiguous": what fits, as text */
	size_t candidate_count;
};

/*
 * Opens a session. OD_RESULT_USAGE: a file or directory that an option names is not there; OD_RESULT_NOMEM. Then
 * *ret is NULL and `error` (may be NULL), a buffer of `error_size` bytes, holds the reason.
 */
OD_API od_result od_symbolizer_open(const struct od_symbolizer_options *options, struct od_symbolizer_session **ret,
				    char *error, size_t error_size);

/* Closes the session, with its last answer. NULL is fine. */
OD_API void od_symbolizer_close(struct od_symbolizer_session *session);

/*
 * Looks the function or address up. OD_RESULT_OK: *ret is the answer, also when it has no places: its status says
 * why. OD_RESULT_USAGE: the query has neither function nor address, or an address and a module. OD_RESULT_NOMEM.
 */
OD_API od_result od_symbolizer_look_up(struct od_symbolizer_session *session,
				       const struct od_symbolizer_query *query,
				       const struct od_symbolizer_answer **ret);

#ifdef __cplusplus
}
#endif

#endif
