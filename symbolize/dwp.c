// SPDX-License-Identifier: GPL-3.0-or-later
#include "symbolize/dwp.h"

enum { VERSION = 5, HEADER = 16, SLOT = 8, WORD = 4, COLUMNS_LIMIT = 16 };

/* DW_SECT_…: DWARF 5, table 7.1. */
enum { SECT_INFO = 1, SECT_ABBREV = 3, SECT_LOCLISTS = 5, SECT_STR_OFFSETS = 6, SECT_RNGLISTS = 8 };

/* .debug_cu_index: a hash table of IDs, the row of each, and what the rows' columns say. */
struct index {
	const struct od_image *file;
	struct od_str slots, rows, columns, offsets, sizes;
	uint64_t column_count, unit_count, slot_count;
};

static struct od_str take(struct od_str *bytes, uint64_t count, unsigned size)
{
	struct od_str part = {NULL, 0};

	if (count > bytes->len / size)
		return part;
	part = od_str_first(*bytes, (size_t)count * size);
	*bytes = od_str_from_index(*bytes, part.len);
	return part;
}

static bool read_index(const struct od_image *file, struct index *ret)
{
	const struct od_section *section = od_image_section(file, ".debug_cu_index");
	struct od_str bytes = section ? od_section_bytes(section) : (struct od_str){NULL, 0};

	if (bytes.len < HEADER || od_image_number(file, bytes.ptr, 2) != VERSION)
		return false;
	*ret = (struct index){.file = file, .column_count = od_image_number(file, bytes.ptr + 4, WORD),
			      .unit_count = od_image_number(file, bytes.ptr + 8, WORD),
			      .slot_count = od_image_number(file, bytes.ptr + 12, WORD)};
	bytes = od_str_from_index(bytes, HEADER);
	if (!ret->column_count || ret->column_count > COLUMNS_LIMIT || !ret->slot_count)
		return false;
	ret->slots = take(&bytes, ret->slot_count, SLOT);
	ret->rows = take(&bytes, ret->slot_count, WORD);
	ret->columns = take(&bytes, ret->column_count, WORD);
	ret->offsets = take(&bytes, ret->unit_count * ret->column_count, WORD);
	ret->sizes = take(&bytes, ret->unit_count * ret->column_count, WORD);
	return ret->sizes.len > 0;
}

/* The row of the ID; false: there is none. The table says where to look first; a package has few units, so all are looked at. */
static bool find_row(const struct index *index, uint64_t id, uint64_t *ret)
{
	for (uint64_t i = 0; i < index->slot_count; i++) {
		if (od_image_number(index->file, index->slots.ptr + i * SLOT, SLOT) != id)
			continue;
		*ret = od_image_number(index->file, index->rows.ptr + i * WORD, WORD);
		if (*ret && *ret <= index->unit_count)
			return (*ret)--, true;
	}
	return false;
}

static bool slice(const struct index *index, uint64_t cell, const char *name, struct od_str *ret)
{
	const struct od_section *section = od_image_section(index->file, name);
	const struct od_str bytes = section ? od_section_bytes(section) : (struct od_str){NULL, 0};
	const uint64_t offset = od_image_number(index->file, index->offsets.ptr + cell * WORD, WORD);
	const uint64_t size = od_image_number(index->file, index->sizes.ptr + cell * WORD, WORD);

	if (offset > bytes.len || size > bytes.len - offset)
		return false;
	*ret = od_str_first(od_str_from_index(bytes, (size_t)offset), (size_t)size);
	return true;
}

bool od_dwp_find(const struct od_image *file, uint64_t id, struct od_dwp_unit *ret)
{
	const struct {
		uint64_t column;
		const char *name;
		struct od_str *part;
	} sections[] = {
		{SECT_INFO, ".debug_info.dwo", &ret->info},
		{SECT_ABBREV, ".debug_abbrev.dwo", &ret->abbrev},
		{SECT_LOCLISTS, ".debug_loclists.dwo", &ret->loclists},
		{SECT_STR_OFFSETS, ".debug_str_offsets.dwo", &ret->str_offsets},
		{SECT_RNGLISTS, ".debug_rnglists.dwo", &ret->rnglists},
	};
	struct index index;
	uint64_t row;

	*ret = (struct od_dwp_unit){.info = {NULL, 0}};
	if (!read_index(file, &index) || !find_row(&index, id, &row))
		return false;
	for (uint64_t column = 0; column < index.column_count; column++)
		for (size_t i = 0; i < sizeof(sections) / sizeof(sections[0]); i++)
			if (od_image_number(file, index.columns.ptr + column * WORD, WORD) == sections[i].column &&
			    !slice(&index, row * index.column_count + column, sections[i].name, sections[i].part))
				return false;
	return ret->info.len && ret->abbrev.len;
}
