// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmcore/btf.h"

#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "vmcore/container.h"

/* include/uapi/linux/btf.h, Linux 6.12 */
enum {
	MAGIC = 0xeb9f, HEADER_SIZE = 24, TYPE_SIZE = 12, MEMBER_SIZE = 12,
	KIND_INT = 1, KIND_PTR, KIND_ARRAY, KIND_STRUCT, KIND_UNION, KIND_ENUM, KIND_FWD, KIND_TYPEDEF, KIND_VOLATILE,
	KIND_CONST, KIND_RESTRICT, KIND_FUNC, KIND_FUNC_PROTO, KIND_VAR, KIND_DATASEC, KIND_FLOAT, KIND_DECL_TAG,
	KIND_TYPE_TAG, KIND_ENUM64, KIND_COUNT,
	TYPE_LIMIT = 2 << 20, CHAIN_LIMIT = 32, NEST_LIMIT = 64, POINTER_SIZE = 8,
};

/* Bytes behind struct btf_type: fixed, and per element of vlen. */
static const struct { unsigned char fixed, each; } extras[KIND_COUNT] = {
	[KIND_INT] = {4, 0}, [KIND_ARRAY] = {12, 0}, [KIND_STRUCT] = {0, 12}, [KIND_UNION] = {0, 12},
	[KIND_ENUM] = {0, 8}, [KIND_FUNC_PROTO] = {0, 8}, [KIND_VAR] = {4, 0}, [KIND_DATASEC] = {0, 12},
	[KIND_DECL_TAG] = {4, 0}, [KIND_ENUM64] = {0, 12},
};

struct od_btf {
	unsigned char *bytes;
	const unsigned char *types;
	const char *strings;
	size_t strings_size;
	uint32_t *offsets;	/* of each type in `types`, by id - start; [0] is void where there is no base */
	uint32_t start, count;	/* the first id, and the one behind the last */
	const struct od_btf *base; /* whose ids and strings come first; NULL: none */
	uint32_t start_string;	/* where its own strings begin */
};

static uint32_t field(const unsigned char *at)
{
	return (uint32_t)od_le(at, 4);
}

static const unsigned char *get(const struct od_btf *btf, uint32_t id)
{
	if (id < btf->start && btf->base)
		btf = btf->base;
	return id && id >= btf->start && id < btf->count ? btf->types + btf->offsets[id - btf->start] : NULL;
}

static unsigned kind_of(const unsigned char *type)
{
	return field(type + 4) >> 24 & 0x1f;
}

static uint32_t vlen_of(const unsigned char *type)
{
	return field(type + 4) & 0xffff;
}

static const char *name_at_base(const struct od_btf *base, uint32_t offset)
{
	return base && offset < base->strings_size ? base->strings + offset : "";
}

static const char *name_at(const struct od_btf *btf, uint32_t offset)
{
	if (offset < btf->start_string)
		return name_at_base(btf->base, offset);
	offset -= btf->start_string;
	return offset < btf->strings_size ? btf->strings + offset : "";
}

/* Where a type of `left` bytes at most ends; 0: it is damaged, or of a kind that is not known. */
static size_t length_of(const unsigned char *type, size_t left)
{
	unsigned kind = kind_of(type);
	size_t length = TYPE_SIZE;

	if (!kind || kind >= KIND_COUNT)
		return 0;
	length += extras[kind].fixed + (size_t)extras[kind].each * vlen_of(type);
	return length <= left ? length : 0;
}

static bool index_types(struct od_btf *btf, size_t size)
{
	uint32_t capacity = btf->base ? 1 << 10 : 1 << 16, count = btf->start ? 0 : 1;
	uint32_t *offsets = calloc(capacity, sizeof(*offsets));
	size_t length;

	btf->offsets = offsets;
	for (size_t at = 0; offsets && size - at >= TYPE_SIZE && count < TYPE_LIMIT; at += length) {
		length = length_of(btf->types + at, size - at);
		if (!length)
			break;
		if (count == capacity) {
			offsets = realloc(btf->offsets, 2 * sizeof(*offsets) * capacity);
			if (!offsets)
				break;
			btf->offsets = offsets;
			capacity *= 2;
		}
		offsets[count++] = (uint32_t)at;
	}
	btf->count = btf->start + count;
	return btf->offsets && count > !btf->start;
}

static void swap_words(unsigned char *bytes, size_t size)
{
	for (size_t at = 0; size - at >= 4; at += 4) {
		uint32_t word = (uint32_t)od_uint(bytes + at, 4, true);
		for (unsigned i = 0; i < 4; i++)
			bytes[at + i] = (unsigned char)(word >> 8 * i);
	}
}

