// SPDX-License-Identifier: GPL-3.0-or-later
#include "symbolize/layout.h"

static uint64_t align_up(uint64_t value, uint64_t align)
{
	return align > 1 ? (value + align - 1) / align * align : value;
}

void od_image_layout(struct od_image *image)
{
	for (size_t i = 1; image->relocatable && i < image->section_count; i++) {
		struct od_section *section = &image->sections[i];
		const uint64_t code = SHF_ALLOC | SHF_EXECINSTR;

		if ((section->header.sh_flags & code) != code)
			continue;
		section->init = !strncmp(section->name, ".init", 5);
		uint64_t *end = section->init ? &image->init_size : &image->core_size;
		section->region_offset = align_up(*end, section->header.sh_addralign);
		*end = section->region_offset + section->header.sh_size;
	}
}

bool od_layout_last_size(const struct od_image *image, bool init, uint64_t offset, uint64_t size)
{
	enum { PAGE = 0x1000 };
	uint64_t end = init ? image->init_size : image->core_size;

	return offset + size == end || offset + size == align_up(end, PAGE);
}
