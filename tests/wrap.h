// SPDX-License-Identifier: GPL-3.0-or-later
/* For tests: puts the lines of a log into every container and carrier that is read. */
#ifndef OD_TESTS_WRAP_H
#define OD_TESTS_WRAP_H

#include "core/buf.h"
#include "core/escape.h"
#include "tests/test.h"

/* The next line of the text, without its end; false: there is none. */
static inline bool wrap_next(struct od_str *text, struct od_str *line)
{
	if (!text->len)
		return false;
	ptrdiff_t end = od_str_find_char(*text, '\n');
	*line = end < 0 ? *text : od_str_first(*text, (size_t)end);
	*text = od_str_from_index(*text, line->len + 1);
	return true;
}

/* util-linux 2.38, dmesg --json of /dev/kmsg */
static inline void wrap_dmesg_json(struct od_buf *out, struct od_str text)
{
	struct od_str line;
	od_buf_put_string(out, "{\n   \"dmesg\": [\n      {\n");
	for (bool first = true; wrap_next(&text, &line); first = false) {
		od_buf_printf(out, "%s         \"pri\": 1,\n         \"time\":    12.345678,\n         \"msg\": \"",
			      first ? "" : "      },{\n");
		od_escape_json(out, line);
		od_buf_put_string(out, "\"\n");
	}
	od_buf_put_string(out, "      }\n   ]\n}\n");
}

/* The same with -F FILE: each message holds what follows it in the file. */
static inline void wrap_dmesg_json_file(struct od_buf *out, struct od_str text)
{
	struct od_str line;
	od_buf_put_string(out, "{\n   \"dmesg\": [\n      {\n");
	for (bool first = true; wrap_next(&text, &line); first = false) {
		struct od_str rest = text, behind;
		od_buf_printf(out, "%s         \"pri\": 1,\n         \"time\":    12.345678,\n         \"msg\": \"",
			      first ? "" : "      },{\n");
		od_escape_json(out, line);
		while (wrap_next(&rest, &behind)) {
			od_buf_put_string(out, "\\n<1>[   12.345678] ");
			od_escape_json(out, behind);
		}
		od_buf_put_string(out, "\\n\"\n");
	}
	od_buf_put_string(out, "      }\n   ]\n}\n");
}

/* One line, as jq -c writes it, behind a host's other messages. */
static inline void wrap_json_compact(struct od_buf *out, struct od_str text)
{
	struct od_str line;
	od_buf_put_string(out, "{\"dmesg\":[");
	for (unsigned i = 0; i < 900; i++) /* more than a line may have */
		od_buf_put_string(out, "{\"pri\":6,\"time\":1.000000,\"msg\":\"something that is of no interest here\"},");
	for (bool first = true; wrap_next(&text, &line); first = false) {
		od_buf_printf(out, "%s{\"msg\":\"", first ? "" : ",");
		od_escape_json(out, line);
		od_buf_put_string(out, "\",\"time\":12.345678,\"pri\":1}");
	}
	od_buf_put_string(out, "]}\n");
}

/* A document with the whole log in one string of another name, controls as \u00XX. */
static inline void wrap_json_string(struct od_buf *out, struct od_str text)
{
	od_buf_put_string(out, "{\"id\": 12, \"user\": {\"login\": \"x\"}, \"body\": \"It crashed:\\n\\n```\\n");
	od_escape_json(out, text);
	od_buf_put_string(out, "```\\nThanks\", \"labels\": [\"bug\"]}\n");
}

static inline void wrap_docker(struct od_buf *out, struct od_str text)
{
	struct od_str line;
	while (wrap_next(&text, &line)) {
		od_buf_put_string(out, "{\"log\":\"[   12.345678] ");
		od_escape_json(out, line);
		od_buf_put_string(out, "\\n\",\"stream\":\"stdout\",\"time\":\"2023-11-14T22:13:20.123456789Z\"}\n");
	}
}

#define WRAP_JOURNAL_FIELDS "\"_TRANSPORT\":\"kernel\",\"PRIORITY\":\"1\",\"SYSLOG_IDENTIFIER\":\"kernel\"," \
	"\"__REALTIME_TIMESTAMP\":\"1700000000123456\",\"_SOURCE_MONOTONIC_TIMESTAMP\":\"12345678\""

