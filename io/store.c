// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/store.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/descriptor.h"

enum { VERSION = 2, BLOCK = 1024, BYTE_ORDER_MARK = 0x01020304, ENTRY_LIMIT = 1 << 16 };

static const char magic[8] = "OOPSDEC\n";
static const char suffix[] = ".odx";
static const char temporary[] = ".tmp-";

/* In front of the bytes; a multiple of 16. */
struct header {
	char magic[8];
	uint32_t version, byte_order;
	uint64_t size;		/* of the bytes behind the header; behind them, aligned, are the checksums of their blocks */
	uint64_t checksum;	/* of these checksums and of the key */
	uint64_t key_size;
	uint64_t zero;
	char key[OD_STORE_KEY];
};

struct od_store {
	char *directory;	/* empty: where `files` says */
	uint64_t limit;
	const struct od_store_files *files;
};

struct od_store *od_store_create(const char *directory, uint64_t limit)
{
	struct od_store *store = calloc(1, sizeof(*store));

	if (!store || !(store->directory = strdup(directory))) {
		free(store);
		return NULL;
	}
	store->limit = limit;
	return store;
}

struct od_store *od_store_create_with(const struct od_store_files *files, uint64_t limit)
{
	struct od_store *store = od_store_create("", limit);

	if (store)
		store->files = files;
	return store;
}

uint64_t od_store_limit(const struct od_store *store)
{
	return store->limit;
}

void od_store_destroy(struct od_store *store)
{
	if (!store)
		return;
	free(store->directory);
	free(store);
}

static uint64_t mix(uint64_t hash, uint64_t word)
{
	hash = (hash ^ word) * 0x9e3779b97f4a7c15u;
	return hash ^ hash >> 29;
}

/* Four lanes, so that the processor need not wait for one multiplication after the other. */
uint64_t od_store_hash(struct od_str bytes, uint64_t seed)
{
	enum { LANES = 4, WORD = sizeof(uint64_t) };
	uint64_t lanes[LANES] = {seed, seed + 1, seed + 2, seed + 3}, word;
	size_t at = 0;

	for (; bytes.len - at >= sizeof(lanes); at += sizeof(lanes))
		for (size_t lane = 0; lane < LANES; lane++) {
			memcpy(&word, bytes.ptr + at + lane * WORD, WORD);
			lanes[lane] = mix(lanes[lane], word);
		}
	uint64_t hash = mix(mix(mix(mix(bytes.len, lanes[0]), lanes[1]), lanes[2]), lanes[3]);
	for (; at < bytes.len; at++)
		hash = mix(hash, (unsigned char)bytes.ptr[at]);
	return hash;
}

static size_t block_count(uint64_t size)
{
	return (size_t)((size + BLOCK - 1) / BLOCK);
}

/* Where the checksums are, behind the header. */
static uint64_t sums_offset(uint64_t size)
{
	return (size + sizeof(uint64_t) - 1) & ~(uint64_t)(sizeof(uint64_t) - 1);
}

static uint64_t block_sum(struct od_str bytes, size_t block)
{
	return od_store_hash(od_str_first(od_str_from_index(bytes, block * BLOCK), BLOCK), VERSION + block);
}

static uint64_t checksum(struct od_str key, const uint64_t *sums, uint64_t size)
{
	const struct od_str table = {(const char *)sums, block_count(size) * sizeof(*sums)};

	return od_store_hash(key, od_store_hash(table, VERSION + size));
}

static bool file_path(const struct od_store *store, const char *name, char path[static PATH_MAX])
{
	int len = snprintf(path, PATH_MAX, "%s/%s%s", store->directory, name, suffix);
	return len > 0 && len < PATH_MAX;
}

/* A file that others may write, or that another user put there, is not believed. */
static bool is_ours(const struct stat *status)
{
	return S_ISREG(status->st_mode) && (status->st_uid == geteuid() || status->st_uid == 0) &&
	       !(status->st_mode & (S_IWGRP | S_IWOTH));
}

static bool is_believable(const struct od_stored *stored, struct od_str key)
{
	const struct header *header = stored->mapping;

	return memcmp(header->magic, magic, sizeof(magic)) == 0 && header->version == VERSION &&
	       header->byte_order == BYTE_ORDER_MARK && header->key_size == key.len &&
	       memcmp(header->key, key.ptr, key.len) == 0 && header->checksum == checksum(key, stored->sums, header->size);
}

