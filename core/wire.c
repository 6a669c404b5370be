// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Structs travel as they are in memory: both ends are the same program. What they point to follows, in the order
 * of the tables below, and replaces their pointers at the other end; what no table names must not be looked at there.
 */
#include "core/wire.h"

#include <stdint.h>

/* Question and answer; BOTH: what is in the question exists already when the answer comes. */
enum way { ASK = 1, ANSWER = 2, BOTH = ASK | ANSWER };

enum shape {
	TEXT,	/* struct od_str */
	PART,	/* a struct inside this one */
	LIST,	/* OD_LIST() of structs */
	PLAIN,	/* bytes, in an answer about something that exists */
	FLAG,	/* bool: 0 or 1 */
	BELOW,	/* a number of `size` bytes below `limit` */
	REG,	/* uint8_t: a register's number or OD_REGISTER_NONE */
};

struct layout;

struct member {
	uint16_t offset, size;
	uint8_t shape, way;
	uint32_t limit;
	const struct layout *of;
};

struct layout {
	size_t size;
	const struct member *members;
	size_t count;
};

#define SIZE_OF(type, name) sizeof(((type *)0)->name)
#define TEXT(type, name, way) {offsetof(type, name), SIZE_OF(type, name), TEXT, way, 0, NULL}
#define PART(type, name, way, of) {offsetof(type, name), SIZE_OF(type, name), PART, way, 0, &(of)}
#define ITEMS(type, name, way, of) {offsetof(type, name), SIZE_OF(type, name), LIST, way, 0, &(of)}
#define PLAIN(type, name) {offsetof(type, name), SIZE_OF(type, name), PLAIN, ANSWER, 0, NULL}
#define FLAG(type, name) {offsetof(type, name), SIZE_OF(type, name), FLAG, ANSWER, 0, NULL}
#define BELOW(type, name, limit) {offsetof(type, name), SIZE_OF(type, name), BELOW, ANSWER, limit, NULL}
#define REG(type, name) {offsetof(type, name), SIZE_OF(type, name), REG, ANSWER, 0, NULL}
#define LAYOUT(name, type, table) static const struct layout name = {sizeof(type), table, sizeof(table) / sizeof(table[0])}

static const struct member text_members[] = {{0, sizeof(struct od_str), TEXT, BOTH, 0, NULL}};
LAYOUT(text_layout, struct od_str, text_members);

static const struct member num_members[] = {PLAIN(struct od_num, value), FLAG(struct od_num, known)};
LAYOUT(num_layout, struct od_num, num_members);

static const struct member place_members[] = {
	TEXT(struct od_place, function, ANSWER), TEXT(struct od_place, file, ANSWER),
	TEXT(struct od_place, path, ANSWER), FLAG(struct od_place, inlined),
};
LAYOUT(place_layout, struct od_place, place_members);

static const struct member frame_members[] = {
	TEXT(struct od_frame, raw, ASK), TEXT(struct od_frame, function, ASK), TEXT(struct od_frame, module, ASK),
	TEXT(struct od_frame, build_id, ASK), TEXT(struct od_frame, context, ASK),
	BELOW(struct od_frame, status, OD_FRAME_STATUS_COUNT), TEXT(struct od_frame, status_detail, ANSWER),
	ITEMS(struct od_frame, places, ANSWER, place_layout), ITEMS(struct od_frame, candidates, ANSWER, text_layout),
	PLAIN(struct od_frame, image),
};
LAYOUT(frame_layout, struct od_frame, frame_members);

static const struct member instruction_members[] = {
	TEXT(struct od_instruction_text, text, ANSWER), FLAG(struct od_instruction_text, fault),
};
LAYOUT(instruction_layout, struct od_instruction_text, instruction_members);

static const struct member code_members[] = {
	BELOW(struct od_code, source, OD_CODE_IMAGE + 1), TEXT(struct od_code, bytes, BOTH),
	PLAIN(struct od_code, fault_index), FLAG(struct od_code, has_fault_index),
	PART(struct od_code, address, ANSWER, num_layout), TEXT(struct od_code, note, ASK),
	ITEMS(struct od_code, disassembly, ANSWER, instruction_layout), TEXT(struct od_code, no_disassembly, ANSWER),
};
LAYOUT(code_layout, struct od_code, code_members);

