// SPDX-License-Identifier: GPL-3.0-or-later
#include "triage/cluster.h"

#include <math.h>

enum {
	PROBES = 4,		/* rarest frames by which candidates are looked for */
	MOST_CANDIDATES = 512,	/* of one frame; a frame that more shapes share tells little */
};

/* Which shapes hold a frame: lists of one array, by number of the frame. */
struct index {
	uint32_t *begin;	/* names.count + 1 */
	uint32_t *shapes;
};

struct cluster {
	struct od_grouping *grouping;
	uint32_t *parent;	/* of each shape */
	struct index index;
};

static uint32_t root_of(uint32_t *parent, uint32_t at)
{
	while (parent[at] != at)
		at = parent[at] = parent[parent[at]];
	return at;
}

static void join(uint32_t *parent, uint32_t a, uint32_t b)
{
	a = root_of(parent, a);
	b = root_of(parent, b);
	if (a < b)
		parent[b] = a;
	else
		parent[a] = b;
}

static bool join_keys(struct cluster *cluster)
{
	struct od_grouping *grouping = cluster->grouping;
	uint32_t *first = malloc((grouping->names.count + 1) * sizeof(*first));

	if (!first)
		return false;
	memset(first, 0xff, (grouping->names.count + 1) * sizeof(*first));
	for (uint32_t i = 0; i < grouping->shape_count; i++)
		for (unsigned k = 0; k < grouping->shapes[i].key_count; k++) {
			uint32_t key = grouping->shapes[i].keys[k];
			if (key == UINT32_MAX)
				continue;
			if (first[key] == UINT32_MAX)
				first[key] = i;
			else
				join(cluster->parent, first[key], i);
		}
	free(first);
	return true;
}

static bool build_index(struct cluster *cluster)
{
	const struct od_grouping *grouping = cluster->grouping;
	struct index *index = &cluster->index;
	size_t total = 0;

	index->begin = calloc(grouping->names.count + 2, sizeof(*index->begin));
	if (!index->begin)
		return false;
	for (size_t i = 0; i < grouping->shape_count; i++)
		for (unsigned k = 0; k < grouping->shapes[i].frame_count; k++, total++)
			index->begin[grouping->shapes[i].frames[k] + 2]++;
	index->shapes = malloc((total + 1) * sizeof(*index->shapes));
	if (!index->shapes)
		return false;
	for (size_t i = 2; i < grouping->names.count + 2; i++)
		index->begin[i] += index->begin[i - 1];
	for (uint32_t i = 0; i < grouping->shape_count; i++)
		for (unsigned k = 0; k < grouping->shapes[i].frame_count; k++)
			index->shapes[index->begin[grouping->shapes[i].frames[k] + 1]++] = i;
	return true;
}

static uint32_t frequency(const struct index *index, uint32_t frame)
{
	return index->begin[frame + 1] - index->begin[frame];
}

/* How much a frame says: the inverse of how many different shapes hold it, as a logarithm. */
static bool weigh_frames(struct cluster *cluster)
{
	struct od_grouping *grouping = cluster->grouping;
	const size_t count = grouping->names.count;

	grouping->rarity = calloc(count + 1, sizeof(*grouping->rarity));
	if (!grouping->rarity)
		return false;
	for (uint32_t i = 0; i < count; i++) {
		uint32_t shapes = frequency(&cluster->index, i);
		if (shapes)
			grouping->rarity[i] = (float)(1 + log(((double)grouping->shape_count + 1) / (shapes + 1.0)));
	}
	return true;
}

static void probe(struct cluster *cluster, uint32_t shape, uint32_t frame)
{
	struct od_grouping *grouping = cluster->grouping;
	const struct index *index = &cluster->index;
	uint32_t count = frequency(index, frame);

	if (count > MOST_CANDIDATES)
		count = MOST_CANDIDATES;
	for (uint32_t i = 0; i < count; i++) {
		uint32_t other = index->shapes[index->begin[frame] + i];
		if (root_of(cluster->parent, other) == root_of(cluster->parent, shape))
			continue;
		if (od_is_alike(od_compare(&grouping->shapes[shape], &grouping->shapes[other], grouping->rarity,
					   grouping->threshold)))
			join(cluster->parent, shape, other);
	}
}

