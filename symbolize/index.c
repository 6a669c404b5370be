// SPDX-License-Identifier: GPL-3.0-or-later
#include "symbolize/index.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/buf.h"

/* To be counted up when what is learned about an image changes its meaning, or was wrong. */
enum { VERSION = 8 };

/* Facts that are learned in one run, their bytes, and those that a file keeps. */
enum { FACT_LIMIT = 1 << 16, BYTES_LIMIT = 32 << 20, STORED_LIMIT = 16 << 20, FIRST_CAPACITY = 64 };

/* A file of facts above this size is not written anew for each crash: what is new goes into another one, up to this size. */
enum { LARGE = 1 << 20 };

/* Slots of the hash table for each fact that there is room for. */
enum { SLOTS_EACH = 2 };

/* A fact; its bytes are behind the table of facts. Stored like this, by ascending address and kind. */
struct fact {
	uint64_t address;
	uint32_t kind;
	uint32_t size;
	uint64_t offset;	/* of its bytes */
};

struct facts {
	const struct od_stored *stored;
	const struct fact *items;
	size_t count;
	struct od_str bytes;
};

struct od_index {
	const struct od_store *store;	/* NULL: nothing is kept */
	char name[160];			/* of the files, without their suffix */
	char key[OD_STORE_KEY];
	struct od_stored stored_names;
	struct od_index_symbol *own_names;	/* where they could not be stored */
	const struct od_index_symbol *names;	/* by hash; NULL: not indexed */
	size_t name_count;
	unsigned wanted;			/* how often they were asked for in vain */
	struct od_stored stored, stored_recent;
	struct facts old;		/* of earlier runs */
	struct facts recent;		/* likewise: what was learned since the others became many */
	struct fact *learned;
	size_t count, capacity;
	uint32_t *slots;		/* hash table: index in learned + 1; 0: free; SLOTS_EACH * capacity */
	struct od_buf bytes;		/* of the learned facts */
};

/* The files of an index differ by kind in name and key. */
static struct od_str file_name(const struct od_index *index, const char *kind, char text[static 200])
{
	snprintf(text, 200, "%s.%s", index->name, kind);
	return od_str_from(text);
}

static bool load(const struct od_index *index, const char *kind, struct od_stored *ret)
{
	char name[200];

	return index->store && od_store_load(index->store, file_name(index, kind, name).ptr,
					     od_str_from(index->key), ret);
}

static void save(const struct od_index *index, const char *kind, struct od_str bytes)
{
	char name[200];

	if (index->store)
		od_store_save(index->store, file_name(index, kind, name).ptr, od_str_from(index->key), bytes);
}

/*
 * A build ID names a build, but several files may bear it (stripped, with debug info only), and a file may be
 * changed and keep it: the key tells them apart.
 */
static void set_key(struct od_index *index, const struct od_image *image)
{
	const struct od_file_identity *id = &image->file.identity;

	snprintf(index->key, sizeof(index->key), "%d %s %llx %llx %llx %llx", VERSION, image->build_id,
		 (unsigned long long)id->device, (unsigned long long)id->inode, (unsigned long long)id->size,
		 (unsigned long long)id->changed);
	snprintf(index->name, sizeof(index->name), "%s-%016llx", image->build_id,
		 (unsigned long long)od_store_hash(od_str_from(index->key), 0));
}

static bool is_before(const struct fact *a, uint64_t address, uint32_t kind)
{
	return a->address != address ? a->address < address : a->kind < kind;
}

/* The layout of a file of facts: their number, the facts, their bytes. Every field is checked when it is used. */
static struct facts facts_of(const struct od_stored *stored)
{
	uint64_t count;

	if (stored->bytes.len < 16 || !od_stored_check(stored, stored->bytes.ptr, 16))
		return (struct facts){0};
	memcpy(&count, stored->bytes.ptr, sizeof(count));
	struct od_str rest = od_str_from_index(stored->bytes, 16);
	if (count > rest.len / sizeof(struct fact))
		return (struct facts){0};
	return (struct facts){stored, (const struct fact *)(const void *)rest.ptr, count,
			      od_str_from_index(rest, count * sizeof(struct fact))};
}

/* The fact of this number; NULL: the file is damaged there. */
static const struct fact *stored_fact(const struct facts *facts, size_t number)
{
	const struct fact *fact = &facts->items[number];

	return od_stored_check(facts->stored, fact, sizeof(*fact)) ? fact : NULL;
}

