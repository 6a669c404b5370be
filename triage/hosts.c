// SPDX-License-Identifier: GPL-3.0-or-later
#include "triage/hosts.h"

#include <math.h>
#include <stdio.h>

enum { MANY_GROUPS = 5 };		/* different crashes on one machine that make one wonder */
static const double MUCH_ENTROPY = 2.0;	/* as of four kinds, each as frequent */

bool od_is_bit_flip(uint64_t address)
{
	const uint64_t upper = ~UINT64_C(0) << 47, low = 4096, first_high = UINT64_C(1) << 32;
	const uint64_t missing = upper & ~address, bit = address & ~(low - 1);

	return __builtin_popcountll(missing) == 1 || (bit >= first_high && __builtin_popcountll(bit) == 1);
}

struct sorting {
	const struct od_grouping *grouping;
	uint32_t *order;	/* members with a host, by host, group and crash */
	size_t count;
	bool *is_own;		/* by group: on one host only */
};

static int compare(uint32_t a, uint32_t b)
{
	return a < b ? -1 : a > b;
}

static int by_host(const void *a, const void *b, void *user)
{
	const struct od_grouping *grouping = user;
	const struct od_member *x = &grouping->members[*(const uint32_t *)a], *y = &grouping->members[*(const uint32_t *)b];
	int order = compare(x->host, y->host);

	if (!order)
		order = compare(x->group, y->group);
	return order ? order : compare(x->hash, y->hash);
}

static bool sort_members(struct sorting *sorting)
{
	const struct od_grouping *grouping = sorting->grouping;

	sorting->order = malloc((grouping->member_count + 1) * sizeof(*sorting->order));
	sorting->is_own = malloc(grouping->group_count + 1);
	if (!sorting->order || !sorting->is_own)
		return false;
	for (uint32_t i = 0; i < grouping->member_count; i++)
		if (grouping->members[i].host != UINT32_MAX)
			sorting->order[sorting->count++] = i;
	qsort_r(sorting->order, sorting->count, sizeof(*sorting->order), by_host, (void *)grouping);
	for (size_t g = 0; g < grouping->group_count; g++) {
		const struct od_group *group = &grouping->groups[g];
		const uint32_t host = grouping->members[grouping->order[group->begin]].host;
		sorting->is_own[g] = true;
		for (size_t i = group->begin; i < group->end && sorting->is_own[g]; i++)
			sorting->is_own[g] = grouping->members[grouping->order[i]].host == host;
	}
	return true;
}

static enum od_suspicion judge(const struct od_host *host)
{
	if (host->is_many)
		return OD_SUSPECT_NOTHING;
	if (host->machine_checks)
		return OD_SUSPECT_HARDWARE;
	if (host->bit_flips || (host->groups >= MANY_GROUPS && host->entropy >= MUCH_ENTROPY))
		return OD_SUSPECT_MEMORY;
	return OD_SUSPECT_NOTHING;
}

static void count_member(const struct od_grouping *grouping, const struct od_member *member, struct od_host *host)
{
	const struct od_shape *shape = &grouping->shapes[member->shape];

	host->machine_checks += od_str_equal(od_grouping_name(grouping, shape->class), OD_STR("machine-check"));
	host->bit_flips += member->bit_flip;
	if (member->hardware == UINT32_MAX)
		return;
	host->is_many |= host->hardware != UINT32_MAX && host->hardware != member->hardware;
	host->hardware = member->hardware;
}

/* One host: the members from `begin` on; returns where the next one's begin. */
static size_t read_host(const struct sorting *sorting, size_t begin, struct od_host *ret)
{
	const struct od_member *members = sorting->grouping->members;
	size_t end = begin, same = 0;
	double weighted = 0;	/* sum of n log2 n over the groups */

	*ret = (struct od_host){.name = members[sorting->order[begin]].host, .hardware = UINT32_MAX};
	for (; end < sorting->count && members[sorting->order[end]].host == ret->name; end++) {
		const struct od_member *member = &members[sorting->order[end]];
		const struct od_member *before = end > begin ? &members[sorting->order[end - 1]] : NULL;
		const bool is_new = !before || before->group != member->group;
		count_member(sorting->grouping, member, ret);
		if (is_new && same)
			weighted += (double)same * log2((double)same);
		if (is_new) {
			ret->groups++;
			ret->own += sorting->is_own[member->group];
			same = 0;
		}
		if (is_new || before->hash != member->hash) {
			same++;
			ret->crashes++;
		}
	}
	weighted += (double)same * log2((double)same);
	ret->entropy = fmax(0, log2((double)ret->crashes) - weighted / (double)ret->crashes);
	ret->suspicion = judge(ret);
	return end;
}

static int by_suspicion(const void *a, const void *b, void *user)
{
	const struct od_host *x = a, *y = b;

	if (x->suspicion != y->suspicion)
		return x->suspicion > y->suspicion ? -1 : 1;
	if (x->suspicion && x->groups != y->groups)
		return x->groups > y->groups ? -1 : 1;
	if (x->crashes != y->crashes)
		return x->crashes > y->crashes ? -1 : 1;
	return od_str_compare(od_grouping_name(user, x->name), od_grouping_name(user, y->name));
}

bool od_hosts(const struct od_grouping *grouping, struct od_host **ret, size_t *count)
{
	struct sorting sorting = {.grouping = grouping};
	struct od_host *hosts = NULL;
	size_t different = 0;

	if (sort_members(&sorting)) {
		for (size_t i = 0; i < sorting.count; i++)
			different += !i || grouping->members[sorting.order[i]].host != grouping->members[sorting.order[i - 1]].host;
		hosts = calloc(different + 1, sizeof(*hosts));
	}
	*count = 0;
	for (size_t i = 0; hosts && i < sorting.count;)
		i = read_host(&sorting, i, &hosts[(*count)++]);
	free(sorting.order);
	free(sorting.is_own);
	if (!hosts)
		return false;
	qsort_r(hosts, *count, sizeof(*hosts), by_suspicion, (void *)grouping);
	*ret = hosts;
	return true;
}

struct od_str od_host_sentence(const struct od_host *host, char text[OD_HOST_SENTENCE])
{
	char verdict[96] = "suspect its memory or another part of the hardware";

	if (host->machine_checks)
		snprintf(verdict, sizeof(verdict), "with machine checks (%u) the hardware is failing", host->machine_checks);
	else if (host->bit_flips)
		snprintf(verdict, sizeof(verdict), "at addresses with one wrong bit (%u): suspect its memory", host->bit_flips);
	snprintf(text, OD_HOST_SENTENCE, "%u crash%s of %u kind%s, %u of them on no other host (%.1f bits of entropy): %s",
		 host->crashes, host->crashes == 1 ? "" : "es", host->groups, host->groups == 1 ? "" : "s", host->own,
		 host->entropy, verdict);
	return od_str_from(text);
}