static void join_stacks(struct cluster *cluster)
{
	const struct od_grouping *grouping = cluster->grouping;

	for (uint32_t i = 0; i < grouping->shape_count; i++) {
		const struct od_shape *shape = &grouping->shapes[i];
		uint32_t used = 0;
		for (unsigned n = 0; n < PROBES && n < shape->frame_count; n++) {
			unsigned best = OD_MOST_FRAMES;
			for (unsigned k = 0; k < shape->frame_count; k++)
				if (!(used & 1u << k) && (best == OD_MOST_FRAMES ||
							  grouping->rarity[shape->frames[k]] > grouping->rarity[shape->frames[best]]))
					best = k;
			used |= 1u << best;
			probe(cluster, i, shape->frames[best]);
		}
	}
}

/* For qsort_r(): by group, then as they came. */
static int by_group(const void *a, const void *b, void *user)
{
	const struct od_grouping *grouping = user;
	const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	const uint32_t gx = grouping->members[x].group, gy = grouping->members[y].group;

	return gx != gy ? (gx < gy ? -1 : 1) : x < y ? -1 : x > y;
}

static void summarise(struct od_grouping *grouping, struct od_group *group)
{
	group->title = group->function = group->source = group->cause = UINT32_MAX;
	group->first_kernel = group->last_kernel = UINT32_MAX;
	group->first = group->last = INT64_MIN;
	for (size_t i = group->begin; i < group->end; i++) {
		const struct od_member *member = &grouping->members[grouping->order[i]];
		const struct od_member *before = i > group->begin ? &grouping->members[grouping->order[i - 1]] : NULL;
		const struct od_shape *shape = &grouping->shapes[member->shape];
		const uint32_t *details = &grouping->details[(size_t)member->shape * 3];
		uint32_t *const into[] = {&group->function, &group->source, &group->cause};
		for (unsigned k = 0; k < 3; k++)
			if (*into[k] == UINT32_MAX)
				*into[k] = details[k];
		if (group->title == UINT32_MAX)
			group->title = member->title;
		if (!group->id.len || od_str_compare(shape->signature, group->id) < 0)
			group->id = shape->signature;
		group->events++;
		group->crashes += !before || before->hash != member->hash || before->host != member->host;
		if (member->time == INT64_MIN)
			continue;
		if (group->first == INT64_MIN || member->time < group->first) {
			group->first = member->time;
			group->first_kernel = member->kernel;
		}
		if (member->time > group->last) {
			group->last = member->time;
			group->last_kernel = member->kernel;
		}
	}
}

/* What to look at first: what happens most, then what happened last. */
static int by_rank(const void *a, const void *b)
{
	const struct od_group *x = a, *y = b;

	if (x->crashes != y->crashes)
		return x->crashes > y->crashes ? -1 : 1;
	if (x->last != y->last)
		return x->last > y->last ? -1 : 1;
	return od_str_compare(x->id, y->id);
}

static bool make_groups(struct cluster *cluster)
{
	struct od_grouping *grouping = cluster->grouping;
	const size_t count = grouping->member_count;

	grouping->order = malloc((count + 1) * sizeof(*grouping->order));
	grouping->groups = calloc(grouping->shape_count + 1, sizeof(*grouping->groups));
	if (!grouping->order || !grouping->groups)
		return false;
	for (uint32_t i = 0; i < count; i++) {
		grouping->order[i] = i;
		grouping->members[i].group = root_of(cluster->parent, grouping->members[i].shape);
	}
	qsort_r(grouping->order, count, sizeof(*grouping->order), by_group, grouping);
	for (size_t i = 0; i < count;) {
		struct od_group *group = &grouping->groups[grouping->group_count++];
		const uint32_t root = grouping->members[grouping->order[i]].group;
		group->begin = i;
		while (i < count && grouping->members[grouping->order[i]].group == root)
			i++;
		group->end = i;
		summarise(grouping, group);
	}
	qsort(grouping->groups, grouping->group_count, sizeof(*grouping->groups), by_rank);
	for (uint32_t g = 0; g < grouping->group_count; g++)
		for (size_t i = grouping->groups[g].begin; i < grouping->groups[g].end; i++)
			grouping->members[grouping->order[i]].group = g;
	return true;
}

bool od_cluster(struct od_grouping *grouping)
{
	struct cluster cluster = {.grouping = grouping};

	cluster.parent = malloc((grouping->shape_count + 1) * sizeof(*cluster.parent));
	for (uint32_t i = 0; cluster.parent && i < grouping->shape_count; i++)
		cluster.parent[i] = i;
	bool good = cluster.parent && join_keys(&cluster) && build_index(&cluster) && weigh_frames(&cluster);
	if (good) {
		join_stacks(&cluster);
		good = make_groups(&cluster);
	}
	free(cluster.parent);
	free(cluster.index.begin);
	free(cluster.index.shapes);
	return good;
}
