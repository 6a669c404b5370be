// SPDX-License-Identifier: GPL-3.0-or-later
/* A directory of pstore records: each file is a kind of name, a number in it, and bytes. All of it is read, once. */
#include "parsers/pstore.h"
#include "tests/fuzz/bytes.h"
#include "tests/fuzz/file.h"

enum { FILES = 12 };

static const char *const names[] = {
	"dmesg-ramoops-%llu", "dmesg-efi-%017llu", "dmesg-efi_pstore-%llu", "dmesg-erst-%llu", "console-ramoops-%llu",
	"dmesg-ramoops-%llu.enc.z", "ftrace-ramoops-%llu", "dmesg.txt", "dmesg-%llu", "%llu",
};

static uint64_t fill(const char *directory, struct fuzz_bytes *bytes)
{
	uint64_t total = 0;
	char below[72], name[64], path[256];

	for (unsigned i = 0; i < FILES && bytes->size; i++) {
		uint64_t kind = fuzz_uint(bytes, 1), number = fuzz_uint(bytes, kind & 0x80 ? 7 : 1);
		struct fuzz_bytes slice = fuzz_slice(bytes, fuzz_uint(bytes, 2));
		snprintf(name, sizeof(name), names[(kind & 0x3f) % (sizeof(names) / sizeof(names[0]))],
			 (unsigned long long)number);
		snprintf(below, sizeof(below), kind & 0x40 ? "%s/d%u" : "%s", directory, i % 3);
		mkdir(below, 0700);
		snprintf(path, sizeof(path), "%s/%s", below, name);
		fuzz_save(path, slice.data, slice.size);
		total += slice.size;
	}
	return total;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_bytes bytes = {data, size};
	struct od_pstore *pstore;
	struct od_str chunk;
	char directory[64];
	uint64_t read = 0;

	fuzz_directory_create(directory);
	uint64_t total = fill(directory, &bytes);
	if (od_pstore_open(NULL, directory, &pstore) == OD_OK) {
		while (od_pstore_read(pstore, NULL, &chunk) == OD_OK && chunk.len) {
			read += chunk.len;
			OD_LAW(read <= total + (uint64_t)FILES * 4096); /* compressed records may grow a little */
		}
		od_pstore_close(pstore);
	}
	fuzz_directory_remove(directory);
	return 0;
}
