// SPDX-License-Identifier: GPL-3.0-or-later
/* Bytes of memory as C would write them. */
#include "analyzer/frame_values.h"

#include <inttypes.h>

#include "analyzer/poison.h"
#include "core/buf.h"

enum {
	MEMBERS_SHOWN = 6, ELEMENTS_SHOWN = 4, TEXT_SHOWN = 60, VALUE_LIMIT = 400, NEST = 2, WORD_BYTES = 8, SMALL = 1 << 16,
	FIRST_PRINTABLE = 0x20, LAST_PRINTABLE = 0x7e,
};

/* A value inside the bytes that are at hand. */
struct part {
	const unsigned char *bytes;
	const bool *known;
	size_t size;
	int type;
	unsigned depth;
};

struct writer {
	const struct od_value_tools *tools;
	const struct od_facts *facts;
	struct od_buf out;
};

static void put(struct writer *writer, const char *text)
{
	od_buf_put_string(&writer->out, text);
}

static bool is_known(const struct part *part)
{
	for (size_t i = 0; i < part->size; i++)
		if (!part->known[i])
			return false;
	return part->size > 0;
}

/* Text up to its NUL, in quotes; false: it is none. A longer one ends in dots. */
static bool put_text(struct writer *writer, struct od_str text, bool ended)
{
	for (size_t i = 0; i < text.len; i++)
		if ((unsigned char)text.ptr[i] < FIRST_PRINTABLE || (unsigned char)text.ptr[i] > LAST_PRINTABLE)
			return false;
	od_buf_printf(&writer->out, "\"%.*s\"%s", OD_FMT(text), ended ? "" : "…");
	return true;
}

/* What a pointer says about itself that is none. */
static bool put_mark(struct writer *writer, const struct od_type *type, uint64_t value)
{
	struct od_poison poison;
	struct od_errno error;

	if (od_errno_find(value, 8 * (unsigned)type->size, &error)) {
		od_buf_printf(&writer->out, " <-%s>", error.name);
		return true;
	}
	if (type->size < WORD_BYTES || !od_poison_find(value, &poison))
		return false;
	od_buf_printf(&writer->out, " <%s>", poison.name);
	return true;
}

static void put_pointer(struct writer *writer, const struct od_type *type, uint64_t value)
{
	const struct od_value_tools *tools = writer->tools;
	/* only memory makes it matter */
	const struct od_type *target = tools->registers_only ? NULL : od_facts_type(writer->facts, type->target);
	char text[TEXT_SHOWN + 1];

	if (!value) {
		put(writer, "NULL");
		return;
	}
	od_buf_printf(&writer->out, "0x%" PRIx64, value);
	if (put_mark(writer, type, value))
		return;
	if (target && target->is_char) {
		struct od_str found = od_memory_string(tools->memory, value, text, sizeof(text));
		if (found.len) {
			size_t before = writer->out.len;
			put(writer, " ");
			if (!put_text(writer, found, found.len < TEXT_SHOWN))
				writer->out.len = before;
		}
		return;
	}
	struct od_str name = tools->name ? tools->name(tools->user, value) : (struct od_str){NULL, 0};
	if (name.len)
		od_buf_printf(&writer->out, " <%.*s>", OD_FMT(name));
}

static const struct od_member *enumerator(const struct od_type *type, uint64_t value, size_t size)
{
	uint64_t mask = size < WORD_BYTES ? ((uint64_t)1 << (8 * size)) - 1 : UINT64_MAX;

	for (size_t i = 0; i < type->members.count; i++)
		if ((type->members.items[i].offset & mask) == value)
			return &type->members.items[i];
	return NULL;
}