static bool find_stored(const struct facts *facts, uint64_t address, uint32_t kind, struct od_str *ret)
{
	size_t low = 0, high = facts->count;
	const struct fact *fact;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (!(fact = stored_fact(facts, middle)))
			return false;
		if (is_before(fact, address, kind))
			low = middle + 1;
		else
			high = middle;
	}
	if (low == facts->count || !(fact = stored_fact(facts, low)))
		return false;
	if (fact->address != address || fact->kind != kind || fact->offset > facts->bytes.len ||
	    fact->size > facts->bytes.len - fact->offset)
		return false;
	*ret = od_str_first(od_str_from_index(facts->bytes, fact->offset), fact->size);
	return !ret->len || od_stored_check(facts->stored, ret->ptr, ret->len);
}

static struct facts load_facts(const struct od_index *index, const char *kind, struct od_stored *stored)
{
	od_stored_deinit(stored);
	return load(index, kind, stored) ? facts_of(stored) : (struct facts){0};
}

static bool is_large(const struct od_index *index)
{
	return index->stored.bytes.len > LARGE;
}

static void reload_facts(struct od_index *index)
{
	index->recent = (struct facts){0};
	index->old = load_facts(index, "facts", &index->stored);
	if (is_large(index))
		index->recent = load_facts(index, "recent", &index->stored_recent);
}

static void load_names(struct od_index *index)
{
	if (!load(index, "names", &index->stored_names))
		return;
	index->names = (const void *)index->stored_names.bytes.ptr;
	index->name_count = index->stored_names.bytes.len / sizeof(*index->names);
}

struct od_index *od_index_create(const struct od_image *image, const struct od_store *store, uint64_t smallest)
{
	struct od_index *index = calloc(1, sizeof(*index));

	if (!index)
		return NULL;
	if (!store || !image->build_id[0] || image->file.identity.size < smallest)
		return index;
	index->store = store;
	set_key(index, image);
	load_names(index);
	reload_facts(index);
	return index;
}

static int by_address(const void *a, const void *b)
{
	const struct fact *x = a, *y = b;

	if (x->address == y->address && x->kind == y->kind)
		return 0;
	return is_before(x, y->address, y->kind) ? -1 : 1;
}

static bool is_learned(const struct od_index *index, uint64_t address, uint32_t kind);

/* Takes over facts of earlier runs, as far as there is room. */
static void keep(struct od_index *index, const struct facts *facts)
{
	for (size_t i = 0; i < facts->count && index->bytes.len < STORED_LIMIT; i++) {
		const struct fact *fact = stored_fact(facts, i);
		struct od_str bytes;
		if (fact && !is_learned(index, fact->address, fact->kind) &&
		    find_stored(facts, fact->address, fact->kind, &bytes))
			od_index_learn(index, fact->kind, fact->address, bytes);
	}
}

static void save_learned(struct od_index *index, const char *kind)
{
	const uint64_t head[2] = {index->count};
	struct od_buf out = {0};

	qsort(index->learned, index->count, sizeof(*index->learned), by_address);
	od_buf_put(&out, (struct od_str){(const char *)head, sizeof(head)});
	od_buf_put(&out, (struct od_str){(const char *)index->learned, index->count * sizeof(*index->learned)});
	od_buf_put(&out, od_buf_str(&index->bytes));
	if (!out.failed)
		save(index, kind, od_buf_str(&out));
	od_buf_deinit(&out);
}

static void save_facts(struct od_index *index)
{
	static const char none[16];

	reload_facts(index); /* another process may have added some */
	const bool large = is_large(index), apart = large && index->bytes.len + index->recent.bytes.len <= LARGE;
	keep(index, &index->recent);
	if (!apart)
		keep(index, &index->old);
	save_learned(index, apart ? "recent" : "facts");
	if (large && !apart)
		save(index, "recent", (struct od_str){none, sizeof(none)});
}

void od_index_destroy(struct od_index *index)
{
	if (!index)
		return;
	if (index->store && index->count)
		save_facts(index);
	od_stored_deinit(&index->stored_names);
	free(index->own_names);
	od_stored_deinit(&index->stored);
	od_stored_deinit(&index->stored_recent);
	od_buf_deinit(&index->bytes);
	free(index->learned);
	free(index->slots);
	free(index);
}

bool od_index_wants_names(struct od_index *index)
{
	enum { PATIENCE = 2 };

	return !index->names && (index->store || ++index->wanted > PATIENCE);
}

static int by_hash(const void *a, const void *b)
{
	const struct od_index_symbol *x = a, *y = b;
	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return (x->symbol > y->symbol) - (x->symbol < y->symbol);
}

void od_index_set_names(struct od_index *index, struct od_index_symbol *symbols, size_t count)
{
	qsort(symbols, count, sizeof(*symbols), by_hash);
	index->own_names = symbols;
	index->names = symbols;
	index->name_count = count;
	save(index, "names", (struct od_str){(const char *)symbols, count * sizeof(*symbols)});
}

