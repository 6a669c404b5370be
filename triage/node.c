// SPDX-License-Identifier: GPL-3.0-or-later
#include "triage/node.h"

#include "core/buf.h"

enum { MOST_DEPTH = 64 };

struct reader {
	struct od_arena *arena;
	struct od_str rest;
	OD_LIST(struct od_node) nodes;
	size_t open[MOST_DEPTH];	/* indexes of the containers that are open, outermost first */
	unsigned depth;
};

static void skip_blanks(struct od_str *s)
{
	while (s->len && strchr(" \t\r\n", *s->ptr) && *s->ptr)
		*s = od_str_from_index(*s, 1);
}

/* The text of a string whose opening quote was read; its escapes are checked by od_node_text(). */
static bool scan_string(struct od_str *s, struct od_str *ret)
{
	for (size_t i = 0; i < s->len; i++) {
		if (s->ptr[i] == '"') {
			*ret = od_str_first(*s, i);
			*s = od_str_from_index(*s, i + 1);
			return true;
		}
		if ((unsigned char)s->ptr[i] < 0x20)
			return false;
		if (s->ptr[i] == '\\')
			i++;
	}
	return false;
}

static bool is_scalar_char(char c)
{
	return (c >= 'a' && c <= 'z') || od_is_digit(c) || c == '-' || c == '+' || c == '.' || c == 'E';
}

static bool scan_scalar(struct od_str *s, struct od_node *node)
{
	size_t length = 0;

	while (length < s->len && is_scalar_char(s->ptr[length]))
		length++;
	node->raw = od_str_first(*s, length);
	*s = od_str_from_index(*s, length);
	if (od_str_equal(node->raw, OD_STR("true")) || od_str_equal(node->raw, OD_STR("false")) ||
	    od_str_equal(node->raw, OD_STR("null"))) {
		node->type = OD_NODE_WORD;
		return true;
	}
	node->type = OD_NODE_NUMBER;
	return length && (od_is_digit(node->raw.ptr[0]) || node->raw.ptr[0] == '-');
}

/* A value, or the opening bracket of one. */
static bool read_value(struct reader *reader, struct od_str key)
{
	struct od_node *node = od_list_push(reader->arena, &reader->nodes);
	struct od_str *rest = &reader->rest;

	if (!node || !rest->len)
		return false;
	*node = (struct od_node){.key = key, .next = 1};
	if (*rest->ptr == '{' || *rest->ptr == '[') {
		if (reader->depth == MOST_DEPTH)
			return false;
		node->type = *rest->ptr == '{' ? OD_NODE_OBJECT : OD_NODE_ARRAY;
		node->raw = *rest;
		reader->open[reader->depth++] = reader->nodes.count - 1;
		*rest = od_str_from_index(*rest, 1);
		return true;
	}
	node->type = OD_NODE_STRING;
	return od_scan_char(rest, '"') ? scan_string(rest, &node->raw) : scan_scalar(rest, node);
}

/* The bracket that closes the innermost container, if it stands here. */
static bool read_close(struct reader *reader)
{
	const size_t index = reader->open[reader->depth - 1];
	struct od_node *node = &reader->nodes.items[index];

	if (!od_scan_char(&reader->rest, node->type == OD_NODE_OBJECT ? '}' : ']'))
		return false;
	node->next = reader->nodes.count - index;
	node->raw.len -= reader->rest.len;
	reader->depth--;
	return true;
}

static bool read_member(struct reader *reader)
{
	struct od_node *node = &reader->nodes.items[reader->open[reader->depth - 1]];
	struct od_str key = {0};

	if (node->children++ && !od_scan_char(&reader->rest, ','))
		return false;
	skip_blanks(&reader->rest);
	if (node->type == OD_NODE_OBJECT) {
		if (!od_scan_char(&reader->rest, '"') || !scan_string(&reader->rest, &key))
			return false;
		skip_blanks(&reader->rest);
		if (!od_scan_char(&reader->rest, ':'))
			return false;
		skip_blanks(&reader->rest);
	}
	return read_value(reader, key);
}

static bool read_all(struct reader *reader)
{
	skip_blanks(&reader->rest);
	if (!read_value(reader, (struct od_str){0}))
		return false;
	for (;;) {
		skip_blanks(&reader->rest);
		if (!reader->depth)
			return reader->rest.len == 0;
		if (!read_close(reader) && !read_member(reader))
			return false;
	}
}

