// SPDX-License-Identifier: GPL-3.0-or-later
/* Archives of logs: tar files, compressed or not. */
#include "tests/fuzz/file.h"
#include "triage/archive.h"

struct run {
	uint64_t bytes;
};

static void take(void *user, struct od_str name, struct od_str bytes)
{
	struct run *run = user;

	(void)name;
	run->bytes += bytes.len;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_file file = fuzz_file_open(data, size);
	struct od_trail trail = {{0}};
	struct run run = {0};

	if (od_archive_read(&trail, file.path, take, &run) != OD_OK)
		OD_LAW(trail.text[0]);
	fuzz_file_close(&file);
	return 0;
}
