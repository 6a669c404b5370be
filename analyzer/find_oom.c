// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Who ate the memory. Sources: mm/oom_kill.c, mm/show_mem.c, Documentation/admin-guide/cgroup-v2.rst,
 * 6.12.
 */
#include <inttypes.h>

#include "analyzer/finding.h"

static uint64_t pages_of(const struct od_oom_task *task)
{
	return task->rss.value + task->swap.value;
}

static void put_pages(struct od_buf *out, const struct od_oom *oom, uint64_t pages)
{
	const uint64_t kb = pages * (oom->page_kb.known ? oom->page_kb.value : 0);

	if (!kb)
		od_buf_printf(out, "%" PRIu64 " pages", pages);
	else if (kb < 10 * 1024)
		od_buf_printf(out, "%" PRIu64 " KiB", kb);
	else
		od_buf_printf(out, "%" PRIu64 " MiB", kb / 1024);
}

/* The task with the most memory, when it has more than half of what all tasks of the table have. */
bool od_find_oom_eater(const struct od_find_row *row, struct od_finder *finder)
{
	const struct od_oom *oom = &finder->event->oom;
	struct od_buf size = {0};
	uint64_t total = 0;

	(void)row;
	for (size_t i = 0; i < oom->tasks.count; i++)
		total += pages_of(&oom->tasks.items[i]);
	if (!oom->biggest_count || !total)
		return false;
	const struct od_oom_task *first = &oom->tasks.items[oom->biggest[0]];
	const uint64_t share = pages_of(first) * 100 / total;
	if (share <= 50)
		return false;
	put_pages(&size, oom, pages_of(first));
	const bool killed =
		oom->killed.pid.known && first->pid.known && oom->killed.pid.value == first->pid.value;
	od_finder_claim(finder, OD_CONFIDENCE_LIKELY,
			"%.*s (PID %" PRIu64 ") held %.*s, %" PRIu64 " %% of what all listed tasks "
			"held%s.",
			OD_FMT(first->name), first->pid.value, OD_FMT(od_buf_str(&size)), share,
			killed			? ", and was killed"
			: oom->killed.pid.known ? "; another task was killed"
						: "");
	od_buf_deinit(&size);
	od_finder_evidence(finder, "The report's table lists %zu tasks.", oom->tasks.count);
	return true;
}

/* A memory cgroup at its limit: the machine itself may have memory left. */
bool od_find_oom_limit(const struct od_find_row *row, struct od_finder *finder)
{
	const struct od_oom *oom = &finder->event->oom;

	(void)row;
	if (!oom->memcg.len)
		return false;
	if (oom->limit_kb.known)
		od_finder_claim(finder, OD_CONFIDENCE_CERTAIN,
				"The memory cgroup %.*s reached its limit of %" PRIu64 " MiB; the machine "
				"itself need not be short of memory.",
				OD_FMT(oom->memcg), oom->limit_kb.value / 1024);
	else
		od_finder_claim(finder, OD_CONFIDENCE_CERTAIN,
				"The memory cgroup %.*s reached its limit; the machine itself need not be "
				"short of memory.",
				OD_FMT(oom->memcg));
	if (oom->constraint.len)
		od_finder_evidence(finder, "The kernel printed constraint=%.*s.", OD_FMT(oom->constraint));
	return true;
}

/* "slab_unreclaimable:12345", beside all that tasks hold: the kernel itself ate it. */
bool od_find_oom_slab(const struct od_find_row *row, struct od_finder *finder)
{
	const struct od_oom *oom = &finder->event->oom;
	uint64_t slab, tasks = 0;
	struct od_str rest;
	struct od_buf size = {0};

	if (oom->memcg.len || !od_finder_said(finder, row->words, &rest) || !od_scan_u64(&rest, &slab))
		return false;
	for (size_t i = 0; i < oom->tasks.count; i++)
		tasks += pages_of(&oom->tasks.items[i]);
	if (!slab || slab < 2 * tasks)
		return false;
	put_pages(&size, oom, slab);
	od_finder_claim(finder, OD_CONFIDENCE_LIKELY,
			"The kernel itself holds %.*s of memory that cannot be reclaimed (slab), more "
			"than all tasks together: a leak in the kernel is likely.",
			OD_FMT(od_buf_str(&size)));
	od_buf_deinit(&size);
	od_finder_evidence(finder, "The kernel printed %s%" PRIu64 " (pages).", row->words, slab);
	od_phrase_advise(finder->event, OD_STR("See which cache grows with slabtop, and who allocates there "
					       "with CONFIG_DEBUG_KMEMLEAK "
					       "or slub_debug=U and "
					       "/sys/kernel/debug/slab/CACHE/alloc_traces."));
	return true;
}
