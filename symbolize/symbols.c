// SPDX-License-Identifier: GPL-3.0-or-later
#include "symbolize/symbols.h"

#include <stdlib.h>

#include "symbolize/index.h"

enum { NAME_LIMIT = 1 << 16, HIT_LIMIT = 1 << 20, FIRST_CAPACITY = 64, PREFIX_BITS = 1 << 16 };

/* Slots of the hash table for each name that there is room for. */
enum { SLOTS_EACH = 2 };

/* A name that was asked for; its symbols are items[first .. first + count). */
struct name {
	char *text;
	size_t len;
	size_t first, count;
	bool pending;
};

struct od_names {
	struct name *names;
	size_t count, capacity;
	uint32_t *slots; /* hash table: index in names + 1; 0: free; SLOTS_EACH * capacity */
	struct od_symbol *items;
	size_t item_count;
};

/* A symbol that bears a pending name. */
struct hit {
	size_t name;
	uint64_t address, next, declared;
	size_t section;
};

struct search {
	const struct od_image *image;
	struct od_names *names;
	const char *strings;
	size_t strings_size;
	uint8_t *prefixes; /* bits: the first two bytes of the pending names */
	struct hit *hits;
	size_t count, capacity;
	bool incomplete;	/* some hits had no room */
};

/*
 * Not in kallsyms: is_ignored_symbol() of scripts/kallsyms.c, is_mapping_symbol() of
 * include/linux/module_symbol.h, Linux 6.1 and 6.12.
 */
static const char *const ignored_prefixes[] = {
	"$", ".L", "L0\001", "__efistub_", "__kvm_nvhe_$", "__kvm_nvhe_.L", "__kcfi_typeid_", "__crc_",
};

static bool is_ignored(const char *name)
{
	if (!name[0])
		return true;
	if (name[0] != '$' && name[0] != '.' && name[0] != 'L' && name[0] != '_')
		return false;
	for (size_t i = 0; i < sizeof(ignored_prefixes) / sizeof(ignored_prefixes[0]); i++)
		if (!strncmp(name, ignored_prefixes[i], strlen(ignored_prefixes[i])))
			return true;
	return false;
}

static uint32_t hash_name(const char *text, size_t len)
{
	uint32_t hash = 2166136261u;

	for (size_t i = 0; i < len; i++)
		hash = (hash ^ (unsigned char)text[i]) * 16777619u;
	return hash;
}

/* The slot that holds the name, or the free one where it belongs. */
static uint32_t *find_slot(const struct od_names *names, const char *text, size_t len)
{
	const uint32_t mask = (uint32_t)(SLOTS_EACH * names->capacity) - 1;
	uint32_t slot = hash_name(text, len) & mask;

	while (names->slots[slot]) {
		const struct name *name = &names->names[names->slots[slot] - 1];
		if (name->len == len && !memcmp(name->text, text, len))
			break;
		slot = (slot + 1) & mask;
	}
	return &names->slots[slot];
}

static void free_names(struct od_names *names)
{
	for (size_t i = 0; i < names->count; i++)
		free(names->names[i].text);
	free(names->names);
	free(names->items);
}

static void forget_names(struct od_names *names)
{
	free_names(names);
	free(names->slots);
	*names = (struct od_names){0};
}

void od_names_destroy(struct od_names *names)
{
	if (!names)
		return;
	free_names(names);
	free(names->slots);
	free(names);
}

/* Room for one more; false: there is no memory. */
static bool make_room(struct od_names *names)
{
	if (names->count < names->capacity)
		return true;
	size_t capacity = names->capacity ? names->capacity * 2 : FIRST_CAPACITY;
	uint32_t *slots = calloc(SLOTS_EACH * capacity, sizeof(*slots));
	struct name *grown = slots ? realloc(names->names, capacity * sizeof(*grown)) : NULL;
	if (!grown) {
		free(slots);
		return false;
	}
	free(names->slots);
	names->slots = slots;
	names->names = grown;
	names->capacity = capacity;
	for (size_t i = 0; i < names->count; i++)
		*find_slot(names, grown[i].text, grown[i].len) = (uint32_t)i + 1;
	return true;
}

