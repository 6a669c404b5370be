// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Capstone, which is loaded when an architecture needs it whose instructions nobody here decodes (insn.c): its tables
 * take longer to relocate than an oops takes to explain. The only user of its functions. Thread safe.
 */
#ifndef OD_SYMBOLIZE_CAPSTONE_H
#define OD_SYMBOLIZE_CAPSTONE_H

#include "symbolize/insn.h"

/* Loads the library, for this process and those that it starts. False: it is not installed. */
bool od_capstone_load(void);

/* As od_insn_decode(), of a set with `translate`; nothing is appended where the library cannot be loaded. */
void od_capstone_decode(const struct od_insn_set *set, struct od_str code, uint64_t address, size_t limit,
			struct od_arena *arena, od_insns *ret);

#endif
