// SPDX-License-Identifier: GPL-3.0-or-later
/* Reports of KASAN, KFENCE, KMSAN, KCSAN and UBSAN. */
#include "parsers/dump.h"
#include "parsers/headers.h"

/* Bug types of mm/kasan/report_generic.c and report_tags.c (4.0 to 7.3). */
static const struct {
	const char *type;
	enum od_kind kind;
} kasan_types[] = {
	{"use-after-free", OD_KIND_KASAN_UAF},
	{"use after free", OD_KIND_KASAN_UAF}, /* 4.0..4.3 */
	{"slab-use-after-free", OD_KIND_KASAN_UAF},
	{"use-after-scope", OD_KIND_KASAN_UAF},
	{"out-of-bounds", OD_KIND_KASAN_OOB},
	{"out of bounds access", OD_KIND_KASAN_OOB},
	{"slab-out-of-bounds", OD_KIND_KASAN_OOB},
	{"global-out-of-bounds", OD_KIND_KASAN_OOB},
	{"stack-out-of-bounds", OD_KIND_KASAN_OOB},
	{"alloca-out-of-bounds", OD_KIND_KASAN_OOB},
	{"vmalloc-out-of-bounds", OD_KIND_KASAN_OOB},
	{"null-ptr-deref", OD_KIND_KASAN_NULL},
	{"user-memory-access", OD_KIND_KASAN_USER_ACCESS},
	{"wild-memory-access", OD_KIND_KASAN_WILD},
	{"wild memory access", OD_KIND_KASAN_WILD},
	{"invalid-access", OD_KIND_KASAN_INVALID_ACCESS},
	{"double-free", OD_KIND_KASAN_INVALID_FREE},
	{"invalid-free", OD_KIND_KASAN_INVALID_FREE},
};

static void take_place(struct od_builder *builder, const struct od_record *record, struct od_str text)
{
	struct od_frame_text frame;
	if (!od_scan_place(&text, &frame)) {
		/* KCSAN prints names without offsets: "fn_a / fn_b" */
		frame = (struct od_frame_text){0};
		if (!od_scan_symbol(&text, &frame.function))
			return;
		frame.raw = frame.function;
	}
	od_builder_set_ip(builder, record, &frame);
}

/* "use-after-free in fn+0x1/0x2": splits at " in ", notes the place, returns the type. */
static struct od_str split_type(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct od_str type;
	builder->expects_message = false;
	if (!od_scan_until_text(&rest, OD_STR(" in "), &type))
		return od_str_trim(rest);
	take_place(builder, record, od_str_from_index(rest, 4));
	return type;
}

/* "… in fn+0x1/0x2 at addr ffff880012345678" (to 4.11), "… on address 10": what was accessed */
static void take_addr_of_header(struct od_builder *builder, struct od_str rest)
{
	static const char *const words[] = {" at addr ", " on address ", NULL};
	uint64_t address;
	for (size_t i = 0; words[i]; i++) {
		ptrdiff_t at = od_str_find(rest, od_str_from(words[i]));
		struct od_str text = od_str_from_index(rest, (size_t)(at < 0 ? 0 : at) + strlen(words[i]));
		if (at > 0 && od_scan_hex(&text, &address))
			builder->event->fault.address = od_num(address);
	}
}

void od_take_kasan(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct od_str type = split_type(builder, record, rest);
	for (size_t i = 0; i < sizeof(kasan_types) / sizeof(kasan_types[0]); i++)
		if (od_str_starts(type, od_str_from(kasan_types[i].type)))
			od_builder_name(builder, kasan_types[i].kind);
	builder->event->message = od_builder_keep(builder, type);
	take_addr_of_header(builder, rest);
}

/* "use-after-free read in fn+0x1/0x2" */
void od_take_kfence(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct od_str type = split_type(builder, record, rest);
	if (od_str_ends(type, OD_STR(" read")))
		builder->event->fault.access = OD_ACCESS_READ;
	else if (od_str_ends(type, OD_STR(" write")))
		builder->event->fault.access = OD_ACCESS_WRITE;
	builder->event->message = od_builder_keep(builder, type);
}

void od_take_kmsan(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	builder->event->message = od_builder_keep(builder, split_type(builder, record, rest));
}

void od_take_kcsan(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	builder->event->message = od_builder_keep(builder, split_type(builder, record, rest));
	od_builder_begin_trace(builder, NULL);
}

