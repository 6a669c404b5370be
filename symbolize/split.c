// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * libdw finds the file of a skeleton by itself, but opens it by its path, which a confined process cannot, and tells
 * nobody that it failed. So the two halves are made into one unit: the DIEs of the .dwo file, whose header is that of an
 * ordinary unit. Such a header is 8 bytes shorter (DWARF 5, 7.5.1), and what fits there is what the DIE of the unit
 * needs of the skeleton's: where its code begins, as an index into .debug_addr, and where its lines are.
 */
#include "symbolize/split.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "symbolize/dwp.h"

enum {
	VERSION = 5, HEADER = 20, PLAIN_HEADER = 12, ADDED = 8, ADDRESSES_HEADER = 8, SPECS_LIMIT = 256, LEB_LIMIT = 10,
	PATH_SIZE = 4096,
};

/* The sections that libdw is shown. */
enum part { INFO, ABBREV, ADDR, STR, STR_OFFSETS, RNGLISTS, LOCLISTS, LINE, LINE_STR, NAMES, PART_COUNT };

static const char names[] = "\0.debug_info\0.debug_abbrev\0.debug_addr\0.debug_str\0.debug_str_offsets\0.debug_rnglists\0"
			    ".debug_loclists\0.debug_line\0.debug_line_str\0.shstrtab";

static const char unreadable[] = "cannot be read";

struct od_split {
	struct od_image *file;		/* the .dwo file, or a package with the unit */
	struct od_dwp_unit half;	/* what of it is the unit's */
	char *info, *abbrev, *addr;	/* made here */
	struct od_str parts[PART_COUNT];
	char elf[sizeof(Elf64_Ehdr) + (PART_COUNT + 1) * sizeof(Elf64_Shdr) + sizeof(names)];
};

void od_split_destroy(struct od_split *split)
{
	if (!split)
		return;
	od_image_close(split->file);
	free(split->info);
	free(split->abbrev);
	free(split->addr);
	free(split);
}

static struct od_str section_bytes(const struct od_image *image, const char *name)
{
	const struct od_section *section = od_image_section(image, name);

	return section ? od_section_bytes(section) : (struct od_str){NULL, 0};
}

/* Steps over a number in LEB128. */
static bool skip_leb(struct od_str *bytes, uint64_t *ret)
{
	*ret = 0;
	for (unsigned i = 0; i < LEB_LIMIT && bytes->len; i++) {
		unsigned char byte = (unsigned char)bytes->ptr[0];
		*bytes = od_str_from_index(*bytes, 1);
		if (7 * i < 64)
			*ret |= (uint64_t)(byte & 0x7f) << 7 * i;
		if (!(byte & 0x80))
			return true;
	}
	return false;
}

/* One declaration of .debug_abbrev behind its code: up to its attributes, and these with the zeros at the end. */
static bool read_declaration(struct od_str *bytes, struct od_str *head, struct od_str *specs)
{
	uint64_t tag, name = 1, form = 1, value;

	*head = *specs = *bytes;
	if (!skip_leb(bytes, &tag) || !bytes->len)
		return false;
	*bytes = od_str_from_index(*bytes, 1); /* DW_CHILDREN_… */
	head->len -= bytes->len;
	*specs = *bytes;
	for (unsigned i = 0; i < SPECS_LIMIT && (name || form); i++)
		if (!skip_leb(bytes, &name) || !skip_leb(bytes, &form) ||
		    (form == DW_FORM_implicit_const && !skip_leb(bytes, &value)))
			return false;
	specs->len -= bytes->len;
	return !name && !form;
}

