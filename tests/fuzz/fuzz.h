// SPDX-License-Identifier: GPL-3.0-or-later
/* A fuzz target: one per file, called by libFuzzer, or by replay.c with the files of its corpus. */
#ifndef OD_TESTS_FUZZ_H
#define OD_TESTS_FUZZ_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/str.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What must hold for every input; a target that breaks it has found a bug. */
#define OD_LAW(condition)                                                                                   \
	do {                                                                                                \
		if (!(condition)) {                                                                         \
			fprintf(stderr, "%s:%d: broken: %s\n", __FILE__, __LINE__, #condition);             \
			abort();                                                                            \
		}                                                                                           \
	} while (0)

static inline struct od_str fuzz_text(const uint8_t *data, size_t size)
{
	return (struct od_str){(const char *)data, size};
}

/* Takes the next line off the text. */
static inline struct od_str fuzz_line(struct od_str *text)
{
	ptrdiff_t end = od_str_find_char(*text, '\n');
	struct od_str line = od_str_first(*text, end < 0 ? text->len : (size_t)end);
	*text = od_str_from_index(*text, end < 0 ? text->len : (size_t)end + 1);
	return line;
}

/* Whether the slice lies within the other, or is empty. */
static inline int fuzz_within(struct od_str inner, struct od_str outer)
{
	return !inner.len || (outer.len && inner.ptr >= outer.ptr && inner.ptr + inner.len <= outer.ptr + outer.len);
}

#endif
