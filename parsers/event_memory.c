// SPDX-License-Identifier: GPL-3.0-or-later
/* Memory that is corrupt, lost or used up: mm/page_alloc.c, mm/slub.c, mm/kmemleak.c, mm/oom_kill.c. */
#include "parsers/headers.h"

/* "comm  pfn:12345", "comm  pte:…" */
void od_take_in_process(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct od_str comm;
	(void)record;
	builder->expects_message = false;
	if (od_scan_until_text(&rest, OD_STR("  "), &comm))
		builder->event->comm = od_builder_keep(builder, comm);
}

/* "kmalloc-64 (Tainted: G    B  ): Poison overwritten" */
bool od_fits_slab(struct od_str rest)
{
	struct od_str cache;
	return od_scan_word(&rest, &cache) && od_scan_char(&rest, ' ') && rest.len > 12 && rest.ptr[0] == '(' &&
	       od_str_find(rest, OD_STR("ainted")) > 0 && od_str_find(rest, OD_STR("): ")) > 0;
}

void od_take_slab(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct od_event *event = builder->event;
	struct od_str cache, taint;
	(void)record;
	builder->expects_message = false;
	if (!od_scan_word(&rest, &cache) || !od_scan_literal(&rest, " (") ||
	    !od_scan_until_text(&rest, OD_STR("): "), &taint))
		return;
	event->object.cache = od_builder_keep(builder, cache);
	event->message = od_builder_keep(builder, od_str_from_index(rest, 3));
}

/* "fn(): cache `name': text" */
void od_take_slab_error(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct od_str skipped, cache;
	(void)record;
	builder->expects_message = false;
	if (!od_scan_until_text(&rest, OD_STR("cache `"), &skipped))
		return;
	rest = od_str_from_index(rest, 7);
	if (od_scan_until(&rest, '\'', &cache))
		builder->event->object.cache = od_builder_keep(builder, cache);
}

/* What stands before " invoked oom-killer" or ": page allocation failure" is the command. */
void od_take_leading_comm(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	(void)record;
	builder->expects_message = false;
	builder->event->comm = od_builder_keep(builder, od_str_trim(rest));
}

/* "unreferenced object 0xffff… (size 1864):" */
static enum od_take take_unreferenced(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct od_object *object = &builder->event->object;
	uint64_t number;
	(void)record;
	builder->expects_message = false;
	if (object->address.known)
		return OD_TAKE_YES;
	if (od_scan_0x(&rest, &number))
		object->address = od_num(number);
	if (od_scan_literal(&rest, " (size ") && od_scan_u64(&rest, &number))
		object->size = od_num(number);
	return OD_TAKE_YES;
}

/* "comm "a.out", pid 24109, jiffies 4299060398 (age 27.984s)" */
static enum od_take take_leak_comm(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct od_event *event = builder->event;
	struct od_str comm;
	uint64_t pid;
	(void)record;
	if (!od_scan_until_text(&rest, OD_STR("\", pid "), &comm))
		return OD_TAKE_NO;
	rest = od_str_from_index(rest, 7);
	if (event->comm.len || !od_scan_u64(&rest, &pid))
		return OD_TAKE_YES;
	event->comm = od_builder_keep(builder, comm);
	event->pid = od_num(pid);
	return OD_TAKE_YES;
}

/* "Allocated in fn+0x… age=1 cpu=0 pid=1" of SLUB */
static enum od_take take_slub_stack(struct od_builder *builder, const struct od_record *record, struct od_str rest,
				    const char *role)
{
	struct od_frame_text frame;
	od_builder_begin_trace(builder, role);
	builder->in_trace = true;
	if (!builder->trace || !od_scan_place(&rest, &frame))
		return OD_TAKE_YES;
	struct od_event *event = builder->event;
	struct od_frame *first = od_list_push(event->arena, &event->traces.items[builder->trace - 1].frames);
	if (first)
		od_frame_store(event->arena, &frame, record->line, first);
	return OD_TAKE_YES;
}

static enum od_take take_slub_alloc(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	return take_slub_stack(builder, record, rest, "alloc");
}

static enum od_take take_slub_free(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	return take_slub_stack(builder, record, rest, "free");
}

static enum od_take take_known(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	(void)record;
	(void)rest;
	builder->in_trace = false;
	return OD_TAKE_YES;
}

/* "Killed process 123 (foo) total-vm:1234kB, anon-rss:…": who paid for it is what the report says (mm/oom_kill.c) */
static enum od_take take_victim(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	(void)rest;
	builder->in_trace = false;
	if (builder->event->kind == OD_KIND_OOM)
		od_builder_add_message(builder, record->text);
	return OD_TAKE_YES;
}

static enum od_take take_backtrace(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	(void)record;
	(void)rest;
	builder->in_trace = true;
	return OD_TAKE_YES;
}

const struct od_rule od_rules_memory[] = {
	{"unreferenced object ", take_unreferenced},
	{"comm \"", take_leak_comm},
	{"hex dump (first ", take_known},
	{"backtrace:", take_backtrace},
	{"backtrace (crc ", take_backtrace},
	{"INFO: Allocated in ", take_slub_alloc},
	{"Allocated in ", take_slub_alloc},
	{"INFO: Freed in ", take_slub_free},
	{"Freed in ", take_slub_free},
	{"INFO: Slab ", take_known},
	{"INFO: Object ", take_known},
	{"Slab 0x", take_known},
	{"Object ", take_known},
	{"Redzone ", take_known},
	{"Padding ", take_known},
	{"Bytes b4 ", take_known},
	{"FIX ", take_known},
	{"Mem-Info:", take_known},
	{"Tasks state ", take_known},
	{"oom-kill:", take_known},
	{"Out of memory: ", take_victim},
	{"Memory cgroup out of memory: ", take_victim},
	{"oom_reaper: ", take_known},
	{"memory: usage ", take_known},
	{"Node ", take_known},
	{"lowmem_reserve[]:", take_known},
	{NULL, NULL},
};
