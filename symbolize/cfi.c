// SPDX-License-Identifier: GPL-3.0-or-later
#include "symbolize/cfi.h"

#include <stdlib.h>

#include "symbolize/pack.h"

enum { ENTRY_LIMIT = 1 << 20, STEP_LIMIT = 1 << 14, REMEMBERED = 8, LENGTH_64 = 12, LENGTH_32 = 4 };

static const uint64_t IS_64 = 0xffffffff;

/* An FDE: what code it covers, and where it is. */
struct piece {
	uint64_t from, size;
	uint64_t entry;
};

struct od_frame_table {
	size_t count;
	struct piece pieces[];	/* by ascending address */
};

/* A CIE or FDE, its header taken apart. */
struct entry {
	struct od_str rest;	/* behind the CIE pointer */
	uint64_t link;		/* CIE pointer, or the id of a CIE */
	uint64_t next;		/* the offset of the entry behind it */
	bool is_64;
};

/* What a CIE says. */
struct common {
	uint64_t code_align;
	int64_t data_align;
	struct od_str instructions;
};

struct run {
	const struct od_frame_bytes *table;
	struct common common;
	struct od_frame_rules now, initial, remembered[REMEMBERED];
	unsigned depth;
	bool damaged;
};

static uint64_t take_number(const struct od_frame_bytes *table, struct od_str *from, unsigned size)
{
	uint64_t value = 0;

	if (from->len < size) {
		from->len = 0;
		return 0;
	}
	for (unsigned i = 0; i < size; i++)
		value |= (uint64_t)(unsigned char)from->ptr[table->big_endian ? size - 1 - i : i] << (8 * i);
	*from = od_str_from_index(*from, size);
	return value;
}

/* SLEB128: the sign is the second highest bit of the last byte. */
static int64_t take_signed(struct od_str *from)
{
	uint64_t value = 0;
	unsigned shift = 0, byte = 0x80;

	while (from->len && byte & 0x80) {
		byte = (unsigned char)from->ptr[0];
		if (shift < 64)
			value |= (uint64_t)(byte & 0x7f) << shift;
		shift += 7;
		*from = od_str_from_index(*from, 1);
	}
	if (shift < 64 && byte & 0x40)
		value |= UINT64_MAX << shift;
	return (int64_t)value;
}

static bool read_entry(const struct od_frame_bytes *table, uint64_t at, struct entry *ret)
{
	if (at >= table->bytes.len)
		return false;
	struct od_str rest = od_str_from_index(table->bytes, (size_t)at);
	uint64_t length = take_number(table, &rest, 4);
	ret->is_64 = length == IS_64;
	if (ret->is_64)
		length = take_number(table, &rest, 8);
	if (!length || length > rest.len)
		return false;
	ret->next = at + (ret->is_64 ? LENGTH_64 : LENGTH_32) + length;
	ret->rest = od_str_first(rest, (size_t)length);
	ret->link = take_number(table, &ret->rest, ret->is_64 ? 8 : 4);
	return true;
}

static bool is_common(const struct entry *entry)
{
	return entry->link == (entry->is_64 ? UINT64_MAX : IS_64);
}

/* An augmentation is known where it is empty: others are of .eh_frame. */
static bool read_common(const struct od_frame_bytes *table, uint64_t at, struct common *ret)
{
	struct entry entry;
	uint64_t version;

	if (!read_entry(table, at, &entry) || !is_common(&entry))
		return false;
	version = take_number(table, &entry.rest, 1);
	if ((version != 1 && version != 3 && version != 4) || take_number(table, &entry.rest, 1))
		return false;
	if (version == 4 && (take_number(table, &entry.rest, 1) != table->word || take_number(table, &entry.rest, 1)))
		return false;
	ret->code_align = od_unpack_number(&entry.rest);
	ret->data_align = take_signed(&entry.rest);
	if (version == 1)
		take_number(table, &entry.rest, 1);
	else
		od_unpack_number(&entry.rest);
	ret->instructions = entry.rest;
	return true;
}

static void set_saved(struct run *run, uint64_t reg, int64_t offset)
{
	if (reg >= OD_REGISTER_COUNT)
		return;
	run->now.saved |= (uint64_t)1 << reg;
	run->now.lost &= ~((uint64_t)1 << reg);
	run->now.offsets[reg] = offset;
}

/* It is undefined, or where only an expression or another register tells. */
static void set_lost(struct run *run, uint64_t reg, bool lost)
{
	if (reg >= OD_REGISTER_COUNT)
		return;
	run->now.saved &= ~((uint64_t)1 << reg);
	run->now.lost = (run->now.lost & ~((uint64_t)1 << reg)) | (uint64_t)lost << reg;
}

static void restore(struct run *run, uint64_t reg)
{
	if (reg >= OD_REGISTER_COUNT)
		return;
	set_lost(run, reg, run->initial.lost >> reg & 1);
	if (run->initial.saved >> reg & 1)
		set_saved(run, reg, run->initial.offsets[reg]);
}

