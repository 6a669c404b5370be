// SPDX-License-Identifier: GPL-3.0-or-later
#include "symbolize/raw.h"

#include "symbolize/places.h"
#include "symbolize/resolve.h"
#include "symbolize/symbols.h"

/* What an address that stands beside a name lacks to that in the image; false: the log prints none, or the name is none of the image's. */
static bool distance_of(const struct od_image *image, const struct od_frame *frame, uint64_t *address, uint64_t *ret)
{
	if (!frame->address.known || !frame->function.len || !od_frame_address(image, frame, address))
		return false;
	*ret = frame->address.value - *address;
	return true;
}

/* The kernel is moved by whole pages; what is not was no address of this frame. */
static bool slide_of(const struct od_image *image, const struct od_frame *frame, uint64_t *ret)
{
	enum { PAGE = 0x1000 };
	uint64_t address;

	return !frame->module.len && distance_of(image, frame, &address, ret) && *ret % PAGE == 0;
}

bool od_kernel_slide(const struct od_image *image, const struct od_event *event, uint64_t *ret)
{
	if (image->relocatable)
		return false;
	if (event->kernel_offset.known) {
		*ret = event->kernel_offset.value;
		return true;
	}
	if (event->has_ip && slide_of(image, &event->ip, ret))
		return true;
	for (size_t i = 0; i < event->trace.count; i++)
		if (slide_of(image, &event->trace.items[i], ret))
			return true;
	return false;
}

/* Assembly and copies of weak functions have lines, but no name in the debug info: the symbol table has it. */
static void name_places(const struct od_image *image, const struct od_event *event, struct od_frame *frame,
			uint64_t address)
{
	struct od_str name = {NULL, 0};

	for (size_t i = 0; i < frame->places.count; i++) {
		if (frame->places.items[i].function.len)
			continue;
		if (!name.len)
			name = od_arena_copy(event->arena, od_names_at(image, address));
		frame->places.items[i].function = name;
	}
}

bool od_resolve_raw(struct od_image *image, const struct od_event *event, struct od_frame *frame, uint64_t slide)
{
	if (!frame->address.known)
		return false;
	uint64_t address = frame->address.value - slide;
	const struct od_section *section = od_image_section_at(image, address);
	if (!section || !(section->header.sh_flags & SHF_EXECINSTR))
		return false;
	address -= frame->is_return_address ? (event->arch ? event->arch->return_bias : 1) : 0;
	if (!od_places_find(image, address, (struct od_str){NULL, 0}, event->arena, &frame->places)) {
		struct od_str name = od_names_at(image, address);
		frame->status = OD_FRAME_NO_DEBUG_INFO;
		frame->status_detail = od_arena_printf(
			event->arena, "the debug info of %s does not tell about this address%s%.*s%s", image->path,
			name.len ? ", which is in " : "", OD_FMT(name), name.len ? "()" : "");
		return true;
	}
	name_places(image, event, frame, address);
	frame->status = OD_FRAME_RESOLVED;
	frame->status_detail = (struct od_str){NULL, 0};
	return true;
}

/*
 * The sections of a module lie apart from each other: a named frame tells where its own was. An address belongs to that section
 * if it lies in it and all named frames of the section agree.
 */
bool od_module_slide(const struct od_image *image, const struct od_group *group, const struct od_frame *frame, uint64_t *ret)
{
	const struct od_section *found = NULL;
	uint64_t address, slide;

	for (size_t i = 0; frame->address.known && i < group->frames.count; i++) {
		if (!distance_of(image, group->frames.items[i], &address, &slide))
			continue;
		const struct od_section *its = od_image_section_at(image, address);
		if (!its || its != od_image_section_at(image, frame->address.value - slide))
			continue;
		if (found && (found != its || slide != *ret))
			return false;
		found = its;
		*ret = slide;
	}
	return found;
}
