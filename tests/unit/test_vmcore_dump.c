// SPDX-License-Identifier: GPL-3.0-or-later
/* Opening dumps: every container gives the same memory, holes are holes, what is cut is cut. */
#include "tests/dump_fixture.h"
#include "vmcore/dump.h"
#include "vmcore/vmcore.h"

enum { SPACE = 1 << 20, TEXT_AT = 16 * FIXTURE_PAGE + 4090 };

static const char text[] = "across the end of a page";

struct state {
	struct fixture fixture;
	unsigned char file[SPACE], flat[2 * SPACE];
	size_t size;
};

enum container { ELF, KDUMP, BIG_ELF, BIG_KDUMP, FLAT_ELF, FLAT_KDUMP, FLAT_BIG_KDUMP, CONTAINERS };

static const struct { const char *name; bool elf, big_endian; } containers[] = {
	[ELF] = {"ELF", true, false}, [KDUMP] = {"kdump", false, false},
	[BIG_ELF] = {"big-endian ELF", true, true}, [BIG_KDUMP] = {"big-endian kdump", false, true},
	[FLAT_ELF] = {"flattened ELF", true, false}, [FLAT_KDUMP] = {"flattened kdump", false, false},
	[FLAT_BIG_KDUMP] = {"flattened big-endian kdump", false, true},
};

static void make(struct state *state, enum container container)
{
	bool flat = container >= FLAT_ELF;

	if (containers[container].big_endian)
		fixture_begin_s390x(&state->fixture);
	else
		fixture_begin(&state->fixture);
	memcpy(state->fixture.memory + TEXT_AT, text, sizeof(text));
	state->size = containers[container].elf ? fixture_elf(&state->fixture, state->file) : fixture_kdump(&state->fixture, state->file);
	if (flat)
		state->size = fixture_flatten(state->file, state->size, state->flat);
	fixture_write(&state->fixture, flat ? state->flat : state->file, state->size);
}

static int set_up(void **state)
{
	*state = calloc(1, sizeof(struct state));
	return *state ? 0 : -1;
}

static int tear_down(void **state)
{
	fixture_end(&((struct state *)*state)->fixture);
	free(*state);
	return 0;
}

static struct od_dump *open_dump(struct state *state)
{
	struct od_trail trail = {{0}};
	struct od_dump *dump;

	assert_int_equal(od_dump_open(&trail, NULL, state->fixture.path, &dump), OD_OK);
	return dump;
}

static void every_container_gives_the_same_memory(void **user)
{
	struct state *state = *user;

	for (int i = 0; i < CONTAINERS; i++) {
		char got[sizeof(text)];
		print_message("%s\n", containers[i].name);
		make(state, (enum container)i);
		struct od_dump *dump = open_dump(state);
		assert_str(dump->arch, containers[i].big_endian ? "s390x" : "x86_64");
		assert_int_equal(dump->memory.big_endian, containers[i].big_endian);
		assert_true(od_memory_read(&dump->memory, fixture_address(TEXT_AT), got, sizeof(got)));
		assert_string_equal(got, text);
		assert_true(od_str_starts(dump->vmcoreinfo, OD_STR("OSRELEASE=6.1.0-test\n")));
		od_dump_close(dump);
		unlink(state->fixture.path);
	}
}

static void a_hole_ends_a_read(void **user)
{
	struct state *state = *user;

	for (int i = 0; i < CONTAINERS; i++) {
		char got[64];
		print_message("%s\n", containers[i].name);
		make(state, (enum container)i);
		struct od_dump *dump = open_dump(state);
		uint64_t hole = fixture_address(HOLE_PAGE * (size_t)FIXTURE_PAGE);
		assert_int_equal(dump->memory.read(dump, hole - 10, got, sizeof(got)), 10);
		assert_int_equal(dump->memory.read(dump, hole, got, 1), 0);
		/* beyond what the page tables map, and beyond the address space */
		assert_int_equal(dump->memory.read(dump, fixture_address(FIXTURE_PAGES * (size_t)FIXTURE_PAGE), got, 1), 0);
		assert_int_equal(dump->memory.read(dump, UINT64_MAX - 3, got, sizeof(got)), 0);
		assert_int_equal(dump->memory.read(dump, 0x1000, got, 1), 0);
		assert_int_equal(od_dump_read_physical(dump, UINT64_MAX - 3, got, sizeof(got)), 0);
		od_dump_close(dump);
		unlink(state->fixture.path);
	}
}