static const struct member trace_members[] = {
	TEXT(struct od_trace, role, ASK), TEXT(struct od_trace, comm, ASK),
	ITEMS(struct od_trace, frames, BOTH, frame_layout),
};
LAYOUT(trace_layout, struct od_trace, trace_members);

static const struct member lock_members[] = {
	TEXT(struct od_lock, name, ASK), TEXT(struct od_lock, comm, ASK), PART(struct od_lock, frame, BOTH, frame_layout),
};
LAYOUT(lock_layout, struct od_lock, lock_members);

static const struct member module_members[] = {
	TEXT(struct od_module, name, ASK), TEXT(struct od_module, flags, ASK),
};
LAYOUT(module_layout, struct od_module, module_members);

static const struct member register_members[] = {TEXT(struct od_register, name, ASK)};
LAYOUT(register_layout, struct od_register, register_members);

static const struct member use_members[] = {
	TEXT(struct od_image_use, module, ANSWER), TEXT(struct od_image_use, path, ANSWER),
	BELOW(struct od_image_use, verdict, OD_VERDICT_COUNT), ITEMS(struct od_image_use, details, ANSWER, text_layout),
};
LAYOUT(use_layout, struct od_image_use, use_members);

static const struct member operand_members[] = {
	REG(struct od_memory_operand, base), REG(struct od_memory_operand, index), FLAG(struct od_memory_operand, read),
	FLAG(struct od_memory_operand, write), FLAG(struct od_memory_operand, absolute),
	FLAG(struct od_memory_operand, segment),
};
LAYOUT(operand_layout, struct od_memory_operand, operand_members);

_Static_assert(OD_INSN_MEMORIES == 2, "every operand has its row");
static const struct member insn_members[] = {
	BELOW(struct od_insn, kind, OD_INSN_RETURN + 1), REG(struct od_insn, to), REG(struct od_insn, to2),
	REG(struct od_insn, from), REG(struct od_insn, from2), BELOW(struct od_insn, memory_count, OD_INSN_MEMORIES + 1),
	REG(struct od_insn, indirect), FLAG(struct od_insn, has_immediate), FLAG(struct od_insn, immediate_is_address),
	FLAG(struct od_insn, has_target), FLAG(struct od_insn, preserves), FLAG(struct od_insn, divides),
	FLAG(struct od_insn, repeats), REG(struct od_insn, added),
	REG(struct od_insn, divisor), REG(struct od_insn, adjusted), TEXT(struct od_insn, target_name, ANSWER),
	PART(struct od_insn, memory[0], ANSWER, operand_layout), PART(struct od_insn, memory[1], ANSWER, operand_layout),
};
LAYOUT(insn_layout, struct od_insn, insn_members);

static const struct member location_members[] = {
	BELOW(struct od_location, kind, OD_LOCATION_OTHER + 1), REG(struct od_location, reg),
};
LAYOUT(location_layout, struct od_location, location_members);

static const struct member variable_members[] = {
	TEXT(struct od_variable, name, ANSWER), TEXT(struct od_variable, function, ANSWER),
	FLAG(struct od_variable, parameter), FLAG(struct od_variable, global),
	ITEMS(struct od_variable, locations, ANSWER, location_layout),
};
LAYOUT(variable_layout, struct od_variable, variable_members);

static const struct member member_members[] = {
	TEXT(struct od_member, name, ANSWER), FLAG(struct od_member, bits), FLAG(struct od_member, flexible),
};
LAYOUT(member_layout, struct od_member, member_members);

static const struct member type_members[] = {
	BELOW(struct od_type, kind, OD_TYPE_FUNCTION + 1), TEXT(struct od_type, text, ANSWER),
	FLAG(struct od_type, known), FLAG(struct od_type, is_signed), FLAG(struct od_type, is_char),
	FLAG(struct od_type, is_bool), ITEMS(struct od_type, members, ANSWER, member_layout),
};
LAYOUT(type_layout, struct od_type, type_members);

