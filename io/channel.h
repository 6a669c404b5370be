// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Messages between two processes of this program over a stream socket, with at most one descriptor each. The ends take
 * turns: a second message before the first was received is understood only where od_channel_receive() had a `limit` that is
 * the first one's size. The other end is not trusted: lengths are bounded, and a message that stops half-way ends the
 * channel. One thread at a time.
 */
#ifndef OD_IO_CHANNEL_H
#define OD_IO_CHANNEL_H

#include <stdbool.h>
#include <stdint.h>

#include "core/buf.h"

struct od_channel {
	int socket;
	struct od_buf in;	/* the last message's bytes */
	/* Called each time when the socket's timeout (SO_RCVTIMEO) is over; false: give up. NULL: at the first time. */
	bool (*wait)(void *user);
	void *user;
};

struct od_message {
	uint32_t type;
	int32_t status;
	struct od_str bytes;	/* valid until the next message is received; NUL-terminated */
	int fd;			/* -1: none; the receiver closes it */
};

/* Sends a message; its descriptor stays the caller's. False: the other end is gone. */
bool od_channel_send(struct od_channel *channel, const struct od_message *message);

/* Waits for a message of at most `limit` bytes. False: the end, out of memory, or it is no message. */
bool od_channel_receive(struct od_channel *channel, size_t limit, struct od_message *ret);

/* Closes the socket. */
void od_channel_close(struct od_channel *channel);

#endif
