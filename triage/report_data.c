// SPDX-License-Identifier: GPL-3.0-or-later
/* Groups for programs: NDJSON, CSV (RFC 4180), Prometheus' text format. */
#include <stdlib.h>

#include "core/escape.h"
#include "triage/hosts.h"
#include "triage/triage.h"

enum { MOST_VALUES = 1000, MOST_CELL = 50 };

static const char *const suspicions[] = {
	[OD_SUSPECT_NOTHING] = "",
	[OD_SUSPECT_MEMORY] = "memory",
	[OD_SUSPECT_HARDWARE] = "hardware",
};

static void key_text(struct od_buf *out, const char *key, struct od_str text)
{
	if (!text.len)
		return;
	od_buf_printf(out, ",\"%s\":\"", key);
	od_escape_json(out, text);
	od_buf_put_char(out, '"');
}

static void key_tally(struct od_buf *out, const struct od_grouping *grouping, const struct od_group *group, const char *key,
		      enum od_column column)
{
	struct od_tally rows[MOST_VALUES];
	size_t count = od_tally(grouping, group, column, rows, MOST_VALUES);

	if (!count)
		return;
	od_buf_printf(out, ",\"%s\":{", key);
	for (size_t i = 0; i < count && i < MOST_VALUES; i++) {
		od_buf_put_string(out, i ? ",\"" : "\"");
		od_escape_json(out, od_grouping_name(grouping, rows[i].name));
		od_buf_printf(out, "\":%llu", (unsigned long long)rows[i].count);
	}
	od_buf_put_char(out, '}');
}

static void members(struct od_out *out, const struct od_grouping *grouping, const struct od_group *group)
{
	od_buf_put_string(&out->text, ",\"members\":[");
	for (size_t i = group->begin; i < group->end && od_out_flush(out, false); i++) {
		const struct od_member *member = &grouping->members[grouping->order[i]];
		od_buf_put_string(&out->text, i > group->begin ? ",{\"path\":\"" : "{\"path\":\"");
		od_escape_json(&out->text, od_grouping_name(grouping, member->path));
		od_buf_put_char(&out->text, '"');
		key_text(&out->text, "host", od_grouping_name(grouping, member->host));
		key_text(&out->text, "hash", od_grouping_name(grouping, member->hash));
		key_text(&out->text, "kernel", od_grouping_name(grouping, member->kernel));
		if (member->time != INT64_MIN)
			od_buf_printf(&out->text, ",\"time\":%lld", (long long)member->time);
		od_buf_printf(&out->text, ",\"index\":%u}", member->number);
	}
	od_buf_put_char(&out->text, ']');
}

void od_report_groups(struct od_out *out, const struct od_grouping *grouping)
{
	struct od_buf *text = &out->text;

	for (size_t i = 0; i < grouping->group_count && od_out_flush(out, false); i++) {
		const struct od_group *group = &grouping->groups[i];
		if (group->hidden)
			continue;
		od_buf_printf(text, "{\"schema\":1,\"group\":\"%.*s\"", OD_FMT(group->id));
		key_text(text, "title", od_grouping_name(grouping, group->title));
		key_text(text, "function", od_grouping_name(grouping, group->function));
		key_text(text, "source", od_grouping_name(grouping, group->source));
		key_text(text, "cause", od_grouping_name(grouping, group->cause));
		key_text(text, "status", group->status);
		key_text(text, "note", group->note);
		key_text(text, "link", group->link);
		od_buf_printf(text, ",\"crashes\":%llu,\"events\":%llu", (unsigned long long)group->crashes,
			      (unsigned long long)group->events);
		if (group->first != INT64_MIN)
			od_buf_printf(text, ",\"first\":%lld,\"last\":%lld", (long long)group->first, (long long)group->last);
		key_text(text, "first_kernel", od_grouping_name(grouping, group->first_kernel));
		key_text(text, "last_kernel", od_grouping_name(grouping, group->last_kernel));
		key_tally(text, grouping, group, "kernels", OD_COLUMN_KERNEL);
		key_tally(text, grouping, group, "hosts", OD_COLUMN_HOST);
		key_tally(text, grouping, group, "hardware", OD_COLUMN_HARDWARE);
		key_tally(text, grouping, group, "modules", OD_COLUMN_MODULE);
		members(out, grouping, group);
		od_buf_put_string(text, "}\n");
	}
}

/* A cell; one that a spreadsheet would take for a formula gets an apostrophe. */
static void cell(struct od_buf *out, struct od_str value)
{
	struct od_buf clean = {0};

	od_escape_terminal(&clean, value);
	od_buf_put_string(out, ",\"");
	if (clean.len && strchr("=+-@", clean.data[0]))
		od_buf_put_char(out, '\'');
	for (size_t i = 0; i < clean.len; i++) {
		if (clean.data[i] == '"')
			od_buf_put_char(out, '"');
		od_buf_put_char(out, clean.data[i]);
	}
	od_buf_put_char(out, '"');
	od_buf_deinit(&clean);
}