/* What `frame`, `registers` and `types` are follows as numbers; types come when they are asked for. */
static const struct member facts_members[] = {
	{offsetof(struct od_facts, insns), sizeof(od_insns), LIST, ANSWER, 0, &insn_layout},
	ITEMS(struct od_facts, variables, ANSWER, variable_layout),
	FLAG(struct od_facts, proven),
};
LAYOUT(facts_layout, struct od_facts, facts_members);

static const struct member event_members[] = {
	TEXT(struct od_event, kernel_release, ASK), TEXT(struct od_event, kernel_version, ASK),
	PART(struct od_event, ip, BOTH, frame_layout), PART(struct od_event, lr, BOTH, frame_layout),
	ITEMS(struct od_event, registers, ASK, register_layout), PART(struct od_event, code, BOTH, code_layout),
	ITEMS(struct od_event, trace, BOTH, frame_layout), ITEMS(struct od_event, traces, BOTH, trace_layout),
	ITEMS(struct od_event, locks, BOTH, lock_layout), ITEMS(struct od_event, modules, ASK, module_layout),
	ITEMS(struct od_event, images, ANSWER, use_layout), ITEMS(struct od_event, facts, ANSWER, facts_layout),
};
LAYOUT(event_layout, struct od_event, event_members);

/*
 * A new pointer in one of these must become a row of its table, and then this line be corrected. `demangled` of a frame
 * is written when the answer is there.
 */
_Static_assert(UINTPTR_MAX != UINT64_MAX ||
		       (sizeof(struct od_place) == 64 && sizeof(struct od_insn) == 128 && sizeof(struct od_facts) == 96 &&
			sizeof(struct od_variable) == 64 && sizeof(struct od_type) == 64 &&
			sizeof(struct od_member) == 40 && sizeof(struct od_image_use) == 64 &&
			sizeof(struct od_instruction_text) == 40 && sizeof(struct od_code) == 120 &&
			sizeof(struct od_frame) == 240),
	       "the tables of this file describe all pointers");

/* OD_LIST() of anything. */
struct list {
	char *items;
	size_t count, capacity;
};

static void put_bytes(struct od_buf *buf, const void *bytes, size_t size)
{
	od_buf_put(buf, (struct od_str){bytes, size});
}

static void put_count(struct od_buf *buf, size_t count)
{
	uint32_t number = (uint32_t)count;
	put_bytes(buf, &number, sizeof(number));
}

/* What a struct points to. `fresh`: it was sent as it is; else it exists at the other end. */
static void put_members(struct od_buf *buf, const struct layout *layout, const char *item, enum way way, bool fresh)
{
	for (size_t i = 0; i < layout->count; i++) {
		const struct member *member = &layout->members[i];
		const char *at = item + member->offset;
		const struct od_str *text = (const void *)at;
		const struct list *list = (const void *)at;
		bool is_fresh = fresh || !(member->way & ASK);
		if (!(member->way & way))
			continue;
		switch ((enum shape)member->shape) {
		case TEXT:
			put_count(buf, text->len);
			od_buf_put(buf, *text);
			break;
		case PART:
			put_members(buf, member->of, at, way, fresh);
			break;
		case LIST:
			put_count(buf, list->count);
			if (is_fresh && list->count)
				put_bytes(buf, list->items, list->count * member->of->size);
			for (size_t n = 0; n < list->count; n++)
				put_members(buf, member->of, list->items + n * member->of->size, way, is_fresh);
			break;
		case PLAIN: case FLAG: case BELOW: case REG:
			if (!fresh)
				put_bytes(buf, at, member->size);
			break;
		}
	}
}

/* Where bytes are taken from; `bad` when they do not say what they should. */
struct source {
	struct od_str rest;
	struct od_arena *arena;
	enum way way;
	bool bad;
};