/* Behind its magic BTF is words of four bytes and strings: one of a big-endian machine is turned round once. */
static void turn_round(struct od_btf *btf, size_t size)
{
	const unsigned char *header = btf->bytes;

	if (size < HEADER_SIZE || od_uint(header, 2, true) != MAGIC)
		return;
	uint64_t base = od_uint(header + 4, 4, true), types = od_uint(header + 8, 4, true);
	uint64_t types_size = od_uint(header + 12, 4, true);
	btf->bytes[0] = MAGIC & 0xff;
	btf->bytes[1] = MAGIC >> 8;
	swap_words(btf->bytes + 4, HEADER_SIZE - 4);
	if (base >= HEADER_SIZE && base <= size && types <= size - base && types_size <= size - base - types)
		swap_words(btf->bytes + base + types, (size_t)types_size);
}

static bool take(struct od_btf *btf, size_t size)
{
	const unsigned char *header = btf->bytes;

	turn_round(btf, size);
	if (size < HEADER_SIZE || od_le(header, 2) != MAGIC)
		return false;
	uint64_t base = field(header + 4), types = field(header + 8), types_size = field(header + 12);
	uint64_t strings = field(header + 16), strings_size = field(header + 20);
	if (base > size || types > size - base || types_size > size - base - types || strings > size - base ||
	    strings_size > size - base - strings || !strings_size)
		return false;
	btf->types = btf->bytes + base + types;
	btf->strings = (const char *)btf->bytes + base + strings;
	btf->strings_size = (size_t)strings_size;
	btf->bytes[base + strings + strings_size - 1] = '\0';
	return index_types(btf, (size_t)types_size);
}

static od_status create(struct od_trail *trail, unsigned char *bytes, size_t size, const struct od_btf *wanted,
			struct od_btf **ret)
{
	struct od_btf *btf = malloc(sizeof(*btf));

	if (!btf) {
		free(bytes);
		return od_fail(trail, OD_ERR_NOMEM, "out of memory");
	}
	*btf = *wanted;
	btf->bytes = bytes;
	if (!take(btf, size)) {
		od_btf_destroy(btf);
		return od_fail(trail, OD_ERR_FORMAT, "type information (BTF) is damaged");
	}
	*ret = btf;
	return OD_OK;
}

od_status od_btf_create(struct od_trail *trail, unsigned char *bytes, size_t size, struct od_btf **ret)
{
	const struct od_btf wanted = {.base = NULL};

	return create(trail, bytes, size, &wanted, ret);
}

od_status od_btf_create_split(struct od_trail *trail, unsigned char *bytes, size_t size, const struct od_btf *base,
			      const struct od_btf_split *split, struct od_btf **ret)
{
	const struct od_btf wanted = {.base = base, .start = split->start, .start_string = split->start_string};

	if (!split->start || split->start > TYPE_LIMIT) {
		free(bytes);
		return od_fail(trail, OD_ERR_FORMAT, "type information (BTF) of a module begins at number %u", split->start);
	}
	return create(trail, bytes, size, &wanted, ret);
}

void od_btf_destroy(struct od_btf *btf)
{
	if (!btf)
		return;
	free(btf->offsets);
	free(btf->bytes);
	free(btf);
}

static bool is_compound(const unsigned char *type)
{
	return type && (kind_of(type) == KIND_STRUCT || kind_of(type) == KIND_UNION);
}

static uint32_t first_own(const struct od_btf *btf)
{
	return btf->start ? btf->start : 1;
}

uint32_t od_btf_struct(const struct od_btf *btf, const char *name)
{
	for (uint32_t id = first_own(btf); id < btf->count; id++) {
		const unsigned char *type = get(btf, id);
		if (is_compound(type) && strcmp(name_at(btf, field(type)), name) == 0)
			return id;
	}
	return 0;
}

uint32_t od_btf_struct_with(const struct od_btf *btf, const char *member)
{
	for (uint32_t id = first_own(btf); id < btf->count; id++) {
		const unsigned char *type = get(btf, id);
		for (uint32_t i = 0; is_compound(type) && i < vlen_of(type); i++)
			if (strcmp(name_at(btf, field(type + TYPE_SIZE + i * MEMBER_SIZE)), member) == 0)
				return id;
	}
	return 0;
}

