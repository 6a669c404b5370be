// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/fetch.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

static void show(uint64_t done, uint64_t total)
{
	const double megabyte = 1e6;

	if (!isatty(STDERR_FILENO))
		return;
	if (total)
		fprintf(stderr, "\rdebuginfod: %.1f of %.1f MB\033[K%s", (double)done / megabyte, (double)total / megabyte,
			done >= total ? "\n" : "");
	else
		fputs("\rdebuginfod: asking\033[K", stderr);
}

bool od_fetch_progress(void *user, uint64_t done, uint64_t total)
{
	struct od_fetch *fetch = user;
	struct timespec now = {0};

	clock_gettime(CLOCK_MONOTONIC, &now);
	/* Something came, or another request began: its calls are counted anew. */
	if (!fetch->since || (total ? done != fetch->done : done <= fetch->done))
		fetch->since = now.tv_sec + 1;
	fetch->done = done;
	show(total ? done : 0, total);
	return now.tv_sec + 1 - fetch->since < (int64_t)fetch->timeout;
}
