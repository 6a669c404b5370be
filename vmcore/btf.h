// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * BTF, the kernel's own description of its types (Documentation/bpf/btf.rst, Linux 6.1), as far as it gives
 * offsets of members. A kind that is not known ends the reading: what stands before it can be used.
 * Immutable after reading: thread safe.
 */
#ifndef OD_VMCORE_BTF_H
#define OD_VMCORE_BTF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/layouts.h"
#include "core/status.h"

struct od_btf;

/* Takes ownership of `bytes` (malloc'ed), also on failure. Of either byte order; OD_ERR_FORMAT: it is no BTF. */
od_status od_btf_create(struct od_trail *trail, unsigned char *bytes, size_t size, struct od_btf **ret);

/* Types that debug info lays out, in the same form. */
od_status od_btf_make(struct od_trail *trail, const struct od_layouts *layouts, struct od_btf **ret);
void od_btf_destroy(struct od_btf *btf);	/* NULL is fine */

/*
 * A bit-field out of the integer of `size` bytes that stands at its offset: bits are counted from the low end, on big-endian
 * machines from the high end (btf_bitfield_show(), kernel/bpf/btf.c).
 */
uint64_t od_btf_bits(uint64_t word, unsigned size, unsigned bit_offset, unsigned bits, bool big_endian);

/* Where the types of a module continue those of the kernel: struct btf's start_id and start_str_off (kernel/bpf/btf.c). */
struct od_btf_split {
	uint32_t start;		/* its first number; those below are the base's */
	uint32_t start_string;	/* where its strings begin behind the base's */
};

/*
 * The same of a module, whose numbers and strings below those of `split` are the base's; that is borrowed and must live
 * longer. What is looked up by name is looked up among the module's own; OD_ERR_FORMAT also for a start of 0.
 */
od_status od_btf_create_split(struct od_trail *trail, unsigned char *bytes, size_t size, const struct od_btf *base,
			      const struct od_btf_split *split, struct od_btf **ret);

/* A member, found also inside anonymous structs and unions. */
struct od_btf_member {
	uint64_t offset;	/* bytes; of a bit-field: of the byte where it begins */
	uint32_t bit_offset;	/* of a bit-field in that byte */
	uint32_t bits;		/* of a bit-field; 0: it is none */
	uint32_t type;
};

/* The id of a struct or union by name; 0: there is none. */
uint32_t od_btf_struct(const struct od_btf *btf, const char *name);

/* A member by path: ("task_struct", "thread.sp"); false: there is none. */
bool od_btf_member(const struct od_btf *btf, const char *structure, const char *path, struct od_btf_member *ret);

/* The size of a type in bytes: of a struct, union, integer, enum, pointer or array of them; 0: unknown. */
uint64_t od_btf_size(const struct od_btf *btf, uint32_t type);

/* The id of the first struct that has a member of this name; for variables whose type has no name. 0: none. */
uint32_t od_btf_struct_with(const struct od_btf *btf, const char *member);
bool od_btf_member_of(const struct od_btf *btf, uint32_t structure, const char *path, struct od_btf_member *ret);

/* A type as C knows it. */
enum od_btf_kind {
	OD_BTF_VOID = 0, OD_BTF_INT, OD_BTF_POINTER, OD_BTF_ARRAY, OD_BTF_STRUCT, OD_BTF_UNION, OD_BTF_ENUM, OD_BTF_FUNCTION,
	OD_BTF_FLOAT, OD_BTF_DECLARED,	/* a struct or union of which only the name is known */
};

struct od_btf_type {
	enum od_btf_kind kind;
	const char *name;	/* "" where it has none; of a typedef: its own, and everything else of what it stands for */
	bool is_typedef, is_signed, is_char, is_bool;
	uint64_t size;		/* bytes */
	uint32_t count;		/* of an array's elements, a struct's members */
	uint32_t target;	/* of a pointer or array; of a struct: its own id */
};

/* Describes a type, qualifiers left out; false: there is none of this id. */
bool od_btf_type(const struct od_btf *btf, uint32_t id, struct od_btf_type *ret);

/* A struct's member by its number; *name is "" for an anonymous one. */
bool od_btf_nth(const struct od_btf *btf, uint32_t structure, uint32_t index, struct od_btf_member *ret,
		const char **name);

/* The name of an enumeration's value; NULL: it has none. */
const char *od_btf_enumerator(const struct od_btf *btf, uint32_t id, uint64_t value);

/* The value of an enumerator of the named enumeration; false: there is none. */
bool od_btf_enum_value(const struct od_btf *btf, const char *enumeration, const char *name, uint64_t *ret);

/* The id of a struct, union, enumeration or typedef by name; 0: there is none. */
uint32_t od_btf_find(const struct od_btf *btf, const char *name);

#endif
