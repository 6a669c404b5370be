// SPDX-License-Identifier: GPL-3.0-or-later
#include "symbolize/elf.h"

#include <stdio.h>
#include <stdlib.h>

#include "symbolize/dwarf.h"
#include "symbolize/edges.h"
#include "symbolize/index.h"
#include "symbolize/layout.h"
#include "symbolize/patches.h"
#include "symbolize/symbols.h"
#include "symbolize/textmap.h"

enum { SECTION_LIMIT = 1 << 20 };

static const size_t file_limit = (size_t)4 << 30;

struct od_section *od_image_section(const struct od_image *image, const char *name)
{
	for (size_t i = 1; i < image->section_count; i++)
		if (!strcmp(image->sections[i].name, name))
			return &image->sections[i];
	return NULL;
}

const struct od_section *od_image_section_at(const struct od_image *image, uint64_t address)
{
	const struct od_section *ending = NULL;

	for (size_t i = 1; i < image->section_count; i++) {
		const struct od_section *section = &image->sections[i];
		if (!section->address || address < section->address)
			continue;
		uint64_t offset = address - section->address;
		if (offset < section->header.sh_size)
			return section;
		if (offset == section->header.sh_size && (section->header.sh_flags & SHF_EXECINSTR))
			ending = section;
	}
	return ending;
}

struct od_str od_section_bytes(const struct od_section *section)
{
	if (section->header.sh_type == SHT_NOBITS)
		return (struct od_str){NULL, 0};
	if (section->header.sh_flags & SHF_COMPRESSED)
		elf_compress(section->scn, 0, 0); /* done already: it says so and does nothing */
	Elf_Data *data = elf_getdata(section->scn, NULL);
	if (!data || !data->d_buf)
		return (struct od_str){NULL, 0};
	return (struct od_str){data->d_buf, data->d_size};
}

bool od_image_has_dwarf(const struct od_image *image)
{
	const struct od_section *info = od_image_section(image, ".debug_info");
	return (info && info->header.sh_type != SHT_NOBITS) || od_image_section(image, ".zdebug_info");
}

bool od_image_symbol_address(const struct od_image *image, const GElf_Sym *symbol, uint64_t *ret)
{
	uint64_t value = symbol->st_value;

	if (symbol->st_shndx == SHN_UNDEF || symbol->st_shndx >= image->section_count)
		return false;
	const struct od_section *section = &image->sections[symbol->st_shndx];
	if (!(section->header.sh_flags & SHF_ALLOC))
		return false;
	if (image->machine && GELF_ST_TYPE(symbol->st_info) == STT_FUNC)
		value &= ~image->machine->value_mask;
	*ret = image->relocatable ? section->address + value : value;
	return true;
}

uint64_t od_image_number(const struct od_image *image, const void *from, unsigned bytes)
{
	const unsigned char *p = from;
	uint64_t value = 0;

	if (bytes == 4 && !image->big_endian) /* what large tables are made of: one load */
		return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
	for (unsigned i = 0; i < bytes; i++)
		value = value << 8 | p[image->big_endian ? i : bytes - 1 - i];
	return value;
}

void od_image_put_number(const struct od_image *image, void *to, unsigned bytes, uint64_t value)
{
	unsigned char *p = to;

	for (unsigned i = 0; i < bytes; i++)
		p[image->big_endian ? bytes - 1 - i : i] = (unsigned char)(value >> (8 * i));
}

/* Every section at a place of its own, with a gap that no relocated address of another can fall into. */
static void place_sections(struct od_image *image)
{
	enum { FIRST = 0x100000, GAP = 0x1000, ALIGN = 0x1000 };
	uint64_t address = FIRST;

	for (size_t i = 1; i < image->section_count; i++) {
		struct od_section *section = &image->sections[i];
		if (!(section->header.sh_flags & SHF_ALLOC))
			continue;
		section->address = address;
		if (section->header.sh_size <= image->file.size || section->header.sh_type == SHT_NOBITS)
			address += section->header.sh_size;
		address = (address + GAP + ALIGN - 1) & ~(uint64_t)(ALIGN - 1);
	}
}