/* The parts of a mapped file; false: they do not fit into it. */
static bool find_parts(struct od_stored *stored)
{
	const struct header *header = stored->mapping;
	const char *bytes = (const char *)stored->mapping + sizeof(*header);
	const uint64_t room = stored->size - sizeof(*header);

	if (header->size > room || sums_offset(header->size) + block_count(header->size) * sizeof(uint64_t) != room)
		return false;
	stored->bytes = (struct od_str){bytes, header->size};
	stored->sums = (const uint64_t *)(const void *)(bytes + sums_offset(header->size));
	stored->sound = calloc(block_count(header->size) / 8 + 1, 1);
	return stored->sound;
}

bool od_stored_check(const struct od_stored *stored, const void *from, size_t size)
{
	const size_t at = (size_t)((const char *)from - stored->bytes.ptr);
	bool sound = at <= stored->bytes.len && size <= stored->bytes.len - at;

	for (size_t block = at / BLOCK; sound && size && block <= (at + size - 1) / BLOCK; block++) {
		unsigned char *seen = &stored->sound[block / 8];
		const unsigned char bit = (unsigned char)(1u << block % 8);
		if (*seen & bit)
			continue;
		sound = block_sum(stored->bytes, block) == stored->sums[block];
		*seen |= sound ? bit : 0;
	}
	return sound;
}

/* Names come from build IDs, and from processes that are not trusted. */
static bool is_name(const char *name)
{
	size_t len = strlen(name);

	return len && len <= OD_STORE_NAME && name[0] != '.' && !strchr(name, '/');
}

int od_store_open_file(const struct od_store *store, const char *name)
{
	char path[PATH_MAX];
	struct stat status;

	if (!is_name(name) || !file_path(store, name, path))
		return -1;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	if (fd >= 0 && fstat(fd, &status) == 0 && is_ours(&status)) {
		futimens(fd, NULL); /* used just now: it goes last */
		return fd;
	}
	if (fd >= 0)
		close(fd);
	return -1;
}

bool od_store_load(const struct od_store *store, const char *name, struct od_str key, struct od_stored *ret)
{
	__attribute__((cleanup(od_descriptor_close))) int fd = -1;
	struct stat status;

	if (key.len > OD_STORE_KEY)
		return false;
	fd = store->files ? store->files->open(store->files->user, name) : od_store_open_file(store, name);
	if (fd < 0 || fstat(fd, &status) || status.st_size < (off_t)sizeof(struct header))
		return false;
	struct od_stored stored = {.size = (size_t)status.st_size};
	stored.mapping = mmap(NULL, stored.size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, fd, 0);
	if (stored.mapping == MAP_FAILED)
		return false;
	if (!find_parts(&stored) || !is_believable(&stored, key) ||
	    (stored.bytes.len <= OD_STORE_SMALL && !od_stored_check(&stored, stored.bytes.ptr, stored.bytes.len))) {
		od_stored_deinit(&stored);
		return false;
	}
	*ret = stored;
	return true;
}

void od_stored_deinit(struct od_stored *stored)
{
	if (stored->mapping)
		munmap(stored->mapping, stored->size);
	free(stored->sound);
	*stored = (struct od_stored){0};
}

/* A file of the store, for eviction. */
struct entry {
	char name[NAME_MAX + 1];
	uint64_t size;
	struct timespec used;
};

static int older_first(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	if (x->used.tv_sec != y->used.tv_sec)
		return x->used.tv_sec < y->used.tv_sec ? -1 : 1;
	return (x->used.tv_nsec > y->used.tv_nsec) - (x->used.tv_nsec < y->used.tv_nsec);
}

static bool is_entry(const char *name)
{
	struct od_str text = od_str_from(name);
	return od_str_ends(text, od_str_from(suffix)) || od_str_starts(text, od_str_from(temporary));
}

/* The files of the directory, the longest unused first. The caller frees *ret. */
static size_t list_entries(DIR *directory, struct entry **ret)
{
	size_t count = 0, capacity = 0;
	const struct dirent *item;
	struct stat status;

	*ret = NULL;
	while (count < ENTRY_LIMIT && (item = readdir(directory))) {
		if (!is_entry(item->d_name) ||
		    fstatat(dirfd(directory), item->d_name, &status, AT_SYMLINK_NOFOLLOW) || !S_ISREG(status.st_mode))
			continue;
		if (count == capacity) {
			capacity = capacity ? 2 * capacity : 64;
			struct entry *grown = realloc(*ret, capacity * sizeof(*grown));
			if (!grown)
				break;
			*ret = grown;
		}
		struct entry *entry = &(*ret)[count++];
		snprintf(entry->name, sizeof(entry->name), "%s", item->d_name);
		entry->size = (uint64_t)status.st_size;
		entry->used = status.st_mtim;
	}
	if (count)
		qsort(*ret, count, sizeof(**ret), older_first);
	return count;
}