static inline void wrap_journal_json(struct od_buf *out, struct od_str text)
{
	struct od_str line;
	while (wrap_next(&text, &line)) {
		od_buf_put_string(out, "{\"__CURSOR\":\"s=1\",\"MESSAGE\":\"");
		od_escape_json(out, line);
		od_buf_put_string(out, "\"," WRAP_JOURNAL_FIELDS "}\n");
	}
}

/* A message that holds a control character is an array of its bytes. */
static inline void wrap_journal_bytes(struct od_buf *out, struct od_str text)
{
	struct od_str line;
	while (wrap_next(&text, &line)) {
		od_buf_put_string(out, "{\"MESSAGE\":[27,91,109");
		for (size_t i = 0; i < line.len; i++)
			od_buf_printf(out, ",%u", (unsigned char)line.ptr[i]);
		od_buf_put_string(out, "],\"__CURSOR\":\"s=1\"," WRAP_JOURNAL_FIELDS "}\n");
	}
}

#define WRAP_EXPORT_HEAD "__CURSOR=s=1\n__REALTIME_TIMESTAMP=1700000000123456\n_TRANSPORT=kernel\nPRIORITY=1\n"

static inline void wrap_export(struct od_buf *out, struct od_str text)
{
	struct od_str line;
	od_buf_put_string(out, "__CURSOR=s=0\n_TRANSPORT=stdout\nMESSAGE=BUG: not the kernel's\n\n");
	while (wrap_next(&text, &line))
		od_buf_printf(out, WRAP_EXPORT_HEAD "MESSAGE=%.*s\nSYSLOG_IDENTIFIER=kernel\n\n", OD_FMT(line));
}

/* The whole text as one binary field. */
static inline void wrap_export_binary(struct od_buf *out, struct od_str text)
{
	od_buf_put_string(out, WRAP_EXPORT_HEAD "MESSAGE\n");
	for (unsigned i = 0; i < 8; i++)
		od_buf_put_char(out, (char)((uint64_t)text.len >> 8 * i));
	od_buf_put(out, text);
	od_buf_put_string(out, "\n_SOURCE_MONOTONIC_TIMESTAMP=12345678\n\n");
}

/* What /dev/kmsg escapes: controls, bytes above ASCII, the backslash. */
static inline void wrap_put_kmsg(struct od_buf *out, struct od_str text)
{
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];
		if (c < 0x20 || c >= 0x7f || c == '\\')
			od_buf_printf(out, "\\x%02x", c);
		else
			od_buf_put_char(out, (char)c);
	}
}

static inline void wrap_kmsg(struct od_buf *out, struct od_str text)
{
	struct od_str line;
	for (unsigned n = 100; wrap_next(&text, &line); n++) {
		od_buf_printf(out, "1,%u,12345678,-,caller=T92;", n);
		wrap_put_kmsg(out, line);
		od_buf_put_string(out, "\n SUBSYSTEM=pci\n DEVICE=+pci:0000:00:1f.0\n");
	}
}

static inline void wrap_kmsg_one_record(struct od_buf *out, struct od_str text)
{
	od_buf_put_string(out, "1,100,12345678,-;");
	wrap_put_kmsg(out, text);
	od_buf_put_string(out, "\n");
}

/* 3.5 to 4.9: a record in fragments. */
static inline void wrap_kmsg_continued(struct od_buf *out, struct od_str text)
{
	struct od_str line;
	for (unsigned n = 100; wrap_next(&text, &line); n++) {
		od_buf_printf(out, "1,%u,12345678,c;", n);
		wrap_put_kmsg(out, od_str_first(line, line.len / 2));
		od_buf_printf(out, "\n1,%u,12345678,+;", n);
		wrap_put_kmsg(out, od_str_from_index(line, line.len / 2));
		od_buf_put_string(out, "\n");
	}
}

