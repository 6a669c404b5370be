// SPDX-License-Identifier: GPL-3.0-or-later
#include "symbolize/module_info.h"

#include <openssl/cms.h>
#include <stdlib.h>

#include "symbolize/layout.h"

enum { ARENA_LIMIT = 256 << 20 };

/* The last bytes of a signed module: struct module_signature of include/linux/module_signature.h, and this. */
static const char marker[] = "~Module signature appended~\n";
enum { TRAILER_SIZE = 12, ID_TYPE_PKCS7 = 2 };

/* enum pkey_hash_algo of Linux 3.7 to 4.2, when the trailer itself named the hash. */
static const char *const old_hashes[] = {
	"md4", "md5", "sha1", "rmd160", "sha256", "sha384", "sha512", "sha224",
};

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
static struct od_str common_name(struct od_arena *arena, const X509_NAME *issuer)
{
	int index = X509_NAME_get_index_by_NID(issuer, NID_commonName, -1);
	const X509_NAME_ENTRY *entry = index < 0 ? NULL : X509_NAME_get_entry(issuer, index);
	const ASN1_STRING *text = entry ? X509_NAME_ENTRY_get_data(entry) : NULL;

	if (!text || ASN1_STRING_length(text) <= 0)
		return (struct od_str){NULL, 0};
	return od_arena_copy(arena, (struct od_str){(const char *)ASN1_STRING_get0_data(text),
						    (size_t)ASN1_STRING_length(text)});
}

/* "SHA256" of OpenSSL is "sha256" in the kernel. */
static struct od_str hash_name(struct od_arena *arena, const X509_ALGOR *digest)
{
	const ASN1_OBJECT *object;
	char name[32] = "";

	X509_ALGOR_get0(&object, NULL, NULL, digest);
	const char *known = OBJ_nid2sn(OBJ_obj2nid(object));
	for (size_t i = 0; known && known[i] && i < sizeof(name) - 1; i++)
		name[i] = known[i] >= 'A' && known[i] <= 'Z' ? (char)(known[i] + 'a' - 'A') : known[i];
	return od_arena_copy(arena, od_str_from(name));
}

static bool read_signer(struct od_arena *arena, CMS_ContentInfo *cms, struct od_module_signature *ret)
{
	STACK_OF(CMS_SignerInfo) *signers = CMS_get0_SignerInfos(cms);
	CMS_SignerInfo *signer = signers ? sk_CMS_SignerInfo_value(signers, 0) : NULL;
	ASN1_OCTET_STRING *key = NULL;
	ASN1_INTEGER *serial = NULL;
	X509_NAME *issuer = NULL;
	X509_ALGOR *digest = NULL;

	if (!signer || !CMS_SignerInfo_get0_signer_id(signer, &key, &issuer, &serial))
		return false;
	const ASN1_STRING *id = serial ? serial : key;
	if (id)
		ret->key = hex_pairs(arena, ASN1_STRING_get0_data(id), (size_t)ASN1_STRING_length(id));
	if (issuer)
		ret->signer = common_name(arena, issuer);
	CMS_SignerInfo_get0_algs(signer, NULL, NULL, &digest, NULL);
	if (digest)
		ret->hash = hash_name(arena, digest);
	ret->size = (uint64_t)ASN1_STRING_length(CMS_SignerInfo_get0_signature(signer));
	return true;
}

static enum od_signature_state read_pkcs7(struct od_arena *arena, struct od_str der, struct od_module_signature *ret)
{
	const unsigned char *at = (const unsigned char *)der.ptr;
	CMS_ContentInfo *cms = d2i_CMS_ContentInfo(NULL, &at, (long)der.len);
	bool good = cms && read_signer(arena, cms, ret);

	CMS_ContentInfo_free(cms);
	ret->format = OD_STR("PKCS#7");
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

static void read_signature(struct od_module_file *file)
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

static struct od_module_param *param_of(struct od_module_file *file, struct od_str name)
{
	struct od_ko *info = &file->info;

