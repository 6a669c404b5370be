// SPDX-License-Identifier: GPL-3.0-or-later
/* The kernel's symbol table: searched for by its shape, and read. The table is made as scripts/kallsyms.c 5.10 does. */
#include "tests/memory_image.h"
#include "vmcore/kallsyms.h"

enum { COUNT = 300, WORD = 8, TABLE_AT = 0x2000 };

struct table {
	struct od_kallsyms_place place;	/* where the parts were put */
	size_t end;
};

static size_t align(size_t at)
{
	return (at + WORD - 1) / WORD * WORD;
}

/* Symbols "f000" … "f299" of type t, 16 bytes apart from IMAGE_BASE on: a token per character. */
static struct table build(struct image *image, unsigned marker_size)
{
	struct table table = {0};
	size_t at = TABLE_AT, markers[2] = {0};

	memset(image, 0xcc, sizeof(*image));
	image->end = IMAGE_SIZE;
	table.place.offsets = IMAGE_BASE + at;
	for (unsigned i = 0; i < COUNT; i++)
		image_put(image, at + 4 * i, 16 * i, 4);
	at = align(at + 4 * COUNT);
	table.place.base = IMAGE_BASE + at;
	image_put(image, at, IMAGE_BASE, 8);
	at += WORD;
	table.place.count = IMAGE_BASE + at;
	image_put(image, at, COUNT, 8);
	at += WORD;
	table.place.names = IMAGE_BASE + at;
	size_t names = at;
	for (unsigned i = 0; i < COUNT; i++) {
		char name[8];
		snprintf(name, sizeof(name), "tf%03u", i);
		if (i == 256)
			markers[1] = at - names;
		image->bytes[at++] = 5;
		memcpy(image->bytes + at, name, 5);
		at += 5;
	}
	for (; at % WORD; at++)
		image->bytes[at] = 0;
	image_put(image, at, markers[0], marker_size);
	image_put(image, at + marker_size, markers[1], marker_size);
	at = align(at + 2 * marker_size);
	table.place.tokens = IMAGE_BASE + at;
	size_t starts[256], tokens = at;
	for (unsigned i = 0; i < 256; i++) {
		starts[i] = at - tokens;
		image->bytes[at++] = i < 0x20 ? 'x' : (unsigned char)i;
		if (i < 0x20)
			image->bytes[at++] = 'y';
		image->bytes[at++] = 0;
	}
	for (; at % WORD; at++)
		image->bytes[at] = 0;
	table.place.token_index = IMAGE_BASE + at;
	for (unsigned i = 0; i < 256; i++)
		image_put(image, at + 2 * i, starts[i], 2);
	table.end = at + 512;
	return table;
}

static void a_table_is_found_by_its_shape_and_read(void **unused)
{
	static struct image image;
	static const unsigned marker_sizes[] = {4, 8};

	(void)unused;
	for (size_t i = 0; i < ARRAY_SIZE(marker_sizes); i++) {
		struct table table = build(&image, marker_sizes[i]);
		struct od_memory memory = image_memory(&image);
		struct od_kallsyms_place place;
		struct od_trail trail = {{0}};
		struct od_kallsyms *symbols;
		struct od_symbol symbol;
		uint64_t address = 0;

		assert_true(od_kallsyms_search(&memory, IMAGE_BASE, IMAGE_SIZE, &place));
		assert_memory_equal(&place, &table.place, sizeof(place));
		assert_int_equal(od_kallsyms_read(&trail, &memory, &place, &symbols), OD_OK);
		assert_true(od_kallsyms_at(symbols, IMAGE_BASE + 16 * 257 + 3, &symbol));
		assert_string_equal(symbol.name, "f257");
		assert_int_equal(symbol.size, 16);
		const struct od_symbol_wish wish = {"f299", &address};
		od_kallsyms_find(symbols, &wish, 1);
		assert_int_equal(address, IMAGE_BASE + 16 * 299);
		od_kallsyms_destroy(symbols);
	}
}

static void a_table_that_does_not_fit_itself_is_none(void **unused)
{
	static struct image image;
	struct od_kallsyms_place place;

	(void)unused;
	/* one part is wrong: the index, a marker, the number of symbols, a name's length; or it is cut off */
	for (unsigned what = 0; what < 5; what++) {
		struct table table = build(&image, 4);
		struct od_memory memory = image_memory(&image);
		switch (what) {
		case 0: image.bytes[table.place.token_index - IMAGE_BASE + 40] ^= 1; break;
		case 1: image.bytes[table.place.tokens - IMAGE_BASE - 4] ^= 1; break;
		case 2: image.bytes[table.place.count - IMAGE_BASE] ^= 1; break;
		case 3: image.bytes[table.place.names - IMAGE_BASE + 6 * 290] ^= 1; break;
		default: image.end = table.end - 1;
		}
		print_message("%u\n", what);
		assert_false(od_kallsyms_search(&memory, IMAGE_BASE, IMAGE_SIZE, &place));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_table_is_found_by_its_shape_and_read),
		cmocka_unit_test(a_table_that_does_not_fit_itself_is_none),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