/* Fragments of 16 bytes, the last first. */
static inline void wrap_netconsole(struct od_buf *out, struct od_str text)
{
	enum { FRAGMENT = 16 };
	struct od_str line;
	for (unsigned n = 100; wrap_next(&text, &line); n++) {
		for (size_t at = (line.len + FRAGMENT - 1) / FRAGMENT; at-- > 0;) {
			struct od_str part = od_str_first(od_str_from_index(line, at * FRAGMENT), FRAGMENT);
			od_buf_printf(out, "1,%u,12345678,-,ncfrag=%zu/%zu;%.*s\n", n, at * FRAGMENT,
				      line.len, OD_FMT(part));
		}
	}
}

static inline void wrap_replacing(struct od_buf *out, struct od_str text, const char *bytes, const char *const *by)
{
	for (size_t i = 0; i < text.len; i++) {
		const char *at = strchr(bytes, text.ptr[i]);
		if (at && text.ptr[i])
			od_buf_put_string(out, by[at - bytes]);
		else
			od_buf_put_char(out, text.ptr[i]);
	}
}

static inline void wrap_html(struct od_buf *out, struct od_str text)
{
	static const char *const by[] = {"&lt;", "&gt;", "&amp;", "&quot;"};
	wrap_replacing(out, text, "<>&\"", by);
}

static inline void wrap_markdown(struct od_buf *out, struct od_str text)
{
	static const char *const by[] = {"\\<", "\\>", "\\[", "\\]", "\\#"};
	wrap_replacing(out, text, "<>[]#", by);
}

static inline void wrap_no_break(struct od_buf *out, struct od_str text)
{
	static const char *const by[] = {"\xc2\xa0"};
	wrap_replacing(out, text, " ", by);
}

/* RFC 2045: lines of at most 76 columns, ended by a soft break. */
static inline void wrap_put_quoted_printable(struct od_buf *out, struct od_str text, const char *line_end)
{
	unsigned column = 0;
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];
		bool at_end = i + 1 < text.len && text.ptr[i + 1] == '\n';
		if (c != '\n' && column >= 72) {
			od_buf_put_string(out, "=\n");
			column = 0;
		}
		bool plain = c >= 0x20 && c < 0x7f && c != '=' && !(c == ' ' && at_end);
		column = c == '\n' ? 0 : column + (plain ? 1 : 3);
		if (c == '\n')
			od_buf_put_string(out, line_end);
		else if (plain)
			od_buf_put_char(out, (char)c);
		else
			od_buf_printf(out, "=%02X", c);
	}
}

static inline void wrap_quoted_printable(struct od_buf *out, struct od_str text)
{
	od_buf_put_string(out, "Subject: x\nContent-Transfer-Encoding: quoted-printable\n\n");
	wrap_put_quoted_printable(out, text, "\n");
}

/* The message as it is stored, without its headers. */
static inline void wrap_quoted_printable_bare(struct od_buf *out, struct od_str text)
{
	od_buf_put_string(out, "Hello all,=20\n");
	wrap_put_quoted_printable(out, text, "\n");
}

/* What encoders write that take the text for binary. */
static inline void wrap_quoted_printable_binary(struct od_buf *out, struct od_str text)
{
	wrap_put_quoted_printable(out, text, "=0D=0A=\n");
}

static inline void wrap_html_breaks(struct od_buf *out, struct od_str text)
{
	static const char *const by[] = {"&lt;", "&gt;", "&amp;", "&quot;", "<br>\n"};
	wrap_replacing(out, text, "<>&\"\n", by);
}

static inline void wrap_html_one_line(struct od_buf *out, struct od_str text)
{
	static const char *const by[] = {"&#60;", "&#x3e;", "&#38;", "&#34;", "<br />"};
	od_buf_put_string(out, "<p class=\"comment\">Hello<br />");
	wrap_replacing(out, text, "<>&\"\n", by);
	od_buf_put_string(out, "</p>\n");
}

static inline void wrap_html_pre(struct od_buf *out, struct od_str text)
{
	static const char *const by[] = {"&amp;lt;", "&amp;gt;", "&amp;amp;", "&amp;quot;"};
	od_buf_put_string(out, "<html><body><PRE><code class=\"log\">");
	wrap_replacing(out, text, "<>&\"", by);
	od_buf_put_string(out, "</code></PRE></body></html>\n");
}

