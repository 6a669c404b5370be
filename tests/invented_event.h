// SPDX-License-Identifier: GPL-3.0-or-later
/* An invented event with every part that a renderer shows: the renderers are tested without a log or an ELF file. */
#ifndef OD_TESTS_INVENTED_EVENT_H
#define OD_TESTS_INVENTED_EVENT_H

#include "core/model.h"

static inline struct od_frame invented_frame(const char *raw, const char *function, uint64_t offset,
					     const char *module, const char *context)
{
	return (struct od_frame){
		.raw = od_str_from(raw),
		.function = od_str_from(function),
		.offset = od_num(offset),
		.size = od_num(0x40),
		.module = od_str_from(module),
		.context = od_str_from(context),
	};
}

static inline void invented_place(struct od_event *event, struct od_frame *frame, const char *function,
				  const char *file, unsigned line, bool inlined)
{
	struct od_place *place = od_list_push(event->arena, &frame->places);
	*place = (struct od_place){
		.function = od_str_from(function),
		.file = od_str_from(file),
		.path = od_arena_printf(event->arena, "/src/hub/%s", file),
		.line = line,
		.inlined = inlined,
	};
	frame->status = OD_FRAME_RESOLVED;
}

static inline void invented_head(struct od_event *event)
{
	event->kind = OD_KIND_NULL_DEREF;
	event->severity = OD_SEVERITY_OOPS;
	event->title = OD_STR("NULL pointer dereference in hub_apply [hub]");
	event->span = (struct od_span){382, 431};
	event->time_usec = od_num(5545248);
	event->arch = &od_arch_x86_64;
	event->kernel_release = OD_STR("6.1.0-56-amd64");
	event->kernel_version = OD_STR("#1  Debian 6.1.192-2");
	event->hardware = OD_STR("QEMU Standard PC (i440FX + PIIX, 1996), BIOS 1.16.2");
	event->cpu = od_num(0);
	event->pid = od_num(91);
	event->comm = OD_STR("insmod");
	event->counter = od_num(1);
	event->has_taint = true;
	event->taint_raw = OD_STR("G           O");
	struct od_taint_flag *flag = od_list_push(event->arena, &event->taint);
	*flag = (struct od_taint_flag){'O', OD_STR("out-of-tree module"), OD_STR("A module that is not part of the kernel."), 377};
}

static inline void invented_fault(struct od_event *event)
{
	event->fault.address = od_num(0x24);
	event->fault.access = OD_ACCESS_READ;
	event->fault.mode = OD_MODE_KERNEL;
	event->fault.error_code.raw = OD_STR("0000");
	event->fault.error_code.value = od_num(0);
	event->fault.error_code.name = OD_STR("x86 page fault");
	struct od_code_bit *bit = od_list_push(event->arena, &event->fault.error_code.bits);
	*bit = (struct od_code_bit){0, 0, OD_STR("P"), OD_STR("the page was not present")};

	event->has_ip = true;
	event->ip = invented_frame("hub_apply+0xc/0x40 [hub]", "hub_apply", 0xc, "hub", "");
	event->ip.address = od_num(0xffffffffc02a800c);
	invented_place(event, &event->ip, "hub_threshold", "hub.c", 32, true);
	invented_place(event, &event->ip, "hub_apply", "hub.c", 40, false);
	event->responsible = &event->ip;

	struct od_register *reg = od_list_push(event->arena, &event->registers);
	*reg = (struct od_register){OD_STR("rax"), 4};
	reg = od_list_push(event->arena, &event->registers);
	*reg = (struct od_register){OD_STR("rbx"), 0};
}

static inline void invented_code(struct od_event *event)
{
	struct od_code *code = &event->code;
	code->source = OD_CODE_LOG;
	code->bytes = OD_STR("\x55\x8b\x40\x24\xc3");
	code->fault_index = 1;
	code->has_fault_index = true;
	code->address = od_num(0xffffffffc02a800b);
	static const struct od_instruction_text texts[] = {
		{0xffffffffc02a800b, 0, 1, OD_STR("push   %rbp"), false},
		{0xffffffffc02a800c, 1, 3, OD_STR("mov    0x24(%rax),%eax"), true},
		{0xffffffffc02a800f, 4, 1, OD_STR("ret"), false},
	};
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct od_instruction_text *text = od_list_push(event->arena, &code->disassembly);
		*text = texts[i];
	}
}

static inline void invented_trace(struct od_event *event)
{
	struct od_frame *frame = od_list_push(event->arena, &event->trace);
	*frame = invented_frame("hub_timer+0x11/0x40 [hub]", "hub_timer", 0x11, "hub", "IRQ");
	invented_place(event, frame, "hub_timer", "timer.c", 7, false);
	frame = od_list_push(event->arena, &event->trace);
	*frame = invented_frame("? stale+0x1/0x40", "stale", 1, "", "IRQ");
	frame->unreliable = true;
	frame = od_list_push(event->arena, &event->trace);
	*frame = invented_frame("do_one_initcall+0x59/0x40", "do_one_initcall", 0x59, "", "TASK");
	frame->status = OD_FRAME_NO_IMAGE;
	frame->status_detail = OD_STR("install linux-image-6.1.0-56-amd64-dbg");

	struct od_trace *other = od_list_push(event->arena, &event->traces);
	*other = (struct od_trace){.role = OD_STR("free"), .cpu = od_num(1), .pid = od_num(7), .comm = OD_STR("cat")};
	frame = od_list_push(event->arena, &other->frames);
	*frame = invented_frame("kfree+0x2/0x40", "kfree", 2, "", "");
}

static inline void invented_rest(struct od_event *event)
{
	event->object = (struct od_object){OD_STR("kmalloc-64"), od_num(0xffff888001000000), od_num(64), od_num(8)};
	struct od_lock *lock = od_list_push(event->arena, &event->locks);
	lock->name = OD_STR("&hub->lock");
	lock->address = od_num(0xffff888001000010);
	lock->frame = invented_frame("hub_open+0x3/0x40 [hub]", "hub_open", 3, "hub", "");
	struct od_module *module = od_list_push(event->arena, &event->modules);
	*module = (struct od_module){OD_STR("hub"), OD_STR("OE+")};
	module = od_list_push(event->arena, &event->modules);
	*module = (struct od_module){OD_STR("loop"), {NULL, 0}};
	event->integrity = 1u << OD_INTEGRITY_CUT_OFF;
	event->consequence_of = 0;
	struct od_image_use *image = od_list_push(event->arena, &event->images);
	image->module = OD_STR("hub");
	image->path = OD_STR("build/hub.ko");
	image->verdict = OD_VERDICT_MATCH;
	image->evidence = 1u << OD_EVIDENCE_CODE_BYTES | 1u << OD_EVIDENCE_VERMAGIC;
	event->explanation.sentence = OD_STR("hub_apply read through a pointer that is NULL.");
	struct od_str *next = od_list_push(event->arena, &event->explanation.next);
	*next = OD_STR("Look at who sets cfg.");
}

/* NULL: out of memory. */
static inline struct od_event *invented_event(void)
{
	struct od_event *event = od_event_create();
	if (!event)
		return NULL;
	invented_head(event);
	invented_fault(event);
	invented_code(event);
	invented_trace(event);
	invented_rest(event);
	return event;
}

#endif