/* Through typedefs and qualifiers. */
static uint32_t strip(const struct od_btf *btf, uint32_t id)
{
	for (unsigned i = 0; i < CHAIN_LIMIT; i++) {
		const unsigned char *type = get(btf, id);
		unsigned kind = type ? kind_of(type) : 0;
		if (kind != KIND_TYPEDEF && kind != KIND_VOLATILE && kind != KIND_CONST && kind != KIND_RESTRICT &&
		    kind != KIND_TYPE_TAG)
			return id;
		id = field(type + 8);
	}
	return 0;
}

uint64_t od_btf_size(const struct od_btf *btf, uint32_t id)
{
	uint64_t count = 1;

	for (unsigned i = 0; i < CHAIN_LIMIT; i++) {
		id = strip(btf, id);
		const unsigned char *type = get(btf, id);
		switch (type ? kind_of(type) : 0) {
		case KIND_INT: case KIND_STRUCT: case KIND_UNION: case KIND_ENUM: case KIND_ENUM64: case KIND_FLOAT:
			return count * field(type + 8);
		case KIND_PTR:
			return count * POINTER_SIZE;
		case KIND_ARRAY:
			count *= field(type + TYPE_SIZE + 8);
			id = field(type + TYPE_SIZE);
			break;
		default:
			return 0;
		}
	}
	return 0;
}

/* A struct whose members are still to be looked at. */
struct pending {
	uint32_t type;
	uint32_t bits;	/* its offset in the outermost struct */
};

/* One name, also inside anonymous structs and unions; offset and size in bits. */
static bool find_name(const struct od_btf *btf, uint32_t id, struct od_str name, struct pending *ret, uint32_t *width)
{
	struct pending queue[NEST_LIMIT] = {{id, 0}};

	for (unsigned at = 0, end = 1; at < end; at++) {
		const unsigned char *type = get(btf, strip(btf, queue[at].type));
		for (uint32_t i = 0; is_compound(type) && i < vlen_of(type); i++) {
			const unsigned char *member = type + TYPE_SIZE + i * MEMBER_SIZE;
			bool has_fields = field(type + 4) >> 31;
			uint32_t bits = field(member + 8);
			uint32_t offset = queue[at].bits + (has_fields ? bits & 0xffffff : bits);
			struct od_str own = od_str_from(name_at(btf, field(member)));
			if (od_str_equal(own, name)) {
				*ret = (struct pending){field(member + 4), offset};
				*width = has_fields ? bits >> 24 : 0;
				return true;
			}
			if (!own.len && end < NEST_LIMIT)
				queue[end++] = (struct pending){field(member + 4), offset};
		}
	}
	return false;
}

bool od_btf_member_of(const struct od_btf *btf, uint32_t structure, const char *path, struct od_btf_member *ret)
{
	struct od_str rest = od_str_from(path);
	struct pending found = {structure, 0};
	uint64_t bits = 0;
	uint32_t width = 0;

	while (rest.len) {
		ptrdiff_t dot = od_str_find_char(rest, '.');
		struct od_str name = dot < 0 ? rest : od_str_first(rest, (size_t)dot);
		rest = dot < 0 ? (struct od_str){NULL, 0} : od_str_from_index(rest, (size_t)dot + 1);
		if (!find_name(btf, found.type, name, &found, &width))
			return false;
		bits += found.bits;
	}
	*ret = (struct od_btf_member){.offset = bits / 8, .bit_offset = bits % 8, .bits = width, .type = found.type};
	return true;
}

bool od_btf_member(const struct od_btf *btf, const char *structure, const char *path, struct od_btf_member *ret)
{
	uint32_t id = od_btf_struct(btf, structure);

	return id && od_btf_member_of(btf, id, path, ret);
}

/* BTF_INT_SIGNED, _CHAR, _BOOL: bits of the word behind an integer */
static void take_int(const unsigned char *type, struct od_btf_type *ret)
{
	unsigned encoding = field(type + TYPE_SIZE) >> 24 & 0xf;

	ret->kind = OD_BTF_INT;
	ret->is_signed = encoding & 1;
	ret->is_char = (encoding & 2) || strcmp(ret->name, "char") == 0;
	ret->is_bool = encoding & 4;
}

