// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/descriptor.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>

od_status od_descriptor_open(struct od_trail *trail, const char *path, int *ret)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return od_fail_errno(trail, errno, "cannot open");

	struct stat info;
	int error = fstat(fd, &info) < 0 ? errno : S_ISDIR(info.st_mode) ? EISDIR : 0;
	if (error) {
		close(fd);
		return od_fail_errno(trail, error, "cannot read");
	}
	*ret = fd;
	return OD_OK;
}

static bool wait_readable(int fd)
{
	struct pollfd poll_fd = {.fd = fd, .events = POLLIN};

	return poll(&poll_fd, 1, -1) >= 0 || errno == EINTR;
}

ssize_t od_descriptor_read(int fd, void *buffer, size_t size)
{
	ssize_t count;

	do {
		count = read(fd, buffer, size);
	} while (count < 0 && (errno == EINTR || (errno == EAGAIN && wait_readable(fd))));
	return count;
}
