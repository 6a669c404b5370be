// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * journalctl -o export (systemd, docs/JOURNAL_EXPORT_FORMATS.md): entries of "KEY=value" lines, a
 * blank line between them. A value with line feeds is written as the key alone on a line, its length in
 * eight bytes, least significant first, and the value.
 */
#include <stdio.h>

#include "parsers/containers.h"

static void end_entry(struct od_export *export, const struct od_outlet *outlet)
{
	struct od_str message = od_buf_str(&export->message), raw = {0}, text = message;

	if (export->message_is_line) {
		raw = message;
		text = od_str_from_index(message, sizeof("MESSAGE=") - 1);
	}
	export->origin.format = "journal-export";
	if (message.len && (!export->origin.other || export->origin.kernel))
		od_outlet_text(outlet, &export->origin, text, export->message_line, raw);
	od_buf_clear(&export->message);
	export->origin = od_origin_none;
	export->state = OD_EXPORT_FIELD;
}

/* The name of a field: upper-case letters, digits and '_' up to '=' or the line's end. */
static bool scan_name(struct od_str *s, struct od_str *ret)
{
	size_t len = 0;
	while (len < s->len && (od_is_digit(s->ptr[len]) || s->ptr[len] == '_' || (s->ptr[len] >= 'A' && s->ptr[len] <= 'Z')))
		len++;
	if (!len || (len < s->len && s->ptr[len] != '='))
		return false;
	*ret = od_str_first(*s, len);
	*s = od_str_from_index(*s, len);
	return true;
}

/* A line without its end; false: none of this format. */
static bool take_field(struct od_export *export, const struct od_outlet *outlet, uint64_t line)
{
	struct od_str field = od_buf_str(&export->field), rest = field, name;

	if (!field.len) {
		end_entry(export, outlet);
		return true;
	}
	if (!scan_name(&rest, &name))
		return false;
	if (!od_scan_char(&rest, '=')) {
		snprintf(export->name, sizeof(export->name), "%.*s", OD_FMT(name));
		export->state = OD_EXPORT_LENGTH;
		export->length_bytes = 0;
		export->left = 0;
		return true;
	}
	od_origin_field(&export->origin, name, rest);
	if (od_str_equal(name, OD_STR("MESSAGE"))) {
		od_buf_clear(&export->message);
		od_buf_put(&export->message, field);
		export->message_line = line;
		export->message_is_line = true;
	}
	return true;
}

static void end_binary(struct od_export *export)
{
	struct od_str value = od_buf_str(&export->field);

	if (strcmp(export->name, "MESSAGE") == 0) {
		od_buf_clear(&export->message);
		od_buf_put(&export->message, value);
		export->message_is_line = false;
	}
	od_origin_field(&export->origin, od_str_from(export->name), value);
	export->state = OD_EXPORT_FIELD;
	od_buf_clear(&export->field);
}

static void take_length(struct od_export *export, uint64_t line, char c)
{
	export->left |= (uint64_t)(unsigned char)c << 8 * export->length_bytes;
	if (++export->length_bytes < 8)
		return;
	od_buf_clear(&export->field);
	export->message_line = strcmp(export->name, "MESSAGE") == 0 ? line : export->message_line;
	export->state = OD_EXPORT_BINARY;
	export->left += export->left < UINT64_MAX;
}

/* One byte of the stream; false: this is no such stream any more. */
static bool take_byte(struct od_export *export, const struct od_outlet *outlet, uint64_t line, char c)
{
	switch (export->state) {
	case OD_EXPORT_LENGTH:
		take_length(export, line, c);
		return true;
	case OD_EXPORT_BINARY:
		if (--export->left == 0)
			end_binary(export);
		else if (export->field.len < OD_MESSAGE_LIMIT)
			od_buf_put_char(&export->field, c);
		return true;
	case OD_EXPORT_FIELD: break;
	}
	if (c != '\n') {
		if (export->field.len < OD_MESSAGE_LIMIT)
			od_buf_put_char(&export->field, c);
		return true;
	}
	bool taken = take_field(export, outlet, line);
	od_buf_clear(&export->field);
	return taken;
}

bool od_export_line(struct od_export *export, const struct od_outlet *outlet, const struct od_line *line)
{
	if (!export->active) {
		if (line->rest || !od_str_starts(line->text, OD_STR("__CURSOR=")))
			return false;
		export->active = true;
		export->origin = od_origin_none;
		export->state = OD_EXPORT_FIELD;
	}
	for (size_t i = 0; i < line->text.len; i++)
		(void)take_byte(export, outlet, line->number, line->text.ptr[i]);
	if (line->more || take_byte(export, outlet, line->number, '\n'))
		return true;
	od_export_finish(export, outlet);
	return line->rest;
}

void od_export_finish(struct od_export *export, const struct od_outlet *outlet)
{
	if (export->active && export->state == OD_EXPORT_BINARY)
		end_binary(export);
	if (export->active)
		end_entry(export, outlet);
	export->active = false;
}

void od_export_deinit(struct od_export *export)
{
	od_buf_deinit(&export->field);
	od_buf_deinit(&export->message);
}