static void take_type(const struct od_btf *btf, uint32_t id, const unsigned char *type, struct od_btf_type *ret)
{
	static const enum od_btf_kind kinds[KIND_COUNT] = {
		[KIND_PTR] = OD_BTF_POINTER, [KIND_ARRAY] = OD_BTF_ARRAY, [KIND_STRUCT] = OD_BTF_STRUCT,
		[KIND_UNION] = OD_BTF_UNION, [KIND_ENUM] = OD_BTF_ENUM, [KIND_ENUM64] = OD_BTF_ENUM,
		[KIND_FUNC_PROTO] = OD_BTF_FUNCTION, [KIND_FUNC] = OD_BTF_FUNCTION, [KIND_FLOAT] = OD_BTF_FLOAT,
		[KIND_FWD] = OD_BTF_DECLARED,
	};
	unsigned kind = kind_of(type);

	ret->kind = kinds[kind];
	ret->size = od_btf_size(btf, id);
	ret->target = id;
	if (kind == KIND_INT)
		take_int(type, ret);
	else if (kind == KIND_PTR)
		ret->target = field(type + 8);
	else if (kind == KIND_STRUCT || kind == KIND_UNION)
		ret->count = vlen_of(type);
	else if (kind == KIND_ARRAY) {
		ret->target = field(type + TYPE_SIZE);
		ret->count = field(type + TYPE_SIZE + 8);
	}
}

uint64_t od_btf_bits(uint64_t word, unsigned size, unsigned bit_offset, unsigned bits, bool big_endian)
{
	unsigned shift = bit_offset;

	if (big_endian)
		shift = 8 * size > bit_offset + bits ? 8 * size - bit_offset - bits : 0;
	word = shift < 64 ? word >> shift : 0;
	return bits < 64 ? word & (((uint64_t)1 << bits) - 1) : word;
}

bool od_btf_type(const struct od_btf *btf, uint32_t id, struct od_btf_type *ret)
{
	*ret = (struct od_btf_type){.name = ""};
	for (unsigned i = 0; i < CHAIN_LIMIT; i++) {
		const unsigned char *type = get(btf, id);
		if (!type)
			return id == 0;
		unsigned kind = kind_of(type);
		bool is_typedef = kind == KIND_TYPEDEF;
		if (is_typedef || !ret->is_typedef)
			ret->name = ret->is_typedef ? ret->name : name_at(btf, field(type));
		ret->is_typedef |= is_typedef;
		if (!is_typedef && strip(btf, id) == id) {
			take_type(btf, id, type, ret);
			return true;
		}
		id = field(type + 8);
	}
	return false;
}

bool od_btf_nth(const struct od_btf *btf, uint32_t structure, uint32_t index, struct od_btf_member *ret,
		const char **name)
{
	const unsigned char *type = get(btf, strip(btf, structure));

	if (!is_compound(type) || index >= vlen_of(type))
		return false;
	const unsigned char *member = type + TYPE_SIZE + index * MEMBER_SIZE;
	bool has_fields = field(type + 4) >> 31;
	uint32_t bits = field(member + 8), offset = has_fields ? bits & 0xffffff : bits;
	*ret = (struct od_btf_member){.offset = offset / 8, .bit_offset = offset % 8, .bits = has_fields ? bits >> 24 : 0,
				      .type = field(member + 4)};
	*name = name_at(btf, field(member));
	return true;
}

const char *od_btf_enumerator(const struct od_btf *btf, uint32_t id, uint64_t value)
{
	const unsigned char *type = get(btf, strip(btf, id));
	unsigned kind = type ? kind_of(type) : 0;
	size_t each = kind < KIND_COUNT ? extras[kind].each : 0;

	if (kind != KIND_ENUM && kind != KIND_ENUM64)
		return NULL;
	for (uint32_t i = 0; i < vlen_of(type); i++) {
		const unsigned char *at = type + TYPE_SIZE + i * each;
		uint64_t own = field(at + 4) | (kind == KIND_ENUM64 ? (uint64_t)field(at + 8) << 32 : 0);
		if (own == value)
			return name_at(btf, field(at));
	}
	return NULL;
}

bool od_btf_enum_value(const struct od_btf *btf, const char *enumeration, const char *name, uint64_t *ret)
{
	const unsigned char *type = get(btf, od_btf_find(btf, enumeration));

	if (!type || kind_of(type) != KIND_ENUM)
		return false;
	for (uint32_t i = 0; i < vlen_of(type); i++) {
		const unsigned char *at = type + TYPE_SIZE + i * extras[KIND_ENUM].each;
		if (strcmp(name_at(btf, field(at)), name) != 0)
			continue;
		*ret = field(at + 4);
		return true;
	}
	return false;
}

uint32_t od_btf_find(const struct od_btf *btf, const char *name)
{
	uint32_t id = od_btf_struct(btf, name);

	for (uint32_t other = first_own(btf); !id && other < btf->count; other++) {
		const unsigned char *type = get(btf, other);
		unsigned kind = kind_of(type);
		if ((kind == KIND_TYPEDEF || kind == KIND_ENUM || kind == KIND_ENUM64) &&
		    strcmp(name_at(btf, field(type)), name) == 0)
			id = other;
	}
	return id;
}
