// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * A dump of x86_64 as an ELF core of a machine with more memory: every page at its place in one segment of GIGABYTES, the rest
 * a hole in the file, which takes no room on the disk.
 *
 *	sparse_dump DUMP GIGABYTES OUT
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "vmcore/dump.h"

enum { HEADERS = 64 + 2 * 56, DATA_AT = 1 << 20, EM_X86_64 = 62 };

static void put(unsigned char *at, uint64_t value, unsigned size)
{
	for (unsigned i = 0; i < size; i++)
		at[i] = (unsigned char)(value >> 8 * i);
}

static void put_headers(unsigned char *out, size_t notes, uint64_t bytes)
{
	static const unsigned char magic[] = {0x7f, 'E', 'L', 'F', 2, 1, 1};

	memcpy(out, magic, sizeof(magic));
	put(out + 16, 4, 2);
	put(out + 18, EM_X86_64, 2);
	put(out + 20, 1, 4);
	put(out + 32, 64, 8);
	put(out + 52, 64, 2);
	put(out + 54, 56, 2);
	put(out + 56, 2, 2);
	put(out + 64, 4, 4);		/* PT_NOTE */
	put(out + 64 + 8, HEADERS, 8);
	put(out + 64 + 32, notes, 8);
	put(out + 120, 1, 4);		/* PT_LOAD, at the physical address 0 */
	put(out + 120 + 8, DATA_AT, 8);
	put(out + 120 + 32, bytes, 8);
	put(out + 120 + 40, bytes, 8);
}

/* The dump's notes, or VMCOREINFO as one, where it is not among them. */
static size_t put_notes(const struct od_dump *dump, unsigned char *out, size_t room)
{
	struct od_str info = dump->vmcoreinfo, notes = dump->notes;

	if (notes.len + info.len + 64 > room)
		return 0;
	if (notes.len)
		memcpy(out, notes.ptr, notes.len);
	unsigned char *own = out + notes.len;
	put(own, sizeof("VMCOREINFO"), 4);
	put(own + 4, info.len, 4);
	memcpy(own + 12, "VMCOREINFO", 10);
	memcpy(own + 24, info.ptr, info.len);
	return notes.len + 24 + (info.len + 3) / 4 * 4;
}

static bool copy_pages(struct od_dump *dump, FILE *file, uint64_t bytes)
{
	unsigned char page[OD_PAGE_SIZE];

	for (uint64_t at = 0; at < dump->headers->limit && at < bytes; at += OD_PAGE_SIZE) {
		if (od_dump_read_physical(dump, at, page, sizeof(page)) != sizeof(page))
			continue;
		if (fseeko(file, (off_t)(DATA_AT + at), SEEK_SET) || fwrite(page, sizeof(page), 1, file) != 1)
			return false;
	}
	return !fflush(file) && !ftruncate(fileno(file), (off_t)(DATA_AT + bytes));
}

static bool write_core(struct od_dump *dump, const char *path, uint64_t bytes)
{
	unsigned char *head = calloc(1, DATA_AT);
	FILE *file = head ? fopen(path, "wb") : NULL;
	bool done = file;

	if (file) {
		put_headers(head, put_notes(dump, head + HEADERS, DATA_AT - HEADERS), bytes);
		done = fwrite(head, DATA_AT, 1, file) == 1 && copy_pages(dump, file, bytes);
		done &= !fclose(file);
	}
	free(head);
	return done;
}

int main(int argc, char **argv)
{
	struct od_trail trail = {{0}};
	struct od_dump *dump;
	char *end = argc == 4 ? argv[2] : NULL;
	unsigned long gigabytes = end ? strtoul(end, &end, 10) : 0;

	if (!gigabytes || *end || gigabytes > 4096) {
		fprintf(stderr, "usage: sparse_dump DUMP GIGABYTES OUT\n");
		return 2;
	}
	if (od_dump_open(&trail, NULL, argv[1], &dump) != OD_OK) {
		fprintf(stderr, "sparse_dump: %s\n", trail.text);
		return 1;
	}
	bool done = write_core(dump, argv[3], (uint64_t)gigabytes << 30);
	od_dump_close(dump);
	if (!done)
		perror(argv[3]);
	return !done;
}
