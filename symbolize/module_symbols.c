// SPDX-License-Identifier: GPL-3.0-or-later
#include "symbolize/module_info.h"

#include <stdlib.h>

#include "symbolize/places.h"

static int by_name(const void *a, const void *b)
{
	return od_str_compare(*(const struct od_str *)a, *(const struct od_str *)b);
}

/* In a table that is sorted by name; NULL: none. */
static struct od_module_symbol *find(struct od_module_symbol *items, size_t count, struct od_str name)
{
	return count ? bsearch(&name, items, count, sizeof(*items), by_name) : NULL;
}

static void sort(struct od_module_symbol *items, size_t count)
{
	if (count)
		qsort(items, count, sizeof(*items), by_name);
}

static struct od_str text_at(struct od_str bytes, size_t offset)
{
	struct od_str rest = od_str_from_index(bytes, offset), text;

	return od_scan_until(&rest, '\0', &text) ? text : rest;
}

static struct od_str bytes_of(const struct od_image *image, const char *name)
{
	const struct od_section *section = od_image_section(image, name);

	return section ? od_section_bytes(section) : (struct od_str){NULL, 0};
}

static void add_version(struct od_module_file *file, struct od_str name, uint64_t crc)
{
	struct od_module_symbol *symbol = od_list_push(file->arena, &file->info.imports);

	if (symbol)
		*symbol = (struct od_module_symbol){.name = name, .crc = (uint32_t)crc, .has_crc = true};
}

/*
 * struct modversion_info: an unsigned long and the name, 64 bytes in all. Since 6.14 also, for names of any
 * length, __version_ext_crcs (32 bits each) and __version_ext_names (kernel/module/version.c), which then count.
 */
static void read_versions(struct od_module_file *file)
{
	enum { ENTRY = 64 };
	const struct od_image *image = file->image;
	struct od_str crcs = bytes_of(image, "__version_ext_crcs"), names = bytes_of(image, "__version_ext_names");
	struct od_str plain = bytes_of(image, "__versions"), name;
	unsigned word = image->bits / 8;

	for (; crcs.len >= 4 && od_scan_until(&names, '\0', &name); crcs = od_str_from_index(crcs, 4)) {
		od_scan_char(&names, '\0');
		add_version(file, name, od_image_number(image, crcs.ptr, 4));
	}
	for (; !file->info.has_versions && plain.len >= ENTRY; plain = od_str_from_index(plain, ENTRY)) {
		name = text_at(od_str_first(plain, ENTRY), word);
		if (name.len)
			add_version(file, name, od_image_number(image, plain.ptr, word));
	}
	file->info.has_versions = file->info.imports.count > 0;
	sort(file->info.imports.items, file->info.imports.count);
}

static void add_import(struct od_module_file *file, size_t known, struct od_str name, bool weak)
{
	struct od_ko *info = &file->info;
	struct od_module_symbol *symbol = find(info->imports.items, known, name);

	if (!symbol) {
		symbol = od_list_push(file->arena, &info->imports);
		if (!symbol)
			return;
		symbol->name = name;
	}
	symbol->used = true;
	symbol->weak = weak;
}

/* __ksymtab_NAME marks an export; which section it is in says to whom (include/linux/export.h). */
static void add_export(struct od_module_file *file, const GElf_Sym *elf, struct od_str name)
{
	struct od_module_symbol *symbol = od_list_push(file->arena, &file->info.exports);

	if (!symbol)
		return;
	symbol->name = name;
	if (elf->st_shndx < file->image->section_count)
		symbol->gpl_only = !strncmp(file->image->sections[elf->st_shndx].name, "___ksymtab_gpl", 14) ||
				   !strncmp(file->image->sections[elf->st_shndx].name, "__ksymtab_gpl", 13);
}

/* Value of __crc_NAME: the CRC itself, or the place of its 32 bits (scripts/mod/modpost.c). */
static void take_crc(struct od_module_file *file, const GElf_Sym *elf, struct od_module_symbol *symbol)
{
	const struct od_image *image = file->image;

	if (elf->st_shndx == SHN_ABS) {
		symbol->crc = (uint32_t)elf->st_value;
		symbol->has_crc = true;
	} else if (elf->st_shndx < image->section_count) {
		struct od_str bytes = od_str_from_index(od_section_bytes(&image->sections[elf->st_shndx]), elf->st_value);
		if (bytes.len < 4)
			return;
		symbol->crc = (uint32_t)od_image_number(image, bytes.ptr, 4);
		symbol->has_crc = true;
	}
}

/* __kstrtabns_NAME points to the name of the namespace, "" for none. */
static void take_namespace(struct od_module_file *file, const GElf_Sym *elf, struct od_module_symbol *symbol)
{
	if (elf->st_shndx < file->image->section_count)
		symbol->name_space = text_at(od_section_bytes(&file->image->sections[elf->st_shndx]), elf->st_value);
}

