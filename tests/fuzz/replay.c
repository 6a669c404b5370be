// SPDX-License-Identifier: GPL-3.0-or-later
/* Runs a fuzz target over the files of its corpus, and over each file cut short at several places. */
#include <dirent.h>
#include <string.h>

#include "tests/fuzz/fuzz.h"

enum { FILE_LIMIT = 1 << 20, CUTS = 16 };

static void replay(const char *path, uint8_t *bytes)
{
	FILE *file = fopen(path, "rb");
	OD_LAW(file);
	size_t size = fread(bytes, 1, FILE_LIMIT, file);
	fclose(file);
	for (size_t cut = 0; cut <= CUTS; cut++) {
		/* in a block of its own, so that reading beyond its end is noticed */
		size_t len = size - size * cut / (CUTS + 1);
		uint8_t *copy = malloc(len ? len : 1);
		OD_LAW(copy);
		memcpy(copy, bytes, len);
		LLVMFuzzerTestOneInput(copy, len);
		free(copy);
	}
}

int main(int argc, char **argv)
{
	DIR *directory = argc == 2 ? opendir(argv[1]) : NULL;
	uint8_t *bytes = malloc(FILE_LIMIT);
	size_t count = 0;
	char path[4096];

	if (!directory || !bytes) {
		fprintf(stderr, "usage: replay CORPUS\n");
		return 2;
	}
	for (struct dirent *entry; (entry = readdir(directory));) {
		if (entry->d_name[0] == '.')
			continue;
		snprintf(path, sizeof(path), "%s/%s", argv[1], entry->d_name);
		replay(path, bytes);
		count++;
	}
	closedir(directory);
	free(bytes);
	printf("%zu files\n", count);
	return count ? 0 : 1;
}
