// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * RISC-V page tables, Sv39 to Sv57 (RISC-V Privileged Architecture, 10.4 to 10.6), and where their root is:
 * SYMBOL(swapper_pg_dir), in the kernel image, whose physical address is virtual - va_kernel_pa_offset
 * (arch/riscv/kernel/vmcore_info.c 6.12; said since 6.5).
 */
#include "vmcore/dump.h"
#include "vmcore/vmcoreinfo.h"

enum { VALID = 1, LEAF = 0xe /* readable, writable, executable */, ENTRY_SIZE = 8, WIDTH = 9, PAGE_SHIFT = 12 };

void od_paging_riscv64_begin(struct od_dump *dump)
{
	struct od_str info = dump->vmcoreinfo;
	uint64_t table, offset, bits;

	if (dump->page_size != OD_PAGE_SIZE || !od_vmcoreinfo_number(info, "NUMBER(VA_BITS)", &bits) ||
	    !od_vmcoreinfo_hex(info, "SYMBOL(swapper_pg_dir)", &table) ||
	    !od_vmcoreinfo_number(info, "NUMBER(va_kernel_pa_offset)", &offset))
		return;
	if (bits != 39 && bits != 48 && bits != 57)
		return;
	dump->address_bits = (unsigned)bits;
	dump->page_shift = PAGE_SHIFT;
	dump->levels = ((unsigned)bits - PAGE_SHIFT) / WIDTH;
	dump->root = table - offset;
	dump->walk = od_paging_riscv64;
}

/* Bits 53:10 of an entry; those above say how the memory is cached, and that it is one of several alike. */
static uint64_t output(uint64_t entry)
{
	return (entry >> 10 & 0xfffffffffff) << PAGE_SHIFT;
}

bool od_paging_riscv64(struct od_dump *dump, uint64_t address, uint64_t *ret)
{
	const struct od_memory physical = {.word = 8};
	unsigned upper = dump->address_bits - 1;
	uint64_t table = dump->root;

	if (address >> upper != UINT64_MAX >> upper) /* the other half is user space */
		return false;
	for (unsigned level = dump->levels; level; level--) {
		unsigned shift = PAGE_SHIFT + WIDTH * (level - 1);
		uint64_t inside = ((uint64_t)1 << shift) - 1;
		unsigned char bytes[ENTRY_SIZE];
		uint64_t at = table + (address >> shift & ((1 << WIDTH) - 1)) * ENTRY_SIZE;
		if (od_dump_read_physical(dump, at, bytes, sizeof(bytes)) != sizeof(bytes))
			return false;
		uint64_t entry = od_memory_decode(&physical, bytes, sizeof(bytes));
		if (!(entry & VALID))
			return false;
		table = output(entry);
		if (!(entry & LEAF))
			continue;
		*ret = (table & ~inside) | (address & inside);
		return true;
	}
	return false;
}
