// SPDX-License-Identifier: GPL-3.0-or-later
#include <errno.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "io/decompress.h"
#include "io/descriptor.h"
#include "io/input.h"

static void input_cleanup(struct od_input **input)
{
	od_input_close(*input);
}

static od_status too_large(struct od_trail *trail, size_t limit)
{
	return od_fail(trail, OD_ERR_FORMAT, "larger than %zu bytes", limit);
}

/* Reads what the descriptor gives, decompressed, behind what the buffer holds. */
static od_status read_stream(struct od_trail *trail, int fd, size_t limit, struct od_buf *ret)
{
	__attribute__((cleanup(input_cleanup))) struct od_input *input = NULL;
	od_status status = od_input_open_descriptor(trail, fd, false, &input);

	while (status == OD_OK) {
		struct od_str chunk;
		status = od_input_read(input, trail, &chunk);
		if (status == OD_OK && !chunk.len)
			break;
		if (status == OD_OK && chunk.len > limit - ret->len)
			return too_large(trail, limit);
		if (status == OD_OK)
			od_buf_put(ret, chunk);
		if (ret->failed)
			return od_fail(trail, OD_ERR_NOMEM, "out of memory");
	}
	return status;
}

/* The same as a block of its own. */
static od_status load_stream(struct od_trail *trail, int fd, size_t limit, struct od_file *ret)
{
	__attribute__((cleanup(od_buf_deinit))) struct od_buf buffer = {0};
	od_status status = read_stream(trail, fd, limit, &buffer);

	if (status != OD_OK)
		return status;
	char *fitting = buffer.len ? realloc(buffer.data, buffer.len) : NULL;
	*ret = (struct od_file){.data = (unsigned char *)(fitting ? fitting : buffer.data), .size = buffer.len};
	buffer.data = NULL;
	return OD_OK;
}

static od_status map_file(struct od_trail *trail, int fd, size_t size, size_t limit, struct od_file *ret)
{
	if (size > limit)
		return too_large(trail, limit);

	/* Writable, because libelf is given private copies that it may relocate in place. */
	void *data = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_NORESERVE, fd, 0);
	if (data == MAP_FAILED)
		return od_fail_errno(trail, errno, "cannot map");
	*ret = (struct od_file){.data = data, .size = size, .mapped = true};
	return OD_OK;
}

/* A regular file that is not compressed, and not one of those in /proc that claim to be empty. */
static bool is_mappable(int fd, size_t *ret_size)
{
	struct stat info;
	char head[OD_MAGIC_SIZE];
	bool more;

	if (fstat(fd, &info) < 0 || !S_ISREG(info.st_mode) || info.st_size <= 0)
		return false;
	ssize_t count = pread(fd, head, sizeof(head), 0);
	if (count < 0 || od_codec_find((struct od_str){head, (size_t)count}, &more))
		return false;
	*ret_size = (size_t)info.st_size;
	return true;
}

static struct od_file_identity identify(int fd)
{
	struct stat info;

	if (fstat(fd, &info) < 0)
		return (struct od_file_identity){0};
	return (struct od_file_identity){
		.device = info.st_dev,
		.inode = info.st_ino,
		.size = (uint64_t)info.st_size,
		.changed = (uint64_t)info.st_mtim.tv_sec * 1000000000 + (uint64_t)info.st_mtim.tv_nsec,
	};
}

od_status od_file_load_descriptor(struct od_trail *trail, int fd, size_t limit, struct od_file *ret)
{
	size_t size;
	od_status status = is_mappable(fd, &size) ? map_file(trail, fd, size, limit, ret)
						  : load_stream(trail, fd, limit, ret);

	if (status == OD_OK)
		ret->identity = identify(fd);
	return status;
}

/* A file that grows meanwhile is read as far as it went. */
static od_status read_plain(struct od_trail *trail, int fd, size_t size, size_t limit, struct od_buf *ret)
{
	if (size > limit)
		return too_large(trail, limit);
	char *at = od_buf_reserve(ret, size); /* the text is empty: it begins here */
	if (!at)
		return od_fail(trail, OD_ERR_NOMEM, "out of memory");
	while (ret->len < size) {
		ssize_t count = od_descriptor_read(fd, at + ret->len, size - ret->len);
		if (count < 0)
			return od_fail_errno(trail, errno, "cannot read");
		if (!count)
			break;
		ret->len += (size_t)count;
	}
	return OD_OK;
}

od_status od_file_read(struct od_trail *trail, const char *path, size_t limit, struct od_buf *ret,
		       struct od_file_identity *identity)
{
	__attribute__((cleanup(od_descriptor_close))) int fd = -1;
	size_t size;

	od_buf_clear(ret);
	od_status status = od_descriptor_open(trail, path, &fd);
	if (status != OD_OK)
		return status;
	*identity = identify(fd);
	return is_mappable(fd, &size) ? read_plain(trail, fd, size, limit, ret) : read_stream(trail, fd, limit, ret);
}

od_status od_file_load(struct od_trail *trail, const char *path, size_t limit, struct od_file *ret)
{
	__attribute__((cleanup(od_descriptor_close))) int fd = -1;
	od_status status = od_descriptor_open(trail, path, &fd);

	return status == OD_OK ? od_file_load_descriptor(trail, fd, limit, ret) : status;
}

od_status od_file_load_with(const struct od_opener *opener, struct od_trail *trail, const char *path, size_t limit,
			    struct od_file *ret)
{
	__attribute__((cleanup(od_descriptor_close))) int fd = -1;
	od_status status = od_opener_open(opener, trail, path, &fd);

	return status == OD_OK ? od_file_load_descriptor(trail, fd, limit, ret) : status;
}

void od_file_deinit(struct od_file *file)
{
	if (file->mapped)
		munmap(file->data, file->size);
	else
		free(file->data);
	*file = (struct od_file){0};
}
