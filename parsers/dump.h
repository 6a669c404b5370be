// SPDX-License-Identifier: GPL-3.0-or-later
/* The machine state in a report: rows of registers and the bytes around the instruction pointer. */
#ifndef OD_PARSERS_DUMP_H
#define OD_PARSERS_DUMP_H

#include "parsers/builder.h"

/*
 * A row of registers ("RAX: 0000… RBX: …"), of the event's architecture, or of x86_64 while that
 * is unknown. Goes to the register list that builder->block names. False: the line is none.
 */
bool od_take_registers(struct od_builder *builder, struct od_str text);

/* Adds a register to the list that builder->block names; the first value of a name stays. */
void od_push_register(struct od_builder *builder, struct od_str name, uint64_t value);

/*
 * The groups behind "Code:", the marked one in <> or (): bytes on x86, else units of 16 or 32 bits
 * in value order, which are kept in memory order. What is no group ("Bad RIP value.") becomes the note.
 */
void od_store_code(struct od_builder *builder, const struct od_record *record, struct od_str rest);

#endif
