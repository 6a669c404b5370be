// SPDX-License-Identifier: GPL-3.0-or-later
#include "triage/filter.h"

#include "triage/layout.h"

/* 6.1 < 6.1-rc1 is false: a candidate comes before the release. */
static int rank_of_rest(struct od_str rest)
{
	if (!rest.len)
		return 1;
	return od_str_equal(od_str_first(rest, 3), OD_STR("-rc")) || *rest.ptr == '~' ? 0 : 2;
}

static struct od_str take_number(struct od_str *s)
{
	size_t length = 0;

	while (s->len > 1 && *s->ptr == '0' && od_is_digit(s->ptr[1]))
		*s = od_str_from_index(*s, 1);
	while (length < s->len && od_is_digit(s->ptr[length]))
		length++;
	struct od_str number = od_str_first(*s, length);
	*s = od_str_from_index(*s, length);
	return number;
}

int od_version_compare(struct od_str a, struct od_str b)
{
	while (a.len && b.len) {
		if (od_is_digit(*a.ptr) && od_is_digit(*b.ptr)) {
			struct od_str x = take_number(&a), y = take_number(&b);
			int order = x.len != y.len ? (x.len < y.len ? -1 : 1) : od_str_compare(x, y);
			if (order)
				return order;
			continue;
		}
		if (*a.ptr != *b.ptr)
			break;
		a = od_str_from_index(a, 1);
		b = od_str_from_index(b, 1);
	}
	const int rank = rank_of_rest(a) - rank_of_rest(b);
	return rank || !a.len ? rank : od_str_compare(a, b);
}

od_status od_filter_read(struct od_trail *trail, const char *since, const char *new_since, struct od_filter *ret)
{
	*ret = (struct od_filter){.since = INT64_MIN};
	if (since && !od_layout_date(od_str_from(since), &ret->since))
		return od_fail(trail, OD_ERR_USAGE, "'%s' is no date like 2026-11-21 or 2026-11-21T03:05", since);
	if (!new_since)
		return OD_OK;
	ret->version = od_str_from(new_since);
	if (od_str_equal(ret->version, OD_STR("last")))
		ret->kind = OD_NEW_SINCE_RUN;
	else if (od_layout_date(ret->version, &ret->time))
		ret->kind = OD_NEW_SINCE_TIME;
	else if (ret->version.len && od_is_digit(*ret->version.ptr))
		ret->kind = OD_NEW_SINCE_VERSION;
	else
		return od_fail(trail, OD_ERR_USAGE, "'%s' is no date, no version of a kernel, and not 'last'", new_since);
	return OD_OK;
}

/* Whether a member speaks for the group being new (1), against it (-1), or says nothing. */
static int vote(const struct od_filter *filter, const struct od_grouping *grouping, const struct od_member *member)
{
	switch (filter->kind) {
	case OD_NEW_ANY: return 1;
	case OD_NEW_SINCE_TIME:
		return member->time == INT64_MIN ? 0 : member->time >= filter->time ? 1 : -1;
	case OD_NEW_SINCE_VERSION:
		if (member->kernel == UINT32_MAX)
			return 0;
		return od_version_compare(od_grouping_name(grouping, member->kernel), filter->version) >= 0 ? 1 : -1;
	case OD_NEW_SINCE_RUN: return member->run >= filter->run ? 1 : -1;
	}
	return 0;
}

static bool is_new(const struct od_filter *filter, const struct od_grouping *grouping, const struct od_group *group)
{
	bool any = false;

	for (size_t i = group->begin; i < group->end; i++) {
		int said = vote(filter, grouping, &grouping->members[grouping->order[i]]);
		if (said < 0)
			return false;
		any |= said > 0;
	}
	return any;
}

void od_filter_groups(const struct od_filter *filter, struct od_grouping *grouping)
{
	for (size_t i = 0; i < grouping->group_count; i++) {
		struct od_group *group = &grouping->groups[i];
		group->hidden = (filter->since != INT64_MIN && group->last < filter->since) ||
				(filter->kind != OD_NEW_ANY && !is_new(filter, grouping, group));
	}
}
