// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Messages in JSON: dmesg --json (util-linux), journalctl -o json, container logs
 * ({"log": "…\n"}), and any other document with a log in one of its strings. Read byte by byte, so that
 * the length of lines and strings does not matter (RFC 8259).
 */
#include <stdio.h>

#include "parsers/containers.h"

enum { TOKEN_LIMIT = 4096 };

/* Keys whose strings are text of a log. Of other strings those are that hold a line feed. */
static const char *const message_keys[] = {"msg", "MESSAGE", "message", "log", "line", NULL};

static bool is_message_key(const char *key)
{
	for (size_t i = 0; message_keys[i]; i++)
		if (strcmp(message_keys[i], key) == 0)
			return true;
	return false;
}

/*
 * dmesg -J -F FILE, to util-linux 2.38, leaves what follows in the file in the message; it comes again
 * as messages of its own.
 */
static struct od_str without_leak(const struct od_json *json, struct od_str text)
{
	if (strcmp(json->origin.format ? json->origin.format : "", "dmesg-json") != 0)
		return text;
	ptrdiff_t at = od_str_find(text, OD_STR("\n<"));
	struct od_str rest = at < 0 ? (struct od_str){0} : od_str_from_index(text, (size_t)at + 2);
	uint64_t level;
	if (od_scan_u64(&rest, &level) && od_scan_literal(&rest, ">["))
		return od_str_first(text, (size_t)at);
	return text;
}

/* The line of the input that the message stands in, when that was short enough to be kept. */
static struct od_str raw_of_text(const struct od_json *json)
{
	const struct od_line *line = json->line;
	if (!line || json->text_line != line->number)
		return od_buf_str(&json->text_raw);
	return line->rest || line->more ? (struct od_str){0} : line->text;
}

static void flush(struct od_json *json)
{
	struct od_str text = od_buf_str(&json->text);
	bool skip = json->origin.other && !json->origin.kernel;

	if (!json->origin.format)
		json->origin.format = "json";
	if (json->has_text && !skip) {
		text = without_leak(json, text);
		while (text.len && text.ptr[text.len - 1] == '\n')
			text.len--;
		od_outlet_text(json->outlet, &json->origin, text, json->text_line, raw_of_text(json));
	}
	json->has_text = false;
	od_buf_clear(&json->text);
	od_buf_clear(&json->text_raw);
}

/* A long text is handed on at its last line end. */
static void make_room(struct od_json *json)
{
	if (json->text.len < OD_MESSAGE_LIMIT)
		return;
	struct od_str text = od_buf_str(&json->text);
	ptrdiff_t end = od_str_find_last_char(text, '\n');
	size_t len = end < 0 ? text.len : (size_t)end + 1;
	struct od_origin origin = json->origin;
	origin.format = origin.format ? origin.format : "json";
	od_outlet_text(json->outlet, &origin, od_str_first(text, len - (end >= 0)), json->text_line, (struct od_str){0});
	json->text.len -= len;
	memmove(json->text.data, json->text.data + len, json->text.len);
}

static void put_byte(struct od_json *json, char c)
{
	if (json->is_message) {
		make_room(json);
		json->text_line = json->line->number;
		od_buf_put_char(&json->text, c);
		return;
	}
	if (json->token.len < TOKEN_LIMIT)
		od_buf_put_char(&json->token, c);
	if (c != '\n' || json->state == OD_JSON_WORD || json->wants_key || json->token.len == TOKEN_LIMIT)
		return;
	json->is_message = true;
	json->text_line = json->line->number;
	od_buf_put(&json->text, od_buf_str(&json->token));
}

static void put_code_point(struct od_json *json, unsigned code)
{
	static const struct {
		unsigned below, lead;
	} forms[] = {{0x80, 0}, {0x800, 0xc0}, {0x10000, 0xe0}, {0x110000, 0xf0}};
	unsigned extra = 0;

	while (extra < 3 && code >= forms[extra].below)
		extra++;
	put_byte(json, (char)(forms[extra].lead | code >> 6 * extra));
	while (extra--)
		put_byte(json, (char)(0x80 | (code >> 6 * extra & 0x3f)));
}

