// SPDX-License-Identifier: GPL-3.0-or-later
/* The overview: how much, when, on which kernels, which hosts are suspect, and the bugs in the order of their weight. */
#include "triage/html.h"

#include <stdlib.h>

#include "core/escape.h"
#include "triage/hosts.h"

enum { OVERVIEW_BINS = 60, SPARK_BINS = 16, MOST_TROUBLES = 200, MOST_SUSPECTS = 50 };

static void put_summary(struct od_buf *out, const struct od_grouping *grouping)
{
	const struct od_group all = {.begin = 0, .end = grouping->member_count};
	struct od_tally one;
	uint64_t crashes = 0;

	for (size_t i = 0; i < grouping->group_count; i++)
		crashes += grouping->groups[i].crashes;
	od_buf_put_string(out, "<ul class=\"facts\">\n");
	od_html_fact(out, "bug", grouping->group_count);
	od_html_fact(out, "crash", crashes);
	od_html_fact(out, "host", od_tally(grouping, &all, OD_COLUMN_HOST, &one, 1));
	od_html_fact(out, "kernel", od_tally(grouping, &all, OD_COLUMN_KERNEL, &one, 1));
	od_buf_put_string(out, "</ul>\n");
}

static void put_meta(struct od_buf *out, const struct od_grouping *grouping, const struct od_group *group)
{
	struct od_tally one;

	od_buf_put_string(out, "<p class=\"dim\">");
	if (group->first != INT64_MIN) {
		od_html_time(out, group->first);
		if (group->last != group->first) {
			od_buf_put_string(out, " to ");
			od_html_time(out, group->last);
		}
		od_buf_put_string(out, " · ");
	}
	od_html_count(out, od_tally(grouping, group, OD_COLUMN_HOST, &one, 1), "host");
	od_buf_put_string(out, " · ");
	od_html_count(out, od_tally(grouping, group, OD_COLUMN_KERNEL, &one, 1), "kernel");
	if (group->status.len) {
		od_buf_put_string(out, " · ");
		od_html_element(out, "span", "tag", group->status);
	}
	od_buf_put_string(out, "</p>\n");
}

static void put_group(struct od_buf *out, const struct od_grouping *grouping, const struct od_group *group)
{
	char page[OD_PAGE_NAME];

	od_html_page_name(group->id, page);
	od_buf_printf(out, "<li><div class=\"n\">%llu<small>%s</small></div><div><h3><a href=\"%s\">", (unsigned long long)group->crashes,
		      group->crashes == 1 ? "crash" : "crashes", page);
	od_escape_html(out, od_grouping_name(grouping, group->title));
	od_buf_put_string(out, "</a></h3>\n");
	od_html_element(out, "p", NULL, od_grouping_name(grouping, group->cause));
	od_html_element(out, "p", "mono dim", od_grouping_name(grouping, group->source));
	put_meta(out, grouping, group);
	od_html_element(out, "p", NULL, group->note);
	od_buf_put_string(out, "</div><div class=\"spark\">");
	od_html_timeline(out, grouping, group, SPARK_BINS, false);
	od_buf_put_string(out, "</div></li>\n");
}

static void put_suspect(struct od_buf *out, const struct od_grouping *grouping, const struct od_host *host)
{
	char sentence[OD_HOST_SENTENCE];

	od_buf_put_string(out, "<p class=\"warn\">Host <b>");
	od_escape_html(out, od_grouping_name(grouping, host->name));
	od_buf_put_string(out, "</b>: ");
	od_escape_html(out, od_host_sentence(host, sentence));
	od_buf_put_string(out, "</p>\n");
}

static void put_suspects(struct od_buf *out, const struct od_grouping *grouping)
{
	struct od_host *hosts = NULL;
	size_t count = 0;

	if (!od_hosts(grouping, &hosts, &count))
		return;
	for (size_t i = 0; i < count && i < MOST_SUSPECTS && hosts[i].suspicion; i++)
		put_suspect(out, grouping, &hosts[i]);
	free(hosts);
}

static void put_troubles(struct od_buf *out, const struct od_triage *triage)
{
	if (!triage->troubles.count)
		return;
	od_buf_put_string(out, "<h2>Not read</h2>\n<ul>\n");
	for (size_t i = 0; i < triage->troubles.count && i < MOST_TROUBLES; i++) {
		od_html_element(out, "li", NULL, triage->troubles.items[i]);
		od_buf_put_char(out, '\n');
	}
	od_buf_put_string(out, "</ul>\n");
	if (triage->progress.troubles > MOST_TROUBLES)
		od_buf_printf(out, "<p class=\"dim\">and %llu more</p>\n", (unsigned long long)triage->progress.troubles - MOST_TROUBLES);
}

void od_html_overview(struct od_buf *out, const struct od_triage *triage, const struct od_grouping *grouping)
{
	od_html_begin(out, OD_STR("Kernel crashes"), false);
	put_summary(out, grouping);
	put_suspects(out, grouping);
	od_html_timeline(out, grouping, NULL, OVERVIEW_BINS, true);
	od_buf_put_string(out, "<h2>Bugs</h2>\n<ol class=\"groups\">\n");
	for (size_t i = 0; i < grouping->group_count; i++)
		if (!grouping->groups[i].hidden)
			put_group(out, grouping, &grouping->groups[i]);
	od_buf_put_string(out, "</ol>\n");
	od_html_map(out, grouping);
	put_troubles(out, triage);
	od_html_end(out, triage);
}
