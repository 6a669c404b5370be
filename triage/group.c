// SPDX-License-Identifier: GPL-3.0-or-later
/* Reading events into shapes and members; cluster.c makes groups of them. */
#include "triage/group.h"

#include "core/buf.h"
#include "triage/brief.h"
#include "triage/cluster.h"
#include "triage/hosts.h"
#include "triage/node.h"

od_status od_grouping_create(struct od_trail *trail, double threshold, struct od_grouping **ret)
{
	struct od_grouping *grouping = calloc(1, sizeof(*grouping));

	if (grouping) {
		grouping->arena = od_arena_create(0);
		grouping->scratch = od_arena_create(0);
	}
	if (!grouping || !grouping->arena || !grouping->scratch) {
		od_grouping_destroy(grouping);
		return od_fail(trail, OD_ERR_NOMEM, "out of memory");
	}
	grouping->names.arena = grouping->shape_texts.arena = grouping->arena;
	grouping->threshold = threshold > 0 ? threshold : OD_SIMILARITY;
	*ret = grouping;
	return OD_OK;
}

void od_grouping_destroy(struct od_grouping *grouping)
{
	if (!grouping)
		return;
	od_intern_deinit(&grouping->names);
	od_intern_deinit(&grouping->shape_texts);
	od_arena_destroy(grouping->arena);
	od_arena_destroy(grouping->scratch);
	free(grouping->shapes);
	free(grouping->members);
	free(grouping->details);
	free(grouping->rarity);
	free(grouping->order);
	free(grouping->groups);
	free(grouping);
}

static uint32_t name(struct od_grouping *grouping, struct od_str text)
{
	return text.len ? od_intern(&grouping->names, text) : UINT32_MAX;
}

/* The module in "fn [module]". */
static struct od_str module_of(struct od_str place)
{
	ptrdiff_t open = od_str_find(place, OD_STR(" ["));

	if (open < 0 || place.ptr[place.len - 1] != ']')
		return (struct od_str){0};
	place = od_str_from_index(place, (size_t)open + 2);
	return od_str_first(place, place.len - 1);
}

static void add_key(struct od_grouping *grouping, struct od_shape *shape, struct od_str place)
{
	struct od_buf key = {0};

	if (shape->key_count == OD_MOST_KEYS)
		return;
	od_buf_put(&key, od_grouping_name(grouping, shape->class));
	od_buf_put_string(&key, " in ");
	od_buf_put(&key, place);
	shape->keys[shape->key_count++] = name(grouping, od_buf_str(&key));
	od_buf_deinit(&key);
}

static void read_stack(struct od_grouping *grouping, struct od_shape *shape, struct od_str text)
{
	while (text.len && shape->frame_count < OD_MOST_FRAMES) {
		struct od_str frame;
		if (!od_scan_until_text(&text, OD_STR(" < "), &frame)) {
			frame = text;
			text.len = 0;
		} else {
			od_scan_literal(&text, " < ");
		}
		uint32_t number = name(grouping, frame);
		if (number != UINT32_MAX)
			shape->frames[shape->frame_count++] = number;
	}
}

static void read_basis(struct od_grouping *grouping, struct od_shape *shape, struct od_str text, size_t index)
{
	if (index == 0) {
		shape->class = name(grouping, text);
	} else if (od_scan_literal(&text, "stack ")) {
		read_stack(grouping, shape, text);
	} else if (od_scan_literal(&text, "cause ")) {
		/* An address says how it went wrong, not what; a place or a message says which assertion it was. */
		if (!od_str_equal(od_grouping_name(grouping, shape->class), OD_STR("memory-fault")))
			shape->cause = name(grouping, text);
	} else if (od_scan_literal(&text, "caller ")) {
		shape->caller = name(grouping, text);
	} else if (od_scan_literal(&text, "author ")) {
		add_key(grouping, shape, text);
	} else if (index == 1) {
		shape->place = name(grouping, text);
		shape->module = name(grouping, module_of(text));
		add_key(grouping, shape, text);
	}
}

static bool add_shape(struct od_grouping *grouping, struct od_arena *scratch, const struct od_node *signature)
{
	const struct od_node *basis = od_node_get(signature, "basis");
	struct od_shape shape = {.class = UINT32_MAX, .place = UINT32_MAX, .module = UINT32_MAX, .caller = UINT32_MAX,
				 .cause = UINT32_MAX};

	if (grouping->shape_count == grouping->shape_capacity) {
		size_t capacity = grouping->shape_capacity ? grouping->shape_capacity * 2 : 64;
		struct od_shape *shapes = realloc(grouping->shapes, capacity * sizeof(*shapes));
		if (shapes)
			grouping->shapes = shapes;
		uint32_t *details = shapes ? realloc(grouping->details, capacity * 3 * sizeof(*details)) : NULL;
		if (!details)
			return false;
		grouping->details = details;
		grouping->shape_capacity = capacity;
	}
	shape.signature = od_node_text(grouping->arena, od_node_get(signature, "id"));
	shape.id = name(grouping, shape.signature);
	const struct od_node *text = basis && basis->type == OD_NODE_ARRAY ? od_node_first(basis) : NULL;
	for (size_t i = 0; text && i < basis->children; i++, text = od_node_behind(text))
		read_basis(grouping, &shape, od_node_text(scratch, text), i);
	if (!shape.key_count)
		shape.keys[shape.key_count++] = shape.id;
	memset(&grouping->details[grouping->shape_count * 3], 0xff, 3 * sizeof(uint32_t));
	grouping->shapes[grouping->shape_count++] = shape;
	return true;
}

