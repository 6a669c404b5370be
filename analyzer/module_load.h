// SPDX-License-Identifier: GPL-3.0-or-later
/* Whether a module would load in a kernel, and which lines its loader would print. Pure; thread safe. */
#ifndef OD_ANALYZER_MODULE_LOAD_H
#define OD_ANALYZER_MODULE_LOAD_H

#include "core/module.h"

/*
 * Goes through what the loader checks (kernel/module/main.c, version.c and signing.c of Linux 5.10 to 6.12, in that
 * order), with the module's symbols already held against the kernel's Module.symvers. Texts are the arena's or static.
 */
void od_judge_load(struct od_arena *arena, const struct od_ko *module, const struct od_kernel *kernel,
		   struct od_load *ret);

#endif
