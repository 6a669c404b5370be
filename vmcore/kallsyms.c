// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Formats by version (scripts/kallsyms.c and kernel/kallsyms.c): names are length and token indices, the
 * length in two bytes with bit 7 set since 6.1; addresses are offsets to kallsyms_relative_base up to 6.19,
 * negative ones with CONFIG_KALLSYMS_ABSOLUTE_PERCPU (up to 6.14), and relative to themselves since 7.0.
 */
#include "vmcore/kallsyms.h"

#include <stdlib.h>

#include "vmcore/vmcoreinfo.h"

enum {
	SYMBOL_LIMIT = 4 << 20,
	NAMES_LIMIT = 64 << 20,
	TOKENS = 256,
	TOKEN_TABLE_LIMIT = 65536,
};

struct entry {
	uint64_t address;
	uint32_t name;	/* where its name begins in names; grows with the order of the table */
};

struct od_kallsyms {
	const struct od_memory *memory;	/* while reading */
	struct entry *entries;		/* by address, then by order */
	size_t count;
	unsigned char *names;
	size_t names_size;
	char *tokens;
	size_t tokens_size;
	uint16_t token_index[TOKENS];
};

static bool load(const struct od_memory *memory, uint64_t address, size_t size, void **ret)
{
	void *bytes = malloc(size);

	if (!bytes || !od_memory_read(memory, address, bytes, size)) {
		free(bytes);
		return false;
	}
	*ret = bytes;
	return true;
}

static bool load_tokens(struct od_kallsyms *symbols, uint64_t table, uint64_t index)
{
	unsigned char bytes[2 * TOKENS];
	void *tokens;

	if (index <= table || index - table > TOKEN_TABLE_LIMIT ||
	    !od_memory_read(symbols->memory, index, bytes, sizeof(bytes)) ||
	    !load(symbols->memory, table, (size_t)(index - table), &tokens))
		return false;
	symbols->tokens = tokens;
	symbols->tokens_size = (size_t)(index - table);
	symbols->tokens[symbols->tokens_size - 1] = '\0';
	for (unsigned i = 0; i < TOKENS; i++) {
		symbols->token_index[i] = (uint16_t)od_memory_decode(symbols->memory, bytes + 2 * i, 2);
		if (symbols->token_index[i] >= symbols->tokens_size)
			return false;
	}
	return true;
}

/* How the entry at a position is long: its length field and its tokens. False: it is cut off. */
static bool measure(const struct od_kallsyms *symbols, size_t at, size_t *tokens, size_t *len)
{
	if (at >= symbols->names_size)
		return false;
	*len = symbols->names[at];
	*tokens = at + 1;
	if (*len & 0x80) {
		if (at + 1 >= symbols->names_size)
			return false;
		*len = (*len & 0x7f) | (size_t)symbols->names[at + 1] << 7;
		(*tokens)++;
	}
	return *len <= symbols->names_size - *tokens;
}

/* The name without the type letter in front of it. */
static size_t expand(const struct od_kallsyms *symbols, size_t at, char name[OD_SYMBOL_NAME_SIZE])
{
	size_t tokens, len, used = 0;
	bool type = true;

	if (!measure(symbols, at, &tokens, &len))
		len = 0;
	for (size_t i = 0; i < len; i++) {
		const char *token = symbols->tokens + symbols->token_index[symbols->names[tokens + i]];
		for (; *token && used < OD_SYMBOL_NAME_SIZE - 1; token++) {
			if (!type)
				name[used++] = *token;
			type = false;
		}
	}
	name[used] = '\0';
	return used;
}

/* The names follow kallsyms_names without a size of their own: up to the token table at most. */
static bool load_names(struct od_kallsyms *symbols, uint64_t names, uint64_t end)
{
	uint64_t size = end > names ? end - names : NAMES_LIMIT;
	unsigned char *bytes = malloc(size < NAMES_LIMIT ? (size_t)size : NAMES_LIMIT);

	if (!bytes)
		return false;
	symbols->names = bytes;
	symbols->names_size = symbols->memory->read(symbols->memory->user, names, bytes,
						    size < NAMES_LIMIT ? (size_t)size : NAMES_LIMIT);
	size_t at = 0, tokens, len;
	for (size_t i = 0; i < symbols->count; i++) {
		if (!measure(symbols, at, &tokens, &len))
			return false;
		symbols->entries[i].name = (uint32_t)at;
		at = tokens + len;
	}
	symbols->names_size = at;
	return true;
}

