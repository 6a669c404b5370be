// SPDX-License-Identifier: GPL-3.0-or-later
#include "triage/html.h"

#include <stdio.h>
#include <time.h>

#include "core/escape.h"
#include "triage/sha256.h"

void od_html_page_name(struct od_str group, char ret[OD_PAGE_NAME])
{
	char digest[OD_SHA256_TEXT];
	bool digits = group.len == 16;

	for (size_t i = 0; digits && i < group.len; i++)
		digits = od_is_digit(group.ptr[i]) || (group.ptr[i] >= 'a' && group.ptr[i] <= 'f');
	if (!digits) {
		od_sha256(group, digest);
		group = (struct od_str){digest, 16};
	}
	snprintf(ret, OD_PAGE_NAME, "group-%.*s.html", OD_FMT(group));
}

void od_html_element(struct od_buf *out, const char *tag, const char *class, struct od_str text)
{
	if (!text.len)
		return;
	od_buf_printf(out, class ? "<%s class=\"%s\">" : "<%s>", tag, class);
	od_escape_html(out, text);
	od_buf_printf(out, "</%s>", tag);
}

void od_html_row(struct od_buf *out, const char *label, struct od_str text)
{
	if (!text.len)
		return;
	od_buf_printf(out, "<dt>%s</dt>", label);
	od_html_element(out, "dd", NULL, text);
	od_buf_put_char(out, '\n');
}

static const char *ending(uint64_t count, const char *noun)
{
	if (count == 1)
		return "";
	return od_str_ends(od_str_from(noun), OD_STR("h")) ? "es" : "s";
}

void od_html_count(struct od_buf *out, uint64_t count, const char *noun)
{
	od_buf_printf(out, "%llu %s%s", (unsigned long long)count, noun, ending(count, noun));
}

void od_html_fact(struct od_buf *out, const char *noun, uint64_t count)
{
	od_buf_printf(out, "<li><b>%llu</b>%s%s</li>\n", (unsigned long long)count, noun, ending(count, noun));
}

void od_html_time(struct od_buf *out, int64_t seconds)
{
	time_t when = (time_t)seconds;
	struct tm tm;

	if (seconds == INT64_MIN || !gmtime_r(&when, &tm))
		return;
	od_buf_printf(out, "<time>%04d-%02d-%02d", tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday);
	if (seconds % 86400)
		od_buf_printf(out, " %02d:%02d", tm.tm_hour, tm.tm_min);
	od_buf_put_string(out, "</time>");
}

void od_html_begin(struct od_buf *out, struct od_str title, bool up)
{
	char hash[OD_SHA256_BASE64];

	od_sha256_base64(od_str_from(od_html_style), hash);
	od_buf_printf(out,
		      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
		      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-%s'\">\n"
		      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n",
		      hash);
	od_html_element(out, "title", NULL, title);
	od_buf_put_string(out, "\n<style>");
	od_buf_put_string(out, od_html_style);
	od_buf_put_string(out, "</style>\n</head>\n<body>\n");
	if (up)
		od_buf_put_string(out, "<nav><a href=\"index.html\">All bugs</a></nav>\n");
	od_html_element(out, "h1", NULL, title);
	od_buf_put_char(out, '\n');
}

void od_html_end(struct od_buf *out, const struct od_triage *triage)
{
	const struct od_triage_progress *progress = &triage->progress;

	od_buf_put_string(out, "<footer>Made by oopsdecode");
	if (progress->files)
		od_buf_printf(out, " from %llu logs, %llu of them without a report", (unsigned long long)progress->files,
			      (unsigned long long)progress->no_event);
	od_buf_put_string(out, ". Dates are UTC.</footer>\n</body>\n</html>\n");
}
