// SPDX-License-Identifier: GPL-3.0-or-later
/* What a dump says of itself: type information (BTF), VMCOREINFO, notes. */
#include "tests/test.h"
#include "vmcore/btf.h"
#include "vmcore/notes.h"
#include "vmcore/vmcoreinfo.h"

enum { KIND_INT = 1, KIND_PTR = 2, KIND_ARRAY = 3, KIND_STRUCT = 4, KIND_UNION = 5, KIND_TYPEDEF = 8, KIND_UNKNOWN = 30 };

struct builder {
	unsigned char types[1024];
	size_t types_len;
	char strings[512];
	size_t strings_len;
};

static void put(struct builder *builder, uint32_t value)
{
	for (unsigned i = 0; i < 4; i++)
		builder->types[builder->types_len++] = (unsigned char)(value >> 8 * i);
}

static uint32_t name(struct builder *builder, const char *text)
{
	size_t at = builder->strings_len;

	memcpy(builder->strings + at, text, strlen(text) + 1);
	builder->strings_len += strlen(text) + 1;
	return (uint32_t)at;
}

static void type(struct builder *builder, const char *text, uint32_t kind, uint32_t members, uint32_t size)
{
	put(builder, text ? name(builder, text) : 0);
	put(builder, kind << 24 | members);
	put(builder, size);
}

static void member(struct builder *builder, const char *text, uint32_t id, uint32_t bits)
{
	put(builder, text ? name(builder, text) : 0);
	put(builder, id);
	put(builder, bits);
}

/*
 * 1 int; 2 int *; 3 int[5]; 4 struct inner { int a; int b; }; 5 union { struct inner inner; int *pointer; };
 * 6 struct outer { int first; union 5; int[5] array; }; 7 typedef struct outer outer_t;
 * 8 struct fields { u16 offset; unsigned low:4, high:4 }
 */
static void build(struct builder *builder)
{
	*builder = (struct builder){.strings_len = 1};
	type(builder, "int", KIND_INT, 0, 4);
	put(builder, 32);
	type(builder, NULL, KIND_PTR, 0, 1);
	type(builder, NULL, KIND_ARRAY, 0, 0);
	put(builder, 1);
	put(builder, 1);
	put(builder, 5);
	type(builder, "inner", KIND_STRUCT, 2, 8);
	member(builder, "a", 1, 0);
	member(builder, "b", 1, 32);
	type(builder, NULL, KIND_UNION, 2, 8);
	member(builder, "inner", 4, 0);
	member(builder, "pointer", 2, 0);
	type(builder, "outer", KIND_STRUCT, 3, 36);
	member(builder, "first", 1, 0);
	member(builder, NULL, 5, 64);
	member(builder, "array", 3, 128);
	type(builder, "outer_t", KIND_TYPEDEF, 0, 6);
	type(builder, "fields", KIND_STRUCT | 0x80, 2, 4);
	member(builder, "low", 1, 16 | 4 << 24);
	member(builder, "high", 1, 20 | 4 << 24);
}

static unsigned char *finish(const struct builder *builder, size_t *size)
{
	const uint32_t header[] = {0x0001eb9f, 24, 0, (uint32_t)builder->types_len, (uint32_t)builder->types_len,
				   (uint32_t)builder->strings_len};
	unsigned char *bytes = malloc(24 + builder->types_len + builder->strings_len);

	assert_non_null(bytes);
	for (unsigned i = 0; i < 24; i++)
		bytes[i] = (unsigned char)(header[i / 4] >> 8 * (i % 4));
	memcpy(bytes + 24, builder->types, builder->types_len);
	memcpy(bytes + 24 + builder->types_len, builder->strings, builder->strings_len);
	*size = 24 + builder->types_len + builder->strings_len;
	return bytes;
}

/* The same as a big-endian machine has it. */
static void turn_round(unsigned char *bytes, size_t types_len)
{
	for (size_t at = 0; at < 24 + types_len; at += 4) {
		unsigned char word[4] = {bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]};
		for (unsigned i = 0; i < 4; i++)
			bytes[at + i] = word[3 - i];
	}
	/* a magic of two bytes, version and flags */
	const unsigned char first[] = {bytes[2], bytes[3], bytes[1], bytes[0]};
	memcpy(bytes, first, sizeof(first));
}

