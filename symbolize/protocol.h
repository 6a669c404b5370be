// SPDX-License-Identifier: GPL-3.0-or-later
/* What a sandboxed reader of images and its parent say to each other, in messages of io/channel.h. */
#ifndef OD_SYMBOLIZE_PROTOCOL_H
#define OD_SYMBOLIZE_PROTOCOL_H

#include <stdint.h>

enum od_say {
	/* The reader asks; the parent answers with the same type. Status 0: done. */
	OD_SAY_OPEN = 1,	/* a path: its descriptor, or a sentence that says why not */
	OD_SAY_SEARCH,		/* module, release, build ID: paths; each text is ended by NUL */
	OD_SAY_FETCH,		/* a build ID: a path or nothing, and a reason, each ended by NUL */
	OD_SAY_LOAD,		/* a name of the cache: its descriptor */
	OD_SAY_BEGIN,		/* the size of a file for the cache: a descriptor to write to */
	OD_SAY_END,		/* the name under which that is kept; nothing: it is not */

	/* The parent tells, first of all; nobody answers. */
	OD_SAY_PREPARE,		/* struct od_say_libraries: what will be needed */

	/* The parent asks. */
	OD_SAY_EVENT,		/* a question of core/wire.h: an answer. Status 1: it needs no disassembly */
	OD_SAY_TYPE,		/* the number of a fact of the last event, and of one of its types: how many there are, and that one with
				   others, each behind a struct od_say_type */
	OD_SAY_INSTRUCTIONS,	/* the number of a fact of the last event: its instructions */
	OD_SAY_QUIT,		/* nothing: what was learned has been saved */

	/* The reader tells, and waits for the same type: status 0: go on. */
	OD_SAY_OUTPUT,
	OD_SAY_DONE,		/* its job is done; nobody answers */
};

/* A bit per architecture, by its number in od_arches[]. */
struct od_say_libraries {
	uint64_t print;		/* whose disassembler is needed */
	uint64_t decode;	/* whose instructions are followed, if that takes a library */
};

struct od_say_type {
	int32_t number;
	uint32_t size;	/* of its bytes */
};

enum { OD_SAY_LIMIT = 96 << 20 };	/* bytes of a message */

#endif
