// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * What makes two crashes the same bug, in words that do not depend on the kernel's version, the
 * compiler, offsets, build IDs, whether debug information was there, or how the log was wrapped.
 */
#ifndef OD_ANALYZER_SIGNATURE_H
#define OD_ANALYZER_SIGNATURE_H

#include "core/model.h"

/* A change of what od_sign() writes for the same log is a new version. */
enum { OD_SIGNATURE_VERSION = 1 };

/*
 * Writes event->signature. The event must have been blamed. The basis is, in this order and each
 * where it is known:
 *
 *	"memory-fault"				the class of the kind
 *	"sensor_hub_apply [sensor_hub]"		the responsible function, or the role "(exit)" or "(init)"
 *	"author sensor_cfg_threshold"		what debug information calls the innermost inlined function
 *	"caller sensor_hub_store [sensor_hub]"	who called it
 *	"cause near NULL"			what the address, the message or the place says
 *	"stack a < b [mod] < c"			reliable frames that are no passage (analyzer/blame.h)
 *
 * The id is made of version, class and function; without a function, of the stack, else of the cause.
 * Thread safe for different events.
 */
void od_sign(struct od_event *event);

#endif
