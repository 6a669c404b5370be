// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Architectures: one const record each, in core/arch_<name>.c.
 *
 * To add an architecture:
 *
 *  1. Write core/arch_foo.c with `const struct od_arch od_arch_foo`. The bare minimum is
 *     .name, .bits and .registers: logs are then parsed, registers included.
 *  2. Add its row to od_arches[] in core/arch.c.
 *  3. For an error-code word: fill .decode_error from the architecture's manual and the
 *     kernel header that names the bits; cite both.
 *  4. For disassembly: fill .bfd_name (as `objdump -m` takes it) and .code_unit.
 *  5. For the address map: fill .classify.
 *  6. Add a sample: real, or synthetic and marked so with the kernel source that it follows.
 *
 * All of this is constant data and pure functions: thread safe.
 */
#ifndef OD_CORE_ARCH_H
#define OD_CORE_ARCH_H

#include <stdbool.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/str.h"

struct od_event;

/* One bit or field of an error-code word, read. */
struct od_code_bit {
	unsigned bit;		/* lowest bit of the field */
	unsigned value;
	struct od_str name;	/* "P", "W/R", "DFSC" */
	struct od_str meaning;	/* of this value, in words */
};

/* How memory is accessed, as far as a fault says. */
enum od_access {
	OD_ACCESS_UNKNOWN = 0,
	OD_ACCESS_READ,
	OD_ACCESS_WRITE,
	OD_ACCESS_EXECUTE,
};

enum od_mode {
	OD_MODE_UNKNOWN = 0,
	OD_MODE_KERNEL,
	OD_MODE_USER,
};

/* What the words of a register dump say the exception was that it is of. */
enum od_trap {
	OD_TRAP_UNKNOWN = 0,
	OD_TRAP_MEMORY,		/* an access to memory that is not there, or not allowed: the fault register holds its address */
	OD_TRAP_ALIGNMENT,	/* the same, of an address that is not aligned */
	OD_TRAP_OTHER,		/* none of those: the fault register is left over */
	OD_TRAP_USER,		/* whatever it was, of a program */
};

/* Where an address lies; see core/arch_*.c for the maps and their sources. */
enum od_region {
	OD_REGION_UNKNOWN = 0,
	OD_REGION_NULL_PAGE,
	OD_REGION_USER,
	OD_REGION_NON_CANONICAL,
	OD_REGION_DIRECT_MAP,
	OD_REGION_VMALLOC,
	OD_REGION_VMEMMAP,
	OD_REGION_KERNEL_IMAGE,		/* text, constants and static data */
	OD_REGION_IMAGE_OR_MODULES,	/* modules; the kernel image where its place is randomised */
	OD_REGION_MODULES,
	OD_REGION_FIXMAP,
	OD_REGION_OTHER_KERNEL,
};

struct od_arch {
	const char *name;	/* the word of the JSON contract: "x86_64" */
	unsigned bits;		/* 32 or 64 */
	bool big_endian;

	/* Names of the general and control registers as the kernel prints them, lower case, NULL at the end. */
	const char *const *registers;

	/* The instruction pointer's label in a dump ("RIP") and the name under which its value is kept ("rip"). */
	const char *ip_label;
	const char *ip_register;

	/* The register in which the CPU leaves the address of a memory fault; NULL: none is printed. */
	const char *fault_register;

	/* The same under the name that other CPUs of the architecture have for it; NULL: there are none. */
	const char *other_fault_register;

	/*
	 * Where the word that explains a fault is a register of the dump and not the number of the die line: the register for
	 * small numbers (below 0x10000), and for all others (NULL: the same; both NULL: it is the die line's).
	 */
	const char *word_registers[2];

	/* The register with the return address of the function at the fault; NULL: the architecture has none. */
	const char *lr_register;

	/* The innermost frame is marked as unreliable unless the unwinder began at registers, though it is the function's own. */
	bool doubts_own_frame;

	/* Bytes of one group of "Code:"; how many instruction bytes precede the marked one; 0: variable length code. */
	unsigned code_unit;

	/* The instruction with which warnings and assertions trap; empty: they do not, or by more than one. */
	struct od_str trap_code;

	/* What dies prints its code, and a warning does not. */
	bool code_means_oops;

	/* For libbfd's scan function ("i386:x86-64"), and the suffix of the cross libopcodes ("" for the host's). */
	const char *bfd_name;

	/* Returned addresses are looked up at address - this (1 everywhere but for delay slots). */
	unsigned return_bias;

	/*
	 * Reads the number of the die line (event->fault.error_code.value) by what the event's die text, or else
	 * its kind, says it is: names it and lists its bits, and for a memory fault sets event->fault.access and
	 * .mode when the log's text did not. NULL: the architecture prints none.
	 */
	void (*decode_error)(struct od_event *event);

	/* What the event's registers say the exception was. NULL: the architecture's dump has no word for it. */
	enum od_trap (*trap)(const struct od_event *event);

	/*
	 * Whether this error code of a page fault says that kernel code was denied memory that was there and in order: at
	 * an address of user space, SMAP's work. NULL: the log's text says it, or nothing does.
	 */
	bool (*denies_kernel)(uint64_t error_code);

	/* Where generic KASAN's shadow of address 0 would lie (its shadow is address / 8 + this); 0: none, or not fixed. */
	uint64_t kasan_shadow_offset;

	/*
	 * How many bytes of memory an instruction accesses, by its text as the disassembler writes it; 0: not known,
	 * or no access. NULL: never known.
	 */
	unsigned (*access_width)(struct od_str instruction);

	/* The region of an address, as the map stands without randomisation; NULL: unknown. */
	enum od_region (*classify)(uint64_t address);
};

extern const struct od_arch od_arch_x86_64;
/* od_arch_ppc64le has the name of od_arch_ppc64: the contract names the architecture, big_endian the byte order. */
extern const struct od_arch od_arch_i386, od_arch_arm64, od_arch_arm, od_arch_riscv64, od_arch_riscv32, od_arch_ppc64,
	od_arch_ppc64le, od_arch_ppc32, od_arch_s390x, od_arch_mips64, od_arch_mips, od_arch_loongarch64,
	od_arch_sparc64, od_arch_parisc, od_arch_m68k, od_arch_xtensa, od_arch_arc, od_arch_openrisc,
	od_arch_csky, od_arch_sh, od_arch_alpha, od_arch_nios2, od_arch_microblaze;

/* All architectures, NULL at the end. */
extern const struct od_arch *const od_arches[];

/* By contract name; NULL: none. */
const struct od_arch *od_arch_find(struct od_str name);

/* The same, and of two that have the name the one of this byte order. */
const struct od_arch *od_arch_find_ordered(struct od_str name, bool big_endian);

#endif
