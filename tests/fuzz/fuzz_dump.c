// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Files that claim to be dumps: the input itself, or a small ELF core or kdump-compressed file of x86_64 or s390x, perhaps
 * flattened, whose VMCOREINFO and memory are the input's, with some bytes of the file changed.
 */
#include "tests/fuzz/bytes.h"
#include "tests/fuzz/file.h"

#include "tests/dump_fixture.h"
#include "vmcore/vmcore.h"

enum { FILE_SIZE = FIXTURE_PAGES * FIXTURE_PAGE * 2, PATCHES = 16, FREE_AT = 0x5000, FREE_AT_S390X = 0xc000 };

/* Page tables as fixture_begin() makes them, or fixture_begin_s390x(). */
static void begin(struct fixture *fixture, bool s390x)
{
	memset(fixture, 0, sizeof(*fixture));
	if (s390x) {
		fixture_s390x_tables(fixture);
		return;
	}
	put(fixture->memory + 0x1000 + 511 * 8, 0x2000 | 3, 8);
	put(fixture->memory + 0x2000 + 510 * 8, 0x3000 | 3, 8);
	put(fixture->memory + 0x3000, 0x4000 | 3, 8);
	for (uint64_t i = 0; i < FIXTURE_PAGES; i++)
		put(fixture->memory + 0x4000 + i * 8, i << 12 | 3, 8);
	fixture_info(fixture, "OSRELEASE=6.1.0-test\nSYMBOL(init_top_pgt)=%llx\nNUMBER(phys_base)=0\n",
		     (unsigned long long)fixture_address(0x1000));
}

static size_t make(struct fuzz_bytes *bytes, unsigned choice, unsigned char *out, unsigned char *plain)
{
	struct fixture *fixture = malloc(sizeof(*fixture));
	struct { uint64_t at, byte; } patches[PATCHES];

	OD_LAW(fixture);
	begin(fixture, choice & 8);
	struct od_str info = fuzz_string(bytes);
	fixture_info(fixture, "%.*s", info.len < 3000 ? (int)info.len : 3000, info.len ? info.ptr : "");
	size_t count = fuzz_uint(bytes, 1) % (PATCHES + 1);
	for (size_t i = 0; i < count; i++) {
		patches[i].at = fuzz_uint(bytes, 3);
		patches[i].byte = fuzz_uint(bytes, 1);
	}
	size_t from = choice & 8 ? FREE_AT_S390X : FREE_AT;
	size_t size = bytes->size < sizeof(fixture->memory) - from ? bytes->size : sizeof(fixture->memory) - from;
	if (size)
		memcpy(fixture->memory + from, bytes->data, size);
	size = choice & 2 ? fixture_kdump(fixture, plain) : fixture_elf(fixture, plain);
	if (choice & 4)
		size = fixture_flatten(plain, size, out);
	else
		memcpy(out, plain, size);
	for (size_t i = 0; i < count; i++)
		out[patches[i].at % size] = (unsigned char)patches[i].byte;
	free(fixture);
	return size;
}

static void read_dump(const void *bytes, size_t size)
{
	struct fuzz_file file = fuzz_file_open(bytes, size);
	struct od_trail trail = {{0}};
	const char *const paths[] = {file.path};
	struct od_vmcore_file *vmcore;

	if (od_vmcore_open(&trail, NULL, paths, 1, NULL, &vmcore) == OD_OK)
		od_vmcore_close(vmcore);
	else
		OD_LAW(trail.text[0]);
	fuzz_file_close(&file);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_bytes bytes = {data, size};
	unsigned choice = (unsigned)fuzz_uint(&bytes, 1);

	if (!(choice & 1)) {
		read_dump(bytes.data, bytes.size);
		return 0;
	}
	unsigned char *out = calloc(1, FILE_SIZE), *plain = calloc(1, FILE_SIZE);
	OD_LAW(out && plain);
	read_dump(out, make(&bytes, choice, out, plain));
	free(plain);
	free(out);
	return 0;
}
