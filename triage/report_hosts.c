// SPDX-License-Identifier: GPL-3.0-or-later
/* Hosts that crash in too many ways. */
#include "triage/triage.h"

#include <stdio.h>
#include <stdlib.h>

enum { MANY_GROUPS = 4 };

struct counted {
	struct od_host host;
	uint32_t seen;	/* number of the last group + 1 */
};

static void count_group(const struct od_grouping *grouping, uint32_t number, struct counted *hosts)
{
	const struct od_group *group = &grouping->groups[number];
	struct od_tally rows[1];
	const bool own = od_tally(grouping, group, OD_COLUMN_HOST, rows, 1) == 1;

	for (size_t i = group->begin; i < group->end; i++) {
		const struct od_member *member = &grouping->members[grouping->order[i]];
		if (member->host == UINT32_MAX || hosts[member->host].seen == number + 1)
			continue;
		struct od_host *host = &hosts[member->host].host;
		hosts[member->host].seen = number + 1;
		host->groups++;
		host->own += own;
		host->machine_checks += od_str_equal(od_grouping_name(grouping, grouping->shapes[member->shape].class),
						     OD_STR("machine-check"));
	}
}

void od_suspect_hosts(const struct od_grouping *grouping,
		      void (*put)(void *user, const struct od_grouping *grouping, uint32_t name, const struct od_host *host), void *user)
{
	struct counted *hosts = calloc(grouping->names.count + 1, sizeof(*hosts));

	for (uint32_t i = 0; hosts && i < grouping->group_count; i++)
		count_group(grouping, i, hosts);
	for (size_t i = 0; hosts && i < grouping->names.count; i++)
		if (hosts[i].host.own >= MANY_GROUPS || hosts[i].host.machine_checks)
			put(user, grouping, (uint32_t)i, &hosts[i].host);
	free(hosts);
}

struct od_str od_host_sentence(const struct od_host *host, char text[OD_HOST_SENTENCE])
{
	snprintf(text, OD_HOST_SENTENCE, "%u different crashes, %u of them on no other host%s", host->groups, host->own,
		 host->machine_checks ? ", with machine checks: the hardware is failing" :
					": suspect its memory or another part of the hardware");
	return od_str_from(text);
}