/* The shape of the event; UINT32_MAX: it has no signature, or memory is out. */
static uint32_t shape_of(struct od_grouping *grouping, struct od_arena *scratch, const struct od_node *event)
{
	const struct od_node *signature = od_node_get(event, "signature");

	if (!signature || signature->type != OD_NODE_OBJECT || od_node_text(scratch, od_node_get(signature, "id")).len != 16)
		return UINT32_MAX;
	size_t known = grouping->shape_texts.count;
	uint32_t number = od_intern(&grouping->shape_texts, signature->raw);
	if (number == known && !add_shape(grouping, scratch, signature))
		return UINT32_MAX;
	return number;
}

static uint32_t text_name(struct od_grouping *grouping, struct od_arena *scratch, const struct od_node *node, const char *key)
{
	return name(grouping, od_node_text(scratch, od_node_get(node, key)));
}

/* "hub.c:32" of the innermost inlined function. */
static uint32_t source_name(struct od_grouping *grouping, struct od_arena *scratch, const struct od_node *frame)
{
	const struct od_node *list = od_node_get(frame, "source");
	uint64_t line;

	if (!list || list->type != OD_NODE_ARRAY || !list->children ||
	    !od_node_number(od_node_get(od_node_first(list), "line"), &line))
		return UINT32_MAX;
	struct od_str file = od_node_text(scratch, od_node_get(od_node_first(list), "file"));
	return name(grouping, od_arena_printf(scratch, "%.*s:%llu", OD_FMT(file), (unsigned long long)line));
}

/* What a person reads about a group: from the first event of the shape that says it. */
static void read_details(struct od_grouping *grouping, struct od_arena *scratch, const struct od_node *event, uint32_t shape)
{
	uint32_t *details = &grouping->details[(size_t)shape * 3];
	const struct od_node *frame = od_node_get(event, "responsible");
	const struct od_node *cause = od_node_get(event, "cause");

	if (details[0] == UINT32_MAX)
		details[0] = text_name(grouping, scratch, frame, "function");
	if (details[1] == UINT32_MAX)
		details[1] = source_name(grouping, scratch, frame);
	if (details[2] == UINT32_MAX)
		details[2] = text_name(grouping, scratch, cause, "text");
	if (details[2] == UINT32_MAX)
		details[2] = text_name(grouping, scratch, od_node_get(event, "explanation"), "sentence");
}

static struct od_member *new_member(struct od_grouping *grouping)
{
	if (grouping->member_count == grouping->member_capacity) {
		size_t capacity = grouping->member_capacity ? grouping->member_capacity * 2 : 256;
		struct od_member *members = realloc(grouping->members, capacity * sizeof(*members));
		if (!members)
			return NULL;
		grouping->members = members;
		grouping->member_capacity = capacity;
	}
	return &grouping->members[grouping->member_count++];
}

/* Elsewhere the upper bits of a kernel address are not all alike. */
static bool has_bit_flip(struct od_arena *scratch, const struct od_node *event)
{
	struct od_str arch = od_node_text(scratch, od_node_get(event, "arch"));
	struct od_str text = od_node_text(scratch, od_node_get(od_node_get(event, "fault"), "address"));
	uint64_t address;

	if (!od_str_equal(arch, OD_STR("x86_64")))
		return false;
	return od_scan_literal(&text, "0x") && od_scan_hex(&text, &address) && od_is_bit_flip(address);
}

static od_status add(struct od_grouping *grouping, struct od_arena *scratch, const struct od_stored *stored)
{
	const struct od_node *event;

	if (od_node_parse(NULL, scratch, stored->brief.len ? stored->brief : stored->json, &event) != OD_OK) {
		grouping->unsigned_events++;
		return OD_OK;
	}
	if (!od_brief_is_primary(scratch, event))
		return OD_OK;
	uint32_t shape = shape_of(grouping, scratch, event);
	if (shape == UINT32_MAX) {
		grouping->unsigned_events++;
		return OD_OK;
	}
	struct od_member *member = new_member(grouping);
	if (!member)
		return OD_ERR_NOMEM;
	*member = (struct od_member){
		.run = (uint32_t)stored->run,
		.bit_flip = has_bit_flip(scratch, event),
		.shape = shape,
		.host = name(grouping, stored->host),
		.kernel = text_name(grouping, scratch, event, "kernel_release"),
		.hardware = text_name(grouping, scratch, event, "hardware"),
		.path = name(grouping, stored->path),
		.hash = name(grouping, stored->hash),
		.title = text_name(grouping, scratch, event, "title"),
		.time = stored->time.type == OD_DB_NUMBER ? stored->time.number : INT64_MIN,
		.number = (uint32_t)stored->index,
		.length = stored->length < UINT32_MAX ? (uint32_t)stored->length : UINT32_MAX,
	};
	read_details(grouping, scratch, event, shape);
	return od_arena_exhausted(grouping->arena) ? OD_ERR_NOMEM : OD_OK;
}

od_status od_grouping_add(struct od_grouping *grouping, struct od_trail *trail, const struct od_stored *event)
{
	od_arena_reset(grouping->scratch);
	od_status status = add(grouping, grouping->scratch, event);

	return status == OD_OK ? OD_OK : od_fail(trail, status, "out of memory");
}

od_status od_grouping_finish(struct od_grouping *grouping, struct od_trail *trail)
{
	return od_cluster(grouping) ? OD_OK : od_fail(trail, OD_ERR_NOMEM, "out of memory");
}

uint32_t od_group_example(const struct od_grouping *grouping, const struct od_group *group)
{
	uint32_t best = grouping->order[group->begin];

	for (size_t i = group->begin + 1; i < group->end; i++)
		if (grouping->members[grouping->order[i]].length > grouping->members[best].length)
			best = grouping->order[i];
	return best;
}
