// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Events symbolized in a sandboxed child (io/sandbox.h). When it dies, the event is asked again of a new one, which does
 * not open the file that killed its predecessor. One thread at a time.
 */
#ifndef OD_SYMBOLIZE_WORKER_H
#define OD_SYMBOLIZE_WORKER_H

#include "core/model.h"
#include "symbolize/broker.h"
#include "symbolize/remote.h"

/* What the child does; all are called there, with the parent's memory as it was when the child started. */
struct od_worker_tools {
	void (*enter)(void *user, struct od_remote *remote);	/* first: from now on the world is `remote` */
	void (*symbolize)(void *user, struct od_event *event, bool disassemble);
	void (*leave)(void *user);	/* last, unless it dies: saves what was learned */
	void *user;
};

struct od_worker;

/*
 * Starts a worker; the broker is borrowed, the tools are copied. Fails where no process can be started. To be called
 * before other threads are started.
 */
od_status od_worker_create(struct od_trail *trail, const struct od_worker_tools *tools, struct od_broker *broker,
			   const struct od_sandbox_limits *limits, struct od_worker **ret);

/* Lets the child save what it learned, and ends it. NULL is fine. */
void od_worker_destroy(struct od_worker *worker);

/*
 * Symbolizes the event: its [s] fields are written, without `disassemble` but for the disassembly. False: it could not be
 * done, *why (of `size`) says how the last attempt ended, and the fields are clear.
 */
bool od_worker_symbolize(struct od_worker *worker, struct od_event *event, bool disassemble, char *why, size_t size);

/* Sentences about files whose reader died, and about a sandbox that is none, in order. NULL behind the last. */
const char *od_worker_note(const struct od_worker *worker, size_t number);

/* The child's process; 0: none runs. For tests. */
pid_t od_worker_pid(const struct od_worker *worker);

/*
 * Runs a job in a child of its own that ends with it: `job` is called there, and writes by od_remote_write(), whose pieces
 * `take` gets here, in order; it returns false to stop. The status and the bytes with which the job ended come back in
 * *ret and *text (the caller's to release). False: the child could not be started, or died: *why says how.
 */
struct od_worker_job {
	int (*job)(void *user, struct od_remote *remote, struct od_buf *text);
	bool (*take)(void *user, struct od_str bytes);
	void *user;
	const struct od_arch *const *arches; /* whose disassemblers it needs, NULL at the end; NULL: none */
};
bool od_worker_run(const struct od_worker_job *job, struct od_broker *broker, const struct od_sandbox_limits *limits, int *ret,
		   struct od_buf *text, char *why, size_t size);

#endif