/* Wherever the file ends: it is refused, or what is left is read; nothing is invented. */
static void a_file_may_end_anywhere(void **user)
{
	struct state *state = *user;

	for (int i = 0; i < CONTAINERS; i++) {
		make(state, (enum container)i);
		for (size_t size = state->size; size; size = size > 30000 ? size - 7919 : size > 997 ? size - 997 : 0) {
			struct od_trail trail = {{0}};
			struct od_dump *dump = NULL;
			char got[sizeof(text)];
			assert_int_equal(truncate(state->fixture.path, (off_t)size - 1), 0);
			if (od_dump_open(&trail, NULL, state->fixture.path, &dump) != OD_OK) {
				assert_true(trail.text[0]);
				continue;
			}
			if (od_memory_read(&dump->memory, fixture_address(TEXT_AT), got, sizeof(got)))
				assert_string_equal(got, text);
			if (i >= FLAT_ELF)
				assert_true(od_dumpfile_cut(dump->file) > 0);
			od_dump_close(dump);
		}
		unlink(state->fixture.path);
	}
}

/* The notes of what od_vmcore_open() reads of the file, joined. */
static void notes_of(const struct state *state, char *out, size_t size)
{
	struct od_trail trail = {{0}};
	struct od_vmcore_file *file;
	const char *const paths[] = {state->fixture.path};

	assert_int_equal(od_vmcore_open(&trail, NULL, paths, 1, NULL, &file), OD_OK);
	const struct od_vmcore *model = od_vmcore_model(file);
	out[0] = '\0';
	for (size_t i = 0; i < model->notes.count; i++)
		snprintf(out + strlen(out), size - strlen(out), "%.*s\n", OD_FMT(model->notes.items[i]));
	od_vmcore_close(file);
}

/* The header's status: DUMP_DH_COMPRESSED_INCOMPLETE. */
static void an_incomplete_dump_says_so(void **user)
{
	enum { STATUS = 424, ZLIB = 1, INCOMPLETE = 8 };
	struct state *state = *user;
	char notes[4096];

	make(state, KDUMP);
	notes_of(state, notes, sizeof(notes));
	assert_null(strstr(notes, "Incomplete"));
	fixture_patch(&state->fixture, STATUS, ZLIB | INCOMPLETE);
	notes_of(state, notes, sizeof(notes));
	assert_non_null(strstr(notes, "Incomplete: the dump's header says that it was not written to its end"));
}

/* What is cut says so, wherever that is; inside the header it is refused. */
static void a_cut_dump_says_so(void **user)
{
	struct state *state = *user;
	struct od_trail trail = {{0}};
	struct od_dump *dump;
	char notes[4096];

	for (int i = ELF; i < FLAT_ELF; i++) {
		make(state, (enum container)i);
		notes_of(state, notes, sizeof(notes));
		assert_null(strstr(notes, "cut off"));
		for (size_t size = state->size - 1; size > 5 * FIXTURE_PAGE; size -= size / 7) {
			assert_int_equal(truncate(state->fixture.path, (off_t)size), 0);
			notes_of(state, notes, sizeof(notes));
			assert_non_null(strstr(notes, "Incomplete: the file is cut off, and pages are missing"));
		}
		for (size_t size = 8; size < 64; size += 5) {
			assert_int_equal(truncate(state->fixture.path, (off_t)size), 0);
			assert_int_equal(od_dump_open(&trail, NULL, state->fixture.path, &dump), OD_ERR_FORMAT);
			assert_non_null(strstr(trail.text, "cut off"));
			od_trail_clear(&trail);
		}
		unlink(state->fixture.path);
	}
}

