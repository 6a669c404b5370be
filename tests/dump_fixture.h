// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Small dumps, made in the test: an image of physical memory with page tables, VMCOREINFO and a log, written as an
 * ELF core, as a kdump-compressed file, or as a flattened stream of either.
 *
 * Physical pages: 1 to 4 are page tables (PML4, PDPT, PD, PT), which map KERNEL_BASE + n * 4096 to physical page n;
 * page HOLE_PAGE is in no dump. Those of s390x are 4 to 11, and map the same addresses.
 */
#ifndef OD_TESTS_DUMP_FIXTURE_H
#define OD_TESTS_DUMP_FIXTURE_H

#include <stdarg.h>
#include <unistd.h>
#include <zlib.h>

#include "tests/test.h"

enum { FIXTURE_PAGES = 64, FIXTURE_PAGE = 4096, HOLE_PAGE = 63, NOTES_SIZE = 4096 };

static const uint64_t KERNEL_BASE = 0xffffffff80000000;

struct fixture {
	unsigned char memory[FIXTURE_PAGES * FIXTURE_PAGE];
	char info[4000];
	char path[64];
	bool big_endian;	/* and of s390x */
};

static inline void put(unsigned char *at, uint64_t value, unsigned size)
{
	for (unsigned i = 0; i < size; i++)
		at[i] = (unsigned char)(value >> 8 * i);
}

static inline void put_big_endian(unsigned char *at, uint64_t value, unsigned size)
{
	for (unsigned i = 0; i < size; i++)
		at[i] = (unsigned char)(value >> 8 * (size - 1 - i));
}

/* In the order of the machine. */
static inline void fixture_put(const struct fixture *fixture, unsigned char *at, uint64_t value, unsigned size)
{
	if (fixture->big_endian)
		put_big_endian(at, value, size);
	else
		put(at, value, size);
}

static inline uint64_t fixture_address(size_t offset)
{
	return KERNEL_BASE + offset;
}

__attribute__((format(printf, 2, 3)))
static inline void fixture_info(struct fixture *fixture, const char *format, ...)
{
	size_t len = strlen(fixture->info);
	va_list args;

	va_start(args, format);
	vsnprintf(fixture->info + len, sizeof(fixture->info) - len, format, args);
	va_end(args);
}

static inline void fixture_open(struct fixture *fixture)
{
	strcpy(fixture->path, "/tmp/oopsdecode-dump-XXXXXX");
	int fd = mkstemp(fixture->path);
	assert_true(fd >= 0);
	close(fd);
}

static inline void fixture_begin(struct fixture *fixture)
{
	memset(fixture, 0, sizeof(*fixture));
	put(fixture->memory + 0x1000 + 511 * 8, 0x2000 | 3, 8);	/* bits 47..39 of KERNEL_BASE are 511 */
	put(fixture->memory + 0x2000 + 510 * 8, 0x3000 | 3, 8);	/* bits 38..30: 510 */
	put(fixture->memory + 0x3000, 0x4000 | 3, 8);
	for (uint64_t i = 0; i < FIXTURE_PAGES; i++)
		put(fixture->memory + 0x4000 + i * 8, i << 12 | 3, 8);
	fixture_info(fixture, "OSRELEASE=6.1.0-test\nSYMBOL(init_top_pgt)=%llx\nNUMBER(phys_base)=0\n",
		     (unsigned long long)fixture_address(0x1000));
	fixture_open(fixture);
}

/*
 * Page tables of s390x: of the region tables behind the first, only the last part of four is there, and of the segment table the
 * first (entries' bits 6 and 7, 0 and 1).
 */
