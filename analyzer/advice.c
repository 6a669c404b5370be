// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * What to do next, as far as the state of log, kernel and module decides it. Sources:
 * Documentation/admin-guide/reporting-issues.rst, bug-hunting.rst and tainted-kernels.rst, 6.12.
 */
#include <inttypes.h>

#include "analyzer/explain.h"
#include "analyzer/phrase.h"
#include "analyzer/taint.h"

static bool has_integrity(const struct od_event *event, enum od_integrity integrity)
{
	return event->integrity >> integrity & 1;
}

static bool module_has_flag(const struct od_event *event, struct od_str module, char flag)
{
	for (size_t i = 0; i < event->modules.count; i++)
		if (od_str_equal_module(event->modules.items[i].name, module))
			return od_str_find_char(event->modules.items[i].flags, flag) >= 0;
	return false;
}

static void advise_on_log(struct od_event *event)
{
	if (has_integrity(event, OD_INTEGRITY_CUT_OFF))
		od_phrase_advise(event, OD_STR("The log ends inside this report: get the rest, for example "
					       "from a serial console, netconsole, pstore or a crash "
					       "dump."));
	if (has_integrity(event, OD_INTEGRITY_HEADER_MISSING))
		od_phrase_advise(event, OD_STR("The log begins inside this report: get the lines before "
					       "it; its first line names what happened."));
	if (has_integrity(event, OD_INTEGRITY_MESSAGES_LOST))
		od_phrase_advise(event, OD_STR("The kernel dropped messages here: enlarge its buffer with "
					       "log_buf_len= on the command line."));
}

static void advise_on_earlier_trouble(struct od_event *event)
{
	if (od_taint_has(event, 'D'))
		od_phrase_advise(event, OD_STR("The kernel had died before (taint D): read the first oops "
					       "since boot, this one may be a consequence of it."));
	else if (od_taint_has(event, 'B'))
		od_phrase_advise(event, OD_STR("Memory was already found corrupt before (taint B): read "
					       "that report first."));
	if (od_taint_has(event, 'M'))
		od_phrase_advise(event, OD_STR("A machine check came before (taint M): rule out faulty "
					       "hardware."));
}

/* Upstream looks only at kernels without foreign code; a module's author must look first. */
static void advise_on_report(struct od_event *event)
{
	const struct od_frame *frame = event->responsible;
	const bool foreign = od_taint_has(event, 'O') || od_taint_has(event, 'P');

	if (frame && frame->module.len && module_has_flag(event, frame->module, 'O')) {
		od_phrase_advise(event, od_arena_printf(event->arena,
						"%.*s is not part of the kernel's source: report this to "
						"the module's author, not to the kernel's developers.",
						OD_FMT(frame->module)));
	} else if (frame && frame->module.len && module_has_flag(event, frame->module, 'P')) {
		od_phrase_advise(event, od_arena_printf(event->arena,
						"%.*s is a proprietary module: only its vendor can look "
						"into it.",
						OD_FMT(frame->module)));
	} else if (foreign && frame && frame->module.len && !event->modules.count) {
		od_phrase_advise(event, od_arena_printf(event->arena,
						"Foreign modules were loaded (taint). If %.*s is one of "
						"them, report this to its author, not to the kernel's "
						"developers.",
						OD_FMT(frame->module)));
	} else if (foreign) {
		od_phrase_advise(event, OD_STR("Foreign modules were loaded (taint): reproduce this "
					       "without them before reporting it to the kernel's "
					       "developers."));
	}
}

void od_advise(struct od_event *event)
{
	od_phrase_advise(event, od_str_from(od_kind_advice(event->kind)));
	od_advise_options(event);
	advise_on_log(event);
	advise_on_earlier_trouble(event);
	advise_on_report(event);
}