/* Memory of an encrypted guest, read from outside: noise where the page tables should be. */
static void noise_for_page_tables_is_called_encrypted(void **user)
{
	struct state *state = *user;
	char notes[4096];
	uint32_t seed = 1;

	make(state, ELF);
	notes_of(state, notes, sizeof(notes));
	assert_null(strstr(notes, "encrypted"));
	for (size_t i = 0x1000; i < sizeof(state->fixture.memory); i++)
		state->fixture.memory[i] = (unsigned char)((seed = seed * 1664525u + 1013904223u) >> 24);
	fixture_write(&state->fixture, state->file, fixture_elf(&state->fixture, state->file));
	notes_of(state, notes, sizeof(notes));
	assert_non_null(strstr(notes, "encrypted (AMD SEV, Intel TDX)"));
}

/* Two files of makedumpfile --split: each has its pages, together they have all. */
static void a_split_dump_is_put_together(void **user)
{
	enum { CUT = 32, BEHIND = 40 * FIXTURE_PAGE };
	struct state *state = *user;
	struct od_trail trail = {{0}};
	char second[] = "/tmp/oopsdecode-dump-XXXXXX", got[sizeof(text)];
	int fd = mkstemp(second);

	make(state, KDUMP);
	memcpy(state->fixture.memory + BEHIND, text, sizeof(text));
	size_t size = fixture_kdump_part(&state->fixture, state->file, CUT, FIXTURE_PAGES);
	assert_int_equal(write(fd, state->file, size), (ssize_t)size);
	close(fd);
	memset(state->file, 0, sizeof(state->file));
	fixture_write(&state->fixture, state->file, fixture_kdump_part(&state->fixture, state->file, 0, CUT));
	struct od_dump *dump = open_dump(state);
	assert_true(od_memory_read(&dump->memory, fixture_address(TEXT_AT), got, sizeof(got)));
	assert_false(od_memory_read(&dump->memory, fixture_address(BEHIND), got, sizeof(got)));
	assert_int_equal(od_dump_missing(dump), (FIXTURE_PAGES - CUT) * FIXTURE_PAGE);
	od_dump_close(dump);
	dump = open_dump(state);
	assert_int_equal(od_dump_add(&trail, NULL, dump, second), OD_OK);
	assert_int_equal(od_dump_missing(dump), 0);
	assert_true(od_memory_read(&dump->memory, fixture_address(TEXT_AT), got, sizeof(got)));
	assert_true(od_memory_read(&dump->memory, fixture_address(BEHIND), got, sizeof(got)));
	assert_string_equal(got, text);
	od_dump_close(dump);
	unlink(second);
}

/* Another machine's dump: known or not, nothing is taken for what it is not. */
static void other_machines_are_told_apart(void **user)
{
	static const struct { unsigned machine; const char *arch; } rows[] = {
		{62, "x86_64"}, {183, "arm64"}, {243, "riscv64"}, {21, "ppc64"}, {22, "s390x"}, {0xfffe, "x86_64"},
	};
	struct state *state = *user;
	char notes[4096];

	make(state, ELF);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		put(state->file + 18, rows[i].machine, 2);
		fixture_write(&state->fixture, state->file, state->size);
		struct od_dump *dump = open_dump(state);
		assert_str(dump->arch, rows[i].arch);
		od_dump_close(dump);
		notes_of(state, notes, sizeof(notes));
		assert_true(strlen(notes) > 0); /* there is neither log nor symbol table */
	}
}

/* VMCOREINFO with bytes changed, one after the other. */
static void damaged_vmcoreinfo_is_bounded(void **user)
{
	struct state *state = *user;
	char notes[4096];

	make(state, ELF);
	fixture_info(&state->fixture, "SYMBOL(prb)=%llx\nOFFSET(printk_ringbuffer.desc_ring)=0\nSIZE(printk_info)=88\n"
		     "SYMBOL(kallsyms_names)=%llx\n", (unsigned long long)fixture_address(0x9000),
		     (unsigned long long)fixture_address(0xa000));
	size_t size = fixture_elf(&state->fixture, state->file), len = strlen(state->fixture.info);
	fixture_write(&state->fixture, state->file, size);
	for (size_t i = 0; i < len; i += 3) {
		size_t at = FIXTURE_PAGE + 24 + i;
		fixture_patch(&state->fixture, at, state->file[at] ^ (i % 2 ? 0x80 : 0x0b));
		notes_of(state, notes, sizeof(notes));
		assert_true(strlen(notes) > 0);
		fixture_patch(&state->fixture, at, state->file[at]);
	}
}