/* repr() of a log with times. */
static inline void wrap_python_string(struct od_buf *out, struct od_str text)
{
	struct od_str line;
	od_buf_put_string(out, "log = '");
	while (wrap_next(&text, &line)) {
		static const char *const by[] = {"\\t", "\\\\", "\\'"};
		od_buf_put_string(out, "[   12.345678] ");
		wrap_replacing(out, line, "\t\\'", by);
		od_buf_put_string(out, "\\n");
	}
	od_buf_put_string(out, "'\n");
}

/* With the number of each line by this format; of every seventh by the other one. */
static inline void wrap_numbering(struct od_buf *out, struct od_str text, const char *format, const char *other)
{
	struct od_str line;
	od_buf_printf(out, format, 96);
	od_buf_put_string(out, "something\n");
	for (int n = 97; wrap_next(&text, &line); n++) {
		od_buf_printf(out, n % 7 ? format : other, n);
		od_buf_printf(out, "%.*s\n", OD_FMT(line));
	}
}

static inline void wrap_cat_n(struct od_buf *out, struct od_str text)
{
	wrap_numbering(out, text, "%6d\t", "%6d\t");
}

static inline void wrap_less_n(struct od_buf *out, struct od_str text)
{
	wrap_numbering(out, text, "%7d [   12.345678] ", "%7d [   12.345678] ");
}

static inline void wrap_bar(struct od_buf *out, struct od_str text)
{
	wrap_numbering(out, text, "%4d \xe2\x94\x82 ", "%4d \xe2\x94\x82 ");
}

static inline void wrap_grep_n(struct od_buf *out, struct od_str text)
{
	wrap_numbering(out, text, "%d-", "%d:");
}

static inline void wrap_grep_h(struct od_buf *out, struct od_str text)
{
	struct od_str line;
	od_buf_put_string(out, "var/log/kern.log-something\n");
	while (wrap_next(&text, &line))
		od_buf_printf(out, "var/log/kern.log-%.*s\n", OD_FMT(line));
}

static inline void wrap_grep_hn(struct od_buf *out, struct od_str text)
{
	wrap_numbering(out, text, "./kern.log-%d-", "./kern.log:%d:");
}

/* A file with carriage returns only: one line of any length for those who look for line feeds. */
static inline void wrap_carriage_returns(struct od_buf *out, struct od_str text)
{
	struct od_str line;
	for (unsigned i = 0; i < 1400; i++)
		od_buf_put_string(out, "[    1.000000] something that is of no interest\r");
	while (wrap_next(&text, &line))
		od_buf_printf(out, "[   12.345678] %.*s\r", OD_FMT(line));
}

/* journalctl -o short: lines of one message behind the first are indented to its column. */
static inline void wrap_journal_indented(struct od_buf *out, struct od_str text)
{
	struct od_str line;
	for (bool first = true; wrap_next(&text, &line); first = false)
		od_buf_printf(out, "%s%.*s\n", first ? "Nov 14 22:13:20 host kernel: " : "                             ", OD_FMT(line));
}

/* dmesg(1): the same for its own prefix, of a record with a caller. */
static inline void wrap_dmesg_indented(struct od_buf *out, struct od_str text)
{
	struct od_str line;
	for (bool first = true; wrap_next(&text, &line); first = false)
		od_buf_printf(out, "%s%.*s\n", first ? "[   12.345678] [T92] " : "                     ", OD_FMT(line));
}

/* A terminal of 80 columns that was copied from: what did not fit stands on a line of its own. */
static inline void wrap_terminal(struct od_buf *out, struct od_str text)
{
	struct od_str line;
	while (wrap_next(&text, &line)) {
		struct od_buf whole = {0};
		od_buf_printf(&whole, "[   12.345678] %.*s", OD_FMT(line));
		for (struct od_str rest = od_buf_str(&whole); rest.len; rest = od_str_from_index(rest, 80))
			od_buf_printf(out, "%.*s\n", OD_FMT(od_str_first(rest, 80)));
		od_buf_deinit(&whole);
	}
}

#endif
