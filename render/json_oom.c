// SPDX-License-Identifier: GPL-3.0-or-later
/* "oom": the report of the OOM killer. */
#include "render/json_frame.h"

static void victim(struct od_json *json, const struct od_oom_victim *killed)
{
	if (!killed->pid.known)
		return;
	od_json_key_open(json, "killed", '{');
	od_json_key_number(json, "pid", killed->pid);
	od_json_key_string(json, "comm", killed->comm);
	od_json_key_number(json, "uid", killed->uid);
	od_json_key_number(json, "score", killed->score);
	od_json_key_signed(json, "oom_score_adj", killed->adj);
	od_json_key_number(json, "total_vm_kb", killed->total_vm_kb);
	od_json_key_number(json, "anon_rss_kb", killed->anon_rss_kb);
	od_json_key_number(json, "file_rss_kb", killed->file_rss_kb);
	od_json_key_number(json, "shmem_rss_kb", killed->shmem_rss_kb);
	od_json_key_number(json, "pgtables_kb", killed->pgtables_kb);
	od_json_close(json, '}');
}

static void tasks(struct od_json *json, const struct od_oom *oom)
{
	if (!oom->tasks.count)
		return;
	od_json_key_open(json, "tasks", '[');
	for (size_t i = 0; i < oom->tasks.count; i++) {
		const struct od_oom_task *task = &oom->tasks.items[i];
		od_json_open(json, '{');
		od_json_key_number(json, "pid", task->pid);
		od_json_key_number(json, "uid", task->uid);
		od_json_key_number(json, "tgid", task->tgid);
		od_json_key_number(json, "total_vm", task->total_vm);
		od_json_key_number(json, "rss", task->rss);
		od_json_key_number(json, "swap", task->swap);
		od_json_key_signed(json, "oom_score_adj", task->adj);
		od_json_key_string(json, "name", task->name);
		od_json_close(json, '}');
	}
	od_json_close(json, ']');
	if (oom->tasks_left_out)
		od_json_key_number(json, "tasks_left_out", od_num(oom->tasks_left_out));
}

void od_json_oom(struct od_json *json, const struct od_event *event)
{
	const struct od_oom *oom = &event->oom;

	if (event->kind != OD_KIND_OOM)
		return;
	od_json_key_open(json, "oom", '{');
	od_json_key_hex(json, "gfp_mask", oom->gfp_mask);
	od_json_key_string(json, "gfp_flags", oom->gfp_flags);
	od_json_key_number(json, "order", oom->order);
	od_json_key_signed(json, "oom_score_adj", oom->adj);
	od_json_key_string(json, "constraint", oom->constraint);
	od_json_key_string(json, "memcg", oom->memcg);
	od_json_key_string(json, "task_memcg", oom->task_memcg);
	od_json_key_number(json, "usage_kb", oom->usage_kb);
	od_json_key_number(json, "limit_kb", oom->limit_kb);
	od_json_key_number(json, "page_kb", oom->page_kb);
	victim(json, &oom->killed);
	tasks(json, oom);
	od_json_close(json, '}');
}
