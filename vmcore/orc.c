// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * The tables: arch/x86/include/asm/orc_types.h. Where the bits of an entry are is read from the kernel's own
 * type information; types were renumbered in 6.4 and registers in 7.1.
 */
#include "vmcore/unwind.h"

enum { ENTRY_SIZE = 6, ENTRY_LIMIT = 16 << 20, RELEASE_NEW_REGISTERS = 0x701, TYPE_BITS_NEW = 3 };

struct table {
	uint64_t ip, entries, count;
};

static int64_t sign_extend(uint64_t value, unsigned bits)
{
	return (int64_t)(value << (64 - bits)) >> (64 - bits);
}

static bool entry_address(const struct od_kernel *kernel, const struct table *table, uint64_t index, uint64_t *ret)
{
	uint64_t offset, at = table->ip + 4 * index;

	if (!od_memory_uint(kernel->memory, at, 4, &offset))
		return false;
	*ret = at + (uint64_t)sign_extend(offset, 32);
	return true;
}

/* The last entry at or before the address. */
static bool search(const struct od_kernel *kernel, const struct table *table, uint64_t address, uint64_t *ret)
{
	uint64_t low = 0, high = table->count;

	while (low < high) {
		uint64_t middle = low + (high - low) / 2, at;
		if (!entry_address(kernel, table, middle, &at))
			return false;
		if (at <= address)
			low = middle + 1;
		else
			high = middle;
	}
	if (!low)
		return false;
	*ret = low - 1;
	return true;
}

/* A bit-field of an entry; 0 where this kernel has none of that name. */
static unsigned bits(const struct od_kernel *kernel, const unsigned char *entry, enum od_kernel_member member)
{
	const struct od_btf_member *field = &kernel->members[member];

	if (!kernel->known[member] || field->offset >= ENTRY_SIZE || field->bits > 8)
		return 0;
	unsigned word = entry[field->offset];
	if (field->offset + 1 < ENTRY_SIZE)
		word |= (unsigned)entry[field->offset + 1] << 8;
	return word >> field->bit_offset & ((1u << field->bits) - 1);
}

static unsigned renumber(const struct od_kernel *kernel, unsigned reg)
{
	/* 7.1 and later: UNDEFINED AX DX SP BP DI R10 R13 PREV_SP SP_INDIRECT BP_INDIRECT */
	static const unsigned char newer[] = {
		OD_ORC_REG_UNDEFINED, OD_ORC_REG_AX, OD_ORC_REG_DX, OD_ORC_REG_SP, OD_ORC_REG_BP, OD_ORC_REG_DI,
		OD_ORC_REG_R10, OD_ORC_REG_R13, OD_ORC_REG_PREV_SP, OD_ORC_REG_SP_INDIRECT, OD_ORC_REG_BP_INDIRECT,
	};
	if (kernel->release < RELEASE_NEW_REGISTERS)
		return reg;
	return reg < sizeof(newer) ? newer[reg] : OD_ORC_REG_UNDEFINED;
}

static void decode(const struct od_kernel *kernel, const unsigned char *entry, struct od_orc *ret)
{
	unsigned type = bits(kernel, entry, OD_MEMBER_ORC_TYPE);
	bool end = bits(kernel, entry, OD_MEMBER_ORC_END);

	*ret = (struct od_orc){
		.sp_offset = (int16_t)od_memory_decode(kernel->memory, entry, 2),
		.bp_offset = (int16_t)od_memory_decode(kernel->memory, entry + 2, 2),
		.sp_reg = renumber(kernel, bits(kernel, entry, OD_MEMBER_ORC_SP_REG)),
		.bp_reg = renumber(kernel, bits(kernel, entry, OD_MEMBER_ORC_BP_REG)),
		.type = type,
		.signal = bits(kernel, entry, OD_MEMBER_ORC_SIGNAL),
	};
	if (kernel->members[OD_MEMBER_ORC_TYPE].bits >= TYPE_BITS_NEW)
		return;
	/* up to 6.3: 0 CALL, 1 REGS, 2 REGS_PARTIAL; an undefined stack pointer is the end, or unknown code */
	ret->type = type + OD_ORC_CALL;
	if (ret->sp_reg == OD_ORC_REG_UNDEFINED)
		ret->type = end ? OD_ORC_END : OD_ORC_UNDEFINED;
}

static struct table module_table(const struct od_module_code *code)
{
	return (struct table){code->orc_ip, code->orc, code->orc_count};
}

bool od_orc_find(const struct od_kernel *kernel, uint64_t address, struct od_orc *ret)
{
	uint64_t start = kernel->at.__start_orc_unwind_ip, stop = kernel->at.__stop_orc_unwind_ip, index;
	int module = od_module_at(kernel, address);
	unsigned char entry[ENTRY_SIZE];
	struct table table = {start, kernel->at.__start_orc_unwind, start && stop > start ? (stop - start) / 4 : 0};

	if (module >= 0)
		table = module_table(&kernel->modules.items[module]);
	else if (!(address >= kernel->at._stext && address < kernel->at._etext) &&
		 !(address >= kernel->at._sinittext && address < kernel->at._einittext))
		return false;
	if (!kernel->known[OD_MEMBER_ORC_TYPE] || !table.count || table.count > ENTRY_LIMIT ||
	    !search(kernel, &table, address, &index) ||
	    !od_memory_read(kernel->memory, table.entries + index * ENTRY_SIZE, entry, sizeof(entry)))
		return false;
	decode(kernel, entry, ret);
	return true;
}