static void link_section(struct od_image *image, size_t index)
{
	const GElf_Shdr *header = &image->sections[index].header;

	if ((header->sh_type == SHT_RELA || header->sh_type == SHT_REL) && header->sh_info &&
	    header->sh_info < image->section_count)
		image->sections[header->sh_info].relocations = index;
	if (header->sh_type == SHT_SYMTAB && !image->symtab)
		image->symtab = index;
}

static bool read_sections(struct od_image *image)
{
	size_t count, names;

	if (elf_getshdrnum(image->elf, &count) || elf_getshdrstrndx(image->elf, &names) || count < 2 ||
	    count > SECTION_LIMIT)
		return false;
	image->sections = calloc(count, sizeof(*image->sections));
	if (!image->sections)
		return false;
	image->section_count = count;
	for (size_t i = 0; i < count; i++) {
		struct od_section *section = &image->sections[i];
		section->name = "";
		section->scn = elf_getscn(image->elf, i);
		if (!section->scn || !gelf_getshdr(section->scn, &section->header))
			return false;
		const char *name = elf_strptr(image->elf, names, section->header.sh_name);
		if (name)
			section->name = name;
		if (!image->relocatable && (section->header.sh_flags & SHF_ALLOC))
			section->address = section->header.sh_addr;
	}
	for (size_t i = 1; i < count; i++)
		link_section(image, i);
	return true;
}

/* True when a table or section that the headers promise lies behind the end of the file. */
static bool is_truncated(const struct od_image *image, const GElf_Ehdr *header)
{
	uint64_t size = image->file.size;

	if (!header->e_shoff || header->e_shoff >= size || size - header->e_shoff < header->e_shentsize)
		return true;
	for (size_t i = 1; i < image->section_count; i++) {
		const GElf_Shdr *section = &image->sections[i].header;
		if (section->sh_type == SHT_NOBITS || section->sh_type == SHT_NULL)
			continue;
		if (section->sh_offset > size || section->sh_size > size - section->sh_offset)
			return true;
	}
	return false;
}

/* "key=value" strings, each ended by NUL: MODULE_INFO() of include/linux/moduleparam.h. */
static void read_modinfo(struct od_image *image)
{
	const struct od_section *section = od_image_section(image, ".modinfo");
	struct od_str bytes = section ? od_section_bytes(section) : (struct od_str){NULL, 0};
	struct od_str entry;

	while (od_scan_until(&bytes, '\0', &entry)) {
		od_scan_char(&bytes, '\0');
		if (od_scan_literal(&entry, "name="))
			image->name = entry;
		else if (od_scan_literal(&entry, "vermagic="))
			image->vermagic = entry;
		else if (od_scan_literal(&entry, "srcversion="))
			image->srcversion = entry;
	}
}

static bool read_build_id(struct od_image *image, Elf_Data *data)
{
	GElf_Nhdr note;
	size_t name, desc, offset = 0;

	while ((offset = gelf_getnote(data, offset, &note, &name, &desc)) > 0) {
		const unsigned char *id = (const unsigned char *)data->d_buf + desc;
		if (note.n_type != NT_GNU_BUILD_ID || note.n_namesz != 4 || note.n_descsz > 64 ||
		    memcmp((const char *)data->d_buf + name, "GNU", 4) != 0)
			continue;
		for (unsigned i = 0; i < note.n_descsz; i++)
			snprintf(image->build_id + 2 * (size_t)i, 3, "%02x", id[i]);
		return true;
	}
	return false;
}

static void read_notes(struct od_image *image)
{
	for (size_t i = 1; i < image->section_count; i++) {
		if (image->sections[i].header.sh_type != SHT_NOTE)
			continue;
		Elf_Data *data = elf_getdata(image->sections[i].scn, NULL);
		if (data && data->d_buf && read_build_id(image, data))
			return;
	}
}

