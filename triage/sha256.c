// SPDX-License-Identifier: GPL-3.0-or-later
#include "triage/sha256.h"

#include <openssl/evp.h>
#include <stdio.h>

void od_sha256(struct od_str bytes, char ret[OD_SHA256_TEXT])
{
	unsigned char digest[EVP_MAX_MD_SIZE] = {0};

	EVP_Digest(bytes.ptr ? bytes.ptr : "", bytes.len, digest, NULL, EVP_sha256(), NULL);
	for (unsigned i = 0; i < 32; i++)
		snprintf(ret + 2 * i, 3, "%02x", digest[i]);
}
