// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef OD_TRIAGE_SHA256_H
#define OD_TRIAGE_SHA256_H

#include "core/str.h"

enum { OD_SHA256_TEXT = 65 };

/* SHA-256 (FIPS 180-4) of `bytes` as 64 lower-case hexadecimal digits and a NUL. Thread safe. */
void od_sha256(struct od_str bytes, char ret[OD_SHA256_TEXT]);

#endif
