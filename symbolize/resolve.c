// SPDX-License-Identifier: GPL-3.0-or-later
#include "symbolize/resolve.h"

#include "symbolize/advice.h"
#include "symbolize/match.h"
#include "symbolize/places.h"

enum { CANDIDATE_LIMIT = 32 };

/* The symbols of the frame's name that the printed size allows. */
struct fitting {
	const struct od_symbol *items[CANDIDATE_LIMIT];
	size_t count;
};

static struct fitting fitting_symbols(const struct od_image *image, const struct od_frame *frame)
{
	struct od_symbols symbols = od_names_get(image, frame->function);
	struct fitting fitting = {.count = 0};

	for (size_t i = 0; i < symbols.count && fitting.count < CANDIDATE_LIMIT; i++) {
		const struct od_symbol *symbol = &symbols.items[i];
		if (od_symbol_is_code(symbol) &&
		    (!frame->size.known || od_size_fits(image, symbol, frame->size.value)))
			fitting.items[fitting.count++] = symbol;
	}
	return fitting;
}

bool od_frame_address(const struct od_image *image, const struct od_frame *frame, uint64_t *ret)
{
	struct fitting fitting = fitting_symbols(image, frame);

	if (fitting.count != 1 || !frame->offset.known)
		return false;
	*ret = fitting.items[0]->address + frame->offset.value;
	return true;
}

/* Where to look: a return address points behind the call. */
static uint64_t lookup_address(const struct od_event *event, const struct od_frame *frame,
			       const struct od_symbol *symbol)
{
	uint64_t address = symbol->address + frame->offset.value;
	unsigned bias = event->arch ? event->arch->return_bias : 1;

	return frame->is_return_address ? address - bias : address;
}

static void set_status(struct od_frame *frame, enum od_frame_status status, struct od_str detail)
{
	frame->status = status;
	frame->status_detail = detail;
}

/* Every candidate with its place, as text. */
static void list_candidates(struct od_image *image, const struct od_event *event, struct od_frame *frame,
			    const struct fitting *fitting)
{
	for (size_t i = 0; i < fitting->count; i++) {
		od_places places = {0};
		uint64_t address = lookup_address(event, frame, fitting->items[i]);
		bool known = od_places_find(image, address, frame->function, event->arena, &places);
		struct od_str *text = od_list_push(event->arena, &frame->candidates);
		if (!text)
			return;
		*text = od_arena_printf(event->arena, "%.*s at %#llx", OD_FMT(frame->function),
					(unsigned long long)fitting->items[i]->address);
		if (known)
			*text = od_arena_printf(event->arena, "%.*s at %.*s:%u", OD_FMT(frame->function),
						OD_FMT(places.items[0].path), places.items[0].line);
	}
	set_status(frame, OD_FRAME_AMBIGUOUS,
		   od_arena_printf(event->arena, "%zu functions of this name%s in %s", fitting->count,
				   frame->size.known ? " and size" : "", image->path));
}

static void set_places(struct od_image *image, const struct od_event *event, struct od_frame *frame,
		       const struct od_symbol *symbol)
{
	if (od_places_find(image, lookup_address(event, frame, symbol), frame->function, event->arena,
			   &frame->places)) {
		set_status(frame, OD_FRAME_RESOLVED, (struct od_str){NULL, 0});
		return;
	}
	set_status(frame, OD_FRAME_NO_DEBUG_INFO,
		   od_image_has_dwarf(image)
			   ? od_arena_printf(event->arena, "the debug info of %s does not tell about this address",
					     image->path)
			   : od_advise_debug_info(event->arena, event, frame->module, image->path));
}

void od_resolve_frame(struct od_image *image, const struct od_event *event, struct od_frame *frame)
{
	struct fitting fitting = fitting_symbols(image, frame);

	if (!fitting.count) {
		bool named = od_names_get(image, frame->function).count > 0;
		set_status(frame, OD_FRAME_NO_SYMBOL,
			   od_arena_printf(event->arena, "%s has no function %.*s%s", image->path,
					   OD_FMT(frame->function), named ? " of this size" : ""));
		return;
	}
	if (!frame->offset.known) {
		set_status(frame, OD_FRAME_UNRESOLVED, OD_STR("the log gives no offset in the function"));
		return;
	}
	if (fitting.count > 1)
		list_candidates(image, event, frame, &fitting);
	else
		set_places(image, event, frame, fitting.items[0]);
}
