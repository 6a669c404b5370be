// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzer/member.h"

#include <inttypes.h>

enum { DEPTH = 24 };

/* Whether the member holds the offset; a flexible array holds all that follows it. */
static bool holds(const struct od_type *type, const struct od_member *member, uint64_t offset)
{
	if (offset < member->offset)
		return false;
	if (member->flexible)
		return member->offset + 1 >= type->size || member == &type->members.items[type->members.count - 1];
	return offset - member->offset < member->size;
}

/* Members that hold the offset: the first whose size is the access's, else the first. */
static const struct od_member *choose(const struct od_type *type, uint64_t offset, unsigned width, bool *ambiguous)
{
	const struct od_member *best = NULL;
	unsigned count = 0;

	for (size_t i = 0; i < type->members.count; i++) {
		const struct od_member *member = &type->members.items[i];
		if (!holds(type, member, offset))
			continue;
		count++;
		if (!best || (best->size != width && member->size == width))
			best = member;
	}
	*ambiguous |= count > 1;
	return best;
}

/* A step into an array; false: its elements have no size. */
static bool index_array(const struct od_facts *facts, const struct od_type *type, uint64_t *offset, struct od_buf *path)
{
	const struct od_type *element = od_facts_type(facts, type->target);
	uint64_t size = element ? element->size : 0;

	if (!size)
		return false;
	od_buf_printf(path, "[%" PRIu64 "]", *offset / size);
	*offset %= size;
	return true;
}

bool od_member_find(const struct od_facts *facts, int type, uint64_t offset, unsigned width, struct od_buf *path,
		    struct od_member_path *ret)
{
	*ret = (struct od_member_path){.type = type};
	for (unsigned depth = 0; depth < DEPTH; depth++) {
		const struct od_type *at = od_facts_type(facts, type);
		if (!at)
			return false;
		ret->type = type;
		ret->inside = offset != 0;
		if (width == OD_WIDTH_OUTERMOST && depth && !offset)
			return true;
		if (at->kind == OD_TYPE_ARRAY) {
			if (!index_array(facts, at, &offset, path))
				return false;
			type = at->target;
			continue;
		}
		if (at->kind != OD_TYPE_STRUCT && at->kind != OD_TYPE_UNION)
			return at->size ? offset < at->size : offset == 0;
		if (!at->known)
			return false;
		const struct od_member *member = choose(at, offset, width, &ret->ambiguous);
		if (!member)
			return false;
		ret->ambiguous |= member->bits;
		if (member->name.len) {
			if (path->len)
				od_buf_put_char(path, '.');
			od_buf_put(path, member->name);
		}
		offset -= member->offset;
		type = member->type;
	}
	return false;
}