/* Adds the name as pending when it is new. */
static bool add_name(struct od_names *names, struct od_str text)
{
	uint32_t *slot = make_room(names) ? find_slot(names, text.ptr, text.len) : NULL;

	if (!slot || *slot)
		return false;
	char *copy = strndup(text.ptr, text.len);
	if (!copy)
		return false;
	names->names[names->count++] = (struct name){.text = copy, .len = text.len, .pending = true};
	*slot = (uint32_t)names->count;
	return true;
}

/*
 * Clang's link-time optimisation renames static functions to "name.llvm.<hash>"; kallsyms leaves that out
 * (cleanup_symbol_name() of kernel/kallsyms.c, Linux 5.13 to 6.12). 0: the name has no such end.
 */
static size_t plain_length(const char *name)
{
	const char *end = strchr(name, '.');

	while (end && strncmp(end, ".llvm.", 6) != 0)
		end = strchr(end + 1, '.');
	return end ? (size_t)(end - name) : 0;
}

static const char *symbol_name(const struct search *search, const GElf_Sym *symbol)
{
	/* The table ends in NUL (search_begin), so that a name inside it does. */
	return symbol->st_name < search->strings_size ? search->strings + symbol->st_name : "";
}

static bool search_begin(struct search *search)
{
	const struct od_image *image = search->image;
	size_t link = image->sections[image->symtab].header.sh_link;
	struct od_str strings = {NULL, 0};

	if (link && link < image->section_count)
		strings = od_section_bytes(&image->sections[link]);
	if (!strings.len || strings.ptr[strings.len - 1] != '\0')
		return false;
	search->strings = strings.ptr;
	search->strings_size = strings.len;
	search->prefixes = calloc(PREFIX_BITS / 8, 1);
	return search->prefixes;
}

static unsigned prefix_of(const char *name)
{
	return (unsigned char)name[0] | (unsigned)(unsigned char)name[1] << 8;
}

static void mark_prefixes(struct search *search, size_t first)
{
	for (size_t i = first; i < search->names->count; i++) {
		unsigned prefix = prefix_of(search->names->names[i].text);
		search->prefixes[prefix / 8] |= (uint8_t)(1u << (prefix % 8));
	}
}

static void add_hit(struct search *search, size_t name, const GElf_Sym *symbol, uint64_t address)
{
	if (search->count == search->capacity) {
		size_t capacity = search->capacity ? search->capacity * 2 : 64;
		struct hit *grown = capacity > HIT_LIMIT ? NULL
							 : realloc(search->hits, capacity * sizeof(*grown));
		if (!grown) {
			search->incomplete = true;
			return;
		}
		search->hits = grown;
		search->capacity = capacity;
	}
	search->hits[search->count++] = (struct hit){
		.name = name, .address = address, .declared = symbol->st_size, .section = symbol->st_shndx};
}

/* Collects the symbols that bear a pending name. */
static void collect_hits(struct search *search)
{
	const struct od_image *image = search->image;
	GElf_Sym symbol;
	uint64_t address;
	size_t plain;

	for (int i = 1; gelf_getsym(image->symbols, i, &symbol); i++) {
		const char *name = symbol_name(search, &symbol);
		unsigned prefix = name[0] ? prefix_of(name) : 0;
		if (!(search->prefixes[prefix / 8] & (1u << (prefix % 8))))
			continue;
		uint32_t slot = *find_slot(search->names, name, strlen(name));
		if (!slot && (plain = plain_length(name)))
			slot = *find_slot(search->names, name, plain);
		if (!slot || !search->names->names[slot - 1].pending ||
		    !od_image_symbol_address(image, &symbol, &address))
			continue;
		add_hit(search, slot - 1, &symbol, address);
	}
}

static int by_address(const void *a, const void *b)
{
	const struct hit *x = a, *y = b;
	return (x->address > y->address) - (x->address < y->address);
}

static int by_name(const void *a, const void *b)
{
	const struct hit *x = a, *y = b;
	if (x->name != y->name)
		return x->name < y->name ? -1 : 1;
	return by_address(a, b);
}

/* The last hit below the address; NULL: none. The hits are sorted. */
static struct hit *hit_below(const struct search *search, uint64_t address)
{
	size_t low = 0, high = search->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (search->hits[middle].address < address)
			low = middle + 1;
		else
			high = middle;
	}
	return low ? &search->hits[low - 1] : NULL;
}

