// SPDX-License-Identifier: GPL-3.0-or-later
/* For tests: every wrapping that a log may come in, by name, with the format that is told. */
#ifndef OD_TESTS_WRAPPINGS_H
#define OD_TESTS_WRAPPINGS_H

#include "tests/wrap.h"

/* Either a prefix and a line end, or a function. */
static const struct wrapping {
	const char *name, *format;
	const char *before, *after;
	void (*write)(struct od_buf *out, struct od_str text);
} wrappings[] = {
	{"nothing", "text", "", "\n", NULL},
	{"CRLF", "text", "", "\r\n", NULL},
	{"level", "dmesg", "<1>[   12.345678] ", "\n", NULL},
	{"caller", "dmesg", "[   12.345678][  T92] ", "\n", NULL},
	{"caller of dmesg", "dmesg", "[   12.345678] [T92] ", "\n", NULL},
	{"dmesg -T", "dmesg-ctime", "[Fri Nov 20 23:17:34 2026] ", "\n", NULL},
	{"dmesg --time-format iso", "syslog-iso", "2026-11-20T23:17:34,345678+00:00 ", "\n", NULL},
	{"dmesg -x", "dmesg-decoded", "kern  :alert : [   12.345678] ", "\n", NULL},
	{"rsyslog", "syslog", "Nov 14 22:13:20 host kernel: [   12.345678] ", "\n", NULL},
	{"RFC 3164 with its priority", "syslog", "<1>Nov 14 22:13:20 host kernel: [   12.345678] ", "\n", NULL},
	{"logread of OpenWrt", "logread", "Fri Jul 19 05:58:52 2019 kern.warn kernel: [   12.345678] ", "\n", NULL},
	{"a journal in Russian", "syslog", "\xd0\xb8\xd1\x8e\xd0\xbb 27 14:08:03 host kernel: ", "\n", NULL},
	{"syslog without its host", "syslog", "Nov 14 22:13:20  ", "\n", NULL},
	{"syslog without its host and its tag", "syslog", "Nov 14 22:13:20: ", "\n", NULL},
	{"a terminal's own clock", "dmesg-ctime", "[22:22:59:896] [   12.345678] ", "\xe2\x90\x8d\xe2\x90\x8a\n", NULL},
	{"a collector's clock", "clock", "22:22:59 ", "\n", NULL},
	{"a collector's clock with a mark", "clock", "22:22:59.123> ", "\n", NULL},
	{"a test's output", "dmesg", "# [   12.345678] ", "\n", NULL},
	{"a program's comment", "dmesg", " * [   12.345678] ", "\n", NULL},
	{"a machine's name and a bar", "named", "guest-1  | ", "\n", NULL},
	{"a time without brackets", "dmesg", "    12.345678 ", "\n", NULL},
	{"dmesg --reltime with a comma", "dmesg-delta", "[  +0,000004] ", "\n", NULL},
	{"line ends that were made visible", "dmesg", "[   12.345678] ", "^M\n", NULL},
	{"journalctl -o short", "syslog", "Nov 14 22:13:20 host kernel: ", "\n", NULL},
	{"journalctl -o short-iso", "syslog-iso", "2023-11-14T22:13:20+0000 host kernel: ", "\n", NULL},
	{"journalctl -o short-full", "journal-short-full", "Tue 2023-11-14 22:13:20 UTC host kernel: ", "\n", NULL},
	{"journalctl -o short-unix", "journal-short-unix", "1700000000.123456 host kernel: ", "\n", NULL},
	{"quoted twice", "dmesg", "> > [   12.345678] ", "\n", NULL},
	{"/dev/kmsg, quoted", "kmsg", "> 6,1234,12345678,-;", "\n", NULL},
	{"Markdown's inline code", "dmesg", "`[   12.345678] ", "`\n", NULL},
	{"Markdown's inline code that is not closed", "dmesg", "`[   12.345678] ", "\n", NULL},
	{"indented", "text", "    ", "\n", NULL},
	{"colours", "dmesg", "\x1b[33m[   12.345678]\x1b[0m ", "\x1b[K\n", NULL},
	{"a phone of Samsung", "dmesg", "<6>[   12.345678]  [1:         insmod:  612] ", "\n", NULL},
	{"a phone with Mediatek", "dmesg", "<6>[   12.345678] -(1)[612:insmod]", "\n", NULL},
	{"a phone with Qualcomm's 3.4", "text", "   12.345678:   <6> (01-28 07:22:33.304698634) ", "\n", NULL},
	{"logcat -b kernel", "logcat", "01-01 00:00:12.345     0     0 W         : ", "\n", NULL},
	{"dmesg --json", "dmesg-json", NULL, NULL, wrap_dmesg_json},
	{"dmesg --json -F FILE", "dmesg-json", NULL, NULL, wrap_dmesg_json_file},
	{"JSON in one long line", "dmesg-json", NULL, NULL, wrap_json_compact},
	{"a string of JSON", "json", NULL, NULL, wrap_json_string},
	{"container log", "json", NULL, NULL, wrap_docker},
	{"journalctl -o json", "journal-json", NULL, NULL, wrap_journal_json},
	{"journalctl -o json, bytes", "journal-json", NULL, NULL, wrap_journal_bytes},
	{"journalctl -o export", "journal-export", NULL, NULL, wrap_export},
	{"journalctl -o export, binary", "journal-export", NULL, NULL, wrap_export_binary},
	{"/dev/kmsg", "kmsg", NULL, NULL, wrap_kmsg},
	{"/dev/kmsg, one record", "kmsg", NULL, NULL, wrap_kmsg_one_record},
	{"/dev/kmsg, continued", "kmsg", NULL, NULL, wrap_kmsg_continued},
	{"netconsole, fragments", "kmsg", NULL, NULL, wrap_netconsole},
	{"HTML", "text", NULL, NULL, wrap_html},
	{"Markdown", "text", NULL, NULL, wrap_markdown},
	{"no-break spaces", "text", NULL, NULL, wrap_no_break},
	{"quoted-printable", "text", NULL, NULL, wrap_quoted_printable},
	{"quoted-printable without a header", "text", NULL, NULL, wrap_quoted_printable_bare},
	{"quoted-printable with its line ends encoded", "text", NULL, NULL, wrap_quoted_printable_binary},
	{"HTML, a tag at each line end", "text", NULL, NULL, wrap_html_breaks},
	{"HTML in one line", "text", NULL, NULL, wrap_html_one_line},
	{"HTML, escaped twice, below a tag", "text", NULL, NULL, wrap_html_pre},
	{"a string of Python", "dmesg", NULL, NULL, wrap_python_string},
	{"lost line ends", "dmesg", "[   12.345678] ", " ", NULL},
	{"lost line ends of a syslog", "dmesg", "Nov 14 22:13:20 host kernel: [   12.345678] ", " ", NULL},
	{"cat -n", "text", NULL, NULL, wrap_cat_n},
	{"less -N", "dmesg", NULL, NULL, wrap_less_n},
	{"an editor's numbers and a bar", "text", NULL, NULL, wrap_bar},
	{"grep -n", "text", NULL, NULL, wrap_grep_n},
	{"grep -Hn", "text", NULL, NULL, wrap_grep_hn},
	{"grep -H", "text", NULL, NULL, wrap_grep_h},
	{"carriage returns", "dmesg", NULL, NULL, wrap_carriage_returns},
	{"journalctl -o short, indented", "syslog", NULL, NULL, wrap_journal_indented},
	{"dmesg, indented", "dmesg", NULL, NULL, wrap_dmesg_indented},
	{"a terminal of 80 columns", "dmesg", NULL, NULL, wrap_terminal},
};

static inline void wrap(struct od_buf *out, const struct wrapping *wrapping, struct od_str text)
{
	struct od_str line;
	if (wrapping->write) {
		wrapping->write(out, text);
		return;
	}
	while (wrap_next(&text, &line))
		od_buf_printf(out, "%s%.*s%s", wrapping->before, OD_FMT(line), wrapping->after);
}

#endif