/* The two functions that the loader knows by name. */
struct entry_points {
	GElf_Sym symbols[2];
	bool known[2];
};

static const char *const entry_names[] = {"init_module", "cleanup_module"};

typedef void (*visit_fn)(struct od_module_file *file, const GElf_Sym *elf, struct od_str name, void *user);

static void each_symbol(struct od_module_file *file, visit_fn visit, void *user)
{
	const struct od_image *image = file->image;
	size_t strings = image->symtab ? image->sections[image->symtab].header.sh_link : 0;
	GElf_Sym elf;

	if (!image->symbols)
		return;
	for (int i = 1; gelf_getsym(image->symbols, i, &elf); i++) {
		const char *name = elf_strptr(image->elf, strings, elf.st_name);
		if (name && *name)
			visit(file, &elf, od_str_from(name), user);
	}
}

struct imports_pass {
	size_t versions;	/* imports that came from __versions, sorted */
	struct entry_points entries;
};

static void first_pass(struct od_module_file *file, const GElf_Sym *elf, struct od_str name, void *user)
{
	struct imports_pass *pass = user;

	if (elf->st_shndx == SHN_UNDEF) {
		add_import(file, pass->versions, name, GELF_ST_BIND(elf->st_info) == STB_WEAK);
		return;
	}
	if (od_scan_literal(&name, "__ksymtab_")) {
		add_export(file, elf, name);
		return;
	}
	for (size_t i = 0; i < 2; i++) {
		if (!od_str_equal(name, od_str_from(entry_names[i])))
			continue;
		pass->entries.symbols[i] = *elf;
		pass->entries.known[i] = true;
	}
}

static void take_alias(struct od_module_file *file, const GElf_Sym *elf, struct od_str name,
		       const struct entry_points *entries)
{
	if (GELF_ST_TYPE(elf->st_info) != STT_FUNC)
		return;
	for (size_t i = 0; i < 2; i++) {
		struct od_module_alias *alias;
		if (!entries->known[i] || elf->st_shndx != entries->symbols[i].st_shndx ||
		    elf->st_value != entries->symbols[i].st_value || od_str_equal(name, od_str_from(entry_names[i])))
			continue;
		alias = od_list_push(file->arena, &file->info.aliases);
		if (alias)
			*alias = (struct od_module_alias){od_str_from(entry_names[i]), name};
	}
}

static void second_pass(struct od_module_file *file, const GElf_Sym *elf, struct od_str name, void *user)
{
	struct od_ko *info = &file->info;
	struct od_str rest = name;
	struct od_module_symbol *symbol;

	if (elf->st_shndx == SHN_UNDEF)
		return;
	if (od_scan_literal(&rest, "__crc_")) {
		if ((symbol = find(info->exports.items, info->exports.count, rest)))
			take_crc(file, elf, symbol);
	} else if (od_scan_literal(&rest, "__kstrtabns_")) {
		if ((symbol = find(info->exports.items, info->exports.count, rest)))
			take_namespace(file, elf, symbol);
	} else {
		take_alias(file, elf, name, user);
	}
}

void od_module_read_symbols(struct od_module_file *file)
{
	struct imports_pass pass = {0};

	read_versions(file);
	pass.versions = file->info.imports.count;
	each_symbol(file, first_pass, &pass);
	sort(file->info.imports.items, file->info.imports.count);
	sort(file->info.exports.items, file->info.exports.count);
	each_symbol(file, second_pass, &pass.entries);
}

/* One line of a Module.symvers; false: it is none. */
static bool read_line(struct od_str line, uint64_t *crc, struct od_str *name, struct od_str *provider,
		      struct od_str *name_space)
{
	struct od_str kind = {NULL, 0};

	if (!od_scan_0x(&line, crc) || !od_scan_char(&line, '\t') || !od_scan_until(&line, '\t', name) ||
	    !od_scan_char(&line, '\t') || !od_scan_until(&line, '\t', provider) || !od_scan_char(&line, '\t'))
		return false;
	*name_space = (struct od_str){NULL, 0};
	if (od_scan_until(&line, '\t', &kind)) {
		od_scan_char(&line, '\t');
		*name_space = od_str_trim(line);
	}
	return true;
}

static void compare(struct od_module_symbol *symbol, uint64_t crc)
{
	symbol->kernel_crc = (uint32_t)crc;
	symbol->state = !symbol->has_crc || !crc || symbol->crc == crc ? OD_SYMBOL_SAME : OD_SYMBOL_DIFFERENT;
}

