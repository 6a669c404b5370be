// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/history.h"

void od_history_init(struct od_history *history)
{
	*history = (struct od_history){.first_oops = -1};
}

void od_history_deinit(struct od_history *history)
{
	for (size_t i = 0; i < history->pending_count; i++)
		od_event_destroy(history->pending[i]);
	history->pending_count = 0;
}

void od_history_boot(struct od_history *history)
{
	history->first_oops = -1;
}

/* A report that another one interrupted did not come to its CPU line; the kernel is the same. */
static void lend_release(struct od_history *history, const struct od_event *lender)
{
	for (size_t i = 0; lender->kernel_release.len && i < history->pending_count; i++) {
		struct od_event *event = history->pending[i];
		if (event->kernel_release.len)
			continue;
		event->kernel_release = od_arena_copy(event->arena, lender->kernel_release);
		if (lender->kernel_version.len)
			event->kernel_version = od_arena_copy(event->arena, lender->kernel_version);
	}
}

void od_history_add(struct od_history *history, struct od_event *event)
{
	lend_release(history, event);
	size_t at = history->pending_count++;
	while (at && history->pending[at - 1]->span.first > event->span.first) {
		history->pending[at] = history->pending[at - 1];
		at--;
	}
	history->pending[at] = event;
}

/* FNV-1a, 64 bits. */
static uint64_t hash(uint64_t seed, struct od_str text)
{
	for (size_t i = 0; i < text.len; i++)
		seed = (seed ^ (unsigned char)text.ptr[i]) * 0x100000001b3;
	return seed;
}

/* Events with the same key are the same report printed again: same kind, same place, same trace. */
static uint64_t key_of(const struct od_event *event)
{
	uint64_t key = hash(0xcbf29ce484222325, od_str_from(od_kinds[event->kind].name));
	key = hash(key, event->ip.raw);
	for (size_t i = 0; i < event->trace.count; i++)
		if (!event->trace.items[i].unreliable)
			key = hash(key, event->trace.items[i].raw);
	if (!event->has_ip && !event->trace.count)
		key = hash(key, event->header);
	return key ? key : 1;
}

static void relate(struct od_history *history, struct od_event *event)
{
	uint64_t key = key_of(event);
	size_t slot = key % OD_HISTORY_KNOWN;

	event->index = history->count++;
	if (history->known[slot].key == key)
		event->repeat_of = (int64_t)history->known[slot].index;
	else
		history->known[slot] = (__typeof__(history->known[0])){key, event->index};
	if (!event->counter.known)
		return;
	if (event->counter.value <= 1)
		history->first_oops = (int64_t)event->index;
	else
		event->consequence_of = history->first_oops;
}

struct od_event *od_history_next(struct od_history *history, uint64_t horizon)
{
	if (!history->pending_count || history->pending[0]->span.first >= horizon)
		return NULL;
	struct od_event *event = history->pending[0];
	/* what is open will tell the release, unless it is all that is waited for */
	if (!event->kernel_release.len && horizon != UINT64_MAX && !od_history_is_full(history))
		return NULL;
	history->pending_count--;
	memmove(history->pending, history->pending + 1, history->pending_count * sizeof(history->pending[0]));
	relate(history, event);
	return event;
}
