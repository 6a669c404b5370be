// SPDX-License-Identifier: GPL-3.0-or-later
#include "render/lesson.h"

#include "render/page.h"

void od_render_lesson(struct od_buf *out, const struct od_render_options *options, const struct od_lesson *lesson)
{
	enum { COLUMN = 15 };
	struct od_page page = od_page_on(out, options);

	for (size_t i = 0; i < lesson->rows.count; i++) {
		od_page_line(&page, 0, COLUMN);
		od_page_piece(&page, OD_STYLE_BOLD, od_str_from(lesson->rows.items[i].label));
		od_page_to(&page, COLUMN);
		od_page_words(&page, OD_STYLE_PLAIN, lesson->rows.items[i].text);
		od_page_end(&page);
	}
	od_page_close(&page);
}
