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

bool od_strides_take(struct od_strides *strides, uint64_t size, bool any, struct od_str *ret)
{
	static const struct od_str unknown = OD_STR("…");
	unsigned taken = 0, kept = 0;

	for (unsigned i = 0; i < strides->count; i++) {
		const struct od_stride stride = strides->items[i];
		if (!any && (!size || stride.bytes % size)) {
			strides->items[kept++] = stride;
			continue;
		}
		*ret = !taken++ && stride.bytes == size && stride.index.len ? stride.index : unknown;
	}
	strides->count = kept;
	return taken != 0;
}

/* Whether a type has no array inside that could take an index. */
static bool is_last(const struct od_facts *facts, int type)
{
	const struct od_type *at = od_facts_type(facts, type);
	enum od_type_kind kind = at ? at->kind : OD_TYPE_OTHER;

	return kind != OD_TYPE_ARRAY && kind != OD_TYPE_STRUCT && kind != OD_TYPE_UNION;
}

/* A step into an array; false: its elements have no size. */
static bool index_array(const struct od_facts *facts, const struct od_type *type, struct od_strides *strides,
			uint64_t *offset, struct od_buf *path)
{
	const struct od_type *element = od_facts_type(facts, type->target);
	uint64_t size = element ? element->size : 0;
	struct od_str index;

	if (!size)
		return false;
	if (strides && od_strides_take(strides, size, is_last(facts, type->target), &index)) {
		od_buf_put_char(path, '[');
		od_buf_put(path, index);
		od_buf_put_char(path, ']');
	} else {
		od_buf_printf(path, "[%" PRIu64 "]", *offset / size);
	}
	*offset %= size;
	return true;
}

bool od_member_find(const struct od_facts *facts, int type, uint64_t offset, unsigned width, struct od_strides *strides,
		    struct od_buf *path, struct od_member_path *ret)
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
			if (!index_array(facts, at, strides, &offset, path))
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

/* Which element, behind a pointer to elements of the type: "[i]", "[7]", or nothing for the first. */
static bool put_element(const struct od_facts *facts, int type, struct od_strides *strides, int64_t *offset,
			unsigned width, struct od_buf *path)
{
	const struct od_type *at = od_facts_type(facts, type);
	const int64_t size = at ? (int64_t)at->size : 0;
	const bool plain = at && (at->kind == OD_TYPE_SCALAR || at->kind == OD_TYPE_POINTER);
	struct od_str index;

	if (size <= 0)
		return false;
	int64_t rest = *offset % size, whole = *offset / size;
	if (rest < 0) {
		rest += size;
		whole--;
	}
	if (od_strides_take(strides, (uint64_t)size, true, &index))
		whole && index.ptr[0] != '\xe2' ? od_buf_printf(path, "[%.*s %c %" PRId64 "]", OD_FMT(index), whole < 0 ? '-' : '+',
							     whole < 0 ? -whole : whole)
					      : od_buf_printf(path, "[%.*s]", OD_FMT(index));
	else if (whole && (!plain || rest || (width && width != (unsigned)size)))
		return false;
	else if (whole)
		od_buf_printf(path, "[%" PRId64 "]", whole);
	*offset = rest;
	return true;
}

/* Whether strides are known, and none steps over whole structs: then an index goes on from a member, as set_bit() does. */
static bool steps_inside(const struct od_facts *facts, int type, const struct od_strides *strides)
{
	const struct od_type *at = od_facts_type(facts, type);
	bool inside = at && at->kind == OD_TYPE_STRUCT && at->size > 1 && strides && strides->count;

	for (unsigned i = 0; inside && i < strides->count; i++)
		inside = strides->items[i].bytes > 1 && strides->items[i].bytes % at->size;
	return inside;
}

bool od_member_behind(const struct od_facts *facts, int type, int64_t offset, unsigned width,
		      const struct od_strides *strides, struct od_buf *path, struct od_member_path *found)
{
	struct od_strides left = strides ? *strides : (struct od_strides){.count = 0};

	if (offset >= 0 && od_member_find(facts, type, (uint64_t)offset, width, &left, path, found) && !left.count)
		return !path->failed;
	path->len = 0;
	if (offset >= 0 && steps_inside(facts, type, strides) &&
	    od_member_find(facts, type, (uint64_t)offset, width, NULL, path, found))
		return !path->failed;
	path->len = 0;
	left = strides ? *strides : (struct od_strides){.count = 0};
	return put_element(facts, type, &left, &offset, width, path) &&
	       od_member_find(facts, type, (uint64_t)offset, width, &left, path, found) && !path->failed;
}
