// SPDX-License-Identifier: GPL-3.0-or-later
/* What is shown while debug info is fetched, and when it has taken too long. */
#ifndef OD_CLI_FETCH_H
#define OD_CLI_FETCH_H

#include <stdbool.h>
#include <stdint.h>

struct od_fetch {
	unsigned timeout;	/* seconds without a byte */
	uint64_t done;		/* when something came last */
	int64_t since;		/* seconds on the monotonic clock; 0: nothing was asked yet */
};

/* For od_options.fetch_progress; `user` is a struct od_fetch. Writes to stderr when that is a terminal. */
bool od_fetch_progress(void *user, uint64_t done, uint64_t total);

#endif
