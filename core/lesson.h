// SPDX-License-Identifier: GPL-3.0-or-later
/* An explanation without a log: labelled paragraphs. Owned by the arena that they were made in. */
#ifndef OD_CORE_LESSON_H
#define OD_CORE_LESSON_H

#include "core/arena.h"

struct od_lesson_row {
	const char *label;	/* "Bit 1"; "": belongs to the row above. Static */
	struct od_str text;
};

struct od_lesson {
	struct od_arena *arena;
	OD_LIST(struct od_lesson_row) rows;
};

/* Adds a row; an empty text adds none. */
static inline void od_lesson_add(struct od_lesson *lesson, const char *label, struct od_str text)
{
	struct od_lesson_row *row = text.len ? od_list_push(lesson->arena, &lesson->rows) : NULL;

	if (row)
		*row = (struct od_lesson_row){label, text};
}

#endif