static void check_members(const struct od_btf *btf)
{
	static const struct {
		const char *structure, *path;
		bool found;
		uint64_t offset, size;
		unsigned bit, bits;
	} rows[] = {
		{"outer", "first", true, 0, 4, 0, 0},
		{"outer", "inner", true, 8, 8, 0, 0},		/* inside an anonymous union */
		{"outer", "inner.b", true, 12, 4, 0, 0},
		{"outer", "pointer", true, 8, 8, 0, 0},
		{"outer", "array", true, 16, 20, 0, 0},
		{"fields", "low", true, 2, 4, 0, 4},
		{"fields", "high", true, 2, 4, 4, 4},
		{"outer", "absent", false, 0, 0, 0, 0},
		{"outer", "first.absent", false, 0, 0, 0, 0},
		{"absent", "first", false, 0, 0, 0, 0},
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct od_btf_member got = {0};
		print_message("%s.%s\n", rows[i].structure, rows[i].path);
		assert_int_equal(od_btf_member(btf, rows[i].structure, rows[i].path, &got), rows[i].found);
		if (!rows[i].found)
			continue;
		assert_int_equal(got.offset, rows[i].offset);
		assert_int_equal(od_btf_size(btf, got.type), rows[i].size);
		assert_int_equal(got.bit_offset, rows[i].bit);
		assert_int_equal(got.bits, rows[i].bits);
	}
	assert_int_equal(od_btf_struct_with(btf, "b"), 4);
}

static void members_are_found_by_path(void **unused)
{
	struct od_trail trail = {{0}};
	struct builder builder;
	struct od_btf *btf;
	size_t size;

	(void)unused;
	build(&builder);
	for (unsigned order = 0; order < 2; order++) {
		unsigned char *bytes = finish(&builder, &size);
		if (order)
			turn_round(bytes, builder.types_len);
		assert_int_equal(od_btf_create(&trail, bytes, size, &btf), OD_OK);
		check_members(btf);
		od_btf_destroy(btf);
	}
}

static void types_are_described(void **unused)
{
	struct od_trail trail = {{0}};
	struct builder builder;
	struct od_btf_member member;
	struct od_btf_type got;
	struct od_btf *btf;
	const char *text;
	size_t size;

	(void)unused;
	build(&builder);
	unsigned char *bytes = finish(&builder, &size);
	assert_int_equal(od_btf_create(&trail, bytes, size, &btf), OD_OK);
	assert_true(od_btf_type(btf, 3, &got));
	assert_true(got.kind == OD_BTF_ARRAY && got.count == 5 && got.target == 1 && got.size == 20);
	assert_true(od_btf_type(btf, od_btf_find(btf, "outer_t"), &got));
	assert_true(got.kind == OD_BTF_STRUCT && got.is_typedef && got.count == 3 && got.target == 6);
	assert_string_equal(got.name, "outer_t");
	assert_true(od_btf_type(btf, 0, &got));
	assert_true(got.kind == OD_BTF_VOID);
	assert_false(od_btf_type(btf, 4711, &got));
	assert_true(od_btf_nth(btf, 6, 2, &member, &text));
	assert_string_equal(text, "array");
	assert_int_equal(member.offset, 16);
	assert_false(od_btf_nth(btf, 6, 3, &member, &text));
	assert_false(od_btf_nth(btf, 1, 0, &member, &text));
	od_btf_destroy(btf);
}

