// SPDX-License-Identifier: GPL-3.0-or-later
/* A group's page: what it is, how often and where, the example in full, and who is in it. */
#include "triage/html.h"

#include "core/escape.h"

enum { MOST_MEMBERS = 500, MOST_NAMED = 12, GROUP_BINS = 48 };

static void put_tally(struct od_buf *out, const struct od_grouping *grouping, const struct od_group *group, const char *label,
		      enum od_column column)
{
	struct od_tally rows[MOST_NAMED];
	const size_t count = od_tally(grouping, group, column, rows, MOST_NAMED);

	if (!count)
		return;
	od_buf_printf(out, "<dt>%s</dt><dd>", label);
	for (size_t i = 0; i < count && i < MOST_NAMED; i++) {
		od_buf_put_string(out, i ? ", " : "");
		od_escape_html(out, od_grouping_name(grouping, rows[i].name));
		od_buf_printf(out, " <span class=\"dim\">%llu</span>", (unsigned long long)rows[i].count);
	}
	if (count > MOST_NAMED)
		od_buf_printf(out, " and %zu more", count - MOST_NAMED);
	od_buf_put_string(out, "</dd>\n");
}

static void put_moment(struct od_buf *out, const char *label, int64_t when)
{
	if (when == INT64_MIN)
		return;
	od_buf_put_string(out, "<li><b>");
	od_html_time(out, when);
	od_buf_printf(out, "</b>%s</li>\n", label);
}

static void put_facts(struct od_buf *out, const struct od_grouping *grouping, const struct od_group *group)
{
	struct od_tally one;

	od_buf_put_string(out, "<ul class=\"facts\">\n");
	od_html_fact(out, "crash", group->crashes);
	od_html_fact(out, "host", od_tally(grouping, group, OD_COLUMN_HOST, &one, 1));
	od_html_fact(out, "kernel", od_tally(grouping, group, OD_COLUMN_KERNEL, &one, 1));
	put_moment(out, "first seen", group->first);
	put_moment(out, "last seen", group->last);
	od_buf_put_string(out, "</ul>\n");
}

static void put_where(struct od_buf *out, const struct od_grouping *grouping, const struct od_group *group)
{
	od_buf_put_string(out, "<dl>\n");
	od_html_row(out, "Function", od_grouping_name(grouping, group->function));
	od_html_row(out, "Source", od_grouping_name(grouping, group->source));
	put_tally(out, grouping, group, "Kernels", OD_COLUMN_KERNEL);
	put_tally(out, grouping, group, "Hosts", OD_COLUMN_HOST);
	put_tally(out, grouping, group, "Hardware", OD_COLUMN_HARDWARE);
	put_tally(out, grouping, group, "Modules", OD_COLUMN_MODULE);
	od_html_row(out, "Group", group->id);
	od_html_row(out, "Status", group->status);
	od_html_row(out, "Note", group->note);
	od_buf_put_string(out, "</dl>\n");
	od_html_timeline(out, grouping, group, GROUP_BINS, true);
}

static void put_example(struct od_buf *out, struct od_str json)
{
	struct od_arena *scratch = od_arena_create(0);
	const struct od_node *event;

	if (scratch && json.len && od_node_parse(NULL, scratch, json, &event) == OD_OK)
		od_html_event(out, scratch, event);
	od_arena_destroy(scratch);
}

static void put_members(struct od_buf *out, const struct od_grouping *grouping, const struct od_group *group)
{
	const size_t count = group->end - group->begin;

	od_buf_put_string(out, "<h2>Members</h2>\n<table><tr><th>when<th>host<th>kernel<th>log</tr>\n");
	for (size_t i = 0; i < count && i < MOST_MEMBERS; i++) {
		const struct od_member *member = &grouping->members[grouping->order[group->begin + i]];
		od_buf_put_string(out, "<tr><td>");
		od_html_time(out, member->time);
		od_buf_put_string(out, "<td>");
		od_escape_html(out, od_grouping_name(grouping, member->host));
		od_buf_put_string(out, "<td>");
		od_escape_html(out, od_grouping_name(grouping, member->kernel));
		od_buf_put_string(out, "<td class=\"mono\">");
		od_escape_html(out, od_grouping_name(grouping, member->path));
		od_buf_put_string(out, "</tr>\n");
	}
	od_buf_put_string(out, "</table>\n");
	if (count > MOST_MEMBERS)
		od_buf_printf(out, "<p class=\"dim\">and %zu more: <code>oopsdecode triage --format groups</code> lists all.</p>\n",
			      count - MOST_MEMBERS);
}

void od_html_group(struct od_buf *out, const struct od_triage *triage, const struct od_grouping *grouping, size_t number,
		   struct od_str json)
{
	const struct od_group *group = &grouping->groups[number];
	const struct od_member *example = &grouping->members[od_group_example(grouping, group)];

	od_html_begin(out, od_grouping_name(grouping, group->title), true);
	od_html_element(out, "p", NULL, od_grouping_name(grouping, group->cause));
	put_facts(out, grouping, group);
	put_where(out, grouping, group);
	if (json.len) {
		od_buf_put_string(out, "<p class=\"dim\">What follows is one of them: <code>");
		od_escape_html(out, od_grouping_name(grouping, example->path));
		od_buf_put_string(out, "</code></p>\n");
	}
	put_example(out, json);
	put_members(out, grouping, group);
	od_html_end(out, triage);
}
