// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzer/poison.h"

#include <stddef.h>

enum { MEMBER_LIMIT = 4096 }; /* how far behind a poisoned pointer its user may reach */

static const struct od_poison pointers[] = {
#define OD_POISON_POINTER(value, name, meaning) {name, meaning, value},
#define OD_POISON_BYTE(byte, name, meaning)
#include "analyzer/facts_poison.def"
#undef OD_POISON_POINTER
#undef OD_POISON_BYTE
};

static const struct od_poison patterns[] = {
#define OD_POISON_POINTER(value, name, meaning)
#define OD_POISON_BYTE(byte, name, meaning) {name, meaning, byte * 0x0101010101010101u},
#include "analyzer/facts_poison.def"
#undef OD_POISON_POINTER
#undef OD_POISON_BYTE
};

static const struct od_errno errnos[] = {
#define OD_ERRNO(number, name, words) {number, name, words},
#include "analyzer/facts_errno.def"
#undef OD_ERRNO
};

/* The table is sorted, so the last that fits is the nearest. */
static const struct od_poison *nearest(const struct od_poison *table, size_t count, uint64_t value)
{
	const struct od_poison *best = NULL;

	for (size_t i = 0; i < count; i++)
		if (value >= table[i].value && value - table[i].value < MEMBER_LIMIT &&
		    (!best || table[i].value > best->value))
			best = &table[i];
	return best;
}

bool od_poison_find(uint64_t value, struct od_poison *ret)
{
	const struct od_poison *found = nearest(pointers, sizeof(pointers) / sizeof(pointers[0]), value);

	if (!found)
		found = nearest(patterns, sizeof(patterns) / sizeof(patterns[0]), value);
	if (!found)
		return false;
	*ret = *found;
	return true;
}

bool od_errno_find(uint64_t value, unsigned bits, struct od_errno *ret)
{
	uint64_t number = bits == 32 ? (uint32_t) - (uint32_t)value : -value;

	for (size_t i = 0; i < sizeof(errnos) / sizeof(errnos[0]); i++) {
		if (errnos[i].number == number) {
			*ret = errnos[i];
			return true;
		}
	}
	return false;
}

bool od_kasan_shadow_of(uint64_t shadow, uint64_t offset, uint64_t *ret)
{
	const uint64_t half =
		1ull << 44; /* shadow of the lower half; that of the upper ends 2^61 above the offset */
	const uint64_t distance = shadow - offset;

	if (distance >= half && (distance < (1ull << 61) - half || distance >= 1ull << 61))
		return false;
	*ret = distance << 3;
	return true;
}