/* A module's types continue the kernel's numbers and strings, and are looked up among themselves. */
static void check_module(bool big_endian)
{
	struct builder base, own = {.strings_len = 0};
	struct od_trail trail = {{0}};
	struct od_btf_member found;
	struct od_btf_type described;
	struct od_btf *kernel, *module;
	size_t size;
	const char *text;

	build(&base);
	unsigned char *bytes = finish(&base, &size);
	if (big_endian)
		turn_round(bytes, base.types_len);
	assert_int_equal(od_btf_create(&trail, bytes, size, &kernel), OD_OK);
	/* 9 struct entry { struct inner in; struct entry *next; int value; }; 10 struct entry * */
	const struct od_btf_split split = {9, (uint32_t)base.strings_len};
	put(&own, split.start_string + name(&own, "entry"));
	put(&own, KIND_STRUCT << 24 | 3);
	put(&own, 24);
	for (unsigned i = 0; i < 3; i++) {
		static const uint32_t types[] = {4, 10, 1}, bits[] = {0, 64, 128};
		put(&own, i == 1 ? split.start_string + name(&own, "next") : 1 /* the base's "int" */);
		put(&own, types[i]);
		put(&own, bits[i]);
	}
	type(&own, NULL, KIND_PTR, 0, 9);
	bytes = finish(&own, &size);
	if (big_endian)
		turn_round(bytes, own.types_len);
	assert_int_equal(od_btf_create_split(&trail, bytes, size, kernel, &split, &module), OD_OK);
	assert_int_equal(od_btf_find(module, "entry"), 9);
	assert_int_equal(od_btf_find(module, "outer"), 0);
	assert_int_equal(od_btf_find(kernel, "entry"), 0);
	assert_int_equal(od_btf_size(module, 9), 24);
	assert_true(od_btf_member(module, "entry", "next", &found));
	assert_int_equal(found.offset, 8);
	assert_int_equal(od_btf_size(module, found.type), 8);
	assert_true(od_btf_type(module, found.type, &described));
	assert_int_equal(described.kind, OD_BTF_POINTER);
	assert_int_equal(described.target, 9);
	assert_true(od_btf_nth(module, 9, 2, &found, &text));
	assert_string_equal(text, "int");
	assert_true(od_btf_type(module, found.type, &described));
	assert_string_equal(described.name, "int");
	assert_true(od_btf_member_of(module, 9, "int", &found));
	assert_int_equal(found.offset, 0); /* both of that name: the first */
	od_btf_destroy(module);
	const struct od_btf_split none = {0, 0};
	bytes = finish(&own, &size);
	assert_int_equal(od_btf_create_split(&trail, bytes, size, kernel, &none, &module), OD_ERR_FORMAT);
	od_btf_destroy(kernel);
}

static void types_of_a_module_continue_the_kernels(void **unused)
{
	(void)unused;
	check_module(false);
	check_module(true);
}

static void an_unknown_kind_ends_the_reading(void **unused)
{
	struct od_trail trail = {{0}};
	struct builder builder;
	struct od_btf *btf;
	size_t size;

	(void)unused;
	build(&builder);
	type(&builder, "future", KIND_UNKNOWN, 0, 0);
	type(&builder, "behind", KIND_STRUCT, 0, 4);
	unsigned char *bytes = finish(&builder, &size);
	assert_int_equal(od_btf_create(&trail, bytes, size, &btf), OD_OK);
	assert_int_equal(od_btf_struct(btf, "outer"), 6);
	assert_int_equal(od_btf_struct(btf, "behind"), 0);
	od_btf_destroy(btf);
}

/* Every byte changed and every length: a failure, or answers from what is there; never a byte outside. */
static void damaged_types_are_bounded(void **unused)
{
	struct builder builder;
	size_t size;

	(void)unused;
	build(&builder);
	free(finish(&builder, &size));
	for (size_t i = 0; i < 2 * size; i++) {
		struct od_trail trail = {{0}};
		struct od_btf_member got;
		struct od_btf *btf = NULL;
		size_t len = i < size ? i : size;
		unsigned char *whole = finish(&builder, &size), *bytes = malloc(len ? len : 1);
		assert_non_null(bytes);
		memcpy(bytes, whole, len);
		free(whole);
		if (i >= size)
			bytes[i - size] ^= 0xff;
		if (od_btf_create(&trail, bytes, len, &btf) != OD_OK) {
			assert_true(trail.text[0]);
			continue;
		}
		if (od_btf_member(btf, "outer", "inner.b", &got))
			od_btf_size(btf, got.type);
		od_btf_destroy(btf);
	}
}

