// SPDX-License-Identifier: GPL-3.0-or-later
/* The two files of an index, larger than what is checked as a whole. */
#include "tests/directory.h"

#include <glob.h>
#include <unistd.h>

#include "symbolize/index.h"

enum { NAMES = 20000, FACTS = 4000, MANY = 16000 };

static struct od_store *store;
static const struct od_image image = {.build_id = "deadbeef", .file.identity.size = 1 << 20};

static int setup(void **state)
{
	(void)state;
	store = make_directory() == 0 ? od_store_create(directory, 64 << 20) : NULL;
	return store ? 0 : -1;
}

static int teardown(void **state)
{
	(void)state;
	od_store_destroy(store);
	return remove_directory();
}

static struct od_index *open_index(void)
{
	struct od_index *index = od_index_create(&image, store, 1);

	assert_non_null(index);
	return index;
}

/* Spread evenly, crowded at one place, all the same, at both ends. */
static uint32_t hash_of(unsigned kind, uint32_t i)
{
	const uint32_t spread = i * 2654435761u;

	switch (kind) {
	case 0: return spread & ~1u;
	case 1: return 0x80000000 + 2 * (i / 3);
	case 2: return 42;
	default: return i % 2 ? UINT32_MAX - 2 * (i / 100) : 2 * (i / 100);
	}
}

static void save_names(unsigned kind)
{
	struct od_index_symbol *symbols = calloc(NAMES, sizeof(*symbols));
	struct od_index *index = open_index();

	assert_non_null(symbols);
	for (uint32_t i = 0; i < NAMES; i++)
		symbols[i] = (struct od_index_symbol){hash_of(kind, i), i, i};
	od_index_set_names(index, symbols, NAMES);
	od_index_destroy(index);
}

/* What the index says of the name: how many have its hash; -1: the names are not indexed. */
static int find(struct od_index *index, unsigned kind, uint32_t number)
{
	size_t count;
	bool among = false;
	const struct od_index_symbol *found = od_index_find_name(index, hash_of(kind, number), &count);

	if (!found)
		return -1;
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(found[i].hash, hash_of(kind, number));
		assert_int_equal(found[i].hash, hash_of(kind, found[i].symbol));
		among |= found[i].symbol == number;
	}
	assert_true(among);
	return (int)count;
}

static void names_are_found_however_their_hashes_are_spread(void **state)
{
	(void)state;

	for (unsigned kind = 0; kind < 4; kind++) {
		size_t count;
		save_names(kind);
		struct od_index *index = open_index();
		for (uint32_t i = 0; i < NAMES; i += kind == 2 ? 997 : 7)
			assert_true(find(index, kind, i) > 0);
		for (uint32_t odd = 1; odd < UINT32_MAX - 3000000; odd += 3000000) {
			assert_non_null(od_index_find_name(index, odd, &count));
			assert_true(count == 0 || kind == 3);
		}
		od_index_destroy(index);
	}
}

static void file_of(const char *kind, char path[static 256])
{
	char pattern[128];
	glob_t found;

	snprintf(pattern, sizeof(pattern), "%s/*.%s.odx", directory, kind);
	assert_int_equal(glob(pattern, 0, NULL, &found), 0);
	assert_int_equal(found.gl_pathc, 1);
	snprintf(path, 256, "%s", found.gl_pathv[0]);
	globfree(&found);
}

static void flip(const char *path, long at)
{
	FILE *file = fopen(path, "r+");

	assert_non_null(file);
	assert_int_equal(fseek(file, at, SEEK_SET), 0);
	int c = fgetc(file);
	assert_int_equal(fseek(file, at, SEEK_SET), 0);
	fputc(c ^ 0x10, file);
	assert_int_equal(fclose(file), 0);
}

static long size_of(const char *path)
{
	FILE *file = fopen(path, "r");

	assert_non_null(file);
	assert_int_equal(fseek(file, 0, SEEK_END), 0);
	long size = ftell(file);
	fclose(file);
	return size;
}

