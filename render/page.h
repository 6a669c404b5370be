// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Lines of text for a terminal of a given width: words that wrap with a hanging indent,
 * pieces that are cut, columns, and colours where they are wanted. Whatever is written here
 * is escaped (core/escape.h): callers pass log text as it is. One thread at a time.
 */
#ifndef OD_RENDER_PAGE_H
#define OD_RENDER_PAGE_H

#include "core/escape.h"
#include "render/render.h"

enum od_style {
	OD_STYLE_PLAIN = 0,
	OD_STYLE_BOLD,
	OD_STYLE_DIM,
	OD_STYLE_FATAL,		/* an oops, a wrong image */
	OD_STYLE_CAUTION,	/* a warning, a doubt */
	OD_STYLE_GOOD,
	OD_STYLE_COUNT,
};

enum {
	OD_PAGE_LEAST_WIDTH = 24,
	OD_PAGE_PROSE_WIDTH = 100,	/* longer lines of prose are hard to read */
	OD_PAGE_LABEL_WIDTH = 12,	/* "  Signature " */
};

struct od_page {
	struct od_buf *out;
	bool color;
	unsigned width;		/* of the terminal */
	unsigned wrap;		/* where words wrap: the width, or less */
	unsigned column;	/* filled so far in this line */
	unsigned hang;		/* where the lines after a wrap begin */
	bool gap;		/* a blank is due before the next word */
	bool fresh;		/* no word in this line yet */
	size_t break_at;	/* of the last blank in `out` where the line may break; 0: none */
	unsigned break_column;	/* of the byte behind it */
};

/* A page that writes into `out`. The width is clamped to what can be laid out. */
struct od_page od_page_on(struct od_buf *out, const struct od_render_options *options);

/* Begins a line at `indent`; words that wrap continue at `hang`. */
void od_page_line(struct od_page *page, unsigned indent, unsigned hang);

/* Begins a line with a label in the left column, the text hanging beside it. */
void od_page_label(struct od_page *page, const char *label);

/* Ends the line, without blanks at its end. */
void od_page_end(struct od_page *page);

/* An empty line, unless the last one is empty. */
void od_page_skip(struct od_page *page);

/* Takes an empty last line back. */
void od_page_close(struct od_page *page);

/*
 * Words, wrapped. The text's blanks are where lines break: without one at its front it is
 * glued to what was written before.
 */
void od_page_words(struct od_page *page, enum od_style style, struct od_str text);
void od_page_say(struct od_page *page, enum od_style style, const char *text);

/* The same for a formatted text of at most 255 bytes: numbers and words of the program. */
__attribute__((format(printf, 3, 4)))
void od_page_sayf(struct od_page *page, enum od_style style, const char *format, ...);

/* A piece with its blanks as they are, never wrapped: cut with "…" where the line is full. */
void od_page_piece(struct od_page *page, enum od_style style, struct od_str text);

/* The same, cut after `room` columns. */
void od_page_piece_within(struct od_page *page, enum od_style style, struct od_str text, unsigned room);

/* A mark such as "▶ " in the left margin, or blanks in its place. */
void od_page_mark(struct od_page *page, bool marked, const char *mark);

/* Columns left in this line. */
unsigned od_page_room(const struct od_page *page);

__attribute__((format(printf, 3, 4)))
void od_page_piecef(struct od_page *page, enum od_style style, const char *format, ...);

/* Blanks up to the column; nothing when the line is there already. */
void od_page_to(struct od_page *page, unsigned column);

/* The character (UTF-8) again and again up to the wrap column. */
void od_page_rule(struct od_page *page, enum od_style style, const char *character);

#endif
