// SPDX-License-Identifier: GPL-3.0-or-later
#include "symbolize/places.h"

#include "core/buf.h"
#include "symbolize/dwarf.h"
#include "symbolize/index.h"
#include "symbolize/units.h"

/* A place in the index; its function and its path stand behind it. */
struct packed {
	uint32_t line, column, inlined, function, path; /* the last two: bytes */
};

static void pack(struct od_buf *out, const struct od_place *place)
{
	const struct packed packed = {place->line, place->column, place->inlined, (uint32_t)place->function.len,
				      (uint32_t)place->path.len};

	od_buf_put(out, (struct od_str){(const char *)&packed, sizeof(packed)});
	od_buf_put(out, place->function);
	od_buf_put(out, place->path);
}

static void learn(struct od_image *image, uint64_t address, const od_places *places)
{
	struct od_buf out = {0};

	if (image->dwarf && image->dwarf->split_missing[0])
		return; /* what was inlined there is not known this time */
	for (size_t i = 0; i < places->count; i++)
		pack(&out, &places->items[i]);
	if (!out.failed)
		od_index_learn(image->index, OD_FACT_PLACES, address, od_buf_str(&out));
	od_buf_deinit(&out);
}

static struct od_str last_component(struct od_str path)
{
	ptrdiff_t slash = od_str_find_last_char(path, '/');
	return slash < 0 ? path : od_str_from_index(path, (size_t)slash + 1);
}

/* The places that were packed, as far as they are whole. */
static void unpack(struct od_str bytes, struct od_arena *arena, od_places *places)
{
	struct packed packed;

	while (bytes.len >= sizeof(packed)) {
		memcpy(&packed, bytes.ptr, sizeof(packed));
		bytes = od_str_from_index(bytes, sizeof(packed));
		if (packed.function > bytes.len || packed.path > bytes.len - packed.function)
			return;
		struct od_place *place = od_list_push(arena, places);
		if (!place)
			return;
		*place = (struct od_place){.line = packed.line, .column = packed.column, .inlined = packed.inlined};
		place->function = od_arena_copy(arena, od_str_first(bytes, packed.function));
		bytes = od_str_from_index(bytes, packed.function);
		place->path = od_arena_copy(arena, od_str_first(bytes, packed.path));
		place->file = last_component(place->path);
		bytes = od_str_from_index(bytes, packed.path);
	}
}

bool od_places_translate(const struct od_image *image, uint64_t *address)
{
	const struct od_section *from = od_image_section_at(image, *address);
	const struct od_section *to = from ? od_image_section(image->debug, from->name) : NULL;

	if (!to || to->header.sh_size != from->header.sh_size)
		return false;
	*address = to->address + (*address - from->address);
	return true;
}

static void look_up(struct od_image *image, uint64_t address, struct od_arena *arena, od_places *places)
{
	if (!image->debug)
		od_dwarf_places(image, address, arena, places);
	else if (od_places_translate(image, &address))
		od_dwarf_places(image->debug, address, arena, places);
}

bool od_places_find(struct od_image *image, uint64_t address, struct od_str function, struct od_arena *arena,
		    od_places *places)
{
	struct od_str known;

	if (image->index && od_index_get(image->index, OD_FACT_PLACES, address, &known)) {
		unpack(known, arena, places);
	} else {
		look_up(image, address, arena, places);
		/* What another file says depends on whether that is there. */
		if (image->index && !image->debug && !image->shared && od_image_has_dwarf(image))
			learn(image, address, places);
	}
	for (size_t i = 0; i < places->count; i++)
		if (!places->items[i].function.len)
			places->items[i].function = function;
	return places->count;
}