static int64_t scaled(const struct run *run, uint64_t offset)
{
	return (int64_t)(offset * (uint64_t)run->common.data_align);
}

static void set_cfa(struct run *run, uint64_t reg, int64_t offset)
{
	run->now.known = reg < OD_REGISTER_COUNT;
	run->now.cfa_register = (uint8_t)reg;
	run->now.cfa_offset = offset;
}

static void skip_block(struct od_str *from)
{
	uint64_t length = od_unpack_number(from);

	*from = length < from->len ? od_str_from_index(*from, (size_t)length) : (struct od_str){NULL, 0};
}

static void remember(struct run *run)
{
	if (run->depth < REMEMBERED)
		run->remembered[run->depth++] = run->now;
	else
		run->damaged = true;
}

static void recall(struct run *run)
{
	if (run->depth)
		run->now = run->remembered[--run->depth];
	else
		run->damaged = true;
}

enum {
	DW_CFA_NOP = 0, DW_CFA_OFFSET_EXTENDED = 5, DW_CFA_RESTORE_EXTENDED, DW_CFA_UNDEFINED, DW_CFA_SAME_VALUE,
	DW_CFA_REGISTER, DW_CFA_REMEMBER_STATE, DW_CFA_RESTORE_STATE, DW_CFA_DEF_CFA, DW_CFA_DEF_CFA_REGISTER,
	DW_CFA_DEF_CFA_OFFSET, DW_CFA_DEF_CFA_EXPRESSION, DW_CFA_EXPRESSION, DW_CFA_OFFSET_EXTENDED_SF, DW_CFA_DEF_CFA_SF,
	DW_CFA_DEF_CFA_OFFSET_SF, DW_CFA_VAL_OFFSET, DW_CFA_VAL_OFFSET_SF, DW_CFA_VAL_EXPRESSION,
	DW_CFA_GNU_WINDOW_SAVE = 0x2d, DW_CFA_GNU_ARGS_SIZE, DW_CFA_GNU_NEGATIVE_OFFSET,
};

/* Rules of a register. */
static bool set_register(struct run *run, unsigned op, struct od_str *from)
{
	uint64_t reg;

	if (op < DW_CFA_OFFSET_EXTENDED || op > DW_CFA_VAL_EXPRESSION)
		return false;
	reg = od_unpack_number(from);
	switch (op) {
	case DW_CFA_OFFSET_EXTENDED: set_saved(run, reg, scaled(run, od_unpack_number(from))); return true;
	case DW_CFA_OFFSET_EXTENDED_SF: set_saved(run, reg, scaled(run, (uint64_t)take_signed(from))); return true;
	case DW_CFA_RESTORE_EXTENDED: restore(run, reg); return true;
	case DW_CFA_SAME_VALUE: set_lost(run, reg, false); return true;
	case DW_CFA_UNDEFINED: set_lost(run, reg, true); return true;
	case DW_CFA_REGISTER: case DW_CFA_VAL_OFFSET: case DW_CFA_VAL_OFFSET_SF:
		od_unpack_number(from);
		set_lost(run, reg, true);
		return true;
	case DW_CFA_EXPRESSION: case DW_CFA_VAL_EXPRESSION:
		skip_block(from);
		set_lost(run, reg, true);
		return true;
	default:
		return false;
	}
}

/* Rules of the CFA, and the others. */
static bool set_frame(struct run *run, unsigned op, struct od_str *from)
{
	uint64_t reg;

	switch (op) {
	case DW_CFA_NOP: case DW_CFA_GNU_WINDOW_SAVE: return true; /* of arm64: the return address is signed */
	case DW_CFA_GNU_ARGS_SIZE: od_unpack_number(from); return true;
	case DW_CFA_REMEMBER_STATE: remember(run); return true;
	case DW_CFA_RESTORE_STATE: recall(run); return true;
	case DW_CFA_DEF_CFA:
		reg = od_unpack_number(from);
		set_cfa(run, reg, (int64_t)od_unpack_number(from));
		return true;
	case DW_CFA_DEF_CFA_SF:
		reg = od_unpack_number(from);
		set_cfa(run, reg, scaled(run, (uint64_t)take_signed(from)));
		return true;
	case DW_CFA_DEF_CFA_REGISTER: set_cfa(run, od_unpack_number(from), run->now.cfa_offset); return true;
	case DW_CFA_DEF_CFA_OFFSET: run->now.cfa_offset = (int64_t)od_unpack_number(from); return true;
	case DW_CFA_DEF_CFA_OFFSET_SF: run->now.cfa_offset = scaled(run, (uint64_t)take_signed(from)); return true;
	case DW_CFA_DEF_CFA_EXPRESSION:
		skip_block(from);
		run->now.known = false;
		return true;
	default:
		return false;
	}
}