/* The file is damaged: it is as if there were none, and is written anew. */
static void forget_names(struct od_index *index)
{
	od_stored_deinit(&index->stored_names);
	index->names = NULL;
	index->name_count = 0;
}

static bool is_name_sound(const struct od_index *index, size_t number)
{
	return index->own_names || od_stored_check(&index->stored_names, &index->names[number], sizeof(*index->names));
}

/*
 * The number of the first name that does not come before the hash. Hashes are spread evenly, so that where it must be
 * can be told, and few blocks of the file are touched and checked. False: the file is damaged.
 */
static bool find_first(const struct od_index *index, uint32_t hash, size_t *ret)
{
	enum { GUESSES = 8 };
	size_t low = 0, high = index->name_count;
	uint64_t before = 0, behind = (uint64_t)UINT32_MAX + 1;

	for (unsigned i = 0; low < high; i++) {
		const uint64_t share = hash >= before && hash < behind ? (uint64_t)hash - before : 0;
		size_t middle = low + (high - low) / 2;
		if (i < GUESSES)
			middle = low + (size_t)(share * (high - low - 1) / (behind - before + 1));
		if (!is_name_sound(index, middle))
			return false;
		const uint32_t found = index->names[middle].hash;
		if (found < hash) {
			low = middle + 1;
			before = found;
		} else {
			high = middle;
			behind = (uint64_t)found + 1;
		}
	}
	*ret = low;
	return true;
}

const struct od_index_symbol *od_index_find_name(struct od_index *index, uint32_t hash, size_t *count)
{
	size_t first, end;

	if (!index->names)
		return NULL;
	bool sound = find_first(index, hash, &first);
	for (end = first; sound && end < index->name_count; end++) {
		sound = is_name_sound(index, end);
		if (sound && index->names[end].hash != hash)
			break;
	}
	if (!sound) {
		forget_names(index);
		return NULL;
	}
	*count = end - first;
	return &index->names[first];
}

/* The slot of a fact, or the free one where it belongs. */
static uint32_t *find_slot(const struct od_index *index, uint64_t address, uint32_t kind)
{
	const size_t count = SLOTS_EACH * index->capacity;
	uint64_t hash = (address + kind) * 0x9e3779b97f4a7c15u;

	for (size_t slot = (hash >> 40) % count;; slot = (slot + 1) % count) {
		if (!index->slots[slot])
			return &index->slots[slot];
		const struct fact *fact = &index->learned[index->slots[slot] - 1];
		if (fact->address == address && fact->kind == kind)
			return &index->slots[slot];
	}
}

static bool is_learned(const struct od_index *index, uint64_t address, uint32_t kind)
{
	return index->count && *find_slot(index, address, kind);
}

bool od_index_get(const struct od_index *index, enum od_fact kind, uint64_t address, struct od_str *ret)
{
	uint32_t slot = index->count ? *find_slot(index, address, kind) : 0;

	if (!slot)
		return find_stored(&index->recent, address, kind, ret) || find_stored(&index->old, address, kind, ret);
	const struct fact *fact = &index->learned[slot - 1];
	*ret = (struct od_str){index->bytes.data + fact->offset, fact->size};
	return true;
}

/* Makes room for one more fact; false: there is none. A table that is large from the start is a page for every look at it. */
static bool make_room(struct od_index *index)
{
	if (index->count < index->capacity)
		return true;
	size_t capacity = index->capacity ? 2 * index->capacity : FIRST_CAPACITY;
	uint32_t *slots = index->count < FACT_LIMIT ? calloc(SLOTS_EACH * capacity, sizeof(*slots)) : NULL;
	struct fact *grown = slots ? realloc(index->learned, capacity * sizeof(*grown)) : NULL;
	if (!grown) {
		free(slots);
		return false;
	}
	free(index->slots);
	index->slots = slots;
	index->learned = grown;
	index->capacity = capacity;
	for (size_t i = 0; i < index->count; i++)
		*find_slot(index, grown[i].address, grown[i].kind) = (uint32_t)i + 1;
	return true;
}

void od_index_learn(struct od_index *index, enum od_fact kind, uint64_t address, struct od_str bytes)
{
	if (bytes.len > UINT32_MAX || bytes.len > BYTES_LIMIT - index->bytes.len || !make_room(index))
		return;
	uint32_t *slot = find_slot(index, address, kind);
	struct fact fact = {address, kind, (uint32_t)bytes.len, index->bytes.len};
	od_buf_put(&index->bytes, bytes);
	if (index->bytes.failed)
		return;
	if (!*slot)
		*slot = (uint32_t)++index->count;
	index->learned[*slot - 1] = fact;
}
