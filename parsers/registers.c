// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/dump.h"

#include <limits.h>
#include <stdio.h>

enum { NAME_LIMIT = 12 };

/*
 * Rows of registers: pairs of a name and a value. A value may have a segment before it
 * ("RSP: 0018:ffff…"), brackets around it, or a selector behind it ("FS:  00007f…(0000)").
 */
struct pair {
	struct od_str name;
	uint64_t value;
	unsigned digits;
	bool separated; /* by a colon or an equals sign */
	bool has_base; /* a selector in parentheses follows: the value is the segment's base */
};

static const bool name_chars[256] = {['0' ... '9'] = true, ['a' ... 'z'] = true, ['A' ... 'Z'] = true, ['_'] = true};

static bool scan_name(struct od_str *s, struct od_str *ret)
{
	size_t n = 0;
	while (n < s->len && name_chars[(unsigned char)s->ptr[n]])
		n++;
	if (!n || n > NAME_LIMIT || od_is_digit(s->ptr[0]))
		return false;
	*ret = od_str_first(*s, n);
	*s = od_str_from_index(*s, n);
	return true;
}

/* "0018:" before the value */
static void skip_segment(struct od_str *s)
{
	struct od_str rest = *s;
	uint64_t segment;
	if (rest.len > 5 && rest.ptr[4] == ':' && od_scan_hex_width(&rest, 4, &segment) && od_scan_char(&rest, ':') && rest.len && od_is_hex(rest.ptr[0]))
		*s = rest;
}

static bool scan_value(struct od_str *s, struct pair *pair)
{
	struct od_str rest = *s;
	uint64_t selector;
	skip_segment(&rest);
	bool bracket = od_scan_literal(&rest, "[<");
	(void)od_scan_literal(&rest, "0x");
	size_t before = rest.len;
	if (!od_scan_hex(&rest, &pair->value))
		return false;
	pair->digits = (unsigned)(before - rest.len);
	if (bracket && !od_scan_literal(&rest, ">]"))
		return false;
	pair->has_base = od_scan_char(&rest, '(') && od_scan_hex(&rest, &selector) && od_scan_char(&rest, ')');
	(void)od_scan_char(&rest, ',');
	if (rest.len && !od_is_blank(rest.ptr[0]))
		return false;
	*s = rest;
	return true;
}

static bool scan_pair(struct od_str *s, struct pair *ret)
{
	struct od_str rest = *s;

	od_scan_blanks(&rest);
	if (!scan_name(&rest, &ret->name))
		return false;
	size_t blanks = od_scan_blanks(&rest);
	ret->separated = od_scan_char(&rest, ':') || od_scan_char(&rest, '=');
	if (!ret->separated && !blanks)
		return false;
	od_scan_blanks(&rest);
	if (!scan_value(&rest, ret))
		return false;
	/* "MSR:  9033 <SF,EE,ME,IR,DR,RI,LE>" */
	struct od_str flags = rest, inside;
	od_scan_blanks(&flags);
	if (od_scan_char(&flags, '<') && od_scan_until(&flags, '>', &inside) && od_scan_char(&flags, '>'))
		rest = flags;
	*s = rest;
	return true;
}

/* Whether a name's character is the lower-case one of a list, in either case. */
static bool same_letter(char known, char c)
{
	return known == c || known == (c | 0x20);
}

/* Without the calls of strlen() and memcmp(): each name of a row is held against many. */
static bool same_name(const char *known, struct od_str name)
{
	size_t n = 0;
	while (n < name.len && same_letter(known[n], name.ptr[n]))
		n++;
	return n == name.len && !known[n];
}

static const char *find_between(const struct od_arch *arch, struct od_str name, unsigned from, unsigned to, unsigned *ret)
{
	for (unsigned i = from; i < to && arch->registers[i]; i++) {
		if (same_name(arch->registers[i], name)) {
			*ret = i + 1;
			return arch->registers[i];
		}
	}
	return NULL;
}

/* Searches behind the one that was found last: kernels print registers in about the order of the list. */
static const char *find_register(struct od_builder *builder, struct od_str name)
{
	const struct od_arch *arch = builder->event->arch;
	if (builder->found_of != arch) {
		builder->found_of = arch;
		builder->found = 0;
	}
	const unsigned from = builder->found;
	const char *found = find_between(arch, name, from, UINT_MAX, &builder->found);
	return found ? found : find_between(arch, name, 0, from, &builder->found);
}

