// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/opener.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <sys/stat.h>

#include "io/descriptor.h"

static od_status open_checked(struct od_trail *trail, const char *path, bool any, int *ret)
{
	__attribute__((cleanup(od_descriptor_close))) int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	struct stat info;

	if (fd < 0)
		return od_fail_errno(trail, errno, "cannot open");
	if (fstat(fd, &info) < 0)
		return od_fail_errno(trail, errno, "cannot read");
	if (S_ISDIR(info.st_mode))
		return od_fail_errno(trail, EISDIR, "cannot read");
	if (!any && !S_ISREG(info.st_mode))
		return od_fail(trail, OD_ERR_IO, "it is not a regular file");
	*ret = fd;
	fd = -1;
	return OD_OK;
}

od_status od_open_regular(struct od_trail *trail, const char *path, int *ret)
{
	return open_checked(trail, path, false, ret);
}

od_status od_open_named(struct od_trail *trail, const char *path, int *ret)
{
	return open_checked(trail, path, true, ret);
}

od_status od_opener_open(const struct od_opener *opener, struct od_trail *trail, const char *path, int *ret)
{
	if (opener)
		return opener->open(opener->user, trail, path, ret);
	return od_open_regular(trail, path, ret);
}

void od_opener_working(const struct od_opener *opener, const char *path)
{
	if (opener && opener->working)
		opener->working(opener->user, path);
}
