// SPDX-License-Identifier: GPL-3.0-or-later
#include "symbolize/module_info.h"

#include <stdlib.h>

#include "symbolize/layout.h"

enum { ARENA_LIMIT = 256 << 20 };

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
	od_module_read_signature(file);
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
