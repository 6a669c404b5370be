// SPDX-License-Identifier: GPL-3.0-or-later
/* Many files, or logs of a database, read by many threads, and handed on in order. */
#ifndef OD_TRIAGE_WORK_H
#define OD_TRIAGE_WORK_H

#include "triage/read.h"

struct od_work {
	const void *const *jobs;
	size_t count;
	unsigned threads;
	const struct od_options *decode;
	const char *host;
	bool keep_logs;
	/* Reads one, in any thread and order; NULL: out of memory. */
	struct od_reading *(*read)(void *user, struct od_reader *reader, const void *job);
	/*
	 * Called in the order of jobs, in the thread of the caller. The reading becomes the callee's; NULL: out of
	 * memory. False stops.
	 */
	bool (*take)(void *user, const void *job, struct od_reading *reading);
	void *user;
};

/* Returns when all is taken or `take` stopped. Fails when a decoder or a thread cannot be made. */
od_status od_work(struct od_trail *trail, const struct od_work *work);

#endif
