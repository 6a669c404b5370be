// SPDX-License-Identifier: GPL-3.0-or-later
#include "triage/triage.h"

#include <stdlib.h>

#include "core/escape.h"

void od_out_event(struct od_buf *out, const struct od_stored *event)
{
	od_buf_put_string(out, "{\"schema\":1,\"crash\":{\"path\":\"");
	od_escape_json(out, event->path);
	od_buf_put_char(out, '"');
	if (event->host.len) {
		od_buf_put_string(out, ",\"host\":\"");
		od_escape_json(out, event->host);
		od_buf_put_char(out, '"');
	}
	if (event->time.type == OD_DB_NUMBER)
		od_buf_printf(out, ",\"time\":%lld", (long long)event->time.number);
	od_buf_put_string(out, ",\"hash\":\"");
	od_escape_json(out, event->hash);
	od_buf_printf(out, "\",\"index\":%lld},\"event\":", (long long)event->index);
	od_buf_put(out, event->json);
	od_buf_put_string(out, "}\n");
}

struct grouped {
	struct od_grouping *grouping;
	struct od_trail *trail;
	od_status status;
};

static bool take_stored(void *user, const struct od_stored *event)
{
	struct grouped *grouped = user;

	grouped->status = od_grouping_add(grouped->grouping, grouped->trail, event);
	return grouped->status == OD_OK;
}

/* A note belongs to every group that its signature is in. */
static bool take_note(void *user, const struct od_db_value *columns, size_t count)
{
	struct od_grouping *grouping = user;

	for (size_t i = 0; count == 4 && i < grouping->member_count; i++) {
		const struct od_member *member = &grouping->members[i];
		if (!od_str_equal(grouping->shapes[member->shape].signature, columns[0].text))
			continue;
		struct od_group *group = &grouping->groups[member->group];
		group->status = od_arena_copy(grouping->arena, columns[1].text);
		group->note = od_arena_copy(grouping->arena, columns[2].text);
		group->link = od_arena_copy(grouping->arena, columns[3].text);
		break;
	}
	return true;
}

/* What the last run brought needs to know which that was. */
static od_status filter(struct od_triage *triage, struct od_grouping *grouping)
{
	od_status status = od_store_last_run(triage->store, &triage->trail, &triage->filter.run);

	if (status == OD_OK)
		od_filter_groups(&triage->filter, grouping);
	return status;
}

od_status od_triage_group(struct od_triage *triage, struct od_grouping **ret)
{
	struct grouped grouped = {.trail = &triage->trail};
	od_status status = od_grouping_create(&triage->trail, triage->options.similarity, &grouped.grouping);

	if (status != OD_OK)
		return status;
	status = od_store_briefs(triage->store, &triage->trail, take_stored, &grouped);
	if (status == OD_OK)
		status = grouped.status;
	if (status == OD_OK)
		status = od_grouping_finish(grouped.grouping, &triage->trail);
	if (status == OD_OK)
		status = od_store_notes(triage->store, &triage->trail, take_note, grouped.grouping);
	if (status == OD_OK)
		status = filter(triage, grouped.grouping);
	if (status == OD_OK)
		*ret = grouped.grouping;
	else
		od_grouping_destroy(grouped.grouping);
	return status;
}

static uint32_t value_of(const struct od_grouping *grouping, const struct od_member *member, enum od_column column)
{
	switch (column) {
	case OD_COLUMN_HOST: return member->host;
	case OD_COLUMN_KERNEL: return member->kernel;
	case OD_COLUMN_HARDWARE: return member->hardware;
	case OD_COLUMN_MODULE: return grouping->shapes[member->shape].module;
	}
	return UINT32_MAX;
}

static int by_value(const void *a, const void *b)
{
	const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

static int by_count(const void *a, const void *b)
{
	const struct od_tally *x = a, *y = b;

	return x->count != y->count ? (x->count > y->count ? -1 : 1) : x->name < y->name ? -1 : x->name > y->name;
}

size_t od_tally(const struct od_grouping *grouping, const struct od_group *group, enum od_column column, struct od_tally *ret,
		size_t limit)
{
	const size_t count = group->end - group->begin;
	uint32_t *values = malloc((count + 1) * sizeof(*values));
	struct od_tally *tallies = malloc((count + 1) * sizeof(*tallies));
	size_t known = 0, different = 0;

	for (size_t i = 0; values && tallies && i < count; i++) {
		uint32_t value = value_of(grouping, &grouping->members[grouping->order[group->begin + i]], column);
		if (value != UINT32_MAX)
			values[known++] = value;
	}
	if (known)
		qsort(values, known, sizeof(*values), by_value);
	for (size_t i = 0; i < known; i++) {
		if (i && values[i] == values[i - 1])
			tallies[different - 1].count++;
		else
			tallies[different++] = (struct od_tally){values[i], 1};
	}
	if (different)
		qsort(tallies, different, sizeof(*tallies), by_count);
	if (different)
		memcpy(ret, tallies, (different < limit ? different : limit) * sizeof(*tallies));
	free(values);
	free(tallies);
	return different;
}

static bool write_event(void *user, const struct od_stored *event)
{
	struct od_out *out = user;

	od_out_event(&out->text, event);
	return od_out_flush(out, false);
}

static od_status write_groups(struct od_triage *triage, const char *format, struct od_out *out)
{
	struct od_grouping *grouping;
	od_status status = od_triage_group(triage, &grouping);

	if (status != OD_OK)
		return status;
	if (strcmp(format, "groups") == 0)
		od_report_groups(out, grouping);
	else if (strcmp(format, "csv") == 0)
		od_report_csv(out, grouping);
	else if (strcmp(format, "prometheus") == 0)
		od_report_prometheus(out, grouping);
	else if (strcmp(format, "hosts") == 0)
		od_report_hosts(out, grouping);
	else
		od_report_text(out, triage, grouping);
	od_grouping_destroy(grouping);
	return OD_OK;
}

od_result od_triage_write(struct od_triage *triage, const char *format, od_write_fn write, void *user)
{
	static const char *const formats[] = {"text", "groups", "events", "csv", "prometheus", "hosts"};
	struct od_out out = {.write = write, .user = user};
	bool known = false;

	od_trail_clear(&triage->trail);
	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++)
		known = known || strcmp(format, formats[i]) == 0;
	if (!known) {
		od_fail(&triage->trail, OD_ERR_USAGE, "no such format: %s", format);
		return OD_RESULT_USAGE;
	}
	od_status status = strcmp(format, "events") == 0 ?
				   od_store_events(triage->store, &triage->trail, write_event, &out) :
				   write_groups(triage, format, &out);
	od_out_flush(&out, true);
	od_buf_deinit(&out.text);
	return status == OD_OK ? OD_RESULT_OK : status == OD_ERR_NOMEM ? OD_RESULT_NOMEM : OD_RESULT_INPUT;
}
