// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Reports whose first lines are not in the log: it begins in the middle of one, or somebody pasted a trace only. For the
 * builder.
 */
#ifndef OD_PARSERS_HEADLESS_H
#define OD_PARSERS_HEADLESS_H

#include "parsers/builder.h"

/* Opens an event at a record that no header is, when that may be of such a report; SLUB's are known anywhere. */
void od_headless_open(struct od_builder *builder, const struct od_record *record);

/*
 * Looks at a record of an event that is open: of one without a head it may name the kind, or the task that hung.
 */
void od_headless_see(struct od_builder *builder, const struct od_record *record);

/*
 * Names the event, which is open and has no name, when it turned out to be one: a fault's registers or place and a trace
 * were read, or a trace in which the function stands that prints such a report, or, at the end of a log without another
 * event, a trace.
 */
void od_headless_name(struct od_builder *builder, bool at_end);

/* "CPU: 0 PID: 91 Comm: insmod …", as the text begins: dump_stack_print_info(), lib/dump_stack.c. Pure; thread safe. */
bool od_is_task_line(struct od_str text);

/* The same, only where the dump itself says that it is of an access to memory: the panic that comes now is because of it. */
void od_headless_name_fault(struct od_builder *builder);

#endif