/* One damaged byte after the other in the headers: no crash, no endless loop, no huge allocation. */
static void damaged_headers_are_bounded(void **user)
{
	struct state *state = *user;

	for (int i = 0; i < CONTAINERS; i++) {
		make(state, (enum container)i);
		unsigned char *bytes = i >= FLAT_ELF ? state->flat : state->file;
		size_t begin = i >= FLAT_ELF ? 4096 : 0;
		for (size_t at = begin; at < begin + 480; at++) {
			struct od_trail trail = {{0}};
			struct od_dump *dump = NULL;
			unsigned char old = bytes[at];
			char got[8];
			fixture_patch(&state->fixture, at, old ^ 0xff);
			if (od_dump_open(&trail, NULL, state->fixture.path, &dump) == OD_OK)
				dump->memory.read(dump, fixture_address(TEXT_AT), got, sizeof(got));
			od_dump_close(dump);
			fixture_patch(&state->fixture, at, old);
		}
		unlink(state->fixture.path);
	}
}

static void vmcoreinfo_is_found_in_memory(void **user)
{
	struct state *state = *user;

	make(state, ELF);
	strcpy((char *)state->fixture.memory + 20 * FIXTURE_PAGE, state->fixture.info);
	state->fixture.info[0] = '\0';
	fixture_write(&state->fixture, state->file, fixture_elf(&state->fixture, state->file));
	struct od_dump *dump = open_dump(state);
	assert_true(dump->info_by_search);
	assert_int_equal(dump->root, 0x1000);
	od_dump_close(dump);
}

/* The fixture's tables are those of arm64 with pages of 4 KB, too: valid, and a table or a page. */
static void arm64_memory_is_read(void **user)
{
	struct state *state = *user;
	struct od_trail trail = {{0}};
	struct od_dump *dump;
	unsigned char got[4], expected[4];

	make(state, ELF);
	memcpy(expected, state->fixture.memory + TEXT_AT, sizeof(expected));
	for (unsigned wrong = 0; wrong < 2; wrong++) {
		state->fixture.info[0] = '\0';
		fixture_info(&state->fixture, "OSRELEASE=6.12.0-test\nPAGESIZE=4096\nSYMBOL(swapper_pg_dir)=%llx\n"
			     "NUMBER(VA_BITS)=%u\nNUMBER(kimage_voffset)=0x%llx\n", (unsigned long long)fixture_address(0x1000),
			     wrong ? 99 : 48, (unsigned long long)KERNEL_BASE);
		size_t size = fixture_elf(&state->fixture, state->file);
		put(state->file + 18, 183, 2);	/* EM_AARCH64 */
		fixture_write(&state->fixture, state->file, size);
		assert_int_equal(od_dump_open(&trail, NULL, state->fixture.path, &dump), OD_OK);
		assert_true(od_str_equal(dump->arch, OD_STR("arm64")));
		assert_int_equal(dump->walk != NULL, !wrong);
		if (!wrong) {
			assert_true(od_memory_read(&dump->memory, fixture_address(TEXT_AT), got, sizeof(got)));
			assert_memory_equal(got, expected, sizeof(got));
			assert_int_equal(dump->memory.read(dump, fixture_address(HOLE_PAGE * (size_t)FIXTURE_PAGE), got, 1), 0);
			assert_int_equal(dump->memory.read(dump, 0x1000, got, 1), 0);
		}
		od_dump_close(dump);
	}
}

/* Entries of RISC-V's tables: bits 53:10 hold the page; readable or writable ends the walk. */
static uint64_t riscv64_entry(uint64_t physical, unsigned flags)
{
	return physical >> 12 << 10 | flags;
}

