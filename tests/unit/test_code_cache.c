// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/directory.h"

#include <unistd.h>

#include "symbolize/code_cache.h"
#include "symbolize/symbolize.h"

static struct od_store *store;

static int setup(void **state)
{
	(void)state;
	store = make_directory() == 0 ? od_store_create(directory, 1 << 20) : NULL;
	return store ? 0 : -1;
}

static int teardown(void **state)
{
	(void)state;
	od_store_destroy(store);
	return remove_directory();
}

/* sub $8,%rsp; mov 0x10(%rax),%rbx, which faults; ret. `number` is where the function stands. */
static struct od_event *crash(unsigned number)
{
	struct od_event *event = od_event_create();

	assert_non_null(event);
	event->arch = &od_arch_x86_64;
	event->has_ip = true;
	event->ip.function = OD_STR("f");
	event->ip.offset = od_num(4);
	event->ip.size = od_num(0x20 + number);
	event->code.source = OD_CODE_LOG;
	event->code.bytes = (struct od_str){"\x48\x83\xec\x08\x48\x8b\x58\x10\xc3", 9};
	event->code.has_fault_index = true;
	event->code.fault_index = 4;
	return event;
}

static void learn(unsigned from, unsigned to)
{
	struct od_code_cache *cache = od_code_cache_create(store);

	for (unsigned i = from; i < to; i++) {
		struct od_event *event = crash(i);
		od_disassemble(event);
		assert_int_equal(event->code.disassembly.count, 3);
		od_code_cache_learn(cache, event);
		od_event_destroy(event);
	}
	od_code_cache_destroy(cache);
}

/* Whether a new process knows the event's disassembly; the event is destroyed. */
static bool recalls(struct od_event *event)
{
	struct od_code_cache *cache = od_code_cache_create(store);
	bool known = od_code_cache_recall(cache, event);

	assert_int_equal(event->code.disassembly.count, known ? 3 : 0);
	od_code_cache_destroy(cache);
	od_event_destroy(event);
	return known;
}

static void a_disassembly_comes_back_as_it_was(void **state)
{
	(void)state;
	struct od_code_cache *cache;
	struct od_event *fresh = crash(0), *kept = crash(0);

	learn(0, 1);
	cache = od_code_cache_create(store);
	od_disassemble(fresh);
	assert_true(od_code_cache_recall(cache, kept));
	assert_int_equal(kept->code.disassembly.count, fresh->code.disassembly.count);
	for (size_t i = 0; i < kept->code.disassembly.count; i++) {
		const struct od_instruction_text *a = &fresh->code.disassembly.items[i], *b = &kept->code.disassembly.items[i];
		assert_true(od_str_equal(a->text, b->text));
		assert_true(a->offset == b->offset && a->size == b->size && a->address == b->address && a->fault == b->fault);
	}
	od_code_cache_destroy(cache);
	od_event_destroy(fresh);
	od_event_destroy(kept);
}

static void move_fault(struct od_event *event) { event->code.fault_index = 0; }
static void lose_fault(struct od_event *event) { event->code.has_fault_index = false; }
static void change_code(struct od_event *event) { event->code.bytes.ptr = "\x48\x83\xec\x09\x48\x8b\x58\x10\xc3"; }
static void shorten_code(struct od_event *event) { event->code.bytes.len--; }
static void move_code(struct od_event *event) { event->code.address = od_num(0xffffffff81000000); }
static void rename_function(struct od_event *event) { event->ip.function = OD_STR("g"); }
static void move_ip(struct od_event *event) { event->ip.offset = od_num(5); }
static void lose_offset(struct od_event *event) { event->ip.offset.known = false; }
static void change_arch(struct od_event *event) { event->arch = &od_arch_i386; }
static void come_from_memory(struct od_event *event) { event->code.source = OD_CODE_MEMORY; }

static void it_is_used_for_the_same_code_in_the_same_place_only(void **state)
{
	(void)state;
	static void (*const changes[])(struct od_event *) = {
		move_fault, lose_fault, change_code, shorten_code, move_code, rename_function, move_ip, lose_offset,
		change_arch, come_from_memory,
	};

	learn(0, 1);
	assert_true(recalls(crash(0)));
	assert_false(recalls(crash(1)));
	for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
		struct od_event *event = crash(0);
		changes[i](event);
		if (recalls(event))
			fail_msg("change %zu is not noticed", i);
	}
}