/* The four digits of \uXXXX are complete; a pair of surrogates is one character. */
static void take_unit(struct od_json *json)
{
	unsigned code = json->code;

	json->state = OD_JSON_STRING;
	if (code >= 0xd800 && code < 0xdc00) {
		json->high = code;
		return;
	}
	if (json->high && code >= 0xdc00 && code < 0xe000)
		code = 0x10000 + ((json->high - 0xd800) << 10) + (code - 0xdc00);
	json->high = 0;
	put_code_point(json, code);
}

static bool take_escape(struct od_json *json, char c)
{
	static const char names[] = "\"\\/bfnrt", bytes[] = "\"\\/\b\f\n\r\t";

	if (c == 'u') {
		json->state = OD_JSON_UNICODE;
		json->digits = json->code = 0;
		return true;
	}
	const char *at = c ? strchr(names, c) : NULL;
	if (!at)
		return false;
	json->state = OD_JSON_STRING;
	put_byte(json, bytes[at - names]);
	return true;
}

static bool take_digit(struct od_json *json, char c)
{
	struct od_str digit = {&c, 1};
	uint64_t value;

	if (!od_scan_hex(&digit, &value))
		return false;
	json->code = json->code << 4 | (unsigned)value;
	if (++json->digits == 4)
		take_unit(json);
	return true;
}

/* A value that is no message: a field of the message beside it. */
static void take_value(struct od_json *json)
{
	struct od_str value = od_buf_str(&json->token);
	uint64_t byte;

	if (json->bytes && json->state == OD_JSON_WORD && od_scan_u64(&value, &byte) && byte < 256) {
		json->is_message = json->has_text = true;
		put_byte(json, (char)byte);
		json->is_message = false;
		return;
	}
	if (strcmp(json->key, "pri") == 0)
		json->origin.format = "dmesg-json";
	if (strcmp(json->key, "__CURSOR") == 0)
		json->origin.format = "journal-json";
	od_origin_field(&json->origin, od_str_from(json->key), value);
}

static void end_string(struct od_json *json)
{
	if (json->wants_key)
		snprintf(json->key, sizeof(json->key), "%.*s", OD_FMT(od_buf_str(&json->token)));
	else if (!json->is_message)
		take_value(json);
	else if (!json->text.len)
		json->text_line = json->line->number;
	else if (json->text.data[json->text.len - 1] != '\n')
		od_buf_put_char(&json->text, '\n'); /* the next string is another message */
	json->has_text |= json->is_message;
	json->wants_key = json->is_message = false;
	json->state = OD_JSON_BETWEEN;
}

static bool in_object(const struct od_json *json)
{
	return json->depth && (json->objects >> json->depth & 1);
}

static bool open_level(struct od_json *json, bool object)
{
	if (json->depth == 63)
		return false;
	json->depth++;
	json->objects &= ~(1ull << json->depth);
	json->objects |= (uint64_t)object << json->depth;
	json->wants_key = object;
	json->bytes = !object && is_message_key(json->key);
	if (object)
		json->key[0] = '\0';
	return true;
}

static bool close_level(struct od_json *json, bool object)
{
	if (!json->depth || in_object(json) != object)
		return false;
	if (object) {
		flush(json);
		json->origin = od_origin_none;
	}
	json->bytes = false;
	json->depth--;
	return true;
}

static bool begin_word(struct od_json *json, char c)
{
	if (!od_is_digit(c) && !strchr("-tfn", c))
		return false;
	od_buf_clear(&json->token);
	od_buf_put_char(&json->token, c);
	json->state = OD_JSON_WORD;
	return json->depth > 0 && !json->wants_key;
}

static void begin_string(struct od_json *json)
{
	json->state = OD_JSON_STRING;
	json->high = 0;
	od_buf_clear(&json->token);
	json->is_message = !json->wants_key && is_message_key(json->key);
}

static bool take_between(struct od_json *json, char c)
{
	switch (c) {
	case ' ': case '\t': case '\r': case '\n': case '\x1e': return true;
	case ':': return in_object(json) && !json->wants_key;
	case ',': json->wants_key = in_object(json); return true;
	case '{': return open_level(json, true);
	case '[': return open_level(json, false);
	case '}': return close_level(json, true);
	case ']': return close_level(json, false);
	case '"': begin_string(json); return json->depth > 0;
	case '\0': return false;
	default: return begin_word(json, c);
	}
}

