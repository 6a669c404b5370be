// SPDX-License-Identifier: GPL-3.0-or-later
/* For tests and fuzz targets: feeds a parser from memory that is gone behind the call, as a reader's buffer may be: nothing may be kept of it. */
#ifndef OD_TESTS_FEED_H
#define OD_TESTS_FEED_H

#include <stdlib.h>
#include <string.h>

#include "parsers/parser.h"

static inline void feed_and_free(struct od_parser *parser, struct od_str part)
{
	char *copy = malloc(part.len ? part.len : 1);

	if (!copy)
		abort();
	memcpy(copy, part.ptr, part.len);
	od_parser_feed(parser, (struct od_str){copy, part.len});
	free(copy);
}

#endif
