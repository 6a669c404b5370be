// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef OD_RENDER_LESSON_H
#define OD_RENDER_LESSON_H

#include "core/lesson.h"
#include "render/render.h"

/* The rows with their labels, wrapped, escaped. Thread safe for different buffers. */
void od_render_lesson(struct od_buf *out, const struct od_render_options *options, const struct od_lesson *lesson);

#endif
