// SPDX-License-Identifier: GPL-3.0-or-later
/* The signature behind a module: who signed it and how. Whether it is valid only a kernel that has the key can say. */
#include "symbolize/module_info.h"

#include <elf.h>
#include <openssl/cms.h>
#include <stdio.h>
#include <string.h>

#include "core/library.h"

/* The last bytes of a signed module: struct module_signature of include/linux/module_signature.h, and this. */
static const char marker[] = "~Module signature appended~\n";
enum { TRAILER_SIZE = 12, ID_TYPE_PKCS7 = 2 };

/* enum pkey_hash_algo of Linux 3.7 to 4.2, when the trailer itself named the hash. */
static const char *const old_hashes[] = {
	"md4", "md5", "sha1", "rmd160", "sha256", "sha384", "sha512", "sha224",
};

/* The functions of OpenSSL that are used; names[] has their order. */
struct api {
	__typeof__(&d2i_CMS_ContentInfo) read;
	__typeof__(&CMS_ContentInfo_free) free;
	__typeof__(&CMS_get0_SignerInfos) signers;
	__typeof__(&OPENSSL_sk_value) signer;
	__typeof__(&CMS_SignerInfo_get0_signer_id) signer_id;
	__typeof__(&CMS_SignerInfo_get0_algs) algorithms;
	__typeof__(&CMS_SignerInfo_get0_signature) signature;
	__typeof__(&X509_NAME_get_index_by_NID) name_index;
	__typeof__(&X509_NAME_get_entry) name_entry;
	__typeof__(&X509_NAME_ENTRY_get_data) name_data;
	__typeof__(&X509_ALGOR_get0) algorithm;
	__typeof__(&OBJ_obj2nid) object_nid;
	__typeof__(&OBJ_nid2sn) nid_name;
	__typeof__(&ASN1_STRING_get0_data) data;
	__typeof__(&ASN1_STRING_length) length;
};

static const char *const names[] = {
	"d2i_CMS_ContentInfo",
	"CMS_ContentInfo_free",
	"CMS_get0_SignerInfos",
	"OPENSSL_sk_value",
	"CMS_SignerInfo_get0_signer_id",
	"CMS_SignerInfo_get0_algs",
	"CMS_SignerInfo_get0_signature",
	"X509_NAME_get_index_by_NID",
	"X509_NAME_get_entry",
	"X509_NAME_ENTRY_get_data",
	"X509_ALGOR_get0",
	"OBJ_obj2nid",
	"OBJ_nid2sn",
	"ASN1_STRING_get0_data",
	"ASN1_STRING_length",
};
_Static_assert(sizeof(struct api) == sizeof(names), "one name a function");

static bool load(struct api *ret)
{
	return od_library_load(OD_CRYPTO_SONAME, names, sizeof(names) / sizeof(names[0]), ret);
}

/* An ELF file, not a compressed one, whose last bytes are not the marker. */
static bool plainly_unsigned(const char *path)
{
	char head[SELFMAG] = "", tail[sizeof(marker) - 1] = "";
	FILE *file = fopen(path, "re");
	bool plain = file && fread(head, sizeof(head), 1, file) == 1 && !memcmp(head, ELFMAG, SELFMAG) &&
		     fseek(file, -(long)sizeof(tail), SEEK_END) == 0 && fread(tail, sizeof(tail), 1, file) == 1 &&
		     memcmp(tail, marker, sizeof(tail)) != 0;

	if (file)
		fclose(file);
	return plain;
}

void od_module_prepare_signatures(const char *path)
{
	struct api api;

	if (!plainly_unsigned(path))
		load(&api);
}

static struct od_str hex_pairs(struct od_arena *arena, const unsigned char *bytes, size_t count)
{
	char text[3 * 64 + 1] = "";
	static const char digits[] = "0123456789ABCDEF";
	size_t at = 0;

	for (size_t i = 0; i < count && i < 64; i++) {
		if (i)
			text[at++] = ':';
		text[at++] = digits[bytes[i] >> 4];
		text[at++] = digits[bytes[i] & 15];
	}
	return od_arena_copy(arena, (struct od_str){text, at});
}

/* The name that people know: the issuer's common name. */
static struct od_str common_name(const struct api *api, struct od_arena *arena, const X509_NAME *issuer)
{
	int index = api->name_index(issuer, NID_commonName, -1);
	const X509_NAME_ENTRY *entry = index < 0 ? NULL : api->name_entry(issuer, index);
	const ASN1_STRING *text = entry ? api->name_data(entry) : NULL;

