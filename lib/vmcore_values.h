// SPDX-License-Identifier: GPL-3.0-or-later
/* The variables of the stacks that are wanted. One thread at a time. */
#ifndef OD_LIB_VMCORE_VALUES_H
#define OD_LIB_VMCORE_VALUES_H

#include "symbolize/symbolize.h"
#include "vmcore/vmcore.h"

/* Fills the variables of the stacks that were asked for; their frames were given to od_symbolize() just now. */
void od_vmcore_values(struct od_symbolizer *symbolizer, struct od_vmcore_file *file);

#endif
