// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/channel.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

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

/* Receives exactly `size` bytes, and a descriptor if one comes with them. */
static bool receive_all(int socket, void *to, size_t size, int *fd)
{
	for (size_t done = 0; done < size;) {
		union ancillary ancillary;
		struct iovec part = {(char *)to + done, size - done};
		struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = &ancillary,
					 .msg_controllen = sizeof(ancillary)};
		ssize_t count = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
		if (count < 0 && errno == EINTR)
			continue;
		if (count <= 0)
			return false;
		take_descriptor(&message, fd);
		done += (size_t)count;
	}
	return true;
}

static bool make_room(struct od_buf *buf, size_t size)
{
	od_buf_clear(buf);
	od_buf_pad(buf, '\0', size);
	return !buf->failed;
}

bool od_channel_receive(struct od_channel *channel, size_t limit, struct od_message *ret)
{
	struct header header = {0};
	int fd = -1;

	if (!receive_all(channel->socket, &header, sizeof(header), &fd) || header.size > limit ||
	    !make_room(&channel->in, header.size) ||
	    !receive_all(channel->socket, channel->in.data, header.size, &fd)) {
		if (fd >= 0)
			close(fd);
		return false;
	}
	*ret = (struct od_message){header.type, header.status, {channel->in.data, header.size}, fd};
	return true;
}

void od_channel_close(struct od_channel *channel)
{
	if (channel->socket >= 0)
		close(channel->socket);
	channel->socket = -1;
	od_buf_deinit(&channel->in);
}