	if (!text || api->length(text) <= 0)
		return (struct od_str){NULL, 0};
	return od_arena_copy(arena, (struct od_str){(const char *)api->data(text),
						    (size_t)api->length(text)});
}

/* "SHA256" of OpenSSL is "sha256" in the kernel. */
static struct od_str hash_name(const struct api *api, struct od_arena *arena, const X509_ALGOR *digest)
{
	const ASN1_OBJECT *object;
	char name[32] = "";

	api->algorithm(&object, NULL, NULL, digest);
	const char *known = api->nid_name(api->object_nid(object));
	for (size_t i = 0; known && known[i] && i < sizeof(name) - 1; i++)
		name[i] = known[i] >= 'A' && known[i] <= 'Z' ? (char)(known[i] + 'a' - 'A') : known[i];
	return od_arena_copy(arena, od_str_from(name));
}

static bool read_signer(const struct api *api, struct od_arena *arena, CMS_ContentInfo *cms, struct od_module_signature *ret)
{
	STACK_OF(CMS_SignerInfo) *signers = api->signers(cms);
	CMS_SignerInfo *signer = signers ? api->signer((const OPENSSL_STACK *)signers, 0) : NULL;
	ASN1_OCTET_STRING *key = NULL;
	ASN1_INTEGER *serial = NULL;
	X509_NAME *issuer = NULL;
	X509_ALGOR *digest = NULL;

	if (!signer || !api->signer_id(signer, &key, &issuer, &serial))
		return false;
	const ASN1_STRING *id = serial ? serial : key;
	if (id)
		ret->key = hex_pairs(arena, api->data(id), (size_t)api->length(id));
	if (issuer)
		ret->signer = common_name(api, arena, issuer);
	api->algorithms(signer, NULL, NULL, &digest, NULL);
	if (digest)
		ret->hash = hash_name(api, arena, digest);
	ret->size = (uint64_t)api->length(api->signature(signer));
	return true;
}

static enum od_signature_state read_pkcs7(struct od_arena *arena, struct od_str der, struct od_module_signature *ret)
{
	const unsigned char *at = (const unsigned char *)der.ptr;
	struct api api;

	ret->format = OD_STR("PKCS#7");
	if (!load(&api))
		return OD_SIGNATURE_UNREAD;
	CMS_ContentInfo *cms = api.read(NULL, &at, (long)der.len);
	bool good = cms && read_signer(&api, arena, cms, ret);

	api.free(cms);
	return good ? OD_SIGNATURE_PRESENT : OD_SIGNATURE_DAMAGED;
}

/* Before 4.3: signer, key identifier and signature one after the other, lengths in the trailer. */
static enum od_signature_state read_old(struct od_str before, const unsigned char *trailer, size_t size,
					struct od_arena *arena, struct od_module_signature *ret)
{
	size_t name = trailer[3], key = trailer[4];

	if (before.len < size + key + name)
		return OD_SIGNATURE_DAMAGED;
	const char *signer = before.ptr + before.len - size - key - name;
	ret->format = OD_STR("X.509");
	ret->signer = (struct od_str){signer, name};
	ret->key = hex_pairs(arena, (const unsigned char *)signer + name, key);
	ret->size = size;
	if (trailer[1] < sizeof(old_hashes) / sizeof(old_hashes[0]))
		ret->hash = od_str_from(old_hashes[trailer[1]]);
	return OD_SIGNATURE_PRESENT;
}

void od_module_read_signature(struct od_module_file *file)
{
	struct od_module_signature *ret = &file->info.signature;
	struct od_str bytes = {(const char *)file->image->file.data, file->image->file.size};

	if (!od_str_ends(bytes, (struct od_str){marker, sizeof(marker) - 1})) {
		ret->state = file->info.intree ? OD_SIGNATURE_STRIPPED : OD_SIGNATURE_ABSENT;
		return;
	}
	bytes.len -= sizeof(marker) - 1;
	ret->state = OD_SIGNATURE_DAMAGED;
	if (bytes.len < TRAILER_SIZE)
		return;
	bytes.len -= TRAILER_SIZE;
	const unsigned char *trailer = (const unsigned char *)bytes.ptr + bytes.len;
	size_t size = (size_t)trailer[8] << 24 | (size_t)trailer[9] << 16 | (size_t)trailer[10] << 8 | trailer[11];
	if (size > bytes.len)
		return;
	ret->state = trailer[2] == ID_TYPE_PKCS7
			     ? read_pkcs7(file->arena, od_str_from_index(bytes, bytes.len - size), ret)
			     : read_old(bytes, trailer, size, file->arena, ret);
}
