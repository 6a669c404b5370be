// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/channel.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

/* Bytes that are received together with the head, if they are there: most messages are shorter. */
enum { READ_AHEAD = 64 * 1024 };

/* In front of a message's bytes. */
struct header {
	uint32_t type;
	int32_t status;
	uint64_t size;
};

/* Room for one descriptor. */
union ancillary {
	struct cmsghdr header;
	char bytes[CMSG_SPACE(sizeof(int))];
};

/* Sends all of the parts; the descriptor goes with the first byte. */
static bool send_all(int socket, struct iovec *parts, size_t count, int fd)
{
	union ancillary ancillary;
	struct msghdr message = {.msg_iov = parts, .msg_iovlen = count};

	if (fd >= 0) {
		memset(&ancillary, 0, sizeof(ancillary));
		message.msg_control = &ancillary;
		message.msg_controllen = sizeof(ancillary);
		ancillary.header = (struct cmsghdr){CMSG_LEN(sizeof(fd)), SOL_SOCKET, SCM_RIGHTS};
		memcpy(CMSG_DATA(&ancillary.header), &fd, sizeof(fd));
	}
	while (message.msg_iovlen) {
		ssize_t sent = sendmsg(socket, &message, MSG_NOSIGNAL);
		if (sent < 0 && errno == EINTR)
			continue;
		if (sent < 0)
			return false;
		message.msg_control = NULL;
		message.msg_controllen = 0;
		for (size_t rest = (size_t)sent; message.msg_iovlen;) {
			struct iovec *part = message.msg_iov;
			size_t step = rest < part->iov_len ? rest : part->iov_len;
			part->iov_base = (char *)part->iov_base + step;
			part->iov_len -= step;
			rest -= step;
			if (part->iov_len)
				break;
			message.msg_iov++;
			message.msg_iovlen--;
		}
	}
	return true;
}

bool od_channel_send(struct od_channel *channel, const struct od_message *message)
{
	struct header header = {message->type, message->status, message->bytes.len};
	struct iovec parts[] = {
		{&header, sizeof(header)},
		{(void *)(uintptr_t)message->bytes.ptr, message->bytes.len},
	};

	return send_all(channel->socket, parts, message->bytes.len ? 2 : 1, message->fd);
}

static void take_descriptor(struct msghdr *message, int *fd)
{
	for (struct cmsghdr *part = CMSG_FIRSTHDR(message); part; part = CMSG_NXTHDR(message, part)) {
		if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_RIGHTS ||
		    part->cmsg_len != CMSG_LEN(sizeof(*fd)))
			continue;
		if (*fd >= 0)
			close(*fd);
		memcpy(fd, CMSG_DATA(part), sizeof(*fd));
	}
}

/* Receives what there is, and a descriptor if one comes with it; waits for the first byte. 0: the end, or nobody waits any more. */
static size_t receive(struct od_channel *channel, struct iovec *parts, size_t part_count, int *fd)
{
	for (;;) {
		union ancillary ancillary;
		struct msghdr message = {.msg_iov = parts, .msg_iovlen = part_count, .msg_control = &ancillary,
					 .msg_controllen = sizeof(ancillary)};
		ssize_t count = recvmsg(channel->socket, &message, MSG_CMSG_CLOEXEC);
		bool late = count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
		if (count >= 0) {
			take_descriptor(&message, fd);
			return (size_t)count;
		}
		if (late ? !channel->wait || !channel->wait(channel->user) : errno != EINTR)
			return 0;
	}
}

/* The rest of something of which `done` bytes are there. */
static bool receive_rest(struct od_channel *channel, void *to, size_t done, size_t size, int *fd)
{
	while (done < size) {
		struct iovec part = {(char *)to + done, size - done};
		size_t count = receive(channel, &part, 1, fd);
		if (!count)
			return false;
		done += count;
	}
	return true;
}

/* Mostly in one call. Who sends more than one message without being asked is not understood. */
static bool receive_message(struct od_channel *channel, size_t limit, struct header *header, int *fd)
{
	struct od_buf *in = &channel->in;
	const size_t ahead = limit < READ_AHEAD ? limit : READ_AHEAD;

	od_buf_clear(in);
	if (!od_buf_reserve(in, ahead))
		return false;
	struct iovec parts[] = {{header, sizeof(*header)}, {in->data, ahead}};
	size_t count = receive(channel, parts, 2, fd);
	if (!count || !receive_rest(channel, header, count, sizeof(*header), fd))
		return false;
	size_t done = count < sizeof(*header) ? 0 : count - sizeof(*header);
	if (header->size > limit || done > header->size)
		return false;
	in->len = done; /* kept when it grows */
	if (!od_buf_reserve(in, header->size - done) || !receive_rest(channel, in->data, done, header->size, fd))
		return false;
	in->len = header->size;
	in->data[in->len] = '\0';
	return true;
}

bool od_channel_receive(struct od_channel *channel, size_t limit, struct od_message *ret)
{
	struct header header = {0};
	int fd = -1;

	if (!receive_message(channel, limit, &header, &fd)) {
		if (fd >= 0)
			close(fd);
		return false;
	}
	*ret = (struct od_message){header.type, header.status, od_buf_str(&channel->in), fd};
	return true;
}

void od_channel_close(struct od_channel *channel)
{
	if (channel->socket >= 0)
		close(channel->socket);
	channel->socket = -1;
	od_buf_deinit(&channel->in);
}
