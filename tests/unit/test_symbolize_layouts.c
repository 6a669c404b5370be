// SPDX-License-Identifier: GPL-3.0-or-later
/* Types by name out of debug info: this program's own. */
#include "symbolize/layouts.h"
#include "tests/test.h"

enum flavour { FLAVOUR_SWEET, FLAVOUR_SOUR = 7 };

struct cake;

struct layer {
	int height;
	unsigned soft : 3, burnt : 5;
};

struct cake {
	const char *name;
	union {
		long weight;
		struct layer top;
	};
	struct layer layers[2][3];
	enum flavour flavour;
	volatile struct cake *next;
	int (*eat)(struct cake *);
};

static struct cake cake = {.name = "plum", .flavour = FLAVOUR_SOUR};
static struct { struct layer inside; } oven;

__attribute__((noinline)) int layouts_anchor(struct cake *what);
int layouts_anchor(struct cake *what)
{
	return what->layers[1][2].height + (int)what->top.soft + oven.inside.height;
}

/* The type of a member by name, also in an anonymous one; its offset in bits. */
static const struct od_layout *member(const struct od_layouts *layouts, const struct od_layout *of, const char *name, uint64_t *offset,
				      uint32_t *bits)
{
	for (size_t i = 0; i < of->members.count; i++) {
		const struct od_layout_member *item = &of->members.items[i];
		const struct od_layout *type = item->type ? &layouts->types.items[item->type - 1] : NULL;
		uint64_t inner = 0;
		*offset = item->offset;
		*bits = item->bits;
		if (od_str_equal(item->name, od_str_from(name)))
			return type;
		if (!item->name.len && type && (type = member(layouts, type, name, &inner, bits)) != NULL) {
			*offset = item->offset + inner;
			return type;
		}
	}
	return NULL;
}

static const struct od_layout *find(const struct od_layouts *layouts, const char *name)
{
	for (size_t i = 0; i < layouts->types.count; i++)
		if (od_str_equal(layouts->types.items[i].name, od_str_from(name)) && layouts->types.items[i].kind != OD_LAYOUT_DECLARED)
			return &layouts->types.items[i];
	return NULL;
}

static void types_are_read_with_what_they_consist_of(void **unused)
{
	static const struct { const char *name; uint64_t offset; uint32_t bits; enum od_layout_kind kind; } rows[] = {
		{"name", 8 * offsetof(struct cake, name), 0, OD_LAYOUT_POINTER},
		{"weight", 8 * offsetof(struct cake, weight), 0, OD_LAYOUT_INT},
		{"top", 8 * offsetof(struct cake, top), 0, OD_LAYOUT_STRUCT},
		{"layers", 8 * offsetof(struct cake, layers), 0, OD_LAYOUT_ARRAY},
		{"flavour", 8 * offsetof(struct cake, flavour), 0, OD_LAYOUT_ENUM},
		{"next", 8 * offsetof(struct cake, next), 0, OD_LAYOUT_POINTER},
		{"eat", 8 * offsetof(struct cake, eat), 0, OD_LAYOUT_POINTER},
	};
	static const struct od_str functions[] = {OD_STR("no_such_function"), OD_STR("layouts_anchor")};
	static const struct od_str names[] = {OD_STR("cake"), OD_STR("oven"), OD_STR("nobody")};
	const struct od_layout_wish wish = {.functions = functions, .function_count = ARRAY_SIZE(functions), .names = names,
					    .count = ARRAY_SIZE(names)};
	struct od_image *image = od_image_open(NULL, "/proc/self/exe");
	struct od_arena *arena = od_arena_create(1 << 20);
	struct od_layouts layouts = {0};
	uint64_t offset;
	uint32_t bits;

	(void)unused;
	assert_true(image && arena && !image->fault);
	assert_int_equal(layouts_anchor(&cake), 0);
	if (!od_image_has_dwarf(image))
		skip();
	assert_true(od_layouts_read(image, &wish, arena, &layouts));
	const struct od_layout *type = find(&layouts, "cake");
	assert_non_null(type);
	assert_int_equal(type->size, sizeof(struct cake));
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		const struct od_layout *got = member(&layouts, type, rows[i].name, &offset, &bits);
		print_message("%s\n", rows[i].name);
		assert_non_null(got);
		assert_int_equal(got->kind, rows[i].kind);
		assert_int_equal(offset, rows[i].offset);
	}
	const struct od_layout *array = member(&layouts, type, "layers", &offset, &bits);
	assert_int_equal(array->count, 2);
	assert_int_equal(layouts.types.items[array->target - 1].count, 3);
	const struct od_layout *layer = find(&layouts, "layer");	/* the variable's type, and that of the array */
	assert_non_null(layer);
	member(&layouts, layer, "burnt", &offset, &bits);
	assert_int_equal(offset, 32 + 3);
	assert_int_equal(bits, 5);
	const struct od_layout *flavour = member(&layouts, type, "flavour", &offset, &bits);
	assert_int_equal(flavour->members.items[1].offset, FLAVOUR_SOUR);
	assert_null(find(&layouts, "nobody"));
	od_arena_destroy(arena);
	od_image_close(image);
}

static void what_is_in_other_units_is_not_found(void **unused)
{
	static const struct od_str functions[] = {OD_STR("od_arena_create")}, names[] = {OD_STR("cake")};
	const struct od_layout_wish wish = {.functions = functions, .function_count = 1, .names = names, .count = 1};
	struct od_image *image = od_image_open(NULL, "/proc/self/exe");
	struct od_arena *arena = od_arena_create(1 << 20);
	struct od_layouts layouts = {0};

	(void)unused;
	assert_true(image && arena);
	assert_false(od_layouts_read(image, &wish, arena, &layouts));
	od_arena_destroy(arena);
	od_image_close(image);
}

static void addresses_are_where_the_image_was_linked(void **unused)
{
	static const struct od_str symbols[] = {OD_STR("layouts_anchor"), OD_STR("nobody"), OD_STR("cake")};
	const struct od_layout_wish wish = {.symbols = symbols, .symbol_count = ARRAY_SIZE(symbols)};
	struct od_image *image = od_image_open(NULL, "/proc/self/exe");
	struct od_arena *arena = od_arena_create(1 << 20);
	struct od_layouts layouts = {0};

	(void)unused;
	assert_true(image && arena);
	if (image->fault)
		skip(); /* stripped */
	assert_true(od_layouts_read(image, &wish, arena, &layouts));
	assert_int_equal(layouts.addresses.count, 3);
	assert_int_equal(layouts.types.count, 0);
	assert_int_equal(layouts.addresses.items[1], 0);
	assert_int_equal(layouts.addresses.items[2] - layouts.addresses.items[0], (uintptr_t)&cake - (uintptr_t)layouts_anchor);
	od_arena_destroy(arena);
	od_image_close(image);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(types_are_read_with_what_they_consist_of),
		cmocka_unit_test(addresses_are_where_the_image_was_linked),
		cmocka_unit_test(what_is_in_other_units_is_not_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