static void put_scalar(struct writer *writer, const struct od_type *type, uint64_t value, size_t size)
{
	const struct od_member *name = enumerator(type, value, size);
	unsigned shift = 64 - 8 * (unsigned)size;

	if (name)
		od_buf_put(&writer->out, name->name);
	else if (type->is_bool && value < 2)
		put(writer, value ? "true" : "false");
	else if (type->is_signed)
		od_buf_printf(&writer->out, "%" PRId64, (int64_t)(value << shift) >> shift);
	else if (value < SMALL)
		od_buf_printf(&writer->out, "%" PRIu64, value);
	else
		od_buf_printf(&writer->out, "0x%" PRIx64, value);
}

static void put_part(struct writer *writer, const struct part *part);

/* The part of a part; false: it is not within. */
static bool within(const struct part *part, uint64_t offset, uint64_t size, int type, struct part *ret)
{
	if (offset > part->size || size > part->size - offset)
		return false;
	*ret = (struct part){part->bytes + offset, part->known + offset, (size_t)size, type, part->depth + 1};
	return true;
}

static void put_members(struct writer *writer, const struct part *part, const struct od_type *type)
{
	size_t shown = 0;
	struct part inner;

	put(writer, "{");
	for (size_t i = 0; i < type->members.count; i++) {
		const struct od_member *member = &type->members.items[i];
		if (shown == MEMBERS_SHOWN || member->bits || !member->size ||
		    !within(part, member->offset, member->size, member->type, &inner)) {
			od_buf_printf(&writer->out, "%s…", shown ? ", " : "");
			break;
		}
		put(writer, shown++ ? ", " : "");
		if (member->name.len)
			od_buf_printf(&writer->out, "%.*s = ", OD_FMT(member->name));
		put_part(writer, &inner);
	}
	put(writer, "}");
}

static void put_elements(struct writer *writer, const struct part *part, const struct od_type *type)
{
	const struct od_type *element = od_facts_type(writer->facts, type->target);
	uint64_t size = element ? element->size : 0, count = size ? part->size / size : 0;
	struct part inner;

	if (element && element->is_char && is_known(part)) {
		struct od_str text = {(const char *)part->bytes, strnlen((const char *)part->bytes, part->size)};
		if (text.len <= TEXT_SHOWN && put_text(writer, text, true))
			return;
	}
	put(writer, "{");
	for (uint64_t i = 0; i < count && i < ELEMENTS_SHOWN && within(part, i * size, size, type->target, &inner); i++) {
		put(writer, i ? ", " : "");
		put_part(writer, &inner);
	}
	put(writer, count > ELEMENTS_SHOWN || !count ? ", …}" : "}");
}

static void put_part(struct writer *writer, const struct part *part)
{
	const struct od_type *type = od_facts_type(writer->facts, part->type);
	bool compound = type && (type->kind == OD_TYPE_STRUCT || type->kind == OD_TYPE_UNION || type->kind == OD_TYPE_ARRAY);

	if (compound && (part->depth >= NEST || writer->out.len > VALUE_LIMIT)) {
		put(writer, "{…}");
	} else if (compound) {
		if (type->kind == OD_TYPE_ARRAY)
			put_elements(writer, part, type);
		else
			put_members(writer, part, type);
	} else if (!type || !is_known(part) || part->size > WORD_BYTES) {
		put(writer, "?");
	} else {
		uint64_t value = od_memory_decode(writer->tools->memory, part->bytes, (unsigned)part->size);
		if (type->kind == OD_TYPE_POINTER)
			put_pointer(writer, type, value);
		else
			put_scalar(writer, type, value, part->size);
	}
}

struct od_str od_value_text(const struct od_value_tools *tools, const struct od_facts *facts, int type,
			    const unsigned char *bytes, const bool *known, size_t size)
{
	struct writer writer = {.tools = tools, .facts = facts};
	const struct part whole = {bytes, known, size, type, 0};

	put_part(&writer, &whole);
	struct od_str text = writer.out.failed ? (struct od_str){NULL, 0} : od_arena_copy(tools->arena, od_buf_str(&writer.out));
	od_buf_deinit(&writer.out);
	return text;
}
