// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * x86_64 page tables, 4 and 5 levels (Intel SDM vol. 3, 4.5), and where the kernel's root table is:
 * SYMBOL(init_top_pgt), before 4.13 SYMBOL(init_level4_pgt), in the kernel image, whose physical address is
 * virtual - __START_KERNEL_map + phys_base (arch/x86/include/asm/page_64.h 6.1).
 */
#include "vmcore/dump.h"
#include "vmcore/vmcoreinfo.h"

static const uint64_t START_KERNEL_MAP = 0xffffffff80000000;
static const uint64_t ADDRESS_MASK = 0x000ffffffffff000;

enum { PRESENT = 1, LARGE = 0x80, ENTRY_SIZE = 8, ENTRIES = 512, PAGE_SHIFT = 12, LEVEL_BITS = 9 };

void od_paging_x86_64_begin(struct od_dump *dump)
{
	struct od_str info = dump->vmcoreinfo;
	uint64_t table, base = 0, five = 0, mask = 0;

	if (!od_vmcoreinfo_hex(info, "SYMBOL(init_top_pgt)", &table) &&
	    !od_vmcoreinfo_hex(info, "SYMBOL(init_level4_pgt)", &table) &&
	    !od_vmcoreinfo_hex(info, "SYMBOL(swapper_pg_dir)", &table))
		return;
	od_vmcoreinfo_number(info, "NUMBER(phys_base)", &base);
	od_vmcoreinfo_number(info, "NUMBER(pgtable_l5_enabled)", &five);
	od_vmcoreinfo_number(info, "NUMBER(sme_mask)", &mask);
	dump->root = table - START_KERNEL_MAP + base;
	dump->walk = od_paging_x86_64;
	dump->levels = five ? 5 : 4;
	dump->encryption_mask = mask;
}

bool od_paging_x86_64(struct od_dump *dump, uint64_t address, uint64_t *ret)
{
	const struct od_memory physical = {.word = 8};
	uint64_t table = dump->root;

	for (unsigned level = dump->levels; level; level--) {
		unsigned shift = PAGE_SHIFT + LEVEL_BITS * (level - 1);
		unsigned char bytes[ENTRY_SIZE];
		uint64_t at = table + (address >> shift) % ENTRIES * ENTRY_SIZE;
		if (od_dump_read_physical(dump, at, bytes, sizeof(bytes)) != sizeof(bytes))
			return false;
		uint64_t entry = od_memory_decode(&physical, bytes, sizeof(bytes)) & ~dump->encryption_mask;
		if (!(entry & PRESENT))
			return false;
		table = entry & ADDRESS_MASK;
		if (level == 1 || (level <= 3 && (entry & LARGE))) {
			uint64_t inside = ((uint64_t)1 << shift) - 1;
			*ret = (table & ~inside) | (address & inside);
			return true;
		}
	}
	return false;
}
