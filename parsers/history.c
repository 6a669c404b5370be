// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/history.h"

void od_history_init(struct od_history *history)
{
	*history = (struct od_history){.first_oops = -1, .last_report = -1};
}

void od_history_deinit(struct od_history *history)
{
	for (size_t i = 0; i < history->pending_count; i++)
		od_event_destroy(history->pending[i]);
	history->pending_count = 0;
}

void od_history_boot(struct od_history *history)
{
	history->first_oops = history->last_report = -1;
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

/* FNV-1a, of words of eight bytes, the last one filled up with zeros, and of the length. Only for comparisons in this process. */
static uint64_t hash(uint64_t seed, struct od_str text)
{
	const uint64_t prime = 0x100000001b3;

	for (size_t i = 0; i < text.len; i += sizeof(uint64_t)) {
		const size_t left = text.len - i;
		uint64_t word = 0;
		memcpy(&word, text.ptr + i, left < sizeof(word) ? left : sizeof(word));
		seed = (seed ^ word) * prime;
		seed ^= seed >> 32;
	}
	return (seed ^ text.len) * prime;
}

/* What tells reports without a place apart. That of a machine check holds no address and no count, as its header does. */
static struct od_str words_of(const struct od_event *event)
{
	return event->kind == OD_KIND_MACHINE_CHECK && event->message.len ? event->message : event->header;
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
		key = hash(key, words_of(event));
	return key ? key : 1;
}

/* A panic that the kernel raises because of a report that it printed before (2.6.32 to 6.19). */
static bool follows(const struct od_event *event)
{
	static const char *const reasons[] = {
		"Fatal exception", "Oops: Fatal exception", "panic_on_warn set", "kernel: panic_on_warn set", "panic_on_taint set",
		"softlockup: hung tasks", "Hard LOCKUP", "RCU Stall", "hung_task: blocked tasks", "Oopsed too often",
		"Attempted to kill init!", "Attempted to kill the idle task!", "Aiee, killing interrupt handler!",
		"Fatal machine check", "Fatal local machine check", "Machine halted.", NULL,
	};
	for (size_t i = 0; event->kind == OD_KIND_PANIC && reasons[i]; i++)
		if (od_str_starts(event->message, od_str_from(reasons[i])))
			return true;
	return false;
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
	if (follows(event) && history->last_report >= 0)
		event->consequence_of = history->last_report;
	if (event->kind != OD_KIND_PANIC && event->severity > OD_SEVERITY_INFO)
		history->last_report = (int64_t)event->index;
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
