// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Data races as KCSAN reports them (kernel/kcsan/report.c, 5.8 to 6.12), and values that nobody wrote, as KMSAN does
 * (mm/kmsan/report.c, 6.1 to 6.12).
 */
#include <inttypes.h>

#include "analyzer/blame.h"
#include "analyzer/finding.h"

/* One of the accesses: "write (marked) to 0xffff… of 8 bytes by task 612 on cpu 1:". */
struct access {
	struct od_str kind;	/* "write (marked)" */
	struct od_str actor;	/* "task 612 on cpu 1" */
	const struct od_frame *frame;
};

static bool scan_access(struct od_str line, struct access *ret)
{
	ptrdiff_t to = od_str_find(line, OD_STR(" to 0x")), by = od_str_find(line, OD_STR(" bytes by "));

	if (to <= 0 || by < to)
		return false;
	ret->kind = od_str_trim(od_str_first(line, (size_t)to));
	ret->actor = od_str_trim(od_str_from_index(line, (size_t)by + sizeof(" bytes by ") - 1));
	if (od_str_ends(ret->actor, OD_STR(":")))
		ret->actor.len--;
	return ret->kind.len && ret->actor.len;
}

static const struct od_frame *first_to_blame(const struct od_event *event)
{
	for (size_t i = 0; i < event->trace.count; i++)
		if (event->trace.items[i].function.len && !od_is_machinery(event->trace.items[i].function))
			return &event->trace.items[i];
	return NULL;
}

static void say_change(struct od_finder *finder)
{
	struct od_str change;

	if (od_finder_said(finder, "value changed: ", &change))
		od_finder_evidence(finder, "The value changed meanwhile: %.*s.", OD_FMT(od_str_trim(change)));
}

bool od_find_race(const struct od_find_row *row, struct od_finder *finder)
{
	const struct od_event *event = finder->event;
	const struct od_trace *trace;
	struct access accesses[2] = {{.frame = first_to_blame(event)}, {.frame = od_finder_role(finder, "other-access", &trace)}};
	unsigned count = 0;

	(void)row;
	for (size_t i = 0; i < event->said.count && count < 2; i++)
		count += scan_access(event->said.items[i].text, &accesses[count]);
	if (count < 2 || !accesses[0].frame || !accesses[1].frame || !event->fault.address.known)
		return false;
	od_finder_claim(finder, OD_CONFIDENCE_CERTAIN,
			"%.*s (%.*s) and %.*s (%.*s) access the same memory at once, and nothing orders the two: no lock that both "
			"hold, and not both by READ_ONCE(), WRITE_ONCE() or atomic operations.",
			OD_FMT(od_finder_function(finder, accesses[0].frame)), OD_FMT(accesses[0].kind),
			OD_FMT(od_finder_function(finder, accesses[1].frame)), OD_FMT(accesses[1].kind));
	for (unsigned i = 0; i < 2; i++)
		od_finder_evidence(finder, "A %.*s at 0x%" PRIx64 " by %.*s in %.*s.", OD_FMT(accesses[i].kind), event->fault.address.value,
				   OD_FMT(accesses[i].actor), OD_FMT(od_finder_place(finder, accesses[i].frame)));
	say_change(finder);
	return true;
}

bool od_find_race_unknown(const struct od_find_row *row, struct od_finder *finder)
{
	struct access access = {.frame = first_to_blame(finder->event)};
	struct od_str line;

	if (!od_finder_said(finder, row->words, &line) || !scan_access(line, &access) || !access.frame)
		return false;
	od_finder_claim(finder, OD_CONFIDENCE_CERTAIN, "While %.*s accessed the memory (%.*s), something that KCSAN does not see changed it: "
			"a device, or code that is not instrumented.", OD_FMT(od_finder_function(finder, access.frame)), OD_FMT(access.kind));
	od_finder_evidence(finder, "The access was made by %.*s in %.*s.", OD_FMT(access.actor), OD_FMT(od_finder_place(finder, access.frame)));
	say_change(finder);
	return true;
}

/* "Local variable hdr created at:": its name; empty: it is no variable on a stack. */
static struct od_str local_variable(const struct od_finder *finder)
{
	struct od_str rest, name = {0};

	if (od_finder_said(finder, "Local variable ", &rest))
		od_scan_until_text(&rest, OD_STR(" created at:"), &name);
	return name;
}

bool od_find_unwritten(const struct od_find_row *row, struct od_finder *finder)
{
	const struct od_event *event = finder->event;
	const struct od_trace *trace;
	const struct od_frame *origin = od_finder_role(finder, "origin", &trace);
	const bool leaks = od_str_find(event->message, OD_STR("infoleak")) >= 0;
	const struct od_str name = local_variable(finder);

	(void)row;
	if (!origin)
		return false;
	od_finder_claim(finder, OD_CONFIDENCE_CERTAIN, "%.*s %s that nobody wrote since %.*s %s%s%.*s.",
			OD_FMT(od_finder_function(finder, event->responsible)),
			leaks ? "handed out bytes" : "depends on a value", OD_FMT(od_finder_function(finder, origin)),
			name.len ? "made room for its local variable" : "allocated the memory", name.len ? " " : "", OD_FMT(name));
	od_finder_evidence(finder, "The kernel printed where that memory was %s: %.*s.", name.len ? "made" : "allocated",
			   OD_FMT(od_finder_place(finder, origin)));
	return true;
}
