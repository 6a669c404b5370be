// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/dump.h"

enum { GROUP_LIMIT = 128, BYTES_LIMIT = 256 };

struct group {
	uint64_t value;
	unsigned digits; /* 2, 4 or 8 */
	bool marked;
};

/* The bytes that are read, and what of them is marked. */
struct bytes {
	char data[BYTES_LIMIT];
	size_t count;
	bool marked;
	size_t mark;
};

/* "4c", which nearly all groups are. */
static bool scan_byte(struct od_str *s, struct group *ret)
{
	if (s->len < 2 || !od_is_hex(s->ptr[0]) || !od_is_hex(s->ptr[1]) || (s->len > 2 && s->ptr[2] != ' '))
		return false;
	*ret = (struct group){.value = (uint64_t)(od_hex_digits[(unsigned char)s->ptr[0]] - 1) << 4 | (od_hex_digits[(unsigned char)s->ptr[1]] - 1u),
			      .digits = 2};
	*s = od_str_from_index(*s, 2);
	return true;
}

/* One group of "Code:": "4c", "<0f>", "(b9001001)", ">0000"; fails on what cannot be read: "XXXXXXXX", "????????". */
static bool scan_group(struct od_str *s, struct group *ret)
{
	struct od_str rest = *s;
	struct group group = {0};
	od_scan_blanks(&rest);
	if (scan_byte(&rest, ret)) {
		*s = rest;
		return true;
	}
	char close = od_scan_char(&rest, '<') ? '>' : od_scan_char(&rest, '(') ? ')' : 0;
	size_t before = rest.len;
	if (!od_scan_hex(&rest, &group.value))
		return false;
	group.digits = (unsigned)(before - rest.len);
	group.marked = close != 0;
	if ((group.digits != 2 && group.digits != 4 && group.digits != 8) || (close && !od_scan_char(&rest, close)))
		return false;
	*ret = group;
	*s = rest;
	return true;
}

/* Words that the kernel could not read stand before the first that it could. */
static void skip_unreadable(struct od_str *s)
{
	struct od_str rest = *s, word;
	while (od_scan_blanks(&rest), od_scan_word(&rest, &word)) {
		for (size_t i = 0; i < word.len; i++)
			if (word.ptr[i] != 'X' && word.ptr[i] != '?')
				return;
		*s = rest;
	}
}

/* Groups are printed as numbers: their bytes lie in memory in the order of the architecture. */
static size_t put_group(char *bytes, const struct group *group, bool big_endian)
{
	size_t size = group->digits / 2;
	for (size_t i = 0; i < size; i++) {
		size_t shift = big_endian ? size - 1 - i : i;
		bytes[i] = (char)(group->value >> (8 * shift));
	}
	return size;
}

/* "75 08  48 8b": browsers took the marked byte, "<0f>" but not "<f3>", for a tag. What is behind it has no place. */
static bool is_lost_byte(struct od_str s, const struct group *before)
{
	struct group group;
	return before->digits == 2 && od_str_starts(s, OD_STR("  ")) && scan_group(&s, &group) && group.digits == 2;
}

static void scan_bytes(struct od_str *s, bool big_endian, struct bytes *bytes)
{
	struct group group = {0};
	for (unsigned n = 0; n < GROUP_LIMIT && bytes->count + 4 <= sizeof(bytes->data); n++) {
		if (is_lost_byte(*s, &group) || !scan_group(s, &group))
			return;
		if (group.marked) {
			bytes->marked = true;
			bytes->mark = bytes->count;
		}
		bytes->count += put_group(bytes->data + bytes->count, &group, big_endian);
	}
}

/* Behind what the event has already. */
static void append(struct od_builder *builder, const struct od_record *record, const struct bytes *bytes)
{
	struct od_code *code = &builder->event->code;
	size_t before = code->bytes.len;
	char all[BYTES_LIMIT];

	if (!bytes->count || before + bytes->count > sizeof(all))
		return;
	if (before)
		memcpy(all, code->bytes.ptr, before);
	memcpy(all + before, bytes->data, bytes->count);
	if (bytes->marked) {
		code->has_fault_index = true;
		code->fault_index = (uint32_t)(before + bytes->mark);
	}
	code->bytes = od_builder_keep(builder, (struct od_str){all, before + bytes->count});
	if (code->source == OD_CODE_NONE)
		code->span.first = record->line;
	code->source = OD_CODE_LOG;
	code->span.last = record->line;
}

static bool is_big_endian(const struct od_event *event)
{
	return event->arch && event->arch->big_endian;
}

void od_store_code(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct bytes bytes = {0};
	skip_unreadable(&rest);
	scan_bytes(&rest, is_big_endian(builder->event), &bytes);
	append(builder, record, &bytes);
	rest = od_str_trim(rest);
	if (!bytes.count && rest.len && rest.ptr[0] == '(')
		rest = od_str_trim(od_str_first(od_str_from_index(rest, 1), rest.len > 1 ? rest.len - 2 : 0));
	if (!bytes.count && rest.len)
		builder->event->code.note = od_builder_keep(builder, rest);
	builder->in_code = true;
}

bool od_store_more_code(struct od_builder *builder, const struct od_record *record)
{
	struct bytes bytes = {0};
	struct od_str rest = record->text;

	if (!builder->in_code)
		return false;
	if (!builder->event->code.bytes.len)
		skip_unreadable(&rest);
	scan_bytes(&rest, is_big_endian(builder->event), &bytes);
	if (od_str_trim(rest).len || rest.len == record->text.len) {
		builder->in_code = false;
		return false;
	}
	append(builder, record, &bytes);
	return true;
}

void od_store_code_bytes(struct od_builder *builder, const struct od_record *record, struct od_str hex, bool marked)
{
	struct bytes bytes = {.marked = marked};
	while (hex.len >= 2) {
		struct od_str two = od_str_first(hex, 2);
		uint64_t value;
		if (!od_scan_hex(&two, &value) || two.len || bytes.count == sizeof(bytes.data))
			return;
		bytes.data[bytes.count++] = (char)value;
		hex = od_str_from_index(hex, 2);
	}
	append(builder, record, &bytes);
}

enum od_take od_take_code(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct od_code *code = &builder->event->code;
	builder->expects_message = false;
	/* A user block begins with its own Code: since 4.18; before, the event's comes behind the trace. */
	bool ours = builder->block == OD_BLOCK_FAULT || builder->block == OD_BLOCK_NONE ||
		    (builder->block == OD_BLOCK_USER && builder->event->user_registers.count);
	if (!ours || builder->ended || code->source != OD_CODE_NONE || code->note.len)
		return OD_TAKE_YES;
	od_store_code(builder, record, rest);
	return OD_TAKE_YES;
}
