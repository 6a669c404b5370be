// SPDX-License-Identifier: GPL-3.0-or-later
/* The parts of an event that are objects of their own in the JSON contract. */
#ifndef OD_RENDER_JSON_FRAME_H
#define OD_RENDER_JSON_FRAME_H

#include "core/vmcore_model.h"
#include "render/json_writer.h"

/* A frame that stands alone: the IP, the responsible function; with those of the variables that are its own. NULL: there are none. */
void od_json_frame(struct od_json *json, const struct od_frame *frame, const od_frame_variables *variables);

/* The key "vmcore": what a dump of memory says. */
void od_json_vmcore(struct od_json *json, const struct od_vmcore *vmcore);

/* A frame of a trace: says in addition whether the kernel calls it reliable. */
void od_json_trace_frame(struct od_json *json, const struct od_frame *frame, const od_frame_variables *variables);

/* The keys "code", "traces", "images" where there is something to say. */
void od_json_code(struct od_json *json, const struct od_code *code);
/* "oom", for events of that kind. */
void od_json_oom(struct od_json *json, const struct od_event *event);
void od_json_traces(struct od_json *json, const struct od_event *event);
void od_json_images(struct od_json *json, const struct od_event *event);

#endif
