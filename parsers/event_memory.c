// SPDX-License-Identifier: GPL-3.0-or-later
/* Memory that is corrupt, lost or used up: mm/page_alloc.c, mm/slub.c, mm/kmemleak.c, mm/oom_kill.c. */
#include "parsers/frame.h"
#include "parsers/headers.h"

/* "comm  pfn:12345", "comm  pte:…", "comm'" (to 2.6.28); mail programs make one blank of two. */
void od_take_in_process(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	static const char *const ends[] = {"  ", " pfn:", " pte:", "'", NULL};
	struct od_str comm;
	(void)record;
	builder->expects_message = false;
	for (size_t i = 0; ends[i] && !builder->event->comm.len; i++) {
		struct od_str text = rest;
		if (od_scan_until_text(&text, od_str_from(ends[i]), &comm))
			builder->event->comm = od_builder_keep(builder, comm);
	}
}

/* What mm/slub.c complains of: up to 3.0 nothing but this told the line from others that begin with "BUG ". */
static bool is_slab_reason(struct od_str text)
{
	static const char *const reasons[] = {
		"Poison overwritten", "Redzone overwritten", "Left Redzone overwritten", "Right Redzone overwritten",
		"Alignment padding overwritten", "Padding overwritten", "Object already free", "Object already allocated",
		"Object is on free-list", "Freelist Pointer check fails", "Freepointer corrupt", "Freechain corrupt",
		"Object padding overwritten", "Wrong number of objects", "Wrong object count", "Not a valid slab page",
		"Attempt to free object", "Invalid object pointer", "Objects remaining", NULL,
	};
	for (size_t i = 0; reasons[i]; i++)
		if (od_str_starts(text, od_str_from(reasons[i])))
			return true;
	return false;
}

/* "kmalloc-64 (Tainted: G    B  ): Poison overwritten" */
bool od_fits_slab(struct od_str rest)
{
	struct od_str cache;
	if (!od_scan_word(&rest, &cache) || !od_scan_char(&rest, ' '))
		return false;
	if (od_str_ends(cache, OD_STR(":")))
		return is_slab_reason(rest);
	return rest.len > 12 && rest.ptr[0] == '(' &&
	       od_str_find(rest, OD_STR("ainted")) > 0 && od_str_find(rest, OD_STR("): ")) > 0;
}

void od_take_slab(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct od_event *event = builder->event;
	struct od_str cache, taint;
	(void)record;
	builder->expects_message = false;
	if (!od_scan_word(&rest, &cache))
		return;
	if (od_str_ends(cache, OD_STR(":"))) {
		event->object.cache = od_builder_keep(builder, od_str_first(cache, cache.len - 1));
		event->message = od_builder_keep(builder, od_str_trim(rest));
		return;
	}
	if (!od_scan_literal(&rest, " (") ||
	    !od_scan_until_text(&rest, OD_STR("): "), &taint))
		return;
	event->object.cache = od_builder_keep(builder, cache);
	event->message = od_builder_keep(builder, od_str_from_index(rest, 3));
	(void)od_take_taint_alone(builder, taint);
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
	enum { LONGEST_COMM = 15 }; /* include/linux/sched.h, TASK_COMM_LEN */
	(void)record;
	builder->expects_message = false;
	struct od_str behind = {0};
	if (rest.len > LONGEST_COMM) /* the tag of a line within a text */
		behind = od_str_behind(rest, OD_STR("kernel: "));
	builder->event->comm = od_builder_keep(builder, od_str_trim(behind.ptr ? behind : rest));
}

/*
 * "vda): ext4_lookup:1821: inode #97: comm insmod: deleted inode referenced: 114", "sda1): ext3_lookup: deleted inode" (fs/ext4/super.c
 * and its elders, ext4_error() and the others): who found the error, and the task that met it.
 */
void od_take_ext_error(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct od_event *event = builder->event;
	struct od_frame_text place = {0};
	struct od_str skipped, comm;

	builder->expects_message = false;
	if (!od_scan_until_text(&rest, OD_STR("): "), &skipped) || !od_scan_literal(&rest, "): "))
		return;
	event->message = od_builder_keep(builder, rest);
	if (od_scan_until(&rest, ':', &place.function) && place.function.len && od_str_find_char(place.function, ' ') < 0) {
		place.raw = place.function;
		od_builder_set_ip(builder, record, &place);
	}
	rest = od_str_behind(rest, OD_STR("comm "));
	if (od_scan_until(&rest, ':', &comm))
		event->comm = od_builder_keep(builder, comm);
}

/* "unreferenced object 0xffff… (size 1864):" */
void od_take_unreferenced(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct od_object *object = &builder->event->object;
	uint64_t number;
	(void)record;
	builder->expects_message = false;
	if (od_scan_hex(&rest, &number))
		object->address = od_num(number);
	if (od_scan_literal(&rest, " (size ") && od_scan_u64(&rest, &number))
		object->size = od_num(number);
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

static enum od_take take_known(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	(void)record;
	(void)rest;
	builder->in_trace = false;
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
	{"comm \"", take_leak_comm},
	{"hex dump (first ", take_known},
	{"backtrace:", take_backtrace},
	{"backtrace (crc ", take_backtrace},
	{"INFO: Slab ", take_known},
	{"INFO: 0x", take_known},
	{"page:", take_known},
	{"page->", take_known},
	{"head:", take_known},
	{"flags: 0x", take_known},
	{"page flags: 0x", take_known},
	{"raw: ", take_known},
	{"page dumped because: ", take_known},
	{"bad because of flags: ", take_known},
	{"addr:", take_known},
	{"file:", take_known},
	{"INFO: Object ", take_known},
	{"Slab 0x", take_known},
	{"Object ", take_known},
	{"Redzone ", take_known},
	{"Padding ", take_known},
	{"Bytes b4 ", take_known},
	{"FIX ", take_known},
	{"Mem-Info:", take_known},
	{"Tasks state ", take_known},
	{"Out of memory: ", take_known},
	{"Memory cgroup out of memory: ", take_known},
	{"Memory cgroup stats for ", take_known},
	{"Memory cgroup min protection ", take_known},
	{"Killed ", take_known},
	{"SLUB: Unable to allocate memory on ", take_known},
	{"cache: ", take_known},
	{"kmem: usage ", take_known},
	{"swap: usage ", take_known},
	{"memory+swap: usage ", take_known},
	{"oom_reaper: ", take_known},
	{"Node ", take_known},
	{"lowmem_reserve[]:", take_known},
	{NULL, NULL},
};
