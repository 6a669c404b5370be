// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * The first pass over a long log: where could a report begin? Looks for many literals at once
 * (with vectorscan), so that the lines between reports cost almost nothing.
 *
 * A line that holds no trigger cannot be a header, a die line, a banner, a notice of lost messages
 * or a line about a module: tests/unit/test_scan.c holds the tables to that. One thread at a time.
 */
#ifndef OD_PARSERS_SCAN_H
#define OD_PARSERS_SCAN_H

#include "core/str.h"

struct od_scanner;

/* Compiles the triggers, in about a millisecond. NULL: out of memory, or a CPU that the library does not know. */
struct od_scanner *od_scanner_create(void);

/* NULL is fine. */
void od_scanner_destroy(struct od_scanner *scanner);

/* A place inside the first line that holds a trigger, or -1. */
ptrdiff_t od_scanner_find(struct od_scanner *scanner, struct od_str text);

/* How many line ends the text holds. */
uint64_t od_count_lines(struct od_str text);

/* The triggers, NULL at the end. */
extern const char *const od_triggers[];

#endif