od_status od_node_parse(struct od_trail *trail, struct od_arena *arena, struct od_str text, const struct od_node **ret)
{
	struct reader reader = {.arena = arena, .rest = text};

	if (!read_all(&reader))
		return od_arena_exhausted(arena) ? od_fail(trail, OD_ERR_NOMEM, "out of memory") :
						   od_fail(trail, OD_ERR_FORMAT, "not JSON at byte %zu", text.len - reader.rest.len);
	*ret = reader.nodes.items;
	return OD_OK;
}

const struct od_node *od_node_get(const struct od_node *node, const char *key)
{
	if (!node || node->type != OD_NODE_OBJECT)
		return NULL;
	const struct od_node *child = od_node_first(node);
	for (size_t i = 0; i < node->children; i++, child = od_node_behind(child))
		if (od_str_equal(child->key, od_str_from(key)))
			return child;
	return NULL;
}

static void put_code_point(struct od_buf *out, uint32_t code)
{
	if (code < 0x80) {
		od_buf_put_char(out, (char)code);
	} else if (code < 0x800) {
		od_buf_put_char(out, (char)(0xc0 | code >> 6));
		od_buf_put_char(out, (char)(0x80 | (code & 0x3f)));
	} else {
		if (code < 0x10000) {
			od_buf_put_char(out, (char)(0xe0 | code >> 12));
		} else {
			od_buf_put_char(out, (char)(0xf0 | code >> 18));
			od_buf_put_char(out, (char)(0x80 | (code >> 12 & 0x3f)));
		}
		od_buf_put_char(out, (char)(0x80 | (code >> 6 & 0x3f)));
		od_buf_put_char(out, (char)(0x80 | (code & 0x3f)));
	}
}

static bool scan_unit(struct od_str *s, uint32_t *ret)
{
	struct od_str digits = od_str_first(*s, 4);
	uint64_t value;

	if (digits.len != 4 || !od_scan_hex(&digits, &value) || digits.len)
		return false;
	*s = od_str_from_index(*s, 4);
	*ret = (uint32_t)value;
	return true;
}

/* What follows \u; a surrogate without its other half becomes U+FFFD. */
static void put_unicode(struct od_buf *out, struct od_str *s)
{
	uint32_t code, low;
	struct od_str ahead;

	if (!scan_unit(s, &code)) {
		put_code_point(out, 0xfffd);
		return;
	}
	ahead = *s;
	if (code >= 0xd800 && code < 0xdc00 && od_scan_literal(&ahead, "\\u") && scan_unit(&ahead, &low) &&
	    low >= 0xdc00 && low < 0xe000) {
		*s = ahead;
		code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
	}
	put_code_point(out, code >= 0xd800 && code < 0xe000 ? 0xfffd : code);
}

static void put_escape(struct od_buf *out, struct od_str *s)
{
	static const char letters[] = "bfnrt", meanings[] = "\b\f\n\r\t";
	const char c = s->len ? *s->ptr : '\\';
	const char *letter = memchr(letters, c, sizeof(letters) - 1);

	*s = od_str_from_index(*s, 1);
	if (c == 'u')
		put_unicode(out, s);
	else
		od_buf_put_char(out, letter ? meanings[letter - letters] : c);
}

struct od_str od_node_text(struct od_arena *arena, const struct od_node *node)
{
	struct od_buf out = {0};

	if (!node || node->type != OD_NODE_STRING)
		return (struct od_str){0};
	if (od_str_find_char(node->raw, '\\') < 0)
		return od_arena_copy(arena, node->raw);
	struct od_str rest = node->raw;
	while (rest.len) {
		struct od_str plain;
		if (!od_scan_until(&rest, '\\', &plain)) {
			od_buf_put(&out, rest);
			break;
		}
		od_buf_put(&out, plain);
		rest = od_str_from_index(rest, 1);
		put_escape(&out, &rest);
	}
	struct od_str text = od_arena_copy(arena, od_buf_str(&out));
	od_buf_deinit(&out);
	return text;
}

bool od_node_number(const struct od_node *node, uint64_t *ret)
{
	struct od_str digits;

	if (!node || node->type != OD_NODE_NUMBER)
		return false;
	digits = node->raw;
	return od_scan_u64(&digits, ret);
}
