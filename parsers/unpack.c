// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/unpack.h"

#include <stdlib.h>

#include "parsers/containers.h"

struct od_unpacker {
	struct od_outlet outlet;
	struct od_json json;
	struct od_export export;
	struct od_kmsg kmsg;
	struct od_encoding encoding;
	struct od_numbered numbered;
	uint64_t last_line;	/* number of the line before */
	uint64_t cut;
	bool skip_rest;		/* of a line that is too long */
};

struct od_unpacker *od_unpacker_create(od_piece_fn fn, void *user)
{
	struct od_unpacker *unpacker = calloc(1, sizeof(*unpacker));
	if (unpacker)
		unpacker->outlet = (struct od_outlet){fn, user};
	return unpacker;
}

void od_unpacker_destroy(struct od_unpacker *unpacker)
{
	if (!unpacker)
		return;
	od_json_deinit(&unpacker->json);
	od_export_deinit(&unpacker->export);
	od_kmsg_deinit(&unpacker->kmsg);
	od_encoding_deinit(&unpacker->encoding);
	od_numbered_deinit(&unpacker->numbered);
	free(unpacker);
}

/* Nearly always the text is one line, with a carriage return behind it at most. */
static bool is_one_line(struct od_str text)
{
	return !od_str_ends(text, OD_STR("\n")) && !od_str_has_any(od_str_first(text, text.len - (text.len > 0)), '\n', '\r', '\n');
}

/* The first line of the text: up to a line feed, or to a carriage return with something behind it. */
static struct od_str next_line(struct od_str *text)
{
	size_t len = is_one_line(*text) ? text->len : 0;
	while (len < text->len && text->ptr[len] != '\n' && (text->ptr[len] != '\r' || len + 1 == text->len))
		len++;
	struct od_str line = od_str_first(*text, len);
	*text = od_str_from_index(*text, len + 1);
	return line;
}

void od_outlet_text(const struct od_outlet *outlet, const struct od_origin *origin, struct od_str text,
		    uint64_t line, struct od_str raw)
{
	do {
		struct od_piece piece = {.line = line, .origin = origin, .shares_raw = raw.len > 0};
		piece.text = next_line(&text);
		piece.raw = raw.len ? raw : piece.text;
		outlet->fn(outlet->user, &piece);
	} while (text.len);
}

/* Numbers stand before lines of the input, which the text is when nothing was joined or divided. */
static void hand_on(struct od_unpacker *unpacker, struct od_str text, uint64_t line, struct od_str raw)
{
	struct od_numbered *numbered = &unpacker->numbered;

	if (!od_numbered_passes(numbered, text)) {
		if (text.ptr != raw.ptr && od_str_find_char(raw, '\n') >= 0)
			od_numbered_flush(numbered, &unpacker->outlet);
		else if (!od_numbered_line(numbered, &unpacker->outlet, &text, line))
			return;
	}
	if (!unpacker->encoding.plain) {
		od_outlet_text(&unpacker->outlet, &od_origin_none, text, line, raw);
		return;
	}
	const struct od_piece piece = {text, raw, line, .shares_raw = raw.len > 0, .plain = true, .origin = &od_origin_none};
	unpacker->outlet.fn(unpacker->outlet.user, &piece);
}

/* The rest of a line that is too long is read only where something divides it. */
static void take_text(struct od_unpacker *unpacker, const struct od_line *line)
{
	struct od_str text = line->text, raw = line->text;

	if (line->rest && unpacker->skip_rest)
		return;
	unpacker->skip_rest = line->cut;
	unpacker->cut += unpacker->skip_rest;
	if (od_encoding_line(&unpacker->encoding, &text, &raw))
		hand_on(unpacker, text, line->number, raw);
}

/* "[   12.345678] text": no container's line, unless one is open. */
static bool begins_as_printk(struct od_str text)
{
	if (text.len < 2 || text.ptr[0] != '[')
		return false;
	text = od_str_from_index(text, 1);
	od_scan_blanks(&text);
	return text.len && od_is_digit(text.ptr[0]);
}

static bool is_within_structure(const struct od_unpacker *unpacker)
{
	return unpacker->export.active || unpacker->json.active || unpacker->numbered.holding;
}

/* Whether the next line may be a container's; what kmsg only keeps back for its order is no matter here. */
static bool any_container_is_open(const struct od_unpacker *unpacker)
{
	return is_within_structure(unpacker) || unpacker->kmsg.in_dictionary || unpacker->kmsg.held_raw.len;
}

void od_unpacker_line(struct od_unpacker *unpacker, const struct od_line *line)
{
	const struct od_outlet *outlet = &unpacker->outlet;

	unpacker->last_line = line->number;
	if (begins_as_printk(line->text) && !any_container_is_open(unpacker)) {
		take_text(unpacker, line);
		return;
	}
	od_numbered_prepare(&unpacker->numbered, outlet, line->text);
	if (unpacker->export.active && od_export_line(&unpacker->export, outlet, line))
		return;
	if (od_json_line(&unpacker->json, outlet, line))
		return;
	if (!line->rest && (od_kmsg_line(&unpacker->kmsg, outlet, line) ||
			    od_export_line(&unpacker->export, outlet, line))) {
		unpacker->skip_rest = line->more && !unpacker->export.active;
		unpacker->cut += unpacker->skip_rest;
		return;
	}
	take_text(unpacker, line);
}

void od_unpacker_finish(struct od_unpacker *unpacker)
{
	struct od_str text, raw;

	od_json_finish(&unpacker->json, &unpacker->outlet);
	od_export_finish(&unpacker->export, &unpacker->outlet);
	od_kmsg_finish(&unpacker->kmsg, &unpacker->outlet);
	if (od_encoding_finish(&unpacker->encoding, &text, &raw))
		hand_on(unpacker, text, unpacker->last_line, raw);
	od_numbered_flush(&unpacker->numbered, &unpacker->outlet);
}

bool od_unpacker_is_idle(const struct od_unpacker *unpacker)
{
	return !is_within_structure(unpacker) && od_kmsg_is_idle(&unpacker->kmsg) && od_encoding_is_idle(&unpacker->encoding);
}

uint64_t od_unpacker_cut_lines(const struct od_unpacker *unpacker)
{
	return unpacker->cut;
}