/*
 * The name under which a printed register is kept, NULL: there is none. "FS" with a base is fs_base, "knlGS"
 * kernel_gs_base; "r01" is r1 where the architecture has no r01; "sepc" is epc (riscv to 5.4).
 */
static const char *register_name(struct od_builder *builder, const struct pair *pair)
{
	static const struct od_str base = OD_STR("_base");
	const struct od_str name = pair->name;
	char other[NAME_LIMIT + sizeof("_base")];

	if (pair->has_base) {
		memcpy(other, name.ptr, name.len);
		memcpy(other + name.len, base.ptr, base.len);
		return find_register(builder, (struct od_str){other, name.len + base.len});
	}
	if (same_name("knlgs", name))
		return find_register(builder, OD_STR("kernel_gs_base"));
	const char *found = find_register(builder, name);
	if (!found && name.len == 3 && name.ptr[1] == '0') {
		other[0] = name.ptr[0];
		other[1] = name.ptr[2];
		found = find_register(builder, (struct od_str){other, 2});
	}
	if (!found && name.len > 1 && same_letter('s', name.ptr[0]))
		found = find_register(builder, od_str_from_index(name, 1));
	return found;
}

/* Names of a list differ at their ends: "rax", "rbx". */
static bool has_register(const struct od_event *event, struct od_str name)
{
	for (size_t i = 0; i < event->registers.count; i++) {
		const struct od_str other = event->registers.items[i].name;
		if (other.len == name.len && other.ptr[name.len - 1] == name.ptr[name.len - 1] && od_str_equal(other, name))
			return true;
	}
	return false;
}

void od_push_register(struct od_builder *builder, struct od_str name, uint64_t value)
{
	struct od_event *event = builder->event;
	struct od_register *entry = NULL;
	if (builder->block == OD_BLOCK_FAULT && !has_register(event, name))
		entry = od_list_push(event->arena, &event->registers);
	else if (builder->block == OD_BLOCK_USER)
		entry = od_list_push(event->arena, &event->user_registers);
	if (entry)
		*entry = (struct od_register){name, value};
}

static bool keeps_block(const struct od_builder *builder)
{
	return builder->block == OD_BLOCK_FAULT || builder->block == OD_BLOCK_USER;
}

bool od_take_registers(struct od_builder *builder, struct od_str text)
{
	const struct od_arch *arch = builder->event->arch;
	struct pair pair;
	bool any = false;

	while (arch && (!any || keeps_block(builder)) && scan_pair(&text, &pair)) {
		const char *name = register_name(builder, &pair);
		if (!name || (!pair.separated && pair.digits != arch->bits / 4))
			break;
		if (!any && builder->block == OD_BLOCK_NONE && !builder->in_trace)
			(void)od_open_block(builder);
		od_push_register(builder, od_str_from(name), pair.value);
		any = true;
	}
	if (any)
		builder->expects_message = false;
	return any;
}

unsigned od_take_register_values(struct od_builder *builder, const char *prefix, unsigned first, struct od_str values)
{
	const struct od_arch *arch = builder->event->arch;
	unsigned count = 0;
	uint64_t value;
	char name[16];

	for (;; count++) {
		od_scan_blanks(&values);
		if (!od_scan_hex(&values, &value))
			return count;
		snprintf(name, sizeof(name), "%s%u", prefix, first + count);
		const char *known = arch ? find_register(builder, od_str_from(name)) : NULL;
		if (!known)
			return count;
		od_push_register(builder, od_str_from(known), value);
	}
}

bool od_take_hex_row(struct od_builder *builder, struct od_str text)
{
	struct od_str word, rest;
	uint64_t value;
	bool label = true, any = false;

	for (; od_scan_word(&text, &word); od_scan_blanks(&text), label = false) {
		rest = word;
		if (!od_scan_hex(&rest, &value))
			return false;
		if (label && od_str_equal(rest, OD_STR(":")))
			continue;
		if (rest.len || (word.len != 8 && word.len != 16 && word.len != 4))
			return false;
		any = true;
	}
	if (any)
		builder->expects_message = false;
	return any;
}

