// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Reading JSON (RFC 8259): a text becomes a flat array of nodes in an arena. Nothing recurses, depth
 * is bounded, and what is not JSON is refused. Thread safe for different arenas.
 */
#ifndef OD_TRIAGE_NODE_H
#define OD_TRIAGE_NODE_H

#include "core/arena.h"
#include "core/status.h"
#include "core/str.h"

enum od_node_type { OD_NODE_OBJECT, OD_NODE_ARRAY, OD_NODE_STRING, OD_NODE_NUMBER, OD_NODE_WORD };

struct od_node {
	enum od_node_type type;
	struct od_str raw;	/* as it stands in the text: with brackets; a string without its quotes */
	struct od_str key;	/* of a member of an object, still escaped; else empty */
	size_t next;		/* how many nodes from this to the one behind it and all that is inside it */
	size_t children;	/* of an object or array */
};

/*
 * Reads one value, and nothing but blanks behind it. *ret is the root; its children follow it. The
 * nodes borrow `text`. OD_ERR_FORMAT: it is not JSON, or nested deeper than 64.
 */
od_status od_node_parse(struct od_trail *trail, struct od_arena *arena, struct od_str text, const struct od_node **ret);

/* The member of an object by its key; NULL: none, or `node` is NULL or no object. */
const struct od_node *od_node_get(const struct od_node *node, const char *key);

/* The first child, and the one behind `child`; for use with a count of node->children. */
static inline const struct od_node *od_node_first(const struct od_node *node)
{
	return node + 1;
}

static inline const struct od_node *od_node_behind(const struct od_node *child)
{
	return child + child->next;
}

/* A string's text without escapes, NUL-terminated, in the arena; empty when `node` is NULL or no string. */
struct od_str od_node_text(struct od_arena *arena, const struct od_node *node);

/* A number's integral part; false: NULL, no number, negative, or too large. */
bool od_node_number(const struct od_node *node, uint64_t *ret);

#endif
