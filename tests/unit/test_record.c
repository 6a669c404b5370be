// SPDX-License-Identifier: GPL-3.0-or-later
/* Prefixes: what each carrier puts before the kernel's words. Lines follow util-linux 2.38 and systemd 252. */
#include "parsers/record.h"
#include "tests/test.h"

struct row {
	const char *line;
	const char *text;
	int64_t usec;		/* -1: no printk time */
	const char *caller;
	int level;		/* -1: none */
	const char *format;	/* NULL: none */
};

static const struct row rows[] = {
	{"BUG: x", "BUG: x", -1, "", -1, NULL},
	{"[   12.345678] BUG: x", "BUG: x", 12345678, "", -1, "dmesg"},
	{"[1234567.000001] BUG: x", "BUG: x", 1234567000001, "", -1, "dmesg"},
	{"<1>[   12.345678] BUG: x", "BUG: x", 12345678, "", 1, "dmesg"},
	{"<12>[   12.345678] BUG: x", "BUG: x", 12345678, "", 4, "dmesg"},
	{"[   12.345678][    T1] BUG: x", "BUG: x", 12345678, "T1", -1, "dmesg"},
	{"[   12.345678][   C0] BUG: x", "BUG: x", 12345678, "C0", -1, "dmesg"},
	{"[   12.345678] [T1] BUG: x", "BUG: x", 12345678, "T1", -1, "dmesg"},
	{"[    T1] BUG: x", "BUG: x", -1, "T1", -1, "dmesg"},
	{"[   12.345678 <    0.000002>] BUG: x", "BUG: x", 12345678, "", -1, "dmesg"},
	{"[  +0.000002] BUG: x", "BUG: x", -1, "", -1, "dmesg-delta"},
	{"[<    0.000002>] BUG: x", "BUG: x", -1, "", -1, "dmesg-delta"},
	{"[Fri Nov 20 23:17:34 2026] BUG: x", "BUG: x", -1, "", -1, "dmesg-ctime"},
	{"[Nov20 23:17] BUG: x", "BUG: x", -1, "", -1, "dmesg-ctime"},
	{"kern  :alert : [   12.345678] BUG: x", "BUG: x", 12345678, "", 1, "dmesg-decoded"},
	{"2026-11-20T23:17:34,345678+00:00 BUG: x", "BUG: x", -1, "", -1, "syslog-iso"},
	{"Nov 14 22:13:20 host kernel: [   12.345678] BUG: x", "BUG: x", 12345678, "", -1, "syslog"},
	{"1 2023-11-14T22:13:20.1Z host kernel - - - BUG: x", "BUG: x", -1, "", -1, "syslog-iso"}, /* RFC 5424 */
	{"<1>1 2023-11-14T22:13:20.1+00:00 host kernel - - [timeQuality tzKnown=\"1\"] [   12.345678] BUG: x", "BUG: x", 12345678, "", 1, "syslog-iso"},
	{"2023-11-14T22:13:20 host kernel - - - BUG: x", "BUG: x", -1, "", -1, "syslog-iso"},
	{"1 2023-11-14T22:13:20.1Z host sshd 12 - - BUG: x", "1 2023-11-14T22:13:20.1Z host sshd 12 - - BUG: x", -1, "", -1, NULL},
	{"Nov  4 22:13:20 host kernel: BUG: x", "BUG: x", -1, "", -1, "syslog"},
	{"Nov 14 22:13:20.123456 host kernel: BUG: x", "BUG: x", -1, "", -1, "syslog"},
	{"2023-11-14T22:13:20.123456+00:00 host kernel: BUG: x", "BUG: x", -1, "", -1, "syslog-iso"},
	{"2023-11-14T22:13:20+0000 host kernel: BUG: x", "BUG: x", -1, "", -1, "syslog-iso"},
	{"Tue 2023-11-14 22:13:20 UTC host kernel: BUG: x", "BUG: x", -1, "", -1, "journal-short-full"},
	{"1700000000.123456 host kernel: BUG: x", "BUG: x", -1, "", -1, "journal-short-unix"},
	{"[   12.345678] host kernel: BUG: x", "BUG: x", 12345678, "", -1, "dmesg"},
	{"Nov 14 22:13:20 kernel: BUG: x", "BUG: x", -1, "", -1, "syslog"},
	{"Nov 14 22:13:20  BUG: x", "BUG: x", -1, "", -1, "syslog"},
	/* a daemon that logs the kernel's lines without a tag: what is before a colon is no program's name */
	{"Nov 14 22:13:20 host Unable to handle x", "Unable to handle x", -1, "", -1, "syslog"},
	{"Nov 14 22:13:20 host BUG: x", "BUG: x", -1, "", -1, "syslog"},
	{"Nov 14 22:13:20 host Oops: 0002 [#1]", "Oops: 0002 [#1]", -1, "", -1, "syslog"},
	{"Nov 14 22:13:20 10.0.0.1 g0: 0000000000000000 g1: 0000000000002000", "g0: 0000000000000000 g1: 0000000000002000", -1, "", -1, "syslog"},
	{"Nov 14 22:13:20 host sh(12): Oops [#1]", "sh(12): Oops [#1]", -1, "", -1, "syslog"},
	{"Nov 14 22:13:20 host Caller[000000000042ac00]: fn+0x1/0x2", "Caller[000000000042ac00]: fn+0x1/0x2", -1, "", -1, "syslog"},
	{"Nov 14 22:13:20 host [<c0101234>] fn+0x1/0x2", "[<c0101234>] fn+0x1/0x2", -1, "", -1, "syslog"},
	{"Nov 14 22:13:20 host systemd: BUG: x", "Nov 14 22:13:20 host systemd: BUG: x", -1, "", -1, NULL},
	{"Nov 14 22:13:20 host CRON[12]: BUG: x", "Nov 14 22:13:20 host CRON[12]: BUG: x", -1, "", -1, NULL},
	{"Nov 14 22:13:20 host su(pam_unix)[12]: BUG: x", "Nov 14 22:13:20 host su(pam_unix)[12]: BUG: x", -1, "", -1, NULL},
	{"Nov 14 22:13:20 app: BUG: x", "Nov 14 22:13:20 app: BUG: x", -1, "", -1, NULL},
	{"Nov 14 22:13:20 [app] BUG: x", "Nov 14 22:13:20 [app] BUG: x", -1, "", -1, NULL},
	{"Nov 14 22:13:20 host cron[1]: BUG: x", "Nov 14 22:13:20 host cron[1]: BUG: x", -1, "", -1, NULL},
	{"\xd0\xb8\xd1\x8e\xd0\xbb 27 14:08:03 host kernel: BUG: x", "BUG: x", -1, "", -1, "syslog"},
	{"f\xc3\xa9vr. 27 14:08:03 host kernel: BUG: x", "BUG: x", -1, "", -1, "syslog"},
	{"7\xe6\x9c\x88 27 14:08:03 host kernel: BUG: x", "BUG: x", -1, "", -1, "syslog"},
	{"Fri Jul 19 05:58:52 2019 kern.warn kernel: [   12.345678] BUG: x", "BUG: x", 12345678, "", -1, "logread"},
	{"16:56:35 [   12.345678] BUG: x", "BUG: x", 12345678, "", -1, "dmesg"},
	{"16:56:35 BUG: x", "BUG: x", -1, "", -1, "clock"},
	{"16:56:35 kernel: BUG: x", "BUG: x", -1, "", -1, "syslog"},
	{" kernel:BUG: x", "BUG: x", -1, "", -1, "syslog"}, /* to every terminal: "Message from syslogd@host" */
	{"kernel::init::fn+0x1/0x2", "kernel::init::fn+0x1/0x2", -1, "", -1, NULL}, /* Rust */
	{"[22:22:59:896] [   12.345678] BUG: x", "BUG: x", 12345678, "", -1, "dmesg-ctime"},
	{"[2026-01-02T03:04:05.678Z] [   12.345678] BUG: x", "BUG: x", 12345678, "", -1, "dmesg-ctime"},
	{"407819.286867] BUG: x", "BUG: x", 407819286867, "", -1, "dmesg"},
	{"1.5] BUG: x", "1.5] BUG: x", -1, "", -1, NULL},
	{"[   12.345678] BUG: x^M", "BUG: x", 12345678, "", -1, "dmesg"},
	{"[   12.345678] BUG: x\xe2\x90\x8d\xe2\x90\x8a", "BUG: x", 12345678, "", -1, "dmesg"},
	{"[   12.345678] [pid:1,cpu0,swapper/0]BUG: x", "BUG: x", 12345678, "1", -1, "dmesg"},
	{"kernel:[405108.698255] BUG: x", "BUG: x", 405108698255, "", -1, "syslog"},
	{"2018/01/09 14:28:48 BUG: x", "BUG: x", -1, "", -1, NULL},
	{"> > [   12.345678] BUG: x", "BUG: x", 12345678, "", -1, "dmesg"},
	{">> [   12.345678] BUG: x", "BUG: x", 12345678, "", -1, "dmesg"},
	{"    [   12.345678] BUG: x", "BUG: x", 12345678, "", -1, "dmesg"},
	{"\"[   12.345678] BUG: x\"", "BUG: x", 12345678, "", -1, "dmesg"},
	{"[   12.345678] \"BUG: x\"", "BUG: x", 12345678, "", -1, "dmesg"},
	{"[   12.345678] \"a\" \"b\"", "\"a\" \"b\"", 12345678, "", -1, "dmesg"},
	{"[   12.345678] \"@'/ .. \\`@\"", "\"@'/ .. \\`@\"", 12345678, "", -1, "dmesg"},
	{"\"BUG: x\"", "\"BUG: x\"", -1, "", -1, NULL}, /* what people quote */
	{"\t\"<4>[   12.345678] BUG: x\",", "BUG: x", 12345678, "", 4, "dmesg"}, /* a string of a source */
	{"\"[   12.345678]  fn+0x1/0x2\";", "fn+0x1/0x2", 12345678, "", -1, "dmesg"},
	{"\"BUG: x\",", "\"BUG: x\",", -1, "", -1, NULL},
	{"```", "", -1, "", -1, NULL},
	{"[ ] BUG: x", "BUG: x", -1, "", -1, NULL},
	{"[...] BUG: x", "BUG: x", -1, "", -1, NULL},
	{"[...]", "[...]", -1, "", -1, NULL},
	{"[] BUG: x", "BUG: x", -1, "", -1, NULL},
	{"[] ? fn+0x1/0x2", "[] ? fn+0x1/0x2", -1, "", -1, NULL}, /* an address that a browser took */
	{"# BUG: x", "# BUG: x", -1, "", -1, NULL}, /* a heading of a person's */
	{"22:22:59", "22:22:59", -1, "", -1, NULL},
	{"00:11:22:33:44:55 x", "00:11:22:33:44:55 x", -1, "", -1, NULL},
	{"   12.345678 BUG: x", "BUG: x", 12345678, "", -1, "dmesg"},
	{"1.5 BUG: x", "1.5 BUG: x", -1, "", -1, NULL},
	{"+BUG: x", "BUG: x", -1, "", -1, NULL},
	{"+0x1/0x2", "+0x1/0x2", -1, "", -1, NULL},
	{"+++ b/a.c", "+++ b/a.c", -1, "", -1, NULL},
	{"MJB> BUG: x", "BUG: x", -1, "", -1, NULL},
	{" MJB>", "", -1, "", -1, NULL},
	{"mjb> BUG: x", "mjb> BUG: x", -1, "", -1, NULL},
	{"[   12.345678][ 2] [  T164] BUG: x", "BUG: x", 12345678, "T164", -1, "dmesg"},
	{"4\xec\x9b\x94  28 23:54:56 host kernel: BUG: x", "BUG: x", -1, "", -1, "syslog"},
	{"|irq 12: x", "irq 12: x", -1, "", -1, NULL},
	{"|__GFP_COMP", "|__GFP_COMP", -1, "", -1, NULL}, /* flags that a terminal broke */
	{"root@host:~# BUG: x", "BUG: x", -1, "", -1, NULL},
	{"root@host:/tmp$ BUG: x", "BUG: x", -1, "", -1, NULL},
	{"a@b.c: BUG: x", "a@b.c: BUG: x", -1, "", -1, NULL}, /* who wrote it */
	{"> >>>>>>>>>>>>>>>>>>>>>>>> BUG: x", "BUG: x", -1, "", -1, NULL},
	{"[   12.345678] BUG: x\r", "BUG: x", 12345678, "", -1, "dmesg"},
	{"\x1b[32m[   12.345678] \x1b[0m\x1b[1mBUG: x\x1b[0m", "BUG: x", 12345678, "", -1, "dmesg"},
	/* phones */
	{"<6>[   12.345678] I[0:      swapper/0:    0] BUG: x", "BUG: x", 12345678, "0", 6, "dmesg"},
	{"<6>[   12.345678]  [1:         insmod: 3787] BUG: x", "BUG: x", 12345678, "3787", 6, "dmesg"},
	{"[   12.345678]I[0:    kworker/0:1:   12]BUG: x", "BUG: x", 12345678, "12", -1, "dmesg"},
	{"<4>[   12.345678] (0)[123:insmod]BUG: x", "BUG: x", 12345678, "123", 4, "dmesg"},
	{"<4>[   12.345678] -(0)[123:insmod][name:bug&]BUG: x", "BUG: x", 12345678, "123", 4, "dmesg"},
	/* MediaTek without printk.time, and with the state of 4.14 */
	{"(1)[123:insmod]BUG: x", "BUG: x", -1, "123", -1, NULL},
	{"<4>-(a)[123:insmod]BUG: x", "BUG: x", -1, "123", 4, NULL},
	{"[   12.345678] -.(0)[123:insmod]BUG: x", "BUG: x", 12345678, "123", -1, "dmesg"},
	{"(1)[insmod]BUG: x", "(1)[insmod]BUG: x", -1, "", -1, NULL},
	{"<6>[   12.345678 / 01-01 00:00:00.000] BUG: x", "BUG: x", 12345678, "", 6, "dmesg"},
	{"[   12.345678] c0 BUG: x", "BUG: x", 12345678, "", -1, "dmesg"},
	{"[   12.345678] c0    123 BUG: x", "BUG: x", 12345678, "123", -1, "dmesg"},
	{"[   12.345678@0] BUG: x", "BUG: x", 12345678, "", -1, "dmesg"},
	{"01-01 00:00:12.345     0     0 W         : BUG: x", "BUG: x", -1, "", -1, "logcat"},
	/* pstore */
	{"Oops#1 Part12", "", -1, "", -1, "pstore"},
	{"====1700000000.123456-D", "", -1, "", -1, "pstore"},
	{"ECC: No errors detected", "", -1, "", -1, NULL},
	{"12 Corrected bytes, 0 unrecoverable blocks", "", -1, "", -1, NULL},
	/* what looks like a prefix and is none */
	{"[   12.345678] c0 31 c0 e8", "c0 31 c0 e8", 12345678, "", -1, "dmesg"},
	{"[   12.345678] [1]BUG: x", "[1]BUG: x", 12345678, "", -1, "dmesg"},
	{"Oops#1 Part12 BUG: x", "Oops#1 Part12 BUG: x", -1, "", -1, NULL},
	{"[<ffffffff81000000>] fn+0x1/0x2", "[<ffffffff81000000>] fn+0x1/0x2", -1, "", -1, NULL},
	{"[c000000001234560] [c000000000012345] fn+0x1/0x2", "[c000000001234560] [c000000000012345] fn+0x1/0x2", -1, "", -1, NULL},
	{">ffff888012345678: fc fc", ">ffff888012345678: fc fc", -1, "", -1, NULL},
	{"Nov 14 22:13:20 host sshd[12]: BUG: x", "Nov 14 22:13:20 host sshd[12]: BUG: x", -1, "", -1, NULL},
	{"1.5 kernel: x", "1.5 kernel: x", -1, "", -1, NULL},
	{"host kernel: BUG: x", "BUG: x", -1, "", -1, "syslog"}, /* the date was cut */
	{"the kernel: BUG: x", "the kernel: BUG: x", -1, "", -1, NULL},
	{"", "", -1, "", -1, NULL},
};