static inline void fixture_s390x_tables(struct fixture *fixture)
{
	enum { ROOT = 0x4000, SECOND = 0x5000, THIRD = 0x6000, SEGMENTS = 0xa000, PAGES = 0xb000, LAST = 2047 * 8 };

	fixture->big_endian = true;
	put_big_endian(fixture->memory + ROOT, 0x20 | 0xc, 8);
	put_big_endian(fixture->memory + ROOT + LAST, SECOND | 3 << 6 | 0xc | 3, 8);
	put_big_endian(fixture->memory + SECOND + LAST, THIRD | 3 << 6 | 8 | 3, 8);
	put_big_endian(fixture->memory + THIRD + LAST, SEGMENTS | 4, 8);
	put_big_endian(fixture->memory + SEGMENTS, PAGES, 8);
	for (uint64_t i = 0; i < FIXTURE_PAGES; i++)
		put_big_endian(fixture->memory + PAGES + i * 8, i << 12, 8);
	fixture_info(fixture, "OSRELEASE=6.1.0-test\nPAGESIZE=4096\nSYMBOL(swapper_pg_dir)=%llx\nKERNELOFFSET=%llx\nKERNELOFFPHYS=0\n",
		     (unsigned long long)fixture_address(ROOT), (unsigned long long)KERNEL_BASE);
}

static inline void fixture_begin_s390x(struct fixture *fixture)
{
	memset(fixture, 0, sizeof(*fixture));
	fixture_s390x_tables(fixture);
	fixture_open(fixture);
}

static inline void fixture_end(struct fixture *fixture)
{
	unlink(fixture->path);
}

/* The notes of a dump: VMCOREINFO alone. Returns their size. */
static inline size_t fixture_notes(const struct fixture *fixture, unsigned char *notes)
{
	size_t len = strlen(fixture->info);

	memset(notes, 0, NOTES_SIZE);
	fixture_put(fixture, notes, 11, 4);
	fixture_put(fixture, notes + 4, len, 4);
	memcpy(notes + 12, "VMCOREINFO", 10);
	memcpy(notes + 24, fixture->info, len);
	return 24 + (len + 3) / 4 * 4;
}

/* An ELF core in `out`, the hole left out. Returns its size. */
static inline size_t fixture_elf(const struct fixture *fixture, unsigned char *out)
{
	const size_t data = FIXTURE_PAGE + NOTES_SIZE, size = HOLE_PAGE * FIXTURE_PAGE;
	static const unsigned char magic[] = {0x7f, 'E', 'L', 'F', 2, 1, 1};

	memset(out, 0, data);
	memcpy(out, magic, sizeof(magic));
	out[5] += fixture->big_endian;
	fixture_put(fixture, out + 16, 4, 2);
	fixture_put(fixture, out + 18, fixture->big_endian ? 22 : 62, 2);
	fixture_put(fixture, out + 20, 1, 4);
	fixture_put(fixture, out + 32, 64, 8);
	fixture_put(fixture, out + 52, 64, 2);
	fixture_put(fixture, out + 54, 56, 2);
	fixture_put(fixture, out + 56, 2, 2);
	fixture_put(fixture, out + 64, 4, 4);
	fixture_put(fixture, out + 64 + 8, FIXTURE_PAGE, 8);
	fixture_put(fixture, out + 64 + 32, fixture_notes(fixture, out + FIXTURE_PAGE), 8);
	fixture_put(fixture, out + 120, 1, 4);
	fixture_put(fixture, out + 120 + 8, data, 8);
	fixture_put(fixture, out + 120 + 16, KERNEL_BASE, 8);
	fixture_put(fixture, out + 120 + 32, size, 8);
	fixture_put(fixture, out + 120 + 40, size, 8);
	memcpy(out + data, fixture->memory, size);
	return data + size;
}

/*
 * A kdump-compressed file of the pages [from, to), packed with zlib where that makes them smaller: all of them, or what one file
 * of a split dump has. Returns its size.
 */
