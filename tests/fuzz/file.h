// SPDX-License-Identifier: GPL-3.0-or-later
/* Files for fuzz targets: in memory, or in a directory that is removed again. */
#ifndef OD_TESTS_FUZZ_FILE_H
#define OD_TESTS_FUZZ_FILE_H

#include <ftw.h>
#include <sys/mman.h>
#include <unistd.h>

#include "tests/fuzz/fuzz.h"

struct fuzz_file {
	int descriptor;
	char path[64];
};

static inline struct fuzz_file fuzz_file_open(const void *bytes, size_t size)
{
	struct fuzz_file file = {.descriptor = memfd_create("fuzz", 0)};

	OD_LAW(file.descriptor >= 0);
	OD_LAW(!size || write(file.descriptor, bytes, size) == (ssize_t)size);
	snprintf(file.path, sizeof(file.path), "/proc/self/fd/%d", file.descriptor);
	return file;
}

static inline void fuzz_file_close(const struct fuzz_file *file)
{
	close(file->descriptor);
}

static inline void fuzz_directory_create(char path[static 64])
{
	snprintf(path, 64, "%s", access("/dev/shm", W_OK) == 0 ? "/dev/shm/oopsdecode-fuzz-XXXXXX"
							       : "/tmp/oopsdecode-fuzz-XXXXXX");
	OD_LAW(mkdtemp(path));
}

static inline int fuzz_remove_one(const char *path, const struct stat *status, int type, struct FTW *place)
{
	(void)status, (void)type, (void)place;
	return remove(path);
}

static inline void fuzz_directory_remove(const char *path)
{
	nftw(path, fuzz_remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static inline void fuzz_save(const char *path, const void *bytes, size_t size)
{
	FILE *file = fopen(path, "wb");

	OD_LAW(file);
	OD_LAW(!size || fwrite(bytes, 1, size, file) == size);
	fclose(file);
}

#endif
