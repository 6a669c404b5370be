// SPDX-License-Identifier: GPL-3.0-or-later
/* Which members of the model's structs travel (wire.c), and what holds for them. */
#ifndef OD_CORE_WIRE_TABLES_H
#define OD_CORE_WIRE_TABLES_H

#include <stddef.h>
#include <stdint.h>

/* Question and answer; OD_WIRE_BOTH: what is in the question exists already when the answer comes. */
enum od_wire_way { OD_WIRE_ASK = 1, OD_WIRE_ANSWER = 2, OD_WIRE_BOTH = OD_WIRE_ASK | OD_WIRE_ANSWER };

enum od_wire_shape {
	OD_WIRE_TEXT,	/* struct od_str */
	OD_WIRE_PART,	/* a struct inside this one */
	OD_WIRE_LIST,	/* OD_LIST() of structs */
	OD_WIRE_PLAIN,	/* bytes, in an answer about something that exists */
	OD_WIRE_FLAG,	/* bool: 0 or 1 */
	OD_WIRE_BELOW,	/* a number of `size` bytes below `limit` */
	OD_WIRE_REG,	/* uint8_t: a register's number or OD_REGISTER_NONE */
};

struct od_wire_layout;

struct od_wire_member {
	uint16_t offset, size;
	uint8_t shape, way;
	uint32_t limit;
	const struct od_wire_layout *of;
};

struct od_wire_layout {
	size_t size;
	const struct od_wire_member *members;
	size_t count;
};

/* Of an event, a type, and the instructions of a function. */
extern const struct od_wire_layout od_wire_event_layout, od_wire_type_layout, od_wire_instructions_layout;

#endif
