// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * What the unwinders share: writing frames and the registers of exceptions, and saying why a stack ends. Only they
 * include it. One thread at a time.
 */
#ifndef OD_VMCORE_WALK_H
#define OD_VMCORE_WALK_H

#include "vmcore/unwind.h"

enum { OD_WALK_FRAME_LIMIT = 512, OD_WALK_SWITCH_LIMIT = 8 };

/* The first member of an unwinder's own walk. */
struct od_walk {
	const struct od_kernel *kernel;
	const struct od_unwind_sink *sink;
	uint64_t cpu;
	bool has_gap;		/* what an exception interrupted is not known */
	unsigned switches;	/* from one stack to another, up to now */
};

/* Says why the stack ends there; with has_gap it counts as incomplete. Returns false, for `return od_walk_end(…)`. */
bool od_walk_end(const struct od_walk *walk, bool complete, const char *reason);

/*
 * Appends the frame of `pc`; `exact`: the instruction that was executing, not a return address. The context is static text.
 * NULL: out of memory.
 */
struct od_frame *od_walk_put(const struct od_walk *walk, uint64_t pc, bool exact, struct od_vmcore_spot spot, const char *context);

/*
 * Whether a stack may lead from one place to the other: it grows down, so on the same stack (of `size` bytes, and as aligned)
 * the next place is above; to another stack it leads a few times at most, which are counted.
 */
bool od_walk_goes_up(struct od_walk *walk, uint64_t from, uint64_t to, uint64_t size);

/* Takes steps until one returns false, having said why the stack ends, or until no stack has so many frames. */
void od_walk_run(struct od_walk *walk, bool (*step)(struct od_walk *walk));

/* Begins the registers of an exception, which belong to the frame that is put next. NULL: out of memory. */
struct od_vmcore_exception *od_walk_exception(const struct od_walk *walk);

/* Adds one of them; `name` lives as long as the model. */
void od_walk_keep(const struct od_walk *walk, struct od_vmcore_exception *exception, struct od_str name, uint64_t value);

/* Adds `count` words of memory from `at` on, by these static names, and leaves out what is not in the dump. */
void od_walk_keep_words(const struct od_walk *walk, struct od_vmcore_exception *exception, uint64_t at,
			const char *const *names, size_t count);

#endif
