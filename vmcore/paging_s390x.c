// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * s390x page tables (z/Architecture Principles of Operation SA22-7832, "Dynamic Address Translation";
 * arch/s390/include/asm/pgtable.h): up to three region tables, a segment table and a page table, with frames of 2 GB and 1 MB.
 * Their root is SYMBOL(swapper_pg_dir), in the kernel's image, which lies at its own address up to 6.9, since 6.10 at
 * KERNELOFFPHYS (__pa(), arch/s390/include/asm/page.h). Entries of region tables tell of which table they are, also those that
 * are not valid, and so how many tables there are.
 *
 * Tables lead to real addresses. Their first 8 KB, the lowcore, are another page of memory on each CPU (prefixing), and no
 * dump's: lowcore_ptr[] has the address of every CPU's.
 */
#include "vmcore/dump.h"
#include "vmcore/vmcoreinfo.h"

enum {
	ENTRY_SIZE = 8, PAGE_SHIFT = 12, PAGE_INDEX_BITS = 8, INDEX_BITS = 11, SEGMENT_SHIFT = 20, LOWCORE_SIZE = 8192,
	LEVEL_SEGMENT = 2, LEVEL_REGION3 = 3,	/* the page table is 1 */
	/* of region and segment tables' entries, and a page table's */
	INVALID = 0x20, TYPE_SHIFT = 2, TYPE_MASK = 3, LARGE = 0x400, FIRST_SHIFT = 6, LENGTH_MASK = 3, PART_BITS = 9,
	PAGE_INVALID = 0x400, PAGE_ZERO = 0x800,
};

/* Where a part of a table is, of four: the first that is there, and the last. */
struct part {
	uint64_t first, last;
};

static bool read_entry(struct od_dump *dump, uint64_t at, uint64_t *ret)
{
	const struct od_memory physical = {.word = 8, .big_endian = true};
	unsigned char bytes[ENTRY_SIZE];

	if (od_dump_read_physical(dump, at, bytes, sizeof(bytes)) != sizeof(bytes))
		return false;
	*ret = od_memory_decode(&physical, bytes, sizeof(bytes));
	return true;
}

/* Of the table that an entry is in: 0 is a segment table. */
static unsigned type_of(uint64_t entry)
{
	return entry >> TYPE_SHIFT & TYPE_MASK;
}

void od_paging_s390x_begin(struct od_dump *dump)
{
	struct od_str info = dump->vmcoreinfo;
	uint64_t table, virtual, physical, entry;

	if (dump->page_size != OD_PAGE_SIZE || !od_vmcoreinfo_hex(info, "SYMBOL(swapper_pg_dir)", &table))
		return;
	if (od_vmcoreinfo_hex(info, "KERNELOFFPHYS", &physical)) {
		if (!od_vmcoreinfo_hex(info, "KERNELOFFSET", &virtual) || table < virtual)
			return;
		table = table - virtual + physical;
	}
	if (table % OD_PAGE_SIZE || !read_entry(dump, table, &entry) || !type_of(entry))
		return;
	dump->root = table;
	dump->levels = type_of(entry) + LEVEL_SEGMENT;
	dump->address_bits = SEGMENT_SHIFT + INDEX_BITS * (dump->levels - 1);
	dump->address_bits = dump->address_bits < 64 ? dump->address_bits : 64;
	dump->lowest = 0;
	dump->walk = od_paging_s390x;
}

static unsigned shift_of(unsigned level)
{
	return level == 1 ? PAGE_SHIFT : SEGMENT_SHIFT + INDEX_BITS * (level - LEVEL_SEGMENT);
}

/* The frame that an entry leads to, or the next table; false: neither. */
static bool take_entry(uint64_t entry, unsigned level, uint64_t *table, bool *is_frame)
{
	unsigned shift = shift_of(level);

	if (level == 1) {
		*is_frame = true;
		*table = entry & ~(uint64_t)(OD_PAGE_SIZE - 1);
		return !(entry & (PAGE_INVALID | PAGE_ZERO));
	}
	if ((entry & INVALID) || type_of(entry) != level - LEVEL_SEGMENT)
		return false;
	*is_frame = level <= LEVEL_REGION3 && (entry & LARGE);
	if (*is_frame)
		*table = entry & ~(((uint64_t)1 << shift) - 1);
	else if (level == LEVEL_SEGMENT)
		*table = entry & ~(((uint64_t)ENTRY_SIZE << PAGE_INDEX_BITS) - 1);
	else
		*table = entry & ~(uint64_t)(OD_PAGE_SIZE - 1);
	return true;
}

bool od_paging_s390x(struct od_dump *dump, uint64_t address, uint64_t *ret)
{
	struct part part = {0, LENGTH_MASK};
	uint64_t table = dump->root, entry;
	bool is_frame = false;

	if (dump->address_bits < 64 && address >> dump->address_bits)
		return false;
	for (unsigned level = dump->levels; level; level--) {
		unsigned bits = level == 1 ? PAGE_INDEX_BITS : INDEX_BITS;
		uint64_t index = address >> shift_of(level) & (((uint64_t)1 << bits) - 1);
		uint64_t place = index >> PART_BITS;
		if ((level > 1 && (place < part.first || place > part.last)) ||
		    !read_entry(dump, table + index * ENTRY_SIZE, &entry) || !take_entry(entry, level, &table, &is_frame))
			return false;
		part = (struct part){entry >> FIRST_SHIFT & TYPE_MASK, entry & LENGTH_MASK};
		if (!is_frame)
			continue;
		*ret = table | (address & (((uint64_t)1 << shift_of(level)) - 1));
		return *ret >= LOWCORE_SIZE;
	}
	return false;
}