/* The table with two attributes more in the declaration with this code, which stands in front then. */
static bool make_abbreviations(struct od_split *split, struct od_str table, uint64_t wanted)
{
	static const char added[] = {DW_AT_low_pc, DW_FORM_addrx4, DW_AT_stmt_list, DW_FORM_sec_offset};
	struct od_str rest = table, head, specs, code;
	uint64_t number;

	do {
		code = rest;
		if (!skip_leb(&rest, &number) || !number)
			return false;
		code.len -= rest.len;
		if (!read_declaration(&rest, &head, &specs))
			return false;
	} while (number != wanted);
	const struct od_str before = od_str_first(table, (size_t)(code.ptr - table.ptr));
	const struct od_str pieces[] = {code, head, {added, sizeof(added)}, specs, before, rest};
	size_t size = 0;
	for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++)
		size += pieces[i].len;
	char *at = split->abbrev = malloc(size);
	for (size_t i = 0; at && i < sizeof(pieces) / sizeof(pieces[0]); at += pieces[i++].len)
		memcpy(at, pieces[i].ptr, pieces[i].len);
	split->parts[ABBREV] = (struct od_str){split->abbrev, size};
	return split->abbrev;
}

/* The skeleton's part of .debug_addr, and behind it where its code begins; *index: the place of that. */
static bool make_addresses(struct od_split *split, const struct od_image *image, Dwarf_Die *skeleton, uint32_t *index)
{
	struct od_str all = section_bytes(image, ".debug_addr");
	const unsigned width = image->bits / 8;
	Dwarf_Attribute attr;
	Dwarf_Word base = ADDRESSES_HEADER;
	Dwarf_Addr low = 0;

	(void)dwarf_formudata(dwarf_attr(skeleton, DW_AT_addr_base, &attr), &base);
	(void)dwarf_lowpc(skeleton, &low);
	if (base < ADDRESSES_HEADER || base > all.len) {
		all.len = 0;
	} else {
		uint64_t length = od_image_number(image, all.ptr + base - ADDRESSES_HEADER, 4);
		all = od_str_from_index(all, base);
		if (length >= 4 && length - 4 < all.len)
			all.len = length - 4;
	}
	all.len -= all.len % width;
	*index = (uint32_t)(all.len / width);
	split->addr = malloc(all.len + width);
	if (!split->addr)
		return false;
	if (all.len)
		memcpy(split->addr, all.ptr, all.len);
	od_image_put_number(image, split->addr + all.len, width, low);
	split->parts[ADDR] = (struct od_str){split->addr, all.len + width};
	return true;
}

/* The unit with the ID; false: none. */
static bool find_unit(const struct od_image *file, struct od_str rest, uint64_t id, struct od_str *ret)
{
	while (rest.len >= HEADER) {
		uint64_t length = od_image_number(file, rest.ptr, 4);
		if (length < HEADER - 4 || length > rest.len - 4)
			return false;
		if (od_image_number(file, rest.ptr + 4, 2) == VERSION && rest.ptr[6] == DW_UT_split_compile &&
		    od_image_number(file, rest.ptr + 12, 8) == id) {
			*ret = od_str_first(rest, length + 4);
			return true;
		}
		rest = od_str_from_index(rest, length + 4);
	}
	return false;
}

/* What the file has of the unit: a .dwo file is all of one, a package has parts of many. False: it has no such unit. */
static bool find_half(struct od_split *split, uint64_t id)
{
	const struct od_image *file = split->file;

	if (!od_dwp_find(file, id, &split->half))
		split->half = (struct od_dwp_unit){
			.info = section_bytes(file, ".debug_info.dwo"), .abbrev = section_bytes(file, ".debug_abbrev.dwo"),
			.str_offsets = section_bytes(file, ".debug_str_offsets.dwo"),
			.loclists = section_bytes(file, ".debug_loclists.dwo"), .rnglists = section_bytes(file, ".debug_rnglists.dwo")};
	return find_unit(file, split->half.info, id, &split->half.info);
}

