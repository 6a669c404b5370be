// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmcore/vmcore.h"

#include <stdarg.h>
#include <stdio.h>

enum { CODE_LIMIT = 256, FUNCTION_LIMIT = 256, CHECK_LIMIT = 200 };

__attribute__((format(printf, 3, 4)))
static void say(struct od_vmcore *model, bool agrees, const char *format, ...)
{
	char text[512];
	va_list args;

	if (model->checks.count >= CHECK_LIMIT)
		return;
	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	struct od_vmcore_check *check = od_list_push(model->arena, &model->checks);
	if (check)
		*check = (struct od_vmcore_check){agrees, od_arena_copy(model->arena, od_str_from(text))};
}

static bool same_place(const struct od_frame *a, const struct od_frame *b)
{
	return a->function.len && od_str_equal(a->function, b->function) && a->offset.known && b->offset.known &&
	       a->offset.value == b->offset.value && od_str_equal_module(a->module, b->module);
}

/* A frame of the dump, and the registers that the CPU had there. */
struct found {
	const struct od_vmcore_cpu *cpu;
	const struct od_frame *frame;
	const struct od_register *registers;
	size_t register_count;
};

static struct found find(const struct od_vmcore *model, const struct od_frame *ip)
{
	for (size_t c = 0; c < model->cpus.count; c++) {
		const struct od_vmcore_cpu *cpu = &model->cpus.items[c];
		const struct od_trace *trace = &model->stacks->traces.items[cpu->stack.trace];
		for (size_t i = 0; i < trace->frames.count; i++) {
			if (trace->frames.items[i].is_return_address || !same_place(ip, &trace->frames.items[i]))
				continue;
			struct found found = {cpu, &trace->frames.items[i], NULL, 0};
			if (!i) {
				found.registers = cpu->registers.items;
				found.register_count = cpu->registers.count;
			}
			for (size_t e = 0; e < cpu->stack.exceptions.count; e++)
				if (cpu->stack.exceptions.items[e].frame == i) {
					found.registers = cpu->stack.exceptions.items[e].registers.items;
					found.register_count = cpu->stack.exceptions.items[e].registers.count;
				}
			return found;
		}
	}
	return (struct found){0};
}

/* Segment and control registers are not saved alike everywhere: those of the program are compared. */
static bool is_compared(struct od_str name)
{
	static const char *const names[] = {"rax", "rbx", "rcx", "rdx", "rsi", "rdi", "rbp", "rsp", "r08", "r09", "r10",
					    "r11", "r12", "r13", "r14", "r15", /* and of s390x: */ "r0", "r1", "r2", "r3", "r4",
					    "r5", "r6", "r7", "r8", "r9", NULL};
	for (size_t i = 0; names[i]; i++)
		if (od_str_equal(name, od_str_from(names[i])))
			return true;
	return false;
}

static void check_registers(struct od_vmcore *model, const struct od_event *event, const struct found *found)
{
	size_t same = 0, compared = 0;
	struct od_str differs = {NULL, 0};

	for (size_t i = 0; i < found->register_count; i++) {
		const struct od_register *saved = &found->registers[i];
		for (size_t k = 0; k < event->registers.count && is_compared(saved->name); k++) {
			if (!od_str_equal(event->registers.items[k].name, saved->name))
				continue;
			compared++;
			if (event->registers.items[k].value == saved->value)
				same++;
			else if (!differs.len)
				differs = saved->name;
			break;
		}
	}
	if (compared && same == compared)
		say(model, true, "%zu of %zu registers of the log are those that the dump saved.", same, compared);
	else if (compared)
		say(model, false, "%zu of %zu registers of the log are those that the dump saved; %.*s is not.", same, compared,
		    OD_FMT(differs));
}

/* One bit is the mark of broken memory: a patched instruction differs in more. */
static void say_difference(struct od_vmcore *model, uint64_t start, const unsigned char *memory, const char *log, size_t len)
{
	size_t bytes = 0, bits = 0, first = 0;

	for (size_t i = len; i-- > 0;) {
		unsigned changed = memory[i] ^ (unsigned char)log[i];
		first = changed ? i : first;
		bytes += changed != 0;
		bits += (size_t)__builtin_popcount(changed);
	}
	say(model, false, "%zu of %zu code bytes in memory are not the log's, by %zu bit%s, the first at 0x%llx: %02x in memory, "
	    "%02x in the log%s.", bytes, len, bits, bits == 1 ? "" : "s", (unsigned long long)(start + first), memory[first],
	    (unsigned char)log[first], bits == 1 ? ": a bit that flipped" : "");
}

/* Where the log's code begins: as far from the place as in the log, which s390 prints addresses of, or by its mark. */
static uint64_t code_start(const struct od_event *event, uint64_t place)
{
	const struct od_code *code = &event->code;

	if (code->address.known && event->ip.address.known)
		return place + (code->address.value - event->ip.address.value);
	return place - code->fault_index;
}

