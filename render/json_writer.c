// SPDX-License-Identifier: GPL-3.0-or-later
#include "render/json_writer.h"

static void separate(struct od_json *json)
{
	if (json->comma)
		od_buf_put_char(json->out, ',');
	json->comma = true;
}

void od_json_open(struct od_json *json, char bracket)
{
	separate(json);
	od_buf_put_char(json->out, bracket);
	json->comma = false;
}

void od_json_close(struct od_json *json, char bracket)
{
	od_buf_put_char(json->out, bracket);
	json->comma = true;
}

void od_json_key(struct od_json *json, const char *key)
{
	separate(json);
	od_buf_put_char(json->out, '"');
	od_buf_put_string(json->out, key);
	od_buf_put_string(json->out, "\":");
	json->comma = false;
}

void od_json_key_from_log(struct od_json *json, struct od_str key)
{
	od_json_string(json, key);
	od_buf_put_char(json->out, ':');
	json->comma = false;
}

void od_json_key_open(struct od_json *json, const char *key, char bracket)
{
	od_json_key(json, key);
	od_json_open(json, bracket);
}

void od_json_string(struct od_json *json, struct od_str text)
{
	separate(json);
	od_buf_put_char(json->out, '"');
	od_escape_json(json->out, text);
	od_buf_put_char(json->out, '"');
}

void od_json_string_pair(struct od_json *json, struct od_str text, struct od_str in_parentheses)
{
	separate(json);
	od_buf_put_char(json->out, '"');
	od_escape_json(json->out, text);
	od_buf_put_char(json->out, '(');
	od_escape_json(json->out, in_parentheses);
	od_buf_put_string(json->out, ")\"");
}

void od_json_number(struct od_json *json, uint64_t number)
{
	separate(json);
	od_buf_put_u64(json->out, number);
}

void od_json_bool(struct od_json *json, bool value)
{
	separate(json);
	od_buf_put_string(json->out, value ? "true" : "false");
}

void od_json_hex(struct od_json *json, uint64_t number)
{
	separate(json);
	od_buf_put_string(json->out, "\"0x");
	od_buf_put_hex(json->out, number, 1);
	od_buf_put_char(json->out, '"');
}

void od_json_bytes(struct od_json *json, struct od_str bytes)
{
	separate(json);
	od_buf_put_char(json->out, '"');
	for (size_t i = 0; i < bytes.len; i++) {
		if (i)
			od_buf_put_char(json->out, ' ');
		od_buf_put_hex(json->out, (unsigned char)bytes.ptr[i], 2);
	}
	od_buf_put_char(json->out, '"');
}

void od_json_key_string(struct od_json *json, const char *key, struct od_str text)
{
	if (!text.len)
		return;
	od_json_key(json, key);
	od_json_string(json, text);
}

void od_json_key_number(struct od_json *json, const char *key, struct od_num number)
{
	if (!number.known)
		return;
	od_json_key(json, key);
	od_json_number(json, number.value);
}

void od_json_key_signed(struct od_json *json, const char *key, struct od_num number)
{
	if (!number.known)
		return;
	od_json_key(json, key);
	if ((int64_t)number.value < 0)
		od_buf_put_char(json->out, '-');
	od_json_number(json, (int64_t)number.value < 0 ? -number.value : number.value);
}

void od_json_key_hex(struct od_json *json, const char *key, struct od_num number)
{
	if (!number.known)
		return;
	od_json_key(json, key);
	od_json_hex(json, number.value);
}

void od_json_key_bool(struct od_json *json, const char *key, bool value)
{
	od_json_key(json, key);
	od_json_bool(json, value);
}

void od_json_key_strings(struct od_json *json, const char *key, const struct od_str *items, size_t count)
{
	if (!count)
		return;
	od_json_key_open(json, key, '[');
	for (size_t i = 0; i < count; i++)
		od_json_string(json, items[i]);
	od_json_close(json, ']');
}

void od_json_key_seconds(struct od_json *json, const char *key, struct od_num usec)
{
	if (!usec.known)
		return;
	unsigned fraction = (unsigned)(usec.value % 1000000);
	int digits = fraction ? 6 : 0;
	for (; fraction && fraction % 10 == 0; digits--)
		fraction /= 10;
	od_json_key(json, key);
	od_json_number(json, usec.value / 1000000);
	if (digits)
		od_buf_printf(json->out, ".%0*u", digits, fraction);
}
