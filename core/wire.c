// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Structs travel as they are in memory: both ends are the same program. What they point to follows, in the order
 * of the tables in wire_tables.c, and replaces their pointers at the other end; what no table names must not be looked at
 * there.
 */
#include "core/wire.h"

#include <stdint.h>

#include "core/wire_tables.h"

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

/*
 * Items of large structs are mostly zeroes: a bit per word tells which are not, and these follow. What need not be sent
 * need not be copied into and out of a socket.
 */
enum { WORD = sizeof(uint64_t), PACKED_FROM = 64, PACKED_TO = 32 * WORD };

static bool is_packed(size_t size)
{
	return size >= PACKED_FROM && size <= PACKED_TO && size % WORD == 0;
}

static void put_item(struct od_buf *buf, const char *item, size_t size)
{
	char packed[sizeof(uint32_t) + PACKED_TO];
	uint32_t words = 0;
	size_t used = sizeof(words);

	for (size_t i = 0; i < size / WORD; i++) {
		uint64_t word;
		memcpy(&word, item + i * WORD, WORD);
		memcpy(packed + used, &word, WORD);
		used += word ? WORD : 0;
		words |= (uint32_t)(word != 0) << i;
	}
	memcpy(packed, &words, sizeof(words));
	put_bytes(buf, packed, used);
}

static void put_items(struct od_buf *buf, const struct list *list, size_t size)
{
	if (!is_packed(size)) {
		put_bytes(buf, list->items, list->count * size);
		return;
	}
	for (size_t i = 0; i < list->count; i++)
		put_item(buf, list->items + i * size, size);
}

