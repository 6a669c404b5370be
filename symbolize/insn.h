// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Machine code as od_insn. To add an architecture: write insn_foo.c with its register set and either a
 * translator of Capstone's answer or a decoder of its own, and add a row to od_insn_sets[] in insn.c.
 * What a decoder does not know becomes OD_INSN_OTHER with everything that it may write.
 */
#ifndef OD_SYMBOLIZE_INSN_H
#define OD_SYMBOLIZE_INSN_H

#include "core/arch.h"
#include "core/facts.h"

/* A relocation inside an instruction: S + A of it. */
struct od_insn_fixup {
	unsigned offset;	/* of its place in the instruction */
	unsigned type;
	uint64_t target;	/* address in the image */
	bool known;		/* false: the symbol is in another image */
	bool relative;		/* the value is a distance from its place */
	struct od_str name;	/* of the symbol; empty for sections */
};

struct cs_insn;

struct od_insn_set {
	const struct od_arch *const *arches; /* NULL at the end */
	const struct od_register_set *registers;
	int capstone_arch, capstone_mode; /* for translate; capstone.h */
	/* Fills the zeroed instruction, whose address and size are set, from Capstone's. */
	void (*translate)(const struct cs_insn *from, struct od_insn *to);
	/* Beside it: decodes what Capstone does not know, as `decode` does. NULL: there is nothing. */
	unsigned (*newer)(const unsigned char *bytes, size_t size, struct od_insn *to);
	/* Instead of it: decodes `size` bytes; returns how many the instruction has, 0: none. */
	unsigned (*decode)(const unsigned char *bytes, size_t size, struct od_insn *to);
	/* Puts a relocation's value where it belongs. NULL: relocations say nothing. */
	void (*fix)(struct od_insn *insn, const struct od_insn_fixup *fixup);
};

/* One per architecture, or two where encodings differ; insn_*.c. */
extern const struct od_insn_set od_insn_x86_64, od_insn_i386, od_insn_arm64, od_insn_arm, od_insn_riscv64, od_insn_ppc64le,
	od_insn_ppc64, od_insn_s390x, od_insn_mips64, od_insn_loongarch64;

/* The set of an architecture; NULL: its instructions are not understood yet. */
const struct od_insn_set *od_insn_set_find(const struct od_arch *arch);

/* Whether the architecture's instructions are decoded by a library. */
bool od_insn_needs_library(const struct od_arch *arch);

/*
 * Loads the library that decodes the architecture's instructions, if it is one that does not do it itself, so that
 * processes which may open nothing find it. False: it is not installed.
 */
bool od_insn_prepare(const struct od_arch *arch);

/* The register sets of all architectures, by number; NULL: there is none of this number. */
const struct od_register_set *od_insn_registers(size_t number);

/*
 * Appends the instructions of `code`, which begins at `address`, to the list; stops at `limit`
 * instructions. Bytes that are none are skipped, one unit at a time, as one that may write anything.
 */
void od_insn_decode(const struct od_insn_set *set, struct od_str code, uint64_t address, size_t limit,
		    struct od_arena *arena, od_insns *ret);

/*
 * The instruction of `code`, which begins at `address`, that holds the byte at `at`; it is decoded from the code's start
 * on, as od_insn_decode() does, but none is kept. What *ret points to is in the arena. False: there is none.
 */
bool od_insn_find(const struct od_insn_set *set, struct od_str code, uint64_t address, uint64_t at, size_t limit,
		  struct od_arena *arena, struct od_insn *ret);

/* An empty instruction: no register, no operand. */
static inline struct od_insn od_insn_empty(uint64_t address, unsigned size)
{
	return (struct od_insn){.address = address, .size = (uint8_t)size, .to = OD_REGISTER_NONE,
				.to2 = OD_REGISTER_NONE, .from = OD_REGISTER_NONE, .from2 = OD_REGISTER_NONE,
				.indirect = OD_REGISTER_NONE, .divisor = OD_REGISTER_NONE,
				.adjusted = OD_REGISTER_NONE, .added = OD_REGISTER_NONE};
}

#endif
