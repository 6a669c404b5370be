// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/test.h"

#include "analyzer/analyzer.h"
#include "analyzer/names.h"
#include "analyzer/signature.h"

/* "?fn" is an unreliable frame, "fn@mod" one of a module, "-" one without a name. */
static void fill_frame(struct od_frame *frame, struct od_str text)
{
	frame->unreliable = od_scan_char(&text, '?');
	if (od_str_equal(text, OD_STR("-")))
		return;
	ptrdiff_t at = od_str_find_char(text, '@');
	frame->function = at < 0 ? text : od_str_first(text, (size_t)at);
	frame->module = at < 0 ? (struct od_str){0} : od_str_from_index(text, (size_t)at + 1);
}

struct crash {
	enum od_kind kind;
	const char *ip, *trace;
	uint64_t address;	/* 0: not printed */
	const char *message;
};

static struct od_event *sign(const struct crash *crash)
{
	struct od_event *event = od_event_create();
	struct od_str rest = od_str_from(crash->trace), word;

	assert_non_null(event);
	event->kind = crash->kind;
	event->has_ip = crash->ip;
	if (crash->ip)
		fill_frame(&event->ip, od_str_from(crash->ip));
	while (od_scan_blanks(&rest), od_scan_word(&rest, &word))
		fill_frame(od_list_push(event->arena, &event->trace), word);
	if (crash->address)
		event->fault.address = od_num(crash->address);
	event->message = od_str_from(crash->message);
	od_blame(event);
	od_sign(event);
	return event;
}

static const struct pair {
	const char *name;
	struct crash a, b;
	bool same;
} pairs[] = {
	{"suffixes_of_compilers_do_not_change_it",
		{OD_KIND_NULL_DEREF, "f.isra.0@m", "g@m", 8, ""}, {OD_KIND_NULL_DEREF, "f.constprop.0.cold@m", "h@m", 8, ""}, true},
	{"the_exception_that_a_bad_pointer_raises_does_not_change_it",
		{OD_KIND_GPF, "f@m", "", 0, ""}, {OD_KIND_PAGING_REQUEST, "f@m", "", 0x6b6b6b6b, ""}, true},
	{"two_functions_are_two_bugs",
		{OD_KIND_NULL_DEREF, "f@m", "", 8, ""}, {OD_KIND_NULL_DEREF, "g@m", "", 8, ""}, false},
	{"two_modules_are_two_bugs",
		{OD_KIND_NULL_DEREF, "f@m", "", 8, ""}, {OD_KIND_NULL_DEREF, "f@n", "", 8, ""}, false},
	{"an_assertion_is_not_a_fault",
		{OD_KIND_NULL_DEREF, "f@m", "", 8, ""}, {OD_KIND_BUG_ON, "f@m", "", 0, ""}, false},
	{"the_exit_function_has_one_name",
		{OD_KIND_NULL_DEREF, "cleanup_module@m", "__do_sys_delete_module.constprop.0", 8, ""},
		{OD_KIND_NULL_DEREF, "m_exit@m", "SyS_delete_module system_call_fastpath", 8, ""}, true},
	{"also_where_the_unwinder_does_not_trust_its_caller",
		{OD_KIND_NULL_DEREF, "m_exit@m", "?__arm64_sys_delete_module invoke_syscall", 8, ""},
		{OD_KIND_NULL_DEREF, "m_exit@m", "__do_sys_delete_module", 8, ""}, true},
	{"and_is_not_that_of_another_module",
		{OD_KIND_NULL_DEREF, "cleanup_module@m", "__do_sys_delete_module", 8, ""},
		{OD_KIND_NULL_DEREF, "cleanup_module@n", "__do_sys_delete_module", 8, ""}, false},
	{"what_the_exit_function_called_is_itself",
		{OD_KIND_NULL_DEREF, "free_all@m", "m_exit@m __do_sys_delete_module", 8, ""},
		{OD_KIND_NULL_DEREF, "m_exit@m", "__do_sys_delete_module", 8, ""}, false},
	{"the_init_function_has_one_name",
		{OD_KIND_PAGING_REQUEST, "init_module@m", "do_one_initcall", 0, ""},
		{OD_KIND_PAGING_REQUEST, "m_init@m", "m_init@m do_one_initcall", 0, ""}, true},
	{"without_a_function_the_message_counts_without_numbers",
		{OD_KIND_PANIC, NULL, "", 0, "disk sda1 lost at 17"}, {OD_KIND_PANIC, NULL, "", 0, "disk sdb2 lost at 4711"}, true},
	{"and_its_words_do",
		{OD_KIND_PANIC, NULL, "", 0, "disk lost"}, {OD_KIND_PANIC, NULL, "", 0, "disk full"}, false},
};