/* Makes room for `size` bytes, and some more so that it need not be done each time. */
static void evict(const struct od_store *store, uint64_t size)
{
	DIR *directory = opendir(store->directory);
	struct entry *entries;
	uint64_t total = size;

	if (!directory)
		return;
	size_t count = list_entries(directory, &entries);
	for (size_t i = 0; i < count; i++)
		total += entries[i].size;
	uint64_t goal = store->limit / 4 * 3 > size ? store->limit / 4 * 3 : size;
	bool over = total > store->limit;
	for (size_t i = 0; over && i < count && total > goal; i++)
		if (unlinkat(dirfd(directory), entries[i].name, 0) == 0)
			total -= entries[i].size;
	free(entries);
	closedir(directory);
}

static bool write_all(int fd, struct od_str bytes)
{
	while (bytes.len) {
		ssize_t count = write(fd, bytes.ptr, bytes.len);
		if (count < 0 && errno == EINTR)
			continue;
		if (count <= 0)
			return false;
		bytes = od_str_from_index(bytes, (size_t)count);
	}
	return true;
}

/* $XDG_CACHE_HOME itself may be missing, too. */
static void make_directory(const char *path)
{
	char parent[PATH_MAX];
	const char *slash = strrchr(path, '/');

	if (mkdir(path, 0700) == 0 || errno != ENOENT || !slash || slash == path ||
	    (size_t)(slash - path) >= sizeof(parent))
		return;
	snprintf(parent, sizeof(parent), "%.*s", (int)(slash - path), path);
	mkdir(parent, 0700);
	mkdir(path, 0700);
}

static bool write_file(int fd, struct od_str key, struct od_str bytes)
{
	struct header header = {.version = VERSION, .byte_order = BYTE_ORDER_MARK, .size = bytes.len, .key_size = key.len};
	const size_t count = block_count(bytes.len), padding = (size_t)(sums_offset(bytes.len) - bytes.len);
	static const char zeroes[sizeof(uint64_t)];
	uint64_t *sums = calloc(count + 1, sizeof(*sums));

	if (!sums)
		return false;
	for (size_t i = 0; i < count; i++)
		sums[i] = block_sum(bytes, i);
	memcpy(header.magic, magic, sizeof(magic));
	memcpy(header.key, key.ptr, key.len);
	header.checksum = checksum(key, sums, bytes.len);
	bool written = write_all(fd, (struct od_str){(const char *)&header, sizeof(header)}) && write_all(fd, bytes) &&
		       write_all(fd, (struct od_str){zeroes, padding}) &&
		       write_all(fd, (struct od_str){(const char *)sums, count * sizeof(*sums)});
	free(sums);
	return written;
}

int od_store_begin_file(const struct od_store *store, uint64_t size, struct od_store_draft *ret)
{
	int len = snprintf(ret->path, sizeof(ret->path), "%s/%sXXXXXX", store->directory, temporary);

	if (len < 0 || (size_t)len >= sizeof(ret->path) || size > store->limit)
		return -1;
	make_directory(store->directory);
	evict(store, size);
	return mkostemp(ret->path, O_CLOEXEC); /* mode 0600 */
}

bool od_store_end_file(const struct od_store *store, struct od_store_draft *draft, const char *name)
{
	char path[PATH_MAX];

	if (name && is_name(name) && file_path(store, name, path) && rename(draft->path, path) == 0)
		return true;
	unlink(draft->path);
	return false;
}

bool od_store_save(const struct od_store *store, const char *name, struct od_str key, struct od_str bytes)
{
	__attribute__((cleanup(od_descriptor_close))) int fd = -1;
	uint64_t size = sizeof(struct header) + sums_offset(bytes.len) + block_count(bytes.len) * sizeof(uint64_t);
	const struct od_store_files *files = store->files;
	struct od_store_draft draft;

	if (key.len > OD_STORE_KEY || bytes.len > store->limit)
		return false;
	fd = files ? files->begin(files->user, size) : od_store_begin_file(store, size, &draft);
	if (fd < 0)
		return false;
	const char *kept = write_file(fd, key, bytes) ? name : NULL;
	return files ? files->end(files->user, kept) : od_store_end_file(store, &draft, kept);
}
