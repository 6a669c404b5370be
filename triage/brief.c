// SPDX-License-Identifier: GPL-3.0-or-later
#include "triage/brief.h"

#include "core/buf.h"

/* Members of an event, and of which object in it (NULL: its own). */
static const struct {
	const char *object, *key;
} kept[] = {
	{NULL, "severity"},	   {NULL, "kernel_release"}, {NULL, "hardware"},	{NULL, "title"},
	{NULL, "signature"},	   {NULL, "arch"},	     {"responsible", "function"}, {"responsible", "source"},
	{"cause", "text"},	   {"cause", "value"},	     {"explanation", "sentence"}, {"fault", "address"},
};

bool od_brief_is_primary(struct od_arena *scratch, const struct od_node *event)
{
	struct od_str severity = od_node_text(scratch, od_node_get(event, "severity"));

	return !od_node_get(event, "repeat_of") && !od_node_get(event, "consequence_of") &&
	       !od_str_equal(severity, OD_STR("info"));
}

static void put_member(struct od_buf *out, const char *key, const struct od_node *node)
{
	const char *quote = node->type == OD_NODE_STRING ? "\"" : "";

	if (out->len && out->data[out->len - 1] != '{')
		od_buf_put_char(out, ',');
	od_buf_printf(out, "\"%s\":%s", key, quote);
	od_buf_put(out, node->raw);
	od_buf_put_string(out, quote);
}

/* All that is kept of one object, as a member. */
static void put_object(struct od_buf *out, const struct od_node *event, const char *name)
{
	const struct od_node *object = od_node_get(event, name);
	struct od_buf inner = {0};

	for (size_t i = 0; i < sizeof(kept) / sizeof(kept[0]); i++) {
		const bool is_here = kept[i].object && strcmp(kept[i].object, name) == 0;
		const struct od_node *node = is_here ? od_node_get(object, kept[i].key) : NULL;
		if (node)
			put_member(&inner, kept[i].key, node);
	}
	if (inner.len) {
		od_buf_printf(out, "%s\"%s\":{", out->len > 1 ? "," : "", name);
		od_buf_put(out, od_buf_str(&inner));
		od_buf_put_char(out, '}');
	}
	od_buf_deinit(&inner);
}

struct od_str od_brief(struct od_arena *arena, const struct od_node *event)
{
	static const char *const objects[] = {"responsible", "cause", "explanation", "fault"};
	struct od_buf out = {0};

	if (!od_brief_is_primary(arena, event))
		return od_arena_copy(arena, OD_STR("{\"severity\":\"info\"}"));
	od_buf_put_char(&out, '{');
	for (size_t i = 0; i < sizeof(kept) / sizeof(kept[0]); i++) {
		const struct od_node *node = kept[i].object ? NULL : od_node_get(event, kept[i].key);
		if (node)
			put_member(&out, kept[i].key, node);
	}
	for (size_t i = 0; i < sizeof(objects) / sizeof(objects[0]); i++)
		put_object(&out, event, objects[i]);
	od_buf_put_char(&out, '}');
	struct od_str brief = out.failed ? (struct od_str){0} : od_arena_copy(arena, od_buf_str(&out));
	od_buf_deinit(&out);
	return brief;
}
