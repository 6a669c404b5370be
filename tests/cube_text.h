// SPDX-License-Identifier: GPL-3.0-or-later
/* From a row of the cube and an architecture to the report that it stands for. */
#ifndef OD_TESTS_CUBE_TEXT_H
#define OD_TESTS_CUBE_TEXT_H

#include <stdbool.h>
#include <string.h>

#include "core/buf.h"
#include "tests/cube.h"
#include "tests/cube_rows.h"

/* Whether the list of architectures has this one; "*" has all. */
static inline bool cube_names(const char *list, const char *name)
{
	size_t len = strlen(name);

	if (!strcmp(list, "*"))
		return true;
	for (const char *at = list; (at = strstr(at, name)); at += len)
		if ((at == list || at[-1] == ' ') && (at[len] == ' ' || !at[len]))
			return true;
	return false;
}

/* The report as dmesg prints it, behind what `out` holds. */
static inline void cube_expand(struct od_buf *out, const struct cube_row *row, const struct cube_arch *arch)
{
	for (const char *at = row->text; *at; at++) {
		if (*at == '\1')
			od_buf_put_string(out, arch->registers);
		if (*at == '\2')
			od_buf_put_string(out, CUBE_CPU);
		if (*at <= '\3')
			od_buf_put_string(out, arch->trace);
		else
			od_buf_put_char(out, *at);
	}
}

#endif
