// SPDX-License-Identifier: GPL-3.0-or-later
#include "symbolize/frame_scope.h"

#include "symbolize/cfi.h"
#include "symbolize/insn.h"
#include "symbolize/places.h"
#include "symbolize/resolve.h"
#include "symbolize/scope.h"
#include "symbolize/variables.h"

/* The image's types, which its frames share. */
static struct od_types *types_of(struct od_image *image, const od_frame_scopes *scopes, struct od_arena *arena)
{
	for (size_t i = 0; i < scopes->count; i++)
		if (od_types_are_of(scopes->items[i].facts.types, image))
			return scopes->items[i].facts.types;
	return od_types_create(image, arena);
}

static bool read_variables(struct od_image *image, struct od_arena *arena, struct od_facts *facts)
{
	struct od_dwarf_scope scope;
	struct od_scope_pieces pieces;

	if (!od_dwarf_scope(image, facts->pc, &scope))
		return true;
	od_scope_read_pieces(&scope.function, &pieces, &facts->start);
	facts->variables.count = 0;
	return od_variables_read(arena, od_dwarf_get(image), &scope, NULL, 0, facts);
}

/* What is in a unit that libdw was not shown is read again with all of them. */
static void read_again(struct od_image *image, struct od_arena *arena, struct od_facts *facts)
{
	if (read_variables(image, arena, facts))
		return;
	od_units_join(od_dwarf_get(image));
	read_variables(image, arena, facts);
}

bool od_frame_scope_read(struct od_image *image, const struct od_arch *arch, const struct od_frame *frame,
			 struct od_arena *arena, od_frame_scopes *scopes)
{
	const struct od_insn_set *set = od_insn_set_find(arch);
	uint64_t address;

	if (!set || !od_frame_address(image, frame, &address))
		return false;
	if (!od_image_has_dwarf(image) && image->debug) {
		if (!od_places_translate(image, &address))
			return false;
		image = image->debug;
	}
	struct od_frame_scope scope = {
		.facts = {.frame = frame, .pc = address - (frame->is_return_address ? arch->return_bias : 0),
			  .registers = set->registers, .types = types_of(image, scopes, arena)},
		.linked = !image->relocatable,
	};
	if (!scope.facts.types || !od_image_has_dwarf(image))
		return false;
	read_again(image, arena, &scope.facts);
	od_cfi_find(image, scope.facts.pc, &scope.rules);
	struct od_frame_scope *item = od_list_push(arena, scopes);
	if (item)
		*item = scope;
	return item;
}
