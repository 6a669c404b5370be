// SPDX-License-Identifier: GPL-3.0-or-later
/* arm64 instructions that are newer than Capstone's tables. Pure; thread safe. */
#ifndef OD_SYMBOLIZE_INSN_ARM64_H
#define OD_SYMBOLIZE_INSN_ARM64_H

#include "symbolize/insn.h"

/* Fills the empty instruction from its bytes; returns its size, 0: it is none of these. */
unsigned od_insn_arm64_newer(const unsigned char *bytes, size_t size, struct od_insn *to);

#endif
