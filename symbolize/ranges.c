// SPDX-License-Identifier: GPL-3.0-or-later
#include "symbolize/ranges.h"

#include <stdlib.h>

enum { RANGE_LIMIT = 1 << 24 };

struct range {
	uint64_t start, end, unit;
};

struct od_ranges {
	struct range *items;
	size_t count, capacity;
	uint64_t *units; /* that .debug_aranges has, ascending */
	size_t unit_count, unit_capacity;
};

void od_ranges_destroy(struct od_ranges *ranges)
{
	if (!ranges)
		return;
	free(ranges->items);
	free(ranges->units);
	free(ranges);
}

bool od_ranges_add(struct od_ranges *ranges, uint64_t start, uint64_t end, uint64_t unit)
{
	if (start >= end)
		return true;
	if (ranges->count == ranges->capacity) {
		size_t capacity = ranges->capacity ? ranges->capacity * 2 : 1024;
		struct range *grown =
			capacity > RANGE_LIMIT ? NULL : realloc(ranges->items, capacity * sizeof(*grown));
		if (!grown)
			return false;
		ranges->items = grown;
		ranges->capacity = capacity;
	}
	ranges->items[ranges->count++] = (struct range){start, end, unit};
	return true;
}

static bool add_unit(struct od_ranges *ranges, uint64_t unit)
{
	if (ranges->unit_count == ranges->unit_capacity) {
		size_t capacity = ranges->unit_capacity ? ranges->unit_capacity * 2 : 256;
		uint64_t *grown = capacity > RANGE_LIMIT ? NULL : realloc(ranges->units, capacity * sizeof(*grown));
		if (!grown)
			return false;
		ranges->units = grown;
		ranges->unit_capacity = capacity;
	}
	ranges->units[ranges->unit_count++] = unit;
	return true;
}

static int compare_ranges(const void *a, const void *b)
{
	const struct range *x = a, *y = b;
	return (x->start > y->start) - (x->start < y->start);
}

static int compare_units(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;
	return (*x > *y) - (*x < *y);
}

void od_ranges_sort(struct od_ranges *ranges)
{
	bool sorted = true;

	for (size_t i = 1; i < ranges->count && sorted; i++)
		sorted = ranges->items[i - 1].start <= ranges->items[i].start;
	if (!sorted)
		qsort(ranges->items, ranges->count, sizeof(*ranges->items), compare_ranges);
	if (ranges->unit_count)
		qsort(ranges->units, ranges->unit_count, sizeof(*ranges->units), compare_units);
}

bool od_ranges_has_unit(const struct od_ranges *ranges, uint64_t unit)
{
	return ranges->unit_count &&
	       bsearch(&unit, ranges->units, ranges->unit_count, sizeof(unit), compare_units);
}

bool od_ranges_find(const struct od_ranges *ranges, uint64_t address, uint64_t *ret)
{
	size_t low = 0, high = ranges->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (ranges->items[middle].start <= address)
			low = middle + 1;
		else
			high = middle;
	}
	if (!low || address >= ranges->items[low - 1].end)
		return false;
	*ret = ranges->items[low - 1].unit;
	return true;
}

/* The pairs of address and length of one set. */
static bool read_pairs(struct od_ranges *ranges, const struct od_image *image, struct od_str pairs,
		       unsigned size, uint64_t unit)
{
	for (; pairs.len >= 2 * (size_t)size; pairs = od_str_from_index(pairs, 2 * (size_t)size)) {
		uint64_t start = od_image_number(image, pairs.ptr, size);
		uint64_t length = od_image_number(image, pairs.ptr + size, size);
		if (start && length <= UINT64_MAX - start && !od_ranges_add(ranges, start, start + length, unit))
			return false;
	}
	return true;
}

/* One set: length, version 2, the unit's offset, sizes of address and segment, padding, pairs. */
static bool read_set(struct od_ranges *ranges, const struct od_image *image, struct od_str set, unsigned word,
		     size_t before)
{
	if (set.len < 2 + word + 2 || od_image_number(image, set.ptr, 2) != 2)
		return true;
	uint64_t unit = od_image_number(image, set.ptr + 2, word);
	unsigned size = (unsigned char)set.ptr[2 + word], segment = (unsigned char)set.ptr[2 + word + 1];
	if ((size != 4 && size != 8) || segment)
		return true;
	size_t header = before + 2 + word + 2;
	size_t padding = (2 * size - header % (2 * size)) % (2 * size);
	return add_unit(ranges, unit) &&
	       read_pairs(ranges, image, od_str_from_index(set, header - before + padding), size, unit);
}

static bool read_aranges(struct od_ranges *ranges, const struct od_image *image, struct od_str bytes)
{
	while (bytes.len >= 12) {
		uint64_t length = od_image_number(image, bytes.ptr, 4);
		unsigned field = 4, word = 4;
		if (length == 0xffffffff) {
			length = od_image_number(image, bytes.ptr + 4, 8);
			field = 12;
			word = 8;
		}
		if (length > bytes.len - field)
			break;
		struct od_str set = {bytes.ptr + field, length};
		if (!read_set(ranges, image, set, word, field))
			return false;
		bytes = od_str_from_index(bytes, field + length);
	}
	return true;
}

struct od_ranges *od_ranges_create(const struct od_image *image)
{
	const struct od_section *section = od_image_section(image, ".debug_aranges");
	struct od_ranges *ranges = calloc(1, sizeof(*ranges));

	if (!ranges)
		return NULL;
	if (section && !read_aranges(ranges, image, od_section_bytes(section))) {
		od_ranges_destroy(ranges);
		return NULL;
	}
	od_ranges_sort(ranges);
	return ranges;
}
