// SPDX-License-Identifier: GPL-3.0-or-later
#include "render/excerpt.h"

enum { TAB_WIDTH = 8 };

const struct od_frame *od_excerpt_frame(const struct od_event *event)
{
	const struct od_frame *ip = event->has_ip ? &event->ip : NULL;
	const struct od_frame *responsible = event->responsible;

	if (responsible && responsible->places.count)
		return responsible;
	if (ip && ip->places.count)
		return ip;
	return responsible ? responsible : ip;
}

/* The line with its tabs as blanks; what is too long is cut. */
static struct od_str expand_tabs(struct od_str line, char text[OD_EXCERPT_COLUMNS])
{
	size_t len = 0;

	for (size_t i = 0; i < line.len && len < OD_EXCERPT_COLUMNS; i++) {
		if (line.ptr[i] != '\t') {
			text[len++] = line.ptr[i];
			continue;
		}
		do
			text[len++] = ' ';
		while (len % TAB_WIDTH && len < OD_EXCERPT_COLUMNS);
	}
	while (len && (text[len - 1] == ' ' || text[len - 1] == '\r' || text[len - 1] == '\n'))
		len--;
	return (struct od_str){text, len};
}

static void read_line(const struct od_render_options *options, const struct od_place *place, unsigned number,
		      struct od_excerpt *ret)
{
	struct od_str raw = options->source_line(options->user, place, number);

	if (!raw.ptr)
		return;
	ret->lines[ret->count].number = number;
	ret->lines[ret->count].text = expand_tabs(raw, ret->columns[ret->count]);
	ret->count++;
}

static void remove_indent(struct od_excerpt *excerpt)
{
	size_t least = OD_EXCERPT_COLUMNS;

	for (size_t i = 0; i < excerpt->count; i++) {
		struct od_str line = excerpt->lines[i].text;
		size_t indent = 0;
		while (indent < line.len && line.ptr[indent] == ' ')
			indent++;
		if (line.len && indent < least)
			least = indent;
	}
	for (size_t i = 0; i < excerpt->count; i++)
		excerpt->lines[i].text = od_str_from_index(excerpt->lines[i].text, least);
}

bool od_excerpt_read(const struct od_render_options *options, const struct od_place *place, unsigned around,
		     struct od_excerpt *ret)
{
	ret->count = 0;
	if (!options->source_line || !place->line || !options->source_line(options->user, place, place->line).ptr)
		return false;
	if (around > OD_EXCERPT_AROUND)
		around = OD_EXCERPT_AROUND;
	for (unsigned number = place->line > around ? place->line - around : 1; number <= place->line + around; number++)
		read_line(options, place, number, ret);
	remove_indent(ret);
	return true;
}
