// SPDX-License-Identifier: GPL-3.0-or-later
/* Types of a kernel as its debug info lays them out, for whoever reads memory by them. Data only. */
#ifndef OD_CORE_LAYOUTS_H
#define OD_CORE_LAYOUTS_H

#include "core/arena.h"
#include "core/str.h"

enum od_layout_kind {
	OD_LAYOUT_DECLARED,	/* a struct or union of which only the name is told, or what has no layout */
	OD_LAYOUT_INT, OD_LAYOUT_POINTER, OD_LAYOUT_ARRAY, OD_LAYOUT_STRUCT, OD_LAYOUT_UNION, OD_LAYOUT_ENUM, OD_LAYOUT_TYPEDEF,
	OD_LAYOUT_FUNCTION,
};

struct od_layout_member {
	struct od_str name;	/* empty: an anonymous struct or union */
	uint64_t offset;	/* in bits; of an enumerator: its value */
	uint32_t bits;		/* of a bit-field; 0: it is none */
	uint32_t type;
};

struct od_layout {
	enum od_layout_kind kind;
	struct od_str name;
	uint64_t size;		/* in bytes */
	bool is_signed, is_char, is_bool;
	uint32_t target;	/* of a pointer, array or typedef */
	uint32_t count;		/* of an array */
	OD_LIST(struct od_layout_member) members;
};

/* Types by number: an index + 1; 0 is void. */
struct od_layouts {
	OD_LIST(struct od_layout) types;
	OD_LIST(uint64_t) addresses;	/* of the symbols of a wish, where the image was linked to; 0: it has none of that name */
};

/* What is looked for: the types of these names, in the files that have these functions; and symbols. */
struct od_layout_wish {
	const struct od_str *functions;
	size_t function_count;
	const struct od_str *names;	/* of structs, unions, enumerations, and of variables, whose types are wanted */
	size_t count;
	const struct od_str *symbols;	/* whose addresses are wanted */
	size_t symbol_count;
};

struct od_event;

/* Who has debug info. */
struct od_layout_source {
	/* Of the kernel whose code is at the ip of `place`; everything in the arena. False: there is none, or it is another's. */
	bool (*read)(void *user, struct od_event *place, const struct od_layout_wish *wish, struct od_arena *arena,
		     struct od_layouts *ret);
	void *user;
};

#endif