static inline size_t fixture_kdump_part(const struct fixture *fixture, unsigned char *out, size_t from, size_t to)
{
	size_t table = 4 * FIXTURE_PAGE, at = table + FIXTURE_PAGES * 24;

	memset(out, 0, at);
	memcpy(out, "KDUMP   ", 8);
	fixture_put(fixture, out + 8, 6, 4);
	memcpy(out + 12, "Linux", 5);
	memcpy(out + 12 + 2 * 65, "6.1.0-test", 10);
	strcpy((char *)out + 12 + 4 * 65, fixture->big_endian ? "S390X" : "x86_64");
	fixture_put(fixture, out + 428, FIXTURE_PAGE, 4);
	fixture_put(fixture, out + 432, 1, 4);
	fixture_put(fixture, out + 436, 2, 4);
	fixture_put(fixture, out + 440, FIXTURE_PAGES, 4);
	fixture_put(fixture, out + 460, 1, 4);
	unsigned char *sub = out + FIXTURE_PAGE;
	size_t info = at, len = strlen(fixture->info);
	memcpy(out + at, fixture->info, len);
	at += len;
	fixture_put(fixture, sub + 32, info, 8);
	fixture_put(fixture, sub + 40, len, 8);
	fixture_put(fixture, sub + 96, FIXTURE_PAGES, 8);
	if (from || to < HOLE_PAGE) {
		fixture_put(fixture, sub + 12, 1, 4);	/* split */
		fixture_put(fixture, sub + 16, from, 8);
		fixture_put(fixture, sub + 24, to, 8);
		fixture_put(fixture, sub + 80, from, 8);
		fixture_put(fixture, sub + 88, to, 8);
	}
	for (size_t i = from, index = 0; i < to && i < HOLE_PAGE; i++, index++) {
		unsigned char *descriptor = out + table + index * 24;
		uLongf packed = FIXTURE_PAGE - 1;
		bool small = compress(out + at, &packed, fixture->memory + i * FIXTURE_PAGE, FIXTURE_PAGE) == Z_OK;
		if (!small) {
			packed = FIXTURE_PAGE;
			memcpy(out + at, fixture->memory + i * FIXTURE_PAGE, FIXTURE_PAGE);
		}
		out[2 * FIXTURE_PAGE + i / 8] |= (unsigned char)(1 << i % 8);
		out[3 * FIXTURE_PAGE + i / 8] |= (unsigned char)(1 << i % 8);
		fixture_put(fixture, descriptor, at, 8);
		fixture_put(fixture, descriptor + 8, packed, 4);
		fixture_put(fixture, descriptor + 12, small, 4);
		at += packed;
	}
	return at;
}

static inline size_t fixture_kdump(const struct fixture *fixture, unsigned char *out)
{
	return fixture_kdump_part(fixture, out, 0, FIXTURE_PAGES);
}

/* One chunk of a flattened stream. Returns where the next one begins. */
static inline size_t fixture_chunk(unsigned char *out, size_t at, uint64_t position, const void *bytes, size_t size)
{
	put_big_endian(out + at, position, 8);
	put_big_endian(out + at + 8, size, 8);
	memmove(out + at + 16, bytes, size);
	return at + 16 + size;
}

static inline size_t fixture_flat_begin(unsigned char *out)
{
	memset(out, 0, 4096);
	memcpy(out, "makedumpfile", 12);
	put_big_endian(out + 16, 1, 8);
	put_big_endian(out + 24, 1, 8);
	return 4096;
}

static inline size_t fixture_flat_end(unsigned char *out, size_t at)
{
	memset(out + at, 0xff, 16);
	return at + 16;
}

/*
 * The file as a flattened stream: the second half first, and its first page written twice, wrong at first.
 */
static inline size_t fixture_flatten(const unsigned char *file, size_t size, unsigned char *out)
{
	static const unsigned char wrong[FIXTURE_PAGE] = {1, 2, 3};
	size_t half = size / 2, at = fixture_flat_begin(out);

	at = fixture_chunk(out, at, half, file + half, size - half);
	at = fixture_chunk(out, at, 0, wrong, sizeof(wrong));
	at = fixture_chunk(out, at, 0, file, half);
	return fixture_flat_end(out, at);
}

static inline void fixture_write(const struct fixture *fixture, const unsigned char *bytes, size_t size)
{
	FILE *file = fopen(fixture->path, "wb");

	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, size, file), size);
	assert_int_equal(fclose(file), 0);
}

/* Changes one byte of the file. */
static inline void fixture_patch(const struct fixture *fixture, size_t at, unsigned byte)
{
	FILE *file = fopen(fixture->path, "r+b");

	assert_non_null(file);
	assert_int_equal(fseek(file, (long)at, SEEK_SET), 0);
	assert_int_equal(fputc((int)byte, file), (int)byte);
	assert_int_equal(fclose(file), 0);
}

#endif