bool od_open_block(struct od_builder *builder)
{
	if (builder->block == OD_BLOCK_FAULT)
		return true;
	bool first = builder->event->registers.count == 0 && !builder->ended && !builder->in_trace;
	builder->block = first ? OD_BLOCK_FAULT : OD_BLOCK_OTHER;
	builder->expects_message = false;
	return first;
}

void od_open_missing_block(struct od_builder *builder)
{
	if (builder->block == OD_BLOCK_NONE)
		(void)od_open_block(builder);
}

void od_open_user_block(struct od_builder *builder)
{
	builder->block = builder->event->user_registers.count || builder->ended ? OD_BLOCK_OTHER : OD_BLOCK_USER;
	builder->expects_message = false;
}

/* Symbol and address may come on two lines; a symbol replaces one that a header gave. */
static bool take_place(struct od_builder *builder, const struct od_record *record, struct od_str text, bool *has,
		       struct od_frame *frame)
{
	struct od_frame_text place;
	od_scan_blanks(&text);
	if (!od_scan_place(&text, &place) && !od_frame_name(text, &place))
		return false;
	builder->expects_message = false;
	if (builder->block != OD_BLOCK_FAULT)
		return true;
	struct od_num address = *has ? frame->address : (struct od_num){0};
	if (place.function.len || !*has)
		od_frame_store(builder->event->arena, &place, record->line, frame);
	if (place.address.known)
		frame->address = place.address;
	else if (address.known)
		frame->address = address;
	*has = true;
	return true;
}

bool od_take_ip(struct od_builder *builder, const struct od_record *record, struct od_str text)
{
	return take_place(builder, record, text, &builder->event->has_ip, &builder->event->ip);
}

bool od_take_lr(struct od_builder *builder, const struct od_record *record, struct od_str text)
{
	if (!take_place(builder, record, text, &builder->event->has_lr, &builder->event->lr))
		return false;
	builder->event->lr.is_return_address = true;
	return true;
}

static void settle_place(struct od_event *event, const char *name, bool *has, struct od_frame *frame)
{
	struct od_num value = name ? od_event_register(event, name) : (struct od_num){0};
	if (!value.known || (*has && frame->address.known))
		return;
	if (!*has) {
		struct od_frame_text place = {.address = value};
		place.raw = od_arena_printf(event->arena, "0x%llx", (unsigned long long)value.value);
		od_frame_store(event->arena, &place, event->span.first, frame);
	}
	frame->address = value;
	*has = true;
}

void od_settle_places(struct od_event *event)
{
	if (!event->arch || !event->registers.count)
		return;
	settle_place(event, event->arch->ip_register, &event->has_ip, &event->ip);
	settle_place(event, event->arch->lr_register, &event->has_lr, &event->lr);
	event->lr.is_return_address = event->has_lr;
}

static bool push_value(struct od_builder *builder, struct od_str name, struct od_str *rest)
{
	uint64_t value;
	od_scan_blanks(rest);
	if (!od_scan_hex(rest, &value))
		return false;
	od_push_register(builder, name, value);
	od_scan_blanks(rest);
	return true;
}

enum od_take od_take_ip_value(struct od_builder *builder, const struct od_record *record, struct od_str name,
			      struct od_str text)
{
	if (!push_value(builder, name, &text))
		return OD_TAKE_NO;
	(void)od_take_ip(builder, record, text);
	return OD_TAKE_YES;
}

enum od_take od_take_lr_value(struct od_builder *builder, const struct od_record *record, struct od_str name,
			      struct od_str text)
{
	if (!push_value(builder, name, &text))
		return OD_TAKE_NO;
	(void)od_take_lr(builder, record, text);
	return OD_TAKE_YES;
}

enum od_take od_take_known(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	(void)record;
	(void)rest;
	builder->expects_message = false;
	return OD_TAKE_YES;
}

enum od_take od_take_trace_header(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	(void)record;
	(void)rest;
	builder->expects_message = false;
	builder->in_trace = true;
	builder->block = OD_BLOCK_NONE;
	return OD_TAKE_YES;
}