static void a_damaged_block_of_names_is_noticed_when_it_is_used(void **state)
{
	(void)state;
	char path[256];
	unsigned noticed = 0;

	save_names(0);
	file_of("names", path);
	for (long at = 400; at < size_of(path); at += 9973) {
		flip(path, at);
		struct od_index *index = open_index();
		bool whole = true;
		for (uint32_t i = 0; whole && i < NAMES; i += 3)
			whole = find(index, 0, i) > 0;
		noticed += !whole;
		assert_int_equal(od_index_wants_names(index), !whole);
		od_index_destroy(index);
		flip(path, at);
	}
	assert_true(noticed > 20);
}

static void fact(uint32_t number, char text[static 64])
{
	snprintf(text, 64, "what is known of address %u, in some more words", number);
}

static void save_facts(uint32_t from, uint32_t to)
{
	struct od_index *index = open_index();
	char text[64];

	for (uint32_t i = from; i < to; i++) {
		fact(i, text);
		od_index_learn(index, OD_FACT_PLACES, i * 16, od_str_from(text));
	}
	od_index_destroy(index);
}

/* How many facts are known; all that are, are right. */
static uint32_t known_facts(void)
{
	struct od_index *index = open_index();
	uint32_t known = 0;

	for (uint32_t i = 0; i < FACTS; i++) {
		struct od_str said;
		char text[64];
		fact(i, text);
		if (!od_index_get(index, OD_FACT_PLACES, i * 16, &said))
			continue;
		assert_true(od_str_equal(said, od_str_from(text)));
		known++;
	}
	od_index_destroy(index);
	return known;
}

static void facts_of_a_damaged_block_are_not_believed_the_others_are(void **state)
{
	(void)state;
	char path[256];

	save_facts(0, FACTS);
	file_of("facts", path);
	assert_int_equal(known_facts(), FACTS);
	for (long at = 400; at < size_of(path); at += 19937) {
		flip(path, at);
		assert_true(known_facts() < FACTS);
		flip(path, at);
	}
	assert_int_equal(known_facts(), FACTS);
}

static void what_is_sound_is_kept_when_the_file_is_written_anew(void **state)
{
	(void)state;
	char path[256];

	save_facts(0, FACTS - 1);
	file_of("facts", path);
	flip(path, size_of(path) / 2);
	save_facts(FACTS - 1, FACTS);
	const uint32_t known = known_facts();
	assert_in_range(known, FACTS - 200, FACTS - 1);
	save_facts(0, FACTS);
	assert_int_equal(known_facts(), FACTS);
}

static bool is_known(uint32_t number)
{
	struct od_index *index = open_index();
	struct od_str said;
	char text[64];

	fact(number, text);
	bool known = od_index_get(index, OD_FACT_PLACES, number * 16, &said);
	assert_true(!known || od_str_equal(said, od_str_from(text)));
	od_index_destroy(index);
	return known;
}

/* A megabyte and more is not written anew for one more fact. */
static void what_is_new_stands_apart_from_very_many_facts(void **state)
{
	(void)state;
	char facts[256], recent[256];

	save_facts(0, MANY);
	file_of("facts", facts);
	const long size = size_of(facts);
	assert_true(size > 1 << 20);
	save_facts(MANY, MANY + 1);
	save_facts(MANY + 1, MANY + 3);
	file_of("recent", recent);
	assert_true(size_of(recent) < 4096);
	assert_int_equal(size_of(facts), size);
	for (uint32_t i = MANY - 2; i < MANY + 3; i++)
		assert_true(is_known(i));
	/* until these are many, too */
	save_facts(MANY + 3, 2 * MANY);
	assert_int_equal(size_of(facts), size);
	save_facts(2 * MANY, 3 * MANY);
	assert_true(size_of(facts) > 2 * size);
	assert_true(size_of(recent) < 1024);
	for (uint32_t i = 0; i < 3 * MANY; i += 97)
		assert_true(is_known(i));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(names_are_found_however_their_hashes_are_spread, setup, teardown),
		cmocka_unit_test_setup_teardown(a_damaged_block_of_names_is_noticed_when_it_is_used, setup, teardown),
		cmocka_unit_test_setup_teardown(facts_of_a_damaged_block_are_not_believed_the_others_are, setup, teardown),
		cmocka_unit_test_setup_teardown(what_is_new_stands_apart_from_very_many_facts, setup, teardown),
		cmocka_unit_test_setup_teardown(what_is_sound_is_kept_when_the_file_is_written_anew, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