static void riscv64_memory_is_read(void **user)
{
	enum { ROOT = 0x1000, MIDDLE = 0x2000, LAST = 0x3000, TABLE = 1, LEAF = 0xcf, GIGA = 2 };
	static const struct { uint64_t bits; bool offset, opens; } rows[] = {{39, true, true}, {40, true, false}, {39, false, false}};
	struct state *state = *user;
	uint64_t base = 0xffffffff80000000, top = base >> 30 & 511;
	struct od_trail trail = {{0}};
	struct od_dump *dump;
	unsigned char got[4], expected[4];

	make(state, ELF);
	memcpy(expected, state->fixture.memory + TEXT_AT, sizeof(expected));
	memset(state->fixture.memory + ROOT, 0, LAST + FIXTURE_PAGE - ROOT);
	put(state->fixture.memory + ROOT + top * 8, riscv64_entry(MIDDLE, TABLE), 8);
	put(state->fixture.memory + ROOT + GIGA * 8, riscv64_entry(0, LEAF), 8);	/* not of the kernel's half */
	put(state->fixture.memory + MIDDLE, riscv64_entry(LAST, TABLE), 8);
	put(state->fixture.memory + LAST + TEXT_AT / 4096 * 8, riscv64_entry(TEXT_AT, LEAF) | (uint64_t)1 << 63, 8);
	put(state->fixture.memory + MIDDLE + 8, riscv64_entry(0, LEAF), 8);		/* 2 MB at once */
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		state->fixture.info[0] = '\0';
		fixture_info(&state->fixture, "OSRELEASE=6.12.0-test\nPAGESIZE=4096\nSYMBOL(swapper_pg_dir)=%llx\n"
			     "NUMBER(VA_BITS)=%u\n", (unsigned long long)(base + ROOT), (unsigned)rows[i].bits);
		if (rows[i].offset)
			fixture_info(&state->fixture, "NUMBER(va_kernel_pa_offset)=0x%llx\n", (unsigned long long)base);
		size_t size = fixture_elf(&state->fixture, state->file);
		put(state->file + 18, 243, 2);	/* EM_RISCV */
		fixture_write(&state->fixture, state->file, size);
		assert_int_equal(od_dump_open(&trail, NULL, state->fixture.path, &dump), OD_OK);
		assert_str(dump->arch, "riscv64");
		assert_int_equal(dump->walk != NULL, rows[i].opens);
		for (unsigned large = 0; rows[i].opens && large < 2; large++) {
			assert_true(od_memory_read(&dump->memory, base + large * (2 << 20) + TEXT_AT, got, sizeof(got)));
			assert_memory_equal(got, expected, sizeof(got));
		}
		if (rows[i].opens) {
			assert_int_equal(dump->memory.read(dump, base + 0x7000, got, 1), 0);	/* no entry */
			assert_int_equal(dump->memory.read(dump, ((uint64_t)GIGA << 30) + TEXT_AT, got, 1), 0);
		}
		od_dump_close(dump);
	}
}

/* Tables of s390x: what entries and VMCOREINFO may say, and what is read then at an address. */
static void s390x_memory_is_read(void **user)
{
	enum { NONE, PAGES = 0xb000, SEGMENTS = 0xa000, THIRD = 0x9ff8, SECOND = 0x8ff8, ROOT = 0x4000, PAGE = TEXT_AT / FIXTURE_PAGE };
	static const struct {
		const char *what;
		size_t at;
		uint64_t entry, address;	/* behind the first address of the tables */
		bool opens, reads;
	} rows[] = {
		{"as they are", NONE, 0, TEXT_AT, true, true},
		{"a page that is not valid", PAGES + PAGE * 8, PAGE << 12 | 0x400, TEXT_AT, true, false},
		{"a page with a bit that must be 0", PAGES + PAGE * 8, PAGE << 12 | 0x800, TEXT_AT, true, false},
		{"a page that is read only", PAGES + PAGE * 8, PAGE << 12 | 0x200, TEXT_AT, true, true},
		{"a segment that is not valid", SEGMENTS, PAGES | 0x20, TEXT_AT, true, false},
		{"a large segment", SEGMENTS, 0x400, TEXT_AT, true, true},
		{"an entry of another table's type", SEGMENTS, PAGES | 4, TEXT_AT, true, false},
		{"a segment behind the table's length", SEGMENTS + 512 * 8, 0x400, TEXT_AT + (512 << 20), true, false},
		{"a longer table", THIRD, SEGMENTS | 4 | 1, TEXT_AT, true, true},
		{"a large region", THIRD, 0x400 | 4, TEXT_AT, true, true},
		{"a region that is not valid", SECOND, 0x6000 | 3 << 6 | 0x20 | 8 | 3, TEXT_AT, true, false},
		{"a part that is not there", SECOND, 0x6000 | 8 | 2, TEXT_AT, true, false},
		{"the lowcore", PAGES + PAGE * 8, 1 << 12, TEXT_AT, true, false},
		{"a root of no region table", ROOT, 0, TEXT_AT, false, false},
	};
	struct state *state = *user;
	unsigned char got[4];

	make(state, BIG_ELF);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		print_message("%s\n", rows[i].what);
		memset(state->fixture.memory, 0, 16 * FIXTURE_PAGE);
		fixture_s390x_tables(&state->fixture);
		if (rows[i].at)
			put_big_endian(state->fixture.memory + rows[i].at, rows[i].entry, 8);
		fixture_write(&state->fixture, state->file, fixture_elf(&state->fixture, state->file));
		struct od_dump *dump = open_dump(state);
		assert_int_equal(dump->walk != NULL, rows[i].opens);
		if (rows[i].opens)
			assert_int_equal(od_memory_read(&dump->memory, fixture_address(rows[i].address), got, 4), rows[i].reads);
		if (rows[i].reads)
			assert_memory_equal(got, text, 4);
		od_dump_close(dump);
		state->fixture.info[0] = '\0';
	}
}

