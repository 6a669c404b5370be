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

#include "core/status.h"

struct od_btf;

/* Takes ownership of `bytes` (malloc'ed), also on failure. OD_ERR_FORMAT: it is no BTF of this byte order. */
od_status od_btf_create(struct od_trail *trail, unsigned char *bytes, size_t size, struct od_btf **ret);
void od_btf_destroy(struct od_btf *btf);	/* NULL is fine */

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

#endif
