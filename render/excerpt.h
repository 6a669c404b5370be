// SPDX-License-Identifier: GPL-3.0-or-later
/* Source lines around a place, as they are shown: tabs as blanks, what all lines are indented by taken away. */
#ifndef OD_RENDER_EXCERPT_H
#define OD_RENDER_EXCERPT_H

#include "render/render.h"

enum {
	OD_EXCERPT_AROUND = 2,	/* lines before and after the place's own */
	OD_EXCERPT_LINES = 2 * OD_EXCERPT_AROUND + 1,
	OD_EXCERPT_COLUMNS = 240, /* of a line that are shown at most */
};

struct od_excerpt {
	size_t count;
	struct {
		unsigned number;
		struct od_str text;	/* in `columns`, or empty */
	} lines[OD_EXCERPT_LINES];
	char columns[OD_EXCERPT_LINES][OD_EXCERPT_COLUMNS];
};

/* The frame whose place a person wants to see first; NULL: the event names none. */
const struct od_frame *od_excerpt_frame(const struct od_event *event);

/*
 * Reads the place's own line and at most `around` (OD_EXCERPT_AROUND at most) lines on either side of it. False: the
 * place's own line is not to be had; *ret is then empty. The texts point into *ret, which must not be moved.
 */
bool od_excerpt_read(const struct od_render_options *options, const struct od_place *place, unsigned around,
		     struct od_excerpt *ret);

#endif
