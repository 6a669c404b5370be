// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmcore/dumpfile.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	FLAT_HEADER_SIZE = 4096,	/* MAX_SIZE_MDF_HEADER */
	CHUNK_LIMIT = 4 << 20,
	SCAN_LIMIT = 4096,		/* older chunks that one read looks at */
};

struct chunk {
	uint64_t position;	/* in the dump */
	uint64_t size;
	uint64_t source;	/* in the file on disk; grows with each chunk, so it is the order of writing too */
	uint64_t reach;		/* the furthest end of this chunk and all before it in the table */
};

struct od_dumpfile {
	int fd;
	bool flat;
	uint64_t size;		/* of the file on disk */
	uint64_t cut;
	struct chunk *chunks;	/* by position */
	size_t count, capacity;
};

static size_t read_disk(const struct od_dumpfile *file, uint64_t position, void *buffer, size_t len)
{
	char *out = buffer;
	size_t done = 0;

	while (done < len && position + done < INT64_MAX) {
		ssize_t count = pread(file->fd, out + done, len - done, (off_t)(position + done));
		if (count < 0 && errno == EINTR)
			continue;
		if (count <= 0)
			break;
		done += (size_t)count;
	}
	return done;
}

static uint64_t big_endian(const unsigned char *bytes)
{
	uint64_t value = 0;

	for (int i = 0; i < 8; i++)
		value = value << 8 | bytes[i];
	return value;
}

static struct chunk *push(struct od_dumpfile *file)
{
	if (file->count == file->capacity) {
		size_t capacity = file->capacity ? 2 * file->capacity : 1024;
		struct chunk *chunks = capacity > CHUNK_LIMIT ? NULL : realloc(file->chunks, capacity * sizeof(*chunks));
		if (!chunks)
			return NULL;
		file->chunks = chunks;
		file->capacity = capacity;
	}
	return &file->chunks[file->count++];
}

static int by_position(const void *left, const void *right)
{
	const struct chunk *a = left, *b = right;

	if (a->position != b->position)
		return a->position < b->position ? -1 : 1;
	return a->source < b->source ? -1 : a->source > b->source;
}

static void sort(struct od_dumpfile *file)
{
	uint64_t reach = 0;

	if (file->count)
		qsort(file->chunks, file->count, sizeof(*file->chunks), by_position);
	for (size_t i = 0; i < file->count; i++) {
		struct chunk *chunk = &file->chunks[i];
		if (chunk->position + chunk->size > reach)
			reach = chunk->position + chunk->size;
		chunk->reach = reach;
	}
}

static od_status index_chunks(struct od_trail *trail, struct od_dumpfile *file)
{
	unsigned char header[16];
	uint64_t at = FLAT_HEADER_SIZE;

	for (;;) {
		size_t got = read_disk(file, at, header, sizeof(header));
		uint64_t position = big_endian(header), size = big_endian(header + 8);
		if (got < sizeof(header)) {
			file->cut = at;
			break;
		}
		if (position > INT64_MAX) /* the end marker, -1 */
			break;
		at += sizeof(header);
		if (size > INT64_MAX - position)
			return od_fail(trail, OD_ERR_FORMAT, "flattened stream: a chunk of impossible size at offset %llu",
				       (unsigned long long)(at - sizeof(header)));
		if (size > file->size - at) {
			file->cut = file->size;
			size = file->size - at;
		}
		struct chunk *chunk = size ? push(file) : NULL;
		if (size && !chunk)
			return od_fail(trail, OD_ERR_FORMAT, "flattened stream: more than %d chunks, or out of memory",
				       CHUNK_LIMIT);
		if (chunk)
			*chunk = (struct chunk){.position = position, .size = size, .source = at};
		at += size;
		if (file->cut)
			break;
	}
	sort(file);
	return OD_OK;
}

static od_status begin(struct od_trail *trail, struct od_dumpfile *file)
{
	char magic[16] = "";
	struct stat status;

	if (fstat(file->fd, &status) != 0)
		return od_fail_errno(trail, errno, "cannot read");
	if (!S_ISREG(status.st_mode) && !S_ISBLK(status.st_mode))
		return od_fail(trail, OD_ERR_UNSUPPORTED, "a dump is read in any order: it must be a file, not a pipe");
	file->size = (uint64_t)lseek(file->fd, 0, SEEK_END);
	read_disk(file, 0, magic, sizeof(magic));
	file->flat = memcmp(magic, "makedumpfile\0\0\0\0", sizeof(magic)) == 0;
	return file->flat ? index_chunks(trail, file) : OD_OK;
}

od_status od_dumpfile_open(struct od_trail *trail, const struct od_opener *opener, const char *path, struct od_dumpfile **ret)
{
	struct od_dumpfile *file = calloc(1, sizeof(*file));

	if (!file)
		return od_fail(trail, OD_ERR_NOMEM, "out of memory");
	file->fd = -1;
	od_status status = opener ? od_opener_open(opener, trail, path, &file->fd) : od_open_named(trail, path, &file->fd);
	od_opener_working(opener, path);
	if (status == OD_OK)
		status = begin(trail, file);
	if (status != OD_OK) {
		od_dumpfile_close(file);
		return status;
	}
	*ret = file;
	return OD_OK;
}

void od_dumpfile_close(struct od_dumpfile *file)
{
	if (!file)
		return;
	if (file->fd >= 0)
		close(file->fd);
	free(file->chunks);
	free(file);
}

int od_dumpfile_descriptor(const struct od_dumpfile *file)
{
	return file->fd;
}

bool od_dumpfile_is_flat(const struct od_dumpfile *file)
{
	return file->flat;
}

uint64_t od_dumpfile_cut(const struct od_dumpfile *file)
{
	return file->cut;
}

/* How many chunks begin at or before the position. */
static size_t chunks_up_to(const struct od_dumpfile *file, uint64_t position)
{
	size_t low = 0, high = file->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (file->chunks[middle].position <= position)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* The chunk that was written last among those that hold the position; NULL: a gap. */
static const struct chunk *find_chunk(const struct od_dumpfile *file, uint64_t position, size_t count)
{
	const struct chunk *best = NULL;

	for (size_t steps = 0; count && steps < SCAN_LIMIT; count--, steps++) {
		const struct chunk *chunk = &file->chunks[count - 1];
		if (chunk->reach <= position)
			break;
		if (chunk->position + chunk->size > position && (!best || chunk->source > best->source))
			best = chunk;
	}
	return best;
}

static size_t read_flat(const struct od_dumpfile *file, uint64_t position, char *out, size_t len)
{
	size_t done = 0;

	while (done < len) {
		uint64_t at = position + done;
		size_t next = chunks_up_to(file, at);
		const struct chunk *chunk = find_chunk(file, at, next);
		if (!chunk)
			break;
		uint64_t piece = chunk->position + chunk->size - at;
		if (next < file->count && file->chunks[next].position - at < piece)
			piece = file->chunks[next].position - at;
		if (piece > len - done)
			piece = len - done;
		size_t got = read_disk(file, chunk->source + (at - chunk->position), out + done, (size_t)piece);
		done += got;
		if (got < piece)
			break;
	}
	return done;
}

size_t od_dumpfile_read(struct od_dumpfile *file, uint64_t position, void *buffer, size_t len)
{
	if (position > INT64_MAX - len)
		return 0;
	return file->flat ? read_flat(file, position, buffer, len) : read_disk(file, position, buffer, len);
}
