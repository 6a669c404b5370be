// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * A child process that reads files which nobody vouches for: it has no descriptors but a channel to its parent, may
 * open nothing (io/confine.h), and its parent watches how much memory and time it takes. When it dies, the parent
 * learns how, and which file it was reading. One thread at a time.
 */
#ifndef OD_IO_SANDBOX_H
#define OD_IO_SANDBOX_H

#include <limits.h>
#include <stdbool.h>
#include <sys/types.h>

#include "core/status.h"
#include "io/channel.h"

/* Memory that both see. The parent believes nothing in it. */
struct od_sandbox_board {
	char working[PATH_MAX];	/* the file whose contents are read; "": none */
	uint64_t step;		/* counts up with every note: time begins anew */
	bool confined;		/* false: there is no seccomp here */
};

struct od_sandbox_limits {
	uint64_t memory;	/* bytes beside the files that it was given; 0: half of what the machine has, at most 2 GB */
	unsigned seconds;	/* of CPU time for one file; 0: 60 */
};

enum { OD_SANDBOX_FILES = 96 };

struct od_sandbox {
	pid_t pid;		/* 0: none runs */
	struct od_channel channel;
	struct od_sandbox_board *board;
	struct od_sandbox_limits limits;
	bool late;		/* it took too long */
	bool unconfined;	/* it said that there is no seccomp here */
	unsigned ticks;		/* that it was waited for */
	uint64_t step;
	double since;		/* its CPU time at this step */
	uint64_t given[OD_SANDBOX_FILES]; /* sizes of the last files that were passed */
	size_t given_count;
	bool limited;		/* its memory */
};

/* What the child does. */
struct od_sandbox_work {
	/* First, while it may still do what its parent may: loads libraries, and reads nothing else. False: no more. NULL: nothing. */
	bool (*prepare)(void *user, struct od_channel *channel);
	/* Then, confined: serves the channel until that ends. */
	void (*serve)(void *user, struct od_channel *channel, struct od_sandbox_board *board);
	void *user;
};

/*
 * Starts the child. It has the memory of this process as it is now, and does the work in it. To be called before other
 * threads are started; a child that is started later may count on malloc() and dlopen() only, as far as locks go.
 */
od_status od_sandbox_start(struct od_trail *trail, const struct od_sandbox_limits *limits, const struct od_sandbox_work *work,
			   struct od_sandbox *ret);

/* Sends a message; a file's descriptor raises the child's limit of memory by the file's size. False: it is gone. */
bool od_sandbox_send(struct od_sandbox *sandbox, const struct od_message *message);

/* The child's next message, for which it has its time. False: it is dead, or to be ended for what it did. */
bool od_sandbox_receive(struct od_sandbox *sandbox, size_t limit, struct od_message *ret);

/* Ends the child, if it still runs, and says how it went: "crashed (signal 11, Segmentation fault)". */
void od_sandbox_end(struct od_sandbox *sandbox, char *text, size_t size);

/* For the child: notes what it reads. */
void od_sandbox_note(struct od_sandbox_board *board, const char *path);

#endif
