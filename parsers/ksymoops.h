// SPDX-License-Identifier: GPL-3.0-or-later
/* What ksymoops says of itself ahead of an oops. */
#ifndef OD_PARSERS_KSYMOOPS_H
#define OD_PARSERS_KSYMOOPS_H

#include "core/str.h"

/*
 * "-o /lib/modules/2.4.21-pre7/ (default)": the release whose modules ksymoops read, which is as sure as the names that it found. The release is a
 * part of the text; false: the text is another line. Pure; thread safe.
 */
bool od_ksymoops_release(struct od_str text, struct od_str *ret);

#endif
