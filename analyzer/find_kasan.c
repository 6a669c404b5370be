// SPDX-License-Identifier: GPL-3.0-or-later
/* Heap objects as KASAN and KFENCE describe them: mm/kasan/report.c, mm/kfence/report.c, 4.8 to 6.12. */
#include <inttypes.h>

#include "analyzer/finding.h"

static const char *const verbs[] = {"accessed", "read", "wrote", "jumped into"};

static void put_object(struct od_buf *out, const struct od_object *object)
{
	if (object->size.known)
		od_buf_printf(out, "%" PRIu64 "-byte object", object->size.value);
	else
		od_buf_put_string(out, "object");
	if (object->cache.len) {
		od_buf_put_string(out, " of ");
		od_buf_put(out, object->cache);
	}
}

static void say_allocation(struct od_finder *finder)
{
	const struct od_trace *trace;
	const struct od_frame *frame = od_finder_role(finder, "alloc", &trace);

	if (frame)
		od_finder_evidence(finder, "%.*s allocated it.", OD_FMT(od_finder_place(finder, frame)));
}

bool od_find_kasan_freed(const struct od_find_row *row, struct od_finder *finder)
{
	const struct od_event *event = finder->event;
	const struct od_trace *trace;
	const struct od_frame *freed = od_finder_role(finder, "free", &trace);
	struct od_buf object = {0};

	(void)row;
	if (!freed ||
	    (event->kind == OD_KIND_KFENCE && od_str_find(event->header, OD_STR("use-after-free")) < 0))
		return false;
	put_object(&object, &event->object);
	od_finder_claim(finder, OD_CONFIDENCE_CERTAIN, "%.*s freed the %.*s; %.*s %s it afterwards.",
			OD_FMT(od_finder_function(finder, freed)), OD_FMT(od_buf_str(&object)),
			OD_FMT(od_finder_function(finder, event->responsible)), verbs[event->fault.access]);
	od_buf_deinit(&object);
	if (trace->pid.known && event->pid.known)
		od_finder_evidence(finder, "Task %" PRIu64 " freed it, task %" PRIu64 " used it%s.",
				   trace->pid.value, event->pid.value,
				   trace->pid.value == event->pid.value ? ": the same" : "");
	say_allocation(finder);
	return true;
}

/* The stack of the first free is printed; the event's own is that of the second. */
bool od_find_kasan_twice(const struct od_find_row *row, struct od_finder *finder)
{
	const struct od_event *event = finder->event;
	const struct od_trace *trace;
	const struct od_frame *freed = od_finder_role(finder, "free", &trace);
	struct od_buf object = {0};

	if (!freed || od_str_find(event->header, od_str_from(row->words)) < 0)
		return false;
	put_object(&object, &event->object);
	od_finder_claim(finder, OD_CONFIDENCE_CERTAIN, "%.*s freed the %.*s; %.*s freed it again.",
			OD_FMT(od_finder_function(finder, freed)), OD_FMT(od_buf_str(&object)),
			OD_FMT(od_finder_function(finder, event->responsible)));
	od_buf_deinit(&object);
	od_finder_evidence(finder, "The first free was in %.*s.", OD_FMT(od_finder_place(finder, freed)));
	say_allocation(finder);
	return true;
}

/*
 * "located 8 bytes to the right of 64-byte region", "to the left of", "inside of" (of the red zone within
 * the object's slot)
 */
static bool scan_located(const struct od_finder *finder, uint64_t *bytes, bool *behind)
{
	struct od_str rest;

	if (!od_finder_said(finder, "The buggy address is located ", &rest) || !od_scan_u64(&rest, bytes) ||
	    !od_scan_literal(&rest, " bytes to the "))
		return false;
	*behind = od_str_starts(rest, OD_STR("right"));
	return true;
}

static bool object_size(const struct od_finder *finder, uint64_t *size)
{
	const struct od_event *event = finder->event;

	for (size_t i = 0; i < event->said.count;
	     i++) { /* the object's own size, of which the slab's is a multiple */
		struct od_str text = event->said.items[i].text;
		ptrdiff_t at = od_str_find(text, OD_STR("-byte region ["));
		ptrdiff_t blank = at > 0 ? od_str_find_last_char(od_str_first(text, (size_t)at), ' ') : -1;
		struct od_str digits = od_str_from_index(text, (size_t)(blank + 1));
		if (at > 0 && od_scan_u64(&digits, size))
			return true;
	}
	*size = event->object.size.value;
	return event->object.size.known;
}

bool od_find_kasan_bounds(const struct od_find_row *row, struct od_finder *finder)
{
	const struct od_event *event = finder->event;
	uint64_t bytes, size;
	struct od_buf cache = {0};
	bool behind;

	(void)row;
	if (!scan_located(finder, &bytes, &behind) || !object_size(finder, &size))
		return false;
	if (event->object.cache.len)
		od_buf_printf(&cache, " of %.*s", OD_FMT(event->object.cache));
	od_finder_claim(finder, OD_CONFIDENCE_CERTAIN,
			"%.*s %s memory that begins %" PRIu64 " bytes %s of a %" PRIu64 "-byte object%.*s.",
			OD_FMT(od_finder_function(finder, event->responsible)), verbs[event->fault.access],
			bytes, behind ? "behind the end" : "before the start", size,
			OD_FMT(od_buf_str(&cache)));
	od_buf_deinit(&cache);
	od_finder_evidence(finder,
			   "The kernel located the address %" PRIu64 " bytes to the %s of the object.", bytes,
			   behind ? "right" : "left");
	say_allocation(finder);
	return true;
}