static bool make_unit(struct od_split *split, const struct od_image *image, Dwarf_Die *skeleton)
{
	const struct od_str unit = split->half.info, table = split->half.abbrev;
	struct od_str die = od_str_from_index(unit, HEADER);
	uint64_t at = od_image_number(image, unit.ptr + 8, 4), code;
	Dwarf_Attribute attr;
	Dwarf_Word lines;
	uint32_t index;

	if (at >= table.len || !skip_leb(&die, &code) ||
	    dwarf_formudata(dwarf_attr(skeleton, DW_AT_stmt_list, &attr), &lines) ||
	    !make_abbreviations(split, od_str_from_index(table, at), code) || !make_addresses(split, image, skeleton, &index))
		return false;
	const size_t code_size = unit.len - HEADER - die.len;
	char *out = split->info = malloc(unit.len);
	if (!out)
		return false;
	memcpy(out, unit.ptr, unit.len);
	out[6] = DW_UT_compile;
	od_image_put_number(image, out + 8, 4, 0);
	memcpy(out + PLAIN_HEADER, unit.ptr + HEADER, code_size);
	od_image_put_number(image, out + PLAIN_HEADER + code_size, 4, index);
	od_image_put_number(image, out + PLAIN_HEADER + code_size + 4, 4, lines);
	split->parts[INFO] = (struct od_str){out, unit.len};
	split->parts[STR] = section_bytes(split->file, ".debug_str.dwo");
	split->parts[STR_OFFSETS] = split->half.str_offsets;
	split->parts[RNGLISTS] = split->half.rnglists;
	split->parts[LOCLISTS] = split->half.loclists;
	split->parts[LINE] = section_bytes(image, ".debug_line");
	split->parts[LINE_STR] = section_bytes(image, ".debug_line_str");
	return true;
}

/* A number of an ELF structure, in either class. */
#define PUT_AS(at, type, member, value) \
	od_image_put_number(image, (at) + offsetof(type, member), sizeof(((type *)0)->member), value)
