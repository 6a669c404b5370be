// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * What was read, on its way to the store: in batches, each a transaction, since a lock of the database is held while one is
 * written. A server that goes away is waited for, a moment; what cannot be stored then is counted and named, reading
 * goes on, and every batch asks whether the server is back. One thread at a time.
 */
#ifndef OD_TRIAGE_KEEP_H
#define OD_TRIAGE_KEEP_H

#include "triage/triage.h"

enum {
	OD_KEEP_BATCH = 64,		/* results that wait to be stored in one transaction */
	OD_KEEP_BYTES = 8 << 20,	/* of their logs */
};

struct od_keeper {
	struct od_triage *triage;
	/* Stores one result, inside a transaction. */
	od_status (*store)(struct od_triage *triage, const void *job, const struct od_reading *reading);
	/* What a result is called that cannot be stored. */
	const char *(*name)(const void *job);
	struct {
		const void *job;
		struct od_reading *reading;
	} batch[OD_KEEP_BATCH];
	size_t count;
	uint64_t bytes;		/* of logs in the batch */
	uint64_t dropped;	/* results that were not stored */
	bool away;		/* the server was not there for the last batch */
};

/* Takes a result, whose owner the keeper becomes. Fails where the database does, but for a server that went away. */
od_status od_keep(struct od_keeper *keeper, const void *job, struct od_reading *reading);

/* Stores what waits; to be called once more at the end. */
od_status od_keep_all(struct od_keeper *keeper);

/* Releases what waits. */
void od_keeper_deinit(struct od_keeper *keeper);

#endif
