// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef OD_TRIAGE_SHA256_H
#define OD_TRIAGE_SHA256_H

#include "core/str.h"

enum { OD_SHA256_TEXT = 65, OD_SHA256_BASE64 = 45 };

/* SHA-256 (FIPS 180-4) of `bytes` as 64 lower-case hexadecimal digits and a NUL. Thread safe. */
void od_sha256(struct od_str bytes, char ret[OD_SHA256_TEXT]);

/* The same in base64 (RFC 4648, section 4), as a content security policy names what it allows. Thread safe. */
void od_sha256_base64(struct od_str bytes, char ret[OD_SHA256_BASE64]);

#endif