static void earlier_ones_are_kept_beside_new_ones(void **state)
{
	(void)state;

	learn(0, 2);
	learn(2, 4);
	for (unsigned i = 0; i < 4; i++)
		assert_true(recalls(crash(i)));
}

static void the_file_stays_small_and_the_newest_stay_in_it(void **state)
{
	(void)state;
	char path[128];
	unsigned known = 0;

	learn(0, 400);
	learn(400, 410);
	learn(410, 1500);
	learn(1500, 1510);
	for (unsigned i = 1500; i < 1510; i++)
		assert_true(recalls(crash(i)));
	for (unsigned i = 0; i < 400; i++)
		known += recalls(crash(i));
	assert_true(known < 400);
	snprintf(path, sizeof(path), "%s/disassembly.odx", directory);
	FILE *file = fopen(path, "r");
	assert_non_null(file);
	fseek(file, 0, SEEK_END);
	assert_in_range(ftell(file), 1, 66 * 1024);
	fclose(file);
}

/* A file that bears the right checksum may still be of another program, or of nobody who means well. */
static void rows_that_make_no_sense_are_not_followed(void **state)
{
	(void)state;
	struct od_stored stored;
	const struct od_str key = od_str_from(od_code_cache_key);

	learn(0, 1);
	assert_true(od_store_load(store, "disassembly", key, &stored));
	for (size_t i = 0; i < stored.bytes.len; i++) {
		char bytes[512];
		assert_true(stored.bytes.len < sizeof(bytes));
		memcpy(bytes, stored.bytes.ptr, stored.bytes.len);
		bytes[i] ^= (char)0xff;
		od_store_save(store, "disassembly", key, (struct od_str){bytes, stored.bytes.len});
		struct od_code_cache *cache = od_code_cache_create(store);
		struct od_event *event = crash(0);
		od_code_cache_recall(cache, event);
		for (size_t n = 0; n < event->code.disassembly.count; n++) {
			const struct od_instruction_text *line = &event->code.disassembly.items[n];
			assert_true(line->offset + line->size <= event->code.bytes.len && line->text.len);
		}
		od_event_destroy(event);
		od_code_cache_destroy(cache);
	}
	od_stored_deinit(&stored);
}

/* The log has no code, and the image is yet to be asked. */
static void code_of_the_image_is_expected_where_it_was_seen(void **state)
{
	(void)state;
	struct od_code_cache *cache;
	struct od_event *event = crash(0), *other = crash(1);

	learn(0, 1);
	cache = od_code_cache_create(store);
	event->code.bytes.len = other->code.bytes.len = 0;
	assert_false(od_code_cache_recall(cache, event));
	assert_true(od_code_cache_expects(cache, event));
	assert_false(od_code_cache_expects(cache, other));
	event->code.bytes.len = 9;
	event->code.source = OD_CODE_IMAGE;
	assert_true(od_code_cache_recall(cache, event));
	event->code.bytes.ptr = "\x48\x83\xec\x09\x48\x8b\x58\x10\xc3";
	assert_false(od_code_cache_recall(cache, event));
	od_code_cache_destroy(cache);
	od_event_destroy(event);
	od_event_destroy(other);
}

static void without_a_store_nothing_is_kept(void **state)
{
	(void)state;
	struct od_code_cache *cache = od_code_cache_create(NULL);
	struct od_event *event = crash(0);

	od_disassemble(event);
	od_code_cache_learn(cache, event);
	assert_false(od_code_cache_recall(cache, event));
	od_event_destroy(event);
	od_code_cache_destroy(cache);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_disassembly_comes_back_as_it_was, setup, teardown),
		cmocka_unit_test_setup_teardown(it_is_used_for_the_same_code_in_the_same_place_only, setup, teardown),
		cmocka_unit_test_setup_teardown(earlier_ones_are_kept_beside_new_ones, setup, teardown),
		cmocka_unit_test_setup_teardown(the_file_stays_small_and_the_newest_stay_in_it, setup, teardown),
		cmocka_unit_test_setup_teardown(rows_that_make_no_sense_are_not_followed, setup, teardown),
		cmocka_unit_test_setup_teardown(code_of_the_image_is_expected_where_it_was_seen, setup, teardown),
		cmocka_unit_test_setup_teardown(without_a_store_nothing_is_kept, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
