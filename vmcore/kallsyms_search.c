// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * In the kernel's image the parts follow each other, each aligned to a pointer: offsets, relative_base, num_syms,
 * names, markers (the place of every 256th name), token_table, token_index. Digits always have a token of their own
 * (every character that occurs in a name has, and they do), so their ten tokens are a sequence to look for.
 */
#include "vmcore/kallsyms.h"

#include <stdlib.h>
#include <string.h>

enum {
	TOKENS = 256, FIRST_DIGIT = '0', TOKEN_LIMIT = 64,
	CHUNK = 1 << 16, WORD = 8, NAMES_PER_MARKER = 256, MARKER_LIMIT = 1 << 14, NAME_LIMIT = 512,
};

static const char digits[] = "0\0" "1\0" "2\0" "3\0" "4\0" "5\0" "6\0" "7\0" "8\0" "9";

struct search {
	const struct od_memory *memory;
	struct od_kallsyms_place *found;
};

static uint64_t align(uint64_t address)
{
	return (address + WORD - 1) & ~(uint64_t)(WORD - 1);
}

/* Where the table of tokens begins whose digits stand at `at`: 48 strings before. */
static bool find_tokens(struct search *search, uint64_t at, uint64_t *ret)
{
	unsigned char before[FIRST_DIGIT * TOKEN_LIMIT];
	unsigned strings = 0;

	if (at < sizeof(before) || !od_memory_read(search->memory, at - sizeof(before), before, sizeof(before)))
		return false;
	for (size_t i = sizeof(before) - 1; i > 0; i--) {
		if (before[i - 1] != '\0')
			continue;
		if (before[i] == '\0' && strings)	/* an empty token: padding before the table */
			return false;
		if (++strings == FIRST_DIGIT) {
			*ret = at - sizeof(before) + i;
			return *ret % WORD == 0;
		}
	}
	return false;
}

/* The index tells the place of each token: only the true table has one that fits. */
static bool check_index(const struct search *search, uint64_t tokens, uint64_t *ret)
{
	char table[TOKENS * TOKEN_LIMIT];
	unsigned char index[2 * TOKENS];
	size_t got = search->memory->read(search->memory->user, tokens, table, sizeof(table)), at = 0;
	size_t starts[TOKENS];

	for (unsigned i = 0; i < TOKENS; i++) {
		size_t len = strnlen(table + at, got - at);
		if (at + len >= got)
			return false;
		starts[i] = at;
		at += len + 1;
	}
	*ret = align(tokens + at);
	if (!od_memory_read(search->memory, *ret, index, sizeof(index)))
		return false;
	for (unsigned i = 0; i < TOKENS; i++)
		if (od_memory_decode(search->memory, index + 2 * i, 2) != starts[i])
			return false;
	return true;
}

/* From num_syms on: `count` names, which end where the markers begin. The walk starts at the last marker. */
static bool names_end_at(const struct search *search, uint64_t names, uint64_t count, uint64_t last, uint64_t markers)
{
	unsigned char bytes[NAMES_PER_MARKER * NAME_LIMIT];
	uint64_t from = names + last, size = markers - from;
	uint64_t at = 0, rest = (count - 1) % NAMES_PER_MARKER + 1;

	if (from >= markers || size > sizeof(bytes) || !od_memory_read(search->memory, from, bytes, (size_t)size))
		return false;
	for (; rest && at < size; rest--)
		at += 1 + (uint64_t)bytes[at];
	return !rest && at <= size && align(from + at) == markers;
}

static bool find_names(struct search *search, uint64_t markers, uint64_t marker_count, uint64_t last)
{
	uint64_t most = marker_count * NAMES_PER_MARKER, least = most - NAMES_PER_MARKER + 1;
	uint64_t high = markers - last;

	for (unsigned i = 0; i < NAMES_PER_MARKER * NAME_LIMIT / WORD && high >= last; i++) {
		uint64_t names = (high & ~(uint64_t)(WORD - 1)) - (uint64_t)i * WORD, count;
		if (!od_memory_uint(search->memory, names - WORD, 4, &count) || count < least || count > most ||
		    !names_end_at(search, names, count, last, markers))
			continue;
		search->found->names = names;
		search->found->count = names - WORD;
		search->found->base = names - 2 * WORD;
		search->found->offsets = search->found->base - align(4 * count);
		return true;
	}
	return false;
}

/* Markers grow and begin with 0; they are u32, before 4.20 unsigned long. */
static bool find_markers(struct search *search, uint64_t tokens, unsigned size)
{
	uint64_t at = tokens - size, above, value, last, count = 1;

	if (!od_memory_uint(search->memory, at, size, &above))
		return false;
	if (!above) {	/* padding */
		at -= size;
		if (!od_memory_uint(search->memory, at, size, &above))
			return false;
	}
	for (last = above; above && count < MARKER_LIMIT; count++, above = value) {
		at -= size;
		if (!od_memory_uint(search->memory, at, size, &value) || value >= above)
			return false;
	}
	return !above && at % WORD == 0 && find_names(search, at, count, last);
}

static bool try(struct search *search, uint64_t at)
{
	uint64_t tokens, index;

	if (!find_tokens(search, at, &tokens) || !check_index(search, tokens, &index))
		return false;
	*search->found = (struct od_kallsyms_place){.tokens = tokens, .token_index = index};
	return find_markers(search, tokens, 4) || find_markers(search, tokens, 8);
}

bool od_kallsyms_search(const struct od_memory *memory, uint64_t start, uint64_t size, struct od_kallsyms_place *ret)
{
	struct search search = {memory, ret};
	char *chunk = malloc(CHUNK + sizeof(digits));
	bool found = false;

	for (uint64_t done = 0; chunk && !found && done < size; done += CHUNK) {
		size_t got = memory->read(memory->user, start + done, chunk, CHUNK + sizeof(digits));
		const char *at = chunk;
		while (!found && (at = memmem(at, got - (size_t)(at - chunk), digits, sizeof(digits))) != NULL) {
			found = try(&search, start + done + (uint64_t)(at - chunk));
			at++;
		}
	}
	free(chunk);
	return found;
}