/* DW_CFA_set_loc and the advances; false: it is none of them. */
static bool advance(const struct run *run, unsigned op, struct od_str *from, uint64_t *at)
{
	enum { SET_LOC = 1, ADVANCE_1, ADVANCE_2, ADVANCE_4, HIGH_ADVANCE = 1 };

	if (op >> 6 == HIGH_ADVANCE)
		*at += (op & 0x3f) * run->common.code_align;
	else if (op == SET_LOC)
		*at = take_number(run->table, from, run->table->word);
	else if (op >= ADVANCE_1 && op <= ADVANCE_4)
		*at += take_number(run->table, from, 1u << (op - ADVANCE_1)) * run->common.code_align;
	else
		return false;
	return true;
}

/* Runs instructions until they speak of what is behind the address. */
static void follow(struct run *run, struct od_str from, uint64_t at, uint64_t address)
{
	enum { HIGH_OFFSET = 2, HIGH_RESTORE = 3 };

	for (unsigned i = 0; from.len && i < STEP_LIMIT && !run->damaged; i++) {
		unsigned op = (unsigned char)from.ptr[0], low = op & 0x3f;
		from = od_str_from_index(from, 1);
		if (advance(run, op, &from, &at)) {
			if (at > address)
				return;
		} else if (op >> 6 == HIGH_OFFSET) {
			set_saved(run, low, scaled(run, od_unpack_number(&from)));
		} else if (op >> 6 == HIGH_RESTORE) {
			restore(run, low);
		} else if (!set_frame(run, op, &from) && !set_register(run, op, &from)) {
			run->damaged = true;
		}
	}
}

bool od_cfi_run(const struct od_frame_bytes *table, uint64_t at, uint64_t address, struct od_frame_rules *ret)
{
	struct run run = {.table = table};
	struct entry entry;

	if (!read_entry(table, at, &entry) || is_common(&entry) || !read_common(table, entry.link, &run.common))
		return false;
	uint64_t from = take_number(table, &entry.rest, table->word);
	take_number(table, &entry.rest, table->word);
	follow(&run, run.common.instructions, 0, UINT64_MAX);
	run.initial = run.now;
	follow(&run, entry.rest, from, address);
	*ret = run.now;
	return !run.damaged;
}

static int by_address(const void *left, const void *right)
{
	const struct piece *a = left, *b = right;

	return (a->from > b->from) - (a->from < b->from);
}

static size_t list_pieces(const struct od_frame_bytes *table, struct piece *pieces, size_t room)
{
	struct entry entry;
	uint64_t at = 0;
	size_t count = 0;

	for (unsigned i = 0; i < ENTRY_LIMIT && read_entry(table, at, &entry); i++) {
		if (!is_common(&entry)) {
			uint64_t from = take_number(table, &entry.rest, table->word);
			uint64_t size = take_number(table, &entry.rest, table->word);
			if (size && count < room)
				pieces[count] = (struct piece){from, size, at};
			count += size != 0;
		}
		at = entry.next;
	}
	return count;
}

static struct od_frame_table *read_table(const struct od_frame_bytes *bytes)
{
	size_t count = list_pieces(bytes, NULL, 0);
	struct od_frame_table *table = count ? malloc(sizeof(*table) + count * sizeof(table->pieces[0])) : NULL;

	if (!table)
		return NULL;
	table->count = list_pieces(bytes, table->pieces, count);
	qsort(table->pieces, table->count, sizeof(table->pieces[0]), by_address);
	return table;
}

static struct od_frame_bytes bytes_of(const struct od_image *image)
{
	const struct od_section *section = od_image_section(image, ".debug_frame");
	struct od_frame_bytes bytes = {.big_endian = image->big_endian, .word = image->bits / 8};

	if (section)
		bytes.bytes = od_section_bytes(section);
	return bytes;
}

static const struct od_frame_table *table_of(struct od_image *image, const struct od_frame_bytes *bytes)
{
	struct od_dwarf *dwarf = od_dwarf_get(image);

	if (!dwarf)
		return NULL;
	if (!dwarf->frames_read) {
		struct od_relocator relocator;
		od_relocator_init(&relocator, image, ".debug_frame");
		od_relocator_apply(&relocator, 0, UINT64_MAX);
		dwarf->frames = read_table(bytes);
	}
	dwarf->frames_read = true;
	return dwarf->frames;
}

bool od_cfi_find(struct od_image *image, uint64_t address, struct od_frame_rules *ret)
{
	const struct od_frame_bytes bytes = bytes_of(image);
	const struct od_frame_table *table = bytes.bytes.len ? table_of(image, &bytes) : NULL;
	size_t low = 0, high = table ? table->count : 0;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (table->pieces[middle].from <= address)
			low = middle + 1;
		else
			high = middle;
	}
	if (!low || address - table->pieces[low - 1].from >= table->pieces[low - 1].size)
		return false;
	return od_cfi_run(&bytes, table->pieces[low - 1].entry, address, ret);
}
