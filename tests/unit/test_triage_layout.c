// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/test.h"

#include "triage/layout.h"

static void names_say_what_a_file_is(void **state)
{
	static const struct {
		const char *name;
		enum od_file_role role;
	} rows[] = {
		{"vmcore-dmesg.txt", OD_ROLE_LOG},   {"dmesg.202611210305", OD_ROLE_LOG},
		{"dmesg.txt", OD_ROLE_LOG},	     {"dmesg.txt.xz", OD_ROLE_LOG},
		{"vmcore-dmesg-incomplete.txt", OD_ROLE_LOG}, {"kern.log.1", OD_ROLE_LOG},
		{"kern.log.2.gz", OD_ROLE_LOG},	     {"vmcore", OD_ROLE_DUMP},
		{"vmcore.flat", OD_ROLE_DUMP},	     {"dump.202611210305", OD_ROLE_DUMP},
		{"vmcore-incomplete", OD_ROLE_UNFINISHED}, {"dump-incomplete", OD_ROLE_UNFINISHED},
		{"kexec-dmesg.log", OD_ROLE_OTHER},  {"README.txt", OD_ROLE_OTHER},
		{"oops.txt", OD_ROLE_OTHER},	     {"sda.img", OD_ROLE_OTHER},
		{"dmesg-efi-168423234401001", OD_ROLE_PART}, {"crashes.tar.gz", OD_ROLE_ARCHIVE},
		{"crashes.tgz", OD_ROLE_ARCHIVE},    {"", OD_ROLE_OTHER},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		print_message("%s\n", rows[i].name);
		assert_int_equal(od_layout_role(rows[i].name), rows[i].role);
	}
}

static void stamps_are_times(void **state)
{
	static const struct {
		const char *path;
		int64_t time;	/* 0: none */
	} rows[] = {
		{"/var/crash/202611210305/dmesg.202611210305", 1795230300},
		{"/var/crash/127.0.0.1-2026-11-21-03:05:33/vmcore-dmesg.txt", 1795230333},
		{"/var/crash/2026-11-21-03:05/dmesg.txt", 1795230300},
		{"/var/lib/systemd/pstore/1795230300/dmesg.txt", 1795230300},
		{"/var/lib/systemd/pstore/179523030001001/dmesg.txt", 1795230300},
		{"/var/crash/202613210305/dmesg.txt", 0},
		{"/var/log/kern.log", 0},
		{"", 0},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		int64_t when = 0;
		print_message("%s\n", rows[i].path);
		assert_int_equal(od_layout_time(od_str_from(rows[i].path), &when), rows[i].time != 0);
		assert_int_equal(when, rows[i].time);
	}
}

static void paths_name_hosts(void **state)
{
	static const struct {
		const char *path;
		size_t root;
		const char *host;
	} rows[] = {
		{"/srv/fleet/web-1/var/crash/202611210305/dmesg.202611210305", 10, "web-1"},
		{"/srv/fleet/10.1.2.3-2026-11-21-03:05:33/vmcore-dmesg.txt", 10, "10.1.2.3"},
		{"/var/crash/127.0.0.1-2026-11-21-03:05:33/vmcore-dmesg.txt", 10, ""},
		{"/var/crash/202611210305/dmesg.txt", 10, ""},
		{"/srv/fleet/a<b\xff/dmesg.txt", 10, "a_b_"},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct od_buf host = {0};
		od_layout_host(&host, od_str_from(rows[i].path), rows[i].root);
		assert_str(od_buf_str(&host), rows[i].host);
		od_buf_deinit(&host);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_say_what_a_file_is),
		cmocka_unit_test(stamps_are_times),
		cmocka_unit_test(paths_name_hosts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