/* Finds for every hit the nearest symbol above it in its section. */
static void find_next(struct search *search)
{
	GElf_Sym symbol;
	uint64_t address;

	qsort(search->hits, search->count, sizeof(*search->hits), by_address);
	for (int i = 1; gelf_getsym(search->image->symbols, i, &symbol); i++) {
		if (!od_image_symbol_address(search->image, &symbol, &address))
			continue;
		struct hit *hit = hit_below(search, address);
		if (!hit || hit->section != symbol.st_shndx || (hit->next && hit->next <= address) ||
		    is_ignored(symbol_name(search, &symbol)))
			continue;
		/* Aliases share an address, and so what follows them. */
		for (struct hit *same = hit; same >= search->hits && same->address == hit->address; same--)
			same->next = address;
	}
}

static struct od_symbol symbol_of(const struct od_image *image, const struct hit *hit)
{
	const struct od_section *section = &image->sections[hit->section];
	uint64_t end = section->address + section->header.sh_size;

	return (struct od_symbol){
		.address = hit->address,
		.section = section,
		.declared = hit->declared,
		.size = hit->next ? hit->next - hit->address : end > hit->address ? end - hit->address : 0,
		.last = !hit->next,
	};
}

/* Moves the hits to the names that they belong to. */
static void store_hits(struct search *search)
{
	struct od_names *names = search->names;
	struct od_symbol *grown = realloc(names->items, (names->item_count + search->count) * sizeof(*grown));

	if (!grown)
		return;
	names->items = grown;
	qsort(search->hits, search->count, sizeof(*search->hits), by_name);
	for (size_t i = 0; i < search->count; i++) {
		const struct hit *hit = &search->hits[i];
		struct name *name = &names->names[hit->name];
		if (name->count && names->items[names->item_count - 1].address == hit->address)
			continue;
		if (!name->count)
			name->first = names->item_count;
		name->count++;
		names->items[names->item_count++] = symbol_of(search->image, hit);
	}
}

static void scan_table(struct search *search, size_t first)
{
	mark_prefixes(search, first);
	collect_hits(search);
	if (search->count)
		find_next(search);
}

/* Every symbol with a name and an address is a hit; their `name` is its index in the table. */
static void collect_all(struct search *search)
{
	GElf_Sym symbol;
	uint64_t address;

	for (int i = 1; gelf_getsym(search->image->symbols, i, &symbol); i++)
		if (symbol_name(search, &symbol)[0] && od_image_symbol_address(search->image, &symbol, &address))
			add_hit(search, (size_t)i, &symbol, address);
}

/* Names under which the hit is found; returns how many there are. */
static size_t index_hit(const struct search *search, const struct hit *hit, struct od_index_symbol *ret)
{
	GElf_Sym symbol;

	gelf_getsym(search->image->symbols, (int)hit->name, &symbol);
	const char *name = symbol_name(search, &symbol);
	size_t plain = plain_length(name);
	ret[0] = (struct od_index_symbol){hash_name(name, strlen(name)), (uint32_t)hit->name,
					  hit->next ? hit->next - hit->address : 0};
	if (!plain)
		return 1;
	ret[1] = ret[0];
	ret[1].hash = hash_name(name, plain);
	return 2;
}

/* Indexes the names of the image's whole table. */
static void index_names(struct search *search)
{
	size_t count = 0;

	collect_all(search);
	if (search->count)
		find_next(search);
	struct od_index_symbol *symbols = calloc(2 * search->count + 1, sizeof(*symbols));
	for (size_t i = 0; symbols && i < search->count; i++)
		count += index_hit(search, &search->hits[i], symbols + count);
	if (symbols && !search->incomplete)
		od_index_set_names(search->image->index, symbols, count);
	else
		free(symbols);
	search->count = 0;
}

static bool is_named(const char *symbol, const struct name *name)
{
	return strcmp(symbol, name->text) == 0 ||
	       (plain_length(symbol) == name->len && strncmp(symbol, name->text, name->len) == 0);
}