static bool take(struct source *source, void *to, size_t size)
{
	if (source->bad || size > source->rest.len) {
		source->bad = true;
		return false;
	}
	memcpy(to, source->rest.ptr, size);
	source->rest = od_str_from_index(source->rest, size);
	return true;
}

static struct od_str take_text(struct source *source)
{
	uint32_t len = 0;
	struct od_str text = {NULL, 0};

	if (!take(source, &len, sizeof(len)) || len > source->rest.len) {
		source->bad = true;
		return text;
	}
	if (len)
		text = od_arena_copy(source->arena, od_str_first(source->rest, len));
	source->rest = od_str_from_index(source->rest, len);
	source->bad |= text.len != len;
	return text;
}

static uint64_t number_at(const void *at, size_t size)
{
	uint8_t byte;
	uint16_t half;
	uint32_t word;
	uint64_t number = 0;

	switch (size) {
	case sizeof(byte): memcpy(&byte, at, size); return byte;
	case sizeof(half): memcpy(&half, at, size); return half;
	case sizeof(word): memcpy(&word, at, size); return word;
	default: memcpy(&number, at, sizeof(number)); return number;
	}
}

static bool is_in_bounds(const struct member *member, const void *at)
{
	uint64_t number = number_at(at, member->size);

	if (member->shape == FLAG)
		return number <= 1;
	if (member->shape == REG)
		return number < OD_REGISTER_COUNT || number == OD_REGISTER_NONE;
	return number < member->limit;
}

/* Room for the list's items, which are there as they were sent, with their old pointers. */
static void take_items(struct source *source, struct list *list, size_t count, size_t size)
{
	*list = (struct list){0};
	if (!count || source->bad || count > source->rest.len / size) {
		source->bad |= count;
		return;
	}
	list->items = od_arena_alloc(source->arena, count * size);
	source->bad |= !list->items;
	if (source->bad)
		return;
	take(source, list->items, count * size);
	list->count = list->capacity = count;
}

static void take_members(struct source *source, const struct layout *layout, char *item, bool fresh);

static void take_list(struct source *source, const struct member *member, char *at, bool fresh)
{
	struct list *list = (void *)at;
	uint32_t count = 0;

	take(source, &count, sizeof(count));
	if (fresh || !(member->way & ASK))
		take_items(source, list, count, member->of->size);
	else
		source->bad |= count != list->count;
	for (size_t n = 0; n < list->count && !source->bad; n++)
		take_members(source, member->of, list->items + n * member->of->size, fresh || !(member->way & ASK));
	if (source->bad && (fresh || !(member->way & ASK)))
		*list = (struct list){0};
}

/* Fills what a struct points to, and empties what was not sent. */
static void take_members(struct source *source, const struct layout *layout, char *item, bool fresh)
{
	for (size_t i = 0; i < layout->count; i++) {
		const struct member *member = &layout->members[i];
		char *at = item + member->offset;
		bool sent = member->way & source->way, pointer = member->shape == TEXT || member->shape == LIST;
		if (!sent) {
			if (fresh && pointer)
				memset(at, 0, member->size);
			continue;
		}
		switch ((enum shape)member->shape) {
		case TEXT: {
			struct od_str text = take_text(source);
			memcpy(at, &text, sizeof(text));
			break;
		}
		case PART: take_members(source, member->of, at, fresh); break;
		case LIST: take_list(source, member, at, fresh); break;
		case PLAIN: case FLAG: case BELOW: case REG: {
			char number[16];
			if (fresh)
				memcpy(number, at, member->size);
			else if (!take(source, number, member->size))
				break;
			if (member->shape != PLAIN && !is_in_bounds(member, number))
				source->bad = true;
			else
				memcpy(at, number, member->size);
			break;
		}
		}
	}
}

/* What a question says of the event itself. */
struct question {
	enum od_kind kind;
	enum od_severity severity;
	uint32_t arch;	/* its number in od_arches[] + 1; 0: unknown */
	bool has_ip, has_lr;
	struct od_num kernel_offset, fault_address;
	struct od_frame ip, lr;
	struct od_code code;
};

