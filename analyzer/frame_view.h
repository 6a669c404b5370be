// SPDX-License-Identifier: GPL-3.0-or-later
/* One frame as debug info sees it, with what is known of its registers: the values of its variables. Pure functions. */
#ifndef OD_ANALYZER_FRAME_VIEW_H
#define OD_ANALYZER_FRAME_VIEW_H

#include "analyzer/frame_values.h"

/* The registers of a frame that are known. */
struct od_frame_registers {
	uint64_t known;		/* bit per register */
	uint64_t values[OD_REGISTER_COUNT];
};

/* Those that a log or a dump shows, by their names. */
struct od_frame_registers od_frame_registers_of(const struct od_register_set *set, const struct od_register *items, size_t count);

void od_frame_registers_set(struct od_frame_registers *registers, unsigned reg, uint64_t value);

/* False: it is not known. */
bool od_frame_registers_get(const struct od_frame_registers *registers, unsigned reg, uint64_t *ret);

/* The number of the register with this name; false: there is none. */
bool od_frame_registers_find(const struct od_register_set *set, struct od_str name, unsigned *ret);

/* Everything is borrowed. */
struct od_frame_view {
	const struct od_value_tools *tools;
	const struct od_facts *facts;
	const struct od_frame_registers *registers;
	struct od_num cfa;	/* where the frame's own part of the stack ends */
	struct od_num moved;	/* what the image's addresses lack to those in memory */
};

/* Appends the variables of the frame, each with its value or the reason why there is none; static ones are in no frame. */
void od_frame_view_read(const struct od_frame_view *view, od_frame_variables *ret);

#endif