static bool load_addresses(struct od_kallsyms *symbols, uint64_t offsets, uint64_t base, bool has_base)
{
	void *loaded;
	bool percpu = false;

	if (!load(symbols->memory, offsets, 4 * symbols->count, &loaded))
		return false;
	const unsigned char *bytes = loaded;
	for (size_t i = 0; i < symbols->count; i++)
		percpu |= (int32_t)od_memory_decode(symbols->memory, bytes + 4 * i, 4) < 0;
	for (size_t i = 0; i < symbols->count; i++) {
		int32_t offset = (int32_t)od_memory_decode(symbols->memory, bytes + 4 * i, 4);
		uint64_t *address = &symbols->entries[i].address;
		if (!has_base)
			*address = offsets + 4 * i + (uint64_t)(int64_t)offset;
		else if (!percpu)
			*address = base + (uint32_t)offset;
		else
			*address = offset >= 0 ? (uint64_t)offset : base - 1 - (uint64_t)(int64_t)offset;
	}
	free(loaded);
	return true;
}

static int by_address(const void *left, const void *right)
{
	const struct entry *a = left, *b = right;

	if (a->address != b->address)
		return a->address < b->address ? -1 : 1;
	return a->name < b->name ? -1 : a->name > b->name;
}

static void sort(struct od_kallsyms *symbols)
{
	for (size_t i = 1; i < symbols->count; i++)
		if (symbols->entries[i].address < symbols->entries[i - 1].address) {
			qsort(symbols->entries, symbols->count, sizeof(*symbols->entries), by_address);
			return;
		}
}

static od_status read_table(struct od_trail *trail, struct od_kallsyms *symbols, const struct od_kallsyms_place *place)
{
	uint64_t count, base = 0;

	if (!od_memory_uint(symbols->memory, place->count, 4, &count) || !count || count > SYMBOL_LIMIT ||
	    (place->base && !od_memory_word(symbols->memory, place->base, &base)))
		return od_fail(trail, OD_ERR_FORMAT, "the head of the kernel's symbol table is damaged or not in the dump");
	symbols->count = (size_t)count;
	symbols->entries = calloc(symbols->count, sizeof(*symbols->entries));
	if (!symbols->entries)
		return od_fail(trail, OD_ERR_NOMEM, "out of memory");
	if (!load_tokens(symbols, place->tokens, place->token_index) ||
	    !load_names(symbols, place->names, place->tokens) ||
	    !load_addresses(symbols, place->offsets, base, place->base != 0))
		return od_fail(trail, OD_ERR_FORMAT, "the kernel's symbol table is damaged or not in the dump");
	sort(symbols);
	return OD_OK;
}

bool od_kallsyms_place(struct od_str info, struct od_kallsyms_place *ret)
{
	*ret = (struct od_kallsyms_place){0};
	od_vmcoreinfo_hex(info, "SYMBOL(kallsyms_relative_base)", &ret->base);
	return od_vmcoreinfo_hex(info, "SYMBOL(kallsyms_names)", &ret->names) &&
	       od_vmcoreinfo_hex(info, "SYMBOL(kallsyms_num_syms)", &ret->count) &&
	       od_vmcoreinfo_hex(info, "SYMBOL(kallsyms_token_table)", &ret->tokens) &&
	       od_vmcoreinfo_hex(info, "SYMBOL(kallsyms_token_index)", &ret->token_index) &&
	       od_vmcoreinfo_hex(info, "SYMBOL(kallsyms_offsets)", &ret->offsets);
}

od_status od_kallsyms_read(struct od_trail *trail, const struct od_memory *memory, const struct od_kallsyms_place *place,
			   struct od_kallsyms **ret)
{
	struct od_kallsyms *symbols = calloc(1, sizeof(*symbols));

	if (!symbols)
		return od_fail(trail, OD_ERR_NOMEM, "out of memory");
	symbols->memory = memory;
	od_status status = read_table(trail, symbols, place);
	symbols->memory = NULL;
	if (status != OD_OK) {
		od_kallsyms_destroy(symbols);
		return status;
	}
	*ret = symbols;
	return OD_OK;
}

void od_kallsyms_destroy(struct od_kallsyms *symbols)
{
	if (!symbols)
		return;
	free(symbols->entries);
	free(symbols->names);
	free(symbols->tokens);
	free(symbols);
}

bool od_kallsyms_at(const struct od_kallsyms *symbols, uint64_t address, struct od_symbol *ret)
{
	size_t low = 0, high = symbols->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (symbols->entries[middle].address <= address)
			low = middle + 1;
		else
			high = middle;
	}
	if (!low)
		return false;
	size_t first = low - 1;
	while (first && symbols->entries[first - 1].address == symbols->entries[low - 1].address)
		first--;
	ret->address = symbols->entries[first].address;
	ret->size = low < symbols->count ? symbols->entries[low].address - ret->address : 0;
	return expand(symbols, symbols->entries[first].name, ret->name) > 0;
}

void od_kallsyms_find(const struct od_kallsyms *symbols, const struct od_symbol_wish *wishes, size_t count)
{
	char name[OD_SYMBOL_NAME_SIZE];

	for (size_t i = 0; i < symbols->count; i++) {
		expand(symbols, symbols->entries[i].name, name);
		for (size_t w = 0; w < count; w++)
			if (name[0] == wishes[w].name[0] && strcmp(name, wishes[w].name) == 0)
				*wishes[w].address = symbols->entries[i].address;
	}
}
