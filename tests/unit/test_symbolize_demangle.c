// SPDX-License-Identifier: GPL-3.0-or-later
/* Names of Rust: the forms are those of RFC 2603 and of rustc's legacy scheme. */
#include "core/buf.h"
#include "symbolize/demangle.h"
#include "tests/test.h"

static const struct {
	const char *name, *expected; /* "": it stays as it is */
} rows[] = {
	{"_RNvNtCs1234_4core3fmt5write", "core::fmt::write"},
	{"__cfi__RNvNtCs1234_4core3fmt5write", "core::fmt::write"},
	{"_RNvMs3_NtCshgDM7dBCdno_11rust_binder7processNtB5_7Process10update_ref", "<rust_binder::process::Process>::update_ref"},
	{"_ZN4core3fmt5write17h0123456789abcdefE", "core::fmt::write"},
	{"_raw_spin_lock", ""},
	{"_Rest_of_a_name", ""},
	{"_", ""},
};

static void names_are_demangled(void **state)
{
	struct od_event *event = od_event_create();
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		assert_str(od_demangle(event->arena, od_str_from(rows[i].name)), rows[i].expected);
	od_event_destroy(event);
}

/* Each back reference to a pair doubles the text: such a name would fill the memory. */
static void a_name_that_grows_without_end_is_refused(void **state)
{
	struct od_event *event = od_event_create();
	struct od_buf name = {0};
	(void)state;
	od_buf_put_string(&name, "_RINvC1a1f");
	for (int i = 0; i < 30; i++)
		od_buf_put_string(&name, "TB8_B8_E");
	od_buf_put_string(&name, "E");
	assert_str(od_demangle(event->arena, od_buf_str(&name)), "");
	od_buf_deinit(&name);
	od_event_destroy(event);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_demangled),
		cmocka_unit_test(a_name_that_grows_without_end_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
