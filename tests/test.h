// SPDX-License-Identifier: GPL-3.0-or-later
/* What every unit test includes: cmocka with the headers it needs, and small helpers. */
#ifndef OD_TESTS_TEST_H
#define OD_TESTS_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/str.h"

/* Compares a slice with a string; on failure prints both. */
#define assert_str(slice, expected)                                                                \
	do {                                                                                       \
		struct od_str assert_str_got = (slice);                                            \
		if (!od_str_equal(assert_str_got, od_str_from(expected)))                          \
			fail_msg("got \"%.*s\", expected \"%s\"", OD_FMT(assert_str_got),            \
				 (expected));                                                      \
	} while (0)

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

#endif
