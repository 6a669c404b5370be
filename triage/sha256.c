// SPDX-License-Identifier: GPL-3.0-or-later
#include "triage/sha256.h"

#include <openssl/evp.h>
#include <stdio.h>

enum { DIGEST = 32 };

static void digest_of(struct od_str bytes, unsigned char ret[EVP_MAX_MD_SIZE])
{
	memset(ret, 0, EVP_MAX_MD_SIZE);
	EVP_Digest(bytes.ptr ? bytes.ptr : "", bytes.len, ret, NULL, EVP_sha256(), NULL);
}

void od_sha256(struct od_str bytes, char ret[OD_SHA256_TEXT])
{
	unsigned char digest[EVP_MAX_MD_SIZE];

	digest_of(bytes, digest);
	for (unsigned i = 0; i < DIGEST; i++)
		snprintf(ret + 2 * i, 3, "%02x", digest[i]);
}

void od_sha256_base64(struct od_str bytes, char ret[OD_SHA256_BASE64])
{
	unsigned char digest[EVP_MAX_MD_SIZE];

	digest_of(bytes, digest);
	EVP_EncodeBlock((unsigned char *)ret, digest, DIGEST);
}
