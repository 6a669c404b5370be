// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Page tables of 64-bit PowerPC servers (Book3S), 4.7 and later. Their entries are big endian on machines of either byte order
 * (arch/powerpc/include/asm/pgtable-be-types.h). With the radix MMU (Power ISA 3.0B, book III, 5.7.10.2) an entry says how
 * many bits of the address the next table takes; with the hash MMU the kernel keeps tables of fixed sizes for itself
 * (book3s/64/hash-64k.h and hash-4k.h; as they are here since 5.2). The root is SYMBOL(swapper_pg_dir).
 *
 * Below the area of the tables memory is mapped as it is: page_offset + physical, the kernel's image included, wherever it was
 * loaded (asm/page.h). Vmemmap is in no table with the hash MMU.
 */
#include "vmcore/dump.h"
#include "vmcore/vmcoreinfo.h"

enum {
	ENTRY_SIZE = 8, LEVELS = 4, RADIX_BITS = 52, RADIX_WIDTH = 13, ROOT_SIZE = (1 << RADIX_WIDTH) * ENTRY_SIZE,
};

/* Tables of the hash MMU: since which release, how many bits of an address they take, and where their area begins. */
static const struct hash {
	unsigned page_size, since, bits, widths[LEVELS];
	uint64_t area;
} hashes[] = {
	{65536, 0x502, 52, {8, 10, 10, 8}, 0xc008000000000000},
	{4096, 0x507, 46, {9, 9, 7, 9}, 0xc0003d0000000000},
	{4096, 0x502, 46, {9, 9, 7, 9}, 0xc000100000000000},
};

static const uint64_t page_offset = 0xc000000000000000, radix_area = 0xc008000000000000, kernel_end = 0xc010000000000000;
static const uint64_t valid = (uint64_t)1 << 63, leaf = (uint64_t)1 << 62;
/* _PAGE_PA_MAX is 53 (book3s/64/pgtable.h): above it the hash MMU keeps where the entry is hashed. */
static const uint64_t frame_bits = 0x001ffffffffff000, table_bits = 0x0fffffffffffff00;

static bool read_entry(struct od_dump *dump, uint64_t at, uint64_t *ret)
{
	const struct od_memory physical = {.word = 8, .big_endian = true};
	unsigned char bytes[ENTRY_SIZE];

	if (od_dump_read_physical(dump, at, bytes, sizeof(bytes)) != sizeof(bytes))
		return false;
	*ret = od_memory_decode(&physical, bytes, sizeof(bytes));
	return *ret & valid;
}

static unsigned next_width(uint64_t entry)
{
	return (unsigned)entry & 0x1f;
}

/* The first entry of the root tells which MMU it is for: of the hash MMU's, the width is 0. */
static bool is_radix(struct od_dump *dump)
{
	uint64_t entry;

	for (uint64_t at = 0; at < ROOT_SIZE; at += ENTRY_SIZE)
		if (read_entry(dump, dump->root + at, &entry))
			return next_width(entry) != 0;
	return false;
}

/* NULL: of a release or with pages whose tables are not known. */
static const struct hash *find_hash(const struct od_dump *dump)
{
	uint64_t release = od_vmcoreinfo_release(dump->vmcoreinfo);

	for (size_t i = 0; i < sizeof(hashes) / sizeof(hashes[0]); i++)
		if (hashes[i].page_size == dump->page_size && release >= hashes[i].since)
			return &hashes[i];
	return NULL;
}

void od_paging_ppc64_begin(struct od_dump *dump)
{
	const struct hash *hash = find_hash(dump);
	uint64_t table;

	if (!od_vmcoreinfo_hex(dump->vmcoreinfo, "SYMBOL(swapper_pg_dir)", &table) || table < page_offset || table >= radix_area)
		return;
	dump->root = table - page_offset;
	dump->tables = radix_area;
	dump->address_bits = RADIX_BITS;
	dump->levels = is_radix(dump) ? 0 : LEVELS; /* 0: the entries say how many */
	if (dump->levels) {
		dump->tables = hash ? hash->area : hashes[sizeof(hashes) / sizeof(hashes[0]) - 1].area;
		dump->address_bits = hash ? hash->bits : 0;
	}
	dump->lowest = page_offset;
	dump->walk = od_paging_ppc64;
}

static bool walk_tables(struct od_dump *dump, uint64_t address, uint64_t *ret)
{
	const struct hash *hash = dump->levels ? find_hash(dump) : NULL;
	unsigned bits = dump->address_bits, width = hash ? hash->widths[0] : RADIX_WIDTH;
	uint64_t table = dump->root, entry;

	for (unsigned level = 1; level <= LEVELS && width && width < bits; level++) {
		bits -= width;
		if (!read_entry(dump, table + (address >> bits & (((uint64_t)1 << width) - 1)) * ENTRY_SIZE, &entry))
			return false;
		if (entry & leaf) {
			uint64_t inside = ((uint64_t)1 << bits) - 1;
			*ret = (entry & frame_bits & ~inside) | (address & inside);
			return true;
		}
		table = entry & table_bits;
		width = hash ? hash->widths[level % LEVELS] : next_width(entry);
	}
	return false;
}

bool od_paging_ppc64(struct od_dump *dump, uint64_t address, uint64_t *ret)
{
	if (address < page_offset || address >= kernel_end)
		return false;
	if (address >= dump->tables)
		return walk_tables(dump, address, ret);
	*ret = address - page_offset;
	return true;
}