/* "array-index-out-of-bounds in fs/a.c:12:34", "Undefined behaviour in fs/a.c:12:34" */
void od_take_ubsan(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct od_str type, place;
	(void)record;
	if (!od_scan_until_text(&rest, OD_STR(" in "), &type))
		return;
	builder->event->message = od_builder_keep(builder, type);
	place = od_str_from_index(rest, 4);
	ptrdiff_t column = od_str_find_last_char(place, ':');
	if (column > 0)
		(void)od_take_file_and_line(builder, od_str_first(place, (size_t)column));
	builder->expects_message = true;
}

/* "ffff… by task foo/123" */
static void take_accessed(struct od_builder *builder, struct od_str rest)
{
	struct od_event *event = builder->event;
	uint64_t number;

	if (od_scan_hex(&rest, &number))
		event->fault.address = od_num(number);
	else
		(void)od_scan_literal(&rest, "..."); /* left out by who sent it */
	od_scan_blanks(&rest);
	ptrdiff_t slash = od_str_find_last_char(rest, '/');
	if (!od_scan_literal(&rest, "by task ") || slash <= 8)
		return;
	struct od_str digits = od_str_from_index(rest, (size_t)slash - 7);
	event->comm = od_builder_keep(builder, od_str_first(rest, (size_t)slash - 8));
	if (od_scan_u64(&digits, &number))
		event->pid = od_num(number);
}

/* "Write of size 8 at addr ffff… by task foo/123", "Read of size 1 by task foo/123" (to 4.11) */
static enum od_take take_access(struct od_builder *builder, struct od_str rest, enum od_access access)
{
	struct od_event *event = builder->event;
	uint64_t number;

	if (!od_scan_literal(&rest, " of size ") || !od_scan_u64(&rest, &number)) {
		if (!od_scan_literal(&rest, " at addr "))
			return OD_TAKE_NO;
	} else {
		if (!event->object.size.known)
			event->fault.access = access;
		(void)od_scan_literal(&rest, " at addr ");
	}
	if (event->fault.access == OD_ACCESS_UNKNOWN)
		event->fault.access = access;
	take_accessed(builder, rest);
	return OD_TAKE_YES;
}

/* "Free of addr ffff… by task foo/123" of a double or an invalid free */
static enum od_take take_free(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	(void)record;
	take_accessed(builder, rest);
	return OD_TAKE_YES;
}

static enum od_take take_read(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	(void)record;
	return take_access(builder, rest, OD_ACCESS_READ);
}

static enum od_take take_write(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	(void)record;
	return take_access(builder, rest, OD_ACCESS_WRITE);
}

/* " in fn+0x1/0x2 age=1 cpu=0 pid=1": SLUB's place, which its stack may or may not repeat (mm/slub.c, print_track) */
static void take_slub_place(struct od_builder *builder, const struct od_record *record, struct od_str rest,
			    struct od_trace *trace)
{
	struct od_frame_text frame;
	struct od_str skipped;
	uint64_t number;

	if (!od_scan_literal(&rest, " in ") || !od_scan_place(&rest, &frame))
		return;
	struct od_frame *first = od_list_push(builder->event->arena, &trace->frames);
	if (first) {
		od_frame_store(builder->event->arena, &frame, record->line, first);
		first->is_return_address = trace->heading_names_first = true;
	}
	if (od_scan_until_text(&rest, OD_STR("cpu="), &skipped) && od_scan_literal(&rest, "cpu=") &&
	    od_scan_u64(&rest, &number))
		trace->cpu = od_num(number);
	if (od_scan_until_text(&rest, OD_STR("pid="), &skipped) && od_scan_literal(&rest, "pid=") &&
	    od_scan_u64(&rest, &number))
		trace->pid = od_num(number);
}

/* "Allocated by task 123:", "Allocated by task 123 on cpu 1 at 12.345678s:", "Allocated:" (to 4.11) */
static enum od_take take_role(struct od_builder *builder, const struct od_record *record, struct od_str rest,
			      const char *role)
{
	uint64_t number;
	od_builder_begin_trace(builder, role);
	if (!builder->trace)
		return OD_TAKE_YES;
	struct od_trace *trace = &builder->event->traces.items[builder->trace - 1];
	take_slub_place(builder, record, rest, trace);
	if (od_scan_literal(&rest, " by task ") && od_scan_u64(&rest, &number))
		trace->pid = od_num(number);
	if (od_scan_literal(&rest, " on cpu ") && od_scan_u64(&rest, &number))
		trace->cpu = od_num(number);
	builder->in_trace = true;
	return OD_TAKE_YES;
}

