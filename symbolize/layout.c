// SPDX-License-Identifier: GPL-3.0-or-later
#include "symbolize/layout.h"

/* In the order of the loader's passes. */
enum group { GROUP_TEXT, GROUP_RODATA, GROUP_RO_AFTER_INIT, GROUP_DATA, GROUP_COUNT };

struct region {
	uint64_t group[GROUP_COUNT];	/* bytes so far */
	uint64_t packed;
};

/* Sections that the loader does not keep, or keeps elsewhere: rewrite_section_headers(), percpu_modalloc(). */
static const char *const left_out[] = {
	".modinfo", "__versions", "__version_ext_crcs", "__version_ext_names", ".data..percpu",
};

static uint64_t align_up(uint64_t value, uint64_t align)
{
	return align > 1 ? (value + align - 1) / align * align : value;
}

static bool is_left_out(const char *name)
{
	for (size_t i = 0; i < sizeof(left_out) / sizeof(left_out[0]); i++)
		if (!strcmp(name, left_out[i]))
			return true;
	return false;
}

/* module_mark_ro_after_init() of 5.10 to 6.12 names these two. */
static enum group group_of(const struct od_section *section)
{
	if (section->header.sh_flags & SHF_EXECINSTR)
		return GROUP_TEXT;
	if (!strcmp(section->name, ".data..ro_after_init") || !strcmp(section->name, "__jump_table"))
		return GROUP_RO_AFTER_INIT;
	return section->header.sh_flags & SHF_WRITE ? GROUP_DATA : GROUP_RODATA;
}

static void place(struct region *region, struct od_section *section, enum group group)
{
	uint64_t align = section->header.sh_addralign, size = section->header.sh_size;

	section->placed = true;
	section->group_offset = align_up(region->group[group], align);
	section->packed_offset = align_up(region->packed, align);
	region->group[group] = section->group_offset + size;
	region->packed = section->packed_offset + size;
}

void od_image_layout(struct od_image *image)
{
	struct region core = {0}, init = {0};

	if (!image->relocatable)
		return;
	for (enum group group = GROUP_TEXT; group < GROUP_COUNT; group++) {
		for (size_t i = 1; i < image->section_count; i++) {
			struct od_section *section = &image->sections[i];
			if (!(section->header.sh_flags & SHF_ALLOC) || is_left_out(section->name) ||
			    group_of(section) != group)
				continue;
			section->init = !strncmp(section->name, ".init", 5);
			place(section->init ? &init : &core, section, group);
		}
	}
	image->core_size = core.group[GROUP_TEXT];
	image->init_size = init.group[GROUP_TEXT];
}

bool od_layout_last_size(const struct od_image *image, bool init, uint64_t offset, uint64_t size)
{
	enum { PAGE = 0x1000 };
	uint64_t end = init ? image->init_size : image->core_size;

	return offset + size == end || offset + size == align_up(end, PAGE);
}
