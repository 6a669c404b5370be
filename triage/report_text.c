// SPDX-License-Identifier: GPL-3.0-or-later
/* Groups for people: what happens most, first. */
#include "triage/triage.h"

#include <time.h>

#include "core/escape.h"
#include "triage/hosts.h"

enum { MOST_NAMED = 4, MOST_SUSPECTS = 20 };

static void put_date(struct od_buf *out, int64_t when)
{
	time_t seconds = (time_t)when;
	struct tm tm;

	if (when == INT64_MIN || !gmtime_r(&seconds, &tm))
		od_buf_put_string(out, "?");
	else
		od_buf_printf(out, "%04d-%02d-%02d", tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday);
}

static void put_tally(struct od_buf *out, const struct od_grouping *grouping, const struct od_group *group, const char *label,
		      enum od_column column)
{
	struct od_tally rows[MOST_NAMED];
	size_t count = od_tally(grouping, group, column, rows, MOST_NAMED);

	if (!count)
		return;
	od_buf_printf(out, "      %-9s", label);
	for (size_t i = 0; i < count && i < MOST_NAMED; i++) {
		od_buf_put_string(out, i ? ", " : "");
		od_escape_terminal(out, od_grouping_name(grouping, rows[i].name));
		if (count > 1)
			od_buf_printf(out, " (%llu)", (unsigned long long)rows[i].count);
	}
	if (count > MOST_NAMED)
		od_buf_printf(out, " and %zu more", count - MOST_NAMED);
	od_buf_put_char(out, '\n');
}

static void put_row(struct od_buf *out, const char *label, struct od_str text)
{
	if (!text.len)
		return;
	od_buf_printf(out, "      %-9s", label);
	od_escape_terminal(out, text);
	od_buf_put_char(out, '\n');
}

static void put_group(struct od_buf *out, const struct od_grouping *grouping, const struct od_group *group, size_t rank)
{
	const struct od_member *example = &grouping->members[grouping->order[group->begin]];

	od_buf_printf(out, "%4zu. ", rank);
	od_escape_terminal(out, od_grouping_name(grouping, group->title));
	od_buf_printf(out, "\n      %llu crash%s, ", (unsigned long long)group->crashes, group->crashes == 1 ? "" : "es");
	put_date(out, group->first);
	if (group->last != group->first) {
		od_buf_put_string(out, " to ");
		put_date(out, group->last);
	}
	od_buf_printf(out, ", group %.*s", OD_FMT(group->id));
	if (group->status.len) {
		od_buf_put_string(out, ", ");
		od_escape_terminal(out, group->status);
	}
	od_buf_put_char(out, '\n');
	put_row(out, "source", od_grouping_name(grouping, group->source));
	put_row(out, "why", od_grouping_name(grouping, group->cause));
	put_tally(out, grouping, group, "kernels", OD_COLUMN_KERNEL);
	put_tally(out, grouping, group, "hosts", OD_COLUMN_HOST);
	put_tally(out, grouping, group, "hardware", OD_COLUMN_HARDWARE);
	put_tally(out, grouping, group, "modules", OD_COLUMN_MODULE);
	put_row(out, "note", group->note);
	put_row(out, "link", group->link);
	put_row(out, "example", od_grouping_name(grouping, example->path));
	od_buf_put_char(out, '\n');
}

static void put_suspect(struct od_buf *out, const struct od_grouping *grouping, const struct od_host *host)
{
	char sentence[OD_HOST_SENTENCE];

	od_buf_put_string(out, "Host ");
	od_escape_terminal(out, od_grouping_name(grouping, host->name));
	od_buf_put_string(out, ": ");
	od_buf_put(out, od_host_sentence(host, sentence));
	od_buf_put_char(out, '\n');
}

static void put_hosts(struct od_buf *out, const struct od_grouping *grouping)
{
	struct od_host *hosts = NULL;
	size_t count = 0;

	if (!od_hosts(grouping, &hosts, &count))
		return;
	for (size_t i = 0; i < count && i < MOST_SUSPECTS && hosts[i].suspicion; i++)
		put_suspect(out, grouping, &hosts[i]);
	if (count > MOST_SUSPECTS && hosts[MOST_SUSPECTS].suspicion)
		od_buf_put_string(out, "And more hosts to suspect; --format hosts lists them all.\n");
	free(hosts);
}

static void put_counts(struct od_buf *out, const struct od_triage_progress *progress)
{
	if (progress->files)
		od_buf_printf(out, "; %llu logs, %llu of them known, %llu without a report", (unsigned long long)progress->files,
			      (unsigned long long)progress->known, (unsigned long long)progress->no_event);
	if (progress->dumps)
		od_buf_printf(out, "; %llu dumps without a log were not read", (unsigned long long)progress->dumps);
	if (progress->troubles)
		od_buf_printf(out, "; %llu could not be read", (unsigned long long)progress->troubles);
}

void od_report_text(struct od_out *out, const struct od_triage *triage, const struct od_grouping *grouping)
{
	uint64_t crashes = 0;
	size_t shown = 0;

	for (size_t i = 0; i < grouping->group_count && od_out_flush(out, false); i++) {
		crashes += grouping->groups[i].crashes;
		if (!grouping->groups[i].hidden)
			put_group(&out->text, grouping, &grouping->groups[i], ++shown);
	}
	put_hosts(&out->text, grouping);
	if (shown < grouping->group_count)
		od_buf_printf(&out->text, "%zu shown of ", shown);
	od_buf_printf(&out->text, "%zu group%s of %llu crash%s", grouping->group_count, grouping->group_count == 1 ? "" : "s",
		      (unsigned long long)crashes, crashes == 1 ? "" : "es");
	put_counts(&out->text, &triage->progress);
	if (grouping->unsigned_events)
		od_buf_printf(&out->text, "; %llu events without a signature were left out",
			      (unsigned long long)grouping->unsigned_events);
	od_buf_put_char(&out->text, '\n');
}