static void check_code(struct od_vmcore_file *file, const struct od_event *event, const struct found *found)
{
	const struct od_memory *memory = od_vmcore_memory(file);
	struct od_vmcore *model = od_vmcore_model(file);
	const struct od_code *code = &event->code;
	unsigned char bytes[CODE_LIMIT];
	size_t len = code->bytes.len < sizeof(bytes) ? code->bytes.len : sizeof(bytes), same = 0;

	if (code->source != OD_CODE_LOG || !code->has_fault_index || !len)
		return;
	uint64_t start = code_start(event, found->frame->address.value);
	if (!od_memory_read(memory, start, bytes, len)) {
		say(model, true, "The code at the fault is not in the dump: it could not be compared.");
		return;
	}
	for (size_t i = 0; i < len; i++)
		same += bytes[i] == (unsigned char)code->bytes.ptr[i];
	if (same == len)
		say(model, true, "%zu of %zu code bytes of the log stand in memory.", len, len);
	else
		say_difference(model, start, bytes, code->bytes.ptr, len);
}

void od_vmcore_check(struct od_vmcore_file *file, const struct od_event *event)
{
	struct od_vmcore *model = od_vmcore_model(file);

	if (!event->has_ip || !model->cpus.count)
		return;
	struct found found = find(model, &event->ip);
	if (!found.frame)
		return;
	say(model, true, "%.*s of the log's line %llu is in the stack of CPU %llu.", OD_FMT(event->ip.raw),
	    (unsigned long long)event->span.first, (unsigned long long)found.cpu->number);
	check_registers(model, event, &found);
	check_code(file, event, &found);
}

/* The address of the report's place: the frame's that was found, or one that the log prints. */
static struct od_num place_of(const struct od_vmcore *model, const struct od_event *event)
{
	struct found found = find(model, &event->ip);

	return found.frame ? found.frame->address : event->ip.address;
}

/* The function from its start, or FUNCTION_LIMIT bytes around the place. */
static bool read_function(const struct od_memory *memory, struct od_event *code, uint64_t address)
{
	uint64_t before = code->ip.offset.value, behind = code->ip.size.value - before;

	if (before > FUNCTION_LIMIT / 2)
		before = FUNCTION_LIMIT / 2;
	if (behind > FUNCTION_LIMIT / 2)
		behind = FUNCTION_LIMIT / 2;
	char *bytes = od_arena_alloc(code->arena, (size_t)(before + behind));
	if (!bytes || !od_memory_read(memory, address - before, bytes, (size_t)(before + behind)))
		return false;
	code->code = (struct od_code){
		.source = OD_CODE_LOG, .bytes = {bytes, (size_t)(before + behind)}, .has_fault_index = true,
		.fault_index = (uint32_t)before, .address = od_num(address - before),
	};
	return true;
}

struct od_event *od_vmcore_code(struct od_vmcore_file *file, const struct od_event *event)
{
	const struct od_vmcore *model = od_vmcore_model(file);
	struct od_num address = place_of(model, event);
	const struct od_frame *ip = &event->ip;

	if (!event->has_ip || !address.known || !ip->function.len || !ip->offset.known || !ip->size.known ||
	    ip->offset.value >= ip->size.value)
		return NULL;
	struct od_event *code = od_event_create();
	if (!code)
		return NULL;
	code->arch = event->arch;
	code->has_ip = true;
	code->kernel_release = od_arena_copy(code->arena, event->kernel_release);
	code->ip = (struct od_frame){
		.raw = od_arena_copy(code->arena, ip->raw), .function = od_arena_copy(code->arena, ip->function),
		.module = od_arena_copy(code->arena, ip->module), .build_id = od_arena_copy(code->arena, ip->build_id),
		.offset = ip->offset, .size = ip->size, .address = address,
	};
	if (read_function(od_vmcore_memory(file), code, address.value))
		return code;
	od_event_destroy(code);
	return NULL;
}

void od_vmcore_check_image(struct od_vmcore_file *file, const struct od_event *code)
{
	const uint32_t bytes = 1u << OD_EVIDENCE_CODE_BYTES;
	struct od_vmcore *model = od_vmcore_model(file);
	const struct od_image_use *use = code->images.count ? &code->images.items[0] : NULL;

	if (!use || !(use->evidence & bytes))
		return;
	/* what differs is told in a sentence of its own, and makes the file another one, or a bit of it flipped */
	for (size_t i = 0; i < use->details.count; i++) {
		struct od_str detail = use->details.items[i];
		if (od_str_find(detail, OD_STR("differ")) < 0 && od_str_find(detail, OD_STR("lead elsewhere")) < 0)
			continue;
		say(model, false, "%.*s in memory against %.*s (\"the log\" is memory here): %.*s.", OD_FMT(code->ip.function),
		    OD_FMT(use->path), OD_FMT(detail));
		return;
	}
	say(model, true, "%zu bytes of %.*s in memory are those of %.*s, but for what is relocated and patched.",
	    code->code.bytes.len, OD_FMT(code->ip.function), OD_FMT(use->path));
}