static void vmcoreinfo_is_read_leniently(void **unused)
{
	static const char text[] = "OSRELEASE=6.1.0\nSYMBOL(a)=ffffffff81000000\nNUMBER(n)=-129\nNUMBER(x)=0x10\n"
				   "OFFSET(s.m)=16\nbroken line\nSYMBOL(last)=1f\0\0";
	const struct od_str info = {text, sizeof(text) - 1};
	struct od_str value;
	uint64_t number;

	(void)unused;
	assert_true(od_vmcoreinfo_get(info, "OSRELEASE", &value));
	assert_str(value, "6.1.0");
	assert_true(od_vmcoreinfo_hex(info, "SYMBOL(a)", &number));
	assert_true(number == 0xffffffff81000000);
	assert_true(od_vmcoreinfo_number(info, "NUMBER(n)", &number));
	assert_true(number == (uint64_t)-129);
	assert_true(od_vmcoreinfo_number(info, "NUMBER(x)", &number));
	assert_int_equal(number, 16);
	assert_true(od_vmcoreinfo_number(info, "OFFSET(s.m)", &number));
	assert_int_equal(number, 16);
	assert_true(od_vmcoreinfo_hex(info, "SYMBOL(last)", &number));
	assert_int_equal(number, 0x1f);
	assert_false(od_vmcoreinfo_hex(info, "SYMBOL(absent)", &number));
	assert_false(od_vmcoreinfo_get(info, "broken", &value));
}

/* Bits are counted from the high end on a big-endian machine. */
static void bit_fields_are_taken_out(void **unused)
{
	static const struct { unsigned size, offset, bits; bool big_endian; uint64_t expected; } rows[] = {
		{4, 0, 4, false, 0x8}, {4, 4, 4, false, 0x7}, {4, 0, 4, true, 0x1}, {4, 4, 4, true, 0x2}, {4, 0, 15, true, 0x091a},
		{4, 7, 1, true, 0}, {4, 0, 32, true, 0x12345678}, {4, 0, 32, false, 0x12345678}, {4, 7, 30, true, 0x12345678},
	};

	(void)unused;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		assert_int_equal(od_btf_bits(0x12345678, rows[i].size, rows[i].offset, rows[i].bits, rows[i].big_endian),
				 rows[i].expected);
}

static void notes_end_where_they_are_cut(void **unused)
{
	static const unsigned char bytes[] = {
		5, 0, 0, 0, 3, 0, 0, 0, 1, 0, 0, 0, 'C', 'O', 'R', 'E', 0, 0, 0, 0, 'a', 'b', 'c', 0,
		11, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 'V', 'M', 'C', 'O', 'R', 'E', 'I', 'N', 'F', 'O', 0, 0, 'K', '=', '1', '\n',
	};
	struct od_str notes = {(const char *)bytes, sizeof(bytes)};
	struct od_note note;

	(void)unused;
	assert_str(od_vmcoreinfo_in_notes(notes, false), "K=1\n");
	assert_true(od_note_next(&notes, false, &note));
	assert_str(note.name, "CORE");
	assert_str(note.content, "abc");
	assert_true(od_note_next(&notes, false, &note));
	assert_false(od_note_next(&notes, false, &note));
	for (size_t len = 0; len < sizeof(bytes); len++) {
		struct od_str cut = {(const char *)bytes, len};
		unsigned count = 0;
		while (od_note_next(&cut, false, &note))
			count++;
		assert_int_equal(count, len >= 23); /* the padding may be missing */
	}
}

static void notes_of_a_big_endian_machine_are_read(void **unused)
{
	static const unsigned char bytes[] = {
		0, 0, 0, 5, 0, 0, 0, 3, 0, 0, 3, 5, 'C', 'O', 'R', 'E', 0, 0, 0, 0, 'a', 'b', 'c', 0,
		0, 0, 0, 11, 0, 0, 0, 4, 0, 0, 0, 0, 'V', 'M', 'C', 'O', 'R', 'E', 'I', 'N', 'F', 'O', 0, 0, 'K', '=', '1', '\n',
	};
	struct od_str notes = {(const char *)bytes, sizeof(bytes)}, other = notes;
	struct od_note note;

	(void)unused;
	assert_str(od_vmcoreinfo_in_notes(notes, true), "K=1\n");
	assert_true(od_note_next(&notes, true, &note));
	assert_int_equal(note.type, 0x305);
	assert_str(note.content, "abc");
	assert_false(od_note_next(&other, false, &note));
}