static enum od_take take_allocated(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	return take_role(builder, record, rest, "alloc");
}

static enum od_take take_freed(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	return take_role(builder, record, rest, "free");
}

static enum od_take take_work(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	return take_role(builder, record, rest, "work");
}

static enum od_take take_origin(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	return take_role(builder, record, rest, "origin");
}

/* "by task 123 on cpu 1:", "by interrupt on cpu 0:" */
static void scan_actor(struct od_str text, struct od_num *pid, struct od_num *cpu)
{
	struct od_str skipped;
	uint64_t number;
	if (od_scan_until_text(&text, OD_STR("by task "), &skipped) && od_scan_literal(&text, "by task ") &&
	    od_scan_u64(&text, &number))
		*pid = od_num(number);
	if (od_scan_until_text(&text, OD_STR("on cpu "), &skipped) && od_scan_literal(&text, "on cpu ") &&
	    od_scan_u64(&text, &number))
		*cpu = od_num(number);
}

/* "write to 0xffff… of 8 bytes by task 123 on cpu 1:": the first access is the report's, the second races with it */
static enum od_take take_kcsan_access(struct od_builder *builder, struct od_str rest, enum od_access access)
{
	struct od_event *event = builder->event;
	struct od_str skipped;
	uint64_t number;

	if (event->kind != OD_KIND_KCSAN || !od_scan_until_text(&rest, OD_STR("to 0x"), &skipped))
		return OD_TAKE_NO;
	rest = od_str_from_index(rest, 3);
	bool second = event->fault.address.known;
	od_builder_begin_trace(builder, second ? "other-access" : NULL);
	builder->in_trace = true;
	if (second && builder->trace) {
		struct od_trace *trace = &event->traces.items[builder->trace - 1];
		scan_actor(rest, &trace->pid, &trace->cpu);
		return OD_TAKE_YES;
	}
	if (!od_scan_0x(&rest, &number))
		return OD_TAKE_NO;
	event->fault.address = od_num(number);
	event->fault.access = access;
	if (od_scan_literal(&rest, " of ") && od_scan_u64(&rest, &number))
		event->object.size = od_num(number);
	scan_actor(rest, &event->pid, &event->cpu);
	return OD_TAKE_YES;
}

static enum od_take take_kcsan_read(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	(void)record;
	return take_kcsan_access(builder, rest, OD_ACCESS_READ);
}

static enum od_take take_kcsan_write(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	(void)record;
	return take_kcsan_access(builder, rest, OD_ACCESS_WRITE);
}

/* "race at unknown origin, with read to 0xffff… of 1 bytes by interrupt on cpu 0:": nobody saw the other access */
static enum od_take take_kcsan_unknown(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	(void)record;
	if (od_scan_literal(&rest, "read"))
		return take_kcsan_access(builder, rest, OD_ACCESS_READ);
	return od_scan_literal(&rest, "write") ? take_kcsan_access(builder, rest, OD_ACCESS_WRITE) : OD_TAKE_NO;
}

/* "Use-after-free read at 0xffff… (in kfence-#12):", "Invalid free of 0xffff…:" (mm/kfence/report.c) */
static enum od_take take_kfence_access(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct od_event *event = builder->event;
	struct od_str skipped;
	uint64_t address;

	(void)record;
	if (event->kind != OD_KIND_KFENCE || !od_scan_until_text(&rest, OD_STR("0x"), &skipped) || !od_scan_0x(&rest, &address))
		return OD_TAKE_NO;
	event->fault.address = od_num(address);
	od_builder_begin_trace(builder, NULL);
	builder->in_trace = true;
	return OD_TAKE_YES;
}

/* "kfence-#12: 0xffff…-0xffff…, size=32, cache=kmalloc-32" */
static enum od_take take_kfence_object(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct od_object *object = &builder->event->object;
	const struct od_fault *fault = &builder->event->fault;
	struct od_str skipped;
	uint64_t number;

	(void)record;
	if (!od_scan_until_text(&rest, OD_STR(": "), &skipped))
		return OD_TAKE_YES;
	rest = od_str_from_index(rest, 2);
	if (od_scan_0x(&rest, &number))
		object->address = od_num(number);
	if (od_scan_until_text(&rest, OD_STR("size="), &skipped) && od_scan_literal(&rest, "size=") && od_scan_u64(&rest, &number))
		object->size = od_num(number);
	if (od_scan_literal(&rest, ", cache="))
		object->cache = od_builder_keep(builder, od_str_trim(rest));
	if (object->address.known && fault->address.known && fault->address.value >= object->address.value)
		object->offset = od_num(fault->address.value - object->address.value);
	return OD_TAKE_YES;
}

