// SPDX-License-Identifier: GPL-3.0-or-later
/* What decoders of fixed formats share: fields of bits, and filling an od_insn. Pure; thread safe. */
#ifndef OD_SYMBOLIZE_INSN_BITS_H
#define OD_SYMBOLIZE_INSN_BITS_H

#include "symbolize/insn.h"

/* The low `bits` bits as a number with a sign. */
static inline int64_t od_insn_sign(uint64_t value, unsigned bits)
{
	return (int64_t)(value << (64 - bits)) >> (64 - bits);
}

/* The field of `bits` bits that begins at bit `from`, with a sign. */
static inline int64_t od_insn_field(uint32_t word, unsigned from, unsigned bits)
{
	return od_insn_sign(word >> from, bits);
}

/* An access at base + displacement; writes are the caller's. */
static inline void od_insn_set_access(struct od_insn *to, uint8_t base, int64_t displacement, uint8_t width, bool read,
				      bool write)
{
	to->memory_count = 1;
	to->memory[0] = (struct od_memory_operand){.base = base, .index = OD_REGISTER_NONE, .displacement = displacement,
						   .width = width, .read = read, .write = write};
}

static inline void od_insn_set_load(struct od_insn *to, uint8_t reg, uint8_t base, int64_t displacement, uint8_t width)
{
	od_insn_set_access(to, base, displacement, width, true, false);
	to->kind = OD_INSN_LOAD;
	to->to = reg;
}

static inline void od_insn_set_store(struct od_insn *to, uint8_t reg, uint8_t base, int64_t displacement, uint8_t width)
{
	od_insn_set_access(to, base, displacement, width, false, true);
	to->kind = OD_INSN_STORE;
	to->from = reg;
}

static inline void od_insn_set_move(struct od_insn *to, uint8_t reg, uint8_t from)
{
	to->kind = OD_INSN_MOVE;
	to->to = reg;
	to->from = from;
}

static inline void od_insn_set_constant(struct od_insn *to, uint8_t reg, int64_t value)
{
	to->kind = OD_INSN_MOVE;
	to->to = reg;
	to->has_immediate = true;
	to->immediate = value;
}

static inline void od_insn_set_add(struct od_insn *to, uint8_t reg, uint8_t from, int64_t value)
{
	to->kind = OD_INSN_ADD;
	to->to = reg;
	to->from = from;
	to->has_immediate = true;
	to->immediate = value;
}

/* reg = left + right * scale */
static inline void od_insn_set_sum(struct od_insn *to, uint8_t reg, uint8_t left, uint8_t right, uint16_t scale)
{
	to->kind = OD_INSN_ADDRESS;
	to->to = reg;
	to->memory_count = 1;
	to->memory[0] = (struct od_memory_operand){.base = left, .index = right, .scale = scale};
}

/* An address that is made in two steps: the relocation of the first one tells all of it, */
static inline void od_insn_fix_address(struct od_insn *insn, const struct od_insn_fixup *fixup)
{
	insn->immediate = (int64_t)fixup->target;
	insn->immediate_is_address = true;
	insn->target_name = fixup->name;
	if (!fixup->known)
		insn->kind = OD_INSN_OTHER;
	insn->writes = 1ull << (insn->to & 31);
}

/* and the second step adds nothing. */
static inline void od_insn_fix_rest(struct od_insn *insn)
{
	if (insn->memory_count)
		insn->memory[0].displacement = 0;
	else
		insn->immediate = 0;
}

#endif
