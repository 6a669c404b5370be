// SPDX-License-Identifier: GPL-3.0-or-later
#include "symbolize/opcodes.h"
#include "symbolize/symbolize.h"

enum { CODE_LIMIT = 4096 };

struct disassembly {
	struct od_event *event;
	struct od_code *code;
	struct od_opcodes *opcodes;
	uint64_t base;		/* address of code.bytes[0], or 0 */
	size_t unit;		/* instructions begin at multiples of this many bytes */
};

static void opcodes_cleanup(struct od_opcodes **opcodes)
{
	od_opcodes_destroy(*opcodes);
}

/* Addresses inside the faulting function as function+offset; others, where unknown, as a distance. */
static void show_address(void *user, uint64_t from, uint64_t address, struct od_buf *text)
{
	const struct disassembly *d = user;
	const struct od_frame *ip = &d->event->ip;
	const struct od_code *code = d->code;
	int64_t distance = (int64_t)(address - from);

	if (ip->function.len && ip->offset.known && ip->size.known && code->has_fault_index) {
		uint64_t offset = address - (d->base + code->fault_index) + ip->offset.value;
		if (offset < ip->size.value) {
			od_buf_put(text, ip->function);
			od_buf_printf(text, "+0x%llx", (unsigned long long)offset);
			return;
		}
	}
	if (code->address.known)
		od_buf_printf(text, "0x%llx", (unsigned long long)address);
	else
		od_buf_printf(text, ".%c0x%llx", distance < 0 ? '-' : '+',
			      (unsigned long long)(distance < 0 ? 0 - (uint64_t)distance : (uint64_t)distance));
}

/* True when decoding from `from` meets `to` exactly; *bad: through bytes that are no instructions. */
static bool meets(const struct disassembly *d, size_t from, size_t to, bool *bad)
{
	*bad = false;
	while (from < to) {
		struct od_str text;
		size_t size;
		bool one;
		if (!od_opcodes_decode(d->opcodes, from, &text, &size, &one))
			return false;
		*bad |= one;
		from += size;
	}
	return from == to;
}

/* The earliest start of a decoding that meets `to`, best one without bad instructions. */
static size_t find_start(const struct disassembly *d, size_t to)
{
	size_t fallback = to;
	bool bad;

	for (size_t from = to % d->unit; from < to; from += d->unit) {
		if (!meets(d, from, to, &bad))
			continue;
		if (!bad)
			return from;
		if (fallback == to)
			fallback = from;
	}
	return fallback;
}

static void emit(const struct disassembly *d, size_t from, size_t to)
{
	struct od_code *code = d->code;

	while (from < to) {
		struct od_str text;
		size_t size;
		bool bad;
		if (!od_opcodes_decode(d->opcodes, from, &text, &size, &bad))
			return;
		struct od_instruction_text *line = od_list_push(d->event->arena, &code->disassembly);
		if (!line)
			return;
		line->address = d->base + from;
		line->offset = (uint32_t)from;
		line->size = (uint32_t)size;
		line->text = od_arena_copy(d->event->arena, text);
		line->fault = code->has_fault_index && from == code->fault_index;
		from += size;
	}
}

/*
 * Before the fault: the function's first byte, where it is among them, is an instruction's; what
 * is before that is decoded for itself.
 */
static void emit_before(const struct disassembly *d)
{
	const struct od_frame *ip = &d->event->ip;
	size_t fault = d->code->fault_index;
	bool bad;

	if (ip->function.len && ip->offset.known && ip->offset.value <= fault) {
		size_t entry = fault - (size_t)ip->offset.value;
		if (meets(d, entry, fault, &bad)) {
			emit(d, find_start(d, entry), entry);
			emit(d, entry, fault);
			return;
		}
	}
	emit(d, find_start(d, fault), fault);
}

static struct od_str cannot_start(const struct od_event *event)
{
	if (!event->code.bytes.len && event->code.note.len)
		return event->code.note;
	if (!event->code.bytes.len)
		return OD_STR("there are no code bytes");
	if (!event->arch)
		return OD_STR("the architecture is unknown");
	if (event->code.bytes.len > CODE_LIMIT)
		return OD_STR("there are more code bytes than a kernel prints");
	if (event->code.has_fault_index && event->code.fault_index >= event->code.bytes.len)
		return OD_STR("the mark of the faulting byte is behind the code bytes");
	return (struct od_str){NULL, 0};
}

void od_disassemble(struct od_event *event)
{
	struct disassembly d = {.event = event, .code = &event->code};

	event->code.disassembly.count = 0;
	event->code.no_disassembly = cannot_start(event);
	if (event->code.no_disassembly.len)
		return;
	d.base = event->code.address.known ? event->code.address.value : 0;
	d.unit = event->arch->code_unit ? event->arch->code_unit : 1;
	__attribute__((cleanup(opcodes_cleanup))) struct od_opcodes *opcodes =
		od_opcodes_create(event->arch, event->code.bytes, d.base, show_address, &d, event->arena,
				  &event->code.no_disassembly);
	if (!opcodes)
		return;
	d.opcodes = opcodes;
	if (event->code.has_fault_index)
		emit_before(&d);
	emit(&d, event->code.has_fault_index ? event->code.fault_index : 0, event->code.bytes.len);
}