	for (size_t i = 0; i < info->params.count; i++)
		if (od_str_equal(info->params.items[i].name, name))
			return &info->params.items[i];
	struct od_module_param *param = od_list_push(file->arena, &info->params);
	if (param)
		param->name = name;
	return param;
}

/* "parm=name:what it does", "parmtype=name:int" */
static void read_param(struct od_module_file *file, const struct od_module_fact *fact)
{
	bool is_type = od_str_equal(fact->key, OD_STR("parmtype"));
	struct od_str name, text = fact->value;

	if (!is_type && !od_str_equal(fact->key, OD_STR("parm")))
		return;
	if (!od_scan_until(&text, ':', &name))
		return;
	od_scan_char(&text, ':');
	struct od_module_param *param = param_of(file, name);
	if (param)
		*(is_type ? &param->type : &param->description) = text;
}

/* Keys that have a member of their own; of several values the first counts, as for the loader's get_modinfo(). */
static void read_fact(struct od_ko *info, const struct od_module_fact *fact)
{
	const struct { struct od_str key, *text; bool *flag; } rows[] = {
		{OD_STR("name"), &info->name, NULL},
		{OD_STR("version"), &info->version, NULL},
		{OD_STR("license"), &info->license, NULL},
		{OD_STR("vermagic"), &info->vermagic, NULL},
		{OD_STR("srcversion"), &info->srcversion, NULL},
		{OD_STR("intree"), NULL, &info->intree},
		{OD_STR("retpoline"), NULL, &info->retpoline},
		{OD_STR("staging"), NULL, &info->staging},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (!od_str_equal(rows[i].key, fact->key))
			continue;
		if (rows[i].text && !rows[i].text->len)
			*rows[i].text = fact->value;
		if (rows[i].flag)
			*rows[i].flag = true;
	}
}

static void read_modinfo(struct od_module_file *file)
{
	const struct od_section *section = od_image_section(file->image, ".modinfo");
	struct od_str bytes = section ? od_section_bytes(section) : (struct od_str){NULL, 0};
	struct od_str entry, key;

	while (od_scan_until(&bytes, '\0', &entry)) {
		od_scan_char(&bytes, '\0');
		if (!od_scan_until(&entry, '=', &key))
			continue;
		od_scan_char(&entry, '=');
		struct od_module_fact *fact = od_list_push(file->arena, &file->info.facts);
		if (!fact)
			return;
		*fact = (struct od_module_fact){key, entry};
		read_fact(&file->info, fact);
		read_param(file, fact);
	}
	struct od_str magic = file->info.vermagic;
	od_scan_word(&magic, &file->info.release);
}

/* struct module of include/linux/module.h begins with the state, a list head, and char name[MODULE_NAME_LEN]. */
static void read_this_module(struct od_module_file *file)
{
	const struct od_section *section = od_image_section(file->image, ".gnu.linkonce.this_module");
	size_t at = file->image->bits == 64 ? 24 : 12;

	file->info.has_this_module = section;
	if (!section || file->info.name.len)
		return;
	struct od_str bytes = od_str_from_index(od_section_bytes(section), at);
	od_scan_until(&bytes, '\0', &file->info.name);
}

/* The order of the passes and what is left out: layout.c. */
static enum od_module_group group_of(const struct od_section *section)
{
	if (!section->placed)
		return OD_GROUP_NONE;
	if (section->header.sh_flags & SHF_EXECINSTR)
		return OD_GROUP_TEXT;
	if (!strcmp(section->name, ".data..ro_after_init") || !strcmp(section->name, "__jump_table"))
		return OD_GROUP_RO_AFTER_INIT;
	return section->header.sh_flags & SHF_WRITE ? OD_GROUP_DATA : OD_GROUP_RODATA;
}

static void read_sections(struct od_module_file *file)
{
	for (size_t i = 1; i < file->image->section_count; i++) {
		const struct od_section *section = &file->image->sections[i];
		struct od_module_section *item;
		if (!(section->header.sh_flags & SHF_ALLOC) || !(item = od_list_push(file->arena, &file->info.sections)))
			continue;
		*item = (struct od_module_section){
			.name = od_str_from(section->name),
			.group = group_of(section),
			.init = section->init,
			.offset = section->group_offset,
			.size = section->header.sh_size,
		};
	}
}

static void read_module(struct od_module_file *file)
{
	const struct od_image *image = file->image;

	file->info.path = od_str_from(image->path);
	file->info.build_id = od_str_from(image->build_id);
	file->info.machine = od_str_from(image->machine ? image->machine->arch : "");
	file->info.has_symbols = image->fault == OD_IMAGE_OK;
	read_modinfo(file);
	read_this_module(file);
	read_signature(file);
	read_sections(file);
	od_module_read_symbols(file);
}

/* NULL: the image is a module. */
static const char *no_module(const struct od_image *image)
{
	if (!image->relocatable)
		return "it is linked, a kernel or a program";
	if (!od_image_section(image, ".modinfo") && !od_image_section(image, ".gnu.linkonce.this_module"))
		return "it has neither .modinfo nor .gnu.linkonce.this_module";
	return NULL;
}

od_status od_module_file_open(struct od_trail *trail, const struct od_opener *opener, const char *path,
			      struct od_module_file **ret)
{
	struct od_module_file *file = calloc(1, sizeof(*file));
	od_status status = OD_OK;
	char text[512];

	if (!file)
		return od_fail(trail, OD_ERR_NOMEM, "out of memory");
	file->image = od_image_open(opener, path);
	file->arena = od_arena_create(ARENA_LIMIT);
	if (!file->image || !file->arena) {
		status = od_fail(trail, OD_ERR_NOMEM, "out of memory");
	} else if (file->image->fault != OD_IMAGE_OK && file->image->fault != OD_IMAGE_NO_SYMBOLS) {
		od_image_fault_text(file->image, text, sizeof(text));
		status = od_fail(trail, OD_ERR_FORMAT, "%s", text);
	} else if (no_module(file->image)) {
		status = od_fail(trail, OD_ERR_FORMAT, "%s is no kernel module: %s", path, no_module(file->image));
	} else {
		read_module(file);
		if (od_arena_exhausted(file->arena))
			status = od_fail(trail, OD_ERR_NOMEM, "out of memory");
	}
	if (status == OD_OK)
		*ret = file;
	else
		od_module_file_close(file);
	return status;
}

void od_module_file_close(struct od_module_file *file)
{
	if (!file)
		return;
	od_image_close(file->image);
	od_arena_destroy(file->arena);
	free(file);
}