static void check_pair(void **state)
{
	const struct pair *pair = *state;
	struct od_event *a = sign(&pair->a), *b = sign(&pair->b);

	assert_int_equal(a->signature.id.len, 16);
	assert_int_equal(a->signature.version, OD_SIGNATURE_VERSION);
	if (pair->same)
		assert_memory_equal(a->signature.id.ptr, b->signature.id.ptr, 16);
	else
		assert_memory_not_equal(a->signature.id.ptr, b->signature.id.ptr, 16);
	od_event_destroy(a);
	od_event_destroy(b);
}

static void the_basis_says_what_it_is_made_of(void **state)
{
	static const char *const expected[] = {"memory-fault", "f [m]", "caller g [m]", "cause near NULL",
					       "stack f [m] < g [m] < sys_bpf"};
	const struct crash crash = {OD_KIND_NULL_DEREF, "f.isra.0@m",
				    "?stale g@m __x64_sys_bpf __se_sys_bpf.part.0 do_syscall_64", 0x24, ""};
	struct od_event *event = sign(&crash);

	(void)state;
	assert_int_equal(event->signature.basis.count, ARRAY_SIZE(expected));
	for (size_t i = 0; i < ARRAY_SIZE(expected); i++)
		assert_str(event->signature.basis.items[i], expected[i]);
	od_event_destroy(event);
}

static void debug_information_adds_a_key_and_changes_no_id(void **state)
{
	const struct crash crash = {OD_KIND_NULL_DEREF, "f@m", "", 8, ""};
	struct od_event *without = sign(&crash), *with = sign(&crash);
	struct od_place *place = od_list_push(with->arena, &with->ip.places);

	(void)state;
	*place = (struct od_place){.function = OD_STR("inner"), .inlined = true};
	with->signature = (struct od_signature){0};
	od_sign(with);
	assert_memory_equal(with->signature.id.ptr, without->signature.id.ptr, 16);
	assert_str(with->signature.basis.items[2], "author inner [m]");
	od_event_destroy(without);
	od_event_destroy(with);
}

static void syscall_entries_have_one_name(void **state)
{
	static const struct {
		const char *name, *call; /* call NULL: none */
	} names[] = {
		{"__x64_sys_ioctl", "ioctl"}, {"__arm64_sys_ioctl", "ioctl"}, {"SyS_ioctl", "ioctl"},
		{"__do_sys_delete_module.constprop.0", "delete_module"}, {"sys_", NULL}, {"sysfs_create", NULL},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		struct od_str call;
		bool found = od_is_syscall_name(od_str_from(names[i].name), &call);
		assert_int_equal(found, names[i].call != NULL);
		if (found)
			assert_str(call, names[i].call);
	}
}

int main(void)
{
	struct CMUnitTest cases[ARRAY_SIZE(pairs)];
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_basis_says_what_it_is_made_of),
		cmocka_unit_test(debug_information_adds_a_key_and_changes_no_id),
		cmocka_unit_test(syscall_entries_have_one_name),
	};
	for (size_t i = 0; i < ARRAY_SIZE(pairs); i++)
		cases[i] = (struct CMUnitTest){
			.name = pairs[i].name, .test_func = check_pair, .initial_state = (void *)&pairs[i]};
	return cmocka_run_group_tests(cases, NULL, NULL) + cmocka_run_group_tests(tests, NULL, NULL);
}