/* Up to 6.9 the kernel's image lies at its own address. */
static void an_old_kernel_of_s390x_is_where_it_says(void **user)
{
	struct state *state = *user;

	make(state, BIG_ELF);
	state->fixture.info[0] = '\0';
	fixture_info(&state->fixture, "OSRELEASE=6.1.0-test\nPAGESIZE=4096\nSYMBOL(swapper_pg_dir)=4000\nKERNELOFFSET=3000\n");
	fixture_write(&state->fixture, state->file, fixture_elf(&state->fixture, state->file));
	struct od_dump *dump = open_dump(state);
	assert_non_null(dump->walk);
	assert_int_equal(dump->root, 0x4000);
	assert_int_equal(dump->levels, 5);
	od_dump_close(dump);
}

/* Entries of PowerPC's tables are big endian on every machine; bit 63 is valid, 62 ends the walk. */
static void put_ppc64_entry(struct state *state, size_t at, uint64_t value)
{
	put(state->fixture.memory + at, __builtin_bswap64((uint64_t)1 << 63 | value), 8);
}

static void ppc64_memory_is_read(void **user)
{
	enum { ROOT = 0x20000, UPPER = 0x30000, MIDDLE = 0x32000, LAST = 0x34000 };
	static const struct {
		const char *what, *release;
		unsigned page, top;		/* where the root's entry for the area is */
		uint64_t upper, middle, last;	/* what the entries say of the widths of the next tables */
		bool walks;
	} rows[] = {
		{"radix", "6.1.0", 65536, 4096, 9, 9, 5, true},
		{"radix, small pages", "6.1.0", 4096, 4096, 9, 9, 9, true},
		{"hash", "6.1.0", 65536, 128, 0, 0, 0, true},
		{"hash, small pages", "7.2.0", 4096, 488, 0, 0, 0, true},
		{"hash, small pages, before 5.7", "5.6.0", 4096, 128, 0, 0, 0, true},
		{"hash, tables of other sizes", "4.19.0", 65536, 128, 0, 0, 0, false},
	};
	const uint64_t linear = 0xc000000000000000, leaf = (uint64_t)1 << 62;
	struct state *state = *user;
	struct od_trail trail = {{0}};
	struct od_dump *dump;
	unsigned char got[4], expected[4];

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		unsigned shift = rows[i].page == 65536 ? 16 : 12;
		uint64_t area = linear | (shift == 12 && !rows[i].last ? (uint64_t)rows[i].top << 37 : (uint64_t)1 << 51);
		print_message("%s\n", rows[i].what);
		make(state, ELF);
		memcpy(expected, state->fixture.memory + TEXT_AT, sizeof(expected));
		memset(state->fixture.memory + ROOT, 0, LAST + FIXTURE_PAGE - ROOT);
		put_ppc64_entry(state, ROOT + rows[i].top * 8, UPPER | rows[i].upper);
		put_ppc64_entry(state, UPPER, MIDDLE | rows[i].middle);
		put_ppc64_entry(state, MIDDLE, LAST | rows[i].last);
		put_ppc64_entry(state, MIDDLE + 8, leaf);	/* many pages at once */
		put_ppc64_entry(state, LAST + (TEXT_AT >> shift) * 8, leaf | (TEXT_AT >> shift << shift) | 0x108000000000018f);
		state->fixture.info[0] = '\0';
		fixture_info(&state->fixture, "OSRELEASE=%s-test\nPAGESIZE=%u\nSYMBOL(swapper_pg_dir)=%llx\n", rows[i].release,
			     rows[i].page, (unsigned long long)(linear + ROOT));
		size_t size = fixture_elf(&state->fixture, state->file);
		put(state->file + 18, 21, 2);	/* EM_PPC64 */
		fixture_write(&state->fixture, state->file, size);
		assert_int_equal(od_dump_open(&trail, NULL, state->fixture.path, &dump), OD_OK);
		assert_str(dump->arch, "ppc64");
		uint64_t large = (uint64_t)1 << (shift + (rows[i].last ? rows[i].last : shift == 16 ? 8 : 9));
		const uint64_t addresses[] = {linear + TEXT_AT, area + TEXT_AT, area + large + TEXT_AT};
		for (size_t a = 0; a < ARRAY_SIZE(addresses); a++) {
			if (a && !rows[i].walks) {
				assert_int_equal(dump->memory.read(dump, addresses[a], got, 1), 0);
				continue;
			}
			assert_true(od_memory_read(&dump->memory, addresses[a], got, sizeof(got)));
			assert_memory_equal(got, expected, sizeof(got));
		}
		assert_int_equal(dump->memory.read(dump, area, got, 1), 0);	/* no entry */
		assert_int_equal(dump->memory.read(dump, TEXT_AT, got, 1), 0);	/* user space */
		od_dump_close(dump);
	}
}

