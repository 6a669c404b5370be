// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Page tables of 64-bit PowerPC servers (Book3S), 4.7 and later. Their entries are big endian on machines of either byte order
 * (arch/powerpc/include/asm/pgtable-be-types.h). With the radix MMU (Power ISA 3.0B, book III, 5.7.10.2) an entry says how
 * many bits of the address the next table takes; with the hash MMU the kernel keeps tables of fixed sizes for itself
 * (book3s/64/hash-64k.h; these sizes since 5.2). The root is SYMBOL(swapper_pg_dir).
 *
 * Below the vmalloc area memory is mapped as it is: page_offset + physical, the kernel's image included, wherever it was
 * loaded (asm/page.h). Vmemmap is in no table with the hash MMU.
 */
#include "vmcore/dump.h"
#include "vmcore/vmcoreinfo.h"

enum {
	ENTRY_SIZE = 8, LEVELS = 4, ADDRESS_BITS = 52, RADIX_WIDTH = 13, LARGE_PAGE = 65536,
	ROOT_SIZE = (1 << RADIX_WIDTH) * ENTRY_SIZE,
	HASH_SINCE = 0x502,
};

static const unsigned hash_widths[LEVELS] = {8, 10, 10, 8};

static const uint64_t page_offset = 0xc000000000000000, vmalloc_start = 0xc008000000000000, kernel_end = 0xc010000000000000;
static const uint64_t valid = (uint64_t)1 << 63, leaf = (uint64_t)1 << 62;
static const uint64_t frame_bits = 0x01fffffffffff000, table_bits = 0x0fffffffffffff00;

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

static bool has_hash_tables(const struct od_dump *dump)
{
	return dump->page_size == LARGE_PAGE && od_vmcoreinfo_release(dump->vmcoreinfo) >= HASH_SINCE;
}

void od_paging_ppc64_begin(struct od_dump *dump)
{
	uint64_t table;

	if (!od_vmcoreinfo_hex(dump->vmcoreinfo, "SYMBOL(swapper_pg_dir)", &table) || table < page_offset || table >= vmalloc_start)
		return;
	dump->root = table - page_offset;
	dump->address_bits = ADDRESS_BITS;
	dump->levels = is_radix(dump) ? 0 : LEVELS; /* 0: the entries say how many */
	dump->lowest = page_offset;
	dump->walk = od_paging_ppc64;
}

static bool walk_tables(struct od_dump *dump, uint64_t address, uint64_t *ret)
{
	bool radix = !dump->levels;
	unsigned bits = ADDRESS_BITS, width = radix ? RADIX_WIDTH : hash_widths[0];
	uint64_t table = dump->root, entry;

	if (!radix && !has_hash_tables(dump))
		return false;
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
		width = radix ? next_width(entry) : hash_widths[level % LEVELS];
	}
	return false;
}

bool od_paging_ppc64(struct od_dump *dump, uint64_t address, uint64_t *ret)
{
	if (address < page_offset || address >= kernel_end)
		return false;
	if (address >= vmalloc_start)
		return walk_tables(dump, address, ret);
	*ret = address - page_offset;
	return true;
}
