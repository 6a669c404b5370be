// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * An event on its way to another process of the same program and back: what the parsers wrote goes there, what
 * symbolize/ writes comes back. The bytes that come back are not trusted: every length, number and index in
 * them is held against its bounds. Pure; thread safe.
 */
#ifndef OD_CORE_WIRE_H
#define OD_CORE_WIRE_H

#include "core/buf.h"
#include "core/model.h"

/* Appends what the symbolizer needs of the event. Of the log's own lines nothing. */
void od_wire_put_question(struct od_buf *buf, const struct od_event *event);

/* An event made of a question, to be destroyed by the caller. NULL: out of memory, or it is damaged. */
struct od_event *od_wire_get_question(struct od_str bytes);

/* The register sets that facts may name, by number; NULL: there is none of this number. */
typedef const struct od_register_set *(*od_wire_registers)(size_t number);

/* Appends what the symbolizer wrote. */
void od_wire_put_answer(struct od_buf *buf, const struct od_event *event, od_wire_registers registers);

/*
 * Gives the event what the symbolizer wrote, and the fields that a question carries and symbolize/ may change. False:
 * out of memory, or the answer is damaged; the event's [s] fields are cleared then.
 */
struct od_wire_world {
	od_wire_registers registers;
	/*
	 * A set of `count` types in the arena, none of which is read yet; `number` is that of the first of the event's facts
	 * that has the set at the other end. NULL: out of memory.
	 */
	struct od_types *(*types)(void *user, struct od_arena *arena, size_t number, size_t count);
	/* The instructions of the event's facts with this number, in the arena, for when they are asked for. NULL: out of memory. */
	struct od_instructions *(*instructions)(void *user, struct od_arena *arena, size_t number);
	void *user;
};
bool od_wire_get_answer(struct od_event *event, struct od_str bytes, const struct od_wire_world *world);

/* One type, and back, in the arena; NULL: out of memory, or it is damaged. Numbers of types in it may be any. */
void od_wire_put_type(struct od_buf *buf, const struct od_type *type);
struct od_type *od_wire_get_type(struct od_arena *arena, struct od_str bytes);

/* The same of instructions: those of a function that were not in the answer. False: the list is empty then. */
void od_wire_put_instructions(struct od_buf *buf, const struct od_instructions *instructions);
bool od_wire_get_instructions(struct od_arena *arena, struct od_str bytes, struct od_instructions *ret);

/* Clears the [s] fields of the event. */
void od_wire_clear_answer(struct od_event *event);

#endif
