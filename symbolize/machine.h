// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * What differs between ELF machines: how their relocations are applied to debug sections, which
 * bytes of code relocations and the kernel's run-time patching may change. Constant tables; thread safe.
 */
#ifndef OD_SYMBOLIZE_MACHINE_H
#define OD_SYMBOLIZE_MACHINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a relocation does with S + A (symbol and addend) at its place. */
enum od_relocation_op {
	OD_RELOCATION_SET,	/* stores it */
	OD_RELOCATION_ADD,	/* adds it to what is there */
	OD_RELOCATION_SUB,
	OD_RELOCATION_SET6,	/* the same in the low 6 bits of a byte */
	OD_RELOCATION_SUB6,
	OD_RELOCATION_SET_ULEB,	/* the same in a ULEB128 number, whose length stays */
	OD_RELOCATION_SUB_ULEB,
};

struct od_relocation {
	uint16_t machine, type;
	uint8_t op, bytes;
};

/* A relocation of code whose value is a plain number: an address or a distance from its place. */
struct od_reference {
	uint16_t machine, type;
	uint8_t bytes;
	bool relative;
};

/* An array of the kernel whose elements name instructions that are changed at run time. */
struct od_patch_table {
	uint16_t machine;	/* EM_NONE: any */
	const char *section;	/* in a module */
	uint16_t stride;	/* bytes per element */
	uint16_t before, after;	/* bytes that may change around the instruction's address */
	uint8_t length_at, length_bytes; /* where the element has the length, 0 bytes: it is `after` */
	bool absolute;		/* the element begins with an address, not with a 32-bit distance */
};

struct od_machine {
	uint16_t machine;	/* EM_* */
	uint8_t bits;		/* 0: either */
	const char *arch;	/* the contract's word */
	uint64_t value_mask;	/* cleared in symbol values: the Thumb bit */
	/* Bytes that a relocation in code may change: down to a multiple of `unit`, then `reach` bytes. */
	uint8_t unit, reach;
	uint16_t call;		/* the type of calls, whose opcode, the byte before it, may be patched; 0: none */
	/* The module loader places sections as the file has them, adding no veneers (layout.c). */
	bool plain_layout;
	/* Relocations of debug sections may be applied twice: they hold their addend and only store. */
	bool repeatable;
	bool mips64_info;	/* r_info has the layout of the MIPS 64-bit ABI */
};

/* The row of a machine; NULL: an unknown one. */
const struct od_machine *od_machine_find(unsigned machine, unsigned bits);

/* How a relocation type is applied to data; NULL: unknown, or it does nothing. */
const struct od_relocation *od_relocation_find(unsigned machine, unsigned type);

/* The row of a type of relocation in code; NULL: its value cannot be read back. */
const struct od_reference *od_reference_find(unsigned machine, unsigned type);

/* The tables of run-time patching, `section` NULL at the end. */
extern const struct od_patch_table od_patch_tables[];

#endif