/* "The buggy address belongs to the object at ffff…" */
static enum od_take take_object(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	uint64_t address;
	(void)record;
	od_builder_begin_trace(builder, NULL);
	if (od_scan_hex(&rest, &address))
		builder->event->object.address = od_num(address);
	return OD_TAKE_YES;
}

/* "which belongs to the cache kmalloc-64 of size 64" */
static enum od_take take_cache(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct od_str cache;
	uint64_t size;
	(void)record;
	if (!od_scan_word(&rest, &cache))
		return OD_TAKE_NO;
	builder->event->object.cache = od_builder_keep(builder, cache);
	if (od_scan_literal(&rest, " of size ") && od_scan_u64(&rest, &size))
		builder->event->object.size = od_num(size);
	return OD_TAKE_YES;
}

/* "The buggy address is located 8 bytes inside of": beyond the object, the offset is behind its end. */
static enum od_take take_located(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct od_object *object = &builder->event->object;
	uint64_t bytes;
	(void)record;
	if (!od_scan_u64(&rest, &bytes))
		return OD_TAKE_YES;
	if (od_scan_literal(&rest, " bytes inside"))
		object->offset = od_num(bytes);
	else if (object->size.known && od_scan_literal(&rest, " bytes to the right"))
		object->offset = od_num(object->size.value + bytes);
	return OD_TAKE_YES;
}

/* "Memory state around the buggy address:": frames are over. */
static enum od_take take_shadow(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	(void)record;
	(void)rest;
	builder->in_trace = false;
	return OD_TAKE_YES;
}

/* The rule that frames a report: the second one ends it. */
static enum od_take take_rule(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	(void)record;
	(void)rest;
	bool content = builder->event->trace.count || builder->event->traces.count;
	if (content)
		builder->ended = true;
	builder->in_trace = false;
	return OD_TAKE_YES;
}

const struct od_rule od_rules_sanitizer[] = {
	{"Read", take_read},
	{"Write", take_write},
	{"Free of addr ", take_free},
	{"INFO: Allocated", take_allocated}, /* SLUB, to 5.13 */
	{"Allocated", take_allocated},
	{"allocated", take_allocated},
	{"INFO: Freed", take_freed},
	{"Freed", take_freed},
	{"freed", take_freed},
	{"Last call_rcu():", take_work},
	{"Second to last call_rcu():", take_work},
	{"Last potentially related work creation:", take_work},
	{"Second to last potentially related work creation:", take_work},
	{"Uninit was ", take_origin},
	{"Local variable ", take_origin},
	{"The buggy address belongs to the object at ", take_object},
	{"which belongs to the cache ", take_cache},
	{"The buggy address is located ", take_located},
	{"The buggy address belongs to ", take_object},
	{"Memory state around the buggy address:", take_shadow},
	{"====================", take_rule},
	{"PID = ", od_take_known},
	{"Pointer tag: [", od_take_known},
	{"kfence-#", take_kfence_object},
	{"Use-after-free ", take_kfence_access},
	{"Out-of-bounds ", take_kfence_access},
	{"Corrupted memory at ", take_kfence_access},
	{"Invalid ", take_kfence_access},
	{"write ", take_kcsan_write}, /* "write to 0x…", "write (marked) to 0x…" */
	{"read ", take_kcsan_read},
	{"read-write ", take_kcsan_write},
	{"assert no ", take_kcsan_write}, /* "assert no writes to 0x…", "assert no accesses to 0x…" */
	{"race at unknown origin, with ", take_kcsan_unknown},
	{"value changed: ", od_take_known},
	{"Reported by Kernel Concurrency Sanitizer on:", od_take_known},
	{"Bytes ", od_take_known},
	{"Memory access of size ", od_take_known},
	{"page:", od_take_known},
	{"flags: 0x", od_take_known},
	{"raw: ", od_take_known},
	{"page dumped because: ", od_take_known},
	{"^", od_take_known},
	{">", od_take_known},
	{NULL, NULL},
};
