// SPDX-License-Identifier: GPL-3.0-or-later
/* What kind of bad value a pointer was. Pure; thread safe. */
#ifndef OD_ANALYZER_CAUSE_CLASS_H
#define OD_ANALYZER_CAUSE_CLASS_H

#include "core/buf.h"
#include "core/model.h"

struct od_cause_class {
	const char *name;	/* the contract's word: "null-pointer-member" */
	const char *claim;	/* what follows "POINTER ": "is NULL" */
	const char *reference;	/* where that can be read */
};

/*
 * The class of an access through a pointer of this value; `member`: not at its start. Writes what follows the
 * pointer's name ("is NULL", "is 0x6b…6b: a slab object that was already freed") to `claim`.
 */
const struct od_cause_class *od_cause_classify(const struct od_event *event, uint64_t value, bool member,
					       struct od_buf *claim);

extern const struct od_cause_class od_cause_null_call, od_cause_bad_call, od_cause_divide;

#endif
