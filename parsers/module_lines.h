// SPDX-License-Identifier: GPL-3.0-or-later
/* Lines about the life of modules: evidence for taint flags and for failed loads. Pure; thread safe. */
#ifndef OD_PARSERS_MODULE_LINES_H
#define OD_PARSERS_MODULE_LINES_H

#include "parsers/grams.h"
#include "parsers/record.h"

/* What tells most lines from those about modules: for od_module_line_find(). False: a text of the table is too short. */
bool od_module_lines_init(struct od_grams *ret);

/* Reads a line about a module; its slices borrow from the record. False: it is about something else. */
bool od_module_line_find(const struct od_grams *grams, const struct od_record *record, struct od_module_line *ret);

#endif