/* The symbols of a name in the index, as far as the table agrees; false: the names are not indexed. */
static bool ask_index(struct search *search, size_t number)
{
	const struct name *name = &search->names->names[number];
	size_t count;
	const struct od_index_symbol *found =
		od_index_find_name(search->image->index, hash_name(name->text, name->len), &count);

	for (size_t i = 0; found && i < count; i++) {
		GElf_Sym symbol;
		uint64_t address;
		if (found[i].symbol > INT32_MAX ||
		    !gelf_getsym(search->image->symbols, (int)found[i].symbol, &symbol) ||
		    !is_named(symbol_name(search, &symbol), name) ||
		    !od_image_symbol_address(search->image, &symbol, &address))
			continue;
		size_t before = search->count;
		add_hit(search, number, &symbol, address);
		if (search->count > before && found[i].next)
			search->hits[before].next = address + found[i].next;
	}
	return found;
}

static bool use_index(struct search *search, size_t first)
{
	if (!search->image->index)
		return false;
	if (od_index_wants_names(search->image->index))
		index_names(search);
	for (size_t i = first; i < search->names->count; i++)
		if (!ask_index(search, i))
			return false;
	return true;
}

static void search_names(struct od_image *image, size_t first)
{
	struct search search = {.image = image, .names = image->names};

	if (search_begin(&search)) {
		if (!use_index(&search, first)) {
			search.count = 0;
			scan_table(&search, first);
		}
		if (search.count)
			store_hits(&search);
	}
	for (size_t i = first; i < image->names->count; i++)
		image->names->names[i].pending = false;
	free(search.prefixes);
	free(search.hits);
}

void od_names_learn(struct od_image *image, const struct od_str *names, size_t count)
{
	bool any = false;

	if (image->fault)
		return;
	if (!image->names)
		image->names = calloc(1, sizeof(*image->names));
	if (!image->names)
		return;
	if (image->names->count + count > NAME_LIMIT)
		forget_names(image->names);
	size_t first = image->names->count;
	for (size_t i = 0; i < count && image->names->count < NAME_LIMIT; i++)
		if (names[i].len)
			any |= add_name(image->names, names[i]);
	if (any)
		search_names(image, first);
}

struct od_symbols od_names_get(const struct od_image *image, struct od_str text)
{
	if (!image->names || !text.len)
		return (struct od_symbols){NULL, 0};
	uint32_t slot = image->names->count ? *find_slot(image->names, text.ptr, text.len) : 0;
	if (!slot)
		return (struct od_symbols){NULL, 0};
	const struct name *name = &image->names->names[slot - 1];
	if (!name->count)
		return (struct od_symbols){NULL, 0};
	return (struct od_symbols){image->names->items + name->first, name->count};
}

/* How well a symbol names the code at its address; aliases have the same. */
static unsigned rank_of(const GElf_Sym *symbol)
{
	unsigned type = GELF_ST_TYPE(symbol->st_info), binding = GELF_ST_BIND(symbol->st_info);

	return (type == STT_FUNC ? 4 : 0) + (binding == STB_GLOBAL ? 2 : binding == STB_WEAK ? 1 : 0);
}

struct od_str od_names_at(const struct od_image *image, uint64_t address)
{
	const struct od_section *section = od_image_section_at(image, address);
	struct search search = {.image = image};
	struct od_str best = {NULL, 0};
	uint64_t best_at = 0, at;
	unsigned best_rank = 0;
	GElf_Sym symbol;

	if (!section || !image->symbols || !search_begin(&search))
		return best;
	for (int i = 1; gelf_getsym(image->symbols, i, &symbol); i++) {
		if (symbol.st_shndx >= image->section_count || &image->sections[symbol.st_shndx] != section ||
		    GELF_ST_TYPE(symbol.st_info) == STT_SECTION || !od_image_symbol_address(image, &symbol, &at) ||
		    at > address || (best.len && at < best_at))
			continue;
		const char *name = symbol_name(&search, &symbol);
		if (is_ignored(name) || (best.len && at == best_at && rank_of(&symbol) <= best_rank))
			continue;
		best = od_str_from(name);
		best_at = at;
		best_rank = rank_of(&symbol);
	}
	free(search.prefixes);
	return best;
}
