// SPDX-License-Identifier: GPL-3.0-or-later
/* Who ate the memory, and who paid for it: the report of the OOM killer. */
#include <inttypes.h>

#include "render/text_parts.h"

enum { NAME_COLUMN = OD_PAGE_LABEL_WIDTH + 12 };

/* "1234 kB", "1.2 GiB" */
static void put_size(struct od_page *page, enum od_style style, uint64_t kb)
{
	static const char *const units[] = {"kB", "MiB", "GiB", "TiB"};
	unsigned unit = 0;
	uint64_t scale = 1;
	while (unit < 3 && kb / scale >= 1024) {
		scale *= 1024;
		unit++;
	}
	if (unit)
		od_page_sayf(page, style, "%" PRIu64 ".%" PRIu64 " %s", kb / scale, kb % scale * 10 / scale, units[unit]);
	else
		od_page_sayf(page, style, "%" PRIu64 " kB", kb);
}

static void killed_row(struct od_page *page, const struct od_oom_victim *killed)
{
	if (!killed->pid.known)
		return;
	od_page_label(page, "Killed");
	od_page_words(page, OD_STYLE_BOLD, killed->comm);
	od_page_sayf(page, OD_STYLE_PLAIN, ", PID %" PRIu64, killed->pid.value);
	if (killed->anon_rss_kb.known) {
		od_page_say(page, OD_STYLE_PLAIN, ": ");
		put_size(page, OD_STYLE_PLAIN, killed->anon_rss_kb.value);
		od_page_say(page, OD_STYLE_PLAIN, " of its own memory");
	}
	if (killed->total_vm_kb.known) {
		od_page_say(page, OD_STYLE_DIM, ", ");
		put_size(page, OD_STYLE_DIM, killed->total_vm_kb.value);
		od_page_say(page, OD_STYLE_DIM, " of address space");
	}
	od_page_end(page);
}

static void limit_row(struct od_page *page, const struct od_oom *oom)
{
	if (!oom->memcg.len && !oom->limit_kb.known)
		return;
	od_page_label(page, "Limit");
	od_page_say(page, OD_STYLE_PLAIN, "of the memory cgroup ");
	od_page_words(page, OD_STYLE_PLAIN, oom->memcg);
	if (oom->limit_kb.known) {
		od_page_say(page, OD_STYLE_PLAIN, ": ");
		put_size(page, OD_STYLE_PLAIN, oom->limit_kb.value);
	}
	od_page_end(page);
}

static void wanted_row(struct od_page *page, const struct od_oom *oom)
{
	if (!oom->order.known)
		return;
	od_page_label(page, "Wanted");
	od_page_sayf(page, OD_STYLE_PLAIN, "2^%" PRIu64 " pages", oom->order.value);
	if (oom->gfp_flags.len) {
		od_page_say(page, OD_STYLE_DIM, " (");
		od_page_words(page, OD_STYLE_DIM, oom->gfp_flags);
		od_page_say(page, OD_STYLE_DIM, ")");
	}
	od_page_end(page);
}

static void put_pages(struct od_page *page, const struct od_oom *oom, enum od_style style, uint64_t pages)
{
	if (oom->page_kb.known)
		put_size(page, style, pages * oom->page_kb.value);
	else
		od_page_sayf(page, style, "%" PRIu64 " pages", pages);
}

static void task_rows(struct od_page *page, const struct od_oom *oom)
{
	for (size_t i = 0; i < oom->biggest_count; i++) {
		const struct od_oom_task *task = &oom->tasks.items[oom->biggest[i]];
		bool paid = oom->killed.pid.known && oom->killed.pid.value == task->pid.value;
		od_page_label(page, i ? "" : "Memory");
		put_pages(page, oom, OD_STYLE_PLAIN, task->rss.value);
		od_page_to(page, NAME_COLUMN);
		od_page_piece(page, paid ? OD_STYLE_BOLD : OD_STYLE_PLAIN, task->name);
		od_page_piecef(page, OD_STYLE_DIM, "  PID %" PRIu64 "%s", task->pid.value, paid ? ", killed" : "");
		if (task->swap.value) {
			od_page_say(page, OD_STYLE_DIM, ", and swapped out ");
			put_pages(page, oom, OD_STYLE_DIM, task->swap.value);
		}
		od_page_end(page);
	}
	if (oom->tasks.count > oom->biggest_count) {
		od_page_label(page, "");
		od_page_sayf(page, OD_STYLE_DIM, "… and %zu smaller ones", oom->tasks.count - oom->biggest_count);
		od_page_end(page);
	}
}

void od_text_oom(struct od_page *page, const struct od_event *event)
{
	if (event->kind != OD_KIND_OOM)
		return;
	killed_row(page, &event->oom.killed);
	limit_row(page, &event->oom);
	wanted_row(page, &event->oom);
	task_rows(page, &event->oom);
}