static void check_line(struct od_module_file *file, struct od_str line)
{
	struct od_ko *info = &file->info;
	struct od_module_symbol *symbol;
	struct od_str name, provider, name_space;
	uint64_t crc;

	if (!read_line(line, &crc, &name, &provider, &name_space))
		return;
	if ((symbol = find(info->imports.items, info->imports.count, name))) {
		compare(symbol, crc);
		symbol->provider = od_arena_copy(file->arena, provider);
		symbol->name_space = od_arena_copy(file->arena, name_space);
	}
	if ((symbol = find(info->exports.items, info->exports.count, name))) {
		compare(symbol, crc);
		symbol->provider = od_arena_copy(file->arena, provider);
	}
}

od_status od_module_check_symvers(struct od_trail *trail, const struct od_opener *opener, const char *path,
				  struct od_module_file *file)
{
	enum { LIMIT = 256 << 20 };
	struct od_ko *info = &file->info;
	struct od_file text;
	struct od_str rest, line;
	od_status status = od_file_load_with(opener, trail, path, LIMIT, &text);

	if (status != OD_OK)
		return od_fail(trail, status, "cannot read %s", path);
	for (size_t i = 0; i < info->imports.count; i++)
		info->imports.items[i].state = OD_SYMBOL_MISSING;
	for (size_t i = 0; i < info->exports.count; i++)
		info->exports.items[i].state = OD_SYMBOL_MISSING;
	rest = (struct od_str){(const char *)text.data, text.size};
	while (od_scan_until(&rest, '\n', &line)) {
		od_scan_char(&rest, '\n');
		check_line(file, line);
	}
	od_file_deinit(&text);
	return OD_OK;
}

/* The first release in which the groups have allocations of their own (ac3b43283923, "module: replace module_layout"). */
static bool has_split_groups(struct od_str release)
{
	uint64_t major, minor;

	if (!od_scan_u64(&release, &major) || !od_scan_char(&release, '.') || !od_scan_u64(&release, &minor))
		return true;
	return major > 6 || (major == 6 && minor >= 4);
}

/* The section of the core region that is `offset` bytes behind its start. */
static const struct od_module_section *section_at(const struct od_ko *info, uint64_t offset, uint64_t *ret)
{
	enum { PAGE = 0x1000 };
	unsigned groups = has_split_groups(info->release) ? OD_GROUP_TEXT : OD_GROUP_DATA;
	uint64_t start = 0;

	for (unsigned group = OD_GROUP_TEXT; group <= groups; group++) {
		uint64_t end = start;
		for (size_t i = 0; i < info->sections.count; i++) {
			const struct od_module_section *section = &info->sections.items[i];
			uint64_t at = start + section->offset;
			if (section->group != group || section->init)
				continue;
			if (offset >= at && offset - at < section->size) {
				*ret = offset - at;
				return section;
			}
			end = at + section->size > end ? at + section->size : end;
		}
		start = (end + PAGE - 1) & ~(uint64_t)(PAGE - 1);
	}
	return NULL;
}

struct nearest {
	const struct od_section *section;
	uint64_t offset;	/* in the section */
	struct od_str name;
	uint64_t value;
};

/* The last symbol at or before the place; functions and objects only. */
static void take_nearest(struct od_module_file *file, const GElf_Sym *elf, struct od_str name, void *user)
{
	struct nearest *nearest = user;
	unsigned type = GELF_ST_TYPE(elf->st_info);

	if ((type != STT_FUNC && type != STT_OBJECT) || elf->st_shndx >= file->image->section_count ||
	    &file->image->sections[elf->st_shndx] != nearest->section || elf->st_value > nearest->offset)
		return;
	if (nearest->name.len && elf->st_value < nearest->value)
		return;
	/* Of several names for one place the author's, which is local, is better than the loader's. */
	if (nearest->name.len && elf->st_value == nearest->value && GELF_ST_BIND(elf->st_info) != STB_LOCAL)
		return;
	nearest->name = name;
	nearest->value = elf->st_value;
}

void od_module_locate(struct od_module_file *file, uint64_t base, uint64_t address, struct od_module_place *ret)
{
	*ret = (struct od_module_place){.address = address};
	if (address < base)
		return;
	ret->section = section_at(&file->info, address - base, &ret->section_offset);
	if (!ret->section)
		return;
	size_t index = (size_t)(ret->section - file->info.sections.items), seen = 0;
	for (size_t i = 1; i < file->image->section_count; i++) {
		const struct od_section *section = &file->image->sections[i];
		if (!(section->header.sh_flags & SHF_ALLOC) || seen++ != index)
			continue;
		struct nearest nearest = {.section = section, .offset = ret->section_offset};
		each_symbol(file, take_nearest, &nearest);
		ret->symbol = nearest.name;
		ret->symbol_offset = ret->section_offset - nearest.value;
		od_places_find(file->image, section->address + ret->section_offset, nearest.name, file->arena,
			       &ret->places);
	}
}
