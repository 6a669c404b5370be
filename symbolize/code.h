// SPDX-License-Identifier: GPL-3.0-or-later
/* An event's code bytes held against an image, or taken from it. One thread at a time per image. */
#ifndef OD_SYMBOLIZE_CODE_H
#define OD_SYMBOLIZE_CODE_H

#include "core/model.h"
#include "symbolize/symbols.h"

struct od_code_match {
	size_t compared;	/* bytes that could be held against each other */
	size_t different;	/* of these */
	uint64_t first;		/* where the first difference is: distance from the event's ip */
	unsigned log, image;	/* the bytes there */
	size_t different_bits;	/* of all that differ */
	size_t references;	/* relocated words whose value the module's layout tells, up to its page */
	size_t wrong_references; /* of these */
};

/* The address of the event's ip, also where only that of the code bytes is known. */
struct od_num od_code_ip(const struct od_event *event);

/*
 * Compares the bytes around the ip, which is at `ip` in the image's address space, as far as they are in one
 * section, leaving out what relocations and run-time patching may have changed. All zero: nothing to compare.
 */
struct od_code_match od_code_compare(struct od_image *image, const struct od_event *event, uint64_t ip);

/*
 * Gives the event the image's bytes around the ip (42 before it and 22 from it on, as x86 prints them), inside its
 * section; what relocations and patching change shows as it is in the file. Nothing happens where it has none.
 */
void od_code_from_image(const struct od_image *image, struct od_event *event, uint64_t ip);

#endif
