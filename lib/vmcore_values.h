// SPDX-License-Identifier: GPL-3.0-or-later
/* Variables whose values memory has: of the stacks that are wanted, of a report's faulting frame. One thread at a time. */
#ifndef OD_LIB_VMCORE_VALUES_H
#define OD_LIB_VMCORE_VALUES_H

#include "symbolize/symbolize.h"
#include "vmcore/vmcore.h"

/*
 * Looks up in memory what a report is about (od_vmcore_look_up()), and the structs that variables of its faulting frame
 * point to. The event was given to od_symbolize() just now.
 */
void od_vmcore_look_at_fault(struct od_symbolizer *symbolizer, struct od_vmcore_file *file, const struct od_event *event);

/* Fills the variables of the stacks that were asked for; their frames were given to od_symbolize() just now. */
void od_vmcore_values(struct od_symbolizer *symbolizer, struct od_vmcore_file *file);

#endif
