// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * What came before: puts events in the order in which they began, numbers them, and says
 * which of the earlier ones an event repeats or follows from. Bounded. One thread at a time.
 */
#ifndef OD_PARSERS_HISTORY_H
#define OD_PARSERS_HISTORY_H

#include "core/model.h"

enum {
	OD_HISTORY_PENDING = 64,	/* closed events that wait for one that began earlier */
	OD_HISTORY_KNOWN = 1024,	/* earlier events that a later one may repeat */
};

struct od_history {
	struct od_event *pending[OD_HISTORY_PENDING];
	size_t pending_count;
	struct {
		uint64_t key;
		uint64_t index;
	} known[OD_HISTORY_KNOWN];
	uint64_t count;		/* events numbered so far */
	int64_t first_oops;	/* index of the boot's first oops, or -1 */
	int64_t last_report;	/* index of the boot's last event that is no panic, or -1 */
};

/* Call once before use. */
void od_history_init(struct od_history *history);

/* Frees what is pending. */
void od_history_deinit(struct od_history *history);

/* A boot began: what follows is no consequence of what was before. */
void od_history_boot(struct od_history *history);

/* Takes an event that has closed; od_history_next() hands it on in order. */
void od_history_add(struct od_history *history, struct od_event *event);

/*
 * The next event that began before line `horizon` (the first line of the earliest event that is
 * still open; UINT64_MAX: none is), numbered and related; NULL: none is ready. Ownership passes. One that
 * names no release waits for the open ones, which may.
 */
struct od_event *od_history_next(struct od_history *history, uint64_t horizon);

/* True when od_history_add() needs room: hand on the earliest, whatever is open. */
static inline bool od_history_is_full(const struct od_history *history)
{
	return history->pending_count == OD_HISTORY_PENDING;
}

#endif