#define PUT(at, type, member, value)                               \
	do {                                                       \
		if (image->bits == 64)                             \
			PUT_AS(at, Elf64_##type, member, value);   \
		else                                               \
			PUT_AS(at, Elf32_##type, member, value);   \
	} while (0)

/* Headers of an ELF file with the sections; what is in them stays where it is. */
static size_t make_headers(struct od_split *split, const struct od_image *image)
{
	const size_t header = image->bits == 64 ? sizeof(Elf64_Ehdr) : sizeof(Elf32_Ehdr);
	const size_t entry = image->bits == 64 ? sizeof(Elf64_Shdr) : sizeof(Elf32_Shdr);
	const size_t text = header + (PART_COUNT + 1) * entry;
	char *elf = split->elf;
	size_t name = 1;

	memcpy(elf, ELFMAG, SELFMAG);
	elf[EI_CLASS] = image->bits == 64 ? ELFCLASS64 : ELFCLASS32;
	elf[EI_DATA] = image->big_endian ? ELFDATA2MSB : ELFDATA2LSB;
	elf[EI_VERSION] = EV_CURRENT;
	PUT(elf, Ehdr, e_type, ET_EXEC);
	PUT(elf, Ehdr, e_machine, image->machine_number);
	PUT(elf, Ehdr, e_version, EV_CURRENT);
	PUT(elf, Ehdr, e_ehsize, header);
	PUT(elf, Ehdr, e_shoff, header);
	PUT(elf, Ehdr, e_shentsize, entry);
	PUT(elf, Ehdr, e_shnum, PART_COUNT + 1);
	PUT(elf, Ehdr, e_shstrndx, NAMES + 1);
	memcpy(elf + text, names, sizeof(names));
	for (unsigned i = 0; i < PART_COUNT; i++) {
		char *section = elf + header + (i + 1) * entry;
		PUT(section, Shdr, sh_name, name);
		PUT(section, Shdr, sh_type, i == NAMES ? SHT_STRTAB : split->parts[i].len ? SHT_PROGBITS : SHT_NULL);
		PUT(section, Shdr, sh_offset, text);
		PUT(section, Shdr, sh_size, i == NAMES ? sizeof(names) : 1);
		PUT(section, Shdr, sh_addralign, 1);
		name += strlen(names + name) + 1;
	}
	return text + sizeof(names);
}

static void point(Elf_Data *data, struct od_str bytes)
{
	if (!data)
		return;
	data->d_buf = (char *)bytes.ptr;
	data->d_size = bytes.len;
}

static bool show(struct od_split *split, const struct od_dwarf *dwarf, struct od_unit *unit)
{
	struct od_unit joined = {.offset = unit->offset, .next = unit->next, .size = split->parts[INFO].len, .split = split};
	size_t size = make_headers(split, dwarf->image), header;
	Dwarf_Off next;

	joined.elf = elf_memory(split->elf, size);
	for (unsigned i = 0; joined.elf && i < NAMES; i++) {
		Elf_Scn *scn = split->parts[i].len ? elf_getscn(joined.elf, i + 1) : NULL;
		if (!scn)
			continue;
		point(elf_rawdata(scn, NULL), split->parts[i]);
		point(elf_getdata(scn, NULL), split->parts[i]);
	}
	joined.dw = joined.elf ? dwarf_begin_elf(joined.elf, DWARF_C_READ, NULL) : NULL;
	if (!joined.dw || dwarf_nextcu(joined.dw, 0, &next, &header, NULL, NULL, NULL) ||
	    !dwarf_offdie(joined.dw, header, &joined.die)) {
		dwarf_end(joined.dw);
		elf_end(joined.elf);
		return false;
	}
	od_unit_close(unit);
	*unit = joined;
	return true;
}

/* Why the DIEs are missing: said once for an image, of the first unit. */
static void complain(struct od_dwarf *dwarf, const char *path, const char *why)
{
	if (!dwarf->split_missing[0])
		snprintf(dwarf->split_missing, sizeof(dwarf->split_missing), "%s: %s", path, why);
}

/* NULL: the file has the skeleton's other half. */
static const char *open_half(struct od_split *split, const struct od_image *image, const char *path, uint64_t id)
{
	od_image_close(split->file);
	split->file = od_image_open(image->opener, path);
	if (!split->file)
		return "out of memory";
	if (split->file->fault && split->file->fault != OD_IMAGE_NO_SYMBOLS)
		return unreadable;
	if (split->file->bits != image->bits || split->file->big_endian != image->big_endian)
		return "is of another machine";
	return find_half(split, id) ? NULL : "is of another build";
}

/* Beside the image, where the compiler wrote it, in the package beside the image (GNU and LLVM name it so). */
static const char *search_half(struct od_split *split, const struct od_image *image, const char *name, const char *directory,
			       uint64_t id)
{
	const char *image_slash = strrchr(image->path, '/'), *slash = strrchr(name, '/'), *why = unreadable;
	const int own = image_slash ? (int)(image_slash - image->path) : 1;
	char paths[3][PATH_SIZE];

	snprintf(paths[0], PATH_SIZE, "%.*s/%s", own, image_slash ? image->path : ".", slash ? slash + 1 : name);
	snprintf(paths[1], PATH_SIZE, "%s%s%s", name[0] == '/' ? "" : directory, name[0] == '/' ? "" : "/", name);
	snprintf(paths[2], PATH_SIZE, "%s.dwp", image->path);
	for (unsigned i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		const char *here = open_half(split, image, paths[i], id);
		if (!here)
			return NULL;
		why = here == unreadable ? why : here;
	}
	return why;
}

void od_split_join(struct od_dwarf *dwarf, struct od_unit *unit)
{
	const char *const bytes = (const char *)dwarf->info.bytes + unit->offset;
	const struct od_image *image = dwarf->image;
	Dwarf_Attribute attr;
	bool old = dwarf_hasattr(&unit->die, DW_AT_GNU_dwo_name);
	const char *name = dwarf_formstring(dwarf_attr(&unit->die, old ? DW_AT_GNU_dwo_name : DW_AT_dwo_name, &attr));
	const char *directory = dwarf_formstring(dwarf_attr(&unit->die, DW_AT_comp_dir, &attr)), *why = "out of memory";

	if (!name || unit->next - unit->offset < HEADER)
		return;
	if (old || od_image_number(image, bytes + 4, 2) != VERSION || bytes[6] != DW_UT_skeleton) {
		complain(dwarf, name, "of split debug info, only that of DWARF 5 is read");
		return;
	}
	struct od_split *split = calloc(1, sizeof(*split));
	if (split)
		why = search_half(split, image, name, directory ? directory : ".", od_image_number(image, bytes + 12, 8));
	if (split && !why && !(make_unit(split, image, &unit->die) && show(split, dwarf, unit)))
		why = "is damaged";
	if (!why)
		return;
	complain(dwarf, name, why);
	od_split_destroy(split);
}
