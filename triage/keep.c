// SPDX-License-Identifier: GPL-3.0-or-later
#include "triage/keep.h"

#include <stdio.h>
#include <time.h>

/* How often a server is asked whether it is back; the first time after FIRST_MS, and each time after twice as long. */
enum { ATTEMPTS = 6, FIRST_MS = 50 };

static od_status write_batch(struct od_keeper *keeper)
{
	struct od_triage *triage = keeper->triage;
	od_status status = od_store_begin(triage->store, &triage->trail);

	if (status != OD_OK)
		return status;
	for (size_t i = 0; i < keeper->count && status == OD_OK; i++)
		status = keeper->store(triage, keeper->batch[i].job, keeper->batch[i].reading);
	return od_store_end(triage->store, &triage->trail, status);
}

static void wait_ms(unsigned ms)
{
	const struct timespec time = {ms / 1000, ms % 1000 * 1000000L};

	nanosleep(&time, NULL);
}

/* False: the server does not answer. One that was away before is asked once. */
static bool reconnect(struct od_keeper *keeper)
{
	struct od_triage *triage = keeper->triage;

	for (unsigned i = 0; i < (keeper->away ? 1 : ATTEMPTS); i++) {
		if (!keeper->away)
			wait_ms(FIRST_MS << i);
		od_trail_clear(&triage->trail);
		if (od_store_reconnect(triage->store, &triage->trail) == OD_OK)
			return true;
	}
	return false;
}

static void drop_batch(struct od_keeper *keeper)
{
	struct od_triage *triage = keeper->triage;
	char what[OD_TRAIL_SIZE + 64];

	snprintf(what, sizeof(what), "not stored: %s", triage->trail.text);
	for (size_t i = 0; i < keeper->count; i++)
		od_triage_note_trouble(triage, keeper->name(keeper->batch[i].job), what);
	keeper->dropped += keeper->count;
	od_trail_clear(&triage->trail);
}

static void release(struct od_keeper *keeper)
{
	for (size_t i = 0; i < keeper->count; i++)
		od_reading_destroy(keeper->batch[i].reading);
	keeper->count = 0;
	keeper->bytes = 0;
}

/* What was written twice, since nobody knows whether the first time counted, is there once. */
od_status od_keep_all(struct od_keeper *keeper)
{
	struct od_store *store = keeper->triage->store;
	od_status status = keeper->count ? write_batch(keeper) : OD_OK;

	if (status != OD_OK && od_store_is_lost(store) && reconnect(keeper))
		status = write_batch(keeper);
	keeper->away = status != OD_OK && od_store_is_lost(store);
	if (keeper->away) {
		drop_batch(keeper);
		status = OD_OK;
	}
	release(keeper);
	return status;
}

od_status od_keep(struct od_keeper *keeper, const void *job, struct od_reading *reading)
{
	keeper->batch[keeper->count].job = job;
	keeper->batch[keeper->count++].reading = reading;
	keeper->bytes += reading->bytes;
	return keeper->count == OD_KEEP_BATCH || keeper->bytes >= OD_KEEP_BYTES ? od_keep_all(keeper) : OD_OK;
}

void od_keeper_deinit(struct od_keeper *keeper)
{
	release(keeper);
}
