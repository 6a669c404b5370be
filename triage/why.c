// SPDX-License-Identifier: GPL-3.0-or-later
/* Why two crashes are, or are not, one bug. */
#include <stdlib.h>

#include "core/escape.h"
#include "triage/triage.h"

static void put_row(struct od_buf *out, const char *label, struct od_str text)
{
	od_buf_printf(out, "  %-10s", label);
	if (text.len)
		od_escape_terminal(out, text);
	else
		od_buf_put_string(out, "-");
	od_buf_put_char(out, '\n');
}

static void put_crash(struct od_buf *out, const struct od_grouping *grouping, const struct od_member *member)
{
	const struct od_shape *shape = &grouping->shapes[member->shape];

	od_escape_terminal(out, od_grouping_name(grouping, member->path));
	od_buf_put_string(out, ": ");
	od_escape_terminal(out, od_grouping_name(grouping, member->title));
	od_buf_put_char(out, '\n');
	put_row(out, "signature", shape->signature);
	for (unsigned i = 0; i < shape->key_count; i++)
		put_row(out, i ? "or" : "site", od_grouping_name(grouping, shape->keys[i]));
	put_row(out, "caller", od_grouping_name(grouping, shape->caller));
	if (shape->cause != UINT32_MAX)
		put_row(out, "cause", od_grouping_name(grouping, shape->cause));
	od_buf_printf(out, "  %-10s", "stack");
	for (unsigned i = 0; i < shape->frame_count; i++) {
		od_buf_put_string(out, i ? " < " : "");
		od_escape_terminal(out, od_grouping_name(grouping, shape->frames[i]));
	}
	od_buf_put_string(out, "\n\n");
}

static void put_comparison(struct od_buf *out, const struct od_grouping *grouping, struct od_comparison comparison)
{
	static const char *const reasons[] = {
		[OD_ALIKE_KEY] = "One bug: both are ",
		[OD_ALIKE_STACK] = "One bug: their stacks are alike",
		[OD_APART_CLASS] = "Not alike: reports of different classes",
		[OD_APART_MODULE] = "Not alike: different modules are responsible",
		[OD_APART_CAUSE] = "Not alike: they are of one class but for different causes",
		[OD_APART_STACK] = "Not alike: other functions are responsible, and the stacks differ",
	};

	od_buf_put_string(out, reasons[comparison.verdict]);
	if (comparison.verdict == OD_ALIKE_KEY)
		od_escape_terminal(out, od_grouping_name(grouping, comparison.key));
	if (comparison.similarity >= 0)
		od_buf_printf(out, " (similarity %.3f, one bug from %.3f on)", comparison.similarity, grouping->threshold);
	od_buf_put_string(out, ".\n");
}

/* A chain of like shapes from one to the other: breadth first, so it is a shortest one. */
static void put_chain(struct od_buf *out, const struct od_grouping *grouping, uint32_t from, uint32_t to)
{
	uint32_t *before = malloc(grouping->shape_count * sizeof(*before));
	uint32_t *queue = malloc(grouping->shape_count * sizeof(*queue));
	size_t head = 0, tail = 0;

	for (size_t i = 0; before && i < grouping->shape_count; i++)
		before[i] = UINT32_MAX;
	if (before && queue) {
		before[to] = to;
		queue[tail++] = to;
	}
	while (head < tail && before[from] == UINT32_MAX) {
		uint32_t at = queue[head++];
		for (uint32_t i = 0; i < grouping->shape_count; i++)
			if (before[i] == UINT32_MAX && od_is_alike(od_compare(&grouping->shapes[at], &grouping->shapes[i],
									      grouping->rarity, grouping->threshold))) {
				before[i] = at;
				queue[tail++] = i;
			}
	}
	if (before && before[from] != UINT32_MAX) {
		od_buf_put_string(out, "They are one bug all the same, through others of the group:\n");
		for (uint32_t at = from; at != to; at = before[at]) {
			od_buf_put_string(out, "  ");
			put_comparison(out, grouping, od_compare(&grouping->shapes[at], &grouping->shapes[before[at]],
								 grouping->rarity, grouping->threshold));
		}
	}
	free(before);
	free(queue);
}

static bool is_meant(const struct od_grouping *grouping, const struct od_member *member, struct od_str name)
{
	struct od_str path = od_grouping_name(grouping, member->path);

	return od_str_equal(path, name) || (name.len >= 4 && od_str_starts(od_grouping_name(grouping, member->hash), name)) ||
	       (name.len < path.len && od_str_starts(path, name) && path.ptr[name.len] == '/');
}

static const struct od_member *find(struct od_triage *triage, const struct od_grouping *grouping, const char *name)
{
	for (size_t i = 0; i < grouping->member_count; i++)
		if (is_meant(grouping, &grouping->members[i], od_str_from(name)))
			return &grouping->members[i];
	od_fail(&triage->trail, OD_ERR_MISSING, "no crash with a report is at %s, and no hash begins so", name);
	return NULL;
}

od_result od_triage_why(struct od_triage *triage, const char *a, const char *b, od_write_fn write, void *user)
{
	struct od_out out = {.write = write, .user = user};
	struct od_grouping *grouping;

	od_trail_clear(&triage->trail);
	if (od_triage_group(triage, &grouping) != OD_OK)
		return OD_RESULT_INPUT;
	const struct od_member *one = find(triage, grouping, a);
	const struct od_member *two = one ? find(triage, grouping, b) : NULL;
	od_result result = OD_RESULT_USAGE;
	if (two) {
		const struct od_shape *shapes = grouping->shapes;
		struct od_comparison comparison = od_compare(&shapes[one->shape], &shapes[two->shape], grouping->rarity,
							     grouping->threshold);
		put_crash(&out.text, grouping, one);
		put_crash(&out.text, grouping, two);
		put_comparison(&out.text, grouping, comparison);
		if (one->group == two->group && !od_is_alike(comparison))
			put_chain(&out.text, grouping, one->shape, two->shape);
		od_out_flush(&out, true);
		result = one->group == two->group ? OD_RESULT_OK : OD_RESULT_NO_EVENT;
	}
	od_buf_deinit(&out.text);
	od_grouping_destroy(grouping);
	return result;
}
