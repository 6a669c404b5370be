// SPDX-License-Identifier: GPL-3.0-or-later
#include "render/page.h"

#include <stdarg.h>
#include <stdio.h>

/* ECMA-48, 8.3.117 Select Graphic Rendition */
static const char *const style_on[OD_STYLE_COUNT] = {
	[OD_STYLE_PLAIN] = "",
	[OD_STYLE_BOLD] = "\033[1m",
	[OD_STYLE_DIM] = "\033[2m",
	[OD_STYLE_FATAL] = "\033[1;31m",
	[OD_STYLE_CAUTION] = "\033[33m",
	[OD_STYLE_GOOD] = "\033[32m",
};

struct od_page od_page_on(struct od_buf *out, const struct od_render_options *options)
{
	unsigned width = options->width ? options->width : 80;

	if (width < OD_PAGE_LEAST_WIDTH)
		width = OD_PAGE_LEAST_WIDTH;
	return (struct od_page){
		.out = out,
		.color = options->color,
		.width = width,
		.wrap = width < OD_PAGE_PROSE_WIDTH ? width : OD_PAGE_PROSE_WIDTH,
	};
}

void od_page_line(struct od_page *page, unsigned indent, unsigned hang)
{
	od_buf_pad(page->out, ' ', indent);
	page->column = indent;
	page->hang = hang;
	page->gap = false;
	page->fresh = true;
	page->break_at = 0;
}

void od_page_label(struct od_page *page, const char *label)
{
	od_page_line(page, 2, OD_PAGE_LABEL_WIDTH);
	od_page_piece(page, OD_STYLE_BOLD, od_str_from(label));
	od_page_to(page, OD_PAGE_LABEL_WIDTH);
	page->fresh = true;
}

void od_page_end(struct od_page *page)
{
	struct od_buf *out = page->out;

	while (out->len && out->data[out->len - 1] == ' ')
		out->len--;
	od_buf_put_char(out, '\n');
	page->column = 0;
}

static bool ends_in_empty_line(const struct od_buf *out)
{
	return od_str_ends(od_buf_str(out), OD_STR("\n\n"));
}

void od_page_skip(struct od_page *page)
{
	if (!ends_in_empty_line(page->out))
		od_page_end(page);
}

void od_page_close(struct od_page *page)
{
	if (ends_in_empty_line(page->out))
		page->out->data[--page->out->len] = '\0';
}

static void write_styled(struct od_page *page, enum od_style style, struct od_str text)
{
	bool styled = page->color && style != OD_STYLE_PLAIN;

	if (styled)
		od_buf_put_string(page->out, style_on[style]);
	od_escape_terminal(page->out, text);
	if (styled)
		od_buf_put_string(page->out, "\033[0m");
	page->column += (unsigned)od_escape_terminal_width(text);
	page->fresh = false;
}

static void start_line(struct od_page *page)
{
	od_buf_put_char(page->out, '\n');
	od_buf_pad(page->out, ' ', page->hang);
	page->column = page->hang;
	page->break_at = 0;
}

/* Moves what stands behind the last blank to a line of its own. */
static void break_line(struct od_page *page)
{
	struct od_buf *out = page->out;
	size_t tail = out->len - page->break_at - 1;

	od_buf_pad(out, ' ', page->hang);
	if (out->failed)
		return;
	char *blank = out->data + page->break_at;
	memmove(blank + 1 + page->hang, blank + 1, tail);
	memset(blank + 1, ' ', page->hang);
	*blank = '\n';
	page->column = page->hang + (page->column - page->break_column);
	page->break_at = 0;
}

/* How many bytes of the text fit into `room` columns; characters are kept whole. */
static size_t fitting(struct od_str text, size_t room)
{
	size_t used = 0, at = 0;

	while (at < text.len) {
		size_t next = at + 1;
		while (next < text.len && next - at < 4 && ((unsigned char)text.ptr[next] & 0xc0) == 0x80)
			next++;
		used += od_escape_terminal_width((struct od_str){text.ptr + at, next - at});
		if (used > room)
			break;
		at = next;
	}
	return at;
}

static void put_word(struct od_page *page, enum od_style style, struct od_str word)
{
	if (page->gap && !page->fresh) {
		od_buf_put_char(page->out, ' ');
		page->break_at = page->out->len ? page->out->len - 1 : 0;
		page->break_column = ++page->column;
	}
	page->gap = false;
	size_t width = od_escape_terminal_width(word);
	if (page->column + width > page->wrap && page->break_at)
		break_line(page);
	while (page->column + width > page->wrap) {
		size_t head = fitting(word, page->wrap > page->column ? page->wrap - page->column : 0);
		if (!head && page->column <= page->hang)
			head = 1; /* wider than a whole line: an invalid byte is four columns */
		width -= od_escape_terminal_width(od_str_first(word, head));
		write_styled(page, style, od_str_first(word, head));
		start_line(page);
		word = od_str_from_index(word, head);
	}
	if (word.len)
		write_styled(page, style, word);
}

void od_page_words(struct od_page *page, enum od_style style, struct od_str text)
{
	while (text.len) {
		size_t n = 0;
		while (n < text.len && (od_is_blank(text.ptr[n]) || text.ptr[n] == '\n'))
			n++;
		if (n)
			page->gap = true;
		text = od_str_from_index(text, n);
		n = 0;
		while (n < text.len && !od_is_blank(text.ptr[n]) && text.ptr[n] != '\n')
			n++;
		if (n)
			put_word(page, style, od_str_first(text, n));
		text = od_str_from_index(text, n);
	}
}

void od_page_say(struct od_page *page, enum od_style style, const char *text)
{
	od_page_words(page, style, od_str_from(text));
}

void od_page_sayf(struct od_page *page, enum od_style style, const char *format, ...)
{
	char text[256];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	od_page_words(page, style, od_str_from(text));
}

unsigned od_page_room(const struct od_page *page)
{
	return page->width > page->column ? page->width - page->column : 0;
}

void od_page_piece(struct od_page *page, enum od_style style, struct od_str text)
{
	od_page_piece_within(page, style, text, od_page_room(page));
}

void od_page_piece_within(struct od_page *page, enum od_style style, struct od_str text, unsigned room)
{
	size_t fit = fitting(text, room);

	if (fit == text.len) {
		write_styled(page, style, text);
	} else if (room) {
		write_styled(page, style, od_str_first(text, fitting(text, room - 1)));
		write_styled(page, OD_STYLE_DIM, OD_STR("…"));
	}
}

void od_page_mark(struct od_page *page, bool marked, const char *mark)
{
	if (marked)
		od_page_piece(page, OD_STYLE_FATAL, od_str_from(mark));
	else
		od_page_to(page, page->column + (unsigned)od_escape_terminal_width(od_str_from(mark)));
}

void od_page_piecef(struct od_page *page, enum od_style style, const char *format, ...)
{
	char text[256];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	od_page_piece(page, style, od_str_from(text));
}

void od_page_to(struct od_page *page, unsigned column)
{
	if (page->column >= column)
		return;
	od_buf_pad(page->out, ' ', column - page->column);
	page->column = column;
}

void od_page_rule(struct od_page *page, enum od_style style, const char *character)
{
	char text[OD_PAGE_PROSE_WIDTH * 4 + 1];
	size_t unit = strlen(character), len = 0;

	for (unsigned column = page->column; column < page->wrap && len + unit < sizeof(text); column++) {
		memcpy(text + len, character, unit);
		len += unit;
	}
	write_styled(page, style, (struct od_str){text, len});
}