/* What a struct points to. `fresh`: it was sent as it is; else it exists at the other end. */
static void put_members(struct od_buf *buf, const struct od_wire_layout *layout, const char *item, enum od_wire_way way,
			bool fresh)
{
	for (size_t i = 0; i < layout->count; i++) {
		const struct od_wire_member *member = &layout->members[i];
		const char *at = item + member->offset;
		const struct od_str *text = (const void *)at;
		const struct list *list = (const void *)at;
		bool is_fresh = fresh || !(member->way & OD_WIRE_ASK);
		if (!(member->way & way))
			continue;
		switch ((enum od_wire_shape)member->shape) {
		case OD_WIRE_TEXT:
			put_count(buf, text->len);
			od_buf_put(buf, *text);
			break;
		case OD_WIRE_PART:
			put_members(buf, member->of, at, way, fresh);
			break;
		case OD_WIRE_LIST:
			put_count(buf, list->count);
			if (is_fresh && list->count)
				put_items(buf, list, member->of->size);
			for (size_t n = 0; n < list->count; n++)
				put_members(buf, member->of, list->items + n * member->of->size, way, is_fresh);
			break;
		case OD_WIRE_PLAIN: case OD_WIRE_FLAG: case OD_WIRE_BELOW: case OD_WIRE_REG:
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
	enum od_wire_way way;
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

static bool is_in_bounds(const struct od_wire_member *member, const void *at)
{
	uint64_t number = number_at(at, member->size);

	if (member->shape == OD_WIRE_FLAG)
		return number <= 1;
	if (member->shape == OD_WIRE_REG)
		return number < OD_REGISTER_COUNT || number == OD_REGISTER_NONE;
	return number < member->limit;
}

static void take_item(struct source *source, char *item, size_t size)
{
	uint32_t words = 0;

	take(source, &words, sizeof(words));
	for (size_t i = 0; words; i++, words >>= 1) {
		if (i >= size / WORD)
			source->bad = true;
		else if (words & 1)
			take(source, item + i * WORD, WORD);
		if (source->bad)
			return;
	}
}

/* Room for the list's items, which are there as they were sent, with their old pointers. */
static void take_items(struct source *source, struct list *list, size_t count, size_t size)
{
	const bool packed = is_packed(size);

	*list = (struct list){0};
	if (!count || source->bad || count > source->rest.len / (packed ? sizeof(uint32_t) : size)) {
		source->bad |= count;
		return;
	}
	list->items = od_arena_alloc(source->arena, count * size);
	source->bad |= !list->items;
	if (source->bad)
		return;
	if (!packed)
		take(source, list->items, count * size);
	for (size_t i = 0; packed && i < count && !source->bad; i++)
		take_item(source, list->items + i * size, size);
	list->count = list->capacity = count;
}

static void take_members(struct source *source, const struct od_wire_layout *layout, char *item, bool fresh);

static void take_list(struct source *source, const struct od_wire_member *member, char *at, bool fresh)
{
	struct list *list = (void *)at;
	uint32_t count = 0;

	take(source, &count, sizeof(count));
	if (fresh || !(member->way & OD_WIRE_ASK))
		take_items(source, list, count, member->of->size);
	else
		source->bad |= count != list->count;
	for (size_t n = 0; n < list->count && !source->bad; n++)
		take_members(source, member->of, list->items + n * member->of->size, fresh || !(member->way & OD_WIRE_ASK));
	if (source->bad && (fresh || !(member->way & OD_WIRE_ASK)))
		*list = (struct list){0};
}

/* Fills what a struct points to, and empties what was not sent. */
static void take_members(struct source *source, const struct od_wire_layout *layout, char *item, bool fresh)
{
	for (size_t i = 0; i < layout->count; i++) {
		const struct od_wire_member *member = &layout->members[i];
		char *at = item + member->offset;
		bool sent = member->way & source->way;
		bool pointer = member->shape == OD_WIRE_TEXT || member->shape == OD_WIRE_LIST;
		if (!sent) {
			if (fresh && pointer)
				memset(at, 0, member->size);
			continue;
		}
		switch ((enum od_wire_shape)member->shape) {
		case OD_WIRE_TEXT: {
			struct od_str text = take_text(source);
			memcpy(at, &text, sizeof(text));
			break;
		}
		case OD_WIRE_PART: take_members(source, member->of, at, fresh); break;
		case OD_WIRE_LIST: take_list(source, member, at, fresh); break;
		case OD_WIRE_PLAIN: case OD_WIRE_FLAG: case OD_WIRE_BELOW: case OD_WIRE_REG: {
			char number[16];
			if (fresh)
				memcpy(number, at, member->size);
			else if (!take(source, number, member->size))
				break;
			if (member->shape != OD_WIRE_PLAIN && !is_in_bounds(member, number))
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
	put_members(buf, &od_wire_event_layout, (const char *)event, OD_WIRE_ASK, true);
}

struct od_event *od_wire_get_question(struct od_str bytes)
{
	struct od_event *event = od_event_create();
	struct question question;

	if (!event)
		return NULL;
	struct source source = {.rest = bytes, .arena = event->arena, .way = OD_WIRE_ASK};
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
		take_members(&source, &od_wire_event_layout, (char *)event, true);
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

void od_wire_put_instructions(struct od_buf *buf, const struct od_instructions *instructions)
{
	put_members(buf, &od_wire_instructions_layout, (const char *)instructions, OD_WIRE_ANSWER, true);
}

bool od_wire_get_instructions(struct od_arena *arena, struct od_str bytes, struct od_instructions *ret)
{
	struct source source = {.rest = bytes, .arena = arena, .way = OD_WIRE_ANSWER};

	take_members(&source, &od_wire_instructions_layout, (char *)ret, true);
	if (!source.bad && !source.rest.len)
		return true;
	ret->list = (od_insns){0};
	return false;
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
	const bool later = !facts->instructions || facts->instructions->read;
	put_count(buf, later);
	if (!later)
		od_wire_put_instructions(buf, facts->instructions);
}

void od_wire_put_answer(struct od_buf *buf, const struct od_event *event, od_wire_registers registers)
{
	put_members(buf, &od_wire_event_layout, (const char *)event, OD_WIRE_ANSWER, false);
	for (size_t i = 0; i < event->facts.count; i++)
		put_owner(buf, event, &event->facts.items[i], registers);
}

void od_wire_put_type(struct od_buf *buf, const struct od_type *type)
{
	put_bytes(buf, type, sizeof(*type));
	put_members(buf, &od_wire_type_layout, (const char *)type, OD_WIRE_ANSWER, true);
}

struct od_type *od_wire_get_type(struct od_arena *arena, struct od_str bytes)
{
	struct source source = {.rest = bytes, .arena = arena, .way = OD_WIRE_ANSWER};
	struct od_type *type = od_arena_alloc(arena, sizeof(*type));

	if (!type || !take(&source, type, sizeof(*type)))
		return NULL;
	take_members(&source, &od_wire_type_layout, (char *)type, true);
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
	uint32_t number = 0, frame = 0, set = 0, count = 0, later = 0;

	facts->registers = NULL;
	facts->frame = NULL;
	facts->types = NULL;
	if (!take(source, &number, sizeof(number)) || !take(source, &frame, sizeof(frame)) ||
	    !take(source, &set, sizeof(set)) || !take(source, &count, sizeof(count)) || !take(source, &later, sizeof(later)))
		return false;
	facts->instructions = world->instructions(world->user, source->arena, index);
	if (!facts->instructions)
		return false;
	if (!later) {
		facts->instructions->read = NULL;
		take_members(source, &od_wire_instructions_layout, (char *)facts->instructions, true);
	}
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
	struct source source = {.rest = bytes, .arena = event->arena, .way = OD_WIRE_ANSWER};
	const struct od_code code = event->code;

	take_members(&source, &od_wire_event_layout, (char *)event, false);
	if (!source.bad && is_sound(&source, event, world))
		return true;
	event->code = code;
	od_wire_clear_answer(event);
	return false;
}