static uint32_t arch_number(const struct od_arch *arch)
{
	for (uint32_t i = 0; od_arches[i]; i++)
		if (od_arches[i] == arch)
			return i + 1;
	return 0;
}

static const struct od_arch *arch_of(uint32_t number)
{
	for (uint32_t i = 0; od_arches[i]; i++)
		if (i + 1 == number)
			return od_arches[i];
	return NULL;
}

void od_wire_put_question(struct od_buf *buf, const struct od_event *event)
{
	struct question question;

	memset(&question, 0, sizeof(question)); /* with its padding: it leaves this process */
	question.kind = event->kind;
	question.severity = event->severity;
	question.arch = arch_number(event->arch);
	question.has_ip = event->has_ip;
	question.has_lr = event->has_lr;
	question.kernel_offset = event->kernel_offset;
	question.fault_address = event->fault.address;
	question.ip = event->ip;
	question.lr = event->lr;
	question.code = event->code;
	put_bytes(buf, &question, sizeof(question));
	put_members(buf, &event_layout, (const char *)event, ASK, true);
}

struct od_event *od_wire_get_question(struct od_str bytes)
{
	struct od_event *event = od_event_create();
	struct question question;

	if (!event)
		return NULL;
	struct source source = {.rest = bytes, .arena = event->arena, .way = ASK};
	if (take(&source, &question, sizeof(question))) {
		event->kind = question.kind;
		event->severity = question.severity;
		event->arch = arch_of(question.arch);
		event->has_ip = question.has_ip;
		event->has_lr = question.has_lr;
		event->kernel_offset = question.kernel_offset;
		event->fault.address = question.fault_address;
		event->ip = question.ip;
		event->lr = question.lr;
		event->code = question.code;
		take_members(&source, &event_layout, (char *)event, true);
	}
	if (!source.bad)
		return event;
	od_event_destroy(event);
	return NULL;
}

/* The frames that facts may be about, by number; NULL: there is none of this number. */
static const struct od_frame *frame_of(const struct od_event *event, size_t number)
{
	enum { IP, LR, TRACE };

	if (number == IP)
		return &event->ip;
	if (number == LR)
		return &event->lr;
	return number - TRACE < event->trace.count ? &event->trace.items[number - TRACE] : NULL;
}

/* Which of the event's sets of types the facts have: the frames of an image share one. */
static size_t set_of(const struct od_event *event, const struct od_types *types)
{
	size_t number = 0;

	while (number < event->facts.count && event->facts.items[number].types != types)
		number++;
	return number;
}

static void put_owner(struct od_buf *buf, const struct od_event *event, const struct od_facts *facts,
		      od_wire_registers registers)
{
	const struct od_register_set *set = registers(0);
	size_t number = 0, frame = 0;

	while (set && set != facts->registers)
		set = registers(++number);
	while (frame_of(event, frame) && frame_of(event, frame) != facts->frame)
		frame++;
	put_count(buf, number);
	put_count(buf, frame);
	put_count(buf, set_of(event, facts->types));
	put_count(buf, facts->types ? facts->types->items.count : 0);
}

void od_wire_put_answer(struct od_buf *buf, const struct od_event *event, od_wire_registers registers)
{
	put_members(buf, &event_layout, (const char *)event, ANSWER, false);
	for (size_t i = 0; i < event->facts.count; i++)
		put_owner(buf, event, &event->facts.items[i], registers);
}

void od_wire_put_type(struct od_buf *buf, const struct od_type *type)
{
	put_bytes(buf, type, sizeof(*type));
	put_members(buf, &type_layout, (const char *)type, ANSWER, true);
}

struct od_type *od_wire_get_type(struct od_arena *arena, struct od_str bytes)
{
	struct source source = {.rest = bytes, .arena = arena, .way = ANSWER};
	struct od_type *type = od_arena_alloc(arena, sizeof(*type));

	if (!type || !take(&source, type, sizeof(*type)))
		return NULL;
	take_members(&source, &type_layout, (char *)type, true);
	return source.bad || source.rest.len ? NULL : type;
}

