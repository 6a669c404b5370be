// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Two CPUs that print their reports into each other, in a log without caller ids. From the header of the second report
 * on, records are held until both reports are over; then they are divided. A report prints each of its labels once ("CPU:",
 * "RIP:", "RAX:", …) before its trace, so what one has already is the other's; a frame belongs to the one whose trace has
 * begun and has not come to its outermost frame. Process numbers and the address of the fault decide where they are
 * printed; what is left goes to the report that began first. Nothing of this is sure: both events are marked.
 *
 * Memory is bounded: OD_UNMIX_RECORDS records, OD_UNMIX_BYTES bytes. One thread at a time.
 */
#ifndef OD_PARSERS_UNMIX_H
#define OD_PARSERS_UNMIX_H

#include "core/arena.h"
#include "parsers/index.h"
#include "parsers/record.h"

enum { OD_UNMIX_RECORDS = 512, OD_UNMIX_BYTES = 1 << 20 };

/* Initialise with {0}. */
struct od_unmix {
	bool holding;
	bool named;		/* the header that names the second report was read */
	struct od_arena *arena;	/* of the copies */
	struct od_record *records;
	size_t count;
	struct od_str first;	/* the lines of the first report so far */
	bool first_in_trace;	/* and whether its trace had begun */
};

void od_unmix_deinit(struct od_unmix *mix);

/*
 * The record begins a second report (`named`: its header says what it is) while one is open, whose own lines are `first`.
 * False: no memory, nothing is held.
 */
bool od_unmix_begin(struct od_unmix *mix, const struct od_record *record, bool named, struct od_str first, bool first_in_trace);

/* Holds a copy of the record. False: the record is of neither report, or there is no room: divide what is held first. */
bool od_unmix_add(struct od_unmix *mix, const struct od_index *index, const struct od_record *record);

/*
 * Says for each record that is held whether it is the second report's, in ret[OD_UNMIX_RECORDS], and in *ret_over (or NULL)
 * whether both reports have ended. False: the lines are those of one report, the first one is over.
 */
bool od_unmix_divide(const struct od_unmix *mix, const struct od_carriers *carriers, bool *ret, bool *ret_over);

/* Whether both reports have come to their ends with the last record. */
bool od_unmix_is_over(const struct od_unmix *mix, const struct od_carriers *carriers);

/* Drops what is held. */
void od_unmix_clear(struct od_unmix *mix);

#endif