/* Types as debug info lays them out, put into BTF's form. */
static void layouts_become_types(void **unused)
{
	static struct od_layout_member outer[] = {
		{OD_STR("first"), 0, 0, 1}, {{NULL, 0}, 64, 0, 4}, {OD_STR("low"), 192, 3, 1}, {OD_STR("high"), 195, 5, 1},
		{OD_STR("list"), 256, 0, 5}, {OD_STR("next"), 384, 0, 6},
	};
	static struct od_layout_member inner[] = {{OD_STR("a"), 0, 0, 1}, {OD_STR("b"), 64, 0, 1}};
	static struct od_layout_member colours[] = {{OD_STR("RED"), 0, 0, 0}, {OD_STR("BLUE"), (uint64_t)-3, 0, 0}};
	static struct od_layout items[] = {
		{.kind = OD_LAYOUT_INT, .name = OD_STR("long"), .size = 8, .is_signed = true},
		{.kind = OD_LAYOUT_STRUCT, .name = OD_STR("outer"), .size = 56, .members = {outer, ARRAY_SIZE(outer), 0}},
		{.kind = OD_LAYOUT_ENUM, .name = OD_STR("colour"), .size = 4, .members = {colours, ARRAY_SIZE(colours), 0}},
		{.kind = OD_LAYOUT_UNION, .size = 16, .members = {inner, ARRAY_SIZE(inner), 0}},
		{.kind = OD_LAYOUT_ARRAY, .target = 1, .count = 2},
		{.kind = OD_LAYOUT_POINTER, .size = 8, .target = 7},
		{.kind = OD_LAYOUT_DECLARED, .name = OD_STR("outer")},
		{.kind = OD_LAYOUT_TYPEDEF, .name = OD_STR("outer_t"), .target = 2},
		{.kind = OD_LAYOUT_FUNCTION},
	};
	static const struct { const char *path; uint64_t offset, size; unsigned bit, bits; } rows[] = {
		{"first", 0, 8, 0, 0}, {"b", 16, 8, 0, 0}, {"low", 24, 8, 0, 3}, {"high", 24, 8, 3, 5}, {"list", 32, 16, 0, 0},
		{"next", 48, 8, 0, 0},
	};
	const struct od_layouts layouts = {.types = {items, ARRAY_SIZE(items), 0}};
	struct od_btf_member got;
	struct od_btf_type type;
	struct od_btf *btf;
	uint64_t value;

	(void)unused;
	assert_int_equal(od_btf_make(NULL, &layouts, &btf), OD_OK);
	assert_int_equal(od_btf_struct(btf, "outer"), 2);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		print_message("%s\n", rows[i].path);
		assert_true(od_btf_member(btf, "outer", rows[i].path, &got));
		assert_int_equal(got.offset, rows[i].offset);
		assert_int_equal(od_btf_size(btf, got.type), rows[i].size);
		assert_int_equal(got.bit_offset, rows[i].bit);
		assert_int_equal(got.bits, rows[i].bits);
	}
	assert_true(od_btf_enum_value(btf, "colour", "BLUE", &value));
	assert_int_equal(value, 0xfffffffd);
	assert_true(od_btf_type(btf, 6, &type) && type.kind == OD_BTF_POINTER);
	assert_true(od_btf_type(btf, type.target, &type) && type.kind == OD_BTF_DECLARED);
	assert_string_equal(type.name, "outer");
	assert_true(od_btf_type(btf, 8, &type) && type.is_typedef && type.size == 56);
	assert_true(od_btf_type(btf, 1, &type) && type.is_signed && !type.is_char);
	assert_true(od_btf_type(btf, 9, &type) && type.kind == OD_BTF_FUNCTION);
	od_btf_destroy(btf);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(layouts_become_types),
		cmocka_unit_test(members_are_found_by_path),
		cmocka_unit_test(types_are_described),
		cmocka_unit_test(types_of_a_module_continue_the_kernels),
		cmocka_unit_test(an_unknown_kind_ends_the_reading),
		cmocka_unit_test(damaged_types_are_bounded),
		cmocka_unit_test(vmcoreinfo_is_read_leniently),
		cmocka_unit_test(notes_end_where_they_are_cut),
		cmocka_unit_test(notes_of_a_big_endian_machine_are_read),
		cmocka_unit_test(bit_fields_are_taken_out),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
