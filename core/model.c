// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model.h"

const struct od_kind_info od_kinds[OD_KIND_COUNT] = {
#define OD_KIND(identifier, name, severity, title) {name, OD_SEVERITY_##severity, title},
#include "core/kinds.def"
#undef OD_KIND
};

const struct od_reason od_frame_statuses[OD_FRAME_STATUS_COUNT] = {
#define OD_FRAME_STATUS(identifier, name, sentence) {name, sentence},
#include "core/reasons.def"
};

const struct od_reason od_integrities[OD_INTEGRITY_COUNT] = {
#define OD_INTEGRITY(identifier, name, sentence) {name, sentence},
#include "core/reasons.def"
};

const struct od_reason od_verdicts[OD_VERDICT_COUNT] = {
#define OD_VERDICT(identifier, name, sentence) {name, sentence},
#include "core/reasons.def"
};

const struct od_reason od_evidences[OD_EVIDENCE_COUNT] = {
#define OD_EVIDENCE(identifier, name, sentence) {name, sentence},
#include "core/reasons.def"
};

const char *od_severity_name(enum od_severity severity)
{
	static const char *const names[] = {"info", "report", "stall", "warning", "bug", "oops", "panic"};
	return names[severity];
}

const char *od_access_name(enum od_access access)
{
	static const char *const names[] = {"", "read", "write", "execute"};
	return names[access];
}

const char *od_mode_name(enum od_mode mode)
{
	static const char *const names[] = {"", "kernel", "user"};
	return names[mode];
}

const char *od_confidence_name(enum od_confidence confidence)
{
	static const char *const names[] = {"", "possible", "likely", "certain"};
	return names[confidence];
}

bool od_kind_find(struct od_str name, enum od_kind *ret)
{
	for (size_t i = 0; i < OD_KIND_COUNT; i++) {
		if (od_str_equal(name, od_str_from(od_kinds[i].name))) {
			*ret = (enum od_kind)i;
			return true;
		}
	}
	return false;
}

struct od_event *od_event_create(void)
{
	struct od_arena *arena = od_arena_create(OD_EVENT_LIMIT);
	struct od_event *event = arena ? od_arena_alloc(arena, sizeof(*event)) : NULL;
	if (!event) {
		od_arena_destroy(arena);
		return NULL;
	}
	event->arena = arena;
	event->repeat_of = event->consequence_of = -1;
	return event;
}

void od_event_destroy(struct od_event *event)
{
	if (event)
		od_arena_destroy(event->arena);
}

const struct od_facts *od_event_facts(const struct od_event *event, const struct od_frame *frame)
{
	for (size_t i = 0; i < event->facts.count; i++)
		if (event->facts.items[i].frame == frame && !event->facts.items[i].site)
			return &event->facts.items[i];
	return NULL;
}

struct od_num od_event_register(const struct od_event *event, const char *name)
{
	for (size_t i = 0; i < event->registers.count; i++)
		if (od_str_equal(event->registers.items[i].name, od_str_from(name)))
			return od_num(event->registers.items[i].value);
	return (struct od_num){0};
}
