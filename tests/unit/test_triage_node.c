// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/test.h"

#include "triage/node.h"
#include "triage/sha256.h"

static const struct {
	const char *name, *text;
	bool good;
} texts[] = {
	{"an_object", "{\"a\":1,\"b\":[true,null,\"x\"]}", true},
	{"blanks_everywhere", " { \"a\" : [ 1 , 2 ] } \n", true},
	{"empty_containers", "[{},[]]", true},
	{"a_number_alone", "-12.5e3", true},
	{"nothing", "", false},
	{"a_missing_bracket", "{\"a\":[1}", false},
	{"an_open_string", "\"abc", false},
	{"an_escaped_quote_at_the_end", "\"abc\\\"", false},
	{"a_comma_too_many", "[1,]", false},
	{"two_values", "1 2", false},
	{"a_key_without_quotes", "{a:1}", false},
	{"a_raw_control", "\"a\nb\"", false},
	{"an_unknown_word", "yes", false},
};

static void only_json_is_read(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
		struct od_arena *arena = od_arena_create(0);
		const struct od_node *root;
		print_message("%s\n", texts[i].name);
		assert_int_equal(od_node_parse(NULL, arena, od_str_from(texts[i].text), &root) == OD_OK, texts[i].good);
		od_arena_destroy(arena);
	}
}

static void depth_is_bounded(void **state)
{
	struct od_arena *arena = od_arena_create(0);
	const struct od_node *root;
	char text[200];

	(void)state;
	memset(text, '[', 100);
	memset(text + 100, ']', 100);
	assert_int_equal(od_node_parse(NULL, arena, (struct od_str){text, 200}, &root), OD_ERR_FORMAT);
	assert_int_equal(od_node_parse(NULL, arena, (struct od_str){text + 50, 100}, &root), OD_OK);
	od_arena_destroy(arena);
}

static void members_are_found_behind_containers(void **state)
{
	struct od_arena *arena = od_arena_create(0);
	const struct od_node *root;
	uint64_t number = 0;

	(void)state;
	assert_int_equal(od_node_parse(NULL, arena, OD_STR("{\"a\":{\"n\":1,\"l\":[1,[2],3]},\"n\":7}"), &root), OD_OK);
	assert_true(od_node_number(od_node_get(root, "n"), &number));
	assert_int_equal(number, 7);
	assert_str(od_node_get(root, "a")->raw, "{\"n\":1,\"l\":[1,[2],3]}");
	assert_null(od_node_get(root, "l"));
	assert_null(od_node_get(NULL, "l"));
	assert_int_equal(od_node_get(od_node_get(root, "a"), "l")->children, 3);
	od_arena_destroy(arena);
}

static void escapes_become_text(void **state)
{
	static const struct {
		const char *json, *text;
	} rows[] = {
		{"\"plain\"", "plain"},
		{"\"\\\"\\\\\\/\\n\\t\"", "\"\\/\n\t"},
		{"\"\\u00e9\\u20ac\"", "\xc3\xa9\xe2\x82\xac"},
		{"\"\\ud83d\\ude00\"", "\xf0\x9f\x98\x80"},
		{"\"\\ud83d!\"", "\xef\xbf\xbd!"},
		{"\"\\u12\"", "\xef\xbf\xbd" "12"},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct od_arena *arena = od_arena_create(0);
		const struct od_node *root;
		assert_int_equal(od_node_parse(NULL, arena, od_str_from(rows[i].json), &root), OD_OK);
		assert_str(od_node_text(arena, root), rows[i].text);
		od_arena_destroy(arena);
	}
}

/* FIPS 180-4's examples, and the lengths at which a second block of padding begins */
static void hashes_are_sha256(void **state)
{
	static const struct {
		const char *text, *hash;
	} rows[] = {
		{"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
		{"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
		{"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
		 "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		char hash[OD_SHA256_TEXT];
		od_sha256(od_str_from(rows[i].text), hash);
		assert_string_equal(hash, rows[i].hash);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_json_is_read),	cmocka_unit_test(depth_is_bounded),
		cmocka_unit_test(members_are_found_behind_containers),
		cmocka_unit_test(escapes_become_text),	cmocka_unit_test(hashes_are_sha256),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
