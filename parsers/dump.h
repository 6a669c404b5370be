// SPDX-License-Identifier: GPL-3.0-or-later
/* The machine state in a report: rows of registers and the bytes around the instruction pointer. */
#ifndef OD_PARSERS_DUMP_H
#define OD_PARSERS_DUMP_H

#include "parsers/builder.h"

/*
 * A row of registers of the event's architecture: pairs of a name and a hexadecimal value, as
 * "RAX: 0000… RBX: …", "x2 : …", "pc : [<…>]    lr : [<…>]", "r00: 0x…", "r1=…, r2=…" or "pc 9000… ra 9000…".
 * Goes to the register list that builder->block names. False: the line is none, or the architecture is unknown.
 */
bool od_take_registers(struct od_builder *builder, struct od_str text);

/*
 * The values of registers that are numbered, "r4" and on, in a row without their names: "GPR04: v v v v".
 * Returns how many were read.
 */
unsigned od_take_register_values(struct od_builder *builder, const char *prefix, unsigned first, struct od_str values);

/* A row of words of memory: "be40: c0123456 …", "c0123456 …". False: the line is none. */
bool od_take_hex_row(struct od_builder *builder, struct od_str text);

/* Adds a register to the list that builder->block names; the first value of a name stays. */
void od_push_register(struct od_builder *builder, struct od_str name, uint64_t value);

/*
 * A register dump begins, or goes on: decides which list its rows belong to. The first dump of a report
 * is that of the fault; what comes in or behind a trace is of somebody else. True: they are of the fault.
 */
bool od_open_block(struct od_builder *builder);

/* The same for a row that goes on in the open block: one begins only where none is open, as where the rows above are not in the log. */
void od_open_missing_block(struct od_builder *builder);

/* The rows that come are those at the system call boundary, if none were before. */
void od_open_user_block(struct od_builder *builder);

/*
 * The place where it happened, and where it returns to: a symbol ("fn+0x1/0x2 [mod]") or an address. Kept when
 * the open block is the fault's; a symbol and an address that come on lines of their own are put together.
 * False: the text is no place.
 */
bool od_take_ip(struct od_builder *builder, const struct od_record *record, struct od_str text);
bool od_take_lr(struct od_builder *builder, const struct od_record *record, struct od_str text);

/* "90000000003f4e8c fn+0x1/0x2": the value goes to the register `name`, the place becomes the event's ip or lr. */
enum od_take od_take_ip_value(struct od_builder *builder, const struct od_record *record, struct od_str name,
			      struct od_str text);
enum od_take od_take_lr_value(struct od_builder *builder, const struct od_record *record, struct od_str name,
			      struct od_str text);

/* What the registers say of a finished event's ip and lr. */
void od_settle_places(struct od_event *event);

/*
 * The groups behind "Code:", the marked one in <> or (): bytes on x86, else units of 16 or 32 bits
 * in value order, which are kept in memory order. What is no group ("Bad RIP value.") becomes the note.
 */
void od_store_code(struct od_builder *builder, const struct od_record *record, struct od_str rest);

/*
 * Further groups of code that were printed before: the second row, or the words that each came as a
 * record of their own (4.9 and later, where printk() without KERN_CONT began a line). False: the line is none.
 */
bool od_store_more_code(struct od_builder *builder, const struct od_record *record);

/* Bytes in memory order, as a disassembly lists them: "e55dbf200001". `marked`: the PSW points to them. */
void od_store_code_bytes(struct od_builder *builder, const struct od_record *record, struct od_str hex, bool marked);

/* Reads past a line; also ends the wait for a WARN()'s own text. For tables of rules. */
enum od_take od_take_known(struct od_builder *builder, const struct od_record *record, struct od_str rest);

/* "Call Trace:" under another name: frames come. */
enum od_take od_take_trace_header(struct od_builder *builder, const struct od_record *record, struct od_str rest);

/* "Code:" of the fault, once. */
enum od_take od_take_code(struct od_builder *builder, const struct od_record *record, struct od_str rest);

#endif