static enum od_image_fault read_image(struct od_image *image)
{
	GElf_Ehdr header;
	int class = gelf_getclass(image->elf);

	if (elf_kind(image->elf) != ELF_K_ELF || !gelf_getehdr(image->elf, &header))
		return OD_IMAGE_NOT_ELF;
	image->bits = class == ELFCLASS64 ? 64 : 32;
	image->big_endian = header.e_ident[EI_DATA] == ELFDATA2MSB;
	image->machine_number = header.e_machine;
	image->machine = od_machine_find(header.e_machine, image->bits);
	image->relocatable = header.e_type == ET_REL;
	if (!read_sections(image) || is_truncated(image, &header))
		return OD_IMAGE_TRUNCATED;
	if (image->relocatable)
		place_sections(image);
	od_image_layout(image);
	read_modinfo(image);
	read_notes(image);
	if (image->symtab)
		image->symbols = elf_getdata(image->sections[image->symtab].scn, NULL);
	return image->symbols && image->symbols->d_buf ? OD_IMAGE_OK : OD_IMAGE_NO_SYMBOLS;
}

static bool looks_like_elf(const struct od_file *file)
{
	return file->size >= EI_NIDENT && memcmp(file->data, ELFMAG, SELFMAG) == 0;
}

/* A list of symbols becomes an image. */
static bool convert(struct od_image *image, struct od_str bytes)
{
	struct od_file file = {.identity = image->file.identity};

	if (!od_textmap_convert(bytes, &file))
		return false;
	od_file_deinit(&image->file);
	image->file = file;
	return true;
}

static enum od_image_fault load_image(struct od_image *image)
{
	if (od_file_load_with(image->opener, &image->trail, image->path, file_limit, &image->file) != OD_OK)
		return OD_IMAGE_UNREADABLE;
	struct od_str bytes = {(const char *)image->file.data, image->file.size};
	if (od_textmap_is_one(bytes) && !convert(image, bytes))
		return OD_IMAGE_NO_SYMBOLS;
	if (!looks_like_elf(&image->file))
		return OD_IMAGE_NOT_ELF;
	elf_version(EV_CURRENT);
	image->elf = elf_memory((char *)image->file.data, image->file.size);
	return image->elf ? read_image(image) : OD_IMAGE_TRUNCATED;
}

struct od_image *od_image_open(const struct od_opener *opener, const char *path)
{
	struct od_image *image = calloc(1, sizeof(*image));

	if (!image)
		return NULL;
	image->opener = opener;
	image->path = strdup(path);
	if (!image->path) {
		free(image);
		return NULL;
	}
	od_opener_working(opener, path);
	image->fault = load_image(image);
	return image;
}

void od_image_close(struct od_image *image)
{
	if (!image)
		return;
	od_index_destroy(image->index);
	od_dwarf_close(image->dwarf);
	od_patch_maps_destroy(image->patches);
	od_edge_map_destroy(image->edges);
	od_image_close(image->debug);
	od_image_close(image->shared);
	od_names_destroy(image->names);
	elf_end(image->elf);
	od_file_deinit(&image->file);
	free(image->sections);
	free(image->path);
	free(image);
}

void od_image_fault_text(const struct od_image *image, char *text, size_t size)
{
	static const char *const words[] = {
		[OD_IMAGE_OK] = "%s is fine",
		[OD_IMAGE_UNREADABLE] = "cannot read %s",
		[OD_IMAGE_NOT_ELF] = "%s is not an ELF file",
		[OD_IMAGE_TRUNCATED] = "%s is damaged or cut off: its tables lie behind its end",
		[OD_IMAGE_NO_SYMBOLS] = "%s has no symbol table (it was stripped)",
	};
	const char *format = words[image->fault];
	size_t before = strcspn(format, "%");

	snprintf(text, size, "%.*s%s%s%s%s", (int)before, format, image->path, format + before + 2,
		 image->trail.text[0] ? ": " : "", image->trail.text);
}