static void what_is_no_dump_is_refused(void **user)
{
	static const unsigned char garbage[FIXTURE_PAGE] = "no dump at all";
	struct state *state = *user;
	struct od_trail trail = {{0}};
	struct od_dump *dump;

	make(state, ELF);
	fixture_write(&state->fixture, garbage, sizeof(garbage));
	assert_int_equal(od_dump_open(&trail, NULL, state->fixture.path, &dump), OD_ERR_UNSUPPORTED);
	assert_true(trail.text[0]);
	od_trail_clear(&trail);
	assert_int_equal(od_dump_open(&trail, NULL, "/nonexistent/vmcore", &dump), OD_ERR_IO);
	assert_non_null(strstr(trail.text, "No such file"));
	od_trail_clear(&trail);
	assert_int_equal(od_dump_open(&trail, NULL, "/dev/null", &dump), OD_ERR_UNSUPPORTED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(every_container_gives_the_same_memory, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_hole_ends_a_read, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_file_may_end_anywhere, set_up, tear_down),
		cmocka_unit_test_setup_teardown(damaged_headers_are_bounded, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_cut_dump_says_so, set_up, tear_down),
		cmocka_unit_test_setup_teardown(an_incomplete_dump_says_so, set_up, tear_down),
		cmocka_unit_test_setup_teardown(noise_for_page_tables_is_called_encrypted, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_split_dump_is_put_together, set_up, tear_down),
		cmocka_unit_test_setup_teardown(other_machines_are_told_apart, set_up, tear_down),
		cmocka_unit_test_setup_teardown(damaged_vmcoreinfo_is_bounded, set_up, tear_down),
		cmocka_unit_test_setup_teardown(vmcoreinfo_is_found_in_memory, set_up, tear_down),
		cmocka_unit_test_setup_teardown(arm64_memory_is_read, set_up, tear_down),
		cmocka_unit_test_setup_teardown(riscv64_memory_is_read, set_up, tear_down),
		cmocka_unit_test_setup_teardown(s390x_memory_is_read, set_up, tear_down),
		cmocka_unit_test_setup_teardown(an_old_kernel_of_s390x_is_where_it_says, set_up, tear_down),
		cmocka_unit_test_setup_teardown(ppc64_memory_is_read, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_is_no_dump_is_refused, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
