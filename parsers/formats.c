// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/formats.h"

#include <stddef.h>

void od_formats_count(struct od_formats *formats, const char *format)
{
	for (size_t i = 0; format && i < OD_FORMATS; i++) {
		if (formats->items[i].name && formats->items[i].name != format)
			continue;
		formats->items[i].name = format;
		formats->items[i].lines++;
		return;
	}
}

const char *od_formats_commonest(const struct od_formats *formats)
{
	const char *name = "text";
	uint64_t most = 0;
	for (size_t i = 0; i < OD_FORMATS && formats->items[i].name; i++) {
		if (formats->items[i].lines <= most)
			continue;
		most = formats->items[i].lines;
		name = formats->items[i].name;
	}
	return name;
}