static bool is_frame_sound(const struct od_event *event, const struct od_frame *frame)
{
	return frame->image >= 0 && (size_t)frame->image <= event->images.count;
}

static bool are_frames_sound(const struct od_event *event)
{
	bool sound = is_frame_sound(event, &event->ip) && is_frame_sound(event, &event->lr);

	for (size_t i = 0; i < event->trace.count; i++)
		sound &= is_frame_sound(event, &event->trace.items[i]);
	for (size_t t = 0; t < event->traces.count; t++)
		for (size_t i = 0; i < event->traces.items[t].frames.count; i++)
			sound &= is_frame_sound(event, &event->traces.items[t].frames.items[i]);
	for (size_t i = 0; i < event->locks.count; i++)
		sound &= is_frame_sound(event, &event->locks.items[i].frame);
	return sound;
}

static bool is_code_sound(const struct od_code *code)
{
	bool sound = !code->has_fault_index || !code->bytes.len || code->fault_index < code->bytes.len;

	for (size_t i = 0; i < code->disassembly.count; i++) {
		const struct od_instruction_text *text = &code->disassembly.items[i];
		sound &= text->offset <= code->bytes.len && text->size <= code->bytes.len - text->offset;
	}
	return sound;
}

static bool take_owner(struct source *source, const struct od_event *event, size_t index,
		       const struct od_wire_world *world)
{
	struct od_facts *facts = &event->facts.items[index];
	uint32_t number = 0, frame = 0, set = 0, count = 0;

	facts->registers = NULL;
	facts->frame = NULL;
	facts->types = NULL;
	if (!take(source, &number, sizeof(number)) || !take(source, &frame, sizeof(frame)) ||
	    !take(source, &set, sizeof(set)) || !take(source, &count, sizeof(count)))
		return false;
	const struct od_register_set *registers = world->registers(0);
	for (uint32_t i = 0; registers && i < number; i++)
		registers = world->registers(i + 1);
	facts->registers = registers;
	facts->frame = frame_of(event, frame);
	if (set < index)
		facts->types = event->facts.items[set].types;
	else if (set == index)
		facts->types = world->types(world->user, source->arena, set, count);
	return facts->registers && facts->frame && facts->types;
}

static bool is_sound(struct source *source, const struct od_event *event, const struct od_wire_world *world)
{
	for (size_t i = 0; i < event->facts.count; i++)
		if (!take_owner(source, event, i, world))
			return false;
	return !source->bad && !source->rest.len && are_frames_sound(event) && is_code_sound(&event->code);
}

static void clear_frame(struct od_frame *frame)
{
	frame->status = OD_FRAME_UNRESOLVED;
	frame->status_detail = (struct od_str){NULL, 0};
	memset(&frame->places, 0, sizeof(frame->places));
	memset(&frame->candidates, 0, sizeof(frame->candidates));
	frame->image = 0;
}

void od_wire_clear_answer(struct od_event *event)
{
	clear_frame(&event->ip);
	clear_frame(&event->lr);
	for (size_t i = 0; i < event->trace.count; i++)
		clear_frame(&event->trace.items[i]);
	for (size_t t = 0; t < event->traces.count; t++)
		for (size_t i = 0; i < event->traces.items[t].frames.count; i++)
			clear_frame(&event->traces.items[t].frames.items[i]);
	for (size_t i = 0; i < event->locks.count; i++)
		clear_frame(&event->locks.items[i].frame);
	memset(&event->images, 0, sizeof(event->images));
	memset(&event->facts, 0, sizeof(event->facts));
	memset(&event->code.disassembly, 0, sizeof(event->code.disassembly));
	event->code.no_disassembly = (struct od_str){NULL, 0};
}

bool od_wire_get_answer(struct od_event *event, struct od_str bytes, const struct od_wire_world *world)
{
	struct source source = {.rest = bytes, .arena = event->arena, .way = ANSWER};
	const struct od_code code = event->code;

	take_members(&source, &event_layout, (char *)event, false);
	if (!source.bad && is_sound(&source, event, world))
		return true;
	event->code = code;
	od_wire_clear_answer(event);
	return false;
}