static void parse(struct od_str line, uint64_t number, struct od_buf *scratch, struct od_record *ret)
{
	struct od_carriers carriers;
	assert_true(od_carriers_init(&carriers));
	od_record_parse(&carriers, line, number, scratch, ret);
}

static void prefixes_are_taken_off(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		const struct row *row = &rows[i];
		struct od_buf scratch = {0};
		struct od_record record;

		print_message("%s\n", row->line);
		parse(od_str_from(row->line), 1, &scratch, &record);
		assert_str(record.text, row->text);
		assert_str(record.caller, row->caller);
		assert_int_equal(record.level, row->level);
		assert_int_equal(record.time_usec.known, row->usec >= 0);
		if (row->usec >= 0)
			assert_int_equal(record.time_usec.value, row->usec);
		assert_int_equal(record.format == NULL, row->format == NULL);
		if (row->format)
			assert_string_equal(record.format, row->format);
		od_buf_deinit(&scratch);
	}
}

static void indentation_is_counted_and_the_raw_line_kept(void **state)
{
	struct od_buf scratch = {0};
	struct od_record record;
	(void)state;
	parse(OD_STR("[   12.345678]   fn+0x1/0x2\r"), 7, &scratch, &record);
	assert_int_equal(record.indent, 2);
	assert_int_equal(record.line, 7);
	assert_str(record.raw, "[   12.345678]   fn+0x1/0x2");
	od_buf_deinit(&scratch);
}

static void iso_dates_are_kept(void **state)
{
	struct od_buf scratch = {0};
	struct od_record record;
	(void)state;
	parse(OD_STR("2023-11-14T22:13:20+00:00 host kernel: x"), 1, &scratch, &record);
	assert_str(record.wall_time, "2023-11-14T22:13:20+00:00");
	od_buf_deinit(&scratch);
}

static void a_time_inside_a_line_begins_another_record(void **state)
{
	(void)state;
	assert_int_equal(od_record_find_inner(OD_STR("login: [   16.305150] INFO: x")), 7);
	assert_int_equal(od_record_find_inner(OD_STR("[   16.305150] at the front only")), -1);
	assert_int_equal(od_record_find_inner(OD_STR("a [1.5] b [<12>] c")), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(prefixes_are_taken_off),
		cmocka_unit_test(indentation_is_counted_and_the_raw_line_kept),
		cmocka_unit_test(iso_dates_are_kept),
		cmocka_unit_test(a_time_inside_a_line_begins_another_record),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
