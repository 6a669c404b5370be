// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Writes JSON values in order, minding the commas. Keys are literals of this program; every
 * other string is escaped. Initialise with {.out = buffer}. One thread at a time.
 *
 * The od_json_key_* calls write nothing when their value is unknown or empty: in the contract
 * an unknown key is absent, never "" or -1.
 */
#ifndef OD_RENDER_JSON_WRITER_H
#define OD_RENDER_JSON_WRITER_H

#include "core/escape.h"
#include "core/model.h"

struct od_json {
	struct od_buf *out;
	bool comma;	/* the next key or element needs one */
};

/* Open with '{' or '[', close with '}' or ']'. */
void od_json_open(struct od_json *json, char bracket);
void od_json_close(struct od_json *json, char bracket);

/* A key; its value must follow. */
void od_json_key(struct od_json *json, const char *key);

/* A key that comes from the log, and is escaped. */
void od_json_key_from_log(struct od_json *json, struct od_str key);

/* A key and the bracket that opens its value. */
void od_json_key_open(struct od_json *json, const char *key, char bracket);

/* Values: elements of an array, or after od_json_key(). */
void od_json_string(struct od_json *json, struct od_str text);
void od_json_string_pair(struct od_json *json, struct od_str text, struct od_str in_parentheses); /* "a(b)" */
void od_json_number(struct od_json *json, uint64_t number);
void od_json_bool(struct od_json *json, bool value);
void od_json_hex(struct od_json *json, uint64_t number); /* "0x1f" */
void od_json_bytes(struct od_json *json, struct od_str bytes); /* "c7 04 25" */

/* Key and value at once; nothing when the value is empty or not known. */
void od_json_key_string(struct od_json *json, const char *key, struct od_str text);
void od_json_key_number(struct od_json *json, const char *key, struct od_num number);
void od_json_key_signed(struct od_json *json, const char *key, struct od_num number); /* a two's complement */
void od_json_key_hex(struct od_json *json, const char *key, struct od_num number);
void od_json_key_bool(struct od_json *json, const char *key, bool value);
void od_json_key_strings(struct od_json *json, const char *key, const struct od_str *items, size_t count);

/* A key and microseconds as seconds: 5.145148. */
void od_json_key_seconds(struct od_json *json, const char *key, struct od_num usec);

#endif
