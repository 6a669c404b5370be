// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * The variables of a stack's frames, read from the memory of the machine that crashed. Pure functions of what they are
 * given; thread safe for different stacks.
 */
#ifndef OD_ANALYZER_FRAME_VALUES_H
#define OD_ANALYZER_FRAME_VALUES_H

#include "core/memory.h"
#include "core/vmcore_model.h"

struct od_value_tools {
	const struct od_memory *memory;
	/* What an address of code is called; empty: it is none. NULL: nobody knows names. */
	struct od_str (*name)(void *user, uint64_t address);
	void *user;
	struct od_arena *arena;	/* of what is written */
	bool objects;		/* write what pointers to structs point to, too */
	bool registers_only;	/* there is no memory: what is in it has the reason that the log does not show it */
};

/*
 * Fills stack->variables of the frames that have a scope. The registers of the first frame are those given (a CPU's, or
 * the stack's own); those of its callers follow from the rules of the scopes, and start afresh at every exception. A
 * register that cannot be followed is not known, and neither is a variable in it: nothing is guessed.
 */
void od_frame_values(const struct od_value_tools *tools, const struct od_trace *trace, const od_frame_scopes *scopes,
		     const struct od_register *registers, size_t count, struct od_vmcore_stack *stack);

/* A value of a type as C writes it, from its bytes; known[i]: byte i is there. In the tools' arena. */
struct od_str od_value_text(const struct od_value_tools *tools, const struct od_facts *facts, int type,
			    const unsigned char *bytes, const bool *known, size_t size);

#endif
