// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * One way to report that an operation failed.
 *
 * A function that can fail returns an od_status and takes a `struct od_trail *`.
 * Each level that gives up prepends what it was doing, so that the text reads
 * from the outside in: "cannot decode a.txt: cannot read: Is a directory".
 *
 * Broken *input* is not a failure: it becomes an integrity or status reason in
 * the model (see reasons.def).
 */
#ifndef OD_CORE_STATUS_H
#define OD_CORE_STATUS_H

typedef enum od_status {
	OD_OK = 0,
	OD_ERR_NOMEM,	/* out of memory, or an arena's limit was reached */
	OD_ERR_IO,	/* the operating system refused: the trail ends in errno's text */
	OD_ERR_FORMAT,	/* the bytes are not what they claim to be */
	OD_ERR_MISSING,	/* a thing that was asked for by name is not there */
	OD_ERR_UNSUPPORTED, /* understood, but this build or this library cannot do it */
	OD_ERR_USAGE,	/* the caller's arguments make no sense */
} od_status;

enum { OD_TRAIL_SIZE = 1024 };

/*
 * The message of the last failure. Fixed storage: reporting out-of-memory
 * never allocates. Initialise with {0}. Owned by the caller; one thread at a time.
 */
struct od_trail {
	char text[OD_TRAIL_SIZE];
};

/*
 * Prepends the formatted text and ": " to the trail (no ": " when it is empty)
 * and returns `status`, so that a failing site is one line. What does not fit is
 * cut at the end. `trail` may be NULL.
 */
__attribute__((format(printf, 3, 4)))
od_status od_fail(struct od_trail *trail, od_status status, const char *format, ...);

/* Like od_fail() with OD_ERR_IO; the trail ends in the text of `error` (an errno value). */
__attribute__((format(printf, 3, 4)))
od_status od_fail_errno(struct od_trail *trail, int error, const char *format, ...);

/* Empties the trail. */
static inline void od_trail_clear(struct od_trail *trail)
{
	trail->text[0] = '\0';
}

#endif
