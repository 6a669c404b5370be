// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * arm64 page tables of the kernel's half (Arm ARM, D8.3; granules of 4, 16 and 64 KB) and where their root is:
 * SYMBOL(swapper_pg_dir), in the kernel image, whose physical address is virtual - kimage_voffset
 * (arch/arm64/kernel/vmcore_info.c 6.12). Output addresses of more than 48 bits with small pages (LPA2) keep their
 * upper bits in bits 9:8.
 */
#include "vmcore/dump.h"
#include "vmcore/vmcoreinfo.h"

enum { VALID = 1, TABLE = 2, ENTRY_SIZE = 8, LOWEST_VA_BITS = 36, MOST_VA_BITS = 52, LARGE_PAGE_SHIFT = 16, WIDE_VA_BITS = 48 };

static unsigned page_shift(uint64_t size)
{
	switch (size) {
	case 4096: return 12;
	case 16384: return 14;
	case 65536: return LARGE_PAGE_SHIFT;
	default: return 0;
	}
}

void od_paging_arm64_begin(struct od_dump *dump)
{
	struct od_str info = dump->vmcoreinfo;
	uint64_t table, offset, bits = 0, t1sz;

	dump->page_shift = page_shift(dump->page_size);
	od_vmcoreinfo_number(info, "NUMBER(VA_BITS)", &bits);
	if (od_vmcoreinfo_number(info, "NUMBER(TCR_EL1_T1SZ)", &t1sz) && t1sz < 64)
		bits = 64 - t1sz;
	if (!dump->page_shift || bits < LOWEST_VA_BITS || bits > MOST_VA_BITS ||
	    !od_vmcoreinfo_hex(info, "SYMBOL(swapper_pg_dir)", &table) ||
	    !od_vmcoreinfo_number(info, "NUMBER(kimage_voffset)", &offset))
		return;
	dump->address_bits = (unsigned)bits;
	dump->root = table - offset;
	dump->levels = (dump->address_bits - dump->page_shift + dump->page_shift - 4) / (dump->page_shift - 3);
	dump->walk = od_paging_arm64;
}

static uint64_t output(const struct od_dump *dump, uint64_t entry)
{
	uint64_t address = entry & 0x0000ffffffffffff & ~(((uint64_t)1 << dump->page_shift) - 1);

	if (dump->page_shift == LARGE_PAGE_SHIFT)
		address |= (entry >> 12 & 0xf) << 48;
	else if (dump->address_bits > WIDE_VA_BITS)
		address = (entry & 0x0003fffffffff000 & ~(((uint64_t)1 << dump->page_shift) - 1)) | (entry >> 8 & 3) << 50;
	return address;
}

bool od_paging_arm64(struct od_dump *dump, uint64_t address, uint64_t *ret)
{
	const struct od_memory physical = {.word = 8};
	unsigned width = dump->page_shift - 3, bits = dump->address_bits;
	uint64_t table = dump->root;

	if (address >> bits != UINT64_MAX >> bits) /* the other half is user space */
		return false;
	for (unsigned level = dump->levels; level; level--) {
		unsigned shift = dump->page_shift + width * (level - 1);
		unsigned own = bits - shift < width ? bits - shift : width;
		uint64_t at = table + (address >> shift & (((uint64_t)1 << own) - 1)) * ENTRY_SIZE;
		unsigned char bytes[ENTRY_SIZE];
		if (od_dump_read_physical(dump, at, bytes, sizeof(bytes)) != sizeof(bytes))
			return false;
		uint64_t entry = od_memory_decode(&physical, bytes, sizeof(bytes));
		if (!(entry & VALID))
			return false;
		table = output(dump, entry);
		if (level > 1 && (entry & TABLE))
			continue;
		uint64_t inside = ((uint64_t)1 << shift) - 1;
		*ret = (table & ~inside) | (address & inside);
		return true;
	}
	return false;
}