static bool is_word_byte(char c)
{
	return od_is_digit(c) || (c >= 'a' && c <= 'z') || c == '.' || c == '+' || c == '-' || c == 'E';
}

/* One byte; false: this is no JSON after all. */
static bool take_byte(struct od_json *json, char c)
{
	switch (json->state) {
	case OD_JSON_STRING:
		if (c == '"')
			end_string(json);
		else if (c == '\\')
			json->state = OD_JSON_ESCAPE;
		else
			put_byte(json, c);
		return true;
	case OD_JSON_ESCAPE: return take_escape(json, c);
	case OD_JSON_UNICODE: return take_digit(json, c);
	case OD_JSON_WORD:
		if (is_word_byte(c)) {
			put_byte(json, c);
			return true;
		}
		take_value(json);
		json->state = OD_JSON_BETWEEN;
		return take_between(json, c);
	case OD_JSON_BETWEEN: break;
	}
	return take_between(json, c);
}

/* Lines that JSON texts begin with: "{", "[", and those with a key, a string or a bracket behind it. */
static bool looks_like_json(struct od_str text)
{
	od_scan_blanks(&text);
	if (!text.len || (text.ptr[0] != '{' && text.ptr[0] != '['))
		return false;
	struct od_str rest = od_str_trim(od_str_from_index(text, 1));
	return !rest.len || rest.ptr[0] == '"' || rest.ptr[0] == '{' || rest.ptr[0] == '[';
}

static void stop(struct od_json *json)
{
	json->has_text |= json->text.len > 0;
	flush(json);
	json->active = false;
	json->depth = 0;
	json->state = OD_JSON_BETWEEN;
	json->wants_key = json->is_message = json->bytes = false;
}

/* At a line end no string may be open; where the text ends, the next line may be anything. */
static void end_line(struct od_json *json)
{
	const struct od_line *line = json->line;
	if (line->more)
		return;
	bool inside = json->state != OD_JSON_BETWEEN && json->state != OD_JSON_WORD;
	if (json->state == OD_JSON_WORD)
		(void)take_byte(json, '\n');
	if (inside || !json->depth)
		stop(json);
	if (json->has_text && json->text_line == line->number && !line->rest) {
		od_buf_clear(&json->text_raw);
		od_buf_put(&json->text_raw, line->text);
	}
}

/* Takes the bytes of a message up to the next one that means something; returns how many. */
static size_t take_run(struct od_json *json, struct od_str rest)
{
	size_t len = 0;
	if (json->state != OD_JSON_STRING || !json->is_message)
		return 0;
	while (len < rest.len && rest.ptr[len] != '"' && rest.ptr[len] != '\\')
		len++;
	if (!len)
		return 0;
	make_room(json);
	json->text_line = json->line->number;
	od_buf_put(&json->text, od_str_first(rest, len));
	return len;
}

/* False: it is no JSON, and none of it was handed on. */
static bool take_line(struct od_json *json)
{
	const struct od_line *line = json->line;
	bool clean = !json->has_text && !json->text.len && !line->rest;

	for (size_t i = 0; i < line->text.len; i++) {
		i += take_run(json, od_str_from_index(line->text, i));
		if (i == line->text.len || take_byte(json, line->text.ptr[i]))
			continue;
		clean &= !json->has_text && !json->text.len;
		stop(json);
		return !clean;
	}
	end_line(json);
	return true;
}

bool od_json_line(struct od_json *json, const struct od_outlet *outlet, const struct od_line *line)
{
	if (!json->active) {
		if (line->rest || !looks_like_json(line->text))
			return false;
		json->origin = od_origin_none;
		json->key[0] = '\0';
		json->active = true;
	}
	json->outlet = outlet;
	json->line = line;
	bool taken = take_line(json);
	json->line = NULL;
	return taken;
}

void od_json_finish(struct od_json *json, const struct od_outlet *outlet)
{
	json->outlet = outlet;
	if (json->active)
		stop(json);
}

void od_json_deinit(struct od_json *json)
{
	od_buf_deinit(&json->token);
	od_buf_deinit(&json->text);
	od_buf_deinit(&json->text_raw);
}
