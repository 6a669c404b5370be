// SPDX-License-Identifier: GPL-3.0-or-later
/* Modules as text and as JSON. Thread safe for different buffers. */
#ifndef OD_RENDER_MODULE_H
#define OD_RENDER_MODULE_H

#include "core/buf.h"
#include "core/module.h"

struct od_module_view {
	const struct od_ko *module;
	const struct od_load *load;	/* NULL: no kernel was named */
	const struct od_module_place *places;
	size_t place_count;
	bool lists;			/* text: every symbol, section and alias, not only how many */
	const char *tool_version;
};

/* For people. */
void od_render_module_text(struct od_buf *out, const struct od_module_view *view);

/* One document on one line: docs/module.md. */
void od_render_module_json(struct od_buf *out, const struct od_module_view *view);

#endif
