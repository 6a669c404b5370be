// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * GNU binutils' disassembler behind a plain interface: the host's library, and those of other
 * architectures where they are installed, each loaded when it is needed. The only user of libopcodes and libbfd.
 *
 * A disassembler belongs to one thread at a time.
 */
#ifndef OD_SYMBOLIZE_OPCODES_H
#define OD_SYMBOLIZE_OPCODES_H

#include "core/arch.h"
#include "core/buf.h"

struct od_opcodes;

/* Writes how an address that an instruction refers to is shown. `from`: the address of the instruction. */
typedef void (*od_address_text)(void *user, uint64_t from, uint64_t address, struct od_buf *text);

/*
 * Loads the library that the architecture needs, so that processes which may open nothing find it. False: there is none.
 */
bool od_opcodes_prepare(const struct od_arch *arch);

/*
 * A disassembler of `bytes`, the first of which is at `address`; both are borrowed. NULL: this
 * system has none for the architecture, and *reason (static or in the arena) says what would help.
 */
struct od_opcodes *od_opcodes_create(const struct od_arch *arch, struct od_str bytes, uint64_t address,
				     od_address_text show, void *user, struct od_arena *arena,
				     struct od_str *reason);
void od_opcodes_destroy(struct od_opcodes *opcodes);

/*
 * Decodes the instruction `offset` bytes into the code: its text (valid until the next call) and
 * size. False: there is no whole instruction. *bad: bytes that are no instruction.
 */
bool od_opcodes_decode(struct od_opcodes *opcodes, size_t offset, struct od_str *text, size_t *size, bool *bad);

/*
 * Undoes the mangling of C++ and Rust. The result is malloc'ed and the caller's; NULL: the name is not mangled. How much
 * a name can grow is for the caller to bound. Thread safe.
 */
char *od_opcodes_demangle(const char *name);

#endif