static void tally_cell(struct od_buf *out, const struct od_grouping *grouping, const struct od_group *group, enum od_column column)
{
	struct od_tally rows[MOST_CELL];
	struct od_buf text = {0};
	size_t count = od_tally(grouping, group, column, rows, MOST_CELL);

	for (size_t i = 0; i < count && i < MOST_CELL; i++) {
		od_buf_put_string(&text, i ? " " : "");
		od_buf_put(&text, od_grouping_name(grouping, rows[i].name));
	}
	cell(out, od_buf_str(&text));
	od_buf_deinit(&text);
}

static void time_cell(struct od_buf *out, int64_t when)
{
	if (when == INT64_MIN)
		od_buf_put_char(out, ',');
	else
		od_buf_printf(out, ",%lld", (long long)when);
}

void od_report_csv(struct od_out *out, const struct od_grouping *grouping)
{
	struct od_buf *text = &out->text;

	od_buf_put_string(text, "group,crashes,events,first,last,title,function,source,status,kernels,hosts,modules,note,link\r\n");
	for (size_t i = 0; i < grouping->group_count && od_out_flush(out, false); i++) {
		const struct od_group *group = &grouping->groups[i];
		if (group->hidden)
			continue;
		od_buf_printf(text, "%.*s,%llu,%llu", OD_FMT(group->id), (unsigned long long)group->crashes,
			      (unsigned long long)group->events);
		time_cell(text, group->first);
		time_cell(text, group->last);
		cell(text, od_grouping_name(grouping, group->title));
		cell(text, od_grouping_name(grouping, group->function));
		cell(text, od_grouping_name(grouping, group->source));
		cell(text, group->status);
		tally_cell(text, grouping, group, OD_COLUMN_KERNEL);
		tally_cell(text, grouping, group, OD_COLUMN_HOST);
		tally_cell(text, grouping, group, OD_COLUMN_MODULE);
		cell(text, group->note);
		cell(text, group->link);
		od_buf_put_string(text, "\r\n");
	}
}

/* Controls become text first; what is left to escape is \\ and ". */
static void label(struct od_buf *out, struct od_str value)
{
	struct od_buf clean = {0};

	od_escape_terminal(&clean, value);
	for (size_t i = 0; i < clean.len; i++) {
		if (clean.data[i] == '"' || clean.data[i] == '\\')
			od_buf_put_char(out, '\\');
		od_buf_put_char(out, clean.data[i]);
	}
	od_buf_deinit(&clean);
}

static void metric(struct od_out *out, const struct od_grouping *grouping, const char *name, const char *help, bool last)
{
	struct od_buf *text = &out->text;

	od_buf_printf(text, "# HELP %s %s\n# TYPE %s gauge\n", name, help, name);
	for (size_t i = 0; i < grouping->group_count && od_out_flush(out, false); i++) {
		const struct od_group *group = &grouping->groups[i];
		if (group->hidden || (last && group->last == INT64_MIN))
			continue;
		od_buf_printf(text, "%s{group=\"%.*s\",title=\"", name, OD_FMT(group->id));
		label(text, od_grouping_name(grouping, group->title));
		od_buf_printf(text, "\"} %lld\n", (long long)(last ? group->last : (int64_t)group->crashes));
	}
}

/* Only those that somebody should look at: a series per host of a fleet would be too many. */
static void suspect_metric(struct od_out *out, const struct od_grouping *grouping)
{
	struct od_host *hosts = NULL;
	size_t count = 0;

	od_buf_put_string(&out->text, "# HELP oopsdecode_host_suspect A host whose crashes look like failing hardware.\n"
				      "# TYPE oopsdecode_host_suspect gauge\n");
	if (!od_hosts(grouping, &hosts, &count))
		return;
	for (size_t i = 0; i < count && hosts[i].suspicion && od_out_flush(out, false); i++) {
		od_buf_put_string(&out->text, "oopsdecode_host_suspect{host=\"");
		label(&out->text, od_grouping_name(grouping, hosts[i].name));
		od_buf_printf(&out->text, "\",part=\"%s\"} 1\n", suspicions[hosts[i].suspicion]);
	}
	free(hosts);
}

void od_report_hosts(struct od_out *out, const struct od_grouping *grouping)
{
	struct od_buf *text = &out->text;
	struct od_host *hosts = NULL;
	size_t count = 0;

	if (!od_hosts(grouping, &hosts, &count))
		return;
	for (size_t i = 0; i < count && od_out_flush(out, false); i++) {
		const struct od_host *host = &hosts[i];
		od_buf_put_string(text, "{\"schema\":1");
		key_text(text, "host", od_grouping_name(grouping, host->name));
		key_text(text, "hardware", od_grouping_name(grouping, host->hardware));
		od_buf_printf(text, ",\"crashes\":%u,\"groups\":%u,\"only_here\":%u,\"entropy\":%.2f", host->crashes,
			      host->groups, host->own, host->entropy);
		od_buf_printf(text, ",\"machine_checks\":%u,\"bit_flips\":%u", host->machine_checks, host->bit_flips);
		key_text(text, "suspect", od_str_from(suspicions[host->suspicion]));
		od_buf_put_string(text, "}\n");
	}
	free(hosts);
}

void od_report_prometheus(struct od_out *out, const struct od_grouping *grouping)
{
	metric(out, grouping, "oopsdecode_group_crashes", "Crashes that are this bug.", false);
	metric(out, grouping, "oopsdecode_group_last_seconds", "When this bug was last seen, in seconds since 1970.", true);
	suspect_metric(out, grouping);
}
