// SPDX-License-Identifier: GPL-3.0-or-later
#include "symbolize/groups.h"

#include "symbolize/special.h"

/* Modules of one event. */
enum { GROUP_LIMIT = 256 };

struct od_group *od_groups_find(struct od_groups *groups, struct od_str module)
{
	for (size_t i = 0; i < groups->items.count; i++)
		if (od_str_equal_module(groups->items.items[i].module, module))
			return &groups->items.items[i];
	if (groups->items.count >= GROUP_LIMIT)
		return NULL;
	struct od_group *group = od_list_push(groups->event->arena, &groups->items);
	if (group)
		*group = (struct od_group){.module = module};
	return group;
}

static void add_frame(struct od_groups *groups, struct od_frame *frame)
{
	if (!frame->function.len) {
		struct od_frame **raw = od_list_push(groups->event->arena, &groups->raw);
		if (raw)
			*raw = frame;
		frame->status_detail = OD_STR("the log names no function here: user space, or code that is in no file");
		return;
	}
	const char *special = od_special_code(frame);
	if (special) {
		frame->status = OD_FRAME_NO_IMAGE;
		frame->status_detail = od_str_from(special);
		return;
	}
	struct od_group *group = od_groups_find(groups, frame->module);
	struct od_frame **item = group ? od_list_push(groups->event->arena, &group->frames) : NULL;
	if (item)
		*item = frame;
}

void od_groups_collect(struct od_groups *groups)
{
	struct od_event *event = groups->event;

	if (event->has_ip)
		add_frame(groups, &event->ip);
	if (event->has_lr)
		add_frame(groups, &event->lr);
	for (size_t i = 0; i < event->trace.count; i++)
		add_frame(groups, &event->trace.items[i]);
	for (size_t t = 0; t < event->traces.count; t++)
		for (size_t i = 0; i < event->traces.items[t].frames.count; i++)
			add_frame(groups, &event->traces.items[t].frames.items[i]);
	for (size_t i = 0; i < event->locks.count; i++)
		if (event->locks.items[i].frame.raw.len)
			add_frame(groups, &event->locks.items[i].frame);
}
