// SPDX-License-Identifier: GPL-3.0-or-later
#include "render/render.h"

const struct od_renderer *const od_renderers[] = {
	&od_render_text,
	&od_render_json,
	&od_render_raw,
	NULL,
};
